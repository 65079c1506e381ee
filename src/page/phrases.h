// Phrases of page furniture ("read also", «поділитися»), as codebook rows of the kinds below, matched against the words of one line.
// A page is judged before it is cut into sentences and lemmas, so this is simpler than text/lexicon.h and needs no language.
//
// A pattern is words separated by blanks, case folded, ё as е, punctuation between words of no account:
//   read also      these words      читат*   a word that begins so      a|b   either      _   any word      ..3   up to three words
//
// Kinds and what `gives` says in them (codebooks/passportization/page.toml):
//   junk        why the line is no article: teaser, share, subscribe, donate, cookie, advert, photo, menu, endnote, service ...
//               options: at = start | end | any | whole (any), weight (2; a line of up to 25 words is junk from 2 on, up to 45 from 3,
//               longer from 4), most (words in the line at most, 45), opens = list | rest (lines after it that go with it)
//   date-label  published | updated: what a date behind it is
//   date-limit  a date behind it is no date of the document
//   dated-event  an event whose year is known; gives = the year
//   outlet-label  after | quoted: the outlet stands right behind it, or in the quotation marks behind it
//   outlet-noun   the line of a head that has it names the body that speaks
//   kicker      a label over a headline that is no headline
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"
#include "codebook/codebook.h"
#include "page/hash_table.h"

namespace litopys {

struct LineWord {
  std::string folded;
  Span span;  // bytes of the line
};

// The words of a line: runs of letters, digits and apostrophes, at most `limit` of them. O(bytes).
[[nodiscard]] std::vector<LineWord> words_of_line(std::string_view line, std::size_t limit = 96);

struct PhraseHit {
  RowId row = 0;
  std::uint32_t first = 0;  // word index
  std::uint32_t count = 0;
};

// Immutable after compile; threads may share one.
class PhraseBook {
 public:
  // Rows of one kind, all languages. kConfig with file and line for a pattern that cannot be read. `book` may go afterwards.
  [[nodiscard]] static Result<PhraseBook> compile(const Codebook& book, std::string_view kind);

  // All hits, by row, then by place. O(words) for a given book.
  [[nodiscard]] std::vector<PhraseHit> find(const std::vector<LineWord>& words) const;

 private:
  struct Item {
    std::vector<std::string> words;  // alternatives; a final '*' is a prefix; empty: any word
    std::uint8_t gap = 0;            // words that may be skipped before it
  };
  struct Pattern {
    RowId row = 0;
    std::vector<Item> items;
  };
  [[nodiscard]] std::uint32_t match(const Pattern& pattern, std::size_t item, const std::vector<LineWord>& words, std::size_t at) const;

  std::vector<Pattern> patterns_;
  HashTable starts_;                                  // first letters (up to three) of a pattern's first word -> list + 1
  std::vector<std::vector<std::uint32_t>> by_start_;  // patterns that begin so
};

}  // namespace litopys
