// Full dates in the visible text, attributes and addresses of pages, in whatever language the page is: what is looked for is a year, and
// a day and a month beside it.
//
//   "am 7. September 2017", "jeudi 13 juin 2019", "Juli 12, 2017", "02.02.2022", "2023.11.02.", "2012-08-02T10:00Z", "12/05/21"
//
// Names of months come from the calendar (page/calendar.h) and the codebook's rows of kind "month". What a text of the three languages
// says in sentences is find_dates' affair; this is for the labels of pages, of which one in three is in another language.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/edtf.h"
#include "base/result.h"
#include "base/span.h"
#include "codebook/codebook.h"

namespace litopys {

struct WebDate {
  Span span;
  Date date;
  Date other;          // the other reading of "05/06/2021", year 0 where there is none; `date` has the day first
  bool words = false;  // the month is named
};

// Immutable after make; threads may share one.
class MonthNames {
 public:
  // Rows of kind "month": `gives` is 1 to 12. kConfig otherwise.
  [[nodiscard]] static Result<MonthNames> make(const Codebook& book);
  // 1..12, 0 for no month. `word` in any letter case, without its full stop.
  [[nodiscard]] unsigned month_of(std::string_view word) const;

 private:
  std::unordered_map<std::string, unsigned> names_;
};

// Dates of 1995 to 2049 in `text`, left to right, at most `limit`. O(bytes).
[[nodiscard]] std::vector<WebDate> find_web_dates(std::string_view text, const MonthNames& months, std::size_t limit = 8);

// A date in an address: "/2024/03/21/", "/2024-03-21-title", "/20240321". A month alone counts too: "/2024/03/".
[[nodiscard]] std::optional<Date> date_in_url(std::string_view url);

}  // namespace litopys
