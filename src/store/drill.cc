// The attacks on evidence, log, record and time-stamps; those on what people said are in store/drill_said.cc.
#include "store/drill.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "store/casebook.h"
#include "store/drill_authority.h"
#include "store/drill_said.h"
#include "store/verify.h"
#include "vault/act_walk.h"
#include "vault/evidence_writer.h"
#include "vault/keys.h"
#include "vault/stamp.h"
#include "vault/warc_writer.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFew = "the casebook has too few records";

DrillProblem flip_evidence(const DrillCopy& copy) {
  const auto all = copy.pieces(copy.first_segment());
  if (all.size() < 2) return kFew;
  return DrillCopy::flip(copy.first_segment(), all[0].packed.size() + all[1].packed.size() / 2);
}
DrillProblem swap_records(const DrillCopy& copy) {
  auto all = copy.pieces(copy.first_segment());
  if (all.size() < 3) return kFew;
  std::swap(all[1], all[2]);
  return copy.put(copy.first_segment(), all);
}
DrillProblem reverse_records(const DrillCopy& copy) {
  auto all = copy.pieces(copy.first_segment());
  if (all.size() < 3) return kFew;
  std::reverse(all.begin() + 1, all.end());
  return copy.put(copy.first_segment(), all);
}
DrillProblem drop_last(const DrillCopy& copy) {
  auto all = copy.pieces(copy.first_segment());
  if (all.size() < 2) return kFew;
  all.pop_back();
  return copy.put(copy.first_segment(), all);
}
DrillProblem drop_middle(const DrillCopy& copy) {
  auto all = copy.pieces(copy.first_segment());
  if (all.size() < 3) return kFew;
  all.erase(all.begin() + 1);
  return copy.put(copy.first_segment(), all);
}
DrillProblem double_record(const DrillCopy& copy) {
  auto all = copy.pieces(copy.first_segment());
  if (all.size() < 2) return kFew;
  all.insert(all.begin() + 1, all[1]);
  return copy.put(copy.first_segment(), all);
}
Result<PackedAct> forged_item() {
  Item item;
  item.id = "forged";
  item.path = "forged.txt";
  item.bytes = "A report that nobody took in.\n";
  ItemFacts facts;
  facts.id = item.id;
  facts.path = item.path;
  facts.taken = timestamp();
  facts.sha256 = sha256_hex(item.bytes);
  facts.size = item.bytes.size();
  return EvidencePress().item(item, facts);
}
DrillProblem forge_behind(const DrillCopy& copy) {
  const Result<PackedAct> act = forged_item();
  return act ? copy.put_behind(act->packed) : DrillProblem(act.error().line());
}
DrillProblem forge_behind_and_hide(const DrillCopy& copy) {
  const Result<PackedAct> act = forged_item();
  return act ? copy.put_behind_and_hide(act->packed) : DrillProblem(act.error().line());
}
// The first item, with all its members.
std::optional<EvidenceAct> first_item(const DrillCopy& copy) {
  EvidenceReader reader(copy.paths().evidence(), {});
  while (auto act = reader.next()) {
    if (!*act) break;
    if ((*act)->facts && !(*act)->facts->again) return **std::move(act);
  }
  return std::nullopt;
}
DrillProblem put_item_back(const DrillCopy& copy, bool withdrawn) {
  const std::optional<EvidenceAct> item = first_item(copy);
  const Result<std::string> bytes = read_file(copy.first_segment());
  if (!item || !bytes || item->place.segment != 1) return kFew;
  const std::string members = bytes->substr(item->place.offset, item->place.length);
  if (withdrawn) {
    const auto done = withdraw_item(
        copy.paths().folder, copy.resources(), item->facts->sha256, "the drill", {}, [](std::uint64_t) {}, [](const std::string&) {});
    if (!done) return "needs log.key: " + done.error().problem;
  }
  return copy.put_behind(members);
}
DrillProblem replay_behind(const DrillCopy& copy) { return put_item_back(copy, false); }
DrillProblem put_withdrawn_back(const DrillCopy& copy) { return put_item_back(copy, true); }
DrillProblem remove_digests(const DrillCopy& copy) {
  return copy.change([](const std::string& record) -> std::optional<std::string> {
    const std::size_t at = record.find("WARC-Block-Digest: ");
    if (at == std::string::npos) return std::nullopt;
    return std::string(record).erase(at, record.find("\r\n", at) + 2 - at);
  });
}
DrillProblem change_date(const DrillCopy& copy) {
  return copy.change([](const std::string& record) -> std::optional<std::string> {
    const std::size_t at = record.find("WARC-Date: 2");
    if (at == std::string::npos) return std::nullopt;
    std::string out = record;
    out[at + 14] = out[at + 14] == '9' ? '8' : '9';  // the year's last digit
    return out;
  });
}
std::optional<std::string> forged(const std::string& record) {
  const auto head = parse_warc_head(record);
  const auto block = head ? warc_block(record, *head) : std::nullopt;
  if (!block || head->get("WARC-Type") != "resource" || block->empty()) return std::nullopt;
  std::string text(*block);
  text.back() = text.back() == '.' ? '!' : '.';
  return with_block(record, text);
}
DrillProblem forge_record(const DrillCopy& copy) { return copy.change(forged); }

DrillProblem flip_first(const fs::path& folder, std::size_t byte) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
    if (each->is_regular_file()) files.push_back(each->path());
  }
  if (files.empty()) return "there is no file in " + folder.filename().string();
  std::sort(files.begin(), files.end());
  return DrillCopy::flip(files.front(), byte);
}
DrillProblem flip_bundle(const DrillCopy& copy) { return flip_first(copy.paths().log() / "tile/entries", 40); }
DrillProblem flip_tile(const DrillCopy& copy) { return flip_first(copy.paths().log() / "tile/0", 5); }
DrillProblem flip_checkpoint(const DrillCopy& copy) {
  const Result<std::string> bytes = read_file(copy.paths().log() / "checkpoint");
  return bytes ? DrillCopy::flip(copy.paths().log() / "checkpoint", bytes->size() - 8) : DrillProblem("there is no checkpoint");
}
std::vector<std::uint64_t> kept(const DrillCopy& copy) {
  return CheckpointFolder(copy.paths().log()).sizes().value_or(std::vector<std::uint64_t>());
}
DrillProblem drop_checkpoint(const DrillCopy& copy) {
  const auto sizes = kept(copy);
  if (sizes.size() < 3) return "too few checkpoints were kept";
  std::error_code error;
  fs::remove(CheckpointFolder(copy.paths().log()).kept_path(sizes[1]), error);
  return std::nullopt;
}
DrillProblem edit_record(const DrillCopy& copy) {
  return copy.edit("UPDATE claim SET value = '9' || value WHERE claim = (SELECT min(claim) FROM claim WHERE value IS NOT NULL)");
}
DrillProblem edit_text(const DrillCopy& copy) {
  return copy.edit("UPDATE document SET text = text || '.' WHERE document = (SELECT min(document) FROM document)");
}

DrillProblem rebuild_log(const DrillCopy& copy) {
  if (auto failed = forge_record(copy)) return failed;
  return copy.log_anew();
}
DrillProblem roll_back(const DrillCopy& copy) {
  const auto sizes = kept(copy);
  std::vector<std::uint64_t> older;
  for (const std::uint64_t size : sizes) {
    if (size > 0 && size < sizes.back()) older.push_back(size);
  }
  if (older.empty()) return "too few checkpoints were kept";
  const std::uint64_t size = older.back();
  const CheckpointFolder folder(copy.paths().log());
  const auto note = folder.kept(size);
  if (!note || !*note) return "the old checkpoint cannot be read";
  std::error_code error;
  for (const std::uint64_t each : sizes) {
    if (each > size) fs::remove(folder.kept_path(each), error);
  }
  if (auto failed = DrillCopy::write(folder.newest_path(), **note)) return failed;
  const Result<LogKey> key = LogKey::load(log_key_path(copy.paths().folder), passphrase_of_user());
  if (!key) return "needs log.key: " + key.error().problem;
  {
    // Opening drops what the checkpoint does not sign.
    const Result<CustodyLog> log = CustodyLog::open_for_writing(copy.paths().log(), *key);
    if (!log) return log.error().line();
    const Result<LogReader> reader = log->reader();
    if (!reader) return reader.error().line();
    ActWalk walk(copy.paths().folder, *reader, {});
    EvidenceEnd end;
    while (auto step = walk.next()) {
      if (!*step || !(*step)->index) break;
      end = walk.end().evidence;
    }
    const auto segments = evidence_segments(copy.paths().evidence());
    if (!segments) return segments.error().line();
    for (const EvidenceSegment& each : *segments) {
      if (each.number > end.segment) fs::remove(copy.paths().evidence() / each.name, error);
      if (each.number == end.segment) fs::resize_file(copy.paths().evidence() / each.name, end.offset, error);
    }
  }
  // Where a withdrawal was rolled back too, evidence is missing now and no record can be made: verify must say so.
  (void)copy.remake_record();
  return std::nullopt;
}

// A stamp over the newest checkpoint, as it would lie there had an authority given it at `time`; `spoil` changes the reply.
DrillProblem put_stamp(const DrillCopy& copy, std::int64_t time, const std::function<void(std::string&)>& spoil) {
  const Result<DrillAuthority> authority = DrillAuthority::make();
  if (!authority) return authority.error().line();
  const Result<NoteVerifier> verifier = load_log_vkey(copy.paths().folder);
  if (!verifier) return verifier.error().line();
  const Result<LogReader> log = LogReader::open(copy.paths().log(), *verifier);
  if (!log) return log.error().line();
  const auto asked = StampFolder(copy.paths().stamps()).ask(log->size(), log->checkpoint().bytes);
  if (!asked) return asked.error().line();
  Result<std::string> reply = authority->answer(asked->query, time);
  if (!reply) return reply.error().line();
  spoil(*reply);
  if (auto problem = DrillCopy::write(copy.paths().stamps() / asked->id / "roots.pem", authority->roots())) return problem;
  return DrillCopy::write(copy.paths().stamps() / asked->id / "reply.tsr", *reply);
}
DrillProblem flip_stamp(const DrillCopy& copy) {
  return put_stamp(copy, kDrillSignerLives, [](std::string& reply) { reply.back() = static_cast<char>(reply.back() ^ 1); });
}
DrillProblem let_authority_expire(const DrillCopy& copy) {
  return put_stamp(copy, kDrillSignerLives, [](const std::string&) {});
}
DrillProblem stamp_by_expired(const DrillCopy& copy) {
  return put_stamp(copy, kDrillSignerEnded, [](const std::string&) {});
}

constexpr DrillAttack kAttacks[] = {
    {"one bit of a record flipped", flip_evidence},
    {"two records swapped", swap_records},
    {"the records in reverse order", reverse_records},
    {"the last record cut off", drop_last},
    {"a record in the middle taken out", drop_middle},
    {"a record put in twice", double_record},
    {"a forged item put behind the last record", forge_behind},
    {"a forged item put there, and record.db made to know it", forge_behind_and_hide},
    {"an old item put behind the last record again", replay_behind},
    {"a withdrawn item put behind the last record", put_withdrawn_back},
    {"digests taken out of a record", remove_digests},
    {"a record's date changed, all else right", change_date},
    {"a record's text changed and its digests made right", forge_record},
    {"one bit of the log's entries flipped", flip_bundle},
    {"one bit of the log's hashes flipped", flip_tile},
    {"the newest checkpoint's signature changed", flip_checkpoint},
    {"an old checkpoint removed", drop_checkpoint, "the newer ones vouch for all that it did"},
    {"a figure in record.db edited", edit_record},
    {"a document's text in record.db edited", edit_text},
    {"the whole log made anew with its key over forged evidence", rebuild_log},
    {"everything rolled back to an old checkpoint", roll_back},
    {"a time-stamp's signature changed by one bit", flip_stamp},
    {"the certificate of a time-stamp's authority expired since", let_authority_expire,
     "a time-stamp is judged at its own time; litopys stamp says when to renew it"},
    {"a time-stamp by an authority whose certificate had expired", stamp_by_expired},
};

class Drill {
 public:
  Drill(const DrillCopy& copy, fs::path original) : copy_(copy), original_(std::move(original)) {}

  Result<std::vector<DrillRow>> run(const std::function<void(const DrillRow&)>& each) {
    const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
    if (Done fresh = copy_.again(); !fresh) return failed(fresh.error());
    DrillRow before;
    if (Done looked = look(before); !looked) return failed(looked.error());
    if (before.caught) {
      return fail(ErrorKind::kCasebook, original_.string(), {}, "does not verify as it is: " + before.first,
                  "see: litopys verify " + original_.string());
    }
    known_notes_.insert(notes_.begin(), notes_.end());
    std::vector<DrillRow> out;
    const auto attack = [&](const DrillAttack& how, DrillProblem (*prepare)(const DrillCopy&)) -> Done {
      if (Done fresh = copy_.again(); !fresh) return fresh;
      DrillRow row;
      row.attack = how.name;
      DrillProblem nothing = prepare == nullptr ? std::nullopt : prepare(copy_);
      if (!nothing) {
        Result<std::string> anchor = read_file(copy_.paths().log() / "checkpoint");
        if (!anchor) return tl::unexpected<Error>(anchor.error());
        anchor_ = *std::move(anchor);
        nothing = how.run(copy_);
      }
      if (nothing) {
        row.note = *nothing;
      } else if (Done looked = look(row); !looked) {
        // Not even a casebook any more: that is as loud as it gets.
        row.caught = true;
        row.layer = "casebook";
        row.first = looked.error().line();
      }
      if (row.ran && how.harmless != nullptr) {
        row.harmless = true;
        if (!row.caught) row.note = how.harmless;
      }
      each(row);
      out.push_back(std::move(row));
      return {};
    };
    for (const DrillAttack& how : kAttacks) {
      if (Done done = attack(how, nullptr); !done) return failed(done.error());
    }
    for (const DrillAttack& how : attacks_on_what_was_said()) {
      if (Done done = attack(how, say_something); !done) return failed(done.error());
    }
    return out;
  }

 private:
  // What verify says, by itself and, where it says nothing, with the anchor.
  Done look(DrillRow& row) {
    row.ran = true;
    for (const bool anchored : {false, true}) {
      if (anchored && anchor_.empty()) break;
      VerifyOptions options;
      options.resources = copy_.resources();
      if (anchored) options.anchors = {anchor_};
      std::optional<Damage> first;
      const Result<Verification> found = verify_casebook(copy_.paths().folder, options, [&](const Damage& damage) {
        if (!first) first = damage;
      });
      if (!found) return tl::unexpected<Error>(found.error());
      if (!anchored) notes_ = found->notes;
      if (found->damages == 0) continue;
      (anchored ? row.by_anchor : row.caught) = true;
      row.layer = anchored ? "anchor" : first->file.substr(0, first->file.find('/'));
      row.first = first->line();
      return {};
    }
    for (const std::string& note : notes_) {
      // The drill's own authority lives in 2020, before all that it vouches for: a note says so, whatever was done to its stamp.
      if (row.noted || known_notes_.contains(note) || note.starts_with("stamps/")) continue;
      row.noted = true;
      row.layer = "note";
      row.first = note;
    }
    return {};
  }

  const DrillCopy& copy_;
  fs::path original_;
  std::string anchor_;  // the checkpoint before the attack
  std::vector<std::string> notes_;
  std::set<std::string> known_notes_;  // of the casebook as it is
};

}  // namespace

Result<std::vector<DrillRow>> drill_casebook(const fs::path& folder, std::shared_ptr<const Resources> resources, const fs::path& scratch,
                                             const std::function<void(const DrillRow&)>& each) {
  if (const Result<CasebookFile> file = load_casebook({folder}); !file) return tl::unexpected<Error>(file.error());
  const DrillCopy copy(folder, scratch / "copy.case", std::move(resources));
  Result<std::vector<DrillRow>> out = Drill(copy, folder).run(each);
  std::error_code none;
  fs::remove_all(copy.paths().folder, none);
  return out;
}

}  // namespace litopys
