// Telegram's messages: the strings of the JSON object one after the other, each with its map; in HTML the inside of the text's <div>.
#include "page/message.h"

#include <fmt/format.h>

#include <charconv>

#include "base/json_scan.h"
#include "intake/member.h"
#include "intake/telegram_html.h"
#include "page/decode.h"
#include "page/source_map.h"

namespace litopys {
namespace {

// Appends the string whose raw inside is `raw`, a part of the item's bytes.
void append_string(Content& content, const Item& item, std::string_view raw) {
  std::string text;
  std::vector<JsonPiece> pieces;
  append_unescaped(text, raw, &pieces);
  const auto begin = static_cast<std::uint32_t>(raw.data() - item.bytes.data());
  std::vector<SourcePiece> map;
  map.reserve(pieces.size());
  for (const JsonPiece& piece : pieces) {
    map.push_back({static_cast<std::uint32_t>(piece.text_begin), begin + static_cast<std::uint32_t>(piece.raw_begin), piece.exact});
  }
  append_mapped(content, text, map, begin);
}

void append_pieces(Content& content, const Item& item, JsonCursor& at) {
  std::string_view raw;
  while (at.element()) {
    if (at.string(raw)) {
      append_string(content, item, raw);
    } else if (at.open('{')) {
      for (std::string_view key; at.member(key);) {
        if (key == "text" && at.string(raw)) {
          append_string(content, item, raw);
        } else {
          at.skip();
        }
      }
    } else {
      at.skip();
    }
  }
}

std::string short_value(JsonCursor& at) {
  std::string_view raw;
  if (at.string(raw)) return unescaped(raw.substr(0, 64));
  if (at.scalar(raw)) return std::string(raw.substr(0, 64));
  at.skip();
  return {};
}

std::string time_of(const std::string& seconds) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
  return error == std::errc() && end == seconds.data() + seconds.size() ? iso_time(value) : std::string();
}

}  // namespace

Result<Content> read_telegram_message(const Item& item) {
  Content content;
  content.message = true;
  JsonCursor at(item.bytes);
  if (!at.open('{')) return fail(ErrorKind::kMalformed, name_of(item), "", "is no message of Telegram", "kept, not read");
  for (std::string_view key; at.member(key);) {
    std::string_view raw;
    if ((key == "text" || key == "text_entities") && content.text.empty()) {
      if (at.string(raw)) {
        append_string(content, item, raw);
      } else if (at.open('[')) {
        append_pieces(content, item, at);
      } else {
        at.skip();
      }
    } else if (key == "edited_unixtime") {
      if (const std::string time = time_of(short_value(at)); !time.empty()) content.notes.push_back("edited " + time);
    } else if (key == "reply_to_message_id") {
      if (const std::string id = short_value(at); !id.empty()) content.notes.push_back("replies to message " + id);
    } else {
      at.skip();
    }
  }
  if (at.damaged()) content.notes.push_back(fmt::format("the message {} (byte {})", at.problem(), at.at()));
  return content;
}

Result<Content> read_telegram_html(const Item& item) {
  const auto decoded = decode(item.bytes, {.item = name_of(item), .transport = item.origin.charset});
  if (!decoded) return tl::unexpected(decoded.error());
  Content content;
  content.message = true;
  content.encoding = decoded->encoding;
  content.notes = decoded->notes;
  const std::string_view html = decoded->text;
  const std::string_view text = inside_of_div(html, "text");
  const auto begin = static_cast<std::uint32_t>(text.empty() ? 0 : text.data() - html.data());
  std::vector<SourcePiece> map{{0, begin, true}};
  append_html(content, text, decoded->map.empty() ? map : composed(map, decoded->map), begin);
  const std::string_view reply = inside_of_div(html, "reply_to");
  if (const std::size_t at = reply.find("#go_to_message"); at != std::string_view::npos) {
    const std::string_view id = reply.substr(at + 14, 24);
    content.notes.push_back(fmt::format("replies to message {}", id.substr(0, id.find_first_not_of("0123456789"))));
  }
  return content;
}

}  // namespace litopys
