// Page reading: bytes in memory to article, date and junk, on one core; the tokenizer and the blocks alone beside it. Pages: the folder in
// LITOPYS_BENCH_PAGES, else ../shared/bench/segments/html; taken again and again up to the number of the case, so that growth shows.
// The peers are Python programs: bench/page_peers.py times them on the same pages.
// An answer that is wrong is not timed: the article of a page of our own must be read first.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "items.h"
#include "page/blocks.h"
#include "page/html_tokenizer.h"
#include "page/page_model.h"
#include "page/reader.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

std::vector<Item> pages() {
  const char* given = std::getenv("LITOPYS_BENCH_PAGES");
  const fs::path folder = given != nullptr ? fs::path(given) : fs::path(LITOPYS_SOURCE_DIR) / "../shared/bench/segments/html";
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) files.push_back(entry.path());
  return bench::items_of(std::move(files));
}

bool right(const PageReader& reader) {
  const auto got =
      reader.read({"own", "own.html",
                   "<html><body><div class=nav><a href=/>Home</a> <a href=/n>News</a></div><article><h1>Slips at the counter</h1><p>7 "
                   "September 2017</p>"
                   "<p>Whoever came after lunch, and they were many, was handed a slip and told to return on Thursday with a witness.</p>"
                   "<p>By evening, the clerk said, some forty slips were out, and the stamp had been locked away for the "
                   "night.</p></article></body></html>"});
  if (!got || !got->published || got->published->str() != "2017-09-07") return false;
  for (const Line& line : got->lines) {
    const std::string_view text = line.span.of(got->text);
    if (text.find("forty slips") != std::string_view::npos && line.kind != LineKind::article) return false;
    if (text.find("Home") != std::string_view::npos && line.kind != LineKind::junk) return false;
  }
  return true;
}

template <class Work>
void run(benchmark::State& state, const std::vector<Item>& items, Work work) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::int64_t bytes = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < count; ++i) {
      const Item& item = items[i % items.size()];
      bytes += static_cast<std::int64_t>(item.bytes.size());
      work(item);
    }
  }
  state.SetBytesProcessed(bytes);
  state.counters["pages"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(count), benchmark::Counter::kIsRate);
}

// Pages by turns on as many threads as the case says. `pages` counts by the processor time of the thread that needed most: what the clock
// would say on a machine that does nothing else.
void run_threads(benchmark::State& state, const std::vector<Item>& items, const PageReader& reader) {
  constexpr std::size_t kRounds = 4;
  const auto threads = static_cast<std::size_t>(state.range(0));
  double busiest = 0;
  for (auto _ : state) {
    std::vector<double> busy(threads);
    {
      std::vector<std::jthread> pool;
      for (std::size_t t = 0; t < threads; ++t) {
        pool.emplace_back([&, t] {
          for (std::size_t round = 0; round < kRounds; ++round) {  // each has every page in one of two
            for (std::size_t i = (t + round) % threads; i < items.size(); i += threads) benchmark::DoNotOptimize(reader.read(items[i]));
          }
          timespec now{};
          clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
          busy[t] = static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
        });
      }
    }
    busiest += *std::max_element(busy.begin(), busy.end());
  }
  state.counters["pages"] = static_cast<double>(items.size() * kRounds) * static_cast<double>(state.iterations()) / busiest;
}

}  // namespace
}  // namespace litopys

int main(int argc, char** argv) {
  using namespace litopys;
  benchmark::Initialize(&argc, argv);
  const std::vector<Item> items = pages();
  if (items.empty()) return std::cerr << "page_bench: no pages (set LITOPYS_BENCH_PAGES)\n", 0;
  const fs::path root = LITOPYS_SOURCE_DIR;
  const auto book = load_codebook(root / "codebooks/passportization");
  auto model = read_page_model(root / "data/page/page.model");
  if (!book || !model) return std::cerr << "page_bench: codebook or model cannot be read\n", 1;
  const auto reader = PageReader::make(*book, std::make_shared<const PageModel>(*std::move(model)));
  if (!reader || !right(*reader)) return std::cerr << "page_bench: the answer is wrong; not timed\n", 1;
  const auto add = [&](const char* name, std::initializer_list<std::int64_t> counts, auto work) {
    auto* bench = benchmark::RegisterBenchmark(name, [&items, work](benchmark::State& state) { run(state, items, work); });
    for (const std::int64_t count : counts) bench->Arg(count);
    bench->Unit(benchmark::kMillisecond);
  };
  add("page/tokenizer", {330}, [](const Item& item) {
    html::Tokenizer tokens(item.bytes);
    for (html::Token token; tokens.next(token);) benchmark::DoNotOptimize(token);
  });
  add("page/blocks", {330}, [](const Item& item) { benchmark::DoNotOptimize(html::read_blocks(item.bytes)); });
  add("page/read", {330, 1000, 10000}, [&](const Item& item) { benchmark::DoNotOptimize(reader->read(item)); });
  benchmark::RegisterBenchmark("page/read/threads", [&](benchmark::State& state) { run_threads(state, items, *reader); })
      ->Arg(1)
      ->Arg(2)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
