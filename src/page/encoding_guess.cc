// Each candidate reads a sample; what it reads is scored by pairs of letters that Ukrainian and Russian have (page/letter_pairs.inc).
// A wrong reading gives pairs that no word has, capitals inside words or box-drawing signs, so that a sentence decides. A few letters do
// not; then windows-1251 is the answer, the commonest. The same scores tell where a declaration lies and where text was misread once.
#include "page/encoding_guess.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"
#include "page/letter_pairs.inc"

namespace litopys::detail {
namespace {

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

// UTF-16 of our languages has zero (Latin, blanks) or four (Cyrillic) in every other byte, UTF-32 zeros in two of four.
std::string wide_by_bytes(std::string_view bytes) {
  const std::string_view look = bytes.substr(0, std::min(kLook, bytes.size() & ~std::size_t{1}));
  if (look.size() < 4) return {};
  const bool zero = look.find('\0') != std::string_view::npos;
  if (!zero && ascii::byte_at(look, 0) != 4 && ascii::byte_at(look, 1) != 4) return {};
  std::array<std::size_t, 4> zeros{}, high{};
  for (std::size_t i = 0; i < look.size(); ++i) {
    const unsigned b = ascii::byte_at(look, i);
    high[i & 3] += b == 0 || b == 4 || b == 0x20;
    zeros[i & 3] += b == 0;
  }
  const std::size_t units = look.size() / 2;
  const std::size_t quads = look.size() / 4;
  if (quads > 0 && look.size() % 4 == 0) {
    if (zeros[3] == quads && zeros[2] == quads && zeros[0] * 10 < quads) return "UTF-32LE";
    if (zeros[0] == quads && zeros[1] == quads && zeros[3] * 10 < quads) return "UTF-32BE";
  }
  const std::size_t even = high[0] + high[2], odd = high[1] + high[3];
  // One word in Cyrillic alone has no zero, but a four in every other byte, which no text of single bytes has.
  if (!zero) {
    const std::size_t fours_needed = units;
    if (odd == fours_needed && even == 0) return "UTF-16LE";
    if (even == fours_needed && odd == 0) return "UTF-16BE";
    return {};
  }
  if ((zeros[0] + zeros[1] + zeros[2] + zeros[3]) * 50 < units) return {};  // no blank in fifty letters: no text
  if (odd * 10 >= units * 9 && even * 10 < units * 6) return "UTF-16LE";
  if (even * 10 >= units * 9 && odd * 10 < units * 6) return "UTF-16BE";
  return {};
}

namespace {

// --- letter statistics -----------------------------------------------------------------------------------------------------------------

// Index into the table of letter pairs; 0 is a word's edge, -1 no letter of ours.
int letter_index(char32_t lower) {
  static constexpr char32_t kFirst = U'а', kLast = U'ґ';
  static const std::array<std::int8_t, kLast - kFirst + 1> kIndex = [] {
    std::array<std::int8_t, kLast - kFirst + 1> out{};
    out.fill(-1);
    for (std::size_t i = 1; i + 1 < std::size(kPairLetters); ++i) out[kPairLetters[i] - kFirst] = static_cast<std::int8_t>(i);
    return out;
  }();
  return lower < kFirst || lower > kLast ? -1 : kIndex[lower - kFirst];
}

struct Letter {
  short index = 0;  // into the table; -1 other letter, -2 box drawing and controls, -3 other signs
  bool upper = false;
};

Letter letter_of(char32_t c) {
  Letter letter;
  if (c < 0x80) return letter;
  if (const int index = letter_index(utf8::lower(c)); index > 0) {
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
  return letter;
}

// The mean over letter pairs, letter by letter.
class PairScore {
 public:
  void add(Letter letter) {
    if (letter.index < 0) {
      sum_ -= letter.index == -2 ? 8 : letter.index == -1 ? 5 : 2;
      ++count_;
      before_ = 0;
      lower_before_ = false;
      return;
    }
    if (before_ != 0 || letter.index != 0) {
      const int pair = kPairs[before_][letter.index] - '0';
      sum_ += pair == 0 ? -6 : pair;
      if (letter.upper && lower_before_) sum_ -= 6;
      ++count_;
    }
    before_ = letter.index;
    lower_before_ = letter.index != 0 && !letter.upper;
  }
  [[nodiscard]] double mean() const { return count_ == 0 ? -100 : sum_ / static_cast<double>(count_); }

 private:
  double sum_ = 0;
  std::size_t count_ = 0;
  int before_ = 0;
  bool lower_before_ = false;
};

}  // namespace

namespace {

std::optional<CodePage> open_code_page(const std::string& encoding) {
  const Converter converter = open_converter(encoding);
  if (!converter || ucnv_getMaxCharSize(converter.get()) != 1) return std::nullopt;
  CodePage out{};
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

constexpr const char* kCyrillic[] = {"windows-1251", "KOI8-R", "KOI8-U", "ISO-8859-5", "CP866", "CP1125", "x-mac-cyrillic"};
constexpr const char* kWestern = "windows-1252";

}  // namespace

const CodePage* code_page(std::string_view encoding) {
  static const std::vector<std::pair<std::string, CodePage>> known = [] {
    std::vector<std::pair<std::string, CodePage>> out;
    for (const char* name : kCyrillic) {
      if (auto page = open_code_page(name)) out.emplace_back(name, *page);
    }
    if (auto page = open_code_page(kWestern)) out.emplace_back(kWestern, *page);
    return out;
  }();
  for (const auto& [name, page] : known) {
    if (name == encoding) return &page;
  }
  return nullptr;
}

double letter_score(std::string_view sample, const CodePage& page) {
  std::array<Letter, 256> letters;
  for (unsigned b = 0; b < 256; ++b) letters[b] = b < 0x80 ? Letter{} : letter_of(page[b]);
  PairScore score;
  for (const char c : sample) score.add(letters[static_cast<unsigned char>(c)]);
  return score.mean();
}

double letter_score(std::u32string_view sample) {
  PairScore score;
  for (const char32_t c : sample) score.add(letter_of(c));
  return score.mean();
}

namespace {

// The part of the bytes that says most: from the first byte outside ASCII on.
std::string_view sample_of(std::string_view bytes, std::size_t most) {
  const std::size_t at = skip_ascii(bytes, 0);
  const std::size_t begin = at > 16 ? at - 16 : 0;
  return bytes.substr(begin, most);
}

// In Cyrillic words letters outside ASCII stand side by side, in Western European ones they stand alone between ASCII letters.
bool stand_together(std::string_view sample) {
  std::size_t high = 0, together = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (ascii::byte_at(sample, i) < 0x80) continue;
    ++high;
    together += i + 1 < sample.size() && ascii::byte_at(sample, i + 1) >= 0x80;
  }
  return together * 10 >= high * 4;
}

struct Guess {
  std::string encoding = "windows-1251";
  double score = -1000;
};

Guess best_of(std::string_view sample) {
  Guess best;
  for (const char* encoding : kCyrillic) {
    const CodePage* const page = code_page(encoding);
    if (page == nullptr) continue;
    const double score = letter_score(sample, *page);
    if (score > best.score + 1e-9) best = {encoding, score};
  }
  return best;
}

}  // namespace

std::string guessed_encoding(std::string_view bytes) {
  const std::string_view sample = sample_of(bytes, kLook);
  if (!stand_together(sample)) return "windows-1252";
  const Guess best = best_of(sample);
  return best.score < 0 ? "windows-1252" : best.encoding;
}

std::string encoding_behind(std::string_view bytes, const std::string& declared) {
  const CodePage* const page = code_page(declared);
  if (page == nullptr) return declared;
  constexpr std::size_t kSample = 4096;   // bytes; a lie shows in the first words
  constexpr double kWords = 5, kLie = 2;  // texts of the region have 6 and more, of all ways to misread one the best has 3.7
  const std::string_view sample = sample_of(bytes, kSample);
  if (!stand_together(sample)) return declared;
  const double own = letter_score(sample, *page);
  const bool has_sister = declared == "KOI8-R" || declared == "CP866";
  if (own > kWords && !has_sister) return declared;
  const Guess best = best_of(sample);
  // What has Ukrainian letters where its sister has signs of boxes goes by the sister's name now and then.
  const bool sister = (declared == "KOI8-R" && best.encoding == "KOI8-U") || (declared == "CP866" && best.encoding == "CP1125");
  return best.score >= kWords && best.score > own + (sister ? 0 : kLie) ? best.encoding : declared;
}

}  // namespace litopys::detail
