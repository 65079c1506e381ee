// Two steps, because they cost differently: staging (hash, write, fsync of the file) is per item and runs on the readers' threads, where
// the file system joins their fsyncs into one flush; keeping (rename, fsync of the folders) is per batch and needs each touched folder
// once. A crash in between leaves temporary files, which the next writer removes, or named files that no item line mentions, which are
// harmless: the next taking of the same bytes finds them there.
#include "vault/evidence.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <set>
#include <system_error>

namespace litopys {
namespace {

constexpr const char* kTemporary = "tmp";
constexpr unsigned kMode = 0444;  // evidence is never written again

}  // namespace

EvidenceFolder::EvidenceFolder(std::filesystem::path folder)
    : folder_(std::move(folder)), counter_(std::make_shared<std::atomic<std::uint64_t>>(0)) {}

std::filesystem::path EvidenceFolder::path_of(std::string_view sha256) const {
  return folder_ / sha256.substr(0, 2) / sha256.substr(std::min<std::size_t>(2, sha256.size()));
}

Done EvidenceFolder::prepare() const {
  if (Done made = make_folder(folder_); !made) return made;
  if (Done made = make_folder(folder_ / kTemporary); !made) return made;
  std::error_code error;
  for (const auto& left : std::filesystem::directory_iterator(folder_ / kTemporary, error)) {
    std::error_code ignored;  // a file that cannot be removed is no obstacle: its name is never used again by this process
    std::filesystem::remove(left.path(), ignored);
  }
  if (error) return casebook_failure(folder_ / kTemporary, "cannot be listed", error.value());
  return sync_folder(folder_);
}

Result<StagedItem> EvidenceFolder::stage(std::string_view bytes) const {
  StagedItem out{sha256_.hex(bytes), bytes.size(), {}};
  if (has(out.sha256)) return out;
  out.temporary = folder_ / kTemporary / (std::to_string(getpid()) + "-" + std::to_string(counter_->fetch_add(1)));
  if (Done wrote = write_new_file(out.temporary, bytes, kMode); !wrote) return tl::unexpected<Error>(wrote.error());
  return out;
}

Done EvidenceFolder::keep(std::span<const StagedItem> staged) const {
  std::set<std::filesystem::path> touched;
  for (const StagedItem& item : staged) {
    if (item.temporary.empty()) continue;
    const std::filesystem::path path = path_of(item.sha256);
    const std::filesystem::path folder = path.parent_path();
    if (touched.insert(folder).second) {
      struct stat status {};
      if (stat(folder.c_str(), &status) != 0) {
        if (Done made = make_folder(folder); !made) return made;
        touched.insert(folder_);
      }
    }
    if (rename(item.temporary.c_str(), path.c_str()) != 0) return casebook_failure(path, "cannot be put in place", errno);
  }
  for (const std::filesystem::path& folder : touched) {
    if (Done synced = sync_folder(folder); !synced) return synced;
  }
  return {};
}

bool EvidenceFolder::has(std::string_view sha256) const {
  struct stat status {};
  return stat(path_of(sha256).c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

Result<std::string> EvidenceFolder::read(std::string_view sha256) const {
  const std::filesystem::path path = path_of(sha256);
  Result<std::string> bytes = read_file(path);
  if (bytes && sha256_.hex(*bytes) != sha256) {
    return fail(ErrorKind::kCasebook, path.string(), {}, "is not what was taken in: its SHA-256 is another",
                "restore this file from a copy of the casebook");
  }
  return bytes;
}

}  // namespace litopys
