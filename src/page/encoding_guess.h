// What bytes are when they do not say, or say what is not so: letter statistics and zero bytes. Internal to page/decode.
#pragma once

#include <unicode/ucnv.h>

#include <array>
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

// "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" or "": by zero bytes, or by the byte that every Cyrillic letter has.
[[nodiscard]] std::string wide_by_bytes(std::string_view bytes);

// Code points by byte, U+FFFD where there is none.
using CodePage = std::array<char32_t, 256>;

// Of those named below; null for any other.
[[nodiscard]] const CodePage* code_page(std::string_view encoding);

// How much text looks like Ukrainian or Russian: the mean over letter pairs, 6 to 7 for real text, below 4 for text misread, -100 without a
// letter of ours.
[[nodiscard]] double letter_score(std::string_view sample, const CodePage& page);
[[nodiscard]] double letter_score(std::u32string_view sample);

// The likeliest of windows-1251, KOI8-R, KOI8-U, ISO-8859-5, CP866, CP1125, x-mac-cyrillic and windows-1252 for bytes that are no UTF-8.
[[nodiscard]] std::string guessed_encoding(std::string_view bytes);

// `declared`, or another of those where the declared one gives no words and that one does.
[[nodiscard]] std::string encoding_behind(std::string_view bytes, const std::string& declared);

}  // namespace litopys::detail
