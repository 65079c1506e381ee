// The day of a text whose head names none in full: what follows from a day without a year, or from weekdays, and the years, datable events
// and offices that the text names (GUIDE ruling 8). Internal to page/head.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/edtf.h"
#include "base/language.h"
#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "page/calendar.h"
#include "page/document.h"
#include "page/phrases.h"

namespace litopys {

inline constexpr std::size_t kHeadParagraphWords = 32;  // words from which on a line is a paragraph: the head is over
inline constexpr int kEarliestOwnDay = 1991;            // a year of a report's own day; what lies before is what it tells of

// A line that ends the head: long, or a long sentence.
[[nodiscard]] bool is_paragraph(const std::vector<LineWord>& words, std::string_view line);

[[nodiscard]] Date to_date(const CalendarDate& date, std::int16_t year);

// Immutable after make; threads may share one.
class HeadClues {
 public:
  // `people`: see HeadReader::make. Errors are kConfig.
  [[nodiscard]] static Result<HeadClues> make(const Codebook& book, const Gazetteer* people);

  struct Dated {
    Date date;
    std::string from;  // by what: "weekday"
  };
  // `article`: indices of the lines that are read; `yearless`: a day of the head without its year, or null; `limits`: words before a date
  // that make it another's. O(bytes).
  [[nodiscard]] std::optional<Dated> date_of(std::string_view text, const std::vector<Line>& lines, const std::vector<std::size_t>& article,
                                             Language language, const CalendarDate* yearless, const PhraseBook& limits) const;

 private:
  PhraseBook events_, news_, terms_, eras_, offices_;
  PhraseBook ahead_, others_;               // words before a date that see it ahead, or tell that it is another's
  PhraseBook year_words_;                   // "last year"
  std::vector<Date> row_dates_;             // of every row of the codebook that is an event, news, a term or an era
  std::vector<int> row_years_;              // and of every one that is a word for a year: how far it lies from the report's own
  std::vector<std::int16_t> office_years_;  // of the rows of offices_
};

}  // namespace litopys
