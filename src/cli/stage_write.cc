// Fields are collected as text and joined, so that a list can put each of its things on a line of its own.
#include <type_traits>

#include "base/json.h"
#include "base/utf8.h"
#include "cli/stage.h"
#include "cli/stage_fields.h"

namespace litopys {
namespace {

class Writer {
 public:
  Writer(const std::vector<std::uint32_t>& points, const Codebook& book, int depth) : points_(points), book_(book), depth_(depth) {}

  template <class T>
  void field(const char* key, const T& value, const T& usual = T{}) {
    if (value == usual) return;
    put(key, json(value));
  }
  template <class T>
  void field(const char* key, const std::vector<T>& value) {
    if (!value.empty()) put(key, json(value));
  }
  void put(const char* key, const std::string& json) {
    if (!out_.empty()) out_ += depth_ == 0 ? ",\n " : ", ";
    append_json_string(out_, key);
    out_ += ": " + json;
  }
  [[nodiscard]] std::string object() const { return "{" + out_ + "}"; }

  template <class T>
  std::string json(const T& value) const {
    std::string out;
    if constexpr (std::is_same_v<T, bool>) {
      out = value ? "true" : "false";
    } else if constexpr (std::is_same_v<T, Language>) {
      append_json_string(out, code(value));
    } else if constexpr (std::is_enum_v<T>) {
      append_json_string(out, name(value));
    } else if constexpr (std::is_integral_v<T>) {
      out = std::to_string(value);
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
      append_json_string(out, value);
    } else if constexpr (std::is_same_v<T, Span>) {
      out = "[" + std::to_string(point(value.begin)) + ", " + std::to_string(point(value.end)) + "]";
    } else if constexpr (std::is_same_v<T, TextOffset>) {
      out = std::to_string(point(value.byte));
    } else if constexpr (std::is_same_v<T, RowRef>) {
      append_json_string(out, value.row < book_.rows.size() ? book_.rows[value.row].id : std::string());
    } else if constexpr (std::is_same_v<T, Decimal> || std::is_same_v<T, Date> || std::is_same_v<T, When>) {
      append_json_string(out, value.str());
    } else {
      Writer inner(points_, book_, depth_ + 1);
      T copy = value;  // the lists of fields serve the reader too, which changes what it walks
      fields(inner, copy);
      out = inner.object();
    }
    return out;
  }
  template <class T>
  std::string json(const std::optional<T>& value) const {
    return value ? json(*value) : "null";
  }
  template <class T>
  std::string json(const std::vector<T>& values) const {
    constexpr bool kOneLine = std::is_convertible_v<T, std::string_view>;
    std::string out = "[";
    for (const T& value : values) {
      if (&value != values.data()) out += kOneLine ? ", " : ",";
      if (!kOneLine) out += "\n" + std::string(static_cast<std::size_t>(depth_) * 2 + 2, ' ');
      out += json(value);
    }
    return out + "]";
  }

 private:
  [[nodiscard]] std::uint32_t point(std::uint32_t byte) const { return byte < points_.size() ? points_[byte] : points_.back(); }

  const std::vector<std::uint32_t>& points_;
  const Codebook& book_;
  int depth_;
  std::string out_;
};

// Number of code points before each byte, and before the end.
std::vector<std::uint32_t> points_of(std::string_view text) {
  std::vector<std::uint32_t> out;
  out.reserve(text.size() + 1);
  std::uint32_t points = 0;
  for (const char c : text) {
    out.push_back(points);
    // A byte inside a letter counts as the letter's end; spans never begin there.
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++points;
  }
  out.push_back(points);
  return out;
}

}  // namespace

std::string dump_of(const Staged& staged, const Codebook& book) {
  const std::vector<std::uint32_t> points = points_of(staged.document.text);
  Writer top(points, book, 0);
  top.put("stage", top.json(staged.stage));
  Document head = staged.document;
  fields(top, head);
  top.put("text", top.json(staged.document.text));
  if (staged.stage >= Stage::text) {
    std::string tokens = "[";
    for (const Token& token : staged.text.tokens) {
      if (&token != staged.text.tokens.data()) tokens += ",";
      Writer inner(points, book, 1);
      Token copy = token;
      fields(inner, copy);
      if (token.reading_count > 0) {
        std::vector<Reading> readings(staged.text.readings_of(token).begin(), staged.text.readings_of(token).end());
        inner.put("readings", inner.json(readings));
      }
      tokens += "\n  " + inner.object();
    }
    top.put("tokens", tokens + "]");
    top.put("sentences", top.json(staged.text.sentences));
  }
  if (staged.stage >= Stage::mention) top.put("mentions", top.json(staged.mentions));
  return top.object() + "\n";
}

}  // namespace litopys
