// The encoder's arithmetic apart from matrix products and attention. Each function has versions for newer processors, chosen when the
// program starts; sums run in 16 lanes in a fixed order, so that all processors with fused products give the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace litopys::kernels {

// Rows of `columns` (a multiple of 16) floats to bytes around 128: out = x / scale + 128, scale[row] = largest / `most`.
struct ByteRows {
  std::uint8_t* bytes = nullptr;
  float* scale = nullptr;
  float most = 127.0F;
};

// What a product of bytes left, and how it becomes numbers: (sum[r][n] - zero[n]) * row_scale[r] * scale[n] + bias[n].
struct Sums {
  const std::int32_t* sum = nullptr;
  std::size_t rows = 0, columns = 0;  // columns: a multiple of 16
  const std::int32_t* zero = nullptr;
  const float *row_scale = nullptr, *scale = nullptr, *bias = nullptr;
};

void quantise(const float* x, std::size_t rows, std::size_t columns, const ByteRows& out);

void dequantise(const Sums& from, float* out);

// x = x / 2 * (1 + erf(x / sqrt 2)), off by 7e-5 at most between -8 and 8 (and by as much of itself beyond).
void gelu(float* x, std::size_t count);

// The same of what a product left, as bytes. `room` is for one row.
void gelu_quantise(const Sums& from, float* room, const ByteRows& out);

// x[r] = norm(x[r]) * weight + bias, and as bytes. columns: a multiple of 16.
struct Norm {
  const float *weight = nullptr, *bias = nullptr;
  float epsilon = 0;
};
void norm_quantise(float* x, std::size_t rows, std::size_t columns, const Norm& norm, const ByteRows& out);

// The same of x[r] with what a product left of it added.
void add_norm_quantise(const Sums& from, float* x, const Norm& norm, const ByteRows& out);

// Each row of `columns` to probabilities.
void softmax(float* x, std::size_t rows, std::size_t columns);

// a · b over n numbers.
float dot(const float* a, const float* b, std::size_t n);

}  // namespace litopys::kernels
