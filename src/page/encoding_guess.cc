// Each candidate reads a sample; what it reads is scored by pairs of letters that Ukrainian and Russian have (page/letter_pairs.inc).
// A wrong reading gives pairs that no word has, capitals inside words or box-drawing signs, so that a sentence decides. A few letters do
// not; then windows-1251 is the answer, the commonest.
#include "page/encoding_guess.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <optional>

#include "base/utf8.h"
#include "page/letter_pairs.inc"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace litopys::detail {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

const char* icu_name(std::string_view encoding) {
  if (encoding == "windows-1251") return "ibm-5347_P100-1998";
  if (encoding == "windows-1252") return "ibm-5348_P100-1997";
  if (encoding == "CP866") return "ibm-866_P100-1995";
  return nullptr;
}

}  // namespace

Converter open_converter(const std::string& encoding) {
  UErrorCode error = U_ZERO_ERROR;
  const char* known = icu_name(encoding);
  Converter converter(ucnv_open(known != nullptr ? known : encoding.c_str(), &error));
  if (U_FAILURE(error) && known != nullptr) {
    error = U_ZERO_ERROR;
    converter.reset(ucnv_open(encoding.c_str(), &error));
  }
  return U_FAILURE(error) ? nullptr : std::move(converter);
}

// --- UTF-16 without a mark -----------------------------------------------------------------------------------------------------------

// "UTF-16LE", "UTF-16BE" or "": UTF-16 of our languages has zero (Latin, blanks) or four (Cyrillic) in every other byte.
std::string utf16_by_bytes(std::string_view bytes) {
  const std::string_view look = bytes.substr(0, std::min(kLook, bytes.size() & ~std::size_t{1}));
  if (look.size() < 4 || look.find('\0') == std::string_view::npos) return {};
  std::array<std::size_t, 2> high{};
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < look.size(); ++i) {
    const unsigned b = byte_at(look, i);
    high[i & 1] += b == 0 || b == 4 || b == 0x20;
    zeros += b == 0;
  }
  const std::size_t units = look.size() / 2;
  if (zeros * 50 < units) return {};  // no blank in fifty letters: no text
  if (high[1] * 10 >= units * 9 && high[0] * 10 < units * 6) return "UTF-16LE";
  if (high[0] * 10 >= units * 9 && high[1] * 10 < units * 6) return "UTF-16BE";
  return {};
}

namespace {

// --- letter statistics -----------------------------------------------------------------------------------------------------------------

// Index into the table of letter pairs; 0 is a word's edge, npos no letter of ours.
int letter_index(char32_t lower) {
  static constexpr std::size_t count = std::size(kPairLetters) - 1;
  for (std::size_t i = 1; i < count; ++i) {
    if (kPairLetters[i] == lower) return static_cast<int>(i);
  }
  return -1;
}

struct Letter {
  short index = 0;  // into the table; -1 other letter, -2 box drawing and controls, -3 other signs
  bool upper = false;
};

std::optional<std::array<char32_t, 256>> code_page(const std::string& encoding) {
  const Converter converter = open_converter(encoding);
  if (!converter) return std::nullopt;
  std::array<char32_t, 256> out{};
  for (unsigned b = 0; b < 256; ++b) {
    const char byte = static_cast<char>(b);
    UChar unit[4];
    UErrorCode error = U_ZERO_ERROR;
    ucnv_reset(converter.get());
    const std::int32_t n = ucnv_toUChars(converter.get(), unit, 4, &byte, 1, &error);
    out[b] = U_SUCCESS(error) && n == 1 ? unit[0] : utf8::kReplacement;
  }
  return out;
}

// How much the text looks like Ukrainian or Russian when read by this code page: the mean over letter pairs, about 6 for real text.
double score_as(std::string_view sample, const std::array<char32_t, 256>& page) {
  std::array<Letter, 256> letters;
  for (unsigned b = 0; b < 256; ++b) {
    const char32_t c = page[b];
    Letter& letter = letters[b];
    if (b < 0x80) {
      letter.index = 0;
    } else if (const int index = letter_index(utf8::lower(c)); index > 0) {
      letter.index = static_cast<short>(index);
      letter.upper = utf8::is_upper(c);
    } else if (utf8::is_letter(c)) {
      letter.index = -1;
    } else if ((c >= 0x2500 && c < 0x25A1) || c < 0xA0 || c == utf8::kReplacement) {
      letter.index = -2;
    } else if (c == U'«' || c == U'»' || c == U'—' || c == U'–' || c == U'“' || c == U'”' || c == U'„' || c == U'’' || c == U'№' ||
               c == 0xA0 || c == U'…') {
      letter.index = 0;
    } else {
      letter.index = -3;
    }
  }
  double sum = 0;
  std::size_t count = 0;
  int before = 0;
  bool lower_before = false;
  for (const char c : sample) {
    const Letter letter = letters[static_cast<unsigned char>(c)];
    if (letter.index < 0) {
      sum -= letter.index == -2 ? 8 : letter.index == -1 ? 5 : 2;
      ++count;
      before = 0;
      lower_before = false;
      continue;
    }
    if (before != 0 || letter.index != 0) {
      const int pair = kPairs[before][letter.index] - '0';
      sum += pair == 0 ? -6 : pair;
      if (letter.upper && lower_before) sum -= 6;
      ++count;
    }
    before = letter.index;
    lower_before = letter.index != 0 && !letter.upper;
  }
  return count == 0 ? -100 : sum / static_cast<double>(count);
}

// The part of the bytes that says most: from the first byte outside ASCII on.
std::string_view sample_of(std::string_view bytes) {
  const auto first = std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const auto at = static_cast<std::size_t>(first - bytes.begin());
  const std::size_t begin = at > 16 ? at - 16 : 0;
  return bytes.substr(begin, kLook);
}

}  // namespace

std::string guessed_encoding(std::string_view bytes) {
  const std::string_view sample = sample_of(bytes);
  // In Cyrillic words letters outside ASCII stand side by side, in Western European ones they stand alone between ASCII letters.
  std::size_t high = 0, together = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (byte_at(sample, i) < 0x80) continue;
    ++high;
    together += i + 1 < sample.size() && byte_at(sample, i + 1) >= 0x80;
  }
  if (together * 10 < high * 4) return "windows-1252";
  std::string best = "windows-1251";
  double best_score = -1000;
  for (const char* encoding : {"windows-1251", "KOI8-R", "KOI8-U", "ISO-8859-5", "CP866"}) {
    const auto page = code_page(encoding);
    if (!page) continue;
    const double score = score_as(sample, *page);
    if (score > best_score + 1e-9) {
      best_score = score;
      best = encoding;
    }
  }
  return best_score < 0 ? "windows-1252" : best;
}

// --- mojibake ----------------------------------------------------------------------------------------------------------------------------

namespace {

// At least as many as there are broken pairs in the text: letters that lead one, by the bytes that follow them.
std::size_t possible_pairs(std::string_view text) {
  std::size_t count = 0, i = 0;
  const auto pair_at = [&](std::size_t at) {
    const auto b = [&](std::size_t k) { return at + k < text.size() ? byte_at(text, at + k) : 0U; };
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

}  // namespace

// UTF-8 bytes that somebody decoded as KOI8-R, windows-1251 or Latin-1 and saved again: each Cyrillic letter is a lead letter (one of
// two) and a sign of the upper half. Capital letters in a row are no such thing: what follows the lead must be no letter that goes with it.
std::string mojibake_of(std::string_view text) {
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
    if (byte_at(look, i) < 0x80) {
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

}  // namespace litopys::detail
