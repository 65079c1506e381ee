// A letterhead, a kind of paper, an address to people, a "we" that has lawyers or soldiers make a document a body's own; many voices and
// the marks of a newsroom make it the outlet's. Each side gathers such signs, and the likeliest is taken.
#include "claim/voice_document.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "claim/voice_looks.h"
#include "claim/weights.h"

namespace litopys {
namespace {

using VoiceParts = std::array<float, kVoiceSigns>;

VoiceParts voice_parts(const VoiceLook& look, const VoiceWeights& weights) {
  VoiceParts out{};
  for (std::size_t i = 0; i < kVoiceSigns; ++i) out[i] = look.signs[i] * weights[i];
  return out;
}

float voice_sum(const VoiceParts& parts) { return std::accumulate(parts.begin(), parts.end(), 0.0F); }

// What spoke most for `best` and not as much for `other`: "top_body +2.0; we_often +1.1".
std::string lead_of(const VoiceParts& best, const VoiceParts& other) {
  std::vector<SignShare> shares;
  for (std::size_t i = 0; i < kVoiceSigns; ++i) shares.push_back({best[i] - other[i], name(static_cast<VoiceSign>(i))});
  return largest_shares(std::move(shares));
}

}  // namespace

DocumentVoice document_voice(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                             const std::vector<std::vector<LexiconHit>>& hits) {
  DocumentVoice own;
  Voice& out = own.voice;
  out.side = Side::outlet;
  out.rule = "outlet";
  if (!rows.sides) return own;
  const std::vector<VoiceLook> looks = voice_looks(rows, document, text, mentions, hits);
  std::vector<VoiceParts> parts;
  for (std::size_t k = 0; k < looks.size(); ++k) parts.push_back(voice_parts(looks[k], (*rows.sides)[k]));
  for (std::size_t k = 0; k < looks.size(); ++k) own.sums[k] = voice_sum(parts[k]);
  const auto best =
      std::max_element(parts.begin(), parts.end(), [](const VoiceParts& a, const VoiceParts& b) { return voice_sum(a) < voice_sum(b); });
  const VoiceLook& look = looks[static_cast<std::size_t>(best - parts.begin())];
  if (look.side == Side::outlet) return own;
  out.side = look.side;
  out.rule = "document voice";
  out.note = lead_of(*best, parts.front());
  if (!look.words.empty()) out.spans = {look.words};
  return own;
}

}  // namespace litopys
