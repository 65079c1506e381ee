// Both formats are ZIPs of XML that differs in names only: elements that make a paragraph, elements that stand for white space, elements
// whose inside is no text of the document. One reader does both, with a table of names each.
#include "page/office.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <vector>

#include "base/xml.h"
#include "intake/archive.h"
#include "intake/source.h"
#include "page/lines.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestXml = std::size_t{64} << 20U;  // decompressed, of all parts that are read
constexpr std::size_t kLargestText = std::size_t{64} << 20U;

enum class Role : unsigned char { other, paragraph, heading, text, tab, line_end, spaces, row, cell, skipped };

struct NamedRole {
  std::string_view name;
  Role role;
};

constexpr NamedRole kWord[] = {
    {"w:p", Role::paragraph}, {"w:t", Role::text},           {"w:tab", Role::tab},      {"w:br", Role::line_end},
    {"w:cr", Role::line_end}, {"w:tr", Role::row},           {"w:tc", Role::cell},      {"mc:Fallback", Role::skipped},
    {"w:del", Role::skipped}, {"w:moveFrom", Role::skipped}, {"w:tabs", Role::skipped}, {"w:noBreakHyphen", Role::other}};

constexpr NamedRole kOdt[] = {{"text:p", Role::paragraph},
                              {"text:h", Role::heading},
                              {"text:tab", Role::tab},
                              {"text:line-break", Role::line_end},
                              {"text:s", Role::spaces},
                              {"table:table-row", Role::row},
                              {"table:table-cell", Role::cell},
                              {"office:annotation", Role::skipped},
                              {"text:tracked-changes", Role::skipped},
                              {"text:note-citation", Role::skipped},
                              {"office:forms", Role::skipped},
                              {"office:scripts", Role::skipped},
                              {"svg:desc", Role::skipped},
                              {"svg:title", Role::skipped}};

struct Dialect {
  std::span<const NamedRole> roles;
  bool text_elements;  // only what stands in elements of role `text` is text
};

Role role_of(const Dialect& dialect, std::string_view name) {
  for (const NamedRole& one : dialect.roles) {
    if (one.name == name) return one.role;
  }
  return Role::other;
}

// White space at the ends falls off; a line end of its own only where there is something.
void append_paragraph(Content& content, std::string_view text, std::string_view between) {
  text = trimmed(text);
  if (text.empty() || content.text.size() + text.size() > kLargestText) return;
  if (!content.text.empty()) content.text.append(between);
  content.text.append(text);
}

void append_xml(Content& content, std::string_view xml, const Dialect& dialect) {
  std::vector<std::string> open(1);  // paragraphs within each other (text boxes); the last is being read
  std::vector<std::string> row;      // cells of the row that is being read
  std::size_t rows = 0;
  std::size_t in_text = 0;
  std::size_t skipped = 0;
  bool hidden = false;  // of the run
  const auto end_paragraph = [&](const std::string& text) {
    if (rows > 0) {
      if (row.empty()) row.emplace_back();
      std::string& cell = row.back();
      const std::string_view view = trimmed(text);
      if (!view.empty()) cell.append(cell.empty() ? "" : " ").append(view);
    } else {
      append_paragraph(content, text, "\n\n");
    }
  };
  const auto begin = [&](std::string_view name, std::span<const XmlAttribute> attributes, XmlPlace) {
    const Role role = role_of(dialect, name);
    if (skipped > 0 || role == Role::skipped) {
      ++skipped;
      return true;
    }
    if (name == "w:r") hidden = false;
    if (name == "w:vanish") hidden = true;
    switch (role) {
      case Role::paragraph:
      case Role::heading: open.emplace_back(); break;
      case Role::text: ++in_text; break;
      case Role::tab: open.back() += '\t'; break;
      case Role::line_end: open.back() += '\n'; break;
      case Role::spaces: {
        std::size_t count = 1;
        for (const XmlAttribute& attribute : attributes) {
          if (attribute.name == "text:c") std::from_chars(attribute.value.data(), attribute.value.data() + attribute.value.size(), count);
        }
        open.back().append(std::min(count, std::size_t{100}), ' ');
        break;
      }
      case Role::row:
        if (rows++ == 0) row.clear();
        break;
      case Role::cell:
        if (rows == 1) row.emplace_back();
        break;
      case Role::other:
      case Role::skipped: break;
    }
    if (name == "w:noBreakHyphen") open.back() += '-';
    return content.text.size() < kLargestText;
  };
  const auto end = [&](std::string_view name, XmlPlace) {
    if (skipped > 0) {
      --skipped;
      return true;
    }
    switch (role_of(dialect, name)) {
      case Role::paragraph:
      case Role::heading:
        if (open.size() > 1) {
          std::string text = std::move(open.back());
          open.pop_back();
          end_paragraph(text);
        }
        break;
      case Role::text:
        if (in_text > 0) --in_text;
        break;
      case Role::row:
        if (rows > 0 && --rows == 0) {
          std::string line;
          for (const std::string& cell : row) line.append(line.empty() ? "" : "\t").append(cell);
          std::replace(line.begin(), line.end(), '\n', ' ');
          append_paragraph(content, line, "\n");
          row.clear();
        }
        break;
      default: break;
    }
    return true;
  };
  const auto text = [&](std::string_view piece, XmlPlace) {
    if (skipped > 0 || hidden || (dialect.text_elements ? in_text == 0 : open.size() == 1)) return true;
    if (dialect.text_elements) {
      open.back().append(piece);
    } else {  // ODT: white space in a row is one blank
      for (const char c : piece) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank) {
          open.back() += c;
        } else if (!open.back().empty() && open.back().back() != ' ') {
          open.back() += ' ';
        }
      }
    }
    return true;
  };
  const XmlOutcome outcome = read_xml(xml, {.begin = begin, .end = end, .text = text});
  if (outcome.whole) return;
  while (open.size() > 1) {  // what the break left open is text all the same
    std::string rest = std::move(open.back());
    open.pop_back();
    rows = 0;
    end_paragraph(rest);
  }
  content.notes.push_back(
      fmt::format("read in part: {} (byte {} of its XML)", outcome.stopped ? std::string("too long") : outcome.problem, outcome.at));
}

struct Parts {
  std::map<std::string, std::string> xml;  // by name
  bool text_document = false;
  bool locked = false;
  std::string kind;  // what it is, where it is no text document
  std::optional<Error> trouble;
};

constexpr std::string_view kWanted[] = {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml",    "docProps/core.xml",
                                        "content.xml",       "meta.xml",           "META-INF/manifest.xml"};

Parts parts_of(const Item& item) {
  Parts out;
  std::size_t total = 0;
  visit_archive(source_of(item.bytes), name_of(item),
                {.take =
                     [&](const ArchiveMember& member, const ByteSource& bytes) {
                       if (member.name.starts_with("xl/")) out.kind = "a spreadsheet";
                       if (member.name.starts_with("ppt/")) out.kind = "slides";
                       if (member.name == "META-INF/container.xml") out.kind = "an electronic book";
                       if (std::find(std::begin(kWanted), std::end(kWanted), member.name) == std::end(kWanted)) return true;
                       if (member.encrypted) {
                         out.locked = true;
                         return true;
                       }
                       std::string& xml = out.xml[member.name];
                       if (!xml.empty()) return true;  // a second member of one name is nobody's
                       constexpr std::size_t kPiece = 64U << 10U;
                       for (;;) {
                         const std::size_t size = xml.size();
                         xml.resize(size + kPiece);
                         const Result<std::size_t> got = bytes.read(xml.data() + size, kPiece);
                         xml.resize(size + got.value_or(0));
                         if (!got) {
                           if (!out.trouble) out.trouble = got.error();
                           break;
                         }
                         if (*got == 0) break;
                         total += *got;
                         if (total > kLargestXml) {
                           out.trouble =
                               Error{ErrorKind::kLimit, name_of(item), member.name,
                                     fmt::format("more than {} MB of XML: it may be a bomb", kLargestXml >> 20U), "kept, not read"};
                           return false;
                         }
                       }
                       return true;
                     },
                 .trouble =
                     [&](Error error) {
                       if (!out.trouble) out.trouble = std::move(error);
                       return true;
                     }});
  return out;
}

// The text of the first element of each name.
std::map<std::string, std::string> properties_of(std::string_view xml) {
  std::map<std::string, std::string> out;
  std::string text;
  static_cast<void>(read_xml(xml, {.begin =
                                       [&](std::string_view, std::span<const XmlAttribute>, XmlPlace) {
                                         text.clear();
                                         return true;
                                       },
                                   .end =
                                       [&](std::string_view name, XmlPlace) {
                                         out.emplace(std::string(name), std::string(trimmed(text)));
                                         return out.size() < 256;
                                       },
                                   .text =
                                       [&](std::string_view piece, XmlPlace) {
                                         if (text.size() < 4096) text.append(piece);
                                         return true;
                                       }}));
  return out;
}

void add_dates(Content& content, const Parts& parts, const char* part, std::initializer_list<std::pair<const char*, const char*>> names) {
  const auto found = parts.xml.find(part);
  if (found == parts.xml.end()) return;
  const auto properties = properties_of(found->second);
  for (const auto& [name, from] : names) {
    const auto value = properties.find(name);
    if (value == properties.end()) continue;
    if (const auto day = day_of(value->second)) content.evidence.push_back({from, value->second.substr(0, 64), *day});
  }
}

}  // namespace

void append_word_xml(Content& content, std::string_view xml) { append_xml(content, xml, {kWord, true}); }
void append_odt_xml(Content& content, std::string_view xml) { append_xml(content, xml, {kOdt, false}); }

bool looks_like_office(std::string_view head) {
  return head.starts_with("PK\x03\x04") || head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") || head.starts_with("{\\rtf");
}

Result<Content> read_office(const Item& item) {
  const std::string_view bytes = item.bytes;
  const auto refuse = [&](std::string problem, std::string next) {
    return fail(ErrorKind::kMalformed, name_of(item), "", std::move(problem), "kept, not read" + std::move(next));
  };
  if (bytes.starts_with("{\\rtf")) return refuse("a document in RTF, which is not read", "; save it as DOCX or ODT");
  if (bytes.starts_with("\xD0\xCF")) return refuse("an old Word document, or one that is locked by a password", "; save it as DOCX or ODT");

  Parts parts = parts_of(item);
  if (parts.trouble && parts.trouble->kind == ErrorKind::kLimit) return tl::unexpected(std::move(*parts.trouble));
  Content content;
  const auto word = parts.xml.find("word/document.xml");
  const auto odt = parts.xml.find("content.xml");
  const auto manifest = parts.xml.find("META-INF/manifest.xml");
  if (parts.locked || (manifest != parts.xml.end() && manifest->second.find("encryption-data") != std::string::npos)) {
    return refuse("a document that is locked by a password", "");
  }
  if (word != parts.xml.end()) {
    content.encoding = "DOCX";
    append_word_xml(content, word->second);
    for (const char* notes : {"word/footnotes.xml", "word/endnotes.xml"}) {
      if (const auto part = parts.xml.find(notes); part != parts.xml.end()) append_word_xml(content, part->second);
    }
    add_dates(content, parts, "docProps/core.xml", {{"dcterms:created", "docx created"}, {"dcterms:modified", "docx modified"}});
  } else if (odt != parts.xml.end() && odt->second.find("office:text") != std::string::npos) {
    content.encoding = "ODT";
    append_odt_xml(content, odt->second);
    add_dates(content, parts, "meta.xml", {{"meta:creation-date", "odt creation-date"}, {"dc:date", "odt date"}});
  } else if (parts.trouble) {
    return refuse("a damaged document: " + parts.trouble->problem, "");
  } else {
    return refuse(parts.kind.empty() ? "a ZIP without a text document in it" : parts.kind + ", which is not read", "");
  }
  if (parts.trouble) content.notes.push_back("the file is damaged: " + parts.trouble->problem);
  if (content.text.empty() && parts.trouble) return refuse("a damaged document: " + parts.trouble->problem, "");
  if (!content.text.empty()) content.map.push_back({0, 0, false});
  return content;
}

}  // namespace litopys
