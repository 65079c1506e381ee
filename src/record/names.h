// Who is meant by a name in a claim's sources or by an outlet's name: a public actor of the gazetteer in any of its names and cases,
// else whoever has the same name in other letters.
//
//   Actors actors(book, gazetteer);
//   actors.of("Владимир Сальдо", Side::russia) == actors.of("Volodymyr Saldo", Side::russia)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "mention/names.h"

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

  [[nodiscard]] ActorId size() const { return static_cast<ActorId>(shown_.size()); }
  // The name to show: a known actor's first, else the one first met.
  [[nodiscard]] const std::string& name(ActorId actor) const { return shown_[actor]; }
  // For a sentence: a nameless voice without its document.
  [[nodiscard]] const std::string& plain_name(ActorId actor) const {
    const auto found = plain_.find(actor);
    return found == plain_.end() ? shown_[actor] : found->second;
  }
  // One of the tables' actors.
  [[nodiscard]] bool known(ActorId actor) const { return actor < shown_uk_.size(); }
  // The same in Ukrainian where the tables have it.
  [[nodiscard]] const std::string& name_uk(ActorId actor) const {
    return actor < shown_uk_.size() && !shown_uk_[actor].empty() ? shown_uk_[actor] : shown_[actor];
  }

 private:
  [[nodiscard]] ActorId add(std::string key, std::string shown);
  [[nodiscard]] const std::vector<ActorId>* by_stems(std::string_view name) const;

  NameIndex endings_;
  std::vector<std::string> shown_, shown_uk_;  // the latter only of known actors
  std::unordered_map<ActorId, std::string> plain_;
  std::vector<Side> side_;
  std::unordered_map<std::string, std::vector<ActorId>> listed_;     // by name key
  std::unordered_map<std::string, std::vector<ActorId>> inflected_;  // by the stems of the name's words
  std::unordered_map<std::string, ActorId> others_;
  std::unordered_set<std::string> nameless_;
  std::unordered_map<std::string, std::vector<ActorId>> seen_;  // by the name as written: its candidates
};

// A name without case, punctuation and a leading "the", with ё as е: equal keys are one name.
[[nodiscard]] std::string name_key(std::string_view name);

}  // namespace litopys
