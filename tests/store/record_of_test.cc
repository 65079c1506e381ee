// The record of a casebook keeps up with what is added, in whatever order and in however many steps it comes.
#include "store/record_of.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "record/json.h"
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

RC_GTEST_PROP(RecordOf, FollowsWhatIsAddedAndEqualsARebuildFromNothing, ()) {
  const int count = *rc::gen::inRange(1, 9);
  std::vector<ClaimDocument> documents;
  for (int i = 0; i < count; ++i) documents.push_back(some_document(i));
  const TemporaryFolder folder;
  Store store = Store::create(folder / "record.db", world().book).value();
  std::vector<ClaimDocument> added;
  // As generated: the order of ids says nothing about that of publications.
  std::uint64_t end = 0;
  for (const ClaimDocument& document : documents) {
    ItemReading reading;
    reading.document = document;
    Sighting sighting;
    sighting.entry = end++;
    sighting.facts.sha256 = std::string(60, '0') + std::to_string(1000 + added.size());
    sighting.facts.id = document.id;
    sighting.facts.path = document.id + ".txt";
    sighting.facts.taken = "2025-01-01T00:00:00Z";
    RC_ASSERT(store.begin().has_value());
    RC_ASSERT(store.put(sighting, &reading).has_value());
    RC_ASSERT(store.commit().has_value());
    added.push_back(document);
    if (*rc::gen::inRange(0, 2) == 0 && added.size() < documents.size()) continue;  // not looked at after each
    const Result<Record> kept = record_of(store, world().book, world().gazetteer);
    RC_ASSERT(kept.has_value());
    std::vector<ClaimDocument> others = added;
    std::reverse(others.begin(), others.end());
    RC_ASSERT(lines_of(*kept) == lines_of(make_record(std::move(others), world().book, world().gazetteer)));
  }
}

}  // namespace
}  // namespace litopys
