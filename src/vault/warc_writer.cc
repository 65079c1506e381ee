#include "vault/warc_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/header_field.h"
#include "vault/digest.h"
#include "vault/merkle.h"
#include "vault/random.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestHead = 1U << 20U;
constexpr std::size_t kUsualHead = 1024;  // of ours; 700 to 900 bytes
constexpr std::string_view kLineEnd = "\r\n";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string record_id_of(std::array<std::uint8_t, 16> random) {
  random[6] = static_cast<std::uint8_t>((random[6] & 0x0FU) | 0x40U);
  random[8] = static_cast<std::uint8_t>((random[8] & 0x3FU) | 0x80U);
  const std::string hex = hex_text(random);
  std::string out = "<urn:uuid:";
  std::size_t at = 0;
  for (const std::size_t digits : {8, 4, 4, 4, 12}) {
    if (at > 0) out += '-';
    out.append(hex, at, digits);
    at += digits;
  }
  return out += '>';
}

Result<std::string> new_record_id() {
  std::array<std::uint8_t, 16> random{};
  if (Done drawn = draw_random(random); !drawn) return tl::unexpected<Error>(drawn.error());
  return record_id_of(random);
}

std::string labelled_sha256(std::string_view bytes) { return "sha256:" + hex_of(sha256_of(bytes)); }

std::string file_uri(std::string_view path) {
  std::string out = path.starts_with('/') ? "file://" : "file:///";
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      static constexpr char kHex[] = "0123456789ABCDEF";
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4U];
      out += kHex[static_cast<unsigned char>(c) & 15U];
    }
  }
  return out;
}

bool looks_like_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2 || colon + 1 == text.size()) return false;
  const bool scheme = std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
  return scheme && std::none_of(text.begin(), text.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte <= 0x20 || byte >= 0x7F || c == '"' || c == '<' || c == '>';
         });
}

WarcHead::WarcHead(std::string_view type) {
  text_.reserve(kUsualHead);
  text_ = "WARC/1.1\r\n";
  add("WARC-Type", type);
}

std::optional<WarcHead> WarcHead::copied(std::string_view head) {
  const std::optional<WarcFields> fields = parse_warc_head(head);
  if (!fields) return std::nullopt;
  WarcHead out;
  out.text_ = head.substr(0, fields->head_size - kLineEnd.size());
  return out;
}

WarcHead& WarcHead::add(std::string_view name, std::string_view value) {
  text_.append(name).append(": ");
  const std::size_t begin = text_.size();
  text_.append(value);
  std::replace_if(
      text_.begin() + static_cast<std::ptrdiff_t>(begin), text_.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  text_ += kLineEnd;
  return *this;
}

bool WarcHead::has(std::string_view name) const {
  // Line by line, without taking them all apart: this is asked for every record that is written.
  for (std::size_t at = text_.find(kLineEnd); at != std::string::npos;) {
    const std::size_t begin = at + kLineEnd.size();
    at = text_.find(kLineEnd, begin);
    const std::string_view line = std::string_view(text_).substr(begin, at == std::string::npos ? at : at - begin);
    if (line.size() <= name.size() || line[name.size()] != ':' || !same_word(line.substr(0, name.size()), name)) continue;
    return !trimmed(line.substr(name.size() + 1)).empty();
  }
  return false;
}

std::string WarcHead::finish(std::string_view block) const {
  WarcHead out;
  out.text_.reserve(text_.size() + 128);
  out.text_ = text_;
  if (!has("WARC-Block-Digest")) out.add("WARC-Block-Digest", labelled_sha256(block));
  if (!has("Content-Length")) out.add("Content-Length", std::to_string(block.size()));
  return std::move(out.text_ += kLineEnd);
}

std::string_view WarcFields::get(std::string_view name) const {
  for (const auto& [field, value] : fields) {
    if (same_word(field, name)) return value;
  }
  return {};
}

std::optional<WarcFields> parse_warc_head(std::string_view record) {
  const std::string_view bytes = record.substr(0, kLargestHead);
  if (!bytes.starts_with("WARC/1.")) return std::nullopt;
  WarcFields out;
  out.fields.reserve(16);
  std::size_t at = 0;
  while (true) {
    const std::size_t end = bytes.find(kLineEnd, at);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = bytes.substr(at, end - at);
    if (at == 0) {
      out.version = line.substr(5);
    } else if (line.empty()) {
      out.head_size = end + kLineEnd.size();
      return out;
    } else if (line.front() != ' ' && line.front() != '\t') {  // a folded line of a record from elsewhere stays unread
      const std::size_t colon = line.find(':');
      if (colon == 0 || colon == std::string_view::npos) return std::nullopt;
      out.fields.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    }
    at = end + kLineEnd.size();
  }
}

std::optional<std::string_view> warc_block(std::string_view record, const WarcFields& head) {
  const std::string_view text = head.get("Content-Length");
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const std::string_view rest = record.substr(head.head_size);
  if (rest.size() < kWarcRecordEnd.size() || length != rest.size() - kWarcRecordEnd.size() || !rest.ends_with(kWarcRecordEnd)) {
    return std::nullopt;
  }
  return rest.substr(0, static_cast<std::size_t>(length));
}

}  // namespace litopys
