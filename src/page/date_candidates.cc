// Machine-readable dates say what they are; a visible one is known by what stands around it, so its block and place are kept.
#include "page/date_candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "page/lines.h"
#include "page/markup.h"

namespace litopys {
namespace {

using html::Page;

constexpr std::size_t kMost = 200;
constexpr std::size_t kVisibleBytes = 400;  // of a block, looked through for dates
constexpr std::size_t kTailBytes = 80;      // and of its end
constexpr std::size_t kLabelBytes = 40;     // before a date, looked through for its label
constexpr int kFirstYear = 1995, kLastYear = 2049;

enum Named : std::int32_t { kDated = 1, kPublished = 2, kUpdated = 3 };

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

Date plausible(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1 || day > 31) return {};
  const Date out{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day), 0};
  return out.valid() ? out : Date{};
}

struct MachineDate {
  Date date, other;
  int hour = -1;
};

// ISO 8601 as it begins, eight digits, seconds since 1970, or a date in words (RFC 822).
MachineDate machine_date(std::string_view text, const MonthNames& months) {
  MachineDate out;
  text = trimmed(text);
  if (text.size() >= 10 && (text[4] == '-' || text[4] == '/' || text[4] == '.') && text[7] == text[4]) {
    out.date = plausible(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)));
    const bool greenwich = text.ends_with('Z') || text.ends_with("+00:00") || text.ends_with("+0000");
    if (greenwich && text.size() > 13) out.hour = number(text.substr(11, 2));
    return out;
  }
  if ((text.size() == 10 || text.size() == 13) && number(text.substr(0, 9)) > 700'000'000 / 10) {
    const auto day =
        std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(std::int64_t{number(text.substr(0, 9))} * 10)));
    const std::chrono::year_month_day ymd(day);
    out.date = plausible(static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
                         static_cast<int>(static_cast<unsigned>(ymd.day())));
    return out;
  }
  const std::vector<WebDate> found = find_web_dates(text.substr(0, 120), months, 1);
  if (!found.empty()) {
    out.date = found.front().date;
    out.other = found.front().other;
  }
  return out;
}

// What a meta element's name says of its date.
std::optional<DateSource> source_of_meta(std::string_view name) {
  const auto has = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
  if (has("expir") || has("birth") || has("event") || has("start") || has("end_") || has("copyright")) return std::nullopt;
  if (has("modif") || has("updat") || has("revis") || has("lastmod")) return DateSource::meta_modified;
  if (has("publi") || has("pubdate") || has("issued") || has("pub-date") || has("ptime")) {
    if (has("publisher") || has("publication_title")) return std::nullopt;
    return DateSource::meta_published;
  }
  if (has("date") || has("created") || has("time")) return DateSource::meta_date;
  return std::nullopt;
}

}  // namespace

Result<DateFinder> DateFinder::make(const Codebook& book) {
  DateFinder out;
  auto months = MonthNames::make(book);
  if (!months) return tl::unexpected(months.error());
  out.months_ = std::move(*months);
  const auto named = hashed_row_words(book, "date-markup");
  if (!named) return tl::unexpected(named.error());
  std::vector<std::pair<std::uint32_t, std::int32_t>> markup, labels;
  std::vector<std::uint32_t> words;
  for (const auto& [word, id] : *named) {
    const std::string& gives = book.rows[id].gives;
    markup.emplace_back(word, gives == "published" ? kPublished : gives == "updated" ? kUpdated : kDated);
  }
  std::vector<RowId> label_rows = book.rows_of("date-label");
  for (const RowId id : book.rows_of("date-word")) label_rows.push_back(id);
  for (const RowId id : label_rows) {
    const Row& row = book.rows[id];
    for (const std::string& text : row.words) {
      if (text.find(' ') != std::string::npos) continue;  // of phrases the one telling word stands in the row by itself
      words.clear();
      hashed_text_words(utf8::lowered(text), words);
      if (!words.empty()) labels.emplace_back(words[0], row.gives == "published" ? kPublished : kUpdated);
    }
  }
  out.markup_ = HashTable(markup);
  out.labels_ = HashTable(labels);
  return out;
}

void DateFinder::read_names(const Page& page, std::uint32_t node, DateCandidate& candidate) const {
  std::vector<std::uint32_t> words;
  for (int steps = 0; steps < 3 && node != html::kNone && node != 0; ++steps, node = page.nodes[node].parent) {
    words.clear();
    hashed_name_words(page.nodes[node].name.of(page.names), words);
    for (const std::uint32_t word : words) {
      const std::int32_t says = word == 0 ? 0 : markup_[word];
      if (says == 0) continue;
      candidate.named = true;
      if (candidate.label == 0 && says == kPublished) candidate.label = 1;
      if (says == kUpdated) candidate.label = -1;
    }
    if (candidate.named) return;
  }
}

void DateFinder::find_machine(const Page& page, const PageFacts& facts, std::vector<DateCandidate>& out) const {
  const auto add = [&](DateSource source, std::string from, std::string_view words, const MachineDate& got) -> DateCandidate* {
    if (got.date.year == 0 || out.size() >= kMost) return nullptr;
    DateCandidate candidate;
    candidate.source = source;
    candidate.date = got.date;
    candidate.hour = got.hour;
    candidate.ambiguous = got.other.year != 0;
    candidate.evidence = {std::move(from), std::string(words.substr(0, 80)), got.date};
    out.push_back(candidate);
    if (got.other.year != 0) {
      candidate.date = candidate.evidence.date = got.other;
      candidate.month_first = true;
      out.push_back(candidate);
      return &out[out.size() - 2];
    }
    return &out.back();
  };
  static constexpr std::pair<JsonDate, DateSource> kJson[] = {{JsonDate::published, DateSource::json_published},
                                                              {JsonDate::created, DateSource::json_created},
                                                              {JsonDate::modified, DateSource::json_modified}};
  for (const auto& [kind, source] : kJson) {
    for (const JsonFacts::Stamp& stamp : facts.json.dates) {
      if (stamp.kind != kind) continue;
      static constexpr std::string_view kNames[] = {"json-ld datePublished", "json-ld dateCreated", "json-ld dateModified"};
      DateCandidate* added =
          add(source, std::string(kNames[static_cast<std::size_t>(kind)]), stamp.value, machine_date(stamp.value, months_));
      if (added != nullptr) added->rank = stamp.rank;
    }
  }
  for (const html::Meta& meta : page.metas) {
    if (meta.content.size() < 6 || meta.content.size() > 60) continue;
    if (const auto source = source_of_meta(meta.name)) add(*source, "meta " + meta.name, meta.content, machine_date(meta.content, months_));
  }
  for (const html::TimeMark& mark : page.times) {
    MachineDate got = machine_date(mark.machine, months_);
    if (got.date.year == 0) got = machine_date(mark.visible, months_);
    const DateSource source = mark.says == html::MarkSays::published  ? DateSource::element_published
                              : mark.says == html::MarkSays::modified ? DateSource::element_modified
                              : mark.element                          ? DateSource::element
                                                                      : DateSource::attribute;
    const std::string_view from = mark.says == html::MarkSays::published ? "itemprop datePublished" : mark.element ? "time" : "attribute";
    const std::size_t before = out.size();
    add(source, std::string(from), mark.machine.empty() ? trimmed(mark.visible) : std::string_view(mark.machine), got);
    for (std::size_t i = before; i < out.size(); ++i) {
      out[i].block = std::min<std::uint32_t>(mark.block, static_cast<std::uint32_t>(page.blocks.size()) - 1);
      read_names(page, mark.node, out[i]);
    }
  }
  for (const std::string& value : page.other_script_dates) add(DateSource::script_other, "script", value, machine_date(value, months_));
  for (const std::string& text : {page.title, meta_of(page, "og:title"), meta_of(page, "description")}) {
    for (const WebDate& date : find_web_dates(text.substr(0, kVisibleBytes), months_, 2))
      add(DateSource::title, "title", date.span.of(text), {date.date, date.other, -1});
  }
  for (const std::string& address : {meta_of(page, "og:image"), meta_of(page, "twitter:image"), facts.json.image}) {
    if (const auto date = date_in_url(address); date && date->day != 0)
      add(DateSource::image, "address of the picture", address, {*date, {}, -1});
  }
  for (const std::string& address : page.addresses) {
    if (const auto date = date_in_url(address); date && date->day != 0)
      add(DateSource::address, "address beside", address, {*date, {}, -1});
  }
  if (const auto date = date_in_url(facts.json.url); date && date->day != 0) add(DateSource::url, "url", facts.json.url, {*date, {}, -1});
  for (const std::string& value : page.script_dates) add(DateSource::script, "script", value, machine_date(value, months_));
  for (const std::string& address : {page.canonical, meta_of(page, "og:url"), facts.address}) {
    const auto date = date_in_url(address);
    if (!date) continue;
    if (date->day != 0) {
      add(DateSource::url, "url", address, {*date, {}, -1});
    } else if (out.size() < kMost) {
      DateCandidate candidate;
      candidate.source = DateSource::url;
      candidate.date = *date;
      candidate.evidence = {"url", address.substr(0, 80), *date};
      out.push_back(std::move(candidate));
    }
  }
}

void DateFinder::find_visible(const Page& page, std::vector<DateCandidate>& out) const {
  std::vector<std::uint32_t> words;
  for (std::size_t b = 0; b < page.blocks.size() && out.size() < kMost; ++b) {
    const std::string_view text = page.blocks[b].text.of(page.text);
    if (text.size() < 6) continue;
    std::vector<WebDate> found = find_web_dates(text.substr(0, kVisibleBytes), months_);
    // The end of a long paragraph may be its place and day.
    if (text.size() > kVisibleBytes + kTailBytes) {
      for (WebDate date : find_web_dates(text.substr(text.size() - kTailBytes), months_)) {
        date.span = {date.span.begin + static_cast<std::uint32_t>(text.size() - kTailBytes),
                     date.span.end + static_cast<std::uint32_t>(text.size() - kTailBytes)};
        found.push_back(date);
      }
    }
    for (const WebDate& date : found) {
      DateCandidate candidate;
      candidate.date = date.date;
      candidate.block = static_cast<std::uint32_t>(b);
      candidate.ambiguous = date.other.year != 0;
      candidate.words = date.words;
      candidate.begin = date.span.begin;
      candidate.in_block = static_cast<std::uint16_t>(found.size());
      candidate.evidence = {fmt::format("block {}", b + 1), std::string(date.span.of(text)), date.date};
      read_names(page, page.blocks[b].inner, candidate);
      // A word such as "Published" or "Updated" before it, in its own block or alone in the one before.
      const auto ask = [&](std::string_view label) {
        words.clear();
        hashed_text_words(utf8::lowered(label), words);
        for (const std::uint32_t word : words) {
          const std::int32_t says = labels_[word];
          if (says != 0) candidate.label = says == kPublished ? 1 : -1;
        }
      };
      if (b > 0 && date.span.begin < 4 && page.blocks[b - 1].text.size() < kLabelBytes) ask(page.blocks[b - 1].text.of(page.text));
      const std::size_t from = date.span.begin > kLabelBytes ? date.span.begin - kLabelBytes : 0;
      ask(text.substr(from, date.span.begin - from));
      out.push_back(candidate);
      if (date.other.year == 0) continue;
      candidate.date = candidate.evidence.date = date.other;
      candidate.month_first = true;
      out.push_back(std::move(candidate));
    }
  }
}

std::vector<DateCandidate> DateFinder::find(const Page& page, const PageFacts& facts) const {
  std::vector<DateCandidate> out;
  find_machine(page, facts, out);
  find_visible(page, out);
  return out;
}

}  // namespace litopys
