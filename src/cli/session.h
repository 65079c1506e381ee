// What the commands share: output, messages, exit code, data files.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "claim/pipeline.h"
#include "cli/terminal.h"
#include "intake/item.h"

namespace litopys {

// The worst that happened is what the program ends with.
enum class ExitCode : unsigned char { all_read = 0, some_unreadable = 1, wrong_use = 2, casebook_unusable = 3 };
[[nodiscard]] ExitCode exit_code_of(ErrorKind kind);

class Session {
 public:
  Output out{1};

  // One line on standard error, above a progress bar where there is one; the exit code becomes at least the error's.
  void report(const Error& error);
  void report(const Error& error, ExitCode code);
  // A line that is no error.
  void note(std::string_view line);
  void worsen(ExitCode code);
  [[nodiscard]] ExitCode code() const { return code_; }

  // Messages go through it while it lives.
  void set_progress(Progress* progress) { progress_ = progress; }

  // Which reader of measures `resources` loads (--reader): nullopt is the careful one where its file is there.
  enum class ReaderChoice : unsigned char { light, careful };
  void choose_reader(std::optional<ReaderChoice> choice) { reader_ = choice; }

  // Pictures of text are read too (--ocr).
  void allow_ocr(bool allowed) { ocr_ = allowed; }

  // Opens what `names` name, files and folders, one after the other; what cannot be had is reported and passed over.
  void for_each_item(const std::vector<std::string>& names, const std::function<void(const Item&)>& use);

  // Data files, with the codebook of --codebook where it was given; nullptr after an error, which is reported.
  [[nodiscard]] std::shared_ptr<const Resources> resources(const std::optional<std::string>& codebook, bool needs_model = true);

 private:
  void line(std::string_view text);

  ExitCode code_ = ExitCode::all_read;
  Progress* progress_ = nullptr;
  bool ocr_ = false;
  std::optional<ReaderChoice> reader_;
};

}  // namespace litopys
