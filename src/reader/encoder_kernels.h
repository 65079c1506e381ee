// The encoder's arithmetic apart from matrix products. Each function has versions for newer processors, chosen when the program starts;
// sums run in 16 lanes in a fixed order, so that all processors with fused products give the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace litopys::kernels {

// Rows of `columns` (a multiple of 16) floats to bytes around 128: out = x / scale + 128, scale[row] = largest / `most`.
void quantise(const float* x, std::size_t rows, std::size_t columns, float most, std::uint8_t* out, float* scale);

// out[r][n] = (sum[r][n] - 128 * weight_sum[n]) * row_scale[r] * scale[n] + bias[n]
void dequantise(const std::int32_t* sum, std::size_t rows, std::size_t columns, const std::int32_t* weight_sum, const float* row_scale,
                const float* scale, const float* bias, float* out);

// x = x / 2 * (1 + erf(x / sqrt 2)), to 2e-7 (Abramowitz and Stegun 7.1.26).
void gelu(float* x, std::size_t count);

// x[r] = norm(x[r] + y[r]) * weight + bias; y may be null. columns: a multiple of 16.
void add_norm(float* x, const float* y, std::size_t rows, std::size_t columns, const float* weight, const float* bias, float epsilon);

// Each row of `columns` to probabilities.
void softmax(float* x, std::size_t rows, std::size_t columns);

// a · b over n numbers.
float dot(const float* a, const float* b, std::size_t n);

}  // namespace litopys::kernels
