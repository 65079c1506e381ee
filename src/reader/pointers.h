// Which words a claim's slots rest on, as the careful reader's encoder sees them: for each sentence that it looks at, how likely each word
// of the window names the claim's originator, its time, its figure (a pointer network, Vinyals et al. 2015; tools/careful/pointers.py
// learns it from the annotations). The claim stage decides what to make of it. Pointing at places gave nothing (docs/reading.md, round 18).
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "base/span.h"

namespace litopys {

enum class PointerSlot : unsigned char { origin, when, figure };
// Answers that are no word: the slot stays empty (the document's own voice, no time); the day of the report; named outside the window.
enum class Absent : unsigned char { none, as_of, elsewhere };

inline constexpr std::size_t kPointerSlots = 3, kPointerAbsent = 3;
inline constexpr std::size_t kPointerSize = 64;    // numbers of a query and of a key
inline constexpr std::size_t kPointerBuckets = 8;  // distances: four sentences before to two after, title

struct Pointed {
  Span word;  // what white space parts, bytes of Document::text
  float probability = 0;
};

// The answers to one slot of one sentence; with what is left out they sum to one.
struct Pointing {
  std::array<float, kPointerAbsent> absent{};  // by Absent
  std::vector<Pointed> words;                  // in the order of the text, those of at least kLeastPointed

  // The probability of the words that overlap `span`.
  [[nodiscard]] float of(Span span) const {
    float sum = 0;
    for (const Pointed& p : words) sum += p.word.overlaps(span) ? p.probability : 0.0F;
    return sum;
  }
};
inline constexpr float kLeastPointed = 0.01F;

}  // namespace litopys
