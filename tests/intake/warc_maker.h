// Writes WARC for tests: records with right lengths unless told otherwise, gzip members and zstd frames.
#pragma once

#include <libdeflate.h>
#include <zstd.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace litopys::testing {

struct MadeRecord {
  std::string type = "response";
  std::string block = {};
  std::string uri = "https://example.org/";
  std::vector<std::pair<std::string, std::string>> more = {};
  std::optional<std::string> length = {};  // instead of the block's own
  std::string content_type = "application/http; msgtype=response";
};

inline std::string warc_record(const MadeRecord& made, unsigned number = 1, std::string_view version = "WARC/1.1") {
  std::string id = "00000000000" + std::to_string(number);
  id = id.substr(id.size() - 12);
  std::string out = std::string(version) + "\r\nWARC-Type: " + made.type + "\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-" + id +
                    ">\r\nWARC-Date: 2024-07-02T10:00:00Z\r\n";
  if (!made.uri.empty()) out += "WARC-Target-URI: " + made.uri + "\r\n";
  for (const auto& [name, value] : made.more) out += name + ": " + value + "\r\n";
  out +=
      "Content-Type: " + made.content_type + "\r\nContent-Length: " + made.length.value_or(std::to_string(made.block.size())) + "\r\n\r\n";
  return out + made.block + "\r\n\r\n";
}

inline std::string http_page(std::string_view body, std::string_view type = "text/html; charset=utf-8", std::string_view more = "",
                             std::string_view status = "200 OK") {
  return "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: " + std::string(type) + "\r\n" + std::string(more) + "\r\n" +
         std::string(body);
}

inline std::string gzip(std::string_view bytes, int level = 6) {
  libdeflate_compressor* const c = libdeflate_alloc_compressor(level);
  std::string out(libdeflate_gzip_compress_bound(c, bytes.size()), '\0');
  out.resize(libdeflate_gzip_compress(c, bytes.data(), bytes.size(), out.data(), out.size()));
  libdeflate_free_compressor(c);
  return out;
}

inline std::string zlib(std::string_view bytes) {
  libdeflate_compressor* const c = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_zlib_compress_bound(c, bytes.size()), '\0');
  out.resize(libdeflate_zlib_compress(c, bytes.data(), bytes.size(), out.data(), out.size()));
  libdeflate_free_compressor(c);
  return out;
}

inline std::string raw_deflate(std::string_view bytes) {
  libdeflate_compressor* const c = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_deflate_compress_bound(c, bytes.size()), '\0');
  out.resize(libdeflate_deflate_compress(c, bytes.data(), bytes.size(), out.data(), out.size()));
  libdeflate_free_compressor(c);
  return out;
}

inline std::string zstd(std::string_view bytes, std::string_view dictionary = {}) {
  ZSTD_CCtx* const c = ZSTD_createCCtx();
  if (!dictionary.empty()) ZSTD_CCtx_loadDictionary(c, dictionary.data(), dictionary.size());
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress2(c, out.data(), out.size(), bytes.data(), bytes.size()));
  ZSTD_freeCCtx(c);
  return out;
}

// Bytes that compress badly, the same every time.
inline std::string noise(std::size_t size, std::uint64_t seed = 1) {
  std::string out(size, '\0');
  for (char& c : out) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    c = static_cast<char>(seed >> 56U);
  }
  return out;
}

}  // namespace litopys::testing
