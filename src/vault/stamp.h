// Trusted time: RFC 3161 time-stamps over signed checkpoints. The message is the whole checkpoint file, so `openssl ts -verify -data
// log/checkpoints/012 -in reply.tsr …` judges a stamp without litopys.
//
//   my.case/stamps/<size>-<nonce>/query.tsq       what was asked: SHA-256, nonce, certReq
//   my.case/stamps/<size>-<nonce>/checkpoint      the bytes it is over
//   my.case/stamps/<size>-<nonce>/reply.tsr       the whole reply; there once it has verified against the query
//   my.case/stamps/<size>-<nonce>/roots.pem       the authority's root(s), as they were named
//   my.case/stamps/<size>-<nonce>/chain.pem       certificates between, where there are any
//   my.case/stamps/<size>-<nonce>/crl.pem         revocation lists, where any were given
//
// A stamp is pending, stamped or renewed, and never called a time-stamp before it verifies. A stamp is renewed by a later one over a
// checkpoint whose tree holds the `stamped` entry of the earlier: the log binds the reply's hash, so the later authority vouches for both.
// Nothing here opens a connection except fetch_stamp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/entry.h"
#include "vault/files.h"
#include "vault/log.h"
#include "vault/merkle.h"

namespace litopys {

inline constexpr std::size_t kLargestReply = 1U << 20U;

// RFC 3161, 2.4.1: version 1, SHA-256 of `message`, a random 64-bit nonce, certReq set. DER. Errors are kCasebook (no randomness).
[[nodiscard]] Result<std::string> make_stamp_query(std::string_view message);

// What a query or token says, unverified.
struct StampQuery {
  MerkleHash imprint{};
  std::string nonce;  // hex
};
[[nodiscard]] Result<StampQuery> parse_stamp_query(std::string_view der);
// Of the token in a reply; a reply that refuses is an error with the authority's words.
[[nodiscard]] Result<StampQuery> parse_stamp_reply(std::string_view der);

struct StampTrust {
  std::string roots;          // PEM, one or more certificates that are believed
  std::string intermediates;  // PEM; may be empty
  // PEM; where there are any, one must be of the signer's issuer, and must not say that the signer was revoked at the token's time, or at
  // any time for a compromised key.
  std::string crls;
};

struct StampTime {
  std::int64_t time = 0;            // genTime, seconds since 1970, UTC
  std::string iso;                  // "2026-11-25T14:00:01Z"
  std::string policy;               // OID
  std::string serial;               // hex
  std::string authority;            // subject of the signer's certificate
  std::int64_t signer_expires = 0;  // notAfter
  std::int64_t chain_expires = 0;   // the earliest notAfter of signer and chain
};
// The whole reply against the query and the message: status granted, imprint, nonce, signature, signing certificate (ESS), critical
// timeStamping usage, chain to a root *at the token's own time*. Errors (kMalformed) say which of them fails. `query` may be empty where
// only the reply was kept (a proof file): then nonce is not compared.
[[nodiscard]] Result<StampTime> verify_stamp(std::string_view query, std::string_view reply, std::string_view message,
                                             const StampTrust& trust);

enum class StampState : unsigned char { pending, stamped, renewed, broken };
[[nodiscard]] std::string_view name_of(StampState state);  // "pending", "stamped", …

struct StampRecord {
  std::string id;          // "<size>-<nonce>", name of the folder
  std::uint64_t size = 0;  // of the checkpoint
  StampState state = StampState::pending;
  std::optional<StampTime> time;       // stamped, renewed
  std::optional<std::string> problem;  // broken: why it does not verify
  std::string reply;                   // SHA-256 of the reply, hex; empty while pending
};

class StampFolder {
 public:
  explicit StampFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}  // CASE/stamps

  // A new query over this checkpoint (its bytes), durable. Gives its id and DER. Several may wait, also over one checkpoint: one an
  // authority.
  struct Asked {
    std::string id;
    std::string query;
  };
  [[nodiscard]] Result<Asked> ask(std::uint64_t size, std::string_view checkpoint) const;

  // Takes a reply in: finds its query by nonce and imprint, verifies, and only then keeps trust and reply beside it, durable, the reply
  // last. The same reply twice is no error. The caller then appends stamped_entry(). Errors (kMalformed): the reply does not verify (the
  // query stays pending), answers none of the queries, or another reply was taken for it.
  [[nodiscard]] Result<StampRecord> take(std::string_view reply, const StampTrust& trust) const;

  // Every stamp, verified anew with the roots that are kept beside it (`trust` overrides them), ascending by size. None is `renewed` yet.
  [[nodiscard]] Result<std::vector<StampRecord>> list(const std::optional<StampTrust>& trust = {}) const;

  struct Files {
    std::string query, checkpoint, reply;
    StampTrust trust;
  };
  [[nodiscard]] Result<Files> files(const std::string& id) const;

 private:
  [[nodiscard]] Result<std::vector<std::string>> ids() const;  // ascending by size
  std::filesystem::path folder_;
};

// The entry of Act::stamped: {"reply":"<sha256 of the reply>","stamp":"<id>"} are its facts, since neither is anybody's data. It concerns
// the same as canonical JSON, under a salt of zeroes: there is nothing to hide and nothing to forget.
[[nodiscard]] LogEntry stamped_entry(const StampRecord& record, std::string time);

// Index of the `stamped` entry of each reply (its SHA-256 in hex), out of the whole log.
[[nodiscard]] Result<std::map<std::string, std::uint64_t>> stamped_entries(LogReader& log);

// Sets StampState::renewed where a stamp that verifies is over a checkpoint that holds the earlier one's `stamped` entry, and is of no
// earlier time.
void mark_renewed(std::vector<StampRecord>& records, const std::map<std::string, std::uint64_t>& stamped_at);

// POST of the query to an authority (RFC 3161, 3.4), http or https by OpenSSL's client; `seconds` is the whole time allowed. Errors
// (kUnreadable) say that the query is kept and can be carried out by hand. The only function of litopys that opens a connection.
[[nodiscard]] Result<std::string> fetch_stamp(const std::string& url, std::string_view query, unsigned seconds);

}  // namespace litopys
