// From what sentences mention and which measures they make to claims.
//
//   std::vector<Claim> claims = make_claims(document, text, mentions, readings, voices, book);
#pragma once

#include <vector>

#include "claim/claim.h"
#include "claim/voice.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "reader/reader.h"
#include "text/text.h"

namespace litopys {

struct Habits;
struct WhenChoice;

// The claims of a document, by sentence, then in the order of the codebook's measures, then from left to right. A sentence on a junk
// line and a question make none. Each measure of a sentence gives one claim, or one for each of its figures. `mentions`, `readings` and
// `voices` have one entry for each sentence of `text`; `mentions` must include the cues of the kinds `cue`, `stance`, `target-group` and
// `they`. Cannot fail; pure; linear in the document but for the pairs within one sentence.
[[nodiscard]] std::vector<Claim> make_claims(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                             const std::vector<SentenceReading>& readings, const std::vector<Voice>& voices,
                                             const Codebook& book);
// The same with the codebook's habits (claim/scene.h) made before, once for many documents.
[[nodiscard]] std::vector<Claim> make_claims(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                             const std::vector<SentenceReading>& readings, const std::vector<Voice>& voices,
                                             const Codebook& book, const Habits& habits, std::vector<WhenChoice>* watch = nullptr);

}  // namespace litopys
