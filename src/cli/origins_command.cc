// litopys origins: who stands behind what the outlets of a casebook carry.
#include <algorithm>

#include "base/counted.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/filter.h"
#include "cli/record_view.h"
#include "record/origins.h"
#include "record/wording.h"
#include "store/place_codes.h"
#include "store/words.h"

namespace litopys {
namespace {

struct OriginsOptions {
  std::string casebook;
  FilterWords filter;
  std::size_t most = 3;
  bool json = false;
};

bool passes(const Record& record, const Statement& statement, const ClaimFilter& filter) {
  const auto voice = record.claim(statement.voice);
  if (!voice) return false;
  const Claim& claim = *voice->claim;
  const auto one_of = [](const auto& wanted, const auto& value) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
  };
  if (!one_of(filter.measures, claim.measure) || !one_of(filter.sides, statement.side)) return false;
  if (filter.places.empty()) return true;
  return std::any_of(claim.places.begin(), claim.places.end(), [&](const std::string& code) {
    return std::any_of(filter.places.begin(), filter.places.end(), [&](const std::string& asked) { return place_within(code, asked); });
  });
}

void print_json(const RecordView& view, const std::vector<Originator>& origins, Session& session) {
  const Wording words(view.book, view.gazetteer, Language::en);
  for (const Originator& origin : origins) {
    std::string line;
    JsonWriter json(line);
    const auto list = [&](const auto& values) {
      json.array([&] {
        for (const std::string& value : values) json.string(value);
      });
    };
    json.object([&] {
      json.key("type").string("origin").key("originator").string(origin.name).key("side").string(name(origin.side));
      json.key("claims").number(origin.claims);
      json.key("documents").number(origin.documents.size());
      json.key("first").string_or_null(origin.first);
      json.key("outlets");
      list(origin.outlets);
      json.key("statements").array([&] {
        for (const Statement* statement : origin.statements) {
          const auto voice = view.record.claim(statement->voice);
          json.object([&] {
            json.key("id").string(statement->id);
            json.key("says").string(voice ? words.matter(*voice->claim, voice->document->published) : std::string());
            json.key("outlets").number(statement->outlets.size());
            json.key("claims").number(statement->claims.size());
            json.key("first").string_or_null(statement->first);
          });
        }
      });
      json.key("relays").object([&] {
        for (const auto& [relay, count] : origin.relays) json.key(relay).number(count);
      });
      json.key("rests_on").array([&] {
        for (const auto& [other, claims] : origin.rests_on) {
          json.object([&, &other = other, &claims = claims] {
            json.key("originator").string(other);
            json.key("claims");
            list(claims);
          });
        }
      });
    });
    if (!session.out.write(line + "\n")) return;
  }
}

std::string counted_names(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::pair<std::size_t, std::string>> order;
  for (const auto& [called, count] : counts) order.emplace_back(count, called);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string out;
  for (const auto& [count, called] : order) out += (out.empty() ? "" : ", ") + called + (count > 1 ? " ×" + std::to_string(count) : "");
  return out;
}

void print_text(const RecordView& view, const std::vector<Originator>& origins, std::size_t most, Session& session) {
  const Wording words(view.book, view.gazetteer, Language::en);
  const Terminal terminal = terminal_of(1);
  constexpr std::size_t kAll = 100;
  const auto lines = [&](const std::string& text, const std::string& first, const std::string& next) {
    const std::string* indent = &first;
    for (const std::string& line : wrapped(plain_line(text), terminal.width - columns_of(first), kAll)) {
      session.out.write(*indent + line + "\n");
      indent = &next;
    }
  };
  for (const Originator& origin : origins) {
    std::string head = origin.name + " (" + std::string(name(origin.side)) + ")";
    if (origin.statements.empty()) {
      head += ": nothing of its own";
    } else {
      head += ": " + counted(origin.statements.size(), "statement", "statements") + " in " +
              counted(origin.outlets.size(), "outlet", "outlets") + ", " + counted(origin.documents.size(), "document", "documents") +
              ", first " + origin.first.value_or("undated");
    }
    lines(head, "", "  ");
    if (!origin.relays.empty()) lines("through " + counted_names(origin.relays), "  ", "    ");
    for (const auto& [other, claims] : origin.rests_on) lines("rests on " + other + ": " + joined_with(claims, ", "), "  ", "    ");
    std::size_t shown = 0;
    for (const Statement* statement : origin.statements) {
      if (++shown > most) {
        session.out.write("    and " + counted(origin.statements.size() - most, "more statement", "more statements") + "\n");
        break;
      }
      const auto voice = view.record.claim(statement->voice);
      if (!voice) continue;
      lines(counted(statement->outlets.size(), "outlet", "outlets") + ": " + words.matter(*voice->claim, voice->document->published) +
                "  [" + statement->id + "]",
            "  · ", "    ");
    }
    if (session.out.closed()) return;
  }
}

void origins(const OriginsOptions& options, Session& session) {
  const Result<ClaimFilter> filter = filter_of(options.filter, session);
  if (!filter) return session.report(filter.error());
  const std::optional<RecordView> view = open_record(options.casebook, options.filter.codebook, session);
  if (!view) return;
  std::vector<Originator> found = origins_of(view->record, [&](const Statement& s) { return passes(view->record, s, *filter); });
  if (filter->source) {
    const std::string wanted = search_name(*filter->source);
    std::erase_if(found, [&](const Originator& origin) { return search_name(origin.name).find(wanted) == std::string::npos; });
  }
  if (options.json) return print_json(*view, found, session);
  print_text(*view, found, options.most, session);
  session.note(counted(found.size(), "originator", "originators"));
}

}  // namespace

void declare_origins(CommandLine& line, Session& session) {
  Command command = line.command(
      "origins", "Shows who stands behind what is carried: what each has said, how many outlets carry it, and who only passes on another");
  auto options = std::make_shared<OriginsOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  command.option("--name", options->filter.source, "Part of the originator's name").type_name("NAME");
  command.option("--side", options->filter.sides, "russia, ukraine, international, ngo ...").type_name("SIDE").one_each();
  command.option("--measure", options->filter.measures, "Measure, as in the codebook").type_name("MEASURE").one_each();
  command.option("--place", options->filter.places, "Code (UA-65, UA-TOT) or name; what lies in it is included")
      .type_name("PLACE")
      .one_each();
  command.option("--most", options->most, "Statements shown of each (3)").type_name("N");
  command.option("--codebook", options->filter.codebook, "Folder of the codebook").type_name("DIR");
  command.flag("--json", options->json, "One JSON object an originator");
  command.footer("Example: litopys origins my.case --side russia --measure issuance --most 10");
  command.run([options, &session] { origins(*options, session); });
}

}  // namespace litopys
