// A stamp is a folder that appears whole (it is filled under another name and renamed) and whose last file is the reply: whatever a crash
// leaves is either a query that waits, or a stamp with all that is needed to verify it.
#include "vault/stamp.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "vault/jcs.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestTrust = 8U << 20U;  // lists of revocations are the largest
constexpr std::string_view kStates[] = {"pending", "stamped", "renewed", "broken"};

tl::unexpected<Error> refuse_stamp(std::string problem, std::string next = {}) {
  return fail(ErrorKind::kMalformed, "time-stamp", {}, std::move(problem), std::move(next));
}

// The size before the dash; nothing where it is no stamp's name.
std::optional<std::uint64_t> size_in(std::string_view id) {
  const std::size_t dash = id.find('-');
  if (dash == std::string_view::npos || id.size() - dash - 1 != 16 ||
      id.find_first_not_of("0123456789abcdef", dash + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  return plain_size(id.substr(0, dash));
}

Result<std::string> optional_file(const fs::path& path) {
  Result<std::optional<std::string>> bytes = find_small_file(path, kLargestTrust);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  return std::move(*bytes).value_or(std::string());
}

StampRecord record_of(const std::string& id, const StampFolder::Files& files, const std::optional<StampTrust>& trust) {
  StampRecord out;
  out.id = id;
  out.size = size_in(id).value_or(0);
  if (files.reply.empty()) return out;
  out.reply = hex_of(sha256_of(files.reply));
  Result<StampTime> time = verify_stamp(files.query, files.reply, files.checkpoint, trust ? *trust : files.trust);
  if (time) {
    out.state = StampState::stamped;
    out.time = *std::move(time);
  } else {
    out.state = StampState::broken;
    out.problem = time.error().problem;
  }
  return out;
}

}  // namespace

std::string_view name_of(StampState state) { return kStates[static_cast<std::size_t>(state)]; }

Result<StampFolder::Asked> StampFolder::ask(std::uint64_t size, std::string_view checkpoint) const {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  Result<std::string> query = make_stamp_query(checkpoint);
  if (!query) return failed(query.error());
  const Result<StampQuery> parsed = parse_stamp_query(*query);
  if (!parsed) return failed(parsed.error());
  Asked out{std::to_string(size) + "-" + parsed->nonce, *std::move(query)};
  if (Done made = make_folder(folder_); !made) return failed(made.error());
  if (Done synced = sync_folder(folder_.parent_path()); !synced) return failed(synced.error());
  const fs::path beside = folder_ / (out.id + ".new");
  if (Done made = make_folder(beside); !made) return failed(made.error());
  for (const auto& [name, bytes] : {std::pair{"query.tsq", std::string_view(out.query)}, std::pair{"checkpoint", checkpoint}}) {
    if (Done wrote = write_new_file(beside / name, bytes, 0644); !wrote) return failed(wrote.error());
  }
  if (Done synced = sync_folder(beside); !synced) return failed(synced.error());
  if (rename(beside.c_str(), (folder_ / out.id).c_str()) != 0) return casebook_failure(folder_ / out.id, "cannot be put in place", errno);
  if (Done synced = sync_folder(folder_); !synced) return failed(synced.error());
  return out;
}

Result<StampFolder::Files> StampFolder::files(const std::string& id) const {
  Files out;
  const fs::path folder = folder_ / id;
  if (!size_in(id)) return refuse_stamp("there is no stamp " + id);
  for (const auto& [name, bytes] : {std::pair{"query.tsq", &out.query}, std::pair{"checkpoint", &out.checkpoint}}) {
    Result<std::string> read = read_small_file(folder / name, kLargestReply);
    if (!read) return tl::unexpected<Error>(read.error());
    *bytes = *std::move(read);
  }
  for (const auto& [name, bytes] : {std::pair{"reply.tsr", &out.reply}, std::pair{"roots.pem", &out.trust.roots},
                                    std::pair{"chain.pem", &out.trust.intermediates}, std::pair{"crl.pem", &out.trust.crls}}) {
    Result<std::string> read = optional_file(folder / name);
    if (!read) return tl::unexpected<Error>(read.error());
    *bytes = *std::move(read);
  }
  return out;
}

Result<std::vector<std::string>> StampFolder::ids() const {
  std::vector<std::string> out;
  std::error_code error;
  struct stat status {};
  if (stat(folder_.c_str(), &status) != 0 && errno == ENOENT) return out;
  for (auto at = fs::directory_iterator(folder_, error); !error && at != fs::directory_iterator(); at.increment(error)) {
    std::string name = at->path().filename().string();
    if (size_in(name)) out.push_back(std::move(name));
  }
  if (error) return casebook_failure(folder_, "cannot be listed", error.value());
  std::sort(out.begin(), out.end(), [](const std::string& a, const std::string& b) {
    return std::pair(size_in(a).value_or(0), a) < std::pair(size_in(b).value_or(0), b);
  });
  return out;
}

Result<StampRecord> StampFolder::take(std::string_view reply, const StampTrust& trust) const {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  const Result<StampQuery> said = parse_stamp_reply(reply);
  if (!said) return failed(said.error());
  const Result<std::vector<std::string>> all = ids();
  if (!all) return failed(all.error());
  for (const std::string& id : *all) {
    Result<Files> own = files(id);
    if (!own) return failed(own.error());
    const Result<StampQuery> asked = parse_stamp_query(own->query);
    if (!asked || asked->nonce != said->nonce || asked->imprint != said->imprint) continue;
    if (!own->reply.empty() && own->reply != reply)
      return refuse_stamp("another reply was taken for " + id, "ask again and carry that one out");
    const bool kept = !own->reply.empty();
    own->reply = reply;
    StampRecord out = record_of(id, *own, trust);
    if (out.state == StampState::broken) return refuse_stamp(*out.problem, "the query " + id + " is still pending");
    if (kept) return out;
    for (const auto& [name, bytes] :
         {std::pair{"roots.pem", std::string_view(trust.roots)}, std::pair{"chain.pem", std::string_view(trust.intermediates)},
          std::pair{"crl.pem", std::string_view(trust.crls)}, std::pair{"reply.tsr", reply}}) {
      if (bytes.empty()) continue;
      if (Done wrote = replace_file(folder_ / id / name, bytes); !wrote) return failed(wrote.error());
    }
    return out;
  }
  return refuse_stamp("the reply answers none of the queries of this casebook", "a query is made by: litopys stamp CASE --request FILE");
}

Result<std::vector<StampRecord>> StampFolder::list(const std::optional<StampTrust>& trust) const {
  const Result<std::vector<std::string>> all = ids();
  if (!all) return tl::unexpected<Error>(all.error());
  std::vector<StampRecord> out;
  for (const std::string& id : *all) {
    Result<Files> own = files(id);
    if (own) {
      out.push_back(record_of(id, *own, trust));
    } else {
      StampRecord broken;
      broken.id = id;
      broken.size = size_in(id).value_or(0);
      broken.state = StampState::broken;
      broken.problem = own.error().line();
      out.push_back(std::move(broken));
    }
  }
  return out;
}

LogEntry stamped_entry(const StampRecord& record, std::string time) {
  // Two short strings that are ASCII: this cannot fail.
  const std::string concerns = canonical_json(JsonValue(JsonValue::Object{{"reply", record.reply}, {"stamp", record.id}})).value();
  return {Act::stamped, std::move(time), commitment(Salt{}, concerns), {{"reply", record.reply}, {"stamp", record.id}}};
}

Result<std::map<std::string, std::uint64_t>> stamped_entries(LogReader& log) {
  std::map<std::string, std::uint64_t> out;
  const std::string act = "\"act\":\"" + std::string(name_of(Act::stamped)) + "\"";
  const Done done = log.for_each(0, [&](std::uint64_t index, std::string_view text) -> Done {
    if (text.find(act) == std::string_view::npos) return {};
    const Result<LogEntry> entry = parse_entry(text);
    if (!entry || entry->act != Act::stamped) return {};
    const auto reply = entry->facts.find("reply");
    if (reply == entry->facts.end()) return {};
    if (const auto* digest = std::get_if<std::string>(&reply->second)) out.emplace(*digest, index);
    return {};
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return out;
}

void mark_renewed(std::vector<StampRecord>& records, const std::map<std::string, std::uint64_t>& stamped_at) {
  for (StampRecord& each : records) {
    const auto entry = stamped_at.find(each.reply);
    if (each.state != StampState::stamped || entry == stamped_at.end()) continue;
    const bool renewed = std::any_of(records.begin(), records.end(), [&](const StampRecord& other) {
      return other.time && other.size > entry->second && other.time->time >= each.time->time;
    });
    if (renewed) each.state = StampState::renewed;
  }
}

}  // namespace litopys
