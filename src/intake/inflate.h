// Decompression in steps: gzip, zlib, raw deflate (RFC 1950–1952), zstd (RFC 8878), brotli (RFC 7932).
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace litopys {

enum class Packing : unsigned char { gzip, zlib, deflate, zstd, brotli };

struct InflateStep {
  enum class State : unsigned char { going, finished, corrupt };  // going: more input or more room is needed
  std::size_t used = 0;                                           // bytes of the input
  std::size_t made = 0;                                           // bytes of the output
  State state = State::going;
};

// One compressed stream: a gzip member, a zstd frame. Check sums are verified where the format has them. Holds at most 128 MB (the largest
// zstd window); zstd frames that ask for more are corrupt.
class Inflater {
 public:
  explicit Inflater(Packing packing);
  Inflater(Inflater&&) noexcept;
  Inflater& operator=(Inflater&&) noexcept;
  ~Inflater();

  // For the next stream of the same packing.
  void reset();
  // zstd only: for all frames from now on. False where it is no dictionary.
  bool load_dictionary(std::string_view dictionary);

  // Goes on with `in`, writes up to `room` bytes. used == made == 0 and going: needs more of both or the stream is cut. After finished the
  // rest of `in` belongs to what follows.
  [[nodiscard]] InflateStep step(std::string_view in, char* out, std::size_t room);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace litopys
