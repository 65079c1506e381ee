// A voice is a head of fixed width and its bounds, each of fixed width.
#include "store/record_bounds.h"

#include <bit>
#include <cstring>

namespace litopys {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand");

constexpr std::size_t kHead = 26, kBound = 25;

template <class T>
void put(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

template <class T>
T take(const char*& at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  at += sizeof(T);
  return value;
}

// Where the voice at the front ends; nothing where it is cut off.
std::size_t size_of_voice(std::string_view packed) {
  if (packed.size() < kHead) return 0;
  const std::size_t size = kHead + kBound * static_cast<unsigned char>(packed[kHead - 1]);
  return size <= packed.size() ? size : 0;
}

}  // namespace

void pack_voice(const BoundVoice& voice, std::string& out) {
  put(out, voice.claim);
  put(out, voice.document);
  put(out, voice.number);
  put(out, static_cast<std::int32_t>(voice.last));
  put(out, static_cast<std::uint8_t>(voice.side));
  put(out, voice.count);
  for (const CurveBound& bound : voice.all()) {
    put(out, static_cast<std::uint8_t>(bound.kind));
    put(out, static_cast<std::int32_t>(bound.from));
    put(out, static_cast<std::int32_t>(bound.to));
    put(out, bound.amount.billionths());
  }
}

bool each_packed_voice(std::string_view packed, const std::function<void(const BoundVoice&)>& visit) {
  constexpr auto kSides = Names<Side>::all.size();
  constexpr Int128 kMost = static_cast<Int128>(1) << 100;  // far beyond any figure, and far from where sums would run over
  BoundVoice voice;
  for (std::size_t size = size_of_voice(packed); size != 0; size = size_of_voice(packed)) {
    const char* at = packed.data();
    voice.claim = take<std::int64_t>(at);
    voice.document = take<std::int64_t>(at);
    voice.number = take<std::uint32_t>(at);
    voice.last = take<std::int32_t>(at);
    const auto side = take<std::uint8_t>(at);
    voice.side = static_cast<Side>(side);
    voice.count = take<std::uint8_t>(at);
    if (side >= kSides || voice.count > voice.bounds.size()) return false;
    for (CurveBound& bound : std::span(voice.bounds).first(voice.count)) {
      const auto kind = take<std::uint8_t>(at);
      if (kind > static_cast<std::uint8_t>(BoundKind::period_high)) return false;
      bound.kind = static_cast<BoundKind>(kind);
      bound.side = voice.side;
      bound.from = take<std::int32_t>(at);
      bound.to = take<std::int32_t>(at);
      bound.amount = Amount::raw(take<Int128>(at));
      const Int128 amount = bound.amount.billionths();
      if (bound.amount != kOpen && (amount > kMost || amount < -kMost)) return false;
    }
    visit(voice);
    packed.remove_prefix(size);
  }
  return packed.empty();
}

std::string packed_without(std::string_view packed, std::int64_t claim) {
  std::string out;
  out.reserve(packed.size());
  for (std::size_t size = size_of_voice(packed); size != 0; size = size_of_voice(packed)) {
    const char* at = packed.data();
    if (take<std::int64_t>(at) != claim) out.append(packed.substr(0, size));
    packed.remove_prefix(size);
  }
  return out;
}

}  // namespace litopys
