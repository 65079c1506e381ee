// Figures over time as an SVG: one mark a saying, coloured by side, drawn with its bound and with the days that it may mean.
#pragma once

#include <string>
#include <vector>

#include "base/edtf.h"
#include "base/language.h"
#include "claim/claim.h"
#include "record/record.h"
#include "report/report.h"

namespace litopys {

// One statement of the record, told by its voice.
struct FigurePoint {
  Figure figure;
  std::string originator;  // for the label; the outlet where it speaks itself
  Side side = Side::unknown;
  Day first{}, last{};      // the days that it may mean; equal where the day is known
  Day at{};                 // where the mark stands: a total at the end of its period, a vague date in its middle
  bool dated = true;        // false: only its publication dates it
  bool whole = true;        // about the occupied territories (or the Donbas) as a whole, not a part
  std::size_t outlets = 1;  // that carry it
  std::string href;         // the voice's anchor
  std::string title;        // for the tooltip
};

// The statements with an asserted figure of `measure` in people or passports (or in percent), oldest first.
[[nodiscard]] std::vector<FigurePoint> figure_points(const Record& record, std::string_view measure, bool percent, const NameLookup& names,
                                                     Language language);

// The picture; empty string where there is no point. `bands`: what the figures of each side leave open, drawn behind the points; sides
// whose figures cannot all be true have none and are named below.
[[nodiscard]] std::string figures_svg(const std::vector<FigurePoint>& points, bool percent, Language language,
                                      const std::vector<Band>& bands = {});

// The days that a claim's time may mean: of "../D" and "D/.." the day D, of an interval both ends; else its publication.
// nullopt where neither is known.
[[nodiscard]] std::optional<std::pair<Day, Day>> days_of(const Claim& claim, const ClaimDocument& document);

// The colour of a side on paper and on a screen, told apart by people who see few colours.
[[nodiscard]] std::string_view colour(Side side);

}  // namespace litopys
