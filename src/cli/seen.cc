#include "cli/seen.h"

#include <fmt/format.h>

#include <iterator>

namespace litopys {
namespace {

std::string figure_of(const Quantity& q) {
  std::string out = fmt::format("{} {}", name(q.bound), q.value.str());
  if (q.high) out += ".." + q.high->str();
  out += fmt::format(" {}", name(q.unit));
  if (!q.noun.empty()) out += fmt::format(" ({})", q.noun);
  return out;
}

std::string voice_of(const Attribution& a) {
  std::string out;
  for (const Actor& actor : a.chain) out += (out.empty() ? "" : " > ") + fmt::format("{} ({})", actor.name, name(actor.side));
  if (out.empty()) out = a.pronoun ? "the voice before" : "nobody named";
  if (a.credence != Credence::plain) out += fmt::format(", {}", name(a.credence));
  if (!a.whole_sentence) out += ", part of the sentence";
  return out;
}

}  // namespace

std::vector<SeenThing> seen_in(const Mentions& mentions, const Codebook& book) {
  std::vector<SeenThing> out;
  for (const Quantity& q : mentions.quantities) out.push_back({SeenKind::figure, q.span, figure_of(q), q.row});
  for (const Time& t : mentions.times) out.push_back({SeenKind::time, t.span, t.when ? t.when->str() : "not fixed by the text", t.rule});
  for (const Place& p : mentions.places) {
    const std::string_view role = p.role == PlaceRole::setting ? "" : " (part of a name)";
    out.push_back({SeenKind::place, p.span, fmt::format("{}{}", fmt::join(p.codes, "+"), role), p.id});
  }
  for (const Actor& a : mentions.actors) {
    constexpr std::string_view kKinds[] = {"person", "body", "outlet", "office", "nameless"};
    const std::string_view kind = kKinds[static_cast<std::size_t>(a.kind)];
    out.push_back(
        {SeenKind::actor, a.with_title.empty() ? a.span : a.with_title, fmt::format("{}, {} ({})", a.name, kind, name(a.side)), a.id});
  }
  for (const Attribution& a : mentions.attributions) out.push_back({SeenKind::voice, a.frame, voice_of(a), a.row});
  for (const Cue& c : mentions.cues) {
    if (c.row >= book.rows.size()) continue;
    const Row& row = book.rows[c.row];
    out.push_back({SeenKind::cue, c.span, fmt::format("{}: {}", row.kind, row.gives), row.id});
  }
  return out;
}

}  // namespace litopys
