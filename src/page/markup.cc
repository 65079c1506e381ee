// Names are hashed letter by letter as they are read; phrases of two and three words are joined hashes. Nothing is copied.
#include "page/markup.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cctype>

#include "page/scan.h"

namespace litopys {
namespace {

constexpr std::array<std::string_view, kParts> kPartNames = {"none",   "main",   "menu",     "side", "share", "teaser", "subscribe",
                                                             "advert", "cookie", "comments", "meta", "photo", "hidden", "donate"};
constexpr float kMarkupUnit = 1.0F / 1024;    // of a learned weight
constexpr std::size_t kMostMarkupNames = 32;  // of the names of one element

std::uint32_t joined(std::uint32_t a, std::uint32_t b) { return (a * 31U + b) | 1U; }

// Letters in lower case, and whether they are capitals; 0 for what is no letter.
constexpr unsigned kCapital = 0x100;
constexpr std::array<std::uint16_t, 256> kLetters = [] {
  std::array<std::uint16_t, 256> out{};
  for (unsigned c = 'a'; c <= 'z'; ++c) out[c] = static_cast<std::uint16_t>(c);
  for (unsigned c = 'A'; c <= 'Z'; ++c) out[c] = static_cast<std::uint16_t>((c + 32) | kCapital);
  return out;
}();

// What was read of names before: pages repeat them a lot.
class SeenNames {
 public:
  struct Entry {
    std::string_view names;
    std::uint32_t hash = 0;
    NodeNames got;
  };
  // At most `most` different ones are asked for.
  explicit SeenNames(std::size_t most) : places_(std::bit_ceil(most * 2 + 1)) { entries_.reserve(most / 2); }
  // The entry of `names`; a fresh one has none yet.
  Entry& at(std::string_view names) {
    const std::uint32_t hash = hash_of_bytes(names);
    for (std::size_t place = hash & (places_.size() - 1);; place = (place + 1) & (places_.size() - 1)) {
      if (places_[place] == 0) {
        entries_.push_back({{}, hash, {}});
        places_[place] = static_cast<std::uint32_t>(entries_.size());
        return entries_.back();
      }
      Entry& entry = entries_[places_[place] - 1];
      if (entry.hash == hash && entry.names == names) return entry;
    }
  }

 private:
  std::vector<std::uint32_t> places_;  // of entries, plus one
  std::vector<Entry> entries_;
};

const html::Tag kArticleTag = html::tag_of("article"), kMainTag = html::tag_of("main"), kBodyTag = html::tag_of("body"),
                kHtmlTag = html::tag_of("html");

}  // namespace

std::string_view name(Part part) { return kPartNames[static_cast<std::size_t>(part)]; }

void hashed_name_words(std::string_view names, std::vector<std::uint32_t>& out) {
  const auto letter_at = [&](std::size_t i) { return i < names.size() ? kLetters[static_cast<unsigned char>(names[i])] : 0U; };
  for (std::size_t i = 0; i < names.size();) {
    unsigned letter = letter_at(i);
    if (letter == 0) {
      if (names[i] == ' ' && !out.empty() && out.back() != 0) out.push_back(0);
      if (out.size() >= kMostMarkupNames) return;
      ++i;
      continue;
    }
    // A capital behind a small letter begins a word.
    for (bool small = false; letter != 0;) {
      std::uint32_t hash = kHashStart;
      do {
        hash = hash_step(hash, static_cast<unsigned char>(letter));
        small = letter < kCapital;
        letter = letter_at(++i);
      } while (letter != 0 && !(letter >= kCapital && small));
      out.push_back(hash | 1U);
    }
  }
}

Result<std::vector<std::pair<std::uint32_t, RowId>>> hashed_row_words(const Codebook& book, std::string_view kind) {
  std::vector<std::pair<std::uint32_t, RowId>> out;
  std::vector<std::uint32_t> words;
  for (const RowId id : book.rows_of(kind)) {
    const Row& row = book.rows[id];
    for (const std::string& text : row.words) {
      words.clear();
      hashed_name_words(text, words);
      if (words.size() != 1) {
        return fail(ErrorKind::kConfig, row.file, fmt::format("line {}", row.line),
                    fmt::format("row {}: \"{}\": one word of Latin letters each", row.id, text));
      }
      out.emplace_back(words[0], id);
    }
  }
  return out;
}

Result<MarkupBook> MarkupBook::make(const Codebook& book) {
  std::vector<std::pair<std::uint32_t, std::int32_t>> parts, firsts;
  for (const RowId id : book.rows_of("markup")) {
    const Row& row = book.rows[id];
    std::size_t part = 1;
    while (part < kParts && kPartNames[part] != row.gives) ++part;
    if (part == kParts) {
      return fail(ErrorKind::kConfig, row.file, fmt::format("line {}", row.line),
                  fmt::format("row {}: gives = \"{}\" is no part of a page", row.id, row.gives),
                  "known are main, menu, side, share, teaser, subscribe, advert, cookie, comments, meta, photo, hidden, donate");
    }
    for (const std::string& text : row.words) {
      std::vector<std::uint32_t> words;
      hashed_name_words(text, words);
      std::erase(words, 0U);
      if (words.empty() || words.size() > 3 || text.find_first_of("*|_") != std::string::npos) {
        return fail(ErrorKind::kConfig, row.file, fmt::format("line {}", row.line),
                    fmt::format("row {}: \"{}\": names are one to three words of Latin letters", row.id, text));
      }
      std::uint32_t key = words[0];
      for (std::size_t w = 1; w < words.size(); ++w) key = joined(key, words[w]);
      parts.emplace_back(key, static_cast<std::int32_t>((id + 1) * kParts + part));
      if (words.size() > 1) firsts.emplace_back(words[0], 1);
    }
  }
  MarkupBook out;
  out.parts_ = HashTable(parts);
  out.first_words_ = HashTable(firsts);
  return out;
}

std::vector<NodeNames> MarkupBook::read(const html::Page& page, const HashTable& learned) const {
  std::vector<NodeNames> out(page.nodes.size());
  SeenNames seen(page.nodes.size());
  std::vector<std::uint32_t> words;
  words.reserve(kMostMarkupNames + 1);
  for (std::size_t n = 1; n < page.nodes.size(); ++n) {
    const html::Node& node = page.nodes[n];
    const bool main_tag = node.tag == kArticleTag || node.tag == kMainTag;
    if (main_tag) out[n].main = true;
    if (node.name.empty() || node.tag == kBodyTag || node.tag == kHtmlTag) continue;
    const std::string_view names = node.name.of(page.names);
    SeenNames::Entry& entry = seen.at(names);
    NodeNames& got = entry.got;
    if (entry.names.empty()) {
      entry.names = names;
      words.clear();
      hashed_name_words(names, words);
      std::int32_t best = INT32_MAX;
      std::int32_t score = 0;
      const auto ask = [&](std::uint32_t key) {
        const std::int32_t hit = parts_[key];
        if (hit == 0) return;
        if (static_cast<Part>(hit % static_cast<std::int32_t>(kParts)) == Part::main) {
          got.main = true;
        } else if (hit < best) {
          best = hit;
        }
      };
      for (std::size_t w = 0; w < words.size(); ++w) {
        if (words[w] == 0) continue;
        score += learned[words[w]];
        ask(words[w]);
        if (first_words_[words[w]] == 0 || w + 1 >= words.size() || words[w + 1] == 0) continue;
        const std::uint32_t two = joined(words[w], words[w + 1]);
        ask(two);
        if (w + 2 < words.size() && words[w + 2] != 0) ask(joined(two, words[w + 2]));
      }
      if (scan::needle(names, "articleBody") != std::string_view::npos) got.main = true;
      if (best != INT32_MAX && !got.main) got.says = static_cast<Part>(best % static_cast<std::int32_t>(kParts));
      got.score = static_cast<float>(score) * kMarkupUnit;
    }
    out[n].main = out[n].main || got.main;
    out[n].score = got.score;
    if (!main_tag) out[n].says = got.says;
  }
  return out;
}

}  // namespace litopys
