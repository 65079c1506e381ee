// Small worlds, several for each rule of the record, with what is to be found in each worked out by hand beforehand (scenarios/*.txt).
//
//   == what the scenario shows
//   why: how the outcome was worked out
//   DOCUMENT | OUTLET or - | PUBLISHED or -
//     WHAT | PLACES | WHEN | SOURCES | SIDE | STANCE | GROUP | QUOTE           - for none; from the stance on may be left out
//     text 1-60 200-210                                                        its words, by number
//   finds KIND CLAIM…          all findings, and these only
//   never KIND CLAIM…          for people: what might be taken for one
//   one CLAIM…                 a whole statement
//   voice CLAIM                speaks for its statement
//   band PLACE SIDE DAY LOW..HIGH [for GROUP] [of MEASURE]
//   noband PLACE               has points and no bands
//   copies DOCUMENT…           all groups of near-copies, in order
//   note TEXT                  a note begins with it
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "record/sample.h"

namespace litopys {
namespace {

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

std::vector<std::string> cells_of(std::string_view text, char between) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i <= text.size();) {
    const std::size_t end = std::min(text.find(between, i), text.size());
    out.push_back(trimmed(text.substr(i, end - i)));
    if (out.back() == "-") out.back().clear();
    i = end + 1;
  }
  return out;
}

std::vector<std::string> listed(const std::string& text, char between) {
  return text.empty() ? std::vector<std::string>{} : cells_of(text, between);
}

// "1-3 9-9": "word1 word2 word3 word9".
std::string words_of(std::string_view ranges) {
  std::string out;
  for (const std::string& range : cells_of(ranges, ' ')) {
    const std::size_t dash = range.find('-');
    for (int i = std::stoi(range.substr(0, dash)); i <= std::stoi(range.substr(dash + 1)); ++i) out += "word" + std::to_string(i) + " ";
  }
  return out;
}

Claim claim_of_line(std::string_view line) {
  std::vector<std::string> cells = cells_of(line, '|');
  cells.resize(8);
  Claim out = claim(cells[0], cells[1], cells[2], listed(cells[3], ','), parse_name<Side>(cells[4]).value(),
                    cells[5].empty() ? Stance::asserted : parse_name<Stance>(cells[5]).value(), listed(cells[6], '+'));
  if (!cells[7].empty()) out.quote = cells[7];
  return out;
}

struct Scenario {
  std::string file, title;
  std::vector<ClaimDocument> documents;
  std::vector<std::string> finds, ones, voices, bands, without_bands, copies, notes;
};

std::string after_word(const std::string& line) { return line.substr(line.find(' ') + 1); }

// The first word stays, the others are sorted.
std::string sorted_claims(const std::string& line) {
  std::vector<std::string> words = cells_of(line, ' ');
  std::sort(words.begin() + 1, words.end());
  return joined(words);
}

void take_line(const std::string& line, Scenario& into) {
  const std::string word = line.substr(0, line.find(' '));
  if (line.starts_with("  text ")) {
    into.documents.back().text = words_of(std::string_view(line).substr(7));
  } else if (line.starts_with("  ")) {
    into.documents.back().claims.push_back(claim_of_line(line));
  } else if (word == "finds") {
    into.finds.push_back(sorted_claims(after_word(line)));
  } else if (word == "one") {
    into.ones.push_back(after_word(line));
  } else if (word == "voice") {
    into.voices.push_back(after_word(line));
  } else if (word == "band") {
    into.bands.push_back(after_word(line));
  } else if (word == "noband") {
    into.without_bands.push_back(after_word(line));
  } else if (word == "copies") {
    into.copies.push_back(after_word(line));
  } else if (word == "note") {
    into.notes.push_back(after_word(line));
  } else if (word != "why:" && word != "never") {
    const std::vector<std::string> head = cells_of(line, '|');
    into.documents.push_back(document(head.at(0), head.at(1), head.at(2), {}));
  }
}

std::vector<Scenario> scenarios() {
  std::vector<Scenario> out;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(LITOPYS_SOURCE_DIR) / "tests/record/scenarios")) {
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("== ")) {
        out.push_back({entry.path().filename(), line.substr(3), {}, {}, {}, {}, {}, {}, {}, {}});
      } else if (!line.empty()) {
        take_line(line, out.back());
      }
    }
  }
  return out;
}

void judge_bands(const Scenario& scenario, const Record& record) {
  for (const std::string& wanted : scenario.bands) {
    std::istringstream words(wanted);
    std::string place, side, day, range, word, group, measure = "issuance";
    words >> place;
    while (words >> word && !parse_name<Side>(word) && word != "all") place += " " + word;
    side = word;
    words >> day >> range;
    while (words >> word) words >> (word == "for" ? group : measure);
    EXPECT_EQ(band(record, place, side, day, listed(group, '+'), measure), range) << wanted;
  }
  for (const std::string& place : scenario.without_bands) {
    const auto series = std::find_if(record.series.begin(), record.series.end(), [&](const RecordSeries& s) { return s.place == place; });
    ASSERT_NE(series, record.series.end()) << place;
    EXPECT_TRUE(series->bands.empty()) << place;
  }
}

void judge(const Scenario& scenario) {
  const Record record = record_of(scenario.documents);
  EXPECT_THAT(findings(record), testing::UnorderedElementsAreArray(scenario.finds));
  const std::vector<std::string> said = statements(record);
  for (const std::string& one : scenario.ones) EXPECT_THAT(said, testing::Contains(one));
  std::vector<std::string> voices;
  for (const Statement& s : record.statements) voices.push_back(s.voice);
  for (const std::string& voice : scenario.voices) EXPECT_THAT(voices, testing::Contains(voice));
  judge_bands(scenario, record);
  std::vector<std::string> copies;
  for (const Reprints& r : record.reprints) copies.push_back(joined(r.documents));
  EXPECT_THAT(copies, testing::ElementsAreArray(scenario.copies));
  for (const std::string& note : scenario.notes) EXPECT_THAT(record.notes, testing::Contains(testing::StartsWith(note + ":")));
}

TEST(RecordOwnScenarios, AreAllAsWorkedOutByHand) {
  const std::vector<Scenario> all = scenarios();
  EXPECT_GT(all.size(), 80U);
  for (const Scenario& scenario : all) {
    SCOPED_TRACE(scenario.file + ": " + scenario.title);
    judge(scenario);
  }
}

// The record is one of the set of documents.
TEST(RecordOwnScenarios, HangOnNoOrder) {
  for (Scenario& scenario : scenarios()) {
    if (scenario.title.starts_with("a second document")) continue;  // which of two is kept hangs on what they say
    SCOPED_TRACE(scenario.file + ": " + scenario.title + ", backwards");
    std::reverse(scenario.documents.begin(), scenario.documents.end());
    judge(scenario);
  }
}

}  // namespace
}  // namespace litopys
