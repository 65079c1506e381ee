// What a sentence looks like to the light reader: a sparse vector of hashed features, made by one function for learning and reading.
//
// Groups, each of length one times its weight, so that a long sentence weighs no more than a short one:
//   lemma     the lemmas of its words, and pairs of neighbours
//   letters   runs of 3 and 4 letters within a word, which see stems, prefixes and misprints
//   concept   the word classes of the codebook that fire (rows of kind cue, subject, setting, concept), pairs of them, neighbours in order;
//             these are shared by the languages
//   mention   units and bounds of its quantities, forms of its times, reporting frames, sides of its actors
//   around    word classes of the two sentences before and the one after
//   subject   how near and how thick words of the campaign stand in the document
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

inline constexpr unsigned kSlotBits = 18;
inline constexpr std::uint32_t kSlots = 1U << kSlotBits;

enum class FeatureKind : std::uint8_t { lemma, pair, letters, concept_, concepts, order, mention, before, earlier, after, subject, base };

struct Feature {
  std::uint32_t slot = 0;  // < kSlots
  float value = 0;
  FeatureKind kind = FeatureKind::base;
  std::uint32_t first = 0;   // token index (lemma, pair, letters), or class (concepts), or a code of the kind
  std::uint32_t second = 0;  // the other class of a pair
};

// The word classes of a codebook: every distinct `gives` of the rows of kind cue, subject, setting and concept, and what stands behind each
// row.
class WordClasses {
 public:
  explicit WordClasses(const Codebook& book);

  static constexpr std::uint16_t kNone = 0xFFFF;
  [[nodiscard]] std::uint16_t of(RowId row) const { return row < by_row_.size() ? by_row_[row] : kNone; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] const std::string& name(std::uint32_t c) const { return names_[c]; }  // "cue issuance", "hospital"
  [[nodiscard]] std::uint64_t hash(std::uint32_t c) const { return hashes_[c]; }
  [[nodiscard]] bool subject(std::uint32_t c) const { return subject_[c]; }
  [[nodiscard]] bool setting(std::uint32_t c) const { return setting_[c]; }

 private:
  std::vector<std::uint16_t> by_row_;
  std::vector<std::string> names_;
  std::vector<std::uint64_t> hashes_;
  std::vector<bool> subject_, setting_;
};

// Makes the features of the sentences of one document, one after another, into storage that is used again. `document`, `text`,
// `mentions` and `classes` must outlive it; mentions has one entry a sentence.
class Featurizer {
 public:
  Featurizer(const Text& text, const std::vector<Mentions>& mentions, const WordClasses& classes);

  // Word classes and subject of all sentences, without the features.
  [[nodiscard]] const std::vector<std::vector<std::uint16_t>>& classes() const { return sets_; }
  [[nodiscard]] bool subject(std::size_t sentence) const { return subject_[sentence]; }
  [[nodiscard]] double subject_share() const { return share_; }
  [[nodiscard]] bool setting(std::size_t sentence) const { return setting_here_[sentence]; }
  [[nodiscard]] double setting_share() const { return setting_share_; }
  [[nodiscard]] double both_share() const { return both_share_; }                      // of sentences with subject and setting
  [[nodiscard]] bool counts(std::size_t sentence) const { return counts_[sentence]; }  // persons, passports or a share are counted
  [[nodiscard]] std::size_t size() const { return sets_.size(); }
  [[nodiscard]] std::uint16_t words(std::size_t sentence) const { return words_[sentence]; }

  // The features of one sentence; `out` is cleared first. Linear in the sentence but for the pairs of its word classes, of which the
  // first 24 are paired.
  void features(std::size_t sentence, std::vector<Feature>& out);

  // For a person: "word паспорт", "hospital + without", "before: decree".
  [[nodiscard]] std::string name(const Feature& feature) const;

 private:
  void add(std::vector<Feature>& out, std::uint64_t hash, FeatureKind kind, std::uint32_t first, std::uint32_t second = 0);
  void close_group(std::vector<Feature>& out, float weight);
  void letters_of(std::vector<Feature>& out, std::uint32_t token);

  const Text& text_;
  const std::vector<Mentions>& mentions_;
  const WordClasses& classes_;
  std::vector<std::vector<std::uint16_t>> sets_;  // by sentence
  std::vector<bool> subject_, setting_here_, counts_;
  std::vector<std::uint16_t> words_;
  std::vector<std::uint8_t> since_subject_, until_subject_;  // sentences back and forth to one with a subject, at most 9
  double share_ = 0, setting_share_ = 0, both_share_ = 0;

  // The slots of the group at hand, to keep each once.
  std::vector<std::uint32_t> seen_;
  std::uint32_t epoch_ = 0;
  std::vector<std::uint32_t> seen_epoch_;
  std::size_t group_begin_ = 0;
};

}  // namespace litopys
