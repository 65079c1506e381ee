#include "report/sections.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "report/figures.h"
#include "report/html.h"
#include "report/words.h"

namespace litopys {
namespace {

// Quarters since year 0, so that they can be counted.
int quarter_of(Day day) {
  const std::chrono::year_month_day ymd{day};
  return static_cast<int>(ymd.year()) * 4 + static_cast<int>((static_cast<unsigned>(ymd.month()) - 1) / 3);
}

std::string joined_names(const std::map<std::string, int>& counts) {
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [name, n] : counts) order.emplace_back(-n, name);
  std::sort(order.begin(), order.end());
  std::string out;
  for (const auto& [n, name] : order) {
    if (!out.empty()) out += ", ";
    append_escaped(out, name);
    if (n < -1) out += fmt::format(" ×{}", -n);
  }
  return out;
}

std::string when_words(const Claim& claim, Language language) {
  if (!claim.when) return std::string(word("nodate", language));
  const When& when = *claim.when;
  if (!when.interval) return when.str();
  if (!when.begin) {
    const bool total = claim.figure && claim.stance == Stance::asserted;
    return fmt::format("{} {}", word(total ? "asof" : "until", language), when.end->str());
  }
  if (!when.end) return fmt::format("{} {}", word("since", language), when.begin->str());
  return when.begin->str() + " – " + when.end->str();
}

std::string figure_words(const Figure& figure, Language language) {
  const bool english = language != Language::uk;
  const std::string_view bound = label(figure.bound, language);
  std::string out(bound);
  if (!bound.empty()) out += ' ';
  out += grouped(figure.value, english);
  if (figure.value2) out += "–" + grouped(*figure.value2, english);
  const std::string_view unit = label(figure.unit, language);
  if (!unit.empty()) out.append(" ").append(unit);
  return out;
}

struct ClaimRef {
  const ReportDocument* document;
  std::size_t index;
  [[nodiscard]] const Claim& claim() const { return document->document.claims[index]; }
};

// One claim as a card.
std::string claim_card(const ClaimRef& ref, const PlaceLookup& places, const NameLookup& names, Language language) {
  const Claim& c = ref.claim();
  const ClaimDocument& d = ref.document->document;
  const std::string id = anchor(d.id);
  std::string out =
      fmt::format("<article class='claim' id='c-{}-{}' data-side='{}' style='--side:{}'>", id, ref.index + 1, name(c.side), colour(c.side));
  out += "<p class='head'>";
  if (c.figure) out += fmt::format("<b class='figure'>{}</b> ", escaped(figure_words(*c.figure, language)));
  out += fmt::format("<span>{}</span>", escaped(when_words(c, language)));
  std::string where;
  for (const std::string& code : c.places) {
    const auto place = places(code);
    if (!where.empty()) where += ", ";
    append_escaped(where, !place ? code : language == Language::uk && !place->name_uk.empty() ? place->name_uk : place->name_en);
  }
  if (!where.empty()) out += fmt::format(" · <span>{}</span>", where);
  if (c.stance != Stance::asserted) out += fmt::format(" · <span class='tag'>{}</span>", label(c.stance, language));
  if (c.credence != Credence::plain) out += fmt::format(" · <span class='tag soft'>{}</span>", label(c.credence, language));
  out += "</p>";
  out += fmt::format("<blockquote lang='{}'><a href='#s-{}-{}'>{}</a></blockquote>", code(d.language), id, c.span.begin, escaped(c.quote));
  std::string voice;
  for (const std::string& source : c.sources) {
    if (!voice.empty()) voice += " → ";
    append_escaped(voice, names(source, &source == &c.sources.front() ? c.side : Side::unknown));
  }
  if (voice.empty()) voice = c.side == Side::outlet ? word("outletvoice", language) : word("nameless", language);
  out += fmt::format("<p class='by'><i class='dot'></i>{} <span class='side'>({})</span> — {}{}</p></article>", voice,
                     label(c.side, language), escaped(d.outlet.value_or(d.id)), d.published ? ", " + escaped(*d.published) : std::string{});
  return out;
}

}  // namespace

std::string measure_label(const Codebook& book, std::string_view measure, Language language) {
  const auto id = book.measure(measure);
  if (!id) return std::string(measure);
  const Label& text = book.measures[*id].label;
  const std::string& chosen = language == Language::uk ? text.uk : text.en;
  return chosen.empty() ? std::string(measure) : chosen;
}

std::string measures_section(const std::vector<ReportDocument>& documents, const Codebook& book, Language language) {
  std::map<std::string, std::map<int, int>> grid;  // measure → quarter → claims
  std::map<std::string, int> totals;
  int first = 0, last = 0;
  for (const ReportDocument& d : documents) {
    for (const Claim& claim : d.document.claims) {
      const auto days = days_of(claim, d.document);
      if (!days) continue;
      const int q = quarter_of(days->second);
      ++grid[claim.measure][q];
      ++totals[claim.measure];
      first = first == 0 ? q : std::min(first, q);
      last = std::max(last, q);
    }
  }
  if (grid.empty()) return {};
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [measure, n] : totals) order.emplace_back(-n, measure);
  std::sort(order.begin(), order.end());
  first -= first % 4;
  last += 3 - last % 4;
  constexpr double kWidth = 980, kName = 250, kRow = 24, kTop = 26;
  const double column = (kWidth - kName - 40) / (last - first + 1);
  const double height = kTop + kRow * static_cast<double>(order.size()) + 8;
  int most = 1;
  for (const auto& [measure, row] : grid) {
    for (const auto& [q, n] : row) most = std::max(most, n);
  }
  const double unit = std::min(column, kRow) / 2 / std::sqrt(static_cast<double>(most));
  std::string svg = fmt::format("<svg class='plot' viewBox='0 0 {} {}' role='img' aria-label='{}'>", kWidth, height,
                                escaped(word("measures.title", language)));
  for (int q = first; q <= last; q += 4) {
    const double x = kName + column * (q - first);
    svg += fmt::format("<path d='M{0:.1f} {1}V{2}' stroke='#ddd'/><text x='{3:.1f}' y='16' class='tick' text-anchor='middle'>{4}</text>", x,
                       kTop, height, x + 2 * column, q / 4);
  }
  double y = kTop + kRow / 2;
  for (const auto& [n, measure] : order) {
    svg += fmt::format("<a href='#m-{}'><text x='{}' y='{:.1f}' text-anchor='end' class='row'>{}</text></a>", anchor(measure), kName - 12,
                       y + 4, escaped(measure_label(book, measure, language)));
    svg += fmt::format("<path d='M{} {:.1f}H{}' stroke='#eee'/>", kName, y, kWidth - 40);
    for (const auto& [q, count] : grid[measure]) {
      svg += fmt::format("<circle cx='{:.1f}' cy='{:.1f}' r='{:.1f}' fill='#2b2b2b' fill-opacity='.8'><title>{} {}/{}: {}</title></circle>",
                         kName + column * (q - first + 0.5), y, std::max(2.0, unit * std::sqrt(static_cast<double>(count))),
                         escaped(measure_label(book, measure, language)), q / 4, q % 4 + 1, count);
    }
    svg += fmt::format("<text x='{}' y='{:.1f}' class='tick' text-anchor='end'>{}</text>", kWidth - 4, y + 4, -n);
    y += kRow;
  }
  svg += "</svg>";
  return fmt::format("<section id='measures'><h2>{}</h2><p class='lead'>{}</p><figure>{}</figure></section>",
                     word("measures.title", language), word("measures.lead", language), svg);
}

std::string sources_section(const std::vector<ReportDocument>& documents, const NameLookup& names, Language language) {
  struct Voices {
    Side side = Side::unknown;
    int claims = 0;
    std::map<std::string, int> relays, outlets;
  };
  std::map<std::string, Voices> rows;
  for (const ReportDocument& d : documents) {
    for (const Claim& c : d.document.claims) {
      if (c.sources.empty()) continue;
      Voices& row = rows[names(c.sources.front(), c.side)];
      row.side = c.side;
      ++row.claims;
      for (std::size_t i = 1; i < c.sources.size(); ++i) ++row.relays[names(c.sources[i], Side::unknown)];
      ++row.outlets[d.document.outlet.value_or(d.document.id)];
    }
  }
  if (rows.empty()) return {};
  std::vector<std::pair<std::string, Voices>> order(rows.begin(), rows.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second.claims > b.second.claims; });
  std::string body;
  for (const auto& [who, row] : order) {
    body += fmt::format("<tr><td><i class='dot' style='--side:{}'></i>{}</td><td>{}</td><td class='n'>{}</td><td>{}</td><td>{}</td></tr>",
                        colour(row.side), escaped(who), label(row.side, language), row.claims, joined_names(row.relays),
                        joined_names(row.outlets));
  }
  return fmt::format(
      "<section id='sources'><h2>{}</h2><p class='lead'>{}</p><table><thead><tr><th>{}</th><th>{}</th><th "
      "class='n'>{}</th><th>{}</th><th>{}</th>"
      "</tr></thead><tbody>{}</tbody></table></section>",
      word("sources.title", language), word("sources.lead", language), word("originator", language), word("side", language),
      word("claims", language), word("relays", language), word("outlets", language), body);
}

std::string claims_section(const std::vector<ReportDocument>& documents, const Codebook& book, const PlaceLookup& places,
                           const NameLookup& names, Language language) {
  std::map<std::string, std::vector<ClaimRef>> by_measure;
  std::set<Side> sides;
  for (const ReportDocument& d : documents) {
    for (std::size_t i = 0; i < d.document.claims.size(); ++i) {
      by_measure[d.document.claims[i].measure].push_back({&d, i});
      sides.insert(d.document.claims[i].side);
    }
  }
  std::string out =
      fmt::format("<section id='claims'><h2>{}</h2><p class='lead'>{}</p>", word("claims.title", language), word("claims.lead", language));
  // Without a script all claims show; with it the buttons choose a side.
  out += fmt::format("<p class='filter' hidden>{}: <button type='button' data-side='' aria-pressed='true'>{}</button>",
                     word("filter", language), word("all", language));
  for (const Side side : sides) {
    out += fmt::format("<button type='button' data-side='{}' aria-pressed='false' style='--side:{}'><i class='dot'></i>{}</button>",
                       name(side), colour(side), label(side, language));
  }
  out += "</p>";
  const auto show = [&](const std::string& measure, std::vector<ClaimRef>& refs) {
    const auto key = [](const ClaimRef& r) {
      const auto days = days_of(r.claim(), r.document->document);
      return days ? days->second : Day::max();
    };
    std::stable_sort(refs.begin(), refs.end(), [&](const ClaimRef& a, const ClaimRef& b) { return key(a) < key(b); });
    out += fmt::format("<details open id='m-{}'><summary>{} <span class='count'>{}</span></summary>", anchor(measure),
                       escaped(measure_label(book, measure, language)), refs.size());
    for (const ClaimRef& ref : refs) out += claim_card(ref, places, names, language);
    out += "</details>";
  };
  for (const Measure& measure : book.measures) {
    if (const auto found = by_measure.find(measure.id); found != by_measure.end()) {
      show(found->first, found->second);
      by_measure.erase(found);
    }
  }
  for (auto& [measure, refs] : by_measure) show(measure, refs);  // of a newer codebook: shown, not lost
  return out + "</section>";
}

std::string documents_section(const std::vector<ReportDocument>& documents, Language language) {
  std::string out = fmt::format("<section id='documents'><h2>{}</h2><p class='lead'>{}</p>", word("documents.title", language),
                                word("documents.lead", language));
  for (const auto& [d, sha256, taken] : documents) {
    const std::string id = anchor(d.id);
    out += fmt::format(
        "<details class='document' id='d-{}'><summary><b>{}</b> <span class='by'>{} · {} · {}</span></summary>", id,
        escaped(d.title.value_or(d.id)), escaped(d.outlet.value_or(d.id)),
        escaped(d.published.value_or(std::string(word("unknowndate", language)))),
        d.claims.empty() ? std::string(word("noclaims", language)) : fmt::format("{} {}", d.claims.size(), word("claims", language)));
    out += fmt::format("<p class='hash'>{}: <code>{}</code><br><code>{}</code></p><div class='text' lang='{}'>", word("bytes", language),
                       escaped(sha256), escaped(d.path), code(d.language));
    std::map<std::uint32_t, std::pair<std::uint32_t, std::size_t>> marks;  // begin → end, first claim
    for (std::size_t i = 0; i < d.claims.size(); ++i) {
      const Span span = d.claims[i].span;
      if (span.end <= d.text.size() && span.begin < span.end) marks.emplace(span.begin, std::pair{span.end, i});
    }
    std::uint32_t line_number = 1, at = 0;
    std::uint32_t open_until = 0;  // a mark that runs over a line end
    while (at <= d.text.size()) {
      const std::size_t found = d.text.find('\n', at);
      const auto end = static_cast<std::uint32_t>(found == std::string::npos ? d.text.size() : found);
      const bool junk = std::binary_search(d.junk.begin(), d.junk.end(), line_number);
      out += junk ? "<p class='junk'>" : "<p>";
      std::uint32_t cursor = at;
      if (open_until > at) {
        const std::uint32_t stop = std::min(open_until, end);
        out += fmt::format("<mark>{}</mark>", escaped(std::string_view(d.text).substr(cursor, stop - cursor)));
        cursor = stop;
      }
      for (auto mark = marks.lower_bound(cursor); mark != marks.end() && mark->first < end; ++mark) {
        if (mark->first < cursor) continue;
        append_escaped(out, std::string_view(d.text).substr(cursor, mark->first - cursor));
        const std::uint32_t stop = std::min(mark->second.first, end);
        out += fmt::format("<mark id='s-{}-{}'><a href='#c-{}-{}'>{}</a></mark>", id, mark->first, id, mark->second.second + 1,
                           escaped(std::string_view(d.text).substr(mark->first, stop - mark->first)));
        cursor = stop;
        open_until = mark->second.first;
      }
      append_escaped(out, std::string_view(d.text).substr(cursor, end - cursor));
      out += "</p>";
      ++line_number;
      if (found == std::string::npos) break;
      at = end + 1;
    }
    out += "</div></details>";
  }
  return out + "</section>";
}

}  // namespace litopys
