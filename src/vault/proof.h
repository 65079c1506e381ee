// Proof that one act is in the custody log, in one file that is checked offline and reveals nothing of the rest: C2SP tlog-proof with the
// entry and the opening of its commitment in the `extra` line.
//
//   c2sp.org/tlog-proof@v1
//   extra eyJjb25jZXJucyI6…            base64 of canonical JSON, see ProofExtra
//   index 17
//   B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
//   …
//
//   litopys/8f31c2…
//   20
//   …
//
// The leaf that other tools want (`tlogcheck proof VKEY FILE LEAF`) is ProofExtra::entry, byte for byte.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/entry.h"
#include "vault/log.h"
#include "vault/merkle.h"

namespace litopys {

inline constexpr std::size_t kLargestProof = 4U << 20U;  // bytes of a proof file that will be looked at

// A tlog-proof as such.
struct TlogProof {
  std::string extra;  // decoded; empty: no such line
  std::uint64_t index = 0;
  std::vector<MerkleHash> path;
  std::string checkpoint;  // the note's bytes, verbatim
};
// The grammar (C2SP tlog-proof, "Format"); errors are kMalformed with the line. Nothing is verified.
[[nodiscard]] Result<TlogProof> parse_tlog_proof(std::string_view bytes);
[[nodiscard]] std::string format_tlog_proof(const TlogProof& proof);

// A time-stamp reply over the proof's checkpoint (vault/stamp.h).
struct ProofStamp {
  std::string reply;  // DER
  std::string chain;  // PEM: what is needed between the signer and a root; may be empty
};

// What litopys puts into `extra`. Not authenticated by itself: the entry by the tree, the opening by the entry.
//   {"concerns":"{…}","entry":"{…}","salt":"<hex>","stamps":[{"reply":"<base64>"}],"v":1,"vkey":"litopys/…+…+…"}
struct ProofExtra {
  std::string entry;               // the leaf's bytes
  std::optional<Opening> opening;  // none: proves that the act is there, not what it was about
  std::string vkey;                // a hint: compare it with the one that you were given
  std::vector<ProofStamp> stamps;
  std::string claim;  // JSON of a claim that was read in the item: said, not proved; whoever has the item reads it again. May be empty
};
[[nodiscard]] Result<std::string> format_extra(const ProofExtra& extra);
[[nodiscard]] Result<ProofExtra> parse_extra(std::string_view text);

// A proof file of entry `index` at the reader's checkpoint. Errors (kCasebook): the log is damaged there, the opening does not open the
// entry.
[[nodiscard]] Result<std::string> make_proof(LogReader& log, const NoteVerifier& verifier, std::uint64_t index,
                                             const std::optional<Opening>& opening, const std::vector<ProofStamp>& stamps = {},
                                             const std::string& claim = {});

struct CheckedProof {
  std::uint64_t index = 0;
  Checkpoint checkpoint;
  LogEntry entry;
  std::optional<std::string> concerns;  // what the entry was about, where the proof opens it and the opening is right
  NoteVerifier signer;
  bool key_was_given = false;      // false: the key is the file's own word
  std::string checkpoint_bytes;    // what a time-stamp is over
  std::vector<ProofStamp> stamps;  // not verified here: verify_stamp({}, reply, checkpoint_bytes, trust)
  std::string claim;               // not proved
};
// All that can be checked offline: the checkpoint's signature by `expected` (or, without it, by the file's own key), the path, the entry's
// form, the opening. Errors are kMalformed and say which of them fails.
[[nodiscard]] Result<CheckedProof> check_proof(std::string_view bytes, const std::optional<NoteVerifier>& expected);

}  // namespace litopys
