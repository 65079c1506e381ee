// An item: bytes as they were taken, and where they came from. Nothing here interprets the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace litopys {

// Where an item came from and what its container says of it; every part may be empty. What a container states (a feed's date, a message's
// author) is a statement of that container: the page stage weighs it as evidence, it overrules nothing by itself.
struct Origin {
  std::string container;     // the file that holds it, as named; "" for a file by itself. Nested: "outer.zip!inner.warc.gz"
  std::string member;        // its name there: "folder/x.html", "<urn:uuid:…>", "message 17", "row 12"
  std::uint64_t offset = 0;  // of the (compressed) member in the innermost container, in bytes
  std::uint64_t length = 0;  // of the same; 0 where it is not known
  std::string format;        // what the bytes are where they do not say it: "telegram-message", "feed-item", "csv-row"; "" for a file's own
  std::string url;           // where a crawler, feed or mail had it from
  std::string captured;      // WARC-Date: UTC, ISO 8601
  std::string digest;        // the payload digest that the container states, "sha256:…" or "sha1:…", as written
  std::string media_type;    // as the transport declared it, without parameters
  std::string charset;       // as the transport declared it
  std::string title;
  std::string outlet;  // the feed's <source>, the channel's name
  std::string author;
  std::string published;       // ISO 8601 as the container has it
  std::string published_from;  // which field gave it: "telegram date_unixtime", "rss pubDate", "mail Date"
  std::string forwarded_from;  // the channel that a forwarded message names

  [[nodiscard]] bool operator==(const Origin&) const = default;
};

struct Item {
  std::string id;     // the file's stem ("en-a-07"); "stdin" for standard input; "export-17" for a member of a container
  std::string path;   // as the user named it, or the path found under a folder that the user named; of a member "CONTAINER!MEMBER"
  std::string bytes;  // exactly as read; of a member exactly its (decompressed) bytes in the container
  Origin origin = {};
  // Of an item that is one record of a WARC: that record as it stood, header and block, uncompressed, without the line ends after the
  // block; `bytes` is then its payload with transfer and content coding taken off. The vault keeps the record, so that its headers stay.
  // Empty for everything else.
  std::string warc_record = {};
  // What was read in its pictures once (page/ocr.h), kept beside it in a casebook: it is then read from this, the same by every reader.
  std::optional<std::string> transcript = {};
  bool as_kept = false;  // it comes from a casebook, or goes into one: pictures without a transcript are not read
};

}  // namespace litopys
