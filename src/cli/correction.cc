#include "cli/correction.h"

#include <algorithm>

#include "cli/filter.h"
#include "codebook/near_miss.h"

namespace litopys {
namespace {

constexpr std::string_view kSlots[] = {"measure", "value",   "value2", "bound",  "unit",     "places",
                                       "when",    "sources", "side",   "stance", "credence", "targets"};

tl::unexpected<Error> refused_slot(const std::string& slot, const std::string& problem, const std::string& next) {
  return fail(ErrorKind::kUsage, "--set " + slot, {}, problem, next);
}

tl::unexpected<Error> no_such_value(const std::string& slot, const std::string& value, const std::vector<std::string_view>& known) {
  std::string next;
  if (const std::string_view near = near_miss(value, known); !near.empty()) {
    next = "did you mean " + std::string(near) + "?";
  } else {
    for (const std::string_view each : known) next += (next.empty() ? "one of: " : ", ") + std::string(each);
  }
  return refused_slot(slot, "\"" + value + "\" is not known", next);
}

std::vector<std::string> listed_parts(std::string_view list, char between) {
  std::vector<std::string> out;
  while (!list.empty()) {
    std::string_view part = list.substr(0, list.find(between));
    list.remove_prefix(std::min(list.size(), part.size() + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) out.emplace_back(part);
  }
  return out;
}

template <class E>
Done set_word(const std::string& slot, const std::string& value, E& into) {
  const std::optional<E> known = parse_name<E>(value);
  if (!known) return no_such_value(slot, value, {Names<E>::all.begin(), Names<E>::all.end()});
  into = *known;
  return {};
}

// The figure while its parts are being named.
struct FigureParts {
  std::optional<Decimal> value, value2;
  std::optional<Bound> bound;
  std::optional<Unit> unit;
  bool none = false;
  [[nodiscard]] bool any() const { return none || value || value2 || bound || unit; }
};

Done set_figure_part(FigureParts& parts, const std::string& slot, const std::string& value) {
  if (slot == "bound") return set_word(slot, value, parts.bound.emplace());
  if (slot == "unit") return set_word(slot, value, parts.unit.emplace());
  if (slot == "value" && value == "none") {
    parts.none = true;
    return {};
  }
  const std::optional<Decimal> number = Decimal::parse(value);
  if (!number) return refused_slot(slot, "\"" + value + "\" is no number", "write digits: 90000, 12.5");
  (slot == "value" ? parts.value : parts.value2) = number;
  return {};
}

Done set_figure(Claim& claim, const FigureParts& parts) {
  if (parts.none) {
    claim.figure.reset();
    return {};
  }
  if (!claim.figure && (!parts.value || !parts.unit))
    return refused_slot("value", "the claim has no figure so far", "name its value and its unit: --set value=90000 --set unit=passport");
  Figure figure = claim.figure.value_or(Figure());
  if (parts.value) figure.value = *parts.value;
  if (parts.unit) figure.unit = *parts.unit;
  if (parts.value2) {
    figure.value2 = parts.value2;
    figure.bound = Bound::range;
  }
  if (parts.bound) figure.bound = *parts.bound;
  if (figure.bound != Bound::range) figure.value2.reset();
  if (figure.bound == Bound::range && !figure.value2)
    return refused_slot("bound", "a range has two ends", "name the other: --set value2=95000");
  if (figure.value2 && *figure.value2 < figure.value)
    return refused_slot("value2", "the range ends before it starts", "value is the lower end, value2 the upper one");
  claim.figure = std::move(figure);
  return {};
}

Done set_places(Claim& claim, const std::string& value) {
  claim.places.clear();
  for (const std::string& place : listed_parts(value == "none" ? "" : value, ',')) {
    Result<std::string> code = place_code_of(place);
    if (!code) {
      Error error = code.error();
      error.item = "--set places";
      return tl::unexpected<Error>(std::move(error));
    }
    claim.places.push_back(*std::move(code));
  }
  std::sort(claim.places.begin(), claim.places.end());
  claim.places.erase(std::unique(claim.places.begin(), claim.places.end()), claim.places.end());
  return {};
}

Done set_when(Claim& claim, const std::string& value) {
  claim.when.reset();
  if (value == "none") return {};
  const std::optional<When> when = When::parse(value);
  const bool backwards = when && when->begin && when->end && when->end->last_day() < when->begin->first_day();
  if (!when || backwards)
    return refused_slot("when", "\"" + value + "\" is no time",
                        "write 2024-03-20, 2024-03, ../2024-03-20 (as of), 2023/.. (since), 2022/2024");
  claim.when = when;
  return {};
}

Done set_targets(Claim& claim, const std::string& value, const Codebook& book) {
  const std::vector<std::string> wanted = listed_parts(value == "none" ? "" : value, ',');
  std::vector<std::string_view> known;
  for (const Target& target : book.targets) known.emplace_back(target.id);
  for (const std::string& target : wanted) {
    if (std::find(known.begin(), known.end(), target) == known.end()) return no_such_value("targets", target, known);
  }
  claim.targets.clear();
  for (const std::string_view target : known) {
    if (std::find(wanted.begin(), wanted.end(), target) != wanted.end()) claim.targets.emplace_back(target);
  }
  return {};
}

Done set_measure(Claim& claim, const std::string& value, const Codebook& book) {
  std::vector<std::string_view> known;
  for (const Measure& measure : book.measures) known.emplace_back(measure.id);
  if (!book.measure(value)) return no_such_value("measure", value, known);
  claim.measure = value;
  return {};
}

Done set_slot(Claim& claim, FigureParts& figure, const std::string& slot, const std::string& value, const Codebook& book) {
  if (slot == "measure") return set_measure(claim, value, book);
  if (slot == "places") return set_places(claim, value);
  if (slot == "when") return set_when(claim, value);
  if (slot == "sources") {
    claim.sources = listed_parts(value == "none" ? "" : value, ';');
    return {};
  }
  if (slot == "side") return set_word(slot, value, claim.side);
  if (slot == "stance") return set_word(slot, value, claim.stance);
  if (slot == "credence") return set_word(slot, value, claim.credence);
  if (slot == "targets") return set_targets(claim, value, book);
  return set_figure_part(figure, slot, value);
}

}  // namespace

Result<Claim> corrected(Claim claim, const std::vector<std::string>& slots, const Codebook& book) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  FigureParts figure;
  for (const std::string& each : slots) {
    const std::size_t equals = each.find('=');
    const std::string slot = each.substr(0, equals);
    if (std::find(std::begin(kSlots), std::end(kSlots), slot) == std::end(kSlots))
      return no_such_value(each, slot, {std::begin(kSlots), std::end(kSlots)});
    if (equals == std::string::npos || equals + 1 == each.size())
      return refused_slot(slot, "names no value", "write --set " + slot + "=VALUE, or =none for nothing");
    if (Done set = set_slot(claim, figure, slot, each.substr(equals + 1), book); !set) return failed(set.error());
  }
  if (figure.any()) {
    if (Done set = set_figure(claim, figure); !set) return failed(set.error());
  }
  return claim;
}

}  // namespace litopys
