#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "base/json.h"
#include "store/casebook_folder.h"
#include "store/export.h"
#include "vault/act_walk.h"
#include "vault/keys.h"
#include "vault/proof.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

// A file name that every system takes: the entry's number makes it the only one.
std::string plain_name(std::uint64_t entry, std::string_view id) {
  std::string out = fmt::format("{:06}-", entry);
  for (const char c : id.substr(0, 80)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    out += plain ? c : '_';
  }
  return out;
}

std::string_view ending_of(const ItemFacts& facts) {
  const std::size_t dot = facts.path.rfind('.');
  if (dot == std::string::npos || facts.path.size() - dot > 6) return "";
  const std::string_view out = std::string_view(facts.path).substr(dot);
  return std::all_of(out.begin() + 1, out.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); })
             ? out
             : "";
}

class Bag {
 public:
  explicit Bag(fs::path folder) : folder_(std::move(folder)) {}

  Done begin() {
    for (const char* each : {"", "data", "data/items", "data/proofs", "data/log"}) {
      if (Done made = make_folder(folder_ / each); !made) return made;
    }
    return {};
  }
  Done payload(const std::string& name, std::string_view bytes) {
    if (Done wrote = write_new_file(folder_ / "data" / name, bytes, 0644); !wrote) return wrote;
    manifest_ += sha256_hex(bytes) + "  data/" + name + "\n";
    bytes_ += bytes.size();
    ++files_;
    return {};
  }
  Done tag(const std::string& name, const std::string& bytes) {
    tags_ += sha256_hex(bytes) + "  " + name + "\n";
    return write_new_file(folder_ / name, bytes, 0644);
  }
  // RFC 8493, 2.1 and 2.2: declaration, bag-info, manifests. Gives the digest of the tag manifest.
  Result<std::string> finish() {
    const std::string info = "Bag-Software-Agent: litopys " LITOPYS_VERSION "\nBagging-Date: " + timestamp().substr(0, 10) +
                             "\nPayload-Oxum: " + std::to_string(bytes_) + "." + std::to_string(files_) + "\n";
    Done done = tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    if (done) done = tag("bag-info.txt", info);
    if (done) done = tag("manifest-sha256.txt", manifest_);
    if (done) done = write_new_file(folder_ / "tagmanifest-sha256.txt", tags_, 0644);
    for (const char* each : {"data/items", "data/proofs", "data/log", "data", ""}) {
      if (done) done = sync_folder(folder_ / each);
    }
    if (!done) return tl::unexpected<Error>(done.error());
    return sha256_hex(tags_);
  }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  fs::path folder_;
  std::string manifest_, tags_;
  std::uint64_t bytes_ = 0, files_ = 0;
};

}  // namespace

Result<Exported> export_bag(Casebook& casebook, const fs::path& folder, const fs::path& bag,
                            const std::function<void(std::uint64_t)>& progress) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  if (is_there(bag)) return fail(ErrorKind::kUsage, bag.string(), {}, "is there already", "name a new folder");
  Bag to(bag);
  if (Done begun = to.begin(); !begun) return failed(begun.error());
  const Result<NoteVerifier> verifier = load_log_vkey(folder);
  if (!verifier) return failed(verifier.error());
  Result<LogReader> log = casebook.log().reader();
  if (!log) return failed(log.error());
  ActWalk walk(folder, *log, {});
  Exported out;
  std::string list;
  while (auto step = walk.next()) {
    if (!*step) return failed(step->error());
    const EvidenceAct& act = (*step)->act;
    if (!(*step)->index || !act.facts || act.facts->again) continue;
    const std::string name = plain_name(*(*step)->index, act.facts->id);
    const std::string file = "items/" + name + std::string(ending_of(*act.facts));
    if (Done wrote = to.payload(file, act.bytes); !wrote) return failed(wrote.error());
    if (act.transcript) {
      if (Done wrote = to.payload("items/" + name + ".read-in-pictures.txt", *act.transcript); !wrote) return failed(wrote.error());
    }
    const Result<std::string> proof = make_proof(*log, *verifier, *(*step)->index, act.opening());
    if (!proof) return failed(proof.error());
    if (Done wrote = to.payload("proofs/" + name + ".tlog-proof", *proof); !wrote) return failed(wrote.error());
    JsonWriter json(list);
    json.object([&] {
      json.key("id").string(act.facts->id);
      json.key("file").string(file);
      json.key("proof").string("proofs/" + name + ".tlog-proof");
      json.key("sha256").string(act.facts->sha256);
      json.key("taken").string(act.facts->taken);
      if (!act.facts->origin.url.empty()) json.key("url").string(act.facts->origin.url);
      if (!act.facts->origin.captured.empty()) json.key("captured").string(act.facts->origin.captured);
    });
    list += '\n';
    progress(++out.items);
  }
  if (Done wrote = to.payload("items.jsonl", list); !wrote) return failed(wrote.error());
  if (Done wrote = to.payload("log/checkpoint", log->checkpoint().bytes); !wrote) return failed(wrote.error());
  if (Done wrote = to.payload("log/vkey", verifier->vkey() + "\n"); !wrote) return failed(wrote.error());
  Result<std::string> digest = to.finish();
  if (!digest) return failed(digest.error());
  out.sha256 = *std::move(digest);
  out.bytes = to.bytes();
  std::string text;
  JsonWriter json(text);
  json.object([&] {
    json.key("public").object([&] {
      json.key("form").string("bag");
      json.key("items").number(static_cast<std::int64_t>(out.items));
    });
    json.key("tagmanifest_sha256").string(out.sha256);
    json.key("bytes").number(static_cast<std::int64_t>(out.bytes));
  });
  if (const auto noted = casebook.note({Act::exported, text}); !noted) return failed(noted.error());
  return out;
}

}  // namespace litopys
