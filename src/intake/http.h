// HTTP/1 responses as archives keep them (RFC 9112), and their bodies as the page was (RFC 9110, section 8.4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace litopys {

// Views into the block that was parsed.
struct HttpResponse {
  int status = 0;
  std::string_view head;               // the status line, the fields and the blank line; behind those of interim responses
  std::string_view body;               // all behind it, as sent
  std::string_view media_type;         // of Content-Type, without parameters
  std::string_view charset;            // of Content-Type, without quotes; "" where it names none
  std::string_view content_encoding;   // "gzip", "br, gzip"
  std::string_view transfer_encoding;  // "chunked"
  std::string_view location, last_modified;
};

// nullopt where the block does not begin with a status line. A head without its blank line ends where the block does. O(head).
[[nodiscard]] std::optional<HttpResponse> parse_response(std::string_view block);

// The parts of a Content-Type value.
struct ContentType {
  std::string_view media_type, charset;
};
[[nodiscard]] ContentType parse_content_type(std::string_view value);

// A body as the page was. Where nothing was to be undone, `bytes` are the body's own and `own` is empty.
struct HttpBody {
  std::string_view bytes;  // into `own`, or into the response's block
  std::string own;
  std::vector<std::string> notes;  // "the chunked body is cut short", "is not gzip although the header says so; taken as it is"
  bool too_large = false;          // a limit stopped it; `bytes` is what came before

  HttpBody() = default;
  HttpBody(HttpBody&& other) noexcept { *this = std::move(other); }
  HttpBody& operator=(HttpBody&& other) noexcept;
  HttpBody(const HttpBody&) = delete;
  HttpBody& operator=(const HttpBody&) = delete;
  ~HttpBody() = default;
};

// Undoes chunks and gzip, deflate (zlib's or raw), br and zstd, in any order that the fields name. Archives keep bodies decoded under the
// old fields, too: what is not what the field says is taken as it is, with a note. What is cut or corrupt gives what could be decoded, with
// a note. `most`: bytes at most.
[[nodiscard]] HttpBody decode_body(const HttpResponse& response, std::uint64_t most);

// A body without its chunks only; nullopt where it is not chunked.
[[nodiscard]] std::optional<std::string> dechunked(const HttpResponse& response);

}  // namespace litopys
