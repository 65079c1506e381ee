// One writer at a time. The lock belongs to the process and goes with it, however it ends; the number in the file is for people.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

#include "base/result.h"
#include "vault/files.h"

namespace litopys {

// "process 17": whoever wrote its number into the lock's file; "another process" where there is none.
[[nodiscard]] std::string writer_of(int file_descriptor);

// How long to wait for another writer, and who is told, once, that there is one: "process 17".
struct WriterPatience {
  std::chrono::milliseconds most{0};
  std::function<void(const std::string& who)> told;
};

class WriterLock {
 public:
  // Creates the file if there is none. Still held by another process when the patience ends: a kCasebook error that names it.
  [[nodiscard]] static Result<WriterLock> take(const std::filesystem::path& path, const WriterPatience& patience = {});

 private:
  File file_;
};

}  // namespace litopys
