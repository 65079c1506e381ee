#include "cli/said_view.h"

#include "claim/json.h"
#include "cli/table.h"

namespace litopys {
namespace {

constexpr std::size_t kDay = 10;  // of "2026-11-26T10:15:30.250Z"

std::string said_word(const SaidRow& row) {
  std::string out = row.tag.empty() ? std::string(name(row.verdict)) : row.tag;
  if (!row.found) return out + ", not read any more";
  if (!row.standing && (!row.tag.empty() || row.verdict != Verdict::open)) out += ", no longer";
  return out;
}

std::string said_name(const SaidRow& row) { return row.number == 0 ? row.document : row.document + "#" + std::to_string(row.number); }

void write_said_words(JsonWriter& json, const SaidRow& row) {
  if (row.tag.empty()) {
    json.key("verdict").string(name(row.verdict));
  } else {
    json.key("tag").string(row.tag);
  }
  json.key("by").string(row.by);
  json.key("note").string(row.note);
  json.key("time").string(row.time);
  json.key("entry").number(static_cast<std::int64_t>(row.entry));
}

std::string said_line(const SaidRow& row) {
  std::string out;
  JsonWriter json(out);
  json.object([&] {
    json.key("document").string(row.document);
    json.key("number").number(row.number);
    write_said_words(json, row);
    json.key("stands").boolean(row.standing);
    json.key("read").boolean(row.found);
    json.key("quote").string(row.quote);
  });
  return out + "\n";
}

}  // namespace

void print_said(const std::vector<SaidRow>& rows, bool json, Session& session) {
  if (json) {
    for (const SaidRow& row : rows) session.out.write(said_line(row));
    return;
  }
  if (rows.empty()) return;
  Table table({{.title = "what", .most = 26, .keep_end = true},
               {.title = "said", .most = 30},
               {.title = "by", .most = 20},
               {.title = "on", .most = static_cast<int>(kDay)},
               {.title = "entry", .most = 9, .right = true}},
              "note", terminal_of(1), session.out);
  for (const SaidRow& row : rows)
    table.add({{said_name(row), said_word(row), row.by, row.time.substr(0, kDay), std::to_string(row.entry)}, row.note});
  table.finish();
}

std::string said_signs(const ClaimRow& row) {
  std::string out;
  if (row.review) {
    switch (row.review->verdict) {
      case Verdict::right: out += "✓"; break;
      case Verdict::corrected: out += "✎"; break;
      case Verdict::wrong: out += "✗"; break;
      case Verdict::open: break;
    }
  }
  if (!row.marks.empty()) out += "⚑";
  return out;
}

void append_said(JsonWriter& json, const ClaimRow& row, utf8::CodePointIndex& points) {
  if (row.review) json.key("review").object([&] { write_said_words(json, *row.review); });
  if (row.read) {
    Claim read = *row.read;
    read.why = {};
    std::string text;
    append_json(text, read, points);
    json.key("read").raw(text);
  }
  if (row.marks.empty()) return;
  json.key("marks").array([&] {
    for (const SaidRow& mark : row.marks) {
      json.object([&] {
        json.key("of").string(mark.number == 0 ? "document" : "claim");
        write_said_words(json, mark);
      });
    }
  });
}

}  // namespace litopys
