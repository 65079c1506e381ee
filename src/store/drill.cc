#include "store/drill.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "store/build_record.h"
#include "store/casebook.h"
#include "store/casebook_folder.h"
#include "store/database.h"
#include "store/drill_authority.h"
#include "store/verify.h"
#include "vault/keys.h"
#include "vault/stamp.h"
#include "vault/warc_writer.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

// A member of a segment, unpacked.
struct Piece {
  std::string packed, bytes;
};

class Drill {
 public:
  Drill(const fs::path& folder, std::shared_ptr<const Resources> resources, fs::path copy)
      : original_(folder), resources_(std::move(resources)), paths_{std::move(copy)} {}

  Result<std::vector<DrillRow>> run(const std::function<void(const DrillRow&)>& each) {
    Result<std::string> anchor = read_file(CasebookPaths{original_}.log() / "checkpoint");
    if (!anchor) return tl::unexpected<Error>(anchor.error());
    anchor_ = *std::move(anchor);
    if (Done fresh = copy_again(); !fresh) return tl::unexpected<Error>(fresh.error());
    DrillRow before;
    if (Done looked = look(before); !looked) return tl::unexpected<Error>(looked.error());
    if (before.caught || before.by_anchor) {
      return fail(ErrorKind::kCasebook, original_.string(), {}, "does not verify as it is: " + before.first,
                  "see: litopys verify " + original_.string());
    }
    std::vector<DrillRow> out;
    using Attack = std::optional<std::string> (Drill::*)();
    static constexpr std::pair<const char*, Attack> kAttacks[] = {
        {"one bit of a record flipped", &Drill::flip_evidence},
        {"two records swapped", &Drill::swap_records},
        {"the records in reverse order", &Drill::reverse_records},
        {"the last record cut off", &Drill::drop_last},
        {"a record in the middle taken out", &Drill::drop_middle},
        {"a record put in twice", &Drill::double_record},
        {"digests taken out of a record", &Drill::remove_digests},
        {"a record's date changed, all else right", &Drill::change_date},
        {"a record's text changed and its digests made right", &Drill::forge_record},
        {"one bit of the log's entries flipped", &Drill::flip_bundle},
        {"one bit of the log's hashes flipped", &Drill::flip_tile},
        {"the newest checkpoint's signature changed", &Drill::flip_checkpoint},
        {"an old checkpoint removed", &Drill::drop_checkpoint},
        {"a figure in record.db edited", &Drill::edit_record},
        {"a document's text in record.db edited", &Drill::edit_text},
        {"the whole log made anew with its key over forged evidence", &Drill::rebuild_log},
        {"everything rolled back to an old checkpoint", &Drill::roll_back},
        {"a time-stamp's signature changed by one bit", &Drill::flip_stamp},
        {"the certificate of a time-stamp's authority expired since", &Drill::let_authority_expire},
        {"a time-stamp by an authority whose certificate had expired", &Drill::stamp_by_expired},
    };
    for (const auto& [name, attack] : kAttacks) {
      DrillRow row;
      row.attack = name;
      if (Done fresh = copy_again(); !fresh) return tl::unexpected<Error>(fresh.error());
      if (const std::optional<std::string> nothing = (this->*attack)()) {
        row.note = *nothing;
      } else if (Done looked = look(row); !looked) {
        // Not even a casebook any more: that is as loud as it gets.
        row.ran = row.caught = true;
        row.layer = "casebook";
        row.first = looked.error().line();
      }
      if (row.ran && attack == &Drill::drop_checkpoint) {
        row.harmless = true;
        if (!row.caught) row.note = "the newer ones vouch for all that it did";
      }
      if (row.ran && attack == &Drill::let_authority_expire) {
        row.harmless = true;
        if (!row.caught) row.note = "a time-stamp is judged at its own time; litopys stamp says when to renew it";
      }
      each(row);
      out.push_back(std::move(row));
    }
    return out;
  }

 private:
  Done copy_again() const {
    std::error_code error;
    fs::remove_all(paths_.folder, error);
    fs::copy(original_, paths_.folder, fs::copy_options::recursive, error);
    if (error) return casebook_failure(paths_.folder, "the copy cannot be made", error.value());
    return {};
  }

  Done look(DrillRow& row) const {
    row.ran = true;
    for (const bool anchored : {false, true}) {
      VerifyOptions options;
      options.resources = resources_;
      if (anchored) options.anchors = {anchor_};
      std::optional<Damage> first;
      const Result<Verification> found = verify_casebook(paths_.folder, options, [&](const Damage& damage) {
        if (!first) first = damage;
      });
      if (!found) return tl::unexpected<Error>(found.error());
      if (found->damages == 0) continue;
      (anchored ? row.by_anchor : row.caught) = true;
      if (row.layer.empty()) {
        row.layer = anchored ? "anchor" : first->file.substr(0, first->file.find('/'));
        row.first = first->line();
      }
    }
    return {};
  }

  // --- what an attacker does. Each gives why it could not be done, or nothing.

  [[nodiscard]] fs::path segment() const {
    const auto all = evidence_segments(paths_.evidence());
    return all && !all->empty() ? paths_.evidence() / all->front().name : fs::path();
  }
  [[nodiscard]] std::vector<Piece> pieces() const {
    std::vector<Piece> out;
    Result<MemberReader> reader = MemberReader::open(segment());
    if (!reader) return out;
    while (auto member = reader->next()) {
      if (!*member) break;
      out.push_back({std::string((*member)->packed), std::string((*member)->bytes)});
    }
    return out;
  }
  [[nodiscard]] std::optional<std::string> put(const std::vector<Piece>& all) const {
    std::string bytes;
    for (const Piece& each : all) bytes += each.packed;
    return write(segment(), bytes);
  }
  static std::optional<std::string> write(const fs::path& path, std::string_view bytes) {
    if (Done wrote = replace_file(path, bytes); !wrote) return wrote.error().line();
    return std::nullopt;
  }
  static std::optional<std::string> flip(const fs::path& path, std::size_t at) {
    Result<std::string> bytes = read_file(path);
    if (!bytes || at >= bytes->size()) return "there is no such file: " + path.filename().string();
    (*bytes)[at] = static_cast<char>((*bytes)[at] ^ 1);
    return write(path, *bytes);
  }
  static constexpr const char* kFew = "the casebook has too few records";

  std::optional<std::string> flip_evidence() {
    const auto all = pieces();
    if (all.size() < 2) return kFew;
    return flip(segment(), all[0].packed.size() + all[1].packed.size() / 2);
  }
  std::optional<std::string> swap_records() {
    auto all = pieces();
    if (all.size() < 3) return kFew;
    std::swap(all[1], all[2]);
    return put(all);
  }
  std::optional<std::string> reverse_records() {
    auto all = pieces();
    if (all.size() < 3) return kFew;
    std::reverse(all.begin() + 1, all.end());
    return put(all);
  }
  std::optional<std::string> drop_last() {
    auto all = pieces();
    if (all.size() < 2) return kFew;
    all.pop_back();
    return put(all);
  }
  std::optional<std::string> drop_middle() {
    auto all = pieces();
    if (all.size() < 3) return kFew;
    all.erase(all.begin() + 1);
    return put(all);
  }
  std::optional<std::string> double_record() {
    auto all = pieces();
    if (all.size() < 2) return kFew;
    all.insert(all.begin() + 1, all[1]);
    return put(all);
  }
  std::optional<std::string> change(const std::function<std::optional<std::string>(const std::string&)>& how) {
    auto all = pieces();
    for (std::size_t i = 1; i < all.size(); ++i) {
      const std::optional<std::string> changed = how(all[i].bytes);
      if (!changed) continue;
      all[i].packed = MemberPress().pack(*changed);
      return put(all);
    }
    return "no record is of that kind";
  }
  std::optional<std::string> remove_digests() {
    return change([](const std::string& record) -> std::optional<std::string> {
      const std::size_t at = record.find("WARC-Block-Digest: ");
      if (at == std::string::npos) return std::nullopt;
      return std::string(record).erase(at, record.find("\r\n", at) + 2 - at);
    });
  }
  std::optional<std::string> change_date() {
    return change([](const std::string& record) -> std::optional<std::string> {
      const std::size_t at = record.find("WARC-Date: 2");
      if (at == std::string::npos) return std::nullopt;
      std::string out = record;
      out[at + 14] = out[at + 14] == '9' ? '8' : '9';  // the year's last digit
      return out;
    });
  }
  // As somebody would who knows the format: text, length, digests, facts, all in agreement.
  static std::optional<std::string> forged(const std::string& record) {
    const auto head = parse_warc_head(record);
    const auto block = head ? warc_block(record, *head) : std::nullopt;
    if (!block || head->get("WARC-Type") != "resource" || block->empty()) return std::nullopt;
    std::string text(*block);
    text.back() = text.back() == '.' ? '!' : '.';
    const std::string old = labelled_sha256(*block).substr(7);
    const std::string with = labelled_sha256(text).substr(7);
    std::string out = record.substr(0, head->head_size);
    for (std::size_t at = 0; (at = out.find(old, at)) != std::string::npos; at += with.size()) out.replace(at, old.size(), with);
    return out + text + std::string(kWarcRecordEnd);
  }
  std::optional<std::string> forge_record() { return change(forged); }

  std::optional<std::string> flip_first(const fs::path& folder, std::size_t at) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
      if (each->is_regular_file()) files.push_back(each->path());
    }
    if (files.empty()) return "there is no file in " + folder.filename().string();
    std::sort(files.begin(), files.end());
    return flip(files.front(), at);
  }
  std::optional<std::string> flip_bundle() { return flip_first(paths_.log() / "tile/entries", 40); }
  std::optional<std::string> flip_tile() { return flip_first(paths_.log() / "tile/0", 5); }
  std::optional<std::string> flip_checkpoint() {
    const Result<std::string> bytes = read_file(paths_.log() / "checkpoint");
    return bytes ? flip(paths_.log() / "checkpoint", bytes->size() - 8) : std::optional<std::string>("there is no checkpoint");
  }
  [[nodiscard]] std::vector<std::uint64_t> kept() const {
    return CheckpointFolder(paths_.log()).sizes().value_or(std::vector<std::uint64_t>());
  }
  std::optional<std::string> drop_checkpoint() {
    const auto sizes = kept();
    if (sizes.size() < 3) return "too few checkpoints were kept";
    std::error_code error;
    fs::remove(CheckpointFolder(paths_.log()).kept_path(sizes[1]), error);
    return std::nullopt;
  }
  std::optional<std::string> edit(const char* sql) {
    const auto done = as_result([&] {
      Database database(paths_.record(), Database::Mode::write);
      database.run(sql);
    });
    return done ? std::nullopt : std::optional(done.error().line());
  }
  std::optional<std::string> edit_record() {
    return edit("UPDATE claim SET value = '9' || value WHERE claim = (SELECT min(claim) FROM claim WHERE value IS NOT NULL)");
  }
  std::optional<std::string> edit_text() {
    return edit("UPDATE document SET text = text || '.' WHERE document = (SELECT min(document) FROM document)");
  }

  // The log again from what the evidence says now, and the record after it.
  std::optional<std::string> log_anew(std::uint64_t most) {
    const Result<LogKey> key = LogKey::load(log_key_path(paths_.folder), passphrase_of_user());
    if (!key) return "needs log.key: " + key.error().problem;
    std::error_code error;
    fs::remove_all(paths_.log(), error);
    Result<CustodyLog> log = CustodyLog::open_for_writing(paths_.log(), *key);
    if (!log) return log.error().line();
    EvidenceReader reader(paths_.evidence(), {});
    std::vector<LogEntry> entries;
    const std::string now = timestamp();
    while (auto act = reader.next()) {
      if (!*act) return (*act).error().line();
      const std::optional<Act> kind = (*act)->facts ? Act::taken_in : act_of((*act)->act);
      entries.push_back(
          {kind.value_or(Act::read), now, (*act)->commitment(), (*act)->facts ? decltype(LogEntry::facts){} : public_facts((*act)->bytes)});
      if (entries.size() == most) break;
    }
    if (const auto first = log->append(entries); !first) return first.error().line();
    return remake_record();
  }
  std::optional<std::string> remake_record() {
    remove_record(paths_.record());
    const Result<Rebuilt> rebuilt = rebuild_casebook(
        paths_.folder, resources_, {}, [](std::uint64_t) {}, [](const std::string&) {});
    return rebuilt ? std::nullopt : std::optional(rebuilt.error().line());
  }
  std::optional<std::string> rebuild_log() {
    if (auto failed = forge_record()) return failed;
    return log_anew(~std::uint64_t{0});
  }
  std::optional<std::string> roll_back() {
    const auto sizes = kept();
    std::vector<std::uint64_t> older;
    for (const std::uint64_t size : sizes) {
      if (size > 0 && size < sizes.back()) older.push_back(size);
    }
    if (older.empty()) return "too few checkpoints were kept";
    const std::uint64_t size = older.back();
    const CheckpointFolder folder(paths_.log());
    const auto note = folder.kept(size);
    if (!note || !*note) return "the old checkpoint cannot be read";
    std::error_code error;
    for (const std::uint64_t each : sizes) {
      if (each > size) fs::remove(folder.kept_path(each), error);
    }
    if (auto failed = write(folder.newest_path(), **note)) return failed;
    const Result<LogKey> key = LogKey::load(log_key_path(paths_.folder), passphrase_of_user());
    if (!key) return "needs log.key: " + key.error().problem;
    {
      // Opening drops what the checkpoint does not sign.
      const Result<CustodyLog> log = CustodyLog::open_for_writing(paths_.log(), *key);
      if (!log) return log.error().line();
      const Result<LogReader> reader = log->reader();
      if (!reader) return reader.error().line();
      ActWalk walk(paths_.folder, *reader, {});
      EvidenceEnd end;
      while (auto step = walk.next()) {
        if (!*step || !(*step)->index) break;
        end = walk.end().evidence;
      }
      const auto segments = evidence_segments(paths_.evidence());
      if (!segments) return segments.error().line();
      for (const EvidenceSegment& each : *segments) {
        if (each.number > end.segment) fs::remove(paths_.evidence() / each.name, error);
        if (each.number == end.segment) fs::resize_file(paths_.evidence() / each.name, end.offset, error);
      }
    }
    // Where a withdrawal was rolled back too, evidence is missing now and no record can be made: verify must say so.
    (void)remake_record();
    return std::nullopt;
  }

  // A stamp over the newest checkpoint, as it would lie there had an authority given it at `time`; `spoil` changes the reply.
  std::optional<std::string> put_stamp(std::int64_t time, const std::function<void(std::string&)>& spoil) {
    const Result<DrillAuthority> authority = DrillAuthority::make();
    if (!authority) return authority.error().line();
    const Result<NoteVerifier> verifier = load_log_vkey(paths_.folder);
    if (!verifier) return verifier.error().line();
    const Result<LogReader> log = LogReader::open(paths_.log(), *verifier);
    if (!log) return log.error().line();
    const auto asked = StampFolder(paths_.stamps()).ask(log->size(), log->checkpoint().bytes);
    if (!asked) return asked.error().line();
    Result<std::string> reply = authority->answer(asked->query, time);
    if (!reply) return reply.error().line();
    spoil(*reply);
    if (auto problem = write(paths_.stamps() / asked->id / "roots.pem", authority->roots())) return problem;
    return write(paths_.stamps() / asked->id / "reply.tsr", *reply);
  }
  std::optional<std::string> flip_stamp() {
    return put_stamp(kDrillSignerLives, [](std::string& reply) { reply.back() = static_cast<char>(reply.back() ^ 1); });
  }
  std::optional<std::string> let_authority_expire() {
    return put_stamp(kDrillSignerLives, [](const std::string&) {});
  }
  std::optional<std::string> stamp_by_expired() {
    return put_stamp(kDrillSignerEnded, [](const std::string&) {});
  }

  fs::path original_;
  std::shared_ptr<const Resources> resources_;
  CasebookPaths paths_;
  std::string anchor_;
};

}  // namespace

Result<std::vector<DrillRow>> drill_casebook(const fs::path& folder, std::shared_ptr<const Resources> resources, const fs::path& scratch,
                                             const std::function<void(const DrillRow&)>& each) {
  if (const Result<CasebookFile> file = load_casebook({folder}); !file) return tl::unexpected<Error>(file.error());
  const fs::path copy = scratch / "copy.case";
  Result<std::vector<DrillRow>> out = Drill(folder, std::move(resources), copy).run(each);
  std::error_code none;
  fs::remove_all(copy, none);
  return out;
}

}  // namespace litopys
