// Reads acts back, in order or one by its place, and gives what the custody log must say of them.
//
//   EvidenceReader reader("my.case/evidence", {});
//   while (auto act = reader.next()) ...
//
// Everything is checked that the files themselves can tell: members whole, one record a member, lengths, digests of block and item.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "vault/evidence.h"
#include "vault/evidence_writer.h"

namespace litopys {

struct EvidenceAct {
  EvidencePlace place;
  MerkleHash digest{};    // of its members
  MerkleHash warcinfo{};  // of its segment's first member
  Salt salt{};
  std::string record;                     // WARC-Record-ID
  std::optional<ItemFacts> facts;         // an item, or a sighting of one (facts->again)
  std::string act;                        // of a note: "withdrawn", …
  std::string bytes;                      // of an item that is kept here: its bytes, if they are wanted; of a note: its JSON
  std::optional<std::string> transcript;  // what was read in the item's pictures, if that is wanted

  [[nodiscard]] Opening opening() const { return {salt, evidence_concerns(digest, facts ? facts->sha256 : std::string_view(), warcinfo)}; }
  [[nodiscard]] MerkleHash commitment() const { return litopys::commitment(salt, opening().concerns); }
  // The item as it was read the first time; of one that was seen again, all but its bytes.
  [[nodiscard]] Item item() &&;
};

class EvidenceReader {
 public:
  // Whether an item's bytes are given, or only checked.
  enum class Items : unsigned char { with_bytes, checked };
  // Starts at an act's beginning that was given as EvidenceEnd; {}: at the first.
  EvidenceReader(std::filesystem::path folder, EvidenceEnd from, Items items = Items::with_bytes);
  ~EvidenceReader();
  EvidenceReader(EvidenceReader&&) noexcept;

  // The next act; nullopt at the end. An Error (kCasebook; item is the file's name below the folder's parent, place "byte N") where damage
  // is met; in_tail() tells whether it may be what a crash leaves. After an error: find_next() or the end.
  [[nodiscard]] std::optional<Result<EvidenceAct>> next();
  // After an error: goes on with the next whole act behind it, in the next segment at last. False: none.
  [[nodiscard]] bool find_next();
  // After an error: the damage lies in the last segment, and the disk gave what stands there. What a crash leaves looks so; only the log
  // can tell (ActWalk::torn): behind its last entry a disk that lost its power may have kept any part of what was being written.
  [[nodiscard]] bool in_tail() const;
  // Behind the last act that was given. A segment without acts counts as begun: {n, size of its warcinfo}.
  [[nodiscard]] EvidenceEnd end() const;
  // Packed bytes of the members read so far.
  [[nodiscard]] std::uint64_t bytes_read() const;
  // Records read so far, warcinfo and conversions too.
  [[nodiscard]] std::uint64_t records_read() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The act at a place. Errors as above; also where no act of that length stands there.
[[nodiscard]] Result<EvidenceAct> read_evidence(const std::filesystem::path& folder, const EvidencePlace& place);

}  // namespace litopys
