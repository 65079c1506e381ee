// A document cut into sentences and words, each word with its readings. Spans are bytes of Document::text.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"

namespace litopys {

enum class PartOfSpeech : unsigned char {
  unknown,
  noun,
  adjective,
  verb,
  adverb,
  pronoun,
  numeral,
  preposition,
  conjunction,
  particle,
  participle,
  converb,
  proper
};
enum class Case : unsigned char { unknown, nominative, genitive, dative, accusative, instrumental, locative, vocative };
enum class Number : unsigned char { unknown, singular, plural };
enum class Gender : unsigned char { unknown, masculine, feminine, neuter };
enum class Tense : unsigned char { unknown, past, present, future };
enum class VerbForm : unsigned char { unknown, finite, infinitive, imperative, impersonal };  // impersonal: «видано», «выдано»
enum class NameKind : unsigned char { none, given, surname, patronymic, geographic, organisation };

// One way to read a word form.
struct Reading {
  std::string_view lemma;  // lower case; lives as long as the Text
  PartOfSpeech part = PartOfSpeech::unknown;
  Case grammatical_case = Case::unknown;
  Number number = Number::unknown;
  Gender gender = Gender::unknown;
  Tense tense = Tense::unknown;
  VerbForm form = VerbForm::unknown;
  NameKind name = NameKind::none;
  bool guessed = false;  // from the ending, the dictionary does not have the word
};

// Readings of a form that have one lemma mostly share its bytes: asked before the letters are compared.
[[nodiscard]] inline bool same_bytes(std::string_view a, std::string_view b) { return a.data() == b.data() && a.size() == b.size(); }

enum class TokenKind : unsigned char { word, number, punctuation, symbol };  // symbol: emoji, URL, e-mail, hashtag, @name

struct Token {
  Span span;
  TokenKind kind = TokenKind::word;
  bool capital = false;       // first letter upper case
  bool all_caps = false;      // two letters or more, all upper case
  bool space_before = false;  // white space (or the text's start) precedes
  bool letters = false;       // nothing but letters, none of them ё: `lower` is the text in small letters
  std::string_view lower;     // case-folded form, soft hyphens and stress marks off, apostrophes as '; lives as long as the Text
  std::uint32_t first_reading = 0;
  std::uint16_t reading_count = 0;  // 0 for what is no word; a word has one at least
  std::uint16_t key_count = 0;      // Text::keys of this token: its form's first, then those of its distinct lemmas
  std::uint32_t first_key = 0;
};

struct Sentence {
  Span span;  // exact quote: no white space at either end, bullet or list number left out
  std::uint32_t first_token = 0;
  std::uint32_t token_count = 0;
  std::uint32_t line = 0;       // index into Document::lines of its first line
  std::uint32_t paragraph = 0;  // runs of lines without an empty line between them; each heading is its own
  bool heading = false;         // a title or heading line (short, alone, without a final stop)
  bool junk = false;            // lies on junk lines
  bool list_item = false;
};

// Owns all string data that tokens and readings point to. Movable, not copyable (views would dangle).
struct Text {
  Text() = default;
  Text(Text&&) = default;
  Text& operator=(Text&&) = default;
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  Language language = Language::other;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  std::vector<Reading> readings;    // shared by tokens of one form
  std::vector<std::uint64_t> keys;  // see text/token.h, word_key; how Lexicon compares words
  std::deque<std::string> arena;    // blocks never move

  [[nodiscard]] std::span<const Token> tokens_of(const Sentence& s) const {
    return std::span(tokens).subspan(s.first_token, s.token_count);
  }
  [[nodiscard]] std::span<const Reading> readings_of(const Token& t) const {
    return std::span(readings).subspan(t.first_reading, t.reading_count);
  }
  [[nodiscard]] std::span<const std::uint64_t> keys_of(const Token& t) const { return std::span(keys).subspan(t.first_key, t.key_count); }
  // The likeliest lemma; the folded form where there is no reading.
  [[nodiscard]] std::string_view lemma(const Token& t) const { return t.reading_count == 0 ? t.lower : readings[t.first_reading].lemma; }
};

}  // namespace litopys
