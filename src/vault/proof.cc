#include "vault/proof.h"

#include <algorithm>

#include "vault/jcs.h"

namespace litopys {
namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kMostStamps = 16;

tl::unexpected<Error> refuse_proof(std::size_t line, std::string problem) {
  return fail(ErrorKind::kMalformed, "proof", line > 0 ? "line " + std::to_string(line) : std::string(), std::move(problem));
}

std::string hex_of_salt(const Salt& salt) { return hex_of(MerkleHash(salt)); }

Result<ProofStamp> parse_stamp(const JsonValue& value) {
  ProofStamp out;
  const std::string* reply = value.text_at("reply");
  const std::optional<std::string> bytes = reply != nullptr ? bytes_from_base64(*reply) : std::nullopt;
  if (!bytes) return refuse_proof(0, "the extra line has a time-stamp without a reply");
  out.reply = *bytes;
  if (const std::string* chain = value.text_at("chain")) out.chain = *chain;
  return out;
}

}  // namespace

Result<TlogProof> parse_tlog_proof(std::string_view bytes) {
  if (bytes.size() > kLargestProof) return refuse_proof(0, "is larger than any proof");
  const std::size_t split = bytes.find("\n\n");
  if (split == std::string_view::npos) return refuse_proof(0, "no empty line stands before the checkpoint");
  TlogProof out;
  out.checkpoint = bytes.substr(split + 2);
  std::string_view head = bytes.substr(0, split + 1);
  std::size_t number = 0;
  const auto next = [&]() -> std::optional<std::string_view> {
    if (head.empty()) return std::nullopt;
    ++number;
    const std::size_t end = head.find('\n');
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 1);
    return line;
  };
  std::optional<std::string_view> line = next();
  if (!line || *line != kHeader) return refuse_proof(1, "is not " + std::string(kHeader));
  line = next();
  if (line && line->starts_with("extra ")) {
    std::optional<std::string> extra = bytes_from_base64(line->substr(6));
    if (!extra || extra->empty()) return refuse_proof(number, "the extra data are no base64");
    out.extra = *std::move(extra);
    line = next();
  }
  if (!line || !line->starts_with("index ")) return refuse_proof(number, "the index of the entry should stand here");
  const std::optional<std::uint64_t> index = plain_size(line->substr(6));
  if (!index) return refuse_proof(number, "is no index");
  out.index = *index;
  while ((line = next())) {
    const std::optional<MerkleHash> hash = hash_from_base64(*line);
    if (!hash) return refuse_proof(number, "is not the base64 of a hash");
    if (out.path.size() == kLongestPath) return refuse_proof(number, "has more than 64 hashes");
    out.path.push_back(*hash);
  }
  return out;
}

std::string format_tlog_proof(const TlogProof& proof) {
  std::string out(kHeader);
  out += '\n';
  if (!proof.extra.empty()) out.append("extra ").append(base64_of(proof.extra)).append("\n");
  out.append("index ").append(std::to_string(proof.index)).append("\n");
  for (const MerkleHash& hash : proof.path) out.append(base64_of(hash)).append("\n");
  return out.append("\n").append(proof.checkpoint);
}

Result<std::string> format_extra(const ProofExtra& extra) {
  JsonValue::Object object{{"v", 1}, {"entry", extra.entry}, {"vkey", extra.vkey}};
  if (extra.opening) {
    object.emplace_back("salt", hex_of_salt(extra.opening->salt));
    object.emplace_back("concerns", extra.opening->concerns);
  }
  if (!extra.claim.empty()) object.emplace_back("claim", extra.claim);
  if (!extra.stamps.empty()) {
    JsonValue::List stamps;
    for (const ProofStamp& stamp : extra.stamps) {
      JsonValue::Object each{{"reply", base64_of(stamp.reply)}};
      if (!stamp.chain.empty()) each.emplace_back("chain", stamp.chain);
      stamps.emplace_back(std::move(each));
    }
    object.emplace_back("stamps", std::move(stamps));
  }
  return canonical_json(JsonValue(std::move(object)));
}

Result<ProofExtra> parse_extra(std::string_view text) {
  const Result<JsonValue> json = parse_json(text);
  if (!json) return refuse_proof(2, "the extra data are none of litopys: " + json.error().line());
  const JsonValue* version = json->find("v");
  if (version == nullptr || version->number() == nullptr || *version->number() != 1) {
    return refuse_proof(2, "the extra data are of no version that this program knows");
  }
  ProofExtra out;
  const std::string* entry = json->text_at("entry");
  const std::string* vkey = json->text_at("vkey");
  if (entry == nullptr || vkey == nullptr) return refuse_proof(2, "the extra data lack the entry or the key");
  out.entry = *entry;
  out.vkey = *vkey;
  const std::string* salt = json->text_at("salt");
  const std::string* concerns = json->text_at("concerns");
  if ((salt != nullptr) != (concerns != nullptr)) return refuse_proof(2, "a salt without what it opens, or the other way round");
  if (salt != nullptr) {
    const std::optional<MerkleHash> bytes = hash_from_hex(*salt);
    if (!bytes) return refuse_proof(2, "the salt is not 64 hex digits");
    out.opening = Opening{*bytes, *concerns};
  }
  if (const std::string* claim = json->text_at("claim")) out.claim = *claim;
  if (const JsonValue* stamps = json->find("stamps")) {
    if (stamps->list() == nullptr || stamps->list()->size() > kMostStamps)
      return refuse_proof(2, "the time-stamps are no list of at most 16");
    for (const JsonValue& each : *stamps->list()) {
      Result<ProofStamp> stamp = parse_stamp(each);
      if (!stamp) return tl::unexpected<Error>(stamp.error());
      out.stamps.push_back(*std::move(stamp));
    }
  }
  return out;
}

Result<std::string> make_proof(LogReader& log, const NoteVerifier& verifier, std::uint64_t index, const std::optional<Opening>& opening,
                               const std::vector<ProofStamp>& stamps, const std::string& claim) {
  Result<std::string> entry = log.entry_bytes(index);
  if (!entry) return entry;
  if (opening) {
    const Result<LogEntry> parsed = parse_entry(*entry);
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    if (!opens(*parsed, *opening)) {
      return fail(ErrorKind::kCasebook, "custody log", "entry " + std::to_string(index),
                  "what is kept beside the log is not what this entry is about", "find out more with: litopys verify");
    }
  }
  Result<std::string> extra = format_extra({*std::move(entry), opening, verifier.vkey(), stamps, claim});
  if (!extra) return extra;
  Result<std::vector<MerkleHash>> path = log.inclusion(index, log.size());
  if (!path) return tl::unexpected<Error>(path.error());
  return format_tlog_proof({*std::move(extra), index, *std::move(path), log.checkpoint().bytes});
}

Result<CheckedProof> check_proof(std::string_view bytes, const std::optional<NoteVerifier>& expected) {
  const Result<TlogProof> proof = parse_tlog_proof(bytes);
  if (!proof) return tl::unexpected<Error>(proof.error());
  if (proof->extra.empty()) return refuse_proof(2, "there is no extra line: what was logged must be known from elsewhere");
  Result<ProofExtra> extra = parse_extra(proof->extra);
  if (!extra) return tl::unexpected<Error>(extra.error());
  const Result<NoteVerifier> own = NoteVerifier::parse(extra->vkey);
  if (!own) return refuse_proof(2, "its key: " + own.error().problem);
  CheckedProof out;
  out.key_was_given = expected.has_value();
  out.signer = expected.value_or(*own);
  Result<SignedCheckpoint> checkpoint = open_checkpoint(proof->checkpoint, out.signer);
  if (!checkpoint) return refuse_proof(0, "the checkpoint: " + checkpoint.error().problem);
  out.index = proof->index;
  out.checkpoint = std::move(checkpoint->checkpoint);
  if (!inclusion_holds(leaf_hash(extra->entry), out.index, out.checkpoint.size, proof->path, out.checkpoint.root)) {
    return refuse_proof(0, "the path does not lead from the entry to the signed root");
  }
  Result<LogEntry> entry = parse_entry(extra->entry);
  if (!entry) return refuse_proof(0, "the entry: " + entry.error().problem);
  out.entry = *std::move(entry);
  if (extra->opening) {
    if (!opens(out.entry, *extra->opening)) return refuse_proof(0, "what it is said to be about is not what the entry commits to");
    out.concerns = std::move(extra->opening->concerns);
  }
  out.checkpoint_bytes = proof->checkpoint;
  out.stamps = std::move(extra->stamps);
  out.claim = std::move(extra->claim);
  return out;
}

}  // namespace litopys
