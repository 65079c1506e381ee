// A text analyser over the repository's own dictionaries and codebook rows, and the document around a text.
#pragma once

#include <string>
#include <string_view>

#include "codebook/codebook.h"
#include "text/analyser.h"
#include "text/language.h"

namespace litopys::testing {

inline Document document(std::string_view text, Language language = Language::other) {
  Document out;
  out.id = "sample";
  out.text = text;
  out.language = language == Language::other ? detect_language(text) : language;
  return out;
}

// Rows of abbreviations alone: tests of this folder do not depend on the other files of the codebook.
inline Codebook abbreviations() {
  Codebook book;
  const auto add = [&](Language language, std::string gives, std::vector<std::string> words) {
    Row row;
    row.id = std::string(code(language)) + "." + gives;
    row.kind = "abbreviation";
    row.language = language;
    row.gives = std::move(gives);
    row.words = std::move(words);
    book.rows.push_back(std::move(row));
  };
  add(Language::uk, "open", {"м", "с", "п", "вул", "смт", "кв", "ім", "обл", "буд", "мін", "макс"});
  add(Language::uk, "number", {"стор", "ст", "ч", "пов", "каб", "тел", "факс", "дод", "абз", "кн", "гл"});
  add(Language::uk, "close", {"р", "тис", "млн", "ін", "д", "год", "хв", "грн", "км"});
  add(Language::ru, "open", {"г", "ул", "корп", "кв", "см"});
  add(Language::ru, "number", {"стр", "ст", "прил", "род"});
  add(Language::ru, "close", {"гг", "тыс", "млн", "др", "руб", "коп", "мес", "дн"});
  add(Language::en, "open", {"Mr", "Dr", "e.g"});
  add(Language::en, "number", {"No", "Sept", "Nov"});
  add(Language::en, "close", {"etc", "p.m", "U.S"});
  return book;
}

inline const TextAnalyser& analyser() {
  static const TextAnalyser kAnalyser = TextAnalyser::load(std::string(LITOPYS_SOURCE_DIR) + "/data/morphology", abbreviations()).value();
  return kAnalyser;
}

}  // namespace litopys::testing
