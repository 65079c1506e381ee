// Logs for tests: keys that are the same in every run, entries, and the damages that a check reports.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "vault/log.h"

namespace litopys::testing {

inline LogKey sample_key(char of = 'k') {
  std::array<std::uint8_t, 32> seed{};
  seed.fill(static_cast<std::uint8_t>(of));
  return LogKey::from_seed(seed).value();
}

inline LogEntry sample_entry(std::uint64_t n, Act act = Act::taken_in) {
  Salt salt{};
  salt[0] = static_cast<std::uint8_t>(n);
  return {act, "2026-11-25T13:43:22.123Z", commitment(salt, "item " + std::to_string(n)), {}};
}

inline std::vector<LogEntry> sample_entries(std::uint64_t from, std::uint64_t n) {
  std::vector<LogEntry> out;
  for (std::uint64_t i = 0; i < n; ++i) out.push_back(sample_entry(from + i));
  return out;
}

// A log that grew by `appends`, one checkpoint each.
inline void make_log(const std::filesystem::path& folder, const std::vector<std::uint64_t>& appends, const LogKey& key = sample_key()) {
  auto log = CustodyLog::open_for_writing(folder, key);
  ASSERT_TRUE(log) << log.error().line();
  for (const std::uint64_t n : appends) {
    const auto first = log->append(sample_entries(log->size(), n));
    ASSERT_TRUE(first) << first.error().line();
  }
}

struct Checked {
  LogCheck check;
  std::vector<std::string> damages;
};
inline Checked check_log(const std::filesystem::path& folder, const LogKey& key = sample_key(), LogCheckOptions options = {}) {
  Checked out;
  out.check = verify_log(
      folder, key.verifier(), [&](const Damage& damage) { out.damages.push_back(damage.line()); }, options);
  return out;
}

}  // namespace litopys::testing
