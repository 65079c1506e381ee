// Learned sums over named signs (rows of kind `weights`): how such a row is read, and how what weighed most is told.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/vocabulary.h"

namespace litopys {

// A word "title=1.21" of a row; name is empty where the word has no "=".
struct SignWeight {
  std::string_view name;
  float value = 0;
};
[[nodiscard]] SignWeight sign_weight(const std::string& word);

// Adds the weights that the words give to those of their signs; a name that is no sign has no meaning here.
template <class Sign, std::size_t N>
void add_weights(const std::vector<std::string>& words, std::array<float, N>& into) {
  for (const std::string& word : words) {
    const SignWeight weight = sign_weight(word);
    if (const auto sign = parse_name<Sign>(weight.name)) into[static_cast<std::size_t>(*sign)] += weight.value;
  }
}

// What one sign adds to a sum.
struct SignShare {
  float share = 0;
  std::string_view name;
};

// "top_name +2.0; share_part +1.1": as they stand.
[[nodiscard]] std::string shares_text(const std::vector<SignShare>& shares);

// The same of those that are worth telling: the largest first, at most four.
[[nodiscard]] std::string largest_shares(std::vector<SignShare> shares);

}  // namespace litopys
