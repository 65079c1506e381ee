// A block is the article's where most of its four-word shingles stand in the gold text; a block of fewer words where it is a whole line of
// it. Of segments only the blocks that hold one are labelled.
#include "gold.h"

#include <openssl/sha.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "base/utf8.h"
#include "page/decode.h"
#include "page/page_facts.h"

namespace litopys::learn {
namespace {

namespace fs = std::filesystem;

// Hashes of the runs of letters, digits and underscores.
std::vector<std::uint64_t> words_of(std::string_view text) {
  std::vector<std::uint64_t> out;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i <= text.size();) {
    const utf8::Decoded got = utf8::decode(text, i);
    const bool part = got.size != 0 && (utf8::is_letter(got.value) || utf8::is_digit(got.value) || got.value == '_');
    if (part) hash = (hash == 0 ? 1469598103934665603ULL : hash) * 1099511628211ULL ^ got.value;
    if (!part && hash != 0) {
      out.push_back(hash);
      hash = 0;
    }
    if (got.size == 0) break;
    i += got.size;
  }
  return out;
}

std::uint64_t joined(const std::uint64_t* words, std::size_t count) {
  std::uint64_t hash = 7;
  for (std::size_t i = 0; i < count; ++i) hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15ULL;
  return hash;
}

std::unordered_map<std::uint64_t, int> shingles(std::string_view text) {
  const std::vector<std::uint64_t> words = words_of(text);
  std::unordered_map<std::uint64_t, int> out;
  if (words.empty()) return out;
  const std::size_t width = std::min<std::size_t>(4, words.size());
  for (std::size_t i = 0; i + width <= words.size(); ++i) ++out[joined(words.data() + i, width)];
  return out;
}

void label_by_body(Example& example) {
  const std::unordered_map<std::uint64_t, int> gold = shingles(example.body);
  std::unordered_set<std::uint64_t> lines, runs;  // whole lines; runs of one to three words anywhere
  for (const Line& line : lines_of(example.body)) {
    const auto words = words_of(line.span.of(example.body));
    if (!words.empty()) lines.insert(joined(words.data(), words.size()));
  }
  const auto all = words_of(example.body);
  for (std::size_t width = 1; width <= 3; ++width) {
    for (std::size_t i = 0; i + width <= all.size(); ++i) runs.insert(joined(all.data() + i, width));
  }
  for (std::size_t b = 0; b < example.labels.size(); ++b) {
    const auto words = words_of(example.page.blocks[b].text.of(example.page.text));
    Label& label = example.labels[b];
    label.weight = std::clamp(std::log2(static_cast<float>(words.size()) + 1) / 3, 0.3F, 2.0F);
    if (words.empty()) {
      label.weight = 0;
    } else if (words.size() < 4) {
      if (lines.contains(joined(words.data(), words.size()))) {
        label.article = 1;
      } else if (!runs.contains(joined(words.data(), words.size()))) {
        label.article = 0;
      }
    } else {
      std::size_t hits = 0;
      for (std::size_t i = 0; i + 4 <= words.size(); ++i) hits += gold.contains(joined(words.data() + i, 4));
      label.article = hits * 2 >= words.size() - 3 ? 1 : 0;
    }
    if (label.article < 0) label.weight = 0;
  }
}

// A wanted segment needs one place only: of several blocks that hold it those that `likely` names, if there are any. A segment that is a
// small part of a long block says little of the block.
void label_by_segments(Example& example, const std::vector<bool>& likely) {
  const auto mark = [&](const std::string& segment, bool wanted) {
    std::vector<std::size_t> holders;
    for (std::size_t b = 0; b < example.labels.size(); ++b) {
      if (example.page.blocks[b].text.of(example.page.text).find(segment) != std::string_view::npos) holders.push_back(b);
    }
    if (wanted && std::any_of(holders.begin(), holders.end(), [&](std::size_t b) { return likely[b]; }))
      std::erase_if(holders, [&](std::size_t b) { return !likely[b]; });
    for (const std::size_t b : holders) {
      const float size = static_cast<float>(example.page.blocks[b].text.size());
      const float share = static_cast<float>(segment.size()) / size;
      float weight = 1 / std::sqrt(static_cast<float>(holders.size()));
      if (!wanted && size > 200 && share < 0.2F) weight *= 0.25F;
      Label& label = example.labels[b];
      if (label.article >= 0 && label.article != static_cast<std::int8_t>(wanted)) {
        label = {-1, -1};  // both: says nothing
      } else if (label.weight >= 0) {
        label = {static_cast<std::int8_t>(wanted), std::max(label.weight, weight)};
      }
    }
  };
  for (const std::string& s : example.with) mark(s, true);
  for (const std::string& s : example.without) mark(s, false);
  for (Label& label : example.labels) label.weight = std::max(label.weight, 0.0F);
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

bool own_blind(const std::string& set, const std::string& name) {
  const std::string text = set + "/" + name;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest[0] % 4 == 0;
}

std::vector<Example> read_set(const fs::path& folder, const LineJudge& judge, const ArticleFinder& finder) {
  std::vector<Example> out;
  simdjson::dom::parser parser;
  simdjson::dom::element truth;
  simdjson::dom::object pages;
  if (parser.load((folder / "truth.json").string()).get(truth) != simdjson::SUCCESS || truth.get(pages) != simdjson::SUCCESS) {
    std::cerr << folder.string() << ": no truth.json\n";
    return out;
  }
  for (const auto& [key, gold] : pages) {
    Example example;
    example.set = folder.filename().string();
    std::string name(key);
    if (name.ends_with(".html")) name.resize(name.size() - 5);
    example.file = name;
    example.own_blind = own_blind(example.set, name);
    example.fold = std::hash<std::string>{}("fold" + name) % 5;
    const auto decoded = decode(bytes_of(folder / "html" / (name + ".html")), {.item = name, .transport = {}});
    if (!decoded) {
      std::cerr << decoded.error().line() << "\n";
      continue;
    }
    example.page = html::read_blocks(decoded->text);
    if (example.page.blocks.empty()) continue;
    example.title = read_page_facts(example.page).title_block;
    FoldedLine words;
    for (const html::Block& block : example.page.blocks) example.phrases.push_back(judge.facts_of(block.text.of(example.page.text), words));
    example.labels.resize(example.page.blocks.size());
    std::string_view body;
    simdjson::dom::array list;
    if (gold["articleBody"].get(body) == simdjson::SUCCESS) {
      example.body = body;
      label_by_body(example);
    } else {
      if (gold["with"].get(list) == simdjson::SUCCESS) {
        for (const auto s : list) example.with.emplace_back(std::string_view(s));
      }
      if (gold["without"].get(list) == simdjson::SUCCESS) {
        for (const auto s : list) example.without.emplace_back(std::string_view(s));
      }
      static const HashTable kNothing;
      const PageReading reading = finder.look(example.page, kNothing, kNothing);
      std::vector<bool> likely(example.labels.size());
      for (std::size_t b = 0; b < likely.size(); ++b) likely[b] = reading.column.junk[b] == LeftOut::no;
      label_by_segments(example, likely);
    }
    out.push_back(std::move(example));
  }
  return out;
}

std::vector<DatedPage> read_dates(const fs::path& folder) {
  std::vector<DatedPage> out;
  simdjson::dom::parser parser;
  simdjson::dom::object pages;
  std::string json = bytes_of(folder / "truth.json");
  for (std::size_t at = json.find(": NaN"); at != std::string::npos; at = json.find(": NaN", at)) json.replace(at, 5, ": \"\"");
  if (parser.parse(json).get(pages) != simdjson::SUCCESS) {
    std::cerr << folder.string() << ": no truth.json\n";
    return out;
  }
  for (const auto& [key, gold] : pages) {
    std::string_view day;
    if (gold["date"].get(day) != simdjson::SUCCESS && folder.filename().string().starts_with("dates")) continue;
    DatedPage page;
    page.set = folder.filename().string();
    page.file = std::string(key);
    if (page.file.ends_with(".html")) page.file.resize(page.file.size() - 5);
    page.day = day;
    page.own_blind = own_blind(page.set, page.file);
    page.fold = std::hash<std::string>{}("fold" + page.file) % 5;
    const auto decoded = decode(bytes_of(folder / "html" / (page.file + ".html")), {.item = page.file, .transport = {}});
    if (!decoded) continue;
    page.page = html::read_blocks(decoded->text);
    out.push_back(std::move(page));
  }
  return out;
}

Scores score(const std::vector<Example>& examples, const std::vector<std::string>& texts, bool blind) {
  Scores out;
  double precision = 0, recall = 0;
  std::size_t with_precision = 0, with_recall = 0;
  std::size_t tp = 0, fp = 0, fn = 0;
  for (std::size_t e = 0; e < examples.size(); ++e) {
    const Example& example = examples[e];
    if (example.own_blind != blind) continue;
    if (example.set == "segments") {
      ++out.pages;
      for (const std::string& s : example.with) ++(texts[e].find(s) != std::string::npos ? tp : fn);
      for (const std::string& s : example.without) fp += texts[e].find(s) != std::string::npos;
    } else if (example.set == "article") {
      ++out.articles;
      const auto gold = shingles(example.body), got = shingles(texts[e]);
      double both = 0, golden = 0, given = 0;
      for (const auto& [key, count] : gold) golden += count;
      for (const auto& [key, count] : got) {
        given += count;
        const auto found = gold.find(key);
        if (found != gold.end()) both += std::min(count, found->second);
      }
      if (given > 0) precision += both / given, ++with_precision;
      if (golden > 0) recall += both / golden, ++with_recall;
    }
  }
  const auto f1 = [](double p, double r) { return p + r > 0 ? 2 * p * r / (p + r) : 0; };
  if (with_precision > 0 && with_recall > 0)
    out.article = f1(precision / static_cast<double>(with_precision), recall / static_cast<double>(with_recall));
  if (tp > 0)
    out.segments = f1(static_cast<double>(tp) / static_cast<double>(tp + fp), static_cast<double>(tp) / static_cast<double>(tp + fn));
  return out;
}

}  // namespace litopys::learn
