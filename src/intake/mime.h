// Mails and their like as parts: header fields, and the leaves of the tree of bodies with their places in the bytes (RFC 5322, 2045 to
// 2047, 2231). Nothing is copied until a body is decoded.
//
//   Mime mime = read_mime(bytes);
//   for (const MimePart& part : mime.parts) if (part.media_type == "text/html") decode_body(part, bytes)...
//
// Lenient as mail readers are: bare line feeds, missing colons, boundaries that never come, addresses that are none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace litopys {

struct MimeField {
  std::string name;   // in lower case
  std::string value;  // unfolded, otherwise as it stands: not decoded
};

struct MimePart {
  std::vector<MimeField> fields;  // of the part; of a message that is one part, the message's
  std::string media_type;         // in lower case, "text/plain" where nothing is said
  std::string charset;            // as written, "" where nothing is said
  std::string coding;             // content-transfer-encoding in lower case
  std::string name;               // of a file, decoded
  std::string location;           // content-location
  bool attachment = false;        // the disposition says so
  bool flowed = false;            // text/plain; format=flowed (RFC 3676)
  bool alternative = false;       // one of several forms of the same
  bool ends = true;               // false: the boundary after it never came
  std::size_t begin = 0;          // of the body, in bytes of the whole
  std::size_t end = 0;
};

struct Mime {
  std::vector<MimeField> fields;
  std::size_t body = 0;         // where the header ends
  std::vector<MimePart> parts;  // leaves, in order; message/rfc822 is one
  bool capped = false;          // more than 10,000 parts, or nested deeper than 32

  [[nodiscard]] std::string_view field(std::string_view lower_name) const;  // the first of that name; "" where none is
};

// O(bytes), times the depth of nesting.
[[nodiscard]] Mime read_mime(std::string_view bytes);

// Header fields from the beginning of `bytes` up to the empty line; `body` becomes the byte after it. Lines that are none are passed over.
[[nodiscard]] std::vector<MimeField> read_fields(std::string_view bytes, std::size_t& body);

// Decoded bytes `from` on come from raw bytes `raw` on; byte by byte where `exact`.
struct MimePiece {
  std::size_t from = 0;
  std::size_t raw = 0;
  bool exact = true;
};

struct MimeBody {
  std::string bytes;
  std::vector<MimePiece> pieces;  // `raw` counts from the beginning of the whole message
  std::size_t damage = 0;         // bytes of base64 or quoted-printable that are neither
};

// The body of a part with its transfer coding taken off (base64, quoted-printable; others are no coding). O(body).
[[nodiscard]] MimeBody decode_body(const MimePart& part, std::string_view bytes);

// A header value as UTF-8: "=?koi8-u?B?...?=" decoded (RFC 2047), raw bytes outside ASCII as UTF-8 or else as `fallback` says.
[[nodiscard]] std::string decode_words(std::string_view value, std::string_view fallback = "windows-1251");

// The value of a parameter of a structured field ("charset" of `text/html; charset="utf-8"`), RFC 2231 pieces joined and decoded.
[[nodiscard]] std::string parameter(std::string_view value, std::string_view lower_name);

// "Name <local@host>", the first of a list.
struct MailAddress {
  std::string display, local, host;
};
[[nodiscard]] MailAddress first_address(std::string_view value);

// A page that a browser saved with its parts (RFC 2557), not a mail.
[[nodiscard]] bool looks_like_mhtml(std::string_view head);

}  // namespace litopys
