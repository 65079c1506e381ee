#include "claim/weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace litopys {

SignWeight sign_weight(const std::string& word) {
  const std::size_t equal = word.find('=');
  if (equal == std::string::npos) return {};
  return {std::string_view(word).substr(0, equal), std::strtof(word.c_str() + equal + 1, nullptr)};
}

std::string shares_text(const std::vector<SignShare>& shares) {
  std::string out;
  for (const SignShare& sign : shares) out += fmt::format("{}{} {:+.1f}", out.empty() ? "" : "; ", sign.name, sign.share);
  return out;
}

std::string largest_shares(std::vector<SignShare> shares) {
  constexpr std::size_t kMost = 4;
  constexpr float kLeast = 0.3F;
  std::erase_if(shares, [](const SignShare& sign) { return !(sign.share >= kLeast); });
  std::ranges::stable_sort(shares, [](const SignShare& a, const SignShare& b) { return a.share > b.share; });
  if (shares.size() > kMost) shares.resize(kMost);
  return shares_text(shares);
}

}  // namespace litopys
