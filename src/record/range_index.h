// Facts by a range of days, asked for those near another range.
#pragma once

#include <algorithm>
#include <vector>

#include "record/words.h"

namespace litopys {

class RangeIndex {
 public:
  // Ranges that are not known are left out.
  void add(DayRange range, FactId fact) {
    if (range.known()) entries_.push_back({range, fact});
  }
  void build() {
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) { return a.range.last != b.range.last ? a.range.last < b.range.last : a.fact < b.fact; });
    for (const Entry& e : entries_) longest_ = std::max(longest_, static_cast<DayNumber>(e.range.last - e.range.first));
  }
  // Calls visit(fact) for those at most `days` apart from `range`, by their last days.
  template <class Visit>
  void near(DayRange range, DayNumber days, Visit visit) const {
    if (!range.known()) return;
    auto at = std::lower_bound(entries_.begin(), entries_.end(), range.first - days,
                               [](const Entry& e, DayNumber day) { return e.range.last < day; });
    for (; at != entries_.end() && at->range.last - longest_ <= range.last + days; ++at) {
      if (apart(at->range, range) <= days) visit(at->fact);
    }
  }

 private:
  struct Entry {
    DayRange range;
    FactId fact;
  };
  std::vector<Entry> entries_;
  DayNumber longest_ = 0;
};

}  // namespace litopys
