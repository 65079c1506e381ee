// A row of a table: the cells of its text and title, found again by what the splitter wrote into the item's format.
#include <algorithm>
#include <charconv>
#include <optional>

#include "base/json_scan.h"
#include "intake/table.h"
#include "page/decode.h"
#include "page/lines.h"
#include "page/message.h"
#include "page/source_map.h"

namespace litopys {
namespace {

// A value with its map to the item's bytes.
struct Value {
  std::string text;
  std::vector<SourcePiece> map;
};

Value cell_value(std::string_view bytes, const TableCell& cell) {
  Value out;
  for (std::size_t i = cell.begin; i < cell.end;) {
    // Up to and with the first of two quotes; the second says nothing.
    std::size_t end = cell.quoted ? std::min(bytes.substr(0, cell.end).find('"', i), cell.end) : cell.end;
    const bool quote = end < cell.end;
    if (quote) ++end;
    append_piece(out.map, {static_cast<std::uint32_t>(out.text.size()), static_cast<std::uint32_t>(i), true});
    out.text.append(bytes.substr(i, end - i));
    i = quote ? end + 1 : end;
  }
  return out;
}

Value string_value(std::string_view bytes, std::string_view raw) {
  Value out;
  std::vector<JsonPiece> pieces;
  append_unescaped(out.text, raw, &pieces);
  const auto begin = static_cast<std::uint32_t>(raw.data() - bytes.data());
  for (const JsonPiece& piece : pieces) {
    append_piece(out.map, {static_cast<std::uint32_t>(piece.text_begin), begin + static_cast<std::uint32_t>(piece.raw_begin), piece.exact});
  }
  return out;
}

Result<Content> content_of_row(const Item& item, const Value& title, const Value& text) {
  Content content;
  if (const std::string_view name = trimmed(title.text); !name.empty() && name.find('\n') == std::string_view::npos) {
    const auto decoded = decode(title.text, {.item = name_of(item), .transport = item.origin.charset});
    if (decoded) {
      content.title = std::string(trimmed(decoded->text));
      content.titled = true;
      append_mapped(content, decoded->text, decoded->map.empty() ? title.map : composed(decoded->map, title.map));
      append_mapped(content, "\n\n", {{0, text.map.empty() ? 0 : text.map.front().item_begin, false}});
    }
  }
  const auto decoded = decode(text.text, {.item = name_of(item), .transport = item.origin.charset});
  if (!decoded) return tl::unexpected(decoded.error());
  content.encoding = decoded->encoding;
  content.notes = decoded->notes;
  const std::vector<SourcePiece> map = decoded->map.empty() ? text.map : composed(decoded->map, text.map);
  if (looks_like_html(decoded->text)) {
    append_html(content, decoded->text, map);
  } else {
    append_mapped(content, decoded->text, map);
  }
  return content;
}

}  // namespace

Result<Content> read_table_row(const Item& item) {
  const std::string_view format = item.origin.format;
  unsigned delimiter = ',';
  const std::string_view code = format.substr(std::min(format.size(), std::size_t{8}), 2);
  std::from_chars(code.data(), code.data() + code.size(), delimiter, 16);
  std::size_t at = 0;
  bool closed = true;
  const std::vector<TableCell> cells = table_cells(item.bytes, at, static_cast<char>(delimiter), closed);
  const auto value = [&](const char* name) {
    const std::string number = row_parameter(format, name);
    std::size_t column = cells.size();
    std::from_chars(number.data(), number.data() + number.size(), column);
    return column < cells.size() ? cell_value(item.bytes, cells[column]) : Value{};
  };
  return content_of_row(item, value("title"), value("text"));
}

Result<Content> read_json_row(const Item& item) {
  const std::string text_key = row_parameter(item.origin.format, "text");
  const std::string title_key = row_parameter(item.origin.format, "title");
  Value text, title;
  JsonCursor at(item.bytes);
  at.open('{');
  for (std::string_view key; at.member(key);) {
    std::string_view raw;
    if (!at.string(raw)) {
      at.skip();
      continue;
    }
    const std::string name = unescaped(key);
    if (name == text_key && text.text.empty()) text = string_value(item.bytes, raw);
    if (name == title_key && title.text.empty()) title = string_value(item.bytes, raw);
  }
  return content_of_row(item, title, text);
}

}  // namespace litopys
