// The way of Teddy (Hyperscan, Wang et al., NSDI 2019): two table look-ups a byte tell which of eight buckets it can belong to at each of
// four places; where a bucket is left at all four, the needles in it are compared. What decides the speed is how often that happens, so
// each needle is known by its four rarest letters, and needles whose letters share their nibbles share a bucket.
//
// Where the machine looks up whole bytes in tables of 128 (AVX-512 VBMI), a byte's two look-ups become one, of sixty-four bytes at a time.
//
// Vectorscan, which does this for hundreds of literals, was measured on these needles at 2.5 (letter case aside) to 4 (three literals a
// stem) GB/s, this at 10; the budget beside libdeflate was 8.
#include "intake/needles.h"

#include <algorithm>
#include <cstring>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/ascii.h"

namespace litopys {
namespace {

constexpr std::string_view kEscapes[] = {"&#10", "&#11", "&#x4", "\\u04", "cy;&"};

// How often an ASCII byte stands in English news pages, markup and scripts included, in parts of ten thousand (counted over 330 pages).
constexpr std::array<unsigned short, 128> kFrequency = {
    1,   1,   1,  1,  1,   1,   1,    1,   1,   77,  88,  1,   1,   8,   1,  1,  1,  1,  1,  1,   1,   1,   1,   1,   1,   1,
    1,   1,   1,  1,  1,   1,   1069, 10,  286, 11,  1,   12,  20,  25,  42, 42, 5,  9,  90, 272, 170, 170, 132, 102, 99,  63,
    56,  59,  52, 45, 46,  46,  108,  55,  116, 123, 119, 6,   3,   53,  17, 22, 18, 20, 20, 12,  13,  19,  8,   9,   17,  19,
    15,  13,  16, 9,  15,  25,  21,   12,  12,  13,  6,   7,   8,   11,  27, 11, 1,  56, 1,  436, 112, 241, 241, 626, 115, 148,
    157, 423, 25, 64, 309, 181, 379,  331, 195, 16,  345, 361, 510, 166, 85, 99, 57, 66, 30, 34,  8,   35,  1,   1};

// One bucket's masks while they are made.
struct Draft {
  std::array<unsigned, 4> low{}, high{};
  bool used = false;

  void add(std::string_view window) {
    used = true;
    for (std::size_t p = 0; p < window.size(); ++p) {
      const auto c = static_cast<unsigned char>(window[p]);
      low[p] |= 1U << (c & 15U);
      high[p] |= 1U << (c >> 4U);
      if (c >= 'a' && c <= 'z') high[p] |= 1U << ((c ^ 32U) >> 4U);
    }
  }
  [[nodiscard]] double cost() const {
    if (!used) return 0;
    double out = 1;
    for (std::size_t p = 0; p < 4; ++p) {
      double sum = 0;
      for (unsigned c = 0; c < 128; ++c) {
        if (((low[p] >> (c & 15U)) & 1U) != 0 && ((high[p] >> (c >> 4U)) & 1U) != 0) sum += kFrequency[c];
      }
      out *= sum / 10000;
    }
    return out;
  }
};

std::uint32_t key_of(const char* window) {
  std::uint32_t out = 0;
  std::memcpy(&out, window, sizeof out);
  return out | 0x20202020U;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) inline __m256i load(const void* p) { return _mm256_loadu_si256(static_cast<const __m256i*>(p)); }
__attribute__((target("avx2"))) inline __m256i high_nibbles(__m256i b) {
  return _mm256_and_si256(_mm256_srli_epi16(b, 4), _mm256_set1_epi8(15));
}
#endif

bool escape_goes_on(std::string_view rest) {
  if (rest.starts_with("&#10")) return rest.size() > 5 && rest[4] >= '2' && rest[4] <= '9' && ascii::is_digit(rest[5]);
  if (rest.starts_with("&#11")) return rest.size() > 5 && ascii::is_digit(rest[4]) && ascii::is_digit(rest[5]);
  return true;
}

}  // namespace

Needles::Needles(std::vector<std::string> needles) : asked_(needles.size()) {
  for (std::string& text : needles) needles_.push_back({.text = std::move(text)});
  for (const std::string_view escape : kEscapes) needles_.push_back({.text = std::string(escape), .is_escape = true});
  std::array<Draft, 8> drafts;
  const auto rarest = [](const std::string& text) {
    double best = 1;
    for (std::size_t k = 0; k + kWindow <= text.size(); ++k) {
      Draft alone;
      alone.add(std::string_view(text).substr(k, kWindow));
      best = std::min(best, alone.cost());
    }
    return best;
  };
  std::vector<std::size_t> order(needles_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rarest(needles_[a].text) > rarest(needles_[b].text); });
  for (const std::size_t i : order) {
    Needle& needle = needles_[i];
    double best = 1e9;
    std::size_t bucket = 0;
    for (std::size_t k = 0; k + kWindow <= needle.text.size(); ++k) {
      for (std::size_t b = 0; b < drafts.size(); ++b) {
        Draft with = drafts[b];
        with.add(std::string_view(needle.text).substr(k, kWindow));
        if (const double more = with.cost() - drafts[b].cost(); more < best) {
          best = more;
          bucket = b;
          needle.window = k;
        }
      }
    }
    drafts[bucket].add(std::string_view(needle.text).substr(needle.window, kWindow));
    buckets_[bucket].push_back({key_of(needle.text.data() + needle.window), static_cast<std::uint32_t>(i)});
  }
  for (std::size_t b = 0; b < drafts.size(); ++b) {
    for (const Key& key : buckets_[b]) {
      const Needle& needle = needles_[key.needle];
      for (std::size_t p = 0; p < kWindow; ++p) {
        const auto c = static_cast<unsigned char>(needle.text[needle.window + p]);
        masks_.whole[p][c & 127U] |= static_cast<unsigned char>(1U << b);
        if (c >= 'a' && c <= 'z') masks_.whole[p][c ^ 32U] |= static_cast<unsigned char>(1U << b);
      }
    }
    for (std::size_t p = 0; p < kWindow; ++p) {
      for (unsigned nibble = 0; nibble < 16; ++nibble) {
        const auto bit = static_cast<unsigned char>(1U << b);
        for (const std::size_t half : {0U, 16U}) {
          if (((drafts[b].low[p] >> nibble) & 1U) != 0) masks_.low[p][half + nibble] |= bit;
          if (((drafts[b].high[p] >> nibble) & 1U) != 0) masks_.high[p][half + nibble] |= bit;
        }
      }
    }
  }
}

// One run over one piece of bytes.
struct Needles::Walk {
  const Needles& needles;
  std::string_view bytes;
  const std::function<void(std::size_t, std::size_t)>& hit;
  Seen seen;
  std::size_t at = 0;

  // The window at byte `i` may be of a needle of these buckets.
  void look(std::size_t i, unsigned buckets) {
    const std::uint32_t key = key_of(bytes.data() + i);
    for (; buckets != 0; buckets &= buckets - 1) {
      for (const Key& known : needles.buckets_[static_cast<std::size_t>(__builtin_ctz(buckets))]) {
        if (known.window == key) compare(i, known.needle);
      }
    }
  }

  void compare(std::size_t i, std::size_t n) {
    const Needle& needle = needles.needles_[n];
    if (i < needle.window || i - needle.window + needle.text.size() > bytes.size()) return;
    const std::string_view there = bytes.substr(i - needle.window, needle.text.size());
    if (!std::equal(there.begin(), there.end(), needle.text.begin(), [](char a, char b) { return ascii::lower(a) == b; })) return;
    if (needle.is_escape) {
      seen.escapes = seen.escapes || escape_goes_on(bytes.substr(i - needle.window));
    } else {
      hit(n, i - needle.window);
    }
  }

  void tail() {
    for (; at < bytes.size(); ++at) {
      const auto c = static_cast<unsigned char>(bytes[at]);
      seen.cyrillic_leads = seen.cyrillic_leads || (c & 0xF0U) == 0xD0U;
      if (at + 1 < bytes.size()) seen.high_pairs = seen.high_pairs || (c >= 0xC0U && static_cast<unsigned char>(bytes[at + 1]) >= 0xC0U);
      if (at + kWindow > bytes.size()) continue;
      unsigned buckets = 0xFF;
      for (std::size_t p = 0; p < kWindow; ++p) {
        const auto b = static_cast<unsigned char>(bytes[at + p]);
        buckets &= b >= 0x80U ? 0U : static_cast<unsigned>(needles.masks_.low[p][b & 15U] & needles.masks_.high[p][b >> 4U]);
      }
      if (buckets != 0) look(at, buckets);
    }
  }

#if defined(__x86_64__)
  __attribute__((target("avx512f,avx512bw,avx512vbmi"))) void widest() {
    const Masks& m = needles.masks_;
    const auto table = [&](std::size_t p, std::size_t half) { return static_cast<const void*>(m.whole[p].data() + 64 * half); };
    const __m512i low0 = _mm512_loadu_si512(table(0, 0)), high0 = _mm512_loadu_si512(table(0, 1)), low1 = _mm512_loadu_si512(table(1, 0)),
                  high1 = _mm512_loadu_si512(table(1, 1)), low2 = _mm512_loadu_si512(table(2, 0)), high2 = _mm512_loadu_si512(table(2, 1)),
                  low3 = _mm512_loadu_si512(table(3, 0)), high3 = _mm512_loadu_si512(table(3, 1));
    const __m512i upper_half = _mm512_set1_epi8(static_cast<char>(0xF0)), lead = _mm512_set1_epi8(static_cast<char>(0xD0)),
                  second = _mm512_set1_epi8(static_cast<char>(0xC0));
    const char* const data = bytes.data();
    __mmask64 leads = 0, pairs = 0;
    for (; at + 64 + kWindow <= bytes.size(); at += 64) {
      const __m512i b0 = _mm512_loadu_si512(data + at), b1 = _mm512_loadu_si512(data + at + 1), b2 = _mm512_loadu_si512(data + at + 2),
                    b3 = _mm512_loadu_si512(data + at + 3);
      const __m512i r01 = _mm512_and_si512(_mm512_permutex2var_epi8(low0, b0, high0), _mm512_permutex2var_epi8(low1, b1, high1));
      const __m512i r23 = _mm512_and_si512(_mm512_permutex2var_epi8(low2, b2, high2), _mm512_permutex2var_epi8(low3, b3, high3));
      __mmask64 places = _mm512_test_epi8_mask(r01, r23);
      // A look-up takes a byte beyond ASCII for one of ASCII; such windows are none.
      const __mmask64 beyond = _mm512_movepi8_mask(_mm512_or_si512(_mm512_or_si512(b0, b1), _mm512_or_si512(b2, b3)));
      if (beyond != 0) {
        places &= ~beyond;
        leads |= _mm512_cmpeq_epi8_mask(_mm512_and_si512(b0, upper_half), lead);
        pairs |= _mm512_cmpge_epu8_mask(b0, second) & _mm512_cmpge_epu8_mask(b1, second);
      }
      if (places == 0) continue;
      alignas(64) std::array<unsigned char, 64> found;  // NOLINT(cppcoreguidelines-pro-type-member-init): written below
      _mm512_store_si512(found.data(), _mm512_and_si512(r01, r23));
      for (; places != 0; places &= places - 1) {
        const auto i = static_cast<std::size_t>(__builtin_ctzll(places));
        if (found[i] != 0) look(at + i, found[i]);
      }
    }
    seen.cyrillic_leads = leads != 0;
    seen.high_pairs = pairs != 0;
  }

  __attribute__((target("avx2"))) void wide() {
    const Masks& m = needles.masks_;
    const __m256i low0 = load(m.low[0].data()), low1 = load(m.low[1].data()), low2 = load(m.low[2].data()), low3 = load(m.low[3].data());
    const __m256i high0 = load(m.high[0].data()), high1 = load(m.high[1].data()), high2 = load(m.high[2].data()),
                  high3 = load(m.high[3].data());
    const __m256i lead = _mm256_set1_epi8(13);
    __m256i leads = _mm256_setzero_si256();
    __m256i pairs = _mm256_setzero_si256();
    const char* const data = bytes.data();
    for (; at + 32 + kWindow <= bytes.size(); at += 32) {
      const __m256i b0 = load(data + at), b1 = load(data + at + 1), b2 = load(data + at + 2), b3 = load(data + at + 3);
      const __m256i h0 = high_nibbles(b0);
      leads = _mm256_or_si256(leads, _mm256_cmpeq_epi8(h0, lead));
      pairs = _mm256_max_epu8(pairs, _mm256_and_si256(b0, b1));
      const __m256i r0 = _mm256_and_si256(_mm256_shuffle_epi8(low0, b0), _mm256_shuffle_epi8(high0, h0));
      const __m256i r1 = _mm256_and_si256(_mm256_shuffle_epi8(low1, b1), _mm256_shuffle_epi8(high1, high_nibbles(b1)));
      const __m256i r2 = _mm256_and_si256(_mm256_shuffle_epi8(low2, b2), _mm256_shuffle_epi8(high2, high_nibbles(b2)));
      const __m256i r3 = _mm256_and_si256(_mm256_shuffle_epi8(low3, b3), _mm256_shuffle_epi8(high3, high_nibbles(b3)));
      const __m256i r = _mm256_and_si256(_mm256_and_si256(r0, r1), _mm256_and_si256(r2, r3));
      if (_mm256_testz_si256(r, r) != 0) continue;
      alignas(32) std::array<unsigned char, 32> found;                  // NOLINT(cppcoreguidelines-pro-type-member-init): written below
      _mm256_store_si256(reinterpret_cast<__m256i*>(found.data()), r);  // NOLINT: the intrinsic's own type
      auto places = ~static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(r, _mm256_setzero_si256())));
      for (; places != 0; places &= places - 1) {
        const auto i = static_cast<std::size_t>(__builtin_ctz(places));
        look(at + i, found[i]);
      }
    }
    seen.cyrillic_leads = _mm256_movemask_epi8(leads) != 0;
    std::array<unsigned char, 32> most{};
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(most.data()), pairs);  // NOLINT
    seen.high_pairs = *std::max_element(most.begin(), most.end()) >= 0xC0U;
  }
#endif
};

Needles::Seen Needles::scan(std::string_view bytes, const std::function<void(std::size_t, std::size_t)>& hit,
                            [[maybe_unused]] Registers most) const {
  Walk walk{.needles = *this, .bytes = bytes, .hit = hit, .seen = {}};
#if defined(__x86_64__)
  if (most == Registers::avx512 && __builtin_cpu_supports("avx512vbmi") != 0 && __builtin_cpu_supports("avx512bw") != 0) {
    walk.widest();
  } else if (most != Registers::none && __builtin_cpu_supports("avx2") != 0) {
    walk.wide();
  }
#endif
  walk.tail();
  return walk.seen;
}

}  // namespace litopys
