// The careful reader's file made of any bytes (sealed anew, or nothing would get past the checksum): refused, or safe to cut text with and,
// where it is small, to run.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "reader/encoder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace litopys;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.size() >= 8) bytes.resize(bytes.size() - 8);
  bytes.resize((bytes.size() + 31) / 32 * 32, '\0');
  const std::uint64_t sum = encoder_checksum(bytes);
  bytes.append(reinterpret_cast<const char*>(&sum), 8);
  const auto file = EncoderFile::from_bytes(std::move(bytes), "fuzz");
  if (!file) {
    if (file.error().problem.empty()) std::abort();
    return 0;
  }
  const Encoder encoder(*file);
  Window window;
  window.tokens = encoder.tokenizer().cut("ab no \xD0\xB9\x80 paper", std::min<std::size_t>(8, (*file)->head.positions));
  if (window.tokens.empty() || (*file)->head.hidden > 64 || (*file)->head.inner > 256 || (*file)->head.layers > 4) return 0;
  for (std::uint32_t& t : window.tokens) t = t == encoder.tokenizer().unknown() ? encoder.unknown_token() : t;
  window.words.resize(window.tokens.size(), Span{2, 4});
  window.marks = {0};
  window.judged.push_back({0, 0, 1, static_cast<std::uint32_t>(window.tokens.size())});
  if (encoder.outputs({&window, 1}).numbers.size() != (*file)->head.outputs) std::abort();
  return 0;
}
