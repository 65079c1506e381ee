// Three witnesses are heard against one another: the evidence, the log, and the record. The log is verified by itself first (verify_log);
// then the evidence is read once, in order, and each act must be what the next entry commits to; the record hears of each meanwhile
// (store/record_witness.h).
#include "store/verify.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <ctime>
#include <map>
#include <system_error>
#include <unordered_map>

#include "base/counted.h"
#include "store/casebook.h"
#include "store/casebook_folder.h"
#include "store/damage_tally.h"
#include "store/record_witness.h"
#include "vault/announced.h"
#include "vault/keys.h"
#include "vault/small_file.h"
#include "vault/stamp.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

// What the log says of an entry, as far as the evidence must answer to it.
struct Promise {
  MerkleHash commitment{};
  Act act = Act::taken_in;
  bool known = false;      // it could be read
  bool withdrawn = false;  // a later entry says so
};

// A record that the log does not have.
struct Unlogged {
  EvidencePlace place;
  MerkleHash commitment{};
};

struct HashOfHash {
  std::size_t operator()(const MerkleHash& hash) const {
    std::size_t out = 0;
    for (std::size_t i = 0; i < sizeof(out); ++i) out = out << 8U | hash[i];
    return out;
  }
};

constexpr std::size_t kLargestFile = 1UL << 20U;  // casebook.toml has a few lines
constexpr std::int64_t kClocksDiffer = 3600;      // seconds by which a casebook's clock may be ahead of an authority's without a word

// Seconds since 1970 of "2026-11-25T13:43:22…", the form of entries and stamps.
std::int64_t seconds_of(const std::string& time) {
  std::tm out{};
  return strptime(time.c_str(), "%Y-%m-%dT%H:%M:%S", &out) == nullptr ? 0 : timegm(&out);
}

class Verifier {
 public:
  Verifier(const fs::path& folder, const VerifyOptions& options, const ReportDamage& report)
      : paths_{folder}, options_(options), damages_(paths_.folder, out_, report) {}

  Result<Verification> run() {
    Result<CasebookFile> file = load_casebook(paths_);
    if (!file) return tl::unexpected<Error>(file.error());
    file_ = *std::move(file);
    if (Done quiet = nobody_writes(); !quiet) return tl::unexpected<Error>(quiet.error());
    check_log();
    record_.emplace(paths_, file_, options_, out_, damages_);
    check_evidence();
    check_announced();
    check_file();
    const Done compared = record_->compare({promises_.size(), end_, log_ends_, verifier_, [&](std::uint64_t entry) {
                                              return next_due(static_cast<std::size_t>(entry)) < promises_.size();
                                            }});
    record_.reset();
    check_stamps();
    check_names();
    what_cannot_be_known();
    if (!compared) return tl::unexpected<Error>(compared.error());
    return std::move(out_);
  }

 private:
  template <class... What>
  void damage(What&&... what) {
    damages_.add(std::forward<What>(what)...);
  }

  Done nobody_writes() {
    lock_ = File(open(paths_.lock().c_str(), O_RDONLY | O_CLOEXEC));
    if (!lock_) return {};  // nobody has ever written since it was copied
    if (flock(lock_.get(), LOCK_SH | LOCK_NB) == 0) return {};
    return fail(ErrorKind::kCasebook, paths_.folder.string(), {}, writer_of(lock_.get()) + " is writing to this casebook",
                "wait until it has ended; what is being written cannot be verified");
  }

  void check_log() {
    const Result<NoteVerifier> verifier = load_log_vkey(paths_.folder);
    if (!verifier) return damage(verifier.error(), "log.vkey");
    verifier_ = *verifier;
    LogCheckOptions options;
    options.on_entry = [&](std::uint64_t index, std::string_view bytes) { take_promise(index, bytes); };
    const auto report = [&](const Damage& each) { damage(each); };
    out_.log = verify_log(paths_.log(), *verifier, report, options);
    if (!options_.anchors.empty()) {
      verify_anchors(paths_.log(), *verifier, options_.anchors, report);
      out_.anchors = options_.anchors.size();
    }
    if (set_back_ > 0) {
      out_.notes.push_back(first_set_back_ + (set_back_ > 1 ? ", and so " + std::to_string(set_back_ - 1) + " more" : "") +
                           ": the clock was set back, or was wrong before");
    }
    check_key(*verifier);
  }

  void take_promise(std::uint64_t index, std::string_view bytes) {
    if (index > promises_.size() + 1'000'000) return;  // verify_log gives them in order; a jump is its damage, not ours to follow
    promises_.resize(std::max<std::size_t>(promises_.size(), static_cast<std::size_t>(index) + 1));
    const Result<LogEntry> entry = parse_entry(bytes);
    if (!entry) return;  // reported by verify_log
    promises_[static_cast<std::size_t>(index)] = {entry->commitment, entry->act, true, false};
    if (entry->time < last_time_ && set_back_++ == 0) {
      first_set_back_ =
          "log entry " + std::to_string(index) + " is dated " + entry->time + ", before the entry before it (" + last_time_ + ")";
    }
    last_time_ = entry->time;
    if (entry->act != Act::taken_in) act_times_[index] = entry->time;
    if (entry->act != Act::withdrawn) return;
    const auto of = entry->facts.find("of");
    const std::int64_t* which = of == entry->facts.end() ? nullptr : std::get_if<std::int64_t>(&of->second);
    if (which != nullptr && *which >= 0 && static_cast<std::uint64_t>(*which) < index) {
      promises_[static_cast<std::size_t>(*which)].withdrawn = true;
      ++out_.withdrawn;
    }
  }

  // A key that lies there, unlocked, must be the one of the signatures; a flipped bit in it would be found only when it is needed.
  void check_key(const NoteVerifier& verifier) {
    if (!is_there(log_key_path(paths_.folder))) {
      out_.notes.push_back("log.key is not here: nothing can be added until it is");
      return;
    }
    const Result<LogKey> key = LogKey::load(log_key_path(paths_.folder), passphrase_of_user());
    if (key && !(key->verifier() == verifier))
      damage("log.key", std::nullopt, "is not the key of this log", verifier.name(), key->verifier().name());
    if (!key) out_.notes.push_back("log.key was not checked: " + key.error().problem);
  }

  // --- evidence against log

  // The next entry that must have a record.
  std::size_t next_due(std::size_t at) const {
    while (at < promises_.size() && (!promises_[at].known || !has_evidence(promises_[at].act) || promises_[at].withdrawn)) ++at;
    return at;
  }

  void missing(std::size_t from, std::size_t to) {
    for (std::size_t i = next_due(from); i < to; i = next_due(i + 1)) {
      damage("evidence", std::nullopt,
             "the record of log entry " + std::to_string(i) + " (" + std::string(name_of(promises_[i].act)) + ") is missing");
    }
  }

  void check_evidence() {
    std::unordered_map<MerkleHash, std::size_t, HashOfHash> where;  // made when it is needed
    const auto entry_of = [&](const MerkleHash& commitment) -> std::optional<std::size_t> {
      if (where.empty()) {
        for (std::size_t i = 0; i < promises_.size(); ++i) {
          if (promises_[i].known) where.emplace(promises_[i].commitment, i);
        }
      }
      const auto at = where.find(commitment);
      return at == where.end() ? std::nullopt : std::optional(at->second);
    };
    EvidenceReader reader(paths_.evidence(), {}, EvidenceReader::Items::checked);
    std::size_t at = 0;
    std::vector<Unlogged> unlogged;  // at the end, so far
    std::uint32_t blind = 0;         // segment whose beginning is damaged
    while (auto act = reader.next()) {
      if (!*act) {
        const Error& error = act->error();
        const std::optional<std::uint64_t> byte = byte_of_place(error.place);
        if (reader.in_tail() && next_due(at) == promises_.size() && out_.log.damages == 0) {
          out_.notes.push_back(error.item + ": its end, from byte " + std::to_string(byte.value_or(0)) +
                               ", is not whole: what stands there was never acknowledged, and the next add cuts it");
          break;
        }
        damage(error, "evidence");
        if (byte == 0) blind = reader.end().segment;
        if (!reader.find_next()) break;
        continue;
      }
      const EvidenceAct& found = **act;
      options_.progress(reader.records_read());
      at = next_due(at);
      const MerkleHash commitment = found.commitment();
      std::optional<std::size_t> index;
      if (at < promises_.size() && promises_[at].commitment == commitment) {
        index = at;
      } else {
        index = entry_of(commitment);
      }
      const std::string name = segment_of(found.place.segment);
      if (!index) {
        if (found.place.segment == blind) continue;  // one line said it
        if (at >= promises_.size()) {
          unlogged.push_back({found.place, commitment});
        } else {
          damage(name, found.place.offset,
                 "this record is not what log entry " + std::to_string(at) + " (" + std::string(name_of(promises_[at].act)) +
                     ") is about: it was changed or put in",
                 hex_of(promises_[at].commitment), hex_of(commitment));
          // One record changed stands for one entry; the comparison goes on with the next.
          at = at + 1;
        }
        continue;
      }
      for (const Unlogged& each : std::exchange(unlogged, {})) {
        damage(segment_of(each.place.segment), each.place.offset,
               "this record stands before others that the log has, and the log does not have it");
      }
      if (*index < at) {
        damage(
            name, found.place.offset,
            "the record of log entry " + std::to_string(*index) +
                (promises_[*index].withdrawn ? " was withdrawn and is still here" : " stands in another place than in the log, or twice"));
        continue;
      }
      if (promises_[*index].withdrawn) {
        damage(name, found.place.offset, "the record of log entry " + std::to_string(*index) + " was withdrawn and is still here");
        continue;
      }
      missing(at, *index);
      at = *index + 1;
      check_act(found, *index, name);
    }
    missing(at, promises_.size());
    check_unlogged(unlogged);
    out_.records = reader.records_read();
    out_.bytes = reader.bytes_read();
    end_ = reader.end();
    out_.segments = end_.segment;
  }

  // Whole records behind all that the log has. What a crash left was announced with the key before it was written.
  void check_unlogged(const std::vector<Unlogged>& unlogged) {
    if (unlogged.empty() || !verifier_) return;  // without the key, the log is damage already
    const EvidencePlace& first = unlogged.front().place;
    log_ends_ = EvidenceEnd{first.segment, first.offset};
    Result<LogReader> log = LogReader::open(paths_.log(), *verifier_);
    if (!log) return damage(log.error(), "log");
    AnnouncedActs announced(load_announcement(announced_path(paths_.folder), *verifier_), *log);
    const auto stranger =
        std::find_if_not(unlogged.begin(), unlogged.end(), [&](const Unlogged& each) { return announced.take(each.commitment); });
    const auto ours = static_cast<std::size_t>(stranger - unlogged.begin());
    for (auto each = stranger; each != unlogged.end(); ++each) {
      damage(segment_of(each->place.segment), each->place.offset,
             std::string(kNotAnnounced) + ": " + announced.problem() + "; no writer logs or reads it");
    }
    if (ours > 0) {
      out_.notes.push_back(counted(ours, "record", "records") + " at the end of the evidence " + (ours == 1 ? "is" : "are") +
                           " not in the log: never acknowledged, and the next add logs them");
    }
    if (stranger == unlogged.end()) return;
    out_.notes.push_back("what was not announced: " + how_to_cut(segment_path(paths_, stranger->place.segment), stranger->place.offset));
  }

  void check_announced() {
    if (!verifier_) return;  // reported with the log
    if (const auto announced = load_announcement(announced_path(paths_.folder), *verifier_); !announced) {
      damage(announced.error(), "announced");
    }
  }

  void check_act(const EvidenceAct& act, std::size_t index, const std::string& name) {
    const Promise& promise = promises_[index];
    if (act.facts.has_value() != (promise.act == Act::taken_in) || (!act.facts && act.act != name_of(promise.act))) {
      damage(name, act.place.offset, "the record is of another act than log entry " + std::to_string(index),
             std::string(name_of(promise.act)), act.facts ? "taken-in" : act.act);
    }
    const auto time = act_times_.find(index);
    record_->take(act, index, time == act_times_.end() ? std::string() : time->second);
    if (act.facts) {
      ++out_.sightings;
      if (!act.facts->again) ++out_.items;
    } else {
      ++out_.acts;
      codebook_from(act);
    }
  }

  // The codebook's version that casebook.toml must name: of the last re-read.
  void codebook_from(const EvidenceAct& act) {
    if (act.act != name_of(Act::reread)) return;
    const auto facts = public_facts(act.bytes);
    const auto at = facts.find("codebook");
    if (at == facts.end()) return;
    if (const auto* text = std::get_if<std::string>(&at->second)) last_codebook_ = *text;
  }

  std::string segment_of(std::uint32_t number) {
    if (segments_.empty()) {
      if (const auto all = evidence_segments(paths_.evidence())) {
        for (const EvidenceSegment& each : *all) segments_.push_back(each.name);
      }
    }
    return "evidence/" + (number >= 1 && number <= segments_.size() ? segments_[number - 1] : std::to_string(number));
  }

  // --- the rest

  // casebook.toml says what the first segment's warcinfo says, in the form that this program writes.
  void check_file() {
    const std::string name = paths_.file().filename().string();
    const Result<std::string> text = read_small_file(paths_.file(), kLargestFile);
    if (!text) return damage(text.error(), name);
    if (const std::string form = casebook_file_text(file_); *text != form) {
      damage(name, std::nullopt, "is not in the form that litopys writes", std::to_string(form.size()) + " bytes",
             std::to_string(text->size()) + " bytes, or others");
    }
    const std::map<std::string, std::string> settings = first_settings();
    if (settings.empty()) return;
    const auto compare = [&](const char* what, const std::string& key, const std::string& found) {
      const auto at = settings.find(key);
      if (at != settings.end() && at->second != found)
        damage(name, std::nullopt, std::string("its ") + what + " is not that of the first warcinfo", at->second, found);
    };
    compare("name", "casebook-name", file_.name);
    compare("time of creation", "casebook-created", file_.created);
    if (const auto at = settings.find("casebook-format"); at != settings.end()) {
      const std::uint64_t begun = plain_size(at->second).value_or(0);
      if (static_cast<std::uint64_t>(file_.format) < begun) {
        damage(name, std::nullopt, "its format is lower than that of the first warcinfo", at->second, std::to_string(file_.format));
      }
      announced_from_the_first_ = begun > kOldestCasebookFormat;
    }
    const auto begun = settings.find("codebook");
    const std::string expected = !last_codebook_.empty() ? last_codebook_ : begun == settings.end() ? std::string() : begun->second;
    const std::string found = file_.codebook + " " + file_.codebook_version;
    if (!expected.empty() && expected != found)
      damage(name, std::nullopt, "its codebook is not the one that the evidence names last", expected, found);
  }

  std::map<std::string, std::string> first_settings() {
    std::map<std::string, std::string> out;
    Result<MemberReader> reader = MemberReader::open(paths_.folder / segment_of(1));
    if (!reader) return out;
    const auto member = reader->next();
    if (!member || !*member) return out;
    std::string_view text = (*member)->bytes;
    const std::size_t block = text.find("\r\n\r\n");
    if (block == std::string_view::npos) return out;
    text.remove_prefix(block + 4);
    while (!text.empty()) {
      const std::string_view line = text.substr(0, text.find("\r\n"));
      text.remove_prefix(std::min(text.size(), line.size() + 2));
      if (const std::size_t colon = line.find(": "); colon != std::string_view::npos) {
        out.emplace(line.substr(0, colon), line.substr(colon + 2));
      }
    }
    return out;
  }

  void check_stamps() {
    if (!is_there(paths_.stamps())) return;
    const auto stamps = StampFolder(paths_.stamps()).list();
    if (!stamps) return damage(stamps.error(), "stamps");
    std::optional<LogReader> log;
    if (verifier_) {
      if (auto opened = LogReader::open(paths_.log(), *verifier_)) log = *std::move(opened);
    }
    for (const StampRecord& stamp : *stamps) {
      ++out_.stamps;
      if (stamp.state == StampState::broken) damage("stamps/" + stamp.id, std::nullopt, stamp.problem.value_or("does not verify"));
      if (stamp.state == StampState::pending) ++out_.stamps_pending;
      if (stamp.time && log) check_stamp_time(stamp, *log);
    }
    if (out_.stamps_pending > 0)
      out_.notes.push_back(counted(out_.stamps_pending, "time-stamp was", "time-stamps were") + " asked for and not yet given");
  }

  // What an authority vouches for cannot be younger than its word.
  void check_stamp_time(const StampRecord& stamp, LogReader& log) {
    if (stamp.size == 0 || stamp.size > log.size()) return;
    const Result<LogEntry> last = log.entry(stamp.size - 1);
    if (!last || seconds_of(last->time) <= stamp.time->time + kClocksDiffer) return;
    out_.notes.push_back("stamps/" + stamp.id + " is of " + stamp.time->iso + ", and the last entry that it vouches for is dated " +
                         last->time + ": this machine's clock was ahead, or " + stamp.time->authority + " says a wrong time");
  }

  void check_names() {
    static constexpr std::string_view kOurs[] = {"casebook.toml", "lock",      "evidence",      "log",           "log.key",  "log.vkey",
                                                 "stamps",        "record.db", "record.db-wal", "record.db-shm", "announced"};
    std::error_code error;
    for (fs::directory_iterator each(paths_.folder, error), end; !error && each != end; each.increment(error)) {
      const std::string name = each->path().filename().string();
      if (std::find(std::begin(kOurs), std::end(kOurs), name) == std::end(kOurs)) out_.notes.push_back(name + " is no part of a casebook");
    }
    (void)evidence_segments(paths_.evidence(),
                            [&](const std::string& name) { damage("evidence/" + name, std::nullopt, "is no segment of this casebook"); });
  }

  void what_cannot_be_known() {
    if (options_.anchors.empty()) {
      out_.unknown.push_back(
          "whether this is an older copy, or evidence and log were made anew as a whole by somebody who has log.key: compare with a "
          "checkpoint "
          "that was kept elsewhere (--anchor FILE)");
    }
    if (out_.stamps == out_.stamps_pending)
      out_.unknown.push_back("when anything was written, but by this machine's own clock: no time-stamp vouches for it (litopys stamp)");
    if (!announced_from_the_first_) {
      out_.unknown.push_back(
          "whether what a crash left was written by a holder of log.key, where it was logged by a litopys of before casebook format " +
          std::to_string(kOldestCasebookFormat + 1) + ", with which this casebook was begun: nothing was announced then");
    }
    out_.unknown.push_back("what was never taken in");
    if (out_.withdrawn > 0) out_.unknown.push_back("what was withdrawn: " + counted(out_.withdrawn, "record", "records"));
  }

  CasebookPaths paths_;
  const VerifyOptions& options_;
  DamageTally damages_;
  CasebookFile file_;
  File lock_;
  std::optional<NoteVerifier> verifier_;  // from log.vkey, which is read once; nullopt where it is damaged
  std::optional<EvidenceEnd> log_ends_;   // where the first record stands that the log does not have
  std::vector<Promise> promises_;
  std::string last_time_, first_set_back_;  // of the log's entries, which are in the order in which they were made
  std::uint64_t set_back_ = 0;
  std::vector<std::string> segments_;
  EvidenceEnd end_;
  std::string last_codebook_;
  bool announced_from_the_first_ = false;           // the casebook was begun by a writer that announces
  std::map<std::uint64_t, std::string> act_times_;  // of entries that take in no item
  std::optional<RecordWitness> record_;
  Verification out_;
};

}  // namespace

Result<Verification> verify_casebook(const fs::path& folder, const VerifyOptions& options, const ReportDamage& report) {
  return Verifier(folder, options, report).run();
}

}  // namespace litopys
