// Whose words each sentence is: attributions carried over a report, official documents, the outlet itself.
//
//   VoiceReader reader = VoiceReader::make(book).value();
//   std::vector<Voice> who = reader.read(document, text, mentions);   // one a sentence
//   const Voice& v = who[i].at(claim_span);                           // the voice of that part of sentence i
//
// Rows: the kinds of mention/attribution.h as far as they stand in Mentions, and
//   narration       words with which the document takes the word back
//   document-voice  words that show whose document it is (GUIDE rulings 9, 22; reporting-documents.toml)
//   weights         rows `side` and `side.SIDE`: how much each sign of that counts (claim/voice_sign.h);
//                   row `origin`: how much each sign of who speaks in a sentence does (claim/origin_sign.h)
//   credence        PHIA terms and distance words; gives = a credence
//   anyone          nouns for a person or a body and nothing more ("the woman", «ведомство»): the one named before, where there is one
//   host            words for who asks in a conversation; what stands in such a turn is the document's own word
//   conversation    words above questions by which a text is a conversation; gives = answers where who answers stands behind them,
//                   asks where who asks stands beside them, asks-perhaps where it may be either and somebody else is named
//   verification    notes that something was not verified (ruling 7); gives = sentence | paragraph | document
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "claim/claim.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "reader/reader.h"
#include "text/text.h"

namespace litopys {

struct Voice {
  std::vector<std::string> sources;     // originator first, then relays; empty: the document's own voice or a nameless one
  Side side = Side::outlet;             // the originator's
  std::string side_rule;                // "reader" where the encoder's opinion outweighed the rules (claim/voice_side.h); else empty
  Credence credence = Credence::plain;  // what the words of the frame, the sentence and verification notes say; no cue gives plain
  bool carried = false;                 // taken over from an earlier or later sentence
  std::string rule;         // row id of the frame, or the rule: "outlet", "document voice", "same paragraph", "quotation runs on", ...
  std::string note;         // what weighed most where the document itself speaks; may be empty
  std::vector<Span> spans;  // words that the voice rests on: frame, note
  Span scope;               // the part of the sentence that is told by this voice; the whole sentence as a rule
  std::vector<Span> credence_spans;  // words that the credence rests on; empty for plain
  std::string credence_rule;         // row id or "verification note"; empty for plain
  std::vector<Voice> parts;          // other voices in the sentence, each with its scope; empty as a rule

  // The voice of the part of the sentence in which `claim` begins: one of `parts`, else this.
  [[nodiscard]] const Voice& at(Span claim) const;
};

struct OriginChoice;  // of claim/origin_look.h

// Immutable after make; threads may share one.
class VoiceReader {
 public:
  VoiceReader();
  ~VoiceReader();
  VoiceReader(VoiceReader&&) noexcept;
  VoiceReader& operator=(VoiceReader&&) noexcept;

  // kConfig errors name the row's file and line.
  [[nodiscard]] static Result<VoiceReader> make(const Codebook& book);

  // One voice a sentence of `text`, in order; `mentions` has one entry a sentence, `readings` too or none: where its encoder points at
  // somebody much more surely than the rules (claim/voice_pointed.h), or the signs of both speak for somebody else (claim/origin_look.h),
  // that is who speaks. `choices`, where given, is told what was chosen from. Pure; linear in the text.
  [[nodiscard]] std::vector<Voice> read(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                        std::span<const SentenceReading> readings = {}, std::vector<OriginChoice>* choices = nullptr) const;

  // The credence of one sentence for a claim that `voice` makes there: explicit cues in the sentence win over notes, notes over nothing.
  // `likely` words inside quotation marks count, distance words inside them do not. Voice::credence is this for the whole sentence.
  [[nodiscard]] Credence credence_of(const Document& document, const Text& text, const Sentence& sentence, const Voice& voice) const;

  struct Impl;  // of voice.cc

 private:
  std::unique_ptr<const Impl> impl_;
};

// For callers that read one document: makes a reader and reads. An unusable codebook gives voices of the outlet.
[[nodiscard]] std::vector<Voice> voices(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                        const Codebook& book);

}  // namespace litopys
