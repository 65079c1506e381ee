// WARC 1.1 records (ISO 28500:2017; the section numbers below are those of the published text of the standard): the header, line by line.
//
//   WarcHead head("resource");
//   head.add("WARC-Target-URI", file_uri(path)).add("Content-Type", "text/html");
//   std::string packed = press.pack(head.finish(block), block, kWarcRecordEnd);
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace litopys {

inline constexpr std::string_view kWarcRecordEnd = "\r\n\r\n";  // section 4: two line ends behind every block

// "<urn:uuid:…>": the random UUID (RFC 4122, 4.4) of these bytes.
[[nodiscard]] std::string record_id_of(std::array<std::uint8_t, 16> random);
// Of new ones. Errors are those of draw_random.
[[nodiscard]] Result<std::string> new_record_id();

// "sha256:" and 64 hex digits, as section 5.8 has labelled digests.
[[nodiscard]] std::string labelled_sha256(std::string_view bytes);

// "file:///reports/a%20b.txt" (RFC 8089): what is not unreserved or "/" is percent-encoded, byte by byte. A relative name stays one below
// the root: what it was relative to is nobody's business.
[[nodiscard]] std::string file_uri(std::string_view path);

// Whether text is an absolute URI by its look: a scheme, a colon, no white space or controls.
[[nodiscard]] bool looks_like_uri(std::string_view text);

// Writes a header. A value must not hold line ends; those that it has become spaces.
class WarcHead {
 public:
  // Version line and WARC-Type.
  explicit WarcHead(std::string_view type);
  // The version line and fields of a record from elsewhere, in their order and spelling; without the fields that `leave_out` names.
  static std::optional<WarcHead> copied(std::string_view head);

  WarcHead& add(std::string_view name, std::string_view value);
  [[nodiscard]] bool has(std::string_view name) const;
  // The header with its blank line. Adds Content-Length and WARC-Block-Digest (section 5.8) where they are not there.
  [[nodiscard]] std::string finish(std::string_view block) const;

 private:
  WarcHead() = default;
  std::string text_;
};

// A header that was read: strict, for records that this program wrote.
struct WarcFields {
  std::string_view version;  // "1.1"
  std::vector<std::pair<std::string_view, std::string_view>> fields;
  std::size_t head_size = 0;  // with the blank line
  // The first of this name, letter case aside; "" where there is none.
  [[nodiscard]] std::string_view get(std::string_view name) const;
};
// The header at the beginning of `record` (section 4). Nullopt where there is none: no version line, a line without a colon, no blank line
// within a megabyte.
[[nodiscard]] std::optional<WarcFields> parse_warc_head(std::string_view record);

// The block of a record that stands alone in its member. Nullopt where Content-Length is no number or does not end two line ends before the
// end.
[[nodiscard]] std::optional<std::string_view> warc_block(std::string_view record, const WarcFields& head);

}  // namespace litopys
