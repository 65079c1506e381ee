// One pass makes facts of claims: everything that is compared later becomes a number here (places, groups and things by their first
// appearance in the order, days as numbers), so that the rules cost no text.
#include "record/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "record/figures.h"
#include "record/taken_out.h"

namespace litopys {
namespace {

DayNumber number_of(Day day) { return static_cast<DayNumber>(day.time_since_epoch().count()); }
bool coarse_date(const Date& date) { return date.month == 0 || date.month > 12; }
DayRange range_of(const Date& date) { return {number_of(date.first_day()), number_of(date.last_day())}; }

struct Territory {
  std::string_view code;
  std::array<std::string_view, 4> regions;
  std::size_t count;
  [[nodiscard]] std::span<const std::string_view> parts() const { return std::span(regions).first(count); }
};

constexpr std::array<Territory, 3> kTerritories = {
    {{"UA-DONBAS", {"UA-09", "UA-14"}, 2}, {"UA-SOUTH", {"UA-23", "UA-65"}, 2}, {"UA-TOT", {"UA-09", "UA-14", "UA-23", "UA-65"}, 4}}};

}  // namespace

FactPlace fact_place(const std::vector<std::string>& codes) {
  FactPlace out;
  for (const std::string& code : codes) {
    const auto* territory =
        std::find_if(std::begin(kTerritories), std::end(kTerritories), [&](const Territory& t) { return t.code == code; });
    if (territory == std::end(kTerritories)) {
      out.listed.push_back(code);
    } else {
      for (std::string_view part : territory->parts()) out.listed.emplace_back(part);
    }
  }
  std::sort(out.listed.begin(), out.listed.end());
  out.listed.erase(std::unique(out.listed.begin(), out.listed.end()), out.listed.end());
  for (const std::string& code : out.listed) {
    // Codes that hold this one sort before it.
    const bool held = std::any_of(out.canonical.begin(), out.canonical.end(), [&](const std::string& c) { return code_within(code, c); });
    if (!held) out.canonical.push_back(code);
  }
  for (const Territory& t : kTerritories) {
    const auto parts = t.parts();
    if (std::equal(out.listed.begin(), out.listed.end(), parts.begin(), parts.end())) out.name = t.code;
  }
  if (!out.name.empty()) return out;
  for (const std::string& code : out.listed) out.name += (out.name.empty() ? "" : "+") + code;
  return out;
}

namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out.append(part).append(1, '\n');
  return out;
}

Unit unit_of(std::string_view measure, Unit unit) {
  if (unit == Unit::person && (measure == "issuance" || measure == "target")) return Unit::passport;
  if ((unit == Unit::person || unit == Unit::passport) && measure == "application") return Unit::application;
  return unit;
}

void read_time(Fact& fact, const Claim& claim) {
  if (!claim.when) return;
  const When& when = *claim.when;
  if (!when.begin && !when.end) return;
  const auto qualified = [](const std::optional<Date>& date) { return date && date->mark != 0; };
  fact.qualified = qualified(when.begin) || qualified(when.end);
  if (when.begin && when.end) {
    fact.time = {range_of(*when.begin).first, range_of(*when.end).last};
    if (fact.time.last < fact.time.first) {
      fact.time = {};
      fact.left_out = true;
      return;
    }
    fact.form = FactTime::closed;
    fact.coarse = !when.interval && coarse_date(*when.begin);
    return;
  }
  const Date& date = when.end ? *when.end : *when.begin;
  fact.form = when.end ? FactTime::total : FactTime::since;
  fact.time = range_of(date);
  fact.coarse = coarse_date(date);
}

// The number in "claim 12: …", 0 for other notes.
std::size_t claim_of_note(std::string_view note) {
  constexpr std::string_view kBegin = "claim ";
  std::size_t number = 0;
  if (note.starts_with(kBegin)) std::from_chars(note.data() + kBegin.size(), note.data() + note.size(), number);
  return number;
}

// Reading kept the claim but not the part that was wrong: what is left of it must bind nothing.
bool leaves_out(std::string_view note) {
  if (note.find("ends swapped") != std::string_view::npos || note.find("beside bound") != std::string_view::npos) return false;
  return note.find(": figure ") != std::string_view::npos || note.find(": when ") != std::string_view::npos;
}

class FactMaker {
 public:
  FactMaker(std::vector<ClaimDocument> documents, const Codebook& book, const ClaimPicks* picks) : book_(book), picks_(picks) {
    out_.sources = std::move(documents);
  }

  Facts make() {
    for (std::string_view known : {"issuance", "application", "target", "deadline"}) measure_id(known);
    out_.measures.application = 1;
    out_.measures.target = 2;
    out_.measures.deadline = 3;
    order();
    std::size_t count = 0;
    for (const FactDocument& document : out_.documents) count += out_.sources[document.source].claims.size();
    out_.all.reserve(count);
    for (std::uint32_t i = 0; i < out_.documents.size(); ++i) facts_of(i);
    return std::move(out_);
  }

 private:
  void order() {
    std::vector<FactDocument>& documents = out_.documents;
    documents.reserve(out_.sources.size());
    for (std::uint32_t i = 0; i < out_.sources.size(); ++i) {
      FactDocument document;
      document.source = i;
      if (const auto& published = out_.sources[i].published) {
        if (const auto date = Date::parse(*published)) {
          document.published = range_of(*date);
          document.coarse = coarse_date(*date);
        } else if (const auto when = When::parse(*published); when && when->begin && when->end) {
          document.published = {range_of(*when->begin).first, range_of(*when->end).last};
        } else {
          out_.notes.push_back(fmt::format("{}: published {} is no date, taken as unknown", out_.sources[i].id, *published));
        }
      }
      documents.push_back(document);
    }
    const auto text_key = [&](std::uint32_t i) {  // only for documents of one id: any order that does not hang on theirs
      std::string key = out_.sources[i].path + '\n' + out_.sources[i].text;
      for (const Claim& claim : out_.sources[i].claims)
        key += '\n' + claim.quote + claim.measure + joined(claim.places) + joined(claim.sources);
      return key;
    };
    std::sort(documents.begin(), documents.end(), [&](const FactDocument& a, const FactDocument& b) {
      if (a.published.last != b.published.last) return a.published.last < b.published.last;
      if (const int order = out_.sources[a.source].id.compare(out_.sources[b.source].id); order != 0) return order < 0;
      if (a.published.first != b.published.first) return a.published.first < b.published.first;
      const std::size_t more = out_.sources[a.source].claims.size(), fewer = out_.sources[b.source].claims.size();
      if (more != fewer) return more > fewer;
      return a.source != b.source && text_key(a.source) < text_key(b.source);
    });
    std::unordered_map<std::string_view, bool> seen;
    seen.reserve(documents.size());
    std::erase_if(documents, [&](const FactDocument& document) {
      const std::string& id = out_.sources[document.source].id;
      if (seen.emplace(id, true).second) return false;
      out_.notes.push_back(
          fmt::format("{}: a second document with this id, left out with its {} claims", id, out_.sources[document.source].claims.size()));
      return true;
    });
  }

  void facts_of(std::uint32_t index) {
    FactDocument& document = out_.documents[index];
    const ClaimDocument& source = out_.sources[document.source];
    document.original = index;
    document.first = static_cast<FactId>(out_.all.size());
    std::vector<FactId> fact_of(source.claims.size(), kNoFact);
    const std::vector<std::uint32_t>* picked = picks_ == nullptr ? nullptr : &(*picks_)[document.source];
    const std::size_t count = picked == nullptr ? source.claims.size() : picked->size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t n = picked == nullptr ? i : (*picked)[i] - 1;
      if (picked == nullptr && taken_out(source.claims[n])) continue;
      fact_of[n] = static_cast<FactId>(out_.all.size());
      const Claim& claim = source.claims[n];
      Fact fact;
      fact.document = index;
      fact.number = static_cast<std::uint32_t>(n + 1);
      fact.measure = measure_id(claim.measure);
      fact.stance = claim.stance;
      fact.side = claim.side;
      fact.place = place_id(claim.places);
      fact.group = group_id(claim.targets);
      read_time(fact, claim);
      const std::string name = source.id + "#" + std::to_string(n + 1);
      if (fact.left_out) out_.notes.push_back(name + ": its time ends before it starts; left out of the system");
      if (claim.figure) read_figure(fact, claim, name);
      fact.thing = thing_id(fact);
      if (!book_.measures.empty() && !book_.measure(claim.measure) && unknown_.emplace(claim.measure, true).second) {
        out_.notes.push_back(fmt::format("{}: measure {} is not in this codebook; no series is bounded by it", name, claim.measure));
      }
      for (std::size_t a = 0; a + 2 < claim.sources.size(); ++a) {
        for (std::size_t b = a + 2; b < claim.sources.size(); ++b) {
          if (claim.sources[a] == claim.sources[b] && claim.sources[b - 1] != claim.sources[b] && !fact.left_out) {
            fact.left_out = true;
            out_.notes.push_back(fmt::format("{}: its sources come back to {}; left out of the system", name, claim.sources[a]));
          }
        }
      }
      out_.all.push_back(fact);
    }
    for (const std::string& note : source.notes) {
      const std::size_t number = claim_of_note(note);
      if (number == 0 || number > source.claims.size() || fact_of[number - 1] == kNoFact || !leaves_out(note)) continue;
      out_.all[fact_of[number - 1]].left_out = true;
      out_.notes.push_back(fmt::format("{}#{}: {}; left out of the system", source.id, number, note.substr(note.find(": ") + 2)));
    }
    document.end = static_cast<FactId>(out_.all.size());
  }

  void read_figure(Fact& fact, const Claim& claim, const std::string& name) {
    Figure figure = *claim.figure;
    if (figure.value2 && *figure.value2 < figure.value) std::swap(*figure.value2, figure.value);
    fact.has_figure = true;
    fact.bound = figure.bound;
    fact.unit = unit_of(claim.measure, figure.unit);
    fact.value = figure.value;
    if (figure.value2) fact.value2 = *figure.value2;
    fact.whole_interval = set_interval(fact);
    if (!fact.whole_interval) {
      fact.left_out = true;
      out_.notes.push_back(fmt::format("{}: {} is no count that can be reckoned with; left out of the system", name, figure.value.str()));
    }
  }

  std::uint16_t measure_id(std::string_view measure) {
    const auto [at, fresh] = measures_.try_emplace(std::string(measure), static_cast<std::uint16_t>(out_.measures.names.size()));
    if (!fresh) return at->second;
    if (out_.measures.names.size() == 0xFFFF) return at->second = 0xFFFF - 1;
    out_.measures.names.emplace_back(measure);
    return at->second;
  }

  std::uint32_t place_id(const std::vector<std::string>& codes) {
    const auto [raw, unseen] = raw_places_.try_emplace(joined(codes), 0);
    if (!unseen) return raw->second;
    FactPlace place = fact_place(codes);
    const auto [at, fresh] = places_.try_emplace(joined(place.listed), static_cast<std::uint32_t>(out_.places.size()));
    if (fresh) out_.places.push_back(std::move(place));
    return raw->second = at->second;
  }

  std::uint32_t group_id(const std::vector<std::string>& targets) {
    const auto [raw, unseen] = raw_groups_.try_emplace(joined(targets), 0);
    if (!unseen) return raw->second;
    FactGroup group;
    for (const std::string& target : targets) {
      if (target != "residents") group.members.push_back(target);
    }
    std::sort(group.members.begin(), group.members.end());
    group.members.erase(std::unique(group.members.begin(), group.members.end()), group.members.end());
    const auto [at, fresh] = groups_.try_emplace(joined(group.members), static_cast<std::uint32_t>(out_.groups.size()));
    if (fresh) out_.groups.push_back(std::move(group));
    return raw->second = at->second;
  }

  struct Thing {
    std::uint16_t measure;
    bool has_figure;
    Bound bound;
    Unit unit;
    Stance stance;
    std::uint32_t place, group;
    std::int64_t value, value2;
    int exponent, exponent2;
    bool operator==(const Thing&) const = default;
  };
  struct ThingHash {
    std::size_t operator()(const Thing& t) const {
      std::uint64_t h = 0x9E3779B97F4A7C15ULL;
      const auto mix = [&h](std::uint64_t v) { h = (h ^ v) * 0xD6E8FEB86659FD93ULL, h ^= h >> 32; };
      mix(t.measure | (static_cast<std::uint64_t>(t.has_figure) << 16) | (static_cast<std::uint64_t>(t.bound) << 24) |
          (static_cast<std::uint64_t>(t.unit) << 32) | (static_cast<std::uint64_t>(t.stance) << 40));
      mix((static_cast<std::uint64_t>(t.place) << 32) | t.group);
      mix(static_cast<std::uint64_t>(t.value));
      mix(static_cast<std::uint64_t>(t.value2));
      mix(static_cast<std::uint64_t>(t.exponent) * 64 + static_cast<std::uint64_t>(t.exponent2));
      return h;
    }
  };

  std::uint32_t thing_id(const Fact& f) {
    Thing thing{f.measure,          f.has_figure,       f.bound, f.unit, f.stance, f.place, f.group, f.value.digits(), f.value2.digits(),
                f.value.exponent(), f.value2.exponent()};
    const auto [at, fresh] = things_.try_emplace(thing, static_cast<std::uint32_t>(out_.things.size()));
    if (fresh) out_.things.push_back(0);
    ++out_.things[at->second];
    return at->second;
  }

  const Codebook& book_;
  const ClaimPicks* picks_;
  Facts out_;
  std::unordered_map<std::string, std::uint16_t> measures_;
  std::unordered_map<std::string, std::uint32_t> raw_places_, places_, raw_groups_, groups_;
  std::unordered_map<Thing, std::uint32_t, ThingHash> things_;
  std::unordered_map<std::string, bool> unknown_;
};

}  // namespace

std::string Facts::name(FactId f) const { return source(all[f]).id + "#" + std::to_string(all[f].number); }

bool Facts::compatible(const Fact& a, const Fact& b) const {
  if (a.form == FactTime::none || b.form == FactTime::none) {
    if (a.document == b.document) return true;
    const Fact& undated = a.form == FactTime::none ? a : b;
    const Fact& other = a.form == FactTime::none ? b : a;
    if (other.form == FactTime::total || other.form == FactTime::closed) return apart(published(undated), other.time) <= kNear;
    return near(a, b);
  }
  if (a.form != b.form) return false;
  if (a.form == FactTime::total) return apart(a.time, b.time) <= kNear;
  return a.time.contains(b.time) || b.time.contains(a.time);
}

bool code_within(std::string_view inner, std::string_view outer) {
  if (!inner.starts_with(outer)) return false;
  if (inner.size() == outer.size()) return true;
  const char next = inner[outer.size()];
  return next == '/' || (next == '-' && outer.find('-') == std::string_view::npos);
}

bool Facts::place_within(std::uint32_t inner, std::uint32_t outer) const {
  if (inner == outer) return true;
  const auto& in = places[inner].canonical;
  const auto& out = places[outer].canonical;
  if (in.empty() || out.empty()) return false;  // where nobody said where, nothing is known to lie within
  return std::all_of(in.begin(), in.end(), [&](const std::string& code) {
    return std::any_of(out.begin(), out.end(), [&](const std::string& other) { return code_within(code, other); });
  });
}

void PlaceWholes::add(std::uint32_t place) {
  if (!added_.insert(place).second) return;
  for (const std::string& code : facts_.places[place].canonical) listing_[code].push_back(place);
}

const std::vector<std::uint32_t>& PlaceWholes::of(std::uint32_t place) {
  const auto [at, fresh] = wholes_.try_emplace(place);
  std::vector<std::uint32_t>& out = at->second;
  const auto& codes = facts_.places[place].canonical;
  if (!fresh || codes.empty()) return out;
  // Whatever holds the place lists a code that holds its first one.
  std::string_view code = codes.front();
  while (true) {
    if (const auto found = listing_.find(code); found != listing_.end()) {
      for (std::uint32_t whole : found->second) {
        if (whole != place && facts_.place_within(place, whole)) out.push_back(whole);
      }
    }
    const std::size_t cut = code.find_last_of("/-");
    if (cut == std::string_view::npos || cut == 0) break;
    code = code.substr(0, cut);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool Facts::group_within(std::uint32_t inner, std::uint32_t outer) const {
  if (inner == outer || groups[outer].members.empty()) return true;
  if (groups[inner].members.empty()) return false;
  const auto& in = groups[inner].members;
  const auto& out = groups[outer].members;
  return std::includes(out.begin(), out.end(), in.begin(), in.end());
}

bool Facts::binding(const Fact& f) const {
  if (!f.has_figure || f.left_out || f.stance != Stance::asserted || places[f.place].listed.empty()) return false;
  return (f.measure == measures.issuance && f.unit == Unit::passport) || (f.measure == measures.application && f.unit == Unit::application);
}

DayRange Facts::standing(const Fact& f) const {
  const bool dated = f.form == FactTime::total && !f.qualified;
  if (!dated) {
    const FactDocument& d = document(f);
    return d.coarse ? d.published : DayRange{d.published.last, d.published.last};
  }
  const DayNumber end = cut(f, f.time.last);
  return f.coarse ? DayRange{std::min(f.time.first, end), end} : DayRange{end, end};
}

Facts make_facts(std::vector<ClaimDocument> documents, const Codebook& book, const ClaimPicks* picks) {
  return FactMaker(std::move(documents), book, picks).make();
}

std::string day_text(DayNumber day) { return Date::of(Day(std::chrono::days(day))).str(); }

}  // namespace litopys
