// The day of a head that says outright no more than a month, a year or nothing: what its other lines add. Internal to page/head.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/edtf.h"
#include "base/language.h"
#include "page/calendar.h"
#include "page/phrases.h"

namespace litopys {

// A line of the head with its dates. Of a paragraph only the beginning counts.
struct DatedLine {
  std::string_view view;
  const std::vector<CalendarDate>* dates = nullptr;
  bool paragraph = false;
};

struct HeadDay {
  Date date;
  std::string_view words;  // of the line that has it
};

// `coarse` is what is known so far: a month or a year, or nothing. First the latest full day of the head that lies in it ("Quarterly
// report, second quarter of 2024. Approved on 22 August 2024"), then a day without a year beside the only year that the head names
// ("Bulletin 38/2023, 22 September"). Not a day behind a word of `limits` ("from 1 July"), nor days in a row ("20–26 May 2023").
// Linear in the lines.
[[nodiscard]] std::optional<HeadDay> day_in_head(std::span<const DatedLine> lines, const std::optional<Date>& coarse, Language language,
                                                 const PhraseBook& limits);

// The month or the year of a paper whose head names no day: "recorded August 2024", «Бюлетень № 3 (березень), 2021», "Policy Note 2022/19,
// October", «Огляд за 2016 рік», "Excerpts, 2023". Only where the head names one month, or one year, that stands at the end or the
// beginning of a short cell, or behind one of `labels`, and behind no word of `limits`, nor
// a year behind one of `others` ("in 2015"). Linear in the lines.
[[nodiscard]] std::optional<HeadDay> period_in_head(std::span<const DatedLine> lines, Language language, const PhraseBook& limits,
                                                    const PhraseBook& labels, const PhraseBook& others);

// Two dates of one stretch ("6–12 October 2025"): nothing but a dash or a short word between them.
[[nodiscard]] bool in_a_row(std::string_view view, const CalendarDate& a, const CalendarDate& b);

// Whether a month is the last of a stretch ("July – September 2025"): what a paper is about, and it came out later. Linear in the line.
[[nodiscard]] bool ends_a_stretch(std::string_view view, const CalendarDate& month, Language language);

}  // namespace litopys
