// A careful reader's file small enough to write out and to run by hand: two layers of 32, pieces of a few letters, weights by a fixed rule.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace litopys::small_encoder {

inline constexpr std::size_t kHidden = 32, kLayers = 2, kHeads = 2, kInner = 64, kPositions = 48, kMeasures = 2, kOutputs = kMeasures + 11;

// In byte order, with log probabilities.
inline const std::vector<std::pair<std::string, float>> kPieces = {
    {"a", -3.0F},      {"ab", -3.5F},     {"b", -3.0F},      {"c", -4.0F},       {"n", -4.0F},        {"o", -3.0F},
    {"\u0438", -3.0F}, {"\u0439", -4.0F}, {"\u2581", -2.0F}, {"\u2581a", -2.5F}, {"\u2581no", -3.0F}, {"\u2581\u0439", -3.0F}};

// The line of a head by which a file says that it has a pointer.
inline const std::string kPointer = "pointer origin when figure\n";

inline void put_line(std::string& out) { out.resize((out.size() + 63) / 64 * 64, '\0'); }

template <class T>
void put(std::string& out, const std::vector<T>& values) {
  out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  put_line(out);
}

inline std::uint64_t checksum(const std::string& bytes) {
  std::uint64_t h = bytes.size(), lanes[4];
  for (std::uint64_t l = 0; l < 4; ++l) lanes[l] = 1469598103934665603ULL + l;
  for (std::size_t i = 0; i < bytes.size() / 8; ++i) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + 8 * i, 8);
    std::uint64_t& lane = lanes[i % 4];
    lane = (lane ^ word) * 1099511628211ULL;
    lane ^= lane >> 32;
  }
  for (const std::uint64_t lane : lanes) h = (h ^ lane) * 1099511628211ULL;
  return h;
}

// `body` is everything before the checksum.
inline std::string sealed(std::string body) {
  const std::uint64_t sum = checksum(body);
  return body.append(reinterpret_cast<const char*>(&sum), 8);
}

inline std::string head_of(const std::string& lines) {
  std::string out = "LITOPYSC";
  std::string text = lines;
  text.resize((16 + text.size() + 63) / 64 * 64 - 16, ' ');
  const auto length = static_cast<std::uint32_t>(text.size());
  const std::uint32_t nothing = 0;
  out.append(reinterpret_cast<const char*>(&length), 4).append(reinterpret_cast<const char*>(&nothing), 4);
  return out + text;
}

inline std::string head_lines() {
  std::size_t bytes = 0;
  for (const auto& [piece, score] : kPieces) bytes += piece.size();
  return "codebook own\nmeasures issuance fine\ntraining 0\nlicence own\nmade-from nothing\nquality none\nhidden 32\nlayers 2\nheads 2\n"
         "inner 64\npositions 48\noutputs 13\npieces " +
         std::to_string(kPieces.size()) + "\npiece-bytes " + std::to_string(bytes) +
         "\nnormal 2\nnormal-bytes 2\nthresholds 0.3 0.3 0.3\nfusion 0 1 0 0 0 0 0 0\nleast-light -4\n";
}

// Where the arrays of floats begin: the position of the pieces' scores in a body made by body().
inline std::string body(const std::string& lines = head_lines()) {
  std::mt19937 random(7);
  const auto floats = [&](std::size_t n, float size, float middle = 0) {
    std::vector<float> out(n);
    for (float& x : out) x = middle + size * (static_cast<float>(random() % 2001) / 1000.0F - 1.0F);
    return out;
  };
  const auto signs = [&](std::size_t n) {
    std::vector<std::int8_t> out(n);
    for (std::int8_t& x : out) x = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
    return out;
  };
  std::string out = head_of(lines);
  std::vector<std::uint32_t> offsets{0};
  std::vector<float> scores;
  std::string bytes;
  for (const auto& [piece, score] : kPieces) {
    bytes += piece;
    offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
    scores.push_back(score);
  }
  put(out, offsets);
  put(out, scores);
  put(out, std::vector<char>(bytes.begin(), bytes.end()));
  put(out, std::vector<std::uint32_t>{0x9, 0x2126});  // tab and the sign for ohm
  put(out, std::vector<std::uint32_t>{0, 1, 2});
  put(out, std::vector<char>{' ', 'o'});
  const std::size_t rows = kPieces.size() + 4;
  put(out, signs(rows * kHidden));
  put(out, floats(rows, 0.002F, 0.01F));
  put(out, floats(kPositions * kHidden, 0.2F));
  const auto norm = [&] {
    put(out, floats(kHidden, 0.2F, 1.0F));
    put(out, floats(kHidden, 0.2F));
  };
  const auto matrix = [&](std::size_t n, std::size_t k) {
    put(out, signs(n * k));
    put(out, floats(n, 0.0005F, 0.002F));
    put(out, floats(n, 0.1F));
  };
  norm();
  for (std::size_t l = 0; l < kLayers; ++l) {
    matrix(3 * kHidden, kHidden);
    matrix(kHidden, kHidden);
    norm();
    matrix(kInner, kHidden);
    matrix(kHidden, kInner);
    norm();
  }
  put(out, floats(kHidden * 2 * kHidden, 0.2F));
  put(out, floats(kHidden, 0.1F));
  put(out, floats(kOutputs * kHidden, 0.3F));
  put(out, floats(kOutputs, 0.1F));
  if (lines.find(kPointer) != std::string::npos) {
    put(out, floats(3 * 64 * kHidden, 0.4F));
    put(out, floats(3 * 64 * kHidden, 0.4F));
    put(out, floats(9 * kHidden, 0.3F));
    put(out, floats(9, 0.3F));
    put(out, floats(24, 1.0F));
  }
  return out;
}

}  // namespace litopys::small_encoder
