// What bytes are when they do not say: letter statistics, zero bytes, and the traces of a decoding that went wrong before. Internal to
// page/decode.
#pragma once

#include <unicode/ucnv.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace litopys::detail {

inline constexpr std::size_t kLook = 1 << 16;  // bytes: enough letters to judge an encoding by

// The first byte outside ASCII from `i` on, or the end; many at a time.
[[nodiscard]] inline std::size_t skip_ascii(std::string_view bytes, std::size_t i) {
#if defined(__SSE2__)
  while (i + 64 <= bytes.size()) {
    const auto* at = reinterpret_cast<const __m128i*>(bytes.data() + i);
    const __m128i all = _mm_or_si128(_mm_or_si128(_mm_loadu_si128(at), _mm_loadu_si128(at + 1)),
                                     _mm_or_si128(_mm_loadu_si128(at + 2), _mm_loadu_si128(at + 3)));
    if (_mm_movemask_epi8(all) != 0) break;
    i += 64;
  }
#endif
  while (i + 8 <= bytes.size()) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + i, 8);
    if ((eight & 0x8080808080808080U) != 0) break;
    i += 8;
  }
  while (i < bytes.size() && static_cast<unsigned char>(bytes[i]) < 0x80) ++i;
  return i;
}

// ASCII letters in lower case, all else as it is.
[[nodiscard]] inline std::string lowered_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c + (static_cast<unsigned char>(c - 'A') < 26 ? 32 : 0));
  return out;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// ICU's converter for one of our names of encodings, or for any that ICU knows; null otherwise.
[[nodiscard]] Converter open_converter(const std::string& encoding);

// "UTF-16LE", "UTF-16BE" or "": by the zero bytes alone.
[[nodiscard]] std::string utf16_by_bytes(std::string_view bytes);

// The likeliest of windows-1251, KOI8-R, KOI8-U, ISO-8859-5, CP866 and windows-1252 for bytes that are no UTF-8.
[[nodiscard]] std::string guessed_encoding(std::string_view bytes);

// The encoding as which UTF-8 was once misread before `text` was saved ("KOI8-R", "windows-1251", "windows-1252"), "" for sound text.
[[nodiscard]] std::string mojibake_of(std::string_view text);

}  // namespace litopys::detail
