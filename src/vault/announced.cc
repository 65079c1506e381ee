#include "vault/announced.h"

#include <limits>
#include <utility>

#include "vault/checkpoint.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

constexpr const char* kAnnounced = "announced";
constexpr std::string_view kEvidenceLine = "evidence ";  // begins no base64 of 32 bytes, which has no space

std::string announced_origin(const std::string& log) { return log + "/" + kAnnounced; }

std::string evidence_line(const EvidenceEnd& end) {
  return std::string(kEvidenceLine) + std::to_string(end.segment) + " " + std::to_string(end.offset);
}

std::optional<EvidenceEnd> end_of_evidence_line(std::string_view line) {
  line.remove_prefix(kEvidenceLine.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::optional<std::uint64_t> segment = plain_size(line.substr(0, space));
  const std::optional<std::uint64_t> offset = plain_size(line.substr(space + 1));
  if (!segment || !offset || *segment > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return EvidenceEnd{static_cast<std::uint32_t>(*segment), *offset};
}

// How many of the announced acts the log has, right behind what they were announced for. Nullopt: it is of another story.
std::optional<std::size_t> logged_of(const Announcement& announcement, LogReader& log) {
  if (announcement.size > log.size()) return std::nullopt;
  const Result<MerkleHash> root = log.root(announcement.size);
  if (!root || *root != announcement.root) return std::nullopt;
  std::size_t out = 0;
  for (std::uint64_t i = announcement.size; i < log.size(); ++i) {
    const Result<LogEntry> entry = log.entry(i);
    if (!entry) return std::nullopt;
    if (!has_evidence(entry->act)) continue;
    if (out >= announcement.commitments.size() || entry->commitment != announcement.commitments[out]) return std::nullopt;
    ++out;
  }
  return out;
}

}  // namespace

std::filesystem::path announced_path(const std::filesystem::path& casebook) { return casebook / kAnnounced; }

Result<std::string> sign_announcement(const Announcement& announcement, const NoteSigner& signer) {
  Checkpoint text{announced_origin(signer.verifier().name()), announcement.size, announcement.root, {}};
  if (announcement.end) text.extensions.push_back(evidence_line(*announcement.end));
  for (const MerkleHash& commitment : announcement.commitments) text.extensions.push_back(base64_of(commitment));
  return signer.sign(checkpoint_text(text));
}

Result<std::optional<Announcement>> load_announcement(const std::filesystem::path& path, const NoteVerifier& verifier) {
  const auto refuse = [&](const std::string& problem) { return fail(ErrorKind::kCasebook, path.string(), {}, problem); };
  const Result<std::optional<std::string>> bytes = find_small_file(path, kLargestNote);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  if (!*bytes) return std::nullopt;
  const Result<Note> note = open_note(**bytes, verifier);
  if (!note) return refuse("is no announcement that the key of the log signed: " + note.error().problem);
  Result<Checkpoint> text = parse_checkpoint_text(note->text);
  if (!text || text->origin != announced_origin(verifier.name())) return refuse("is another note than an announcement");
  Announcement out{text->size, text->root, std::nullopt, {}};
  for (const std::string& line : text->extensions) {
    if (&line == &text->extensions.front() && line.starts_with(kEvidenceLine)) {
      out.end = end_of_evidence_line(line);
      if (!out.end) return refuse("names no place in the evidence: " + line);
      continue;
    }
    const std::optional<MerkleHash> commitment = hash_from_base64(line);
    if (!commitment) return refuse("announces something that is no commitment");
    out.commitments.push_back(*commitment);
  }
  return out;
}

AnnouncedActs::AnnouncedActs(const Result<std::optional<Announcement>>& announcement, LogReader& log) {
  if (!announcement) {
    problem_ = announcement.error().item + " " + announcement.error().problem;
    return;
  }
  if (!*announcement) {
    problem_ = "nothing was announced";
    return;
  }
  problem_ = "what was announced last is something else";
  const std::optional<std::size_t> logged = logged_of(**announcement, log);
  if (!logged) return;
  left_ = (*announcement)->commitments;
  next_ = *logged;
  if ((*announcement)->end) covered_ = ActEnd{*(*announcement)->end, (*announcement)->size};
}

bool AnnouncedActs::take(const MerkleHash& commitment) {
  if (!is_next(commitment)) return false;
  ++next_;
  return true;
}

}  // namespace litopys
