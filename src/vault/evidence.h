// The bytes as they were taken, each content once, named by its digest: my.case/evidence/ab/cdef....
//
//   EvidenceFolder evidence("my.case/evidence");
//   StagedItem staged = evidence.stage(item.bytes).value();   // any thread
//   evidence.keep(std::span(&staged, 1));                      // one thread; durable when it returns
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "vault/digest.h"
#include "vault/files.h"

namespace litopys {

// Bytes that are durable on disk but have no name yet.
struct StagedItem {
  std::string sha256;
  std::uint64_t size = 0;
  std::filesystem::path temporary;  // empty: this content is kept already
};

class EvidenceFolder {
 public:
  // Touches nothing. `folder` is the casebook's evidence/.
  explicit EvidenceFolder(std::filesystem::path folder);

  // Creates the folder and the one for temporary files; removes what a writer that died left there. For the one writer.
  [[nodiscard]] Done prepare() const;

  // Hashes and writes to a temporary file, durable. Content that is kept already is only hashed. Threads may call it at once.
  [[nodiscard]] Result<StagedItem> stage(std::string_view bytes) const;

  // Gives the staged contents their names, durable when this returns.
  [[nodiscard]] Done keep(std::span<const StagedItem> staged) const;

  [[nodiscard]] bool has(std::string_view sha256) const;
  [[nodiscard]] std::filesystem::path path_of(std::string_view sha256) const;

  // The bytes, checked against their name: a file that was changed since is a kCasebook error.
  [[nodiscard]] Result<std::string> read(std::string_view sha256) const;

 private:
  std::filesystem::path folder_;
  Sha256 sha256_;
  std::shared_ptr<std::atomic<std::uint64_t>> counter_;
};

}  // namespace litopys
