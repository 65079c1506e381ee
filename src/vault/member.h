// Gzip members (RFC 1952), one a WARC record: pressing records into them, and reading them back from a file with the exact place of each.
//
//   MemberPress press;
//   std::string packed = press.pack(head, block);
//   MemberReader reader = MemberReader::open("my.case/evidence/my-00001.warc.gz").value();
//   while (auto member = reader.next()) ...
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "vault/files.h"

namespace litopys {

// Threads may share one: each call borrows a compressor of its own.
class MemberPress {
 public:
  MemberPress();
  // One member that holds head, block and tail, one behind the other. What is over 8 MB in all is pressed in pieces, without a copy of it.
  [[nodiscard]] std::string pack(std::string_view head, std::string_view block = {}, std::string_view tail = {}) const;

 private:
  struct Press;
  struct Pool;
  std::shared_ptr<Pool> pool_;
};

// The most bytes that one member may hold: an item of the largest size with its headers.
inline constexpr std::uint64_t kLargestMember = (1ULL << 30U) + (64ULL << 20U);

// A member that was read; views are valid until the reader's next call.
struct Member {
  std::uint64_t offset = 0;  // in the file
  std::string_view packed;   // as it lies there
  std::string_view bytes;    // what it holds; its CRC-32 and length were right
};

// Reads members one after the other. Memory: one member, packed and unpacked. Hostile bytes are normal; linear but for a factor of two.
class MemberReader {
 public:
  // Starts at byte `from`. Errors are kCasebook.
  [[nodiscard]] static Result<MemberReader> open(const std::filesystem::path& path, std::uint64_t from = 0);
  MemberReader(MemberReader&&) noexcept;
  MemberReader& operator=(MemberReader&&) noexcept;
  ~MemberReader();

  // The next member; nullopt at the end of the file. An Error (kCasebook; place "byte N", N where the member begins) where no whole member
  // stands: torn, corrupt, over kLargestMember; kUnreadable: the disk failed. Every further call gives it too, unless find_next() goes on.
  [[nodiscard]] std::optional<Result<Member>> next();

  // After an error: seeks the next place at which a whole member stands. False: none does. Without one: whether there is more to read.
  [[nodiscard]] bool find_next();

  // Where the next member begins, or where the error is.
  [[nodiscard]] std::uint64_t offset() const;
  [[nodiscard]] std::uint64_t file_size() const;

 private:
  struct Impl;
  explicit MemberReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace litopys
