// Title, outlet and date of publication of a plain text, from its head and foot, with the evidence.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "page/document.h"
#include "page/head_clues.h"
#include "page/phrases.h"

namespace litopys {

struct Head {
  std::optional<std::size_t> title_line;  // index into the lines
  std::optional<std::string> title, outlet;
  std::optional<Date> published;
  std::vector<DateEvidence> evidence;  // best first; may disagree with `published` where a better one decided
};

// Immutable after make; threads may share one.
class HeadReader {
 public:
  // With `people`, an official or body that came after the invasion of 2022 tells that a text is no older. Both may go afterwards.
  [[nodiscard]] static Result<HeadReader> make(const Codebook& book, const Gazetteer* people = nullptr);

  // `lines` are judged already: junk speaks for nothing but a short line of the head that holds a full date. A date without a year is
  // resolved only through the same day with its year elsewhere, a count of the war's days, or a weekday (beside it, or in the first
  // paragraphs of a report with a dateline) and the years, datable events and offices that the text names (GUIDE ruling 8), or what it
  // says of other years ("three years ago" beside a known event); otherwise it is evidence and `published` stays empty. The address of the
  // report among its first lines dates it as the address of a page does. Where no day is said, the month of an issue or the year of a paper
  // stands; of a season only the year. O(bytes).
  [[nodiscard]] Head read(std::string_view text, const std::vector<Line>& lines, Language language) const;

 private:
  PhraseBook date_labels_, date_limits_, year_others_, war_day_words_, war_words_, outlet_labels_, outlet_nouns_, kickers_;
  HeadClues clues_;
  std::vector<std::string> gives_;  // of every row of the codebook, by id
};

// Ukrainian, Russian or English by the letters alone. O(bytes).
[[nodiscard]] Language language_by_letters(std::string_view text);

}  // namespace litopys
