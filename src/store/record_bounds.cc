// A voice is a head of fixed width and its bounds, each of fixed width.
#include "store/record_bounds.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <tuple>

#include "record/arrows.h"

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

std::vector<BoundVoice> tightest(const std::vector<BoundVoice>& voices) {
  // Since the curve never falls, a bound follows from one of an earlier start, an earlier end and a greater amount, where "earlier" and
  // "greater" are turned round as the kind wants it: at least so much in a time from at least so much in a part of it, at most from at
  // most.
  struct Told {
    DayNumber start, end;
    Amount amount;
    std::size_t voice;
  };
  std::map<std::pair<Side, BoundKind>, std::vector<Told>> told;
  for (std::size_t i = 0; i < voices.size(); ++i) {
    for (const CurveBound& b : voices[i].all()) {
      if (arrow_idle(b)) continue;
      std::vector<Told>& into = told[{voices[i].side, b.kind}];
      switch (b.kind) {
        case BoundKind::low: into.push_back({0, b.to, b.amount, i}); break;
        case BoundKind::high: into.push_back({0, -b.to, Amount() - b.amount, i}); break;
        case BoundKind::period_low: into.push_back({-b.from, b.to, b.amount, i}); break;
        case BoundKind::period_high: into.push_back({b.from, -b.to, Amount() - b.amount, i}); break;
      }
    }
  }
  std::vector<bool> needed(voices.size(), false);
  for (auto& [kind, list] : told) {
    std::sort(list.begin(), list.end(), [](const Told& a, const Told& b) {
      return std::tie(a.start, a.end, b.amount, a.voice) < std::tie(b.start, b.end, a.amount, b.voice);
    });
    std::map<DayNumber, Amount> greatest;  // by end, rising: of those that start early enough
    for (const Told& bound : list) {
      auto after = greatest.upper_bound(bound.end);
      if (after != greatest.begin() && std::prev(after)->second >= bound.amount) continue;
      needed[bound.voice] = true;
      while (after != greatest.end() && after->second <= bound.amount) after = greatest.erase(after);
      greatest.insert_or_assign(after, bound.end, bound.amount);
    }
  }
  std::vector<BoundVoice> out;
  for (std::size_t i = 0; i < voices.size(); ++i) {
    if (needed[i]) out.push_back(voices[i]);
  }
  return out;
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
