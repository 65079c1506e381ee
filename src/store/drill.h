// Whether what should be caught is caught: a copy of the casebook is tampered with in every way that we know, and verified.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "claim/pipeline.h"

namespace litopys {

struct DrillRow {
  std::string attack;      // "one bit of a record flipped"
  bool ran = false;        // false: the casebook has nothing to do it to (`note` says what)
  bool caught = false;     // by verify alone
  bool by_anchor = false;  // by verify only with the checkpoint of before the attack
  bool noted = false;      // no damage, since what a crash or a wrong clock leaves looks so too; verify says it in a note
  std::string layer;       // what caught it: "evidence", "log", "record.db", "anchor"; "note"
  std::string first;       // the first line of damage, or the note
  std::string note;        // why it did not run, or why it need not be caught
  bool harmless = false;   // takes nothing away that another witness does not say too
};

// Runs every attack on a fresh copy below `scratch` (made and removed; needs room for the casebook once). The casebook itself is only read.
// What people said is attacked in copies in which two reviews and two marks were said first, where the key is at hand.
// Some attacks sign with log.key, as an insider would; where it is not there or has a passphrase that is not given, they do not run.
// Errors (kCasebook): no casebook, or one that does not verify before.
[[nodiscard]] Result<std::vector<DrillRow>> drill_casebook(const std::filesystem::path& folder, std::shared_ptr<const Resources> resources,
                                                           const std::filesystem::path& scratch,
                                                           const std::function<void(const DrillRow&)>& each);

}  // namespace litopys
