// The kinds of findings, each by its row of the contract. All work on facts; sentences are made at the end (record/says.h).
#pragma once

#include <unordered_set>
#include <vector>

#include "codebook/codebook.h"
#include "record/conflicts.h"
#include "record/record.h"
#include "record/utterance.h"
#include "record/words.h"

namespace litopys {

struct FindingDraft {
  FindingKind kind = FindingKind::contradiction;
  std::vector<FactId> facts;  // as they are told
  const char* rule = "";      // "figures", "denial", "deadline", "completed" among contradictions; else ""
  Amount excess{};            // figures: by how much they miss each other
};

// What all of them read.
struct Evidence {
  const Facts& facts;
  const std::vector<StatementDraft>& statements;
  std::vector<FactId> voices;  // ascending
};

// Whether a quote tells the issuing as over (rows "completion").
class CompletionWords {
 public:
  explicit CompletionWords(const Codebook& book);
  [[nodiscard]] bool completed(std::string_view quote) const;

 private:
  std::vector<std::string> done_, almost_;  // beginnings of words; whole words
};

// A voice that says that the issuing in a place was over by a day: asserted, dated, for everybody, without a figure.
[[nodiscard]] bool is_completion(const Facts& facts, FactId voice, const CompletionWords& words);

void find_contradictions(const Evidence& evidence, const System& system, const std::vector<Solved>& solved, const CompletionWords& words,
                         std::vector<FindingDraft>& out, std::vector<std::string>& notes);
// Of figures alone. Of the facts only sides and measures are looked at.
void find_figures(const Facts& facts, const System& system, const std::vector<Solved>& solved, std::vector<FindingDraft>& out,
                  std::vector<std::string>& notes);
void find_denials(const Evidence& evidence, std::vector<FindingDraft>& out, std::vector<std::string>& notes);
void find_deadlines(const Evidence& evidence, std::vector<FindingDraft>& out);
void find_completions(const Evidence& evidence, const CompletionWords& words, std::vector<FindingDraft>& out);

// Pairs of facts that one contradiction holds.
class Opposed {
 public:
  explicit Opposed(const std::vector<FindingDraft>& findings);
  [[nodiscard]] bool both(FactId a, FactId b) const { return pairs_.contains(key(a, b)); }

 private:
  static std::uint64_t key(FactId a, FactId b) { return (static_cast<std::uint64_t>(std::min(a, b)) << 32) | std::max(a, b); }
  std::unordered_set<std::uint64_t> pairs_;
};

void find_updates(const Evidence& evidence, const Opposed& opposed, std::vector<FindingDraft>& out);
void find_restated(const Evidence& evidence, std::vector<FindingDraft>& out);
void find_rounding(const Evidence& evidence, std::vector<FindingDraft>& out);
void find_scope(const Evidence& evidence, const Opposed& opposed, std::vector<FindingDraft>& out, std::vector<std::string>& notes);
void find_origins(const Evidence& evidence, std::vector<FindingDraft>& out);
void find_circular(const Evidence& evidence, std::vector<FindingDraft>& out, std::vector<std::string>& notes);
void find_plans(const Evidence& evidence, const CompletionWords& words, std::vector<FindingDraft>& out);

}  // namespace litopys
