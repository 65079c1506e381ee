#include "mention/time_rows.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace litopys {

Result<TimeRows> TimeRows::compile(const Codebook& book, Language language) {
  TimeRows out;
  auto numbers = NumberRows::compile(book, language);
  if (!numbers) return tl::unexpected(numbers.error());
  out.numbers = std::move(*numbers);
  const PhraseKind kinds[] = {{"time", &out.times, false},       {"time-frame", &out.frames, true}, {"time-join", &out.joins, false},
                              {"time-part", &out.parts, true},   {"time-shift", &out.shifts, true}, {"time-tense", &out.tenses, false},
                              {"time-paper", &out.papers, false}};
  auto compiled = compile_kinds(book, language, kinds, [&](std::string_view kind, RowId id, const Row& row) -> std::optional<std::string> {
    const std::string wrong = "gives = \"" + row.gives + "\" means nothing in kind " + std::string(kind);
    out.ids[id] = row.id;
    if (kind == "time") {
      const auto relative = time_rules::parse_relative(row.gives);
      if (!relative) return wrong;
      out.relative_of[id] = *relative;
    } else if (kind == "time-join") {
      if (row.gives == "span") out.spanning.insert(id);
    } else if (kind == "time-frame") {
      constexpr std::pair<std::string_view, TimeFrame> kFrames[] = {
          {"until", TimeFrame::until}, {"as-of", TimeFrame::as_of}, {"counted", TimeFrame::counted}, {"since", TimeFrame::since},
          {"dated", TimeFrame::dated}, {"point", TimeFrame::point}, {"between", TimeFrame::between}};
      const auto* frame = std::find_if(std::begin(kFrames), std::end(kFrames), [&](const auto& f) { return f.first == row.gives; });
      if (frame == std::end(kFrames)) return wrong;
      out.frame_of[id] = frame->second;
    } else if (kind == "time-part") {
      const auto part = time_rules::parse_part(row.gives);
      if (!part) return wrong;
      out.part_of[id] = *part;
    } else if (kind == "time-shift") {
      if (row.gives == "that") return std::nullopt;
      if (row.gives != "-1" && row.gives != "0" && row.gives != "1") return wrong;
      out.shift_of[id] = row.gives == "-1" ? -1 : row.gives == "0" ? 0 : 1;
    } else if (kind == "time-tense") {
      if (row.gives != "future" && row.gives != "none") return wrong;
      out.future_of[id] = row.gives == "future";
    }
    return std::nullopt;
  });
  if (!compiled) return tl::unexpected(compiled.error());
  return out;
}

}  // namespace litopys
