// What the light reader spends where: nanoseconds a byte of each stage, from bytes in memory to claims, in processor time of one thread.
//
//   read_shares TIMES FILE|FOLDER…      each text by itself, TIMES times over; the least of each stage counts
//   read_shares --one MB FILE|FOLDER…   the same texts one after another as one document of so many megabytes, once
#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "claim/pipeline.h"
#include "items.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 5> kStages = {"page", "text", "mention", "judge", "claim"};
using Nanoseconds = std::array<double, kStages.size()>;

double now() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

std::vector<Item> texts_in(const std::vector<fs::path>& given) {
  std::vector<fs::path> files;
  for (const fs::path& path : given) {
    if (!fs::is_directory(path)) files.push_back(path);
    if (!fs::is_directory(path)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file() && entry.path().extension() == ".txt") files.push_back(entry.path());
    }
  }
  return bench::items_of(std::move(files));
}

Nanoseconds read_all(const std::vector<Item>& items, const Resources& resources) {
  Nanoseconds spent{};
  double last = now();
  const auto stage_done = [&](std::size_t stage) {
    const double at = now();
    spent[stage] += at - last;
    last = at;
  };
  for (const Item& item : items) {
    last = now();
    const Result<Document> document = read_document(item, resources);
    stage_done(0);
    if (!document) continue;
    const Text text = analyse(*document, resources);
    stage_done(1);
    const std::vector<Mentions> mentions = find_mentions(*document, text, resources);
    stage_done(2);
    const std::vector<SentenceReading> readings = judge(*document, text, mentions, resources);
    stage_done(3);
    const ClaimDocument claims = claims_of(*document, text, mentions, readings, resources);
    stage_done(4);
  }
  return spent;
}

int run(bool one, std::size_t amount, const std::vector<fs::path>& paths) {
  const double begin = now();
  ResourcePaths data = default_paths();
  data.careful.clear();
  const auto resources = load_resources(data);
  if (!resources) {
    std::cerr << resources.error().line() << "\n";
    return 1;
  }
  const double start = now() - begin;
  std::vector<Item> items = texts_in(paths);
  if (items.empty()) {
    std::cerr << "no text there\n";
    return 2;
  }
  if (one) {
    Item joined{"one", "one.txt", {}};
    for (std::size_t i = 0; joined.bytes.size() < amount * 1'000'000; ++i) joined.bytes += items[i % items.size()].bytes + "\n";
    items = {std::move(joined)};
  }
  double bytes = 0;
  for (const Item& item : items) bytes += static_cast<double>(item.bytes.size());
  Nanoseconds least;
  least.fill(std::numeric_limits<double>::max());
  for (std::size_t k = 0; k < (one ? 1 : amount); ++k) {
    const Nanoseconds spent = read_all(items, **resources);
    std::transform(least.begin(), least.end(), spent.begin(), least.begin(), [](double a, double b) { return std::min(a, b); });
  }
  double all = 0;
  for (const double spent : least) all += spent;
  std::cout << std::fixed << std::setprecision(1);
  std::cout << bytes / 1e6 << " MB in " << items.size() << " documents; loaded in " << start / 1e6 << " ms\n";
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    std::cout << kStages[i] << "\t" << least[i] / bytes << " ns a byte\t" << 100 * least[i] / all << " %\n";
  }
  std::cout << "all\t" << all / bytes << " ns a byte\t" << std::setprecision(2) << 1e3 * bytes / all << " MB/s\n";
  return 0;
}

}  // namespace
}  // namespace litopys

int main(int argc, char** argv) {
  std::vector<std::string_view> words(argv + 1, argv + argc);
  const bool one = !words.empty() && words.front() == "--one";
  if (one) words.erase(words.begin());
  std::size_t amount = 0;
  if (words.size() > 1) std::from_chars(words.front().data(), words.front().data() + words.front().size(), amount);
  if (amount == 0) {
    std::cerr << "read_shares TIMES FILE|FOLDER... or read_shares --one MB FILE|FOLDER...\n";
    return 2;
  }
  return litopys::run(one, amount, {words.begin() + 1, words.end()});
}
