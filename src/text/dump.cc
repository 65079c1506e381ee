#include "text/dump.h"

#include <array>
#include <vector>

#include "base/json.h"
#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::array<std::string_view, 13> kParts = {"",     "noun", "adj",  "verb",       "adv",     "pron",  "num",
                                                     "prep", "conj", "part", "participle", "converb", "proper"};
constexpr std::array<std::string_view, 8> kCases = {"", "nom", "gen", "dat", "acc", "ins", "loc", "voc"};
constexpr std::array<std::string_view, 3> kNumbers = {"", "sg", "pl"};
constexpr std::array<std::string_view, 4> kGenders = {"", "m", "f", "n"};
constexpr std::array<std::string_view, 4> kTenses = {"", "past", "pres", "fut"};
constexpr std::array<std::string_view, 5> kForms = {"", "", "inf", "imper", "impers"};
constexpr std::array<std::string_view, 6> kNames = {"", "given", "surname", "patronymic", "geo", "org"};

template <class Table, class E>
std::string_view word_of(const Table& table, E value) {
  return table[static_cast<std::size_t>(value)];
}

// Sentences with what was left out of the quote, as corpora count it: bullets and dashes go to the sentence after them, emoji to the one
// before them, on the same line.
std::vector<Span> wide_spans(const Text& text, const Document& document) {
  std::vector<Span> out;
  std::uint32_t done = 0;  // tokens behind the last sentence
  const auto same_line = [&](std::uint32_t a, std::uint32_t b) {
    return std::string_view(document.text).substr(a, b - a).find('\n') == std::string_view::npos;
  };
  const auto give_back = [&](std::uint32_t until) {
    while (done < until && !out.empty() && text.tokens[done].kind == TokenKind::symbol &&
           same_line(out.back().end, text.tokens[done].span.begin)) {
      out.back().end = text.tokens[done++].span.end;
    }
  };
  for (const Sentence& s : text.sentences) {
    give_back(s.first_token);
    std::uint32_t first = s.first_token;
    while (first > done && same_line(text.tokens[first - 1].span.end, text.tokens[first].span.begin)) --first;
    out.push_back({first < s.first_token ? text.tokens[first].span.begin : s.span.begin, s.span.end});
    done = s.first_token + s.token_count;
  }
  give_back(static_cast<std::uint32_t>(text.tokens.size()));
  return out;
}

}  // namespace

std::string tags(const Reading& r) {
  std::string out;
  for (const std::string_view word :
       {word_of(kParts, r.part), word_of(kForms, r.form), word_of(kTenses, r.tense), word_of(kCases, r.grammatical_case),
        word_of(kNumbers, r.number), word_of(kGenders, r.gender), word_of(kNames, r.name), std::string_view(r.guessed ? "?" : "")}) {
    if (word.empty()) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

std::string dump(const Text& text, const Document& document) {
  std::string out;
  for (const Sentence& s : text.sentences) {
    out += '[' + std::to_string(s.span.begin) + ',' + std::to_string(s.span.end) + ')';
    if (s.heading) out += " heading";
    if (s.junk) out += " junk";
    if (s.list_item) out += " item";
    out.append(" «").append(s.span.of(document.text)).append("»\n");
    for (const Token& t : text.tokens_of(s)) {
      out.append("  ").append(t.span.of(document.text));
      bool first = true;
      for (const Reading& r : text.readings_of(t)) {
        out.append(first ? "  " : " | ").append(r.lemma);
        if (const std::string t_tags = tags(r); !t_tags.empty()) out.append(" ").append(t_tags);
        first = false;
      }
      out += '\n';
    }
  }
  return out;
}

std::string dump_json(const Text& text, const Document& document) {
  std::string out;
  JsonWriter json(out);
  utf8::CodePointIndex sentence_at(document.text), word_at(document.text);
  json.object([&] {
    json.key("file").string(document.id);
    json.key("sentences").array([&] {
      for (const Span& s : wide_spans(text, document)) {
        json.array([&] {
          json.number(static_cast<std::int64_t>(sentence_at.at(s.begin)));
          json.number(static_cast<std::int64_t>(sentence_at.at(s.end)));
        });
      }
    });
    json.key("words").array([&] {
      for (const Token& t : text.tokens) {
        json.array([&] {
          json.number(static_cast<std::int64_t>(word_at.at(t.span.begin)));
          json.number(static_cast<std::int64_t>(word_at.at(t.span.end)));
          json.string(text.lemma(t));
        });
      }
    });
  });
  return out;
}

}  // namespace litopys
