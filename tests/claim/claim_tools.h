// What the claim stage's tests read with: the real codebook, gazetteer and dictionaries, loaded once a program; and documents of plain
// text.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "mention/find.h"
#include "page/document.h"
#include "text/analyser.h"

namespace litopys::claim_tools {

struct Tools {
  Codebook book;
  std::unique_ptr<Gazetteer> gazetteer;  // the finder points to it
  TextAnalyser analyser;
  MentionFinder finder;
};

template <class T>
T value_of(Result<T> result) {
  EXPECT_TRUE(result) << result.error().line();
  return std::move(*result);
}

inline const Tools& tools() {
  static const Tools kTools = [] {
    const std::filesystem::path root = LITOPYS_SOURCE_DIR;
    Codebook book = value_of(load_codebook(root / "codebooks" / "passportization"));
    auto gazetteer = std::make_unique<Gazetteer>(value_of(load_gazetteer(root / "gazetteer")));
    TextAnalyser analyser = value_of(TextAnalyser::load(root / "data" / "morphology", book));
    MentionFinder finder = value_of(MentionFinder::make(book, *gazetteer));
    return Tools{std::move(book), std::move(gazetteer), std::move(analyser), std::move(finder)};
  }();
  return kTools;
}

// Every line is of the article; the first a title where `titled`. `published` may be "".
inline Document document_of(Language language, const char* published, const std::string& text, bool titled) {
  Document document;
  document.id = "t";
  document.text = text;
  document.language = language;
  if (*published != '\0') document.published = Date::parse(published);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    document.lines.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, LineKind::article, ""});
    begin = end + 1;
  }
  if (titled) document.lines[0].kind = LineKind::title;
  return document;
}

}  // namespace litopys::claim_tools
