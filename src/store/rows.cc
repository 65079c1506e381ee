#include "store/rows.h"

#include <simdjson.h>

#include <algorithm>

#include "base/json.h"
#include "base/language.h"

namespace litopys {
namespace {

// Only what this program wrote is parsed here; what is damaged gives an empty list.
template <class Each>
void for_each_of(std::string_view json, Each each) {
  simdjson::dom::parser parser;
  simdjson::dom::array array;
  if (json.empty() || parser.parse(json.data(), json.size()).get(array) != simdjson::SUCCESS) return;
  for (const simdjson::dom::element element : array) each(element);
}

std::string text_at(const simdjson::dom::element& object, const char* key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

}  // namespace

std::string json_list(const std::vector<std::string>& values) {
  std::string out;
  JsonWriter json(out);
  json.array([&] {
    for (const std::string& value : values) json.string(value);
  });
  return out;
}

std::vector<std::string> list_of_json(std::string_view json) {
  std::vector<std::string> out;
  if (json == "[]") return out;
  for_each_of(json, [&](const simdjson::dom::element& element) {
    std::string_view value;
    if (element.get(value) == simdjson::SUCCESS) out.emplace_back(value);
  });
  return out;
}

std::string json_numbers(const std::vector<std::uint32_t>& values) {
  std::string out;
  JsonWriter json(out);
  json.array([&] {
    for (const std::uint32_t value : values) json.number(value);
  });
  return out;
}

std::vector<std::uint32_t> numbers_of_json(std::string_view json) {
  std::vector<std::uint32_t> out;
  for_each_of(json, [&](const simdjson::dom::element& element) {
    std::uint64_t value = 0;
    if (element.get(value) == simdjson::SUCCESS) out.push_back(static_cast<std::uint32_t>(value));
  });
  return out;
}

std::string json_why(const std::vector<Why>& why) {
  std::string out;
  JsonWriter json(out);
  json.array([&] {
    for (const Why& one : why) {
      json.object([&] {
        json.key("slot").string(one.slot);
        json.key("rule").string(one.rule);
        json.key("spans").array([&] {
          for (const Span span : one.spans) json.array([&] { json.number(span.begin).number(span.end); });
        });
        if (!one.note.empty()) json.key("note").string(one.note);
      });
    }
  });
  return out;
}

std::vector<Why> why_of_json(std::string_view text) {
  std::vector<Why> out;
  for_each_of(text, [&](const simdjson::dom::element& element) {
    Why& why = out.emplace_back();
    why.slot = text_at(element, "slot");
    why.rule = text_at(element, "rule");
    why.note = text_at(element, "note");
    simdjson::dom::array spans;
    if (element["spans"].get(spans) != simdjson::SUCCESS) return;
    for (const simdjson::dom::element span : spans) {
      std::uint64_t begin = 0;
      std::uint64_t end = 0;
      if (span.at(0).get(begin) == simdjson::SUCCESS && span.at(1).get(end) == simdjson::SUCCESS) {
        why.spans.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
      }
    }
  });
  return out;
}

std::optional<std::pair<Day, Day>> stands(const Claim& claim, const std::optional<Date>& published) {
  const auto days_of = [](const Date& date) { return std::pair{date.first_day(), date.last_day()}; };
  if (claim.when) {
    const When& when = *claim.when;
    const bool begins = when.begin && when.begin->valid();
    const bool ends = when.end && when.end->valid();
    if (begins && ends) return std::pair{when.begin->first_day(), std::max(when.begin->first_day(), when.end->last_day())};
    if (ends) return days_of(*when.end);  // a running total stands where it was counted
    if (begins) {                         // "since": up to the document
      const Day first = when.begin->first_day();
      const Day last = published && published->valid() ? published->last_day() : when.begin->last_day();
      return std::pair{first, std::max(first, last)};
    }
  }
  if (published && published->valid()) return days_of(*published);
  return std::nullopt;
}

void take_head(const SqlStatement& row, int column, ClaimDocument& document) {
  document.language = language_from_code(row.text(column)).value_or(Language::other);
  document.outlet = row.optional_text(column + 1);
  document.url = row.optional_text(column + 2);
  document.title = row.optional_text(column + 3);
  document.published = row.optional_text(column + 4);
}

}  // namespace litopys
