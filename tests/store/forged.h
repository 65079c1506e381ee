// What somebody does who may write into a casebook's folder and has not its key.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "store/casebook_folder.h"
#include "store/casebook_made.h"
#include "store/database.h"
#include "vault/evidence.h"
#include "vault/evidence_writer.h"
#include "vault/keys.h"
#include "vault/log.h"

namespace litopys::testing {

// Of the last segment; empty where there is none.
inline std::filesystem::path last_segment(const std::filesystem::path& casebook) {
  const auto all = evidence_segments(casebook / "evidence");
  return all && !all->empty() ? casebook / "evidence" / all->back().name : std::filesystem::path();
}

inline void put_behind(const std::filesystem::path& casebook, std::string_view members) {
  std::ofstream(last_segment(casebook), std::ios::binary | std::ios::app) << members;
}

inline std::string forged_note(Act act, const std::string& json) { return EvidencePress().note(act, timestamp(), json).value().packed; }

inline std::string forged_item(const std::string& bytes) {
  Item item;
  item.id = "forged";
  item.path = "forged.txt";
  item.bytes = bytes;
  const ItemFacts facts{item.id, item.path, timestamp(), sha256_hex(bytes), bytes.size(), {}, {}, false, false};
  return EvidencePress().item(item, facts).value().packed;
}

inline void set_meta(const std::filesystem::path& casebook, const std::string& key, const std::string& value) {
  const auto done = as_result([&] {
    Database(casebook / "record.db", Database::Mode::write)
        .run(("UPDATE meta SET value = '" + value + "' WHERE key = '" + key + "'").c_str());
  });
  ASSERT_TRUE(done) << done.error().line();
}
// record.db says that it knows the evidence up to this byte of the segment in which it ends.
inline void claim_to_know(const std::filesystem::path& casebook, std::uint64_t end) {
  set_meta(casebook, "evidence_end", std::to_string(end));
}

inline std::uint64_t logged_entries(const std::filesystem::path& casebook) {
  const auto log = LogReader::open(casebook / "log", load_log_vkey(casebook).value());
  EXPECT_TRUE(log);
  return log ? log->size() : 0;
}

// The next writer stops at byte `at` of the last segment and names it, verify too, and nothing was done to what stands there; then it is
// cut off as they say.
inline void expect_stopped_at(const std::filesystem::path& casebook, std::uint64_t at, const std::string& when) {
  const std::filesystem::path segment = last_segment(casebook);
  const std::string bytes = read_whole(segment);
  const std::string place = segment.filename().string() + ": byte " + std::to_string(at) + ": " + kNotAnnounced;
  const auto opened = Casebook::open(casebook, all_resources(), [](const std::string&) {});
  ASSERT_FALSE(opened) << when;
  EXPECT_THAT(opened.error().line(), ::testing::HasSubstr(place)) << when;
  EXPECT_THAT(opened.error().line(), ::testing::HasSubstr("truncate -s " + std::to_string(at) + " " + segment.string())) << when;
  const std::uint64_t logged = logged_entries(casebook);
  const auto rebuilt = rebuild_casebook(
      casebook, all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
  ASSERT_FALSE(rebuilt) << when;
  EXPECT_THAT(rebuilt.error().line(), ::testing::HasSubstr(place)) << when;
  EXPECT_THAT(damages(casebook), ::testing::Contains(::testing::HasSubstr(place))) << when;
  EXPECT_EQ(logged_entries(casebook), logged) << when;
  EXPECT_EQ(read_whole(segment), bytes) << when << ": it is kept";
  std::filesystem::resize_file(segment, at);
}

// A crash, and then somebody who forges: what the crash left of ours is taken over, and no more.
inline void expect_no_forgery_taken(const std::filesystem::path& casebook, const std::string& when) {
  if (!std::filesystem::exists(casebook / "casebook.toml") || last_segment(casebook).empty()) return;
  const std::uint64_t end = std::filesystem::file_size(last_segment(casebook));
  put_behind(casebook, forged_note(Act::reviewed, R"({"forged": true})"));
  const auto opened = Casebook::open(casebook, all_resources(), [](const std::string&) {});
  const std::filesystem::path segment = last_segment(casebook);
  if (!opened) return expect_stopped_at(casebook, end, when);
  // A torn end is cut with whatever stands behind it; a segment that had no whole beginning is gone.
  if (segment.empty()) return;
  EXPECT_LE(std::filesystem::file_size(segment), end) << when;
}

}  // namespace litopys::testing
