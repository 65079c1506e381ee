// A text analysed with the real dictionaries and codebook, for tests of what a sentence mentions.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "codebook/codebook.h"
#include "page/document.h"
#include "text/analyser.h"

namespace litopys::sample {

inline const Codebook& codebook() {
  static const Codebook book = [] {
    auto loaded = load_codebook(LITOPYS_SOURCE_DIR "/codebooks/passportization");
    if (!loaded) throw std::runtime_error(loaded.error().line());
    return std::move(*loaded);
  }();
  return book;
}

inline const TextAnalyser& analyser() {
  static const TextAnalyser one = [] {
    auto loaded = TextAnalyser::load(LITOPYS_SOURCE_DIR "/data/morphology", codebook());
    if (!loaded) throw std::runtime_error(loaded.error().line());
    return std::move(*loaded);
  }();
  return one;
}

struct Sample {
  Document document;
  Text text;
};

inline Sample analysed(std::string words, Language language, std::optional<Date> published = {}) {
  Sample sample;
  sample.document.text = std::move(words);
  sample.document.language = language;
  sample.document.published = published;
  sample.text = analyser().analyse(sample.document);
  return sample;
}

}  // namespace litopys::sample
