// Patterns are found by the hash of their first word, or of the beginning that it stands for, so that a line asks only the few that can
// begin at a word; most words are turned away by their first two bytes.
#include "page/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <tuple>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/small_letters.h"
#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kKeyLetters = 3;
constexpr std::size_t kGate = std::size_t{1} << 14U;  // bits

// ASCII letters in lower case and digits; 0 for all else.
constexpr std::array<char, 256> kPlain = [] {
  std::array<char, 256> out{};
  for (unsigned c = 'a'; c <= 'z'; ++c) out[c] = static_cast<char>(c);
  for (unsigned c = 'A'; c <= 'Z'; ++c) out[c] = static_cast<char>(c + 32);
  for (unsigned c = '0'; c <= '9'; ++c) out[c] = static_cast<char>(c);
  return out;
}();
char plain_letter(char c) { return kPlain[static_cast<unsigned char>(c)]; }

void append_folded(std::string& out, std::string_view word) {
  // Letters of ASCII and Cyrillic, as far as there are no others.
  std::size_t i = 0, size = out.size();
  out.resize(size + word.size());
  for (; i < word.size();) {
    if (const char plain = plain_letter(word[i]); plain != 0) {
      out[size++] = plain;
      ++i;
      continue;
    }
    std::uint16_t pair = utf8::small_cyrillic(word, i);
    if (pair == 0) break;
    if (pair == utf8::kSmallYo) pair = utf8::kSmallYe;
    out[size++] = static_cast<char>(pair >> 8U);
    out[size++] = static_cast<char>(pair & 0xFFU);
    i += 2;
  }
  out.resize(size);
  while (i < word.size()) {
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
}

std::string folded_word(std::string_view word) {
  std::string out;
  append_folded(out, word);
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

std::size_t FoldedLine::read_wide(std::string_view line, std::size_t begin) {
  std::size_t i = begin;
  for (bool inside = true; inside && i < line.size();) {
    if (plain_letter(line[i]) != 0) {
      ++i;
      continue;
    }
    if (utf8::small_cyrillic(line, i) != 0) {
      i += 2;
      continue;
    }
    const utf8::Decoded got = utf8::decode(line, i);
    inside = utf8::is_letter(got.value) || got.value == '\'' || got.value == U'’' || got.value == U'ʼ' || got.value == 0x301;
    if (inside) i += got.size;
  }
  std::size_t end = i;
  while (end > begin && line[end - 1] == '\'') --end;
  const auto letters = static_cast<std::uint32_t>(letters_.size());
  append_folded(letters_, line.substr(begin, end - begin));
  words_.push_back({letters,
                    static_cast<std::uint32_t>(letters_.size()) - letters,
                    {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
  return i;
}

// Sixty-four bytes at a time become two masks of bits: letters and digits of ASCII, and what may belong to a word beside them. A word of
// the first kind alone is found by counting bits; one that touches the second is read sign by sign.
void FoldedLine::read(std::string_view line, std::size_t limit) {
  words_.clear();
  const std::size_t size = line.size();
  letters_.resize(size);
  std::size_t loaded = SIZE_MAX;
  std::uint64_t letters = 0, others = 0;
  const auto load = [&](std::size_t chunk) {
    if (chunk == loaded) return;
    loaded = chunk;
    letters = others = 0;
    const std::size_t begin = chunk * 64, end = std::min(begin + 64, size);
    std::size_t i = begin;
#if defined(__SSE2__)
    const auto all = [](char c) { return _mm_set1_epi8(c); };
    for (; i + 16 <= end; i += 16) {
      const __m128i raw = _mm_loadu_si128(reinterpret_cast<const __m128i*>(line.data() + i));
      const auto within = [&](__m128i v, char low, char high) {
        return _mm_cmpeq_epi8(_mm_min_epu8(_mm_max_epu8(v, all(low)), all(high)), v);
      };
      const __m128i lower = _mm_or_si128(raw, _mm_and_si128(within(raw, 'A', 'Z'), all(0x20)));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(letters_.data() + i), lower);
      const __m128i word = _mm_or_si128(within(lower, 'a', 'z'), within(lower, '0', '9'));
      const auto put = [&](std::uint64_t& mask, __m128i hits) {
        mask |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hits))) << (i - begin);
      };
      put(letters, word);
      put(others, _mm_or_si128(raw, _mm_cmpeq_epi8(raw, all('\''))));  // by the highest bit
    }
#endif
    for (; i < end; ++i) {
      const char c = plain_letter(line[i]);
      letters_[i] = c;
      const std::uint64_t bit = std::uint64_t{1} << (i - begin);
      if (c != 0) letters |= bit;
      if (static_cast<unsigned char>(line[i]) >= 0x80 || line[i] == '\'') others |= bit;
    }
  };
  for (std::size_t i = 0; i < size && words_.size() < limit;) {
    load(i / 64);
    const std::uint64_t some = (letters | others) >> i % 64;
    if (some == 0) {
      i = (i / 64 + 1) * 64;
      continue;
    }
    i += static_cast<std::size_t>(std::countr_zero(some));
    if ((letters >> i % 64 & 1U) == 0) {
      const utf8::Decoded got = utf8::decode(line, i);
      i = utf8::is_letter(got.value) ? read_wide(line, i) : i + got.size;
      continue;
    }
    const std::size_t begin = i;
    for (;;) {
      const std::uint64_t ends = ~letters >> i % 64;
      const auto run = static_cast<std::size_t>(std::countr_zero(ends));
      if (ends != 0 && i % 64 + run < 64) {
        i += run;
        break;
      }
      i = (i / 64 + 1) * 64;
      if (i >= size) break;
      load(i / 64);
    }
    i = std::min(i, size);
    if (i < size && (others >> i % 64 & 1U) != 0) {
      i = read_wide(line, begin);
      continue;
    }
    words_.push_back({static_cast<std::uint32_t>(begin),
                      static_cast<std::uint32_t>(i - begin),
                      {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i)}});
  }
}

std::vector<LineWord> words_of_line(std::string_view line, std::size_t limit) {
  FoldedLine folded;
  folded.read(line, limit);
  std::vector<LineWord> out;
  out.reserve(folded.size());
  for (std::size_t w = 0; w < folded.size(); ++w) out.push_back({std::string(folded.folded(w)), folded.span(w)});
  return out;
}

std::size_t PhraseBook::gate_of(std::string_view word) {
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(i < word.size() ? static_cast<unsigned char>(word[i]) : 0); };
  return (byte(0) * 2251U ^ byte(1) * 173U ^ byte(2) * 29U) & (kGate - 1);
}

Result<PhraseBook> PhraseBook::compile(const Codebook& book, std::string_view kind) {
  PhraseBook out;
  std::map<std::string, std::uint32_t> wholes, prefixes;
  out.gate_.resize(kGate);
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
          for (const std::string_view word : split(part, '|')) item.words.push_back(folded_word(word));
        }
        pattern.items.push_back(std::move(item));
      }
      if (pattern.items.empty() || pattern.items.front().words.empty() || gap != 0) {
        return fail(ErrorKind::kConfig, row.file, fmt::format("line {}", row.line),
                    fmt::format("row {}: \"{}\": a pattern begins and ends with a word", row.id, text));
      }
      const auto number = static_cast<std::uint32_t>(out.patterns_.size());
      for (const std::string& word : pattern.items.front().words) {
        const bool prefix = word.ends_with('*');
        const std::string start = prefix ? word.substr(0, word.size() - 1) : word;
        if (start.empty() || start.size() >= 64) {
          return fail(ErrorKind::kConfig, row.file, fmt::format("line {}", row.line),
                      fmt::format("row {}: \"{}\": a pattern's first word has 1 to 63 bytes", row.id, text));
        }
        const auto [list, fresh] = (prefix ? prefixes : wholes).try_emplace(start, static_cast<std::uint32_t>(out.starts_.size()));
        if (fresh) out.starts_.emplace_back();
        out.starts_[list->second].push_back({number, static_cast<std::uint32_t>(utf8::count_code_points(key_of(word)))});
        // A short beginning is that of any word that goes on.
        if (start.size() >= 3 || !prefix) out.gate_[gate_of(start)] = true;
        for (unsigned third = 0; prefix && start.size() == 2 && third < 256; ++third)
          out.gate_[gate_of(start + static_cast<char>(third))] = true;
        if (prefix && start.size() == 1) out.gate_.assign(kGate, true);
        if (prefix) out.prefix_sizes_ |= std::uint64_t{1} << start.size();
      }
      out.patterns_.push_back(std::move(pattern));
    }
  }
  const auto table = [](const std::map<std::string, std::uint32_t>& lists) {
    std::vector<std::pair<std::uint32_t, std::int32_t>> entries;
    for (const auto& [start, list] : lists) entries.emplace_back(hash_of(start), static_cast<std::int32_t>(list) + 1);
    return HashTable(entries);
  };
  out.whole_ = table(wholes);
  out.prefixes_ = table(prefixes);
  return out;
}

// Words that the pattern takes from `at` on, plus one; 0 where it does not fit. Gaps are short, so trying each is cheap.
template <class Words>
std::uint32_t PhraseBook::match(const Pattern& pattern, std::size_t item, const Words& words, std::size_t at) const {
  if (item == pattern.items.size()) return 1;
  const Item& wanted = pattern.items[item];
  for (std::size_t skip = 0; skip <= wanted.gap && at + skip < words.size(); ++skip) {
    const std::string_view word = words.folded(at + skip);
    const bool fit =
        wanted.words.empty() || std::any_of(wanted.words.begin(), wanted.words.end(), [&](const std::string& w) { return fits(w, word); });
    if (!fit) continue;
    if (const std::uint32_t rest = match(pattern, item + 1, words, at + skip + 1)) return rest + static_cast<std::uint32_t>(skip) + 1;
  }
  return 0;
}

template <class Words>
std::vector<PhraseHit> PhraseBook::find_in(const Words& words) const {
  struct Found {
    PhraseHit hit;
    Start start;
  };
  std::vector<Found> found;
  for (std::uint32_t at = 0; at < words.size(); ++at) {
    const std::string_view word = words.folded(at);
    if (word.empty() || !gate_[gate_of(word)]) continue;
    const auto ask = [&](std::int32_t list) {
      if (list == 0) return;
      for (const Start& start : starts_[static_cast<std::size_t>(list) - 1]) {
        const std::uint32_t taken = match(patterns_[start.pattern], 0, words, at);
        if (taken > 0) found.push_back({{patterns_[start.pattern].row, at, taken - 1}, start});
      }
    };
    std::uint32_t hash = kHashStart;
    for (std::size_t i = 0; i < word.size(); ++i) {
      hash = hash_step(hash, static_cast<unsigned char>(word[i]));
      if (i < 63 && (prefix_sizes_ >> (i + 1) & 1U) != 0) ask(prefixes_[hash | 1U]);
    }
    ask(whole_[hash | 1U]);
  }
  // By row, then by place; of one place the patterns with shorter first words first.
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tie(a.hit.row, a.hit.first, a.start.letters, a.start.pattern) <
           std::tie(b.hit.row, b.hit.first, b.start.letters, b.start.pattern);
  });
  std::vector<PhraseHit> out;
  out.reserve(found.size());
  for (const Found& one : found) out.push_back(one.hit);
  return out;
}

std::vector<PhraseHit> PhraseBook::find(const FoldedLine& words) const { return find_in(words); }

std::vector<PhraseHit> PhraseBook::find(const std::vector<LineWord>& words) const {
  struct View {
    const std::vector<LineWord>& words;
    [[nodiscard]] std::size_t size() const { return words.size(); }
    [[nodiscard]] std::string_view folded(std::size_t at) const { return words[at].folded; }
  };
  return find_in(View{words});
}

}  // namespace litopys
