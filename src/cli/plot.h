// Figures over time drawn with characters: each point with its bound and with the days that it may stand on.
//
//   4 000 000 ┤                                  ▲
//             │                        ▲         │
//   2 000 000 ┤             ╌╌╌●╌╌╌
//             │
//           0 └┬───────────┬───────────┬───────────┬
//             2022        2023        2024        2025
#pragma once

#include <string>
#include <vector>

#include "record/record.h"
#include "store/series.h"

namespace litopys {

struct PlotOptions {
  int width = 100;       // columns in all
  int height = 16;       // rows of the field
  bool colours = false;  // by side
};

// Several lines with line ends and a legend; empty where there is no point. Marks: ● exact, ◆ about, ▲ over or at least (open upwards), ▼
// under or at most (open downwards), ┃ range or several, ╌ days that are not certain. Points in one cell: the last drawn wins, the table
// above has them all.
// `bands`: what the figures of each side leave open, ░ behind the points; those without an upper end show their lower edge.
[[nodiscard]] std::string plot(const std::vector<SeriesEntry>& points, const PlotOptions& options, const std::vector<Band>& bands = {});

// ANSI colour of a side, for table and plot.
[[nodiscard]] std::string_view ansi_colour(Side side);

}  // namespace litopys
