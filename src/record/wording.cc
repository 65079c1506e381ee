// Templates over the parts of a claim. Ukrainian nouns after numbers take the form that number and bound ask for; everything else stands
// where its nominative is right.
#include "record/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "record/words.h"

namespace litopys {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 4> kSeasons = {"spring", "summer", "autumn", "winter"};
// Nominative (which is the accusative too), genitive, locative.
constexpr std::array<std::array<std::string_view, 12>, 3> kMonthsUk = {
    {{"січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень", "жовтень", "листопад", "грудень"},
     {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"},
     {"січні", "лютому", "березні", "квітні", "травні", "червні", "липні", "серпні", "вересні", "жовтні", "листопаді", "грудні"}}};
constexpr std::array<std::array<std::string_view, 4>, 3> kSeasonsUk = {
    {{"весну", "літо", "осінь", "зиму"}, {"весни", "літа", "осені", "зими"}, {"навесні", "влітку", "восени", "взимку"}}};
constexpr unsigned kFirstSeason = 21;

// After one, after two to four, after five and more.
using Forms = std::array<std::string_view, 3>;

// Which form of a noun a whole number asks for in Ukrainian: 1, 2 to 4, the rest.
std::size_t form_after(const Decimal& value) {
  if (value.exponent() > 0) return 2;
  const std::int64_t last = value.digits() % 100;
  if (value.exponent() < 0 || (last > 10 && last < 20)) return 2;
  return last % 10 == 1 ? 0 : last % 10 >= 2 && last % 10 <= 4 ? 1 : 2;
}

bool is_power(const Decimal& value, int exponent) { return value.digits() == 1 && value.exponent() == exponent; }

std::string several(const Decimal& value, Language language) {
  constexpr int kHundred = 2, kThousand = 3, kMillion = 6;
  const bool uk = language == Language::uk;
  if (is_power(value, 1)) return uk ? "кілька десятків" : "several dozen";
  if (is_power(value, kHundred)) return uk ? "кілька сотень" : "several hundred";
  if (is_power(value, kThousand)) return uk ? "кілька тисяч" : "several thousand";
  if (is_power(value, kMillion)) return uk ? "кілька мільйонів" : "several million";
  return (uk ? "кілька разів по " : "several times ") + grouped_number(value.str(), language);
}

// What a unit is called after a number; `kind` is the noun, `done` what was done with it.
struct Counted {
  std::string_view one, many;  // English
  Forms uk;
  std::string_view done_en, done_uk;
};

Counted counted(std::string_view measure, Unit unit) {
  const bool issuance = measure == "issuance";
  const bool application = measure == "application";
  // What befell people, be they counted or a share.
  const std::string_view people_en = issuance ? "given passports" : application ? "who applied" : "";
  const std::string_view people_uk = issuance ? "з паспортами" : application ? "подали заяви" : "";
  switch (unit) {
    case Unit::passport:
      return {"passport", "passports", {"паспорт", "паспорти", "паспортів"}, issuance ? "issued" : "", issuance ? "видано" : ""};
    case Unit::person: return {"person", "people", {"особа", "особи", "осіб"}, people_en, people_uk};
    case Unit::application:
      return {"application", "applications", {"заява", "заяви", "заяв"}, application ? "filed" : "", application ? "подано" : ""};
    case Unit::percent: return {"percent", "percent", {"відсоток", "відсотки", "відсотків"}, people_en, people_uk};
    case Unit::office: return {"office", "offices", {"пункт", "пункти", "пунктів"}, "", ""};
    case Unit::currency: return {"in money", "in money", {"грошей", "грошей", "грошей"}, "", ""};
    case Unit::day: return {"day", "days", {"день", "дні", "днів"}, "", ""};
    case Unit::other: break;
  }
  return {"", "", {"", "", ""}, "", ""};
}

std::string joined_with(std::string_view a, std::string_view between, std::string_view b) {
  if (a.empty() || b.empty()) return std::string(a.empty() ? b : a);
  return std::string(a).append(between).append(b);
}

std::string listed(const std::vector<std::string>& parts, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) out.append(i == 0 ? "" : i + 1 == parts.size() ? last : ", ").append(parts[i]);
  return out;
}

}  // namespace

std::string grouped_number(std::string number, Language language) {
  const bool uk = language == Language::uk;
  const std::size_t point = std::min(number.find('.'), number.size());
  if (uk && point < number.size()) number[point] = ',';
  for (std::size_t i = point; i > 3; i -= 3) {
    if (i - 3 > (number.front() == '-' ? 1U : 0U)) number.insert(i - 3, uk ? "\u00A0" : ",");
  }
  return number;
}

std::string with_article(std::string name) {
  static constexpr std::array<std::string_view, 34> kBodies = {
      "ministry",   "office",    "service",        "center",     "centre",       "council",   "commission",   "committee",    "court",
      "group",      "institute", "administration", "government", "directorate",  "staff",     "headquarters", "agency",       "union",
      "parliament", "police",    "forces",         "cabinet",    "commissioner", "ombudsman", "mission",      "organization", "department",
      "bureau",     "assembly",  "mejlis",         "movement",   "kremlin",      "lab",       "endowment"};
  std::string word;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const char c = i < name.size() ? name[i] : ' ';
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower >= 'a' && lower <= 'z') {
      word += lower;
      continue;
    }
    if (std::find(kBodies.begin(), kBodies.end(), word) != kBodies.end()) return name.starts_with("The ") ? name : "the " + name;
    word.clear();
  }
  return name;
}

std::string date_in_words(const Date& date, DateCase form, Language language) {
  const bool uk = language == Language::uk;
  const std::string_view about = date.mark == 0 ? "" : uk ? "приблизно " : "about ";
  const bool season = date.month >= kFirstSeason;
  if (!uk) {
    if (date.month == 0) return fmt::format("{}{}", about, date.year);
    if (season) return fmt::format("{}{} {}", about, kSeasons.at(date.month - kFirstSeason), date.year);
    const std::string_view month = kMonths.at(date.month - 1U);
    return date.day == 0 ? fmt::format("{}{} {}", about, month, date.year) : fmt::format("{}{} {} {}", about, date.day, month, date.year);
  }
  const auto at = static_cast<std::size_t>(form);
  if (date.month == 0) {
    static constexpr std::array<std::string_view, 3> kYear = {"рік", "року", "році"};
    return fmt::format("{}{} {}", about, date.year, kYear.at(at));
  }
  if (season) return fmt::format("{}{} {} року", about, kSeasonsUk.at(at).at(date.month - kFirstSeason), date.year);
  if (date.day != 0) return fmt::format("{}{} {} {} року", about, date.day, kMonthsUk[1].at(date.month - 1U), date.year);
  return fmt::format("{}{} {} року", about, kMonthsUk.at(at).at(date.month - 1U), date.year);
}

std::string Wording::date(const Date& date) const { return in_case(date, Case::nominative); }

std::string Wording::date(std::string_view edtf) const {
  const std::optional<Date> parsed = Date::parse(edtf);
  return parsed && parsed->valid() ? date(*parsed) : std::string(edtf);
}

std::string Wording::time(const Claim& claim, const std::optional<std::string>& published) const {
  if (!claim.when || (!claim.when->begin && !claim.when->end)) {
    if (!published) return uk_ ? "без дати" : "undated";
    return fmt::format("{}{}", uk_ ? "без дати, опубліковано: " : "undated, published ", date(*published));
  }
  const When& when = *claim.when;
  if (!when.begin) return (uk_ ? "станом на " : "by ") + in_case(*when.end, Case::nominative);
  if (!when.end) return (uk_ ? "від " : "since ") + in_case(*when.begin, Case::genitive);
  if (when.interval) {
    return fmt::format("{} {} {} {}", uk_ ? "від" : "from", in_case(*when.begin, Case::genitive), uk_ ? "до" : "to",
                       in_case(*when.end, Case::genitive));
  }
  const Date& at = *when.begin;
  if (at.day != 0) return (uk_ ? "" : "on ") + in_case(at, Case::genitive);
  if (uk_ && at.month >= kFirstSeason) return in_case(at, Case::locative);
  return (uk_ ? "у " : "in ") + in_case(at, Case::locative);
}

std::string Wording::measure(std::string_view id) const {
  const auto found = book_.measure(id);
  if (!found) return std::string(id);
  const Label& label = book_.measures[*found].label;
  const std::string& text = uk_ && !label.uk.empty() ? label.uk : label.en;
  return text.empty() ? std::string(id) : text;
}

std::string Wording::place(const std::vector<std::string>& codes) const {
  const auto called = [&](std::string_view code) {
    const GazetteerPlace* found = gazetteer_.place(code);
    std::string_view text = found != nullptr ? gazetteer_.name_of(*found, language_) : std::string_view();
    if (text.empty() && found != nullptr) text = gazetteer_.name_of(*found, Language::en);
    if (text.empty()) text = code.substr(code.find('/') == std::string_view::npos ? 0 : code.find('/') + 1);
    return std::string(text);
  };
  const FactPlace place = fact_place(codes);
  if (gazetteer_.place(place.name) != nullptr) return called(place.name);
  std::vector<std::string> names;
  for (const std::string& code : place.canonical) names.push_back(called(code));
  return listed(names, uk_ ? " та " : " and ");
}

std::string Wording::figure(const Claim& claim) const { return figure(claim, false); }

std::string Wording::figure(const Claim& claim, bool verb) const {
  if (!claim.figure) return (uk_ ? "«" : "“") + measure(claim.measure) + (uk_ ? "»" : "”");
  const Figure& f = *claim.figure;
  const Counted words = counted(claim.measure, f.unit);
  std::string number = grouped_number(f.value.str(), language_);
  // After "about" and "up to" a Ukrainian noun is in the genitive, which for what is counted is the form of many.
  bool genitive = false;
  switch (f.bound) {
    case Bound::exact: break;
    case Bound::about: number.insert(0, uk_ ? "близько " : "about "), genitive = true; break;
    case Bound::over: number.insert(0, uk_ ? "понад " : "over "); break;
    case Bound::at_least: number.insert(0, uk_ ? "щонайменше " : "at least "); break;
    case Bound::under: number.insert(0, uk_ ? "менш як " : "under "); break;
    case Bound::at_most: number.insert(0, uk_ ? "щонайбільше " : "at most "); break;
    case Bound::several: number = several(f.value, language_), genitive = true; break;
    case Bound::range:
      number += "–" + grouped_number(f.value2.value_or(f.value).str(), language_);
      genitive = true;
      break;
  }
  const bool one = f.bound != Bound::range && f.value == *Decimal::make(1, 0);
  const std::string_view noun = uk_ ? words.uk.at(genitive ? 2 : form_after(f.value)) : one ? words.one : words.many;
  const std::string_view done = uk_ ? words.done_uk : words.done_en;
  std::string out = joined_with(number, uk_ ? "\u00A0" : " ", noun);
  if (verb && !done.empty()) {
    const bool period = claim.when && claim.when->begin;  // "were issued in 2019", "had been issued by 2019"
    if (done == "who applied") return out.append(period ? " applied" : " had applied");
    return out.append(!period ? " had been " : one ? " was " : " were ").append(done);
  }
  if (!done.empty()) return out.append(" ").append(done);
  if (claim.measure == "target") return (uk_ ? "мета " : "a goal of ") + out;
  return out + " (" + measure(claim.measure) + ")";
}

std::string Wording::matter(const Claim& claim, const std::optional<std::string>& published, std::string where) const {
  return told(claim, published, std::move(where), false);
}

std::string Wording::clause(const Claim& claim, const std::optional<std::string>& published, std::string where) const {
  return told(claim, published, std::move(where), !uk_);
}

std::string Wording::told(const Claim& claim, const std::optional<std::string>& published, std::string where, bool verb) const {
  std::string out = figure(claim, verb);
  if (!where.empty() && !uk_) {
    // "temporarily occupied territories of Ukraine" is no name: it takes an article.
    const bool common = where.front() >= 'a' && where.front() <= 'z';
    where = (common ? " in the " : " in ") + where;
  } else if (!where.empty()) {
    where.insert(0, ", ");
  }
  out += where;
  std::vector<std::string> groups;
  for (const std::string& target : claim.targets) {
    if (target == "residents") continue;
    const auto id = book_.target(target);
    const std::string text = !id ? target : uk_ ? book_.targets[*id].label.uk : book_.targets[*id].label.en;
    groups.push_back(text.empty() ? target : utf8::lowered(text));
  }
  if (!groups.empty()) out += " (" + listed(groups, uk_ ? " та " : " and ") + ")";
  const bool dated = claim.when && (claim.when->begin || claim.when->end);
  const std::string when = time(claim, published);
  return out + (dated ? (uk_ ? ", " : " ") + when : " (" + when + ")");
}

}  // namespace litopys
