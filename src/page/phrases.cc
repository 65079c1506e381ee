// Patterns are found by the first letters of their first word, so that a line asks only the few that can begin at a word.
#include "page/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kKeyLetters = 3;

std::string folded(std::string_view word) {
  std::string out;
  if (std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    out.assign(word);
    for (char& c : out) c = c == '`' ? '\'' : static_cast<char>(c + (static_cast<unsigned char>(c - 'A') < 26 ? 32 : 0));
    return out;
  }
  for (std::size_t i = 0; i < word.size();) {
    const utf8::Decoded got = utf8::decode(word, i);
    if (got.size == 0) break;
    i += got.size;
    const char32_t lower = utf8::lower(got.value);
    if (lower == U'’' || lower == U'ʼ' || lower == U'`') {
      out += '\'';
    } else if (lower != 0x301 && lower != 0xAD) {
      utf8::append(out, lower == U'ё' ? U'е' : lower);
    }
  }
  return out;
}

std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = kHashStart;
  for (const char c : text) hash = hash_step(hash, static_cast<unsigned char>(c));
  return hash | 1U;
}

std::string_view key_of(std::string_view word) {
  std::size_t end = 0;
  for (std::size_t letters = 0; letters < kKeyLetters && end < word.size() && word[end] != '*'; ++letters)
    end += utf8::decode(word, end).size;
  return word.substr(0, end);
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(mark, begin), text.size());
    if (end > begin) out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

bool fits(std::string_view pattern, std::string_view word) {
  if (pattern.ends_with('*')) return word.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == word;
}

}  // namespace

std::vector<LineWord> words_of_line(std::string_view line, std::size_t limit) {
  std::vector<LineWord> out;
  std::size_t begin = 0;
  bool inside = false;
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  for (std::size_t i = 0; i <= line.size();) {
    // Most letters are these; the rest of the loop is for all.
    while (inside && i < line.size() && plain(line[i])) ++i;
    const utf8::Decoded got = utf8::decode(line, i);
    const bool apostrophe = got.value == '\'' || got.value == U'’' || got.value == U'ʼ';
    const bool part =
        got.size != 0 && (utf8::is_letter(got.value) || utf8::is_digit(got.value) || (inside && (apostrophe || got.value == 0x301)));
    if (part && !inside) begin = i;
    if (!part && inside) {
      std::size_t end = i;
      while (end > begin && line[end - 1] == '\'') --end;
      out.push_back({folded(line.substr(begin, end - begin)), {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
      if (out.size() >= limit) return out;
    }
    inside = part;
    if (got.size == 0) break;
    i += got.size;
  }
  return out;
}

Result<PhraseBook> PhraseBook::compile(const Codebook& book, std::string_view kind) {
  PhraseBook out;
  std::map<std::string, std::uint32_t> starts;
  for (const RowId id : book.rows_of(kind)) {
    const Row& row = book.rows[id];
    for (const std::string& text : row.words) {
      Pattern pattern{id, {}};
      std::uint8_t gap = 0;
      for (const std::string_view part : split(text, ' ')) {
        if (part.starts_with("..")) {
          if (part.size() != 3 || part[2] < '1' || part[2] > '9') {
            return fail(ErrorKind::kConfig, row.file, fmt::format("line {}", row.line),
                        fmt::format("row {}: \"{}\": a gap is ..1 to ..9", row.id, text));
          }
          gap = static_cast<std::uint8_t>(part[2] - '0');
          continue;
        }
        Item item;
        item.gap = gap;
        gap = 0;
        if (part != "_") {
          for (const std::string_view word : split(part, '|')) item.words.push_back(folded(word));
        }
        pattern.items.push_back(std::move(item));
      }
      if (pattern.items.empty() || pattern.items.front().words.empty() || gap != 0) {
        return fail(ErrorKind::kConfig, row.file, fmt::format("line {}", row.line),
                    fmt::format("row {}: \"{}\": a pattern begins and ends with a word", row.id, text));
      }
      const auto number = static_cast<std::uint32_t>(out.patterns_.size());
      for (const std::string& word : pattern.items.front().words) {
        const auto [start, fresh] = starts.try_emplace(std::string(key_of(word)), static_cast<std::uint32_t>(out.by_start_.size()));
        if (fresh) out.by_start_.emplace_back();
        out.by_start_[start->second].push_back(number);
      }
      out.patterns_.push_back(std::move(pattern));
    }
  }
  std::vector<std::pair<std::uint32_t, std::int32_t>> entries;
  for (const auto& [start, list] : starts) entries.emplace_back(hash_of(start), static_cast<std::int32_t>(list) + 1);
  out.starts_ = HashTable(entries);
  return out;
}

// Words that the pattern takes from `at` on, 0 where it does not fit. Gaps are short, so trying each is cheap.
std::uint32_t PhraseBook::match(const Pattern& pattern, std::size_t item, const std::vector<LineWord>& words, std::size_t at) const {
  if (item == pattern.items.size()) return 1;
  const Item& wanted = pattern.items[item];
  for (std::size_t skip = 0; skip <= wanted.gap && at + skip < words.size(); ++skip) {
    const std::string& word = words[at + skip].folded;
    const bool fit =
        wanted.words.empty() || std::any_of(wanted.words.begin(), wanted.words.end(), [&](const std::string& w) { return fits(w, word); });
    if (!fit) continue;
    if (const std::uint32_t rest = match(pattern, item + 1, words, at + skip + 1)) return rest + static_cast<std::uint32_t>(skip) + 1;
  }
  return 0;
}

std::vector<PhraseHit> PhraseBook::find(const std::vector<LineWord>& words) const {
  std::vector<PhraseHit> out;
  for (std::uint32_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at].folded;
    // A pattern's first word may be shorter than the key or a short prefix: ask for each length.
    std::size_t end = 0;
    std::uint32_t hash = kHashStart;
    for (std::size_t letters = 0; letters < kKeyLetters && end < word.size(); ++letters) {
      for (std::uint32_t left = utf8::decode(word, end).size; left > 0; --left)
        hash = hash_step(hash, static_cast<unsigned char>(word[end++]));
      const std::int32_t list = starts_[hash | 1U];
      if (list == 0) continue;
      for (const std::uint32_t number : by_start_[static_cast<std::size_t>(list) - 1]) {
        const Pattern& pattern = patterns_[number];
        const std::uint32_t taken = match(pattern, 0, words, at);
        if (taken > 0) out.push_back({pattern.row, at, taken - 1});
      }
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const PhraseHit& a, const PhraseHit& b) { return a.row < b.row; });
  return out;
}

}  // namespace litopys
