// The claim: the contract of the product (../shared/eval/GUIDE.md, carried over to docs/claims.md). One thing of one measure that somebody
// says within one sentence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/edtf.h"
#include "base/language.h"
#include "base/span.h"
#include "codebook/vocabulary.h"

namespace litopys {

struct Figure {
  Decimal value;
  std::optional<Decimal> value2;  // present exactly when bound == Bound::range
  Bound bound = Bound::exact;
  Unit unit = Unit::other;
  std::string text;  // exact surface, a substring of the quote
};

// Why a slot has its value: the rule or row and the words that it rests on. Spans are bytes of the document's text.
struct Why {
  std::string slot;  // "measure", "figure", "places", "when", "sources", "side", "stance", "credence", "targets"
  std::string rule;  // codebook row id, or the name of the rule: "nearest earlier place", "carried voice"
  std::vector<Span> spans;
  std::string note;  // weights or words for a person; may be empty
};

struct Claim {
  std::string quote;    // exact substring of the text: text.substr(span)
  Span span;            // bytes of the document's text
  std::string measure;  // id
  std::optional<Figure> figure;
  std::vector<std::string> places;  // sorted, no duplicates
  std::optional<When> when;
  std::vector<std::string> sources;  // originator first, then relays
  Side side = Side::outlet;
  Stance stance = Stance::asserted;
  Credence credence = Credence::plain;
  std::vector<std::string> targets;  // in the codebook's order
  double confidence = 0;             // 0 to 1
  std::vector<Why> why;
};

// A document with its claims: one line of `litopys read`, one annotation file.
struct ClaimDocument {
  std::string id;
  std::string path;
  Language language = Language::other;
  std::optional<std::string> outlet, url, title;
  std::optional<std::string> published;  // EDTF
  std::vector<std::uint32_t> junk;       // line numbers, from 1
  std::string text;                      // empty where an annotation file has none
  std::vector<Claim> claims;
  std::vector<std::string> notes;
};

}  // namespace litopys
