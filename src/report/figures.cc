// The plot is drawn here rather than by a script in the page: the page then needs none, prints as it looks, and a test can count marks.
// Scale: linear from nought, since the eye compares heights; small local figures would only crowd the floor, so those under a hundredth
// of the highest are left to the list of claims (the caption says so by its lead).
#include "report/figures.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/utf8.h"
#include "report/html.h"
#include "report/labels.h"
#include "report/statements.h"
#include "report/words.h"

namespace litopys {
namespace {

// The picture is drawn twice, for a page and for a phone: scaled down, its words could not be read.
struct PlotFrame {
  std::string_view shown;  // class of what shows it: "wide" or "narrow"
  double width, height, left, right, top, bottom;
  int labels;           // more would run into each other
  std::size_t letters;  // of a label
  int years;            // that have room for their number
  bool inside;          // numbers stand on the lines, not beside them
};
constexpr PlotFrame kPagePlot{"wide", 980, 460, 78, 26, 22, 40, 14, 44, 30, false};
constexpr PlotFrame kPhonePlot{"narrow", 350, 400, 6, 10, 24, 30, 7, 22, 8, true};

std::string shortened_label(const std::string& text, std::size_t letters) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < letters && end < text.size(); ++i) end += utf8::decode(text, end).size;
  return end < text.size() ? text.substr(0, end) + "…" : text;
}

bool is_whole(const Claim& claim) {
  int regions = 0;
  for (const std::string& place : claim.places) {
    if (place == "UA-TOT" || place == "UA-DONBAS" || place == "UA") return true;
    regions += place.find('/') == std::string::npos ? 1 : 0;
  }
  return regions >= 2;
}

double high_of(const Figure& figure) {
  const double value = figure.value.approximate();
  switch (figure.bound) {
    case Bound::range: return figure.value2 ? figure.value2->approximate() : value;
    case Bound::about: return value * 1.1;
    case Bound::several: return value * 10;
    default: return value;
  }
}

double low_of(const Figure& figure) {
  const double value = figure.value.approximate();
  if (figure.bound == Bound::about) return value * 0.9;
  if (figure.bound == Bound::several) return value * 2;
  return value;
}

// A step of 1, 2 or 5 times a power of ten that gives at most six steps.
double nice_step(double top) {
  const double raw = top / 6;
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw) return factor * power;
  }
  return 10 * power;
}

std::string short_number(double value, bool percent, Language language) {
  const bool uk = language == Language::uk;
  if (percent) return fmt::format("{:g} %", value);
  const auto with_comma = [&](std::string text) {
    if (uk) std::replace(text.begin(), text.end(), '.', ',');
    return text;
  };
  if (value >= 1'000'000) return with_comma(fmt::format("{:g} ", value / 1'000'000)) + (uk ? "млн" : "million");
  if (value >= 1'000) return with_comma(fmt::format("{:g} ", value / 1'000)) + (uk ? "тис." : "thousand");
  return fmt::format("{:g}", value);
}

// The mark itself: shape by bound, so that it does not rest on colour alone.
std::string mark(const FigurePoint& p, double x, double y, const auto& y_of) {
  const std::string_view ink = colour(p.side);
  const double r = p.whole ? 5.5 : 3.6;
  std::string out;
  const double low = y_of(low_of(p.figure)), high = y_of(high_of(p.figure));
  if (std::abs(low - high) > 1) {
    out +=
        fmt::format("<path d='M{0:.1f} {1:.1f}V{2:.1f}M{3:.1f} {1:.1f}h6M{3:.1f} {2:.1f}h6' stroke='{4}' stroke-width='1.4' fill='none'/>",
                    x, low, high, x - 3, ink);
    if (p.figure.bound == Bound::range || p.figure.bound == Bound::several) y = (low + high) / 2;
  }
  const bool up = p.figure.bound == Bound::over || p.figure.bound == Bound::at_least;
  const bool down = p.figure.bound == Bound::under || p.figure.bound == Bound::at_most;
  if (up || down) {
    const int s = up ? -1 : 1;
    out += fmt::format("<path d='M{:.1f} {:.1f}v{}m-4 {}l4 {}l4 {}' stroke='{}' stroke-width='1.6' fill='none'/>", x, y + s * r, s * 13,
                       -s * 5, s * 5, -s * 5, ink);
  }
  const std::string_view fill = p.dated ? ink : std::string_view("#fff");
  out += fmt::format("<circle cx='{:.1f}' cy='{:.1f}' r='{}' fill='{}' stroke='{}' stroke-width='1.6'{}/>", x, y, r, fill, ink,
                     p.whole ? "" : " fill-opacity='.55'");
  return out;
}

double approximate(Amount amount) {
  constexpr double kBillionth = 1e-9;
  return static_cast<double>(amount.billionths()) * kBillionth;
}

// For each side the field between its least and its most: from one named day to the next the total may be anything from the first day's
// least to the second day's most. Where nothing is known of the most, the field fades upwards from the least.
std::string band_shapes(const std::vector<Band>& bands, double top, const auto& x_of, const auto& y_of) {
  std::string out;
  for (std::size_t i = 0; i + 1 < bands.size(); ++i) {
    const Band& from = bands[i];
    const Band& to = bands[i + 1];
    if (!leaves_open(from, to)) continue;
    const double low = approximate(from.low);
    const double high = to.high ? approximate(*to.high) : std::min(top, low + top / 12);
    const double x = x_of(from.at), wide = x_of(to.at) - x;
    out += fmt::format("<rect class='band' x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' fill='{}' fill-opacity='{}'/>", x,
                       y_of(high), wide, std::max(1.0, y_of(low) - y_of(high)), colour(*from.side), to.high ? ".13" : ".05");
    out += fmt::format("<path d='M{:.1f} {:.1f}h{:.1f}' stroke='{}' stroke-opacity='.45'/>", x, y_of(low), wide, colour(*from.side));
  }
  return out;
}

std::string legend(const std::vector<FigurePoint>& points, const std::vector<Band>& bands, Language language) {
  std::vector<Side> sides;
  bool parts = false, undated = false, uncertain = false;
  std::array<bool, Names<Bound>::all.size()> bounds{};
  for (const FigurePoint& p : points) {
    if (std::find(sides.begin(), sides.end(), p.side) == sides.end()) sides.push_back(p.side);
    parts |= !p.whole;
    undated |= !p.dated;
    uncertain |= p.first != p.last;
    bounds[static_cast<std::size_t>(p.figure.bound)] = true;
  }
  std::sort(sides.begin(), sides.end());
  std::string out = "<p class='legend'>";
  for (const Side side : sides) {
    out += fmt::format("<span><svg width='12' height='12' aria-hidden='true'><circle cx='6' cy='6' r='5' fill='{}'/></svg>{}</span>",
                       colour(side), label(side, language));
  }
  const auto key = [&](bool shown, std::string_view picture, std::string_view text) {
    if (shown) {
      out +=
          fmt::format("<span><svg width='16' height='16' aria-hidden='true' stroke='#444' fill='none' stroke-width='1.5'>{}</svg>{}</span>",
                      picture, word(text, language));
    }
  };
  const auto has = [&](Bound b) { return bounds[static_cast<std::size_t>(b)]; };
  key(has(Bound::over) || has(Bound::at_least), "<circle cx='8' cy='12' r='3' fill='#444'/><path d='M8 9V2m-3 3l3-3l3 3'/>", "legend.over");
  key(has(Bound::under) || has(Bound::at_most), "<circle cx='8' cy='4' r='3' fill='#444'/><path d='M8 7v7m-3-3l3 3l3-3'/>", "legend.under");
  key(has(Bound::about), "<circle cx='8' cy='8' r='3' fill='#444'/><path d='M8 1V15M5 1h6M5 15h6'/>", "legend.about");
  key(has(Bound::range) || has(Bound::several), "<path d='M8 1V15M5 1h6M5 15h6'/>", "legend.range");
  key(uncertain, "<circle cx='8' cy='8' r='3' fill='#444'/><path d='M0 8H16' stroke-width='2.5' stroke-opacity='.45'/>", "legend.date");
  key(undated, "<circle cx='8' cy='8' r='4' fill='#fff'/>", "legend.published");
  key(parts, "<circle cx='8' cy='8' r='2.6' fill='#444' fill-opacity='.55'/>", "legend.part");
  std::string broken;
  bool shaded = false;
  for (const Band& band : bands) {
    if (!band.side) continue;
    shaded = shaded || !band.contradicted;
    if (band.contradicted) broken.append(broken.empty() ? "" : ", ").append(label(*band.side, language));
  }
  key(shaded, "<path d='M0 4L16 2V9L0 13Z' fill='#444' fill-opacity='.15' stroke='none'/><path d='M0 13L16 9'/>", "legend.band");
  out += "</p>";
  if (!broken.empty()) {
    out += fmt::format("<p class='small'>{}: {} (<a href='#findings'>{}</a>).</p>", broken, word("bands.broken", language),
                       word("findings.title", language));
  }
  return out;
}

// Labels, the highest first: to the right, to the left, above, below; none where all are taken. What stands at one spot has one label,
// that of the voice in most outlets, which says how many others there are.
std::string plot_labels(const std::vector<FigurePoint>& points, const PlotFrame& frame, LabelPlacer& placer, const auto& x_of,
                        const auto& y_of, Language language) {
  constexpr double kSpot = 14;
  std::vector<const FigurePoint*> order;
  for (const FigurePoint& p : points) order.push_back(&p);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return a->figure.value != b->figure.value ? a->figure.value > b->figure.value : a->outlets > b->outlets;
  });
  std::string out;
  int labels = 0;
  std::vector<bool> told(order.size(), false);
  for (std::size_t i = 0; i < order.size() && labels < frame.labels; ++i) {
    if (told[i]) continue;
    const FigurePoint& p = *order[i];
    const double x = x_of(p.at), y = y_of(p.figure.value.approximate());
    std::vector<std::string> others{p.originator};
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const FigurePoint& other = *order[j];
      if (std::abs(x_of(other.at) - x) > kSpot || std::abs(y_of(other.figure.value.approximate()) - y) > kSpot) continue;
      told[j] = true;
      if (std::find(others.begin(), others.end(), other.originator) == others.end()) others.push_back(other.originator);
    }
    std::string text = shortened_label(p.originator, frame.letters);
    if (p.outlets > 1) text += fmt::format(" ×{}", p.outlets);
    if (others.size() > 1) text += " " + fmt::format(fmt::runtime(word("andmore", language)), others.size() - 1);
    LabelSpot spot;
    if (!placer.place(x, y, 6, text, spot, LabelPlacer::kBoldLetter)) continue;
    out += fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='{}' class='name' fill='{}'>{}</text>", spot.x, spot.y, spot.anchor,
                       colour(p.side), escaped(text));
    ++labels;
  }
  return out;
}

// The points and what they leave open in one frame.
std::string plot_drawn(const std::vector<FigurePoint>& points, double top, const PlotFrame& frame, bool percent, Language language,
                       const std::vector<Band>& bands) {
  using namespace std::chrono;
  const double step = nice_step(top);
  top = std::ceil(top / step) * step;
  Day from = points.front().first, to = points.front().last;
  for (const FigurePoint& p : points) {
    from = std::min(from, p.first);
    to = std::max(to, p.last);
  }
  const year first_year = year_month_day{from}.year(), last_year = year_month_day{to}.year();
  from = sys_days{first_year / 1 / 1};
  to = sys_days{(last_year + years{1}) / 1 / 1};
  const double floor = frame.height - frame.bottom, right = frame.width - frame.right;
  const auto x_of = [&](Day day) {
    return frame.left + (right - frame.left) * static_cast<double>((day - from).count()) / static_cast<double>((to - from).count());
  };
  const auto y_of = [&](double value) { return floor - (floor - frame.top) * std::min(value, top) / top; };

  std::string out = fmt::format("<svg class='plot {}' viewBox='0 0 {} {}' role='img' aria-label='{}'>", frame.shown, frame.width,
                                frame.height, escaped(word(percent ? "shares.title" : "figures.title", language)));
  LabelPlacer placer(frame.width, floor);
  for (double v = 0; v <= top + step / 2; v += step) {
    const std::string number = v == 0 ? "0" : short_number(v, percent, language);
    out += fmt::format("<path d='M{} {:.1f}H{}' stroke='{}'/>", frame.left, y_of(v), right, v == 0 ? "#333" : "#ddd");
    if (!frame.inside) {
      out += fmt::format("<text x='{}' y='{:.1f}' text-anchor='end' class='tick'>{}</text>", frame.left - 8, y_of(v) + 4, number);
    } else if (v > 0) {
      out += fmt::format("<text x='{}' y='{:.1f}' class='tick'>{}</text>", frame.left, y_of(v) - 4, number);
      constexpr double kLetter = 7, kTall = 16;
      placer.occupy(frame.left, y_of(v) - kTall, frame.left + kLetter * static_cast<double>(utf8::count_code_points(number)), y_of(v));
    }
  }
  const int every = static_cast<int>(last_year) - static_cast<int>(first_year) < frame.years ? 1 : 2;
  for (year y = first_year; y <= last_year; ++y) {
    const double x = x_of(sys_days{y / 1 / 1}), middle = x_of(sys_days{y / 7 / 1});
    out += fmt::format("<path d='M{:.1f} {}V{}' stroke='#ddd'/>", x, frame.top, floor);
    if ((static_cast<int>(y) - static_cast<int>(first_year)) % every != 0) continue;
    out += fmt::format("<text x='{:.1f}' y='{}' text-anchor='middle' class='tick'>{}</text>", middle, floor + 20, static_cast<int>(y));
  }
  out += band_shapes(bands, top, x_of, y_of);
  std::string marks;
  for (const FigurePoint& p : points) {
    const double x0 = x_of(p.first), x1 = x_of(p.last), x = x_of(p.at);
    const double y = y_of(p.figure.value.approximate());
    marks += fmt::format("<a href='{}'><title>{}</title>", escaped(p.href), escaped(p.title));
    if (x1 - x0 > 2) {
      marks +=
          fmt::format("<path d='M{:.1f} {:.1f}H{:.1f}' stroke='{}' stroke-width='4' stroke-opacity='.28'/>", x0, y, x1, colour(p.side));
      placer.occupy(x0, y - 2, x1, y + 2);
    }
    marks += mark(p, x, y, y_of) + "</a>";
    constexpr double kMark = 7, kArrow = 19;
    const bool up = p.figure.bound == Bound::over || p.figure.bound == Bound::at_least;
    const bool down = p.figure.bound == Bound::under || p.figure.bound == Bound::at_most;
    placer.occupy(x - kMark, y - (up ? kArrow : kMark), x + kMark, y + (down ? kArrow : kMark));
    placer.occupy(x - 3, y_of(high_of(p.figure)), x + 3, y_of(low_of(p.figure)));
  }
  return out + marks + plot_labels(points, frame, placer, x_of, y_of, language) + "</svg>";
}

}  // namespace

std::string_view colour(Side side) {
  switch (side) {
    case Side::russia: return "#b3261e";
    case Side::ukraine: return "#1d5fa7";
    case Side::foreign_state: return "#8a6a00";
    case Side::international: return "#1f7a54";
    case Side::ngo: return "#7b4397";
    case Side::media: return "#4d5b66";
    case Side::resident: return "#c46a00";
    case Side::outlet: return "#4d4d4d";
    case Side::unknown: break;
  }
  return "#8c8c8c";
}

std::optional<std::pair<Day, Day>> days_of(const Claim& claim, const ClaimDocument& document) {
  if (claim.when) {
    const auto& begin = claim.when->begin;
    const auto& end = claim.when->end;
    if (begin && end) return std::pair{begin->first_day(), end->last_day()};
    const Date one = end ? *end : *begin;
    return std::pair{one.first_day(), one.last_day()};
  }
  if (document.published) {
    if (const auto date = Date::parse(*document.published)) return std::pair{date->first_day(), date->last_day()};
  }
  return std::nullopt;
}

std::vector<FigurePoint> figure_points(const Record& record, std::string_view measure, bool percent, const NameLookup& names,
                                       Language language) {
  std::vector<FigurePoint> points;
  for (const Statement& statement : record.statements) {
    const auto voice = record.claim(statement.voice);
    if (!voice) continue;
    const Claim& claim = *voice->claim;
    const ClaimDocument& document = *voice->document;
    if (claim.measure != measure || claim.stance != Stance::asserted || !claim.figure) continue;
    const Unit unit = claim.figure->unit;
    if (percent ? unit != Unit::percent : unit != Unit::passport && unit != Unit::person) continue;
    const auto days = days_of(claim, document);
    if (!days) continue;
    FigurePoint p;
    p.figure = *claim.figure;
    p.side = statement.side;
    p.originator = shown_originator(record, statement, names, language);
    p.first = days->first;
    p.last = p.at = days->second;
    const bool since = claim.when && !claim.when->end;
    if (since && document.published) {  // counted up to the day of the report
      if (const auto date = Date::parse(*document.published)) p.last = p.at = std::max(p.first, date->last_day());
    }
    if (claim.when && !claim.when->interval) p.at = p.first + (p.last - p.first) / 2;
    p.dated = claim.when.has_value();
    p.whole = is_whole(claim);
    p.outlets = statement.outlets.size();
    p.href = "#" + claim_anchor(statement.voice);
    p.title = fmt::format("{}: {} ({}, {}); {}", p.originator, claim.figure->text, label(p.side, language),
                          claim.when ? claim.when->str() : document.published.value_or("?"), outlets_words(p.outlets, 1, language));
    points.push_back(std::move(p));
  }
  std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.last < b.last; });
  return points;
}

std::string figures_svg(const std::vector<FigurePoint>& all, bool percent, Language language, const std::vector<Band>& bands) {
  double top = 0;
  for (const FigurePoint& p : all) top = std::max(top, high_of(p.figure));
  if (all.empty() || top <= 0) return {};
  std::vector<FigurePoint> points;
  for (const FigurePoint& p : all) {
    if (percent || high_of(p.figure) >= top / 100) points.push_back(p);
  }
  if (percent) top = 100;
  return plot_drawn(points, top, kPagePlot, percent, language, bands) + plot_drawn(points, top, kPhonePlot, percent, language, bands) +
         legend(points, bands, language);
}

}  // namespace litopys
