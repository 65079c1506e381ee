#include "store/record_witness.h"

#include <stdlib.h>  // mkdtemp

#include <system_error>
#include <utility>
#include <vector>

#include "base/counted.h"
#include "store/build_record.h"
#include "store/compare.h"
#include "store/record_kept.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

std::string name_of_segment(const CasebookPaths& paths, std::uint32_t number) {
  return "evidence/" + segment_path(paths, number).filename().string();
}

}  // namespace

RecordWitness::RecordWitness(const CasebookPaths& paths, const CasebookFile& file, const VerifyOptions& options, Verification& out,
                             const DamageTally& damages)
    : paths_(paths), file_(file), options_(options), out_(out), damages_(damages), record_(Store::open(paths.record(), Store::Mode::read)) {
  if (!record_) return;
  sound_ = record_->check();
  if (quick() || !sound_) return;
  const Result<ActEnd> end = record_->end();
  if (!end) return;
  const fs::path place = scratch();
  if (place.empty()) return;
  Codebook book;  // compare() compares it with that of the record
  book.id = file_.codebook;
  book.version = file_.codebook_version;
  record_end_ = *end;
  logged_.emplace(*record_, place, book);
}

RecordWitness::~RecordWitness() { end_logged(); }

void RecordWitness::damage(const std::string& problem, const std::string& expected, const std::string& found) {
  damages_.add(paths_.record().filename().string(), std::nullopt, problem, expected, found);
}

void RecordWitness::damage(const Error& error) { damages_.add(error, paths_.record().filename().string()); }

void RecordWitness::take(const EvidenceAct& act, std::uint64_t index, const std::string& time) {
  if (logged_ && index < record_end_.entries) logged_->take(act, index, time);
}

void RecordWitness::end_logged() {
  logged_.reset();
  clear_scratch();
}

Done RecordWitness::compare(const VaultHeard& vault) {
  compare_with_evidence(vault);
  end_logged();
  if (stopped_) return tl::unexpected<Error>(*std::move(stopped_));
  return {};
}

bool RecordWitness::load_rules() {
  if (options_.resources != nullptr) {
    book_ = &codebook_of(*options_.resources);
    gazetteer_ = &gazetteer_of(*options_.resources);
    return true;
  }
  Result<RecordRules> rules = load_record_rules(*options_.data);
  if (!rules) {
    stopped_ = rules.error();
    return false;
  }
  rules_ = *std::move(rules);
  book_ = &rules_.book;
  gazetteer_ = rules_.gazetteer.get();
  return true;
}

std::shared_ptr<const Resources> RecordWitness::all_data() {
  if (options_.resources != nullptr) return options_.resources;
  Result<std::shared_ptr<const Resources>> all = options_.load ? options_.load() : load_resources(*options_.data);
  if (all) return *std::move(all);
  stopped_ = all.error();
  return nullptr;
}

bool RecordWitness::same_data(const std::string& readers) const {
  if (readers.empty()) return true;
  if (options_.resources != nullptr) return readers == reading_id(*options_.resources);
  ResourcePaths paths = *options_.data;
  if (!readers.starts_with("careful ")) paths.careful.clear();
  return readers == reading_id(paths);
}

void RecordWitness::compare_with_evidence(const VaultHeard& vault) {
  if (!record_) return damage(record_.error());
  if (!sound_) return damage(sound_.error());
  const Result<ActEnd> end = record_->end();
  if (!end) return damage(end.error());
  if (end->entries > vault.entries || end->evidence > vault.end) {
    return damage("knows more than the evidence and the log have", "at most " + counted(vault.entries, "entry", "entries"),
                  counted(end->entries, "entry", "entries"));
  }
  if (vault.log_ends && out_.log.damages == 0 && end->evidence > *vault.log_ends) {
    damage("claims to know a record of the evidence that the log does not have",
           "at most byte " + std::to_string(vault.log_ends->offset) + " of " + name_of_segment(paths_, vault.log_ends->segment),
           "byte " + std::to_string(end->evidence.offset) + " of " + name_of_segment(paths_, end->evidence.segment));
    out_.notes.push_back(
        "what record.db claims to know besides misleads no writer, who asks the key: once it is cut off, make the record again: litopys "
        "rebuild " +
        paths_.folder.string());
  }
  if (vault.has_more(end->entries)) out_.notes.push_back("record.db is behind the log: the next add reads what is missing");
  if (out_.damages > 0) {
    out_.notes.push_back("record.db was not compared with the evidence, which is damaged");
    return;
  }
  if (quick()) {
    out_.unknown.push_back("whether texts and claims in record.db are what the evidence gives: they were not compared (--quick)");
    return;
  }
  compare_record(*record_, *end, vault);
}

void RecordWitness::compare_record(Store& record, const ActEnd& end, const VaultHeard& vault) {
  const auto made_with = record.codebook();
  if (!made_with) return damage(made_with.error());
  if (made_with->first != file_.codebook || made_with->second != file_.codebook_version) {
    return damage("was made with another codebook than casebook.toml names", file_.codebook + " " + file_.codebook_version,
                  made_with->first + " " + made_with->second);
  }
  if (!load_rules()) return;
  const Codebook& book = *book_;
  if (made_with->first != book.id || made_with->second != book.version) {
    out_.unknown.push_back("whether record.db is what the evidence gives: it was made with the codebook " + made_with->first + " " +
                           made_with->second + ", and the one at hand is " + book.id + " " + book.version);
    return;
  }
  const Result<std::string> readers = record.readers();
  if (!readers) return damage(readers.error());
  const std::string again = why_again(*readers);
  if (logged_ && again.empty()) {
    compare_with_logged(record, *readers, end);
    if (!options_.reread) {
      if (logged_->items() > 0) {
        out_.unknown.push_back("whether a reader gives from the evidence what was logged as read in it: it was not read again (--reread)");
      }
      return;
    }
    if (out_.damages > 0) return;
  } else if (logged_ && !options_.reread) {
    out_.notes.push_back("all items were read again: " + again);
  }
  end_logged();
  compare_with_read_again(record, *readers, end, vault);
}

// Why the record cannot be compared with what was logged as read; empty: it can.
std::string RecordWitness::why_again(const std::string& readers) {
  if (!logged_ || !logged_->problem().empty()) return logged_ ? logged_->problem() : std::string();
  const Result<std::string> logged = logged_->readers();
  if (!logged) return logged.error().line();
  // Also where another reader gave just what was logged: only reading tells that it does.
  return *logged == readers ? std::string() : "record.db was read by " + readers + ", and the log knows " + *logged;
}

void RecordWitness::compare_with_read_again(Store& record, const std::string& readers, const ActEnd& end, const VaultHeard& vault) {
  const std::shared_ptr<const Resources> resources = all_data();
  if (resources == nullptr) return;
  out_.reread = true;
  const std::string& at_hand = reading_id(*resources);
  if (readers != at_hand && out_.items > 0) {
    // Not among what cannot be known: whoever edits the record could then write another reader into it, and all would seem to hold.
    return damage(
        "was not read by the reader at hand and cannot be compared; choose the same (--reader), or read all with one: litopys "
        "rebuild",
        at_hand, readers);
  }
  if (!vault.verifier) return;  // there was damage before this
  const fs::path place = scratch();
  if (place.empty()) {
    out_.unknown.push_back("whether record.db is what the evidence gives: there is no room to make it again");
    return;
  }
  {
    Result<Store> again = Store::create(place, *book_);
    Result<LogReader> reader = LogReader::open(paths_.log(), *vault.verifier);
    std::optional<Error> error;
    if (!again) error = again.error();
    if (!reader) error = reader.error();
    if (!error) {
      ActWalk walk(paths_.folder, *std::move(reader), {});
      std::vector<Error> problems;
      const Done built = build_record(*again, walk, *resources, {options_.pipeline, end.entries}, problems, options_.progress);
      if (!built) error = built.error();
    }
    if (error) {
      out_.unknown.push_back("whether record.db is what the evidence gives: it could not be made again: " + error->line());
    } else {
      const Differs differs = [&](const std::string& problem, const std::string& expected, const std::string& found) {
        damage(problem, expected, found);
      };
      Done compared = compare_stores(*again, record, out_.rows, differs);
      if (compared && out_.damages == 0) compared = compare_kept(record, *book_, *gazetteer_, out_.rows, differs);
      if (!compared) damage(compared.error());
    }
  }
  clear_scratch();
}

// What the claims say together hangs on names and rules besides, which come with the reader.
void RecordWitness::compare_with_logged(Store& record, const std::string& readers, const ActEnd& end) {
  const Differs differs = [&](const std::string& problem, const std::string& expected, const std::string& found) {
    damage(problem, expected, found);
  };
  Done compared = logged_->compare(end, record, out_.rows, differs);
  if (compared && out_.damages == 0) {
    if (same_data(readers)) {
      compared = compare_kept(record, *book_, *gazetteer_, out_.rows, differs);
    } else if (const Result<bool> kept = record_is_kept(record, *book_); kept && *kept) {
      out_.unknown.push_back(
          "whether what record.db keeps of what its claims say together is what they give: it was read with other data files than those "
          "at "
          "hand; to read all with these: litopys rebuild " +
          paths_.folder.string());
    }
  }
  if (!compared) damage(compared.error());
}

fs::path RecordWitness::scratch() {
  for (const fs::path& parent : {paths_.folder, fs::temp_directory_path()}) {
    std::string pattern = (parent / ".verify-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) continue;
    scratch_ = pattern;
    return scratch_ / "record.db";
  }
  return {};
}

void RecordWitness::clear_scratch() {
  if (scratch_.empty()) return;
  remove_record(scratch_ / "record.db");
  std::error_code none;
  fs::remove(scratch_, none);
  scratch_.clear();
}

}  // namespace litopys
