// What bytes are when they do not say: letter statistics, zero bytes, and the traces of a decoding that went wrong before. Internal to
// page/decode.
#pragma once

#include <unicode/ucnv.h>

#include <memory>
#include <string>
#include <string_view>

namespace litopys::detail {

inline constexpr std::size_t kLook = 1 << 16;  // bytes: enough letters to judge an encoding by

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
