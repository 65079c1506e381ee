// litopys check-proof: what a proof file shows, checked offline by somebody who has no casebook.
#include <fmt/format.h>

#include "base/json.h"
#include "cli/commands.h"
#include "vault/jcs.h"
#include "vault/proof.h"
#include "vault/small_file.h"
#include "vault/stamp.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestItem = std::size_t{2} << 30U;

struct CheckOptions {
  std::string file;
  std::string vkey, item, roots;
  bool json = false;
};

// A key as text, or a file that holds one.
Result<NoteVerifier> given_key(const std::string& vkey) {
  Result<NoteVerifier> key = NoteVerifier::parse(vkey);
  if (key) return key;
  const Result<std::optional<std::string>> bytes = find_small_file(vkey, 4096);
  if (!bytes || !*bytes) return key;
  std::string text = **bytes;
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return NoteVerifier::parse(text);
}

struct CheckedStamp {
  std::optional<StampTime> time;
  std::string problem;  // why it does not verify; "not verified" without roots
};

// Everything that was found, in the order in which it is said.
struct ProofReport {
  CheckedProof proof;
  std::vector<CheckedStamp> stamps;
  std::optional<bool> item_is_it;
};

Result<ProofReport> check(const CheckOptions& options) {
  std::optional<NoteVerifier> key;
  if (!options.vkey.empty()) {
    Result<NoteVerifier> given = given_key(options.vkey);
    if (!given) return fail(ErrorKind::kUsage, options.vkey, {}, given.error().problem, given.error().next);
    key = *std::move(given);
  }
  const Result<std::string> bytes = read_small_file(options.file, kLargestProof);
  if (!bytes) return fail(ErrorKind::kUnreadable, options.file, {}, bytes.error().problem, "name a file that litopys proof wrote");
  Result<CheckedProof> checked = check_proof(*bytes, key);
  if (!checked) {
    return fail(ErrorKind::kMalformed, options.file, checked.error().place, "does not hold: " + checked.error().problem,
                "it proves nothing; ask for the file again where it came from");
  }
  ProofReport out{*std::move(checked), {}, std::nullopt};
  StampTrust trust;
  if (!options.roots.empty()) {
    Result<std::string> roots = read_small_file(options.roots, kLargestProof);
    if (!roots)
      return fail(ErrorKind::kUnreadable, options.roots, {}, roots.error().problem, "name the file of the certificates with --roots");
    trust.roots = *std::move(roots);
  }
  for (const ProofStamp& each : out.proof.stamps) {
    if (trust.roots.empty()) {
      out.stamps.push_back({std::nullopt, "not verified: name the authority's root certificate with --roots"});
      continue;
    }
    trust.intermediates = each.chain;
    Result<StampTime> time = verify_stamp({}, each.reply, out.proof.checkpoint_bytes, trust);
    out.stamps.push_back(time ? CheckedStamp{*time, {}} : CheckedStamp{std::nullopt, time.error().problem});
  }
  if (!options.item.empty()) {
    const Result<std::string> item = read_small_file(options.item, kLargestItem);
    if (!item) return fail(ErrorKind::kUnreadable, options.item, {}, item.error().problem, "name the file of the item with --item");
    const Result<JsonValue> concerns = parse_json(out.proof.concerns.value_or("null"));
    const std::string* digest = concerns ? concerns->text_at("item") : nullptr;
    out.item_is_it = digest != nullptr && *digest == hex_of(sha256_of(*item));
  }
  return out;
}

void print_text(const ProofReport& report, const CheckOptions& options, Session& session) {
  const CheckedProof& proof = report.proof;
  std::string out = fmt::format("{}: holds: entry {} of the {} that {} signed\n", options.file, proof.index, proof.checkpoint.size,
                                plain_line(proof.signer.name()));
  out += fmt::format("  {} at {} (by the clock of who kept the casebook)\n", name_of(proof.entry.act), plain_line(proof.entry.time));
  if (proof.concerns) out += "  about  " + plain_line(*proof.concerns) + "\n";
  if (!proof.claim.empty()) out += "  claim  " + plain_line(proof.claim) + "\n         (said, not proved: read the item again to see it)\n";
  out += "  key    " + plain_line(proof.signer.vkey()) +
         (proof.key_was_given ? "\n" : " (the file's own word: compare it, or give it with --vkey)\n");
  for (const CheckedStamp& each : report.stamps) {
    out += each.time ? fmt::format("  stamp  not later than {}, by {}\n", each.time->iso, plain_line(each.time->authority))
                     : "  stamp  " + plain_line(each.problem) + "\n";
  }
  if (report.stamps.empty()) out += "  stamp  none: the time is the casebook's own\n";
  if (report.item_is_it) out += *report.item_is_it ? "  item   is the one\n" : "  item   is another one\n";
  session.out.write(out);
}

void print_json(const ProofReport& report, Session& session) {
  const CheckedProof& proof = report.proof;
  std::string out;
  JsonWriter json(out);
  json.object([&] {
    json.key("holds").boolean(true);
    json.key("index").number(static_cast<std::int64_t>(proof.index));
    json.key("size").number(static_cast<std::int64_t>(proof.checkpoint.size));
    json.key("act").string(name_of(proof.entry.act));
    json.key("time").string(proof.entry.time);
    json.key("concerns").string_or_null(proof.concerns);
    json.key("vkey").string(proof.signer.vkey());
    json.key("key_was_given").boolean(proof.key_was_given);
    if (!proof.claim.empty()) json.key("claim").string(proof.claim);
    json.key("stamps").array([&] {
      for (const CheckedStamp& each : report.stamps) {
        json.object([&] {
          json.key("verified").boolean(each.time.has_value());
          if (each.time) {
            json.key("time").string(each.time->iso);
            json.key("authority").string(each.time->authority);
          } else {
            json.key("problem").string(each.problem);
          }
        });
      }
    });
    if (report.item_is_it) json.key("item").boolean(*report.item_is_it);
  });
  session.out.write(out + "\n");
}

void check_and_print(const CheckOptions& options, Session& session) {
  const Result<ProofReport> report = check(options);
  if (!report) {
    if (options.json && report.error().kind == ErrorKind::kMalformed) {
      std::string out;
      JsonWriter json(out);
      json.object([&] {
        json.key("holds").boolean(false);
        json.key("problem").string(report.error().problem);
      });
      session.out.write(out + "\n");
    }
    return session.report(report.error());
  }
  options.json ? print_json(*report, session) : print_text(*report, options, session);
  if (report->item_is_it && !*report->item_is_it) {
    session.report({ErrorKind::kMalformed, options.item, {}, "is not the item that the proof is about", {}});
  }
  for (const CheckedStamp& each : report->stamps) {
    if (!each.time && !options.roots.empty())
      session.report({ErrorKind::kMalformed, options.file, {}, "a time-stamp: " + each.problem, {}});
  }
}

}  // namespace

void declare_check_proof(CommandLine& line, Session& session) {
  Command command = line.command("check-proof", "Checks such a file, offline");
  auto options = std::make_shared<CheckOptions>();
  command.option("file", options->file, "The proof").required().type_name("FILE");
  command.option("--vkey", options->vkey, "The key that must have signed it, or a file that holds it").type_name("VKEY");
  command.option("--item", options->item, "The item that it must be about").type_name("FILE");
  command.option("--roots", options->roots, "Root certificates (PEM) of time-stamp authorities").type_name("PEM");
  command.flag("--json", options->json, "As one JSON object");
  command.footer("Example: litopys check-proof en-1-3.tlog-proof --vkey my.vkey --item en-1.txt");
  command.run([options, &session] { check_and_print(*options, session); });
}

}  // namespace litopys
