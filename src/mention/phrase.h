// Codebook rows of short phrases around a number or a time, tried at a given place of a sentence: "at least #", "# or more",
// "between # and #". The pattern format is that of text/lexicon.h as far as phrases need it: a word by lemma or form, `=form`, `stem*`,
// `a|b`, `_`, `..3`, a mark by itself, and `#`, the place of the number (or time) that the asker has found already.
//
//   Phrases bounds = Phrases::compile(book, "bound", Language::en).value();
//   bounds.before(text, atoms, i)   -> the longest phrase that ends right before atom i
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "mention/atom.h"
#include "text/start_filter.h"

namespace litopys {

// Immutable after compile; threads may share one. Every question costs at most the phrases that share a word with the place asked.
class Phrases {
 public:
  struct Hit {
    RowId row = 0;
    std::uint32_t phrase = 0;
    std::size_t first = 0;  // atoms [first, end)
    std::size_t end = 0;
    std::size_t words = 0;  // items that matched: the measure of "longest"
  };

  // The rows of one kind and language. A phrase without `#` is one that stands before its number where `implied_slot` is true.
  [[nodiscard]] static Result<Phrases> compile(const Codebook& book, std::string_view kind, Language language, bool implied_slot);

  // The longest phrase "... #" that ends right before atom `at`; "... # ..." counts only where `end` is given and the rest stands there.
  [[nodiscard]] std::optional<Hit> before(const Text& text, const Atoms& atoms, std::size_t at, std::optional<std::size_t> end = {}) const;
  // The longest phrase "# ..." that starts at atom `at`.
  [[nodiscard]] std::optional<Hit> after(const Text& text, const Atoms& atoms, std::size_t at) const;
  // All phrases whose first part, up to the first `#` or the end, starts at atom `at`; longest first.
  [[nodiscard]] std::vector<Hit> starting(const Text& text, const Atoms& atoms, std::size_t at) const;
  // How many `#` a phrase has, and whether its part after the `slot`-th one stands at `at`; gives the end.
  [[nodiscard]] std::size_t slots(std::uint32_t phrase) const { return phrases_[phrase].parts.size() - 1; }
  [[nodiscard]] std::optional<std::size_t> part_at(std::uint32_t phrase, std::size_t slot, const Text& text, const Atoms& atoms,
                                                   std::size_t at) const;
  // The phrases that begin with `#` and have another one later: "# in #".
  [[nodiscard]] const std::vector<std::uint32_t>& slot_first() const { return slot_first_; }
  [[nodiscard]] RowId row(std::uint32_t phrase) const { return phrases_[phrase].row; }
  [[nodiscard]] bool empty() const { return phrases_.empty(); }

 private:
  struct Word {
    std::string text;
    bool exact = false;
    bool prefix = false;
  };
  struct Item {
    std::vector<Word> any;       // empty: any word
    std::uint64_t mask = ~0ULL;  // of their keys (mention/atom.h): most atoms share none
    int gap = 0;                 // > 0: up to so many atoms
  };
  using Part = std::vector<Item>;
  struct Phrase {
    std::vector<Part> parts;  // the texts between the `#`
    RowId row = 0;
  };
  // Phrases by the keys (text/token.h, word_key) of their words and stems: two words of one key are told apart when the phrase is compared.
  // Most words are in none; a filter over keys and one over first bytes say so before anything is looked up.
  struct Index {
    using Lists = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;
    Lists whole, by_stem;
    std::vector<std::uint32_t> any_word;
    std::uint64_t mask = 0;  // of all its items
    std::array<std::uint64_t, 64> words{};
    StartFilter stems;

    [[nodiscard]] bool may_have(std::uint64_t key) const { return (words[(key >> 6) % words.size()] >> (key & 63) & 1) != 0; }
  };

  // False for most atoms that the item is not.
  [[nodiscard]] static bool may_fit(const Item& item, const Atoms& atoms, std::size_t at);
  [[nodiscard]] static bool fits(const Item& item, const Text& text, const Atoms& atoms, std::size_t at);
  [[nodiscard]] static std::optional<std::size_t> forward(const Part& part, std::size_t item, const Text& text, const Atoms& atoms,
                                                          std::size_t at);
  [[nodiscard]] static std::optional<std::size_t> backward(const Part& part, std::size_t item, const Text& text, const Atoms& atoms,
                                                           std::size_t end);
  void add(Index& index, const Item& item, std::uint32_t phrase);
  template <class Visit>
  void visit(const Index& index, const Text& text, const Atoms& atoms, std::size_t at, Visit&& visit) const;

  std::vector<Phrase> phrases_;
  std::vector<std::uint32_t> slot_first_;
  Index first_;                              // first item of the first part
  Index last_;                               // last item of the first part, where a `#` follows
  Index behind_;                             // first item of the second part, where the first is empty
  std::vector<std::uint32_t> prefix_sizes_;  // of the stems, ascending
};

// A kind of rows whose phrases are looked for together, and where they go.
struct PhraseKind {
  std::string_view kind;
  Phrases* phrases = nullptr;
  bool implied_slot = false;
};

// What a row means besides its phrases is said to `each`, which gives why it cannot mean that, or nullopt.
using EachRow = std::function<std::optional<std::string>(std::string_view kind, RowId id, const Row& row)>;

// Compiles the rows of these kinds and one language, kind by kind. Errors (kConfig): a wrong pattern, or what `each` says of a row.
[[nodiscard]] Result<void> compile_kinds(const Codebook& book, Language language, std::span<const PhraseKind> kinds, const EachRow& each);

}  // namespace litopys
