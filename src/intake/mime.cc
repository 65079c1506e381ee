// A multipart body is cut at the lines that begin with its boundary; each piece is read as header and body again, by a loop over a list of
// ranges rather than by recursion. A part whose end never comes reaches to the end of what holds it.
#include "intake/mime.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/ascii.h"
#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kMostParts = 10'000;
constexpr int kDeepest = 32;
constexpr std::size_t kMostFields = 2'000;
constexpr std::size_t kLargestField = 1U << 16U;
constexpr std::size_t kPieceBytes = 48;  // of decoded base64

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view mime_value(const std::vector<MimeField>& fields, std::string_view name) {
  for (const MimeField& field : fields) {
    if (field.name == name) return field.value;
  }
  return {};
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

// About every line of base64 is a piece of the map.
void decode_base64(std::string_view raw, std::size_t base, MimeBody& out, bool with_pieces) {
  std::uint32_t bits = 0;
  int count = 0;
  std::size_t group = 0;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const int value = base64_value(raw[i]);
    if (value < 0) {
      if (raw[i] == '=') {  // padding: what follows, if anything, is a new run
        bits = 0;
        count = 0;
      } else if (!blank(raw[i])) {
        ++out.damage;
      }
      continue;
    }
    if (count == 0) group = i;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    ++count;
    if (count == 2) {
      if (with_pieces && (out.pieces.empty() || out.bytes.size() >= out.pieces.back().from + kPieceBytes)) {
        out.pieces.push_back({out.bytes.size(), base + group, false});
      }
      out.bytes += static_cast<char>((bits >> 4U) & 0xFFU);
    } else if (count == 3) {
      out.bytes += static_cast<char>((bits >> 2U) & 0xFFU);
    } else if (count == 4) {
      out.bytes += static_cast<char>(bits & 0xFFU);
      bits = 0;
      count = 0;
    }
  }
}

void decode_quoted(std::string_view raw, std::size_t base, MimeBody& out) {
  enum class Run : unsigned char { none, exact, coded };
  Run run = Run::none;
  const auto piece = [&](std::size_t at, bool is_exact) {
    const Run now = is_exact ? Run::exact : Run::coded;
    if (run != now) out.pieces.push_back({out.bytes.size(), base + at, is_exact});
    run = now;
  };
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] != '=') {
      // White space before a line's end was added on the way.
      if (raw[i] == ' ' || raw[i] == '\t') {
        std::size_t end = i;
        while (end < raw.size() && (raw[end] == ' ' || raw[end] == '\t')) ++end;
        if (end == raw.size() || raw[end] == '\n' || raw.substr(end, 2) == "\r\n") {
          i = end;
          run = Run::none;
          continue;
        }
        piece(i, true);
        out.bytes.append(raw.substr(i, end - i));
        i = end;
        continue;
      }
      piece(i, true);
      out.bytes += raw[i++];
      continue;
    }
    std::size_t end = i + 1;
    while (end < raw.size() && (raw[end] == ' ' || raw[end] == '\t')) ++end;
    if (end >= raw.size() || raw[end] == '\n' || raw.substr(end, 2) == "\r\n") {  // a soft line break
      i = std::min(raw.size(), end + (end < raw.size() && raw[end] == '\r' ? 2 : 1));
      run = Run::none;
      continue;
    }
    const int high = i + 2 < raw.size() ? hex(raw[i + 1]) : -1;
    const int low = i + 2 < raw.size() ? hex(raw[i + 2]) : -1;
    if (high < 0 || low < 0) {
      ++out.damage;
      piece(i, true);
      out.bytes += raw[i++];
      continue;
    }
    piece(i, false);
    out.bytes += static_cast<char>(high * 16 + low);
    i += 3;
  }
}

std::string converted(std::string_view bytes, const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(charset.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error) || !converter) return utf8::repaired(bytes);
  std::vector<UChar> units(bytes.size() * 2 + 8);
  const std::int32_t count = ucnv_toUChars(converter.get(), units.data(), static_cast<std::int32_t>(units.size()), bytes.data(),
                                           static_cast<std::int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return utf8::repaired(bytes);
  std::string out;
  for (std::int32_t i = 0; i < count; ++i) {
    char32_t c = units[static_cast<std::size_t>(i)];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < count) {
      const char32_t low = units[static_cast<std::size_t>(i) + 1];
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
        ++i;
      }
    }
    utf8::append(out, c == 0 || (c >= 0xD800 && c < 0xE000) ? utf8::kReplacement : c);
  }
  return out;
}

std::string decode_q(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      out += ' ';
    } else if (text[i] == '=' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// The raw value of a parameter whose name is exactly `name`; nullopt where it is not there.
std::optional<std::string> raw_parameter(std::string_view value, std::string_view name) {
  std::size_t at = value.find(';');
  while (at != std::string_view::npos && at < value.size()) {
    ++at;
    while (at < value.size() && (blank(value[at]) || value[at] == ';')) ++at;
    const std::size_t equal = value.find_first_of("=;", at);
    if (equal == std::string_view::npos) return std::nullopt;
    if (value[equal] == ';') {
      at = equal;
      continue;
    }
    const bool wanted = ascii::lowered(ascii::trimmed(value.substr(at, equal - at))) == name;
    at = equal + 1;
    while (at < value.size() && blank(value[at])) ++at;
    std::string found;
    if (at < value.size() && value[at] == '"') {
      for (++at; at < value.size() && value[at] != '"'; ++at) {
        if (value[at] == '\\' && at + 1 < value.size()) ++at;
        found += value[at];
      }
      at = value.find(';', at);
    } else {
      const std::size_t end = value.find(';', at);
      found = std::string(ascii::trimmed(value.substr(at, end == std::string_view::npos ? end : end - at)));
      at = end;
    }
    if (wanted) return found;
  }
  return std::nullopt;
}

// "utf-8'uk'%D0%BF" (RFC 2231, section 4).
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  int depth = 0;
  bool alternative = false;
  bool digest = false;  // parts of multipart/digest are messages unless they say otherwise
  bool ends = true;
};

// The bodies between the lines "--boundary"; the last one that has no end reaches to the end of `range`.
std::vector<Range> cut(std::string_view bytes, const Range& range, std::size_t body, std::string_view boundary, bool alternative,
                       bool digest) {
  std::vector<Range> out;
  const std::string mark = "--" + std::string(boundary);
  std::size_t open = std::string_view::npos;
  const std::string_view whole = bytes.substr(0, range.end);
  std::size_t at = body;
  const auto close = [&](std::size_t line, bool ends) {
    if (open == std::string_view::npos) return;
    std::size_t end = line;  // the line end before a boundary belongs to it
    if (ends && end > open && whole[end - 1] == '\n') --end;
    if (ends && end > open && whole[end - 1] == '\r') --end;
    out.push_back({open, std::max(open, end), range.depth + 1, alternative, digest, ends});
  };
  while (at < range.end) {
    at = whole.find(mark, at);
    if (at == std::string_view::npos) break;
    const bool line_start = at == body || whole[at - 1] == '\n';
    const std::size_t after = at + mark.size();
    const bool last = whole.substr(after, 2) == "--";
    const char next = last ? '\n' : after < whole.size() ? whole[after] : '\n';
    if (!line_start || (next != '\n' && next != '\r' && next != ' ' && next != '\t')) {
      at = after;
      continue;
    }
    close(at, true);
    open = std::string_view::npos;
    if (last || out.size() >= kMostParts) return out;
    const std::size_t line_end = whole.find('\n', after);
    if (line_end == std::string_view::npos) return out;
    open = line_end + 1;
    at = open;
    // The next boundary may stand right there.
    if (whole.substr(at, mark.size()) == mark) continue;
  }
  close(range.end, false);
  return out;
}

}  // namespace

std::string_view Mime::field(std::string_view lower_name) const { return mime_value(fields, lower_name); }

std::vector<MimeField> read_fields(std::string_view bytes, std::size_t& body) {
  std::vector<MimeField> out;
  std::size_t at = 0;
  body = bytes.size();
  bool told = false;  // the last line began a field that is kept
  while (at < bytes.size()) {
    std::size_t end = bytes.find('\n', at);
    const std::size_t next = end == std::string_view::npos ? bytes.size() : end + 1;
    if (end == std::string_view::npos) end = bytes.size();
    std::string_view line = bytes.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at = next;
    if (line.empty()) {
      body = at;
      break;
    }
    if (line.front() == ' ' || line.front() == '\t') {
      if (told && !out.empty() && out.back().value.size() < kLargestField) {
        std::string& value = out.back().value;
        value.append(" ").append(ascii::trimmed(line).substr(0, kLargestField - value.size()));
      }
      continue;
    }
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, std::min(colon, std::size_t{128}));
    told = colon != std::string_view::npos && colon > 0 && colon <= 128 && name.find_first_of(" \t") == std::string_view::npos &&
           out.size() < kMostFields;
    if (told) out.push_back({ascii::lowered(name), std::string(ascii::trimmed(line.substr(colon + 1).substr(0, kLargestField)))});
  }
  return out;
}

Mime read_mime(std::string_view bytes) {
  Mime out;
  std::vector<Range> stack{{0, bytes.size(), 0, false, false, true}};
  bool first = true;
  while (!stack.empty()) {
    const Range range = stack.back();
    stack.pop_back();
    MimePart part;
    std::size_t body = 0;
    part.fields = read_fields(bytes.substr(range.begin, range.end - range.begin), body);
    part.begin = range.begin + body;
    part.end = range.end;
    part.alternative = range.alternative;
    part.ends = range.ends;
    if (first) {
      out.fields = part.fields;
      out.body = part.begin;
      first = false;
    }
    const std::string_view type = mime_value(part.fields, "content-type");
    part.media_type = ascii::lowered(ascii::trimmed(type.substr(0, type.find(';'))));
    if (part.media_type.find('/') == std::string::npos) part.media_type = range.digest ? "message/rfc822" : "text/plain";
    if (part.media_type.starts_with("multipart/")) {
      const std::string boundary = parameter(type, "boundary");
      if (!boundary.empty() && range.depth < kDeepest) {
        std::vector<Range> inner = cut(bytes, range, part.begin, boundary, part.media_type == "multipart/alternative" || range.alternative,
                                       part.media_type == "multipart/digest");
        stack.insert(stack.end(), inner.rbegin(), inner.rend());
        if (!inner.empty()) continue;
      }
      out.capped = out.capped || range.depth >= kDeepest;
      part.media_type = "text/plain";  // the boundary never comes: its text is all that can be had
    }
    if (out.parts.size() >= kMostParts) {
      out.capped = true;
      break;
    }
    const std::string_view disposition = mime_value(part.fields, "content-disposition");
    part.charset = parameter(type, "charset");
    part.flowed = ascii::lowered(parameter(type, "format")) == "flowed";
    part.coding = ascii::lowered(ascii::trimmed(mime_value(part.fields, "content-transfer-encoding")));
    part.location = std::string(mime_value(part.fields, "content-location"));
    part.attachment = ascii::lowered(disposition.substr(0, 10)) == "attachment";
    part.name = decode_words(parameter(disposition, "filename"));
    if (part.name.empty()) part.name = decode_words(parameter(type, "name"));
    out.parts.push_back(std::move(part));
  }
  return out;
}

MimeBody decode_body(const MimePart& part, std::string_view bytes) {
  MimeBody out;
  const std::string_view raw = bytes.substr(part.begin, part.end - part.begin);
  if (part.coding == "base64") {
    out.bytes.reserve(raw.size() / 4 * 3 + 3);
    decode_base64(raw, part.begin, out, part.media_type.starts_with("text/"));
  } else if (part.coding == "quoted-printable") {
    out.bytes.reserve(raw.size());
    decode_quoted(raw, part.begin, out);
  } else {
    out.bytes = std::string(raw);
    if (!raw.empty()) out.pieces.push_back({0, part.begin, true});
  }
  return out;
}

std::string decode_words(std::string_view value, std::string_view fallback) {
  std::string plain;  // what stands outside encoded words, not yet decoded
  std::string out;
  std::string joined, joined_charset;  // neighbouring words of one charset may part a letter between them
  bool ends = true;                    // "?=" may still come
  const auto flush_words = [&] {
    if (!joined.empty()) out += converted(joined, joined_charset);
    joined.clear();
  };
  const auto flush_plain = [&] {
    if (plain.empty()) return;
    flush_words();
    out += utf8::first_invalid(plain) == std::string_view::npos ? plain : converted(plain, std::string(fallback));
    plain.clear();
  };
  for (std::size_t i = 0; i < value.size();) {
    if (ends && value.substr(i, 2) == "=?") {
      const std::size_t charset_end = value.substr(0, i + 42).find('?', i + 2);
      const std::size_t text_begin = charset_end == std::string_view::npos ? value.size() : charset_end + 3;
      const char kind = text_begin < value.size() && value[text_begin - 1] == '?' ? ascii::lower(value[charset_end + 1]) : '\0';
      if (kind == 'b' || kind == 'q') {
        const std::size_t end = value.find("?=", text_begin);
        ends = end != std::string_view::npos;
        if (ends) {
          std::string_view charset = value.substr(i + 2, charset_end - i - 2);
          charset = charset.substr(0, charset.find('*'));
          const std::string_view text = value.substr(text_begin, end - text_begin);
          if (ascii::trimmed(plain).empty() && !joined.empty()) plain.clear();  // white space between encoded words is none
          flush_plain();
          if (ascii::lowered(charset) != joined_charset) flush_words();
          joined_charset = ascii::lowered(charset);
          MimeBody body;
          if (kind == 'b') decode_base64(text, 0, body, false);
          joined += kind == 'b' ? body.bytes : decode_q(text);
          i = end + 2;
          continue;
        }
      }
    }
    plain += value[i++];
  }
  if (ascii::trimmed(plain).empty() && !joined.empty()) plain.clear();
  flush_plain();
  flush_words();
  return utf8::repaired(out);
}

std::string parameter(std::string_view value, std::string_view lower_name) {
  const std::string name(lower_name);
  if (const auto simple = raw_parameter(value, name)) return *simple;
  std::string joined;
  bool extended = false;
  if (const auto one = raw_parameter(value, name + "*")) {
    joined = *one;
    extended = true;
  } else {
    for (int i = 0; i < 64; ++i) {
      const std::string key = name + "*" + std::to_string(i);
      const auto encoded = raw_parameter(value, key + "*");
      const auto part = encoded ? encoded : raw_parameter(value, key);
      if (!part) break;
      extended = extended || (encoded && i == 0);
      joined += *part;
    }
  }
  if (!extended) return joined;
  const std::size_t first = joined.find('\'');
  const std::size_t second = first == std::string::npos ? first : joined.find('\'', first + 1);
  if (second == std::string::npos) return percent_decoded(joined);
  return converted(percent_decoded(std::string_view(joined).substr(second + 1)), joined.substr(0, first));
}

MailAddress first_address(std::string_view value) {
  MailAddress out;
  std::string_view address = value;
  const std::size_t open = value.find('<');
  const std::size_t close = open == std::string_view::npos ? open : value.find('>', open);
  if (close != std::string_view::npos) {
    address = value.substr(open + 1, close - open - 1);
    std::string_view display = ascii::trimmed(value.substr(0, open));
    if (display.size() > 1 && display.front() == '"' && display.back() == '"') display = display.substr(1, display.size() - 2);
    out.display = std::string(ascii::trimmed(decode_words(display)));
  } else {
    address = ascii::trimmed(value.substr(0, value.find(',')));
  }
  const std::size_t at = address.rfind('@');
  out.local = ascii::lowered(ascii::trimmed(address.substr(0, at)));
  if (at != std::string_view::npos) out.host = ascii::lowered(ascii::trimmed(address.substr(at + 1)));
  return out;
}

bool looks_like_mhtml(std::string_view head) {
  const std::string_view start = head.substr(0, 8192);
  std::size_t body = 0;
  const std::vector<MimeField> fields = read_fields(start, body);
  const std::string_view type = mime_value(fields, "content-type");
  const std::string media = ascii::lowered(ascii::trimmed(type.substr(0, type.find(';'))));
  if (media != "multipart/related" && media != "text/html") return false;
  if (!mime_value(fields, "snapshot-content-location").empty()) return true;
  if (ascii::lowered(mime_value(fields, "from")).find("saved by") != std::string::npos) return true;
  return media == "multipart/related" && mime_value(fields, "to").empty() && mime_value(fields, "received").empty() &&
         mime_value(fields, "message-id").empty() && !mime_value(fields, "mime-version").empty();
}

}  // namespace litopys
