// A letterhead, a kind of document in the first words, or an address to people makes a document a body's own; then points for words of
// its side settle whose. Without such a sign it is the outlet's, however often the body is named: a report on a body is not its word.
#include "claim/voice_document.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace litopys {
namespace {

constexpr std::uint32_t kLongLine = 16;
constexpr std::uint32_t kOpening = 12;  // sentences that show whose document it is

class OwnVoice {
 public:
  OwnVoice(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
           const std::vector<std::vector<LexiconHit>>& hits)
      : rows_(rows), document_(document), text_(text), mentions_(mentions), hits_(hits) {}

  Voice run() {
    own_voice();
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Sentence& sentence(std::uint32_t i) const { return text_.sentences[i]; }

  // The side that a line of the head belongs to: of its first body, speaker's noun, or word of a side that stands beside one. What the
  // document is about ("on the imposing of Russian citizenship") is no body of its.
  [[nodiscard]] std::optional<std::pair<Side, Span>> side_in(std::uint32_t i) const {
    std::optional<std::pair<Side, Span>> best;
    const auto offer = [&](Side side, Span span) {
      if (side == Side::unknown || side == Side::resident || side == Side::media) return;
      if (!best || span.begin < best->second.begin) best = {side, span};
    };
    for (const Actor& actor : mentions_[i].actors) {
      if (actor.kind != ActorKind::person) offer(actor.side, actor.span);
    }
    for (const LexiconHit& hit : hits_[i]) {
      const VoiceRow& row = rows_.rows[hit.row];
      if (row.use == RowUse::speaker) offer(row.side, hit.span);
      if (row.use == RowUse::side && beside_speaker(i, hit)) offer(row.side, hit.span);
    }
    return best;
  }

  // A speaker's noun within four words, or in the word itself.
  [[nodiscard]] bool beside_speaker(std::uint32_t i, const LexiconHit& side) const {
    constexpr std::uint32_t kReach = 4;
    return std::any_of(hits_[i].begin(), hits_[i].end(), [&](const LexiconHit& hit) {
      if (rows_.rows[hit.row].use != RowUse::speaker) return false;
      return hit.first_token <= side.first_token + side.token_count + kReach &&
             side.first_token <= hit.first_token + hit.token_count + kReach;
    });
  }

  // A line that is a body's name and little else, or begins with one: "Skadovsk district military administration: daily report".
  [[nodiscard]] bool letterhead(std::uint32_t i) const {
    const Sentence& s = sentence(i);
    if (s.token_count > 16 || (!s.heading && s.token_count > 10)) return false;
    const bool english = text_.language == Language::en;
    const auto tokens = text_.tokens_of(s);
    bool body = false;
    for (const Actor& actor : mentions_[i].actors) {
      body |= actor.kind != ActorKind::person && actor.kind != ActorKind::outlet && (english || actor.span.begin < s.span.begin + 12);
    }
    for (const LexiconHit& hit : hits_[i]) {
      const VoiceRow& row = rows_.rows[hit.row];
      body |= row.use == RowUse::speaker && row.body && (english || hit.first_token - s.first_token <= 3);
    }
    if (!body) return false;
    if (english) return titled(tokens);
    for (const Token& t : tokens) {
      bool verb = false;
      for (const Reading& r : text_.readings_of(t)) {
        const bool finite = r.part == PartOfSpeech::verb && r.form != VerbForm::infinitive;
        if (!finite) {
          verb = false;
          break;
        }
        verb = !r.guessed;
      }
      if (verb) return false;
    }
    return true;
  }

  // English verbs look like nouns; a name is written with capitals throughout, and a colon or a dash after a voice makes it a headline.
  [[nodiscard]] bool titled(std::span<const Token> tokens) const {
    for (const Token& t : tokens) {
      if (t.kind == TokenKind::word && !t.capital && !t.all_caps && t.lower != "of" && t.lower != "for" && t.lower != "the" &&
          t.lower != "and" && t.lower != "in")
        return false;
      if (t.span.of(document_.text) == "," || t.span.of(document_.text) == ":") break;
      for (const Reading& r : text_.readings_of(t)) {
        if (r.part == PartOfSpeech::verb && (t.lower.ends_with("s") || t.lower.ends_with("ed"))) {
          if (&r == &text_.readings_of(t).front()) return false;
        }
      }
    }
    return true;
  }

  // The head: lines before the text, at most six, and the sentence after them.
  [[nodiscard]] std::vector<std::uint32_t> head() const {
    constexpr std::size_t kMostLines = 6;
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < text_.sentences.size() && out.size() < kMostLines; ++i) {
      if (sentence(i).junk) continue;
      out.push_back(i);
      if (!sentence(i).heading && sentence(i).token_count > kLongLine) break;
    }
    return out;
  }

  // An intelligence update: what nobody else says is weighed by degrees of likelihood, nearly every second sentence.
  [[nodiscard]] bool estimates() const {
    constexpr std::uint32_t kFewest = 3;
    std::uint32_t own = 0;
    std::uint32_t weighed = 0;
    for (std::uint32_t i = 0; i < text_.sentences.size(); ++i) {
      if (sentence(i).junk || sentence(i).heading || !mentions_[i].attributions.empty()) continue;
      ++own;
      weighed += std::any_of(hits_[i].begin(), hits_[i].end(), [&](const LexiconHit& hit) {
        const VoiceRow& row = rows_.rows[hit.row];
        return row.use == RowUse::credence && (row.credence == Credence::likely || row.credence == Credence::near_certain);
      });
    }
    return weighed >= kFewest && weighed * 5 >= own * 2;
  }

  void own_voice() {
    out_.side = Side::outlet;
    out_.rule = "outlet";
    std::array<int, Names<Side>::all.size()> score{};
    std::array<Span, Names<Side>::all.size()> words{};
    std::array<bool, Names<Side>::all.size()> addressed{};
    const std::vector<std::uint32_t> head_lines = head();
    std::uint32_t seen = 0;
    bool form_seen = false;
    for (std::uint32_t i = 0; i < text_.sentences.size() && seen < kOpening; ++i) {
      if (sentence(i).junk) continue;
      const bool opening = seen < 2;
      ++seen;
      const bool line = opening || sentence(i).heading || sentence(i).token_count <= kLongLine;
      const bool short_line = sentence(i).heading && sentence(i).token_count <= kLongLine;
      const bool in_head = std::find(head_lines.begin(), head_lines.end(), i) != head_lines.end();
      bool form = in_head && letterhead(i);
      for (const LexiconHit& hit : hits_[i]) {
        const VoiceRow& row = rows_.rows[hit.row];
        if (row.use == RowUse::document_form && in_head && (line || row.anywhere) &&
            hit.first_token - sentence(i).first_token <= (row.reach > 1 && short_line ? kLongLine : row.reach)) {
          form = true;
        }
        if (row.use != RowUse::document) continue;
        const auto side = static_cast<std::size_t>(row.side);
        score[side] += (opening ? 2 : 1) * row.weight;
        addressed[side] |= row.weight > 1;
        if (words[side].empty()) words[side] = hit.span;
      }
      if (!form) continue;
      form_seen = true;
      if (const auto found = side_in(i)) {
        const auto side = static_cast<std::size_t>(found->first);
        score[side] += 4;
        if (words[side].empty()) words[side] = found->second;
      }
    }
    if (estimates()) {
      score[static_cast<std::size_t>(Side::foreign_state)] += 4;
      form_seen = true;
    }
    const auto best = static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
    if (score[best] < 4 || (!form_seen && !addressed[best])) return;
    out_.side = static_cast<Side>(best);
    out_.rule = "document voice";
    out_.spans = {words[best]};
  }

  const VoiceRows& rows_;
  const Document& document_;
  const Text& text_;
  const std::vector<Mentions>& mentions_;
  const std::vector<std::vector<LexiconHit>>& hits_;
  Voice out_;
};

}  // namespace

Voice document_voice(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                     const std::vector<std::vector<LexiconHit>>& hits) {
  return OwnVoice(rows, document, text, mentions, hits).run();
}

}  // namespace litopys
