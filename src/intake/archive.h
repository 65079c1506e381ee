// ZIP and TAR (plain, or in gzip, zstd, xz, bzip2), and single files in xz or bzip2, member by member, by libarchive. Nothing is ever
// written to disk, so names cannot lead anywhere; they are told as they are.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/source.h"

namespace litopys {

struct ArchiveMember {
  std::string name;          // as the archive has it, UTF-8 as far as it can be told; "" in a single compressed file
  std::uint64_t size = 0;    // as the archive says; 0 where it does not
  std::uint64_t offset = 0;  // of its header in the archive, in bytes
  enum class Kind : unsigned char { file, folder, link, other } kind = Kind::file;
  bool encrypted = false;
};

// Calls `take` for each member, with a source of its bytes (valid during the call, cannot seek; damage is its read error, kMalformed),
// until it gives false; calls `trouble` for what is wrong in the archive itself, and goes on where that can be. `name` names it in errors.
struct ArchiveVisitor {
  std::function<bool(const ArchiveMember&, ByteSource)> take;
  std::function<bool(Error)> trouble;
};
void visit_archive(const ByteSource& source, const std::string& name, const ArchiveVisitor& visitor);

// The names of all members, without reading any, at most `most`; empty where the source cannot seek (it is at its beginning afterwards).
[[nodiscard]] std::vector<std::string> archive_names(const ByteSource& source, std::size_t most);

}  // namespace litopys
