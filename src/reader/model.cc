// Sizes are checked against the file's before any array is touched, indices once at opening, so that reading needs no checks at all.
#include "reader/model.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __SSE4_1__
#include <immintrin.h>
#endif

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <numeric>
#include <sstream>
#include <system_error>

#include "reader/features.h"
#include "reader/model_frame.h"
#include "reader/second_look.h"

namespace litopys {
namespace {

constexpr std::string_view kMagic = "LITOPYS3";
constexpr std::size_t kAhead = 16;  // rows asked of memory before their turn: most are in no cache
constexpr std::size_t kMostHead = 1U << 20, kMostRows = kSlots, kMostTrees = 4096;

std::size_t stride_of(std::size_t outputs) { return padded(sizeof(float) + outputs); }

using Four = float __attribute__((vector_size(16)));

Four four(const std::int8_t* from) {
#ifdef __SSE4_1__
  return static_cast<Four>(_mm_cvtepi32_ps(_mm_cvtepi8_epi32(_mm_loadu_si32(from))));
#else
  return Four{static_cast<float>(from[0]), static_cast<float>(from[1]), static_cast<float>(from[2]), static_cast<float>(from[3])};
#endif
}

// FNV-1a over eight bytes at a time; the size is always a multiple of eight.
std::uint64_t model_checksum(std::string_view bytes) {
  std::uint64_t h = 1469598103934665603ULL;
  for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    h = (h ^ word) * 1099511628211ULL;
    h ^= h >> 32;
  }
  return h;
}

template <class T>
void append_array(std::string& out, std::span<const T> values) {
  out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  out.resize(padded(out.size()), '\0');
}

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

std::string number(float value) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, error == std::errc() ? end : buffer};
}

bool parse(const std::string& text, float& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(out);
}
bool parse(const std::string& text, std::size_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

Result<void> write_model(const TrainedModel& model, const std::filesystem::path& path, std::size_t rows_kept) {
  const std::size_t outputs = model.weights.size();
  // The rows that matter most, then in the order of slots.
  std::vector<float> largest(kSlots, 0.0F);
  for (const std::vector<float>& w : model.weights) {
    for (std::size_t s = 0; s < kSlots; ++s) largest[s] = std::max(largest[s], std::fabs(w[s]));
  }
  std::vector<std::uint32_t> chosen(kSlots);
  std::iota(chosen.begin(), chosen.end(), 0U);
  std::erase_if(chosen, [&](std::uint32_t s) { return largest[s] <= 0; });
  std::ranges::stable_sort(chosen, [&](std::uint32_t a, std::uint32_t b) { return largest[a] > largest[b]; });
  if (chosen.size() > rows_kept) chosen.resize(rows_kept);
  std::ranges::sort(chosen);

  std::vector<std::uint32_t> slots(kSlots, 0xFFFFFFFF);
  const std::size_t stride = stride_of(outputs);
  std::vector<std::int8_t> rows(chosen.size() * stride);
  for (std::size_t r = 0; r < chosen.size(); ++r) {
    const std::uint32_t slot = chosen[r];
    slots[slot] = static_cast<std::uint32_t>(r);
    const float scale = largest[slot] / 127.0F;
    std::int8_t* at = rows.data() + r * stride;
    std::memcpy(at, &scale, sizeof scale);
    for (std::size_t o = 0; o < outputs; ++o) {
      at[sizeof scale + o] = static_cast<std::int8_t>(std::clamp(std::lround(model.weights[o][slot] / scale), -127L, 127L));
    }
  }

  std::ostringstream head;
  const ModelHead& h = model.head;
  head << "codebook " << h.codebook << "\ncodebook-version " << h.codebook_version << "\nmeasures";
  for (const std::string& m : h.measures) head << ' ' << m;
  head << "\ntraining " << h.training << "\nlicence " << h.licence << "\nmade-from " << one_line(h.made_from) << "\nquality "
       << one_line(h.quality) << "\nslot-bits " << kSlotBits << "\nrows " << chosen.size() << "\noutputs " << outputs << "\ntrees "
       << model.forest.starts.size() << "\nnodes " << model.forest.nodes.size() << "\nsecond-look " << kSecondLookFeatures
       << "\nforest-base " << number(model.forest.base) << "\nthresholds";
  for (const float t : h.thresholds) head << ' ' << number(t);
  head << '\n';
  std::string text = head.str();
  text.resize(padded(16 + text.size()) - 16, ' ');

  std::string out(kMagic);
  const auto length = static_cast<std::uint32_t>(text.size());
  const std::uint32_t nothing = 0;
  out.append(reinterpret_cast<const char*>(&length), 4).append(reinterpret_cast<const char*>(&nothing), 4).append(text);
  append_array<std::uint32_t>(out, slots);
  append_array<std::int8_t>(out, rows);
  append_array<std::uint32_t>(out, model.forest.starts);
  append_array<TreeNode>(out, model.forest.nodes);
  const std::uint64_t sum = model_checksum(out);
  out.append(reinterpret_cast<const char*>(&sum), 8);

  const std::filesystem::path temporary = path.string() + ".new";
  {
    std::ofstream file(temporary, std::ios::binary);
    file.write(out.data(), static_cast<std::streamsize>(out.size()));
    file.flush();
    if (!file) return fail(ErrorKind::kUnreadable, path.string(), "", "cannot be written", "is the folder there, and has the disk room?");
  }
  std::error_code error;
  std::filesystem::rename(temporary, path, error);
  if (error) return fail(ErrorKind::kUnreadable, path.string(), "", "cannot be replaced: " + error.message());
  return {};
}

Model::~Model() {
  if (mapped_ != nullptr) munmap(mapped_, mapped_size_);
}

Result<std::shared_ptr<const Model>> Model::open(const std::filesystem::path& path) {
  const auto broken = [&](std::string place, std::string problem) {
    return fail(ErrorKind::kConfig, path.string(), std::move(place), std::move(problem), "make it anew with litopys learn");
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return broken("", "the model cannot be opened: " + std::error_code(errno, std::generic_category()).message());
  struct stat info {};
  void* mapped = MAP_FAILED;
  const bool fits = fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size >= 24 && info.st_size < (1LL << 31);
  if (fits) mapped = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (!fits) return broken("", "is no model: too short, too long or no file");
  if (mapped == MAP_FAILED) return broken("", "the model cannot be mapped");
  const std::shared_ptr<Model> out(new Model);
  out->mapped_ = mapped;
  out->mapped_size_ = static_cast<std::size_t>(info.st_size);
  const std::string_view bytes(static_cast<const char*>(mapped), out->mapped_size_);

  auto frame = open_frame(bytes, kMagic, kMostHead, model_checksum);
  if (!frame) return broken(std::move(frame.error().place), std::move(frame.error().problem));
  auto& keys = frame->keys;
  ModelHead& head = out->head_;
  head.codebook = keys["codebook"];
  head.codebook_version = keys["codebook-version"];
  head.training = keys["training"];
  head.licence = keys["licence"];
  head.made_from = keys["made-from"];
  head.quality = keys["quality"];
  std::istringstream ids(keys["measures"]);
  for (std::string id; ids >> id;) head.measures.push_back(id);
  std::istringstream thresholds(keys["thresholds"]);
  for (float& t : head.thresholds) {
    std::string word;
    if (!(thresholds >> word) || !parse(word, t)) return broken("head", "the thresholds are not three numbers");
  }
  std::size_t bits = 0, rows = 0, outputs = 0, trees = 0, nodes = 0, second = 0;
  if (!parse(keys["slot-bits"], bits) || !parse(keys["rows"], rows) || !parse(keys["outputs"], outputs) || !parse(keys["trees"], trees) ||
      !parse(keys["nodes"], nodes) || !parse(keys["second-look"], second) || !parse(keys["forest-base"], head.forest_base)) {
    return broken("head", "a number is missing");
  }
  if (bits != kSlotBits || second != kSecondLookFeatures) return broken("head", "was made by another version of the features");
  if (head.measures.empty() || head.measures.size() > 255 || outputs != outputs_of(head.measures.size())) {
    return broken("head", "the outputs do not fit the measures");
  }
  if (rows > kMostRows || trees > kMostTrees || nodes > trees * 65536) return broken("head", "a size is out of range");
  const std::size_t expected =
      frame->body + padded(kSlots * 4) + padded(rows * stride_of(outputs)) + padded(trees * 4) + padded(nodes * sizeof(TreeNode)) + 8;
  if (expected != bytes.size()) {
    return broken("", std::to_string(bytes.size()) + " bytes, the head promises " + std::to_string(expected));
  }

  const char* at = bytes.data() + frame->body;
  const auto take = [&]<class T>(std::span<const T>& into, std::size_t count) {
    into = std::span(reinterpret_cast<const T*>(at), count);  // aligned: the map begins on a page, every array on a multiple of 64
    at += padded(count * sizeof(T));
  };
  std::span<const std::uint32_t> slots;
  take(slots, kSlots);
  take(out->rows_, rows * stride_of(outputs));
  out->forest_.base = head.forest_base;
  take(out->forest_.starts, trees);
  take(out->forest_.nodes, nodes);
  out->stride_ = stride_of(outputs);
  out->presence_.resize(kSlots / 64);
  std::uint32_t next = 0;
  for (std::size_t s = 0; s < kSlots; ++s) {
    Presence& presence = out->presence_[s / 64];
    if (s % 64 == 0) presence.before = next;
    if (slots[s] == kNoRow) continue;
    if (slots[s] >= rows) return broken("", "a slot points beyond the rows");
    if (slots[s] != next++) return broken("", "the rows are out of order");
    presence.bits |= 1ULL << (s % 64);
  }
  if (!sound(out->forest_, kSecondLookFeatures)) return broken("", "a tree is no tree");
  return std::shared_ptr<const Model>(out);
}

// The sums stay in registers: Blocks of four numbers, each row's next four weights widened, scaled and added.
template <std::size_t Blocks>
void Model::sum_of(std::span<const std::int8_t* const> rows, std::span<const float> values, float* out) {
  std::array<Four, Blocks> sums{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + kAhead < rows.size()) __builtin_prefetch(rows[i + kAhead]);
    const Four by = Four{} + values[i] * scale(rows[i]);
    const std::int8_t* weights = rows[i] + sizeof(float);
    for (std::size_t b = 0; b < Blocks; ++b) sums[b] += by * four(weights + 4 * b);
  }
  std::memcpy(out, sums.data(), sizeof sums);
}

#ifdef __SSE4_1__
namespace {

// The same by eight numbers, where the machine can; each sum is made of the same numbers in the same order.
template <std::size_t Blocks>
__attribute__((target("avx2"))) void sum_by_eight(std::span<const std::int8_t* const> rows, std::span<const float> values, float* out,
                                                  std::size_t width) {
  __m256 sums[Blocks] = {};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + kAhead < rows.size()) __builtin_prefetch(rows[i + kAhead]);
    float scale = 0;
    std::memcpy(&scale, rows[i], sizeof scale);
    const __m256 by = _mm256_set1_ps(values[i] * scale);
    const std::int8_t* weights = rows[i] + sizeof(float);
    for (std::size_t b = 0; b < Blocks; ++b) {
      const __m256i wide = _mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(weights + 8 * b)));
      sums[b] = _mm256_add_ps(sums[b], _mm256_mul_ps(by, _mm256_cvtepi32_ps(wide)));
    }
  }
  std::array<float, 8 * Blocks> all;
  for (std::size_t b = 0; b < Blocks; ++b) _mm256_storeu_ps(all.data() + 8 * b, sums[b]);
  std::copy_n(all.begin(), width, out);
}

bool sums_by_eight() {
  static const bool kCan = __builtin_cpu_supports("avx2") != 0;
  return kCan;
}

}  // namespace
#endif

void Model::sum(std::span<const Feature> features, std::span<float> out) const {
  std::vector<const std::int8_t*> rows;
  std::vector<float> values;
  rows.reserve(features.size());
  values.reserve(features.size());
  for (const Feature& feature : features) {
    if (const std::int8_t* row = row_of(feature.slot); row != nullptr) {
      if (rows.size() < kAhead) __builtin_prefetch(row);
      rows.push_back(row);
      values.push_back(feature.value);
    }
  }
  constexpr std::size_t kUsual = 11;  // thirty measures
#ifdef __SSE4_1__
  constexpr std::size_t kUsualEights = (kUsual + 1) / 2;
  const bool fits = stride_ >= sizeof(float) + 8 * kUsualEights;
  if (width() == 4 * kUsual && fits && sums_by_eight()) return sum_by_eight<kUsualEights>(rows, values, out.data(), width());
#endif
  if (width() == 4 * kUsual) return sum_of<kUsual>(rows, values, out.data());
  for (std::size_t at = 0; at < width(); at += 4) {
    Four sum{};
    for (std::size_t i = 0; i < rows.size(); ++i) sum += (Four{} + values[i] * scale(rows[i])) * four(rows[i] + sizeof(float) + at);
    std::memcpy(out.data() + at, &sum, sizeof sum);
  }
}

}  // namespace litopys
