// litopys statement: one utterance with all who carried it.
#include <algorithm>

#include "base/counted.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/record_view.h"
#include "cli/relay_graph.h"
#include "record/json.h"
#include "record/origins.h"
#include "record/wording.h"

namespace litopys {
namespace {

struct StatementOptions {
  std::string casebook, id;
  std::optional<std::string> codebook;
  bool json = false;
};

// By the statement's id, or by the name of any of its claims.
const Statement* find_statement(const Record& record, std::string_view id) {
  if (id.starts_with("s:")) id.remove_prefix(2);
  const auto by_claim = statements_by_claim(record);
  const auto found = by_claim.find(id);
  return found == by_claim.end() ? nullptr : &record.statements[found->second];
}

std::vector<const Finding*> findings_with(const Record& record, const Statement& statement) {
  std::vector<const Finding*> out;
  for (const Finding& finding : record.findings) {
    const bool with = std::any_of(finding.claims.begin(), finding.claims.end(), [&](const std::string& claim) {
      return std::find(statement.claims.begin(), statement.claims.end(), claim) != statement.claims.end();
    });
    if (with) out.push_back(&finding);
  }
  return out;
}

std::string matter_of(const RecordView& view, const Statement& statement) {
  const auto voice = view.record.claim(statement.voice);
  if (!voice) return {};
  return Wording(view.book, view.gazetteer, Language::en).matter(*voice->claim, voice->document->published);
}

void print_json(const RecordView& view, const Statement& statement, Session& session) {
  std::string fields, line;
  append_json(fields, statement);
  JsonWriter json(line);
  json.object([&] {
    json.raw(std::string_view(fields).substr(1, fields.size() - 2));  // its members, without the braces
    json.key("side").string(name(statement.side));
    json.key("says").string(matter_of(view, statement));
    json.key("tellings").array([&] {
      for (std::size_t i = 0; i < statement.claims.size(); ++i) {
        const auto found = view.record.claim(statement.claims[i]);
        json.object([&] {
          json.key("claim").string(statement.claims[i]);
          json.key("published").string_or_null(found ? found->document->published : std::nullopt);
          json.key("outlet").string_or_null(found ? found->document->outlet : std::nullopt);
          json.key("way").array([&] {
            for (const std::string_view step : way_of(view.record, statement, i)) json.string(step);
          });
          json.key("quote").string(found ? std::string_view(found->claim->quote) : std::string_view());
        });
      }
    });
    json.key("findings").array([&] {
      for (const Finding* finding : findings_with(view.record, statement)) {
        std::string object;
        append_json(object, *finding);
        json.raw(object);
      }
    });
  });
  session.out.write(line + "\n");
}

void print_text(const RecordView& view, const Statement& statement, Session& session) {
  const Terminal terminal = terminal_of(1);
  constexpr std::size_t kAll = 100;
  const auto lines = [&](const std::string& text, std::string_view indent) {
    for (const std::string& line : wrapped(plain_line(text), terminal.width - columns_of(indent), kAll))
      session.out.write(std::string(indent) + line + "\n");
  };
  lines(matter_of(view, statement), "");
  lines(statement.id + ", " + std::string(name(statement.side)) + "; " + counted(statement.claims.size(), "claim", "claims") + " in " +
            counted(statement.carriers.size(), "document", "documents") + ", " + counted(statement.outlets.size(), "outlet", "outlets") +
            ", first " + statement.first.value_or("undated"),
        "");
  session.out.write("\n" + relay_graph(view.record, statement) + "\n");
  for (const std::string& claim : statement.claims) {
    const auto found = view.record.claim(claim);
    if (!found) continue;
    lines(claim_place_text(view.record, claim) + (claim == statement.voice ? ", speaks for it" : ""), "");
    lines("“" + found->claim->quote + "”", "  ");
  }
  const std::vector<const Finding*> findings = findings_with(view.record, statement);
  if (!findings.empty()) session.out.write("\n");
  for (const Finding* finding : findings) lines(std::string(name(finding->kind)) + ": " + finding->says, "");
}

void statement(const StatementOptions& options, Session& session) {
  const std::optional<RecordView> view = open_record(options.casebook, options.codebook, session, RecordPart{{}, options.id});
  if (!view) return;
  const Statement* found = find_statement(view->record, options.id);
  if (found == nullptr) {
    return session.report({ErrorKind::kUsage,
                           options.id,
                           {},
                           "is no statement and no claim of this casebook",
                           "name a claim as litopys claims " + options.casebook + " prints it: DOCUMENT#N"});
  }
  if (options.json) return print_json(*view, *found, session);
  print_text(*view, *found, session);
}

}  // namespace

void declare_statement(CommandLine& line, Session& session) {
  Command command =
      line.command("statement", "Shows one utterance: who said it, through whom, in which outlets, since when, and what it is part of");
  auto options = std::make_shared<StatementOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  command.option("id", options->id, "Id of a statement, or a claim as litopys claims prints it").required().type_name("DOCUMENT#N");
  command.option("--codebook", options->codebook, "Folder of the codebook").type_name("DIR");
  command.flag("--json", options->json, "One JSON object");
  command.footer("Example: litopys statement my.case en-2024-03-million-claims#1");
  command.run([options, &session] { statement(*options, session); });
}

}  // namespace litopys
