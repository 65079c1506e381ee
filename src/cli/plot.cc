#include "cli/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/claim_text.h"
#include "cli/terminal.h"

namespace litopys {
namespace {

constexpr const char* kPlainText = "\x1b[0m";

struct Cell {
  const char* mark = " ";
  Side side = Side::unknown;
};

struct Field {
  int columns, rows;
  std::vector<Cell> cells;

  Field(int wide, int high) : columns(wide), rows(high), cells(static_cast<std::size_t>(wide) * static_cast<std::size_t>(high)) {}
  void put(int x, int y, const char* mark, Side side) {
    if (x < 0 || y < 0 || x >= columns || y >= rows) return;
    cells[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(x)] = {mark, side};
  }
};

// 1, 2 or 5 times a power of ten, so that there are at most `most` steps up to `top`.
double step_for(double top, int most) {
  double step = std::pow(10.0, std::floor(std::log10(top)) - 1);
  while (true) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (top / (step * factor) <= most) return step * factor;
    }
    step *= 10;
  }
}

const char* mark_of(Bound bound) {
  switch (bound) {
    case Bound::about: return "◆";
    case Bound::over:
    case Bound::at_least: return "▲";
    case Bound::under:
    case Bound::at_most: return "▼";
    case Bound::exact:
    case Bound::several:
    case Bound::range: break;
  }
  return "●";
}

double approximate(Amount amount) {
  constexpr double kBillionth = 1e-9;
  return static_cast<double>(amount.billionths()) * kBillionth;
}

}  // namespace

std::string_view ansi_colour(Side side) {
  switch (side) {
    case Side::russia: return "\x1b[31m";
    case Side::ukraine: return "\x1b[34m";
    case Side::international:
    case Side::foreign_state: return "\x1b[36m";
    case Side::ngo: return "\x1b[32m";
    case Side::media:
    case Side::outlet: return "\x1b[33m";
    case Side::resident: return "\x1b[35m";
    case Side::unknown: break;
  }
  return "";
}

std::string plot(const std::vector<SeriesEntry>& points, const PlotOptions& options, const std::vector<Band>& bands) {
  if (points.empty()) return {};
  double top = 0;
  Day begin = points.front().first;
  Day end = points.front().last;
  for (const SeriesEntry& point : points) {
    top = std::max(top, point.interval.high ? point.interval.high->approximate() : point.figure.value.approximate());
    begin = std::min(begin, point.first);
    end = std::max(end, point.last);
  }
  if (!(top > 0)) top = 1;
  const double step = step_for(top, std::max(2, options.height / 3));
  const double scale_top = std::ceil(top / step) * step;
  // Whole years, so that the axis has its names where they belong.
  const auto year_of = [](Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); };
  const auto new_year = [](int year) { return Day(std::chrono::year(year) / std::chrono::January / 1); };
  const int first_year = year_of(begin);
  const int last_year = year_of(end) + 1;
  const double days = static_cast<double>((new_year(last_year) - new_year(first_year)).count());

  int label_width = 1;
  const int steps = static_cast<int>(std::lround(scale_top / step));
  std::vector<std::string> labels;
  for (int i = 0; i <= steps; ++i) {
    const std::string number = step >= 1 ? fmt::format("{:.0f}", step * i) : fmt::format("{:g}", step * i);
    const std::optional<Decimal> value = Decimal::parse(number);
    labels.push_back(value ? grouped_digits(*value) : number);
    label_width = std::max(label_width, columns_of(labels.back()));
  }
  Field field(std::max(20, options.width - label_width - 3), std::max(4, options.height));
  const auto x_of = [&](Day day) {
    return static_cast<int>(std::lround(static_cast<double>((day - new_year(first_year)).count()) / days * (field.columns - 1)));
  };
  const auto y_of = [&](double value) {
    return field.rows - 1 - static_cast<int>(std::lround(std::clamp(value / scale_top, 0.0, 1.0) * (field.rows - 1)));
  };

  // Between two days that are named, the total is at least what it was on the first and at most what it is on the second.
  bool shaded = false;
  for (std::size_t i = 0; i + 1 < bands.size(); ++i) {
    const Band& from = bands[i];
    const Band& to = bands[i + 1];
    if (!leaves_open(from, to)) continue;
    const int low = y_of(approximate(from.low));
    const int high = to.high ? y_of(approximate(*to.high)) : low;
    for (int x = x_of(from.at); x <= x_of(to.at); ++x) {
      for (int row = high; row <= low; ++row) field.put(x, row, "░", *from.side);
    }
    shaded = true;
  }
  // Doubt first, marks over it, so that a mark is never hidden by another's doubt.
  for (const SeriesEntry& point : points) {
    const int y = y_of(point.figure.value.approximate());
    for (int x = x_of(point.first); x <= x_of(point.last) && point.first != point.last; ++x) field.put(x, y, "╌", point.side);
    const int at = x_of(point.last);
    const bool band = point.figure.bound == Bound::range || point.figure.bound == Bound::several || point.figure.bound == Bound::about;
    if (band && point.interval.high) {
      for (int row = y_of(point.interval.high->approximate()); row <= y_of(point.interval.low.approximate()); ++row)
        field.put(at, row, "┃", point.side);
    }
    if (!point.interval.high && y > 0) field.put(at, y - 1, "╵", point.side);
    if (mark_of(point.figure.bound) == std::string_view("▼")) field.put(at, y + 1, "╷", point.side);
  }
  for (const SeriesEntry& point : points) {
    const bool band = point.figure.bound == Bound::range || point.figure.bound == Bound::several;
    if (!band)
      field.put(x_of(point.last), y_of(point.figure.value.approximate()), point.dated ? mark_of(point.figure.bound) : "○", point.side);
  }

  std::string out;
  for (int row = 0; row < field.rows; ++row) {
    std::string label;
    bool tick = false;
    for (int i = 0; i <= steps; ++i) {
      if (y_of(step * i) == row) label = labels[static_cast<std::size_t>(i)], tick = true;
    }
    std::string line = fitted(label, label_width, true) + (tick ? " ┤" : " │");
    for (int x = 0; x < field.columns; ++x) {
      const Cell& cell = field.cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(field.columns) + static_cast<std::size_t>(x)];
      const std::string_view colour = options.colours ? ansi_colour(cell.side) : std::string_view();
      if (!colour.empty() && cell.mark[0] != ' ') {
        line.append(colour).append(cell.mark).append(kPlainText);
      } else {
        line += cell.mark;
      }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  std::string axis = std::string(static_cast<std::size_t>(label_width), ' ') + " └";
  std::string years(static_cast<std::size_t>(label_width) + 2, ' ');
  for (int x = 0, year = first_year; x < field.columns; ++x) {
    if (year > last_year || x_of(new_year(year)) != x) {
      axis += "─";
      continue;
    }
    axis += "┬";
    const std::size_t column = static_cast<std::size_t>(label_width) + 2 + static_cast<std::size_t>(x);
    const std::string text = std::to_string(year);
    if ((x == 0 || years.size() < column) && x + static_cast<int>(text.size()) <= field.columns)
      years += std::string(column - years.size(), ' ') + text;
    while (year <= last_year && x_of(new_year(year)) == x) ++year;
  }
  out += axis + "\n" + years + "\n";
  out += "● exact  ◆ about  ▲ over, at least  ▼ under, at most  ┃ range  ╌ days that it may mean  ○ dated by its document only";
  if (shaded) out += "  ░ what a side's figures leave open";
  return out + "\n";
}

}  // namespace litopys
