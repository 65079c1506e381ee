// Machine-readable dates come before visible ones, because they say what they are; of visible ones those close to the headline count.
#include "page/page_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "page/calendar.h"
#include "page/html_tokenizer.h"
#include "page/lines.h"

namespace litopys {
namespace {

using html::Page;

constexpr int kFirstYear = 1995, kLastYear = 2099;

bool plausible(const Date& date) { return date.year >= kFirstYear && date.year <= kLastYear && date.valid(); }

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// A machine's date: ISO 8601 as it begins, eight digits, or one in words (RFC 822).
std::optional<Date> machine_date(std::string_view text) {
  text = trimmed(text);
  if (text.size() >= 10 && (text[4] == '-' || text[4] == '/' || text[4] == '.') && text[7] == text[4]) {
    const int year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
    const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day), 0};
    if (year > 0 && month > 0 && day > 0 && plausible(date)) return date;
    return std::nullopt;
  }
  if (text.size() >= 8 && number(text.substr(0, 8)) > 0 && (text.size() == 8 || text[8] == 'T' || text.size() == 14)) {
    const Date date{static_cast<std::int16_t>(number(text.substr(0, 4))), static_cast<std::uint8_t>(number(text.substr(4, 2))),
                    static_cast<std::uint8_t>(number(text.substr(6, 2))), 0};
    if (plausible(date)) return date;
  }
  for (const Language language : {Language::en, Language::uk, Language::ru}) {
    for (const CalendarDate& found : find_dates(text.substr(0, 120), language)) {
      if (!found.year || found.day == 0) continue;
      const Date date{*found.year, found.month, found.day, 0};
      if (plausible(date)) return date;
    }
  }
  return std::nullopt;
}

struct Found {
  int strength;
  DateEvidence evidence;
};

constexpr int kTrusted = 20;  // less is a date in passing

// Machines write the time of Greenwich; near midnight that is another day than where the outlet is. A page that shows the day before or
// after in its head or address is right.
std::optional<Date> local_date(const std::vector<Found>& found) {
  const auto greenwich = [](std::string_view words) {
    return words.find(':') != std::string_view::npos && (words.ends_with('Z') || words.ends_with("+00:00") || words.ends_with("+0000"));
  };
  const DateEvidence& best = found.front().evidence;
  if (!greenwich(best.words) || best.date.day == 0) return std::nullopt;
  for (const Found& other : found) {
    if (other.strength < 62 || other.evidence.date.day == 0 || greenwich(other.evidence.words)) continue;
    const auto apart = (other.evidence.date.first_day() - best.date.first_day()).count();
    if (apart == 1 || apart == -1) return other.evidence.date;
    if (apart == 0) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Date> date_in_url(std::string_view url) {
  const auto digits = [&](std::size_t at, std::size_t count) {
    if (at + count > url.size()) return -1;
    return number(url.substr(at, count));
  };
  std::optional<Date> month_only;
  // Day first, with its marks: "/29-10-2021".
  for (std::size_t i = 0; i + 10 <= url.size(); ++i) {
    const char mark = url[i + 2];
    if ((mark != '-' && mark != '/' && mark != '.' && mark != '_') || url[i + 5] != mark) continue;
    if ((i > 0 && url[i - 1] >= '0' && url[i - 1] <= '9') || (i + 10 < url.size() && url[i + 10] >= '0' && url[i + 10] <= '9')) continue;
    const int day = digits(i, 2), month = digits(i + 3, 2), year = digits(i + 6, 4);
    const Date full{static_cast<std::int16_t>(std::max(year, 0)), static_cast<std::uint8_t>(std::max(month, 0)),
                    static_cast<std::uint8_t>(std::max(day, 0)), 0};
    if (day > 12 && month > 0 && year >= kFirstYear && full.valid()) return full;
  }
  for (std::size_t i = 0; i + 7 < url.size(); ++i) {
    if (i > 0 && url[i - 1] >= '0' && url[i - 1] <= '9') continue;
    const int year = digits(i, 4);
    if (year < kFirstYear || year > kLastYear - 60) continue;
    const char mark = url[i + 4];
    if (mark == '/' || mark == '-' || mark == '_' || mark == '.') {
      std::size_t at = i + 5;
      int part[2] = {-1, -1};
      std::size_t got = 0;
      for (; got < 2; ++got) {
        std::size_t width = 2;
        part[got] = digits(at, 2);
        if (part[got] < 0) {
          width = 1;
          part[got] = digits(at, 1);
        }
        if (part[got] <= 0) break;
        at += width;
        const bool more = at < url.size() && url[at] >= '0' && url[at] <= '9';
        if (more) {
          part[got] = -1;
          break;
        }
        if (got == 0 && (at >= url.size() || url[at] != mark)) {
          ++got;
          break;
        }
        if (got == 0) ++at;
      }
      const Date full{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(std::max(part[0], 0)),
                      static_cast<std::uint8_t>(std::max(part[1], 0)), 0};
      if (part[0] > 0 && part[1] > 0 && full.valid()) return full;
      if (part[0] > 0 && part[0] <= 12 && mark == '/' && !month_only)
        month_only = Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(part[0]), 0, 0};
      continue;
    }
    const int month = digits(i + 4, 2), day = digits(i + 6, 2);
    const bool ends = i + 8 >= url.size() || url[i + 8] < '0' || url[i + 8] > '9';
    const Date full{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(std::max(month, 0)),
                    static_cast<std::uint8_t>(std::max(day, 0)), 0};
    if (month > 0 && day > 0 && ends && full.valid()) return full;
  }
  return month_only;
}

PageHead read_page_head(const Page& page, const PageFacts& known, const std::vector<BlockVerdict>& verdicts, Language language) {
  PageHead head;
  const JsonFacts& json = known.json;
  head.url = known.url;
  head.title = known.title;
  head.title_block = known.title_block;
  std::optional<std::size_t> first_article;
  for (std::size_t b = 0; b < page.blocks.size() && !first_article; ++b) {
    if (verdicts[b].kind != LineKind::junk && page.nodes[page.blocks[b].node].level == 0) first_article = b;
  }

  // --- outlet ---
  for (std::string name : {meta_of(page, "og:site_name"), json.publisher, meta_of(page, "application-name"), meta_of(page, "publisher"),
                           meta_of(page, "dc.publisher"), known.title_outlet}) {
    name = collapsed(name);
    if (name.empty() || name.find("://") != std::string::npos) continue;
    head.outlet = std::move(name);
    break;
  }

  // --- date ---
  std::vector<Found> found;
  const auto add = [&](int strength, std::string from, std::string_view words, const std::optional<Date>& date) {
    if (date && plausible(*date)) found.push_back({strength, {std::move(from), std::string(words.substr(0, 80)), *date}});
  };
  if (!json.published.empty()) add(100, "json-ld datePublished", json.published, machine_date(json.published));
  static constexpr std::pair<std::string_view, int> kMetas[] = {{"article:published_time", 95},
                                                                {"og:article:published_time", 95},
                                                                {"og:published_time", 94},
                                                                {"datepublished", 93},
                                                                {"article:published", 93},
                                                                {"parsely-pub-date", 92},
                                                                {"sailthru.date", 92},
                                                                {"publish_date", 92},
                                                                {"publishdate", 92},
                                                                {"publish-date", 92},
                                                                {"publication_date", 92},
                                                                {"publicationdate", 92},
                                                                {"pubdate", 92},
                                                                {"published", 91},
                                                                {"dc.date.issued", 91},
                                                                {"dcterms.issued", 91},
                                                                {"dc.date.created", 90},
                                                                {"dcterms.created", 90},
                                                                {"dcterms.date", 89},
                                                                {"dc.date", 89},
                                                                {"citation_publication_date", 89},
                                                                {"citation_date", 88},
                                                                {"cxenseparse:recs:publishtime", 91},
                                                                {"article.published", 91},
                                                                {"bt:pubdate", 91},
                                                                {"originalpublicationdate", 91},
                                                                {"article_date_original", 91},
                                                                {"date", 79},
                                                                {"created", 84},
                                                                {"rnews:datepublished", 91},
                                                                {"dc.date.publication", 90},
                                                                {"displaydate", 84},
                                                                {"ptime", 84},
                                                                {"datecreated", 84}};
  for (const html::Meta& one : page.metas) {
    for (const auto& [name, strength] : kMetas) {
      if (one.name == name) add(strength, "meta " + one.name, one.content, machine_date(one.content));
    }
  }
  for (const html::TimeMark& mark : page.times) {
    const bool junk = mark.block < verdicts.size() && verdicts[mark.block].kind == LineKind::junk;
    const std::string& reason = mark.block < verdicts.size() ? verdicts[mark.block].reason : std::string();
    const bool near = head.title_block && mark.block + 1 >= *head.title_block && mark.block <= *head.title_block + 6;
    auto date = machine_date(mark.machine);
    if (!date) date = machine_date(mark.visible);
    const std::string_view words = mark.machine.empty() ? trimmed(mark.visible) : std::string_view(mark.machine);
    const bool other = junk && (reason == "teaser" || reason == "comments");
    const bool aside = junk && (reason == "side" || reason == "footer" || reason == "menu");
    if (other) continue;
    const std::string names(page.nodes[mark.node].name.of(page.names));
    const bool updated = names.find("updated") != std::string::npos || names.find("modified") != std::string::npos;
    add(updated          ? 45
        : mark.published ? 88
        : near           ? 80
        : aside          ? 22
        : junk           ? 55
                         : 66,
        mark.published ? "itemprop datePublished" : "time", words, date);
  }
  const std::string og_url = meta_of(page, "og:url");
  for (const std::string& address : {page.canonical, og_url}) {
    if (const auto date = date_in_url(address)) add(date->day != 0 ? 78 : 20, "url", address.substr(0, 80), date);
  }
  // Visible lines: close to the headline, where the article begins, and its last ones.
  const Language hint = language == Language::other ? Language::en : language;
  const std::size_t anchor = head.title_block.value_or(first_article.value_or(0));
  std::size_t last_article = 0;
  for (std::size_t b = 0; b < verdicts.size(); ++b) {
    if (verdicts[b].kind != LineKind::junk) last_article = b;
  }
  for (std::size_t b = 0; b < page.blocks.size(); ++b) {
    const std::string_view text = page.blocks[b].text.of(page.text);
    if (text.size() > 400 || text.size() < 6) continue;
    const std::string& reason = verdicts[b].reason;
    if (reason == "teaser" || reason == "comments" || reason == "menu" || reason == "footer" || reason == "side" || reason == "cookie")
      continue;
    const bool before = b < anchor && anchor - b <= 4;
    const bool after = b >= anchor && b - anchor <= 8;
    const bool ends = b > last_article && b - last_article <= 4;
    const std::size_t words = words_of_line(text).size();
    for (const CalendarDate& date : find_dates(text, hint)) {
      if (!date.year || date.day == 0) continue;
      const Date full{*date.year, date.month, date.day, 0};
      const std::string_view as_written = date.span.of(text);
      // Few other words: the line is there for its date.
      const bool dated = words <= 14 || date.span.begin < 4;
      int strength = 0;
      if (dated && (before || after)) strength = b >= anchor ? 70 - static_cast<int>(b - anchor) : 64;
      if (dated && strength == 0) strength = ends ? 40 : reason == "meta" ? 60 : 30;
      if (!dated) strength = after ? 25 : 8;
      add(strength, fmt::format("block {}", b + 1), as_written, full);
    }
  }
  if (!json.modified.empty()) add(50, "json-ld dateModified", json.modified, machine_date(json.modified));
  for (const html::Meta& one : page.metas) {
    if (one.name == "article:modified_time" || one.name == "og:updated_time" || one.name == "last-modified" ||
        one.name == "dcterms.modified" || one.name == "lastmod") {
      add(50, "meta " + one.name, one.content, machine_date(one.content));
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.strength > b.strength; });
  if (found.size() > 40) found.resize(40);
  if (!found.empty() && found.front().strength >= kTrusted) head.published = local_date(found).value_or(found.front().evidence.date);
  for (Found& one : found) head.evidence.push_back(std::move(one.evidence));
  return head;
}

}  // namespace litopys
