#include "vault/evidence.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/json.h"
#include "vault/random.h"
#include "vault/warc_writer.h"

namespace litopys {
namespace {

constexpr std::string_view kConforms = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/";
constexpr std::string_view kSameContent = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

std::string target_of(const Item& item) {
  if (looks_like_uri(item.origin.url)) return item.origin.url;
  return item.path == "-" ? "file:///dev/stdin" : file_uri(item.path);
}

std::string_view media_type_of(const Item& item) {
  return item.origin.media_type.empty() ? media_type_of_path(item.path) : std::string_view(item.origin.media_type);
}

// The header that the item came with and its block, where both are whole.
struct Original {
  WarcHead head;
  std::string_view block;
  std::string_view payload;
};
std::optional<Original> original_of(std::string_view record) {
  const std::optional<WarcFields> fields = parse_warc_head(record);
  if (!fields) return std::nullopt;
  const std::string_view block = record.substr(fields->head_size);
  if (fields->get("Content-Length") != std::to_string(block.size())) return std::nullopt;
  for (const char* needed : {"WARC-Type", "WARC-Record-ID", "WARC-Date"}) {
    if (fields->get(needed).empty()) return std::nullopt;
  }
  for (const auto& [name, value] : fields->fields) {
    if (name.starts_with("Litopys-")) return std::nullopt;  // it has been in a casebook: what is ours must stand there once
  }
  return Original{*WarcHead::copied(record), block, warc_payload(fields->get("Content-Type"), block)};
}

struct SaltAndId {
  Salt salt{};
  std::string record;  // a WARC-Record-ID
};
// Both of one draw.
Result<SaltAndId> draw_salt_and_id() {
  std::array<std::uint8_t, std::tuple_size_v<Salt> + 16> random{};
  if (Done drawn = draw_random(random); !drawn) return tl::unexpected<Error>(drawn.error());
  SaltAndId out;
  std::copy_n(random.begin(), out.salt.size(), out.salt.begin());
  std::array<std::uint8_t, 16> id{};
  std::copy_n(random.begin() + out.salt.size(), id.size(), id.begin());
  out.record = record_id_of(id);
  return out;
}

}  // namespace

std::string evidence_concerns(const MerkleHash& bytes, std::string_view item, const MerkleHash& warcinfo) {
  // Canonical as it stands (RFC 8785): the keys are in order and nothing needs an escape.
  std::string out;
  out.reserve(256);
  out.append(R"({"bytes":")").append(hex_of(bytes)) += '"';
  if (!item.empty()) out.append(R"(,"item":")").append(item) += '"';
  return out.append(R"(,"warcinfo":")").append(hex_of(warcinfo)).append("\"}");
}

std::string_view warc_payload(std::string_view content_type, std::string_view block) {
  if (!content_type.starts_with("application/http") || !block.starts_with("HTTP/")) return block;
  const std::size_t end = block.find("\r\n\r\n");
  return end == std::string_view::npos ? block : block.substr(end + 4);
}

std::string_view media_type_of_path(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
      {".html", "text/html"}, {".htm", "text/html"},         {".txt", "text/plain"},      {".md", "text/plain"},
      {".xml", "text/xml"},   {".json", "application/json"}, {".pdf", "application/pdf"}, {".eml", "message/rfc822"},
      {".csv", "text/csv"},   {".jpg", "image/jpeg"},        {".png", "image/png"},
  };
  for (const auto& [ending, type] : kEndings) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

Result<PackedAct> EvidencePress::finished(std::string packed, const Salt& salt, std::string record, std::string item) const {
  PackedAct out;
  out.digest = sha256_of(packed);
  out.packed = std::move(packed);
  out.salt = salt;
  out.record = std::move(record);
  out.item = std::move(item);
  return out;
}

Result<std::string> EvidencePress::transcript(const Item& item, const ItemFacts& facts, const std::string& of) const {
  Result<std::string> id = new_record_id();
  if (!id) return id;
  const std::string digest = labelled_sha256(*item.transcript);
  WarcHead head("conversion");
  head.add("WARC-Record-ID", *id).add("WARC-Date", facts.taken).add("WARC-Target-URI", target_of(item));
  head.add("WARC-Refers-To", of).add("Content-Type", "text/plain; charset=utf-8");
  head.add("WARC-Block-Digest", digest).add("WARC-Payload-Digest", digest);
  return press_.pack(head.finish(*item.transcript), *item.transcript, kWarcRecordEnd);
}

Result<PackedAct> EvidencePress::item(const Item& item, ItemFacts facts) const {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  Result<SaltAndId> drawn = draw_salt_and_id();
  if (!drawn) return failed(drawn.error());
  auto& [salt, id] = *drawn;
  std::optional<Original> original = item.warc_record.empty() ? std::nullopt : original_of(item.warc_record);
  facts.again = false;
  facts.conversion = original && original->payload != item.bytes;
  facts.transcript = item.transcript.has_value();
  const std::string ours = facts_json(facts);
  const std::string digest = "sha256:" + facts.sha256;

  std::string packed;
  if (original) {
    WarcHead& head = original->head;
    const std::optional<WarcFields> fields = parse_warc_head(item.warc_record);
    id = fields->get("WARC-Record-ID");
    // Also where it came with a SHA-256 that is wrong: what was stated stays, what is true stands beside it.
    const std::string block_digest = labelled_sha256(original->block);
    if (const std::string_view stated = fields->get("WARC-Block-Digest"); !stated.empty() && stated != block_digest) {
      head.add("Litopys-Block-Digest", block_digest);
    }
    head.add("Litopys-Item", ours).add("Litopys-Salt", hex_of(salt));
    if (!head.has("WARC-Block-Digest")) head.add("WARC-Block-Digest", labelled_sha256(original->block));
    if (!head.has("WARC-Payload-Digest")) head.add("WARC-Payload-Digest", labelled_sha256(original->payload));
    packed = press_.pack(head.finish(original->block), original->block, kWarcRecordEnd);
  } else {
    WarcHead head("resource");
    head.add("WARC-Record-ID", id).add("WARC-Date", facts.taken).add("WARC-Target-URI", target_of(item));
    head.add("Content-Type", media_type_of(item)).add("WARC-Block-Digest", digest).add("WARC-Payload-Digest", digest);
    head.add("Litopys-Item", ours).add("Litopys-Salt", hex_of(salt));
    packed = press_.pack(head.finish(item.bytes), item.bytes, kWarcRecordEnd);
  }
  if (facts.conversion) {
    Result<std::string> converted = new_record_id();
    if (!converted) return failed(converted.error());
    WarcHead head("conversion");
    head.add("WARC-Record-ID", *converted).add("WARC-Date", facts.taken).add("WARC-Target-URI", target_of(item));
    head.add("WARC-Refers-To", id).add("Content-Type", media_type_of(item));
    head.add("WARC-Block-Digest", digest).add("WARC-Payload-Digest", digest);
    packed += press_.pack(head.finish(item.bytes), item.bytes, kWarcRecordEnd);
  }
  if (facts.transcript) {
    const Result<std::string> read = transcript(item, facts, id);
    if (!read) return failed(read.error());
    packed += *read;
  }
  return finished(std::move(packed), salt, std::move(id), facts.sha256);
}

Result<PackedAct> EvidencePress::again(const Item& item, ItemFacts facts, const std::string& refers_to) const {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  Result<SaltAndId> drawn = draw_salt_and_id();
  if (!drawn) return failed(drawn.error());
  auto& [salt, id] = *drawn;
  facts.again = true;
  facts.conversion = false;
  facts.transcript = item.transcript.has_value();
  facts.id.clear();
  WarcHead head("revisit");  // section 6.7.2
  head.add("WARC-Record-ID", id).add("WARC-Date", facts.taken).add("WARC-Target-URI", target_of(item));
  head.add("WARC-Profile", kSameContent).add("WARC-Refers-To", refers_to).add("WARC-Payload-Digest", "sha256:" + facts.sha256);
  head.add("Litopys-Item", facts_json(facts)).add("Litopys-Salt", hex_of(salt));
  std::string packed = press_.pack(head.finish({}), {}, kWarcRecordEnd);
  if (facts.transcript) {
    const Result<std::string> read = transcript(item, facts, refers_to);
    if (!read) return failed(read.error());
    packed += *read;
  }
  return finished(std::move(packed), salt, std::move(id), facts.sha256);
}

Result<PackedAct> EvidencePress::note(Act act, const std::string& time, const std::string& json) const {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  Result<SaltAndId> drawn = draw_salt_and_id();
  if (!drawn) return failed(drawn.error());
  auto& [salt, id] = *drawn;
  WarcHead head("metadata");
  head.add("WARC-Record-ID", id).add("WARC-Date", time).add("Content-Type", "application/json");
  head.add("Litopys-Act", name_of(act)).add("Litopys-Salt", hex_of(salt));
  return finished(press_.pack(head.finish(json), json, kWarcRecordEnd), salt, std::move(id), {});
}

Result<std::string> EvidencePress::warcinfo(const std::string& file_name, const std::string& time, const std::string& settings) const {
  Result<std::string> id = new_record_id();
  if (!id) return tl::unexpected<Error>(id.error());
  std::string fields = "software: litopys " LITOPYS_VERSION "\r\nformat: WARC File Format 1.1\r\nconformsTo: ";
  fields.append(kConforms).append("\r\n").append(settings);
  WarcHead head("warcinfo");
  head.add("WARC-Record-ID", *id).add("WARC-Date", time).add("WARC-Filename", file_name).add("Content-Type", "application/warc-fields");
  return press_.pack(head.finish(fields), fields, kWarcRecordEnd);
}

}  // namespace litopys
