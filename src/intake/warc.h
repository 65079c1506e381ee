// WARC 1.0 and 1.1 (ISO 28500:2017), plain, .gz (a member a record, or one for all) and .zst, told apart by content; any size in constant
// memory.
//
//   auto reader = WarcReader::open("crawl.warc.gz").value();
//   while (auto record = reader.next()) {
//     if (!*record) report((*record)->error());                        // damage; the next good record follows
//     else if ((*record)->held) use((*record)->block);                 // valid until the next call
//     else reader.stream([&](std::string_view piece) { … });           // a large one, piece by piece
//   }
//
// Damage is an Error with place ("record 112, byte 48211") and length; reading goes on at the next good record. A record that the file cuts
// short is given after its error, with what there is of it (`missing` > 0). What the length says rules: blank lines in a block end nothing.
// Where a length lies or there is none, the next record's first line is sought.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/source.h"

namespace litopys {

enum class WarcType : unsigned char { other, warcinfo, response, resource, request, metadata, revisit, conversion, continuation };

// As written, without white space around the value; a folded value keeps its line ends.
struct WarcField {
  std::string_view name, value;
};

// Views are valid until the reader's next call.
struct WarcRecord {
  std::uint64_t number = 0;    // from 1, in the file
  std::uint64_t offset = 0;    // in the file as it lies there: of the record, or of the compressed member that it begins in
  std::uint64_t length = 0;    // in the file: of the record with the blank lines after it, or of its member; 0 where it shares a member
  std::uint64_t position = 0;  // of the record among the decompressed bytes; `offset` of a plain file
  std::string_view head;       // the version line, the fields and the blank line
  std::string_view version;    // "1.0", "1.1"
  std::span<const WarcField> fields;
  WarcType type = WarcType::other;
  std::string_view id, date, target_uri, content_type, block_digest, payload_digest;  // the fields that everybody asks for; may be empty
  std::uint64_t content_length = 0;                                                   // as the header promises
  std::uint64_t missing = 0;  // bytes of the block that the header promises and the file does not have
  bool held = true;           // false: larger than WarcLimits::largest_block, see WarcReader::stream
  std::string_view block;     // the whole block (what there is of it) where `held`

  // The first field of this name, letter case aside; "" where there is none.
  [[nodiscard]] std::string_view field(std::string_view name) const;
};

struct WarcLimits {
  std::uint64_t largest_block = 32ULL << 20U;  // held in memory at once
  double largest_ratio = 250;                  // of a compressed member, decompressed to compressed ...
  std::uint64_t ratio_from = 256ULL << 20U;    // ... once it has given so many bytes
};

class WarcReader {
 public:
  // `name` names the file in errors. Errors: kUnreadable. That bytes are no WARC is an error of next().
  [[nodiscard]] static Result<WarcReader> open(const std::string& path, const WarcLimits& limits = {});
  WarcReader(ByteSource source, std::string name, const WarcLimits& limits = {});
  WarcReader(WarcReader&&) noexcept;
  WarcReader& operator=(WarcReader&&) noexcept;
  ~WarcReader();

  // Starts at the first record that begins at or after byte `at` of the file, found by its look; for reading one large file in parts, or
  // one record at a known offset. Before the first next(); needs a source that seeks. False where it cannot.
  bool start_at(std::uint64_t at);

  // The next record, or what is wrong at the next place (kMalformed; kLimit for a bomb and kUnreadable for a read error, which end it);
  // nullopt at the end. What of a record was not streamed is passed over.
  [[nodiscard]] std::optional<Result<WarcRecord>> next();

  // The block of the record that next() gave last, held or not, in pieces, once. `sink` gives false to stop. The Error is damage within the
  // block (short, corrupt); what came before was given. After it length() knows the record's length.
  [[nodiscard]] Result<std::uint64_t> stream(const std::function<bool(std::string_view)>& sink);

  // Offset in the file, behind what has been read: where the next record, or its member, begins.
  [[nodiscard]] std::uint64_t offset() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Whether bytes begin as a WARC does (plain only).
[[nodiscard]] inline bool looks_like_warc(std::string_view bytes) {
  // An editor's byte order mark and blank lines may stand before the first record; the reader passes over them.
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t begin = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
  const std::string_view at = bytes.substr(begin);
  return at.starts_with("WARC/1.") || at.starts_with("WARC/0.");
}

}  // namespace litopys
