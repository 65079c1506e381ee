// One batch, three steps: one append of evidence, one append of the log with its checkpoint, one commit of the record. An item is
// acknowledged when all three are durable; the record may be behind by the batch that a crash met, and how far it has come stands in the
// record itself, so that the next writer reads exactly what is missing.
#include "store/casebook.h"

#include <simdjson.h>
#include <unistd.h>

#include <map>
#include <set>
#include <system_error>

#include "base/counted.h"
#include "store/casebook_folder.h"
#include "store/reading_digest.h"
#include "vault/keys.h"
#include "vault/network_share.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

std::uint64_t claims_of_reading(const std::optional<ItemReading>& reading) {
  return reading && reading->document ? reading->document->claims.size() : 0;
}

// What a segment's warcinfo says of the program's settings.
std::string settings_of(const CasebookFile& file, const Codebook& book) {
  return "casebook-format: " + std::to_string(kCasebookFormat) + "\r\ncasebook-name: " + file.name +
         "\r\ncasebook-created: " + file.created + "\r\ncodebook: " + file.codebook + " " + file.codebook_version +
         "\r\nread-with: " + book.id + " " + book.version + "\r\n";
}

// The entry of an act that lies in the evidence already.
Result<LogEntry> entry_of(const EvidenceAct& act, const std::string& time) {
  if (act.facts) return LogEntry{Act::taken_in, time, act.commitment(), {}};
  const std::optional<Act> known = act_of(act.act);
  if (!known) {
    return fail(ErrorKind::kCasebook, "evidence", "byte " + std::to_string(act.place.offset),
                "the record is of an act that is not known: " + act.act, "use a newer litopys");
  }
  return LogEntry{*known, time, act.commitment(), public_facts(act.bytes)};
}

// How far the record knows evidence and log; the beginning where it cannot say so.
ActEnd acknowledged_end(const fs::path& folder) {
  const CasebookPaths paths{folder};
  if (!is_there(paths.record())) return {};
  Result<Store> record = Store::open(paths.record(), Store::Mode::read);
  if (!record) return {};
  return record->end().value_or(ActEnd{});
}

// Makes the casebook's name durable, and those of the folders above it, which may be new too. One that may not be opened cannot be synced,
// and was not made just now.
void sync_names_of(const fs::path& folder) {
  std::error_code none;
  for (fs::path at = fs::absolute(folder, none).lexically_normal(); at.has_relative_path(); at = at.parent_path()) {
    [[maybe_unused]] const Done ignored = sync_folder(at.parent_path());
  }
}

// The log keeps the order, whatever the clock says; but what is dated before what came before it makes readers doubt both.
void say_if_clock_is_behind(const CustodyLog& log, const Say& say) {
  if (log.size() == 0) return;
  Result<LogReader> reader = log.reader();
  const Result<LogEntry> last = reader ? reader->entry(log.size() - 1) : tl::unexpected<Error>(reader.error());
  const std::string now = timestamp();
  if (!last || last->time <= now) return;  // what is damaged is said where it stands in the way
  say("this machine's clock says " + now + ", which is before the last act of the casebook (" + last->time +
      "): what is done now is dated so; set the clock right first if it matters");
}

}  // namespace

std::uint64_t acknowledged_entries(const fs::path& folder) { return acknowledged_end(folder).entries; }

std::map<std::string, std::variant<std::int64_t, std::string>> public_facts(std::string_view json) {
  std::map<std::string, std::variant<std::int64_t, std::string>> out;
  if (json.empty()) return out;  // simdjson copies from a null pointer then
  simdjson::dom::parser parser;
  simdjson::dom::object facts;
  if (parser.parse(json.data(), json.size())["public"].get(facts) != simdjson::SUCCESS) return out;
  for (const auto& [key, value] : facts) {
    std::int64_t number = 0;
    std::string_view text;
    if (value.get(number) == simdjson::SUCCESS) {
      out.emplace(key, number);
    } else if (value.get(text) == simdjson::SUCCESS) {
      out.emplace(key, std::string(text));
    }
  }
  return out;
}

Result<CasebookReader> open_casebook(const fs::path& folder) {
  const CasebookPaths paths{folder};
  Result<CasebookFile> file = load_casebook(paths);
  if (!file) return tl::unexpected<Error>(file.error());
  Result<Store> record = Store::open(paths.record(), Store::Mode::read);
  if (!record) return tl::unexpected<Error>(record.error());
  Result<ActEnd> known = record->end();
  if (!known) return tl::unexpected<Error>(known.error());
  const Result<std::vector<EvidenceSegment>> segments = evidence_segments(paths.evidence());
  if (!segments) return tl::unexpected<Error>(segments.error());
  EvidenceEnd end;
  if (!segments->empty()) {
    std::error_code none;
    const auto size = fs::file_size(paths.evidence() / segments->back().name, none);
    end = {segments->back().number, none ? 0 : size};
  }
  if (known->evidence > end) {
    return fail(ErrorKind::kCasebook, paths.evidence().string(), {}, "has less than the record knows: evidence was lost",
                "find out more with: litopys verify " + folder.string() + "; restore it from a copy of the casebook");
  }
  return CasebookReader{folder, *std::move(file), *std::move(record), end > known->evidence};
}

WriterPatience Casebook::patience(const Say& say, std::chrono::seconds wait) {
  return {wait, [&say](const std::string& who) { say("waiting for " + who + ", which is writing to this casebook"); }};
}

Casebook::Casebook(fs::path folder, std::shared_ptr<const Resources> resources)
    : folder_(std::move(folder)), resources_(std::move(resources)) {}

Result<Casebook> Casebook::open(const fs::path& folder, std::shared_ptr<const Resources> resources, const Say& say,
                                std::chrono::seconds wait) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  const CasebookPaths paths{folder};
  Casebook out(folder, std::move(resources));
  const Codebook& book = codebook_of(*out.resources_);
  if (!is_there(paths.file())) {
    if (Done may = may_create_casebook(paths); !may) return failed(may.error());
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return casebook_failure(folder, "cannot be created", error.value());
  } else if (const Result<CasebookFile> file = load_casebook(paths); !file) {
    return failed(file.error());  // before the lock's file is made where there is no casebook
  }
  Result<WriterLock> lock = WriterLock::take(paths.lock(), patience(say, wait));
  if (!lock) return failed(lock.error());
  out.lock_ = *std::move(lock);
  if (const std::string share = network_share_line(folder); !share.empty()) say(share);
  // Only now, since another writer may have made the casebook, or read it again with another codebook, until it let go.
  const bool creating = !is_there(paths.file());
  if (creating) {
    out.file_ = {kCasebookFormat, casebook_name(folder), timestamp(), book.id, book.version};
  } else {
    Result<CasebookFile> file = load_casebook(paths);
    if (!file) return failed(file.error());
    out.file_ = *std::move(file);
    if (Done same = check_codebook(paths, out.file_, book); !same) return failed(same.error());
  }
  if (creating) {
    if (Done made = make_folder(paths.evidence()); !made) return failed(made.error());
  }
  if (Done opened = out.open_vault(say); !opened) return failed(opened.error());
  Result<Store> record =
      !creating && is_there(paths.record()) ? Store::open(paths.record(), Store::Mode::write) : Store::create(paths.record(), book);
  if (!record) return failed(record.error());
  out.record_ = *std::move(record);
  if (creating) {
    // casebook.toml comes last: until it is there, the folder is no casebook and may be made one again.
    if (Done synced = sync_folder(folder); !synced) return failed(synced.error());
    sync_names_of(folder);
    if (Done saved = save_casebook_file(paths.file(), out.file_); !saved) return failed(saved.error());
  } else {
    // Its name may be that of a writer who was killed before it was durable.
    if (Done synced = sync_folder(folder); !synced) return failed(synced.error());
    Result<ActEnd> known = out.record_->end();
    if (!known) return failed(known.error());
    const auto finish_withdrawals = [&](std::uint64_t entries) -> Done {
      const Result<bool> remade = out.finish_withdrawals(entries, say);
      if (!remade) return tl::unexpected<Error>(remade.error());
      if (*remade) known = out.record_->end();
      return known ? Done{} : tl::unexpected<Error>(known.error());
    };
    if (Done finished = finish_withdrawals(known->entries); !finished) return failed(finished.error());
    const std::uint64_t logged_before = out.log_->size();
    if (Done whole = out.lost_nothing(*known); !whole) return failed(whole.error());
    if (Done logged = out.log_what_is_not(LookFrom::signed_end, say); !logged) return failed(logged.error());
    // A tombstone that reached only the evidence is logged by now.
    if (Done finished = finish_withdrawals(logged_before); !finished) return failed(finished.error());
    if (Done brought = out.bring_up_format(say); !brought) return failed(brought.error());
    if (Done caught = out.catch_up(say); !caught) return failed(caught.error());
    if (out.file_.codebook_version != book.version) {
      say("the record was made with version " + out.file_.codebook_version + " of the codebook, new items are read with " + book.version +
          "; to read all with one: litopys rebuild " + folder.string());
    }
  }
  Result<Store> lookup = Store::open(paths.record(), Store::Mode::read);
  if (!lookup) return failed(lookup.error());
  out.lookup_mutex_ = std::make_shared<std::mutex>();
  out.lookup_ = std::make_shared<Store>(*std::move(lookup));
  return out;
}

Done Casebook::open_vault(const Say& say) {
  const CasebookPaths paths{folder_};
  clear_leftovers(paths);
  Result<LogKey> key = open_log_key(folder_, passphrase_of_user());
  if (!key) return tl::unexpected<Error>(key.error());
  Result<CustodyLog> log = CustodyLog::open_for_writing(paths.log(), *key, acknowledged_entries(folder_));
  if (!log) return tl::unexpected<Error>(log.error());
  log_ = *std::move(log);
  for (const std::string& line : log_->recovery().lines) say(line);
  say_if_clock_is_behind(*log_, say);
  return open_evidence();
}

Done Casebook::open_evidence() {
  const CasebookPaths paths{folder_};
  Result<EvidenceWriter> evidence = EvidenceWriter::open(paths.evidence(), file_.name, settings_of(file_, codebook_of(*resources_)));
  if (!evidence) return tl::unexpected<Error>(evidence.error());
  evidence_ = *std::move(evidence);
  return {};
}

Done Casebook::lost_nothing(const ActEnd& known) const {
  const bool entries = known.entries > log_->size();
  if (!entries && known.evidence <= evidence_->end()) return {};
  return fail(ErrorKind::kCasebook, folder_.string(), {},
              entries ? "its custody log is shorter than the record knows it: entries were lost"
                      : "its evidence is shorter than the record knows it: records were lost",
              "find out more with: litopys verify " + folder_.string() + "; restore it from a copy of the casebook");
}

Result<AnnouncedActs> Casebook::announced_acts(LogReader& log) const {
  const Result<NoteVerifier> verifier = load_log_vkey(folder_);
  if (!verifier) return tl::unexpected<Error>(verifier.error());
  return AnnouncedActs(load_announcement(announced_path(folder_), *verifier), log);
}

Done Casebook::log_what_is_not(LookFrom from, const Say& say) {
  Result<LogReader> reader = log_->reader();
  if (!reader) return tl::unexpected<Error>(reader.error());
  Result<AnnouncedActs> announced = announced_acts(*reader);
  if (!announced) return tl::unexpected<Error>(announced.error());
  const std::optional<ActEnd>& covered = announced->covered();
  bool all = from == LookFrom::beginning || !covered || covered->evidence > evidence_->end();
  std::optional<ActWalk> walk(std::in_place, folder_, *reader, all ? ActEnd{} : *covered);
  std::optional<Result<ActWalk::Step>> step = walk->next();
  if (!all && step && !(*step && ((*step)->index || announced->is_next((*step)->act.commitment())))) {
    // Nothing of ours stands where the evidence was signed to end: a withdrawal that was interrupted has moved it, or somebody has. Only
    // all of it tells, and nothing is cut or blamed before.
    all = true;
    walk.emplace(folder_, *reader, ActEnd{});
    step = walk->next();
  }
  std::optional<Error> stranger;
  std::vector<LogEntry> waiting;
  std::uint64_t logged = 0;
  const auto append = [&]() -> Done {
    if (waiting.empty()) return {};
    const Result<std::uint64_t> first = log_->append(waiting);
    if (!first) return tl::unexpected<Error>(first.error());
    logged += waiting.size();
    waiting.clear();
    return {};
  };
  for (; step; step = walk->next()) {
    if (!*step) {
      if (!walk->torn()) return tl::unexpected<Error>(step->error());
      const std::uint64_t size = evidence_->end().offset;
      const EvidenceEnd end = walk->end().evidence;
      if (Done cut = evidence_->cut(end); !cut) return cut;
      say("the last writer was interrupted: " + std::to_string(size - end.offset) + " bytes of evidence that were not finished were cut");
      break;
    }
    if ((*step)->index) continue;
    if (!announced->take((*step)->act.commitment())) {
      stranger = not_announced((*step)->act.place, announced->problem());
      break;
    }
    Result<LogEntry> entry = entry_of((*step)->act, timestamp());
    if (!entry) return tl::unexpected<Error>(entry.error());
    waiting.push_back(*std::move(entry));
    if (waiting.size() < kBatchItems) continue;
    if (Done appended = append(); !appended) return appended;
  }
  if (Done appended = append(); !appended) return appended;
  if (logged > 0) {
    say("the custody log was behind the evidence: " + counted(logged, "record was logged", "records were logged"));
  }
  if (stranger) return tl::unexpected<Error>(*std::move(stranger));
  if (!all || log_->size() == 0) return {};
  if (from == LookFrom::signed_end) {
    say("the evidence was compared with the custody log from its beginning: nothing that holds was signed on where it ends; now it is");
  }
  return sign_end(evidence_->end());
}

Done Casebook::sign_end(EvidenceEnd end) {
  const Result<std::string> announcement = log_->announcement({}, end);
  if (!announcement) return tl::unexpected<Error>(announcement.error());
  return replace_file(announced_path(folder_), *announcement);
}

Error Casebook::not_announced(const EvidencePlace& place, const std::string& why) const {
  const fs::path path = segment_path(CasebookPaths{folder_}, place.segment);
  const bool known = acknowledged_end(folder_).evidence > EvidenceEnd{place.segment, place.offset};
  return {ErrorKind::kCasebook, path.string(), "byte " + std::to_string(place.offset),
          std::string(kNotAnnounced) + ": " + why + "; it was neither logged nor read",
          how_to_cut(path, place.offset) + (known ? how_to_forget(folder_) : std::string())};
}

Done Casebook::bring_up_format(const Say& say) {
  if (file_.format == kCasebookFormat) return {};
  CasebookFile now = file_;
  now.format = kCasebookFormat;
  if (Done saved = save_casebook_file(CasebookPaths{folder_}.file(), now); !saved) return saved;
  say("the casebook has format " + std::to_string(now.format) +
      " now: what is written is announced with the key first, and where the evidence ends; an older litopys does not open it any more");
  file_ = std::move(now);
  return {};
}

Result<Casebook::Kept> Casebook::keep(std::span<const PackedAct> acts, const LogEntry& like) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  if (Done ready = evidence_->ready(); !ready) return failed(ready.error());
  std::vector<LogEntry> entries;
  for (const PackedAct& act : acts) entries.push_back({like.act, like.time, act.commitment(evidence_->warcinfo()), like.facts});
  const Result<std::string> announcement = log_->announcement(entries, evidence_->end());
  if (!announcement) return failed(announcement.error());
  if (Done announced = replace_file(announced_path(folder_), *announcement); !announced) return failed(announced.error());
  Result<std::vector<EvidencePlace>> places = evidence_->append(acts);
  if (!places) return failed(places.error());
  const Result<std::uint64_t> first = log_->append(entries);
  if (!first) return failed(first.error());
  return Kept{*std::move(places), *first};
}

Done Casebook::catch_up(const Say& say) {
  Result<ActEnd> known = record_->end();
  if (!known) return tl::unexpected<Error>(known.error());
  if (known->evidence == evidence_->end() && known->entries == log_->size()) return {};
  Result<LogReader> reader = log_->reader();
  if (!reader) return tl::unexpected<Error>(reader.error());
  ActWalk walk(folder_, *std::move(reader), *known);
  std::uint64_t items = 0;
  if (Done begun = record_->begin(); !begun) return begun;
  const auto put_all = [&]() -> Done {
    while (std::optional<Result<ActWalk::Step>> step = walk.next()) {
      if (!*step) return tl::unexpected<Error>(step->error());
      if (!(*step)->index) {  // the log has all evidence by now: what comes here was logged, and the record begins in a wrong place
        return fail(ErrorKind::kCasebook, CasebookPaths{folder_}.record().string(), {},
                    "names another place in the evidence than the one up to which its entries of the log reach",
                    "run: litopys rebuild " + folder_.string());
      }
      EvidenceAct& act = (*step)->act;
      Done put;
      if (act.facts) {
        Result<bool> has = record_->has(act.facts->sha256);
        if (!has) return tl::unexpected<Error>(has.error());
        const Sighting sighting{*(*step)->index, *act.facts, act.record, act.place};
        std::optional<ItemReading> reading;
        if (!*has || act.facts->transcript) {
          reading = read_for_record(std::move(act).item(), *resources_);
          if (Done named = record_->read_by(reading_id(*resources_)); !named) return named;
        }
        put = record_->put(sighting, reading ? &*reading : nullptr);
        ++items;
      } else {
        put = record_->put_act(*(*step)->index, act.act, (*step)->entry.time, act.bytes);
      }
      if (!put) return put;
      if (items % kBatchItems != kBatchItems - 1) continue;
      if (Done marked = record_->mark(walk.end()); !marked) return marked;
      if (Done done = record_->commit(); !done) return done;
      if (Done begun = record_->begin(); !begun) return begun;
    }
    return record_->mark(walk.end());
  };
  if (Done put = put_all(); !put) {
    record_->roll_back();
    return put;
  }
  if (items > 0) {
    say("the record was behind the evidence: " + counted(items, "item was read again", "items were read again"));
  }
  return record_->commit();
}

Result<TakenItem> Casebook::take(OpenedItem opened) const {
  TakenItem out;
  Item& item = opened.item;
  make_keepable(item);
  out.facts = {item.id, item.path, timestamp(), sha256_hex(item.bytes), item.bytes.size(), {}, item.origin, false, false};
  for (const std::string& note : opened.notes) out.facts.notes.push_back(keepable(note));
  bool known = false;
  bool wants_pictures_read = false;
  {
    const std::lock_guard lock(*lookup_mutex_);
    Result<bool> has = lookup_->has(out.facts.sha256);
    if (!has) return tl::unexpected<Error>(has.error());
    known = *has;
    const Result<bool> wants = known ? lookup_->wants_pictures_read(out.facts.sha256) : Result<bool>(false);
    if (!wants) return tl::unexpected<Error>(wants.error());
    wants_pictures_read = *wants;
  }
  item.as_kept = true;
  item.transcript.reset();
  if (!known || wants_pictures_read) out.trouble = read_pictures_of(item, *resources_);
  if (!known || item.transcript) {
    out.reading = read_for_record(item, *resources_);
    out.facts.reading = {reading_id(*resources_), reading_digest(*out.reading)};
  }
  if (!known) {
    Result<PackedAct> packed = press_.item(item, out.facts);
    if (!packed) return tl::unexpected<Error>(packed.error());
    out.packed = *std::move(packed);
  }
  item.warc_record = {};
  item.bytes = {};
  out.item = std::move(item);
  return out;
}

Done Casebook::add(TakenItem item, const Acknowledge& acknowledge) {
  const auto now = std::chrono::steady_clock::now();
  if (batch_.empty()) batch_began_ = now;
  if (item.packed) batch_bytes_ += item.packed->packed.size();
  batch_.push_back(std::move(item));
  if (batch_.size() < kBatchItems && batch_bytes_ < kBatchBytes && now - batch_began_ < kBatchTime) return {};
  return flush(acknowledge);
}

Done Casebook::flush(const Acknowledge& acknowledge) {
  if (batch_.empty()) return {};
  std::vector<TakenItem> batch = std::move(batch_);
  batch_.clear();
  batch_bytes_ = 0;
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };

  // What is seen again becomes a record that names the one which holds the content: of the record, or of this batch.
  std::vector<bool> fresh;
  std::map<std::string, std::string> here;  // SHA-256 to WARC-Record-ID of contents that are new with this batch
  std::set<std::string> late;               // … whose pictures are read with this batch, and were kept before
  std::vector<PackedAct> acts;
  for (TakenItem& item : batch) {
    Result<std::optional<std::string>> kept = record_->record_of(item.facts.sha256);
    if (!kept) return failed(kept.error());
    if (const auto at = here.find(item.facts.sha256); at != here.end()) *kept = at->second;
    fresh.push_back(!*kept);
    if (!*kept) {
      here.emplace(item.facts.sha256, item.packed->record);
      acts.push_back(std::move(*item.packed));
      continue;
    }
    if (item.item.transcript) {
      // One is enough: another sighting, or this batch, may have brought it.
      const Result<bool> wants = record_->wants_pictures_read(item.facts.sha256);
      if (!wants) return failed(wants.error());
      if (!*wants || !late.insert(item.facts.sha256).second) item.item.transcript.reset();
    }
    if (!item.item.transcript) {
      item.reading.reset();
      item.facts.reading.reset();
    }
    Result<PackedAct> again = press_.again(item.item, item.facts, **kept);
    if (!again) return failed(again.error());
    acts.push_back(*std::move(again));
  }

  const Result<Kept> kept = keep(acts, {Act::taken_in, timestamp(), {}, {}});
  if (!kept) return failed(kept.error());

  if (Done begun = record_->begin(); !begun) return begun;
  const auto put_all = [&]() -> Done {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      ItemFacts facts = batch[i].facts;
      if (!fresh[i]) facts.id.clear();
      const ItemReading* reading = batch[i].reading ? &*batch[i].reading : nullptr;
      if (reading != nullptr) {
        if (Done named = record_->read_by(reading_id(*resources_)); !named) return named;
      }
      if (Done put = record_->put({kept->first + i, std::move(facts), acts[i].record, kept->places[i]}, reading); !put) return put;
    }
    if (Done marked = record_->mark({evidence_->end(), log_->size()}); !marked) return marked;
    return record_->commit();
  };
  if (Done put = put_all(); !put) {
    record_->roll_back();
    return put;
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const TakenItem& item = batch[i];
    std::optional<Error> problem = item.trouble;
    if (!problem && item.reading) problem = item.reading->problem;
    acknowledge({item.facts.sha256, item.item.id, item.item.path, fresh[i], item.reading.has_value(), claims_of_reading(item.reading),
                 std::move(problem)});
  }
  return {};
}

Result<Casebook::Noted> Casebook::note_in_vault(const NotedAct& act) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  const std::string now = timestamp();
  Result<PackedAct> packed = press_.note(act.act, now, act.json);
  if (!packed) return failed(packed.error());
  const Result<Kept> kept = keep({&*packed, 1}, {act.act, now, {}, public_facts(act.json)});
  if (!kept) return failed(kept.error());
  return Noted{kept->first, now};
}

Result<std::uint64_t> Casebook::note(const NotedAct& act) {
  const Result<Noted> noted = note_in_vault(act);
  if (!noted) return tl::unexpected<Error>(noted.error());
  if (Done begun = record_->begin(); !begun) return tl::unexpected<Error>(begun.error());
  Done put = record_->put_act(noted->index, name_of(act.act), noted->time, act.json);
  if (put) put = record_->mark({evidence_->end(), log_->size()});
  if (put) put = record_->commit();
  if (put) return noted->index;
  record_->roll_back();
  return tl::unexpected<Error>(put.error());
}

}  // namespace litopys
