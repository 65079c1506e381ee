#include "record/json.h"

#include "base/json.h"

namespace litopys {
namespace {

void strings(JsonWriter& json, const std::vector<std::string>& list) {
  json.array([&] {
    for (const std::string& s : list) json.string(s);
  });
}

void amount(JsonWriter& json, const std::optional<Amount>& value) {
  if (value) {
    json.raw(value->str());
  } else {
    json.null();
  }
}

}  // namespace

void append_json(std::string& out, const Statement& s) {
  JsonWriter json(out);
  json.object([&] {
    json.key("type").string("statement");
    json.key("id").string(s.id);
    json.key("claims");
    strings(json, s.claims);
    json.key("voice").string(s.voice);
    json.key("originator").string(s.originator);
    json.key("relays");
    strings(json, s.relays);
    json.key("carriers");
    strings(json, s.carriers);
    json.key("outlets");
    strings(json, s.outlets);
    json.key("first").string_or_null(s.first);
  });
}

void append_json(std::string& out, const Reprints& r) {
  constexpr int kPercent = 100;
  constexpr int kTen = 10;
  JsonWriter json(out);
  json.object([&] {
    json.key("type").string("reprints");
    json.key("documents");
    strings(json, r.documents);
    const int share = r.share_percent;
    json.key("share").raw(share >= kPercent ? "1" : std::string(share < kTen ? "0.0" : "0.") + std::to_string(share));
  });
}

void append_json(std::string& out, const RecordSeries& s) {
  JsonWriter json(out);
  json.object([&] {
    json.key("type").string("series");
    json.key("measure").string(s.measure);
    json.key("place").string(s.place);
    json.key("unit").string(name(s.unit));
    json.key("group");
    strings(json, s.group);
    json.key("points").array([&] {
      for (const SeriesPoint& p : s.points) {
        json.object([&] {
          json.key("statement").string(p.statement);
          json.key("claim").string(p.claim);
          json.key("bound").string(name(p.bound));
          json.key("low");
          amount(json, p.low);
          json.key("high");
          amount(json, p.high);
          json.key("when").string_or_null(p.when);
          json.key("side").string(name(p.side));
          json.key("originator").string(p.originator);
          if (p.left_out) json.key("left_out").boolean(true);
        });
      }
    });
    json.key("bands").array([&] {
      for (const Band& b : s.bands) {
        json.object([&] {
          json.key("side").string(b.side ? name(*b.side) : "all");
          if (b.contradicted) {
            json.key("contradicted").boolean(true);
            return;
          }
          json.key("at").string(Date::of(b.at).str());
          json.key("low");
          amount(json, b.low);
          json.key("high");
          amount(json, b.high);
        });
      }
    });
  });
}

void append_json(std::string& out, const Finding& f) {
  JsonWriter json(out);
  json.object([&] {
    json.key("type").string("finding");
    json.key("kind").string(name(f.kind));
    json.key("claims");
    strings(json, f.claims);
    json.key("says").string(f.says);
    json.key("because");
    strings(json, f.because);
  });
}

namespace {

void append_note(std::string& out, const std::string& note) {
  JsonWriter json(out);
  json.object([&] {
    json.key("type").string("note");
    json.key("note").string(note);
  });
  out += '\n';
}

}  // namespace

void write_jsonl(const RecordWork& work, Language language, const std::function<void(std::string_view)>& sink) {
  constexpr std::size_t kPiece = 1U << 20U;
  std::string out;
  const auto flush = [&](std::size_t from) {
    if (out.size() < from) return;
    sink(out);
    out.clear();
  };
  const auto line = [&](const auto& object) {
    append_json(out, object);
    out += '\n';
    flush(kPiece);
  };
  work.each_statement(line);
  work.each_reprints(line);
  work.each_series(line);
  work.each_finding(language, line);
  for (const std::string& note : work.notes()) append_note(out, note);
  flush(1);
}

void append_jsonl(std::string& out, const Record& record) {
  const auto lines = [&](const auto& list) {
    for (const auto& object : list) {
      append_json(out, object);
      out += '\n';
    }
  };
  lines(record.statements);
  lines(record.reprints);
  lines(record.series);
  lines(record.findings);
  for (const std::string& note : record.notes) append_note(out, note);
}

}  // namespace litopys
