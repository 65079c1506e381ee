// Three witnesses in the order of their weight. Letters: one script decides against the other, and inside Cyrillic the letters that only
// one of the two languages has. Words: a handful of function words for texts too short for letters ("за два дня" has no telling
// letter). CLD2: for long Latin texts, where it knows French from English, and for Cyrillic texts that are neither (Bulgarian, Serbian).
#include "text/language.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kLooked = 32 * 1024;  // a language does not change its mind later, and CLD2 is the slowest part of the stage
constexpr std::size_t kShort = 200;         // below that many letters CLD2 guesses

constexpr std::array<std::string_view, 28> kUkrainianWords = {"та",  "що",  "від",  "про",  "це",   "які", "як",    "він", "вона", "вони",
                                                              "щоб", "або", "було", "буде", "під",  "де",  "після", "без", "а",    "не",
                                                              "на",  "у",   "в",    "за",   "якщо", "був", "була",  "ще"};
constexpr std::array<std::string_view, 25> kRussianWords = {"и",   "что",  "от",   "о",   "это", "как",   "он",  "она", "они",
                                                            "или", "было", "под",  "где", "для", "после", "без", "не",  "на",
                                                            "с",   "в",    "если", "был", "при", "еще",   "из"};

// A text in which every fifth word is one of these is English, whoever else is quoted in it.
constexpr std::array<std::string_view, 22> kEnglishWords = {"the", "of", "and", "to",   "in", "that", "for", "was", "on",   "with", "by",
                                                            "is",  "at", "as",  "from", "it", "be",   "has", "are", "were", "have", "said"};

struct Counts {
  std::size_t latin = 0, cyrillic = 0, other = 0, ukrainian = 0, russian = 0, foreign_latin = 0, foreign_cyrillic = 0;
  std::size_t of_russian_alone = 0;  // ы and э, which Bulgarian does not have
};

// Gives each character of the text in lower case, addresses left out.
template <class Take>
void each_letter(std::string_view text, Take&& take) {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == 'h' && (text.substr(i, 7) == "http://" || text.substr(i, 8) == "https://")) {
      i = std::min(text.find_first_of(" \t\r\n", i), text.size());  // an address has no language
      continue;
    }
    const utf8::Decoded got = utf8::decode(text, i);
    i += got.size;
    take(utf8::lower(got.value));
  }
}

Counts count(std::string_view text) {
  Counts n;
  bool after_cyrillic = false;
  each_letter(text, [&](char32_t c) {
    const bool inside = std::exchange(after_cyrillic, utf8::is_cyrillic(c));
    if (c < 0x80) {
      // A Latin i behind a Cyrillic letter is what a keyboard without і writes.
      n.ukrainian += inside && c == 'i';
      n.latin += c >= 'a' && c <= 'z';
      return;
    }
    if (!utf8::is_letter(c)) return;
    if (!utf8::is_cyrillic(c)) {
      (c < 0x250 ? n.latin : n.other) += 1;
      n.foreign_latin += c < 0x250;
      return;
    }
    ++n.cyrillic;
    switch (c) {
      case U'і':
      case U'ї':
      case U'є':
      case U'ґ': ++n.ukrainian; break;
      case U'ы':
      case U'э': ++n.of_russian_alone; [[fallthrough]];
      case U'ъ':
      case U'ё': ++n.russian; break;
      case U'ў':
      case U'ђ':
      case U'ћ':
      case U'љ':
      case U'њ':
      case U'џ':
      case U'ј':
      case U'ѓ':
      case U'ќ': ++n.foreign_cyrillic; break;
      default: break;
    }
  });
  return n;
}

// Function words of Ukrainian less those of Russian.
std::ptrdiff_t ukrainian_words(std::string_view text) {
  std::ptrdiff_t more = 0;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty() && word.size() <= 12) {
      more += std::ranges::count(kUkrainianWords, word) > 0 ? 1 : 0;
      more -= std::ranges::count(kRussianWords, word) > 0 ? 1 : 0;
    }
    word.clear();
  };
  each_letter(text, [&](char32_t c) {
    const bool letter = utf8::is_letter(c);
    if (c < 0x80 || (!letter && c != 0x2019 && c != 0x2BC)) {
      end_word();
    } else if (letter && utf8::is_cyrillic(c) && word.size() <= 24) {
      utf8::append(word, c);
    }
  });
  end_word();
  return more;
}

bool is_surely_english(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; };
  std::size_t words = 0, english = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    while (i < text.size() && is_letter(text[i])) ++i;
    if (const std::string_view word = text.substr(begin, i - begin); !word.empty()) {
      ++words;
      english += word.size() <= 4 && std::ranges::find(kEnglishWords, word) != kEnglishWords.end() ? 1 : 0;
    }
    i += i == begin ? 1 : 0;
  }
  return english * 5 >= words;
}

// CLD2's best guess; UNKNOWN_LANGUAGE where it is unsure.
CLD2::Language cld(std::string_view text, bool& reliable) {
  std::string repaired;
  std::string_view clean = text;
  if (utf8::first_invalid(text) != std::string_view::npos) clean = repaired = utf8::repaired(text);
  return CLD2::DetectLanguage(clean.data(), static_cast<int>(clean.size()), true, &reliable);
}

Language cyrillic_language(const Counts& n, std::string_view text) {
  // Every hundredth letter foreign to both is more than a name or two.
  if (n.foreign_cyrillic * 100 > n.cyrillic) return Language::other;
  if (n.ukrainian > 2 * n.russian && n.ukrainian * 60 > n.cyrillic) return Language::uk;
  if (n.russian > 2 * n.ukrainian && n.russian * 100 > n.cyrillic) {
    bool reliable = false;
    // ъ alone is Bulgarian's commonest vowel.
    const bool may_be_bulgarian = n.of_russian_alone * 66 < n.cyrillic;
    if (may_be_bulgarian && n.cyrillic > kShort && cld(text, reliable) == CLD2::BULGARIAN && reliable) return Language::other;
    return Language::ru;
  }
  if (n.cyrillic > kShort) {
    bool reliable = false;
    const CLD2::Language guess = cld(text, reliable);
    if (guess == CLD2::UKRAINIAN) return Language::uk;
    if (guess == CLD2::RUSSIAN) return Language::ru;
    if (reliable && guess != CLD2::UNKNOWN_LANGUAGE && guess != CLD2::ENGLISH) return Language::other;
  }
  if (n.ukrainian != n.russian) return n.ukrainian > n.russian ? Language::uk : Language::ru;
  if (const std::ptrdiff_t more = ukrainian_words(text); more != 0) return more > 0 ? Language::uk : Language::ru;
  return Language::ru;  // a text without і, ї, є: the rarer case in Ukrainian by far
}

}  // namespace

Language detect_language(std::string_view text) {
  text = text.substr(0, kLooked);
  const Counts n = count(text);
  const std::size_t letters = n.latin + n.cyrillic + n.other;
  if (letters == 0 || n.other * 2 > letters) return Language::other;
  // Names of outlets are Latin in any Cyrillic text, so Cyrillic need not have the half.
  if (n.cyrillic * 5 >= letters * 2) return cyrillic_language(n, text);
  if (n.latin > kShort && !is_surely_english(text)) {
    bool reliable = false;
    const CLD2::Language guess = cld(text, reliable);
    const bool ours = guess == CLD2::ENGLISH || guess == CLD2::UKRAINIAN || guess == CLD2::RUSSIAN || guess == CLD2::UNKNOWN_LANGUAGE;
    if (reliable && !ours) return Language::other;
  }
  return n.foreign_latin * 20 > n.latin ? Language::other : Language::en;
}

bool letters_tell(std::string_view text) {
  const Counts n = count(text.substr(0, kLooked));
  return n.ukrainian + n.russian > 0;
}

Language detect_language(std::string_view text, std::span<const Line> lines) {
  std::string main;
  for (const Line& line : lines) {
    if (line.kind == LineKind::junk || line.span.end > text.size() || line.span.begin > line.span.end) continue;
    main += line.span.of(text);
    main += '\n';
    if (main.size() > kLooked) break;
  }
  return detect_language(main.empty() ? text : std::string_view(main));
}

}  // namespace litopys
