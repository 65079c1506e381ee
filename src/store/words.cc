// All lemmas of an ambiguous form are indexed, not the likeliest: a search that misses is worse than one that finds a homonym too. The
// price is an index about 1.5 times as large.
#include "store/words.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/utf8.h"
#include "page/document.h"

namespace litopys {
namespace {

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’' || c == U'ʼ' || c == U'‘' || c == U'`' || c == U'´' || c == U'ʹ'; }
bool is_stress(char32_t c) { return c == 0x0301 || c == 0x0300 || c == 0x00AD; }

char32_t folded(char32_t c) {
  c = utf8::lower(c);
  switch (c) {
    case U'ё': return U'е';
    // Where unicode61 has one letter for two shapes of it, so have we: a test compares all of Unicode.
    case 0x00B5: return U'μ';
    case 0x017F: return U's';
    case U'ς': return U'σ';
    case 0x03D0: return U'β';
    case 0x03D1: return U'θ';
    case 0x03D5: return U'φ';
    case 0x03D6: return U'π';
    case 0x03F0: return U'κ';
    case 0x03F1: return U'ρ';
    case 0x03F5: return U'ε';
    case 0x1E9B: return 0x1E61;
    case 0x1FBE: return U'ι';
    default: return c;
  }
}

// Vowel signs of New Tai Lue and of Vedic, which were no letters in the Unicode of unicode61.
bool parts_words(char32_t c) { return (c >= 0x19B0 && c <= 0x19C9) || c == 0x1CF2 || c == 0x1CF3; }

// Letters and digits only; all else becomes one blank between parts.
void append_folded(std::string& out, std::string_view word, bool keep_blanks) {
  bool gap = false;
  const std::size_t begin = out.size();
  for (std::size_t i = 0; i < word.size();) {
    const utf8::Decoded got = utf8::decode(word, i);
    i += got.size;
    if (is_apostrophe(got.value) || is_stress(got.value)) continue;
    if ((utf8::is_letter(got.value) || utf8::is_digit(got.value)) && !parts_words(got.value)) {
      if (gap && out.size() != begin && keep_blanks) out += ' ';
      gap = false;
      utf8::append(out, folded(got.value));
    } else {
      gap = true;
    }
  }
}

}  // namespace

std::string folded_word(std::string_view word) {
  std::string out;
  append_folded(out, word, true);
  return out;
}

std::string search_name(std::string_view name) { return folded_word(name); }

void append_index_words(std::string& out, const Text& text, Span span) {
  std::vector<std::string> words;
  const auto first = std::lower_bound(text.tokens.begin(), text.tokens.end(), span.begin,
                                      [](const Token& token, std::uint32_t at) { return token.span.begin < at; });
  for (auto it = first; it != text.tokens.end() && it->span.begin < span.end; ++it) {
    const Token& token = *it;
    if (token.kind != TokenKind::word && token.kind != TokenKind::number) continue;
    words.clear();
    words.push_back(folded_word(token.lower));
    for (const Reading& reading : text.readings_of(token)) {
      std::string lemma = folded_word(reading.lemma);
      if (std::find(words.begin(), words.end(), lemma) == words.end()) words.push_back(std::move(lemma));
    }
    for (const std::string& word : words) {
      if (word.empty()) continue;
      if (!out.empty()) out += ' ';
      out += word;
    }
  }
}

std::string match_expression(std::string_view query, const Resources& resources) {
  std::string out;
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t begin = query.find_first_not_of(" \t\r\n", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(query.find_first_of(" \t\r\n", begin), query.size());
    std::string_view word = query.substr(begin, end - begin);
    at = end;
    const bool prefix = word.ends_with('*');
    const std::string form = folded_word(word);
    if (form.empty()) continue;
    std::set<std::string> any{form};
    if (!prefix) {
      for (const Language language : kReadLanguages) {
        Document document;
        document.text = word;
        document.language = language;
        document.lines.push_back({{0, static_cast<std::uint32_t>(word.size())}, LineKind::article, {}});
        const Text text = analyse(document, resources);
        for (const Token& token : text.tokens) {
          if (token.kind != TokenKind::word || token.span.size() < word.size() / 2) continue;
          for (const Reading& reading : text.readings_of(token)) {
            if (std::string lemma = folded_word(reading.lemma); !lemma.empty()) any.insert(std::move(lemma));
          }
        }
      }
    }
    if (!out.empty()) out += " AND ";
    out += '(';
    bool first = true;
    for (const std::string& lemma : any) {
      if (!first) out += " OR ";
      first = false;
      out += '"' + lemma + '"';
      if (prefix) out += " *";
    }
    out += ')';
  }
  return out;
}

}  // namespace litopys
