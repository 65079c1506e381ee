// libarchive reads a ZIP by its central directory where the source seeks and by its local headers where not. Its own errors come in three
// weights: a warning (names, times: no matter here), a failure of one member (the next is read), and the end.
#include "intake/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdio>
#include <cstring>
#include <memory>

namespace litopys {
namespace {

constexpr std::size_t kBlock = 256U << 10U;
constexpr int kMostFailures = 100;  // of one archive in a row, before it is given up

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

// What libarchive's calls back are given.
struct Feed {
  const ByteSource* source = nullptr;
  std::string buffer;
  std::uint64_t at = 0;
};

la_ssize_t read_block(archive* a, void* data, const void** block) {
  Feed& feed = *static_cast<Feed*>(data);
  const Result<std::size_t> got = feed.source->read(feed.buffer.data(), feed.buffer.size());
  if (!got) {
    archive_set_error(a, -1, "%s", got.error().problem.c_str());
    return -1;
  }
  feed.at += *got;
  *block = feed.buffer.data();
  return static_cast<la_ssize_t>(*got);
}

la_int64_t seek_to(archive* a, void* data, la_int64_t offset, int whence) {
  Feed& feed = *static_cast<Feed*>(data);
  const la_int64_t base = whence == SEEK_SET   ? 0
                          : whence == SEEK_END ? static_cast<la_int64_t>(feed.source->size)
                                               : static_cast<la_int64_t>(feed.at);
  const la_int64_t to = base + offset;
  if (to < 0 || !feed.source->seek(static_cast<std::uint64_t>(to))) {
    archive_set_error(a, -1, "cannot seek");
    return ARCHIVE_FATAL;
  }
  feed.at = static_cast<std::uint64_t>(to);
  return to;
}

std::unique_ptr<archive, FreeArchive> opened(Feed& feed, std::string& problem) {
  std::unique_ptr<archive, FreeArchive> a(archive_read_new());
  archive_read_support_filter_gzip(a.get());
  archive_read_support_filter_bzip2(a.get());
  archive_read_support_filter_xz(a.get());
  archive_read_support_filter_zstd(a.get());
  archive_read_support_format_tar(a.get());
  archive_read_support_format_zip(a.get());
  archive_read_support_format_raw(a.get());
  // Names in ZIPs without the UTF-8 mark come from DOS and its successors; in this matter their letters are Cyrillic.
  archive_read_set_options(a.get(), "zip:hdrcharset=CP866");
  archive_read_set_callback_data(a.get(), &feed);
  archive_read_set_read_callback(a.get(), read_block);
  if (feed.source->seek && feed.source->size > 0) archive_read_set_seek_callback(a.get(), seek_to);
  if (archive_read_open1(a.get()) != ARCHIVE_OK) {
    const char* text = archive_error_string(a.get());
    problem = text != nullptr ? text : "cannot be opened";
    a.reset();
  }
  return a;
}

std::string problem_of(archive* a) {
  const char* text = archive_error_string(a);
  return text != nullptr ? std::string(text) : std::string("is damaged");
}

// The bytes of the member at hand as libarchive comes by them, block by block: what archive_read_data() would throw away where a block is
// followed by damage (a checksum that is wrong, above all) is given first.
class MemberBytes {
 public:
  explicit MemberBytes(archive* a) : archive_(a) {}

  // As ByteSource::read; the error has the problem alone.
  Result<std::size_t> read(char* to, std::size_t most) {
    while (true) {
      if (at_ < offset_) {  // a hole
        const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(most, offset_ - at_));
        std::memset(to, 0, n);
        at_ += n;
        return n;
      }
      if (size_ > 0) {
        const std::size_t n = std::min(most, size_);
        std::memcpy(to, block_, n);
        block_ += n;
        size_ -= n;
        offset_ += n;
        at_ = offset_;
        return n;
      }
      if (!problem_.empty()) return fail(ErrorKind::kMalformed, {}, {}, problem_);
      const void* block = nullptr;
      la_int64_t offset = 0;
      const int got = archive_read_data_block(archive_, &block, &size_, &offset);
      if (got == ARCHIVE_EOF) return 0;
      if (got < ARCHIVE_OK) problem_ = problem_of(archive_);
      if (block == nullptr || got == ARCHIVE_FATAL) size_ = 0;
      block_ = static_cast<const char*>(block);
      offset_ = static_cast<std::uint64_t>(std::max<la_int64_t>(offset, 0));
      if (offset_ < at_) {
        if (size_ > 0 && problem_.empty()) problem_ = "its pieces are out of order";
        size_ = 0;
        offset_ = at_;
      }
    }
  }

 private:
  archive* archive_;
  const char* block_ = nullptr;
  std::size_t size_ = 0;
  std::uint64_t offset_ = 0, at_ = 0;
  std::string problem_;
};

std::string name_of(archive_entry* entry) {
  if (const char* utf8 = archive_entry_pathname_utf8(entry); utf8 != nullptr) return utf8;
  if (const char* raw = archive_entry_pathname(entry); raw != nullptr) return raw;
  return {};
}

ArchiveMember member_of(archive* a, archive_entry* entry) {
  ArchiveMember out;
  out.name = name_of(entry);
  if (archive_format(a) == ARCHIVE_FORMAT_RAW) out.name.clear();
  if (archive_entry_size_is_set(entry) != 0) out.size = static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)));
  out.offset = static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_read_header_position(a)));
  out.encrypted = archive_entry_is_encrypted(entry) != 0;
  const auto type = archive_entry_filetype(entry);
  if (type == AE_IFLNK || archive_entry_hardlink(entry) != nullptr) {
    out.kind = ArchiveMember::Kind::link;
  } else if (type == AE_IFDIR) {
    out.kind = ArchiveMember::Kind::folder;
  } else if (type != AE_IFREG && type != 0) {
    out.kind = ArchiveMember::Kind::other;
  }
  return out;
}

}  // namespace

void visit_archive(const ByteSource& source, const std::string& name, const ArchiveVisitor& visitor) {
  Feed feed{.source = &source, .buffer = std::string(kBlock, '\0')};
  std::string problem;
  const auto a = opened(feed, problem);
  if (!a) {
    (void)visitor.trouble({ErrorKind::kMalformed, name, {}, "cannot be opened as an archive: " + problem, "skipped"});
    return;
  }
  std::uint64_t count = 0;
  int failures = 0;
  while (true) {
    archive_entry* entry = nullptr;
    const int got = archive_read_next_header(a.get(), &entry);
    if (got == ARCHIVE_EOF) return;
    if (got < ARCHIVE_WARN) {
      const bool last = got == ARCHIVE_FATAL || ++failures > kMostFailures;
      Error error{ErrorKind::kMalformed, name, count == 0 ? std::string() : "after member " + std::to_string(count), problem_of(a.get()),
                  last ? "what follows is lost" : "the next member is sought"};
      if (!visitor.trouble(std::move(error)) || last) return;
      continue;
    }
    failures = 0;
    ++count;
    const ArchiveMember member = member_of(a.get(), entry);
    ByteSource bytes{.read = [&name, &member, data = MemberBytes(a.get())](char* to, std::size_t most) mutable -> Result<std::size_t> {
      Result<std::size_t> read = data.read(to, most);
      if (!read) {
        read.error().item = name;
        read.error().place = member.name;
      }
      return read;
    }};
    if (!visitor.take(member, std::move(bytes))) return;
  }
}

std::vector<std::string> archive_names(const ByteSource& source, std::size_t most) {
  std::vector<std::string> out;
  if (!source.seek || source.size == 0) return out;
  Feed feed{.source = &source, .buffer = std::string(kBlock, '\0')};
  std::string problem;
  if (const auto a = opened(feed, problem)) {
    archive_entry* entry = nullptr;
    while (out.size() < most) {
      const int got = archive_read_next_header(a.get(), &entry);
      if (got == ARCHIVE_EOF || got < ARCHIVE_WARN) break;
      out.push_back(name_of(entry));
    }
  }
  source.seek(0);
  return out;
}

}  // namespace litopys
