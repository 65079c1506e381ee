#include "store/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/words.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Codebook small_book() {
  Codebook book;
  book.id = "small";
  book.version = "7";
  return book;
}

Sighting sighting(std::uint64_t entry, char digit, std::string id) {
  Sighting out;
  out.entry = entry;
  out.facts = {id, "reports/" + id + ".txt", "2025-11-02T10:00:00.000Z", std::string(64, digit), 10, {}, {}, false, false};
  out.record = "<urn:uuid:" + std::to_string(entry) + ">";
  out.place = {1, 100 * entry, 100};
  return out;
}

Claim claim(std::string quote, std::string measure) {
  Claim out;
  out.quote = std::move(quote);
  out.measure = std::move(measure);
  out.confidence = 0.75;
  return out;
}

// A record with two documents that a person wrote.
class StoreTest : public ::testing::Test {
 protected:
  StoreTest() {
    ItemReading first;
    ClaimDocument& a = first.document.emplace();
    a.language = Language::uk;
    a.outlet = "Громада";
    a.published = "2024-03-10";
    a.title = "Заголовок";
    a.junk = {3, 4};
    a.notes = {"note"};
    a.text = "Понад два мільйони. Без паспорта лікарня не приймає.";
    Claim figure = claim("Понад два мільйони.", "issuance");
    figure.span = {0, 35};
    figure.figure = Figure{*Decimal::parse("2000000"), std::nullopt, Bound::over, Unit::passport, "Понад два мільйони"};
    figure.places = {"UA-TOT"};
    figure.when = When::parse("../2024-01");
    figure.sources = {"Олег Агарков", "Interfax"};
    figure.side = Side::russia;
    figure.credence = Credence::distanced;
    figure.why = {{"figure", "uk.over", {{0, 10}, {11, 17}}, "weight 2"}};
    Claim denial = claim("Без паспорта лікарня не приймає.", "denial-healthcare");
    denial.span = {36, 94};
    denial.places = {"UA-65/Skadovsk", "UA-23"};
    denial.side = Side::resident;
    denial.targets = {"residents", "refusers"};
    a.claims = {figure, denial};
    first.words = "понад два мільйон лікарня";
    first.claim_words = {"понад два мільйони мільйон", "без паспорта паспорт лікарня"};

    ItemReading second;
    ClaimDocument& b = second.document.emplace();
    b.language = Language::en;
    b.text = "Officials plan to fine people.";
    Claim plan = claim("Officials plan to fine people.", "fine");
    plan.span = {0, 30};
    plan.stance = Stance::planned;
    plan.places = {"UA-DONBAS"};
    plan.side = Side::ukraine;
    plan.figure = Figure{*Decimal::parse("20"), *Decimal::parse("30.5"), Bound::range, Unit::percent, "20 to 30.5%"};
    b.claims = {plan};
    second.words = "official plan fine people";
    second.claim_words = {"officials official plan to fine people"};

    ItemReading third;
    third.problem = Error{ErrorKind::kMalformed, "reports/c.txt", {}, "is empty", "kept unread"};

    auto made = Store::create(folder_ / "record.db", small_book());
    EXPECT_TRUE(made) << made.error().line();
    store_.emplace(*std::move(made));
    EXPECT_TRUE(store_->begin());
    EXPECT_TRUE(store_->put(sighting(0, 'a', "a"), &first));
    EXPECT_TRUE(store_->put(sighting(1, 'b', "b"), &second));
    EXPECT_TRUE(store_->put(sighting(2, 'c', "c"), &third));
    Sighting again = sighting(3, 'a', "");
    again.facts.path = "elsewhere/a.txt";
    EXPECT_TRUE(store_->put(again, nullptr));
    EXPECT_TRUE(store_->put_act(4, "read", "2025-11-02T10:00:00.000Z", "{}"));
    EXPECT_TRUE(store_->mark({{1, 400}, 5}));
    EXPECT_TRUE(store_->commit());
  }

  std::vector<std::string> found(const ClaimFilter& filter) {
    std::vector<std::string> out;
    const auto done = store_->claims(filter, [&](const ClaimRow& row) {
      out.push_back(row.document + "#" + std::to_string(row.number));
      return true;
    });
    if (!done) out.push_back(done.error().line());
    return out;
  }

  static Day day(const char* text) { return Date::parse(text)->first_day(); }

  TemporaryFolder folder_;
  std::optional<Store> store_;
};

TEST_F(StoreTest, GivesBackDocumentsWithEverySlot) {
  std::vector<ClaimDocument> got;
  std::vector<ItemRow> items;
  ASSERT_TRUE(store_->documents([&](const ItemRow& item, const ClaimDocument& document) {
    items.push_back(item);
    got.push_back(document);
    return true;
  }));
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(items[0].sha256, std::string(64, 'a'));
  EXPECT_EQ(items[0].path, "reports/a.txt");
  EXPECT_EQ(items[0].times_seen, 2U);
  const ClaimDocument& a = got[0];
  EXPECT_EQ(a.id, "a");
  EXPECT_EQ(a.outlet, "Громада");
  EXPECT_EQ(a.published, "2024-03-10");
  EXPECT_EQ(a.url, std::nullopt);
  EXPECT_THAT(a.junk, ElementsAre(3, 4));
  EXPECT_THAT(a.notes, ElementsAre("note"));
  ASSERT_EQ(a.claims.size(), 2U);
  const Claim& figure = a.claims[0];
  EXPECT_EQ(figure.quote, "Понад два мільйони.");
  EXPECT_EQ(figure.span, (Span{0, 35}));
  ASSERT_TRUE(figure.figure);
  EXPECT_EQ(figure.figure->value.str(), "2000000");
  EXPECT_EQ(figure.figure->bound, Bound::over);
  EXPECT_EQ(figure.figure->unit, Unit::passport);
  EXPECT_EQ(figure.figure->text, "Понад два мільйони");
  EXPECT_EQ(figure.when->str(), "../2024-01");
  EXPECT_THAT(figure.sources, ElementsAre("Олег Агарков", "Interfax"));
  EXPECT_EQ(figure.side, Side::russia);
  EXPECT_EQ(figure.credence, Credence::distanced);
  EXPECT_DOUBLE_EQ(figure.confidence, 0.75);
  ASSERT_EQ(figure.why.size(), 1U);
  EXPECT_EQ(figure.why[0].rule, "uk.over");
  EXPECT_THAT(figure.why[0].spans, ElementsAre(Span{0, 10}, Span{11, 17}));
  EXPECT_EQ(figure.why[0].note, "weight 2");
  EXPECT_FALSE(a.claims[1].figure);
  EXPECT_THAT(a.claims[1].targets, ElementsAre("residents", "refusers"));
  EXPECT_EQ(got[1].claims[0].figure->value2->str(), "30.5");
}

TEST_F(StoreTest, FindsByEachFilterAndByAllTogether) {
  struct Case {
    const char* what;
    ClaimFilter filter;
    std::vector<std::string> finds;
  };
  const std::vector<Case> cases = {
      {"nothing asked", {}, {"a#1", "a#2", "b#1"}},
      {"measure", {.measures = {"issuance"}}, {"a#1"}},
      {"one of two measures", {.measures = {"issuance", "fine"}}, {"a#1", "b#1"}},
      {"a place itself", {.places = {"UA-23"}}, {"a#2"}},
      {"a region holds its settlements", {.places = {"UA-65"}}, {"a#2"}},
      {"a settlement does not hold its region", {.places = {"UA-23/Melitopol"}}, {}},
      {"the occupied territories hold regions, settlements and the Donbas", {.places = {"UA-TOT"}}, {"a#1", "a#2", "b#1"}},
      {"the Donbas by its parts", {.places = {"UA-DONBAS"}}, {"b#1"}},
      {"one region is not the Donbas", {.places = {"UA-09"}}, {}},
      {"the country", {.places = {"UA"}}, {"a#1", "a#2", "b#1"}},
      {"another country", {.places = {"RU"}}, {}},
      {"side", {.sides = {Side::resident}}, {"a#2"}},
      {"stance", {.stances = {Stance::planned}}, {"b#1"}},
      {"language", {.languages = {Language::uk}}, {"a#1", "a#2"}},
      {"part of a source's name, any case", {.source = "АГАРКОВ"}, {"a#1"}},
      {"a relay", {.source = "interfax"}, {"a#1"}},
      {"the outlet", {.source = "громада"}, {"a#1", "a#2"}},
      {"a name with a sign of SQL", {.source = "%' OR 1 --"}, {}},
      {"document", {.document = "b"}, {"b#1"}},
      {"figures only", {.with_figure = true}, {"a#1", "b#1"}},
      {"words", {.match = R"("мільйон")"}, {"a#1"}},
      {"since its day: a total stands where it was counted", {.since = day("2024-01-31")}, {"a#1", "a#2"}},
      {"after its month", {.since = day("2024-02-01")}, {"a#2"}},
      {"until before its month", {.until = day("2023-12-31")}, {}},
      {"until in its month; without time the document's day counts", {.until = day("2024-01-15")}, {"a#1"}},
      {"all together", {.measures = {"issuance"}, .places = {"UA-TOT"}, .sides = {Side::russia}, .source = "agarkov"}, {}},
  };
  for (const Case& each : cases) EXPECT_EQ(found(each.filter), each.finds) << each.what;
}

TEST_F(StoreTest, StopsWhenTheReaderHasEnough) {
  int count = 0;
  ASSERT_TRUE(store_->claims({}, [&](const ClaimRow&) { return ++count < 2; }));
  EXPECT_EQ(count, 2);
}

TEST_F(StoreTest, CountsWhatIsThere) {
  const auto counts = store_->counts();
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->items, 3U);
  EXPECT_EQ(counts->unreadable, 1U);
  EXPECT_EQ(counts->documents, 2U);
  EXPECT_EQ(counts->claims, 3U);
  EXPECT_THAT(counts->by_measure, ElementsAre(std::pair("denial-healthcare", 1), std::pair("fine", 1), std::pair("issuance", 1)));
}

TEST_F(StoreTest, KeepsAnUnreadableItemWithItsReason) {
  std::vector<std::optional<std::string>> problems;
  ASSERT_TRUE(store_->items([&](const ItemRow& item) {
    problems.push_back(item.problem);
    return true;
  }));
  EXPECT_THAT(problems, ElementsAre(std::nullopt, std::nullopt, std::optional<std::string>("is empty; kept unread")));
}

TEST_F(StoreTest, ForgetsWhatWasNotCommitted) {
  ItemReading reading;
  reading.problem = Error{ErrorKind::kMalformed, {}, {}, "is empty", {}};
  ASSERT_TRUE(store_->begin());
  ASSERT_TRUE(store_->put(sighting(5, 'd', "d"), &reading));
  store_->roll_back();
  EXPECT_FALSE(store_->has(std::string(64, 'd')).value());
  EXPECT_EQ(store_->end().value(), (ActEnd{{1, 400}, 5}));
}

TEST_F(StoreTest, OpensAgainForReadingOnly) {
  store_.reset();
  auto opened = Store::open(folder_ / "record.db", Store::Mode::read);
  ASSERT_TRUE(opened) << opened.error().line();
  EXPECT_EQ(opened->counts()->claims, 3U);
  EXPECT_EQ(opened->codebook().value(), (std::pair<std::string, std::string>("small", "7")));
  EXPECT_FALSE(opened->begin() && opened->put(sighting(9, 'e', "e"), nullptr));
}

TEST_F(StoreTest, FindsDocumentsByTheirWords) {
  EXPECT_THAT(store_->documents_matching("\"лікарня\"").value(), ElementsAre("a"));
  EXPECT_THAT(store_->documents_matching("\"plan\" AND \"people\"").value(), ElementsAre("b"));
  EXPECT_THAT(store_->documents_matching("\"nowhere\"").value(), IsEmpty());
}

TEST(Store, SaysWhatToDoWithARecordThatIsNone) {
  const TemporaryFolder folder;
  const std::string path = (folder / "record.db").string();
  const auto missing = Store::open(path, Store::Mode::read);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().line(),
            path + ": is missing; it is only a projection of the evidence; run: litopys rebuild " + folder.path().string());

  folder.write("record.db", std::string(5000, 'x'));
  const auto damaged = Store::open(path, Store::Mode::read);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().kind, ErrorKind::kCasebook);
  EXPECT_THAT(damaged.error().line(), HasSubstr("delete it and run: litopys rebuild"));
}

TEST(Words, AreFolded) {
  for (const auto& [word, folded] : std::vector<std::pair<const char*, const char*>>{{"Паспорт", "паспорт"},
                                                                                     {"ЁЖ", "еж"},
                                                                                     {"об’єднання", "обєднання"},
                                                                                     {"об'єднання", "обєднання"},
                                                                                     {"Північно-Східний", "північно східний"},
                                                                                     {"м\u0301ама", "мама"},
                                                                                     {"...", ""},
                                                                                     {"COVID-19", "covid 19"},
                                                                                     {"\xFF\xFE", ""}}) {
    EXPECT_EQ(folded_word(word), folded) << word;
  }
}

}  // namespace
}  // namespace litopys
