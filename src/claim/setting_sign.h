// The signs by which the place of a claim is chosen (claim/setting.h).
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "codebook/vocabulary.h"

namespace litopys {

// What speaks for a place. The codebook has a weight for each (kind `weights`, row `setting`, learned by tools/slots/fit.py); a
// sign that it does not weigh counts nothing.
enum class SettingSign : unsigned char {
  title,        // a title names it as where something is
  title_name,   // a title has it in a name or as an adjective: "Prymorsk city administration"
  title_part,   // a title names a place in it
  title_whole,  // a title names what it lies in
  top,          // the same four of the first line,
  top_name,
  top_part,
  top_whole,
  head,  // of the other lines above the article,
  head_name,
  head_part,
  head_whole,
  first,  // of the article's first sentence,
  first_name,
  first_part,
  first_whole,
  opening,  // and of the next three
  opening_name,
  opening_part,
  opening_whole,
  quoted,      // in the head it stands in quotation marks
  from,        // in the head or the opening it is where somebody comes from
  label,       // a line of the head begins with it, and a mark follows
  alone,       // no other place is named in its line of the head
  section,     // a heading further down names it
  office,      // an official or body of the head governs it
  share,       // how much of all that is named is it (0 to 1)
  share_part,  // or lies in it
  often,       // log(1 + times named)
  once,        // named once
  earliest,    // no place is named before it
  first_own,   // no place of a sentence of the article is named before it
  town,        // it is a place in a region,
  district,
  region,
  several,          // several places together,
  group,            // a name of several regions,
  everywhere,       // or the territory as a whole
  everywhere_none,  // ... and nothing else is named
  everywhere_one,   // ... and one region is
  everywhere_two,
  everywhere_many,
  everywhere_thin,  // ... and hardly anything is
  region_towns,     // a region of which several places are named
  region_one,       // a region of which one place is named
  group_all,        // all of the group's regions are named
  group_only,       // and no other
  ruled,            // it is what the rules say,
  ruled_part,       // it lies in what they say,
  ruled_whole,      // what they say lies in it
  ruled_town,
  ruled_region,
  ruled_everywhere,  // and they say a town, a region, the whole
  seat,              // a region's seat
  seat_region,       // a region whose seat is named in the head
  title_seat,        // a title names it, and it is a region's seat,
  title_seat_of,     // or it is the region of a seat that a title names
  here_name,         // the sentence itself has it in a name or as an adjective,
  here_part,         // or a place in it,
  here_whole,        // or what it lies in
  here_office,       // an official or body of the sentence governs it
  before,            // the sentence before it in the paragraph that names a place names it,
  before_next,       // and stands beside it
  before_part,
  before_whole,
  heading,  // the heading in force names it
  heading_part,
  heading_whole,
  last,       // of all that is named before the sentence it is the last,
  last_near,  // at most three sentences back
  last_part,
  last_whole,
  next,             // the next sentence of the paragraph names it
  by_before,        // it is what the rules say of this sentence: by the paragraph,
  by_heading,       // a heading,
  by_document,      // the document,
  by_everywhere,    // the territory,
  by_speaker,       // the speaker's place
  wide_everywhere,  // the measure is about the whole matter, and it is the territory,
  wide_document,    // or what the rules say of the document
  wide_before,
  item_before,  // the sentence is a point of a list, and the one before names it
  item_everywhere,
  says_town,      // the sentence speaks of "the city", and it is a town,
  says_district,  // likewise of "the district",
  says_region,    // "the region",
  says_site,      // "the plant"
  talk_town,      // of all such nouns of the document, how many are of its kind (0 to 1)
  talk_district,
  talk_region,
  talk_site,
  recent,           // how much of what is named before the sentence is it, the nearer the more (0 to 1)
  recent_part,      // or lies in it
  before_far,       // log(1 + sentences between) where the paragraph named it
  norm_everywhere,  // the measure is a rule for all, and it is the territory,
  norm_before,      // or what the paragraph named
  norm_document,
  advice_everywhere,  // the same where the measure is what others say and do about it
  advice_before,
  advice_document,
  state_everywhere,   // the sentence names a state's body or official, and it is the territory,
  state_before,       // or what the paragraph named
  everywhere_abroad,  // it is the territory, and most that is named lies out of it
  reader_kind,        // what the encoder thinks of places of its kind, as the logarithm of their probability
  count_
};
inline constexpr std::size_t kSettingSigns = static_cast<std::size_t>(SettingSign::count_);

using SettingWeights = std::array<float, kSettingSigns>;

// The words by which the codebook knows the signs.
template <>
struct Names<SettingSign> {
  static constexpr std::array<std::string_view, kSettingSigns> all = {"title",
                                                                      "title_name",
                                                                      "title_part",
                                                                      "title_whole",
                                                                      "top",
                                                                      "top_name",
                                                                      "top_part",
                                                                      "top_whole",
                                                                      "head",
                                                                      "head_name",
                                                                      "head_part",
                                                                      "head_whole",
                                                                      "first",
                                                                      "first_name",
                                                                      "first_part",
                                                                      "first_whole",
                                                                      "opening",
                                                                      "opening_name",
                                                                      "opening_part",
                                                                      "opening_whole",
                                                                      "quoted",
                                                                      "from",
                                                                      "label",
                                                                      "alone",
                                                                      "section",
                                                                      "office",
                                                                      "share",
                                                                      "share_part",
                                                                      "often",
                                                                      "once",
                                                                      "earliest",
                                                                      "first_own",
                                                                      "town",
                                                                      "district",
                                                                      "region",
                                                                      "several",
                                                                      "group",
                                                                      "everywhere",
                                                                      "everywhere_none",
                                                                      "everywhere_one",
                                                                      "everywhere_two",
                                                                      "everywhere_many",
                                                                      "everywhere_thin",
                                                                      "region_towns",
                                                                      "region_one",
                                                                      "group_all",
                                                                      "group_only",
                                                                      "ruled",
                                                                      "ruled_part",
                                                                      "ruled_whole",
                                                                      "ruled_town",
                                                                      "ruled_region",
                                                                      "ruled_everywhere",
                                                                      "seat",
                                                                      "seat_region",
                                                                      "title_seat",
                                                                      "title_seat_of",
                                                                      "here_name",
                                                                      "here_part",
                                                                      "here_whole",
                                                                      "here_office",
                                                                      "before",
                                                                      "before_next",
                                                                      "before_part",
                                                                      "before_whole",
                                                                      "heading",
                                                                      "heading_part",
                                                                      "heading_whole",
                                                                      "last",
                                                                      "last_near",
                                                                      "last_part",
                                                                      "last_whole",
                                                                      "next",
                                                                      "by_before",
                                                                      "by_heading",
                                                                      "by_document",
                                                                      "by_everywhere",
                                                                      "by_speaker",
                                                                      "wide_everywhere",
                                                                      "wide_document",
                                                                      "wide_before",
                                                                      "item_before",
                                                                      "item_everywhere",
                                                                      "says_town",
                                                                      "says_district",
                                                                      "says_region",
                                                                      "says_site",
                                                                      "talk_town",
                                                                      "talk_district",
                                                                      "talk_region",
                                                                      "talk_site",
                                                                      "recent",
                                                                      "recent_part",
                                                                      "before_far",
                                                                      "norm_everywhere",
                                                                      "norm_before",
                                                                      "norm_document",
                                                                      "advice_everywhere",
                                                                      "advice_before",
                                                                      "advice_document",
                                                                      "state_everywhere",
                                                                      "state_before",
                                                                      "everywhere_abroad",
                                                                      "reader_kind"};
};

}  // namespace litopys
