// Bytes one after the other, wherever they come from: a file, standard input, memory, the member of an archive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace litopys {

struct ByteSource {
  // Reads up to `most` bytes and says how many; 0 is the end. Errors are kUnreadable.
  std::function<Result<std::size_t>(char* to, std::size_t most)> read;
  // Goes to a byte counted from the beginning; empty where that cannot be done (a pipe).
  std::function<bool(std::uint64_t at)> seek = {};
  std::uint64_t size = 0;  // where it is known and can be sought; else 0
};

// The first bytes of a source, which it gives again afterwards.
struct Peeked {
  std::string head;
  ByteSource source;
};
[[nodiscard]] Result<Peeked> peek(ByteSource source, std::size_t most);

// `bytes` must outlive the source.
[[nodiscard]] ByteSource source_of(std::string_view bytes);

// A regular file, opened now and closed with the last copy of the source. Errors: kUnreadable (missing, no permission, no regular file).
[[nodiscard]] Result<ByteSource> source_of_file(const std::string& path);

// Standard input; not closed.
[[nodiscard]] ByteSource source_of_input();

}  // namespace litopys
