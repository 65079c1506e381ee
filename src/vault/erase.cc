#include "vault/erase.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <vector>

#include "vault/evidence_reader.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

// Copies a segment but for some ranges, which are in order, to a file beside it and puts that in its place.
Done write_without(const fs::path& path, const std::vector<EvidencePlace>& ranges) {
  const File from(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from) return casebook_failure(path, "cannot be opened", errno);
  fs::path beside = path;
  beside += ".new";
  const auto copy = [&]() -> Done {
    const File to(open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!to) return casebook_failure(beside, "cannot be created", errno);
    std::vector<char> room(1U << 20U);
    std::uint64_t at = 0;
    std::size_t next = 0;
    while (true) {
      std::uint64_t most = room.size();
      if (next < ranges.size()) {
        if (at >= ranges[next].offset) {
          at = ranges[next].offset + ranges[next].length;
          ++next;
          continue;
        }
        most = std::min<std::uint64_t>(most, ranges[next].offset - at);
      }
      const ssize_t got = pread(from.get(), room.data(), most, static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return casebook_failure(path, "cannot be read", errno);
      if (got == 0) break;
      if (Done wrote = write_all(to.get(), {room.data(), static_cast<std::size_t>(got)}, beside); !wrote) return wrote;
      at += static_cast<std::uint64_t>(got);
    }
    if (fsync(to.get()) != 0) return casebook_failure(beside, "cannot be made durable", errno);
    return {};
  };
  if (Done copied = copy(); !copied) {
    unlink(beside.c_str());
    return copied;
  }
  if (rename(beside.c_str(), path.c_str()) != 0) return casebook_failure(path, "cannot be put in place", errno);
  return sync_folder(path.parent_path());
}

}  // namespace

Result<Erased> erase_records(const fs::path& evidence, LogReader& log, const std::set<std::uint64_t>& entries) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  std::set<MerkleHash> commitments;
  for (const std::uint64_t index : entries) {
    const Result<LogEntry> entry = log.entry(index);
    if (!entry) return failed(entry.error());
    commitments.insert(entry->commitment);
  }
  const Result<std::vector<EvidenceSegment>> segments = evidence_segments(evidence);
  if (!segments) return failed(segments.error());
  Erased out;
  std::map<std::uint32_t, std::vector<EvidencePlace>> ranges;
  EvidenceReader reader(evidence, {});
  while (auto act = reader.next()) {
    if (!*act) {
      if (!reader.in_tail()) return failed(act->error());
      if (!reader.find_next()) break;  // an end that a crash tore is cut by whoever opens next
      continue;
    }
    if (!commitments.contains((*act)->commitment())) continue;
    ++out.records;
    out.bytes += (*act)->place.length;
    ranges[(*act)->place.segment].push_back((*act)->place);
  }
  for (const auto& [number, places] : ranges) {
    if (Done wrote = write_without(evidence / (*segments)[number - 1].name, places); !wrote) return failed(wrote.error());
  }
  return out;
}

}  // namespace litopys
