// Fields are views of the head; those that everybody asks for are sorted out by the length of their names.
#include "intake/warc_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "base/header_field.h"

namespace litopys {
namespace {

constexpr std::size_t kMark = 5;  // "WARC/"

WarcType type_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, WarcType>, 8> kTypes = {{{"response", WarcType::response},
                                                                                   {"request", WarcType::request},
                                                                                   {"metadata", WarcType::metadata},
                                                                                   {"warcinfo", WarcType::warcinfo},
                                                                                   {"resource", WarcType::resource},
                                                                                   {"revisit", WarcType::revisit},
                                                                                   {"conversion", WarcType::conversion},
                                                                                   {"continuation", WarcType::continuation}}};
  for (const auto& [name, type] : kTypes) {
    if (same_word(word, name)) return type;
  }
  return WarcType::other;
}

// True for a sound Content-Length.
bool know(WarcRecord& record, const WarcField& f) {
  const auto set = [&](std::string_view& to) {
    if (to.empty()) to = f.value;
  };
  switch (f.name.size()) {
    case 9:
      if (same_word(f.name, "warc-type")) record.type = type_of(f.value);
      if (same_word(f.name, "warc-date")) set(record.date);
      break;
    case 12:
      if (same_word(f.name, "content-type")) set(record.content_type);
      break;
    case 14:
      if (same_word(f.name, "warc-record-id")) set(record.id);
      if (same_word(f.name, "content-length")) {
        const char* end = f.value.data() + f.value.size();
        const auto [stop, error] = std::from_chars(f.value.data(), end, record.content_length);
        return error == std::errc() && stop == end && record.content_length <= (1ULL << 62U);
      }
      break;
    case 15:
      if (same_word(f.name, "warc-target-uri")) {
        set(record.target_uri);
        // Some writers put angle brackets around it, as WARC 1.0's grammar had them.
        if (record.target_uri.starts_with('<') && record.target_uri.ends_with('>')) {
          record.target_uri = record.target_uri.substr(1, record.target_uri.size() - 2);
        }
      }
      break;
    case 17:
      if (same_word(f.name, "warc-block-digest")) set(record.block_digest);
      break;
    case 19:
      if (same_word(f.name, "warc-payload-digest")) set(record.payload_digest);
      break;
    default: break;
  }
  return false;
}

}  // namespace

std::size_t end_of_warc_head(std::string_view look) {
  for (std::size_t at = look.find('\n'); at != std::string_view::npos; at = look.find('\n', at + 1)) {
    if (look.substr(at + 1, 2) == "\r\n") return at + 3;
    if (look.substr(at + 1, 1) == "\n") return at + 2;
  }
  return std::string_view::npos;
}

bool read_warc_head(std::string_view head, WarcRecord& record, std::vector<WarcField>& fields) {
  record.head = head;
  fields.clear();
  std::size_t at = head.find('\n');
  record.version = field_value(head.substr(kMark, at - kMark));
  bool has_length = false;
  while (at + 1 < head.size()) {
    const std::size_t begin = at + 1;
    at = std::min(head.find('\n', begin), head.size() - 1);
    const std::string_view line = head.substr(begin, at - begin);
    if (!line.empty() && (line.front() == ' ' || line.front() == '\t') && !fields.empty()) {  // folded (WARC 1.0, section 4)
      WarcField& last = fields.back();
      const std::string_view more = field_value(line);
      if (!more.empty()) last.value = {last.value.data(), static_cast<std::size_t>(more.data() + more.size() - last.value.data())};
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    WarcField f{field_value(line.substr(0, colon)), field_value(line.substr(colon + 1))};
    if (f.value.empty()) f.value = line.substr(colon + 1, 0);
    fields.push_back(f);
  }
  for (const WarcField& f : fields) has_length = know(record, f) || has_length;
  record.fields = fields;
  return has_length;
}

}  // namespace litopys
