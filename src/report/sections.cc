#include "report/sections.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "record/origins.h"
#include "record/taken_out.h"
#include "report/figures.h"
#include "report/html.h"
#include "report/statements.h"
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

// Measures by quarters, for a page and for a phone.
struct GridFrame {
  std::string_view shown;
  double width, name, total, row, top;  // `name`, `total`: room for them at either end
  [[nodiscard]] bool above() const { return name == 0; }
  // Of so many quarters each so many years have their number.
  [[nodiscard]] int every(int quarters) const {
    constexpr double kYear = 36;  // wide
    return std::max(1, static_cast<int>(std::ceil(kYear * quarters / 4 / (width - name - total))));
  }
};
constexpr GridFrame kPageGrid{"wide", 980, 250, 40, 24, 26}, kPhoneGrid{"narrow", 350, 0, 30, 42, 24};

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
      if (taken_out(claim)) continue;
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
  int most = 1;
  for (const auto& [measure, row] : grid) {
    for (const auto& [q, n] : row) most = std::max(most, n);
  }
  const auto drawn = [&](const GridFrame& frame) {
    const double column = (frame.width - frame.name - frame.total) / (last - first + 1);
    const double height = frame.top + frame.row * static_cast<double>(order.size()) + 8;
    constexpr double kLine = 24;  // of a row of dots
    const double unit = std::min(column, kLine) / 2 / std::sqrt(static_cast<double>(most));
    std::string svg = fmt::format("<svg class='plot {}' viewBox='0 0 {} {}' role='img' aria-label='{}'>", frame.shown, frame.width, height,
                                  escaped(word("measures.title", language)));
    for (int q = first; q <= last; q += 4) {
      const double x = frame.name + column * (q - first);
      svg += fmt::format("<path d='M{0:.1f} {1}V{2}' stroke='#ddd'/>", x, frame.top, height);
      if ((q - first) / 4 % frame.every(last - first + 1) == 0)
        svg += fmt::format("<text x='{:.1f}' y='16' class='tick' text-anchor='middle'>{}</text>", x + 2 * column, q / 4);
    }
    double y = frame.top + frame.row - kLine / 2;
    for (const auto& [n, measure] : order) {
      const std::string name = escaped(measure_label(book, measure, language));
      // On a phone the name stands above its row.
      const double name_x = frame.above() ? 0 : frame.name - 12, name_y = frame.above() ? y - kLine / 2 - 2 : y + 4;
      svg += fmt::format("<a href='#m-{}'><text x='{}' y='{:.1f}' text-anchor='{}' class='row'>{}</text></a>", anchor(measure), name_x,
                         name_y, frame.above() ? "start" : "end", name);
      svg += fmt::format("<path d='M{} {:.1f}H{}' stroke='#eee'/>", frame.name, y, frame.width - frame.total);
      for (const auto& [q, count] : grid[measure]) {
        svg +=
            fmt::format("<circle cx='{:.1f}' cy='{:.1f}' r='{:.1f}' fill='#2b2b2b' fill-opacity='.8'><title>{} {}/{}: {}</title></circle>",
                        frame.name + column * (q - first + 0.5), y, std::max(2.0, unit * std::sqrt(static_cast<double>(count))), name,
                        q / 4, q % 4 + 1, count);
      }
      svg += fmt::format("<text x='{}' y='{:.1f}' class='tick' text-anchor='end'>{}</text>", frame.width - 4, y + 4, -n);
      y += frame.row;
    }
    return svg + "</svg>";
  };
  return fmt::format("<section id='measures'><h2>{}</h2><p class='lead'>{}</p><figure>{}{}</figure></section>",
                     word("measures.title", language), word("measures.lead", language), drawn(kPageGrid), drawn(kPhoneGrid));
}

std::string sources_section(const Record& record, const NameLookup& names, Language language) {
  const std::vector<Originator> origins = origins_of(record, [](const Statement&) { return true; });
  std::string body;
  for (const Originator& origin : origins) {
    // A text that speaks for itself alone is no source of others.
    const bool voice = std::any_of(origin.statements.begin(), origin.statements.end(), [&](const Statement* s) {
      const auto found = record.claim(s->voice);
      return found && !found->claim->sources.empty();
    });
    if (!voice && origin.rests_on.empty()) continue;
    std::map<std::string, int> relays, outlets;
    for (const auto& [relay, n] : origin.relays) relays[names(relay, Side::unknown)] += static_cast<int>(n);
    for (const Statement* statement : origin.statements) {
      for (const std::string& outlet : statement->outlets) ++outlets[names(outlet, Side::media)];
    }
    std::string rests;
    for (const auto& [other, claims] : origin.rests_on) {
      rests += rests.empty() ? "" : ", ";
      append_escaped(rests, names(other, Side::unknown));
      if (claims.size() > 1) rests += fmt::format(" ×{}", claims.size());
    }
    const std::string who = origin.statements.empty() ? names(origin.name, Side::unknown)
                                                      : shown_originator(record, *origin.statements.front(), names, language);
    body += fmt::format(
        "<tr><td><i class='dot' style='--side:{0}'></i><b>{1}</b></td><td>{2}</td><td class='n' data-name='{7}'>{3}</td>"
        "<td class='n' data-name='{8}'>{4}</td><td data-name='{9}'>{5}</td><td data-name='{10}'>{6}</td><td "
        "data-name='{11}'>{12}</td></tr>",
        colour(origin.side), escaped(who), label(origin.side, language), origin.statements.size(), origin.claims, joined_names(relays),
        rests, word("statements", language), word("claims", language), word("relays", language), word("rests", language),
        word("outlets", language), joined_names(outlets));
  }
  if (body.empty()) return {};
  return fmt::format(
      "<section id='sources'><h2>{}</h2><p class='lead'>{}</p><table class='stand'><thead><tr><th>{}</th><th>{}</th><th "
      "class='n'>{}</th><th "
      "class='n'>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>{}</tbody></table></section>",
      word("sources.title", language), word("sources.lead", language), word("originator", language), word("side", language),
      word("statements", language), word("claims", language), word("relays", language), word("rests", language), word("outlets", language),
      body);
}

std::string documents_section(const std::vector<ReportDocument>& documents, Language language) {
  std::string out = fmt::format("<section id='documents'><h2>{}</h2><p class='lead'>{}</p>", word("documents.title", language),
                                word("documents.lead", language));
  for (const ReportDocument& each : documents) {
    const ClaimDocument& d = each.document;
    const auto claims = d.claims.size() - static_cast<std::size_t>(std::count_if(d.claims.begin(), d.claims.end(), taken_out));
    const std::string id = anchor(d.id);
    out += fmt::format("<details class='document' id='d-{}'><summary><b>{}</b> <span class='by'>{} · {} · {}</span></summary>", id,
                       escaped(d.title.value_or(d.id)), escaped(d.outlet.value_or(d.id)),
                       escaped(d.published.value_or(std::string(word("unknowndate", language)))),
                       claims == 0 ? std::string(word("noclaims", language)) : counted_words(claims, "claims", language));
    out += fmt::format("<p class='hash'>{}: <code>{}</code><br><code>{}</code></p><div class='text' lang='{}'>", word("bytes", language),
                       escaped(each.sha256), escaped(d.path), code(d.language));
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
