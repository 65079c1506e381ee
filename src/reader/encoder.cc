// The tokens of several windows lie one after another in one matrix, so that the products see many rows; attention runs window by window.
// Activations become bytes row by row, weights have a scale a row; sums are whole numbers, hence exact.
#include "reader/encoder.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <utility>

#include "reader/attention.h"
#include "reader/encoder_kernels.h"

// OpenMP's runtime, which oneDNN brings along; declared here since its header comes with the compiler, and clang's is another.
extern "C" {
int omp_get_max_threads();
void omp_set_num_threads(int);
}

namespace litopys {
namespace {

using dnnl::memory;
using DataType = memory::data_type;

constexpr std::size_t kMostTokens = 1024;  // of one pass: weights come from the memory once for all of them
// Rows of one product: as many as there are at once, so that what it makes stays in the cache and few rows are made for nothing.
constexpr std::array<std::size_t, 3> kBlocks = {64, 32, 16};
constexpr float kEpsilon = 1e-12F;

std::size_t rounded(std::size_t n) { return (n + kBlocks.back() - 1) / kBlocks.back() * kBlocks.back(); }

// oneDNN would share a product among threads; we share documents.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

// Room for a product.
struct Room {
  std::vector<std::int32_t> sums;
  std::vector<char> scratch;
};

// A matrix of bytes, ready to be multiplied with blocks of rows.
class Product {
 public:
  Product(const ByteMatrix& m, const dnnl::engine& engine, dnnl::stream& stream)
      : scale_(m.scale.data()), bias_(m.bias.data()), columns_(m.columns), rows_(m.rows) {
    const auto k = static_cast<memory::dim>(m.columns), n = static_cast<memory::dim>(m.rows);
    const memory::desc any({k, n}, DataType::s8, memory::format_tag::any), plain({k, n}, DataType::s8, memory::format_tag::ba);
    for (std::size_t i = 0; i < kBlocks.size(); ++i) kernels_[i] = Kernel(kBlocks[i], i == 0 ? any : kernels_[0].weights, n, k, engine);
    weights_ = memory(kernels_[0].weights, engine);
    memory from(plain, engine, const_cast<std::int8_t*>(m.weights.data()));  // read only: the interface has no const
    dnnl::reorder(from, weights_).execute(stream, from, weights_);
    stream.wait();
    zero_.resize(m.rows);
    for (std::size_t r = 0; r < m.rows; ++r) {
      std::int32_t sum = 0;
      for (std::size_t c = 0; c < m.columns; ++c) sum += m.weights[r * m.columns + c];
      zero_[r] = 128 * sum;
    }
  }

  // rows: a multiple of the least block; `x` is [rows][columns] bytes. Hands each block's sums to `then`, with its first row; they lie in
  // `room`.
  template <class Then>
  void run(const std::uint8_t* x, const float* row_scale, std::size_t rows, Room& room, const dnnl::engine& engine, dnnl::stream& stream,
           const Then& then) const {
    room.sums.resize(std::max(room.sums.size(), kBlocks[0] * rows_));
    std::size_t kernel = 0;
    for (std::size_t r = 0; r < rows; r += kBlocks[kernel]) {
      while (kBlocks[kernel] > rows - r) ++kernel;
      const Kernel& by = kernels_[kernel];
      room.scratch.resize(std::max(room.scratch.size(), by.scratch.get_size()));
      const memory from(by.in, engine, const_cast<std::uint8_t*>(x + r * columns_)), to(by.out, engine, room.sums.data()),
          scratch(by.scratch, engine, room.scratch.data());
      by.product.execute(stream, {{DNNL_ARG_SRC, from}, {DNNL_ARG_WEIGHTS, weights_}, {DNNL_ARG_DST, to}, {DNNL_ARG_SCRATCHPAD, scratch}});
      stream.wait();
      then(r, kernels::Sums{room.sums.data(), kBlocks[kernel], rows_, zero_.data(), row_scale + r, scale_, bias_});
    }
  }

 private:
  struct Kernel {
    memory::desc in, out, weights, scratch;
    dnnl::matmul product;

    Kernel() = default;
    Kernel(std::size_t block, const memory::desc& wanted, memory::dim n, memory::dim k, const dnnl::engine& engine)
        : in({static_cast<memory::dim>(block), k}, DataType::u8, memory::format_tag::ab),
          out({static_cast<memory::dim>(block), n}, DataType::s32, memory::format_tag::ab) {
      dnnl::primitive_attr attributes;
      attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
      const dnnl::matmul::primitive_desc description(dnnl::matmul::desc(in, wanted, out), attributes, engine);
      weights = description.weights_desc();
      scratch = description.scratchpad_desc();
      product = dnnl::matmul(description);
    }
  };

  const float *scale_, *bias_;
  std::size_t columns_, rows_;
  std::array<Kernel, kBlocks.size()> kernels_;  // by kBlocks
  memory weights_;
  std::vector<std::int32_t> zero_;  // the bytes stand around 128: what that adds to a sum
};

}  // namespace

struct Encoder::Prepared {
  struct Layer {
    Product qkv, out, up, down;
  };
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  std::vector<Layer> layers;
  // Bytes of seven bits where the processor adds pairs of products in 16 bits, which would overflow.
  float most = 127.0F;

  explicit Prepared(const EncoderFile& file) {
    dnnl::stream stream(engine);
    const dnnl::cpu_isa isa = dnnl::get_effective_cpu_isa();
    const bool narrow =
        isa == dnnl::cpu_isa::sse41 || isa == dnnl::cpu_isa::avx || isa == dnnl::cpu_isa::avx2 || isa == dnnl::cpu_isa::avx512_core;
    if (narrow) most = 63.0F;
    for (const EncoderLayer& l : file.layers) {
      layers.push_back(
          {Product(l.qkv, engine, stream), Product(l.out, engine, stream), Product(l.up, engine, stream), Product(l.down, engine, stream)});
    }
  }
};

struct Encoder::Lazy {
  std::once_flag once;
  std::unique_ptr<const Prepared> prepared;
};

Encoder::Encoder(std::shared_ptr<const EncoderFile> file)
    : file_(std::move(file)), tokenizer_(file_->pieces), lazy_(std::make_unique<Lazy>()) {}
Encoder::~Encoder() = default;

const Encoder::Prepared& Encoder::prepared() const {
  std::call_once(lazy_->once, [&] { lazy_->prepared = std::make_unique<const Prepared>(*file_); });
  return *lazy_->prepared;
}

namespace {

// Tokens of several windows and what is computed of them.
struct Pass {
  std::vector<float> x, qkv, context, row;
  std::vector<std::uint8_t> bytes, inner;
  std::vector<float> byte_scale, inner_scale;
  Room room;
  kernels::AttentionRoom attention;

  void resize(std::size_t rows, const EncoderHead& head) {
    x.assign(rows * head.hidden, 0.0F);
    qkv.resize(rows * 3 * head.hidden);
    context.assign(rows * head.hidden, 0.0F);
    row.resize(head.inner);
    bytes.resize(rows * head.hidden);
    byte_scale.resize(rows);
    inner.resize(rows * head.inner);
    inner_scale.resize(rows);
  }
};

// Attention of the window whose first row is `at`.
void attend(Pass& pass, std::size_t at, std::size_t tokens, const EncoderHead& head, const dnnl::engine& engine, dnnl::stream& stream) {
  float *qkv = pass.qkv.data() + at * 3 * head.hidden, *out = pass.context.data() + at * head.hidden;
  if (kernels::attends_wide(head.hidden / head.heads)) {
    kernels::attend_wide(qkv, tokens, head.hidden, head.heads, pass.attention, out);
  } else {
    kernels::attend_plainly(qkv, tokens, head.hidden, head.heads, pass.attention, out, engine, stream);
  }
}

// A softmax over the window's tokens and the answers that are no word, word by word. The sentence's query is turned into the tokens'
// space first, so that a token costs one product and not a key.
class Pointer {
 public:
  Pointer(const PointerWeights& weights, std::size_t hidden) : weights_(weights), hidden_(hidden), question_(hidden) {}

  std::vector<Pointing> point(const Window& window, const Window::Judged& judged, const float* middle, const float* tokens) {
    buckets(window, judged);
    std::vector<Pointing> out(kPointerSlots);
    for (std::size_t s = 0; s < kPointerSlots; ++s) {
      ask(s, middle);
      scores_.clear();
      for (std::size_t a = 0; a < kPointerAbsent; ++a) {
        const std::size_t row = s * kPointerAbsent + a;
        scores_.push_back(kernels::dot(weights_.absent.weights.data() + row * hidden_, middle, hidden_) + weights_.absent.bias[row]);
      }
      for (std::size_t t = 1; t + 1 < window.tokens.size(); ++t) {
        scores_.push_back(kernels::dot(question_.data(), tokens + t * hidden_, hidden_) +
                          weights_.distance[s * kPointerBuckets + bucket_[t]]);
      }
      kernels::softmax(scores_.data(), 1, scores_.size());
      std::copy_n(scores_.begin(), kPointerAbsent, out[s].absent.begin());
      gather(window, out[s].words);
    }
    return out;
  }

 private:
  // How far each token's sentence lies from the judged one.
  void buckets(const Window& window, const Window::Judged& judged) {
    constexpr std::ptrdiff_t kBefore = 4, kAfter = 2;
    bucket_.assign(window.tokens.size(), kPointerBuckets - 1);
    const auto own = std::ranges::find(window.marks, judged.mark) - window.marks.begin();
    for (std::size_t m = 0; m < window.marks.size(); ++m) {
      const auto end = m + 1 < window.marks.size() ? window.marks[m + 1] : window.tokens.size();
      const auto far = std::clamp(static_cast<std::ptrdiff_t>(m) - own, -kBefore, kAfter) + kBefore;
      std::fill(bucket_.begin() + window.marks[m], bucket_.begin() + static_cast<std::ptrdiff_t>(end), static_cast<std::uint8_t>(far));
    }
  }

  void ask(std::size_t slot, const float* middle) {
    constexpr float kRoot = 8.0F;  // of kPointerSize
    std::ranges::fill(question_, 0.0F);
    for (std::size_t d = slot * kPointerSize; d < (slot + 1) * kPointerSize; ++d) {
      const float q = kernels::dot(weights_.query.data() + d * hidden_, middle, hidden_) / kRoot;
      const float* key = weights_.key.data() + d * hidden_;
      for (std::size_t i = 0; i < hidden_; ++i) question_[i] += q * key[i];
    }
  }

  void gather(const Window& window, std::vector<Pointed>& out) const {
    Pointed now;
    const auto close = [&] {
      if (!now.word.empty() && now.probability >= kLeastPointed) out.push_back(now);
    };
    for (std::size_t t = 1; t + 1 < window.tokens.size(); ++t) {
      const float p = scores_[kPointerAbsent + t - 1];
      if (window.words[t] == now.word) {
        now.probability += p;
        continue;
      }
      close();
      now = {window.words[t], p};
    }
    close();
  }

  const PointerWeights& weights_;
  std::size_t hidden_;
  std::vector<float> question_, scores_;
  std::vector<std::uint8_t> bucket_;
};

}  // namespace

EncoderOutputs Encoder::outputs(std::span<const Window> windows) const {
  const EncoderHead& head = file_->head;
  const std::size_t h = head.hidden;
  EncoderOutputs out;
  if (windows.empty()) return out;
  const OneThread one_thread;
  const Prepared& ready = prepared();
  dnnl::stream stream(ready.engine);
  Pass pass;

  for (std::size_t begin = 0, end = 0; begin < windows.size(); begin = end) {
    std::size_t tokens = 0;
    while (end < windows.size() && (end == begin || tokens + windows[end].tokens.size() <= kMostTokens)) {
      tokens += windows[end++].tokens.size();
    }
    const std::size_t rows = rounded(tokens);
    pass.resize(rows, head);
    std::size_t r = 0;
    for (const Window& w : windows.subspan(begin, end - begin)) {
      for (std::size_t t = 0; t < w.tokens.size(); ++t, ++r) {
        const std::int8_t* word = file_->word.data() + static_cast<std::size_t>(w.tokens[t]) * h;
        const float scale = file_->word_scale[w.tokens[t]];
        const float* position = file_->position.data() + t * h;
        for (std::size_t i = 0; i < h; ++i) pass.x[r * h + i] = scale * static_cast<float>(word[i]) + position[i];
      }
    }
    const auto norm = [](const LayerNorm& n) { return kernels::Norm{n.weight.data(), n.bias.data(), kEpsilon}; };
    const auto bytes_from = [&](std::size_t row) {
      return kernels::ByteRows{pass.bytes.data() + row * h, pass.byte_scale.data() + row, ready.most};
    };
    const auto inner_from = [&](std::size_t row) {
      return kernels::ByteRows{pass.inner.data() + row * head.inner, pass.inner_scale.data() + row, ready.most};
    };
    const auto multiply = [&](const Product& product, const kernels::ByteRows& from, const auto& then) {
      product.run(from.bytes, from.scale, rows, pass.room, ready.engine, stream, then);
    };
    kernels::norm_quantise(pass.x.data(), rows, h, norm(file_->embedding), bytes_from(0));
    for (std::size_t l = 0; l < head.layers; ++l) {
      const Prepared::Layer& layer = ready.layers[l];
      const kernels::Norm after_attention = norm(file_->layers[l].after_attention), after_inner = norm(file_->layers[l].after_inner);
      multiply(layer.qkv, bytes_from(0),
               [&](std::size_t row, const kernels::Sums& sums) { kernels::dequantise(sums, pass.qkv.data() + row * 3 * h); });
      std::size_t at = 0;
      for (const Window& w : windows.subspan(begin, end - begin)) {
        attend(pass, at, w.tokens.size(), head, ready.engine, stream);
        at += w.tokens.size();
      }
      kernels::quantise(pass.context.data(), rows, h, bytes_from(0));
      // Both times the rows that are written over were read: a block's sums are made before.
      multiply(layer.out, bytes_from(0), [&](std::size_t row, const kernels::Sums& sums) {
        kernels::add_norm_quantise(sums, pass.x.data() + row * h, after_attention, bytes_from(row));
      });
      multiply(layer.up, bytes_from(0),
               [&](std::size_t row, const kernels::Sums& sums) { kernels::gelu_quantise(sums, pass.row.data(), inner_from(row)); });
      multiply(layer.down, inner_from(0), [&](std::size_t row, const kernels::Sums& sums) {
        kernels::add_norm_quantise(sums, pass.x.data() + row * h, after_inner, bytes_from(row));
      });
    }

    std::vector<float> pooled(2 * h), middle(h);
    Pointer pointer(file_->pointer, h);
    std::size_t first = 0;
    for (const Window& w : windows.subspan(begin, end - begin)) {
      for (const Window::Judged& j : w.judged) {
        const std::uint32_t from = j.end > j.begin ? j.begin : j.mark, to = j.end > j.begin ? j.end : j.mark + 1;
        std::fill_n(pooled.begin(), h, 0.0F);
        for (std::uint32_t t = from; t < to; ++t) {
          const float* x = pass.x.data() + (first + t) * h;
          for (std::size_t i = 0; i < h; ++i) pooled[i] += x[i];
        }
        for (std::size_t i = 0; i < h; ++i) pooled[i] /= static_cast<float>(to - from);
        std::copy_n(pass.x.data() + (first + j.mark) * h, h, pooled.data() + h);
        for (std::size_t n = 0; n < h; ++n) {
          middle[n] = kernels::dot(file_->inner.weights.data() + n * 2 * h, pooled.data(), 2 * h) + file_->inner.bias[n];
        }
        kernels::gelu(middle.data(), h);
        for (std::size_t o = 0; o < head.outputs; ++o) {
          out.numbers.push_back(kernels::dot(file_->outer.weights.data() + o * h, middle.data(), h) + file_->outer.bias[o]);
        }
        const bool pointable = head.points && w.words.size() == w.tokens.size();
        if (pointable) out.pointing.push_back(pointer.point(w, j, middle.data(), pass.x.data() + first * h));
      }
      first += w.tokens.size();
    }
  }
  return out;
}

}  // namespace litopys
