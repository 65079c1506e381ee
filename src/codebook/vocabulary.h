// The closed vocabularies of a claim that every campaign shares (GUIDE.md). What differs from campaign to campaign, measures and
// targets, is data of the codebook (codebook/codebook.h). Each enum has one name table; `name` and `parse` both read it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace litopys {

enum class Side : unsigned char { russia, ukraine, foreign_state, international, ngo, media, resident, outlet, unknown };
enum class Stance : unsigned char { asserted, planned, threatened, possible, denied };
enum class Credence : unsigned char { plain, distanced, likely, near_certain, unverified };
enum class Bound : unsigned char { exact, about, over, at_least, under, at_most, several, range };
enum class Unit : unsigned char { passport, person, application, percent, office, currency, day, other };

template <class E>
struct Names;
template <>
struct Names<Side> {
  static constexpr std::array<std::string_view, 9> all = {"russia", "ukraine",  "foreign-state", "international", "ngo",
                                                          "media",  "resident", "outlet",        "unknown"};
};
template <>
struct Names<Stance> {
  static constexpr std::array<std::string_view, 5> all = {"asserted", "planned", "threatened", "possible", "denied"};
};
template <>
struct Names<Credence> {
  static constexpr std::array<std::string_view, 5> all = {"plain", "distanced", "likely", "near-certain", "unverified"};
};
template <>
struct Names<Bound> {
  static constexpr std::array<std::string_view, 8> all = {"exact", "about", "over", "at-least", "under", "at-most", "several", "range"};
};
template <>
struct Names<Unit> {
  static constexpr std::array<std::string_view, 8> all = {"passport", "person",   "application", "percent",
                                                          "office",   "currency", "day",         "other"};
};
static_assert(Names<Side>::all.size() == static_cast<std::size_t>(Side::unknown) + 1);
static_assert(Names<Stance>::all.size() == static_cast<std::size_t>(Stance::denied) + 1);
static_assert(Names<Credence>::all.size() == static_cast<std::size_t>(Credence::unverified) + 1);
static_assert(Names<Bound>::all.size() == static_cast<std::size_t>(Bound::range) + 1);
static_assert(Names<Unit>::all.size() == static_cast<std::size_t>(Unit::other) + 1);

// The word of GUIDE.md for a value: name(Side::foreign_state) == "foreign-state".
template <class E>
[[nodiscard]] constexpr std::string_view name(E value) {
  return Names<E>::all[static_cast<std::size_t>(value)];
}

// The value of a word; nullopt for a word outside the vocabulary. parse_name<Side>("ngo") == Side::ngo.
template <class E>
[[nodiscard]] constexpr std::optional<E> parse_name(std::string_view word) {
  for (std::size_t i = 0; i < Names<E>::all.size(); ++i) {
    if (Names<E>::all[i] == word) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace litopys
