// What a word form can be: the dictionaries of the three languages behind one question.
#pragma once

#include <filesystem>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "text/forms.h"
#include "text/morphology.h"
#include "text/text.h"

namespace litopys {

// Immutable after load; threads may share one.
class WordReader {
 public:
  // uk.dict, ru.dict, en.dict of the folder; each may be missing, a broken one is a kConfig error.
  [[nodiscard]] static Result<WordReader> load(const std::filesystem::path& folder);

  // Appends the readings of `form` (one at least) to text.readings, likeliest first, and sets the form's range. The dictionary of
  // `language` comes first, then that of the other language in the same script; then the part after the last hyphen
  // («екс-засуджені»); then the ending. `name`: the form stands with a capital where no sentence begins, so that readings as a name come
  // first; a form in lower case is a name last. `scratch` is only there to save its allocation.
  void read(Language language, bool name, Form& form, Text& text, std::vector<Analysis>& scratch) const;

  // Whether the language's dictionary has the form (Token::lower). `scratch` as above.
  [[nodiscard]] bool has(Language language, std::string_view lower, std::vector<Analysis>& scratch) const;

 private:
  bool known(Language language, std::string_view lower, std::vector<Analysis>& out) const;
  [[nodiscard]] const Morphology& of(Language language) const { return by_language_[static_cast<std::size_t>(language)]; }

  Morphology by_language_[3];  // by Language
};

}  // namespace litopys
