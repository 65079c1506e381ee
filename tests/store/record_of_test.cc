// The record of a casebook keeps up with what is added, in whatever order and in however many steps it comes.
#include "store/record_of.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "claim/json.h"
#include "record/json.h"
#include "store/record_kept.h"
#include "store/record_series.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::TemporaryFolder;

struct World {
  Codebook book = load_codebook(std::filesystem::path(LITOPYS_SOURCE_DIR) / "codebooks/passportization").value();
  Gazetteer gazetteer = load_gazetteer(std::filesystem::path(LITOPYS_SOURCE_DIR) / "gazetteer").value();
};

const World& world() {
  static const World loaded;
  return loaded;
}

std::string lines_of(const Record& record) {
  std::string out;
  append_jsonl(out, record);
  return out;
}

// A claim out of few values, so that statements join, figures collide and plans meet their outcomes.
Claim some_claim() {
  using rc::gen::element;
  Claim claim;
  claim.quote = "Issuing was completed, they said.";
  claim.measure = *element<std::string>("issuance", "issuance", "issuance", "application", "target", "deadline", "coercion");
  if (*rc::gen::inRange(0, 4) != 0) {
    Figure figure;
    figure.value = *Decimal::make(*element(40, 41, 45, 90, 300), *element(0, 3));
    figure.bound = *element(Bound::exact, Bound::about, Bound::over, Bound::at_most);
    figure.unit = *element(Unit::passport, Unit::person, Unit::application);
    claim.figure = figure;
  }
  claim.places = {*element<std::string>("UA-65", "UA-65/Kherson", "UA-23", "UA-TOT", "UA-DONBAS")};
  const std::string when = *element<std::string>("", "../2024-01", "../2024-01-20", "2024-01", "../2024", "2023-11/..", "../2024-03-02");
  if (!when.empty()) claim.when = When::parse(when);
  const auto names = *rc::gen::resize(
      3, rc::gen::container<std::vector<std::string>>(element<std::string>("Saldo", "TASS", "RIA Novosti", "Lubinets", "locals")));
  claim.sources = names;
  claim.side = *element(Side::russia, Side::ukraine, Side::media, Side::outlet, Side::resident, Side::unknown);
  claim.stance = *element(Stance::asserted, Stance::asserted, Stance::asserted, Stance::planned, Stance::denied);
  if (*rc::gen::inRange(0, 5) == 0) claim.targets = {"children"};
  return claim;
}

ClaimDocument some_document(int number) {
  using rc::gen::element;
  ClaimDocument out;
  out.id = "d" + std::to_string(number);
  out.language = Language::en;
  if (*rc::gen::inRange(0, 4) != 0) out.outlet = *element<std::string>("TASS", "RIA Novosti", "Sea Herald", "Steppe News");
  const std::string published = *element<std::string>("", "2024", "2024-01", "2024-01-10", "2024-02-11", "2024-04-12", "2024-06-13");
  if (!published.empty()) out.published = published;
  // Texts with a common middle, so that some are near-copies.
  const int from = *rc::gen::inRange(0, 30);
  for (int word = from; word < from + 50; ++word) out.text += "word" + std::to_string(word) + " ";
  for (int count = *rc::gen::inRange(0, 5); count > 0; --count) out.claims.push_back(some_claim());
  return out;
}

// A record to which documents come one after the other.
class Growing {
 public:
  Growing() : store_(Store::create(folder_.path() / "record.db", world().book).value()) {}

  void put(const ClaimDocument& document) {
    ItemReading reading;
    reading.document = document;
    Sighting sighting;
    sighting.entry = documents_.size();
    const std::string number = std::to_string(documents_.size());
    sighting.facts.sha256 = std::string(64 - number.size(), '0') + number;
    sighting.facts.id = document.id;
    sighting.facts.path = document.id + ".txt";
    sighting.facts.taken = "2025-01-01T00:00:00Z";
    EXPECT_TRUE(store_.begin() && store_.put(sighting, &reading) && store_.commit());
    documents_.push_back(document);
    read_.push_back(document);
  }

  // Somebody says something of a claim, if there is one.
  void review() {
    const auto number = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(documents_.size())));
    ClaimDocument& document = documents_[number];
    if (document.claims.empty()) return;
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(document.claims.size())));
    // Alike ones are told apart by their number; this is not what is looked at here.
    const std::string digits = std::to_string(number);
    Review review;
    review.about = {std::string(64 - digits.size(), '0') + digits, document.id, static_cast<int>(n + 1), read_[number].claims[n]};
    review.verdict = *rc::gen::element(Verdict::wrong, Verdict::wrong, Verdict::corrected, Verdict::right, Verdict::open);
    Claim now = read_[number].claims[n];
    if (review.verdict == Verdict::wrong) now = Claim();
    if (review.verdict == Verdict::corrected) take_slots(now, some_claim());
    if (review.verdict == Verdict::corrected || review.verdict == Verdict::right) review.says = now;
    document.claims[n] = now;
    EXPECT_TRUE(store_.begin() && store_.put_act(1000 + reviews_++, "reviewed", "2025-01-02T00:00:00.000Z", json_of(review, "")) &&
                store_.commit());
  }

  // What is kept beside what all of it gives from nothing, given in another order.
  std::pair<std::string, std::string> kept_and_made() {
    EXPECT_TRUE(keep_record(store_, world().book, world().gazetteer));
    EXPECT_TRUE(record_is_kept(store_, world().book).value());
    std::vector<ClaimDocument> others = documents_;
    std::reverse(others.begin(), others.end());
    return {lines_of(record_of(store_, world().book, world().gazetteer).value()),
            lines_of(make_record(std::move(others), world().book, world().gazetteer))};
  }

  Store& store() { return store_; }

 private:
  TemporaryFolder folder_;
  Store store_;
  std::vector<ClaimDocument> documents_, read_;  // as they are, as they were read
  std::uint64_t reviews_ = 0;
};

// The first line in which two records differ.
std::string difference(const std::pair<std::string, std::string>& records) {
  std::istringstream one(records.first), two(records.second);
  std::string kept, made;
  while (true) {
    const bool a = static_cast<bool>(std::getline(one, kept)), b = static_cast<bool>(std::getline(two, made));
    if (!a && !b) return {};
    if (a != b || kept != made) return "kept: " + (a ? kept : "nothing") + "\nmade: " + (b ? made : "nothing");
  }
}

RC_GTEST_PROP(RecordOf, FollowsWhatIsAddedAndEqualsARebuildFromNothing, ()) {
  const int count = *rc::gen::inRange(1, 14);
  Growing growing;
  // As generated: the order of ids says nothing about that of publications.
  for (int i = 0; i < count; ++i) {
    growing.put(some_document(i));
    if (*rc::gen::inRange(0, 2) == 0 && i + 1 < count) continue;  // not looked at after each
    RC_ASSERT(difference(growing.kept_and_made()).empty());
  }
}

RC_GTEST_PROP(RecordOf, FollowsWhatIsReviewedAndEqualsARebuildFromNothing, ()) {
  const int count = *rc::gen::inRange(1, 10);
  Growing growing;
  for (int i = 0; i < count; ++i) {
    growing.put(some_document(i));
    if (*rc::gen::inRange(0, 3) == 0) static_cast<void>(growing.kept_and_made());
    const int reviews = *rc::gen::inRange(0, 4);
    for (int r = 0; r < reviews; ++r) growing.review();
    if (*rc::gen::inRange(0, 2) == 0 && i + 1 < count) continue;
    RC_ASSERT(difference(growing.kept_and_made()) == std::string());
  }
}

// What findings and statement show of a kept record is what the whole one has.
RC_GTEST_PROP(RecordOf, ShowsAPartOfItAsTheWholeHasIt, ()) {
  Growing growing;
  const int count = *rc::gen::inRange(2, 10);
  for (int i = 0; i < count; ++i) growing.put(some_document(i));
  static_cast<void>(growing.kept_and_made());
  const Record whole = record_of(growing.store(), world().book, world().gazetteer).value();
  const auto line = [](const auto& object) {
    std::string out;
    append_json(out, object);
    return out + "\n";
  };
  for (const FindingKind kind : {FindingKind::contradiction, FindingKind::update, FindingKind::scope, FindingKind::true_origin}) {
    const RecordShown shown = record_of(growing.store(), world().book, world().gazetteer, Language::en, {{kind}, {}}).value();
    std::string wanted, found;
    for (const Finding& finding : whole.findings) wanted += finding.kind == kind ? line(finding) : "";
    for (const Finding& finding : shown.record.findings) found += line(finding);
    RC_ASSERT(wanted == found);
    RC_ASSERT(shown.findings == whole.findings.size());
  }
  if (whole.statements.empty()) return;
  const Statement& statement = whole.statements[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(whole.statements.size())))];
  const RecordShown shown =
      record_of(growing.store(), world().book, world().gazetteer, Language::en, {{}, statement.claims.back()}).value();
  RC_ASSERT(shown.record.statements.size() == 1U);
  RC_ASSERT(line(shown.record.statements.front()) == line(statement));
  std::string wanted, found;
  for (const Finding& finding : whole.findings) {
    const bool with = std::any_of(finding.claims.begin(), finding.claims.end(), [&](const std::string& claim) {
      return std::find(statement.claims.begin(), statement.claims.end(), claim) != statement.claims.end();
    });
    wanted += with ? line(finding) : "";
  }
  for (const Finding& finding : shown.record.findings) found += line(finding);
  RC_ASSERT(wanted == found);
  RC_ASSERT(shown.record.claim(statement.voice)->claim->quote == whole.claim(statement.voice)->claim->quote);
}

// What series shows of one measure and place, in every unit and group, and who carries it.
RC_GTEST_PROP(RecordOf, ShowsASeriesAsTheWholeHasIt, ()) {
  Growing growing;
  const int count = *rc::gen::inRange(2, 10);
  std::vector<ClaimDocument> documents;
  for (int i = 0; i < count; ++i) {
    documents.push_back(some_document(i));
    growing.put(documents.back());
  }
  static_cast<void>(growing.kept_and_made());
  const Record whole = record_of(growing.store(), world().book, world().gazetteer).value();
  const auto measure = *rc::gen::element<std::string>("issuance", "application", "target");
  for (const std::string place : {"UA-65", "UA-65/Kherson", "UA-23", "UA-TOT", "UA-DONBAS"}) {
    SeriesPart part{measure, place, {}};
    std::set<std::string> names;
    for (const ClaimDocument& document : documents) {
      for (std::size_t n = 0; n < document.claims.size(); ++n) {
        if (document.claims[n].measure != measure) continue;
        part.claims.emplace_back(document.id, static_cast<int>(n + 1));
        names.insert(document.id + "#" + std::to_string(n + 1));
      }
    }
    const Record shown = record_of_series(growing.store(), world().book, world().gazetteer, part).value();
    std::string wanted, found;
    for (const Statement& statement : whole.statements) {
      if (names.contains(statement.claims.front())) append_json(wanted, statement);
    }
    for (const RecordSeries& series : whole.series) {
      if (series.measure == measure && series.place == place) append_json(wanted, series);
    }
    for (const Statement& statement : shown.statements) append_json(found, statement);
    for (const RecordSeries& series : shown.series) append_json(found, series);
    RC_ASSERT(wanted == found);
  }
}

std::filesystem::path shared_folder() { return std::filesystem::path(LITOPYS_SOURCE_DIR) / ".." / "shared" / "eval"; }

// The scenarios of the contract hold every kind of finding; their documents come in two orders.
TEST(RecordOf, FollowsEveryScenarioOfTheContractDocumentByDocument) {
  if (!std::filesystem::exists(shared_folder() / "record")) GTEST_SKIP() << "the scenarios are not beside the source";
  std::mt19937 random(7);
  for (const auto& file : std::filesystem::directory_iterator(shared_folder() / "record")) {
    if (file.path().extension() != ".json") continue;
    simdjson::dom::parser parser;
    std::vector<ClaimDocument> documents;
    for (const auto d : parser.load(file.path().string())["documents"].get_array())
      documents.push_back(parse_claim_document(simdjson::minify(d), "scenario").value());
    for (int order = 0; order < 2; ++order) {
      Growing growing;
      for (const ClaimDocument& document : documents) {
        growing.put(document);
        ASSERT_EQ(difference(growing.kept_and_made()), "") << file.path().filename() << " after " << document.id;
      }
      std::shuffle(documents.begin(), documents.end(), random);
    }
  }
}

// Sets of the generator: contradictions of pairs, periods and parts, relays, copies; some documents come late.
TEST(RecordOf, FollowsTheDocumentsOfTheGenerator) {
  if (!std::filesystem::exists(shared_folder() / "make_claims.py")) GTEST_SKIP() << "the generator is not beside the source";
  constexpr int kSets = 6, kLate = 12;
  for (int seed = 1; seed <= kSets; ++seed) {
    const TemporaryFolder folder;
    const std::string made = (folder.path() / "made.jsonl").string();
    const std::string command = "python3 '" + (shared_folder() / "make_claims.py").string() + "' 1000 '" + made + "' '" + made +
                                ".truth' --planted 60 --seed " + std::to_string(seed);
    ASSERT_EQ(std::system(command.c_str()), 0);
    std::vector<ClaimDocument> documents;
    std::ifstream lines(made);
    for (std::string line; std::getline(lines, line);) documents.push_back(parse_claim_document(line, made).value());
    std::mt19937 random(static_cast<unsigned>(seed));
    std::shuffle(documents.begin(), documents.end(), random);
    Growing growing;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      growing.put(documents[i]);
      if (i + kLate < documents.size()) continue;
      ASSERT_EQ(difference(growing.kept_and_made()), "") << "seed " << seed << " after " << documents[i].id;
    }
  }
}

}  // namespace
}  // namespace litopys
