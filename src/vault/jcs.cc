// Own parser and not simdjson: canonical text has integers up to 10^21 that simdjson's dom refuses as too big, and the place of a fault
// matters in a log that may be hostile. It is strict, recurses at most kDeepestJson deep and looks at each byte once.
#include "vault/jcs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>

#include "base/utf8.h"
#include "vault/files.h"

namespace litopys {
namespace {

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53

tl::unexpected<Error> refuse_json(std::size_t at, std::string problem) {
  return fail(ErrorKind::kMalformed, "JSON", "byte " + std::to_string(at), std::move(problem));
}

// Order of UTF-16 code units on UTF-8 text (RFC 8785, 3.2.3). Byte order is the same, except that what UTF-16 writes with surrogates
// (lead bytes F0 to F4) comes before U+E000 to U+FFFF (lead bytes EE and EF).
unsigned weight(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  if (byte >= 0xF0) return byte - 2U;
  if (byte >= 0xEE) return byte + 0x10U;
  return byte;
}
bool before(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (y == b.end()) return false;
  return x == a.end() || weight(*x) < weight(*y);
}

// RFC 8785, 3.2.2.2. The text is UTF-8.
void append_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    switch (byte) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\f': out += "\\f"; break;
      case '\r': out += "\\r"; break;
      default:
        if (byte < 0x20) {
          out += "\\u00";
          out += kHex[byte >> 4U];
          out += kHex[byte & 15U];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

Error invalid(std::string problem) { return {ErrorKind::kMalformed, "JSON", {}, std::move(problem), {}}; }

Done append_value(std::string& out, const JsonValue& value, std::size_t depth) {
  if (value.is_null()) {
    out += "null";
  } else if (const bool* boolean = value.boolean()) {
    out += *boolean ? "true" : "false";
  } else if (const double* number = value.number()) {
    if (!std::isfinite(*number)) return tl::unexpected<Error>(invalid("a number is not finite"));
    out += es6_number(*number);
  } else if (const std::string* text = value.string()) {
    if (utf8::first_invalid(*text) != std::string::npos) return tl::unexpected<Error>(invalid("a string is not UTF-8"));
    append_string(out, *text);
  } else if (depth == kDeepestJson) {
    return tl::unexpected<Error>(invalid("lists and objects are nested more than " + std::to_string(kDeepestJson) + " deep"));
  } else if (const JsonValue::List* list = value.list()) {
    out += '[';
    for (const JsonValue& each : *list) {
      if (&each != list->data()) out += ',';
      if (Done done = append_value(out, each, depth + 1); !done) return done;
    }
    out += ']';
  } else {
    std::vector<const std::pair<std::string, JsonValue>*> members;
    for (const auto& member : *value.object()) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return before(a->first, b->first); });
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::string& key = members[i]->first;
      if (i > 0 && members[i - 1]->first == key) return tl::unexpected<Error>(invalid("a key occurs twice"));
      if (utf8::first_invalid(key) != std::string::npos) return tl::unexpected<Error>(invalid("a key is not UTF-8"));
      if (i > 0) out += ',';
      append_string(out, key);
      out += ':';
      if (Done done = append_value(out, members[i]->second, depth + 1); !done) return done;
    }
    out += '}';
  }
  return {};
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<JsonValue> document() {
    const std::size_t bad = utf8::first_invalid(text_);
    if (bad != std::string_view::npos) return refuse_json(bad, "is not UTF-8");
    Result<JsonValue> out = value(0);
    if (!out) return out;
    skip_spaces();
    if (at_ != text_.size()) return refuse_json(at_, "something follows the value");
    return out;
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool eat(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  Result<JsonValue> value(std::size_t depth) {
    skip_spaces();
    if (at_ == text_.size()) return refuse_json(at_, "ends where a value should be");
    switch (peek()) {
      case '{': return depth < kDeepestJson ? object(depth) : too_deep();
      case '[': return depth < kDeepestJson ? list(depth) : too_deep();
      case '"': {
        Result<std::string> text = string();
        if (!text) return tl::unexpected<Error>(text.error());
        return JsonValue(*std::move(text));
      }
      case 't':
        if (eat("true")) return JsonValue(true);
        break;
      case 'f':
        if (eat("false")) return JsonValue(false);
        break;
      case 'n':
        if (eat("null")) return JsonValue();
        break;
      default: return number();
    }
    return refuse_json(at_, "is no value");
  }

  Result<JsonValue> too_deep() {
    return refuse_json(at_, "lists and objects are nested more than " + std::to_string(kDeepestJson) + " deep");
  }

  Result<JsonValue> list(std::size_t depth) {
    JsonValue::List out;
    ++at_;
    skip_spaces();
    if (eat("]")) return JsonValue(std::move(out));
    while (true) {
      Result<JsonValue> each = value(depth + 1);
      if (!each) return each;
      out.push_back(*std::move(each));
      skip_spaces();
      if (eat("]")) return JsonValue(std::move(out));
      if (!eat(",")) return refuse_json(at_, "a list goes on without a comma");
    }
  }

  Result<JsonValue> object(std::size_t depth) {
    const std::size_t begin = at_;
    JsonValue::Object out;
    ++at_;
    skip_spaces();
    if (eat("}")) return JsonValue(std::move(out));
    while (true) {
      skip_spaces();
      if (peek() != '"') return refuse_json(at_, "a key should be here");
      Result<std::string> key = string();
      if (!key) return tl::unexpected<Error>(key.error());
      skip_spaces();
      if (!eat(":")) return refuse_json(at_, "a colon should be here");
      Result<JsonValue> each = value(depth + 1);
      if (!each) return each;
      out.emplace_back(*std::move(key), *std::move(each));
      skip_spaces();
      if (eat("}")) break;
      if (!eat(",")) return refuse_json(at_, "an object goes on without a comma");
    }
    std::vector<std::string_view> keys;
    for (const auto& member : out) keys.emplace_back(member.first);
    std::sort(keys.begin(), keys.end());
    if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) return refuse_json(begin, "an object has a key twice");
    return JsonValue(std::move(out));
  }

  // Four hex digits after \u.
  std::optional<char32_t> code_unit() {
    std::uint32_t out = 0;
    const std::string_view four = text_.substr(std::min(at_, text_.size()), 4);
    const auto [end, error] = std::from_chars(four.data(), four.data() + four.size(), out, 16);
    if (four.size() != 4 || error != std::errc() || end != four.data() + 4) return std::nullopt;
    at_ += 4;
    return static_cast<char32_t>(out);
  }

  Result<std::string> string() {
    std::string out;
    ++at_;
    while (true) {
      std::size_t end = at_;
      while (end < text_.size() && text_[end] != '"' && text_[end] != '\\' && static_cast<std::uint8_t>(text_[end]) >= 0x20) ++end;
      out.append(text_.substr(at_, end - at_));
      at_ = end;
      if (at_ == text_.size()) return refuse_json(at_, "ends inside a string");
      if (eat("\"")) return out;
      if (text_[at_] != '\\') return refuse_json(at_, "a control character stands in a string");
      const std::size_t escape = at_++;
      const char c = peek();
      if (at_ < text_.size()) ++at_;
      switch (c) {
        case '"':
        case '\\':
        case '/': out += c; break;
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u': {
          std::optional<char32_t> unit = code_unit();
          if (!unit) return refuse_json(escape, "four hex digits should follow");
          char32_t point = *unit;
          if (point >= 0xD800 && point <= 0xDBFF) {
            std::optional<char32_t> low;
            if (eat("\\u")) low = code_unit();
            if (!low || *low < 0xDC00 || *low > 0xDFFF) return refuse_json(escape, "half a surrogate pair");
            point = 0x10000 + ((point - 0xD800) << 10U) + (*low - 0xDC00);
          } else if (point >= 0xDC00 && point <= 0xDFFF) {
            return refuse_json(escape, "half a surrogate pair");
          }
          utf8::append(out, point);
          break;
        }
        default: return refuse_json(escape, "there is no such escape");
      }
    }
  }

  std::size_t digits() {
    const std::size_t begin = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ - begin;
  }

  Result<JsonValue> number() {
    const std::size_t begin = at_;
    eat("-");
    const std::size_t whole = at_;
    const std::size_t whole_digits = digits();
    if (whole_digits == 0) return refuse_json(begin, "is no value");
    if (whole_digits > 1 && text_[whole] == '0') return refuse_json(begin, "a number begins with a needless zero");
    bool integer = true;
    if (eat(".")) {
      integer = false;
      if (digits() == 0) return refuse_json(begin, "no digit follows the point of a number");
    }
    bool small = text_[whole] == '0';
    if (peek() == 'e' || peek() == 'E') {
      integer = false;
      ++at_;
      if (peek() == '-') small = true;
      if (peek() == '-' || peek() == '+') ++at_;
      if (digits() == 0) return refuse_json(begin, "no digit follows the exponent of a number");
    }
    const std::string_view literal = text_.substr(begin, at_ - begin);
    double out = 0;
    const auto [end, error] = std::from_chars(literal.data(), literal.data() + literal.size(), out);
    if (error == std::errc::result_out_of_range) {
      // Both too large and too small come here; what is too small is zero.
      if (!small || !tiny(literal)) return refuse_json(begin, "a number is too large");
      return JsonValue(0.0);
    }
    if (error != std::errc() || end != literal.data() + literal.size()) return refuse_json(begin, "is no number");
    if (integer && std::abs(out) >= kExactIntegers && es6_number(out) != literal) {
      return refuse_json(begin, "an integer has more digits than a JSON number keeps; write it as a string");
    }
    return JsonValue(out);
  }

  // Whether a literal that is out of range is so by being too small: its first digit that counts stands far right of the point.
  static bool tiny(std::string_view literal) {
    if (literal.starts_with('-')) literal.remove_prefix(1);
    const std::size_t e = literal.find_first_of("eE");
    const std::string_view mantissa = literal.substr(0, e);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    const std::size_t first = mantissa.find_first_not_of("0.");
    if (first == std::string_view::npos) return true;
    const double left = first < point ? static_cast<double>(point - first) : -static_cast<double>(first - point - 1);
    double exponent = 0;
    if (e != std::string_view::npos) {
      std::string_view text = literal.substr(e + 1);
      const bool minus = text.starts_with('-');
      if (minus || text.starts_with('+')) text.remove_prefix(1);
      for (const char c : text) exponent = std::min(exponent * 10 + (c - '0'), 1e9);
      if (minus) exponent = -exponent;
    }
    return left + exponent < 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  for (const auto& [name, value] : *members) {
    if (name == key) return &value;
  }
  return nullptr;
}

const std::string* JsonValue::text_at(std::string_view key) const {
  const JsonValue* value = find(key);
  return value != nullptr ? value->string() : nullptr;
}

Result<std::string> canonical_json(const JsonValue& value) {
  std::string out;
  if (Done done = append_value(out, value, 0); !done) return tl::unexpected<Error>(done.error());
  return out;
}

Result<JsonValue> parse_json(std::string_view text) { return Parser(text).document(); }

Result<std::string> canonicalised(std::string_view text) {
  const Result<JsonValue> value = parse_json(text);
  if (!value) return tl::unexpected<Error>(value.error());
  return canonical_json(*value);
}

bool is_canonical_json(std::string_view text) {
  const Result<std::string> canonical = canonicalised(text);
  return canonical && *canonical == text;
}

std::string es6_number(double value) {
  if (value == 0) return "0";
  std::array<char, 40> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value), std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));  // "d.ddde+xx": fewest digits
  const std::size_t e = text.find('e');
  std::string digits(1, text[0]);
  if (e > 1) digits.append(text.substr(2, e - 2));
  int exponent = 0;
  std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);
  const int k = static_cast<int>(digits.size());
  const int n = exponent + 1;  // the names of ECMA-262
  std::string out = value < 0 ? "-" : "";
  if (k <= n && n <= 21) {
    out += digits + std::string(static_cast<std::size_t>(n - k), '0');
  } else if (0 < n && n <= 21) {
    out += digits.substr(0, static_cast<std::size_t>(n)) + "." + digits.substr(static_cast<std::size_t>(n));
  } else if (-6 < n && n <= 0) {
    out += "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  } else {
    out += digits[0];
    if (k > 1) out += "." + digits.substr(1);
    out += n > 0 ? "e+" : "e-";
    out += std::to_string(std::abs(n - 1));
  }
  return out;
}

}  // namespace litopys
