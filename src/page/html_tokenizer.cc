// The states of the standard, grouped by construct: what a construct's states do is a scan to its end with a few rules, and a scan can
// leave the bytes where they are. Comments name the states that a scan stands for.
// A hostile page costs what its bytes cost: "</" that closes nothing is looked at once, the end of a script or a title is looked for once
// and remembered, and a tag's attributes are sorted rather than compared pair by pair.
#include "page/html_tokenizer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>
#include <utility>

#include "base/ascii.h"
#include "base/utf8.h"
#include "page/scan.h"

namespace litopys::html {
namespace {

struct NamedReference {
  std::string_view name;
  char32_t first, second;
};
#include "page/entities.inc"

// Where the names that begin with a byte begin; no name has one letter only.
constexpr std::array<std::uint16_t, 129> kFirstReference = [] {
  std::array<std::uint16_t, 129> out{};
  for (const NamedReference& r : kNamedReferences) ++out[static_cast<unsigned char>(r.name[0]) + 1U];
  for (std::size_t c = 1; c < out.size(); ++c) out[c] = static_cast<std::uint16_t>(out[c] + out[c - 1]);
  return out;
}();

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kFewAttributes = 16;  // up to this many are compared pair by pair

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r'; }

bool starts_with_word(std::string_view text, std::size_t at, std::string_view word) {
  if (text.size() - std::min(at, text.size()) < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char b) { return a == ascii::lower(b); });
}

// What a numeric reference stands for (13.2.5.80): windows-1252 for the C1 controls, U+FFFD for what is no character.
char32_t numeric_value(std::uint32_t value) {
  static constexpr std::array<char16_t, 32> kC1 = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                   0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                   0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return utf8::kReplacement;
  if (value >= 0x80 && value <= 0x9F) return kC1[value - 0x80];
  return value;
}

// What a byte is to a tag.
enum ByteClass : unsigned char { kBlank = 1, kEndsTagName = 2, kEndsName = 4, kEndsValue = 8, kTouched = 16 };
constexpr std::array<unsigned char, 256> kByteClasses = [] {
  std::array<unsigned char, 256> out{};
  for (const unsigned char c : {' ', '\n', '\t', '\f', '\r'}) out[c] = kBlank | kEndsTagName | kEndsName | kEndsValue;
  out['/'] = kEndsTagName | kEndsName;
  out['>'] = kEndsTagName | kEndsName | kEndsValue;
  out['='] = kEndsName;
  for (unsigned c = 'A'; c <= 'Z'; ++c) out[c] = kTouched;
  out[0] = kTouched;
  return out;
}();
unsigned class_of(char c) { return kByteClasses[static_cast<unsigned char>(c)]; }

// The end of a name that begins at `at`: the first byte of class `ends` behind its first `own` ones. Names are short; most end within
// sixteen bytes. `touched`: a byte of it is to be changed.
[[gnu::always_inline]] inline std::size_t name_end(const char* bytes, std::size_t at, std::size_t own, std::size_t size, unsigned ends,
                                                   bool& touched) {
  unsigned seen = 0;
#if defined(__SSE2__)
  if (at + 16 <= size) {
    const auto all = [](char c) { return _mm_set1_epi8(c); };
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, all(' ')), v);
    const __m128i marks = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, all('/')), _mm_cmpeq_epi8(v, all('>'))), _mm_cmpeq_epi8(v, all('=')));
    const __m128i capital = _mm_cmpeq_epi8(_mm_min_epu8(_mm_max_epu8(v, all('A')), all('Z')), v);
    const __m128i change = _mm_or_si128(capital, _mm_cmpeq_epi8(v, _mm_setzero_si128()));
    const unsigned stops = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(low, marks))) >> own << own | 0x10000U;
    const auto run = static_cast<unsigned>(std::countr_zero(stops));
    seen = (static_cast<unsigned>(_mm_movemask_epi8(change)) & ((1U << run) - 1U)) != 0 ? unsigned{kTouched} : 0U;
    at += run;
    own = 0;
  }
#endif
  for (; at < size && (own > 0 || (class_of(bytes[at]) & ends) == 0); ++at) {
    seen |= class_of(bytes[at]);
    own -= own > 0 ? 1 : 0;
  }
  touched = (seen & kTouched) != 0;
  return at;
}

// Bytes that end a run of text; of fewer than three one stands twice.
struct Stops {
  char a, b, c;
};

Stops stops_of(Content content) {
  switch (content) {
    case Content::data: return {'<', '&', '\r'};
    case Content::rcdata: return {'&', '\r', '\0'};
    case Content::cdata: return {'\r', '\r', '\r'};
    case Content::rawtext:
    case Content::script_data:
    case Content::plaintext: break;
  }
  return {'\r', '\0', '\0'};
}

}  // namespace

void Tokenizer::start_in(Content content, std::string_view last_start_tag) {
  content_ = content;
  content_end_ = npos;
  last_start_tag_ = last_start_tag;
}

std::string_view Tokenizer::view(const Stretch& stretch) const {
  return std::string_view(stretch.own ? std::string_view(scratch_) : input_).substr(stretch.begin, stretch.size);
}

// --- character references (13.2.5.72 to 80)
// -----------------------------------------------------------------------------------------------

std::size_t Tokenizer::reference(std::string_view text, std::size_t at, bool in_attribute, std::string& out) {
  std::size_t i = at + 1;
  if (i >= text.size()) return 0;
  if (text[i] == '#') {
    ++i;
    const bool hex = i < text.size() && (text[i] == 'x' || text[i] == 'X');
    if (hex) ++i;
    const std::size_t digits = i;
    std::uint32_t value = 0;
    for (; i < text.size(); ++i) {
      const char c = ascii::lower(text[i]);
      std::uint32_t digit = 0;
      if (ascii::is_digit(c)) {
        digit = static_cast<std::uint32_t>(c - '0');
      } else if (hex && c >= 'a' && c <= 'f') {
        digit = static_cast<std::uint32_t>(c - 'a' + 10);
      } else {
        break;
      }
      value = std::min<std::uint32_t>(value * (hex ? 16 : 10) + digit, 0x110000);  // stays above the last code point
    }
    if (i == digits) return 0;
    if (i < text.size() && text[i] == ';') ++i;
    utf8::append(out, numeric_value(value));
    return i - at;
  }
  if (!is_alpha(text[i]) && !ascii::is_digit(text[i])) return 0;
  // Nearly all references of pages are these; none of them is the beginning of a longer one.
  static constexpr std::pair<std::string_view, char32_t> kCommon[] = {
      {"nbsp;", 0xA0}, {"amp;", '&'}, {"quot;", '"'}, {"lt;", '<'}, {"gt;", '>'}};
  for (const auto& [common, value] : kCommon) {
    if (text[i] != common[0] || text.compare(i, common.size(), common) != 0) continue;
    utf8::append(out, value);
    return common.size() + 1;
  }
  // The longest name: the range of names that begin with what was read so far narrows letter by letter.
  const auto first = static_cast<unsigned char>(text[i]);
  const NamedReference* low = std::begin(kNamedReferences) + kFirstReference[first];
  const NamedReference* high = std::begin(kNamedReferences) + kFirstReference[first + 1U];
  const NamedReference* best = nullptr;
  for (std::size_t n = 1; i + n < text.size() && low != high; ++n) {
    const char c = text[i + n];
    low = std::partition_point(low, high, [&](const NamedReference& r) { return r.name.size() <= n || r.name[n] < c; });
    high = std::partition_point(low, high, [&](const NamedReference& r) { return r.name[n] == c; });
    if (low != high && low->name.size() == n + 1) best = low;
  }
  if (best == nullptr) return 0;
  const std::size_t end = i + best->name.size();
  if (in_attribute && best->name.back() != ';' && end < text.size() &&
      (text[end] == '=' || is_alpha(text[end]) || ascii::is_digit(text[end])))
    return 0;
  utf8::append(out, best->first);
  if (best->second != 0) utf8::append(out, best->second);
  return end - at;
}

// Appends `raw` with zero bytes, CR and (for values) references resolved.
void Tokenizer::clean(std::string_view raw, bool lower_case, bool references, std::string& out) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (!lower_case) {
      const std::size_t end = scan::any(raw.data(), i, raw.size(), '\0', '\r', references ? '&' : '\0');
      out.append(raw, i, end - i);
      i = end;
      if (i == raw.size()) return;
    }
    const char c = raw[i];
    if (c == 0) {
      out += "\xEF\xBF\xBD";
    } else if (c == '\r') {
      if (i + 1 >= raw.size() || raw[i + 1] != '\n') out += '\n';
    } else if (references && c == '&') {
      if (const std::size_t eaten = reference(raw, i, true, out)) {
        i += eaten - 1;
      } else {
        out += c;
      }
    } else {
      out += lower_case ? ascii::lower(c) : c;
    }
  }
}

Tokenizer::Stretch Tokenizer::cleaned(std::size_t begin, std::size_t end, bool lower_case) {
  const std::string_view raw = input_.substr(begin, end - begin);
  bool touched = false;
  if (lower_case) {
    for (const char c : raw) touched |= c == '\r' || (class_of(c) & kTouched) != 0;
  } else {
    touched = scan::any(input_.data(), begin, end, '\0', '\r', '\0') != end;
  }
  if (!touched) return {begin, end - begin, false};
  const std::size_t own = scratch_.size();
  clean(raw, lower_case, false, scratch_);
  return {own, scratch_.size() - own, true};
}

// --- text
// ----------------------------------------------------------------------------------------------------------------------------------

// Whether '<' at `at` opens markup (tag open state) or is just a sign.
bool Tokenizer::opens_markup(std::size_t at) const {
  if (at + 1 >= input_.size()) return false;
  const char c = input_[at + 1];
  return is_alpha(c) || c == '!' || c == '?' || (c == '/' && at + 2 < input_.size());
}

// Whether "</" at `at` is an appropriate end tag of the content at hand.
bool Tokenizer::closes_content(std::size_t at) const {
  const std::size_t after = at + 2 + last_start_tag_.size();
  if (last_start_tag_.empty() || after >= input_.size() || !starts_with_word(input_, at + 2, last_start_tag_)) return false;
  return is_space(input_[after]) || input_[after] == '/' || input_[after] == '>';
}

// Script data with its escaped and double escaped states (13.2.5.4, 15 to 31): "<!--" escapes, "-->" ends that, "<script" within doubles.
std::size_t Tokenizer::script_end() const {
  enum { plain, escaped, doubled } state = plain;
  const auto ends_word = [&](std::size_t at) {
    return at < input_.size() && (is_space(input_[at]) || input_[at] == '/' || input_[at] == '>');
  };
  for (std::size_t i = at_; i < input_.size();) {
    if (state == plain) {
      i = input_.find('<', i);
      if (i == npos) break;
    }
    const char c = input_[i];
    if (c == '-' && state != plain) {
      if (input_.compare(i, 3, "-->") == 0) {
        state = plain;
        i += 3;
        continue;
      }
    } else if (c == '<') {
      if (state != doubled && i + 1 < input_.size() && input_[i + 1] == '/' && closes_content(i)) return i;
      if (state == plain && input_.compare(i, 4, "<!--") == 0) {
        state = escaped;
        i += 2;  // the two dashes may already belong to "-->"
        continue;
      }
      if (state == escaped && starts_with_word(input_, i + 1, "script") && ends_word(i + 7)) {
        state = doubled;
        i += 7;
        continue;
      }
      if (state == doubled && starts_with_word(input_, i + 1, "/script") && ends_word(i + 8)) {
        state = escaped;
        i += 8;
        continue;
      }
    }
    ++i;
  }
  return input_.size();
}

std::size_t Tokenizer::content_end() const {
  if (content_ == Content::plaintext) return input_.size();
  if (content_ == Content::cdata) return std::min(input_.find("]]>", at_), input_.size());
  if (content_ == Content::script_data) return script_end();
  for (std::size_t i = scan::needle(input_, "</", at_); i != npos; i = scan::needle(input_, "</", i + 2)) {
    if (closes_content(i)) return i;
  }
  return input_.size();
}

// A run up to `limit`, or one character that is not the input's own.
bool Tokenizer::text(Token& token, std::size_t limit) {
  token.kind = TokenKind::characters;
  token.begin = at_;
  token.exact = true;
  const Stops stops = stops_of(content_);
  const char* const bytes = input_.data();
  std::size_t i = at_;
  character_.clear();
  for (;; ++i) {
    i = scan::any(bytes, i, limit, stops.a, stops.b, stops.c);
    if (i >= limit) break;
    if (bytes[i] == '<' && !opens_markup(i)) continue;
    if (bytes[i] == '&') {
      const std::size_t eaten = reference(input_.substr(0, limit), i, false, character_);
      if (eaten == 0) continue;
      if (i > at_) break;
      token.exact = false;
      at_ = i + eaten;
      token.data = character_;
      token.end = at_;
      return true;
    }
    if (i > at_ || bytes[i] == '<') break;
    // A zero byte or CR at the beginning.
    at_ = i + 1;
    if (bytes[i] == '\r' && at_ < limit && bytes[at_] == '\n') {
      // CR LF is one line end: the CR vanishes, the LF opens the next run.
      token.begin = at_;
      i = at_ - 1;
      continue;
    }
    token.exact = false;
    token.data = bytes[i] == '\r' ? std::string_view("\n") : std::string_view("\xEF\xBF\xBD");
    token.end = at_;
    return true;
  }
  token.data = input_.substr(at_, i - at_);
  at_ = i;
  token.end = i;
  return !token.data.empty();
}

bool Tokenizer::next(Token& token) {
  token = Token{};
  if (!next_raw(token)) return false;
  if (token.kind == TokenKind::start_tag || token.kind == TokenKind::end_tag) {
    for (Attribute& attribute : attributes_) attribute.value = value(attribute.value);
  }
  return true;
}

std::string_view Tokenizer::value(std::string_view raw) {
  // A reference or a zero byte may grow to three times its size, and views must stay.
  if (raw.empty()) return raw;
  const auto begin_at = static_cast<std::size_t>(raw.data() - input_.data());
  if (!scan::has_any(input_.data(), begin_at, begin_at + raw.size(), input_.size(), '\0', '\r', '&')) return raw;
  if (!values_open_) {
    values_.clear();
    values_.reserve(3 * tag_size_);
    values_open_ = true;
  }
  const std::size_t begin = values_.size();
  clean(raw, false, true, values_);
  return std::string_view(values_).substr(begin);
}

void Tokenizer::skip_content() {
  if (content_ == Content::data) return;
  if (content_end_ == npos) content_end_ = content_end();
  at_ = std::max(at_, content_end_);
}

bool Tokenizer::next_raw(Token& token) {
  while (at_ < input_.size()) {
    if (content_ == Content::data) {
      if (input_[at_] == '<' && opens_markup(at_)) {
        if (markup(token)) return true;
        continue;
      }
      if (text(token, input_.size())) return true;
      continue;
    }
    if (content_end_ == npos) content_end_ = content_end();
    if (at_ < content_end_) {
      if (text(token, content_end_)) return true;
      continue;
    }
    const bool cdata = content_ == Content::cdata;
    content_ = Content::data;
    content_end_ = npos;
    if (cdata) {
      at_ += 3;
    } else if (markup(token)) {
      return true;
    }
  }
  return false;
}

// --- tags (13.2.5.6 to 8, 32 to 40)
// ------------------------------------------------------------------------------------------------------------

bool Tokenizer::markup(Token& token) {
  const std::size_t begin = at_;
  token.begin = begin;
  const char c = input_[begin + 1];
  if (is_alpha(c)) return tag(token, begin + 1, false);
  if (c == '/') {
    if (is_alpha(input_[begin + 2])) return tag(token, begin + 2, true);
    if (input_[begin + 2] == '>') {
      at_ = begin + 3;  // "</>" is nothing
      return false;
    }
    return bogus_comment(token, begin + 2);
  }
  if (c == '?') return bogus_comment(token, begin + 1);
  if (input_.compare(begin, 4, "<!--") == 0) return comment(token, begin + 4);
  if (starts_with_word(input_, begin + 2, "doctype")) return doctype(token, begin + 9);
  if (foreign_ && input_.compare(begin, 9, "<![CDATA[") == 0) {
    at_ = begin + 9;
    content_ = Content::cdata;
    content_end_ = npos;
    return false;
  }
  return bogus_comment(token, begin + 2);
}

std::size_t Tokenizer::attributes(std::size_t at, const WantedOfTag& wanted, bool& self_closing, bool& again) {
  own_names_.clear();
  attributes_.clear();
  again = false;
  const char* const bytes = input_.data();
  const std::size_t size = input_.size();
  std::size_t i = at;
  std::uint64_t names_seen = 0;  // two of the same bit may be the same
  for (;;) {
    // Before attribute name; a '/' that does not close the tag counts as a blank (self-closing start tag state).
    if (i < size && bytes[i] == ' ') ++i;
    for (; i < size && (class_of(bytes[i]) & kEndsTagName) != 0; ++i) {
      if (bytes[i] == '>') return i;
      if (bytes[i] != '/') {
        i = scan::not_blank(bytes, i, size) - 1;
      } else if (i + 1 < size && bytes[i + 1] == '>') {
        self_closing = true;
        return i + 1;
      }
    }
    if (i >= size) return npos;
    // Attribute name: a first '=' belongs to it.
    const std::size_t attribute = i;
    bool touched = false;
    i = name_end(bytes, i, 1, size, kEndsName, touched);
    const std::string_view name(bytes + attribute, i - attribute);
    std::string_view value;
    if (i < size && (class_of(bytes[i]) & kBlank) != 0) i = scan::not_blank(bytes, i, size);
    if (i < size && bytes[i] == '=') {
      ++i;
      if (i < size && (class_of(bytes[i]) & kBlank) != 0) i = scan::not_blank(bytes, i, size);
      if (i >= size) return npos;
      if (bytes[i] == '"' || bytes[i] == '\'') {
        const std::size_t close = scan::byte(bytes, i + 1, size, bytes[i]);
        if (close == size) return npos;
        value = std::string_view(bytes + i + 1, close - i - 1);
        i = close + 1;
      } else {
        const std::size_t begin = i;
        while (i < size && (class_of(bytes[i]) & kEndsValue) == 0) ++i;
        value = std::string_view(bytes + begin, i - begin);
      }
    }
    const std::uint64_t bit = name_bit(name);
    const bool seen_before = (names_seen & bit) != 0;
    names_seen |= bit;
    if ((wanted.names & bit) == 0) {
      const bool dated = wanted.dates && !value.empty() && (value[0] == '2' || value[0] == '1' || value[0] == '&');
      if (!dated) continue;
    }
    if (touched) own_names_.push_back({attributes_.size(), cleaned(attribute, attribute + name.size(), true)});
    again |= seen_before || touched;
    attributes_.push_back({name, value});
  }
}

bool Tokenizer::tag(Token& token, std::size_t name, bool closes) {
  scratch_.clear();
  bool touched = false;
  const std::size_t behind = name_end(input_.data(), name, 0, input_.size(), kEndsTagName, touched);
  const Stretch tag_name = touched ? cleaned(name, behind, true) : Stretch{name, behind - name, false};
  return rest_of_tag(token, tag_name, behind, closes, wants_ != nullptr ? wants_(view(tag_name), closes) : WantedOfTag{});
}

bool Tokenizer::go_on_behind_name(Token& token, std::size_t name, std::size_t behind, bool closes, const WantedOfTag& wanted) {
  scratch_.clear();
  token.begin = name - (closes ? 2 : 1);
  return rest_of_tag(token, {name, behind - name, false}, behind, closes, wanted);
}

bool Tokenizer::rest_of_tag(Token& token, const Stretch& name, std::size_t behind, bool closes, const WantedOfTag& wanted) {
  values_open_ = false;
  token.known = wanted.known;
  token.self_closing = false;
  bool again = false;
  std::size_t end = attributes(behind, wanted, token.self_closing, again);
  // Whether an attribute is a second one is known of those only that were kept.
  if (again && end != npos && wants_ != nullptr) end = attributes(behind, {}, token.self_closing, again);
  if (end == npos) {
    at_ = input_.size();  // eof-in-tag: the tag is dropped
    return false;
  }
  at_ = end + 1;
  tag_size_ = at_ - token.begin;
  for (const OwnName& own : own_names_) attributes_[own.attribute].name = view(own.name);
  if (again) drop_repeated();

  token.kind = closes ? TokenKind::end_tag : TokenKind::start_tag;
  token.data = view(name);
  token.attributes = attributes_;
  token.end = at_;
  if (!closes && follow_tags_ && !foreign_ && wanted.may_turn) turn(token.data);
  return true;
}

// Of equal names the first one counts.
void Tokenizer::drop_repeated() {
  if (attributes_.size() <= kFewAttributes) {
    for (std::size_t a = 1; a < attributes_.size();) {
      const auto here = attributes_.begin() + static_cast<std::ptrdiff_t>(a);
      const bool again = std::any_of(attributes_.begin(), here, [&](const Attribute& b) { return b.name == here->name; });
      if (again) {
        attributes_.erase(here);
      } else {
        ++a;
      }
    }
    return;
  }
  order_.resize(attributes_.size());
  for (std::uint32_t a = 0; a < order_.size(); ++a) order_[a] = a;
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int names = attributes_[a].name.compare(attributes_[b].name);
    return names != 0 ? names < 0 : a < b;
  });
  std::vector<bool> again(attributes_.size());
  for (std::size_t k = 1; k < order_.size(); ++k) again[order_[k]] = attributes_[order_[k]].name == attributes_[order_[k - 1]].name;
  std::size_t kept = 0;
  for (std::size_t a = 0; a < attributes_.size(); ++a) {
    if (!again[a]) attributes_[kept++] = attributes_[a];
  }
  attributes_.resize(kept);
}

// What the tree builder would do: these elements hold no markup.
void Tokenizer::turn(std::string_view name) {
  switch (name.size()) {
    case 3:
      if (name != "xmp") return;
      content_ = Content::rawtext;
      break;
    case 5:
      if (name == "style") {
        content_ = Content::rawtext;
      } else if (name == "title") {
        content_ = Content::rcdata;
      } else {
        return;
      }
      break;
    case 6:
      if (name == "script") {
        content_ = Content::script_data;
      } else if (name == "iframe") {
        content_ = Content::rawtext;
      } else {
        return;
      }
      break;
    case 7:
      if (name != "noembed") return;
      content_ = Content::rawtext;
      break;
    case 8:
      if (name == "textarea") {
        content_ = Content::rcdata;
      } else if (name == "noframes") {
        content_ = Content::rawtext;
      } else {
        return;
      }
      break;
    case 9:
      if (name != "plaintext") return;
      content_ = Content::plaintext;
      break;
    default: return;
  }
  last_start_tag_ = name;
  content_end_ = npos;
}

// --- comments (13.2.5.41 to 52)
// -------------------------------------------------------------------------------------------------------------------

bool Tokenizer::comment(Token& token, std::size_t begin) {
  scratch_.clear();
  token.kind = TokenKind::comment;
  std::size_t end = input_.size();
  at_ = end;
  if (begin < end && input_[begin] == '>') {
    at_ = begin + 1;
    end = begin;
  } else if (input_.compare(std::min(begin, end), 2, "->") == 0) {
    at_ = begin + 2;
    end = begin;
  } else {
    // "-->" or "--!>", whichever comes first.
    std::size_t i = scan::needle(input_, "--", begin);
    for (; i != npos; i = scan::needle(input_, "--", i + 1)) {
      const bool bang = i + 3 < input_.size() && input_[i + 2] == '!' && input_[i + 3] == '>';
      if (bang || (i + 2 < input_.size() && input_[i + 2] == '>')) {
        at_ = i + (bang ? 4 : 3);
        end = i;
        break;
      }
    }
    if (i == npos) {
      // At the end of the input, dashes that might have begun the end of the comment are not part of it.
      const std::string_view rest = input_.substr(std::min(begin, end));
      for (const std::string_view tail : {"--!", "--", "-"}) {
        if (!rest.ends_with(tail)) continue;
        end -= tail.size();
        break;
      }
    }
  }
  begin = std::min(begin, end);
  token.data = view(cleaned(begin, end, false));
  token.end = at_;
  return true;
}

bool Tokenizer::bogus_comment(Token& token, std::size_t begin) {
  scratch_.clear();
  token.kind = TokenKind::comment;
  const std::size_t close = input_.find('>', begin);
  const std::size_t end = std::min(close, input_.size());
  token.data = view(cleaned(std::min(begin, end), end, false));
  at_ = close == npos ? end : end + 1;
  token.end = at_;
  return true;
}

// --- doctype (13.2.5.53 to 68)
// ----------------------------------------------------------------------------------------------------------------------

bool Tokenizer::doctype(Token& token, std::size_t i) {
  scratch_.clear();
  token.kind = TokenKind::doctype;
  const std::size_t size = input_.size();
  Stretch name;
  std::optional<Stretch> ids[2];  // public, system
  const auto skip = [&] {
    while (i < size && is_space(input_[i])) ++i;
  };
  // Ends the token at '>' (or the end of the input); what stands before it is dropped (bogus doctype state).
  const auto finish = [&](bool quirks) {
    const std::size_t close = std::min(input_.find('>', i), size);
    at_ = close == size ? size : close + 1;
    token.force_quirks = quirks;
    token.data = view(name);
    if (ids[0]) token.public_id = view(*ids[0]);
    if (ids[1]) token.system_id = view(*ids[1]);
    token.end = at_;
    return true;
  };
  // A quoted identifier at i; false where '>' or the end cuts it off.
  const auto quoted = [&](std::optional<Stretch>& id) {
    const char quote = input_[i];
    const std::size_t begin = ++i;
    while (i < size && input_[i] != quote && input_[i] != '>') ++i;
    id = cleaned(begin, i, false);
    if (i >= size || input_[i] == '>') return false;
    ++i;
    return true;
  };
  const auto at_quote = [&] { return i < size && (input_[i] == '"' || input_[i] == '\''); };

  skip();
  if (i >= size || input_[i] == '>') return finish(true);
  const std::size_t name_begin = i;
  while (i < size && !is_space(input_[i]) && input_[i] != '>') ++i;
  name = cleaned(name_begin, i, true);
  token.named = true;
  skip();
  if (i >= size) return finish(true);
  if (input_[i] == '>') return finish(false);
  const bool is_public = starts_with_word(input_, i, "public");
  if (!is_public && !starts_with_word(input_, i, "system")) return finish(true);
  i += 6;
  skip();
  if (!at_quote() || !quoted(ids[is_public ? 0 : 1])) return finish(true);
  skip();
  if (i >= size) return finish(true);
  if (input_[i] == '>') return finish(false);
  if (!is_public) return finish(false);  // after system identifier: whatever follows is dropped without quirks
  if (!at_quote() || !quoted(ids[1])) return finish(true);
  skip();
  return finish(i >= size);
}

std::string resolved_references(std::string_view text) {
  std::string out;
  Tokenizer tokens(text);
  tokens.start_in(Content::rcdata, {});
  for (Token token; tokens.next(token);) out += token.data;
  return out;
}

}  // namespace litopys::html
