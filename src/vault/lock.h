// One writer at a time. The lock belongs to the process and goes with it, however it ends; the number in the file is for people.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "vault/files.h"

namespace litopys {

// "process 17": whoever wrote its number into the lock's file; "another process" where there is none.
[[nodiscard]] std::string writer_of(int file_descriptor);

class WriterLock {
 public:
  // Creates the file if there is none. Held by another process: a kCasebook error that names it.
  [[nodiscard]] static Result<WriterLock> take(const std::filesystem::path& path);

 private:
  File file_;
};

}  // namespace litopys
