// The signs by which it is settled whose document it is (claim/voice_looks.h).
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "codebook/vocabulary.h"

namespace litopys {

// What speaks for a side. The codebook weighs each for all sides alike (kind `weights`, row `side`) and for single ones (`side.ngo`),
// learned by tools/slots/fit_side.py; a sign that it does not weigh counts nothing.
enum class VoiceSign : unsigned char {
  // Of one side: who stands in the head
  top_body,    // a body of the side stands in the first line, which has no verb,
  top_person,  // or somebody of it,
  top_line,    // and hardly anything else does
  head_body,   // the same of the other lines of the head
  head_person,
  head_line,
  headline_body,    // a line with a verb names one,
  headline_person,  // or somebody of it
  lead_body,        // the first long sentence does
  lead_person,
  form_body,      // the line that names a kind of statement names a body of it
  form_person,    // or somebody of it
  top_noun,       // a noun for speakers of it stands in the first line,
  head_noun,      // or in the head
  name_top,       // what bodies of its kind are called, in the first line,
  name_line,      // in another line without a verb,
  name_headline,  // in one with a verb,
  name_lead,      // in the first long sentence,
  name_often,     // or further down
  paper_name,     // a line names such a body and a kind of paper
  top_word,       // a word of its language stands in the first line,
  head_word,      // in the head,
  word_often,     // how often (log(1 + times)),
  word_share,     // in how many of the sentences
  top_own,        // what only it says of itself or to people, in the first line,
  head_own,       // in the head,
  own_often,      // how often
  foot_body,      // the last lines name a body of it
  foot_own,       // or have such words
  named_alone,    // lines of the head without a verb name bodies of it, and of no other,
  named_paper,    // and a kind of paper,
  named_form,     // a kind of statement,
  named_we,       // "we" is said,
  named_press,    // there are marks of an outlet,
  named_quiet,    // hardly anybody else speaks
  told_share,     // the share of frames whose voice is of it
  told_most,      // most are
  told_none,      // none is
  // Of all sides alike: what kind of text it is
  always,
  form_top,    // a kind of statement stands in the first line,
  form_head,   // in the head,
  form_start,  // at the beginning of a line of it
  paper_top,   // a kind of paper does,
  paper_head,
  paper_start,   // at the beginning of a line without a verb
  letter_head,   // a letter is announced,
  letter_any,    // or mentioned,
  letter_start,  // at the beginning of a line without a verb
  press_head,    // marks of an outlet stand in the head,
  press_any,     // anywhere,
  press_foot,    // in the last lines
  outlet_known,  // the page says which outlet it is
  byline,        // or who signed it
  outlet_head,   // an outlet is named in the head,
  outlet_told,   // or tells something
  dateline,      // the text begins with a town, a date and a dash
  we_head,       // the text says "we" outside quotation marks: in the head,
  we_any,        // anywhere,
  we_often,      // in how many sentences
  i_head,        // the same of "I"
  i_any,
  i_often,
  i_told,  // the same, quoted or not
  we_told,
  you_head,  // and of "you"
  you_any,
  you_often,
  quotes_none,     // nothing is quoted
  quotes_share,    // how many sentences have quotation marks
  told_all,        // how many sentences have a frame
  untold,          // no sentence has one
  voices,          // log(1 + voices of frames)
  pronouns,        // how many frames have a pronoun for their voice
  estimates,       // how many sentences are weighed by likelihood,
  estimates_most,  // nearly every second
  distanced,       // how many keep a distance
  numbered,        // paragraphs have numbers
  items,           // how many sentences are points of lists
  pictures_top,    // the first line has a picture letter
  pictures,        // how many sentences begin with one
  exclaims,        // how many sentences end with "!",
  asks,            // with "?"
  caps_top,        // the first line is in capitals,
  bar_top,         // has "|", "/" or a dot between words,
  colon_top,       // a colon,
  quoted_top,      // a name in quotation marks,
  number_top,      // a number,
  verb_top,        // a verb,
  short_top,       // five words at most
  junk_lines,      // log(1 + lines of no article)
  long_text,       // log(1 + sentences)
  dashes,          // how many paragraphs begin with a dash
  head_lines,      // how many lines stand above the text
  count_
};
inline constexpr std::size_t kVoiceSigns = static_cast<std::size_t>(VoiceSign::count_);

using VoiceWeights = std::array<float, kVoiceSigns>;

// The sides that a document may be of.
inline constexpr std::array kDocumentSides = {Side::outlet,        Side::russia, Side::ukraine, Side::foreign_state,
                                              Side::international, Side::ngo,    Side::resident};

// The words by which the codebook knows the signs.
template <>
struct Names<VoiceSign> {
  static constexpr std::array<std::string_view, kVoiceSigns> all = {
      "top_body",      "top_person",  "top_line",       "head_body",    "head_person",  "head_line",   "headline_body", "headline_person",
      "lead_body",     "lead_person", "form_body",      "form_person",  "top_noun",     "head_noun",   "name_top",      "name_line",
      "name_headline", "name_lead",   "name_often",     "paper_name",   "top_word",     "head_word",   "word_often",    "word_share",
      "top_own",       "head_own",    "own_often",      "foot_body",    "foot_own",     "named_alone", "named_paper",   "named_form",
      "named_we",      "named_press", "named_quiet",    "told_share",   "told_most",    "told_none",   "always",        "form_top",
      "form_head",     "form_start",  "paper_top",      "paper_head",   "paper_start",  "letter_head", "letter_any",    "letter_start",
      "press_head",    "press_any",   "press_foot",     "outlet_known", "byline",       "outlet_head", "outlet_told",   "dateline",
      "we_head",       "we_any",      "we_often",       "i_head",       "i_any",        "i_often",     "i_told",        "we_told",
      "you_head",      "you_any",     "you_often",      "quotes_none",  "quotes_share", "told_all",    "untold",        "voices",
      "pronouns",      "estimates",   "estimates_most", "distanced",    "numbered",     "items",       "pictures_top",  "pictures",
      "exclaims",      "asks",        "caps_top",       "bar_top",      "colon_top",    "quoted_top",  "number_top",    "verb_top",
      "short_top",     "junk_lines",  "long_text",      "dashes",       "head_lines"};
};

}  // namespace litopys
