// A few words, each known by its shape; order is checked by what has been seen already.
#include "intake/mail_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

// Feeds and mails that were written by hand have the months of their language: by beginnings that tell them apart.
struct Beginning {
  std::string_view letters;
  int month;
};
constexpr Beginning kOtherMonths[] = {{"янв", 1}, {"фев", 2},  {"мар", 3},  {"апр", 4},  {"мая", 5},  {"май", 5},  {"июн", 6},
                                      {"июл", 7}, {"авг", 8},  {"сен", 9},  {"окт", 10}, {"ноя", 11}, {"дек", 12}, {"січ", 1},
                                      {"лют", 2}, {"бер", 3},  {"кві", 4},  {"тра", 5},  {"чер", 6},  {"лип", 7},  {"сер", 8},
                                      {"вер", 9}, {"жов", 10}, {"лис", 11}, {"гру", 12}};

struct Zone {
  std::string_view name, offset;
};
constexpr Zone kZones[] = {{"gmt", "Z"},      {"ut", "Z"},       {"utc", "Z"},      {"z", "Z"},        {"est", "-05:00"},
                           {"edt", "-04:00"}, {"cst", "-06:00"}, {"cdt", "-05:00"}, {"mst", "-07:00"}, {"mdt", "-06:00"},
                           {"pst", "-08:00"}, {"pdt", "-07:00"}, {"msk", "+03:00"}, {"eet", "+02:00"}, {"eest", "+03:00"},
                           {"cet", "+01:00"}, {"cest", "+02:00"}};

// Words in lower case; commas part them, comments in brackets are left out.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  int comment = 0;
  bool fresh = true;
  for (const char c : text.substr(0, 128)) {
    if (c == '(') ++comment;
    if (comment > 0 || c == ',' || static_cast<unsigned char>(c) <= ' ') {
      if (c == ')' && comment > 0) --comment;
      fresh = true;
      continue;
    }
    if (fresh) out.emplace_back();
    fresh = false;
    out.back() += c;
  }
  for (std::string& word : out) {
    std::string lower;
    for (std::size_t i = 0; i < word.size();) {
      const utf8::Decoded got = utf8::decode(word, i);
      utf8::append(lower, utf8::lower(got.value));
      i += std::max<std::size_t>(got.size, 1);
    }
    word = std::move(lower);
  }
  return out;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.front() == '-' || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_day(int year, int month, int day) {
  return year >= 1970 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
         std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}

// "2024-07-09", "2024-07-09T18:20:00+03:00", "2024-07-09 18:20".
std::string as_iso(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  if (text.size() < 10 || text.size() > 40 || text[4] != '-' || text[7] != '-') return {};
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day || !is_day(*year, *month, *day)) return {};
  std::string out(text);
  if (out.size() > 10) {
    if (out[10] != 'T' && out[10] != 't' && out[10] != ' ') return {};
    out[10] = 'T';
  }
  return out;
}

std::optional<std::string> clock_of(std::string_view word) {
  std::array<int, 3> parts{};
  std::size_t count = 0;
  while (count < 3) {
    const std::size_t colon = word.find(':');
    const auto part = number(word.substr(0, colon));
    if (!part || *part > (count == 0 ? 23 : 60)) return std::nullopt;
    parts[count++] = *part;
    if (colon == std::string_view::npos) break;
    word.remove_prefix(colon + 1);
  }
  if (count < 2) return std::nullopt;
  return fmt::format("T{:02}:{:02}:{:02}", parts[0], parts[1], parts[2]);
}

std::string zone_of(std::string_view word) {
  for (const Zone& zone : kZones) {
    if (word == zone.name) return std::string(zone.offset);
  }
  if (word.size() == 6 && word[3] == ':') return zone_of(fmt::format("{}{}", word.substr(0, 3), word.substr(4)));
  if (word.size() != 5 || (word[0] != '+' && word[0] != '-') || !number(word.substr(1)) || word == "-0000") return {};
  return fmt::format("{}:{}", word.substr(0, 3), word.substr(3));
}

}  // namespace

std::string iso_of_mail_date(std::string_view text) {
  if (std::string iso = as_iso(text); !iso.empty()) return iso;
  std::optional<int> day, year;
  int month = 0;
  std::string clock, zone;
  for (const std::string& word : words_of(text)) {
    if (!clock.empty()) {
      if (zone.empty()) zone = zone_of(word);
      if (year) continue;
    }
    if (word.find(':') != std::string::npos) {
      if (clock.empty()) clock = clock_of(word).value_or("");
    } else if (const auto value = number(word)) {
      if (!day && *value <= 31) {
        day = value;
      } else if (!year) {
        year = word.size() <= 2 ? *value + (*value < 50 ? 2000 : 1900) : *value;
      }
    } else if (month == 0 && word.size() >= 3) {
      for (std::size_t m = 0; m < kMonths.size(); ++m) {
        if (word.starts_with(kMonths[m])) month = static_cast<int>(m) + 1;
      }
      // A weekday ("серед", «середа») stands before the day, a month behind it.
      for (const Beginning& other : kOtherMonths) {
        if (month == 0 && day && word.starts_with(other.letters)) month = other.month;
      }
    }
  }
  if (!day || !year || month == 0 || !is_day(*year, month, *day)) return {};
  return fmt::format("{:04}-{:02}-{:02}{}{}", *year, month, *day, clock, clock.empty() ? "" : zone);
}

}  // namespace litopys
