// Evidence: every act that adds bytes to a casebook is one WARC record (or two, where a conversion belongs to it) in
// evidence/NAME-00001.warc.gz, NAME-00002.warc.gz, …, and one entry of the custody log, both in the same order.
//
//   PackedAct act = press.item(item, facts).value();                       // any thread: hash, compress
//   EvidencePlace place = writer.append({&act, 1}).value().front();        // one thread (vault/evidence_writer.h); durable
//   log.append({{Act::taken_in, now, act.commitment(writer.warcinfo()), {}}});
//
// An item of a file is a `resource` record. An item that came in a WARC keeps its record: the header line by line, then what is ours
// (Litopys-Item, Litopys-Salt, and a SHA-256 where it had none). Where its payload is coded (chunked, gzip), a `conversion` record with the
// item's bytes follows. Content that is kept already becomes a `revisit` record without a block. Where pictures were read (OCR), a
// `conversion` record with their text, text/plain, is the act's last. Every other act is a `metadata` record of JSON. Each record is one
// gzip member.
//
// What a log entry is about ("concerns"): {"bytes": SHA-256 of the act's members as they lie in the file, "item": SHA-256 of the item's
// bytes, "warcinfo": SHA-256 of the member that the file begins with}. So a bit that differs anywhere in a file is a bit that the log
// disowns. The salt stands in the record's header and goes with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intake/item.h"
#include "vault/digest.h"
#include "vault/entry.h"
#include "vault/item_facts.h"
#include "vault/member.h"
#include "vault/merkle.h"

namespace litopys {

// Where an act's members lie.
struct EvidencePlace {
  std::uint32_t segment = 0;  // number of the file, from 1
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  [[nodiscard]] bool operator==(const EvidencePlace&) const = default;
};

// How far something has come in the evidence: the byte where the next act begins.
struct EvidenceEnd {
  std::uint32_t segment = 0;  // 0: nothing yet
  std::uint64_t offset = 0;

  [[nodiscard]] bool operator==(const EvidenceEnd&) const = default;
  [[nodiscard]] auto operator<=>(const EvidenceEnd&) const = default;
};

// "concerns" of an entry; `item` empty for an act that takes no item in.
[[nodiscard]] std::string evidence_concerns(const MerkleHash& bytes, std::string_view item, const MerkleHash& warcinfo);

// An act whose bytes are ready to be written.
struct PackedAct {
  std::string packed;  // its members
  MerkleHash digest{};
  Salt salt{};
  std::string record;  // WARC-Record-ID
  std::string item;    // SHA-256 of the item's bytes; empty for a note

  [[nodiscard]] MerkleHash commitment(const MerkleHash& warcinfo) const {
    return litopys::commitment(salt, evidence_concerns(digest, item, warcinfo));
  }
};

// Makes acts. Threads may share one. Errors are kCasebook: no randomness.
class EvidencePress {
 public:
  // `facts.sha256` and `size` must be those of item.bytes.
  [[nodiscard]] Result<PackedAct> item(const Item& item, ItemFacts facts) const;
  // A sighting of what the record `refers_to` keeps.
  [[nodiscard]] Result<PackedAct> again(const Item& item, ItemFacts facts, const std::string& refers_to) const;
  // Any other act; `json` is one JSON object.
  [[nodiscard]] Result<PackedAct> note(Act act, const std::string& time, const std::string& json) const;
  // The member that a segment begins with: section 6.2 of the standard. `settings`: lines "name: value\r\n".
  [[nodiscard]] Result<std::string> warcinfo(const std::string& file_name, const std::string& time, const std::string& settings) const;

 private:
  // The record of item.transcript, which was read in the record `of`. Section 6.7.1 of the standard.
  [[nodiscard]] Result<std::string> transcript(const Item& item, const ItemFacts& facts, const std::string& of) const;
  [[nodiscard]] Result<PackedAct> finished(std::string packed, const Salt& salt, std::string record, std::string item) const;
  MemberPress press_;
};

// The part of a record's block that is its payload: what follows the HTTP header where the type is application/http, else the block.
[[nodiscard]] std::string_view warc_payload(std::string_view content_type, std::string_view block);

// The media type for an item that nobody declared one for, by the ending of its path; "application/octet-stream" mostly.
[[nodiscard]] std::string_view media_type_of_path(std::string_view path);

}  // namespace litopys
