// The languages that litopys reads. Everything else is `other`: kept as an item, read for nothing.
#pragma once

#include <optional>
#include <string_view>

namespace litopys {

enum class Language : unsigned char { en, uk, ru, other };

inline constexpr Language kReadLanguages[] = {Language::en, Language::uk, Language::ru};

// ISO 639-1 code; "und" (ISO 639-2, undetermined) for other.
[[nodiscard]] constexpr std::string_view code(Language language) {
  switch (language) {
    case Language::en: return "en";
    case Language::uk: return "uk";
    case Language::ru: return "ru";
    case Language::other: break;
  }
  return "und";
}

[[nodiscard]] constexpr std::optional<Language> language_from_code(std::string_view text) {
  for (Language language : {Language::en, Language::uk, Language::ru, Language::other}) {
    if (code(language) == text) return language;
  }
  return std::nullopt;
}

}  // namespace litopys
