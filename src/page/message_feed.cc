// A feed's text is HTML inside XML: entities twice, or CDATA, or real elements (Atom's xhtml). Each field is gathered as a string of HTML
// with its map, and only then read as HTML. Bare "&" and control characters, which no XML may have and many feeds do, are repaired first.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "page/decode.h"
#include "page/message.h"
#include "page/source_map.h"

namespace litopys {
namespace {

struct Field {
  std::string html;
  std::vector<SourcePiece> map;  // to the repaired text
  bool there = false;
};

// `xml` with bare ampersands escaped and control characters blanked; `map` leads back.
std::string repaired(std::string_view xml, std::vector<SourcePiece>& map) {
  std::string out;
  out.reserve(xml.size());
  bool cdata = false;
  append_piece(map, {0, 0, true});
  for (std::size_t i = 0; i < xml.size(); ++i) {
    const auto c = static_cast<unsigned char>(xml[i]);
    if (c == '<' && !cdata && xml.substr(i, 9) == "<![CDATA[") cdata = true;
    if (c == ']' && cdata && xml.substr(i, 3) == "]]>") cdata = false;
    if (c == '&' && !cdata) {
      const std::size_t end = xml.substr(i, 12).find_first_of("; \n<&", 1);
      const bool entity = end != std::string_view::npos && end > 1 && xml[i + end] == ';' &&
                          ((xml[i + 1] >= 'A' && xml[i + 1] <= 'Z') || (xml[i + 1] >= 'a' && xml[i + 1] <= 'z') ||
                           (xml[i + 1] == '#' && end > 2 &&
                            xml.substr(i + 2, end - 2).find_first_not_of("xX0123456789abcdefABCDEF") == std::string_view::npos));
      if (!entity) {
        append_piece(map, {static_cast<std::uint32_t>(out.size()), static_cast<std::uint32_t>(i), false});
        out += "&amp;";
        append_piece(map, {static_cast<std::uint32_t>(out.size()), static_cast<std::uint32_t>(i + 1), true});
        continue;
      }
    }
    out += c < ' ' && c != '\n' && c != '\r' && c != '\t' ? ' ' : xml[i];
  }
  return out;
}

std::string_view plain(std::string_view name) { return name.starts_with("atom:") ? name.substr(5) : name; }

constexpr std::array<std::string_view, 5> kFields = {"title", "content:encoded", "content", "description", "summary"};

}  // namespace

Result<Content> read_feed_item(const Item& item) {
  const auto decoded = decode(item.bytes, {.item = name_of(item), .transport = item.origin.charset});
  if (!decoded) return tl::unexpected(decoded.error());
  Content content;
  content.encoding = decoded->encoding;
  content.notes = decoded->notes;
  std::vector<SourcePiece> to_item;
  const std::string xml = repaired(decoded->text, to_item);
  if (!decoded->map.empty()) to_item = composed(to_item, decoded->map);

  std::array<Field, kFields.size()> fields;
  std::size_t depth = 0;
  Field* field = nullptr;
  std::size_t xhtml_begin = 0;  // of the inside of a field that holds real elements
  bool xhtml = false;
  const auto begin = [&](std::string_view name, std::span<const XmlAttribute> attributes, XmlPlace place) {
    ++depth;
    if (depth != 2) return true;
    const auto found = std::find(kFields.begin(), kFields.end(), plain(name));
    if (found == kFields.end()) return true;
    field = &fields[static_cast<std::size_t>(found - kFields.begin())];
    *field = Field{{}, {}, true};
    xhtml = std::any_of(attributes.begin(), attributes.end(), [](const XmlAttribute& a) { return a.name == "type" && a.value == "xhtml"; });
    xhtml_begin = place.end;
    return true;
  };
  const auto text = [&](std::string_view part, XmlPlace place) {
    if (field == nullptr || xhtml) return true;
    const bool exact = xml.compare(place.begin, part.size(), part) == 0;
    append_piece(field->map, {static_cast<std::uint32_t>(field->html.size()), static_cast<std::uint32_t>(place.begin), exact});
    field->html.append(part);
    return true;
  };
  const auto end = [&](std::string_view, XmlPlace place) {
    if (depth-- != 2 || field == nullptr) return true;
    if (xhtml) {
      field->html = xml.substr(xhtml_begin, place.begin - xhtml_begin);
      field->map = {{0, static_cast<std::uint32_t>(xhtml_begin), true}};
    }
    field = nullptr;
    return true;
  };
  const XmlOutcome outcome = read_xml(xml, {.begin = begin, .end = end, .text = text}, {.encoding = "UTF-8"});
  if (outcome.refused)
    return fail(ErrorKind::kMalformed, name_of(item), fmt::format("byte {}", outcome.at), outcome.problem, "kept, not read");
  if (!outcome.whole)
    content.notes.push_back(fmt::format("not well-formed at byte {} of the item: {}; read up to there", outcome.at, outcome.problem));

  for (Field& one : fields) {
    if (!one.map.empty()) one.map = composed(one.map, to_item);
  }
  Content title;
  append_html(title, fields[0].html, fields[0].map);
  std::replace(title.text.begin(), title.text.end(), '\n', ' ');
  const Field* body =
      std::max_element(fields.begin() + 1, fields.end(), [](const Field& a, const Field& b) { return a.html.size() < b.html.size(); });
  Content main;
  append_html(main, body->html, body->map);
  if (!ascii::trimmed(title.text).empty()) {
    content.title = std::string(ascii::trimmed(title.text));
    content.titled = true;
    append_mapped(content, title.text, title.map);
    // Feeds of headlines repeat the title as the text.
    if (ascii::trimmed(main.text) == *content.title) return content;
    if (!main.text.empty()) {
      append_piece(content.map,
                   {static_cast<std::uint32_t>(content.text.size()), main.map.empty() ? 0 : main.map.front().item_begin, false});
      content.text += "\n\n";
    }
  }
  append_mapped(content, main.text, main.map);
  return content;
}

}  // namespace litopys
