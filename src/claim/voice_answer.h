// Who answers in a conversation whose answers do not say whose they are: who is named above the first question. Used by voice_turns.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "claim/voice.h"
#include "claim/voice_names.h"
#include "claim/voice_rows.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/lexicon.h"

namespace litopys {

// Marks a voice as that of a turn.
[[nodiscard]] Voice turn_voice(Voice v);

// Looks at eight sentences at most; what it is made of must outlive it.
class VoiceAnswer {
 public:
  VoiceAnswer(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
              const VoiceNames& names, const std::vector<std::vector<LexiconHit>>& hits, const Voice& own)
      : rows_(rows), document_(document), text_(text), mentions_(mentions), names_(names), hits_(hits), own_(own) {}

  // Who was named before sentence `first`, the first question: whoever is said to answer, else a person. Nobody who is said to ask.
  [[nodiscard]] std::optional<Voice> person_before(std::uint32_t first) const;

  // Who is named before sentence `first` by a name, be it a first name alone.
  [[nodiscard]] std::optional<Voice> anybody_before(std::uint32_t first) const;

  // The same, else a voice, else somebody by a first name alone ("Larysa, 51"), else by what they are.
  [[nodiscard]] std::optional<Voice> answerer(std::uint32_t first) const;

  // The voice of somebody named in sentence `at`.
  [[nodiscard]] Voice voice(const Actor& actor, std::uint32_t at) const;

 private:
  // Whether somebody of sentence `at` is named as who put the questions: "Interviewed by Daryna Voloshko", «Ведуча Дарина Волошко».
  [[nodiscard]] bool asked(const Actor& who, std::uint32_t at) const;

  // Somebody who is known by a first name, and no more than a word behind it, in the sentences `from` to `to`, the last one first.
  [[nodiscard]] std::optional<Voice> first_name(std::uint32_t from, std::uint32_t to) const;
  [[nodiscard]] bool is_first_name(const Token& token, bool subject) const;

  // The side that the words behind a name give to a person: "Daryna Voloshko (lawyer of the association Link)".
  [[nodiscard]] Side introduced_side(Span name, std::uint32_t at) const;

  const VoiceRows& rows_;
  const Document& document_;
  const Text& text_;
  const std::vector<Mentions>& mentions_;
  const VoiceNames& names_;
  const std::vector<std::vector<LexiconHit>>& hits_;
  const Voice& own_;  // of what nobody else says
};

}  // namespace litopys
