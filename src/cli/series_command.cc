// litopys series: the figures of one measure and place over time.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "base/counted.h"
#include "base/json.h"
#include "cli/claim_text.h"
#include "cli/commands.h"
#include "cli/filter.h"
#include "cli/plot.h"
#include "cli/record_view.h"
#include "cli/table.h"
#include "record/json.h"
#include "record/wording.h"
#include "store/place_codes.h"
#include "store/record_series.h"
#include "store/series.h"

namespace litopys {
namespace {

struct SeriesOptions {
  std::string casebook;
  FilterWords filter;
  bool json = false;
  bool csv = false;
};

std::string date_text(const SeriesEntry& point) {
  if (!point.dated) return "[" + point.when + "]";
  return point.when;
}

std::string bound_text(const SeriesEntry& point) {
  std::string out(name(point.figure.bound));
  if (point.stance != Stance::asserted) out += ", " + std::string(name(point.stance));
  return out;
}

// What the record has of the same measure and place, of one unit and of everybody.
const RecordSeries* bands_of(const Record& record, const std::string& measure, const std::string& place, Unit unit) {
  const std::string key = place_key({place});
  const auto found = std::find_if(record.series.begin(), record.series.end(), [&](const RecordSeries& s) {
    return s.measure == measure && s.place == key && s.unit == unit && s.group.empty() && !s.bands.empty();
  });
  return found == record.series.end() ? nullptr : &*found;
}

std::string side_text(const Band& band) { return std::string(band.side ? name(*band.side) : "all"); }

std::string band_text(const Band& band) {
  const auto number = [](Amount amount) {
    const std::optional<Decimal> value = Decimal::parse(amount.str());
    return value ? grouped_digits(*value) : amount.str();
  };
  if (!band.high) return band.low > Amount() ? "≥ " + number(band.low) : "open";
  if (band.low == *band.high) return number(band.low);
  return band.low > Amount() ? number(band.low) + "–" + number(*band.high) : "≤ " + number(*band.high);
}

// Days as rows, sides as columns.
void print_bands(const RecordSeries& series, const Terminal& terminal, const std::string& casebook, Session& session) {
  std::vector<std::string> sides;
  std::map<Day, std::map<std::string, std::string>> days;
  std::vector<std::string> contradicted;
  for (const Band& band : series.bands) {
    const std::string side = side_text(band);
    if (band.contradicted) {
      contradicted.push_back(side);
      continue;
    }
    if (std::find(sides.begin(), sides.end(), side) == sides.end()) sides.push_back(side);
    days[band.at][side] = band_text(band);
  }
  session.out.write("\nwhat the figures leave open\n\n");
  if (!sides.empty()) {
    std::vector<TableColumn> columns{{.title = "day", .most = 10}};
    constexpr int kWide = 26;
    for (const std::string& side : sides) columns.push_back({.title = side, .most = kWide, .right = true});
    Table table(std::move(columns), "", terminal, session.out);
    for (const auto& [day, cells] : days) {
      TableRow row{{Date::of(day).str()}, ""};
      for (const std::string& side : sides) {
        const auto cell = cells.find(side);
        row.cells.push_back(cell == cells.end() ? "" : cell->second);
      }
      table.add(std::move(row));
    }
    table.finish();
  }
  for (const std::string& side : contradicted) {
    session.out.write((side == "all" ? "all sides together" : side) + ": cannot all be true; see litopys findings " + casebook +
                      " --kind contradiction --place " + series.place + "\n");
  }
}

void print_tables(const std::vector<SeriesEntry>& points, const std::string& measure, const std::string& place, const Record& record,
                  const std::string& casebook, Session& session) {
  std::map<Unit, std::vector<SeriesEntry>> units;
  for (const SeriesEntry& point : points) units[series_unit(measure, point.figure.unit)].push_back(point);
  const Terminal terminal = terminal_of(1);
  bool first = true;
  for (const auto& [unit, group] : units) {
    if (!first) session.out.write("\n");
    first = false;
    session.out.write(measure + " in " + place + ", " + std::string(name(unit)) + ": " + counted(group.size(), "statement", "statements") +
                      "\n\n");
    Table table({{.title = "date", .most = 22},
                 {.title = "bound", .most = 18},
                 {.title = "value", .most = 24, .right = true},
                 {.title = "place", .most = 12},
                 {.title = "originator", .most = 38}},
                "carriers", terminal, session.out);
    for (const SeriesEntry& point : group) {
      std::string who = point.originator + " (" + std::string(name(point.side)) + ")";
      if (point.credence != Credence::plain) who += ", " + std::string(name(point.credence));
      Figure bare = point.figure;
      if (bare.bound != Bound::range) bare.bound = Bound::exact;
      std::string carriers = joined_with(point.carriers, ", ");
      if (!carriers.empty()) carriers = "carried by " + carriers + "  ";
      carriers += "[" + joined_with(point.claims, " ") + "]";
      table.add({{date_text(point), bound_text(point), figure_text(bare), point.place == place ? "" : point.place, std::move(who)},
                 std::move(carriers)});
    }
    table.finish();
    const RecordSeries* bands = bands_of(record, measure, place, unit);
    session.out.write("\n" + plot(group, {.width = std::min(terminal.width, 120), .height = 16, .colours = terminal.colours},
                                  bands != nullptr ? bands->bands : std::vector<Band>{}));
    if (bands != nullptr) print_bands(*bands, terminal, casebook, session);
  }
}

void print_json(const std::vector<SeriesEntry>& points, const std::string& measure, const std::string& place, const Record& record,
                Session& session) {
  for (const SeriesEntry& point : points) {
    std::string line;
    JsonWriter json(line);
    const auto list = [&](const std::vector<std::string>& values) {
      json.array([&] {
        for (const std::string& value : values) json.string(value);
      });
    };
    json.object([&] {
      json.key("type").string("figure").key("statement").string(point.statement);
      json.key("measure").string(measure).key("place").string(point.place);
      json.key("when").string(point.when).key("first").string(Date::of(point.first).str()).key("last").string(Date::of(point.last).str());
      json.key("dated").boolean(point.dated);
      json.key("bound").string(name(point.figure.bound)).key("value").number(point.figure.value);
      json.key("low").number(point.interval.low);
      json.key("high");
      if (point.interval.high) {
        json.number(*point.interval.high);
      } else {
        json.null();
      }
      json.key("unit").string(name(point.figure.unit)).key("originator").string(point.originator).key("side").string(name(point.side));
      json.key("stance").string(name(point.stance)).key("credence").string(name(point.credence));
      json.key("carriers");
      list(point.carriers);
      json.key("claims");
      list(point.claims);
    });
    if (!session.out.write(line + "\n")) return;
  }
  const std::string key = place_key({place});
  for (const RecordSeries& series : record.series) {
    if (series.measure != measure || series.place != key || series.bands.empty()) continue;
    std::string line;
    append_json(line, series);
    if (!session.out.write(line + "\n")) return;
  }
}

void print_csv(const std::vector<SeriesEntry>& points, const std::string& measure, Session& session) {
  session.out.write("measure,place,when,first,last,dated,bound,value,low,high,unit,originator,side,stance,credence,carriers,claims\r\n");
  for (const SeriesEntry& point : points) {
    std::string line;
    for (const std::string& field :
         {measure, point.place, point.when, Date::of(point.first).str(), Date::of(point.last).str(),
          std::string(point.dated ? "yes" : "no"), std::string(name(point.figure.bound)), point.figure.value.str(),
          point.interval.low.str(), point.interval.high ? point.interval.high->str() : std::string(), std::string(name(point.figure.unit)),
          point.originator, std::string(name(point.side)), std::string(name(point.stance)), std::string(name(point.credence)),
          joined_with(point.carriers, "; "), joined_with(point.claims, " ")}) {
      if (!line.empty()) line += ',';
      line += csv_field(field);
    }
    if (!session.out.write(line + "\r\n")) return;
  }
}

void series(SeriesOptions options, Session& session) {
  if (options.filter.measures.empty()) options.filter.measures = {"issuance"};
  if (options.filter.places.empty()) options.filter.places = {"UA-TOT"};
  if (options.filter.measures.size() > 1 || options.filter.places.size() > 1) {
    return session.report({ErrorKind::kUsage, "series", {}, "takes one measure and one place", "run it once for each"});
  }
  std::optional<RecordView> view = open_without_record(options.casebook, options.filter.codebook, session);
  if (!view) return;
  Result<ClaimFilter> filter = filter_of(options.filter, session);
  if (!filter) return session.report(filter.error());
  filter->with_figure = true;
  if (filter->stances.empty()) filter->stances = {Stance::asserted};
  const std::string& measure = filter->measures.front();
  const std::string& place = filter->places.front();
  std::unordered_set<std::string> chosen;
  SeriesPart wanted{measure, place, {}};
  std::size_t parts = 0;
  const auto done = view->casebook.record.claims(*filter, [&](const ClaimRow& row) {
    if (in_series_of(row.claim.places, place)) {
      chosen.insert(row.document + "#" + std::to_string(row.number));
      wanted.claims.emplace_back(row.document, row.number);
    } else {
      ++parts;
    }
    return true;
  });
  if (!done) return session.report(done.error());
  Result<Record> record = record_of_series(view->casebook.record, view->book, view->gazetteer, wanted);
  if (!record) return session.report(record.error());
  view->record = *std::move(record);
  for (const std::string& note : view->record.notes) session.note(note);
  const std::vector<SeriesEntry> points = series_of(view->record, [&](const std::string& claim) { return chosen.contains(claim); });
  if (options.json) return print_json(points, measure, place, view->record, session);
  if (options.csv) return print_csv(points, measure, session);
  if (points.empty()) session.note("no figure of " + measure + " for " + place + " that has a date");
  print_tables(points, measure, place, view->record, options.casebook, session);
  if (parts > 0) {
    session.note(std::to_string(parts) + " more about parts of " + place + ": litopys claims " + options.casebook + " --measure " +
                 measure + " --place " + place);
  }
}

}  // namespace

void declare_series(CommandLine& line, Session& session) {
  Command command =
      line.command("series", "Shows the figures of one measure and place over time, with what they leave open, as tables and a plot");
  auto options = std::make_shared<SeriesOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  declare_filter(command, options->filter);
  const Option json =
      command.flag("--json", options->json, "One JSON object a statement, then the series of litopys record with their bands");
  command.flag("--csv", options->csv, "CSV with bounds in columns of their own").excludes(json);
  command.footer("Example: litopys series my.case --measure issuance --place UA-TOT");
  command.run([options, &session] { series(*options, session); });
}

}  // namespace litopys
