// The codebook's rows that voices rest on, compiled. Used by voice.cc and voice_document.cc; the kinds are listed in voice.h.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "claim/origin_sign.h"
#include "claim/voice_sign.h"
#include "codebook/codebook.h"
#include "text/lexicon.h"
#include "text/text.h"

namespace litopys {

enum class RowUse : unsigned char {
  none,
  narration,
  document,
  document_form,    // a kind of statement: "order of"
  document_paper,   // a kind of paper: "report"
  document_letter,  // a letter, an account by somebody who lives there
  document_press,   // a mark of an outlet: "our correspondent"
  document_name,    // what bodies of a side are called: "observatory"
  document_we,      // "we", "our"
  document_i,
  document_you,
  credence,
  verification,
  side,
  speaker,
  first_person,
  pronoun,
  host,          // who asks in a conversation: "presenter"
  conversation,  // says that a text is one: "interview"
  answers,       // the same, and who answers stands behind it: "answered by"
  asks,          // the same, and who asks stands beside it: "interviewed by"
  asks_perhaps,  // the same, but where nobody else is named it is who answers: "Interview:"
  anyone         // a noun for a person and nothing more: "the woman"
};

struct VoiceRow {
  RowUse use = RowUse::none;
  Side side = Side::unknown;
  Credence credence = Credence::plain;
  int weight = 1;
  std::uint32_t reach = 4;  // of a form: the words that may stand before it; option at = "start": 1, "any": all
  bool anywhere = false;    // a form: counts in the first sentence of the text too; option at = "any"
  bool body = false;        // a speaker's noun for a body or a group, no person
  bool everything = false;  // a note on all that was told before
  bool only_here = false;   // a note on its own sentence
};

struct VoiceRows {
  std::array<std::optional<Lexicon>, 3> lexicons;
  std::vector<VoiceRow> rows;
  std::vector<std::string> ids;
  std::size_t measures = 0;  // of the codebook
  // By kDocumentSides, what each sign counts; nothing where the codebook has no such weights.
  std::optional<std::array<VoiceWeights, kDocumentSides.size()>> sides;
  std::optional<OriginWeights> origins;  // what each sign of whose words a sentence is counts; likewise
  // kConfig errors name the row's file and line.
  [[nodiscard]] static Result<VoiceRows> make(const Codebook& book);

  // The rows found in a sentence (its first 1,500 words), by first token.
  [[nodiscard]] std::vector<LexiconHit> hits(const Text& text, const Sentence& whole) const;
};

}  // namespace litopys
