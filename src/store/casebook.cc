// One batch, three steps: names for the staged evidence, one append of item lines, one commit of the record. An item is acknowledged when
// the item line is durable; the record may be behind it by the batch that a crash met, and the place in items.jsonl up to which the record
// goes stands in the record itself, so that the next writer reads exactly what is missing.
#include "store/casebook.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <system_error>

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "casebook.toml";
constexpr const char* kEvidence = "evidence";
constexpr const char* kJournal = "items.jsonl";
constexpr const char* kRecord = "record.db";
constexpr const char* kLock = "lock";

fs::path journal_path(const fs::path& folder) { return folder / kEvidence / kJournal; }

bool is_there(const fs::path& path) {
  std::error_code none;
  return fs::exists(path, none);
}

bool has_content(const fs::path& path) {
  std::error_code none;
  const auto size = fs::file_size(path, none);
  return !none && size > 0;
}

tl::unexpected<Error> missing(const fs::path& piece, std::string what) {
  return fail(ErrorKind::kCasebook, piece.string(), {}, "is missing: " + std::move(what), "restore it from a copy of the casebook");
}

// Errors where `folder` is there and is neither a casebook nor something that a casebook may be made in.
Done may_create(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    if (!is_there(folder)) return {};
    return fail(ErrorKind::kCasebook, folder.string(), {}, "is a file, not a casebook", "name the folder of a casebook, or a new one");
  }
  if (has_content(journal_path(folder))) return missing(folder / kFile, "the rest of a casebook is there");
  // What a crash during the creation can have left is no obstacle.
  static constexpr std::string_view kOurs[] = {kEvidence,          kLock, kRecord, "record.db-wal", "record.db-shm", "record.db-journal",
                                               "casebook.toml.new"};
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (std::find(std::begin(kOurs), std::end(kOurs), name) == std::end(kOurs)) {
      return fail(ErrorKind::kCasebook, folder.string(), {}, "is a folder with other things in it (" + name + "), not a casebook",
                  "name the folder of a casebook, or a new one");
    }
  }
  if (error) return casebook_failure(folder, "cannot be listed", error.value());
  return {};
}

Result<CasebookFile> load_file(const fs::path& folder) {
  std::error_code none;
  if (!is_there(folder)) {
    return fail(ErrorKind::kCasebook, folder.string(), {}, "there is no casebook of this name",
                "make one with: litopys add " + folder.string() + " REPORTS");
  }
  if (!fs::is_directory(folder, none) || !is_there(folder / kFile)) {
    if (is_there(journal_path(folder))) return missing(folder / kFile, "the rest of a casebook is there");
    return fail(ErrorKind::kCasebook, folder.string(), {}, "is no casebook: it has no casebook.toml", "name the folder of a casebook");
  }
  Result<CasebookFile> file = load_casebook_file(folder / kFile);
  if (!file) return file;
  if (!is_there(folder / kEvidence)) return missing(folder / kEvidence, "without it the casebook proves nothing");
  if (!is_there(journal_path(folder))) return missing(journal_path(folder), "nothing tells where the items came from");
  return file;
}

Done check_codebook(const fs::path& folder, const CasebookFile& file, const Codebook& book) {
  if (file.codebook == book.id) return {};
  return fail(ErrorKind::kCasebook, folder.string(), {}, "was made with the codebook " + file.codebook + ", not with " + book.id,
              "name that codebook with --codebook, or take another casebook");
}

std::uint64_t claims_of_reading(const std::optional<ItemReading>& reading) {
  return reading && reading->document ? reading->document->claims.size() : 0;
}

}  // namespace

std::string timestamp() {
  const auto now = std::chrono::system_clock::now();
  const auto whole = std::chrono::floor<std::chrono::seconds>(now);
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now - whole).count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(whole)), milliseconds);
}

Result<CasebookReader> open_casebook(const fs::path& folder) {
  Result<CasebookFile> file = load_file(folder);
  if (!file) return tl::unexpected<Error>(file.error());
  Result<Store> record = Store::open(folder / kRecord, Store::Mode::read);
  if (!record) return tl::unexpected<Error>(record.error());
  Result<std::uint64_t> known = record->journal_end();
  if (!known) return tl::unexpected<Error>(known.error());
  std::error_code none;
  const auto size = fs::file_size(journal_path(folder), none);
  return CasebookReader{folder, *std::move(file), *std::move(record), !none && size > *known};
}

Casebook::Casebook(fs::path folder, std::shared_ptr<const Resources> resources)
    : folder_(std::move(folder)), resources_(std::move(resources)) {}

Result<Casebook> Casebook::open(const fs::path& folder, std::shared_ptr<const Resources> resources,
                                const std::function<void(const std::string&)>& say) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  Casebook out(folder, std::move(resources));
  const Codebook& book = codebook_of(*out.resources_);
  const bool creating = !is_there(folder / kFile);
  if (creating) {
    if (Done may = may_create(folder); !may) return failed(may.error());
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return casebook_failure(folder, "cannot be created", error.value());
  } else {
    Result<CasebookFile> file = load_file(folder);
    if (!file) return failed(file.error());
    out.file_ = *std::move(file);
    if (Done same = check_codebook(folder, out.file_, book); !same) return failed(same.error());
  }
  Result<WriterLock> lock = WriterLock::take(folder / kLock);
  if (!lock) return failed(lock.error());
  out.lock_ = *std::move(lock);
  out.evidence_.emplace(folder / kEvidence);
  if (Done prepared = out.evidence_->prepare(); !prepared) return failed(prepared.error());
  Result<ItemJournal> journal = ItemJournal::open_for_writing(journal_path(folder), creating);
  if (!journal) return failed(journal.error());
  out.journal_ = *std::move(journal);
  if (out.journal_->cut_bytes() > 0) {
    say("the last writer was interrupted: " + std::to_string(out.journal_->cut_bytes()) +
        " bytes of an item line that was not finished were cut");
  }
  if (creating) {
    // casebook.toml comes last: until it is there, the folder is no casebook and may be made one again.
    if (Done synced = sync_folder(folder / kEvidence); !synced) return failed(synced.error());
    Result<Store> record = Store::create(folder / kRecord, book);
    if (!record) return failed(record.error());
    out.record_ = *std::move(record);
    out.file_ = {kCasebookFormat, timestamp(), book.id, book.version};
    if (Done saved = save_casebook_file(folder / kFile, out.file_); !saved) return failed(saved.error());
    const fs::path parent = fs::absolute(folder).parent_path();
    // A parent that may not be opened for reading cannot be synced; the casebook itself is durable.
    [[maybe_unused]] const Done ignored = sync_folder(parent);
    return out;
  }
  Result<Store> record =
      is_there(folder / kRecord) ? Store::open(folder / kRecord, Store::Mode::write) : Store::create(folder / kRecord, book);
  if (!record) return failed(record.error());
  out.record_ = *std::move(record);
  if (Done caught = out.catch_up(say); !caught) return failed(caught.error());
  if (out.file_.codebook_version != book.version) {
    say("the record was made with version " + out.file_.codebook_version + " of the codebook, new items are read with " + book.version +
        "; to read all with one: litopys rebuild " + folder.string());
  }
  return out;
}

Done Casebook::catch_up(const std::function<void(const std::string&)>& say) {
  Result<std::uint64_t> known = record_->journal_end();
  if (!known) return tl::unexpected<Error>(known.error());
  if (*known > journal_->size()) {
    return fail(ErrorKind::kCasebook, journal_path(folder_).string(), {}, "is shorter than the record knows it: item lines were lost",
                "restore it from a copy of the casebook");
  }
  if (*known == journal_->size()) return {};
  std::uint64_t lines = 0;
  if (Done begun = record_->begin(); !begun) return begun;
  const auto each = [&](const ItemLine& line, std::uint64_t end) -> Done {
    Result<bool> has = record_->has(line.sha256);
    if (!has) return tl::unexpected<Error>(has.error());
    std::optional<ItemReading> reading;
    if (!*has) {
      Result<std::string> bytes = evidence_->read(line.sha256);
      if (!bytes) return tl::unexpected<Error>(bytes.error());
      reading = read_for_record({line.id, line.path, *std::move(bytes)}, *resources_);
    }
    if (Done put = record_->put(line, reading ? &*reading : nullptr, end); !put) return put;
    if (++lines % kBatchItems == 0) {
      if (Done done = record_->commit(); !done) return done;
      return record_->begin();
    }
    return {};
  };
  const Result<std::uint64_t> end = ItemJournal::for_each(journal_path(folder_), *known, each);
  if (!end) {
    record_->roll_back();
    return tl::unexpected<Error>(end.error());
  }
  say("the record was behind the evidence: " + std::to_string(lines) + " items were read again");
  return record_->commit();
}

Result<TakenItem> Casebook::take(OpenedItem opened) const {
  Result<StagedItem> staged = evidence_->stage(opened.item.bytes);
  if (!staged) return tl::unexpected<Error>(staged.error());
  TakenItem out{*std::move(staged), opened.item.id, opened.item.path, std::move(opened.notes), std::nullopt};
  if (!out.staged.temporary.empty()) out.reading = read_for_record(opened.item, *resources_);
  return out;
}

Done Casebook::add(TakenItem item, const Acknowledge& acknowledge) {
  const auto now = std::chrono::steady_clock::now();
  if (batch_.empty()) batch_began_ = now;
  batch_bytes_ += item.staged.size;
  batch_.push_back(std::move(item));
  if (batch_.size() < kBatchItems && batch_bytes_ < kBatchBytes && now - batch_began_ < kBatchTime) return {};
  return flush(acknowledge);
}

Done Casebook::flush(const Acknowledge& acknowledge) {
  if (batch_.empty()) return {};
  std::vector<TakenItem> batch = std::move(batch_);
  batch_.clear();
  batch_bytes_ = 0;

  std::vector<StagedItem> staged;
  std::vector<ItemLine> lines;
  std::vector<bool> fresh;
  std::set<std::string> here;  // contents that are new with this batch
  const std::string now = timestamp();
  for (TakenItem& item : batch) {
    Result<bool> has = record_->has(item.staged.sha256);
    if (!has) return tl::unexpected<Error>(has.error());
    const bool is_new = !*has && here.insert(item.staged.sha256).second;
    if (is_new && !item.reading) {
      // Its bytes have a name but no item line: a crash came between the two.
      Result<std::string> bytes = evidence_->read(item.staged.sha256);
      if (!bytes) return tl::unexpected<Error>(bytes.error());
      item.reading = read_for_record({item.id, item.path, *std::move(bytes)}, *resources_);
    }
    staged.push_back(item.staged);
    lines.push_back({item.staged.sha256, item.staged.size, is_new ? item.id : std::string(), item.path, now, item.notes});
    fresh.push_back(is_new);
  }
  if (Done kept = evidence_->keep(staged); !kept) return kept;
  const std::uint64_t before = journal_->size();
  if (Done appended = journal_->append(lines); !appended) return appended;

  if (Done begun = record_->begin(); !begun) return begun;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    // The place is exact at the end of the batch only; within a transaction no other is ever seen.
    const std::uint64_t end = i + 1 == batch.size() ? journal_->size() : before;
    if (Done put = record_->put(lines[i], fresh[i] ? &*batch[i].reading : nullptr, end); !put) {
      record_->roll_back();
      return put;
    }
  }
  if (Done committed = record_->commit(); !committed) {
    record_->roll_back();
    return committed;
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const TakenItem& item = batch[i];
    acknowledge({item.staged.sha256, item.id, item.path, fresh[i], fresh[i] ? claims_of_reading(item.reading) : 0,
                 fresh[i] ? item.reading->problem : std::nullopt});
  }
  return {};
}

Result<Rebuilt> rebuild_casebook(const fs::path& folder, std::shared_ptr<const Resources> resources, const PipelineLimits& limits,
                                 const std::function<void(std::uint64_t)>& progress) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  Result<CasebookFile> file = load_file(folder);
  if (!file) return failed(file.error());
  const Codebook& book = codebook_of(*resources);
  if (Done same = check_codebook(folder, *file, book); !same) return failed(same.error());
  const Result<WriterLock> lock = WriterLock::take(folder / kLock);
  if (!lock) return failed(lock.error());
  const EvidenceFolder evidence(folder / kEvidence);
  if (Done prepared = evidence.prepare(); !prepared) return failed(prepared.error());
  if (const Result<ItemJournal> journal = ItemJournal::open_for_writing(journal_path(folder), false); !journal)
    return failed(journal.error());

  // The lines are read first: they are small beside the evidence, and the map below wants to pull them.
  struct Sighting {
    ItemLine line;
    std::uint64_t end;
    bool first;  // the first sighting of this content
  };
  std::vector<Sighting> lines;
  std::set<std::string, std::less<>> seen;
  const Result<std::uint64_t> end = ItemJournal::for_each(journal_path(folder), 0, [&](const ItemLine& line, std::uint64_t at) -> Done {
    lines.push_back({line, at, seen.insert(line.sha256).second});
    return {};
  });
  if (!end) return failed(end.error());

  const fs::path fresh_path = folder / "record.db.new";
  Result<Store> record = Store::create(fresh_path, book);
  if (!record) return failed(record.error());
  if (Done begun = record->begin(); !begun) return failed(begun.error());

  struct Read {
    const Sighting* line;
    Result<std::optional<ItemReading>> reading;
  };
  std::size_t next = 0;
  std::uint64_t done = 0;
  std::optional<Error> stopped;
  Rebuilt out;
  ordered_parallel_map(
      limits, [&]() -> std::optional<const Sighting*> { return next < lines.size() ? std::optional(&lines[next++]) : std::nullopt; },
      [](const Sighting* line) { return line->first ? static_cast<std::size_t>(line->line.size) : 0; },
      [&](const Sighting* line) -> Read {
        if (!line->first) return {line, std::optional<ItemReading>()};
        Result<std::string> bytes = evidence.read(line->line.sha256);
        if (!bytes) return {line, tl::unexpected<Error>(bytes.error())};
        return {line, read_for_record({line->line.id, line->line.path, *std::move(bytes)}, *resources)};
      },
      [&](const Read& read) {
        const auto stop = [&](const Error& error) {
          stopped = error;
          return false;
        };
        if (!read.reading) return stop(read.reading.error());
        const std::optional<ItemReading>& reading = *read.reading;
        if (reading && reading->problem) out.problems.push_back(*reading->problem);
        if (Done put = record->put(read.line->line, reading ? &*reading : nullptr, read.line->end); !put) return stop(put.error());
        progress(++done);
        if (done % Casebook::kBatchItems != 0) return true;
        if (Done committed = record->commit(); !committed) return stop(committed.error());
        if (Done begun = record->begin(); !begun) return stop(begun.error());
        return true;
      });
  if (!stopped) {
    if (Done committed = record->commit(); !committed) stopped = committed.error();
  }
  if (!stopped) {
    Result<Counts> counts = record->counts();
    if (counts) out.counts = *std::move(counts);
    if (Done settled = record->settle(); !settled) stopped = settled.error();
  }
  record = fail(ErrorKind::kCasebook, {}, {}, "closed");  // the file is whole only once it is closed
  if (stopped) {
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
      std::error_code none;
      fs::remove(fresh_path.string() + ending, none);
    }
    return failed(*stopped);
  }
  // A write-ahead log of the old record must not be taken for one of the new. Removing it before the rename loses at worst the tail of a
  // record that this one replaces.
  for (const char* ending : {"-wal", "-shm"}) {
    std::error_code none;
    fs::remove((folder / kRecord).string() + ending, none);
  }
  if (rename(fresh_path.c_str(), (folder / kRecord).c_str()) != 0)
    return casebook_failure(folder / kRecord, "cannot be put in place", errno);
  if (Done synced = sync_folder(folder); !synced) return failed(synced.error());
  if (file->codebook_version != book.version) {
    file->codebook_version = book.version;
    if (Done saved = save_casebook_file(folder / kFile, *file); !saved) return failed(saved.error());
  }
  return out;
}

}  // namespace litopys
