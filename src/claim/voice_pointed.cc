// The pointer spreads one over the words around a sentence, "nobody" and "somebody further away". Words are put together that name the same
// voice: those of one person, body or phrase, wherever they stand. What the rules say holds as much of the whole as the words that they
// name; it gives way to what holds clearly more. Measured on documents that the encoder had not learned from (docs/reading.md).
#include "claim/voice_pointed.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "claim/scene.h"
#include "claim/voice_turns.h"
#include "reader/slots.h"

namespace litopys {
namespace {

constexpr float kClearly = 0.3F;           // a voice named in the sentence: by so much of the whole
constexpr float kClearlyBefore = 0.5F;     // one named elsewhere in the window
constexpr float kClearlyNone = 0.6F;       // nobody
constexpr float kClearlyElsewhere = 0.4F;  // somebody named before the window
constexpr std::size_t kBack = 6;           // sentences in which somebody named before the window was heard last
constexpr float kOfPhrase = 0.25F;         // a word beside the likeliest belongs to its phrase with this share of its probability

// Words that one voice is named by.
struct PointedName {
  float probability = 0;
  Pointed best;                     // the likeliest of its words
  std::optional<NamedVoice> known;  // as the rules resolve it; none for a phrase that they do not know
};

std::string_view bare_word(std::string_view word) {
  const auto is_letter = [](char c) {
    return (static_cast<unsigned char>(c) & 0x80U) != 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  for (const std::string_view mark : {"«", "»", "„", "“", "”", "’", "…", "—", "–"}) {
    while (word.starts_with(mark)) word.remove_prefix(mark.size());
    while (word.ends_with(mark)) word.remove_suffix(mark.size());
  }
  while (!word.empty() && !is_letter(word.front())) word.remove_prefix(1);
  while (!word.empty() && !is_letter(word.back())) word.remove_suffix(1);
  for (const std::string_view mark : {"«", "»", "„", "“", "”", "…"}) {
    while (word.starts_with(mark)) word.remove_prefix(mark.size());
    while (word.ends_with(mark)) word.remove_suffix(mark.size());
  }
  return word;
}

class PointedSettler {
 public:
  PointedSettler(const PointedEvidence& e, std::vector<Voice>& out) : e_(e), out_(out) {}

  [[nodiscard]] std::vector<PointedVoice> voices(std::size_t i, std::span<const Voice> ruled) const {
    std::vector<PointedVoice> out;
    constexpr auto kOrigin = static_cast<std::size_t>(PointerSlot::origin);
    if (e_.readings[i].pointing.size() <= kOrigin) return out;
    const Pointing& pointing = e_.readings[i].pointing[kOrigin];
    for (const auto& [key, named] : together(pointing)) {
      if (std::optional<Voice> v = voice_of(i, named, pointing, ruled))
        out.push_back({*std::move(v), named.probability, sentence_at(e_.text, named.best.word.begin) == i});
    }
    return out;
  }

  void run() {
    const std::size_t n = std::min(out_.size(), e_.readings.size());
    const std::vector<Voice> ruled = out_;
    for (std::size_t i = 0; i < n; ++i) {
      constexpr auto kOrigin = static_cast<std::size_t>(PointerSlot::origin);
      if (e_.readings[i].pointing.size() <= kOrigin || e_.readings[i].measures.empty() || !out_[i].parts.empty() ||
          e_.text.sentences[i].heading)
        continue;
      settle(i, e_.readings[i].pointing[kOrigin], ruled);
    }
  }

 private:
  void settle(std::size_t i, const Pointing& pointing, const std::vector<Voice>& ruled) {
    const float none = pointing.absent[static_cast<std::size_t>(Absent::none)];
    const float elsewhere = pointing.absent[static_cast<std::size_t>(Absent::elsewhere)];
    const std::map<std::string, PointedName> named = together(pointing);
    float ours = none;
    if (!ruled[i].sources.empty()) {
      ours = 0;
      const std::vector<std::string> stems = stems_in(ruled[i].sources.front());
      for (const Pointed& p : pointing.words) {
        const std::string stem = name_stem(utf8::lowered(bare_word(p.word.of(e_.document.text))));
        if (std::ranges::find(stems, stem) != stems.end()) ours += p.probability;
      }
      ours += elsewhere;
    }
    const PointedName* best = nullptr;
    for (const auto& [key, candidate] : named) {
      if (best == nullptr || candidate.probability > best->probability) best = &candidate;
    }
    // Whose turn it is in a conversation shows by its form; only somebody named in the sentence says otherwise.
    const bool turn = ruled[i].rule == kTurnRule && !ruled[i].sources.empty();
    if (best != nullptr && best->probability > none) {
      const bool here = sentence_at(e_.text, best->best.word.begin) == i;
      if ((here || !turn) && best->probability - ours >= (here ? kClearly : kClearlyBefore)) point_at(i, *best, pointing, ruled);
    } else if (turn) {
      return;
    } else if (elsewhere > none && elsewhere - ours >= kClearlyElsewhere) {
      go_on(i);
    } else if (none - ours >= kClearlyNone) {
      out_[i] = e_.own;
      out_[i].scope = e_.text.sentences[i].span;
      out_[i].rule = "pointed at nobody";
    }
  }

  // The last voice heard before sentence i speaks on.
  void go_on(std::size_t i) {
    for (std::size_t k = i; k-- > 0 && i - k <= kBack;) {
      if (out_[k].sources.empty() || !out_[k].parts.empty()) continue;
      out_[i] = out_[k];
      out_[i].carried = true;
      out_[i].scope = e_.text.sentences[i].span;
      out_[i].rule = "pointed beyond";
      return;
    }
  }

  [[nodiscard]] static std::vector<std::string> stems_in(std::string_view name) {
    std::vector<std::string> out;
    std::size_t begin = 0;
    while (begin < name.size()) {
      const std::size_t end = std::min(name.find(' ', begin), name.size());
      const std::string_view word = bare_word(name.substr(begin, end - begin));
      if (word.size() > 2) out.push_back(name_stem(utf8::lowered(word)));
      begin = end + 1;
    }
    return out;
  }

  // Who is named by a word, if the mention stage knows.
  [[nodiscard]] std::optional<NamedVoice> known_at(Span word) const {
    const std::size_t k = sentence_at(e_.text, word.begin);
    if (k >= e_.mentions.size()) return std::nullopt;
    const auto at = static_cast<std::uint32_t>(k);
    for (const Attribution& a : e_.mentions[k].attributions) {
      for (const Actor& actor : a.chain) {
        if (actor.span.overlaps(word)) return e_.names.resolve(actor, at);
      }
    }
    for (const Actor& actor : e_.mentions[k].actors) {
      if (actor.span.overlaps(word)) return e_.names.resolve(actor, at);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::map<std::string, PointedName> together(const Pointing& pointing) const {
    std::map<std::string, PointedName> by_name;
    for (const Pointed& p : pointing.words) {
      std::optional<NamedVoice> known = known_at(p.word);
      // A phrase that nobody knows: the sentence it stands in keeps its words together.
      std::string key = known ? known->name : "#" + std::to_string(sentence_at(e_.text, p.word.begin));
      PointedName& named = by_name[key];
      named.probability += p.probability;
      if (p.probability > named.best.probability) named.best = p;
      named.known = std::move(known);
    }
    return by_name;
  }

  // The words around the likeliest that are pointed at with it.
  [[nodiscard]] Span phrase(const Pointing& pointing, const Pointed& best) const {
    const auto at = std::ranges::find_if(pointing.words, [&](const Pointed& p) { return p.word == best.word; });
    const auto joins = [&](const Pointed& p, const Pointed& beside) {
      const bool near = p.word.end <= beside.word.begin ? beside.word.begin - p.word.end <= 3 : p.word.begin - beside.word.end <= 3;
      return near && p.probability >= kOfPhrase * best.probability &&
             sentence_at(e_.text, p.word.begin) == sentence_at(e_.text, best.word.begin) && !known_at(p.word);
    };
    auto first = at, last = at;
    while (first != pointing.words.begin() && joins(*(first - 1), *first)) --first;
    while (last + 1 != pointing.words.end() && joins(*(last + 1), *last)) ++last;
    const std::string_view text = e_.document.text;
    const Span all{first->word.begin, last->word.end};
    const std::string_view words = bare_word(all.of(text));
    const auto begin = static_cast<std::uint32_t>(words.data() - text.data());
    return {begin, begin + static_cast<std::uint32_t>(words.size())};
  }

  void point_at(std::size_t i, const PointedName& named, const Pointing& pointing, std::span<const Voice> ruled) {
    if (std::optional<Voice> v = voice_of(i, named, pointing, ruled)) out_[i] = *std::move(v);
  }

  [[nodiscard]] std::optional<Voice> voice_of(std::size_t i, const PointedName& named, const Pointing& pointing,
                                              std::span<const Voice> ruled) const {
    Voice v;
    const std::size_t k = sentence_at(e_.text, named.best.word.begin);
    std::string rule = k == i ? "pointed at" : "pointed at before";
    Span span = named.best.word;
    if (named.known) {
      if (e_.names.is_outlet(named.known->name)) return std::nullopt;
      v.sources = {named.known->name};
      v.side = named.known->side != Side::unknown ? named.known->side
                                                  : likeliest_side(e_.readings[i], e_.measures).value_or(e_.otherwise(*named.known));
    } else {
      span = phrase(pointing, named.best);
      if (span.size() < 3) return std::nullopt;
      v.sources = {std::string(span.of(e_.document.text))};
      v.side = side_of_state(k, span).value_or(likeliest_side(e_.readings[i], e_.measures).value_or(Side::resident));
    }
    // A voice that the rules found there brings its side and those who hand it on.
    const auto same = [&](const Voice& other) { return !other.sources.empty() && other.sources.front() == v.sources.front(); };
    if (same(ruled[k])) {
      v.sources = ruled[k].sources;
      v.side = ruled[k].side;
    }
    for (const Voice& part : ruled[k].parts) {
      if (!same(part)) continue;
      v.sources = part.sources;
      v.side = part.side;
    }
    v.carried = k != i;
    v.rule = std::move(rule);
    v.spans = {span};
    v.scope = e_.text.sentences[i].span;
    return v;
  }

  // "Latvia", "Canada": a state that speaks; the encoder was not taught the side of foreign ones.
  [[nodiscard]] std::optional<Side> side_of_state(std::size_t sentence, Span words) const {
    constexpr std::size_t kStateCode = 2;  // letters
    for (const Place& place : e_.mentions[sentence].places) {
      if (!place.span.overlaps(words) || place.adjective || place.codes.size() != 1 || place.codes[0].size() != kStateCode) continue;
      if (place.codes[0] == "RU") return Side::russia;
      if (place.codes[0] == "UA") return Side::ukraine;
      return Side::foreign_state;
    }
    return std::nullopt;
  }

  const PointedEvidence& e_;
  std::vector<Voice>& out_;
};

}  // namespace

std::vector<PointedVoice> pointed_voices(const PointedEvidence& evidence, std::size_t i, std::span<const Voice> ruled) {
  std::vector<Voice> none;
  return i < evidence.readings.size() ? PointedSettler(evidence, none).voices(i, ruled) : std::vector<PointedVoice>{};
}

void settle_pointed(const PointedEvidence& evidence, std::vector<Voice>& out) {
  if (!evidence.readings.empty()) PointedSettler(evidence, out).run();
}

}  // namespace litopys
