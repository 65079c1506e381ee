// Writes ZIP and TAR for tests, in memory, by libarchive.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <string>
#include <utility>
#include <vector>

namespace litopys::testing {

struct MadeMember {
  std::string name, bytes;
  std::string link = {};  // a symbolic link to it
};

enum class Made : unsigned char { zip, stored_zip, tar, tar_gz, tar_xz, tar_zst };

inline std::string archive_of(Made kind, const std::vector<MadeMember>& members) {
  archive* const a = archive_write_new();
  if (kind == Made::zip || kind == Made::stored_zip) {
    archive_write_set_format_zip(a);
    if (kind == Made::stored_zip) archive_write_zip_set_compression_store(a);
  } else {
    archive_write_set_format_pax_restricted(a);
    if (kind == Made::tar_gz) archive_write_add_filter_gzip(a);
    if (kind == Made::tar_xz) archive_write_add_filter_xz(a);
    if (kind == Made::tar_zst) archive_write_add_filter_zstd(a);
  }
  archive_write_set_bytes_in_last_block(a, 1);
  std::string out;
  archive_write_open2(
      a, &out, nullptr,
      [](archive*, void* to, const void* bytes, std::size_t size) -> la_ssize_t {
        static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
        return static_cast<la_ssize_t>(size);
      },
      nullptr, nullptr);
  for (const MadeMember& member : members) {
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, member.name.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, member.link.empty() ? AE_IFREG : AE_IFLNK);
    if (!member.link.empty()) archive_entry_set_symlink_utf8(entry, member.link.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(member.bytes.size()));
    archive_write_header(a, entry);
    archive_write_data(a, member.bytes.data(), member.bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  return out;
}

}  // namespace litopys::testing
