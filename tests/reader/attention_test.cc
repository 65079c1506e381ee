// Both ways of attending against the same sums in double numbers.
#include "reader/attention.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace litopys::kernels {
namespace {

struct Case {
  std::size_t tokens, hidden, heads;
};

std::vector<float> numbers(const Case& c) {
  std::mt19937 random(static_cast<unsigned>(c.tokens));
  std::vector<float> out(c.tokens * 3 * c.hidden);
  for (float& x : out) x = static_cast<float>(random() % 4001) / 1000.0F - 2.0F;
  return out;
}

std::vector<double> plainly(const Case& c, const std::vector<float>& qkv) {
  const std::size_t h = c.hidden, width = h / c.heads;
  std::vector<double> out(c.tokens * h);
  for (std::size_t head = 0; head < c.heads; ++head) {
    for (std::size_t t = 0; t < c.tokens; ++t) {
      std::vector<double> p(c.tokens);
      double sum = 0;
      for (std::size_t s = 0; s < c.tokens; ++s) {
        for (std::size_t i = head * width; i < (head + 1) * width; ++i) p[s] += double{qkv[t * 3 * h + i]} * qkv[s * 3 * h + h + i];
        sum += p[s] = std::exp(p[s]);
      }
      for (std::size_t s = 0; s < c.tokens; ++s) {
        for (std::size_t i = head * width; i < (head + 1) * width; ++i) out[t * h + i] += p[s] / sum * qkv[s * 3 * h + 2 * h + i];
      }
    }
  }
  return out;
}

double farthest(const std::vector<float>& a, const std::vector<double>& b) {
  double out = 0;
  for (std::size_t i = 0; i < b.size(); ++i) out = std::max(out, std::fabs(a[i] - b[i]));
  return out;
}

// One token, fewer than are taken at once, as many, one more, a whole window; a room that held something larger before.
constexpr Case kCases[] = {{256, 96, 3}, {1, 64, 2}, {7, 64, 2}, {8, 64, 2}, {32, 64, 2}, {33, 64, 2}, {33, 48, 3}, {40, 32, 2}};

TEST(Attention, OfWholeNumbersIsThatOfDoubleNumbers) {
  if (!attends_wide(16) || !attends_wide(32)) GTEST_SKIP() << "this processor has no AVX-512 VNNI";
  AttentionRoom room;
  for (const Case& c : kCases) {
    const std::vector<float> qkv = numbers(c);
    std::vector<float> out(c.tokens * c.hidden);
    attend_wide(qkv.data(), c.tokens, c.hidden, c.heads, room, out.data());
    EXPECT_LT(farthest(out, plainly(c, qkv)), 0.01) << c.tokens << " tokens of " << c.hidden;
  }
}

TEST(Attention, OfFloatsIsThatOfDoubleNumbers) {
  const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  dnnl::stream stream(engine);
  AttentionRoom room;
  for (const Case& c : kCases) {
    std::vector<float> qkv = numbers(c), out(c.tokens * c.hidden);
    attend_plainly(qkv.data(), c.tokens, c.hidden, c.heads, room, out.data(), engine, stream);
    EXPECT_LT(farthest(out, plainly(c, qkv)), 0.0001) << c.tokens << " tokens of " << c.hidden;
  }
}

// A window of nothing but zeros, as an empty one would be, divides by none.
TEST(Attention, OfNothingIsNothing) {
  if (!attends_wide(32)) GTEST_SKIP() << "this processor has no AVX-512 VNNI";
  AttentionRoom room;
  const std::vector<float> qkv(5 * 3 * 32);
  std::vector<float> out(5 * 32, 1.0F);
  attend_wide(qkv.data(), 5, 32, 1, room, out.data());
  EXPECT_EQ(out, std::vector<float>(5 * 32));
}

}  // namespace
}  // namespace litopys::kernels
