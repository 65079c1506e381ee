// The crash rule as tests ask for it: whatever ended an `add`, `verify` finds what lies there sound, every acknowledged item is there, and
// the next writer goes on.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/casebook_made.h"
#include "vault/evidence_reader.h"

namespace litopys::testing {

using Contents = std::vector<std::pair<std::string, std::string>>;

// Three items, the third with the content of the first.
inline Contents contents_of(const std::string& run) {
  return {{run + "a", kText + run}, {run + "b", "Second report of " + run + ".\n"}, {run + "c", kText + run}};
}

// An `add` of these contents, flushed twice; each digest is acknowledged. False: it ended with an error.
inline bool add_all(const std::filesystem::path& folder, const Contents& contents, const Casebook::Acknowledge& acknowledge) {
  auto casebook = Casebook::open(folder, all_resources(), [](const std::string&) {});
  if (!casebook) return false;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    OpenedItem opened;
    opened.item.id = contents[i].first;
    opened.item.path = "reports/" + contents[i].first + ".txt";
    opened.item.bytes = contents[i].second;
    auto taken = casebook->take(std::move(opened));
    if (!taken || !casebook->add(*std::move(taken), acknowledge)) return false;
    if (i == 0 && !casebook->flush(acknowledge)) return false;
  }
  return casebook->flush(acknowledge) && casebook->note({Act::read, R"({"public": {"codebook": "x 1"}})"});
}

// As the next `verify` finds it, before anybody else writes.
inline void expect_sound(const std::filesystem::path& folder, const std::set<std::string>& acknowledged, const std::string& when) {
  if (std::filesystem::exists(folder / "casebook.toml")) {
    EXPECT_THAT(damages(folder), ::testing::IsEmpty()) << when;
  } else {
    EXPECT_THAT(acknowledged, ::testing::IsEmpty()) << when;
  }
}

// Once the next writer was there.
inline void expect_kept(const std::filesystem::path& folder, const std::set<std::string>& acknowledged, const std::string& when) {
  auto casebook = open_casebook(folder);
  ASSERT_TRUE(casebook) << when << ": " << casebook.error().line();
  EXPECT_FALSE(casebook->behind) << when;
  for (const std::string& digest : acknowledged) {
    const auto sightings = casebook->record.sightings(digest);
    ASSERT_TRUE(sightings && !sightings->empty()) << when << ": " << digest << " was acknowledged and is lost";
    const auto act = read_evidence(folder / "evidence", sightings->front().place);
    ASSERT_TRUE(act) << when << ": " << act.error().line();
    EXPECT_EQ(sha256_hex(act->bytes), digest) << when;
  }
}

// All of it, with a writer in between.
inline void expect_crash_rule(const std::filesystem::path& folder, const std::set<std::string>& acknowledged, const std::string& when) {
  expect_sound(folder, acknowledged, when);
  take_in(folder, {{"late", "A late report.\n"}});
  expect_kept(folder, acknowledged, when);
  EXPECT_THAT(damages(folder, true), ::testing::IsEmpty()) << when;
}

}  // namespace litopys::testing
