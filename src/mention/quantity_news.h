// Numbers of English news, for everything that is no report on a campaign: sports, markets, cars, weather. One pass over the bytes of a
// sentence and a table of words (codebooks/news); no dictionary of word forms, no parser.
//
//   "rose 0.2% to 16,369 points"  -> 0.2 percentage up; 16369 point =
//
// Ages and glued units ("128GB") count; dates, times of day, ordinals, model names ("S23"), scores do not.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "base/span.h"
#include "codebook/codebook.h"

namespace litopys {

struct NewsQuantity {
  Decimal value;
  std::optional<Decimal> high;  // of a range; may be less than `value` where the text says "from 75 to 46"
  std::string unit;             // full name ("dollar per barrel"), or the counted noun as it stands in lower case, or ""
  std::string_view change;      // "=", "~" about, ">" more, "<" less, "up", "down"
  Span span;                    // of the number, bytes of the sentence
};

// Immutable after make; threads may share one.
class NewsQuantities {
 public:
  // Rows of the kinds news-*; a row that means nothing is a kConfig error with its file and line.
  [[nodiscard]] static Result<NewsQuantities> make(const Codebook& book);

  // Left to right. Cannot fail: any bytes are input. O(bytes).
  [[nodiscard]] std::vector<NewsQuantity> find(std::string_view sentence) const;

  NewsQuantities(NewsQuantities&&) noexcept;
  NewsQuantities& operator=(NewsQuantities&&) noexcept;
  ~NewsQuantities();

 private:
  struct Impl;
  explicit NewsQuantities(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace litopys
