// The light reader: words, word classes and context in linear scorers, and a second look over the document's scores. Megabytes a second.
//
//   auto light = LightReader::load("data/reader/light.model", book);
//   Reader reader = std::move(*light);
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "reader/model.h"
#include "reader/reader.h"

namespace litopys {

// Immutable; copies share the mapped model; threads may share one.
class LightReader {
 public:
  // kConfig errors: a broken file (see Model::open), a model of another codebook, a measure that the codebook does not have.
  // `book` may be destroyed afterwards.
  [[nodiscard]] static Result<LightReader> load(const std::filesystem::path& path, const Codebook& book);

  // One reading a sentence. Junk sentences and documents of other languages make nothing. Linear in the text.
  [[nodiscard]] std::vector<SentenceReading> operator()(const Document& document, const Text& text,
                                                        const std::vector<Mentions>& mentions) const;

  [[nodiscard]] const ModelHead& head() const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace litopys
