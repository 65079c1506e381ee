#include "mention/atom.h"

#include <span>

#include "base/utf8.h"
#include "text/token.h"

namespace litopys {
namespace {

bool is_quotation_mark(char32_t c) {
  return c == U'"' || c == U'«' || c == U'»' || c == U'“' || c == U'”' || c == U'„' || c == U'‟' || c == U'‹' || c == U'›';
}

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’' || c == U'ʼ' || c == U'`'; }
bool digit_at(std::string_view bytes, std::size_t at) { return at < bytes.size() && bytes[at] >= '0' && bytes[at] <= '9'; }
bool between_digits(std::string_view bytes, std::size_t at, std::size_t size) {
  return at > 0 && digit_at(bytes, at - 1) && digit_at(bytes, at + size);
}
bool is_inside_word(char32_t c) { return c == 0x301 || c == 0xAD || c == 0x300; }  // stress marks, soft hyphen

// Whether a word that ends at `at` surely ends there: at a blank or mark of ASCII that can stand in no word.
bool ends_at(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size()) return true;
  const char c = bytes[at];
  return c == ' ' || c == ',' || c == '.' || c == '-' || c == '\n' || c == ')' || c == '"' || c == ':' || c == ';';
}

}  // namespace

Atoms cut_atoms(const Text& text, const Document& document, const Sentence& sentence) {
  Atoms out;
  const std::string_view bytes = std::string_view(document.text).substr(0, sentence.span.end);
  out.list.reserve(sentence.token_count + 8);
  out.forms.reserve(sentence.span.size() + 8);
  std::uint32_t token = sentence.first_token;
  const std::uint32_t tokens_end = sentence.first_token + sentence.token_count;
  bool space = true;
  for (std::uint32_t at = sentence.span.begin; at < bytes.size();) {
    const auto c = utf8::decode(bytes, at);
    if (utf8::is_space(c.value)) {
      space = true;
      at += c.size;
      continue;
    }
    if (is_quotation_mark(c.value) || (is_apostrophe(c.value) && !between_digits(bytes, at, c.size))) {
      at += c.size;
      continue;
    }
    Atom atom;
    atom.span.begin = at;
    atom.space_before = space;
    space = false;
    atom.form_begin = static_cast<std::uint32_t>(out.forms.size());
    while (token + 1 < tokens_end && text.tokens[token].span.end <= at) ++token;
    const Token* const whole = token < tokens_end ? &text.tokens[token] : nullptr;
    if (whole != nullptr && whole->letters && whole->span.begin == at && ends_at(bytes, whole->span.end)) {
      atom.capital = whole->capital;
      out.forms.append(whole->lower);
      at = whole->span.end;
    } else if (utf8::is_digit(c.value)) {
      atom.kind = AtomKind::number;
      while (at < bytes.size() && bytes[at] >= '0' && bytes[at] <= '9') out.forms += bytes[at++];
    } else if (utf8::is_letter(c.value)) {
      atom.capital = utf8::is_upper(c.value);
      while (at < bytes.size()) {
        const auto d = utf8::decode(bytes, at);
        char32_t letter = d.value;
        if (is_apostrophe(letter)) {  // inside a Cyrillic word it is a letter: «п’ять»
          const auto behind = utf8::decode(bytes, at + d.size);
          if (behind.size == 0 || !utf8::is_cyrillic(behind.value)) break;
          letter = U'\'';
        } else if (is_inside_word(letter)) {
          at += d.size;
          continue;
        } else if (!utf8::is_letter(letter)) {
          break;
        }
        letter = utf8::lower(letter);
        utf8::append(out.forms, letter == U'ё' ? U'е' : letter);
        at += d.size;
      }
    } else {
      atom.kind = AtomKind::mark;
      atom.mark = c.value;
      out.forms.append(bytes.substr(at, c.size));
      at += c.size;
    }
    atom.span.end = at;
    atom.form_end = static_cast<std::uint32_t>(out.forms.size());
    atom.token = token;
    atom.whole_token = whole != nullptr && whole->span == atom.span;
    const std::string_view form = std::string_view(out.forms).substr(atom.form_begin);
    const auto keys = atom.whole_token ? text.keys_of(*whole) : std::span<const std::uint64_t>();
    atom.key = !keys.empty() && whole->lower == form ? keys.front() : word_key(form);
    atom.mask = atom.whole_token && keys.empty() ? ~0ULL : mask_of_key(atom.key);
    for (const std::uint64_t key : keys) atom.mask |= mask_of_key(key);
    out.list.push_back(atom);
  }
  return out;
}

}  // namespace litopys
