// Everything in a page that may be its day of publication: what its head, its markup, its address and its visible lines say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "page/article.h"
#include "page/blocks.h"
#include "page/document.h"
#include "page/hash_table.h"
#include "page/page_facts.h"
#include "page/web_dates.h"

namespace litopys {

enum class DateSource : unsigned char {
  json_published,
  json_created,
  json_modified,
  meta_published,
  meta_date,  // a meta element that is named after a date without saying of what
  meta_modified,
  element_published,
  element_modified,
  element,    // <time>
  attribute,  // any attribute that holds a date
  script,     // a member of a script that is named after publishing
  url,
  visible,
  title,        // the title element or what the head says instead of it
  image,        // the address of the picture that stands for the page
  address,      // another address that may be the page's: a twin for small screens, in another language, where a script leads
  script_other  // a member of a script that is named after a date
};
inline constexpr std::size_t kDateSources = 17;

struct DateCandidate {
  DateSource source = DateSource::visible;
  Date date;
  std::uint32_t block = html::kNone;  // beside it, where it stands in the body
  DateEvidence evidence;
  int rank = 0;            // of its JSON object
  int hour = -1;           // of a machine's time, Greenwich; -1 where it names none or has an offset
  bool ambiguous = false;  // day and month could be the other way round
  bool month_first = false;
  bool words = false;          // the month is named
  std::uint32_t begin = 0;     // in its block
  std::uint16_t in_block = 1;  // dates in the same block
  std::int8_t label = 0;       // 1 "published", -1 "updated" beside it, by phrase or by class name
  bool named = false;          // the markup around it is named after a date
};

// Immutable after make; threads may share one.
class DateFinder {
 public:
  // Rows of kinds "month", "date-label", "date-word" and "date-markup".
  [[nodiscard]] static Result<DateFinder> make(const Codebook& book);

  // In the order of the sources above, visible ones in the page's order. At most 200. O(page).
  [[nodiscard]] std::vector<DateCandidate> find(const html::Page& page, const PageFacts& facts) const;

 private:
  void find_machine(const html::Page& page, const PageFacts& facts, std::vector<DateCandidate>& out) const;
  void find_visible(const html::Page& page, std::vector<DateCandidate>& out) const;
  void read_names(const html::Page& page, std::uint32_t node, DateCandidate& candidate) const;

  MonthNames months_;
  HashTable markup_;  // word of a name -> 1 a date, 2 published, 3 updated
  HashTable labels_;  // word of a text -> 2 published, 3 updated
};

}  // namespace litopys
