// Figures of one measure and place over time. The grouping is simple for now: claims of one originator with one figure and one time are one
// point, whoever carries it. The record stage (RECORD.md) will put its statements behind this function.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/edtf.h"
#include "store/interval.h"
#include "store/store.h"

namespace litopys {

struct SeriesEntry {
  Figure figure;
  Interval interval;
  std::string place;       // place_key of its codes: "UA-TOT"
  std::string when;        // EDTF as claimed; empty where only the document's date is known
  Day first{}, last{};     // the days that it may stand on; equal where the day is known
  bool dated = true;       // false: only the document dates it
  std::string originator;  // the outlet, or the document's id, where it speaks itself
  Side side = Side::unknown;
  Stance stance = Stance::asserted;
  Credence credence = Credence::plain;
  std::vector<std::string> carriers;  // outlets, or ids of documents without one, in order of taking in; without the originator itself
  std::vector<std::string> claims;    // "document#3", in order of taking in
};

// Units that are counted together: persons and passports under issuance, persons, passports and applications under application.
[[nodiscard]] Unit series_unit(std::string_view measure, Unit unit);

// The points of the rows that have a figure and a date, by first day, then value. Rows without a date are left out.
[[nodiscard]] std::vector<SeriesEntry> series_of(const std::vector<ClaimRow>& rows);

// True where a claim belongs to the series of `place`: it is about exactly that place, or about several regions of it as one (the Donbas in
// the occupied territories).
[[nodiscard]] bool in_series_of(const std::vector<std::string>& places, std::string_view place);

}  // namespace litopys
