// litopys findings: what the claims of a casebook show together.
#include <algorithm>

#include "base/counted.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/filter.h"
#include "cli/record_view.h"
#include "codebook/near_miss.h"
#include "record/json.h"
#include "store/place_codes.h"

namespace litopys {
namespace {

struct FindingsOptions {
  std::string casebook;
  std::vector<std::string> kinds;
  FilterWords filter;
  bool json = false;
};

struct FindingFilter {
  std::vector<FindingKind> kinds;
  std::vector<std::string> places, measures;
  std::optional<Day> since;
};

Result<FindingFilter> finding_filter(const FindingsOptions& options, Session& session) {
  FindingFilter out;
  for (const std::string& word : options.kinds) {
    const std::optional<FindingKind> kind = parse_name<FindingKind>(word);
    if (!kind) {
      const std::string_view near = near_miss(word, Names<FindingKind>::all);
      std::string next = near.empty() ? "one of: " : "did you mean " + std::string(near) + "?";
      for (const std::string_view each : Names<FindingKind>::all) {
        if (near.empty()) next.append(each == Names<FindingKind>::all.front() ? "" : ", ").append(each);
      }
      return fail(ErrorKind::kUsage, "--kind", {}, "\"" + word + "\" is not known", next);
    }
    out.kinds.push_back(*kind);
  }
  const Result<ClaimFilter> common = filter_of(options.filter, session);
  if (!common) return tl::unexpected<Error>(common.error());
  out.places = common->places;
  out.measures = common->measures;
  out.since = common->since;
  return out;
}

// A finding passes by any of its claims; by the publication of its latest.
bool passes(const Finding& finding, const FindingFilter& filter, const Record& record) {
  if (!filter.kinds.empty() && std::find(filter.kinds.begin(), filter.kinds.end(), finding.kind) == filter.kinds.end()) return false;
  bool place = filter.places.empty(), measure = filter.measures.empty(), since = !filter.since;
  for (const std::string& name : finding.claims) {
    const auto found = record.claim(name);
    if (!found) continue;
    const Claim& claim = *found->claim;
    place = place || std::any_of(claim.places.begin(), claim.places.end(), [&](const std::string& code) {
              return std::any_of(filter.places.begin(), filter.places.end(),
                                 [&](const std::string& asked) { return place_within(code, asked); });
            });
    measure = measure || std::find(filter.measures.begin(), filter.measures.end(), claim.measure) != filter.measures.end();
    if (!since && found->document->published) {
      const std::optional<Date> published = Date::parse(*found->document->published);
      since = published && published->valid() && published->last_day() >= *filter.since;
    }
  }
  return place && measure && since;
}

constexpr std::size_t kShownClaims = 12;  // of a finding with very many claims; --json has all

void print_finding(const Finding& finding, const Record& record, const Terminal& terminal, Output& out) {
  const auto lines = [&](std::string_view text, std::string_view first, std::string_view next, std::size_t most) {
    const std::string_view* indent = &first;
    for (const std::string& line : wrapped(text, terminal.width - columns_of(first), most)) {
      out.write(std::string(*indent) + line + "\n");
      indent = &next;
    }
  };
  constexpr std::size_t kAll = 100, kQuoteLines = 3;
  lines(plain_line(finding.says), "  ", "  ", kAll);
  std::size_t shown = 0;
  for (const std::string& name : finding.claims) {
    if (++shown > kShownClaims) {
      out.write("      and " + counted(finding.claims.size() - kShownClaims, "more claim", "more claims") + "\n");
      break;
    }
    lines(plain_line(claim_place_text(record, name)), "    · ", "      ", kAll);
    if (const auto found = record.claim(name)) lines("“" + plain_line(found->claim->quote) + "”", "      ", "      ", kQuoteLines);
  }
  if (!finding.because.empty() && finding.because.size() > finding.claims.size()) lines(finding.because.back(), "    ", "    ", kAll);
  out.write("\n");
}

void findings(const FindingsOptions& options, Session& session) {
  const Result<FindingFilter> filter = finding_filter(options, session);
  if (!filter) return session.report(filter.error());
  const std::optional<RecordView> view = open_record(options.casebook, options.filter.codebook, session, RecordPart{filter->kinds, {}});
  if (!view) return;
  const Terminal terminal = terminal_of(1);
  std::vector<const Finding*> shown;
  for (const Finding& finding : view->record.findings) {
    if (passes(finding, *filter, view->record)) shown.push_back(&finding);
  }
  if (options.json) {
    for (const Finding* finding : shown) {
      std::string line;
      append_json(line, *finding);
      if (!session.out.write(line + "\n")) return;
    }
    return;
  }
  const Finding* before = nullptr;
  for (const Finding* finding : shown) {
    if (before == nullptr || before->kind != finding->kind) {
      const auto of_kind =
          static_cast<std::size_t>(std::count_if(shown.begin(), shown.end(), [&](const Finding* f) { return f->kind == finding->kind; }));
      const std::string title = std::string(name(finding->kind)) + ": " + std::to_string(of_kind);
      session.out.write((terminal.colours ? "\x1b[1m" + title + "\x1b[0m" : title) + "\n\n");
    }
    before = finding;
    print_finding(*finding, view->record, terminal, session.out);
    if (session.out.closed()) return;
  }
  session.note(counted(shown.size(), "finding", "findings") +
               (shown.size() == view->findings ? "" : " of " + std::to_string(view->findings)));
}

}  // namespace

void declare_findings(CommandLine& line, Session& session) {
  Command command = line.command(
      "findings",
      "Shows what the claims of a casebook say together: what cannot all be true, what rests on one voice, what became of plans");
  auto options = std::make_shared<FindingsOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  command
      .option("--kind", options->kinds,
              "contradiction, update, restated, one-origin, true-origin, circular, plan-met, plan-missed, scope, rounding")
      .type_name("KIND")
      .one_each();
  command
      .option("--place", options->filter.places,
              "Code (UA-65, UA-TOT) or name that one of the claims is about; what lies in it is included")
      .type_name("PLACE")
      .one_each();
  command.option("--measure", options->filter.measures, "Measure of one of the claims, as in the codebook").type_name("MEASURE").one_each();
  command.option("--since", options->filter.since, "Only where the latest of the claims was published on this day or later")
      .type_name("DATE");
  command.option("--codebook", options->filter.codebook, "Folder of the codebook").type_name("DIR");
  command.flag("--json", options->json, "One JSON object a finding, as litopys record prints it");
  command.footer("Example: litopys findings my.case --kind contradiction --place UA-TOT --since 2023");
  command.run([options, &session] { findings(*options, session); });
}

}  // namespace litopys
