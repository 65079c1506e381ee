// The values that stages hand on, described once: the writer and the reader of `litopys dump` both walk these lists, so that what one
// writes the other reads. A field that has its default value is not written.
//
// `io.field(key, value)` writes or reads; spans are code points in the file and bytes in the program.
#pragma once

#include "claim/claim.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

template <>
struct Names<LineKind> {
  static constexpr std::array<std::string_view, 3> all = {"article", "title", "junk"};
};
template <>
struct Names<PartOfSpeech> {
  static constexpr std::array<std::string_view, 13> all = {"unknown",    "noun",    "adjective",   "verb",        "adverb",
                                                           "pronoun",    "numeral", "preposition", "conjunction", "particle",
                                                           "participle", "converb", "proper"};
};
template <>
struct Names<Case> {
  static constexpr std::array<std::string_view, 8> all = {"unknown",    "nominative",   "genitive", "dative",
                                                          "accusative", "instrumental", "locative", "vocative"};
};
template <>
struct Names<Number> {
  static constexpr std::array<std::string_view, 3> all = {"unknown", "singular", "plural"};
};
template <>
struct Names<Gender> {
  static constexpr std::array<std::string_view, 4> all = {"unknown", "masculine", "feminine", "neuter"};
};
template <>
struct Names<Tense> {
  static constexpr std::array<std::string_view, 4> all = {"unknown", "past", "present", "future"};
};
template <>
struct Names<VerbForm> {
  static constexpr std::array<std::string_view, 5> all = {"unknown", "finite", "infinitive", "imperative", "impersonal"};
};
template <>
struct Names<NameKind> {
  static constexpr std::array<std::string_view, 6> all = {"none", "given", "surname", "patronymic", "geographic", "organisation"};
};
template <>
struct Names<TokenKind> {
  static constexpr std::array<std::string_view, 4> all = {"word", "number", "punctuation", "symbol"};
};
template <>
struct Names<TimeForm> {
  static constexpr std::array<std::string_view, 4> all = {"point", "until", "since", "between"};
};
template <>
struct Names<PlaceRole> {
  static constexpr std::array<std::string_view, 2> all = {"setting", "name_part"};
};
template <>
struct Names<ActorKind> {
  static constexpr std::array<std::string_view, 5> all = {"person", "body", "outlet", "office", "nameless"};
};
static_assert(Names<PartOfSpeech>::all.size() == static_cast<std::size_t>(PartOfSpeech::proper) + 1);
static_assert(Names<Case>::all.size() == static_cast<std::size_t>(Case::vocative) + 1);
static_assert(Names<VerbForm>::all.size() == static_cast<std::size_t>(VerbForm::impersonal) + 1);
static_assert(Names<NameKind>::all.size() == static_cast<std::size_t>(NameKind::organisation) + 1);
static_assert(Names<TokenKind>::all.size() == static_cast<std::size_t>(TokenKind::symbol) + 1);
static_assert(Names<ActorKind>::all.size() == static_cast<std::size_t>(ActorKind::nameless) + 1);

// A row's index is written as the row's id.
struct RowRef {
  RowId row = 0;
  friend bool operator==(const RowRef&, const RowRef&) = default;
};

// An offset that is written as code points of the text.
struct TextOffset {
  std::uint32_t byte = 0;
  friend bool operator==(const TextOffset&, const TextOffset&) = default;
};

template <class Io>
void fields(Io& io, DateEvidence& v) {
  io.field("from", v.from);
  io.field("words", v.words);
  io.field("date", v.date);
}

template <class Io>
void fields(Io& io, Line& v) {
  io.field("span", v.span);
  io.field("kind", v.kind);
  io.field("reason", v.reason);
}

template <class Io>
void fields(Io& io, SourcePiece& v) {
  TextOffset begin{v.text_begin};
  io.field("text", begin);
  v.text_begin = begin.byte;
  io.field("item", v.item_begin);
  io.field("exact", v.exact, true);
}

template <class Io>
void fields(Io& io, Document& v) {
  io.field("id", v.id);
  io.field("path", v.path);
  io.field("language", v.language, Language::other);
  io.field("encoding", v.encoding);
  io.field("title", v.title);
  io.field("outlet", v.outlet);
  io.field("byline", v.byline);
  io.field("url", v.url);
  io.field("published", v.published);
  io.field("evidence", v.evidence);
  io.field("notes", v.notes);
  io.field("lines", v.lines);
  io.field("map", v.map);
}

template <class Io>
void fields(Io& io, Reading& v) {
  io.field("lemma", v.lemma);
  io.field("part", v.part);
  io.field("case", v.grammatical_case);
  io.field("number", v.number);
  io.field("gender", v.gender);
  io.field("tense", v.tense);
  io.field("form", v.form);
  io.field("name", v.name);
  io.field("guessed", v.guessed);
}

template <class Io>
void fields(Io& io, Token& v) {
  io.field("span", v.span);
  io.field("lower", v.lower);
  io.field("kind", v.kind);
  io.field("capital", v.capital);
  io.field("all_caps", v.all_caps);
  io.field("space_before", v.space_before);
}

template <class Io>
void fields(Io& io, Sentence& v) {
  io.field("span", v.span);
  io.field("first_token", v.first_token);
  io.field("token_count", v.token_count);
  io.field("line", v.line);
  io.field("paragraph", v.paragraph);
  io.field("heading", v.heading);
  io.field("junk", v.junk);
  io.field("list_item", v.list_item);
}

template <class Io>
void fields(Io& io, Quantity& v) {
  io.field("span", v.span);
  io.field("bound", v.bound);
  io.field("value", v.value);
  io.field("high", v.high);
  io.field("unit", v.unit, Unit::other);
  io.field("noun", v.noun);
  io.field("number", v.number);
  io.field("duration", v.duration);
  io.field("row", v.row);
}

template <class Io>
void fields(Io& io, Time& v) {
  io.field("span", v.span);
  io.field("when", v.when);
  io.field("form", v.form);
  io.field("relative", v.relative);
  io.field("rule", v.rule);
}

template <class Io>
void fields(Io& io, Place& v) {
  io.field("span", v.span);
  io.field("codes", v.codes);
  io.field("role", v.role);
  io.field("adjective", v.adjective);
  io.field("goal", v.goal);
  io.field("id", v.id);
}

template <class Io>
void fields(Io& io, Actor& v) {
  io.field("span", v.span);
  io.field("name", v.name);
  io.field("kind", v.kind);
  io.field("side", v.side, Side::unknown);
  io.field("id", v.id);
  io.field("with_title", v.with_title);
}

template <class Io>
void fields(Io& io, Attribution& v) {
  io.field("frame", v.frame);
  io.field("chain", v.chain);
  io.field("row", v.row);
  io.field("pronoun", v.pronoun);
  io.field("quotation", v.quotation);
  io.field("whole_sentence", v.whole_sentence, true);
  io.field("scope", v.scope);
  io.field("credence", v.credence);
}

template <class Io>
void fields(Io& io, Cue& v) {
  io.field("span", v.span);
  RowRef row{v.row};
  io.field("row", row, RowRef{static_cast<RowId>(-1)});
  v.row = row.row;
  io.field("first_token", v.first_token);
  io.field("token_count", v.token_count);
}

template <class Io>
void fields(Io& io, Mentions& v) {
  io.field("quantities", v.quantities);
  io.field("times", v.times);
  io.field("places", v.places);
  io.field("actors", v.actors);
  io.field("attributions", v.attributions);
  io.field("cues", v.cues);
}

}  // namespace litopys
