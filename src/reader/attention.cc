// In `attend_wide` pairs of neighbouring numbers lie in one lane of 32 bits, so that one instruction multiplies and adds two: dimensions of
// a key, keys of a value. Sums of whole numbers are exact, so that a window's outputs do not hang on what stands beside it.
#include "reader/attention.h"

#include <algorithm>
#include <limits>

#include "reader/encoder_kernels.h"

#if defined(__x86_64__)
#if !defined(__clang__)
// GCC 12 warns of what this header leaves undefined on purpose.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop
#else
#include <immintrin.h>
#endif
#endif

namespace litopys::kernels {

#if defined(__x86_64__)
namespace {

#define LITOPYS_VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))

constexpr std::size_t kRows = 8;   // queries at once,
constexpr std::size_t kKeys = 32;  // keys at once: sixteen sums stay in registers
// A query's and a key's largest number: 32 products of two such numbers stay below 2^31. A value's and a weight's: weights sum to one.
constexpr float kMostQuery = 8191.0F, kMostValue = 32767.0F;

LITOPYS_VNNI inline float largest_in(const float* rows, std::size_t count, std::size_t stride, std::size_t width) {
  __m512 largest = _mm512_setzero_ps();
  for (std::size_t t = 0; t < count; ++t) {
    for (std::size_t i = 0; i < width; i += 16) largest = _mm512_max_ps(largest, _mm512_abs_ps(_mm512_loadu_ps(rows + t * stride + i)));
  }
  return _mm512_reduce_max_ps(largest);
}

// 16 floats to 16 numbers of 16 bits.
LITOPYS_VNNI inline __m256i narrow(const float* from, __m512 by) {
  return _mm512_cvtepi32_epi16(_mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(from), by)));
}

// e^(x ln 2) for x of at most nothing, to 3e-6 of itself.
LITOPYS_VNNI inline __m512 power_of_two(__m512 x) {
  const __m512 whole = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC), r = _mm512_sub_ps(x, whole);
  __m512 p = _mm512_fmadd_ps(r, _mm512_set1_ps(0.0095701F), _mm512_set1_ps(0.05591787F));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.24024744F));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.6931218F));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.99999928F));
  return _mm512_scalef_ps(p, whole);
}

// kPairs: pairs of a head's numbers.
template <std::size_t kPairs>
class Head {
 public:
  Head(std::size_t tokens, AttentionRoom& room) : tokens_(tokens), padded_((tokens + kKeys - 1) / kKeys * kKeys), room_(room) {
    room.query.assign((tokens + kRows - 1) / kRows * kRows * kPairs, 0);
    room.key.assign(padded_ * kPairs, 0);
    room.value.assign(padded_ * kPairs, 0);
    room.scores.resize(kRows * padded_);
    room.weights.resize(kRows * padded_);
  }

  LITOPYS_VNNI void attend(const float* qkv, std::size_t stride, std::size_t hidden, float* out) {
    const float query = lay_out_queries(qkv, stride), key = lay_out_keys(qkv + hidden, stride),
                value = lay_out_values(qkv + 2 * hidden, stride);
    constexpr float kToTwo = 1.44269504F;  // powers of two instead of e
    for (std::size_t t = 0; t < tokens_; t += kRows) {
      score(t);
      for (std::size_t r = 0; r < kRows; ++r) weigh(r, query * key * kToTwo);
      add_up(out + t * hidden, std::min(kRows, tokens_ - t), hidden, value / kMostValue);
    }
  }

 private:
  static constexpr std::size_t kWidth = 2 * kPairs;

  // Each lays out its matrix and returns what one of its numbers is worth.
  LITOPYS_VNNI float lay_out_queries(const float* from, std::size_t stride) {
    const float largest = largest_in(from, tokens_, stride, kWidth);
    const __m512 by = _mm512_set1_ps(largest > 0 ? kMostQuery / largest : 0.0F);
    for (std::size_t t = 0; t < tokens_; ++t) {
      for (std::size_t i = 0; i < kPairs; i += 8) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(room_.query.data() + t * kPairs + i), narrow(from + t * stride + 2 * i, by));
      }
    }
    return largest / kMostQuery;
  }

  // Pair by pair, so that the same pair of many keys lies together.
  LITOPYS_VNNI float lay_out_keys(const float* from, std::size_t stride) {
    const float largest = largest_in(from, tokens_, stride, kWidth);
    const __m512 by = _mm512_set1_ps(largest > 0 ? kMostQuery / largest : 0.0F);
    const __m256i apart = _mm256_mullo_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32(static_cast<int>(padded_)));
    for (std::size_t t = 0; t < tokens_; ++t) {
      for (std::size_t i = 0; i < kPairs; i += 8) {
        _mm256_i32scatter_epi32(room_.key.data() + i * padded_ + t, apart, narrow(from + t * stride + 2 * i, by), 4);
      }
    }
    return largest / kMostQuery;
  }

  // Each pair a number of one token and of the next.
  LITOPYS_VNNI float lay_out_values(const float* from, std::size_t stride) {
    const float largest = largest_in(from, tokens_, stride, kWidth);
    const __m512 by = _mm512_set1_ps(largest > 0 ? kMostValue / largest : 0.0F);
    for (std::size_t t = 0; t < tokens_; t += 2) {
      for (std::size_t i = 0; i < kWidth; i += 16) {
        const __m512i low = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(from + t * stride + i), by));
        __m512i high = _mm512_setzero_si512();
        if (t + 1 < tokens_) high = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(from + (t + 1) * stride + i), by));
        const __m512i pair = _mm512_mask_blend_epi16(0xAAAAAAAAU, low, _mm512_slli_epi32(high, 16));
        _mm512_storeu_si512(room_.value.data() + t * kPairs + i, pair);
      }
    }
    return largest / kMostValue;
  }

  // Queries [t, t + kRows) by all keys, as whole numbers, and the largest of each row.
  LITOPYS_VNNI void score(std::size_t t) {
    const std::int32_t* query = room_.query.data() + t * kPairs;
    __m512i largest[kRows];
#pragma GCC unroll 8
    for (std::size_t r = 0; r < kRows; ++r) largest[r] = _mm512_set1_epi32(std::numeric_limits<std::int32_t>::min());
    for (std::size_t k = 0; k < padded_; k += kKeys) {
      __m512i left[kRows], right[kRows];
#pragma GCC unroll 8
      for (std::size_t r = 0; r < kRows; ++r) left[r] = right[r] = _mm512_setzero_si512();
#pragma GCC unroll 4
      for (std::size_t p = 0; p < kPairs; ++p) {
        const __m512i key_left = _mm512_loadu_si512(room_.key.data() + p * padded_ + k),
                      key_right = _mm512_loadu_si512(room_.key.data() + p * padded_ + k + 16);
#pragma GCC unroll 8
        for (std::size_t r = 0; r < kRows; ++r) {
          const __m512i pair = _mm512_set1_epi32(query[r * kPairs + p]);
          left[r] = _mm512_dpwssd_epi32(left[r], pair, key_left);
          right[r] = _mm512_dpwssd_epi32(right[r], pair, key_right);
        }
      }
      // Keys beyond the last are none.
      const std::uint32_t real = tokens_ - k >= kKeys ? ~0U : (1U << (tokens_ - k)) - 1U;
      const auto real_left = static_cast<__mmask16>(real), real_right = static_cast<__mmask16>(real >> 16U);
#pragma GCC unroll 8
      for (std::size_t r = 0; r < kRows; ++r) {
        largest[r] = _mm512_mask_max_epi32(largest[r], real_left, largest[r], left[r]);
        largest[r] = _mm512_mask_max_epi32(largest[r], real_right, largest[r], right[r]);
        _mm512_storeu_si512(room_.scores.data() + r * padded_ + k, left[r]);
        _mm512_storeu_si512(room_.scores.data() + r * padded_ + k + 16, right[r]);
      }
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < kRows; ++r) largest_[r] = _mm512_reduce_max_epi32(largest[r]);
  }

  // One row of scores, each worth `unit` in powers of two, to weights.
  LITOPYS_VNNI void weigh(std::size_t r, float unit) {
    float* row = room_.scores.data() + r * padded_;
    const __m512 by = _mm512_set1_ps(unit), shift = _mm512_set1_ps(static_cast<float>(largest_[r]) * unit);
    __m512 sum = _mm512_setzero_ps();
    for (std::size_t k = 0; k < padded_; k += 16) {
      const auto real = static_cast<__mmask16>(k >= tokens_ ? 0U : tokens_ - k >= 16 ? 0xFFFFU : (1U << (tokens_ - k)) - 1U);
      const __m512 x = _mm512_fmsub_ps(_mm512_cvtepi32_ps(_mm512_loadu_si512(row + k)), by, shift);
      const __m512 e = _mm512_maskz_mov_ps(real, power_of_two(x));
      sum = _mm512_add_ps(sum, e);
      _mm512_storeu_ps(row + k, e);
    }
    const __m512 share = _mm512_set1_ps(kMostValue / _mm512_reduce_add_ps(sum));
    for (std::size_t k = 0; k < padded_; k += 16) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(room_.weights.data() + r * padded_ + k), narrow(row + k, share));
    }
  }

  // The weighed sums of the values.
  LITOPYS_VNNI void add_up(float* out, std::size_t rows, std::size_t hidden, float unit) const {
    constexpr std::size_t kBlocks = kWidth / 16;
    __m512i sum[kRows * kBlocks];
#pragma GCC unroll 16
    for (std::size_t r = 0; r < kRows * kBlocks; ++r) sum[r] = _mm512_setzero_si512();
    for (std::size_t k = 0; k < padded_; k += 2) {
      __m512i value[kBlocks];
#pragma GCC unroll 2
      for (std::size_t b = 0; b < kBlocks; ++b) value[b] = _mm512_loadu_si512(room_.value.data() + k * kPairs + 16 * b);
#pragma GCC unroll 8
      for (std::size_t r = 0; r < kRows; ++r) {
        std::int32_t weights = 0;
        __builtin_memcpy(&weights, room_.weights.data() + r * padded_ + k, sizeof weights);
        const __m512i pair = _mm512_set1_epi32(weights);
#pragma GCC unroll 2
        for (std::size_t b = 0; b < kBlocks; ++b) sum[r * kBlocks + b] = _mm512_dpwssd_epi32(sum[r * kBlocks + b], pair, value[b]);
      }
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < kRows; ++r) {
      if (r >= rows) continue;
#pragma GCC unroll 2
      for (std::size_t b = 0; b < kBlocks; ++b) {
        _mm512_storeu_ps(out + r * hidden + 16 * b, _mm512_mul_ps(_mm512_cvtepi32_ps(sum[r * kBlocks + b]), _mm512_set1_ps(unit)));
      }
    }
  }

  std::size_t tokens_, padded_;
  AttentionRoom& room_;
  std::int32_t largest_[kRows] = {};
};

}  // namespace

bool attends_wide(std::size_t width) {
  return (width == 16 || width == 32) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni");
}

void attend_wide(const float* qkv, std::size_t tokens, std::size_t hidden, std::size_t heads, AttentionRoom& room, float* out) {
  const std::size_t width = hidden / heads;
  for (std::size_t at = 0; at < hidden; at += width) {
    if (width == 32) {
      Head<16>(tokens, room).attend(qkv + at, 3 * hidden, hidden, out + at);
    } else {
      Head<8>(tokens, room).attend(qkv + at, 3 * hidden, hidden, out + at);
    }
  }
}

#else

bool attends_wide(std::size_t) { return false; }
void attend_wide(const float*, std::size_t, std::size_t, std::size_t, AttentionRoom&, float*) {}

#endif

void attend_plainly(float* qkv, std::size_t tokens, std::size_t hidden, std::size_t heads, AttentionRoom& room, float* out,
                    const dnnl::engine& engine, dnnl::stream& stream) {
  using dnnl::memory;
  using DataType = memory::data_type;
  const auto h = static_cast<memory::dim>(hidden), n = static_cast<memory::dim>(heads), t = static_cast<memory::dim>(tokens);
  const memory::dim w = h / n;
  std::vector<float>& scores = room.scores;
  scores.resize(std::max(scores.size(), heads * tokens * tokens));
  const memory::desc q({n, t, w}, DataType::f32, memory::dims{w, 3 * h, 1}), k({n, w, t}, DataType::f32, memory::dims{w, 1, 3 * h}),
      v({n, t, w}, DataType::f32, memory::dims{w, 3 * h, 1}), s({n, t, t}, DataType::f32, memory::dims{t * t, t, 1}),
      o({n, t, w}, DataType::f32, memory::dims{w, h, 1});
  const auto multiply = [&](const memory::desc& a, float* a_at, const memory::desc& b, float* b_at, const memory::desc& c, float* c_at) {
    const dnnl::matmul::primitive_desc description(dnnl::matmul::desc(a, b, c), engine);
    dnnl::matmul(description)
        .execute(stream, {{DNNL_ARG_SRC, memory(a, engine, a_at)},
                          {DNNL_ARG_WEIGHTS, memory(b, engine, b_at)},
                          {DNNL_ARG_DST, memory(c, engine, c_at)}});
    stream.wait();
  };
  multiply(q, qkv, k, qkv + hidden, s, scores.data());
  softmax(scores.data(), heads * tokens, tokens);
  multiply(s, scores.data(), v, qkv + 2 * hidden, o, out);
}

}  // namespace litopys::kernels
