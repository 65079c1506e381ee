// What the tests of this folder share: the repository's codebook, encoders, a reader.
#pragma once

#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "codebook/codebook.h"
#include "page/reader.h"

namespace litopys::sample {

inline const Codebook& book() {
  static const Codebook loaded = [] {
    auto got = load_codebook(std::filesystem::path(LITOPYS_SOURCE_DIR) / "codebooks/passportization");
    if (!got) throw std::runtime_error(got.error().line());
    return std::move(*got);
  }();
  return loaded;
}

inline const PageReader& reader() {
  static const PageReader made = [] {
    auto model = read_page_model(std::filesystem::path(LITOPYS_SOURCE_DIR) / "data/page/page.model");
    if (!model) throw std::runtime_error(model.error().line());
    auto got = PageReader::make(book(), std::make_shared<const PageModel>(*std::move(model)));
    if (!got) throw std::runtime_error(got.error().line());
    return std::move(*got);
  }();
  return made;
}

inline Result<Document> read(std::string bytes, std::string name = "sample.txt") {
  return reader().read(Item{"sample", std::move(name), std::move(bytes)});
}

// UTF-8 as bytes of another encoding.
inline std::string encoded(std::string_view text, const char* encoding) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(encoding, &error);
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::string out(static_cast<std::size_t>(units.length()) * 4 + 8, '\0');
  const std::int32_t size =
      ucnv_fromUChars(converter, out.data(), static_cast<std::int32_t>(out.size()), units.getBuffer(), units.length(), &error);
  ucnv_close(converter);
  if (U_FAILURE(error)) throw std::runtime_error(u_errorName(error));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

// Base64 of bytes, in lines of `width` letters; 0 is one line.
inline std::string base64(std::string_view bytes, std::size_t width) {
  static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string letters;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8U | (at + k < bytes.size() ? static_cast<unsigned char>(bytes[at + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) letters += at + k > bytes.size() ? '=' : kLetters[group >> (18 - 6 * k) & 63U];
  }
  if (width == 0) return letters;
  std::string out;
  for (std::size_t at = 0; at < letters.size(); at += width) out += letters.substr(at, width) + '\n';
  return out;
}

// A file of the folder of cases beside the repository; "" where the folder is absent.
inline std::filesystem::path case_file(std::string_view name) {
  return std::filesystem::path(LITOPYS_SOURCE_DIR) / "../shared/cases/inputs" / name;
}

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The lines of one kind, joined by " / ".
inline std::string lines_of_kind(const Document& document, LineKind kind) {
  std::string out;
  for (const Line& line : document.lines) {
    if (line.kind != kind || line.span.empty()) continue;
    out += (out.empty() ? "" : " / ") + std::string(line.span.of(document.text));
  }
  return out;
}

}  // namespace litopys::sample
