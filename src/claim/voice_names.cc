// Names are compared by the stems of their words, as case endings differ («Федоров», «Федорова»). One pass collects every named actor;
// a surname alone joins the longer name that holds it; a title ("the mayor") joins the person who bears it. A phrase that fits nobody
// keeps its own words. Two bearers of one surname in a document are told apart only by their full names.
#include "claim/voice_names.h"

#include <algorithm>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kMostBearers = 32;  // of one stem; more is a list of names, not a report

bool letter_start(std::string_view s, std::size_t i) { return (static_cast<unsigned char>(s[i]) & 0xC0U) != 0x80U; }

// Preferred surfaces: given name and surname, then a spelled-out body, then one word, then an abbreviation.
int rank_of(ActorKind kind, std::size_t words, bool abbreviation, bool nominative) {
  int rank = 0;
  if (kind == ActorKind::person) {
    rank = words == 2 ? 30 : words == 3 ? 20 : words == 1 ? 10 : 5;
  } else {
    rank = abbreviation ? 5 : static_cast<int>(std::min<std::size_t>(words, 8)) * 3 + 5;
  }
  return rank + (nominative ? 1 : 0);
}

}  // namespace

std::string name_stem(std::string_view folded) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) letters += letter_start(folded, i);
  const std::size_t keep = std::max<std::size_t>(4, letters > 3 ? letters - 3 : 0);
  std::size_t seen = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (letter_start(folded, i) && seen++ == keep) return std::string(folded.substr(0, i));
  }
  return std::string(folded);
}

VoiceNames::VoiceNames(const Document& document, const Text& text, const std::vector<Mentions>& mentions)
    : document_(document), text_(text) {
  if (document.outlet) {
    std::string word;
    for (char c : *document.outlet + " ") {
      if (c == ' ') {
        if (!word.empty()) outlet_.push_back(word);
        word.clear();
      } else {
        word += c;
      }
    }
  }
  for (std::uint32_t i = 0; i < mentions.size(); ++i) {
    if (i < text.sentences.size() && text.sentences[i].junk) continue;
    for (const Actor& actor : mentions[i].actors) add(actor, i);
    for (const Attribution& a : mentions[i].attributions) {
      for (const Actor& actor : a.chain) add(actor, i);
    }
  }
}

std::vector<std::string> VoiceNames::stems_of(Span span) const {
  const auto from =
      std::partition_point(text_.tokens.begin(), text_.tokens.end(), [&](const Token& t) { return t.span.end <= span.begin; });
  std::vector<std::string> out;
  for (auto it = from; it != text_.tokens.end() && it->span.begin < span.end && out.size() < 12; ++it) {
    if (it->kind == TokenKind::word) out.push_back(name_stem(it->lower));
  }
  return out;
}

void VoiceNames::add(const Actor& actor, std::uint32_t at) {
  if (actor.kind == ActorKind::nameless || (actor.kind == ActorKind::office && actor.id.empty())) return;
  std::vector<std::string> stems = stems_of(actor.span);
  if (stems.empty()) return;
  std::string key = actor.id;
  if (key.empty()) {
    for (const std::string& s : stems) key.append(s).append(" ");
  }
  const auto [place, fresh] = by_key_.try_emplace(key, entities_.size());
  if (fresh) {
    Entity e;
    e.id = actor.id;
    e.kind = actor.kind;
    e.first_sentence = at;
    entities_.push_back(std::move(e));
  }
  Entity& e = entities_[place->second];
  e.last_sentence = at;
  if (e.side == Side::unknown || (e.side == Side::resident && actor.side != Side::unknown)) e.side = actor.side;
  const auto link = [&](std::unordered_map<std::string, std::vector<std::size_t>>& index, std::vector<std::string>& own,
                        const std::string& stem) {
    if (std::find(own.begin(), own.end(), stem) != own.end() || own.size() >= kMostBearers) return;
    own.push_back(stem);
    std::vector<std::size_t>& bearers = index[stem];
    if (bearers.size() < kMostBearers) bearers.push_back(place->second);
  };
  for (const std::string& s : stems) link(by_stem_, e.stems, s);
  if (!actor.with_title.empty() && actor.kind == ActorKind::person) {
    for (const std::string& s : stems_of(actor.with_title)) {
      if (std::find(e.stems.begin(), e.stems.end(), s) == e.stems.end()) link(by_title_, e.titles, s);
    }
  }
  const std::string_view surface = actor.name.empty() ? actor.span.of(document_.text) : std::string_view(actor.name);
  const auto token =
      std::partition_point(text_.tokens.begin(), text_.tokens.end(), [&](const Token& t) { return t.span.end <= actor.span.begin; });
  bool nominative = text_.language == Language::en;
  bool abbreviation = false;
  if (token != text_.tokens.end()) {
    abbreviation = token->all_caps && stems.size() == 1;
    for (const Reading& r : text_.readings_of(*token)) nominative |= r.grammatical_case == Case::nominative;
  }
  const int rank = rank_of(actor.kind, stems.size(), abbreviation, nominative);
  if (rank > e.rank) {
    e.rank = rank;
    e.name = surface;
  }
}

const VoiceNames::Entity* VoiceNames::best_with(const std::vector<std::string>& stems, std::uint32_t at, bool titles) const {
  const auto& index = titles ? by_title_ : by_stem_;
  const Entity* best = nullptr;
  long best_score = 0;
  for (const std::string& stem : stems) {
    const auto found = index.find(stem);
    if (found == index.end()) continue;
    for (std::size_t k : found->second) {
      const Entity& e = entities_[k];
      const std::vector<std::string>& own = titles ? e.titles : e.stems;
      const bool all =
          std::all_of(stems.begin(), stems.end(), [&](const std::string& s) { return std::find(own.begin(), own.end(), s) != own.end(); });
      if (!all) continue;
      // One who was named before, lately; else one who will be named.
      const long nearness = e.first_sentence <= at ? 100000 - static_cast<long>(at - std::min(at, e.last_sentence))
                                                   : 50000 - static_cast<long>(e.first_sentence - at);
      const long score = nearness + static_cast<long>(own.size());
      if (best == nullptr || score > best_score) {
        best = &e;
        best_score = score;
      }
    }
    break;  // all stems must be borne; the bearers of one are enough to look at
  }
  return best;
}

NamedVoice VoiceNames::resolve(const Actor& actor, std::uint32_t at) const {
  NamedVoice out;
  out.name = actor.name.empty() ? std::string(actor.span.of(document_.text)) : actor.name;
  out.side = actor.side;
  out.kind = actor.kind;
  const std::vector<std::string> stems = stems_of(actor.span);
  const auto take = [&](const Entity& e) {
    out.name = e.name;
    if (e.side != Side::unknown) out.side = e.side;
    out.titled = !e.titles.empty();
    out.kind = e.kind;
  };
  if (actor.kind == ActorKind::nameless || (actor.kind == ActorKind::office && actor.id.empty()) ||
      (actor.kind == ActorKind::body && actor.id.empty() && stems.size() == 1)) {
    if (actor.kind == ActorKind::nameless && stems.size() == 1) {
      // "the lawyer", once a lawyer has been named
      const Entity* bearer = best_with(stems, at, true);
      if (bearer != nullptr && bearer->first_sentence < at && bearer->kind == ActorKind::person) take(*bearer);
    }
    if (stems.size() <= 2 && actor.kind != ActorKind::nameless) {
      const Entity* bearer = actor.kind == ActorKind::office ? best_with(stems, at, true) : nullptr;
      if (bearer == nullptr) {
        bearer = best_with(stems, at, false);
        if (bearer != nullptr && bearer->stems.size() <= stems.size()) bearer = nullptr;
      }
      if (bearer != nullptr) take(*bearer);
      out.bare = bearer == nullptr && (stems.size() == 1 || (stems.size() == 2 && actor.kind == ActorKind::office));
    }
    return out;
  }
  std::string key = actor.id;
  if (key.empty()) {
    for (const std::string& s : stems) key.append(s).append(" ");
  }
  if (const auto found = by_key_.find(key); found != by_key_.end()) take(entities_[found->second]);
  if (actor.kind == ActorKind::person && stems.size() == 1) {
    const Entity* full = best_with(stems, at, false);
    std::size_t most = 1;
    if (const auto bearers = by_stem_.find(stems.front()); bearers != by_stem_.end()) {
      for (std::size_t k : bearers->second) {
        if (entities_[k].kind == ActorKind::person && entities_[k].stems.size() > most && entities_[k].stems.size() <= 4) {
          most = entities_[k].stems.size();
          full = &entities_[k];
        }
      }
    }
    if (full != nullptr && full->kind == ActorKind::person) take(*full);
  }
  return out;
}

bool VoiceNames::is_outlet(std::string_view name) const {
  if (outlet_.empty()) return false;
  std::size_t found = 0;
  for (const std::string& w : outlet_) found += name.find(w) != std::string_view::npos;
  return found == outlet_.size();
}

}  // namespace litopys
