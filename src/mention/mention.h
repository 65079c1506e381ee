// What a sentence mentions: numbers, times, places, actors, reporting frames and words of the codebook, each with its span (bytes of
// Document::text) and its normal form. Mentions are closed problems with right answers; which of them belongs to which claim is
// decided later (claim/).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/edtf.h"
#include "base/span.h"
#include "codebook/codebook.h"
#include "codebook/vocabulary.h"

namespace litopys {

// A number as a bound. Dates, ages, page, article and phone numbers are not quantities.
struct Quantity {
  Decimal value;                // times its multiplier: "2,8 млн" is 2800000
  std::optional<Decimal> high;  // present exactly when bound == Bound::range
  Bound bound = Bound::exact;
  Unit unit = Unit::other;  // Unit::other when no counted noun is in reach
  std::string noun;         // lemma of the counted noun, "" when none: "мешканець", "rouble"
  Span span;                // from the bound word to the last word of the number with its multiplier or percent sign
  Span number;              // the number alone
  bool duration = false;    // unit is a span of time (days, months, years)
  std::string row;          // id of the codebook row that gave the bound; "" when none
};

enum class TimeForm : unsigned char { point, until, since, between };

// A time expression, resolved as far as the text fixes it.
struct Time {
  std::optional<When> when;  // nullopt: stays unresolved (no anchor for a relative or yearless date)
  TimeForm form = TimeForm::point;
  bool relative = false;  // resolved against the document's date or an earlier year
  Span span;              // with its preposition: "by 10 September", "з початку року"
  std::string rule;       // "absolute", "yearless", "relative.last-week", ...: shown in `why`
};

enum class PlaceRole : unsigned char {
  setting,    // where a thing happens: "in Kherson", «у Мелітополі», «запорізькі лікарні»
  name_part,  // part of a name or title: "the Kherson governor", «Донецька народна республіка» as a body
};

struct Place {
  std::vector<std::string> codes;  // GUIDE.md codes: "UA-65", "UA-23/Melitopol", "UA-TOT"; usually one
  PlaceRole role = PlaceRole::setting;
  bool adjective = false;  // "Ukrainian", «запорізький»
  bool goal = false;  // its case is that of where something goes after a preposition: «в Чонгар», and not «в Чонгаре»
  Span span;
  std::string id;  // gazetteer id, for maps
};

enum class ActorKind : unsigned char { person, body, outlet, office, nameless };  // nameless: "residents", "a source in the town hall"

struct Actor {
  std::string name;  // exact surface, shortest full name, no title
  ActorKind kind = ActorKind::person;
  Side side = Side::unknown;
  std::string id;   // gazetteer/actors id; "" when known by its form only
  Span span;        // the name
  Span with_title;  // the name with the title that stands by it
};

// A frame that gives content to a voice: "X said that ...", «за словами X», "..., X told Y".
struct Attribution {
  std::vector<Actor> chain;                    // originator first, then relays: {"Oleg Agarkov", "Interfax"}; empty: nameless or a pronoun
  Span frame;                                  // verb or preposition with the names
  std::string row;                             // codebook row of the reporting word
  bool pronoun = false;                        // "he said": the voice is the one named before
  ActorKind pronoun_of = ActorKind::nameless;  // what the pronoun can mean: person (he), body (it), nameless: either
  bool quotation = false;                      // the content stands in quotation marks
  bool whole_sentence = true;                  // false: only `scope` is reported
  Span scope;                                  // the reported words within the sentence
  Credence credence = Credence::plain;         // of the reporting word: "claimed" gives distanced
};

// A word of the codebook found in the text: cue of a measure, hedge, negation, plan, threat, target group.
struct Cue {
  RowId row = 0;
  Span span;
  std::uint32_t first_token = 0;
  std::uint32_t token_count = 0;
};

// All mentions of one sentence, each list by span.begin.
struct Mentions {
  std::vector<Quantity> quantities;
  std::vector<Time> times;
  std::vector<Place> places;
  std::vector<Actor> actors;
  std::vector<Attribution> attributions;
  std::vector<Cue> cues;
};

}  // namespace litopys
