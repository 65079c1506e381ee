// One sentence rarely shows who its speaker is; all the sentences of one voice together do. So the encoder's opinions of them are added up,
// for each name and for what nobody is named for, and set against what the rules say. A side that a word of the codebook or the gazetteer
// knows is worth much; little is worth what the rules say for want of anything better: that a person without an office is a resident, that
// a body of the place is an occupation's. What nobody is named for has the document's signs on its scales too. The sides that the encoder
// was not taught stay. Measured on documents that the encoder had not learned from (docs/reading.md).
#include "claim/voice_side.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "reader/slots.h"

namespace litopys {
namespace {

constexpr float kOfSentence = 0.5F;  // share of the sentence's own opinion where nobody is named: a document may hold a foreign part
constexpr float kOwnBody = 3;        // what the rules' word that a body speaks counts beside the document's signs

// What a named voice's side by the rules counts, as a natural logarithm.
float worth_of(Side ruled) {
  switch (ruled) {
    case Side::resident: return 2;
    case Side::russia: return 2.5F;
    case Side::ukraine: return 4.5F;
    case Side::international:
    case Side::ngo: return 6;
    default: return 8;
  }
}

struct VoiceOpinion {
  SideChances sum{};  // of the logarithms
  float sentences = 0;

  // The mean, the surer the more sentences there are.
  [[nodiscard]] float of(std::size_t side) const { return sum[side] / std::sqrt(sentences); }
};

class SideSettler {
 public:
  SideSettler(const SideEvidence& e, std::vector<Voice>& out) : e_(e), out_(out), chances_(out.size()) {}

  void run() {
    std::vector<std::string> names(out_.size());  // a key must outlive the change of its voice
    for (std::size_t i = 0; i < std::min(out_.size(), e_.readings.size()); ++i) {
      if (e_.readings[i].measures.empty()) continue;
      chances_[i] = side_chances(e_.readings[i], e_.measures);
      if (!chances_[i]) continue;
      names[i] = out_[i].sources.empty() ? "" : out_[i].sources.front();
      VoiceOpinion& opinion = opinions_[names[i]];
      for (std::size_t k = 0; k < kSidesTold.size(); ++k) opinion.sum[k] += (*chances_[i])[k];
      ++opinion.sentences;
    }
    for (std::size_t i = 0; i < out_.size() && !opinions_.empty(); ++i) {
      settle(i, out_[i]);
      for (Voice& part : out_[i].parts) settle(i, part);
    }
  }

 private:
  void settle(std::size_t i, Voice& voice) const {
    if (std::ranges::find(kSidesTold, voice.side) == kSidesTold.end()) return;
    Side best = voice.side;
    const auto found = opinions_.find(voice.sources.empty() ? "" : std::string_view(voice.sources.front()));
    if (found == opinions_.end()) return;
    if (!voice.sources.empty()) {
      best = of_name(found->second, voice.side);
    } else if (chances_[i] && voice.side == e_.own.voice.side) {  // a notice has a side of its own
      best = of_document(*chances_[i], found->second);
    }
    if (best == voice.side) return;
    voice.side = best;
    voice.side_rule = "reader";
  }

  static Side of_name(const VoiceOpinion& opinion, Side ruled) {
    const auto value = [&](std::size_t k) {
      const Side side = kSidesTold[k];
      if (side == ruled) return opinion.of(k) + worth_of(ruled);
      return side == Side::outlet || side == Side::unknown ? -1000.0F : opinion.of(k);
    };
    return likeliest(value);
  }

  [[nodiscard]] Side of_document(const SideChances& here, const VoiceOpinion& opinion) const {
    const auto value = [&](std::size_t k) {
      const auto own = std::ranges::find(kDocumentSides, kSidesTold[k]);
      if (own == kDocumentSides.end()) return -1000.0F;
      const float told = kOfSentence * here[k] + (1 - kOfSentence) * opinion.of(k);
      const float body = *own == e_.own.voice.side && *own != Side::outlet ? kOwnBody : 0;
      return told + body + e_.own.sums[static_cast<std::size_t>(own - kDocumentSides.begin())];
    };
    return likeliest(value);
  }

  template <class Value>
  static Side likeliest(Value value) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < kSidesTold.size(); ++k) {
      if (value(k) > value(best)) best = k;
    }
    return kSidesTold[best];
  }

  const SideEvidence& e_;
  std::vector<Voice>& out_;
  std::vector<std::optional<SideChances>> chances_;  // by sentence
  std::map<std::string_view, VoiceOpinion> opinions_;
};

}  // namespace

void settle_sides(const SideEvidence& evidence, std::vector<Voice>& out) {
  if (!evidence.readings.empty()) SideSettler(evidence, out).run();
}

}  // namespace litopys
