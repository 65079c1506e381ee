// The encoder against the same network written plainly in double numbers, with the weights' bytes as they are.
#include "reader/encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "reader/small_encoder.h"

namespace litopys {
namespace {

using Row = std::vector<double>;
using Rows = std::vector<Row>;

Row times(const ByteMatrix& m, const Row& x) {
  Row out(m.rows);
  for (std::size_t r = 0; r < m.rows; ++r) {
    for (std::size_t c = 0; c < m.columns; ++c) out[r] += m.weights[r * m.columns + c] * x[c];
    out[r] = out[r] * m.scale[r] + m.bias[r];
  }
  return out;
}

Row times(const FloatMatrix& m, const Row& x) {
  Row out(m.rows);
  for (std::size_t r = 0; r < m.rows; ++r) {
    for (std::size_t c = 0; c < m.columns; ++c) out[r] += m.weights[r * m.columns + c] * x[c];
    out[r] += m.bias[r];
  }
  return out;
}

Row norm(const LayerNorm& n, Row x, const Row& add) {
  double mean = 0, spread = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mean += (x[i] += add[i]) / static_cast<double>(x.size());
  for (const double v : x) spread += (v - mean) * (v - mean) / static_cast<double>(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = (x[i] - mean) / std::sqrt(spread + 1e-12) * n.weight[i] + n.bias[i];
  return x;
}

Row gelu(Row x) {
  for (double& v : x) v = v / 2 * (1 + std::erf(v / std::sqrt(2.0)));
  return x;
}

struct Plainly {
  Row outputs;
  std::vector<std::pair<Row, Row>> pointing;  // by slot: answers that are no word, tokens
};

// Softmax of the query's product with every token's key, nearness added; the first and the last token stand apart.
std::pair<Row, Row> points(const EncoderFile& f, const Window& w, const Window::Judged& j, const Row& middle, const Rows& x,
                           std::size_t slot) {
  const std::size_t h = f.head.hidden;
  const PointerWeights& p = f.pointer;
  Row scores;
  for (std::size_t a = slot * 3; a < slot * 3 + 3; ++a) {
    scores.push_back(p.absent.bias[a]);
    for (std::size_t i = 0; i < h; ++i) scores.back() += p.absent.weights[a * h + i] * middle[i];
  }
  for (std::size_t t = 1; t + 1 < x.size(); ++t) {
    double score = 0;
    for (std::size_t d = slot * 64; d < slot * 64 + 64; ++d) {
      double q = 0, k = 0;
      for (std::size_t i = 0; i < h; ++i) {
        q += p.query[d * h + i] * middle[i];
        k += p.key[d * h + i] * x[t][i];
      }
      score += q * k / 8;
    }
    std::ptrdiff_t sentence = -1, own = 0;  // which the token lies in, and which is judged
    for (std::size_t m = 0; m < w.marks.size(); ++m) {
      if (w.marks[m] <= t) sentence = static_cast<std::ptrdiff_t>(m);
      if (w.marks[m] == j.mark) own = static_cast<std::ptrdiff_t>(m);
    }
    const auto bucket = sentence < 0 ? 7 : std::clamp<std::ptrdiff_t>(sentence - own, -4, 2) + 4;
    scores.push_back(score + p.distance[slot * 8 + static_cast<std::size_t>(bucket)]);
  }
  double sum = 0;
  for (double& s : scores) sum += s = std::exp(s);
  for (double& s : scores) s /= sum;
  return {Row(scores.begin(), scores.begin() + 3), Row(scores.begin() + 3, scores.end())};
}

Plainly plainly(const EncoderFile& f, const Window& w, const Window::Judged& j) {
  const std::size_t h = f.head.hidden, width = h / f.head.heads;
  Rows x;
  for (std::size_t t = 0; t < w.tokens.size(); ++t) {
    Row row(h), nothing(h);
    for (std::size_t i = 0; i < h; ++i) row[i] = f.word[w.tokens[t] * h + i] * f.word_scale[w.tokens[t]] + f.position[t * h + i];
    x.push_back(norm(f.embedding, row, nothing));
  }
  for (const EncoderLayer& l : f.layers) {
    Rows qkv;
    for (const Row& row : x) qkv.push_back(times(l.qkv, row));
    for (std::size_t t = 0; t < x.size(); ++t) {
      Row context(h);
      for (std::size_t head = 0; head < f.head.heads; ++head) {
        Row p(x.size());
        double sum = 0;
        for (std::size_t s = 0; s < x.size(); ++s) {
          for (std::size_t i = head * width; i < (head + 1) * width; ++i) p[s] += qkv[t][i] * qkv[s][h + i];
          sum += p[s] = std::exp(p[s]);
        }
        for (std::size_t s = 0; s < x.size(); ++s) {
          for (std::size_t i = head * width; i < (head + 1) * width; ++i) context[i] += p[s] / sum * qkv[s][2 * h + i];
        }
      }
      x[t] = norm(l.after_attention, x[t], times(l.out, context));
      x[t] = norm(l.after_inner, x[t], times(l.down, gelu(times(l.up, x[t]))));
    }
  }
  Row pooled(2 * h);
  for (std::size_t t = j.begin; t < j.end; ++t) {
    for (std::size_t i = 0; i < h; ++i) pooled[i] += x[t][i] / (j.end - j.begin);
  }
  std::copy(x[j.mark].begin(), x[j.mark].end(), pooled.begin() + static_cast<std::ptrdiff_t>(h));
  const Row middle = gelu(times(f.inner, pooled));
  Plainly out{times(f.outer, middle), {}};
  for (std::size_t s = 0; f.head.points && s < 3; ++s) out.pointing.push_back(points(f, w, j, middle, x, s));
  return out;
}

class SmallEncoder : public testing::Test {
 protected:
  std::shared_ptr<const EncoderFile> file_ = *EncoderFile::from_bytes(small_encoder::sealed(small_encoder::body()), "own.model");
  Encoder encoder_{file_};

  static Window window(std::size_t length, std::uint32_t seed) {
    Window w;
    for (std::uint32_t t = 0; t < length; ++t) w.tokens.push_back((t * 7 + seed * 5 + t * t) % 16);
    const auto n = static_cast<std::uint32_t>(length);
    w.judged.push_back({0, 1, 2, n / 2});
    w.judged.push_back({1, n / 2, n / 2 + 1, n - 1});
    return w;
  }
};

TEST_F(SmallEncoder, SaysWhatTheSameNetworkSaysInDoubleNumbers) {
  double largest = 0, size = 0;
  for (std::uint32_t seed = 0; seed < 8; ++seed) {
    const Window w = window(9 + 5 * seed, seed);
    const std::vector<float> got = encoder_.outputs({&w, 1}).numbers;
    ASSERT_EQ(got.size(), 2 * small_encoder::kOutputs);
    for (std::size_t j = 0; j < 2; ++j) {
      const Row expected = plainly(*file_, w, w.judged[j]).outputs;
      for (std::size_t o = 0; o < expected.size(); ++o) {
        largest = std::max(largest, std::fabs(got[j * small_encoder::kOutputs + o] - expected[o]));
        size = std::max(size, std::fabs(expected[o]));
      }
    }
  }
  EXPECT_GT(size, 0.5);
  EXPECT_LT(largest, 0.06);  // activations are bytes
}

TEST_F(SmallEncoder, SaysTheSameOfAWindowWhateverStandsBesideIt) {
  std::vector<Window> windows;
  for (std::uint32_t seed = 0; seed < 40; ++seed) windows.push_back(window(5 + seed, seed));
  const std::vector<float> together = encoder_.outputs(windows).numbers;
  std::vector<float> alone;
  for (const Window& w : windows) {
    const std::vector<float> one = encoder_.outputs({&w, 1}).numbers;
    alone.insert(alone.end(), one.begin(), one.end());
  }
  EXPECT_EQ(together, alone);
}

TEST_F(SmallEncoder, SaysTheSameInEveryThread) {
  std::vector<Window> windows;
  for (std::uint32_t seed = 0; seed < 10; ++seed) windows.push_back(window(30, seed));
  const Encoder fresh(file_);  // so that the threads race for what is made at first use
  std::vector<std::vector<float>> got(4);
  std::vector<std::thread> threads;
  for (std::vector<float>& one : got) threads.emplace_back([&] { one = fresh.outputs(windows).numbers; });
  for (std::thread& t : threads) t.join();
  for (const std::vector<float>& one : got) EXPECT_EQ(one, encoder_.outputs(windows).numbers);
}

TEST_F(SmallEncoder, PointsWhereTheSameNetworkPointsInDoubleNumbers) {
  const std::shared_ptr<const EncoderFile> file = *EncoderFile::from_bytes(
      small_encoder::sealed(small_encoder::body(small_encoder::head_lines() + small_encoder::kPointer)), "own.model");
  const Encoder encoder(file);
  double largest = 0, most = 0;
  for (std::uint32_t seed = 0; seed < 8; ++seed) {
    Window w = window(9 + 4 * seed, seed);
    const auto n = static_cast<std::uint32_t>(w.tokens.size());
    w.marks = {1, n / 2};
    // Every second token goes on with the word before it.
    for (std::uint32_t t = 0; t < n; ++t) w.words.push_back(t == 0 || t + 1 == n ? Span{} : Span{t / 2 * 10, t / 2 * 10 + 5});
    const EncoderOutputs got = encoder.outputs({&w, 1});
    ASSERT_EQ(got.pointing.size(), w.judged.size());
    for (std::size_t j = 0; j < w.judged.size(); ++j) {
      const Plainly expected = plainly(*file, w, w.judged[j]);
      ASSERT_EQ(got.pointing[j].size(), kPointerSlots);
      for (std::size_t s = 0; s < kPointerSlots; ++s) {
        const auto& [absent, tokens] = expected.pointing[s];
        for (std::size_t a = 0; a < kPointerAbsent; ++a) largest = std::max(largest, std::fabs(got.pointing[j][s].absent[a] - absent[a]));
        for (std::uint32_t t = 1; t + 1 < n; ++t) {
          if (t > 1 && w.words[t] == w.words[t - 1]) continue;
          double of_word = 0;
          for (std::uint32_t k = t; k + 1 < n && w.words[k] == w.words[t]; ++k) of_word += tokens[k - 1];
          most = std::max(most, of_word);
          const double said = got.pointing[j][s].of(w.words[t]);
          if (said != 0 || of_word > 2 * kLeastPointed) largest = std::max(largest, std::fabs(said - of_word));
        }
      }
    }
  }
  EXPECT_GT(most, 0.2);
  EXPECT_LT(largest, 0.06);  // activations are bytes
}

TEST_F(SmallEncoder, PointsNowhereWithoutAPointer) {
  Window w = window(12, 1);
  w.words.resize(w.tokens.size());
  EXPECT_THAT(encoder_.outputs({&w, 1}).pointing, testing::IsEmpty());
}

TEST_F(SmallEncoder, SaysNothingOfNothing) { EXPECT_THAT(encoder_.outputs({}).numbers, testing::IsEmpty()); }

}  // namespace
}  // namespace litopys
