// litopys claims: what the record says, chosen by filters.
#include <algorithm>
#include <array>

#include "base/counted.h"
#include "cli/claim_text.h"
#include "cli/commands.h"
#include "cli/filter.h"
#include "cli/said_view.h"
#include "cli/table.h"
#include "store/casebook.h"

namespace litopys {
namespace {

struct ClaimsOptions {
  std::string casebook;
  FilterWords filter;
  bool json = false;
  bool csv = false;
};

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : " ") + value;
  return out;
}

TableRow table_row(const ClaimRow& row) {
  const Claim& claim = row.claim;
  std::string what = claim.measure;
  if (claim.stance != Stance::asserted) what += ", " + std::string(name(claim.stance));
  std::string who = claim.sources.empty() ? row.outlet.value_or("") : claim.sources.front();
  who += who.empty() ? std::string(name(claim.side)) : " (" + std::string(name(claim.side)) + ")";
  if (claim.credence != Credence::plain) who += ", " + std::string(name(claim.credence));
  std::string when = claim.when ? claim.when->str() : row.published ? "[" + *row.published + "]" : "";
  const std::string signs = said_signs(row);
  return {{row.document + "#" + std::to_string(row.number) + (signs.empty() ? "" : " " + signs), std::move(when), std::move(what),
           claim.figure ? figure_text(*claim.figure) : "", joined(claim.places), std::move(who)},
          claim.quote};
}

void print_table(CasebookReader& casebook, const ClaimFilter& filter, Session& session) {
  Table table({{.title = "claim", .most = 26, .keep_end = true},
               {.title = "when", .most = 21},
               {.title = "measure", .most = 28},
               {.title = "figure", .most = 21, .right = true},
               {.title = "places", .most = 22},
               {.title = "who", .most = 30}},
              "says", terminal_of(1), session.out);
  std::uint64_t count = 0;
  const auto done = casebook.record.claims(filter, [&](const ClaimRow& row) {
    ++count;
    return table.add(table_row(row));
  });
  if (!done) return session.report(done.error());
  table.finish();
  session.note(counted(count, "claim", "claims"));
  const bool wrong_shown = filter.reviewed || !filter.verdicts.empty();
  if (const Result<Counts> counts = casebook.record.counts(); counts && counts->wrong > 0 && !wrong_shown)
    session.note(counted(counts->wrong, "claim was", "claims were") + " found wrong and left out; to see them: --verdict wrong");
}

void print_json(CasebookReader& casebook, const ClaimFilter& filter, Session& session) {
  std::string id;
  std::string text;
  std::optional<utf8::CodePointIndex> points;
  std::optional<Error> stopped;
  std::string line;
  const auto done = casebook.record.claims(filter, [&](const ClaimRow& row) {
    if (!points || id != row.document) {
      Result<std::string> got = casebook.record.text_of(row.document);
      if (!got) {
        stopped = got.error();
        return false;
      }
      id = row.document;
      text = *std::move(got);
      points.emplace(text);
    }
    line.clear();
    append_claim_line(line, row, *points);
    return session.out.write(line);
  });
  if (!done) return session.report(done.error());
  if (stopped) session.report(*stopped);
}

void print_csv(CasebookReader& casebook, const ClaimFilter& filter, Session& session) {
  session.out.write(csv_header());
  const auto done = casebook.record.claims(filter, [&](const ClaimRow& row) { return session.out.write(csv_line(row)); });
  if (!done) session.report(done.error());
}

void claims(const ClaimsOptions& options, Session& session) {
  Result<CasebookReader> casebook = open_casebook(options.casebook);
  if (!casebook) return session.report(casebook.error());
  Result<ClaimFilter> filter = filter_of(options.filter, session);
  if (!filter) return session.report(filter.error());
  if (casebook->behind)
    session.note("the record is behind the evidence: an add was interrupted or is running; to complete it: litopys rebuild " +
                 options.casebook);
  if (options.json) return print_json(*casebook, *filter, session);
  if (options.csv) return print_csv(*casebook, *filter, session);
  print_table(*casebook, *filter, session);
}

}  // namespace

void declare_claims(CommandLine& line, Session& session) {
  Command command = line.command("claims", "Shows the claims of a casebook, chosen by filters that combine");
  auto options = std::make_shared<ClaimsOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  declare_filter(command, options->filter);
  const Option json = command.flag("--json", options->json, "One JSON object a line");
  command.flag("--csv", options->csv, "CSV with bounds in columns of their own").excludes(json);
  command.footer("Example: litopys claims my.case --measure issuance --place UA-65 --since 2023 --text пенсія");
  command.run([options, &session] { claims(*options, session); });
}

}  // namespace litopys
