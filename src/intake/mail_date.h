// Dates as mails and RSS feeds write them.
#pragma once

#include <string>
#include <string_view>

namespace litopys {

// "Tue, 09 Jul 2024 18:20:00 +0300" as "2024-07-09T18:20:00+03:00" (RFC 5322, section 3.3 and the obsolete forms of 4.3: no weekday, two
// digits of a year, no seconds, zones by name; comments passed over). A date that is ISO 8601 already is given as it is. "" for what is
// neither, or no day of a calendar. An unknown zone ("-0000", a military letter) leaves the time without one.
[[nodiscard]] std::string iso_of_mail_date(std::string_view text);

}  // namespace litopys
