// The whole way from bytes to claims over the samples, stage by stage, in documents and bytes a second on one core, warm.
// The peer in the same run is ICU's word breaking alone over the same text: what a program pays that merely cuts words.
#include <benchmark/benchmark.h>
#include <unicode/brkiter.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>

#include "claim/json.h"
#include "claim/pipeline.h"
#include "items.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

std::vector<Item> samples() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(LITOPYS_SOURCE_DIR) / "samples")) {
    if (entry.is_regular_file() && entry.path().extension() != ".md") files.push_back(entry.path());
  }
  return bench::items_of(std::move(files));
}

// What most of a crawl is: reports that nowhere name the campaign.
std::vector<Item> others() {
  constexpr const char* kReports[] = {
      "The town council met on Tuesday to discuss the bridge over the mill stream. The mayor said that 40,000 euros had been set aside, "
      "and "
      "that work would begin by 1 September 2024. Residents told the newspaper that lorries had damaged two houses in March.\n",
      "Міська рада у вівторок обговорила ремонт моста. За словами мера, виділено 40 тисяч гривень, роботи почнуться до 1 вересня 2024 "
      "року. Мешканці розповіли газеті, що в березні вантажівки пошкодили два будинки.\n",
      "Городской совет во вторник обсудил ремонт моста. По словам мэра, выделено 40 тысяч рублей, работы начнутся до 1 сентября 2024 "
      "года. Жители рассказали газете, что в марте грузовики повредили два дома.\n"};
  std::vector<Item> out;
  for (const char* report : kReports) {
    Item item{"other", "other.txt", {}};
    for (int i = 0; i < 10; ++i) item.bytes += report;
    out.push_back(std::move(item));
  }
  return out;
}

// Loaded once for all benchmarks of the run.
struct World {
  std::shared_ptr<const Resources> resources;
  std::vector<Item> items = samples();
  std::vector<Document> documents;
  std::vector<Text> texts;
  std::vector<std::vector<Mentions>> mentions;
  std::vector<std::vector<SentenceReading>> readings;
  std::int64_t bytes = 0;

  World() {
    auto loaded = load_resources(default_paths());
    if (!loaded) {
      std::cerr << loaded.error().line() << "\n";
      std::exit(1);
    }
    resources = *loaded;
    for (const Item& item : items) {
      bytes += static_cast<std::int64_t>(item.bytes.size());
      documents.push_back(read_document(item, *resources).value());
      texts.push_back(analyse(documents.back(), *resources));
      mentions.push_back(find_mentions(documents.back(), texts.back(), *resources));
      readings.push_back(judge(documents.back(), texts.back(), mentions.back(), *resources));
    }
  }
};

void count(benchmark::State& state, const World& world) {
  state.SetBytesProcessed(state.iterations() * world.bytes);
  state.counters["documents"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(world.items.size()), benchmark::Counter::kIsRate);
}

void peer_icu_words(benchmark::State& state, const World& world) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(icu::Locale::getUK(), status));
  for (auto _ : state) {
    std::int64_t n = 0;
    for (const Document& document : world.documents) {
      const icu::UnicodeString text = icu::UnicodeString::fromUTF8(document.text);
      words->setText(text);
      while (words->next() != icu::BreakIterator::DONE) ++n;
    }
    benchmark::DoNotOptimize(n);
  }
  count(state, world);
}

template <class Stage>
void each(benchmark::State& state, const World& world, Stage stage) {
  for (auto _ : state) {
    for (std::size_t i = 0; i < world.items.size(); ++i) {
      auto result = stage(i);
      benchmark::DoNotOptimize(result);
    }
  }
  count(state, world);
}

}  // namespace
}  // namespace litopys

int main(int argc, char** argv) {
  using namespace litopys;
  benchmark::Initialize(&argc, argv);
  const World w;
  const Resources& r = *w.resources;
  const auto add = [&](const char* name, auto stage) {
    benchmark::RegisterBenchmark(name, [&w, stage](benchmark::State& state) { each(state, w, stage); });
  };
  benchmark::RegisterBenchmark("peer/icu-word-break", [&w](benchmark::State& state) { peer_icu_words(state, w); });
  add("stage/page", [&](std::size_t i) { return read_document(w.items[i], r); });
  add("stage/text", [&](std::size_t i) { return analyse(w.documents[i], r); });
  add("stage/mention", [&](std::size_t i) { return find_mentions(w.documents[i], w.texts[i], r); });
  add("stage/judge", [&](std::size_t i) { return judge(w.documents[i], w.texts[i], w.mentions[i], r); });
  add("stage/claim", [&](std::size_t i) { return claims_of(w.documents[i], w.texts[i], w.mentions[i], w.readings[i], r); });
  add("read/bytes-to-claims", [&](std::size_t i) { return read_item(w.items[i], r); });
  add("read/bytes-to-json", [&](std::size_t i) {
    std::string out;
    append_json(out, *read_item(w.items[i], r));
    return out;
  });
  const std::vector<Item> other = others();
  benchmark::RegisterBenchmark("read/another-subject", [&](benchmark::State& state) {
    std::int64_t bytes = 0;
    for (const Item& item : other) bytes += static_cast<std::int64_t>(item.bytes.size());
    for (auto _ : state) {
      for (const Item& item : other) {
        auto result = read_item(item, r);
        benchmark::DoNotOptimize(result);
      }
    }
    state.SetBytesProcessed(state.iterations() * bytes);
  });
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
