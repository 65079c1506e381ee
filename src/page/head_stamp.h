// Dates of a head that are written as no sentence writes them. Internal to page/head.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/edtf.h"
#include "base/language.h"
#include "base/span.h"
#include "page/calendar.h"
#include "page/phrases.h"

namespace litopys {

struct StampDate {
  Date date;
  Span span;          // bytes of the line
  bool named = true;  // of a count: the line names what is counted
};

// The first "02/09/2022" or "2/9/22" of a line, which has two readings. Reports look back: the months that `text` names lie shortly before
// its own. Day first where nothing decides. Linear in both.
[[nodiscard]] std::optional<CalendarDate> slash_date(std::string_view line, std::string_view text, Language language);

// A way through an archive, mark by mark: "Archive · 2022 · August · 11", «2023 › березень». Linear.
[[nodiscard]] std::optional<CalendarDate> date_in_cells(std::string_view line);

// The date in the address that a line is there for: "https://paper.example/2025/01/28/title", "Link: www.paper.example/12-02-2026/title",
// of two readings the one that slash_date would take. Nothing where more than a few words stand beside it. Linear.
[[nodiscard]] std::optional<StampDate> date_in_address(std::string_view line, std::string_view text, Language language);

// The count of the days of the full-scale war, of which 24 February 2022 was the first: "Day 854 of the war", «1 023-тя доба
// повномасштабної війни», «182-й день войны». `days` and `wars` are the words for the two; "Day 475 | 13 June" names no war, and only a day
// beside it can say that it counts the war's. Linear.
[[nodiscard]] std::optional<StampDate> war_day_in(std::string_view line, const std::vector<LineWord>& words, const PhraseBook& days,
                                                  const PhraseBook& wars);

}  // namespace litopys
