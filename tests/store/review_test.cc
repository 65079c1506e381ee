// What people say of claims: it is kept like everything else, the record follows it, and a rebuild says the same.
#include "store/reviewing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/json.h"
#include "store/casebook_made.h"
#include "store/database.h"
#include "store/record_kept.h"
#include "store/record_of.h"
#include "vault/evidence_reader.h"
#include "vault/keys.h"
#include "vault/member.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

using litopys::testing::all_resources;
using litopys::testing::damages;
using litopys::testing::kText;
using litopys::testing::read_whole;
using litopys::testing::take_in;
using litopys::testing::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kOther =
    "Kherson region, 12 March 2024\n\nOnly 40,000 residents of the Kherson region have received Russian passports, the occupation head "
    "Vladimir Saldo said on 12 March 2024.\n";

Claim some_claim() {
  Claim out;
  out.quote = "Понад 2 млн «паспортів»\tвидано.";
  out.measure = "issuance";
  out.figure = Figure{*Decimal::parse("2000000"), std::nullopt, Bound::over, Unit::passport, "2 млн"};
  out.places = {"UA-65", "UA-TOT"};
  out.when = When::parse("../2024-03");
  out.sources = {"МВС РФ", "РИА \"Новости\""};
  out.side = Side::russia;
  out.stance = Stance::denied;
  out.credence = Credence::distanced;
  out.targets = {"children"};
  out.confidence = 0.5;
  return out;
}

TEST(ReviewJson, IsReadBackAsItWasWritten) {
  Claim says = some_claim();
  says.places = {"UA-23"};
  says.figure->value2 = Decimal::parse("2100000.5");
  says.figure->bound = Bound::range;
  const Review review{{std::string(64, 'a'), "en-1#x", 3, some_claim()}, Verdict::corrected, says, "O. \"K.\"", "a\nnote"};
  const std::optional<Review> again = review_of_json(json_of(review, ""));
  ASSERT_TRUE(again);
  EXPECT_EQ(json_of(*again, ""), json_of(review, ""));
  EXPECT_TRUE(same_slots(*again->about.read, some_claim()));
  EXPECT_TRUE(same_slots(*again->says, says));
  EXPECT_EQ(again->about.id, "en-1#x");
  const Mark mark{{std::string(64, 'b'), "en-1", 0, std::nullopt}, "for the court", true, "", "why"};
  const std::optional<Mark> marked = mark_of_json(json_of(mark, ""));
  ASSERT_TRUE(marked);
  EXPECT_EQ(json_of(*marked, ""), json_of(mark, ""));
}

TEST(ReviewJson, IsRefusedWhereItIsBroken) {
  const std::string whole =
      json_of(Review{{std::string(64, 'a'), "en-1", 3, some_claim()}, Verdict::corrected, some_claim(), "K", "n"}, "");
  ASSERT_TRUE(review_of_json(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(review_of_json(whole.substr(0, size))) << size;
  for (const char* json : {"", "[]", "{}", "{\"item\": 3}", "{\"item\": \"a\", \"id\": \"b\", \"number\": -1, \"verdict\": \"right\"}",
                           "{\"item\": \"a\", \"id\": \"b\", \"number\": 1, \"read\": {}, \"verdict\": \"right\"}",
                           "{\"item\": \"a\", \"id\": \"b\", \"number\": 99999999999999, \"tag\": \"x\"}"}) {
    EXPECT_FALSE(review_of_json(json)) << json;
    EXPECT_FALSE(mark_of_json(json)) << json;
  }
  std::string deep = whole;
  deep.insert(deep.size() - 1, ", \"x\": " + std::string(100'000, '['));
  EXPECT_FALSE(review_of_json(deep));
}

class ReviewTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(all_resources());
    take_in(casebook(), {{"a", kText}, {"b", kOther}});
    keep();
    ASSERT_EQ(names(), (std::vector<std::string>{"a#1", "b#1"})) << "the test rests on one claim a document";
  }

  [[nodiscard]] std::filesystem::path casebook() const { return folder_ / "my.case"; }

  static Result<Casebook> writer(const std::filesystem::path& folder) {
    return Casebook::open(folder, all_resources(), [](const std::string&) {});
  }
  void keep() {
    auto open = writer(casebook());
    ASSERT_TRUE(open);
    ASSERT_TRUE(keep_record(open->record(), codebook_of(*all_resources()), gazetteer_of(*all_resources())));
  }
  // Says it of a claim; gives the entry.
  std::uint64_t say(const std::string& name, Verdict verdict, const std::function<void(Claim&)>& change = {}) {
    auto open = writer(casebook());
    EXPECT_TRUE(open);
    Review review{subject_named(open->record(), name).value(), verdict, std::nullopt, "O. Koval", "read the sentence"};
    if (verdict == Verdict::right || verdict == Verdict::corrected) review.says = claim_named(open->record(), name)->claim;
    if (change) change(*review.says);
    const auto entry = note_review(*open, review);
    EXPECT_TRUE(entry) << entry.error().line();
    EXPECT_TRUE(keep_record(open->record(), codebook_of(*all_resources()), gazetteer_of(*all_resources())));
    return entry.value_or(0);
  }
  std::uint64_t put_mark(const std::string& name, const std::string& tag, bool removed = false) {
    auto open = writer(casebook());
    EXPECT_TRUE(open);
    const auto entry = note_mark(*open, {subject_named(open->record(), name).value(), tag, removed, "", "as asked"});
    EXPECT_TRUE(entry) << entry.error().line();
    return entry.value_or(0);
  }
  [[nodiscard]] std::vector<ClaimRow> rows(const ClaimFilter& filter = {}) const {
    std::vector<ClaimRow> out;
    auto open = open_casebook(casebook());
    EXPECT_TRUE(open && open->record.claims(filter, [&](const ClaimRow& row) {
      out.push_back(row);
      return true;
    }));
    return out;
  }
  [[nodiscard]] std::vector<std::string> names(const ClaimFilter& filter = {}) const {
    std::vector<std::string> out;
    for (const ClaimRow& row : rows(filter)) out.push_back(row.document + "#" + std::to_string(row.number));
    return out;
  }
  [[nodiscard]] std::string record_lines() const {
    auto open = open_casebook(casebook());
    std::string out;
    append_jsonl(out, record_of(open->record, codebook_of(*all_resources()), gazetteer_of(*all_resources())).value());
    return out;
  }
  // What grew is what a rebuild gives, and verify finds all of it right.
  void expect_whole() {
    EXPECT_THAT(damages(casebook(), true), IsEmpty());
    const std::string grown = open_casebook(casebook())->record.dump().value(), lines = record_lines();
    ASSERT_TRUE(rebuild_casebook(
        casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {}));
    EXPECT_EQ(open_casebook(casebook())->record.dump().value(), grown);
    EXPECT_EQ(record_lines(), lines);
    EXPECT_THAT(damages(casebook(), true), IsEmpty());
  }

  TemporaryFolder folder_;
};

TEST_F(ReviewTest, AWrongClaimLeavesTheRecord) {
  ASSERT_THAT(record_lines(), HasSubstr("contradiction"));
  say("b#1", Verdict::wrong);
  EXPECT_THAT(names(), ElementsAre("a#1"));
  EXPECT_THAT(names({.reviewed = true}), ElementsAre("b#1"));
  EXPECT_THAT(names({.verdicts = {Verdict::wrong}}), ElementsAre("b#1"));
  EXPECT_THAT(names({.reviewed = false}), ElementsAre("a#1"));
  EXPECT_THAT(record_lines(), Not(HasSubstr("contradiction")));
  EXPECT_THAT(record_lines(), Not(HasSubstr("b#1")));
  const auto counts = open_casebook(casebook())->record.counts();
  EXPECT_EQ(counts->claims, 1U);
  EXPECT_EQ(counts->wrong, 1U);
  expect_whole();
}

TEST_F(ReviewTest, ACorrectedSlotIsWhatTheRecordAndTheFiltersSee) {
  say("a#1", Verdict::corrected, [](Claim& claim) {
    claim.places = {"UA-23"};
    claim.sources = {"Balitsky"};
    claim.figure->value = *Decimal::parse("91000");
    claim.when = When::parse("../2023-12-31");
  });
  EXPECT_THAT(names({.places = {"UA-23"}}), ElementsAre("a#1"));
  EXPECT_THAT(names({.source = "balitsky"}), ElementsAre("a#1"));
  EXPECT_THAT(names({.until = Date::parse("2024-01-15")->last_day()}), ElementsAre("a#1"));
  EXPECT_THAT(names({.places = {"UA-65"}}), ElementsAre("b#1"));
  EXPECT_THAT(record_lines(), HasSubstr("UA-23"));
  const ClaimRow row = rows({.verdicts = {Verdict::corrected}}).at(0);
  ASSERT_TRUE(row.review && row.read);
  EXPECT_EQ(row.review->by, "O. Koval");
  EXPECT_EQ(row.review->note, "read the sentence");
  EXPECT_THAT(row.read->places, ElementsAre("UA-65"));
  EXPECT_EQ(row.read->figure->value.str(), "90000");
  EXPECT_FALSE(row.claim.why.empty()) << "why it was read so is not lost";
  expect_whole();
}

TEST_F(ReviewTest, AReviewThatIsTakenBackLeavesWhatWasRead) {
  const std::string before = record_lines();
  const auto claims = [&] {
    std::string out;
    for (const std::string& line : {open_casebook(casebook())->record.dump().value()}) {
      for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = line.find('\n', at);
        if (line.compare(at, 5, "claim") == 0) out += line.substr(at, end - at + 1);
        at = end + 1;
      }
    }
    return out;
  };
  const std::string read = claims();
  say("a#1", Verdict::corrected, [](Claim& claim) { claim.measure = "application"; });
  say("b#1", Verdict::wrong);
  EXPECT_NE(record_lines(), before);
  EXPECT_NE(claims(), read);
  say("a#1", Verdict::wrong);  // another word on it takes the first one's place
  say("a#1", Verdict::open);
  say("b#1", Verdict::open);
  EXPECT_EQ(record_lines(), before);
  EXPECT_EQ(claims(), read);
  EXPECT_THAT(names({.reviewed = true}), IsEmpty());
  std::size_t said = 0;
  ASSERT_TRUE(open_casebook(casebook())->record.reviews([&](const SaidRow& row) {
    EXPECT_FALSE(row.standing);
    ++said;
    return true;
  }));
  EXPECT_EQ(said, 5U) << "all of it stays on record";
  expect_whole();
}

TEST_F(ReviewTest, MarksAreFoundAndTakenAway) {
  put_mark("a", "for the court");
  put_mark("b#1", "doubtful");
  put_mark("b#1", "for the court");
  EXPECT_THAT(names({.marked = true}), ElementsAre("a#1", "b#1"));
  EXPECT_THAT(names({.tags = {"doubtful"}}), ElementsAre("b#1"));
  EXPECT_EQ(rows({.tags = {"doubtful"}}).at(0).marks.size(), 2U);
  put_mark("b#1", "doubtful", true);
  put_mark("a", "for the court", true);
  EXPECT_THAT(names({.marked = true}), ElementsAre("b#1"));
  EXPECT_THAT(names({.measures = {"issuance"}, .tags = {"doubtful", "for the court"}}), ElementsAre("b#1"));
  expect_whole();
}

TEST_F(ReviewTest, IsAnEntryOfTheLogThatItsRecordOpens) {
  const std::uint64_t review = say("a#1", Verdict::right);
  const std::uint64_t mark = put_mark("a", "x");
  auto log = LogReader::open(casebook() / "log", *load_log_vkey(casebook()));
  ASSERT_TRUE(log);
  EXPECT_EQ(log->entry(review)->act, Act::reviewed);
  EXPECT_EQ(log->entry(mark)->act, Act::marked);
  EXPECT_THAT(log->entry(review)->facts, IsEmpty()) << "the log itself names nothing";
  std::vector<std::string> acts;
  EvidenceReader evidence(casebook() / "evidence", {});
  while (auto act = evidence.next()) {
    ASSERT_TRUE(*act);
    if (!(*act)->facts && (*act)->commitment() == log->entry(review)->commitment) acts.push_back((*act)->bytes);
  }
  ASSERT_EQ(acts.size(), 1U);
  EXPECT_THAT(acts[0], HasSubstr("\"by\": \"O. Koval\""));
}

TEST_F(ReviewTest, ARecordThatSaysOtherwiseIsNamedByVerify) {
  say("a#1", Verdict::right);
  put_mark("b", "x");
  for (const char* edit : {"UPDATE review SET reviewer = 'somebody else'", "UPDATE claim SET review = NULL", "DELETE FROM mark",
                           "UPDATE claim SET review = 'wrong' WHERE number = 1", "UPDATE mark SET standing = 0"}) {
    const TemporaryFolder copy;
    std::filesystem::copy(casebook(), copy / "my.case", std::filesystem::copy_options::recursive);
    {
      Database database(copy / "my.case" / "record.db", Database::Mode::write);
      database.run(edit);
    }
    EXPECT_THAT(damages(copy / "my.case", true), Not(IsEmpty())) << edit;
  }
}

// A review costs what it touches: a voice without a name is its document's own, and that it goes is no reason to tell all anew.
TEST_F(ReviewTest, OfANamelessVoiceDoesNotMakeTheRecordAnew) {
  take_in(casebook(),
          {{"c",
            "Kherson region, 14 March 2024\n\nMore than 70,000 residents of the Kherson region have received Russian passports, "
            "Russian officials said.\n"}});
  keep();
  ASSERT_THAT(rows({.document = "c"}).at(0).claim.sources, ElementsAre("Russian officials"));
  const auto schema = [&] {
    Database database(casebook() / "record.db", Database::Mode::write);
    SqlStatement ask(database, "PRAGMA schema_version");
    return ask.step() ? ask.integer(0) : 0;
  };
  const auto before = schema();
  say("c#1", Verdict::wrong);
  EXPECT_EQ(schema(), before) << "its tables were made anew";
  EXPECT_THAT(record_lines(), Not(HasSubstr("Russian officials")));
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
  say("c#1", Verdict::corrected, [](Claim& claim) { claim.sources = {"russian officials"}; });
  EXPECT_THAT(record_lines(), HasSubstr("russian officials (c)"));
  say("c#1", Verdict::open);
  EXPECT_EQ(schema(), before);
  EXPECT_THAT(record_lines(), HasSubstr("Russian officials (c)"));
  EXPECT_THAT(record_lines(), Not(HasSubstr("russian officials (c)")));
  expect_whole();
}

// The act is in evidence and log, and the record is the one from before: what a crash between the two leaves.
TEST_F(ReviewTest, IsWorkedInByTheNextWriterAfterACrash) {
  const std::string old = read_whole(casebook() / "record.db");
  say("b#1", Verdict::wrong);
  const std::string wanted = open_casebook(casebook())->record.dump().value();
  for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove((casebook() / "record.db").string() + ending);
  ASSERT_TRUE(replace_file(casebook() / "record.db", old));
  EXPECT_TRUE(open_casebook(casebook())->behind);
  EXPECT_THAT(names(), ElementsAre("a#1", "b#1"));
  keep();
  EXPECT_EQ(open_casebook(casebook())->record.dump().value(), wanted);
  EXPECT_THAT(names(), ElementsAre("a#1"));
  expect_whole();
}

TEST_F(ReviewTest, GoesWithTheItemThatIsWithdrawn) {
  const std::uint64_t entry = say("b#1", Verdict::corrected, [](Claim& claim) { claim.sources = {"Zzyzx-Unmistakable"}; });
  const std::uint64_t removed = put_mark("b", "orchard-lane");
  put_mark("b", "orchard-lane", true);
  put_mark("a", "stays");
  const auto done = withdraw_item(
      casebook(), all_resources(), "b", "asked for", {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
  ASSERT_TRUE(done) << done.error().line();
  EXPECT_THAT(done->entries, ElementsAre(entry, removed, removed + 1, 1U));
  std::string all;
  for (const auto& each : std::filesystem::recursive_directory_iterator(casebook())) {
    if (!each.is_regular_file()) continue;
    all += read_whole(each.path());
    if (each.path().extension() != ".gz") continue;
    auto reader = MemberReader::open(each.path());
    while (auto member = reader->next()) {
      if (!*member) break;
      all += (*member)->bytes;
    }
  }
  for (const char* gone : {"Zzyzx", "orchard-lane", "Only 40,000"}) EXPECT_EQ(all.find(gone), std::string::npos) << gone;
  EXPECT_THAT(all, HasSubstr("stays"));
  EXPECT_THAT(names({.marked = true}), ElementsAre("a#1"));
  expect_whole();
}

TEST_F(ReviewTest, OfWhatIsNotThereIsWrongUse) {
  auto open = writer(casebook());
  ASSERT_TRUE(open);
  for (const char* name : {"c", "a#2", "a#", "a#x", "#1", ""}) {
    const auto about = subject_named(open->record(), name);
    ASSERT_FALSE(about) << name;
    EXPECT_EQ(about.error().kind, ErrorKind::kUsage) << name;
  }
  const auto none = note_mark(*open, {subject_named(open->record(), "a").value(), "", false, "", ""});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::kUsage);
}

// ---- another reader

ItemReading reading_of(std::vector<Claim> claims) {
  ItemReading out;
  out.document.emplace().text = "Понад 2 млн.";
  out.document->claims = std::move(claims);
  return out;
}

Sighting sighting_of(std::uint64_t entry, char digit, const char* id) {
  Sighting out;
  out.entry = entry;
  out.facts.sha256 = std::string(64, digit);
  out.facts.id = id;
  out.facts.path = id;
  out.facts.taken = "2025-11-02T10:00:00.000Z";
  return out;
}

std::vector<ClaimRow> all_rows(Store& store, ClaimFilter filter = {}) {
  std::vector<ClaimRow> out;
  filter.with_wrong = true;
  EXPECT_TRUE(store.claims(filter, [&](const ClaimRow& row) {
    out.push_back(row);
    return true;
  }));
  return out;
}

TEST(ReviewOfAnotherReading, FollowsTheClaimAndNotItsNumber) {
  const Claim first = some_claim();
  Claim second = first;
  second.figure->value = *Decimal::parse("3000000");
  Claim read_otherwise = second;
  read_otherwise.places = {"UA-43"};
  Claim says = second;
  says.sources = {"Лубінець"};
  const TemporaryFolder folder;
  Codebook book;
  const auto record = [&](const char* name, std::vector<Claim> claims) {
    Store store = Store::create(folder / name, book).value();
    const ItemReading reading = reading_of(std::move(claims));
    EXPECT_TRUE(store.begin() && store.put(sighting_of(0, 'a', "x"), &reading));
    const std::string time = "2025-11-02T11:00:00.000Z";
    EXPECT_TRUE(
        store.put_act(1, "reviewed", time, json_of(Review{{std::string(64, 'a'), "x", 1, first}, Verdict::wrong, {}, "K", ""}, "")));
    EXPECT_TRUE(
        store.put_act(2, "reviewed", time, json_of(Review{{std::string(64, 'a'), "x", 2, second}, Verdict::corrected, says, "K", ""}, "")));
    EXPECT_TRUE(store.put_act(3, "marked", time, json_of(Mark{{std::string(64, 'a'), "x", 2, second}, "key", false, "", ""}, "")));
    EXPECT_TRUE(store.put_act(4, "reviewed", time, "{\"nobody\": \"wrote this\"}"));
    EXPECT_TRUE(store.put_act(5, "marked", time, "["));
    EXPECT_TRUE(store.commit());
    return store;
  };
  Claim unlike = first;
  unlike.quote = "Other words.";
  // Read in another order, one of them with another place, and another claim in front.
  Store other = record("other.db", {unlike, read_otherwise, first});
  const std::vector<ClaimRow> rows = all_rows(other);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_FALSE(rows[0].review);
  EXPECT_EQ(rows[1].review->verdict, Verdict::corrected);
  EXPECT_THAT(rows[1].claim.sources, ElementsAre("Лубінець"));
  EXPECT_THAT(rows[1].claim.places, ElementsAre("UA-65", "UA-TOT")) << "what the review vouches for, whoever reads later";
  EXPECT_THAT(rows[1].read->places, ElementsAre("UA-43"));
  EXPECT_EQ(rows[1].marks.size(), 1U);
  EXPECT_EQ(rows[2].review->verdict, Verdict::wrong);
  // Nobody reads the second one any more.
  Store less = record("less.db", {first});
  std::vector<std::string> said;
  const auto take = [&](const SaidRow& row) {
    said.push_back(row.document + "#" + std::to_string(row.number) + (row.found ? "" : " lost") + (row.standing ? "" : " no longer"));
    return true;
  };
  ASSERT_TRUE(less.reviews(take) && less.marks(take));
  EXPECT_THAT(said, ElementsAre("x#1", "x#2 lost no longer", "x#2 lost no longer"));
  EXPECT_THAT(less.said_of("x").value(), ElementsAre(1U, 2U, 3U));
}

TEST(ReviewOfAnotherReading, TellsTwoThatReadAlikeByTheirNumber) {
  const TemporaryFolder folder;
  Claim other_place = some_claim();
  other_place.places = {"UA-23"};
  Store store = Store::create(folder / "record.db", Codebook()).value();
  const ItemReading reading = reading_of({some_claim(), other_place});
  ASSERT_TRUE(store.begin() && store.put(sighting_of(0, 'a', "x"), &reading));
  ASSERT_TRUE(store.put_act(1, "reviewed", "2025-11-02T11:00:00.000Z",
                            json_of(Review{{std::string(64, 'a'), "x", 2, other_place}, Verdict::wrong, {}, "K", ""}, "")));
  ASSERT_TRUE(store.commit());
  const std::vector<ClaimRow> rows = all_rows(store);
  EXPECT_FALSE(rows.at(0).review);
  EXPECT_TRUE(rows.at(1).review);
}

}  // namespace
}  // namespace litopys
