// One pass, left to right; each branch eats at least one character and looks ahead a bounded way, so the whole is linear.
// Fits running text of the three languages; a script without blanks (Chinese) comes out as one long word.
#include "text/token.h"

#include <algorithm>
#include <array>

#include "base/small_letters.h"
#include "base/utf8.h"
#include "text/characters.h"

namespace litopys {
namespace {

constexpr std::size_t kLongestHost = 256;  // bytes looked at for "name.tld": bounds the look-ahead on "a.a.a.a..."
constexpr std::array<std::string_view, 22> kTopDomains = {"com", "org", "net",  "info",  "ua", "ru", "su",   "me",  "gov", "edu", "eu",
                                                          "uk",  "io",  "news", "media", "by", "tv", "live", "int", "biz", "de",  "pl"};
constexpr std::array<std::string_view, 7> kClitics = {"s", "m", "d", "re", "ve", "ll", "t"};

struct Char {
  char32_t value = 0;
  std::uint32_t size = 0;
  CharClass kind = CharClass::punctuation;
};

class Cutter {
 public:
  Cutter(std::string_view text, Span range, std::vector<RawToken>& out) : text_(text.substr(0, range.end)), at_(range.begin), out_(out) {}

  void run() {
    bool space = true;
    while (at_ < text_.size()) {
      const Char c = peek(at_);
      if (c.kind == CharClass::space) {
        at_ += c.size;
        space = true;
        continue;
      }
      const std::size_t begin = at_;
      const TokenKind kind = cut(c);
      out_.push_back({Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}, kind, space});
      space = false;
      if (kind == TokenKind::word) cut_clitic();
    }
  }

 private:
  [[nodiscard]] Char peek(std::size_t at) const {
    if (at >= text_.size()) return {0, 0, CharClass::space};
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) return {byte, 1, classify(byte)};
    const utf8::Decoded got = utf8::decode(text_, at);
    return {got.value, got.size, classify(got.value)};
  }

  TokenKind cut(const Char& c) {
    switch (c.kind) {
      case CharClass::letter: return word_or_address();
      case CharClass::digit: return number();
      case CharClass::symbol: return symbols();
      case CharClass::mark:
      case CharClass::ignorable: at_ += c.size; return TokenKind::punctuation;
      default: return mark(c);
    }
  }

  [[nodiscard]] bool joins(CharClass kind) const {
    return kind == CharClass::letter || kind == CharClass::mark || kind == CharClass::ignorable || kind == CharClass::digit;
  }

  TokenKind word_or_address() {
    if (text_[at_] < 0x7F && text_[at_] > 0 && address()) return TokenKind::symbol;
    if (acronym()) return TokenKind::word;
    word();
    return TokenKind::word;
  }

  // From at_: letters, digits and marks; apostrophes and underscores between them; hyphens where a side is Cyrillic or a digit
  // follows a capital ("COVID-19", but mid|-|2023).
  void word() {
    bool cyrillic = false, capital = false;
    while (at_ < text_.size()) {
      const Char c = peek(at_);
      if (joins(c.kind)) {
        cyrillic |= utf8::is_cyrillic(c.value);
        capital = utf8::is_upper(c.value);
        at_ += c.size;
        continue;
      }
      const Char next = peek(at_ + c.size);
      const bool before_letter = next.kind == CharClass::letter;
      if ((c.kind == CharClass::apostrophe && before_letter) || (c.value == '_' && (before_letter || next.kind == CharClass::digit)) ||
          (c.kind == CharClass::hyphen &&
           ((before_letter && (cyrillic || utf8::is_cyrillic(next.value))) || (next.kind == CharClass::digit && (cyrillic || capital))))) {
        at_ += c.size;
        continue;
      }
      break;
    }
  }

  // "U.S.", "e.g.": single Latin letters, each with its point, two at least; the last point may be missing.
  bool acronym() {
    std::size_t at = at_;
    int letters = 0;
    while (letters < 8) {
      const Char c = peek(at);
      if (c.kind != CharClass::letter || c.value >= 0x80) break;
      const Char after = peek(at + 1);
      if (after.value != '.' || after.size == 0) {
        if (joins(after.kind)) return false;
        if (letters > 0) {
          ++letters;
          ++at;
        }
        break;
      }
      at += 2;
      ++letters;
    }
    if (letters < 2 || peek(at).kind == CharClass::digit) return false;
    at_ = at;
    return true;
  }

  [[nodiscard]] static bool host_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  // Eats to the next white space, less the marks that belong to the sentence.
  void eat_address() {
    while (at_ < text_.size()) {
      const Char c = peek(at_);
      if (c.kind == CharClass::space || is_double_quote(c.value) || c.value == '<' || c.value == '>' || c.kind == CharClass::symbol) break;
      at_ += c.size;
    }
    while (at_ > 0) {
      const utf8::Decoded last = utf8::decode_before(text_, at_);
      if (std::u32string_view(U".,;:!?)]}…'’*|").find(last.value) == std::u32string_view::npos) break;
      at_ -= last.size;
    }
  }

  // A URL, an e-mail or a host name at at_.
  bool address() {
    const std::string_view rest = text_.substr(at_, kLongestHost);
    const auto starts = [&](std::string_view prefix) {
      return rest.size() > prefix.size() && std::ranges::equal(rest.substr(0, prefix.size()), prefix, [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
             });
    };
    if (starts("http://") || starts("https://") || starts("www.")) {
      const std::size_t begin = at_;
      at_ += 4;
      eat_address();
      at_ = std::max(at_, begin + 4);
      return true;
    }
    std::size_t end = 0, label = 0;
    bool mail = false, dotted = false;
    for (; end < rest.size(); ++end) {
      const char c = rest[end];
      if (host_char(c)) continue;
      const bool before_name = end + 1 < rest.size() && host_char(rest[end + 1]);
      if (c == '.' && before_name) {
        dotted = true;
        label = end + 1;
      } else if (c == '@' && before_name && !mail) {
        mail = true;
        dotted = false;
        label = end + 1;
      } else {
        break;
      }
    }
    if (!dotted) return false;
    std::string top;
    for (std::size_t i = label; i < end; ++i) top += static_cast<char>(utf8::lower(static_cast<unsigned char>(rest[i])));
    if (!mail && std::ranges::find(kTopDomains, top) == kTopDomains.end()) return false;
    if (!mail && label < 2) return false;
    at_ += end;
    if (!mail && at_ < text_.size() && text_[at_] == '/') eat_address();
    return true;
  }

  TokenKind number() {
    const Char after = peek(at_ + 1);
    if (after.value == 0xFE0F || after.value == 0x20E3) return symbols();  // a keycap
    const auto digits = [&] {
      while (at_ < text_.size() && utf8::is_digit(static_cast<unsigned char>(text_[at_]))) ++at_;
    };
    digits();
    while (at_ + 1 < text_.size() && std::string_view(".,:/").find(text_[at_]) != std::string_view::npos &&
           utf8::is_digit(static_cast<unsigned char>(text_[at_ + 1]))) {
      ++at_;
      digits();
    }
    return number_end();
  }

  // «-го», "-й" and "st", "th" belong to the number, «-річний» makes it a word; other letters are the next word's.
  TokenKind number_end() {
    Char c = peek(at_);
    if (c.kind == CharClass::hyphen && utf8::is_cyrillic(peek(at_ + c.size).value) && peek(at_ + c.size).kind == CharClass::letter) {
      const std::size_t begin = at_;
      at_ += c.size;
      word();
      return utf8::count_code_points(text_.substr(begin, at_ - begin)) <= 4 ? TokenKind::number : TokenKind::word;
    }
    if (c.kind == CharClass::letter && c.value < 0x80) {
      std::size_t end = at_;
      while (end < text_.size() && end < at_ + 4 && peek(end).kind == CharClass::letter) ++end;
      const std::string letters = utf8::lowered(text_.substr(at_, end - at_));
      if (letters == "st" || letters == "nd" || letters == "rd" || letters == "th" || letters == "s") at_ = end;
    }
    return TokenKind::number;
  }

  TokenKind symbols() {
    at_ += peek(at_).size;
    while (at_ < text_.size()) {
      const Char c = peek(at_);
      if (c.kind != CharClass::symbol && c.kind != CharClass::ignorable) break;
      at_ += c.size;
    }
    return TokenKind::symbol;
  }

  TokenKind mark(const Char& c) {
    if ((c.value == '#' || c.value == '@') && joins(peek(at_ + 1).kind)) {
      at_ += 1;
      while (at_ < text_.size()) {
        const Char next = peek(at_);
        if (!joins(next.kind) && next.value != '_') break;
        at_ += next.size;
      }
      return TokenKind::symbol;
    }
    if (c.value == ':' || c.value == ';' || c.value == '=') {
      std::size_t end = at_ + 1;
      if (peek(end).value == '-') ++end;
      if (const char32_t mouth = peek(end).value; mouth == ')' || mouth == '(') {
        while (peek(end).value == mouth) ++end;
        if (peek(end).kind == CharClass::space && (mouth == ')' || end > at_ + 2)) {
          at_ = end;
          return TokenKind::symbol;
        }
      }
    }
    at_ += c.size;
    const auto ends = [](char32_t x) { return x == '.' || x == '!' || x == '?' || x == 0x2026; };
    if (ends(c.value)) {
      while (at_ < text_.size() && ends(peek(at_).value)) at_ += peek(at_).size;
    } else if (is_dash(c.value) || c.value == '*' || c.value == '_' || c.value == '=' || c.value == '~') {
      while (at_ < text_.size() && peek(at_).value == c.value) at_ += c.size;
    }
    return TokenKind::punctuation;
  }

  // Cuts n't, 's and the like off the Latin word that was pushed last.
  void cut_clitic() {
    const Span span = out_.back().span;
    const std::string_view bytes = span.of(text_);
    std::size_t quote = bytes.size(), width = 0, after = 0;
    for (std::size_t back = 1; back <= 5 && back < bytes.size(); ++back) {
      const std::size_t at = bytes.size() - back;
      if ((static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80) continue;
      const utf8::Decoded got = utf8::decode(bytes, at);
      if (is_apostrophe(got.value)) {
        quote = at;
        width = got.size;
        break;
      }
      if (got.value >= 0x80) return;
    }
    if (quote == bytes.size() || quote == 0) return;
    after = quote + width;
    std::string clitic;
    for (std::size_t i = after; i < bytes.size(); ++i) clitic += static_cast<char>(utf8::lower(static_cast<unsigned char>(bytes[i])));
    if (std::ranges::find(kClitics, clitic) == kClitics.end()) return;
    std::size_t cut = quote;
    if (clitic == "t") {
      if (quote < 2 || (bytes[quote - 1] != 'n' && bytes[quote - 1] != 'N')) return;
      cut = quote - 1;
    } else if (static_cast<unsigned char>(bytes[quote - 1]) >= 0x80) {
      const utf8::Decoded before = utf8::decode_before(bytes, quote);
      if (utf8::is_cyrillic(before.value)) return;
    }
    out_.back().span.end = span.begin + static_cast<std::uint32_t>(cut);
    out_.push_back({Span{span.begin + static_cast<std::uint32_t>(cut), span.end}, TokenKind::word, false});
  }

  std::string_view text_;
  std::size_t at_;
  std::vector<RawToken>& out_;
};

// и + breve and і + diaeresis as one letter; 0 where the mark is a stress or the like.
char32_t composed(char32_t letter, char32_t combining) {
  if (combining == 0x306) return letter == U'и' ? U'й' : letter == U'у' ? U'ў' : 0;
  if (combining == 0x308) return letter == U'і' ? U'ї' : letter == U'е' ? U'ё' : 0;
  return 0;
}

}  // namespace

void tokenise(std::string_view text, Span range, std::vector<RawToken>& out) {
  range.end = static_cast<std::uint32_t>(std::min<std::size_t>(range.end, text.size()));
  if (range.begin >= range.end) return;
  Cutter(text, range, out).run();
}

void fold(std::string_view bytes, Folded& out) {
  out.lower.clear();
  out.capital = out.all_caps = false;
  out.letters = true;
  int letters = 0, capitals = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (const std::uint16_t small = utf8::small_cyrillic(bytes, i); small != 0) {
      const std::array<char, 2> pair = {static_cast<char>(small >> 8U), static_cast<char>(small & 0xFFU)};
      const bool big = pair[0] != bytes[i] || pair[1] != bytes[i + 1];
      if (letters == 0) out.capital = big;
      ++letters;
      capitals += big;
      out.letters = out.letters && small != utf8::kSmallYo;
      out.lower.append(pair.data(), pair.size());
      i += 2;
      continue;
    }
    if (byte < 0x80) {
      const bool big = byte >= 'A' && byte <= 'Z';
      const bool letter = big || (byte >= 'a' && byte <= 'z');
      if (letter && letters == 0) out.capital = big;
      letters += letter;
      capitals += big;
      out.letters = out.letters && letter;
      out.lower += byte == '`' ? '\'' : static_cast<char>(big ? byte + 32 : byte);
      ++i;
      continue;
    }
    const utf8::Decoded got = utf8::decode(bytes, i);
    i += got.size;
    if (is_combining(got.value)) {
      const utf8::Decoded before = utf8::decode_before(out.lower, out.lower.size());
      if (const char32_t whole = composed(before.value, got.value); whole != 0) {
        out.lower.resize(out.lower.size() - before.size);
        utf8::append(out.lower, whole);
      }
      out.letters = false;
      continue;
    }
    if (is_ignorable(got.value)) {
      out.letters = false;
      continue;
    }
    if (is_apostrophe(got.value)) {
      out.letters = false;
      out.lower += '\'';
      continue;
    }
    const char32_t small = utf8::lower(got.value);
    if (utf8::is_letter(got.value)) {
      if (letters == 0) out.capital = small != got.value;
      ++letters;
      capitals += small != got.value;
    } else {
      out.letters = false;
    }
    utf8::append(out.lower, is_hyphen(small) ? U'-' : small);
  }
  if (out.lower.empty()) out.lower = bytes;  // joiners alone: a token is never without a form
  out.all_caps = letters >= 2 && capitals == letters;
}

std::uint64_t word_key(std::string_view lower, std::uint64_t start) {
  std::uint64_t key = start;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    auto byte = static_cast<unsigned char>(lower[i]);
    unsigned char next = 0;
    if (i + 1 < lower.size()) next = static_cast<unsigned char>(lower[i + 1]);
    if (byte == 0xD1 && next == 0x91) {  // ё as е
      key = (key ^ 0xD0) * 0x100000001b3;
      key = (key ^ 0xB5) * 0x100000001b3;
      ++i;
      continue;
    }
    if (byte == 0xD2 && next == 0x91) {  // ґ as г
      key = (key ^ 0xD0) * 0x100000001b3;
      key = (key ^ 0xB3) * 0x100000001b3;
      ++i;
      continue;
    }
    key = (key ^ byte) * 0x100000001b3;
  }
  return key;
}

}  // namespace litopys
