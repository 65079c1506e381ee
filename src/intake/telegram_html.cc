// The exporter writes one kind of markup: every message is a <div class="message ..."> whose inner <div>s are balanced, and all other
// "<" of a text are "&lt;". So a count of <div> and </div> finds a message's end, and a new message before it means damage.
#include "intake/telegram_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "intake/member.h"

namespace litopys {
namespace {

struct DivTag {
  std::size_t begin = 0;
  std::size_t end = 0;  // after ">"
  bool opens = false;
  std::string_view inside;  // of the opening tag: ` class="..." id="..."`
};

// The next <div ...> or </div> at or after `at` that ends in `html`.
std::optional<DivTag> next_div(std::string_view html, std::size_t at) {
  while ((at = html.find('<', at)) != std::string_view::npos) {
    const bool closes = html.substr(at, 5) == "</div";
    const std::size_t name_end = at + (closes ? 5 : 4);
    if ((closes || html.substr(at, 4) == "<div") && name_end < html.size() &&
        (html[name_end] == '>' || html[name_end] == ' ' || html[name_end] == '\n' || html[name_end] == '\r' || html[name_end] == '\t')) {
      const std::size_t end = html.find('>', name_end);
      if (end == std::string_view::npos) return std::nullopt;
      return DivTag{at, end + 1, !closes, html.substr(name_end, end - name_end)};
    }
    ++at;
  }
  return std::nullopt;
}

std::string_view attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = 0; (at = tag.find(name, at)) != std::string_view::npos; at += name.size()) {
    const std::size_t quote = at + name.size() + 1;
    if (at == 0 || tag[at - 1] != ' ' || tag.substr(at + name.size(), 2) != "=\"") continue;
    const std::size_t end = tag.find('"', quote + 1);
    if (end == std::string_view::npos) return {};
    return tag.substr(quote + 1, end - quote - 1);
  }
  return {};
}

bool is_message(const DivTag& tag) {
  const std::string_view classes = attribute(tag.inside, "class");
  return tag.opens && (classes == "message" || classes.starts_with("message ")) && attribute(tag.inside, "id").starts_with("message");
}

// Where the element that `open` begins ends, in bytes of `html`; nullopt where it does not, or where a message begins inside it.
std::optional<std::size_t> end_of_div(std::string_view html, const DivTag& open) {
  int depth = 1;
  std::size_t at = open.end;
  while (const auto tag = next_div(html, at)) {
    if (is_message(*tag)) return std::nullopt;
    depth += tag->opens ? 1 : -1;
    if (depth == 0) return tag->end;
    at = tag->end;
  }
  return std::nullopt;
}

// Text of a name: tags left out, the five entities that the exporter writes.
std::string name_text(std::string_view html) {
  std::string out;
  for (std::size_t i = 0; i < html.size() && out.size() < 4096;) {
    if (html[i] == '<') {
      const std::size_t end = html.find('>', i);
      i = end == std::string_view::npos ? html.size() : end + 1;
      continue;
    }
    bool replaced = false;
    if (html[i] == '&') {
      constexpr std::pair<std::string_view, char> kNames[] = {{"&amp;", '&'},  {"&lt;", '<'},    {"&gt;", '>'},
                                                              {"&quot;", '"'}, {"&apos;", '\''}, {"&#39;", '\''}};
      for (const auto& [name, letter] : kNames) {
        if (html.substr(i, name.size()) != name) continue;
        out += letter;
        i += name.size();
        replaced = true;
        break;
      }
    }
    if (!replaced) out += html[i++];
  }
  return std::string(ascii::trimmed(out));
}

bool digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What stands behind the time: "UTC", "UTC+03:00", "UTC+3", "UTC+0530"; nullopt for anything else.
std::optional<std::string> offset_of(std::string_view zone) {
  if (zone.empty()) return std::string();
  if (!zone.starts_with("UTC") && !zone.starts_with("GMT")) return std::nullopt;
  zone.remove_prefix(3);
  if (zone.empty()) return std::string("Z");
  const char sign = zone.front();
  zone.remove_prefix(1);
  const std::size_t colon = zone.find(':');
  const std::string_view hours = zone.substr(0, colon != std::string_view::npos ? colon : zone.size() == 4 ? 2 : zone.size());
  const std::string_view minutes = hours.size() == zone.size() ? "00" : zone.substr(hours.size() + (colon != std::string_view::npos));
  if ((sign != '+' && sign != '-') || !digits(hours) || hours.size() > 2 || !digits(minutes) || minutes.size() != 2) return std::nullopt;
  if (hours.find_first_not_of('0') == std::string_view::npos && minutes == "00") return std::string("Z");
  return fmt::format("{}{:0>2}:{}", sign, hours, minutes);
}

// "27.04.2023 18:30:05 UTC+03:00" as "2023-04-27T18:30:05+03:00", older exports have no offset or no seconds; "" for what is no such time.
std::string iso_of(std::string_view title) {
  title = ascii::trimmed(title);
  if (title.size() < 16 || title[2] != '.' || title[5] != '.' || title[10] != ' ' || title[13] != ':') return {};
  for (const auto& [from, size] : {std::pair<std::size_t, std::size_t>{0, 2}, {3, 2}, {6, 4}, {11, 2}, {14, 2}}) {
    if (!digits(title.substr(from, size))) return {};
  }
  const bool seconds = title.size() >= 19 && title[16] == ':' && digits(title.substr(17, 2));
  // Of a time in a zone that nobody knows the day is still the one that is written.
  const std::string zone = offset_of(ascii::trimmed(title.substr(seconds ? 19 : 16))).value_or(std::string());
  return fmt::format("{}-{}-{}T{}:{}{}", title.substr(6, 4), title.substr(3, 2), title.substr(0, 2), title.substr(11, 5),
                     seconds ? title.substr(17, 2) : "00", zone);
}

// The title of the first element in `html` with class "date details" (or "pull_right date details").
std::string time_in(std::string_view html) {
  const std::size_t at = html.find("date details\"");
  if (at == std::string_view::npos) return {};
  const std::size_t end = html.find('>', at);
  return end == std::string_view::npos ? std::string() : iso_of(attribute(html.substr(at, end - at), "title"));
}

bool lists_persons(std::string_view head) {
  return head.find("page_body list_page") != std::string_view::npos || head.find("class=\"personal_info") != std::string_view::npos;
}

bool has_words(std::string_view html) { return !name_text(html.substr(0, 1U << 16U)).empty(); }

class HtmlExport {
 public:
  HtmlExport(const Item& container, const ContainerLimits& limits, const Give& give)
      : container_(container), html_(container.bytes), giver_(container, limits, give) {}

  void read() {
    std::size_t first = html_.size();
    std::size_t at = 0;
    while (!giver_.stopped()) {
      const auto tag = next_div(html_, at);
      if (!tag) break;
      at = tag->end;
      if (!is_message(*tag)) continue;
      if (first == html_.size()) {
        first = tag->begin;
        chat_ = name_text(inside_of_div(html_.substr(0, first), "text bold"));
      }
      const auto end = end_of_div(html_, *tag);
      if (!end) {
        const std::string_view id = attribute(tag->inside, "id");
        giver_.error(ErrorKind::kMalformed, fmt::format("byte {}", tag->begin), fmt::format("{} does not end", id.substr(0, 40)),
                     fmt::format("passed over; {} whole messages before it were read", giver_.items()));
        continue;
      }
      message(*tag, *end);
      at = *end;
    }
    if (giver_.items() == 0 && !giver_.stopped()) {
      if (lists_persons(html_.substr(0, kTelegramHead))) {
        giver_.error(ErrorKind::kLimit, "", "holds data of persons: contacts, sessions or the exporter's own",
                     "refused; of an export only the pages of messages are read");
      } else {
        giver_.error(ErrorKind::kMalformed, "", "no message with text" + passed_over(service_, empty_), "nothing to read in it");
      }
    }
    std::string note = passed_over(service_, empty_);
    giver_.finish(note.empty() ? note : container_.path + note);
  }

 private:
  void message(const DivTag& tag, std::size_t end) {
    const std::string_view html = html_.substr(tag.begin, end - tag.begin);
    const std::string_view classes = attribute(tag.inside, "class");
    if (classes.find("service") != std::string_view::npos) {
      ++service_;
      return;
    }
    const bool joined = classes.find("joined") != std::string_view::npos;
    const std::size_t forwarded_at = html.find("<div class=\"forwarded body\">");
    const bool forwarded = forwarded_at != std::string_view::npos;
    const std::string_view own = html.substr(0, forwarded_at);
    if (!joined) {
      from_ = name_text(inside_of_div(own, "from_name"));
      forwarded_from_.clear();
      forwarded_time_.clear();
    }
    if (forwarded) {
      const std::string_view name = inside_of_div(html.substr(forwarded_at), "from_name");
      if (!name.empty()) {
        forwarded_from_ = name_text(name.substr(0, name.find("<span")));
        forwarded_time_ = time_in(name);
      }
    }
    const std::string_view text = inside_of_div(html, "text");
    if (!has_words(text)) {
      ++empty_;
      return;
    }
    const std::string_view id = attribute(tag.inside, "id").substr(7, 24);
    // Ids rise; one that does not might be there twice, so it takes its place along.
    std::uint64_t value = 0;
    const auto [end_of_id, error] = std::from_chars(id.data(), id.data() + id.size(), value);
    const bool rises = error == std::errc() && end_of_id == id.data() + id.size() && value > last_id_;
    if (rises) last_id_ = value;
    const std::string suffix = rises ? std::string(id) : fmt::format("{}-at-{}", id, tag.begin);
    OpenedItem out = member_item(container_, suffix, fmt::format("message {}", id), "telegram-html", tag.begin, end - tag.begin);
    Origin& origin = out.item.origin;
    // In a channel every message is the channel's; who else writes is a person.
    origin.outlet = chat_.empty() ? from_ : chat_;
    origin.published = time_in(own);
    if (!origin.published.empty()) origin.published_from = "telegram date";
    if (forwarded) {
      origin.forwarded_from = forwarded_from_.empty() ? "somebody whose name is left out" : forwarded_from_;
      if (!forwarded_time_.empty()) {
        origin.published = forwarded_time_;
        origin.published_from = "telegram date of the first posting";
      } else if (!origin.published.empty()) {
        origin.published_from = "telegram date of the forwarding";
      }
    }
    giver_.item(std::move(out));
  }

  const Item& container_;
  std::string_view html_;
  MemberGiver giver_;
  std::string chat_, from_, forwarded_from_, forwarded_time_;
  std::uint64_t last_id_ = 0;
  std::uint64_t service_ = 0;
  std::uint64_t empty_ = 0;
};

}  // namespace

std::string_view inside_of_div(std::string_view html, std::string_view classes) {
  std::size_t at = 0;
  while (const auto tag = next_div(html, at)) {
    at = tag->end;
    if (!tag->opens) continue;
    const std::string_view found = attribute(tag->inside, "class");
    if (found != classes && !(found.starts_with(classes) && found.substr(classes.size()).starts_with(' '))) continue;
    if (classes == "text" && found != "text") continue;
    int depth = 1;
    std::size_t inner = tag->end;
    while (const auto next = next_div(html, inner)) {
      depth += next->opens ? 1 : -1;
      if (depth == 0) return html.substr(tag->end, next->begin - tag->end);
      inner = next->end;
    }
    return {};
  }
  return {};
}

std::string passed_over(std::uint64_t service, std::uint64_t without_text) {
  std::string out;
  if (service > 0) out += fmt::format("; {} service messages passed over", service);
  if (without_text > 0) out += fmt::format("; {} messages without text passed over", without_text);
  return out.empty() ? out : ":" + out.substr(1);
}

bool looks_like_telegram_html(std::string_view head) {
  if (head.find('<') == std::string_view::npos) return false;
  const bool messages = head.find("<div class=\"message ") != std::string_view::npos &&
                        head.find(" id=\"message") != std::string_view::npos && head.find("date details\"") != std::string_view::npos;
  const bool service_only =
      head.find("<div class=\"message service\"") != std::string_view::npos && head.find("class=\"history\"") != std::string_view::npos;
  const bool persons = lists_persons(head) && head.find("class=\"page_wrap\"") != std::string_view::npos;
  return messages || service_only || persons;
}

void split_telegram_html(const Item& container, const ContainerLimits& limits, const Give& give) {
  HtmlExport(container, limits, give).read();
}

}  // namespace litopys
