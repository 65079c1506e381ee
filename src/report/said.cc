#include "report/said.h"

#include <fmt/format.h>

#include "report/html.h"
#include "report/words.h"

namespace litopys {
namespace {

std::string said_by(const ReportSaid& said) {
  std::string out = escaped(said.by);
  for (const std::string& part : {said.day, said.note}) {
    if (!part.empty()) out.append(out.empty() ? "" : " · ").append(escaped(part));
  }
  return out;
}

std::string sign_of(const ReportSaid& said, Language language) {
  const bool mark = !said.tag.empty();
  const bool right = said.verdict == "right";
  const std::string_view called = word(mark ? "said.marked" : right ? "said.right" : "said.corrected", language);
  return fmt::format(" <span class='said' title='{}: {}'>{} {}</span>", called, said_by(said),
                     mark    ? "⚑"
                     : right ? "✓"
                             : "✎",
                     escaped(mark ? said.tag : said.by));
}

}  // namespace

SaidSigns::SaidSigns(const std::vector<ReportDocument>& documents, Language language) : language_(language) {
  for (const ReportDocument& each : documents) {
    for (const ReportSaid& said : each.said) said_[each.document.id + "#" + std::to_string(said.number)].push_back(&said);
  }
}

std::string SaidSigns::of(std::string_view claim) const {
  std::string out;
  const auto add = [&](std::string_view what) {
    const auto found = said_.find(what);
    if (found == said_.end()) return;
    for (const ReportSaid* said : found->second) out += sign_of(*said, language_);
  };
  if (said_.empty()) return out;
  add(claim);
  add(std::string(claim.substr(0, claim.rfind('#'))) + "#0");
  return out;
}

std::string taken_out_section(const std::vector<ReportDocument>& documents, Language language) {
  std::string rows;
  for (const ReportDocument& each : documents) {
    for (const ReportSaid& said : each.said) {
      if (said.verdict != "wrong") continue;
      rows += fmt::format("<li><blockquote lang='{}'>{}</blockquote><p class='by'>✗ {} — <a href='#d-{}'>{}</a></p></li>",
                          code(each.document.language), escaped(said.quote), said_by(said), anchor(each.document.id),
                          escaped(each.document.id + "#" + std::to_string(said.number)));
    }
  }
  if (rows.empty()) return {};
  return fmt::format("<section id='taken-out'><h2>{}</h2><p class='lead'>{}</p><ul class='out'>{}</ul></section>",
                     word("said.title", language), word("said.lead", language), rows);
}

}  // namespace litopys
