// A naive twin of the rules: random worlds of a few documents in which the same voices, figures, places and days come again and again, and
// the statements and findings that the contract gives them, by all pairs and all orders. Written from the contract alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "record/sample.h"

namespace litopys {
namespace {

constexpr int kForever = 1 << 24;
constexpr long kUnbound = 1L << 40;  // tenths throughout, so that "about" is whole

struct Days {
  int first = kForever, last = kForever;
  bool known() const { return last != kForever; }
  bool holds(Days other) const { return first <= other.first && other.last <= last; }
};

int gap(Days a, Days b) {
  if (!a.known() || !b.known()) return kForever;
  return a.first > b.last ? a.first - b.last : b.first > a.last ? b.first - a.last : 0;
}

Days days_of(const Date& date) {
  return {static_cast<int>(date.first_day().time_since_epoch().count()), static_cast<int>(date.last_day().time_since_epoch().count())};
}

bool coarse(const Date& date) { return date.month == 0 || date.month > 12; }

struct Said {
  std::string name, document, outlet, text;
  std::size_t number = 0;
  const Claim* claim = nullptr;
  Days published;
  bool coarse_publication = false;
  char form = 'n';  // total, since, closed, none
  Days time;
  bool marked = false, coarse_time = false, point = false;
  std::set<std::string> places, group;
  std::string thing, unit;
  long low = 0, high = kUnbound, exact_low = 0, exact_high = 0, value = 0;
  int zeros = 0;
  std::vector<std::string> chain;
  bool named = true;
  std::string originator;
  int shown = -1;
  bool ring = false;
  int statement = -1;

  bool figure() const { return claim->figure.has_value(); }
  Bound bound() const { return claim->figure->bound; }
  bool told(Stance stance) const { return claim->stance == stance; }
  bool is(std::string_view measure) const { return claim->measure == measure; }
  bool counted() const { return is("issuance") || is("application"); }
  bool period() const { return form == 's' || form == 'c'; }
  bool binds() const {
    return figure() && told(Stance::asserted) && !places.empty() &&
           ((is("issuance") && unit == "passport") || (is("application") && unit == "application"));
  }
  int cut(int day) const { return std::min(day, published.last); }
  // Where a total, or a claim without time, stands.
  Days standing() const {
    if (form == 't' && !marked) return {coarse_time ? std::min(time.first, cut(time.last)) : cut(time.last), cut(time.last)};
    return {coarse_publication ? published.first : published.last, published.last};
  }
};

bool code_in(const std::string& inner, const std::string& outer) {
  return inner == outer || inner.starts_with(outer + "/") || (outer.find('-') == std::string::npos && inner.starts_with(outer + "-"));
}

bool place_in(const Said& a, const Said& b) {
  return std::all_of(a.places.begin(), a.places.end(), [&](const std::string& inner) {
    return std::any_of(b.places.begin(), b.places.end(), [&](const std::string& outer) { return code_in(inner, outer); });
  });
}

bool group_in(const Said& a, const Said& b) {
  return b.group.empty() || (!a.group.empty() && std::includes(b.group.begin(), b.group.end(), a.group.begin(), a.group.end()));
}

// ---- random worlds -----------------------------------------------------------------------------------------------------------------

class World {
 public:
  // Of four worlds one has few names and one figure (relays, rings, what is told again), one few names and places (what moves).
  explicit World(unsigned seed) : random_(seed), tight_(seed % 4 < 2), one_figure_(seed % 4 == 0) {
    for (int i = 0; i < 3; ++i) figures_.push_back(random_figure());
    for (int i = 0; i < 2; ++i) places_.push_back(one_of({"UA-65", "UA-65/Kherson", "UA-SOUTH", "UA-23", "UA-TOT"}));
    const int count = 3 + number(6);
    for (int i = 0; i < count; ++i) {
      std::vector<Claim> claims;
      const std::string outlet = tight_ ? one_of({"Alpha", "Beta", "Gamma"}) : one_of({"Alpha", "Beta", "Gamma", "Delta", ""});
      for (int k = 1 + number(3); k > 0; --k) claims.push_back(random_claim(outlet));
      documents.push_back(document(std::string(1, static_cast<char>('a' + i)), outlet, random_publication(), std::move(claims)));
    }
  }
  std::vector<ClaimDocument> documents;

 private:
  int number(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::string one_of(std::initializer_list<const char*> list) { return list.begin()[number(static_cast<int>(list.size()))]; }
  std::string day() { return "2024-0" + std::to_string(3 + number(4)) + "-" + one_of({"01", "02", "10", "15", "30"}); }
  std::string month() { return "2024-0" + std::to_string(3 + number(4)); }

  std::string random_publication() {
    switch (number(12)) {
      case 0: return "";
      case 1: return "2024-06";
      case 2: return "2024";
      default: return day();
    }
  }
  std::string random_time() {
    switch (number(12)) {
      case 0:
      case 1:
      case 2: return "";
      case 3: return "../" + month();
      case 4: return "../" + one_of({"2024", "2024-21", "2023", "2024-05~"});
      case 5: return month();
      case 6: return month() + "/..";
      case 7: return "2024-03/" + month();
      default: return "../" + day();
    }
  }
  std::string random_figure() {
    switch (number(8)) {
      case 0: return "about " + one_of({"400", "411", "1000"});
      case 1: return "over " + one_of({"400", "411", "1000"});
      case 2: return "at-most " + one_of({"400", "500", "1000"});
      case 3: return "range 300..500";
      case 4: return "several 100";
      default: return "exact " + one_of({"400", "411", "500", "950", "1000", "1400"});
    }
  }
  Claim random_claim(const std::string& outlet) {
    static constexpr std::array<const char*, 14> kMeasures = {"issuance", "issuance", "issuance",    "issuance",      "issuance",
                                                              "issuance", "issuance", "application", "target",        "target",
                                                              "deadline", "coercion", "coercion",    "infrastructure"};
    std::string what = kMeasures.at(static_cast<std::size_t>(number(tight_ ? 10 : 14)));
    const bool figure = number(4) != 0;
    if (figure) {
      what += " " + figures_[static_cast<std::size_t>(number(one_figure_ ? 1 : 3))] + " " +
              (number(7) == 0             ? "percent"
               : what == "infrastructure" ? "office"
                                          : one_of({"passport", "person"}));
    }
    std::vector<std::string> sources;
    for (int k = number(3); k > 0; --k) {
      const bool mayor = tight_ && !one_figure_ && sources.empty();
      const std::string name = number(9) == 0 ? "locals" : mayor ? "Mayor" : one_of({"Alpha", "Beta", "Gamma", tight_ ? "Alpha" : "Delta"});
      if (name != outlet && std::find(sources.begin(), sources.end(), name) == sources.end()) sources.push_back(name);
    }
    const Side side = number(2) == 0 ? Side::russia : number(6) == 0 ? Side::unknown : number(8) == 0 ? Side::resident : Side::ukraine;
    constexpr std::array<Stance, 8> kStances = {Stance::asserted, Stance::asserted, Stance::asserted, Stance::asserted,
                                                Stance::asserted, Stance::denied,   Stance::planned,  Stance::possible};
    Claim out = claim(what, places_[static_cast<std::size_t>(number(tight_ ? 1 : 2))], random_time(), sources, side,
                      kStances.at(static_cast<std::size_t>(number(tight_ && number(3) != 0 ? 1 : 8))),
                      number(tight_ ? 12 : 4) == 0 ? std::vector<std::string>{"children"} : std::vector<std::string>{});
    if (!figure && number(2) == 0) out.quote = one_of({"It is completed.", "It is almost completed.", "Видачу закінчено"});
    return out;
  }

  std::mt19937 random_;
  bool tight_, one_figure_;
  std::vector<std::string> figures_, places_;
};

// ---- the rules ---------------------------------------------------------------------------------------------------------------------

class Twin {
 public:
  explicit Twin(const std::vector<ClaimDocument>& documents) {
    for (const ClaimDocument& document : documents) {
      for (std::size_t n = 0; n < document.claims.size(); ++n) take(document, n);
    }
    std::sort(all.begin(), all.end(), [](const Said& a, const Said& b) {
      return std::tuple(a.published.last, a.document, a.number) < std::tuple(b.published.last, b.document, b.number);
    });
    relays();
    make_statements();
    for (const auto& s : statements) voices.push_back(voice_of(s));
    std::sort(voices.begin(), voices.end());
  }

  std::vector<Said> all;
  std::vector<std::vector<int>> statements;  // claims as they joined
  std::vector<int> voices;
  std::set<std::string> found;

  bool compatible(const Said& a, const Said& b) const {
    if (a.form == 'n' || b.form == 'n') {
      const Said& none = a.form == 'n' ? a : b;
      const Said& other = a.form == 'n' ? b : a;
      if (a.document == b.document) return true;
      if (other.form == 't' || other.form == 'c') return gap(none.published, other.time) <= 31;
      return near(a, b);
    }
    if (a.form != b.form) return false;
    return a.form == 't' ? gap(a.time, b.time) <= 31 : a.time.holds(b.time) || b.time.holds(a.time);
  }
  bool near(const Said& a, const Said& b) const { return printed_apart(a, b) <= 31; }
  int printed_apart(const Said& a, const Said& b) const { return a.document == b.document ? 0 : gap(a.published, b.published); }

  void put(const std::string& kind, std::vector<int> claims) {
    std::vector<std::string> names;
    for (int i : claims) names.push_back(all[static_cast<std::size_t>(i)].name);
    std::sort(names.begin(), names.end());
    found.insert(kind + " " + joined(names));
  }
  const Said& at(int i) const { return all[static_cast<std::size_t>(i)]; }

  // ---- contradictions without figures

  void denials() {
    const std::set<std::string> untold = {"legal-act", "legal-assessment", "motive", "guidance", "remedy", "propaganda", "target"};
    for (int d : voices) {
      const Said& no = at(d);
      if (!no.told(Stance::denied) || untold.contains(no.claim->measure)) continue;
      std::map<Side, std::pair<int, int>> best;
      for (int v : voices) {
        const Said& yes = at(v);
        if (!yes.told(Stance::asserted) || yes.claim->measure != no.claim->measure || yes.originator == no.originator) continue;
        if (!compatible(no, yes) || !place_in(yes, no) || !group_in(yes, no)) continue;
        if (no.form != 'n' && yes.form == 'n') continue;
        if (no.figure() && !(yes.figure() && yes.value == no.value && yes.unit == no.unit)) continue;
        if (!no.figure() && no.counted() && (yes.form != 't' || yes.figure())) continue;
        const std::pair here{printed_apart(no, yes), v};
        const auto [side, fresh] = best.try_emplace(yes.claim->side, here);
        if (!fresh) side->second = std::min(side->second, here);
      }
      for (const auto& [side, pair] : best) put("contradiction", {d, pair.second});
    }
  }

  void deadlines() {
    std::map<std::string, std::pair<int, int>> best;  // of each two dates: later, earlier claim
    for (int a : voices) {
      for (int b : voices) {
        if (a >= b) continue;
        const Said &x = at(a), &y = at(b);
        bool fits = x.places == y.places && x.group == y.group;
        for (const Said* s : {&x, &y}) {
          fits = fits && s->is("deadline") && (s->form == 't' || s->point) && !s->told(Stance::possible) && !s->told(Stance::denied);
        }
        if (!fits || x.time.holds(y.time) || y.time.holds(x.time)) continue;
        if (std::max(x.published.last, y.published.last) > std::min(x.time.last, y.time.last)) continue;
        if (x.originator == y.originator && x.document == y.document) continue;
        std::set<std::pair<int, int>> dates{{x.time.first, x.time.last}, {y.time.first, y.time.last}};
        std::string key = joined({x.places.begin(), x.places.end()}) + "/" + joined({x.group.begin(), x.group.end()});
        for (const auto& [first, last] : dates) key += " " + std::to_string(first) + " " + std::to_string(last);
        const std::pair here{b, a};
        const auto [pair, fresh] = best.try_emplace(key, here);
        if (!fresh) pair->second = std::min(pair->second, here);
      }
    }
    for (const auto& [key, pair] : best) put("contradiction", {pair.first, pair.second});
  }

  bool completes(const Said& s) const {
    const bool words = s.text.find("almost") == std::string::npos &&
                       (s.text.find("complet") != std::string::npos || s.text.find("закінч") != std::string::npos);
    return s.is("issuance") && s.told(Stance::asserted) && s.form == 't' && s.group.empty() && !s.figure() && words;
  }

  void completions() {
    for (int c : voices) {
      if (!completes(at(c))) continue;
      for (int v : voices) {
        const Said& s = at(v);
        if (v <= c || !s.is("issuance") || !s.told(Stance::asserted) || !s.period() || !place_in(s, at(c))) continue;
        if (s.time.first <= at(c).time.last) continue;
        put("contradiction", {c, v});
        break;
      }
    }
  }

  // ---- what does not contradict; `opposed` are the contradictions of the record

  using Sets = std::vector<std::set<std::string>>;
  static bool hold(const Sets& opposed, const Said& a, const Said& b) {
    return std::any_of(opposed.begin(), opposed.end(), [&](const auto& set) { return set.contains(a.name) && set.contains(b.name); });
  }

  void updates(const Sets& opposed) {
    const auto takes_part = [](const Said& s) {
      return s.counted() && s.told(Stance::asserted) && s.figure() && !s.period() && s.standing().known();
    };
    for (int v : voices) {
      const Said& now = at(v);
      if (!takes_part(now)) continue;
      int before = -1;
      for (int u : voices) {
        const Said& s = at(u);
        if (u == v || !takes_part(s) || s.originator != now.originator || s.claim->measure != now.claim->measure) continue;
        if (s.places != now.places || s.group != now.group || s.unit != now.unit || s.standing().last >= now.standing().first) continue;
        if (before < 0 || std::pair(s.standing().last, s.low) > std::pair(at(before).standing().last, at(before).low)) before = u;
      }
      if (before < 0) continue;
      const Said& s = at(before);
      const bool higher = s.high == kUnbound ? now.low > s.low : now.low >= s.high;
      if (now.value > s.value && higher && !hold(opposed, s, now)) put("update", {before, v});
    }
  }

  void restated() {
    const auto takes_part = [](const Said& s) { return s.counted() && s.told(Stance::asserted) && s.figure() && s.form != 'c'; };
    std::map<std::string, std::vector<int>> said;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
      if (takes_part(at(i))) said[at(i).originator + "\n" + at(i).thing].push_back(i);
    }
    for (const auto& [key, list] : said) {
      const Said& first = at(list.front());
      const int day = first.form == 't' ? first.cut(first.time.last) : first.published.last;
      std::map<std::string, std::vector<int>> by_document;
      for (int i : list) by_document[at(i).document].push_back(i);
      for (const auto& [document, here] : by_document) {
        const Said& again = at(here.front());
        if (!first.published.known() || !again.published.known() || again.published.first - first.published.last <= 31) continue;
        const bool same = std::any_of(here.begin(), here.end(), [&](int i) {
          return at(i).form == 't' && (compatible(at(i), first) || at(i).cut(at(i).time.last) <= day);
        });
        if (!same) put("restated", {list.front(), here.front()});
      }
    }
  }

  void origins() {
    for (const auto& s : statements) {
      std::set<std::string> outlets;
      for (int i : s) outlets.insert(at(i).outlet);
      if (outlets.size() >= 3) put("one-origin", s);
    }
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
      if (at(i).shown >= 0 && !at(i).ring && !at(i).claim->sources.empty()) put("true-origin", {i, at(i).shown});
    }
  }

  void plans() {
    for (int p : voices) {
      const Said& plan = at(p);
      if ((!plan.is("target") && !plan.is("deadline")) || (!plan.told(Stance::planned) && !plan.told(Stance::asserted))) continue;
      const bool count = plan.figure() && plan.bound() != Bound::under && plan.bound() != Bound::at_most;
      const bool dated = plan.form == 't';
      if (!count && !dated) continue;
      std::set<Side> decided;
      for (int v : voices) {
        const Said& s = at(v);
        if (s.places != plan.places || s.group != plan.group || !s.counted() || s.form != 't' || decided.contains(s.claim->side)) continue;
        if (!s.published.known() || !plan.published.known() || s.published.last <= plan.published.last) continue;
        const int day = s.standing().last, due = plan.time.last;
        const bool in_time = !dated || day <= due + 31;
        const bool total = s.told(Stance::asserted) && s.figure() && count && s.unit == plan.unit;
        const long goal = count ? (plan.bound() == Bound::several || plan.bound() == Bound::range ? plan.low : plan.value) : 0;
        bool met = false, missed = false;
        if (total) {
          const bool value = s.bound() == Bound::exact || s.bound() == Bound::over || s.bound() == Bound::at_least;
          met = day >= plan.published.last && in_time && (s.low >= goal || (value && s.value >= goal));
          missed = dated && day >= due && s.high < goal;
        }
        if (!plan.figure() && dated && completes(s) && in_time) met = true;
        if (plan.is("target") && s.is("issuance") && s.told(Stance::denied) && dated && s.published.first > due && compatible(plan, s) &&
            (!s.figure() || (plan.figure() && s.value == plan.value && s.unit == plan.unit)))
          missed = true;
        if (met || missed) {
          put(met ? "plan-met" : "plan-missed", {p, v});
          decided.insert(s.claim->side);
        }
      }
    }
  }

  void scope(const Sets& opposed) {
    for (int a : voices) {
      for (int b : voices) {
        const Said &x = at(a), &y = at(b);
        if (a >= b || !x.binds() || !y.binds() || (x.low <= y.high && y.low <= x.high) || hold(opposed, x, y)) continue;
        const bool measure = x.claim->measure != y.claim->measure, kind = x.period() != y.period();
        const bool place = x.places != y.places, group = x.group != y.group;
        if (measure + kind + place + group != 1) continue;
        const bool one_voice = x.originator == y.originator && near(x, y);
        const bool one_document = x.document == y.document;
        if (!one_voice && !(one_document && (measure || kind))) continue;
        if (kind) {
          const Said& total = x.period() ? y : x;
          const Said& period = x.period() ? x : y;
          const int end = period.form == 's' ? period.published.last : period.cut(period.time.last);
          const Days day = total.standing();
          if (!day.known() || end == kForever || period.time.first > day.last || gap(day, {end, end}) > 31) continue;
        } else if (!compatible(x, y)) {
          continue;
        }
        if (place && (one_document || !(place_in(x, y) || place_in(y, x)))) continue;
        if (group && (one_document || !(group_in(x, y) || group_in(y, x)))) continue;
        put("scope", {a, b});
      }
    }
  }

  void rounding() {
    for (int a : voices) {
      for (int b : voices) {
        const Said &x = at(a), &y = at(b);
        if (a >= b || !x.figure() || !y.figure() || !x.told(Stance::asserted) || !y.told(Stance::asserted)) continue;
        const auto vague = [](const Said& s) { return s.bound() == Bound::several || s.bound() == Bound::range; };
        if (vague(x) || vague(y) || x.originator != y.originator || x.claim->measure != y.claim->measure || x.unit != y.unit) continue;
        if (x.places != y.places || x.group != y.group || !compatible(x, y)) continue;
        if ((x.value == y.value && x.bound() == y.bound()) || x.low > y.high || y.low > x.high) continue;
        const Said& round = y.zeros > x.zeros ? y : x;
        const Said& fine = y.zeros > x.zeros ? x : y;
        if (round.exact_low <= fine.value && fine.value <= round.exact_high) put("rounding", {a, b});
      }
    }
  }

 private:
  void take(const ClaimDocument& document, std::size_t n) {
    Said s;
    s.claim = &document.claims[n];
    s.number = n;
    s.name = document.id + "#" + std::to_string(n + 1);
    s.document = document.id;
    s.outlet = document.outlet.value_or("paper " + document.id);
    s.text = s.claim->quote;
    if (document.published) {
      const Date date = *Date::parse(*document.published);
      s.published = days_of(date);
      s.coarse_publication = coarse(date);
    }
    if (s.claim->when) {
      const When& when = *s.claim->when;
      s.form = !when.begin ? 't' : !when.end ? 's' : 'c';
      s.time = {days_of(when.begin ? *when.begin : *when.end).first, days_of(when.end ? *when.end : *when.begin).last};
      s.marked = (when.begin && when.begin->mark != 0) || (when.end && when.end->mark != 0);
      s.point = s.form == 'c' && !when.interval;
      s.coarse_time = s.form == 't' && coarse(*when.end);
    }
    for (const std::string& code : s.claim->places) {
      if (code == "UA-SOUTH" || code == "UA-TOT") s.places.insert({"UA-23", "UA-65"});
      if (code == "UA-TOT") s.places.insert({"UA-09", "UA-14"});
      if (code != "UA-SOUTH" && code != "UA-TOT") s.places.insert(code);
    }
    s.group = {s.claim->targets.begin(), s.claim->targets.end()};
    s.thing = s.claim->measure + "|" + joined({s.places.begin(), s.places.end()}) + "|" + joined({s.group.begin(), s.group.end()}) + "|" +
              std::string(name(s.claim->stance));
    if (s.claim->figure) read_figure(s);
    const Claim& c = *s.claim;
    for (const std::string& source : c.sources) {
      const bool first = &source == &c.sources.front();
      const bool nameless = source == "locals" || (first && c.side == Side::resident);
      if (first && nameless) s.named = false;
      s.chain.push_back(nameless ? source + " of " + document.id : source);
    }
    if (c.sources.empty() && (c.side == Side::unknown || c.side == Side::resident)) {
      s.named = false;
      s.chain.push_back("somebody of " + document.id);
    }
    if (s.chain.empty() || s.chain.back() != s.outlet) s.chain.push_back(s.outlet);
    s.originator = s.chain.front();
    all.push_back(std::move(s));
  }

  static void read_figure(Said& s) {
    const Figure& f = *s.claim->figure;
    s.unit = name(f.unit);
    if (s.unit == "person" && (s.is("issuance") || s.is("target"))) s.unit = "passport";
    if ((s.unit == "person" || s.unit == "passport") && s.is("application")) s.unit = "application";
    const long v = *f.value.whole();
    long step = 1;
    for (long rest = v; rest != 0 && rest % 10 == 0; rest /= 10) step *= 10, ++s.zeros;
    s.value = 10 * v;
    const long half = step <= 10 || s.unit == "percent" ? 0 : 5 * step;
    s.exact_low = s.value - half;
    s.exact_high = s.value + half;
    switch (f.bound) {
      case Bound::exact: s.low = s.exact_low, s.high = s.exact_high; break;
      case Bound::about: s.low = std::min(9 * v, s.exact_low), s.high = std::max(11 * v, s.exact_high); break;
      case Bound::over:
      case Bound::at_least: s.low = s.value; break;
      case Bound::under:
      case Bound::at_most: s.high = s.value; break;
      case Bound::several: s.low = 20 * v, s.high = 100 * v; break;
      case Bound::range: s.low = s.value, s.high = 10 * *f.value2->whole(); break;
    }
    s.thing += "|" + s.unit + "|" + std::string(name(f.bound)) + "|" + std::to_string(v);
  }

  void relays() {
    const int count = static_cast<int>(all.size());
    for (int i = 0; i < count; ++i) {
      Said& s = all[static_cast<std::size_t>(i)];
      if (!s.figure() || !s.named) continue;
      std::tuple<bool, bool, int, int> best{true, true, kForever, -1};
      for (int k = 0; k < count; ++k) {
        const Said& other = at(k);
        if (k == i || other.thing != s.thing || !near(s, other) || !compatible(s, other) || other.chain[0] == s.chain[0]) continue;
        if (std::find(other.chain.begin() + 1, other.chain.end(), s.chain[0]) == other.chain.end()) continue;
        best = std::min(best, std::tuple{other.document != s.document, other.outlet != s.chain[0], printed_apart(s, other), k});
      }
      s.shown = std::get<3>(best);
    }
    for (int i = 0; i < count; ++i) {
      Said& s = all[static_cast<std::size_t>(i)];
      int from = s.shown;
      for (int k = 0; k < count && from >= 0 && from != i; ++k) from = at(from).shown;
      s.ring = from == i;
    }
    for (Said& s : all) {
      const Said* to = &s;
      while (!to->ring && to->shown >= 0) to = &at(to->shown);
      s.originator = to->chain[0];
    }
  }

  void make_statements() {
    for (const bool dated : {true, false}) {
      for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        if ((at(i).form != 'n') == dated) join(i);
      }
    }
  }

  void join(int i) {
    Said& s = all[static_cast<std::size_t>(i)];
    std::tuple<bool, int, int> best{};
    for (int k = 0; k < static_cast<int>(statements.size()); ++k) {
      const auto& members = statements[static_cast<std::size_t>(k)];
      if (at(members.front()).originator != s.originator || at(members.front()).thing != s.thing) continue;
      const Said& voice = at(voice_of(members));
      const bool own = std::any_of(members.begin(), members.end(), [&](int m) { return at(m).document == s.document; });
      if (!compatible(s, voice) && !(own && s.form == 'n')) continue;
      const std::tuple rank{!own, printed_apart(s, voice), voice_of(members)};
      if (s.statement >= 0 && rank >= best) continue;
      best = rank;
      s.statement = k;
    }
    if (s.statement < 0) {
      s.statement = static_cast<int>(statements.size());
      statements.emplace_back();
    }
    statements[static_cast<std::size_t>(s.statement)].push_back(i);
  }

  int voice_of(const std::vector<int>& members) const {
    const auto rank = [&](int i) {
      const Said& s = at(i);
      return std::tuple{s.chain[0] != s.originator, s.form == 'n' ? kForever : s.time.last - s.time.first, i};
    };
    return *std::min_element(members.begin(), members.end(), [&](int a, int b) { return rank(a) < rank(b); });
  }
};

// ---- figures: whether some claims can all be true ----------------------------------------------------------------------------------

struct Bounded {
  const Said* said;
  int from, to;  // -1: a total
  long low, high;
};

std::vector<Bounded> bounds_of(const Said& s) {
  std::vector<Bounded> out;
  const auto total = [&](int at, long low, long high) { out.push_back({&s, -1, at, low, high}); };
  const auto period = [&](int from, int to, long low, long high) {
    if (to > from) out.push_back({&s, from, to, low, high});
  };
  if (s.form == 'n' || s.marked) {
    if (s.published.known()) total(s.published.last, s.low, kUnbound);
  } else if (s.form == 't') {
    total(s.cut(s.time.last), s.low, kUnbound);
    total(s.cut(s.coarse_time ? s.time.first - 1 : s.time.last), 0, s.high);
  } else if (s.form == 'c') {
    period(s.time.first - 1, s.cut(s.time.last), s.low, s.high);
  } else if (s.published.known()) {
    period(s.time.first - 1, s.published.last, s.low, kUnbound);
    period(s.time.first - 1, s.coarse_publication ? s.published.first - 1 : s.published.last, 0, s.high);
  }
  return out;
}

bool can_be(const std::vector<const Said*>& claims) {
  std::vector<Bounded> bounds;
  for (const Said* s : claims) {
    for (const Bounded& b : bounds_of(*s)) bounds.push_back(b);
  }
  std::set<int> days;
  for (const Bounded& b : bounds) {
    days.insert(b.to);
    if (b.from >= 0) days.insert(b.from);
  }
  const std::vector<int> all(days.begin(), days.end());
  const std::size_t n = 1 + claims.size() * all.size();
  const auto node = [&](std::size_t claim, int day) {
    return 1 + claim * all.size() + static_cast<std::size_t>(std::find(all.begin(), all.end(), day) - all.begin());
  };
  std::vector<std::tuple<std::size_t, std::size_t, long>> arrows;  // N(to) <= N(from) + weight
  for (std::size_t c = 0; c < claims.size(); ++c) {
    for (std::size_t d = 0; d < all.size(); ++d) {
      arrows.emplace_back(node(c, all[d]), 0, 0);
      if (d > 0) arrows.emplace_back(node(c, all[d]), node(c, all[d - 1]), 0);
      for (std::size_t whole = 0; whole < claims.size(); ++whole) {
        if (whole != c && claims[c]->claim->measure == claims[whole]->claim->measure && place_in(*claims[c], *claims[whole]) &&
            group_in(*claims[c], *claims[whole]))
          arrows.emplace_back(node(whole, all[d]), node(c, all[d]), 0);
      }
    }
    for (const Bounded& b : bounds) {
      if (b.said != claims[c]) continue;
      const std::size_t from = b.from < 0 ? 0 : node(c, b.from);
      if (b.high < kUnbound) arrows.emplace_back(from, node(c, b.to), b.high);
      arrows.emplace_back(node(c, b.to), from, -b.low);
    }
  }
  std::vector<long> way(n, 0);
  bool moved = true;
  for (std::size_t round = 0; round <= n && moved; ++round) {
    moved = false;
    for (const auto& [from, to, weight] : arrows) {
      if (way[from] + weight < way[to]) way[to] = way[from] + weight, moved = true;
    }
  }
  return !moved;
}

// Sets of up to five that cannot be true though all their parts can.
void smallest_sets(const std::vector<const Said*>& claims, std::vector<std::vector<const Said*>>& out) {
  for (unsigned size = 2; size <= 5; ++size) {
    for (unsigned s = 1; s < 1U << claims.size(); ++s) {
      if (static_cast<unsigned>(__builtin_popcount(s)) != size) continue;
      std::vector<const Said*> set;
      for (std::size_t i = 0; i < claims.size(); ++i) {
        if ((s >> i & 1U) != 0) set.push_back(claims[i]);
      }
      const bool larger = std::any_of(out.begin(), out.end(), [&](const auto& known) {
        return std::all_of(known.begin(), known.end(), [&](const Said* k) { return std::find(set.begin(), set.end(), k) != set.end(); });
      });
      if (!larger && !can_be(set)) out.push_back(std::move(set));
    }
  }
}

std::string told_as(const std::vector<const Said*>& set) {
  std::vector<std::string> names;
  for (const Said* s : set) names.push_back(s->name);
  std::sort(names.begin(), names.end());
  return "contradiction " + joined(names);
}

// What is found of figures are such sets, and of each claim that has any one of its smallest.
void judge_figures(const Twin& twin, const std::set<std::string>& found) {
  std::set<std::string> possible;
  std::vector<const Said*> binding;
  for (int v : twin.voices) {
    if (twin.at(v).binds()) binding.push_back(&twin.at(v));
  }
  if (binding.size() > 9) return;
  for (const std::optional<Side> side : {std::optional(Side::russia), std::optional(Side::ukraine), std::optional<Side>()}) {
    std::vector<const Said*> here;
    std::copy_if(binding.begin(), binding.end(), std::back_inserter(here), [&](const Said* s) { return !side || s->claim->side == *side; });
    std::vector<std::vector<const Said*>> sets;
    smallest_sets(here, sets);
    for (const auto& set : sets) possible.insert(told_as(set));
    for (const Said* s : here) {
      std::size_t fewest = 9;
      const auto of_claim = [&](const auto& set) { return std::find(set.begin(), set.end(), s) != set.end(); };
      for (const auto& set : sets) {
        if (of_claim(set)) fewest = std::min(fewest, set.size());
      }
      const bool told = fewest == 9 || std::any_of(sets.begin(), sets.end(), [&](const auto& set) {
                          return of_claim(set) && set.size() == fewest && found.contains(told_as(set));
                        });
      EXPECT_TRUE(told) << "no smallest set of " << s->name << " for " << (side ? name(*side) : "all");
    }
  }
  for (const std::string& f : found) {
    if (f.starts_with("contradiction") && !twin.found.contains(f)) {
      EXPECT_TRUE(possible.contains(f)) << f;
    }
  }
}

TEST(RecordTwin, StatementsAndFindingsAreThoseOfTheRulesReadNaivelyOnRandomWorlds) {
  std::map<std::string, int> seen;
  const char* asked = std::getenv("LITOPYS_SEEDS");
  const unsigned seeds = asked != nullptr ? static_cast<unsigned>(std::atoi(asked)) * 100 : 1000;
  for (unsigned seed = 1; seed <= seeds && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const World world(seed);
    const Record record = record_of(world.documents);
    Twin twin(world.documents);
    std::vector<std::string> told;
    for (const auto& s : twin.statements) {
      std::vector<std::string> names;
      for (int i : s) names.push_back(twin.at(i).name);
      std::sort(names.begin(), names.end());
      told.push_back(joined(names));
    }
    EXPECT_THAT(statements(record), testing::UnorderedElementsAreArray(told));
    twin.denials();
    twin.deadlines();
    twin.completions();
    std::set<std::string> found;
    Twin::Sets opposed;
    for (const Finding& f : record.findings) {
      if (f.kind == FindingKind::contradiction) opposed.emplace_back(f.claims.begin(), f.claims.end());
    }
    for (const std::string& f : findings(record)) found.insert(f);
    judge_figures(twin, found);
    for (const std::string& f : twin.found) EXPECT_TRUE(found.contains(f)) << "missing " << f;
    std::erase_if(found, [](const std::string& f) { return f.starts_with("contradiction") || f.starts_with("circular"); });
    twin.found.clear();
    twin.updates(opposed);
    twin.restated();
    twin.origins();
    twin.plans();
    twin.scope(opposed);
    twin.rounding();
    EXPECT_EQ(found, twin.found);
    for (const Finding& f : record.findings) ++seen[std::string(name(f.kind))];
    seen["larger"] += static_cast<int>(std::count_if(record.findings.begin(), record.findings.end(), [](const Finding& f) {
      return f.kind == FindingKind::contradiction && f.claims.size() > 2;
    }));
  }
  for (const std::string_view kind : Names<FindingKind>::all) EXPECT_GT(seen[std::string(kind)], 5) << kind;
  EXPECT_GT(seen["larger"], 10);
}

}  // namespace
}  // namespace litopys
