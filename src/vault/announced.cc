#include "vault/announced.h"

#include <utility>

#include "vault/act_walk.h"
#include "vault/checkpoint.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

constexpr const char* kAnnounced = "announced";

std::string announced_origin(const std::string& log) { return log + "/" + kAnnounced; }

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
  Announcement out{text->size, text->root, {}};
  for (const std::string& line : text->extensions) {
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
}

bool AnnouncedActs::take(const MerkleHash& commitment) {
  if (next_ >= left_.size() || left_[next_] != commitment) return false;
  ++next_;
  return true;
}

}  // namespace litopys
