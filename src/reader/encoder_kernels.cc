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
// Halves upon halves: few steps that hang on each other.
#define LITOPYS_TURNED(v, ...) __builtin_shufflevector(v, v, __VA_ARGS__)
LITOPYS_INLINE Lanes by_eight(const Lanes& v) { return LITOPYS_TURNED(v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7); }
LITOPYS_INLINE Lanes by_four(const Lanes& v) { return LITOPYS_TURNED(v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11); }
LITOPYS_INLINE Lanes by_two(const Lanes& v) { return LITOPYS_TURNED(v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13); }
LITOPYS_INLINE Lanes by_one(const Lanes& v) { return LITOPYS_TURNED(v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14); }
LITOPYS_INLINE float sum_of(Lanes v) {
  v += by_eight(v);
  v += by_four(v);
  v += by_two(v);
  return (v + by_one(v))[0];
}
LITOPYS_INLINE float largest_of(Lanes v) {
  v = larger(v, by_eight(v));
  v = larger(v, by_four(v));
  v = larger(v, by_two(v));
  return larger(v, by_one(v))[0];
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

// The normal distribution up to v, less a half, is odd: v by a polynomial in its square, without a division.
LITOPYS_INLINE Lanes gelu_of(const Lanes& v) {
  constexpr float kEnd = 4.4F;
  Lanes z = v < kEnd ? v : Lanes{} + kEnd;
  z = larger(z, Lanes{} - kEnd);
  const Lanes t = z * z;
  Lanes p = Lanes{} - 2.0238542e-12F;
  p = p * t + 2.2845377e-10F;
  p = p * t - 1.1535053e-8F;
  p = p * t + 3.473439e-7F;
  p = p * t - 7.0446747e-6F;
  p = p * t + 1.0338e-4F;
  p = p * t - 1.1495493e-3F;
  p = p * t + 9.906991e-3F;
  p = p * t - 6.643586e-2F;
  p = p * t + 0.39892906F;
  return v * (p * z + 0.5F);
}

LITOPYS_INLINE void quantise_row(const float* in, std::size_t columns, std::size_t r, const ByteRows& out) {
  std::uint8_t* to = out.bytes + r * columns;
  Lanes lanes{};
  for (std::size_t i = 0; i < columns; i += kLanes) lanes = larger(absolute(load(in + i)), lanes);
  const float largest = largest_of(lanes);
  const float by = largest > 0 ? out.most / largest : 0.0F;
  out.scale[r] = largest / out.most;
  for (std::size_t i = 0; i < columns; i += kLanes) {
    const Bytes bytes = __builtin_convertvector(__builtin_convertvector(load(in + i) * by + 128.5F, Whole), Bytes);
    std::memcpy(to + i, &bytes, sizeof bytes);
  }
}

// Sixteen numbers of row r from column i on.
LITOPYS_INLINE Lanes dequantised(const Sums& from, std::size_t r, std::size_t i) {
  Whole sum, zero;
  std::memcpy(&sum, from.sum + r * from.columns + i, sizeof sum);
  std::memcpy(&zero, from.zero + i, sizeof zero);
  return __builtin_convertvector(sum - zero, Lanes) * (load(from.scale + i) * from.row_scale[r]) + load(from.bias + i);
}

LITOPYS_INLINE void norm_row(float* row, std::size_t columns, Lanes sum, const Norm& norm) {
  const float mean = sum_of(sum) / static_cast<float>(columns);
  Lanes lanes{};
  for (std::size_t i = 0; i < columns; i += kLanes) {
    const Lanes d = load(row + i) - mean;
    lanes += d * d;
  }
  const float by = 1.0F / std::sqrt(sum_of(lanes) / static_cast<float>(columns) + norm.epsilon);
  for (std::size_t i = 0; i < columns; i += kLanes)
    store(row + i, (load(row + i) - mean) * by * load(norm.weight + i) + load(norm.bias + i));
}

}  // namespace

LITOPYS_WIDE
void quantise(const float* x, std::size_t rows, std::size_t columns, const ByteRows& out) {
  for (std::size_t r = 0; r < rows; ++r) quantise_row(x + r * columns, columns, r, out);
}

LITOPYS_WIDE
void dequantise(const Sums& from, float* out) {
  for (std::size_t r = 0; r < from.rows; ++r) {
    for (std::size_t i = 0; i < from.columns; i += kLanes) store(out + r * from.columns + i, dequantised(from, r, i));
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
void gelu_quantise(const Sums& from, float* room, const ByteRows& out) {
  for (std::size_t r = 0; r < from.rows; ++r) {
    for (std::size_t i = 0; i < from.columns; i += kLanes) store(room + i, gelu_of(dequantised(from, r, i)));
    quantise_row(room, from.columns, r, out);
  }
}

LITOPYS_WIDE
void norm_quantise(float* x, std::size_t rows, std::size_t columns, const Norm& norm, const ByteRows& out) {
  for (std::size_t r = 0; r < rows; ++r) {
    float* row = x + r * columns;
    Lanes sum{};
    for (std::size_t i = 0; i < columns; i += kLanes) sum += load(row + i);
    norm_row(row, columns, sum, norm);
    quantise_row(row, columns, r, out);
  }
}

LITOPYS_WIDE
void add_norm_quantise(const Sums& from, float* x, const Norm& norm, const ByteRows& out) {
  for (std::size_t r = 0; r < from.rows; ++r) {
    float* row = x + r * from.columns;
    Lanes sum{};
    for (std::size_t i = 0; i < from.columns; i += kLanes) {
      const Lanes added = load(row + i) + dequantised(from, r, i);
      sum += added;
      store(row + i, added);
    }
    norm_row(row, from.columns, sum, norm);
    quantise_row(row, from.columns, r, out);
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
