#include "report/report.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "record/taken_out.h"
#include "report/figures.h"
#include "report/html.h"
#include "report/said.h"
#include "report/sections.h"
#include "report/statements.h"
#include "report/words.h"

namespace litopys {
namespace {

constexpr std::string_view kStyle = R"css(
:root{--ink:#1b1b1b;--soft:#5d5d5d;--rule:#d9d5cc;--paper:#fffdf8;--mark:#fff1b8}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 "Source Serif 4",Charter,"Bitstream Charter",Georgia,"DejaVu Serif",serif}
main,header,footer{max-width:1020px;margin:0 auto;padding:0 20px}
header{padding-top:28px;border-top:6px solid var(--ink);margin-top:18px}
.brand{font:700 13px/1 system-ui,"DejaVu Sans",sans-serif;letter-spacing:.22em;text-transform:uppercase;margin:0 0 18px}
h1{font-size:44px;line-height:1.08;margin:0 0 12px;letter-spacing:-.01em;max-width:20em}
h2{font-size:28px;line-height:1.15;margin:56px 0 6px;padding-top:14px;border-top:1px solid var(--ink)}
.lead,.standfirst{color:var(--soft);max-width:44em;margin:0 0 14px}
.standfirst{font-size:20px;line-height:1.4}
.facts{display:flex;flex-wrap:wrap;gap:8px 34px;margin:22px 0 0;padding:14px 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);font:14px/1.35 system-ui,"DejaVu Sans",sans-serif}
.facts b{display:block;font:700 25px/1.2 Charter,Georgia,"DejaVu Serif",serif}
nav{font:14px/1.4 system-ui,"DejaVu Sans",sans-serif;margin:14px 0 0}
nav a{margin-right:18px;color:var(--ink)}
a{color:inherit;text-decoration-color:#a9a394;text-underline-offset:2px}
figure{margin:0}
figcaption,.small{font:13px/1.4 system-ui,"DejaVu Sans",sans-serif;color:var(--soft);margin:6px 0}
svg.plot,svg.map{display:block;width:100%;height:auto}
svg text{font:13px system-ui,"DejaVu Sans",sans-serif}
svg .tick{fill:#5d5d5d;font-size:12.5px}
svg .row{fill:#1b1b1b;font-size:13px}
svg .name{font-size:12.5px;font-weight:600;paint-order:stroke;stroke:#fffdf8;stroke-width:3px;stroke-linejoin:round}
svg a{text-decoration:none}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;font:13px/1.6 system-ui,"DejaVu Sans",sans-serif;color:var(--soft);margin:4px 0 0}
.legend span{display:inline-flex;align-items:center;gap:6px}
.sea{fill:#e9f0f3}.abroad{fill:#f1eee7;stroke:#d7d2c6;stroke-width:.6}.home{fill:#fbf8f0}
.district{fill:none;stroke:#e4dfd3;stroke-width:.5}.region{fill:none;stroke:#8d8779;stroke-width:1}.counted{fill:#b3261e;fill-opacity:.07}
.lake{fill:#cfe0e8}.river{fill:none;stroke:#b9d0db;stroke-width:1}
.area{fill:#b3261e;fill-opacity:.22;stroke:#b3261e;stroke-width:1}.town{fill:#7d120c;fill-opacity:.85;stroke:#fff;stroke-width:.8}
svg .areaname{font-weight:700;font-size:12.5px;paint-order:stroke;stroke:#fffdf8;stroke-width:3px}
svg .townname{font-size:11.5px;paint-order:stroke;stroke:#fffdf8;stroke-width:3px}
table{border-collapse:collapse;width:100%;font:14px/1.4 system-ui,"DejaVu Sans",sans-serif;margin:14px 0}
th{text-align:left;font-weight:600;border-bottom:1px solid var(--ink);padding:6px 10px 6px 0}
td{border-bottom:1px solid var(--rule);padding:6px 10px 6px 0;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:18px}
.code{color:var(--soft);white-space:nowrap}
.dot{display:inline-block;width:.62em;height:.62em;border-radius:50%;background:var(--side,#888);margin-right:.45em}
summary{cursor:pointer;font-size:20px;font-weight:700;padding:10px 0;border-bottom:1px solid var(--rule)}
.count{font:14px system-ui,"DejaVu Sans",sans-serif;color:var(--soft);font-weight:400}
.claim{border-left:4px solid var(--side);padding:2px 0 2px 14px;margin:16px 0;break-inside:avoid}
.claim:target{background:var(--mark)}
.claim .head{font:14px/1.4 system-ui,"DejaVu Sans",sans-serif;margin:0;color:var(--soft)}
.figure{color:var(--ink);font-size:17px;margin-right:.4em}
.tag{border:1px solid currentColor;border-radius:3px;padding:0 5px;font-size:12.5px;color:#8a1a14}.tag.soft{color:#5d5d5d}
.said{font:12.5px/1.4 system-ui,"DejaVu Sans",sans-serif;color:#2f6b3a;white-space:nowrap;margin-left:.3em}.out{max-width:46em;padding-left:1.1em}
blockquote{margin:3px 0;max-width:46em}
blockquote a{color:inherit;text-decoration:none;white-space:pre-line}
blockquote a:hover,.text mark a:hover{text-decoration:underline}
.by{font:14px/1.4 system-ui,"DejaVu Sans",sans-serif;color:var(--soft);margin:0}
.finding{border-top:3px solid var(--ink);margin:26px 0 34px;padding:10px 0 0;break-inside:avoid}
.finding .says{font-size:22px;line-height:1.32;font-weight:600;max-width:40em;margin:0 0 12px}
.chain{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(290px,1fr));gap:14px 26px}
.chain li{border-top:4px solid var(--side);padding:8px 0 0;break-inside:avoid}
.chain .head,.others h4,.fold{font:14px/1.4 system-ui,"DejaVu Sans",sans-serif;margin:0;color:var(--soft)}
.chain .head b{color:var(--ink)}.chain .figure{display:block;font:700 25px/1.25 Charter,Georgia,"DejaVu Serif",serif;margin:2px 0}
.chain blockquote{font-size:16px;line-height:1.42;margin:6px 0}
.miss{font:600 14px/1.4 system-ui,"DejaVu Sans",sans-serif;margin:12px 0 0;padding-top:8px;border-top:1px solid var(--rule)}
.others h3{font-size:20px;margin:34px 0 4px}.others h4{color:var(--ink);font-weight:600;margin:16px 0 2px}.others ul{margin:0;padding:0 0 0 1.1em;max-width:46em}.others li{margin:0 0 6px}
.ref{font:12px/1.4 system-ui,"DejaVu Sans",sans-serif;color:var(--soft)}
.block{border:1px solid var(--rule);padding:8px 14px 2px;margin:16px 0}.fold b{color:var(--ink);font-size:17px}
.carried summary{font:14px/1.4 system-ui,"DejaVu Sans",sans-serif;font-weight:400;border:0;padding:4px 0;color:var(--soft)}
.carried ol{margin:0;padding:0 0 0 1.4em;font:14px/1.4 system-ui,"DejaVu Sans",sans-serif}.carried blockquote{font:15px/1.4 Charter,Georgia,"DejaVu Serif",serif}
.filter button{font:14px/1 system-ui,"DejaVu Sans",sans-serif;border:1px solid var(--rule);background:none;border-radius:14px;padding:6px 12px;margin:0 4px 4px 0;cursor:pointer;color:var(--ink)}
.filter button[aria-pressed=true]{border-color:var(--ink);background:#efe9db}
.document summary{font-size:16px;font-weight:400}
.document .text{max-width:44em;padding:0 0 20px 14px;border-left:1px solid var(--rule);margin:10px 0}
.text p{margin:0 0 .55em;min-height:1em;overflow-wrap:anywhere}
.text .junk{color:#767269}
.text mark{background:var(--mark);color:inherit}.text mark:target{background:#ffd84d}
.text mark a{color:inherit;text-decoration:none}
.hash{font:12.5px/1.5 system-ui,"DejaVu Sans",sans-serif;color:var(--soft);margin:8px 0;overflow-wrap:anywhere}
footer{border-top:1px solid var(--ink);margin-top:60px;padding-top:14px;padding-bottom:40px;font-size:15px;color:var(--soft)}
footer p{max-width:48em;margin:0 0 8px}
svg.narrow{display:none}.map path{vector-effect:non-scaling-stroke}
@media (max-width:640px){h1{font-size:32px}h2{font-size:25px}.finding .says{font-size:19px}svg.wide{display:none}svg.narrow{display:block}
.stand,.stand tbody,.stand tr{display:block}.stand thead{display:none}.stand tr{border-bottom:1px solid var(--rule);padding:8px 0}
.stand td{display:block;border:0;padding:0 0 2px;text-align:left;white-space:normal}.stand td:empty{display:none}
.stand td[data-name]::before{content:attr(data-name) ": ";color:var(--soft)}}
@media print{body{font-size:11pt;background:#fff}nav,.filter{display:none}section{break-before:auto}.document:not([open]){display:none}}
)css";

// Buttons that choose a side, and links into folded documents. Everything is readable without it.
constexpr std::string_view kScript = R"js(
(() => {
  const bar = document.querySelector('.filter');
  if (bar) {
    bar.hidden = false;
    bar.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (!button) return;
      for (const other of bar.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button));
      for (const claim of document.querySelectorAll('.claim')) claim.hidden = button.dataset.side !== '' && claim.dataset.side !== button.dataset.side;
    });
  }
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest('details');
    if (folded && !folded.open) { folded.open = true; target.scrollIntoView(); }
  };
  addEventListener('hashchange', open);
  addEventListener('beforeprint', () => { for (const d of document.querySelectorAll('details')) d.open = true; });
  open();
})();
)js";

// Of the occupied territories as a whole and everybody.
std::vector<Band> bands_of(const Record& record) {
  for (const RecordSeries& series : record.series) {
    if (series.measure == "issuance" && series.place == "UA-TOT" && series.unit == Unit::passport && series.group.empty())
      return series.bands;
  }
  return {};
}

std::string fact(std::string_view value, std::string_view text) { return fmt::format("<span><b>{}</b>{}</span>", value, text); }

}  // namespace

Result<std::string> make_report(const std::vector<ReportDocument>& documents, const Record& record, const Codebook& book,
                                const PlaceLookup& places, const NameLookup& names, const ReportOptions& options) {
  const Language language = options.language;
  const SaidSigns said(documents, language);
  const auto text = [&](std::string_view key) { return word(key, language); };

  const auto count = [&](std::size_t n, std::string_view key) { return fact(std::to_string(n), noun_after(n, key, language)); };
  std::size_t claims = 0, distanced = 0;
  std::set<std::string> sources;
  for (const ReportDocument& d : documents) {
    for (const Claim& c : d.document.claims) {
      if (taken_out(c)) continue;
      ++claims;
      distanced += c.credence == Credence::distanced || c.credence == Credence::unverified ? 1 : 0;
      if (!c.sources.empty()) sources.insert(names(c.sources.front(), c.side));
    }
  }
  const std::vector<FigurePoint> totals = figure_points(record, "issuance", false, names, language);
  const std::vector<FigurePoint> shares = figure_points(record, "issuance", true, names, language);

  std::string facts = count(documents.size(), "documents") + count(claims, "claims") + count(sources.size(), "sources");
  const auto broken =
      std::count_if(record.findings.begin(), record.findings.end(), [](const Finding& f) { return f.kind == FindingKind::contradiction; });
  if (broken > 0) facts += count(static_cast<std::size_t>(broken), "contradictions");
  if (!totals.empty()) {
    const auto highest =
        std::max_element(totals.begin(), totals.end(), [](const auto& a, const auto& b) { return a.figure.value < b.figure.value; });
    facts += fact(grouped(highest->figure.value, language != Language::uk),
                  fmt::format("{} ({})", text("highest"), escaped(highest->originator)));
  }
  if (distanced > 0) facts += fact(std::to_string(distanced), text("doubt"));

  const std::string title = escaped(options.title.empty() ? text("title") : std::string_view(options.title));
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang='{}'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width,initial-scale=1'>"
      "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
      "img-src data:\">"
      "<meta name='generator' content='litopys " LITOPYS_VERSION "'><title>{}</title><style>{}</style></head><body>\n",
      code(language), title, kStyle);
  out +=
      fmt::format("<header><p class='brand'>Litopys · Літопис</p><h1>{}</h1><p class='standfirst'>{}</p><div class='facts'>{}</div><nav>",
                  title, text("standfirst"), facts);
  for (const auto& [id, key] :
       {std::pair{"figures", "figures.title"}, std::pair{"findings", "findings.title"}, std::pair{"measures", "measures.title"},
        std::pair{"map", "map.title"}, std::pair{"sources", "sources.title"}, std::pair{"claims", "claims.title"},
        std::pair{"documents", "documents.title"}}) {
    out += fmt::format("<a href='#{}'>{}</a>", id, text(key));
  }
  out += "</nav></header>\n<main>";

  const std::string plot = figures_svg(totals, false, language, bands_of(record));
  out += fmt::format("<section id='figures'><h2>{}</h2><p class='lead'>{}</p>", text("figures.title"),
                     text(plot.empty() ? "figures.none" : "figures.lead"));
  if (!plot.empty()) out += fmt::format("<figure>{}</figure>", plot);
  const std::string percent = figures_svg(shares, true, language);
  if (!percent.empty()) {
    out += fmt::format("<h2>{}</h2><p class='lead'>{}</p><figure>{}</figure>", text("shares.title"), text("shares.lead"), percent);
  }
  out += "</section>\n";
  out += findings_section(record, places, names, said, language) + "\n";
  out += measures_section(documents, book, language) + "\n";
  const Result<std::string> map = map_section(documents, book, places, options);
  if (!map) return tl::unexpected(map.error());
  out += *map + "\n" + sources_section(record, names, language) + "\n";
  out += claims_section(record, book, places, names, said, language) + "\n" + taken_out_section(documents, language) +
         documents_section(documents, language);
  out += fmt::format("</main>\n<footer><h2>{}</h2><p>{}</p><p>{}</p><p>{}</p><p>{} {} · litopys " LITOPYS_VERSION " · {} {}</p></footer>",
                     text("method.title"), text("method.1"), text("method.2"), text("method.3"), text("made"), escaped(options.made),
                     text("codebook"), escaped(options.codebook_version));
  out += fmt::format("<script>{}</script></body></html>\n", kScript);
  return out;
}

}  // namespace litopys
