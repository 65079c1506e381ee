// The record: what the claims of many documents say together (docs/record.md). It does not decide who is right: it says what cannot all
// be true, what is one voice in many mouths, and how a figure moved.
//
//   Record record = make_record(std::move(documents), codebook, gazetteer);
//   std::string lines;
//   append_jsonl(lines, record);          // record/json.h
//   record.claim("doc-7#2")->claim->quote   // the claim behind a name
//
// A pure function of the set of documents, in whatever order they come.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claim/claim.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "record/amount.h"

namespace litopys {

inline constexpr std::uint32_t kNoActor = 0xFFFFFFFF;

// One utterance: the claims that repeat it, who first said it, and who carried it. A claim is named "DOCUMENT#N", N from 1.
struct Statement {
  std::string id;  // "s:" and its first claim
  std::vector<std::string> claims;
  std::string voice;  // the claim that speaks for it: gives time, side and bounds
  std::string originator;
  std::vector<std::string> relays;    // names between the originator and the outlets
  std::vector<std::string> carriers;  // documents
  std::vector<std::string> outlets;   // of the carriers; a document without an outlet stands for itself
  Side side = Side::unknown;          // of the voice
  std::vector<std::uint32_t> chains;  // of each claim, who said it, through whom, in which outlet: Record::actors, each closed by kNoActor
  std::optional<std::string> first;   // earliest publication, EDTF
};

struct Reprints {
  std::vector<std::string> documents;  // in order
  int share_percent = 100;             // the least, over the copies, of the text shared with an earlier one
};

struct SeriesPoint {
  std::string statement;
  std::string claim;
  Bound bound = Bound::exact;
  Amount low;
  std::optional<Amount> high;  // none: open
  std::optional<std::string> when;
  Side side = Side::unknown;
  std::string originator;
  bool left_out = false;  // bad input: shown, but binds nothing
};

// What the claims of a side leave open on a day: the total was at least `low` and at most `high`.
struct Band {
  std::optional<Side> side;   // none: all sides together
  bool contradicted = false;  // the claims cannot all be true; the other fields are empty
  Day at{};
  Amount low;
  std::optional<Amount> high;
};

// Whether something is left open between two bands that follow each other, of one side: before the first day that has a least, a later
// figure says only that there were no more by then, which is nothing to draw.
[[nodiscard]] inline bool leaves_open(const Band& from, const Band& to) {
  return !from.contradicted && !to.contradicted && from.side && from.side == to.side && from.low > Amount();
}

struct RecordSeries {
  std::string measure;
  std::string place;
  Unit unit = Unit::other;
  std::vector<std::string> group;
  std::vector<SeriesPoint> points;
  std::vector<Band> bands;
};

enum class FindingKind : unsigned char {
  contradiction,
  update,
  restated,
  one_origin,
  true_origin,
  circular,
  plan_met,
  plan_missed,
  scope,
  rounding
};
template <>
struct Names<FindingKind> {
  static constexpr std::array<std::string_view, 10> all = {"contradiction", "update",   "restated",    "one-origin", "true-origin",
                                                           "circular",      "plan-met", "plan-missed", "scope",      "rounding"};
};

struct Finding {
  FindingKind kind = FindingKind::contradiction;
  std::vector<std::string> claims;   // the smallest set that shows it
  std::string says;                  // one plain sentence
  std::vector<std::string> because;  // the steps, each naming its claim
};

// A claim with its document. Points into Record::documents.
struct NamedClaim {
  const ClaimDocument* document = nullptr;
  const Claim* claim = nullptr;
};

struct Record {
  std::vector<Statement> statements;
  std::vector<Reprints> reprints;
  std::vector<RecordSeries> series;
  std::vector<Finding> findings;
  std::vector<std::string> notes;  // what was left out and why, one line each, with document and claim

  std::vector<std::string> actors;       // the names that chains number
  std::vector<ClaimDocument> documents;  // what it was made of, by id, without texts

  // The claim of a name "DOCUMENT#N"; nullopt where there is none. Logarithmic in documents.
  [[nodiscard]] std::optional<NamedClaim> claim(std::string_view name) const;
};

// Never fails: what cannot be used is named in `notes`, left out, and all else goes on. Near linear in claims and text. Findings are told
// in Ukrainian, or in English for any other language. To print a large record without holding it: record/record_work.h.
[[nodiscard]] Record make_record(std::vector<ClaimDocument> documents, const Codebook& book, const Gazetteer& gazetteer,
                                 Language language = Language::en);

}  // namespace litopys
