// litopys stamp: trusted time for the newest checkpoint, from authorities that are reached over the network or on foot.
#include <fmt/format.h>

#include <chrono>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/wait_option.h"
#include "store/casebook.h"
#include "vault/keys.h"
#include "vault/lock.h"
#include "vault/small_file.h"
#include "vault/stamp.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestPem = 8U << 20U;
constexpr std::int64_t kRenewBefore = 180L * 24 * 3600;  // seconds before the authority's certificates end

struct StampOptions {
  std::string casebook;
  std::vector<std::string> authorities;
  std::string request, reply;
  std::string roots, chain, revocations;
  unsigned seconds = 60, wait = 0;
  bool json = false;
};

Result<std::string> pem_of(const std::string& name) {
  if (name.empty()) return std::string();
  Result<std::string> bytes = read_small_file(name, kLargestPem);
  if (!bytes) return fail(ErrorKind::kUsage, name, {}, bytes.error().problem);
  return bytes;
}

Result<StampTrust> trust_of(const StampOptions& options) {
  StampTrust out;
  for (const auto& [name, bytes] :
       {std::pair{&options.roots, &out.roots}, std::pair{&options.chain, &out.intermediates}, std::pair{&options.revocations, &out.crls}}) {
    Result<std::string> pem = pem_of(*name);
    if (!pem) return tl::unexpected<Error>(pem.error());
    *bytes = *std::move(pem);
  }
  if (out.roots.empty()) {
    return fail(ErrorKind::kUsage, "stamp", {}, "a reply is only taken in when it verifies, and that needs the authority's root",
                "name its certificate with --roots FILE.pem");
  }
  return out;
}

std::filesystem::path log_of(const std::filesystem::path& casebook) { return casebook / "log"; }
std::filesystem::path stamps_of(const std::filesystem::path& casebook) { return casebook / "stamps"; }

// The casebook's log for the one writer.
struct OpenLog {
  WriterLock lock;
  CustodyLog log;
};
Result<OpenLog> open_log(const std::filesystem::path& casebook, unsigned wait, Session& session) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  // Before anything is made: a folder without it is no casebook.
  if (Result<NoteVerifier> known = load_log_vkey(casebook); !known) return failed(known.error());
  Result<WriterLock> lock = WriterLock::take(
      casebook / "lock", {std::chrono::seconds(wait),
                          [&](const std::string& who) { session.note("waiting for " + who + ", which is writing to this casebook"); }});
  if (!lock) return failed(lock.error());
  Result<LogKey> key = open_log_key(casebook, passphrase_of_user());
  if (!key) return failed(key.error());
  Result<CustodyLog> log = CustodyLog::open_for_writing(log_of(casebook), *key, acknowledged_entries(casebook));
  if (!log) return failed(log.error());
  for (const std::string& line : log->recovery().lines) session.note(line);
  return OpenLog{*std::move(lock), *std::move(log)};
}

// Takes a reply in and logs it. The log comes last: a stamp without its entry is a stamp all the same, and is logged when it is taken
// again.
Result<StampRecord> take(OpenLog& open, const StampFolder& folder, const std::string& reply, const StampTrust& trust) {
  Result<StampRecord> record = folder.take(reply, trust);
  if (!record) return record;
  Result<LogReader> reader = open.log.reader();
  if (!reader) return tl::unexpected<Error>(reader.error());
  const Result<std::map<std::string, std::uint64_t>> logged = stamped_entries(*reader);
  if (!logged) return tl::unexpected<Error>(logged.error());
  if (logged->count(record->reply) > 0) return record;
  const LogEntry entry = stamped_entry(*record, timestamp());
  const Result<std::uint64_t> index = open.log.append(std::span(&entry, 1));
  if (!index) return tl::unexpected<Error>(index.error());
  return record;
}

void say_stamped(const StampRecord& record, Session& session) {
  session.note(fmt::format("{}: the checkpoint of {} entries existed at {}, says {}", record.id, record.size, record.time->iso,
                           record.time->authority));
}

void fetch(const StampOptions& options, OpenLog& open, const StampFolder& folder, Session& session) {
  const Result<StampTrust> trust = trust_of(options);
  if (!trust) return session.report(trust.error());
  // All authorities are asked about one checkpoint, so that a proof can carry all their stamps.
  const SignedCheckpoint checkpoint = open.log.checkpoint();
  for (const std::string& url : options.authorities) {
    const Result<StampFolder::Asked> asked = folder.ask(checkpoint.checkpoint.size, checkpoint.bytes);
    if (!asked) return session.report(asked.error());
    const Result<std::string> reply = fetch_stamp(url, asked->query, options.seconds);
    if (!reply) {
      session.report(reply.error());
      continue;
    }
    const Result<StampRecord> record = take(open, folder, *reply, *trust);
    record ? say_stamped(*record, session) : session.report(record.error());
  }
}

void request(const StampOptions& options, const OpenLog& open, const StampFolder& folder, Session& session) {
  const Result<StampFolder::Asked> asked = folder.ask(open.log.size(), open.log.checkpoint().bytes);
  if (!asked) return session.report(asked.error());
  if (options.request == "-") {
    session.out.write(asked->query);
    return;
  }
  if (Done wrote = write_new_file(options.request, asked->query, 0644); !wrote) return session.report(wrote.error());
  session.note(
      fmt::format("{}: a query about the checkpoint of {} entries; post it to an authority as application/timestamp-query and bring "
                  "the reply back with: litopys stamp {} --import REPLY --roots ROOTS.pem",
                  options.request, open.log.size(), options.casebook));
}

void import(const StampOptions& options, OpenLog& open, const StampFolder& folder, Session& session) {
  const Result<StampTrust> trust = trust_of(options);
  if (!trust) return session.report(trust.error());
  const Result<std::string> reply = read_small_file(options.reply, kLargestReply);
  if (!reply) return session.report({ErrorKind::kUnreadable, options.reply, {}, reply.error().problem, {}});
  const Result<StampRecord> record = take(open, folder, *reply, *trust);
  if (!record) {
    Error error = record.error();
    error.item = options.reply;
    return session.report(error);
  }
  say_stamped(*record, session);
}

std::string state_line(const StampRecord& record, std::int64_t now) {
  std::string out = fmt::format("{:<9} {:>9} entries  {}", name_of(record.state), record.size, record.id);
  if (record.time) out += fmt::format("  {} by {}", record.time->iso, plain_line(record.time->authority));
  if (record.problem) out += "  " + plain_line(*record.problem);
  if (record.state == StampState::stamped && record.time->chain_expires - now < kRenewBefore) {
    out += fmt::format("  renew it{}: the authority's certificates end", record.time->chain_expires < now ? " now" : " soon");
  }
  return out + "\n";
}

void list(const StampOptions& options, Session& session) {
  const Result<NoteVerifier> verifier = load_log_vkey(options.casebook);
  if (!verifier) return session.report(verifier.error());
  Result<LogReader> log = LogReader::open(log_of(options.casebook), *verifier);
  if (!log) return session.report(log.error());
  const Result<std::map<std::string, std::uint64_t>> logged = stamped_entries(*log);
  if (!logged) return session.report(logged.error());
  Result<std::vector<StampRecord>> records = StampFolder(stamps_of(options.casebook)).list();
  if (!records) return session.report(records.error());
  mark_renewed(*records, *logged);
  const std::int64_t now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  std::string out;
  for (const StampRecord& each : *records) {
    if (each.state == StampState::broken) session.worsen(ExitCode::some_unreadable);
    if (!options.json) {
      out += state_line(each, now);
      continue;
    }
    JsonWriter json(out);
    json.object([&] {
      json.key("id").string(each.id);
      json.key("size").number(static_cast<std::int64_t>(each.size));
      json.key("state").string(name_of(each.state));
      json.key("time").string_or_null(each.time ? std::optional(each.time->iso) : std::nullopt);
      json.key("authority").string_or_null(each.time ? std::optional(each.time->authority) : std::nullopt);
      json.key("problem").string_or_null(each.problem);
    });
    out += '\n';
  }
  if (records->empty() && !options.json) {
    out = fmt::format("{}: no time-stamp was asked for yet; ask with --tsa URL, or with --request FILE where there is no network\n",
                      options.casebook);
  }
  session.out.write(out);
}

void stamp(const StampOptions& options, Session& session) {
  if (options.authorities.empty() && options.request.empty() && options.reply.empty()) return list(options, session);
  Result<OpenLog> open = open_log(options.casebook, options.wait, session);
  if (!open) return session.report(open.error());
  const StampFolder folder(stamps_of(options.casebook));
  if (!options.request.empty()) return request(options, *open, folder, session);
  if (!options.reply.empty()) return import(options, *open, folder, session);
  fetch(options, *open, folder, session);
}

}  // namespace

void declare_stamp(CommandLine& line, Session& session) {
  Command command = line.command("stamp", "Trusted time (RFC 3161) for a casebook; without an option shows what it has");
  auto options = std::make_shared<StampOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  Option tsa = command.option("--tsa", options->authorities, "Ask this authority over the network; may be given again").type_name("URL");
  Option ask = command.option("--request", options->request, "Write a query to carry to an authority").type_name("FILE");
  const Option bring = command.option("--import", options->reply, "Take in the reply that was brought back").type_name("FILE");
  tsa.excludes(ask).excludes(bring);
  ask.excludes(bring);
  command.option("--roots", options->roots, "Root certificates of the authority, PEM").type_name("FILE");
  command.option("--chain", options->chain, "Certificates between, PEM").type_name("FILE");
  command.option("--crl", options->revocations, "Revocation lists, PEM").type_name("FILE");
  command.option("--seconds", options->seconds, "How long to wait for an authority (default 60)").type_name("N").range(1, 3600);
  add_wait_option(command, options->wait);
  command.flag("--json", options->json, "One JSON object a stamp");
  command.footer("Example: litopys stamp my.case --request query.tsq");
  command.run([options, &session] { stamp(*options, session); });
}

}  // namespace litopys
