// Every way to tamper is caught, by the witness that should see it.
#include "store/drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "store/casebook_folder.h"
#include "store/casebook_made.h"

namespace litopys {
namespace {

using litopys::testing::all_resources;
using litopys::testing::damages;
using litopys::testing::MadeCasebook;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DrillTest : public MadeCasebook {
 protected:
  // Of all attacks, by name; the casebook itself is only read.
  std::map<std::string, DrillRow> drilled() {
    std::map<std::string, DrillRow> out;
    const auto rows = drill_casebook(casebook(), all_resources(), folder_.path(), [](const DrillRow&) {});
    EXPECT_TRUE(rows) << rows.error().line();
    for (const DrillRow& row : *rows) EXPECT_TRUE(out.emplace(row.attack, row).second) << row.attack;
    EXPECT_THAT(damages(casebook(), true), IsEmpty());
    EXPECT_FALSE(std::filesystem::exists(folder_ / "copy.case"));
    return out;
  }
};

constexpr std::pair<const char*, const char*> kCaughtBy[] = {
    {"one bit of a record flipped", "evidence"},
    {"two records swapped", "evidence"},
    {"the records in reverse order", "evidence"},
    {"the last record cut off", "evidence"},
    {"a record in the middle taken out", "evidence"},
    {"a record put in twice", "evidence"},
    {"a forged item put behind the last record", "evidence"},
    {"a forged item put there, and record.db made to know it", "evidence"},
    {"an old item put behind the last record again", "evidence"},
    {"a withdrawn item put behind the last record", "evidence"},
    {"digests taken out of a record", "evidence"},
    {"a record's date changed, all else right", "evidence"},
    {"a record's text changed and its digests made right", "evidence"},
    {"one bit of the log's entries flipped", "log"},
    {"one bit of the log's hashes flipped", "log"},
    {"the newest checkpoint's signature changed", "log"},
    {"an old checkpoint removed", ""},
    {"a figure in record.db edited", "record.db"},
    {"a document's text in record.db edited", "record.db"},
    {"the whole log made anew with its key over forged evidence", "anchor"},
    {"everything rolled back to an old checkpoint", "anchor"},
    {"a time-stamp's signature changed by one bit", "stamps"},
    {"the certificate of a time-stamp's authority expired since", ""},
    {"a time-stamp by an authority whose certificate had expired", "stamps"},
    {"a review put into another's mouth, its digests made right", "evidence"},
    {"a review's verdict turned, its digests made right", "evidence"},
    {"two reviews swapped", "evidence"},
    {"a review taken out", "evidence"},
    {"a review put in twice", "evidence"},
    {"a forged review put among the records", "evidence"},
    {"a forged review put behind the last record", "evidence"},
    {"an old review put behind the last record again", "evidence"},
    {"a mark's word changed, its digests made right", "evidence"},
    {"two marks swapped", "evidence"},
    {"a mark taken out", "evidence"},
    {"a forged mark put among the records", "evidence"},
    {"a forged mark put behind the last record", "evidence"},
    {"a review's entry in the log made another act's", "log"},
    {"two reviews' entries in the log swapped", "log"},
    {"a mark's entry taken out of the log", "log"},
    {"a review's verdict turned, all made anew with the key", "anchor"},
    {"a review taken out, all made anew with the key", "anchor"},
    {"a mark's word changed, all made anew with the key", "anchor"},
    {"a review said with the key and dated back", "note"},
    {"a review in record.db put into another's mouth", "record.db"},
    {"two reviews in record.db swapped", "record.db"},
    {"a review taken out of record.db", "record.db"},
    {"a review forged into record.db", "record.db"},
    {"a wrong claim put back into record.db", "record.db"},
    {"a mark in record.db moved to another item", "record.db"},
    {"a mark taken out of record.db", "record.db"},
    {"a mark forged into record.db", "record.db"},
};

TEST_F(DrillTest, CatchesEverythingAndSaysByWhat) {
  std::map<std::string, DrillRow> rows = drilled();
  for (const auto& [attack, layer] : kCaughtBy) {
    ASSERT_TRUE(rows.contains(attack)) << attack;
    const DrillRow row = rows.extract(attack).mapped();
    std::printf("%-60s %-10s %s\n", row.attack.c_str(), row.layer.c_str(), row.first.c_str());
    EXPECT_TRUE(row.ran) << attack << ": " << row.note;
    if (std::string_view(attack).ends_with("expired since")) {
      EXPECT_FALSE(row.noted) << "the drill's own stamp is no finding: " << row.first;
    }
    // Of an old checkpoint the log may say that it is missing; it takes nothing away.
    if (row.harmless && *layer == '\0') continue;
    EXPECT_EQ(row.layer, layer) << attack << ": " << row.first;
    EXPECT_EQ(row.by_anchor, row.layer == "anchor") << attack;
    EXPECT_EQ(row.noted, row.layer == "note") << attack;
    EXPECT_EQ(row.caught, !row.by_anchor && !row.noted) << attack;
    // Nothing was written behind it, or the damage would be that it stands before something.
    if (std::string_view(attack).starts_with("a forged item put")) {
      EXPECT_THAT(row.first, HasSubstr(kNotAnnounced)) << attack;
    }
  }
  for (const auto& [attack, row] : rows) ADD_FAILURE() << attack << ": caught by " << row.layer;
}

// Whoever has the casebook without its key cannot say something in it to try.
TEST_F(DrillTest, SaysWhatItCannotTryWithoutTheKey) {
  std::filesystem::remove(casebook() / "log.key");
  std::map<std::string, DrillRow> rows = drilled();
  EXPECT_FALSE(rows["a review taken out"].ran);
  EXPECT_FALSE(rows["a review taken out"].note.empty());
  EXPECT_FALSE(rows["a review said with the key and dated back"].ran);
  EXPECT_TRUE(rows["two records swapped"].caught);
}

}  // namespace
}  // namespace litopys
