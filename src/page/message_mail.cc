// Of the forms of one text HTML is taken, because plain text has been broken into lines; without it the lines are joined again.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "intake/mail_date.h"
#include "intake/mime.h"
#include "page/decode.h"
#include "page/lines.h"
#include "page/message.h"
#include "page/message_lines.h"
#include "page/source_map.h"

namespace litopys {
namespace {

// Local parts of addresses that are an office's: they are the same in all languages.
constexpr std::array<std::string_view, 22> kOffices = {
    "info",  "press",   "news", "newsletter", "noreply",    "no-reply", "donotreply", "do-not-reply", "editor", "office",  "desk",
    "media", "contact", "mail", "pr",         "redaktsiya", "redakcia", "digest",     "updates",      "alerts", "service", "bulletin"};

// The sender, where it is an organisation beyond doubt.
std::optional<std::string> outlet_of(const Mime& mime) {
  const MailAddress from = first_address(mime.field("from"));
  const bool list = !mime.field("list-id").empty() || !mime.field("list-unsubscribe").empty();
  const bool office = std::any_of(kOffices.begin(), kOffices.end(), [&](std::string_view name) {
    return from.local == name || (from.local.starts_with(name) && from.local.size() > name.size() &&
                                  (from.local[name.size()] == '-' || from.local[name.size()] == '.' || from.local[name.size()] == '_'));
  });
  if (!list && !office) return std::nullopt;
  if (!from.display.empty() && from.display.find('@') == std::string::npos) return from.display;
  if (office && from.host.find('.') != std::string::npos && !from.host.starts_with('.')) return from.host;
  return std::nullopt;
}

const MimePart* text_of(const Mime& mime, std::string_view type) {
  for (const MimePart& part : mime.parts) {
    if (part.media_type == type && !part.attachment && (part.name.empty() || part.alternative) && part.end > part.begin) return &part;
  }
  return nullptr;
}

// Quoted lines and what follows the line "-- ".
void mark_quotes(Content& content, std::size_t from) {
  bool signature = false;
  for (const Line& line : lines_of(content.text)) {
    if (line.span.begin < from) continue;
    const std::string_view view = line.span.of(content.text);
    signature = signature || view == "-- " || view == "--";
    if (signature) {
      content.junk.push_back({{line.span.begin, std::max(line.span.end, line.span.begin + 1)}, "signature"});
    } else if (view.starts_with('>')) {
      content.junk.push_back({line.span, "quoted mail"});
    }
  }
}

}  // namespace

Result<Content> read_mail(const Item& item) {
  const std::string_view bytes = item.bytes;
  const Mime mime = read_mime(bytes);
  const MimePart* html = text_of(mime, "text/html");
  const MimePart* plain = text_of(mime, "text/plain");
  const MimePart* part = html != nullptr ? html : plain;
  if (part == nullptr) return fail(ErrorKind::kMalformed, name_of(item), "", "a mail without text", "kept, not read");

  const MimeBody body = decode_body(*part, bytes);
  const auto decoded = decode(body.bytes, {.item = name_of(item), .transport = part->charset});
  Content content;
  if (!decoded && mime.field("subject").empty()) return tl::unexpected(decoded.error());
  std::vector<SourcePiece> to_item;
  for (const MimePiece& piece : body.pieces) {
    append_piece(to_item, {static_cast<std::uint32_t>(piece.from), static_cast<std::uint32_t>(piece.raw), piece.exact});
  }
  const std::string subject = decode_words(mime.field("subject"), part->charset.empty() ? "windows-1251" : part->charset);
  if (!trimmed(subject).empty()) content.title = std::string(trimmed(subject));
  content.outlet = outlet_of(mime);
  const std::string date = iso_of_mail_date(mime.field("date"));
  if (const auto day = day_of(date)) {
    content.evidence.push_back({"mail Date", std::string(mime.field("date")), *day});
    content.published = day;
  }
  if (body.damage > 0) content.notes.push_back(fmt::format("{} bytes of the transfer coding are damaged", body.damage));
  if (!part->ends) content.notes.push_back("the mail ends before its text does");
  if (const MailAddress from = first_address(mime.field("from"));
      from.host.starts_with('.') || from.host.ends_with('.') || from.host.find("..") != std::string::npos) {
    content.notes.push_back("the sender's address is none: its host has an empty label");
  }
  if (!decoded) {
    content.notes.push_back("the text cannot be decoded: " + decoded.error().problem);
    content.titled = true;
    append_mapped(content, *content.title, {{0, 0, false}});
    return content;
  }
  content.encoding = decoded->encoding;
  content.notes.insert(content.notes.end(), decoded->notes.begin(), decoded->notes.end());
  const std::vector<SourcePiece> map = decoded->map.empty() ? to_item : composed(decoded->map, to_item);
  if (part == html) {
    content.page = true;
    append_mapped(content, decoded->text, map);
    return content;
  }
  if (content.title) {
    content.titled = true;
    append_mapped(content, *content.title + "\n\n", {{0, 0, false}});
  }
  const std::size_t begin = content.text.size();
  const JoinedLines joined = part->flowed ? join_flowed(decoded->text) : join_lines(decoded->text);
  append_mapped(content, joined.text, joined.map.empty() ? map : composed(joined.map, map));
  mark_quotes(content, begin);
  return content;
}

}  // namespace litopys
