// The words of the contract: order, apart and near, forms of time, places and groups within others, units, one thing said. Claims become
// facts, small numbers that the later steps compare; a fact's index is its rank in the order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "claim/claim.h"
#include "codebook/codebook.h"
#include "record/amount.h"
#include "record/names.h"

namespace litopys {

using FactId = std::uint32_t;
using DayNumber = std::int32_t;  // days since 1970-01-01

inline constexpr FactId kNoFact = 0xFFFFFFFF;
inline constexpr DayNumber kNear = 31;
inline constexpr DayNumber kEndless = std::numeric_limits<DayNumber>::max() / 4;

// Two ends of a date: a month from its first to its last day.
struct DayRange {
  DayNumber first = kEndless;
  DayNumber last = kEndless;
  [[nodiscard]] constexpr bool known() const { return last != kEndless; }
  [[nodiscard]] constexpr bool contains(DayRange other) const { return first <= other.first && other.last <= last; }
  [[nodiscard]] std::int64_t length() const { return static_cast<std::int64_t>(last) - first + 1; }
  friend bool operator==(DayRange, DayRange) = default;
};

// Days between the nearest days of two dates, kEndless where one is unknown.
[[nodiscard]] constexpr DayNumber apart(DayRange a, DayRange b) {
  if (!a.known() || !b.known()) return kEndless;
  return a.first > b.last ? a.first - b.last : b.first > a.last ? b.first - a.last : 0;
}

enum class FactTime : unsigned char { none, total, since, closed };

struct FactDocument {
  std::uint32_t source = 0;  // index into the documents
  DayRange published;
  bool coarse = false;         // published is a year or a season
  ActorId outlet = 0;          // the outlet, else the document itself
  std::uint32_t original = 0;  // first of its near-copies, in order; itself where it is none
  FactId first = 0, end = 0;   // its facts
};

struct Fact {
  std::uint32_t document = 0;  // index into Facts::documents
  std::uint32_t number = 0;    // N of its name
  std::uint16_t measure = 0;
  bool has_figure = false;
  bool whole_interval = false;  // low and high are exact numbers (see Amount); false: the figure binds nothing
  Bound bound = Bound::exact;
  Unit unit = Unit::other;
  Stance stance = Stance::asserted;
  Side side = Side::unknown;
  FactTime form = FactTime::none;
  bool qualified = false;  // ~ ? %
  bool coarse = false;     // D is a year or a season
  bool left_out = false;   // bad input: binds nothing
  bool named = false;      // the face has a name
  bool on_ring = false;
  DayRange time;  // D, or the interval of a closed time
  Decimal value, value2;
  Amount low, high;              // high kOpen: none
  Amount exact_low, exact_high;  // the interval that the value has as *exact*
  std::uint32_t place = 0;
  std::uint32_t group = 0;
  std::uint32_t thing = 0;
  std::uint32_t chain = 0;  // first of its actors in Facts::chains
  std::uint32_t chain_size = 0;
  ActorId originator = 0;
  FactId shown_by = kNoFact;  // the claim by which its relay is shown
  std::uint32_t statement = 0;
};

struct FactPlace {
  std::vector<std::string> listed;     // sorted, territories of several regions spelled out
  std::vector<std::string> canonical;  // without codes that lie in another of it
  std::string name;
};

struct FactGroup {
  std::vector<std::string> members;  // sorted; none: everybody
};

// The codes of a claim as one place: territories of several regions spelled out, called by their common name where they have one.
[[nodiscard]] FactPlace fact_place(const std::vector<std::string>& codes);

// What has meaning for the stage among the measures.
struct Measures {
  std::vector<std::string> names;
  std::uint16_t issuance = 0, application = 0, target = 0, deadline = 0;
};

// All facts of a set of documents, in order.
struct Facts {
  std::vector<ClaimDocument> sources;
  std::vector<FactDocument> documents;
  std::vector<Fact> all;
  std::vector<ActorId> chains;
  std::vector<FactPlace> places;
  std::vector<FactGroup> groups;
  std::vector<std::uint32_t> things;  // facts with a figure a thing
  Measures measures;
  std::vector<std::string> notes;

  [[nodiscard]] const FactDocument& document(const Fact& f) const { return documents[f.document]; }
  [[nodiscard]] const ClaimDocument& source(const Fact& f) const { return sources[documents[f.document].source]; }
  [[nodiscard]] const Claim& claim(const Fact& f) const { return source(f).claims[f.number - 1]; }
  [[nodiscard]] DayRange published(const Fact& f) const { return documents[f.document].published; }
  [[nodiscard]] std::span<const ActorId> chain(const Fact& f) const { return std::span(chains).subspan(f.chain, f.chain_size); }
  [[nodiscard]] ActorId face(const Fact& f) const { return chains[f.chain]; }
  [[nodiscard]] std::string name(FactId f) const;

  // Days between the publications of two claims; 0 in one document.
  [[nodiscard]] DayNumber apart_published(const Fact& a, const Fact& b) const {
    return a.document == b.document ? 0 : apart(published(a), published(b));
  }
  [[nodiscard]] bool near(const Fact& a, const Fact& b) const { return apart_published(a, b) <= kNear; }
  [[nodiscard]] bool compatible(const Fact& a, const Fact& b) const;
  [[nodiscard]] bool place_within(std::uint32_t inner, std::uint32_t outer) const;
  [[nodiscard]] bool group_within(std::uint32_t inner, std::uint32_t outer) const;
  // The day cut to the last day of `published`.
  [[nodiscard]] DayNumber cut(const Fact& f, DayNumber day) const { return std::min(day, published(f).last); }
  [[nodiscard]] bool counted(const Fact& f) const { return f.measure == measures.issuance || f.measure == measures.application; }
  // Binding: it may bound the curve of its measure, place and group.
  [[nodiscard]] bool binding(const Fact& f) const;
  // The days that a total (or a claim without time) may stand at: one day, or the whole of a year or season.
  [[nodiscard]] DayRange standing(const Fact& f) const;
};

// Of a set of places, which lie within which, found by the codes that hold a code ("UA-65/Kherson", "UA-65", "UA"), not by all pairs.
class PlaceWholes {
 public:
  // Keeps a reference.
  explicit PlaceWholes(const Facts& facts) : facts_(facts) {}
  // Once or more; before any `of`.
  void add(std::uint32_t place);
  // The places added that this one lies within, itself left out, ascending. Remembered.
  [[nodiscard]] const std::vector<std::uint32_t>& of(std::uint32_t place);

 private:
  const Facts& facts_;
  std::unordered_set<std::uint32_t> added_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> listing_;  // places by each code of theirs
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> wholes_;
};

// Sorts the documents, leaves out what cannot be used (with notes) and makes the facts; chains and originators come later. With `picks`
// (of each document the numbers of claims, ascending) only these claims become facts.
using ClaimPicks = std::vector<std::vector<std::uint32_t>>;
[[nodiscard]] Facts make_facts(std::vector<ClaimDocument> documents, const Codebook& book, const ClaimPicks* picks = nullptr);

// "../2024-03-31" of a day and the like, for sentences.
[[nodiscard]] std::string day_text(DayNumber day);
[[nodiscard]] bool code_within(std::string_view inner, std::string_view outer);

}  // namespace litopys
