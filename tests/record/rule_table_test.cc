// The edges of the contract's rules, a row each: what just holds and what just does not. A row is a small world of documents, written
// short, and all findings of it besides its statements.
//
//   DOCUMENT OUTLET PUBLISHED: WHAT @PLACE [WHEN] [by SOURCE, SOURCE] SIDE [STANCE] [for GROUP]; more claims of the document
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/sample.h"

namespace litopys {
namespace {

std::vector<std::string> parts_of(std::string_view text, std::string_view between) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i <= text.size();) {
    const std::size_t end = std::min(text.find(between, i), text.size());
    out.emplace_back(text.substr(i, end - i));
    i = end + between.size();
  }
  return out;
}

Claim claim_of(const std::string& line) {
  std::string what, place, when, group, sources, quote;
  Side side = Side::outlet;
  Stance stance = Stance::asserted;
  bool naming = false;
  for (const std::string& word : parts_of(line, " ")) {
    if (word.empty()) continue;
    if (const auto known = parse_name<Side>(word); known && !place.empty() && !(naming && sources.empty())) {
      side = *known;
      naming = false;
    } else if (const auto told = parse_name<Stance>(word); told && !naming && !place.empty()) {
      stance = *told;
    } else if (word == "by") {
      naming = true;
    } else if (naming) {
      sources += (sources.empty() ? "" : " ") + word;
    } else if (word.starts_with('@')) {
      place = word.substr(1);
    } else if (word.starts_with("for:")) {
      group = word.substr(4);
    } else if (word.starts_with('"')) {
      quote = word;
    } else if (place.empty()) {
      what += (what.empty() ? "" : " ") + word;
    } else {
      when = word;
    }
  }
  Claim out = claim(what, place == "nowhere" ? "" : place, when, sources.empty() ? std::vector<std::string>{} : parts_of(sources, ", "),
                    side, stance, group.empty() ? std::vector<std::string>{} : parts_of(group, "+"));
  if (!quote.empty()) out.quote = quote;
  return out;
}

// "TASS 2024-03-01: claim; claim", named a, b, c … in the order of the lines. "-" is no outlet, "?" no date.
std::vector<ClaimDocument> world_of(std::string_view lines) {
  std::vector<ClaimDocument> out;
  for (const std::string& line : parts_of(lines, "\n")) {
    if (line.empty()) continue;
    const std::size_t colon = line.find(": ");
    const auto head = parts_of(line.substr(0, colon), " ");
    std::vector<Claim> claims;
    for (const std::string& one : parts_of(line.substr(colon + 2), "; ")) claims.push_back(claim_of(one));
    out.push_back(document(std::string(1, static_cast<char>('a' + out.size())), head[0] == "-" ? "" : head[0],
                           head[1] == "?" ? "" : head[1], std::move(claims)));
  }
  return out;
}

struct Row {
  const char* says;
  const char* world;
  std::vector<std::string> statements;  // empty: not looked at
  std::vector<std::string> findings;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      // ---- one utterance
      {"totals 31 days apart are one utterance, 32 are two",
       "X 2024-05-20: issuance exact 4711 passport @UA-65 ../2024-03-01 by Saldo russia\n"
       "Y 2024-05-21: issuance exact 4711 passport @UA-65 ../2024-04-01 by Saldo russia\n"
       "Z 2024-05-22: issuance exact 4711 passport @UA-65 ../2024-05-04 by Saldo russia",
       {"a#1 b#1", "c#1"},
       {}},
      {"a total and a period of one number are two utterances",
       "X 2024-05-20: issuance exact 4711 passport @UA-65 ../2024-05 by Saldo russia\n"
       "Y 2024-05-21: issuance exact 4711 passport @UA-65 2024-05 by Saldo russia",
       {"a#1", "b#1"},
       {}},
      {"an undated claim joins the dated one of its document before a nearer one elsewhere",
       "X 2024-05-20: issuance exact 4711 passport @UA-65 ../2024-01-01 by Saldo russia\n"
       "Y 2024-05-20: issuance exact 4711 passport @UA-65 ../2024-05-20 by Saldo russia\n"
       "Z 2024-05-21: issuance exact 4711 passport @UA-65 by Saldo russia; issuance exact 4711 passport @UA-65 ../2024-01-02 by Saldo "
       "russia",
       {"a#1 c#1 c#2", "b#1"},
       {}},
      {"person is passport where passports are issued, and an application where they are asked for",
       "X 2024-05-20: issuance exact 4711 person @UA-65 by Saldo russia; application exact 92 person @UA-65 by Saldo russia\n"
       "Y 2024-05-21: issuance exact 4711 passport @UA-65 by Saldo russia; application exact 92 application @UA-65 by Saldo russia",
       {"a#1 b#1", "a#2 b#2"},
       {"scope a#1 a#2"}},
      {"a relay is shown by the claim in its own document before a nearer one",
       "Y 2024-05-21: issuance exact 4711 passport @UA-65 by TASS russia; issuance exact 4711 passport @UA-65 by Saldo, TASS russia\n"
       "TASS 2024-05-21: issuance exact 4711 passport @UA-65 by Rogov russia",
       {"b#1", "a#1 a#2"},
       {"true-origin a#1 a#2"}},
      {"a relay is shown by the outlet's own document before an earlier one elsewhere",
       "X 2024-05-20: issuance exact 4711 passport @UA-65 by Saldo, TASS russia\n"
       "TASS 2024-05-22: issuance exact 4711 passport @UA-65 by Rogov russia\n"
       "Y 2024-05-23: issuance exact 4711 passport @UA-65 by TASS russia",
       {"a#1", "b#1 c#1"},
       {"true-origin b#1 c#1"}},
      {"a claim without a figure shows no relay",
       "TASS 2024-05-20: coercion @UA-65 by Saldo russia\n"
       "Y 2024-05-21: coercion @UA-65 by TASS russia",
       {"a#1", "b#1"},
       {}},
      {"an outlet's own line over its quoted one is the speaker's, and no hidden origin",
       "TASS 2024-05-20: issuance exact 4711 passport @UA-65 outlet; issuance exact 4711 passport @UA-65 by Saldo russia",
       {"a#1 a#2"},
       {}},
      {"three documents of two outlets are not three outlets",
       "X 2024-05-20: coercion @UA-65 by Lubinets ukraine\n"
       "X 2024-05-21: coercion @UA-65 by Lubinets ukraine\n"
       "Y 2024-05-22: coercion @UA-65 by Lubinets ukraine",
       {"a#1 b#1 c#1"},
       {}},
      {"documents without an outlet are outlets of their own",
       "- 2024-05-20: coercion @UA-65 by Lubinets ukraine\n"
       "- 2024-05-21: coercion @UA-65 by Lubinets ukraine\n"
       "Y 2024-05-22: coercion @UA-65 by Lubinets ukraine",
       {"a#1 b#1 c#1"},
       {"one-origin a#1 b#1 c#1"}},
      {"three names in a ring, told within a month",
       "Alpha 2024-05-20: issuance exact 4711 passport @UA-65 by Beta media\n"
       "Beta 2024-05-21: issuance exact 4711 passport @UA-65 by Gamma media\n"
       "Gamma 2024-05-22: issuance exact 4711 passport @UA-65 by Alpha media",
       {"a#1", "b#1", "c#1"},
       {"circular a#1 b#1 c#1"}},
      {"no ring where one of its claims is too late",
       "Alpha 2024-05-20: issuance exact 4711 passport @UA-65 by Beta media\n"
       "Beta 2024-06-21: issuance exact 4711 passport @UA-65 by Alpha media",
       {"a#1", "b#1"},
       {}},
      // ---- update, restated, rounding
      {"a total that may be the same number is no update",
       "X 2024-03-02: issuance exact 21000 passport @UA-65 ../2024-03-01 by Saldo russia\n"
       "X 2024-06-02: issuance exact 22000 passport @UA-65 ../2024-06-01 by Saldo russia\n"
       "X 2024-09-02: issuance about 23000 passport @UA-65 ../2024-09-01 by Saldo russia",
       {},
       {"update a#1 b#1"}},
      {"an open figure is updated by what is higher at the least",
       "X 2024-03-02: issuance over 21000 passport @UA-65 ../2024-03-01 by Saldo russia\n"
       "X 2024-06-02: issuance over 21500 passport @UA-65 ../2024-06-01 by Saldo russia",
       {},
       {"update a#1 b#1"}},
      {"totals for unlike groups, places or units are no updates of each other",
       "X 2024-03-02: issuance exact 2101 passport @UA-65 ../2024-03-01 by Saldo russia\n"
       "X 2024-06-02: issuance exact 3101 passport @UA-65 ../2024-06-01 by Saldo russia for:children\n"
       "X 2024-06-03: issuance exact 3102 passport @UA-23 ../2024-06-01 by Saldo russia\n"
       "X 2024-06-04: issuance exact 31 percent @UA-65 ../2024-06-01 by Saldo russia",
       {},
       {}},
      {"an undated figure counts from its publication",
       "X 2024-03-02: issuance exact 2101 passport @UA-65 by Saldo russia\n"
       "X 2024-06-02: issuance exact 3101 passport @UA-65 by Saldo russia",
       {},
       {"update a#1 b#1"}},
      {"a figure told again 31 days later is news, 32 days later it is restated",
       "X 2024-03-01: issuance exact 2101 passport @UA-65 ../2024-02-29 by Saldo russia\n"
       "Y 2024-04-01: issuance exact 2101 passport @UA-65 by Saldo russia\n"
       "Z 2024-04-02: issuance exact 2101 passport @UA-65 by Saldo russia",
       {},
       {"restated a#1 c#1"}},
      {"what is told with its old date, or an older one, is not restated",
       "X 2024-03-01: issuance exact 2101 passport @UA-65 ../2024-02-29 by Saldo russia\n"
       "Y 2024-08-01: issuance exact 2101 passport @UA-65 ../2024-03 by Saldo russia\n"
       "Z 2024-08-02: issuance exact 2101 passport @UA-65 ../2023-06 by Saldo russia",
       {},
       {}},
      {"two roundings of one body at one time; another body's is its own",
       "X 2024-03-02: issuance exact 23400 passport @UA-65 ../2024-03-01 by Saldo russia; "
       "issuance exact 23000 passport @UA-65 ../2024-03-01 by Saldo russia; "
       "issuance exact 23400 passport @UA-65 ../2024-03-01 by Volk russia",
       {},
       {"rounding a#1 a#2"}},
      // ---- contradictions
      {"figures that touch do not contradict",
       "X 2024-03-02: issuance at-least 300 passport @UA-65 ../2024-03-01 by Saldo russia\n"
       "X 2024-04-02: issuance at-most 300 passport @UA-65 ../2024-04-01 by Rogov russia",
       {},
       {}},
      {"a year's total bounds from above only on the day before the year",
       "X 2024-09-02: issuance exact 311 passport @UA-65 ../2024 by Saldo russia\n"
       "X 2024-09-03: issuance over 400 passport @UA-65 ../2024-02-01 by Rogov russia\n"
       "X 2024-09-04: issuance over 400 passport @UA-65 ../2023-12-31 by Balitsky russia",
       {},
       {"contradiction a#1 c#1"}},
      {"a doubtful date is none",
       "X 2024-09-02: issuance exact 311 passport @UA-65 ../2024-03-01? by Saldo russia\n"
       "X 2024-09-03: issuance over 400 passport @UA-65 ../2024-02-01 by Rogov russia",
       {},
       {}},
      {"a group within a group cannot be larger, an unlike one can",
       "X 2024-03-02: issuance at-most 300 passport @UA-65 ../2024-03-01 by Saldo russia for:children+pensioners\n"
       "X 2024-03-02: issuance over 400 passport @UA-65 ../2024-02-01 by Rogov russia for:pensioners\n"
       "X 2024-03-02: issuance over 400 passport @UA-65 ../2024-02-01 by Balitsky russia for:students",
       {},
       {"contradiction a#1 b#1"}},
      {"a town's figure meets the ceiling of the whole territory",
       "X 2024-03-02: issuance at-most 300 passport @UA-TOT ../2024-03-01 by Saldo russia\n"
       "X 2024-03-02: issuance over 400 passport @UA-65/Kherson ../2024-02-01 by Rogov russia\n"
       "X 2024-03-02: issuance over 400 passport @UA-43 ../2024-02-01 by Balitsky russia",
       {},
       {"contradiction a#1 b#1"}},
      {"a dated denial stands against dated assertions only, a figure against that figure",
       "X 2024-03-02: issuance exact 300 passport @UA-65 ../2024-03-01 by Lubinets ukraine denied\n"
       "Y 2024-03-03: issuance about 300 passport @UA-65 ../2024-03-02 by Saldo russia\n"
       "Y 2024-03-03: issuance exact 310 passport @UA-65 ../2024-03-02 by Volk russia",
       {},
       {"contradiction a#1 b#1"}},
      {"nobody contradicts himself by a denial",
       "X 2024-03-02: coercion @UA-65 by Saldo russia denied\n"
       "Y 2024-03-03: coercion @UA-65 by Saldo russia",
       {},
       {}},
      {"a denial about a town does not meet what is said of its region",
       "X 2024-03-02: coercion @UA-65/Kherson by Saldo russia denied\n"
       "Y 2024-03-03: coercion @UA-65 by Lubinets ukraine",
       {},
       {}},
      {"of two dates for one deadline the pair that was told first",
       "X 2024-01-02: deadline @UA-65 ../2024-06-01 by Saldo russia planned\n"
       "X 2024-02-02: deadline @UA-65 ../2024-06-01 by Rogov russia planned\n"
       "X 2024-03-02: deadline @UA-65 2024-08-01 by Volk russia\n"
       "X 2024-03-03: deadline @UA-65 ../2024-08-01 by Balitsky russia possible",
       {},
       {"contradiction a#1 c#1"}},
      // ---- plans
      {"a goal reached 31 days after its date is met, 32 days after it decides nothing",
       "X 2024-01-10: target exact 5000 person @UA-65 ../2024-06-30 by Saldo russia planned\n"
       "X 2024-08-05: issuance over 5100 passport @UA-65 ../2024-08-01 by Volk russia",
       {},
       {}},
      {"the last day on which a goal is met",
       "X 2024-01-10: target exact 5000 person @UA-65 ../2024-06-30 by Saldo russia planned\n"
       "X 2024-08-05: issuance over 5100 passport @UA-65 ../2024-07-31 by Volk russia",
       {},
       {"plan-met a#1 b#1"}},
      {"not more than so many is no goal, and what was counted before the plan is no outcome",
       "X 2024-01-10: target at-most 5000 person @UA-65 ../2024-06-30 by Saldo russia planned; "
       "target exact 6000 person @UA-65 ../2024-06-30 by Saldo russia planned\n"
       "X 2024-08-05: issuance over 6100 passport @UA-65 ../2024-01-09 by Volk russia",
       {},
       {}},
      {"a denial before the date is no outcome, one after it is",
       "X 2024-01-10: target exact 5000 person @UA-65 ../2024-06-30 by Saldo russia planned\n"
       "X 2024-06-20: issuance exact 5000 passport @UA-65 ../2024-06-30 by Lubinets ukraine denied\n"
       "X 2024-07-20: issuance @UA-65 ../2024-06-30 by Fedorov ukraine denied",
       {},
       {"plan-missed a#1 c#1"}},
      // ---- scope
      {"a month's count beside the total of its end counts something else",
       "X 2024-06-02: issuance exact 901 passport @UA-65 ../2024-05-31 by Saldo russia; issuance exact 41 passport @UA-65 2024-05 by Volk "
       "russia",
       {},
       {"scope a#1 a#2"}},
      {"a period that ended long before the total is not beside it",
       "X 2024-06-02: issuance exact 901 passport @UA-65 ../2024-05-31 by Saldo russia; issuance exact 41 passport @UA-65 2024-03 by Volk "
       "russia",
       {},
       {}},
      {"part and whole in one document, or by two voices, are not taken for each other",
       "X 2024-06-02: issuance exact 901 passport @UA-65 ../2024-05-31 by Saldo russia; "
       "issuance exact 41 passport @UA-65/Kherson ../2024-05-31 by Saldo russia\n"
       "X 2024-06-03: issuance exact 41 passport @UA-65/Kherson ../2024-05-31 by Volk russia",
       {},
       {}},
      {"two things at once are no question of scope",
       "X 2024-06-02: issuance exact 901 passport @UA-65 ../2024-05-31 by Saldo russia; application exact 41 application @UA-65 2024-05 by "
       "Saldo russia",
       {},
       {}},
  };
  return all;
}

TEST(RecordRules, HoldAtTheirEdges) {
  for (const Row& row : rows()) {
    const Record record = record_of(world_of(row.world));
    if (!row.statements.empty()) {
      EXPECT_THAT(statements(record), testing::UnorderedElementsAreArray(row.statements)) << row.says;
    }
    EXPECT_THAT(findings(record), testing::UnorderedElementsAreArray(row.findings)) << row.says;
  }
}

}  // namespace
}  // namespace litopys
