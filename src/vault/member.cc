// Records are unpressed by libdeflate in one call (twice as fast as a stream). Middling ones are pressed by it too, large ones by ISA-L
// piece by piece, so that an item of a gigabyte is not copied first. Small ones are pressed by ISA-L, since libdeflate sets up a quarter of
// a megabyte of tables for each, and with codes that are the same for all texts of a script: codes of its own cost a small record as much
// as the search for repetitions. Texts of 4 KB: 395 MB a second, 245 with codes of their own (for 3 to 10 % fewer bytes of reports and
// pages), 104 by libdeflate. What the common codes do not fit (pictures, other scripts) gets its own.
//
// Reading keeps a window of the file. A member's end is known only once it is unpressed, so a member that does not fit the window is tried
// again with twice the window, and its content with twice the room: at most a factor of two. `find_next` looks for the ten bytes that a
// member of ours begins with and tries there; a false alarm costs one failed call, which ends at its first wrong bit mostly.
#include "vault/member.h"

#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <new>
#include <span>
#include <stdexcept>
#include <vector>

#include "vault/specimen.h"

namespace litopys {
namespace {

constexpr int kLevel = 4;                         // of libdeflate: measured at twice the speed of 6 for 3 % more bytes
constexpr std::size_t kSmall = 16UL << 10U;       // up to here ISA-L presses
constexpr std::size_t kMustSave = 5;              // a small record from which the common codes take less than a fifth gets its own
constexpr std::size_t kInOneCall = 8UL << 20U;    // what is pressed in one call
constexpr std::size_t kKeptRoom = 1UL << 20U;     // of a press's buffers, from one call to the next
constexpr std::size_t kFirstWindow = 1UL << 20U;  // of the file
constexpr std::size_t kFirstRoom = 1UL << 20U;    // for a member's content
constexpr unsigned kMostFalseAlarms = 64;         // by chance there is none; a file full of them was made to keep us busy
constexpr std::string_view kMagic("\x1f\x8b\x08\x00\x00\x00\x00\x00", 8);

struct FreeCompressor {
  void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};
using Compressor = std::unique_ptr<libdeflate_compressor, FreeCompressor>;
using Decompressor = std::unique_ptr<libdeflate_decompressor, FreeDecompressor>;

// ISA-L's second level, ready to be fed a gzip member. The level's memory is the caller's.
void begin_member(isal_zstream& stream, std::string& level_memory) {
  level_memory.resize(ISAL_DEF_LVL2_DEFAULT);
  isal_deflate_init(&stream);
  stream.level = 2;
  stream.level_buf = reinterpret_cast<std::uint8_t*>(level_memory.data());
  stream.level_buf_size = static_cast<std::uint32_t>(level_memory.size());
  stream.gzip_flag = IGZIP_GZIP;
}

// Huffman codes for what resembles the specimen. Every byte and distance has one.
isal_hufftables codes_of(std::string_view specimen) {
  std::string text(specimen);
  isal_huff_histogram seen{};
  isal_update_histogram(reinterpret_cast<std::uint8_t*>(text.data()), static_cast<int>(text.size()), &seen);
  isal_hufftables out{};
  if (isal_create_hufftables(&out, &seen) != 0) throw std::runtime_error("ISA-L makes no codes");
  return out;
}

// Whether it is Cyrillic in UTF-8, by every sixteenth byte: nearly half of them begin a letter there.
bool mostly_cyrillic(std::string_view block) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < block.size(); i += 16) letters += (static_cast<unsigned char>(block[i]) & 0xFCU) == 0xD0U ? 1 : 0;
  return letters > block.size() / 16 / 8;
}

isal_hufftables* common_codes(std::string_view block) {
  static isal_hufftables latin = codes_of(kLatinSpecimen);  // not const only because the library takes a pointer that is not
  static isal_hufftables cyrillic = codes_of(kCyrillicSpecimen);
  return mostly_cyrillic(block) ? &cyrillic : &latin;
}

// Presses `piece` to the last byte; `last`: the member ends with it.
void press_piece(isal_zstream& stream, std::string_view piece, bool last, std::string& room, std::string& out) {
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(piece.data()));  // the library does not write there
  stream.avail_in = static_cast<std::uint32_t>(piece.size());
  stream.end_of_stream = last ? 1 : 0;
  do {
    stream.next_out = reinterpret_cast<std::uint8_t*>(room.data());
    stream.avail_out = static_cast<std::uint32_t>(room.size());
    if (isal_deflate(&stream) != COMP_OK) throw std::runtime_error("ISA-L cannot compress");
    out.append(room.data(), room.size() - stream.avail_out);
  } while (stream.avail_out == 0);
}

}  // namespace

// What one call borrows.
struct MemberPress::Press {
  isal_zstream stream{};
  std::string level_memory, whole, room;
  Compressor compressor;

  [[nodiscard]] std::string small(std::string_view block) {
    if (room.size() < 2 * kSmall) room.resize(2 * kSmall);
    isal_deflate_stateless_init(&stream);
    stream.gzip_flag = IGZIP_GZIP;
    stream.end_of_stream = 1;
    isal_deflate_set_hufftables(&stream, common_codes(block), IGZIP_HUFFTABLE_CUSTOM);
    stream.next_in = reinterpret_cast<std::uint8_t*>(whole.data());
    stream.avail_in = static_cast<std::uint32_t>(whole.size());
    stream.next_out = reinterpret_cast<std::uint8_t*>(room.data());
    stream.avail_out = static_cast<std::uint32_t>(room.size());
    if (isal_deflate_stateless(&stream) != COMP_OK) throw std::runtime_error("ISA-L cannot compress");
    const std::size_t size = room.size() - stream.avail_out;
    if (size <= whole.size() - whole.size() / kMustSave) return room.substr(0, size);
    begin_member(stream, level_memory);
    std::string out;
    press_piece(stream, whole, true, room, out);
    return out;
  }
  [[nodiscard]] std::string middling() {
    if (!compressor) compressor.reset(libdeflate_alloc_compressor(kLevel));
    if (!compressor) throw std::bad_alloc();
    const std::size_t bound = libdeflate_gzip_compress_bound(compressor.get(), whole.size());
    if (room.size() < bound) room.resize(bound);
    return room.substr(0, libdeflate_gzip_compress(compressor.get(), whole.data(), whole.size(), room.data(), room.size()));
  }
  [[nodiscard]] std::string large(std::span<const std::string_view> parts) {
    begin_member(stream, level_memory);
    room.resize(kKeptRoom);
    std::string out;
    for (const std::string_view part : parts) {
      for (std::size_t at = 0; at < part.size(); at += 1UL << 24U) press_piece(stream, part.substr(at, 1UL << 24U), false, room, out);
    }
    press_piece(stream, {}, true, room, out);
    return out;
  }
};

struct MemberPress::Pool {
  std::mutex mutex;
  std::vector<std::unique_ptr<Press>> free;
};

MemberPress::MemberPress() : pool_(std::make_shared<Pool>()) {}

std::string MemberPress::pack(std::string_view head, std::string_view block, std::string_view tail) const {
  std::unique_ptr<Press> press;
  {
    const std::lock_guard lock(pool_->mutex);
    if (!pool_->free.empty()) {
      press = std::move(pool_->free.back());
      pool_->free.pop_back();
    }
  }
  if (!press) press = std::make_unique<Press>();
  const std::size_t size = head.size() + block.size() + tail.size();
  std::string out;
  if (size > kInOneCall) {
    out = press->large(std::array{head, block, tail});
  } else {
    press->whole.clear();
    press->whole.append(head).append(block).append(tail);
    out = size <= kSmall ? press->small(block) : press->middling();
    for (std::string* each : {&press->whole, &press->room}) {
      if (each->size() > kKeptRoom) *each = {};
    }
  }
  const std::lock_guard lock(pool_->mutex);
  pool_->free.push_back(std::move(press));
  return out;
}

struct MemberReader::Impl {
  std::filesystem::path path;
  File file;
  std::uint64_t size = 0;  // of the file, when it was opened
  std::uint64_t at = 0;    // where the next member begins
  std::string window;      // bytes of the file
  std::uint64_t window_at = 0;
  std::string room;
  Decompressor decompressor;
  std::optional<Error> error;
  unsigned false_alarms = 0;

  // Makes the window hold at least `want` bytes from `at`, or all that the file has.
  [[nodiscard]] Done fill(std::size_t want) {
    const std::uint64_t left = size - at;
    want = static_cast<std::size_t>(std::min<std::uint64_t>(want, left));
    const std::size_t skip = at >= window_at ? static_cast<std::size_t>(std::min<std::uint64_t>(at - window_at, window.size())) : 0;
    if (at >= window_at && window.size() - skip >= want && at <= window_at + window.size()) return {};
    if (at >= window_at && at <= window_at + window.size()) {
      window.erase(0, skip);
    } else {
      window.clear();
    }
    window_at = at;
    std::size_t have = window.size();
    const std::size_t goal = std::max(want, static_cast<std::size_t>(std::min<std::uint64_t>(kFirstWindow, left)));
    window.resize(goal);
    while (have < goal) {
      const ssize_t got = pread(file.get(), window.data() + have, goal - have, static_cast<off_t>(at + have));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        // Not kCasebook: what cannot be read now may be whole, and nobody may take it for torn.
        Error unreadable = casebook_failure(path, "cannot be read", errno).value();
        unreadable.kind = ErrorKind::kUnreadable;
        return tl::unexpected<Error>(std::move(unreadable));
      }
      if (got == 0) {  // the file became shorter meanwhile
        size = at + have;
        break;
      }
      have += static_cast<std::size_t>(got);
    }
    window.resize(have);
    return {};
  }
  [[nodiscard]] std::string_view rest() const { return std::string_view(window).substr(static_cast<std::size_t>(at - window_at)); }

  // A member at `at`, if a whole one stands there; nullopt if not.
  [[nodiscard]] Result<std::optional<Member>> member_here() {
    std::size_t want = 1UL << 16U;
    while (true) {
      if (Done filled = fill(want); !filled) return tl::unexpected<Error>(filled.error());
      const std::string_view bytes = rest();
      if (bytes.size() < 18 || static_cast<unsigned char>(bytes[0]) != 0x1F || static_cast<unsigned char>(bytes[1]) != 0x8B) {
        return std::nullopt;
      }
      if (room.size() < kFirstRoom) room.resize(kFirstRoom);
      while (true) {
        std::size_t in = 0;
        std::size_t out = 0;
        const libdeflate_result done =
            libdeflate_gzip_decompress_ex(decompressor.get(), bytes.data(), bytes.size(), room.data(), room.size(), &in, &out);
        if (done == LIBDEFLATE_SUCCESS) return Member{at, bytes.substr(0, in), std::string_view(room).substr(0, out)};
        if (done != LIBDEFLATE_INSUFFICIENT_SPACE) break;
        if (room.size() >= kLargestMember) return std::nullopt;
        room.resize(std::min<std::size_t>(room.size() * 2, kLargestMember));
      }
      // Corrupt, or longer than the window: which of the two, only more bytes can tell.
      if (at + bytes.size() >= size || bytes.size() > kLargestMember) return std::nullopt;
      want = bytes.size() * 2;
    }
  }
};

MemberReader::MemberReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MemberReader::MemberReader(MemberReader&&) noexcept = default;
MemberReader& MemberReader::operator=(MemberReader&&) noexcept = default;
MemberReader::~MemberReader() = default;

Result<MemberReader> MemberReader::open(const std::filesystem::path& path, std::uint64_t from) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->file = File(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!impl->file || fstat(impl->file.get(), &status) != 0) {
    return fail(ErrorKind::kCasebook, path.string(), {}, std::string("cannot be opened: ") + std::strerror(errno),
                "restore it from a copy of the casebook");
  }
  if (!S_ISREG(status.st_mode))
    return fail(ErrorKind::kCasebook, path.string(), {}, "is no file", "restore it from a copy of the casebook");
  impl->size = static_cast<std::uint64_t>(status.st_size);
  impl->at = std::min(from, impl->size);
  impl->window_at = impl->at;
  impl->decompressor.reset(libdeflate_alloc_decompressor());
  if (!impl->decompressor) throw std::bad_alloc();
  return MemberReader(std::move(impl));
}

std::optional<Result<Member>> MemberReader::next() {
  Impl& impl = *impl_;
  if (impl.error) return tl::unexpected<Error>(*impl.error);
  if (impl.at >= impl.size) return std::nullopt;
  Result<std::optional<Member>> member = impl.member_here();
  if (!member) {
    impl.error = member.error();
    return tl::unexpected<Error>(*impl.error);
  }
  if (!*member) {
    impl.error = Error{ErrorKind::kCasebook, impl.path.string(), "byte " + std::to_string(impl.at),
                       "no whole gzip member stands here: it is torn off or was changed", "restore the file from a copy of the casebook"};
    return tl::unexpected<Error>(*impl.error);
  }
  impl.at += (*member)->packed.size();
  return **member;
}

bool MemberReader::find_next() {
  Impl& impl = *impl_;
  if (!impl.error) return impl.at < impl.size;
  while (impl.at + 1 < impl.size) {
    ++impl.at;
    if (Done filled = impl.fill(kFirstWindow); !filled) {
      impl.error = std::move(filled.error());
      return false;
    }
    const std::string_view bytes = impl.rest();
    const std::size_t found = bytes.find(kMagic);
    if (found == std::string_view::npos) {
      if (bytes.size() < kMagic.size()) return false;
      impl.at += bytes.size() - kMagic.size();
      continue;
    }
    impl.at += found;
    Result<std::optional<Member>> member = impl.member_here();
    if (!member) {
      impl.error = std::move(member.error());
      return false;
    }
    if (*member) {
      impl.error.reset();
      return true;
    }
    if (++impl.false_alarms == kMostFalseAlarms) return false;
  }
  return false;
}

std::uint64_t MemberReader::offset() const { return impl_->at; }
std::uint64_t MemberReader::file_size() const { return impl_->size; }

}  // namespace litopys
