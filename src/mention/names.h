// Names in all their case forms, found in one walk over a sentence's words. A dictionary does not know most names of places and
// people, so a name is inflected by its ending, like a known word with the same ending (Колотилівка as Авдіївка): rows of the kind
// "name-ending" say which endings may stand in place of which.
//
//   NameIndex index(book);
//   index.add("Нова Каховка", Language::uk, 7);
//   index.find(text, sentence, hits)      // «у Новій Каховці» -> { value 7, the two words }
//
// Rows, kind "name-ending": words = endings of the first form; forms = what may replace them ("-" stands for nothing), or with
// `keeps = true` what may follow them; the longest ending that fits a word decides. Kind "adjective-ending": words = endings of an
// adjective, after the stem.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"
#include "codebook/codebook.h"
#include "text/start_filter.h"
#include "text/text.h"

namespace litopys {

struct NameHit {
  std::uint32_t value = 0;
  std::uint32_t first_token = 0;
  std::uint32_t token_count = 0;
  Span span;  // bytes of the document; part of a token where a hyphen splits it
};

// Immutable after the last add; threads may share one.
class NameIndex {
 public:
  explicit NameIndex(const Codebook& book);

  struct Options {
    bool any_case = false;       // «днр», «росія» count too; otherwise each word has the capitals that it has in the name
    bool first_capital = false;  // only the first word needs its capital: "Kherson oblast"
    bool inflect = true;
  };
  // Several names may have one value and several values one name. Names of more than 12 words are left out.
  void add(std::string_view name, Language language, std::uint32_t value, Options options);
  void add(std::string_view name, Language language, std::uint32_t value) { add(name, language, value, Options()); }
  // A stem that takes the endings of an adjective: «херсонськ».
  void add_adjective(std::string_view stem, Language language, std::uint32_t value);
  // The word with its ending cut off as for inflection, and that ending: {"каховк" → "кахов", "ка"}. Lower case, folded.
  struct Cut {
    std::string stem;
    std::string_view ending;
  };
  [[nodiscard]] Cut cut(std::string_view word, Language language) const;

  // For each place where names begin, all values of the longest name there; places inside a found name are not asked again. By place.
  // Linear in the sentence for given names.
  void find(const Text& text, const Sentence& sentence, std::vector<NameHit>& out) const;

 private:
  using EndingSet = std::array<std::uint64_t, 4>;
  enum class Case : std::uint8_t { any, capital, all_caps };
  struct Ending {
    std::string text;
    Language language = Language::other;
    std::uint16_t set = 0;
    bool keeps = false;  // forms are appended, nothing is cut off
  };
  struct Edge {
    std::uint32_t child = 0;
    std::uint32_t next = 0;  // index into edges_, 0 ends
    std::uint16_t set = 0;
    Case letters = Case::any;
  };
  struct Node {
    std::uint32_t values = 0;  // index into values_, 0: none
    bool inner = false;        // has edges
  };
  struct Value {
    std::uint32_t value = 0;
    std::uint32_t next = 0;
  };
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t edge = 0;  // 0: free
  };
  struct Word;
  class Walk;

  std::uint16_t set_of(const EndingSet& endings);
  std::uint32_t ending_id(std::string_view ending);
  [[nodiscard]] int known_ending(std::string_view ending) const;
  std::uint32_t step(std::uint32_t node, std::uint64_t stem, std::uint16_t set, Case letters);
  void mark(std::uint32_t node, std::uint32_t value);
  [[nodiscard]] std::uint32_t edges_at(std::uint32_t node, std::uint64_t stem) const;
  void file_start(std::string_view stem, Case letters);
  void grow();
  [[nodiscard]] const Ending* ending_of(std::string_view word, Language language) const;

  std::array<std::vector<Ending>, 256> endings_;  // by last byte, longest first
  std::vector<std::string> ending_texts_;         // by id
  std::vector<EndingSet> sets_;
  std::array<std::uint16_t, 4> adjective_set_{};  // by language
  std::uint16_t plain_set_ = 0;                   // the empty ending alone
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
  std::vector<Edge> edges_;
  std::vector<Node> nodes_;
  std::vector<Value> values_;
  StartFilter any_case_, capitals_;  // first words that may stand in lower case; all first words
};

// Lower case with ё as е and ґ as г: how names are compared.
[[nodiscard]] std::string folded_name(std::string_view text);

}  // namespace litopys
