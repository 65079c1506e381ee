// The rules know frames and who goes on; the encoder knows whom a sentence points at, whose side it is on, and neither is always right.
// Here both, and where the voices around stand, are signs of one sum, whose weights were learned from documents that the encoder had not
// learned from. Whom nobody names near the sentence is no candidate.
#include "claim/origin_look.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "claim/scene.h"
#include "claim/voice_turns.h"
#include "claim/weights.h"
#include "reader/slots.h"

namespace litopys {
namespace {

constexpr std::size_t kVoicesBack = 3;      // voices heard last that may go on
constexpr std::size_t kSentencesBack = 12;  // in so many sentences
constexpr float kLeastChance = 0.05F;       // of a name that the encoder points at and nobody else knows

float origin_odds(float p) { return std::log((p + 0.005F) / (1 - std::min(p, 1.0F) + 0.005F)); }

std::string_view origin_name(const Voice& voice) { return voice.sources.empty() ? std::string_view() : voice.sources.front(); }

class OriginChooser {
 public:
  OriginChooser(const OriginEvidence& e, const OriginWeights* weights, std::vector<Voice>& out) : e_(e), weights_(weights), out_(out) {}

  void run(std::vector<OriginChoice>* choices) {
    const std::size_t n = std::min(out_.size(), e_.pointed.readings.size());
    settled_ = out_;
    constexpr std::size_t kHeadSentences = 6;
    if (!settled_.empty())
      head_ = std::string_view(e_.pointed.document.text).substr(0, sentence(std::min(settled_.size(), kHeadSentences) - 1).span.end);
    count();
    for (std::size_t i = 0; i < n; ++i) {
      constexpr auto kOrigin = static_cast<std::size_t>(PointerSlot::origin);
      const SentenceReading& reading = e_.pointed.readings[i];
      if (reading.pointing.size() <= kOrigin || reading.measures.empty() || sentence(i).heading || !settled_[i].parts.empty() ||
          !e_.ruled[i].parts.empty())
        continue;
      std::vector<OriginLook> looks = looks_of(i, reading.pointing[kOrigin]);
      if (weights_ != nullptr) choose(i, looks);
      if (choices != nullptr) choices->push_back({i, std::move(looks)});
    }
  }

 private:
  [[nodiscard]] const Sentence& sentence(std::size_t i) const { return e_.pointed.text.sentences[i]; }

  void count() {
    std::size_t told = 0;
    for (std::size_t i = 0; i < settled_.size(); ++i) {
      if (sentence(i).junk || sentence(i).heading) continue;
      ++told;
      ++shares_[origin_name(settled_[i])];
      if (first_.empty()) first_ = origin_name(settled_[i]);
      if (i < e_.ruled.size() && !e_.ruled[i].sources.empty() && !e_.pointed.mentions[i].attributions.empty()) {
        ++frames_[origin_name(e_.ruled[i])];
        ++all_frames_;
      }
    }
    for (auto& [name, share] : shares_) {
      share /= static_cast<float>(std::max<std::size_t>(told, 1));
      speakers_ += !name.empty();
    }
  }

  std::vector<OriginLook> looks_of(std::size_t i, const Pointing& pointing) {
    std::vector<OriginLook> looks;
    const auto look = [&](const Voice& voice) -> OriginLook& {
      const auto found = std::ranges::find_if(looks, [&](const OriginLook& l) { return origin_name(l.voice) == origin_name(voice); });
      if (found != looks.end()) return *found;
      looks.push_back({voice, {}});
      looks.back().voice.parts.clear();
      return looks.back();
    };
    const auto sign = [](OriginLook& of, OriginSign which) -> float& { return of.signs[static_cast<std::size_t>(which)]; };
    const Voice& ruled = e_.ruled[i];
    const Voice& settled = settled_[i];
    look(settled);  // first, so that it keeps its words
    if (!settled.sources.empty()) look(ruled.sources.empty() ? ruled : e_.pointed.own);
    look(ruled);
    std::vector<PointedVoice> pointed = pointed_voices(e_.pointed, i, e_.ruled);
    std::erase_if(pointed, [&](const PointedVoice& p) {
      return p.probability < kLeastChance &&
             std::ranges::none_of(looks, [&](const OriginLook& l) { return origin_name(l.voice) == origin_name(p.voice); });
    });
    for (const PointedVoice& p : pointed) look(p.voice);
    // Who was heard before.
    std::vector<std::string_view> heard;
    std::size_t heading_since = i;  // the last heading before i
    std::size_t section_since = i;  // the last beginning of a section
    for (std::size_t k = i; k-- > 0 && i - k <= kSentencesBack && heard.size() < kVoicesBack;) {
      if (sentence(k).junk) continue;
      if (sentence(k).heading && heading_since == i) heading_since = k;
      if (section_since == i && label(k)) section_since = k;
      if (settled_[k].sources.empty() || !settled_[k].parts.empty()) continue;
      const std::string_view name = origin_name(settled_[k]);
      if (std::ranges::find(heard, name) != heard.end()) continue;
      heard.push_back(name);
      OriginLook& of = look(settled_[k]);
      if (origin_name(of.voice) != origin_name(settled) && of.voice.scope.begin != sentence(i).span.begin) of.voice.carried = true;
      const std::size_t distance = i - k;
      sign(of, distance == 1   ? OriginSign::back_one
               : distance == 2 ? OriginSign::back_two
               : distance <= 4 ? OriginSign::back_few
                               : OriginSign::back_far) = 1;
      if (sentence(k).paragraph == sentence(i).paragraph) sign(of, OriginSign::back_par) = 1;
      if (heading_since != i && heading_since > k) sign(of, OriginSign::back_heading) = 1;
      if (section_since != i && section_since >= k) sign(of, OriginSign::back_section) = 1;
      if (heard.size() == 1) {
        sign(of, OriginSign::last) = 1;
        sign(of, OriginSign::last_elsewhere) = pointing.absent[static_cast<std::size_t>(Absent::elsewhere)];
      }
    }
    const std::size_t next = i + 1;
    if (next < settled_.size() && !sentence(next).junk && settled_[next].parts.empty() && !settled_[next].sources.empty() &&
        settled_[next].rule.find("pointed") == std::string::npos)
      sign(look(settled_[next]), OriginSign::next) = 1;
    for (OriginLook& of : looks) {
      if (of.voice.sources.empty())
        sign_none(i, pointing, of, sign);
      else
        sign_voice(i, pointed, of, sign);
    }
    return looks;
  }

  template <class Sign>
  void sign_none(std::size_t i, const Pointing& pointing, OriginLook& of, Sign sign) const {
    const std::vector<Attribution>& frames = e_.pointed.mentions[i].attributions;
    sign(of, OriginSign::none) = 1;
    sign(of, OriginSign::none_ruled) = e_.ruled[i].sources.empty();
    sign(of, OriginSign::none_settled) = settled_[i].sources.empty();
    sign(of, OriginSign::none_pointed) = origin_odds(pointing.absent[static_cast<std::size_t>(Absent::none)]);
    sign(of, OriginSign::none_elsewhere) = pointing.absent[static_cast<std::size_t>(Absent::elsewhere)];
    sign(of, OriginSign::none_told) = chance(i, e_.pointed.own.side);
    sign(of, OriginSign::none_body) = e_.pointed.own.side != Side::outlet;
    sign(of, OriginSign::none_quoted) = quoted(i);
    sign(of, OriginSign::none_before) = i == 0 || settled_[i - 1].sources.empty();
    sign(of, OriginSign::none_after) = i + 1 >= settled_.size() || settled_[i + 1].sources.empty();
    sign(of, OriginSign::none_frame) = !frames.empty();
    sign(of, OriginSign::none_actor) = !e_.pointed.mentions[i].actors.empty();
    if (e_.carrying[i]) sign(of, OriginSign::none_carry) = static_cast<float>(std::clamp(*e_.carrying[i], -3.0, 3.0));
    sign(of, OriginSign::none_first) = !e_.carrying[i];
    if (const auto share = shares_.find(""); share != shares_.end()) sign(of, OriginSign::none_share) = share->second;
    sign(of, OriginSign::none_opens) = opens(i);
    sign(of, OriginSign::none_section) = i > 0 && label(i - 1) && sentence(i).line == sentence(i - 1).line;
    sign(of, OriginSign::none_voices) = std::log(1 + static_cast<float>(speakers_));
  }

  template <class Sign>
  void sign_voice(std::size_t i, const std::vector<PointedVoice>& pointed, OriginLook& of, Sign sign) const {
    const std::string_view name = origin_name(of.voice);
    sign(of, OriginSign::voice) = 1;
    const Voice& ruled = e_.ruled[i];
    const bool is_ruled = name == origin_name(ruled);
    if (is_ruled) {
      const std::string_view rule = ruled.rule;
      sign(of, OriginSign::ruled) = 1;
      if (rule == kTurnRule)
        sign(of, OriginSign::ruled_turn) = 1;
      else if (rule == "label")
        sign(of, OriginSign::ruled_label) = 1;
      else if (rule.find(".weak") != std::string_view::npos)
        sign(of, OriginSign::ruled_weak) = 1;
      else if (rule.find(".by") != std::string_view::npos)
        sign(of, OriginSign::ruled_by) = 1;
      else if (e_.pointed.mentions[i].attributions.empty())
        sign(of, OriginSign::ruled_carried) = 1;
      else
        sign(of, ruled.carried ? OriginSign::ruled_back : OriginSign::ruled_frame) = 1;
    } else if (!e_.pointed.mentions[i].attributions.empty() && !ruled.sources.empty()) {
      sign(of, OriginSign::frame_other) = 1;
    }
    sign(of, OriginSign::settled) = name == origin_name(settled_[i]);
    const auto at = std::ranges::find_if(pointed, [&](const PointedVoice& p) { return origin_name(p.voice) == name; });
    if (at != pointed.end())
      sign(of, at->here ? OriginSign::pointed_here : OriginSign::pointed_before) = origin_odds(at->probability) + 5;
    else
      sign(of, OriginSign::unpointed) = 1;
    sign(of, OriginSign::told) = chance(i, of.voice.side);
    if (e_.carrying[i] && e_.in_hand[i] == name) sign(of, OriginSign::carry) = static_cast<float>(std::clamp(*e_.carrying[i], -3.0, 3.0));
    if (const auto share = shares_.find(name); share != shares_.end()) sign(of, OriginSign::share) = share->second;
    if (const auto told = frames_.find(name); told != frames_.end())
      sign(of, OriginSign::frames) = told->second / static_cast<float>(all_frames_);
    sign(of, OriginSign::named_here) = std::ranges::any_of(e_.pointed.mentions[i].actors, [&](const Actor& actor) {
      return e_.pointed.names.resolve(actor, static_cast<std::uint32_t>(i)).name == name;
    });
    if (e_.pointed.own.side != Side::outlet && of.voice.side == e_.pointed.own.side) {
      sign(of, OriginSign::of_own) = 1;
      sign(of, OriginSign::of_head) = head_.find(name) != std::string_view::npos;
    }
    sign(of, OriginSign::only) = speakers_ == 1 && shares_.contains(name);
    sign(of, OriginSign::first) = name == first_;
    sign(of, OriginSign::quoted) = quoted(i);
    sign(of, OriginSign::opens) = opens(i) && e_.pointed.mentions[i].actors.empty();
    sign(of, OriginSign::relayed) = of.voice.sources.size() > 1;
    sign(of, OriginSign::body) = e_.pointed.own.side != Side::outlet;
    switch (of.voice.side) {
      case Side::resident: sign(of, OriginSign::of_resident) = 1; break;
      case Side::russia: sign(of, OriginSign::of_russia) = 1; break;
      case Side::ukraine: sign(of, OriginSign::of_ukraine) = 1; break;
      case Side::media: sign(of, OriginSign::of_media) = 1; break;
      case Side::international:
      case Side::ngo:
      case Side::foreign_state: sign(of, OriginSign::of_body) = 1; break;
      default: break;
    }
  }

  // "Prices.": a few words at the beginning of a line that holds more.
  [[nodiscard]] bool label(std::size_t k) const {
    constexpr std::uint32_t kMostTokens = 5;
    if (sentence(k).token_count > kMostTokens || k + 1 >= settled_.size() || sentence(k + 1).line != sentence(k).line) return false;
    return k == 0 || sentence(k - 1).line != sentence(k).line;
  }

  [[nodiscard]] bool opens(std::size_t i) const { return i == 0 || sentence(i).paragraph != sentence(i - 1).paragraph; }

  [[nodiscard]] bool quoted(std::size_t i) const {
    const std::string_view words = sentence(i).span.of(e_.pointed.document.text);
    return words.starts_with("«") || words.starts_with("“") || words.starts_with("\"") || words.starts_with("„");
  }

  // What the encoder thinks of a side in sentence i; of one that it was not taught, nothing.
  [[nodiscard]] float chance(std::size_t i, Side side) const {
    constexpr float kLeast = -6;
    const auto chances = side_chances(e_.pointed.readings[i], e_.pointed.measures);
    const auto at = std::ranges::find(kSidesTold, side);
    if (!chances || at == kSidesTold.end()) return -2;
    return std::max((*chances)[static_cast<std::size_t>(at - kSidesTold.begin())], kLeast);
  }

  void choose(std::size_t i, const std::vector<OriginLook>& looks) {
    const auto sum = [&](const OriginLook& of) {
      float out = 0;
      for (std::size_t k = 0; k < kOriginSigns; ++k) out += of.signs[k] * (*weights_)[k];
      return out;
    };
    const OriginLook* best = &looks.front();
    for (const OriginLook& of : looks) {
      if (sum(of) > sum(*best)) best = &of;
    }
    if (origin_name(best->voice) == origin_name(settled_[i])) return;
    Voice voice = best->voice;
    std::vector<SignShare> shares;
    for (std::size_t k = 0; k < kOriginSigns; ++k)
      shares.push_back({best->signs[k] * (*weights_)[k] - looks.front().signs[k] * (*weights_)[k], name(static_cast<OriginSign>(k))});
    voice.note = largest_shares(std::move(shares));
    voice.rule = "weighed";
    voice.scope = sentence(i).span;
    voice.credence = Credence::plain;
    out_[i] = std::move(voice);
  }

  const OriginEvidence& e_;
  const OriginWeights* weights_;
  std::vector<Voice>& out_;
  std::vector<Voice> settled_;
  std::map<std::string_view, float> shares_, frames_;  // by name: of the sentences; frames
  std::size_t all_frames_ = 0;
  std::string_view head_;  // the first lines
  std::size_t speakers_ = 0;
  std::string_view first_;
};

}  // namespace

void choose_origins(const OriginEvidence& evidence, const OriginWeights* weights, std::vector<Voice>& out,
                    std::vector<OriginChoice>* choices) {
  if (evidence.pointed.readings.empty() || (weights == nullptr && choices == nullptr)) return;
  OriginChooser(evidence, weights, out).run(choices);
}

}  // namespace litopys
