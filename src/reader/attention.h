// Attention of one window, head by head: out = softmax(query * key) * value. `qkv` is [tokens][3 * hidden], queries (already divided by
// the root of a head's width), keys, values; `out` is [tokens][hidden].
#pragma once

#include <cstddef>
#include <cstdint>
#include <oneapi/dnnl/dnnl.hpp>
#include <vector>

namespace litopys::kernels {

// Room for a head or a window; kept from call to call.
struct AttentionRoom {
  std::vector<std::int32_t> query, key, value;  // pairs of 16 bits
  std::vector<float> scores;
  std::vector<std::int16_t> weights;
};

// In whole numbers of 16 bits, for processors that add pairs of their products at once (AVX-512 VNNI): twice as fast as in floats, and
// nearer to them than the bytes that the products around it take. Whether this processor can, with heads of `width` numbers:
[[nodiscard]] bool attends_wide(std::size_t width);
// Precondition: attends_wide(hidden / heads), tokens > 0.
void attend_wide(const float* qkv, std::size_t tokens, std::size_t hidden, std::size_t heads, AttentionRoom& room, float* out);

// In floats, for all the others. `qkv` is read only.
void attend_plainly(float* qkv, std::size_t tokens, std::size_t hidden, std::size_t heads, AttentionRoom& room, float* out,
                    const dnnl::engine& engine, dnnl::stream& stream);

}  // namespace litopys::kernels
