// Figures over time: one point a statement of the record, whoever carries it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/edtf.h"
#include "record/record.h"
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
  std::vector<std::string> carriers;  // relays and outlets, or ids of documents without one; without the originator itself
  std::vector<std::string> claims;    // "document#3", in the record's order
  std::string statement;              // id
};

// Units that are counted together: persons and passports under issuance, persons, passports and applications under application.
[[nodiscard]] Unit series_unit(std::string_view measure, Unit unit);

// The statements with a figure and a date of which one claim passes, as their voices tell them, by last day, first day, value.
[[nodiscard]] std::vector<SeriesEntry> series_of(const Record& record, const std::function<bool(const std::string& claim)>& passes);

// True where a claim belongs to the series of `place`: it is about exactly that place, or about several regions of it as one (the Donbas in
// the occupied territories).
[[nodiscard]] bool in_series_of(const std::vector<std::string>& places, std::string_view place);

}  // namespace litopys
