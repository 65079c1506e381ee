// Lists in a cell of a table or an option of a row: "a|b|c".
#pragma once

#include <algorithm>
#include <string_view>

namespace litopys {

// The pieces between `by`, in order, empty ones passed over. Linear.
template <class Use>
void each_piece(std::string_view list, char by, Use&& use) {
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(by, begin), list.size());
    if (end > begin) use(list.substr(begin, end - begin));
    begin = end + 1;
  }
}

}  // namespace litopys
