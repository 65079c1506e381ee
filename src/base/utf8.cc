// UTF-8 by tables of ranges. Fits text that is mostly ASCII or Cyrillic (two branches a letter); scripts beyond Latin, Greek and Cyrillic
// go to ICU, which is exact and slower.
#include "base/utf8.h"

#include <unicode/uchar.h>

namespace litopys::utf8 {

Decoded detail::decode_any(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return {0, 0};
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = byte(offset);
  if (first < 0x80) return {first, 1};
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  if (first >= 0xC2 && first <= 0xDF) {
    if (!follows(offset + 1)) return {kReplacement, 1};
    return {(first & 0x1F) << 6 | (byte(offset + 1) & 0x3F), 2};
  }
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;  // no surrogates
    if (!follows(offset + 1, low, high)) return {kReplacement, 1};
    if (!follows(offset + 2)) return {kReplacement, 2};
    return {(first & 0x0F) << 12 | (byte(offset + 1) & 0x3F) << 6 | (byte(offset + 2) & 0x3F), 3};
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;  // up to U+10FFFF
    if (!follows(offset + 1, low, high)) return {kReplacement, 1};
    if (!follows(offset + 2)) return {kReplacement, 2};
    if (!follows(offset + 3)) return {kReplacement, 3};
    return {(first & 0x07) << 18 | (byte(offset + 1) & 0x3F) << 12 | (byte(offset + 2) & 0x3F) << 6 | (byte(offset + 3) & 0x3F), 4};
  }
  return {kReplacement, 1};
}

Decoded decode_before(std::string_view text, std::size_t offset) {
  if (offset == 0 || offset > text.size()) return {0, 0};
  for (std::size_t back = 1; back <= 4 && back <= offset; ++back) {
    if (back < 4 && back < offset && (static_cast<unsigned char>(text[offset - back]) & 0xC0) == 0x80) continue;
    const Decoded got = decode(text.substr(0, offset), offset - back);
    if (got.size == back) return got;
    break;
  }
  return {kReplacement, 1};
}

void detail::append_any(std::string& out, char32_t value) {
  if (value < 0x10000) {
    if (value >= 0xD800 && value <= 0xDFFF) value = kReplacement;
    out += static_cast<char>(0xE0 | value >> 12);
    out += static_cast<char>(0x80 | (value >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (value & 0x3F));
  } else if (value <= 0x10FFFF) {
    out += static_cast<char>(0xF0 | value >> 18);
    out += static_cast<char>(0x80 | (value >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (value >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (value & 0x3F));
  } else {
    append(out, kReplacement);
  }
}

std::size_t first_invalid(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const Decoded got = decode(text, i);
    if (got.value == kReplacement && text.substr(i, 3) != "\xEF\xBF\xBD") return i;
    i += got.size;
  }
  return std::string_view::npos;
}

std::string repaired(std::string_view text, std::size_t* replaced) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Decoded got = decode(text, i);
    if (got.value == kReplacement && text.substr(i, 3) != "\xEF\xBF\xBD" && replaced != nullptr) ++*replaced;
    append(out, got.value);
    i += got.size;
  }
  return out;
}

char32_t detail::lower_any(char32_t c) {
  if (c == 0x490) return 0x491;  // Ґ
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

bool detail::is_letter_any(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0; }

void append_lower(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      ++i;
      continue;
    }
    const Decoded got = decode(text, i);
    append(out, lower(got.value));
    i += got.size;
  }
}

std::size_t capitals(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded got = decode(text, i);
    i += got.size;
    if (!is_letter(got.value)) continue;
    if (!is_upper(got.value)) return 0;
    ++letters;
  }
  return letters;
}

std::string lowered(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_lower(out, text);
  return out;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

std::size_t CodePointIndex::at(std::size_t byte_offset) {
  if (byte_offset < byte_) byte_ = point_ = 0;
  const std::size_t end = byte_offset < text_.size() ? byte_offset : text_.size();
  point_ += count_code_points(text_.substr(byte_, end - byte_));
  byte_ = end;
  return point_;
}

}  // namespace litopys::utf8
