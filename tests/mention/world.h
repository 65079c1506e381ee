// What the tests of places and actors share, loaded once: loading takes longer than finding.
#pragma once

#include <filesystem>
#include <utility>

#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "text/analyser.h"

namespace litopys::testing {

struct World {
  Codebook book;
  Gazetteer gazetteer;
  TextAnalyser analyser;

  static const World& get() {
    static const World world = [] {
      const std::filesystem::path root = LITOPYS_SOURCE_DIR;
      Codebook book = load_codebook(root / "codebooks" / "passportization").value();
      TextAnalyser analyser = TextAnalyser::load(root / "data" / "morphology", book).value();
      return World{std::move(book), load_gazetteer(root / "gazetteer").value(), std::move(analyser)};
    }();
    return world;
  }
};

}  // namespace litopys::testing
