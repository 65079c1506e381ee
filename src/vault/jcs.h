// Canonical JSON: the JSON Canonicalization Scheme, RFC 8785. One value has exactly one text: no spaces, keys in the order of their UTF-16
// code units, numbers as ECMAScript prints them, strings with the fewest escapes.
//
//   canonicalised("{ \"b\": 1e0, \"a\": \"\\u20ac\" }")  ->  {"a":"€","b":1}
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace litopys {

// A JSON value. Members of an object keep no order: the text has the one order.
class JsonValue {
 public:
  using List = std::vector<JsonValue>;
  using Object = std::vector<std::pair<std::string, JsonValue>>;

  JsonValue() = default;  // null
  JsonValue(bool value) : value_(value) {}
  JsonValue(double value) : value_(value) {}
  // Demands |value| <= 2^53: beyond, a number is not what it seems to every other reader (RFC 8785, 3.1); use a string.
  JsonValue(std::int64_t value) : value_(static_cast<double>(value)) {}
  JsonValue(std::uint64_t value) : value_(static_cast<double>(value)) {}
  JsonValue(int value) : value_(static_cast<double>(value)) {}
  JsonValue(std::string value) : value_(std::move(value)) {}
  JsonValue(std::string_view value) : value_(std::string(value)) {}
  JsonValue(const char* value) : value_(std::string(value)) {}
  JsonValue(List value) : value_(std::move(value)) {}
  JsonValue(Object value) : value_(std::move(value)) {}

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  // The content, or nullptr where the value is of another kind.
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const double* number() const { return std::get_if<double>(&value_); }
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const List* list() const { return std::get_if<List>(&value_); }
  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&value_); }
  // A member of an object; nullptr where there is none, or where this is no object. O(members).
  [[nodiscard]] const JsonValue* find(std::string_view key) const;
  // find() and string(); nullptr otherwise.
  [[nodiscard]] const std::string* text_at(std::string_view key) const;

 private:
  std::variant<std::monostate, bool, double, std::string, List, Object> value_;
};

inline constexpr std::size_t kDeepestJson = 64;  // lists and objects inside one another

// RFC 8785, 3.2. Errors (kMalformed): a number that is not finite, a string that is not UTF-8, a key twice, nesting past kDeepestJson.
[[nodiscard]] Result<std::string> canonical_json(const JsonValue& value);

// Strict RFC 8259 text, I-JSON (RFC 7493) besides: UTF-8 only, no key twice, no lone surrogate, numbers finite and, where they are
// integers between 2^53 and 10^21 in magnitude, only in the digits in which ECMAScript prints them (another text would lose digits without
// a word). Errors are kMalformed with the byte. O(n log n) for the keys, no recursion past kDeepestJson.
[[nodiscard]] Result<JsonValue> parse_json(std::string_view text);

// parse_json and canonical_json together.
[[nodiscard]] Result<std::string> canonicalised(std::string_view text);

// Whether the text is canonical, byte for byte.
[[nodiscard]] bool is_canonical_json(std::string_view text);

// ECMAScript's Number::toString (ECMA-262, 6.1.6.1.20; RFC 8785, 3.2.2.3) of a finite number: 1e+21, 1e-7, 0.000001, 0 for -0.
[[nodiscard]] std::string es6_number(double value);

}  // namespace litopys
