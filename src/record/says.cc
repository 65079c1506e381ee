#include "record/says.h"

#include <fmt/format.h>

#include <algorithm>

namespace litopys {
namespace {

// 2800000 as "2,800,000".
std::string grouped(std::string number) {
  const std::size_t point = std::min(number.find('.'), number.size());
  for (std::size_t i = point; i > 3; i -= 3) {
    if (i - 3 > (number.front() == '-' ? 1U : 0U)) number.insert(i - 3, ",");
  }
  return number;
}

class Teller {
 public:
  Teller(const Evidence& evidence, const Actors& actors, const Codebook& book, const Gazetteer& gazetteer)
      : facts_(evidence.facts), actors_(actors), book_(book), gazetteer_(gazetteer) {}

  Finding tell(const FindingDraft& draft) const {
    Finding out;
    out.kind = draft.kind;
    for (FactId f : draft.facts) out.claims.push_back(facts_.name(f));
    out.says = says(draft);
    for (FactId f : draft.facts) out.because.push_back(step(draft, f));
    if (draft.excess > Amount()) out.because.push_back(fmt::format("Together they miss by {}.", grouped(draft.excess.str())));
    return out;
  }

 private:
  const Fact& fact(FactId f) const { return facts_.all[f]; }
  const std::string& who(FactId f) const { return actors_.name(fact(f).originator); }
  const std::string& face(FactId f) const { return actors_.name(facts_.face(fact(f))); }

  std::string what(const Fact& f) const {
    const std::string& id = facts_.measures.names[f.measure];
    const auto measure = book_.measure(id);
    return measure && !book_.measures[*measure].label.en.empty() ? book_.measures[*measure].label.en : id;
  }

  std::string figure(const Fact& f) const {
    if (!f.has_figure) return {};
    std::string number = grouped(f.value.str());
    switch (f.bound) {
      case Bound::exact: break;
      case Bound::about: number = "about " + number; break;
      case Bound::over: number = "over " + number; break;
      case Bound::at_least: number = "at least " + number; break;
      case Bound::under: number = "under " + number; break;
      case Bound::at_most: number = "at most " + number; break;
      case Bound::several: number = "several times " + number; break;
      case Bound::range: number += " to " + grouped(f.value2.str()); break;
    }
    if (f.unit == Unit::percent) return number + " percent";
    return number + " " + std::string(name(f.unit)) + (f.unit == Unit::other ? "" : "s");
  }

  std::string time(FactId id) const {
    const Fact& f = fact(id);
    const auto& when = facts_.claim(f).when;
    if (f.form == FactTime::none || !when) {
      const auto& published = facts_.source(f).published;
      return published ? "undated, published " + *published : "undated";
    }
    if (f.form == FactTime::total) return "by " + when->end->str();
    if (f.form == FactTime::since) return "since " + when->begin->str();
    return "in " + when->str();
  }

  std::string place_name(std::string_view code) const {
    const GazetteerPlace* place = gazetteer_.place(code);
    const std::string_view name = place != nullptr ? gazetteer_.name_of(*place, Language::en) : std::string_view();
    if (!name.empty()) return std::string(name);
    return std::string(code.substr(code.find('/') == std::string_view::npos ? 0 : code.find('/') + 1));
  }

  std::string where(const Fact& f) const {
    const FactPlace& place = facts_.places[f.place];
    std::string out;
    if (gazetteer_.place(place.name) != nullptr) {
      out = place_name(place.name);
    } else {
      for (std::size_t i = 0; i < place.listed.size(); ++i) {
        out += (i == 0 ? "" : i + 1 == place.listed.size() ? " and " : ", ") + place_name(place.listed[i]);
      }
    }
    for (const std::string& member : facts_.groups[f.group].members) out += (out.empty() ? "" : ", ") + member;
    return out.empty() ? "no place named" : out;
  }

  // "over 2,000,000 passports (Passports issued, Kherson, by 2024-01)"
  std::string matter(FactId id) const {
    const Fact& f = fact(id);
    const std::string number = figure(f);
    return fmt::format("{} ({}{}, {})", number.empty() ? what(f) : number, number.empty() ? "" : what(f) + ", ", where(f), time(id));
  }

  std::string says(const FindingDraft& draft) const {
    const FactId a = draft.facts.front();
    const FactId b = draft.facts.back();
    switch (draft.kind) {
      case FindingKind::contradiction: return against(draft);
      case FindingKind::update: return fmt::format("{} raised its figure from {} to {}.", who(a), matter(a), matter(b));
      case FindingKind::restated:
        return fmt::format("{} of {} was told again in {} without the date that it was first told for.", matter(a), who(a),
                           facts_.source(fact(b)).id);
      case FindingKind::one_origin: {
        const std::size_t documents = facts_count(draft);
        return fmt::format("{} documents tell {}, and all of them rest on {} alone.", documents, matter(a), who(a));
      }
      case FindingKind::true_origin: return fmt::format("{} is told as from {}, who passes on what {} said.", matter(a), face(a), who(a));
      case FindingKind::circular: {
        std::string names;
        for (FactId f : draft.facts) names += (names.empty() ? "" : ", ") + face(f);
        return fmt::format("{} rests on a circle: {} are each cited for it by another of them, and nobody is shown to have said it first.",
                           matter(a), names);
      }
      case FindingKind::plan_met:
        return fmt::format("What {} planned, {}, was reached as {} tells it: {}.", who(a), matter(a), who(b), matter(b));
      case FindingKind::plan_missed:
        return fmt::format("What {} planned, {}, was not reached as {} tells it: {}.", who(a), matter(a), who(b), matter(b));
      case FindingKind::scope: return fmt::format("{} and {} look opposed but count different things.", matter(a), matter(b));
      case FindingKind::rounding: return fmt::format("{} told one figure in two roundings: {} and {}.", who(a), matter(a), matter(b));
    }
    return {};
  }

  std::size_t facts_count(const FindingDraft& draft) const {
    std::vector<std::uint32_t> documents;
    for (FactId f : draft.facts) documents.push_back(fact(f).document);
    return static_cast<std::size_t>(std::unique(documents.begin(), documents.end()) - documents.begin());
  }

  std::string against(const FindingDraft& draft) const {
    const FactId a = draft.facts.front();
    const FactId b = draft.facts.back();
    const std::string_view rule = draft.rule;
    if (rule == "denial") return fmt::format("{} denies what {} says: {}.", who(a), who(b), matter(b));
    if (rule == "deadline")
      return fmt::format("{} and {} name different dates while both lie ahead: {} and {}.", who(a), who(b), time(a), time(b));
    if (rule == "completed")
      return fmt::format("{} told the issuing as over {}, and {} tells that it went on: {}.", who(a), time(a), who(b), matter(b));
    std::string out = "These cannot all be true: ";
    for (std::size_t i = 0; i < draft.facts.size(); ++i) {
      out += (i == 0 ? "" : "; ") + fmt::format("{} said {}", who(draft.facts[i]), matter(draft.facts[i]));
    }
    return out + ".";
  }

  std::string step(const FindingDraft& draft, FactId id) const {
    std::string line = facts_.name(id) + ": ";
    if (draft.kind != FindingKind::contradiction || std::string_view(draft.rule) != "figures") {
      line += fmt::format("{} {}: {}", face(id), name(fact(id).stance), matter(id));
      if (face(id) != who(id)) line += fmt::format(", from {}", who(id));
      return line;
    }
    std::vector<CurveBound> bounds;
    append_bounds(facts_, id, bounds);
    std::string parts;
    for (const CurveBound& b : bounds) {
      const bool least = b.kind == BoundKind::low || b.kind == BoundKind::period_low;
      if (least ? b.amount <= Amount() : b.amount >= kOpen) continue;
      const bool period = b.kind == BoundKind::period_low || b.kind == BoundKind::period_high;
      parts += fmt::format("{}{} {} {}", parts.empty() ? "" : ", ", least ? "at least" : "at most", grouped(b.amount.str()),
                           period ? "after " + day_text(b.from) + " until " + day_text(b.to) : "on " + day_text(b.to));
    }
    return line + fmt::format("{} said {}: {}", who(id), matter(id), parts);
  }

  const Facts& facts_;
  const Actors& actors_;
  const Codebook& book_;
  const Gazetteer& gazetteer_;
};

}  // namespace

Finding told(const FindingDraft& draft, const Evidence& evidence, const Actors& actors, const Codebook& book, const Gazetteer& gazetteer) {
  return Teller(evidence, actors, book, gazetteer).tell(draft);
}

}  // namespace litopys
