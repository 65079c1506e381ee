// The signs by which it is chosen whose words a sentence is (claim/origin_look.h).
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "codebook/vocabulary.h"

namespace litopys {

// What speaks for a voice, or for the document's own. The codebook has a weight for each (kind `weights`, row `origin`, learned by
// tools/slots/fit_origin.py); a sign that it does not weigh counts nothing.
enum class OriginSign : unsigned char {
  none,            // nobody is named for it,
  none_ruled,      // and the rules say so,
  none_settled,    // and the encoder has not changed that
  none_pointed,    // how surely the encoder points at nobody (log odds)
  none_elsewhere,  // how surely at somebody further away
  none_told,       // what the encoder thinks of the document's own side here (a natural logarithm)
  none_body,       // the document is a body's own
  none_quoted,     // though the sentence begins inside quotation marks
  none_before,     // nobody is named for the sentence before,
  none_after,      // nor for the next
  none_frame,      // though the sentence has a frame
  none_actor,      // though it names somebody
  none_carry,      // how much speaks for the voice in hand going on
  none_first,      // nobody has spoken before
  none_share,      // how many sentences have nobody
  none_opens,      // it opens a paragraph
  none_section,    // it opens a section of its line: "Prices. ..."
  none_voices,     // log(1 + voices of the document)
  voice,           // somebody is named for it
  ruled,           // whom the rules name,
  ruled_frame,     // by the sentence's own frame,
  ruled_turn,      // by whose turn it is,
  ruled_label,     // by a name before a colon,
  ruled_weak,      // by a weak frame,
  ruled_by,        // by a frame of authorship,
  ruled_back,      // by a pronoun
  ruled_carried,   // by going on
  settled,         // whom the encoder made of it
  pointed_here,    // how surely the encoder points at a name in the sentence (log odds),
  pointed_before,  // at one elsewhere in the window,
  unpointed,       // nowhere
  told,            // what the encoder thinks of the side (a natural logarithm)
  back_one,        // it told the sentence before,
  back_two,        // the one before that,
  back_few,        // one up to four before,
  back_far,        // one further back
  back_par,        // in the same paragraph
  back_heading,    // a heading stands between
  last,            // nobody else was heard since
  last_elsewhere,  // the same, by how surely the encoder points further away
  next,            // it tells the next sentence
  carry,           // how much speaks for its going on
  back_section,    // a section of a line begins since
  share,           // how many sentences are its
  frames,          // how many of the frames are its
  named_here,      // it is named in the sentence,
  of_own,          // the document is a body's own, and the voice of its side,
  of_head,         // or named in the head
  only,            // nobody else speaks in the document
  first,           // it spoke first
  frame_other,     // though the sentence has a frame of another
  quoted,          // the sentence begins inside quotation marks
  opens,           // it opens a paragraph, in which nobody is named
  relayed,         // others hand it on
  of_resident,
  of_russia,
  of_ukraine,
  of_body,  // international, of an NGO, a foreign state's
  of_media,
  body,  // the document is a body's own
  count_
};
inline constexpr std::size_t kOriginSigns = static_cast<std::size_t>(OriginSign::count_);
using OriginWeights = std::array<float, kOriginSigns>;

// The words by which the codebook knows the signs.
template <>
struct Names<OriginSign> {
  static constexpr std::array<std::string_view, kOriginSigns> all = {
      "none",         "none_ruled",  "none_settled",  "none_pointed", "none_elsewhere", "none_told",      "none_body",   "none_quoted",
      "none_before",  "none_after",  "none_frame",    "none_actor",   "none_carry",     "none_first",     "none_share",  "none_opens",
      "none_section", "none_voices", "voice",         "ruled",        "ruled_frame",    "ruled_turn",     "ruled_label", "ruled_weak",
      "ruled_by",     "ruled_back",  "ruled_carried", "settled",      "pointed_here",   "pointed_before", "unpointed",   "told",
      "back_one",     "back_two",    "back_few",      "back_far",     "back_par",       "back_heading",   "last",        "last_elsewhere",
      "next",         "carry",       "back_section",  "share",        "frames",         "named_here",     "of_own",      "of_head",
      "only",         "first",       "frame_other",   "quoted",       "opens",          "relayed",        "of_resident", "of_russia",
      "of_ukraine",   "of_body",     "of_media",      "body"};
};

}  // namespace litopys
