// The scenarios and the generator that come with the contract, where they are present.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "claim/json.h"
#include "record/sample.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

using simdjson::dom::element;

std::filesystem::path shared_folder() { return std::filesystem::path(LITOPYS_SOURCE_DIR) / ".." / "shared" / "eval"; }

std::vector<std::string> strings(element list) {
  std::vector<std::string> out;
  for (const element s : list.get_array()) out.emplace_back(std::string_view(s));
  std::sort(out.begin(), out.end());
  return out;
}

std::string text_of(element object, const char* key) {
  std::string_view out;
  return object[key].get(out) == simdjson::SUCCESS ? std::string(out) : std::string();
}

std::vector<std::string> wrong_in(const element& scenario) {
  std::vector<ClaimDocument> documents;
  for (const element d : scenario["documents"].get_array())
    documents.push_back(parse_claim_document(simdjson::minify(d), "scenario").value());
  const Record record = record_of(std::move(documents));
  std::vector<std::string> wrong;
  std::vector<std::string> wanted;
  const element expect = scenario["expect"];
  for (const element f : expect["findings"].get_array()) wanted.push_back(text_of(f, "kind") + " " + joined(strings(f["claims"])));
  std::sort(wanted.begin(), wanted.end());
  const std::vector<std::string> found = findings(record);
  for (const std::string& f : wanted) {
    if (std::find(found.begin(), found.end(), f) == found.end()) wrong.push_back("missing " + f);
  }
  for (const std::string& f : found) {
    if (std::find(wanted.begin(), wanted.end(), f) == wanted.end()) wrong.push_back("not expected " + f);
  }
  std::map<std::string, std::size_t> cluster;  // only the claims that are listed are judged
  std::size_t number = 0;
  for (const element s : expect["statements"].get_array()) {
    for (const std::string& c : strings(s)) cluster[c] = number;
    ++number;
  }
  std::map<std::size_t, std::set<std::string>> of_cluster;
  for (const Statement& s : record.statements) {
    std::set<std::size_t> here;
    for (const std::string& c : s.claims) {
      if (const auto at = cluster.find(c); at != cluster.end()) {
        here.insert(at->second);
        of_cluster[at->second].insert(s.id);
      }
    }
    if (here.size() > 1) wrong.push_back("joined " + s.id);
  }
  for (const auto& [c, ids] : of_cluster) {
    if (ids.size() > 1) wrong.push_back("split " + *ids.begin());
  }
  for (const element b : expect["bands"].get_array()) {
    std::vector<std::string> group;
    element list;
    if (b["group"].get(list) == simdjson::SUCCESS) group = strings(list);
    const std::string got = band(record, text_of(b, "place"), text_of(b, "side"), text_of(b, "at"), group, text_of(b, "measure"));
    std::string want = "contradicted";
    element low, high;
    if (b["low"].get(low) == simdjson::SUCCESS && b["high"].get(high) == simdjson::SUCCESS) {
      want = Amount::of(*Decimal::parse(simdjson::minify(low)))->str() + ".." +
             (high.is_null() ? "" : Amount::of(*Decimal::parse(simdjson::minify(high)))->str());
    }
    if (got != want)
      wrong.push_back("band " + text_of(b, "place") + " " + text_of(b, "side") + " " + text_of(b, "at") + ": " + got + ", not " + want);
  }
  std::vector<std::string> copies, wanted_copies;
  for (const Reprints& r : record.reprints) copies.push_back(joined(r.documents));
  element groups;
  if (expect["reprints"].get(groups) == simdjson::SUCCESS) {
    for (const element g : groups.get_array()) wanted_copies.push_back(joined(strings(g)));
  }
  if (copies != wanted_copies) wrong.push_back("reprints");
  return wrong;
}

TEST(RecordScenarios, AreAllRight) {
  const std::filesystem::path folder = shared_folder() / "record";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "not run: " << folder << " is absent";
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    simdjson::dom::parser parser;
    element scenario;
    ASSERT_EQ(parser.load(entry.path().string()).get(scenario), simdjson::SUCCESS) << entry.path();
    element expect;
    if (scenario["expect"].get(expect) != simdjson::SUCCESS) continue;
    EXPECT_THAT(wrong_in(scenario), ::testing::IsEmpty()) << entry.path().filename();
    ++count;
  }
  EXPECT_GT(count, 0);
}

// What was planted in a generated set, and only that, is found; no claim of a finding can be spared.
TEST(RecordScenarios, PlantedContradictionsAreAllFoundAndNoneInvented) {
  const std::filesystem::path maker = shared_folder() / "make_claims.py";
  if (!std::filesystem::exists(maker)) GTEST_SKIP() << "not run: " << maker << " is absent";
  if (std::system("python3 -c pass > /dev/null 2>&1") != 0) GTEST_SKIP() << "not run: python3 is absent";
  const testing::TemporaryFolder folder;
  // LITOPYS_SEEDS=100 is the whole promise; three are enough to see a change break it.
  const char* seeds = std::getenv("LITOPYS_SEEDS");
  int planted = 0;
  for (int seed = 1; seed <= (seeds != nullptr ? std::atoi(seeds) : 3); ++seed) {
    const std::filesystem::path documents_file = folder.path() / "documents.jsonl", truth_file = folder.path() / "truth.jsonl";
    const std::string command = "python3 '" + maker.string() + "' 1000 '" + documents_file.string() + "' '" + truth_file.string() +
                                "' --planted 8 --seed " + std::to_string(seed);
    ASSERT_EQ(std::system(command.c_str()), 0);
    std::vector<ClaimDocument> documents;
    std::string line;
    for (std::ifstream in(documents_file); std::getline(in, line);) documents.push_back(parse_claim_document(line, "made").value());
    const Record record = record_of(documents);
    std::vector<std::string> wanted, found;
    std::map<std::string, std::vector<std::string>> statements_of;
    for (std::ifstream in(truth_file); std::getline(in, line);) {
      simdjson::dom::parser parser;
      const element truth = parser.parse(line);
      if (text_of(truth, "type") == "finding") wanted.push_back(text_of(truth, "kind") + " " + joined(strings(truth["claims"])));
    }
    for (const std::string& f : findings(record)) {
      if (!f.starts_with("update") && !f.starts_with("scope") && !f.starts_with("rounding")) found.push_back(f);
    }
    std::sort(wanted.begin(), wanted.end());
    EXPECT_EQ(found, wanted) << "seed " << seed;
    planted +=
        static_cast<int>(std::count_if(wanted.begin(), wanted.end(), [](const std::string& f) { return f.starts_with("contradiction"); }));
    for (const Finding& f : record.findings) {
      if (f.kind != FindingKind::contradiction) continue;
      for (const std::string& spared : f.claims) {
        std::vector<ClaimDocument> rest;
        for (const ClaimDocument& d : documents) {
          ClaimDocument kept = document(d.id, d.outlet.value_or(""), d.published.value_or(""), {});
          for (std::size_t n = 1; n <= d.claims.size(); ++n) {
            const std::string name = d.id + "#" + std::to_string(n);
            if (name != spared && std::find(f.claims.begin(), f.claims.end(), name) != f.claims.end())
              kept.claims.push_back(d.claims[n - 1]);
          }
          if (!kept.claims.empty()) rest.push_back(std::move(kept));
        }
        for (const std::string& other : findings(record_of(rest))) {
          EXPECT_FALSE(other.starts_with("contradiction")) << "without " << spared << " of " << joined(f.claims);
        }
      }
    }
  }
  RecordProperty("planted", planted);
  EXPECT_GT(planted, 0);
}

}  // namespace
}  // namespace litopys
