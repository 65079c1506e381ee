// Every size is checked against the file's before an array is touched, and every float once, so that running needs no checks at all.
#include "reader/encoder_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <sstream>
#include <string_view>
#include <system_error>

#include "reader/model_frame.h"
#include "reader/pointers.h"
#include "reader/slots.h"

namespace litopys {
namespace {

constexpr std::string_view kEncoderMagic = "LITOPYSC";
constexpr std::size_t kMostEncoderHead = 1U << 16;
constexpr std::uint64_t kPrime = 1099511628211ULL;

template <class T>
bool parse_number(std::string_view text, T& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

template <std::size_t N>
bool parse_numbers(const std::string& text, std::array<float, N>& out) {
  std::istringstream words(text);
  std::string word;
  for (float& x : out) {
    if (!(words >> word) || !parse_number(word, x) || !std::isfinite(x)) return false;
  }
  return !(words >> word);
}

bool all_finite(std::span<const float> values) {
  // An exponent of all ones is no number; looking at bits lets the loop run wide.
  std::uint32_t bad = 0;
  for (const float v : values) bad |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(v) & 0x7F800000U) == 0x7F800000U);
  return bad == 0;
}

// Hands out arrays one after another; `good` turns false where the file ends first or a float is none, and stays so.
class Cursor {
 public:
  Cursor(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}

  template <class T>
  std::span<const T> take(std::size_t count) {
    if (!good || count > bytes_.size() / sizeof(T) || padded(count * sizeof(T)) > bytes_.size() - at_) {
      good = false;
      return {};
    }
    // Aligned: the map begins on a page (a kept string on 16), every array on a multiple of 64.
    const std::span<const T> out(reinterpret_cast<const T*>(bytes_.data() + at_), count);
    at_ += padded(count * sizeof(T));
    if constexpr (std::is_same_v<T, float>) good = all_finite(out);
    return out;
  }
  std::string_view text(std::size_t count) {
    const std::span<const char> s = take<char>(count);
    return {s.data(), s.size()};
  }
  ByteMatrix bytes(std::size_t rows, std::size_t columns) {
    ByteMatrix m{rows, columns, take<std::int8_t>(rows * columns), {}, {}};
    m.scale = take<float>(rows);
    m.bias = take<float>(rows);
    return m;
  }
  FloatMatrix floats(std::size_t rows, std::size_t columns) {
    FloatMatrix m{rows, columns, take<float>(rows * columns), {}};
    m.bias = take<float>(rows);
    return m;
  }
  LayerNorm norm(std::size_t size) {
    LayerNorm n{take<float>(size), {}};
    n.bias = take<float>(size);
    return n;
  }
  [[nodiscard]] std::size_t at() const { return at_; }

  bool good = true;

 private:
  std::string_view bytes_;
  std::size_t at_;
};

}  // namespace

std::uint64_t encoder_checksum(std::string_view bytes) {
  std::array<std::uint64_t, 4> lanes{1469598103934665603ULL, 1469598103934665604ULL, 1469598103934665605ULL, 1469598103934665606ULL};
  for (std::size_t at = 0; at + 32 <= bytes.size(); at += 32) {
    for (std::size_t l = 0; l < 4; ++l) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + at + 8 * l, 8);
      lanes[l] = (lanes[l] ^ word) * kPrime;
      lanes[l] ^= lanes[l] >> 32;
    }
  }
  std::uint64_t h = bytes.size();
  for (const std::uint64_t lane : lanes) h = (h ^ lane) * kPrime;
  return h;
}

EncoderFile::~EncoderFile() {
  if (mapped_ != nullptr) munmap(mapped_, mapped_size_);
}

Result<std::shared_ptr<const EncoderFile>> EncoderFile::open(const std::filesystem::path& path) {
  const auto broken = [&](std::string problem) {
    return fail(ErrorKind::kConfig, path.string(), "", std::move(problem), "fetch it anew, or read with --reader light");
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return broken("the model cannot be opened: " + std::error_code(errno, std::generic_category()).message());
  struct stat info {};
  void* mapped = MAP_FAILED;
  const bool fits = fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size >= 24 && info.st_size < (1LL << 31);
  if (fits) mapped = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  ::close(file);
  if (!fits) return broken("is no model: too short, too long or no file");
  if (mapped == MAP_FAILED) return broken("the model cannot be mapped");
  const std::shared_ptr<EncoderFile> out(new EncoderFile);
  out->mapped_ = mapped;
  out->mapped_size_ = static_cast<std::size_t>(info.st_size);
  if (auto done = out->parse({static_cast<const char*>(mapped), out->mapped_size_}, path.string()); !done) {
    return tl::unexpected(done.error());
  }
  return std::shared_ptr<const EncoderFile>(out);
}

Result<std::shared_ptr<const EncoderFile>> EncoderFile::from_bytes(std::string bytes, const std::string& name) {
  const std::shared_ptr<EncoderFile> out(new EncoderFile);
  out->owned_ = std::move(bytes);
  if (auto done = out->parse(out->owned_, name); !done) return tl::unexpected(done.error());
  return std::shared_ptr<const EncoderFile>(out);
}

Result<void> EncoderFile::parse(std::string_view bytes, const std::string& name) {
  const auto broken = [&](std::string place, std::string problem) {
    return fail(ErrorKind::kConfig, name, std::move(place), std::move(problem), "fetch it anew, or read with --reader light");
  };
  auto frame = open_frame(bytes, kEncoderMagic, kMostEncoderHead, encoder_checksum);
  if (!frame) return broken(std::move(frame.error().place), std::move(frame.error().problem));
  auto& keys = frame->keys;
  bytes.remove_suffix(8);  // the checksum
  head.codebook = keys["codebook"];
  head.training = keys["training"];
  head.licence = keys["licence"];
  head.made_from = keys["made-from"];
  head.quality = keys["quality"];
  std::istringstream ids(keys["measures"]);
  for (std::string id; ids >> id;) head.measures.push_back(id);
  std::array<float, 1> least{};
  if (!parse_numbers(keys["thresholds"], head.thresholds) || !parse_numbers(keys["fusion"], head.fusion) ||
      !parse_numbers(keys["least-light"], least)) {
    return broken("head", "thresholds or weights are missing or no numbers");
  }
  head.least_light = least[0];
  head.manner = keys["manner"] == "encoder";
  head.points = keys["pointer"] == "origin when figure";
  if (!head.points && !keys["pointer"].empty()) return broken("head", "a pointer of slots that this program does not know");
  if (!keys["slots"].empty() && keys["slots"] != kSlotLayout) return broken("head", "slots that this program does not know");
  std::size_t pieces_n = 0, piece_bytes = 0, normal_n = 0, normal_bytes = 0;
  const auto number = [&](const char* key, std::size_t& out, std::size_t most) {
    return parse_number(keys[key], out) && out > 0 && out <= most;
  };
  if (!number("hidden", head.hidden, 4096) || !number("layers", head.layers, 64) || !number("heads", head.heads, 256) ||
      !number("inner", head.inner, 16384) || !number("positions", head.positions, 4096) || !number("outputs", head.outputs, 1024) ||
      !number("pieces", pieces_n, 1U << 20) || !number("piece-bytes", piece_bytes, 1U << 26) || !number("normal", normal_n, 1U << 20) ||
      !number("normal-bytes", normal_bytes, 1U << 24)) {
    return broken("head", "a size is missing or out of range");
  }
  if (head.hidden % (head.heads * 16) != 0 || head.inner % 16 != 0) return broken("head", "sizes that this program cannot run");
  const std::size_t told = head.measures.size() + 11;  // any measure, five stances, five credences
  if (head.measures.empty() || (head.outputs != told && head.outputs != told + kSlotOutputs))
    return broken("head", "the outputs do not fit the measures");

  const std::size_t h = head.hidden;
  Cursor at(bytes, frame->body);
  pieces.offsets = at.take<std::uint32_t>(pieces_n + 1);
  pieces.scores = at.take<float>(pieces_n);
  pieces.bytes = at.text(piece_bytes);
  pieces.normal = at.take<std::uint32_t>(normal_n);
  pieces.becomes = at.take<std::uint32_t>(normal_n + 1);
  pieces.normal_bytes = at.text(normal_bytes);
  word = at.take<std::int8_t>((pieces_n + 4) * h);
  word_scale = at.take<float>(pieces_n + 4);
  position = at.take<float>(head.positions * h);
  embedding = at.norm(h);
  for (std::size_t l = 0; l < head.layers && at.good; ++l) {
    EncoderLayer layer;
    layer.qkv = at.bytes(3 * h, h);
    layer.out = at.bytes(h, h);
    layer.after_attention = at.norm(h);
    layer.up = at.bytes(head.inner, h);
    layer.down = at.bytes(h, head.inner);
    layer.after_inner = at.norm(h);
    layers.push_back(layer);
  }
  inner = at.floats(h, 2 * h);
  outer = at.floats(head.outputs, h);
  if (head.points) {
    pointer.query = at.take<float>(kPointerSlots * kPointerSize * h);
    pointer.key = at.take<float>(kPointerSlots * kPointerSize * h);
    pointer.absent = at.floats(kPointerSlots * kPointerAbsent, h);
    pointer.distance = at.take<float>(kPointerSlots * kPointerBuckets);
  }
  if (!at.good) return broken("", "ends before its arrays do, or holds what is no number");
  if (at.at() != bytes.size()) {
    return broken("", std::to_string(bytes.size() + 8) + " bytes, the head promises " + std::to_string(at.at() + 8));
  }
  if (!sound(pieces)) return broken("", "the pieces are out of order");
  return {};
}

}  // namespace litopys
