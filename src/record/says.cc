// Two sets of templates side by side. Names stand in the nominative and speak in the present or behind a dash, so that no ending is
// guessed.
#include "record/says.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace litopys {

struct Teller::Said {
  Teller& teller;
  const Facts& facts;
  const Actors& actors;
  const Wording& words;
  bool uk;
  std::vector<std::pair<FactId, std::string>> matters;

  const Fact& fact(FactId f) const { return facts.all[f]; }

  template <class... Parts>
  std::string told(std::string_view in_ukrainian, std::string_view in_english, const Parts&... parts) const {
    return fmt::vformat(uk ? in_ukrainian : in_english, fmt::make_format_args(parts...));
  }

  // Words of another alphabet that no table has a name for stand in quotation marks, as the text's own.
  std::string called(ActorId actor) const {
    if (actors.known(actor)) return uk ? actors.name_uk(actor) : actors.body(actor) ? with_article(actors.name(actor)) : actors.name(actor);
    const std::string& name = actors.plain_name(actor);
    if (uk && name == "somebody unnamed") return "неназваний голос";
    const char32_t first = name.empty() ? U' ' : utf8::decode(name, 0).value;
    // So do Ukrainian words that are no name, which stand in whatever case the text had them in.
    const bool common = utf8::lower(first) == first && utf8::is_letter(first) && name == actors.name(actor);
    const bool own = uk ? !utf8::is_cyrillic(first) || common : utf8::is_cyrillic(first);
    return own ? (uk ? "«" : "“") + name + (uk ? "»" : "”") : name;
  }
  // A document without an outlet speaks by its title.
  std::string shown(ActorId actor, const Fact& f) const {
    const ClaimDocument& source = facts.source(f);
    if (actor != facts.document(f).outlet || source.outlet) return called(actor);
    return told("документ «{}»", "the document “{}”", source.title.value_or(source.id));
  }
  // Residents are no entities of the record: none is named.
  std::string who(FactId f) const {
    const Fact& told = fact(f);
    if (told.side == Side::resident && told.originator == facts.face(told)) return uk ? "мешканці" : "residents";
    return shown(told.originator, told);
  }
  std::string face(FactId f) const {
    return fact(f).side == Side::resident ? std::string(uk ? "мешканці" : "residents") : shown(facts.face(fact(f)), fact(f));
  }
  const std::string& matter(FactId f) {
    const auto at = std::find_if(matters.begin(), matters.end(), [&](const auto& told) { return told.first == f; });
    if (at != matters.end()) return at->second;
    return matters.emplace_back(f, words.matter(facts.claim(fact(f)), facts.source(fact(f)).published, teller.place(fact(f)))).second;
  }
  std::string time(FactId f) const { return words.time(facts.claim(fact(f)), facts.source(fact(f)).published); }

  std::string published(FactId f) const {
    const auto& date = facts.source(fact(f)).published;
    return date ? words.date(*date) : uk ? "без дати" : "undated";
  }

  std::string says(const FindingDraft& draft) {
    const FactId a = draft.facts.front();
    const FactId b = draft.facts.back();
    std::string out;
    switch (draft.kind) {
      case FindingKind::contradiction: out = against(draft); break;
      case FindingKind::update: out = told("{}: було {}; стало {}.", "{} first counted {}, then {}.", who(a), matter(a), matter(b)); break;
      case FindingKind::restated:
        out = told("{}: {}. Те саме число повторено без його дати в документі {} ({}).",
                   "{} told {}; {} ({}) tells the figure again without the date that it was first told for.", who(a), matter(a),
                   facts.source(fact(b)).id, published(b));
        break;
      case FindingKind::one_origin:
        out = told("Видань: {}, джерело одне, {}: {}.", "{} outlets, one origin: {} said {}.", outlets(draft), who(a), matter(a));
        break;
      case FindingKind::true_origin:
        out = told("{}: подано як сказане тут: {}; насправді це переказ, першоджерело — {}.",
                   "{} is told as from {}, who passes on what {} said.", matter(a), face(a), who(a));
        break;
      case FindingKind::circular: {
        std::string names;
        for (FactId f : draft.facts) names += (names.empty() ? "" : ", ") + face(f);
        out = told("{}: коло посилань ({}), кожен посилається на іншого, і не видно, хто сказав це першим.",
                   "{} rests on a circle: {} are each cited for it by another of them, and nobody is shown to have said it first.",
                   matter(a), names);
        break;
      }
      case FindingKind::plan_met:
        out = told("План, {}: {}. Досягнуто, каже {}: {}.", "The plan of {}, {}, was reached as {} tells it: {}.", who(a), matter(a),
                   who(b), matter(b));
        break;
      case FindingKind::plan_missed:
        if (fact(b).stance == Stance::denied) {
          out = told("План, {}: {}. {} заперечує, що його досягнуто: {}.", "The plan of {}, {}, was not reached: {} denies it, {}.", who(a),
                     matter(a), who(b), matter(b));
        } else {
          out = told("План, {}: {}. Не досягнуто, каже {}: {}.", "The plan of {}, {}, was not reached as {} tells it: {}.", who(a),
                     matter(a), who(b), matter(b));
        }
        break;
      case FindingKind::scope:
        out = told("Лише на перший погляд суперечать одне одному, бо рахують різне: {}; {}.",
                   "{} and {} look opposed but count different things.", matter(a), matter(b));
        break;
      case FindingKind::rounding:
        out = told("{}: одне число, заокруглене по-різному: {}; {}.", "{} told one figure in two roundings: {} and {}.", who(a), matter(a),
                   matter(b));
        break;
    }
    // A sentence begins with a capital also where it begins with what was said.
    if (!uk && !out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
  }

  std::size_t outlets(const FindingDraft& draft) const {
    std::vector<ActorId> outlets;
    for (FactId f : draft.facts) outlets.push_back(facts.document(fact(f)).outlet);
    std::sort(outlets.begin(), outlets.end());
    return static_cast<std::size_t>(std::unique(outlets.begin(), outlets.end()) - outlets.begin());
  }

  std::string against(const FindingDraft& draft) {
    const FactId a = draft.facts.front();
    const FactId b = draft.facts.back();
    const std::string_view rule = draft.rule;
    if (rule == "denial") return told("{} заперечує те, що каже {}: {}.", "{} denies what {} says: {}.", who(a), who(b), matter(b));
    if (rule == "deadline") {
      return told("{} ({}) та {} ({}) називають різні строки, поки обидва ще попереду: {}; {}.",
                  "{} (on {}) and {} (on {}) name different dates while both lie ahead: {} and {}.", who(a), published(a), who(b),
                  published(b), time(a), time(b));
    }
    if (rule == "completed") {
      return told("{} каже, що видачу завершено {}; {} розповідає, що вона тривала: {}.",
                  "{} told the issuing as over {}; {} tells that it went on: {}.", who(a), time(a), who(b), matter(b));
    }
    return figures(draft);
  }

  // "According to X, A; according to Y, B: they cannot both be true."
  std::string figures(const FindingDraft& draft) {
    std::string out;
    ActorId last = kNoActor;
    for (FactId f : draft.facts) {
      const bool same = fact(f).originator == last;
      last = fact(f).originator;
      if (!out.empty()) out += "; ";
      if (uk) {
        out += told("{} — ", "", who(f)) + matter(f);
      } else {
        const Fact& here = fact(f);
        out += told("", "{}, ", (same ? "also according to " : "according to ") + who(f)) +
               words.clause(facts.claim(here), facts.source(here).published, teller.place(here));
      }
    }
    if (draft.facts.size() == 2) return out + (uk ? ". Це не може бути правдою водночас." : ": they cannot both be true.");
    return told("{}. Усе це разом не може бути правдою.", "{}: they cannot all be true.", out);
  }

  std::string step(const FindingDraft& draft, FactId id) {
    std::string line = facts.name(id) + ": ";
    if (draft.kind != FindingKind::contradiction || std::string_view(draft.rule) != "figures") {
      line += fmt::format("{} {}: {}", face(id), uk ? stance_uk(fact(id).stance) : name(fact(id).stance), matter(id));
      if (facts.face(fact(id)) != fact(id).originator) line += told(", першоджерело: {}", ", from {}", who(id));
      return line;
    }
    std::vector<CurveBound> bounds;
    append_bounds(facts, id, bounds);
    std::string parts;
    const Language language = uk ? Language::uk : Language::en;
    for (const CurveBound& b : bounds) {
      const bool least = b.kind == BoundKind::low || b.kind == BoundKind::period_low;
      if (least ? b.amount <= Amount() : b.amount >= kOpen) continue;
      const bool period = b.kind == BoundKind::period_low || b.kind == BoundKind::period_high;
      const std::string number = grouped_number(b.amount.str(), language);
      parts += parts.empty() ? "" : ", ";
      if (uk) {
        parts += fmt::format("{} {} {}", least ? "щонайменше" : "щонайбільше", number,
                             period ? "від " + day_text(b.from + 1) + " до " + day_text(b.to) : "на " + day_text(b.to));
      } else {
        parts += fmt::format("{} {} {}", least ? "at least" : "at most", number,
                             period ? "after " + day_text(b.from) + " until " + day_text(b.to) : "on " + day_text(b.to));
      }
    }
    return line + told("{} — {}: {}", "{} said {}: {}", who(id), matter(id), parts);
  }

  static std::string_view stance_uk(Stance stance) {
    switch (stance) {
      case Stance::asserted: return "стверджує";
      case Stance::planned: return "планує";
      case Stance::threatened: return "погрожує";
      case Stance::possible: return "вважає можливим";
      case Stance::denied: return "заперечує";
    }
    return {};
  }

  void put(const FindingDraft& draft, std::string& sentence, std::vector<std::string>& steps) {
    matters.reserve(draft.facts.size());  // what is told stays where it is
    sentence = says(draft);
    for (FactId f : draft.facts) steps.push_back(step(draft, f));
    if (draft.excess <= Amount()) return;
    const std::string excess = grouped_number(draft.excess.str(), uk ? Language::uk : Language::en);
    steps.push_back(told("Розходяться на {}.", "They miss each other by {}.", excess));
  }
};

const std::string& Teller::place(const Fact& fact) {
  std::optional<std::string>& said = places_[fact.place];
  if (!said) {
    const FactPlace& place = facts_.places[fact.place];
    said = words_.place(place.listed.size() > 1 && place.name.find('+') == std::string::npos ? std::vector{place.name} : place.listed);
  }
  return *said;
}

Finding Teller::tell(const FindingDraft& draft) {
  Finding out;
  out.kind = draft.kind;
  out.claims.reserve(draft.facts.size());
  for (FactId f : draft.facts) out.claims.push_back(facts_.name(f));
  Said{*this, facts_, actors_, words_, uk_, {}}.put(draft, out.says, out.because);
  return out;
}

}  // namespace litopys
