// Where a sentence counts twice, one figure may be a fact and the next a plan: "300,000 have been issued, and a million are promised".
#pragma once

#include "claim/scene.h"

namespace litopys {

// The words of the figure at `figures[i]`: from behind the last comma, colon, dash, semicolon or conjunction between it and the one before,
// to where the next one's begin. Linear in the sentence's tokens.
[[nodiscard]] Span part_of_figure(const Scene& scene, std::size_t sentence, Span item, std::span<const Span> figures, std::size_t i);

// The words among which the stance of the figure at `figures[i]` is looked for, `word` being what would govern it if all of `item` were:
// the figure's own part, where that has a verb and `word` stands outside it, else all of `item`. Any finite verb stands against a word
// behind the clause; a word before it gives way to a past only, since plans go on in the present ("they are to register 300 and examine
// 200"). Linear in the sentence's tokens.
[[nodiscard]] Span clause_of_figure(const Scene& scene, std::size_t sentence, Span item, std::span<const Span> figures, std::size_t i,
                                    Span word);

}  // namespace litopys
