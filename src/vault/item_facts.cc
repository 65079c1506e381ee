#include "vault/item_facts.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/json.h"
#include "base/utf8.h"

namespace litopys {
namespace {

// The text fields of an Origin with their keys, for writing, reading and cutting.
constexpr std::array<std::pair<const char*, std::string Origin::*>, 14> kOriginTexts = {{{"container", &Origin::container},
                                                                                         {"member", &Origin::member},
                                                                                         {"format", &Origin::format},
                                                                                         {"url", &Origin::url},
                                                                                         {"captured", &Origin::captured},
                                                                                         {"digest", &Origin::digest},
                                                                                         {"media_type", &Origin::media_type},
                                                                                         {"charset", &Origin::charset},
                                                                                         {"title", &Origin::title},
                                                                                         {"outlet", &Origin::outlet},
                                                                                         {"author", &Origin::author},
                                                                                         {"published", &Origin::published},
                                                                                         {"published_from", &Origin::published_from},
                                                                                         {"forwarded_from", &Origin::forwarded_from}}};

bool is_digest(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::string facts_json(const ItemFacts& facts) {
  std::string out;
  JsonWriter json(out);
  json.object([&] {
    if (!facts.id.empty()) json.key("id").string(facts.id);
    json.key("path").string(facts.path);
    json.key("taken").string(facts.taken);
    json.key("sha256").string(facts.sha256);
    json.key("size").number(static_cast<std::int64_t>(facts.size));
    if (facts.again) json.key("again").boolean(true);
    if (facts.conversion) json.key("conversion").boolean(true);
    if (facts.transcript) json.key("transcript").boolean(true);
    if (!facts.notes.empty()) {
      json.key("notes").array([&] {
        for (const std::string& note : facts.notes) json.string(note);
      });
    }
    if (facts.reading) {
      json.key("reading").object([&] {
        json.key("reader").string(facts.reading->reader);
        json.key("sha256").string(facts.reading->sha256);
      });
    }
    if (facts.origin == Origin{}) return;
    json.key("origin").object([&] {
      for (const auto& [key, field] : kOriginTexts) {
        if (!(facts.origin.*field).empty()) json.key(key).string(facts.origin.*field);
      }
      if (facts.origin.offset != 0) json.key("offset").number(static_cast<std::int64_t>(facts.origin.offset));
      if (facts.origin.length != 0) json.key("length").number(static_cast<std::int64_t>(facts.origin.length));
    });
  });
  return out;
}

std::optional<ItemFacts> facts_of_json(std::string_view text) {
  if (text.empty()) return std::nullopt;      // simdjson copies from a null pointer then
  thread_local simdjson::dom::parser parser;  // for its buffers alone: to make them costs more than to read a record's facts
  simdjson::dom::object object;
  if (parser.parse(text.data(), text.size()).get(object) != simdjson::SUCCESS) return std::nullopt;
  const auto text_of = [](simdjson::dom::object from, const char* key, std::string& out) {
    std::string_view value;
    if (from[key].get(value) != simdjson::SUCCESS) return false;
    out = value;
    return true;
  };
  ItemFacts out;
  if (!text_of(object, "path", out.path) || !text_of(object, "taken", out.taken)) return std::nullopt;
  if (!text_of(object, "sha256", out.sha256) || !is_digest(out.sha256)) return std::nullopt;
  if (object["size"].get(out.size) != simdjson::SUCCESS) return std::nullopt;
  text_of(object, "id", out.id);
  const auto flag = [&](const char* key) {
    bool value = false;
    return object[key].get(value) == simdjson::SUCCESS && value;
  };
  out.again = flag("again");
  out.conversion = flag("conversion");
  out.transcript = flag("transcript");
  simdjson::dom::array notes;
  if (object["notes"].get(notes) == simdjson::SUCCESS) {
    for (const simdjson::dom::element note : notes) {
      std::string_view value;
      if (note.get(value) == simdjson::SUCCESS) out.notes.emplace_back(value);
    }
  }
  simdjson::dom::object reading;
  if (object["reading"].get(reading) == simdjson::SUCCESS) {
    ReadingFacts& read = out.reading.emplace();
    if (!text_of(reading, "reader", read.reader) || !text_of(reading, "sha256", read.sha256) || !is_digest(read.sha256))
      out.reading.reset();
  }
  simdjson::dom::object origin;
  if (object["origin"].get(origin) == simdjson::SUCCESS) {
    for (const auto& [key, field] : kOriginTexts) text_of(origin, key, out.origin.*field);
    if (origin["offset"].get(out.origin.offset) != simdjson::SUCCESS) out.origin.offset = 0;
    if (origin["length"].get(out.origin.length) != simdjson::SUCCESS) out.origin.length = 0;
  }
  return out;
}

std::string keepable(std::string_view text) {
  std::string out = utf8::repaired(text);
  if (out.size() <= kLongestOrigin) return out;
  std::size_t end = kLongestOrigin;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
  out.resize(end);
  return out;
}

void make_keepable(Item& item) {
  item.id = keepable(item.id);
  item.path = keepable(item.path);
  for (const auto& [key, field] : kOriginTexts) item.origin.*field = keepable(item.origin.*field);
}

}  // namespace litopys
