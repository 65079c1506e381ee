// Text that was decoded wrongly before it was saved. UTF-8 read as a Cyrillic or Latin code page leaves pairs of a lead letter and a sign
// of the upper half, which are counted wherever they stand among sound text. All other ways (one code page read as another, twice, as DOS
// or Macintosh) are undone on a sample: where the text has no words and the undone one has, it was misread. Signs that stand for lost
// letters are counted.
#include "page/mojibake.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"
#include "page/encoding_guess.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace litopys {

using namespace detail;

namespace {

// At least as many as there are broken pairs in the text: letters that lead one, by the bytes that follow them.
std::size_t possible_pairs(std::string_view text) {
  std::size_t count = 0, i = 0;
  const auto pair_at = [&](std::size_t at) {
    const auto b = [&](std::size_t k) { return at + k < text.size() ? ascii::byte_at(text, at + k) : 0U; };
    const bool lead = (b(0) == 0xD0 && (b(1) == 0xBF || b(1) == 0xA0 || b(1) == 0xA1)) || (b(0) == 0xD1 && b(1) == 0x8F) ||
                      (b(0) == 0xC3 && (b(1) == 0x90 || b(1) == 0x91));
    if (!lead) return false;
    // Of Cyrillic letters only those that neither language has, and a few that it has.
    if (b(2) == 0xD0) return b(3) < 0x90;
    if (b(2) == 0xD1) return b(3) > 0x90;
    return b(2) >= 0xC2;
  };
#if defined(__SSE2__)
  const auto all = [](int byte) { return _mm_set1_epi8(static_cast<char>(byte)); };
  while (i + 17 <= text.size()) {
    if (i + 64 <= text.size()) {
      const auto* const from = reinterpret_cast<const __m128i*>(text.data() + i);
      const __m128i first = _mm_or_si128(_mm_loadu_si128(from), _mm_loadu_si128(from + 1));
      const __m128i second = _mm_or_si128(_mm_loadu_si128(from + 2), _mm_loadu_si128(from + 3));
      if (_mm_movemask_epi8(_mm_or_si128(first, second)) == 0) {
        i += 64;
        continue;
      }
    }
    const std::size_t at = i;
    i += 16;
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    if (_mm_movemask_epi8(v) == 0) continue;
    const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at + 1));
    const __m128i leads =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, all(0xD0)), _mm_cmpeq_epi8(v, all(0xD1))), _mm_cmpeq_epi8(v, all(0xC3)));
    const __m128i small = _mm_or_si128(_mm_cmpeq_epi8(next, all(0xBF)), _mm_cmpeq_epi8(next, all(0x8F)));
    const __m128i capital = _mm_or_si128(_mm_cmpeq_epi8(next, all(0xA0)), _mm_cmpeq_epi8(next, all(0xA1)));
    const __m128i latin = _mm_or_si128(_mm_cmpeq_epi8(next, all(0x90)), _mm_cmpeq_epi8(next, all(0x91)));
    const __m128i hits = _mm_and_si128(leads, _mm_or_si128(_mm_or_si128(small, capital), latin));
    for (auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits)); mask != 0; mask &= mask - 1)
      count += pair_at(at + static_cast<std::size_t>(std::countr_zero(mask)));
  }
#endif
  for (; i < text.size(); ++i) count += pair_at(i);
  return count;
}

constexpr std::size_t kFewestPairs = 4;

// UTF-8 bytes that somebody decoded as KOI8-R, windows-1251 or Latin-1 and saved again: each Cyrillic letter is a lead letter (one of
// two) and a sign of the upper half. Capital letters in a row are no such thing: what follows the lead must be no letter that goes with it.
std::string pairs_of(std::string_view text) {
  struct Kind {
    char32_t lead_d0, lead_d1;
    const char* name;
  };
  static constexpr Kind kKinds[] = {{U'п', U'я', "KOI8-R"}, {U'Р', U'С', "windows-1251"}, {U'Ð', U'Ñ', "windows-1252"}};
  std::size_t letters = 0;
  std::array<std::size_t, 3> pairs{};
  char32_t before = 0;
  const std::string_view look = text.substr(0, kLook * 4);
  if (possible_pairs(look) < kFewestPairs) return {};
  for (std::size_t i = 0; i < look.size();) {
    if (ascii::byte_at(look, i) < 0x80) {
      // Neither lead nor second of a broken pair.
      before = 0;
      i = skip_ascii(look, i);
      continue;
    }
    const utf8::Decoded got = utf8::decode(look, i);
    if (got.size == 0) break;
    i += got.size;
    const char32_t c = got.value;
    if (c >= 0x80 && utf8::is_letter(c)) ++letters;
    const bool drawing = c >= 0x2500 && c <= 0x25A0;
    const bool math = c == 0x2248 || c == 0x2264 || c == 0x2265 || c == 0x2219 || c == 0x221A || c == 0x2320 || c == 0x2321 || c == 0xB0 ||
                      c == 0xB2 || c == 0xB7 || c == 0xF7;
    // windows-1251 has Serbian and Macedonian letters and typographic signs where UTF-8 has its second bytes.
    const bool upper_half = (c >= 0x402 && c <= 0x40F && c != 0x404 && c != 0x406 && c != 0x407) ||
                            (c >= 0x452 && c <= 0x45F && c != 0x454 && c != 0x456 && c != 0x457) || (c >= 0xA0 && c <= 0xBF) ||
                            (c >= 0x2010 && c <= 0x203A) || c == 0x20AC || c == 0x2116 || c == 0x2122 || c == 0x404 || c == 0x406 ||
                            c == 0x407 || c == 0x454 || c == 0x456 || c == 0x457 || c == 0x451 || c == 0x490 || c == 0x491;
    const bool latin_half = (c >= 0x80 && c <= 0xBF) || (c >= 0x2010 && c <= 0x203A) || c == 0x20AC || c == 0x2122 || c == 0x152 ||
                            c == 0x153 || c == 0x160 || c == 0x161 || c == 0x178 || c == 0x17D || c == 0x17E || c == 0x192 || c == 0x2C6 ||
                            c == 0x2DC;
    pairs[0] += (before == kKinds[0].lead_d0 || before == kKinds[0].lead_d1) && (drawing || math);
    pairs[1] += (before == kKinds[1].lead_d0 || before == kKinds[1].lead_d1) && upper_half;
    pairs[2] += (before == kKinds[2].lead_d0 || before == kKinds[2].lead_d1) && latin_half;
    before = c;
  }
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    // Real text has pairs like «Сі» and «Рє» now and then; broken text consists of them.
    if (pairs[k] >= kFewestPairs && pairs[k] * 10 >= letters * 3) return kKinds[k].name;
  }
  return {};
}

// --- any other way: undone on a sample ---------------------------------------------------------------------------------------------------

constexpr std::size_t kSample = 1200;    // code points
constexpr std::size_t kReach = 1 << 15;  // bytes behind the first letter outside ASCII: pages in Latin letters are not walked to their end
constexpr std::size_t kFewest = 12;      // letters outside ASCII

// Words outside ASCII with one ASCII character for all that stands between them; nothing where letters outside ASCII stand alone.
std::u32string letters_sample(std::string_view text) {
  std::u32string out;
  std::size_t high = 0, together = 0;
  const std::size_t first = skip_ascii(text, 0);
  text = text.substr(0, first + kReach);
  for (std::size_t i = first; i < text.size() && out.size() < kSample;) {
    if (ascii::byte_at(text, i) < 0x80) {
      out += U' ';
      i = skip_ascii(text, i);
      continue;
    }
    const utf8::Decoded got = utf8::decode(text, i);
    if (got.size == 0) break;
    i += got.size;
    // Blanks and dashes of their own stand in runs in sound text.
    const bool sign = got.value == 0xA0 || (got.value >= 0x2000 && got.value < 0x2070);
    if (!sign) {
      together += !out.empty() && out.back() >= 0x80;
      ++high;
    }
    out += got.value;
  }
  if (high < kFewest || together * 10 < high * 4) return {};
  return out;
}

struct Way {
  const char* name;
  CodePage page;
  std::vector<std::pair<char32_t, unsigned char>> bytes;  // sorted
};

const std::vector<Way>& ways() {
  static const std::vector<Way> all = [] {
    std::vector<Way> out;
    for (const char* name : {"windows-1251", "windows-1252", "KOI8-R", "KOI8-U", "CP866", "ISO-8859-5", "x-mac-cyrillic"}) {
      const CodePage* const page = code_page(name);
      if (page == nullptr) continue;
      Way way{name, *page, {}};
      for (unsigned b = 0x80; b < 256; ++b) {
        // What a code page leaves open, programs take for the control character of that number.
        if (way.page[b] == utf8::kReplacement) way.page[b] = b;
        way.bytes.emplace_back(way.page[b], static_cast<unsigned char>(b));
      }
      // ISO 8859-1 goes by the name of windows-1252: its controls are those numbers too.
      for (unsigned b = 0x80; b < 0xA0; ++b) way.bytes.emplace_back(b, static_cast<unsigned char>(b));
      std::stable_sort(way.bytes.begin(), way.bytes.end(), [](const auto& a, const auto& z) { return a.first < z.first; });
      out.push_back(std::move(way));
    }
    return out;
  }();
  return all;
}

// The bytes from which `way` read `text`; nullopt where a tenth of it or more cannot come from there.
std::optional<std::string> unread(std::u32string_view text, const Way& way) {
  std::string out;
  std::size_t strange = 0;
  for (const char32_t c : text) {
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    const auto at = std::lower_bound(way.bytes.begin(), way.bytes.end(), c, [](const auto& a, char32_t z) { return a.first < z; });
    if (at == way.bytes.end() || at->first != c) {
      if (++strange * 10 > text.size()) return std::nullopt;
      out += ' ';
    } else {
      out += static_cast<char>(at->second);
    }
  }
  return out;
}

// Bytes as UTF-8; empty where more than a tenth of what is outside ASCII is none.
std::u32string as_utf8(std::string_view bytes) {
  std::u32string out;
  std::size_t good = 0, bad = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const utf8::Decoded got = utf8::decode(bytes, i);
    if (got.size == 0) break;
    if (ascii::byte_at(bytes, i) >= 0x80) (got.value == utf8::kReplacement ? bad : good) += 1;
    out += got.value;
    i += got.size;
  }
  if (good == 0 || bad * 10 > good) out.clear();
  return out;
}

// Whether what a sample was undone to is words of ours: many letters, of many kinds, vowels among them. Frames and banners drawn with
// signs come out as a few letters again and again.
bool has_words(std::u32string_view text) {
  std::array<std::size_t, 0x492 - 0x400> counts{};
  std::size_t letters = 0, high = 0;
  for (const char32_t c : text) {
    high += c >= 0x80;
    if (c < 0x400 || c > 0x491) continue;
    ++counts[utf8::lower(c) - 0x400];
    ++letters;
  }
  if (letters < kFewest || letters * 10 < high * 7) return false;
  std::size_t vowels = 0, kinds = 0, most = 0;
  for (const char32_t c : U"аеиоуыэюяєії") vowels += c >= 0x400 ? counts[c - 0x400] : 0;
  for (const std::size_t count : counts) {
    kinds += count > 0;
    most = std::max(most, count);
  }
  return kinds >= 8 && most * 4 <= letters && vowels * 4 >= letters && vowels * 5 <= letters * 3;
}

std::u32string as_page(std::string_view bytes, const CodePage& page) {
  std::u32string out;
  for (const char c : bytes) out += page[static_cast<unsigned char>(c)];
  return out;
}

std::string misread_as(std::u32string_view sample, int depth) {
  constexpr double kNonsense = 4.5, kWords = 5.5, kBetter = 2;
  const double own = letter_score(sample);
  if (own >= kNonsense) return {};
  for (const Way& wrong : ways()) {
    const auto bytes = unread(sample, wrong);
    if (!bytes) continue;
    if (const std::u32string right = as_utf8(*bytes); !right.empty()) {
      if (letter_score(right) >= kWords && has_words(right)) return std::string("UTF-8 was once read as ") + wrong.name;
      if (depth == 0) {
        if (std::string deeper = misread_as(right, 1); !deeper.empty()) return deeper + ", twice";
      }
    }
    for (const Way& right : ways()) {
      if (&right == &wrong) continue;
      const double score = letter_score(*bytes, right.page);
      if (score >= kWords && score > own + kBetter && has_words(as_page(*bytes, right.page)))
        return std::string(right.name) + " was once read as " + wrong.name;
    }
  }
  return {};
}

}  // namespace

std::string misreading_of(std::string_view text) {
  if (std::string as = pairs_of(text); !as.empty()) return "UTF-8 was once read as " + as;
  const std::u32string sample = letters_sample(text);
  return sample.empty() ? std::string() : misread_as(sample, 0);
}

std::string losses_of(std::string_view text) {
  // Letters that a code page could not hold leave question marks, a word each a run of them.
  constexpr std::size_t kRun = 3;
  constexpr std::size_t kFewestLost = 12;
  std::size_t asked = 0, replaced = 0;
  for (std::size_t i = text.find("???"); i != std::string_view::npos; i = text.find("???", i)) {
    const std::size_t end = std::min(text.find_first_not_of('?', i), text.size());
    // No mark of a question or of amazement behind a word, and no line drawn with it.
    const bool behind = i > 0 && (ascii::byte_at(text, i - 1) > ' ' && text[i - 1] != '(' && text[i - 1] != '"');
    if (end - i >= kRun && end - i < 40 && !behind) asked += end - i;
    i = end;
  }
  for (std::size_t i = text.find("\xEF\xBF\xBD"); i != std::string_view::npos; i = text.find("\xEF\xBF\xBD", i + 3)) ++replaced;
  if (asked < kFewestLost && replaced < kFewestLost) return {};
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded got = utf8::decode(text, i);
    if (got.size == 0) break;
    letters += utf8::is_letter(got.value);
    i += got.size;
  }
  if (asked >= kFewestLost && asked * 10 >= letters * 7) return "its letters are lost: question marks stand for them";
  if (replaced >= kFewestLost && replaced * 10 >= letters * 7) return "its letters are lost: replacement characters stand for them";
  return {};
}

}  // namespace litopys
