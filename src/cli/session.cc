#include "cli/session.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "intake/open.h"
#include "intake/walk.h"

namespace litopys {

ExitCode exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUnreadable:
    case ErrorKind::kMalformed:
    case ErrorKind::kLimit: return ExitCode::some_unreadable;
    case ErrorKind::kConfig:
    case ErrorKind::kUsage: return ExitCode::wrong_use;
    case ErrorKind::kCasebook: return ExitCode::casebook_unusable;
  }
  return ExitCode::wrong_use;
}

void Session::line(std::string_view text) {
  const std::string plain = plain_line(text);
  if (progress_ != nullptr) {
    progress_->say(plain);
    return;
  }
  Output(STDERR_FILENO).write(plain + "\n");
}

void Session::report(const Error& error) { report(error, exit_code_of(error.kind)); }

void Session::report(const Error& error, ExitCode code) {
  // What was printed before comes before, also where both go to one place.
  out.flush();
  line("litopys: " + error.line());
  worsen(code);
}

void Session::note(std::string_view text) {
  out.flush();
  line(text);
}

void Session::worsen(ExitCode code) { code_ = std::max(code_, code); }

void Session::for_each_item(const std::vector<std::string>& names, const std::function<void(const Item&)>& use) {
  Walk walk(names);
  while (const std::optional<Result<Entry>> entry = walk.next()) {
    if (!*entry) {
      report(entry->error());
      continue;
    }
    const Result<OpenedItem> opened = open_item(**entry);
    if (opened) {
      use(opened->item);
    } else {
      report(opened.error());
    }
  }
}

std::shared_ptr<const Resources> Session::resources(const std::optional<std::string>& codebook, bool needs_model) {
  ResourcePaths paths = default_paths();
  if (codebook) paths.codebook = *codebook;
  paths.ocr = ocr_;
  if (reader_ == ReaderChoice::light) paths.careful.clear();
  if (std::error_code error; reader_ == ReaderChoice::careful && !std::filesystem::exists(paths.careful, error)) {
    report({ErrorKind::kConfig, paths.careful.string(), {}, "the careful reader's model is not there", "read with --reader light"});
    return nullptr;
  }
  Result<std::shared_ptr<const Resources>> loaded = load_resources(paths, needs_model);
  if (loaded) return *loaded;
  report(loaded.error());
  return nullptr;
}

}  // namespace litopys
