// What dates a claim that names no time: the head of the report, and the hour of a running one.
#include "claim/when.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "claim/claim_tools.h"
#include "claim/when_hour.h"

namespace litopys {
namespace {

using claim_tools::document_of;
using claim_tools::tools;

// A document with all that the claim stage looks at.
class Prepared {
 public:
  Prepared(Language language, const std::string& text)
      : document_(document_of(language, "2024-12-31", text, false)),
        text_(tools().analyser.analyse(document_)),
        mentions_(tools().finder.find(document_, text_)),
        readings_(text_.sentences.size()),
        voices_(text_.sentences.size()),
        habits_(Habits::make(tools().book)),
        scene_{document_, text_, mentions_, readings_, voices_, tools().book, habits_} {}

  // For each sentence "h" where it is of an entry of an hour, else "-".
  [[nodiscard]] std::string hours() const {
    std::string out;
    for (std::size_t i = 0; i < text_.sentences.size(); ++i) out += is_entry_of_an_hour(scene_, i) ? 'h' : '-';
    return out;
  }

  [[nodiscard]] std::string head() const {
    std::string out;
    for (const HeadTime& named : head_times(scene_)) out += (out.empty() ? "" : " ") + named.time->when->str();
    return out;
  }

 private:
  Document document_;
  Text text_;
  std::vector<Mentions> mentions_;
  std::vector<SentenceReading> readings_;
  std::vector<Voice> voices_;
  Habits habits_;
  Scene scene_;
};

TEST(When, AnEntryOfARunningReportOpensWithItsHour) {
  EXPECT_EQ(Prepared(Language::en, "13:45. At the gate they asked for papers. Nobody left.\n").hours(), "hhh");
  EXPECT_EQ(Prepared(Language::uk, "18:05\nНа воротах питали паспорт.\n").hours(), "hh");
  EXPECT_EQ(Prepared(Language::ru, "[09:30] На воротах спрашивали паспорт.\n").hours(), "h");
  EXPECT_EQ(Prepared(Language::en, "17.45 At the gate they asked for papers.\n").hours(), "h");
  EXPECT_EQ(Prepared(Language::ru, "12.05.2024 на воротах спрашивали паспорт.\n").hours(), "-") << "a day";
  EXPECT_EQ(Prepared(Language::en, "12:75 is no hour.\n").hours(), "-");
  EXPECT_EQ(Prepared(Language::en, "At 13:45 they asked for papers.\n").hours(), "-") << "an hour within the sentence";
}

TEST(When, ALongLineOfTheHeadNamesThePeriodToo) {
  EXPECT_EQ(Prepared(Language::en,
                     "Office of the mission\n\nReport on the situation of people in four towns of the coast, 1 June to 30 November 2024\n\n"
                     "Clinics sent people away.\n")
                .head(),
            "2024-06-01/2024-11-30");
  EXPECT_EQ(
      Prepared(Language::ru,
               "Доклад о том, как живут люди в четырёх городах побережья, с 1 июня по 30 ноября 2024 года\n\nБольницы людей не приняли.\n")
          .head(),
      "2024-06-01/2024-11-30");
}

}  // namespace
}  // namespace litopys
