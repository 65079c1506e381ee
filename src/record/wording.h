// Claims in plain words, English or Ukrainian: a figure with its bound, what it counts, where and when. No case endings are guessed: in
// Ukrainian a place stands after a comma, in the nominative.
//
//   Wording(book, gazetteer, Language::en).matter(claim, "2024-01-15")   // "over 300 passports issued in Kherson by 10 January 2024"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/edtf.h"
#include "claim/claim.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"

namespace litopys {

// Nominative ("травень 2024 року"), genitive ("травня 2024 року"), locative; English has one form.
enum class DateCase : unsigned char { nominative, genitive, locative };
// "30 May 2023", "spring 2023", "about 2022"; «30 травня 2023 року». Precondition: a valid date.
[[nodiscard]] std::string date_in_words(const Date& date, DateCase form, Language language);
// With "the" before what is no name but a kind of body: "the Ministry of Defence of Ukraine", "Human Rights Watch".
[[nodiscard]] std::string with_article(std::string name);

class Wording {
 public:
  // Keeps references to both tables. `language`: Ukrainian, or English for any other.
  Wording(const Codebook& book, const Gazetteer& gazetteer, Language language)
      : book_(book), gazetteer_(gazetteer), language_(language), uk_(language == Language::uk) {}

  // What is claimed: figure, what it counts, place and group, time. `published` (EDTF) is named where the claim has no time.
  [[nodiscard]] std::string matter(const Claim& claim, const std::optional<std::string>& published) const {
    return matter(claim, published, place(claim.places));
  }
  // The same where the claim's place was told before.
  [[nodiscard]] std::string matter(const Claim& claim, const std::optional<std::string>& published, std::string where) const;
  // The same as an English clause where it counts passports, people or applications: "over 300 passports had been issued in Kherson by …".
  [[nodiscard]] std::string clause(const Claim& claim, const std::optional<std::string>& published, std::string where) const;
  // "over 2,000,000 passports issued"; the measure's label where there is no figure.
  [[nodiscard]] std::string figure(const Claim& claim) const;
  // "by 30 May 2023", "in 2019", "from May 2022 to July 2023", "undated, published 12 March 2024".
  [[nodiscard]] std::string time(const Claim& claim, const std::optional<std::string>& published) const;
  // "Donbas", "Kherson Oblast and Zaporizhzhia Oblast"; four regions that have a name in common are called by it. "" for none.
  [[nodiscard]] std::string place(const std::vector<std::string>& codes) const;
  [[nodiscard]] std::string measure(std::string_view id) const;
  // "30 May 2023", "травень 2023 року"; as it stands where it is no date.
  [[nodiscard]] std::string date(std::string_view edtf) const;
  [[nodiscard]] std::string date(const Date& date) const;

 private:
  [[nodiscard]] std::string told(const Claim& claim, const std::optional<std::string>& published, std::string where, bool verb) const;
  [[nodiscard]] std::string figure(const Claim& claim, bool verb) const;

  using Case = DateCase;
  [[nodiscard]] std::string in_case(const Date& date, Case form) const { return date_in_words(date, form, language_); }

  const Codebook& book_;
  const Gazetteer& gazetteer_;
  Language language_;
  bool uk_;
};

// 2800000 as "2,800,000", in Ukrainian "2 800 000" with no-break spaces and a decimal comma.
[[nodiscard]] std::string grouped_number(std::string number, Language language);

}  // namespace litopys
