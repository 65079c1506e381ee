// Reporting frames of one sentence, each with its voice. Used by attribution.cc, which puts them together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "mention/mention.h"
#include "mention/speech.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

inline constexpr RowId kNoRow = static_cast<RowId>(-1);  // of a frame without a verb of saying: "Fedorov: ...", «— Федоров»

// A frame with its voice.
struct Frame {
  FrameWord word;
  std::optional<std::size_t> speaker;  // index into SpeechMarks::speakers
  bool pronoun = false;
  ActorKind pronoun_of = ActorKind::nameless;
  std::uint32_t first = 0, last = 0;  // tokens: words of the frame with the voice
  std::vector<std::size_t> relays;
  bool back = false;
  bool tail = false;  // stands after its content: "..., X said"
};

// The frames by first token, at most 16. Adds to `marks.speakers` who speaks without standing in any row. Linear in the sentence for a
// given number of frames.
[[nodiscard]] std::vector<Frame> read_frames(const Document& document, const Text& text, const Sentence& sentence, SpeechMarks& marks);

}  // namespace litopys
