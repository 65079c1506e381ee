// An act is a record with Litopys-Salt, and the conversions that follow it where its facts announce them. Whatever else stands in a segment
// behind its warcinfo is damage: nothing of this program writes it.
#include "vault/evidence_reader.h"

#include <algorithm>
#include <utility>

#include "intake/digest.h"
#include "intake/warc.h"
#include "vault/warc_writer.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRestore = "restore the file from a copy of the casebook";

struct CheckedBlock {
  MerkleHash hash{};  // of its bytes, where there is no problem
  std::optional<std::string> problem;
};

// Whether a block is what its digest says. Digests of other kinds than SHA-256 come with records from elsewhere, which then carry
// Litopys-Block-Digest too.
CheckedBlock check_block(const WarcFields& head, std::string_view block) {
  const std::string_view own = head.get("Litopys-Block-Digest");
  const std::string_view stated = own.empty() ? head.get("WARC-Block-Digest") : own;
  if (!stated.starts_with("sha256:")) return {{}, "has no SHA-256 of its block"};
  const MerkleHash hash = sha256_of(block);
  if (hash_from_hex(stated.substr(7)) == hash) return {hash, std::nullopt};
  // Base32 and upper case come from elsewhere; the SHA-256 of ours then stands in Litopys-Block-Digest, unless it was in sha256 already.
  if (own.empty() && check_digest(stated, block) == DigestVerdict::right) return {hash, std::nullopt};
  return {{}, "its block is not what WARC-Block-Digest says: expected " + std::string(stated) + ", found sha256:" + hex_of(hash)};
}

}  // namespace

Item EvidenceAct::item() && {
  Item out;
  out.id = facts->id;
  out.path = facts->path;
  out.origin = facts->origin;
  out.bytes = std::move(bytes);
  out.transcript = std::move(transcript);
  out.as_kept = true;
  return out;
}

struct EvidenceReader::Impl {
  fs::path folder;
  EvidenceEnd from;
  std::optional<Result<std::vector<EvidenceSegment>>> segments;
  std::size_t next_segment = 0;  // index of the segment that is opened next
  std::optional<MemberReader> reader;
  std::string name;  // of the open segment
  std::uint32_t number = 0;
  MerkleHash warcinfo{};
  EvidenceEnd end;
  std::optional<Error> error;
  bool unreadable = false;  // the disk failed: what stands there may be whole
  bool bytes_wanted = true;
  std::uint64_t bytes = 0, records = 0;

  [[nodiscard]] tl::unexpected<Error> damage(std::uint64_t at, std::string problem) {
    error = Error{ErrorKind::kCasebook, "evidence/" + name, "byte " + std::to_string(at), std::move(problem), kRestore};
    return tl::unexpected<Error>(*error);
  }

  [[nodiscard]] tl::unexpected<Error> damage(std::uint64_t at, const Error& of_member) {
    unreadable = unreadable || of_member.kind == ErrorKind::kUnreadable;
    return damage(at, of_member.problem);
  }

  // Opens the next segment and reads its warcinfo. False: there is none. An error is left in `error`.
  bool open_next() {
    if (!segments) {
      segments = evidence_segments(folder);
      if (!*segments) {
        error = segments->error();
        return false;
      }
      if (from.segment > 0) next_segment = from.segment - 1;
    }
    const std::vector<EvidenceSegment>& all = **segments;
    if (next_segment >= all.size()) return false;
    const EvidenceSegment& segment = all[next_segment++];
    name = segment.name;
    number = segment.number;
    Result<MemberReader> opened = MemberReader::open(folder / name);
    if (!opened) {
      error = opened.error();
      return false;
    }
    reader.emplace(*std::move(opened));
    end = {number, 0};
    const std::optional<Result<Member>> first = reader->next();
    if (!first) {
      (void)damage(0, "is empty");
      return false;
    }
    if (!*first) {
      (void)damage(0, first->error());
      return false;
    }
    const std::optional<WarcFields> head = parse_warc_head((*first)->bytes);
    if (!head || head->get("WARC-Type") != "warcinfo") {
      (void)damage(0, "does not begin with a warcinfo record");
      return false;
    }
    const std::optional<std::string_view> block = warc_block((*first)->bytes, *head);
    if (!block || check_block(*head, *block).problem) {
      (void)damage(0, "its warcinfo record is not what its header says");
      return false;
    }
    warcinfo = sha256_of((*first)->packed);
    bytes += (*first)->packed.size();
    ++records;
    end = {number, reader->offset()};
    if (number == from.segment && from.offset > end.offset) {
      Result<MemberReader> there = MemberReader::open(folder / name, from.offset);
      if (!there) {
        error = there.error();
        return false;
      }
      if (there->file_size() < from.offset) {
        (void)damage(there->file_size(), "is shorter than it was");
        return false;
      }
      reader.emplace(*std::move(there));
      end = {number, from.offset};
    }
    return true;
  }

  [[nodiscard]] std::optional<Result<EvidenceAct>> next() {
    if (error) return tl::unexpected<Error>(*error);
    while (true) {
      if (!reader) {
        if (!open_next()) {
          if (error) return tl::unexpected<Error>(*error);
          return std::nullopt;
        }
      }
      const std::uint64_t at = reader->offset();
      std::optional<Result<Member>> member = reader->next();
      if (!member) {
        if (next_segment >= (*segments)->size()) return std::nullopt;  // the reader stays at the end of the last one
        reader.reset();
        continue;
      }
      if (!*member) return damage(at, member->error());
      return act_of(at, **member);
    }
  }

  // A record that belongs to the act before it; good until the next member is read.
  struct Converted {
    std::string_view packed, block;
    MerkleHash hash{};
  };
  [[nodiscard]] Result<Converted> conversion(const std::string& of, const std::string& what) {
    const std::uint64_t at = reader->offset();
    const std::optional<Result<Member>> member = reader->next();
    if (!member) return damage(at, what + " that the record before announces is missing");
    if (!*member) return damage(at, member->error());
    const std::optional<WarcFields> head = parse_warc_head((*member)->bytes);
    const std::optional<std::string_view> block = head ? warc_block((*member)->bytes, *head) : std::nullopt;
    if (!block || head->get("WARC-Type") != "conversion" || head->get("WARC-Refers-To") != of) {
      return damage(at, "this is not " + what + " that the record before announces");
    }
    CheckedBlock checked = check_block(*head, *block);
    if (checked.problem) return damage(at, *std::move(checked.problem));
    bytes += (*member)->packed.size();
    ++records;
    return Converted{(*member)->packed, *block, checked.hash};
  }

  [[nodiscard]] Result<EvidenceAct> act_of(std::uint64_t at, const Member& member) {
    EvidenceAct out;
    out.warcinfo = warcinfo;
    const std::optional<WarcFields> head = parse_warc_head(member.bytes);
    if (!head) return damage(at, "this member is no WARC record");
    const std::optional<std::string_view> block = warc_block(member.bytes, *head);
    if (!block) return damage(at, "the record is not as long as its header says");
    CheckedBlock checked = check_block(*head, *block);
    if (checked.problem) return damage(at, *std::move(checked.problem));
    const std::optional<MerkleHash> salt = hash_from_hex(head->get("Litopys-Salt"));
    if (!salt) return damage(at, "the record was not written by litopys: it has no salt");
    out.salt = *salt;
    out.record = head->get("WARC-Record-ID");
    out.act = head->get("Litopys-Act");
    out.place = {number, at, member.packed.size()};
    bytes += member.packed.size();
    ++records;
    if (!out.act.empty()) {
      out.bytes = *block;
      out.digest = sha256_of(member.packed);
    } else {
      out.facts = facts_of_json(head->get("Litopys-Item"));
      if (!out.facts) return damage(at, "the record does not say which item it is: Litopys-Item is missing or no JSON of ours");
      std::optional<RunningSha256> members;  // where there are several
      if (out.facts->conversion || out.facts->transcript) {
        members.emplace().add(member.packed);
      } else {
        out.digest = sha256_of(member.packed);
      }
      const std::string converted_from(out.facts->again ? head->get("WARC-Refers-To") : std::string_view(out.record));
      std::string_view item;  // the hash of `checked`, where it is the whole block that was checked
      bool whole = true;
      if (!out.facts->conversion) {
        if (!out.facts->again) item = warc_payload(head->get("Content-Type"), *block);
        whole = item.size() == block->size();
      } else {
        // From here on the first one's bytes, and with them `head` and `block`, are gone.
        const Result<Converted> converted = conversion(converted_from, "the conversion");
        if (!converted) return tl::unexpected<Error>(converted.error());
        checked.hash = converted->hash;
        item = converted->block;
        members->add(converted->packed);
        out.place.length = reader->offset() - at;
      }
      if (!out.facts->again) {
        if (hex_of(whole ? checked.hash : sha256_of(item)) != out.facts->sha256) {
          return damage(at, "its item is not what was taken in: its SHA-256 is another");
        }
        if (item.size() != out.facts->size) return damage(at, "its item has another size than Litopys-Item says");
      }
      if (bytes_wanted) out.bytes = item;
      if (out.facts->transcript) {
        const Result<Converted> read = conversion(converted_from, "the transcript");
        if (!read) return tl::unexpected<Error>(read.error());
        if (bytes_wanted) out.transcript = std::string(read->block);
        members->add(read->packed);
        out.place.length = reader->offset() - at;
      }
      if (members) out.digest = members->finish();
    }
    end = {number, at + out.place.length};
    return out;
  }
};

EvidenceReader::EvidenceReader(fs::path folder, EvidenceEnd from, Items items) : impl_(std::make_unique<Impl>()) {
  impl_->bytes_wanted = items == Items::with_bytes;
  impl_->folder = std::move(folder);
  impl_->from = from;
}
EvidenceReader::~EvidenceReader() = default;
EvidenceReader::EvidenceReader(EvidenceReader&&) noexcept = default;

std::optional<Result<EvidenceAct>> EvidenceReader::next() { return impl_->next(); }

bool EvidenceReader::find_next() {
  Impl& impl = *impl_;
  if (!impl.error || !impl.segments || !*impl.segments) return false;
  while (true) {
    impl.error.reset();
    if (impl.reader && impl.reader->find_next()) return true;
    if (impl.next_segment >= (*impl.segments)->size()) return false;
    impl.reader.reset();
    if (impl.open_next()) return true;
    // The segment's beginning is damaged: `error` names it when it is asked for; here only what comes behind counts.
    if (impl.reader && impl.reader->find_next()) {
      impl.error.reset();
      return true;
    }
  }
}

bool EvidenceReader::in_tail() const {
  const Impl& impl = *impl_;
  if (!impl.error || !impl.segments || !*impl.segments || !impl.reader) return false;
  return impl.next_segment >= (*impl.segments)->size() && !impl.unreadable;
}

EvidenceEnd EvidenceReader::end() const { return impl_->end; }
std::uint64_t EvidenceReader::bytes_read() const { return impl_->bytes; }
std::uint64_t EvidenceReader::records_read() const { return impl_->records; }

Result<EvidenceAct> read_evidence(const fs::path& folder, const EvidencePlace& place) {
  EvidenceReader reader(folder, {place.segment, place.offset});
  std::optional<Result<EvidenceAct>> act = reader.next();
  if (!act) {
    return fail(ErrorKind::kCasebook, folder.string(), "byte " + std::to_string(place.offset),
                "the record that should stand here is missing", kRestore);
  }
  if (*act && (*act)->place != place) {
    return fail(ErrorKind::kCasebook, folder.string(), "byte " + std::to_string(place.offset),
                "another record stands here than the index says", "run: litopys rebuild");
  }
  return *std::move(act);
}

}  // namespace litopys
