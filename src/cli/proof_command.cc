// litopys proof: one file that shows that an item was taken in, and when, and nothing else of the casebook.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "cli/claim_text.h"
#include "cli/commands.h"
#include "store/casebook.h"
#include "store/casebook_folder.h"
#include "vault/evidence_reader.h"
#include "vault/jcs.h"
#include "vault/keys.h"
#include "vault/proof.h"
#include "vault/stamp.h"

namespace litopys {
namespace {

struct ProofOptions {
  std::string casebook, what, file;
};

// "en-1#3" is claim 3 of the item en-1; an item's id may have a # of its own.
struct Wanted {
  std::string item;
  int claim = 0;
};
Wanted wanted_of(const std::string& what) {
  const std::size_t hash = what.rfind('#');
  Wanted out{what, 0};
  if (hash == std::string::npos) return out;
  int number = 0;
  const char* end = what.data() + what.size();
  const auto [at, error] = std::from_chars(what.data() + hash + 1, end, number);
  if (error == std::errc() && at == end && number > 0) out = {what.substr(0, hash), number};
  return out;
}

// Where the claim's row is, as JSON.
Result<std::string> claim_json(Store& record, const Wanted& wanted) {
  std::string out;
  ClaimFilter filter;
  filter.document = wanted.item;
  filter.with_wrong = true;
  const auto done = record.claims(filter, [&](const ClaimRow& row) {
    if (row.number != wanted.claim) return true;
    const Result<std::string> text = record.text_of(row.document);
    if (!text) return false;
    // As it was read, which whoever has the item can do again; what people said of it is not this proof's to show.
    ClaimRow bare = row;
    if (bare.read) bare.claim = *std::move(bare.read);
    bare.review.reset();
    bare.read.reset();
    bare.marks.clear();
    utf8::CodePointIndex points(*text);
    append_claim_line(out, bare, points);
    return false;
  });
  if (!done) return tl::unexpected<Error>(done.error());
  if (out.empty()) {
    return fail(ErrorKind::kUsage, wanted.item, {}, "has no claim " + std::to_string(wanted.claim), "see them with: litopys claims CASE");
  }
  return canonicalised(out);
}

// The newest checkpoint that has a time-stamp and holds the entry, with all its stamps; without one the newest of all.
struct Anchor {
  std::optional<std::uint64_t> size;
  std::vector<ProofStamp> stamps;
};
Anchor anchor_of(const StampFolder& folder, std::uint64_t entry) {
  Anchor out;
  const Result<std::vector<StampRecord>> records = folder.list();
  if (!records) return out;
  for (const StampRecord& each : *records) {
    if (each.time && each.size > entry) out.size = std::max(out.size.value_or(0), each.size);
  }
  for (const StampRecord& each : *records) {
    if (!each.time || each.size != out.size) continue;
    if (const Result<StampFolder::Files> files = folder.files(each.id)) {
      out.stamps.push_back({files->reply, files->trust.intermediates});
    }
  }
  return out;
}

Result<std::string> proof_of(const ProofOptions& options, std::uint64_t& entry) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  const CasebookPaths paths{options.casebook};
  Result<CasebookReader> casebook = open_casebook(options.casebook);
  if (!casebook) return failed(casebook.error());
  Wanted wanted{options.what, 0};
  Result<std::vector<Sighting>> sightings = casebook->record.sightings(wanted.item);
  if (sightings && sightings->empty()) {
    wanted = wanted_of(options.what);
    sightings = casebook->record.sightings(wanted.item);
  }
  if (!sightings) return failed(sightings.error());
  if (sightings->empty()) {
    return fail(ErrorKind::kUsage, options.what, {}, "the casebook has no item of this id or SHA-256",
                "name an item (en-1) or a claim (en-1#3), as litopys claims shows them");
  }
  // The first sighting is the one whose record holds the bytes.
  const Sighting& sighting = sightings->front();
  entry = sighting.entry;
  const Result<EvidenceAct> act = read_evidence(paths.evidence(), sighting.place);
  if (!act) return failed(act.error());
  std::string claim;
  if (wanted.claim > 0) {
    Result<std::string> json = claim_json(casebook->record, wanted);
    if (!json) return json;
    claim = *std::move(json);
  }
  const Result<NoteVerifier> verifier = load_log_vkey(options.casebook);
  if (!verifier) return failed(verifier.error());
  const Anchor anchor = anchor_of(StampFolder(paths.stamps()), entry);
  Result<LogReader> log = anchor.size ? LogReader::open_at(paths.log(), *verifier, *anchor.size) : LogReader::open(paths.log(), *verifier);
  if (!log) return failed(log.error());
  return make_proof(*log, *verifier, entry, act->opening(), anchor.stamps, claim);
}

void prove(const ProofOptions& options, Session& session) {
  std::uint64_t entry = 0;
  const Result<std::string> proof = proof_of(options, entry);
  if (!proof) return session.report(proof.error());
  if (options.file == "-") {
    session.out.write(*proof);
    return;
  }
  if (Done wrote = replace_file(options.file, *proof); !wrote) {
    Error error = wrote.error();
    error.next = "name another file with -o";
    return session.report(error, ExitCode::wrong_use);
  }
  session.note(
      fmt::format("{}: proves entry {} of the custody log; check it with: litopys check-proof {} --vkey \"$(litopys key show {})\"",
                  options.file, entry, options.file, options.casebook));
}

}  // namespace

void declare_proof(CommandLine& line, Session& session) {
  Command command = line.command("proof", "Writes a file that proves when an item was taken in, and reveals nothing of the rest");
  auto options = std::make_shared<ProofOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  command.option("what", options->what, "An item (its id or SHA-256), or a claim of it: en-1#3").required().type_name("ITEM");
  command.option("-o,--output", options->file, "The file to write, or - for standard output").required().type_name("FILE");
  command.footer("Example: litopys proof my.case en-1#3 -o en-1-3.tlog-proof");
  command.run([options, &session] { prove(*options, session); });
}

}  // namespace litopys
