// ISA-L for all that is deflate, since it streams at nearly the speed of libdeflate; it may have taken up to eight bytes more than the
// stream has when it ends, which are given back here.
#include "intake/inflate.h"

#include <brotli/decode.h>
#include <isa-l/igzip_lib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>

namespace litopys {
namespace {

struct FreeZstd {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
struct FreeBrotli {
  void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
};

unsigned char* bytes_of(char* p) { return reinterpret_cast<unsigned char*>(p); }                    // NOLINT: libraries want unsigned
const unsigned char* bytes_of(const char* p) { return reinterpret_cast<const unsigned char*>(p); }  // NOLINT

unsigned short_size(std::size_t n) { return static_cast<unsigned>(std::min<std::size_t>(n, std::numeric_limits<int>::max())); }

}  // namespace

struct Inflater::Impl {
  Packing packing = Packing::gzip;
  std::unique_ptr<inflate_state> deflate;
  std::unique_ptr<ZSTD_DCtx, FreeZstd> zstd;
  std::unique_ptr<BrotliDecoderState, FreeBrotli> brotli;
  bool finished = false;

  void reset() {
    finished = false;
    switch (packing) {
      case Packing::gzip:
      case Packing::zlib:
      case Packing::deflate:
        if (!deflate) deflate = std::make_unique<inflate_state>();
        isal_inflate_init(deflate.get());
        deflate->crc_flag = packing == Packing::gzip ? ISAL_GZIP : packing == Packing::zlib ? ISAL_ZLIB : ISAL_DEFLATE;
        return;
      case Packing::zstd:
        if (!zstd) zstd.reset(ZSTD_createDCtx());
        ZSTD_DCtx_reset(zstd.get(), ZSTD_reset_session_only);
        return;
      case Packing::brotli: brotli.reset(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)); return;
    }
  }

  InflateStep step_deflate(std::string_view in, char* out, std::size_t room) {
    inflate_state& state = *deflate;
    // The library never writes through its input pointer; its header has no const.
    state.next_in = const_cast<unsigned char*>(bytes_of(in.data()));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    state.avail_in = short_size(in.size());
    state.next_out = bytes_of(out);
    state.avail_out = short_size(room);
    const unsigned had_in = state.avail_in;
    const unsigned had_out = state.avail_out;
    const int got = isal_inflate(&state);
    // Of a damaged stream the library may say that it took more than there was.
    const bool beyond = state.avail_in > had_in;
    InflateStep result{.used = beyond ? had_in : had_in - state.avail_in, .made = had_out - std::min(state.avail_out, had_out)};
    if (got < 0 || got == ISAL_NEED_DICT || beyond) {
      result.state = InflateStep::State::corrupt;
    } else if (state.block_state == ISAL_BLOCK_FINISH) {
      result.state = InflateStep::State::finished;
      const std::size_t ahead = static_cast<std::size_t>(std::max(state.read_in_length, 0)) / 8;
      result.used -= std::min(ahead, result.used);
    }
    return result;
  }

  InflateStep step_zstd(std::string_view in, char* out, std::size_t room) {
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out, room, 0};
    const std::size_t left = ZSTD_decompressStream(zstd.get(), &output, &input);
    InflateStep result{.used = input.pos, .made = output.pos};
    if (ZSTD_isError(left) != 0) result.state = InflateStep::State::corrupt;
    if (left == 0) result.state = InflateStep::State::finished;
    return result;
  }

  InflateStep step_brotli(std::string_view in, char* out, std::size_t room) {
    std::size_t in_left = in.size();
    std::size_t out_left = room;
    const unsigned char* next_in = bytes_of(in.data());
    unsigned char* next_out = bytes_of(out);
    const BrotliDecoderResult got = BrotliDecoderDecompressStream(brotli.get(), &in_left, &next_in, &out_left, &next_out, nullptr);
    InflateStep result{.used = in.size() - in_left, .made = room - out_left};
    if (got == BROTLI_DECODER_RESULT_ERROR) result.state = InflateStep::State::corrupt;
    if (got == BROTLI_DECODER_RESULT_SUCCESS) result.state = InflateStep::State::finished;
    return result;
  }
};

Inflater::Inflater(Packing packing) : impl_(std::make_unique<Impl>()) {
  impl_->packing = packing;
  impl_->reset();
}
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&&) noexcept = default;
Inflater::~Inflater() = default;

void Inflater::reset() { impl_->reset(); }

bool Inflater::load_dictionary(std::string_view dictionary) {
  return impl_->zstd != nullptr && ZSTD_isError(ZSTD_DCtx_loadDictionary(impl_->zstd.get(), dictionary.data(), dictionary.size())) == 0;
}

InflateStep Inflater::step(std::string_view in, char* out, std::size_t room) {
  switch (impl_->packing) {
    case Packing::zstd: return impl_->step_zstd(in, out, room);
    case Packing::brotli: return impl_->step_brotli(in, out, room);
    default: return impl_->step_deflate(in, out, room);
  }
}

}  // namespace litopys
