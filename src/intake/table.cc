// A row is cut by quotes, delimiters and line ends and read no further than its cells of interest. The delimiter is the one of four that
// cuts the header into most columns.
#include "intake/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/edtf.h"
#include "base/json_scan.h"
#include "base/utf8.h"
#include "intake/mail_date.h"
#include "intake/member.h"
#include "intake/mime.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestRow = std::size_t{16} << 20U;
constexpr std::size_t kMostRowDamage = 100;  // lines that are told one by one
constexpr std::size_t kMostColumns = 1000;
constexpr std::size_t kLargestCell = 4096;  // of title, address, date, outlet

enum Column : std::size_t { kText, kTitle, kDate, kUrl, kOutlet, kColumns };
constexpr std::array<std::string_view, kColumns> kColumnNames = {"text", "title", "date", "url", "outlet"};

struct KnownName {
  std::string_view name;
  Column column;
};
// Of a column's names the first in this order that a table has wins.
constexpr KnownName kKnown[] = {{"text", kText},         {"full_text", kText},       {"fulltext", kText},
                                {"body", kText},         {"content", kText},         {"article", kText},
                                {"message", kText},      {"текст", kText},           {"зміст", kText},
                                {"содержание", kText},   {"повідомлення", kText},    {"сообщение", kText},
                                {"title", kTitle},       {"headline", kTitle},       {"subject", kTitle},
                                {"заголовок", kTitle},   {"назва", kTitle},          {"название", kTitle},
                                {"published", kDate},    {"published_at", kDate},    {"date_published", kDate},
                                {"publish_date", kDate}, {"pubdate", kDate},         {"date", kDate},
                                {"datetime", kDate},     {"created_at", kDate},      {"timestamp", kDate},
                                {"дата", kDate},         {"дата публікації", kDate}, {"дата публикации", kDate},
                                {"опубліковано", kDate}, {"опубликовано", kDate},    {"url", kUrl},
                                {"link", kUrl},          {"permalink", kUrl},        {"посилання", kUrl},
                                {"ссылка", kUrl},        {"адреса", kUrl},           {"адрес", kUrl},
                                {"outlet", kOutlet},     {"publisher", kOutlet},     {"source", kOutlet},
                                {"site", kOutlet},       {"channel", kOutlet},       {"джерело", kOutlet},
                                {"видання", kOutlet},    {"источник", kOutlet},      {"издание", kOutlet},
                                {"канал", kOutlet}};

// Names in UTF-8 and small letters; bytes that are no UTF-8 are taken for windows-1251, which is what spreadsheets of the region write.
std::string plain_name(std::string_view name) { return utf8::lowered(ascii::trimmed(decode_words(ascii::trimmed(name)))); }

// "text=Body,date=When": what the user calls each column; empty where nothing is said.
using Wanted = std::array<std::string, kColumns>;
// The next "kind=name" of the map: nullopt for a kind that is none.
std::pair<std::optional<std::size_t>, std::string_view> next_wanted(std::string_view& columns) {
  const std::size_t comma = columns.find(',');
  const std::string_view one = columns.substr(0, comma);
  columns.remove_prefix(comma == std::string_view::npos ? columns.size() : comma + 1);
  const std::size_t equal = one.find('=');
  const auto known = std::find(kColumnNames.begin(), kColumnNames.end(), ascii::trimmed(one.substr(0, equal)));
  if (equal == std::string_view::npos || known == kColumnNames.end()) return {std::nullopt, one};
  return {static_cast<std::size_t>(known - kColumnNames.begin()), one.substr(equal + 1)};
}

std::optional<Wanted> wanted_of(std::string_view columns) {
  Wanted out;
  bool any = false;
  while (!columns.empty()) {
    const auto [column, name] = next_wanted(columns);
    if (!column) continue;
    out[*column] = plain_name(name);
    any = true;
  }
  return any ? std::optional(out) : std::nullopt;
}

// "no column "When" for date; the table has: id, text" where one that the user has named is not among `names`, else "".
std::string missing_of(const std::vector<std::string>& names, const std::optional<Wanted>& wanted) {
  constexpr std::size_t kMostNamed = 20;
  if (!wanted) return {};
  for (std::size_t c = 0; c < kColumns; ++c) {
    const std::string& name = (*wanted)[c];
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::string out = fmt::format("no column \"{}\" for {}; the table has: ", name, kColumnNames[c]);
    for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i) out += (i == 0 ? "" : ", ") + names[i].substr(0, 60);
    return names.size() > kMostNamed ? out + " ..." : out;
  }
  return {};
}

using Chosen = std::array<std::optional<std::size_t>, kColumns>;  // index into the names

Chosen choose(const std::vector<std::string>& names, const std::optional<Wanted>& wanted) {
  Chosen out;
  for (std::size_t c = 0; c < kColumns; ++c) {
    const auto find = [&](std::string_view name) {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found != names.end() && !out[c]) out[c] = static_cast<std::size_t>(found - names.begin());
    };
    if (wanted && !(*wanted)[c].empty()) {
      find((*wanted)[c]);
      continue;
    }
    for (const KnownName& known : kKnown) {
      if (known.column == c) find(known.name);
    }
  }
  return out;
}

// The delimiter that gives most columns; nullopt where none gives two.
struct Header {
  char delimiter = ',';
  std::vector<std::string> names;
  std::size_t end = 0;
};
std::optional<Header> header_of(std::string_view bytes) {
  std::optional<Header> best;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    std::size_t at = 0;
    bool closed = true;
    const std::vector<TableCell> cells = table_cells(bytes, at, delimiter, closed, 65536);
    if (!closed || cells.size() < 2 || (best && cells.size() <= best->names.size())) continue;
    Header header{delimiter, {}, at};
    for (const TableCell& cell : cells) header.names.push_back(plain_name(cell_text(bytes, cell)));
    best = std::move(header);
  }
  if (!best) return best;
  // A sentence with commas is no header: names are short, and none is there twice.
  std::vector<std::string> sorted = best->names;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::remove(sorted.begin(), sorted.end(), std::string()), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) return std::nullopt;
  const bool brief = std::all_of(sorted.begin(), sorted.end(), [](const std::string& name) { return utf8::count_code_points(name) <= 40; });
  return brief && !sorted.empty() ? best : std::nullopt;
}

// The keys of a JSON object that stands by itself on the first line.
std::optional<std::vector<std::string>> keys_of(std::string_view line) {
  JsonCursor at(line);
  if (!at.open('{')) return std::nullopt;
  std::vector<std::string> out;
  for (std::string_view key; at.member(key);) {
    if (out.size() < kMostColumns) out.push_back(unescaped(key));
    at.skip();
  }
  if (at.damaged() || at.peek() != '\0') return std::nullopt;
  return out;
}

std::string_view line_of(std::string_view bytes, std::size_t at) {
  const std::size_t end = bytes.find('\n', at);
  return bytes.substr(at, end == std::string_view::npos ? end : end - at);
}

bool looks(std::string_view head, const std::optional<Wanted>& wanted) {
  head = ascii::without_mark(head);
  if (head.starts_with('{')) {
    const bool whole = head.find('\n') != std::string_view::npos;
    const auto keys = keys_of(line_of(head, 0));
    if (!whole || !keys) return false;
    if (std::find(keys->begin(), keys->end(), "claims") != keys->end()) return false;
    std::vector<std::string> names;
    for (const std::string& key : *keys) names.push_back(plain_name(key));
    const std::string_view second = ascii::trimmed(line_of(head, head.find('\n') + 1));
    const bool shape = second.empty() || second.starts_with('{');
    return shape && (choose(names, wanted)[kText] || wanted);
  }
  const std::size_t line_end = head.find('\n');
  if (line_end == std::string_view::npos || head.find('\0') != std::string_view::npos) return false;
  const auto header = header_of(head);
  if (!header) return false;
  const bool named = choose(header->names, wanted)[kText].has_value();
  if (!named && !wanted) return false;
  // The next row has as many cells, or is cut off by the head's end. Without a column of text the next three must, and have no blank behind
  // every comma, as prose has.
  std::size_t at = header->end;
  if (at >= head.size()) return false;
  for (int row = 0; row < (named ? 1 : 3) && at < head.size(); ++row) {
    const std::size_t begin = at;
    bool closed = true;
    const std::vector<TableCell> cells = table_cells(head, at, header->delimiter, closed);
    if (at >= head.size() && head.back() != '\n') return named || row > 0;
    if (cells.size() != header->names.size()) return false;
    const bool prose = std::all_of(cells.begin() + 1, cells.end(), [&](const TableCell& cell) {
      return cell.begin < cell.end && head[cell.begin] == ' ' && cell.begin > begin;
    });
    if (!named && prose) return false;
  }
  return true;
}

// "21.03.2024 10:00", seconds or milliseconds since 1970, or what iso_of_mail_date knows; else as it stands.
std::string iso_of_cell(std::string_view text) {
  text = ascii::trimmed(text);
  if (std::string iso = iso_of_mail_date(text); !iso.empty()) return iso;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) {
    if (text.size() == 13) number /= 1000;
    if (text.size() == 10 || text.size() == 13) return iso_time(number);
  }
  const auto two = [&](std::size_t at) {
    return at + 2 <= text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0 &&
           std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0;
  };
  if (text.size() >= 10 && two(0) && text[2] == '.' && two(3) && text[5] == '.' && two(6) && two(8)) {
    std::string day = fmt::format("{}-{}-{}", text.substr(6, 4), text.substr(3, 2), text.substr(0, 2));
    if (Date::parse(day)) return day;
  }
  return std::string(text.substr(0, 64));
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '=' || c == '%') {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out;
}

class TableSplit {
 public:
  TableSplit(const Item& container, const ContainerLimits& limits, const Give& give)
      : container_(container), bytes_(container.bytes), wanted_(wanted_of(limits.columns)), giver_(container, limits, give) {}

  void read() {
    const std::size_t begin = bytes_.size() - ascii::without_mark(bytes_).size();
    utf8_ = utf8::first_invalid(bytes_) == std::string_view::npos;
    if (bytes_.substr(begin).starts_with('{')) {
      read_lines(begin);
    } else {
      read_rows(begin);
    }
    if (damage_ > kMostRowDamage && !giver_.stopped()) {
      giver_.error(ErrorKind::kMalformed, "", fmt::format("{} more lines are damaged", damage_ - kMostRowDamage), "passed over");
    }
    if (giver_.items() == 0 && !keys_.empty() && !giver_.stopped()) {
      if (std::string missing = missing_of(keys_, wanted_); !missing.empty()) {
        refused_ = true;
        giver_.error(ErrorKind::kMalformed, "", std::move(missing), "nothing read; name them as the lines do");
      }
    }
    if (giver_.items() == 0 && damage_ == 0 && !refused_ && !giver_.stopped())
      giver_.error(ErrorKind::kMalformed, "", "a table without a row of text", "nothing to read in it");
    giver_.finish(empty_ == 0 ? std::string() : fmt::format("{}: {} rows without text passed over", container_.path, empty_));
  }

 private:
  void damaged(std::size_t line, std::string problem) {
    if (++damage_ <= kMostRowDamage) giver_.error(ErrorKind::kMalformed, fmt::format("line {}", line), std::move(problem), "passed over");
  }

  void read_rows(std::size_t begin) {
    const auto header = header_of(bytes_.substr(begin));
    if (!header) {
      giver_.error(ErrorKind::kMalformed, "line 1", "no header of a table", "nothing read");
      return;
    }
    const Chosen chosen = choose(header->names, wanted_);
    if (std::string missing = missing_of(header->names, wanted_); !missing.empty()) {
      refused_ = true;
      giver_.error(ErrorKind::kMalformed, "line 1", std::move(missing), "nothing read; name them as the header does");
      return;
    }
    if (!chosen[kText]) {
      refused_ = true;
      giver_.error(ErrorKind::kMalformed, "line 1", "no column of text", "nothing read; name it by --columns text=NAME");
      return;
    }
    std::string format = fmt::format("csv-row {:02x}", static_cast<unsigned>(static_cast<unsigned char>(header->delimiter)));
    for (const Column column : {kText, kTitle}) {
      if (chosen[column]) format += fmt::format(" {}={}", kColumnNames[column], *chosen[column]);
    }
    std::size_t line = 1 + lines_in(begin, begin + header->end);
    for (std::size_t at = begin + header->end; at < bytes_.size() && !giver_.stopped();) {
      const std::size_t row = at;
      const std::size_t row_line = line;
      bool closed = true;
      const std::vector<TableCell> cells = table_cells(bytes_, at, header->delimiter, closed, kLargestRow);
      if (!closed) {
        const std::size_t end = bytes_.find('\n', row);
        at = end == std::string_view::npos ? bytes_.size() : end + 1;
        damaged(row_line, "a quote does not close");
        if (damage_ > kMostRowDamage) {  // each may cost a look at the largest row
          giver_.error(ErrorKind::kLimit, fmt::format("line {}", row_line), "too many quotes that do not close", "the rest is not read");
          damage_ = kMostRowDamage;
          return;
        }
        ++line;
        continue;
      }
      line += lines_in(row, at);
      std::size_t end = at;
      while (end > row && (bytes_[end - 1] == '\n' || bytes_[end - 1] == '\r')) --end;
      if (end == row) continue;
      const auto cell = [&](Column column) {
        if (!chosen[column] || *chosen[column] >= cells.size()) return std::string();
        return std::string(ascii::trimmed(cell_text(bytes_, cells[*chosen[column]])));
      };
      if (cell(kText).empty()) {
        ++empty_;
        continue;
      }
      ++number_;
      OpenedItem out = member_item(container_, std::to_string(number_), fmt::format("row {}", number_), format, row, end - row);
      if (cells.size() != header->names.size()) {
        out.notes.push_back(fmt::format("line {}: {} cells where the header has {}", row_line, cells.size(), header->names.size()));
      }
      state(out.item.origin, cell);
      if (!giver_.item(std::move(out))) return;
    }
  }

  void read_lines(std::size_t begin) {
    std::size_t line = 0;
    for (std::size_t at = begin; at < bytes_.size() && !giver_.stopped();) {
      const std::size_t row = at;
      const std::string_view view = ascii::trimmed(line_of(bytes_, row));
      at = std::min(bytes_.size(), bytes_.find('\n', row) == std::string_view::npos ? bytes_.size() : bytes_.find('\n', row) + 1);
      ++line;
      if (view.empty()) continue;
      const auto keys = view.size() > kLargestRow ? std::nullopt : keys_of(view);
      if (!keys) {
        damaged(line, view.size() > kLargestRow ? "longer than a row may be" : "no whole JSON object");
        continue;
      }
      std::vector<std::string> names;
      for (const std::string& key : *keys) names.push_back(plain_name(key));
      if (wanted_ && giver_.items() == 0) {
        for (const std::string& name : names) {
          if (keys_.size() < kMostColumns && std::find(keys_.begin(), keys_.end(), name) == keys_.end()) keys_.push_back(name);
        }
      }
      const Chosen chosen = choose(names, wanted_);
      std::array<std::string, kColumns> values;
      JsonCursor cursor(view);
      cursor.open('{');
      std::size_t index = 0;
      for (std::string_view key; cursor.member(key); ++index) {
        std::string_view raw;
        const bool is_string = cursor.string(raw);
        if (!is_string && !cursor.scalar(raw)) cursor.skip();
        for (std::size_t c = 0; c < kColumns; ++c) {
          if (chosen[c] == index && raw != "null") values[c] = is_string ? unescaped(raw) : std::string(raw);
        }
      }
      if (ascii::trimmed(values[kText]).empty()) {
        ++empty_;
        continue;
      }
      std::string format = "jsonl-row";
      for (const Column column : {kText, kTitle}) {
        if (chosen[column]) format += fmt::format(" {}={}", kColumnNames[column], escaped((*keys)[*chosen[column]]));
      }
      ++number_;
      OpenedItem out = member_item(container_, std::to_string(number_), fmt::format("row {}", number_), std::move(format),
                                   static_cast<std::size_t>(view.data() - bytes_.data()), view.size());
      state(out.item.origin, [&](Column column) { return std::string(ascii::trimmed(values[column])); });
      if (!giver_.item(std::move(out))) return;
    }
  }

  template <class Cell>
  void state(Origin& origin, Cell cell) const {
    if (!cell(kDate).empty()) {
      origin.published = iso_of_cell(cell(kDate));
      origin.published_from = "table column date";
    }
    const std::string url = cell(kUrl).substr(0, kLargestCell);
    if (url.starts_with("http://") || url.starts_with("https://")) origin.url = url;
    if (!utf8_) return;  // the page stage guesses
    origin.title = cell(kTitle).substr(0, kLargestCell);
    origin.outlet = cell(kOutlet).substr(0, kLargestCell);
  }

  [[nodiscard]] std::size_t lines_in(std::size_t begin, std::size_t end) const {
    return static_cast<std::size_t>(
        std::count(bytes_.begin() + static_cast<std::ptrdiff_t>(begin), bytes_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  }

  const Item& container_;
  std::string_view bytes_;
  std::optional<Wanted> wanted_;
  MemberGiver giver_;
  std::uint64_t number_ = 0;
  std::uint64_t empty_ = 0;
  std::size_t damage_ = 0;
  std::vector<std::string> keys_;  // of JSON lines, where the user has named some
  bool refused_ = false;           // and said so
  bool utf8_ = true;
};

}  // namespace

bool looks_like_table(std::string_view head) { return looks(head, std::nullopt); }
bool looks_like_table_of(std::string_view head, std::string_view columns) { return looks(head, wanted_of(columns)); }

std::optional<std::string> columns_problem(std::string_view columns) {
  std::array<bool, kColumns> seen{};
  if (ascii::trimmed(columns).empty()) return "names no column";
  while (!columns.empty()) {
    const auto [column, name] = next_wanted(columns);
    if (!column) return fmt::format("\"{}\" is none of text=NAME, title=NAME, date=NAME, url=NAME, outlet=NAME", ascii::trimmed(name));
    if (ascii::trimmed(name).empty()) return fmt::format("{}= lacks the column's name", kColumnNames[*column]);
    if (seen[*column]) return fmt::format("{}= stands there twice", kColumnNames[*column]);
    seen[*column] = true;
  }
  return std::nullopt;
}

void split_table(const Item& container, const ContainerLimits& limits, const Give& give) { TableSplit(container, limits, give).read(); }

std::vector<TableCell> table_cells(std::string_view bytes, std::size_t& at, char delimiter, bool& closed, std::size_t most) {
  std::vector<TableCell> out;
  const std::size_t limit = most > bytes.size() - at ? bytes.size() : at + most;
  closed = true;
  for (;;) {
    TableCell cell{at, at, false};
    if (at < limit && bytes[at] == '"') {
      cell.quoted = true;
      cell.begin = ++at;
      for (;;) {
        const std::size_t quote = bytes.substr(0, limit).find('"', at);
        if (quote == std::string_view::npos) {
          closed = false;
          return out;
        }
        if (quote + 1 < limit && bytes[quote + 1] == '"') {
          at = quote + 2;
          continue;
        }
        cell.end = quote;
        at = quote + 1;
        break;
      }
    }
    // What stands behind a closed quote belongs to nothing.
    while (at < limit && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') ++at;
    if (!cell.quoted) cell.end = at;
    if (out.size() < kMostColumns) out.push_back(cell);
    if (at < limit && bytes[at] == delimiter) {
      ++at;
      continue;
    }
    if (at >= limit && limit < bytes.size()) {
      closed = false;
      return out;
    }
    if (at < limit && bytes[at] == '\r') ++at;
    if (at < limit && bytes[at] == '\n') ++at;
    return out;
  }
}

std::string cell_text(std::string_view bytes, const TableCell& cell) {
  const std::string_view inside = bytes.substr(cell.begin, cell.end - cell.begin);
  if (!cell.quoted) return std::string(inside);
  std::string out;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    out += inside[i];
    if (inside[i] == '"') ++i;
  }
  return out;
}

std::string row_parameter(std::string_view format, std::string_view name) {
  const std::string key = " " + std::string(name) + "=";
  const std::size_t at = format.find(key);
  if (at == std::string_view::npos) return {};
  const std::string_view value = format.substr(at + key.size(), format.find(' ', at + key.size()) - at - key.size());
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    unsigned code = 0;
    if (value[i] == '%' && i + 2 < value.size() &&
        std::from_chars(value.data() + i + 1, value.data() + i + 3, code, 16).ec == std::errc()) {
      out += static_cast<char>(code);
      i += 2;
    } else {
      out += value[i];
    }
  }
  return out;
}

}  // namespace litopys
