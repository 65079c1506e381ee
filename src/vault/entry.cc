#include "vault/entry.h"

#include <cmath>
#include <iterator>

#include "vault/jcs.h"
#include "vault/random.h"
#include "vault/tiles.h"

namespace litopys {
namespace {

constexpr std::string_view kActs[] = {"taken-in", "read", "re-read", "reviewed", "exported", "marked", "withdrawn", "stamped"};
static_assert(std::size(kActs) == static_cast<std::size_t>(Act::stamped) + 1);

constexpr double kMostExactInteger = 9007199254740992.0;  // 2^53

tl::unexpected<Error> refuse_entry(std::string problem) { return fail(ErrorKind::kMalformed, "log entry", {}, std::move(problem)); }

bool is_ours(std::string_view key) { return key == "act" || key == "time" || key == "commitment"; }

// "2026-11-25T13:43:22.123Z": the form, not whether there is such a day.
bool is_time(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000Z";
  if (text.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != kForm[i]) return false;
  }
  return true;
}

}  // namespace

std::string_view name_of(Act act) { return kActs[static_cast<std::size_t>(act)]; }

std::optional<Act> act_of(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kActs); ++i) {
    if (kActs[i] == name) return static_cast<Act>(i);
  }
  return std::nullopt;
}

Result<Salt> make_salt() {
  Salt out{};
  if (Done drawn = draw_random(out); !drawn) return tl::unexpected<Error>(drawn.error());
  return out;
}

MerkleHash commitment(const Salt& salt, std::string_view concerns) {
  std::string bytes(reinterpret_cast<const char*>(salt.data()), salt.size());
  bytes += concerns;
  return sha256_of(bytes);
}

Result<std::string> entry_text(const LogEntry& entry) {
  if (!is_time(entry.time)) return refuse_entry("its time has another form than 2026-11-25T13:43:22.123Z");
  if (entry.facts.empty()) {  // nearly every one: canonical as it stands, the keys are in order and nothing needs an escape
    std::string out;
    out.reserve(160);
    out.append(R"({"act":")").append(name_of(entry.act)).append(R"(","commitment":")").append(hex_of(entry.commitment));
    return out.append(R"(","time":")").append(entry.time).append("\"}");
  }
  JsonValue::Object object{{"act", name_of(entry.act)}, {"time", entry.time}, {"commitment", hex_of(entry.commitment)}};
  for (const auto& [key, value] : entry.facts) {
    if (is_ours(key)) return refuse_entry("a fact is called " + key + ", which every entry has");
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      if (std::abs(static_cast<double>(*number)) > kMostExactInteger) return refuse_entry("the fact " + key + " is a number beyond 2^53");
      object.emplace_back(key, *number);
    } else {
      object.emplace_back(key, std::get<std::string>(value));
    }
  }
  Result<std::string> out = canonical_json(JsonValue(std::move(object)));
  if (out && out->size() > kLargestEntry) return refuse_entry("is larger than 65,535 bytes");
  return out;
}

Result<LogEntry> parse_entry(std::string_view text) {
  const Result<JsonValue> json = parse_json(text);
  if (!json) return refuse_entry("is no JSON: " + json.error().line());
  if (json->object() == nullptr) return refuse_entry("is no JSON object");
  LogEntry out;
  for (const auto& [key, value] : *json->object()) {
    const std::string* string = value.string();
    if (key == "act") {
      const std::optional<Act> act = string != nullptr ? act_of(*string) : std::nullopt;
      if (!act) return refuse_entry("its act is none that is known");
      out.act = *act;
    } else if (key == "time" && string != nullptr) {
      out.time = *string;
    } else if (key == "commitment" && string != nullptr) {
      const std::optional<MerkleHash> hash = hash_from_hex(*string);
      if (!hash) return refuse_entry("its commitment is no SHA-256");
      out.commitment = *hash;
    } else if (string != nullptr) {
      out.facts.emplace(key, *string);
    } else if (const double* number = value.number(); number != nullptr && std::abs(*number) <= kMostExactInteger) {
      out.facts.emplace(key, static_cast<std::int64_t>(*number));
    } else {
      return refuse_entry("the fact " + key + " is neither text nor an integer");
    }
  }
  // A key that is missing, a fraction, another order, a space: none of these survives the way back.
  const Result<std::string> again = entry_text(out);
  if (!again) return tl::unexpected<Error>(again.error());
  if (*again != text) return refuse_entry("is not the canonical text of an entry");
  return out;
}

bool opens(const LogEntry& entry, const Opening& opening) { return commitment(opening.salt, opening.concerns) == entry.commitment; }

}  // namespace litopys
