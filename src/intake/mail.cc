// In a folder a line "From " after an empty line begins a mail, if a header field follows; writers escape such a line in a text as ">From
// ".
#include "intake/mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "intake/mail_date.h"
#include "intake/member.h"
#include "intake/mime.h"

namespace litopys {
namespace {

constexpr std::array<std::string_view, 17> kKnown = {"from",
                                                     "to",
                                                     "cc",
                                                     "date",
                                                     "subject",
                                                     "message-id",
                                                     "mime-version",
                                                     "content-type",
                                                     "received",
                                                     "reply-to",
                                                     "return-path",
                                                     "delivered-to",
                                                     "sender",
                                                     "references",
                                                     "list-id",
                                                     "in-reply-to",
                                                     "content-transfer-encoding"};

bool is_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 80) return false;
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) { return c > ' ' && c < 127; });
}

std::string_view line_at(std::string_view bytes, std::size_t at) {
  const std::size_t end = bytes.find('\n', at);
  return bytes.substr(at, end == std::string_view::npos ? end : end - at);
}

bool begins_mail(std::string_view bytes, std::size_t at) {
  if (bytes.substr(at, 5) != "From ") return false;
  const std::size_t end = bytes.find('\n', at);
  return end != std::string_view::npos && is_field(line_at(bytes, end + 1).substr(0, 200));
}

// Whether a part is worth opening by itself.
bool may_hold_report(const MimePart& part) {
  const std::string_view type = part.media_type;
  for (const std::string_view other : {"image/", "audio/", "video/", "font/"}) {
    if (type.starts_with(other)) return false;
  }
  for (const std::string_view other : {"text/calendar", "text/vcard", "text/x-vcard", "text/directory", "application/ics",
                                       "message/delivery-status", "message/disposition-notification", "text/css", "text/rfc822-headers"}) {
    if (type == other) return false;
  }
  return type.find("signature") == std::string_view::npos && type.find("pkcs7") == std::string_view::npos &&
         type.find("pgp") == std::string_view::npos;
}

// Its text, as the page stage will choose it: text that is no attachment.
bool is_body(const MimePart& part) {
  return (part.media_type == "text/plain" || part.media_type == "text/html") && !part.attachment && (part.name.empty() || part.alternative);
}

class MailSplit {
 public:
  MailSplit(const Item& container, const ContainerLimits& limits, const Give& give)
      : container_(container), bytes_(container.bytes), giver_(container, limits, give) {}

  void read() {
    std::size_t begin = bytes_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (begin < bytes_.size() && (bytes_[begin] == '\n' || bytes_[begin] == '\r')) ++begin;
    if (!begins_mail(bytes_, begin)) {
      mail(begin, bytes_.size());
    } else {
      while (begin < bytes_.size() && !giver_.stopped()) {
        const std::size_t header = bytes_.find('\n', begin) + 1;
        std::size_t next = header;
        while ((next = bytes_.find("\nFrom ", next)) != std::string_view::npos) {
          ++next;
          const bool after_blank =
              bytes_.substr(next - 2, 1) == "\n" || bytes_.substr(next - 3, 3) == "\n\r\n" || bytes_.substr(next - 3, 2) == "\n\r";
          if (after_blank && begins_mail(bytes_, next)) break;
        }
        const std::size_t end = next == std::string_view::npos ? bytes_.size() : next;
        mail(header, end);
        begin = end;
      }
    }
    giver_.finish(passed_over_ == 0
                      ? std::string()
                      : fmt::format("{}: {} attachments passed over (pictures, signatures, cards)", container_.path, passed_over_));
  }

 private:
  void mail(std::size_t begin, std::size_t end) {
    const std::string number = std::to_string(++number_);
    const Mime mime = read_mime(bytes_.substr(begin, end - begin));
    OpenedItem out = member_item(container_, number, "message " + number, "mail", begin, end - begin);
    out.item.origin.published = iso_of_mail_date(mime.field("date"));
    if (!out.item.origin.published.empty()) out.item.origin.published_from = "mail Date";
    if (mime.capped) out.notes.push_back("has more parts than are read, or parts nested too deep");
    if (!giver_.item(std::move(out))) return;

    std::size_t count = 0;
    bool body = false;
    for (const MimePart& part : mime.parts) {
      if (is_body(part) && (part.alternative || !body)) {
        body = true;
        continue;
      }
      ++count;
      if (!may_hold_report(part)) {
        ++passed_over_;
        continue;
      }
      const std::size_t at = begin + part.begin;
      const bool message = part.media_type == "message/rfc822";
      OpenedItem inner = member_item(container_, fmt::format("{}-{}", number, count),
                                     fmt::format("message {} attachment {}{}", number, count, part.name.empty() ? "" : " " + part.name),
                                     message ? "mail" : "", at, part.end - part.begin);
      if (!message || part.coding == "base64" || part.coding == "quoted-printable") {
        MimeBody decoded = decode_body(part, bytes_.substr(begin, end - begin));
        inner.item.bytes = std::move(decoded.bytes);
        if (decoded.damage > 0) inner.notes.push_back(fmt::format("{} bytes of its transfer coding are damaged", decoded.damage));
      }
      if (!part.ends) inner.notes.push_back("the mail ends before it does");
      if (inner.item.bytes.find_first_not_of(" \t\r\n") == std::string::npos) continue;
      Origin& origin = inner.item.origin;
      origin.media_type = part.media_type;
      origin.charset = part.charset;
      if (message) {
        std::size_t ignored = 0;
        for (const MimeField& field : read_fields(inner.item.bytes, ignored)) {
          if (field.name != "date" || !origin.published.empty()) continue;
          origin.published = iso_of_mail_date(field.value);
          if (!origin.published.empty()) origin.published_from = "mail Date";
        }
      }
      if (!giver_.item(std::move(inner))) return;
    }
  }

  const Item& container_;
  std::string_view bytes_;
  MemberGiver giver_;
  std::uint64_t number_ = 0;
  std::uint64_t passed_over_ = 0;
};

}  // namespace

bool looks_like_mail(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  while (!head.empty() && (head.front() == '\n' || head.front() == '\r')) head.remove_prefix(1);
  if (head.starts_with("From ")) return begins_mail(head, 0);
  // Every line up to the first empty one is a field or goes one on.
  std::size_t fields = 0;
  std::size_t known = 0;
  bool from = false;
  bool other = false;
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = head.find('\n', at);
    std::string_view line = head.substr(at, end == std::string_view::npos ? end : end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    const bool folded = line.front() == ' ' || line.front() == '\t';
    if (folded ? fields == 0 : !is_field(line)) return end == std::string_view::npos && known >= 3 && from && other;
    if (!folded) {
      ++fields;
      std::string name(line.substr(0, line.find(':')));
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      if (std::find(kKnown.begin(), kKnown.end(), name) != kKnown.end()) ++known;
      from = from || name == "from";
      other = other || name == "subject" || name == "message-id" || name == "received" || name == "mime-version" || name == "content-type";
    }
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  return known >= 3 && from && other && !looks_like_mhtml(head);
}

void split_mail(const Item& container, const ContainerLimits& limits, const Give& give) { MailSplit(container, limits, give).read(); }

}  // namespace litopys
