// The copy of a casebook that the drill tampers with, and the tools of whoever does it: the evidence record by record, the log's files,
// record.db, and the key where it lies there. Inside store/ only.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "claim/pipeline.h"
#include "store/casebook_folder.h"
#include "vault/entry.h"
#include "vault/evidence_reader.h"

namespace litopys {

// Why something could not be done to the copy; nothing where it was.
using DrillProblem = std::optional<std::string>;

// A member of a segment, unpacked.
struct DrillPiece {
  std::string packed, bytes;
};

class DrillCopy {
 public:
  DrillCopy(std::filesystem::path original, std::filesystem::path copy, std::shared_ptr<const Resources> resources);

  // As if nothing had been done to it. Errors (kCasebook): the copy cannot be made.
  [[nodiscard]] Done again() const;
  [[nodiscard]] const CasebookPaths& paths() const { return paths_; }
  [[nodiscard]] const std::shared_ptr<const Resources>& resources() const { return resources_; }

  [[nodiscard]] static DrillProblem write(const std::filesystem::path& path, std::string_view bytes);
  [[nodiscard]] static DrillProblem flip(const std::filesystem::path& path, std::size_t at);

  [[nodiscard]] std::filesystem::path first_segment() const;
  [[nodiscard]] std::filesystem::path last_segment() const;
  [[nodiscard]] static std::vector<DrillPiece> pieces(const std::filesystem::path& segment);
  [[nodiscard]] static DrillProblem put(const std::filesystem::path& segment, const std::vector<DrillPiece>& all);
  // The first record of the first segment that `how` gives another text for.
  [[nodiscard]] DrillProblem change(const std::function<std::optional<std::string>(const std::string& record)>& how) const;
  [[nodiscard]] DrillProblem edit(const char* sql) const;

  // The log again from what the evidence says now, and the record after it. Needs the key.
  [[nodiscard]] DrillProblem log_anew() const;
  [[nodiscard]] DrillProblem remake_record() const;
  // Puts members behind the last record, and lets the next writer come, where the key is at hand: what it took for ours, verify would take
  // for ours as well.
  [[nodiscard]] DrillProblem put_behind(std::string_view members) const;
  // The same, and record.db is made to know them, so that it looks as if the log had all; and the next writer, who may believe that, says
  // something.
  [[nodiscard]] DrillProblem put_behind_and_hide(std::string_view members) const;

 private:
  [[nodiscard]] DrillProblem append(std::string_view members) const;  // to the last segment

  std::filesystem::path original_;
  CasebookPaths paths_;
  std::shared_ptr<const Resources> resources_;
};

// The record with another block, as somebody would write it who knows the format: length and digests, of the item too, in agreement with
// it. Nullopt where it is no record.
[[nodiscard]] std::optional<std::string> with_block(const std::string& record, const std::string& block);

// A way to tamper.
struct DrillAttack {
  const char* name;
  DrillProblem (*run)(const DrillCopy&);
  const char* harmless = nullptr;  // why it need not be seen
};

}  // namespace litopys
