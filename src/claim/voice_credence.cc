// First the words of each sentence, then the notes: a note marks what is plain before it, as far as it is the same voice's or one that it
// names. Fits notes that follow the report; one that comes first marks its own sentence alone.
#include "claim/voice_credence.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace litopys {
namespace {

constexpr std::uint32_t kNoteReach = 60;  // sentences before a note that it can be about

class Settler {
 public:
  Settler(const CredenceEvidence& e, std::vector<Voice>& out)
      : rows_(e.rows), text_(e.text), mentions_(e.mentions), names_(e.names), hits_(e.hits), out_(out) {}

  void run() {
    for (std::uint32_t i = 0; i < text_.sentences.size(); ++i) settle_credence(i);
    verification();
  }

 private:
  [[nodiscard]] const Sentence& sentence(std::uint32_t i) const { return text_.sentences[i]; }

  void settle_credence(std::uint32_t i) {
    const Sentence& s = sentence(i);
    const auto settle = [&](Voice& v) {
      const LexiconHit* best = nullptr;
      for (const LexiconHit& hit : hits_[i]) {
        const VoiceRow& row = rows_.rows[hit.row];
        if (row.use != RowUse::credence) continue;
        if (!v.scope.empty() && !v.parts.empty() && !v.scope.overlaps(hit.span)) continue;
        if (best == nullptr || row.credence == Credence::near_certain) best = &hit;
      }
      if (best != nullptr) {
        v.credence = rows_.rows[best->row].credence;
        v.credence_rule = rows_.ids[best->row];
        v.credence_spans = {best->span};
        return;
      }
      for (const Attribution& a : mentions_[i].attributions) {
        if (a.credence == Credence::plain || (!v.parts.empty() && !a.scope.overlaps(v.scope))) continue;
        v.credence = a.credence;
        v.credence_rule = a.row;
        v.credence_spans = {a.frame};
      }
    };
    if (s.junk) return;
    settle(out_[i]);
    for (Voice& part : out_[i].parts) settle(part);
  }

  void mark_unverified(Voice& v, Span note) {
    if (v.credence != Credence::plain) return;
    v.credence = Credence::unverified;
    v.credence_rule = "verification note";
    v.credence_spans = {note};
  }

  void verification() {
    for (std::uint32_t i = 0; i < text_.sentences.size(); ++i) {
      if (sentence(i).junk) continue;
      const LexiconHit* note = nullptr;
      bool everything = false;
      bool only_here = false;
      for (const LexiconHit& hit : hits_[i]) {
        const VoiceRow& row = rows_.rows[hit.row];
        if (row.use != RowUse::verification) continue;
        if (note == nullptr || hit.token_count > note->token_count) note = &hit;
        everything |= row.everything;
        only_here |= row.only_here;
      }
      if (note == nullptr) continue;
      mark_unverified(out_[i], note->span);
      // "..., the portal writes, and we could not check it": told in passing, of that alone.
      only_here |= std::any_of(mentions_[i].attributions.begin(), mentions_[i].attributions.end(),
                               [](const Attribution& a) { return !a.chain.empty(); });
      if (only_here) continue;
      const bool own_paragraph = i == 0 || sentence(i - 1).paragraph != sentence(i).paragraph;
      // Whose report the note is about: those whom it names, else the voice before it.
      std::vector<std::string> about;
      for (const Actor& actor : mentions_[i].actors) about.push_back(names_.resolve(actor, i).name);
      const std::vector<std::string>* voice = nullptr;
      for (std::uint32_t k = i; k-- > 0 && i - k < kNoteReach;) {
        if (sentence(k).junk || out_[k].sources.empty()) continue;
        if (voice == nullptr) voice = &out_[k].sources;
        const bool same = out_[k].sources.front() == voice->front();
        const bool named = std::find(about.begin(), about.end(), out_[k].sources.front()) != about.end();
        if (!same && !named && !everything) {
          if (own_paragraph) continue;
          break;
        }
        mark_unverified(out_[k], note->span);
        for (Voice& part : out_[k].parts) mark_unverified(part, note->span);
      }
    }
  }

  const VoiceRows& rows_;
  const Text& text_;
  const std::vector<Mentions>& mentions_;
  const VoiceNames& names_;
  const std::vector<std::vector<LexiconHit>>& hits_;
  std::vector<Voice>& out_;
};

}  // namespace

void settle_credence(const CredenceEvidence& evidence, std::vector<Voice>& out) { Settler(evidence, out).run(); }

}  // namespace litopys
