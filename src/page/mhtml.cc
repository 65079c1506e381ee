// A mail by its form (intake/mime.h), a page by its content.
#include "page/mhtml.h"

#include <fmt/format.h>

#include "intake/mail_date.h"
#include "intake/mime.h"
#include "page/decode.h"
#include "page/source_map.h"

namespace litopys {
namespace {

const MimePart* root_of(const Mime& mime) {
  const std::string start = parameter(mime.field("content-type"), "start");
  const MimePart* first = nullptr;
  for (const MimePart& part : mime.parts) {
    if (part.media_type != "text/html" && part.media_type != "application/xhtml+xml") continue;
    for (const MimeField& field : part.fields) {
      if (field.name == "content-id" && !start.empty() && field.value == start) return &part;
    }
    if (first == nullptr) first = &part;
  }
  return first;
}

bool is_web_address(std::string_view url) { return url.starts_with("http://") || url.starts_with("https://"); }

}  // namespace

Result<Content> read_mhtml(const Item& item) {
  const Mime mime = read_mime(item.bytes);
  const MimePart* root = root_of(mime);
  if (root == nullptr) return fail(ErrorKind::kMalformed, name_of(item), "", "a saved page (MHTML) without a page in it", "kept, not read");
  const MimeBody body = decode_body(*root, item.bytes);
  const auto decoded = decode(body.bytes, {.item = name_of(item), .transport = root->charset});
  if (!decoded) return tl::unexpected(decoded.error());
  Content content;
  content.page = true;
  content.encoding = decoded->encoding;
  content.notes = decoded->notes;
  if (body.damage > 0) content.notes.push_back(fmt::format("{} bytes of the transfer coding are damaged", body.damage));
  if (!root->ends) content.notes.push_back("the file ends before its page does");
  std::vector<SourcePiece> to_item;
  for (const MimePiece& piece : body.pieces) {
    append_piece(to_item, {static_cast<std::uint32_t>(piece.from), static_cast<std::uint32_t>(piece.raw), piece.exact});
  }
  append_mapped(content, decoded->text, decoded->map.empty() ? to_item : composed(decoded->map, to_item));
  const std::string_view snapshot = mime.field("snapshot-content-location");
  const std::string_view own = root->location;
  if (is_web_address(snapshot)) {
    content.url = std::string(snapshot);
  } else if (is_web_address(own)) {
    content.url = std::string(own);
  }
  if (const auto day = day_of(iso_of_mail_date(mime.field("date")))) {
    content.evidence.push_back({"mhtml Date, of the saving", std::string(mime.field("date")), *day});
  }
  return content;
}

}  // namespace litopys
