// litopys review: what a person says of claims, for the record and the custody log. litopys mark: words on items and claims.
#include <set>

#include "base/counted.h"
#include "cli/commands.h"
#include "cli/correction.h"
#include "cli/said_view.h"
#include "cli/wait_option.h"
#include "store/record_kept.h"
#include "store/reviewing.h"

namespace litopys {
namespace {

struct SaidOptions {
  std::string casebook;
  std::vector<std::string> names;
  std::string by, note;
  std::optional<std::string> codebook;
  bool json = false;
  unsigned wait = 0;
};

struct ReviewOptions : SaidOptions {
  bool right = false, wrong = false, open = false;
  std::vector<std::string> slots;
};

struct MarkOptions : SaidOptions {
  std::string tag;
  bool remove = false;
};

using EachSaid = tl::expected<void, Error> (Store::*)(const std::function<bool(const SaidRow&)>&, std::uint64_t);

// From that entry of the log on: what was said now is its end, since there is one writer.
void show_said(Store& record, EachSaid each, std::uint64_t from, const SaidOptions& options, Session& session) {
  std::vector<SaidRow> rows;
  const auto take = [&](const SaidRow& row) {
    rows.push_back(row);
    return true;
  };
  const auto asked = (record.*each)(take, from);
  if (!asked) return session.report(asked.error());
  print_said(rows, options.json, session);
}

void list_said(EachSaid each, const SaidOptions& options, Session& session) {
  Result<CasebookReader> casebook = open_casebook(options.casebook);
  if (!casebook) return session.report(casebook.error());
  show_said(casebook->record, each, 0, options, session);
}

// What `note_each` notes of a writer that is open, then what the claims say together, then what was said.
template <class NoteEach>
void say(const SaidOptions& options, EachSaid each, Session& session, NoteEach note_each) {
  const auto resources = session.resources(options.codebook);
  if (!resources) return;
  if (const Result<CasebookReader> there = open_casebook(options.casebook); !there) return session.report(there.error());  // none is made
  Result<Casebook> casebook = Casebook::open(
      options.casebook, resources, [&](const std::string& line) { session.note(line); }, std::chrono::seconds(options.wait));
  if (!casebook) return session.report(casebook.error());
  std::set<std::uint64_t> entries;
  std::optional<Error> stopped = note_each(*casebook, codebook_of(*resources), entries);
  if (!entries.empty()) {
    const Done kept = keep_record(casebook->record(), codebook_of(*resources), gazetteer_of(*resources));
    if (!kept && !stopped) stopped = kept.error();
    show_said(casebook->record(), each, *entries.begin(), options, session);
  }
  if (stopped) session.report(*stopped);
}

Result<Review> review_of(const ReviewOptions& options, const std::string& name, Store& record, const Codebook& book) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  Result<ClaimRow> row = claim_named(record, name);
  if (!row) return failed(row.error());
  Result<ActSubject> about = subject_of(record, *row);
  if (!about) return failed(about.error());
  Review out{*std::move(about), Verdict::right, std::nullopt, options.by, options.note};
  if (options.wrong || options.open) {
    out.verdict = options.wrong ? Verdict::wrong : Verdict::open;
    if (options.open && !row->review) return fail(ErrorKind::kUsage, name, {}, "nobody has reviewed it", "see: litopys review CASE");
    return out;
  }
  out.says = row->claim;
  if (!options.slots.empty()) {
    Result<Claim> says = corrected(row->claim, options.slots, book);
    if (!says) return failed(says.error());
    if (same_slots(*says, row->claim)) return fail(ErrorKind::kUsage, name, {}, "says that already", "say so with --right");
    out.says = *std::move(says);
  }
  // What was corrected before and is right now stays a correction of what was read.
  if (!same_slots(*out.says, *out.about.read)) out.verdict = Verdict::corrected;
  return out;
}

void review(const ReviewOptions& options, Session& session) {
  say(options, &Store::reviews, session,
      [&](Casebook& casebook, const Codebook& book, std::set<std::uint64_t>& entries) -> std::optional<Error> {
        std::vector<Review> all;
        for (const std::string& name : options.names) {
          Result<Review> each = review_of(options, name, casebook.record(), book);
          if (!each) return each.error();  // before anything is said
          all.push_back(*std::move(each));
        }
        for (const Review& each : all) {
          const Result<std::uint64_t> entry = note_review(casebook, each);
          if (!entry) return entry.error();
          entries.insert(*entry);
        }
        return std::nullopt;
      });
}

void mark(const MarkOptions& options, Session& session) {
  say(options, &Store::marks, session, [&](Casebook& casebook, const Codebook&, std::set<std::uint64_t>& entries) -> std::optional<Error> {
    std::vector<Mark> all;
    for (const std::string& name : options.names) {
      Result<ActSubject> about = subject_named(casebook.record(), name);
      if (!about) return about.error();
      all.push_back({*std::move(about), options.tag, options.remove, options.by, options.note});
    }
    for (const Mark& each : all) {
      const Result<std::uint64_t> entry = note_mark(casebook, each);
      if (!entry) return entry.error();
      entries.insert(*entry);
    }
    return std::nullopt;
  });
}

void declare_said(Command& command, SaidOptions& options, const char* names, const char* what) {
  command.option("casebook", options.casebook, "Folder of the casebook").required().type_name("CASE");
  command.option("what", options.names, names).type_name(what);
  command.option("--by", options.by, "Who says so; kept in the evidence and shown").type_name("NAME");
  command.option("--note", options.note, "Why; kept and shown").type_name("TEXT");
  command.flag("--json", options.json, "One JSON object a line");
  command.option("--codebook", options.codebook, "Folder of the codebook").type_name("DIR");
  add_wait_option(command, options.wait);
}

void wrong_words(Session& session, const char* command, const char* problem, const char* next) {
  session.report({ErrorKind::kUsage, command, {}, problem, next});
}

}  // namespace

void declare_review(CommandLine& line, Session& session) {
  Command command =
      line.command("review", "Says of claims that they are right, wrong, or what they should say; without a claim, lists that");
  auto options = std::make_shared<ReviewOptions>();
  declare_said(command, *options, "Claims as litopys claims shows them: en-1#3", "CLAIM");
  const Option right = command.flag("--right", options->right, "It says what the sentence says");
  Option wrong = command.flag("--wrong", options->wrong, "It does not, and leaves the record: findings, series, report");
  Option open = command.flag("--open", options->open, "Takes an earlier review back");
  Option set =
      command.option("--set", options->slots, std::string("What a slot should say: ") + kSlotWords).type_name("SLOT=VALUE").one_each();
  wrong.excludes(right);
  open.excludes(right).excludes(wrong);
  set.excludes(right).excludes(wrong).excludes(open);
  command.footer("Example: litopys review my.case en-1#3 --set places=UA-65 --by \"O. Koval\" --note \"the region, not the city\"");
  command.run([options, right, wrong, open, set, &session] {
    const bool says = right.given() || wrong.given() || open.given() || set.given();
    if (options->names.empty() && !says) return list_said(&Store::reviews, *options, session);
    if (options->names.empty()) return wrong_words(session, "review", "names no claim", "name one as litopys claims shows it: en-1#3");
    if (!says) return wrong_words(session, "review", "says nothing of it", "say --right, --wrong, --set SLOT=VALUE or --open");
    if (options->by.empty()) return wrong_words(session, "review", "nobody says so", "name who reviewed: --by NAME");
    review(*options, session);
  });
}

void declare_mark(CommandLine& line, Session& session) {
  Command command = line.command("mark", "Puts a word on items or claims, to find them again; without one, lists the marks");
  auto options = std::make_shared<MarkOptions>();
  declare_said(command, *options, "Items (id or SHA-256) or claims: en-1, en-1#3", "WHAT");
  command.option("--tag", options->tag, "The word").type_name("WORD");
  command.flag("--remove", options->remove, "Takes the word away again");
  command.footer("Example: litopys mark my.case en-1#3 --tag \"for the court\"");
  command.run([options, &session] {
    if (options->names.empty() && options->tag.empty()) return list_said(&Store::marks, *options, session);
    if (options->names.empty()) return wrong_words(session, "mark", "names nothing to mark", "name an item (en-1) or a claim (en-1#3)");
    if (options->tag.empty()) return wrong_words(session, "mark", "names no word", "name it: --tag WORD");
    mark(*options, session);
  });
}

}  // namespace litopys
