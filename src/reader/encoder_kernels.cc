// Sixteen lanes at a time, written as vectors so that no compiler has to see it; each function once more for AVX2 and AVX-512.
#include "reader/encoder_kernels.h"

#include <bit>
#include <cmath>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define LITOPYS_WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LITOPYS_WIDE
#endif

namespace litopys::kernels {
namespace {

constexpr std::size_t kLanes = 16;
using Lanes = float __attribute__((vector_size(64)));
using Whole = std::int32_t __attribute__((vector_size(64)));
using Bytes = std::uint8_t __attribute__((vector_size(16)));

#define LITOPYS_INLINE [[gnu::always_inline]] inline

LITOPYS_INLINE Lanes load(const float* from) {
  Lanes out;
  std::memcpy(&out, from, sizeof out);
  return out;
}
LITOPYS_INLINE void store(float* to, const Lanes& v) { std::memcpy(to, &v, sizeof v); }
// The first `count` numbers, `rest` in the other lanes.
LITOPYS_INLINE Lanes load_some(const float* from, std::size_t count, float rest) {
  Lanes out = Lanes{} + rest;
  std::memcpy(&out, from, count * sizeof(float));
  return out;
}
LITOPYS_INLINE Lanes absolute(const Lanes& v) { return std::bit_cast<Lanes>(std::bit_cast<Whole>(v) & 0x7FFFFFFF); }
LITOPYS_INLINE Lanes larger(const Lanes& a, const Lanes& b) { return a > b ? a : b; }
LITOPYS_INLINE float sum_of(const Lanes& v) {
  float a[8];
  for (int i = 0; i < 8; ++i) a[i] = v[i] + v[i + 8];
  for (int i = 0; i < 4; ++i) a[i] += a[i + 4];
  return (a[0] + a[2]) + (a[1] + a[3]);
}
LITOPYS_INLINE float largest_of(const Lanes& v) {
  float out = v[0];
  for (std::size_t i = 1; i < kLanes; ++i) out = v[i] > out ? v[i] : out;
  return out;
}

// e^x to 2e-7 of itself, from -87 to 88; below it is next to nothing.
LITOPYS_INLINE Lanes exp_of(Lanes x) {
  x = larger(x, Lanes{} - 87.0F);
  x = x < 88.0F ? x : Lanes{} + 88.0F;
  // 1.5 * 2^23 added: the sum's last bits are the nearest whole number.
  const Lanes whole = (x * 1.44269504F + 12582912.0F) - 12582912.0F;
  const Lanes r = (x - whole * 0.693359375F) - whole * -2.12194440e-4F;
  const Lanes p = 1.0F + r * (1.0F + r * (0.5F + r * (0.166666657F + r * (0.0416657962F + r * (0.00833345205F + r * 0.00139337571F)))));
  const Whole exponent = __builtin_convertvector(whole, Whole) + 127;
  return p * std::bit_cast<Lanes>(exponent << 23);
}

LITOPYS_INLINE Lanes gelu_of(const Lanes& v) {
  const Lanes z = absolute(v) * 0.707106781F;
  const Lanes t = 1.0F / (1.0F + 0.3275911F * z);
  const Lanes p = t * (0.254829592F + t * (-0.284496736F + t * (1.421413741F + t * (-1.453152027F + t * 1.061405429F))));
  const Lanes tail = p * exp_of(-z * z);  // 1 - erf(z)
  const Lanes half = 0.5F * v * tail;
  return v >= 0.0F ? v - half : half;
}

}  // namespace

LITOPYS_WIDE
void quantise(const float* x, std::size_t rows, std::size_t columns, float most, std::uint8_t* out, float* scale) {
  for (std::size_t r = 0; r < rows; ++r) {
    const float* in = x + r * columns;
    std::uint8_t* to = out + r * columns;
    Lanes lanes{};
    for (std::size_t i = 0; i < columns; i += kLanes) lanes = larger(absolute(load(in + i)), lanes);
    const float largest = largest_of(lanes);
    const float by = largest > 0 ? most / largest : 0.0F;
    scale[r] = largest / most;
    for (std::size_t i = 0; i < columns; i += kLanes) {
      const Bytes bytes = __builtin_convertvector(__builtin_convertvector(load(in + i) * by + 128.5F, Whole), Bytes);
      std::memcpy(to + i, &bytes, sizeof bytes);
    }
  }
}

LITOPYS_WIDE
void dequantise(const std::int32_t* sum, std::size_t rows, std::size_t columns, const std::int32_t* weight_sum, const float* row_scale,
                const float* scale, const float* bias, float* out) {
  for (std::size_t r = 0; r < rows; ++r) {
    const std::int32_t* in = sum + r * columns;
    float* to = out + r * columns;
    const float by = row_scale[r];
    for (std::size_t n = 0; n < columns; ++n) {
      to[n] = static_cast<float>(in[n] - 128 * weight_sum[n]) * (by * scale[n]) + bias[n];
    }
  }
}

LITOPYS_WIDE
void gelu(float* x, std::size_t count) {
  const std::size_t wide = count / kLanes * kLanes;
  for (std::size_t i = 0; i < wide; i += kLanes) store(x + i, gelu_of(load(x + i)));
  if (wide < count) {
    const Lanes last = gelu_of(load_some(x + wide, count - wide, 0.0F));
    std::memcpy(x + wide, &last, (count - wide) * sizeof(float));
  }
}

LITOPYS_WIDE
void add_norm(float* x, const float* y, std::size_t rows, std::size_t columns, const float* weight, const float* bias, float epsilon) {
  for (std::size_t r = 0; r < rows; ++r) {
    float* row = x + r * columns;
    Lanes lanes{};
    if (y != nullptr) {
      const float* add = y + r * columns;
      for (std::size_t i = 0; i < columns; ++i) row[i] += add[i];
    }
    for (std::size_t i = 0; i < columns; i += kLanes) lanes += load(row + i);
    const float mean = sum_of(lanes) / static_cast<float>(columns);
    lanes = Lanes{};
    for (std::size_t i = 0; i < columns; i += kLanes) {
      const Lanes d = load(row + i) - mean;
      lanes += d * d;
    }
    const float by = 1.0F / std::sqrt(sum_of(lanes) / static_cast<float>(columns) + epsilon);
    for (std::size_t i = 0; i < columns; ++i) row[i] = (row[i] - mean) * by * weight[i] + bias[i];
  }
}

LITOPYS_WIDE
void softmax(float* x, std::size_t rows, std::size_t columns) {
  constexpr float kNothing = -1e30F;
  const std::size_t wide = columns / kLanes * kLanes, rest = columns - wide;
  for (std::size_t r = 0; r < rows; ++r) {
    float* row = x + r * columns;
    Lanes lanes = Lanes{} + kNothing;
    for (std::size_t i = 0; i < wide; i += kLanes) lanes = larger(load(row + i), lanes);
    if (rest > 0) lanes = larger(load_some(row + wide, rest, kNothing), lanes);
    const float largest = largest_of(lanes);
    lanes = Lanes{};
    for (std::size_t i = 0; i < wide; i += kLanes) {
      const Lanes e = exp_of(load(row + i) - largest);
      lanes += e;
      store(row + i, e);
    }
    Lanes last{};
    if (rest > 0) {
      last = exp_of(load_some(row + wide, rest, kNothing) - largest);
      for (std::size_t i = rest; i < kLanes; ++i) last[i] = 0.0F;
      lanes += last;
    }
    const float by = 1.0F / sum_of(lanes);
    for (std::size_t i = 0; i < wide; i += kLanes) store(row + i, load(row + i) * by);
    last *= by;
    std::memcpy(row + wide, &last, rest * sizeof(float));
  }
}

LITOPYS_WIDE
float dot(const float* a, const float* b, std::size_t n) {
  Lanes lanes{};
  const std::size_t wide = n / kLanes * kLanes;
  for (std::size_t i = 0; i < wide; i += kLanes) lanes += load(a + i) * load(b + i);
  float out = sum_of(lanes);
  for (std::size_t i = wide; i < n; ++i) out += a[i] * b[i];
  return out;
}

}  // namespace litopys::kernels
