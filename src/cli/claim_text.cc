#include "cli/claim_text.h"

#include <fmt/format.h>

#include "base/json.h"
#include "claim/json.h"
#include "cli/said_view.h"
#include "store/interval.h"

namespace litopys {
namespace {

std::string joined(const std::vector<std::string>& values, std::string_view between) {
  std::string out;
  for (const std::string& value : values) {
    if (!out.empty()) out += between;
    out += value;
  }
  return out;
}

}  // namespace

std::string grouped_digits(Decimal value) {
  const std::string plain = value.str();
  const std::size_t begin = plain.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(plain.find('.'), plain.size());
  std::string out = plain.substr(0, begin);
  for (std::size_t i = begin; i < point; ++i) {
    if (i > begin && (point - i) % 3 == 0) out += "\u00A0";
    out += plain[i];
  }
  return out + plain.substr(point);
}

std::string figure_text(const Figure& figure) {
  std::string out;
  switch (figure.bound) {
    case Bound::exact:
    case Bound::range: break;
    case Bound::about: out = "≈ "; break;
    case Bound::over: out = "> "; break;
    case Bound::at_least: out = "≥ "; break;
    case Bound::under: out = "< "; break;
    case Bound::at_most: out = "≤ "; break;
    case Bound::several: out = "several × "; break;
  }
  out += grouped_digits(figure.value);
  if (figure.value2) out += "–" + grouped_digits(*figure.value2);
  if (figure.unit == Unit::percent) out += " %";
  return out;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string csv_header() {
  return "document,number,published,lang,outlet,measure,bound,value,value2,low,high,unit,figure,places,when,sources,side,stance,credence,"
         "targets,confidence,quote,path,review,reviewer,marks\r\n";
}

std::string csv_line(const ClaimRow& row) {
  const Claim& claim = row.claim;
  std::vector<std::string> tags;
  for (const SaidRow& mark : row.marks) tags.push_back(mark.tag);
  std::vector<std::string> fields{
      row.document, std::to_string(row.number), row.published.value_or(""), std::string(code(row.language)), row.outlet.value_or(""),
      claim.measure};
  if (claim.figure) {
    const Interval interval = interval_of(*claim.figure);
    for (std::string field :
         {std::string(name(claim.figure->bound)), claim.figure->value.str(),
          claim.figure->value2 ? claim.figure->value2->str() : std::string(), interval.low.str(),
          interval.high ? interval.high->str() : std::string(), std::string(name(claim.figure->unit)), claim.figure->text}) {
      fields.push_back(std::move(field));
    }
  } else {
    fields.resize(fields.size() + 7);
  }
  for (std::string field :
       {joined(claim.places, " "), claim.when ? claim.when->str() : std::string(), joined(claim.sources, "; "),
        std::string(name(claim.side)), std::string(name(claim.stance)), std::string(name(claim.credence)), joined(claim.targets, " "),
        fmt::format("{:.3f}", claim.confidence), claim.quote, row.path, row.review ? std::string(name(row.review->verdict)) : std::string(),
        row.review ? row.review->by : std::string(), joined(tags, "; ")}) {
    fields.push_back(std::move(field));
  }
  std::string out;
  for (const std::string& field : fields) {
    if (&field != fields.data()) out += ',';
    out += csv_field(field);
  }
  return out + "\r\n";
}

void append_claim_line(std::string& out, const ClaimRow& row, utf8::CodePointIndex& points) {
  JsonWriter json(out);
  json.object([&] {
    json.key("document").string(row.document);
    json.key("number").number(row.number);
    json.key("path").string(row.path);
    json.key("lang").string(code(row.language));
    json.key("outlet").string_or_null(row.outlet);
    json.key("title").string_or_null(row.title);
    json.key("published").string_or_null(row.published);
    std::string claim;
    append_json(claim, row.claim, points);
    json.raw(std::string_view(claim).substr(1, claim.size() - 2));  // its members, without the braces
    append_said(json, row, points);
  });
  out += '\n';
}

}  // namespace litopys
