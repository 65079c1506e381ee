// Which lines of a document are the article and which are furniture. Nothing is thrown away: a junk line stays, with its reason.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "page/block_features.h"
#include "page/document.h"
#include "page/phrases.h"

namespace litopys {

// The lines of a text: ends are LF, CR LF, or CR where the text has no LF. Spans leave the end out; a final line end opens no line.
[[nodiscard]] std::vector<Line> lines_of(std::string_view text);

// `line` without white space at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view line);

// Judges lines by the rows of kind "junk" and by shape (hashtags, links, menus, endnotes, repetition, lists after a teaser's heading).
// Immutable after make; threads may share one.
class LineJudge {
 public:
  [[nodiscard]] static Result<LineJudge> make(const Codebook& book);

  // Sets kind and reason of lines that are junk; lines that are junk or title already stay so. O(bytes).
  void judge(std::string_view text, std::vector<Line>& lines) const;

  // What the phrases alone say of one line: their weights' sum and the kind of the strongest.
  // `words` is room that a caller with many lines uses again.
  [[nodiscard]] PhraseFacts facts_of(std::string_view line, FoldedLine& words) const;

 private:
  enum class At : unsigned char { any, start, end, whole, label };
  enum class Opens : unsigned char { nothing, list, rest };
  struct Rule {
    std::string reason;
    Part part = Part::none;  // the reason, as a page's features know it
    At at = At::any;
    Opens opens = Opens::nothing;
    std::uint8_t weight = 2;
    std::uint16_t most = 45;
  };
  struct Verdict {
    int weight = 0;
    std::string reason;
    Opens opens = Opens::nothing;
  };
  // `words` in the line; `end` is where the hit's last word ends in it.
  [[nodiscard]] static bool fits(const Rule& rule, const PhraseHit& hit, std::string_view line, std::size_t words, std::size_t end);
  [[nodiscard]] Verdict by_phrases(std::string_view line, const FoldedLine& words) const;

  PhraseBook phrases_;
  std::size_t most_ = 0;     // words of a line in which some rule counts
  std::vector<Rule> rules_;  // of each row of the codebook; of other kinds empty
};

}  // namespace litopys
