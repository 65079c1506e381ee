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
//   dated-news  an event by the words of those who report it as new; gives = its month
//   dated-term  a term whose setting is known; gives = the year in which it was set
//   dated-era   what there is only since a year: the text is no older, and perhaps much younger; gives = the year
//   date-ahead  before a date that lies ahead
//   date-of-other  before a date in a sentence that is not the report's
//   year-of-other  before a year that a heading tells of: "in 2015"
//   year-word   "last year"; gives = how many years it lies from the report's own, "-1"
//   war-day, war-name  the words for a day and for the war, in a count of its days: "day 854 of the war"
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

// The same, line after line without an allocation: words folded into one buffer that is used again.
class FoldedLine {
 public:
  void read(std::string_view line, std::size_t limit);
  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] std::string_view folded(std::size_t word) const {
    return std::string_view(letters_).substr(words_[word].begin, words_[word].size);
  }
  [[nodiscard]] Span span(std::size_t word) const { return words_[word].span; }  // bytes of the line

 private:
  struct Word {
    std::uint32_t begin = 0, size = 0;  // of letters_
    Span span;
  };
  // A word that has more than ASCII in it, from its first letter on; gives where it ends.
  std::size_t read_wide(std::string_view line, std::size_t begin);
  std::string letters_;  // the line in lower case, behind it the words that are not its own
  std::vector<Word> words_;
};

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
  [[nodiscard]] std::vector<PhraseHit> find(const FoldedLine& words) const;

 private:
  struct Item {
    std::vector<std::string> words;  // alternatives; a final '*' is a prefix; empty: any word
    std::uint8_t gap = 0;            // words that may be skipped before it
  };
  struct Pattern {
    RowId row = 0;
    std::vector<Item> items;
  };
  // What may begin at a word: the patterns whose first word is this one, or begins so.
  struct Start {
    std::uint32_t pattern = 0;
    std::uint32_t letters = 0;  // of the word that count for the order of hits
  };
  template <class Words>
  [[nodiscard]] std::vector<PhraseHit> find_in(const Words& words) const;
  template <class Words>
  [[nodiscard]] std::uint32_t match(const Pattern& pattern, std::size_t item, const Words& words, std::size_t at) const;
  [[nodiscard]] static std::size_t gate_of(std::string_view word);

  std::vector<Pattern> patterns_;
  std::vector<bool> gate_;                  // by a word's first three bytes: whether any pattern begins so
  HashTable whole_, prefixes_;              // hash of a first word, or of its beginning -> list + 1
  std::uint64_t prefix_sizes_ = 0;          // bytes of the beginnings, a bit each
  std::vector<std::vector<Start>> starts_;  // the lists
};

}  // namespace litopys
