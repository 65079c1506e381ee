// Archives hold what servers sent, and servers send what they like: line ends without CR, heads without end, chunked bodies that were
// unchunked by the crawler, gzip that is none. Every rule here gives bytes; what did not fit is a note.
#include "intake/http.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/header_field.h"
#include "intake/inflate.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestHead = 1U << 20U;

void take_field(HttpResponse& out, std::string_view name, std::string_view value) {
  const auto set = [&](std::string_view& field) {
    if (field.empty()) field = value;
  };
  switch (name.size()) {
    case 8:
      if (same_word(name, "location")) set(out.location);
      return;
    case 12:
      if (same_word(name, "content-type") && out.media_type.empty()) {
        const ContentType type = parse_content_type(value);
        out.media_type = type.media_type;
        out.charset = type.charset;
      }
      return;
    case 13:
      if (same_word(name, "last-modified")) set(out.last_modified);
      return;
    case 16:
      if (same_word(name, "content-encoding")) set(out.content_encoding);
      return;
    case 17:
      if (same_word(name, "transfer-encoding")) set(out.transfer_encoding);
      return;
    default: return;
  }
}

// --- chunks (RFC 9112, section 7.1) ---------------------------------------------------------------------------------------------

enum class Chunks : unsigned char { whole, cut, none };

Chunks join_chunks(std::string_view body, std::uint64_t most, std::string& out) {
  bool first = true;
  while (true) {
    const std::size_t line_end = body.substr(0, 4096).find('\n');
    std::string_view line = body.substr(0, line_end);
    line = field_value(line.substr(0, line.find(';')));
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const bool sound = line_end != std::string_view::npos && !line.empty() && error == std::errc() && end == line.data() + line.size();
    if (!sound) return first ? Chunks::none : Chunks::cut;
    body.remove_prefix(line_end + 1);
    if (size == 0) return Chunks::whole;
    if (first && size > body.size() && body.size() < 2) return Chunks::none;
    first = false;
    if (out.size() >= most) return Chunks::cut;
    out.append(body.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(size, most - out.size()))));
    if (size > body.size()) return Chunks::cut;
    body.remove_prefix(static_cast<std::size_t>(size));
    if (body.starts_with("\r\n")) {
      body.remove_prefix(2);
    } else if (body.starts_with('\n')) {
      body.remove_prefix(1);
    }
  }
}

// --- content codings ------------------------------------------------------------------------------------------------------------

enum class Unpacked : unsigned char { whole, cut, too_large, none };

Unpacked unpack(std::string_view in, Packing packing, std::uint64_t most, std::string& out) {
  Inflater inflater(packing);
  out.resize(std::min<std::size_t>(std::max<std::size_t>(in.size() * 5, 16U << 10U), 4U << 20U));
  std::size_t size = 0;
  Unpacked result = Unpacked::cut;
  while (true) {
    if (size == out.size()) out.resize(out.size() * 2);
    const InflateStep step = inflater.step(in, out.data() + size, out.size() - size);
    in.remove_prefix(step.used);
    size += step.made;
    if (size > most) {
      size = static_cast<std::size_t>(most);
      result = Unpacked::too_large;
      break;
    }
    if (step.state == InflateStep::State::finished) {
      // Some servers send gzip in several members.
      if (packing == Packing::gzip && in.starts_with("\x1F\x8B")) {
        inflater.reset();
        continue;
      }
      result = Unpacked::whole;
      break;
    }
    if (step.state == InflateStep::State::corrupt || step.used + step.made == 0) break;
  }
  out.resize(size);
  return result == Unpacked::cut && size == 0 ? Unpacked::none : result;
}

// One coding undone; false where the name is unknown.
bool undo(std::string_view coding, HttpBody& body, std::uint64_t most) {
  std::array<Packing, 2> tries{};
  std::size_t count = 1;
  if (same_word(coding, "gzip") || same_word(coding, "x-gzip")) {
    tries[0] = Packing::gzip;
  } else if (same_word(coding, "deflate")) {
    tries = {Packing::zlib, Packing::deflate};
    count = 2;
  } else if (same_word(coding, "br")) {
    tries[0] = Packing::brotli;
  } else if (same_word(coding, "zstd")) {
    tries[0] = Packing::zstd;
  } else {
    return same_word(coding, "identity") || coding.empty();
  }
  if (body.bytes.empty()) return true;
  const auto shown = [&] { return std::string(coding.substr(0, 16)); };
  // What looks like a page is none of these: archives keep decoded bodies under the old field.
  if (tries[0] == Packing::brotli && field_value(body.bytes.substr(0, 64)).starts_with('<')) {
    body.notes.push_back("is not " + shown() + " although the header says so; taken as it is");
    return true;
  }
  for (std::size_t i = 0; i < count; ++i) {
    std::string out;
    const Unpacked got = unpack(body.bytes, tries[i], most, out);
    if (got == Unpacked::none) continue;
    if (got == Unpacked::cut) body.notes.push_back("the " + shown() + " body is cut short or corrupt");
    body.too_large = body.too_large || got == Unpacked::too_large;
    body.own = std::move(out);
    body.bytes = body.own;
    return true;
  }
  body.notes.push_back("is not " + shown() + " although the header says so; taken as it is");
  return true;
}

// Takes the last name off a list of codings: what was put on last.
std::string_view last_coding(std::string_view& codings) {
  const std::size_t comma = codings.rfind(',');
  const std::string_view coding = field_value(comma == std::string_view::npos ? codings : codings.substr(comma + 1));
  codings = comma == std::string_view::npos ? std::string_view() : codings.substr(0, comma);
  return coding;
}

bool names_chunked(std::string_view transfer_encoding) { return same_word(last_coding(transfer_encoding), "chunked"); }

}  // namespace

HttpBody& HttpBody::operator=(HttpBody&& other) noexcept {
  if (this == &other) return *this;
  const bool inside = other.bytes.data() == other.own.data();
  const std::size_t size = other.bytes.size();
  own = std::move(other.own);
  bytes = inside ? std::string_view(own).substr(0, size) : other.bytes;
  notes = std::move(other.notes);
  too_large = other.too_large;
  return *this;
}

ContentType parse_content_type(std::string_view value) {
  const std::size_t semicolon = value.find(';');
  ContentType out{.media_type = field_value(value.substr(0, semicolon)), .charset = {}};
  std::string_view rest = semicolon == std::string_view::npos ? std::string_view() : value.substr(semicolon + 1);
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    const std::string_view part = field_value(rest.substr(0, end));
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos && same_word(field_value(part.substr(0, equals)), "charset")) {
      std::string_view charset = field_value(part.substr(equals + 1));
      while (!charset.empty() && (charset.front() == '"' || charset.front() == '\'')) charset.remove_prefix(1);
      while (!charset.empty() && (charset.back() == '"' || charset.back() == '\'' || charset.back() == ',')) charset.remove_suffix(1);
      out.charset = field_value(charset);
      break;
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return out;
}

namespace {

HttpResponse one_response(std::string_view block) {
  HttpResponse out;
  const std::string_view look = block.substr(0, kLargestHead);
  std::size_t at = look.find('\n');
  const std::string_view status_line = look.substr(0, at);
  if (const std::size_t space = status_line.find(' '); space != std::string_view::npos) {
    const std::string_view rest = field_value(status_line.substr(space));
    std::from_chars(rest.data(), rest.data() + std::min<std::size_t>(rest.size(), 3), out.status);
  }
  while (at != std::string_view::npos) {
    const std::size_t begin = at + 1;
    at = look.find('\n', begin);
    std::string_view line = look.substr(begin, at == std::string_view::npos ? at : at - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() && at != std::string_view::npos) {
      out.head = block.substr(0, at + 1);
      out.body = block.substr(at + 1);
      return out;
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) take_field(out, line.substr(0, colon), field_value(line.substr(colon + 1)));
  }
  out.head = block;
  return out;
}

}  // namespace

std::optional<HttpResponse> parse_response(std::string_view block) {
  if (!block.starts_with("HTTP/")) return std::nullopt;
  HttpResponse out = one_response(block);
  // "100 Continue", "103 Early Hints": a crawler that keeps what came over the wire has them before the response.
  while (out.status >= 100 && out.status < 200 && out.status != 101 && out.body.starts_with("HTTP/")) out = one_response(out.body);
  return out;
}

HttpBody decode_body(const HttpResponse& response, std::uint64_t most) {
  HttpBody out;
  out.bytes = response.body;
  if (names_chunked(response.transfer_encoding)) {
    std::string joined;
    const Chunks chunks = join_chunks(response.body, most, joined);
    if (chunks == Chunks::none) {
      if (!response.body.empty()) out.notes.emplace_back("is not chunked although the header says so; taken as it is");
    } else {
      out.own = std::move(joined);
      out.bytes = out.own;
      if (chunks == Chunks::cut) {
        out.too_large = out.own.size() >= most;
        out.notes.emplace_back("the chunked body is cut short");
      }
    }
  }
  // Transfer codings besides chunks ("gzip, chunked") were put on after those of the content.
  std::string_view transfer = response.transfer_encoding;
  if (names_chunked(transfer)) (void)last_coding(transfer);
  for (std::string_view codings : {transfer, response.content_encoding}) {
    for (unsigned depth = 0; !codings.empty() && depth < 4; ++depth) {
      const std::string_view coding = last_coding(codings);
      if (!undo(coding, out, most)) {
        out.notes.push_back("the content coding " + std::string(coding.substr(0, 16)) + " is unknown; taken as it is");
        break;
      }
    }
  }
  // A page that is gzip without a word of it: some servers pack what they were given packed already, or forget the field.
  if (response.content_encoding.empty() && response.media_type.starts_with("text/") && out.bytes.starts_with("\x1F\x8B\x08")) {
    const std::size_t notes = out.notes.size();
    undo("gzip", out, most);
    if (out.notes.size() == notes) out.notes.emplace_back("is gzip although the header does not say so");
  }
  if (out.bytes.size() > most) {
    out.bytes = out.bytes.substr(0, static_cast<std::size_t>(most));
    out.too_large = true;
  }
  return out;
}

std::optional<std::string> dechunked(const HttpResponse& response) {
  if (!names_chunked(response.transfer_encoding)) return std::nullopt;
  std::string out;
  if (join_chunks(response.body, response.body.size(), out) == Chunks::none) return std::nullopt;
  return out;
}

}  // namespace litopys
