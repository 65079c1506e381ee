// The material of a reporting frame: a sentence's words marked with what the rows say of them, and the phrases that could speak.
// Used by attribution.cc alone; apart so that frames and phrases can be read by themselves.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/lexicon.h"
#include "text/text.h"

namespace litopys {

enum class FrameRole : unsigned char { none, say, weak, judge, by, by_pronoun, by_after, cite, relay, back, document, hearsay, silent };

// Bits of a token.
enum Mark : std::uint32_t {
  kPronoun = 1,
  kNotSpeaker = 2,
  kRelative = 4,
  kThat = 8,
  kDeterminer = 16,
  kAside = 32,
  kPreposition = 64,
  kClause = 128,
  kNameLink = 256,
  kVerb = 512,     // first or later word of a say, weak or judge hit
  kQuoted = 1024,  // inside quotation marks that hold speech (four words or more)
  kFirstPerson = 2048,
  kBreak = 4096,  // . ; ( ) and dashes: a phrase does not cross them
  kComma = 8192,
  kColon = 16384,
  kQuoteMark = 32768,
  kFrame = 1U << 16,     // words of any frame
  kBe = 1U << 17,        // "was", "are": what follows is said of somebody, not by him
  kHe = 1U << 18,        // with kPronoun: a person
  kIt = 1U << 19,        // with kPronoun: a body
  kSay = 1U << 21,       // with kVerb: a verb of saying proper
  kSideWord = 1U << 22,  // "Russian": no name by itself
  kInserted = 1U << 23,  // inside round brackets
  kIn = 1U << 20,        // with kPreposition: «в», «у»
};

// What one row of the codebook means here.
struct SpeechRow {
  FrameRole role = FrameRole::none;
  std::uint32_t mark = 0;
  bool speaker = false;
  bool side_word = false;
  Side side = Side::unknown;
  ActorKind kind = ActorKind::nameless;
  Credence credence = Credence::plain;
  bool notice = false;  // option kind = "notice": a paper on a wall, which speaks for whoever put it up
  bool any = false;     // option any = "1": a relay that need not be an outlet
  bool start = false;   // option at = "start": counts only where it begins the sentence
};

// nullopt for a row of another kind.
[[nodiscard]] std::optional<SpeechRow> speech_row(const Row& row);

struct FrameWord {
  FrameRole role = FrameRole::none;
  RowId row = 0;
  Credence credence = Credence::plain;
  std::uint32_t first = 0, last = 0;  // tokens of the sentence, both inside
  bool any = false;                   // see SpeechRow
};

// A phrase that could be a voice. Token numbers count from the sentence's first token.
struct Speaker {
  Actor actor;
  std::uint32_t first = 0, last = 0;  // the phrase with its title
  bool pronoun = false;
  bool prepositional = false;  // object of a preposition
  bool nominative = true;      // can be a subject (English: always)
  bool plural = false;
  bool named = false;              // a proper name, not a common noun
  bool possessive = false;         // "the mayor's"
  bool counted = false;            // a number of people: its form is that of an object too
  bool notice = false;             // see SpeechRow
  std::uint32_t quoted_first = 0;  // first word of a name in quotation marks at the end of the phrase; 0: none
};

struct SpeechMarks {
  std::vector<std::uint32_t> marks;  // one a token
  std::vector<FrameWord> frames;     // by first token, not overlapping for one role
  std::vector<Speaker> speakers;     // by first token, not overlapping

  [[nodiscard]] bool has(std::uint32_t token, std::uint32_t bits) const { return token < marks.size() && (marks[token] & bits) != 0; }
  // No token strictly between `a` and `b` (a < b) has one of `bits`.
  [[nodiscard]] bool clear(std::uint32_t a, std::uint32_t b, std::uint32_t bits) const;
};

// `rows` is indexed by RowId.
[[nodiscard]] SpeechMarks mark_speech(std::string_view document_text, const Text& text, const Sentence& sentence,
                                      const std::vector<Actor>& actors, const std::vector<LexiconHit>& hits,
                                      const std::vector<SpeechRow>& rows);

}  // namespace litopys
