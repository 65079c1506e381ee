// Appends acts to the segments of a casebook's evidence: NAME-00001.warc.gz and so on, about a gigabyte each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "vault/evidence.h"
#include "vault/files.h"

namespace litopys {

// A segment file: its number from 1, and its name.
struct EvidenceSegment {
  std::uint32_t number = 0;
  std::string name;
};

// The segments of an evidence folder by number. Other names are given to `stranger`. Errors (kCasebook): the folder cannot be listed, a
// number twice or missing in between.
[[nodiscard]] Result<std::vector<EvidenceSegment>> evidence_segments(const std::filesystem::path& folder,
                                                                     const std::function<void(const std::string& name)>& stranger = {});

// "my-00001.warc.gz"
[[nodiscard]] std::string segment_name(const std::string& name, std::uint32_t number);

class EvidenceWriter {
 public:
  static constexpr std::uint64_t kSegmentSize = 1ULL << 30U;

  // Opens the last segment, or none where there is none; touches nothing. `name` is for new segments, `settings` for their warcinfo.
  [[nodiscard]] static Result<EvidenceWriter> open(const std::filesystem::path& folder, std::string name, std::string settings,
                                                   std::uint64_t segment_size = kSegmentSize);

  // Begins a segment where the next act needs one: where there is none, the last one is full, or holds nothing but a warcinfo, which
  // anybody may have put there. From then on warcinfo() is that of the next append. Durable. Errors as append.
  [[nodiscard]] Done ready();
  // Writes the acts one behind the other, into the segment that ready() gives. Durable when it returns; gives the place of each.
  // After an error the file is cut back to what it was, as far as the disk allows, and every further call fails: open again.
  [[nodiscard]] Result<std::vector<EvidencePlace>> append(std::span<const PackedAct> acts);

  // SHA-256 of the first member of the segment that the next append writes to, once ready() was called; before, that of the last one.
  [[nodiscard]] const MerkleHash& warcinfo() const { return warcinfo_; }
  // Where the next act goes (or would, were the segment not full).
  [[nodiscard]] EvidenceEnd end() const { return {number_, size_}; }
  // Cuts what stands behind `end` in the last segment (never a whole act that was logged): what a crash tore. Durable.
  [[nodiscard]] Done cut(EvidenceEnd end);

 private:
  [[nodiscard]] Done begin_segment(const std::string& time);
  [[nodiscard]] Done open_last(const EvidenceSegment& segment);

  std::filesystem::path folder_;
  std::string name_, settings_;
  std::uint64_t segment_size_ = kSegmentSize;
  EvidencePress press_;
  std::uint32_t number_ = 0;
  std::filesystem::path path_;
  File file_;
  std::uint64_t size_ = 0;
  MerkleHash warcinfo_{};
  std::uint64_t warcinfo_size_ = 0;
  bool begun_here_ = false;  // this writer began the segment
  std::optional<Error> broken_;
};

// UTC now, ISO 8601 with milliseconds: "2026-11-25T13:43:22.123Z".
[[nodiscard]] std::string timestamp();

}  // namespace litopys
