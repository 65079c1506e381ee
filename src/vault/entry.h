// Entries of the custody log: what was done, when, and a salted commitment to what it was done to. An entry never names what it concerns:
// the log cannot be pruned, so whoever must forget something destroys the salt, and the entry says nothing any more.
//
//   std::string concerns = *canonical_json(JsonValue::Object{{"sha256", digest}, {"id", "en-1"}});
//   Salt salt = *make_salt();                                         // kept outside the tree, beside `concerns`
//   LogEntry entry{Act::taken_in, "2026-11-25T13:43:22.123Z", commitment(salt, concerns), {}};
//   entry_text(entry)  ->  {"act":"taken-in","commitment":"9f86…","time":"2026-11-25T13:43:22.123Z"}
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "vault/merkle.h"

namespace litopys {

enum class Act : unsigned char { taken_in, read, reread, reviewed, exported, marked, withdrawn, stamped };
[[nodiscard]] std::string_view name_of(Act act);  // "taken-in", "read", "re-read", …
[[nodiscard]] std::optional<Act> act_of(std::string_view name);

using Salt = std::array<std::uint8_t, 32>;
// From the machine's random source. Errors are kCasebook.
[[nodiscard]] Result<Salt> make_salt();

// SHA-256(salt || concerns). `concerns` is any bytes; by custom canonical JSON, so that a proof can show it.
[[nodiscard]] MerkleHash commitment(const Salt& salt, std::string_view concerns);

struct LogEntry {
  Act act = Act::taken_in;
  std::string time;  // UTC, ISO 8601 with milliseconds: timestamp() of store/casebook.h
  MerkleHash commitment{};
  // What may be public for ever and is no personal data, no URL and no unsalted digest of public content: {"of": 17} of a withdrawal (the
  // entry that said taken-in), {"codebook": "passportization 3"}, {"checkpoint": 12}. Integers up to 2^53. Not "act", "time", "commitment".
  std::map<std::string, std::variant<std::int64_t, std::string>> facts;

  [[nodiscard]] bool operator==(const LogEntry&) const = default;
};

// RFC 8785 text, the bytes that are hashed as the leaf. Errors (kMalformed): over 65,535 bytes, no UTF-8, a fact that has a name of ours.
[[nodiscard]] Result<std::string> entry_text(const LogEntry& entry);
// Errors (kMalformed) unless the bytes are exactly what entry_text gives for some entry. entry_text(*parse_entry(x)) == x.
[[nodiscard]] Result<LogEntry> parse_entry(std::string_view text);

// What proves what an entry is about: together with the entry it gives the commitment again.
struct Opening {
  Salt salt{};
  std::string concerns;
};
[[nodiscard]] bool opens(const LogEntry& entry, const Opening& opening);

}  // namespace litopys
