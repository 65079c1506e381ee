// The record is made beside the old one and takes its place in one step.
#include <unistd.h>

#include <set>
#include <system_error>

#include "base/json.h"
#include "store/build_record.h"
#include "store/casebook.h"
#include "store/casebook_folder.h"
#include "store/record_kept.h"
#include "vault/erase.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

}  // namespace

// Casebook's own door for what rebuilds it.
class CasebookKeeper {
 public:
  // A writer with evidence and log opened and agreed, but without a record.
  static Result<Casebook> open_without_record(const CasebookPaths& paths, std::shared_ptr<const Resources> resources, const Say& say,
                                              std::chrono::seconds wait) {
    const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
    if (const Result<CasebookFile> file = load_casebook(paths); !file) return failed(file.error());
    Result<WriterLock> lock = WriterLock::take(paths.lock(), Casebook::patience(say, wait));
    if (!lock) return failed(lock.error());
    Result<CasebookFile> file = load_casebook(paths);
    if (!file) return failed(file.error());
    if (Done same = check_codebook(paths, *file, codebook_of(*resources)); !same) return failed(same.error());
    Casebook out(paths.folder, std::move(resources));
    out.file_ = *std::move(file);
    out.lock_ = *std::move(lock);
    if (Done opened = out.open_vault(say); !opened) return failed(opened.error());
    // Withdrawals are finished from where the old record ends, if it can say so; from the beginning if not.
    ActEnd from;
    if (is_there(paths.record())) {
      Result<Store> old = Store::open(paths.record(), Store::Mode::read);
      if (old) {
        const Result<ActEnd> end = old->end();
        if (end && end->entries <= out.log_->size() && end->evidence <= out.evidence_->end()) from = *end;
      }
    }
    const Result<bool> erased = erase_withdrawn(out, from.entries, say);
    if (!erased) return failed(erased.error());
    const std::uint64_t logged_before = out.log_->size();
    const auto look = *erased ? Casebook::LookFrom::beginning : Casebook::LookFrom::signed_end;
    if (Done logged = out.log_what_is_not(look, say); !logged) return failed(logged.error());
    // A tombstone that reached only the evidence is logged by now.
    const Result<bool> late = erase_withdrawn(out, logged_before, say);
    if (!late) return failed(late.error());
    if (Done brought = out.bring_up_format(say); !brought) return failed(brought.error());
    return out;
  }

  // Destroys what was withdrawn and is still there. True: the record, which knows `known` entries, may have it still and must be made
  // again. Where to look from is signed (vault/announced.h): a record that claims to know more hides no withdrawal that a crash
  // interrupted.
  static Result<bool> erase_withdrawn(Casebook& casebook, std::uint64_t known, const Say& say) {
    const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
    Result<LogReader> log = casebook.log_->reader();
    if (!log) return failed(log.error());
    const Result<AnnouncedActs> announced = casebook.announced_acts(*log);
    if (!announced) return failed(announced.error());
    std::uint64_t from = std::min(known, log->size());
    if (announced->covered()) {
      from = std::min(from, announced->covered()->entries);
    } else if (withdrawn_stands(casebook, *log)) {
      from = 0;
    }
    const Result<std::set<std::uint64_t>> late = withdrawn_entries(*log, from);
    if (!late) return failed(late.error());
    if (late->empty()) return false;
    // Of several tombstones the last announcement covers all but one.
    const Result<std::set<std::uint64_t>> withdrawn = withdrawn_entries(*log, 0);
    if (!withdrawn) return failed(withdrawn.error());
    const Result<Erased> erased = erase_records(casebook.folder_ / "evidence", *log, *withdrawn);
    if (!erased) return failed(erased.error());
    if (erased->records > 0) {
      say("a withdrawal was interrupted: " + std::to_string(erased->records) + " records were destroyed now");
      // The writer has the old file open.
      if (Done opened = casebook.open_evidence(); !opened) return failed(opened.error());
    }
    return true;
  }

  // Whether a record that was withdrawn is where it was; what is put back behind the log's last is none. Reads all evidence.
  static bool withdrawn_stands(const Casebook& casebook, const LogReader& log) {
    ActWalk walk(casebook.folder_, log, {});
    if (walk.withdrawn().empty()) return false;
    for (auto step = walk.next(); step && *step; step = walk.next()) {
      if ((*step)->index && walk.withdrawn().contains(*(*step)->index)) return true;
    }
    return false;
  }

  // Logs that everything is read again with another version of the codebook.
  static Done log_rereading(Casebook& casebook, const std::string& version) {
    std::string text;
    JsonWriter json(text);
    json.object([&] {
      json.key("public").object([&] { json.key("codebook").string(casebook.file_.codebook + " " + version); });
      json.key("program").string("litopys " LITOPYS_VERSION);
    });
    if (const auto noted = casebook.note_in_vault({Act::reread, text}); !noted) return tl::unexpected<Error>(noted.error());
    return {};
  }

  // The record again, beside the old one and then in its place. The casebook's own must be closed.
  static Result<Rebuilt> remake_record(Casebook& casebook, const PipelineLimits& limits,
                                       const std::function<void(std::uint64_t)>& progress) {
    const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
    const CasebookPaths paths{casebook.folder_};
    const fs::path& folder = paths.folder;
    const Resources& resources = *casebook.resources_;
    const Codebook& book = codebook_of(resources);
    Result<LogReader> reader = casebook.log_->reader();
    if (!reader) return failed(reader.error());
    ActWalk walk(folder, *std::move(reader), {});

    const fs::path fresh_path = folder / "record.db.new";
    Result<Store> record = Store::create(fresh_path, book);
    if (!record) return failed(record.error());
    Rebuilt out;
    std::optional<Error> stopped;
    if (Done built = build_record(*record, walk, resources, {limits, std::nullopt}, out.problems, progress); !built)
      stopped = built.error();
    if (!stopped) {
      if (Done kept = keep_record(*record, book, gazetteer_of(resources)); !kept) stopped = kept.error();
    }
    if (!stopped) {
      Result<Counts> counts = record->counts();
      if (counts) out.counts = *std::move(counts);
      if (Done settled = record->settle(); !settled) stopped = settled.error();
    }
    record = fail(ErrorKind::kCasebook, {}, {}, "closed");  // the file is whole only once it is closed
    if (stopped) {
      remove_record(fresh_path);
      return failed(*stopped);
    }
    // A write-ahead log of the old record must not be taken for one of the new. Removing it before the rename loses at worst the tail of a
    // record that this one replaces; and it is gone for good only once the folder is synced.
    for (const char* ending : {"-wal", "-shm"}) {
      std::error_code none;
      fs::remove(paths.record().string() + ending, none);
    }
    if (Done synced = sync_folder(folder); !synced) return failed(synced.error());
    if (rename(fresh_path.c_str(), paths.record().c_str()) != 0) return casebook_failure(paths.record(), "cannot be put in place", errno);
    if (Done synced = sync_folder(folder); !synced) return failed(synced.error());
    // All evidence was compared with the log just now; a withdrawal may have moved its end.
    if (Done signed_here = casebook.sign_end(walk.end().evidence); !signed_here) return failed(signed_here.error());
    return out;
  }

  static Result<Withdrawn> withdraw(Casebook& casebook, const std::vector<std::uint64_t>& withdrawn, const std::string& reason,
                                    const PipelineLimits& limits, const std::function<void(std::uint64_t)>& progress) {
    const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
    Withdrawn out;
    std::set<std::uint64_t> entries;
    for (const std::uint64_t entry : withdrawn) {
      std::string text;
      JsonWriter json(text);
      json.object([&] {
        json.key("public").object([&] { json.key("of").number(static_cast<std::int64_t>(entry)); });
        json.key("reason").string(reason);
      });
      // The log first: once it says so, the next writer finishes what a crash interrupts.
      if (const auto noted = casebook.note_in_vault({Act::withdrawn, text}); !noted) return failed(noted.error());
      entries.insert(entry);
      out.entries.push_back(entry);
    }
    Result<LogReader> log = casebook.log_->reader();
    if (!log) return failed(log.error());
    const Result<Erased> erased = erase_records(casebook.folder_ / "evidence", *log, entries);
    if (!erased) return failed(erased.error());
    out.records = erased->records;
    out.bytes = erased->bytes;
    casebook.lookup_.reset();
    casebook.record_.reset();
    if (const Result<Rebuilt> rebuilt = remake_record(casebook, limits, progress); !rebuilt) return failed(rebuilt.error());
    return out;
  }

  static CasebookFile& file(Casebook& casebook) { return casebook.file_; }
};

Result<Rebuilt> rebuild_casebook(const fs::path& folder, const std::shared_ptr<const Resources>& resources, const PipelineLimits& limits,
                                 const std::function<void(std::uint64_t)>& progress, const Say& say, std::chrono::seconds wait) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  const CasebookPaths paths{folder};
  const Codebook& book = codebook_of(*resources);
  Result<Casebook> casebook = CasebookKeeper::open_without_record(paths, resources, say, wait);
  if (!casebook) return failed(casebook.error());
  const bool other_version = CasebookKeeper::file(*casebook).codebook_version != book.version;
  if (other_version) {
    if (Done logged = CasebookKeeper::log_rereading(*casebook, book.version); !logged) return failed(logged.error());
  }
  Result<Rebuilt> out = CasebookKeeper::remake_record(*casebook, limits, progress);
  if (!out) return out;
  if (other_version) {
    CasebookFile file = CasebookKeeper::file(*casebook);
    file.codebook_version = book.version;
    if (Done saved = save_casebook_file(paths.file(), file); !saved) return failed(saved.error());
  }
  return out;
}

Result<bool> Casebook::finish_withdrawals(std::uint64_t known, const Say& say) {
  Result<bool> erased = CasebookKeeper::erase_withdrawn(*this, known, say);
  if (!erased || !*erased) return erased;
  if (Done logged = log_what_is_not(LookFrom::beginning, say); !logged) return tl::unexpected<Error>(logged.error());
  record_.reset();
  const Result<Rebuilt> rebuilt = CasebookKeeper::remake_record(*this, {}, [](std::uint64_t) {});
  if (!rebuilt) return tl::unexpected<Error>(rebuilt.error());
  Result<Store> record = Store::open(CasebookPaths{folder_}.record(), Store::Mode::write);
  if (!record) return tl::unexpected<Error>(record.error());
  record_ = *std::move(record);
  return true;
}

Result<Withdrawn> withdraw_item(const fs::path& folder, std::shared_ptr<const Resources> resources, const std::string& item,
                                const std::string& reason, const PipelineLimits& limits, const std::function<void(std::uint64_t)>& progress,
                                const Say& say, std::chrono::seconds wait) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  const CasebookPaths paths{folder};
  if (const Result<CasebookFile> file = load_casebook(paths); !file) return failed(file.error());
  Result<Casebook> casebook = Casebook::open(folder, std::move(resources), say, wait);
  if (!casebook) return failed(casebook.error());
  const Result<std::vector<Sighting>> sightings = casebook->record().sightings(item);
  if (!sightings) return failed(sightings.error());
  if (sightings->empty()) {
    return fail(ErrorKind::kUsage, item, {}, "the casebook has no item of this id or SHA-256",
                "see the ids with: litopys claims " + folder.string());
  }
  // What was said of it quotes it, and goes first: as long as the item is there, a crash leaves it to be withdrawn again.
  Result<std::vector<std::uint64_t>> entries = casebook->record().said_of(sightings->front().facts.sha256);
  if (!entries) return failed(entries.error());
  for (const Sighting& each : *sightings) entries->push_back(each.entry);
  return CasebookKeeper::withdraw(*casebook, *entries, reason, limits, progress);
}

}  // namespace litopys
