// One pass, a stack of one bit a bracket. A value is skipped by its quotes and brackets alone, which costs a fraction of parsing it; who
// needs the inside asks again with a cursor over that value.
#include "base/json_scan.h"

#include "base/utf8.h"

namespace litopys {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool ends_scalar(char c) { return is_blank(c) || c == ',' || c == '}' || c == ']' || c == ':' || c == '"' || c == '{' || c == '['; }

int hex_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The value of `digits` hexadecimal digits at `at`, or -1.
int hex(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    const int digit = hex_of(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

struct Escape {
  char32_t value = 0;
  std::size_t size = 0;  // raw bytes; 0: no escape that is known
};

Escape escape_at(std::string_view raw, std::size_t at) {
  if (at + 1 >= raw.size()) return {};
  switch (raw[at + 1]) {
    case 'n': return {'\n', 2};
    case 'r': return {'\r', 2};
    case 't': return {'\t', 2};
    case 'b': return {'\b', 2};
    case 'f': return {'\f', 2};
    case '"':
    case '\\':
    case '/': return {static_cast<char32_t>(raw[at + 1]), 2};
    case 'x': {
      const int value = hex(raw, at + 2, 2);
      return value < 0 ? Escape{} : Escape{static_cast<char32_t>(value), 4};
    }
    case 'u': {
      const int high = hex(raw, at + 2, 4);
      if (high < 0) return {};
      if (high < 0xD800 || high > 0xDFFF) return {static_cast<char32_t>(high), 6};
      if (high < 0xDC00 && raw.substr(at + 6, 2) == "\\u") {
        const int low = hex(raw, at + 8, 4);
        if (low >= 0xDC00 && low <= 0xDFFF) return {static_cast<char32_t>(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 12};
      }
      return {utf8::kReplacement, 6};
    }
    default: return {};
  }
}

}  // namespace

bool JsonCursor::damage(std::string_view problem) {
  if (problem_.empty()) problem_ = problem;
  return false;
}

char JsonCursor::peek() {
  while (at_ < bytes_.size() && is_blank(bytes_[at_])) ++at_;
  return at_ < bytes_.size() ? bytes_[at_] : '\0';
}

bool JsonCursor::open(char bracket) {
  if (damaged() || peek() != bracket || at_ >= bytes_.size()) return false;
  ++at_;
  return true;
}

bool JsonCursor::closes(char bracket) {
  char next = peek();
  while (next == ',') {
    ++at_;
    next = peek();
  }
  if (next != bracket || at_ >= bytes_.size()) return false;
  ++at_;
  return true;
}

bool JsonCursor::member(std::string_view& raw_key) {
  if (damaged() || closes('}')) return false;
  if (at_ >= bytes_.size()) return damage("ends inside an object");
  if (bytes_[at_] != '"') return damage("a key is expected");
  if (!string(raw_key)) return false;
  if (peek() != ':') return damage(at_ >= bytes_.size() ? "ends inside an object" : "a colon is missing");
  ++at_;
  return true;
}

bool JsonCursor::element() {
  if (damaged() || closes(']')) return false;
  if (at_ >= bytes_.size()) return damage("ends inside an array");
  return true;
}

// Precondition: a quote stands at at_.
bool JsonCursor::skip_string() {
  const std::size_t begin = at_;
  for (std::size_t i = at_ + 1;;) {
    i = bytes_.find('"', i);
    if (i == std::string_view::npos) {
      at_ = begin;
      return damage("ends inside a string");
    }
    std::size_t slashes = 0;
    while (i - slashes > begin + 1 && bytes_[i - slashes - 1] == '\\') ++slashes;
    ++i;
    if (slashes % 2 == 0) {
      at_ = i;
      return true;
    }
  }
}

bool JsonCursor::string(std::string_view& raw) {
  if (damaged() || peek() != '"') return false;
  const std::size_t begin = at_;
  if (!skip_string()) return false;
  raw = bytes_.substr(begin + 1, at_ - begin - 2);
  return true;
}

bool JsonCursor::scalar(std::string_view& written) {
  if (damaged() || ends_scalar(peek()) || at_ >= bytes_.size()) return false;
  const std::size_t begin = at_;
  while (at_ < bytes_.size() && !ends_scalar(bytes_[at_])) ++at_;
  written = bytes_.substr(begin, at_ - begin);
  return true;
}

bool JsonCursor::skip() {
  if (damaged()) return false;
  std::vector<bool> objects;  // of the brackets that are open: whether it is an object's
  do {
    const char c = peek();
    if (at_ >= bytes_.size()) return damage(objects.empty() ? "ends where a value is expected" : "ends inside a value");
    if (c == '{' || c == '[') {
      objects.push_back(c == '{');
      ++at_;
    } else if (c == '}' || c == ']') {
      if (objects.empty() || objects.back() != (c == '}')) return damage("a bracket closes what is not open");
      objects.pop_back();
      ++at_;
    } else if (c == '"') {
      if (!skip_string()) return false;
    } else if (c == ',' || c == ':') {
      if (objects.empty()) return damage("a value is missing");
      ++at_;
    } else {
      std::string_view ignored;
      scalar(ignored);
    }
  } while (!objects.empty());
  return true;
}

void append_unescaped(std::string& out, std::string_view raw, std::vector<JsonPiece>* pieces) {
  const auto piece = [&](std::size_t at, bool exact) {
    if (pieces != nullptr) pieces->push_back({out.size(), at, exact});
  };
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t run = at;
    while (at < raw.size() && raw[at] != '\\') {
      const utf8::Decoded got = utf8::decode(raw, at);
      if (got.value == 0 || (got.value == utf8::kReplacement && raw.substr(at, 3) != "\xEF\xBF\xBD")) break;
      at += got.size;
    }
    if (at > run) {
      piece(run, true);
      out.append(raw.substr(run, at - run));
    }
    if (at >= raw.size()) return;
    piece(at, false);
    if (raw[at] != '\\') {
      const utf8::Decoded bad = utf8::decode(raw, at);
      utf8::append(out, utf8::kReplacement);
      at += bad.size;
      continue;
    }
    const Escape escape = escape_at(raw, at);
    if (escape.size == 0) {
      out += raw[at++];
      continue;
    }
    utf8::append(out, escape.value == 0 ? utf8::kReplacement : escape.value);
    at += escape.size;
  }
}

std::string unescaped(std::string_view raw) {
  std::string out;
  append_unescaped(out, raw);
  return out;
}

}  // namespace litopys
