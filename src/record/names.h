// Who is meant by a name in a claim's sources or by an outlet's name: a public actor of the gazetteer in any of its names and cases,
// else whoever has the same name in other letters.
//
//   Actors actors(book, gazetteer);
//   actors.of("Владимир Сальдо", Side::russia) == actors.of("Volodymyr Saldo", Side::russia)
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "codebook/codebook.h"
#include "codebook/gazetteer.h"

namespace litopys {

using ActorId = std::uint32_t;

class Actors {
 public:
  Actors(const Codebook& book, const Gazetteer& gazetteer);

  // The actor of a name; `side` decides between two who share it.
  [[nodiscard]] ActorId of(std::string_view name, Side side);
  // The words for people without a name: rows of the codebook's kind "nameless-voice".
  [[nodiscard]] bool nameless(std::string_view name);
  // A voice that is nobody else's: a nameless one of a document, a document without an outlet. `plain`: how a sentence calls it.
  [[nodiscard]] ActorId own(std::string_view key, std::string_view shown, std::string_view plain = {});
  // One that a document calls so; "": that it does not call at all.
  [[nodiscard]] ActorId nameless_of(const std::string& document, const std::string& name);

  [[nodiscard]] ActorId size() const { return static_cast<ActorId>(shown_.size()); }
  // The name to show: a known actor's first, else of the spellings met the least, so that it hangs on no order.
  [[nodiscard]] const std::string& name(ActorId actor) const { return shown_[actor]; }
  // For a sentence: a nameless voice without its document.
  [[nodiscard]] const std::string& plain_name(ActorId actor) const {
    const auto found = plain_.find(actor);
    return found == plain_.end() ? shown_[actor] : found->second;
  }
  // What stays the same from run to run: of its id in the tables, or of its name's key.
  [[nodiscard]] std::uint64_t hash(ActorId actor) const { return hash_[actor]; }
  // The actor with this hash. One not met yet has the names given (`recall`), which is what record.db keeps of it.
  [[nodiscard]] ActorId with_hash(std::uint64_t hash);
  void recall(ActorId actor, std::string shown, std::string plain);
  // One of the tables' actors.
  [[nodiscard]] bool known(ActorId actor) const { return actor < tables_->shown_uk.size(); }
  // A body (a ministry, a union) of the tables, neither person nor outlet.
  [[nodiscard]] bool body(ActorId actor) const { return known(actor) && tables_->body[actor]; }
  // The same in Ukrainian where the tables have it.
  [[nodiscard]] const std::string& name_uk(ActorId actor) const {
    return known(actor) && !tables_->shown_uk[actor].empty() ? tables_->shown_uk[actor] : shown_[actor];
  }

 private:
  [[nodiscard]] ActorId add(std::string_view key, std::string_view shown);
  [[nodiscard]] const std::vector<ActorId>* by_case(std::string_view key) const;

  using Candidates = std::unordered_map<std::string, std::vector<ActorId>>;
  class Cases;
  // What the tables say, the same for all who begin with them.
  struct Tables {
    std::shared_ptr<const Cases> cases;
    std::vector<std::string> shown_uk;  // of known actors
    std::vector<bool> body;
    Candidates listed;  // by name key
    std::unordered_set<std::string> nameless;
  };
  std::shared_ptr<const Tables> tables_;
  std::vector<std::string> shown_;
  std::unordered_map<ActorId, std::string> plain_;
  std::vector<Side> side_;
  std::vector<std::uint64_t> hash_;
  std::unordered_map<std::uint64_t, ActorId> by_hash_;
  Candidates seen_;  // by the name as written
};

// A name without case, punctuation and a leading "the", with ё as е: equal keys are one name.
[[nodiscard]] std::string name_key(std::string_view name);

// 64 bits of a text that are the same on every machine and in every run.
[[nodiscard]] std::uint64_t lasting_hash(std::string_view text);

}  // namespace litopys
