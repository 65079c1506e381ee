// A page is a response with status 200 whose media a reader of text can use. Servers say application/octet-stream and worse of pages, so
// without a useful word of theirs the first bytes decide.
#include "intake/warc_items.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "intake/digest.h"
#include "intake/http.h"

namespace litopys {
namespace {

constexpr std::size_t kLook = 64U << 10U;

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What a page passed over is counted under; few of them, whatever servers write.
std::string media_group(const std::string& media) {
  for (const char* group : {"image", "video", "audio", "font"}) {
    if (media.starts_with(std::string(group) + "/")) return std::string(group) + "/*";
  }
  if (one_of(media, {"text/css", "text/javascript", "application/javascript", "application/x-javascript", "application/json",
                     "application/octet-stream"})) {
    return media;
  }
  return "other media";
}

std::string_view type_name(WarcType type) {
  switch (type) {
    case WarcType::warcinfo: return "warcinfo records";
    case WarcType::request: return "request records";
    case WarcType::metadata: return "metadata records";
    case WarcType::revisit: return "revisit records";
    case WarcType::continuation: return "continuation records";
    default: return "records of other types";
  }
}

// What a record's payload is, as far as the beginning of its block tells.
struct Payload {
  std::optional<HttpResponse> http;
  std::string_view media, charset;
  std::string why_not;  // it is no item
};

Payload payload_of(const WarcRecord& record, std::string_view block) {
  Payload out;
  if (record.type != WarcType::response && record.type != WarcType::resource && record.type != WarcType::conversion) {
    out.why_not = type_name(record.type);
    return out;
  }
  const ContentType declared = parse_content_type(record.content_type);
  if (record.type == WarcType::response) {
    out.http = parse_response(block);
    if (!out.http) {
      if (!record.target_uri.starts_with("http")) {
        out.why_not = "responses of other protocols";
        return out;
      }
      out.media = {};
    } else {
      out.media = out.http->media_type;
      out.charset = out.http->charset;
      if (out.http->status != 200) {
        const int status = out.http->status;
        out.why_not = status >= 100 && status < 600 ? "status " + std::to_string(status) : std::string("no status");
        return out;
      }
    }
  } else {
    out.media = declared.media_type;
    out.charset = declared.charset;
  }
  // The first bytes of a packed body say nothing.
  const bool packed = out.http && (!out.http->content_encoding.empty() || out.http->transfer_encoding.find(',') != std::string_view::npos);
  if (!readable_media(out.media, packed ? std::string_view("<") : out.http ? out.http->body : block))
    out.why_not = media_group(ascii::lowered(out.media));
  return out;
}

OpenedItem item_of(const WarcRecord& record, const std::string& id, const std::string& path, const Payload& payload) {
  OpenedItem out;
  out.item.id = id + "-" + std::to_string(record.number);
  const std::string member = record.id.empty() ? "record " + std::to_string(record.number) : std::string(record.id);
  out.item.path = path + "!" + member;
  Origin& origin = out.item.origin;
  origin.container = path;
  origin.member = member;
  origin.offset = record.offset;
  origin.length = record.length;
  origin.url = record.target_uri;
  origin.captured = record.date;
  origin.digest = record.payload_digest;
  origin.media_type = payload.media;
  origin.charset = payload.charset;
  if (record.missing > 0) {
    out.notes.push_back("cut short in the archive: " + std::to_string(record.block.size()) + " of " +
                        std::to_string(record.content_length) + " bytes are there");
  }
  return out;
}

// Whether the payload is none that its digest can be of: the body as it was sent, without its chunks, or unpacked, as writers differ.
bool digest_is_wrong(const WarcRecord& record, const HttpResponse& http, std::string_view body) {
  if (record.missing > 0 || !record.field("WARC-Truncated").empty() || !record.field("WARC-Segment-Number").empty()) return false;
  if (check_digest(record.payload_digest, http.body) != DigestVerdict::wrong) return false;
  if (const auto joined = dechunked(http); joined && check_digest(record.payload_digest, *joined) == DigestVerdict::right) return false;
  return check_digest(record.payload_digest, body) == DigestVerdict::wrong;
}

Error too_large(const WarcRecord& record, const std::string& path, std::uint64_t size) {
  return {ErrorKind::kLimit, path, "record " + std::to_string(record.number) + ", byte " + std::to_string(record.offset),
          "is a page of " + std::to_string(size >> 20U) + " MB, more than one item may have", "skipped"};
}

}  // namespace

std::string why_no_item(const WarcRecord& record, std::string_view block) { return payload_of(record, block).why_not; }

bool readable_media(std::string_view media_type, std::string_view first_bytes) {
  const std::string media = ascii::lowered(media_type);
  if (one_of(media, {"text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/rss+xml",
                     "application/atom+xml", "application/rdf+xml", "application/pdf", "application/msword", "application/rtf", "text/rtf",
                     "message/rfc822", "multipart/related", "application/vnd.oasis.opendocument.text",
                     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"})) {
    return true;
  }
  if (!media.empty() && !one_of(media, {"application/octet-stream", "unknown/unknown", "application/unknown", "binary/octet-stream", "*/*",
                                        "text/*", "text", "html", "text/htm", "application/html"})) {
    return false;
  }
  const std::size_t begin = first_bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string_view::npos) return false;
  const std::string_view look = first_bytes.substr(begin, 512);
  if (look.starts_with('<') || look.starts_with("%PDF-")) return true;
  return media.empty() && look.find('\0') == std::string_view::npos &&
         look.find_first_of("\x01\x02\x03\x04\x05\x06") == std::string_view::npos;
}

bool warc_items(WarcReader& reader, const std::string& id, const std::string& path, const WarcItemLimits& limits, const Give& give,
                PassedOver& passed_over) {
  while (auto next = reader.next()) {
    if (!*next) {
      if (!give(tl::unexpected<Error>(next->error()))) return false;
      continue;
    }
    const WarcRecord& record = **next;
    if (!record.held) {
      std::string look;
      if (record.type == WarcType::response || record.type == WarcType::resource || record.type == WarcType::conversion) {
        const Result<std::uint64_t> streamed = reader.stream([&](std::string_view piece) {
          look.append(piece.substr(0, kLook - std::min(kLook, look.size())));
          return look.size() < kLook;
        });
        if (!streamed && !give(tl::unexpected<Error>(streamed.error()))) return false;
      }
      if (Payload payload = payload_of(record, look); !payload.why_not.empty()) {
        ++passed_over[payload.why_not];
      } else if (!give(tl::unexpected<Error>(too_large(record, path, record.content_length)))) {
        return false;
      }
      continue;
    }
    Payload payload = payload_of(record, record.block);
    if (!payload.why_not.empty()) {
      ++passed_over[payload.why_not];
      continue;
    }
    OpenedItem out = item_of(record, id, path, payload);
    if (payload.http) {
      HttpBody body = decode_body(*payload.http, limits.largest_item);
      if (body.too_large) {
        if (!give(tl::unexpected<Error>(too_large(record, path, body.bytes.size())))) return false;
        continue;
      }
      if (digest_is_wrong(record, *payload.http, body.bytes)) {
        out.notes.push_back("the archive states another digest for its payload: " + std::string(record.payload_digest.substr(0, 80)));
      }
      out.item.bytes = body.own.empty() ? std::string(body.bytes) : std::move(body.own);
      for (std::string& note : body.notes) out.notes.push_back(std::move(note));
    } else {
      out.item.bytes = record.block;
    }
    if (out.item.bytes.empty()) {
      ++passed_over["empty bodies"];
      continue;
    }
    if (limits.keep_records) out.item.warc_record = std::string(record.head) + std::string(record.block);
    if (!give(std::move(out))) return false;
  }
  return true;
}

}  // namespace litopys
