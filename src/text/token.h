// Text cut into words, numbers, marks and symbols.
//
//   word         letters with inner apostrophes; a hyphen joins Cyrillic words («будь-який», «екс-засуджені», "С-300", "COVID-19"), and
//                cuts Latin ones ("so-called" is three tokens); English n't and 's, 're, 'll, ... are tokens of their own ("does|n't",
//                "Russia|'s"); "U.S.", "e.g." keep their points, any other abbreviation's point is a token («ст|.»)
//   number       digits with inner , . : / between digits ("2,8", "14.12.2024", "10:30"; "10 000" is two); ordinals with their ending
//                («2016-го», "31st"). «85-річний» is a word
//   symbol       emoji (a run is one), URL, e-mail, #hashtag, @name, smileys
//   punctuation  one mark; runs of . ! ? … and of one dash are one token
//
// Everything that is no white space lies in exactly one token.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "text/text.h"

namespace litopys {

struct RawToken {
  Span span;
  TokenKind kind = TokenKind::word;
  bool space_before = false;
};

// Appends the tokens of text[range). Any bytes are input. O(bytes).
void tokenise(std::string_view text, Span range, std::vector<RawToken>& out);

struct Folded {
  std::string lower;     // see Token::lower
  bool capital = false;  // see Token
  bool all_caps = false;
  bool letters = false;
};

// The folded form of one token's bytes: lower case, soft hyphens and stress marks off, apostrophes as ', decomposed й ї ё composed.
void fold(std::string_view bytes, Folded& out);

// A hash of the form in which words are compared: `lower` with ё as е and ґ as г (the Ukrainian dictionary writes no ґ). FNV-1a, so that
// the key of a + b is word_key(b, word_key(a)) (text/lexicon.cc finds prefixes so).
inline constexpr std::uint64_t kKeyStart = 0xcbf29ce484222325;
[[nodiscard]] std::uint64_t word_key(std::string_view lower, std::uint64_t start = kKeyStart);

}  // namespace litopys
