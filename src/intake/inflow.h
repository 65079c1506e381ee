// The decompressed bytes of a source as a window that moves on: what a reader of records stands on. Plain bytes, gzip members and zstd
// frames (also with a dictionary in front, as WARC.zst has it) look the same from here, but for where members begin.
//
// Memory: the window (as long as the reader lets it grow), at most 8 MB of compressed bytes and 16 MB of one member at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/source.h"

namespace litopys {

// What is wrong in the compressed bytes.
struct InflowDamage {
  ErrorKind kind = ErrorKind::kMalformed;
  std::uint64_t offset = 0;  // in the source
  std::uint64_t length = 0;  // up to the next good member, or to the end
  std::string what;
  bool cut = false;   // the source ends within the member; what could be decompressed was given before
  bool last = false;  // nothing follows
};

// A compressed member, seen from both sides. Plain bytes are in none.
struct InflowMember {
  std::uint64_t position = 0;      // of its first decompressed byte
  std::uint64_t offset = 0;        // in the source
  std::uint64_t end_position = 0;  // 0 while it goes on
  std::uint64_t end_offset = 0;
};

class Inflow {
 public:
  enum class Step : unsigned char { more, damage, end };

  // `begins`: how the decompressed bytes of a member should begin, for finding the next one after damage; empty: as they like.
  // A member that gives more than `largest_ratio` times its bytes, and more than `ratio_from`, is a bomb and ends the reading.
  Inflow(ByteSource source, std::string_view begins, double largest_ratio, std::uint64_t ratio_from);
  Inflow(Inflow&&) noexcept;
  Inflow& operator=(Inflow&&) noexcept;
  ~Inflow();

  // Goes on at the first member that begins at or after `at` (plain: at byte `at`). The window is empty then. False: cannot seek.
  bool start_at(std::uint64_t at);

  // What is ready; valid until more() or drop().
  [[nodiscard]] std::string_view view() const;
  void drop(std::size_t bytes);
  // Adds to view(); damage: see damage(), then go on (view() is as it was, but for a `cut` member).
  [[nodiscard]] Step more();
  [[nodiscard]] const InflowDamage& damage() const;

  [[nodiscard]] bool plain() const;              // known after the first more() or start_at()
  [[nodiscard]] std::uint64_t position() const;  // of view()'s first byte among all decompressed bytes since the start
  [[nodiscard]] std::uint64_t offset() const;    // in the source: of view()'s first byte (plain), behind the last member begun (packed)
  // The member that the byte at `position` (in or just behind the window) is in; nullptr for plain bytes.
  [[nodiscard]] const InflowMember* member_of(std::uint64_t position) const;
  // The first member that begins after `position` within the window; nullptr where none does.
  [[nodiscard]] const InflowMember* member_after(std::uint64_t position) const;
  // Up to `most` bytes that stand at byte `at` of a plain source, fewer at its end; nullopt where it cannot be sought. The window stays.
  [[nodiscard]] std::optional<std::string> bytes_at(std::uint64_t at, std::size_t most);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace litopys
