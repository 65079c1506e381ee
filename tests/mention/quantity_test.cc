#include "mention/quantity.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "mention/sample_text.h"

namespace litopys {
namespace {

const QuantityFinder& finder() {
  static const QuantityFinder one = [] {
    auto made = QuantityFinder::make(sample::codebook());
    if (!made) throw std::runtime_error(made.error().line());
    return std::move(*made);
  }();
  return one;
}

std::vector<Quantity> found(const sample::Sample& s) {
  std::vector<Quantity> all;
  for (const Sentence& sentence : s.text.sentences) {
    for (Quantity& q : finder().find(s.text, s.document, sentence)) all.push_back(std::move(q));
  }
  return all;
}

// "over 2800000 passport «понад 2,8 млн»"; ranges as "range 1..2".
std::string dump(const std::vector<Quantity>& quantities, const std::string& text) {
  std::string out;
  for (const Quantity& q : quantities) {
    if (!out.empty()) out += "; ";
    out += fmt::format("{} {}{} {} <{}>", name(q.bound), q.value.str(), q.high ? ".." + q.high->str() : "", name(q.unit), q.span.of(text));
  }
  return out;
}

struct Case {
  const char* text;
  const char* reads;
};

void expect_all(std::span<const Case> cases, Language language) {
  for (const auto& [text, reads] : cases) EXPECT_EQ(dump(found(sample::analysed(text, language)), text), reads) << "text: " << text;
}

TEST(Quantity, ReadsDigitsOfEveryHabit) {
  const Case english[] = {
      {"They gave 61,000 passports.", "exact 61000 passport <61,000>"},
      {"They gave 1,234,567 passports.", "exact 1234567 passport <1,234,567>"},
      {"They gave 12,50,000 passports.", "exact 1250000 passport <12,50,000>"},
      {"They gave 1'250'000 passports.", "exact 1250000 passport <1'250'000>"},
      {"They gave 5½ thousand passports.", "exact 5500 passport <5½ thousand>"},
      {"They gave one million two hundred fifty thousand and six passports.",
       "exact 1250006 passport <one million two hundred fifty thousand and six>"},
      {"They gave 1.240 passports.", "exact 1240 passport <1.240>"},
      {"They gave 3.5 mln passports.", "exact 3500000 passport <3.5 mln>"},
      {"It was 1.125 million passports.", "exact 1125000 passport <1.125 million>"},
      {"It cost $4,200 there.", "exact 4200 currency <$4,200>"},
      {"They got 34k passports.", "exact 34000 passport <34k>"},
      {"It had 2,8,3 million passports.", ""},
  };
  expect_all(english, Language::en);
  const Case ukrainian[] = {
      {"Видали 1\u00A0800 паспортів.", "exact 1800 passport <1\u00A0800>"},
      {"Видали 1\u2009800\u2009000 паспортів.", "exact 1800000 passport <1\u2009800\u2009000>"},
      {"Видали понад 2,8 млн паспортів.", "over 2800000 passport <понад 2,8 млн>"},
      {"Сплатили 87 654,31 грн.", "exact 87654.31 currency <87 654,31>"},
      {"Сплатили 87\u00A0654,31 грн.", "exact 87654.31 currency <87\u00A0654,31>"},
      {"Видали 12.345 паспортів.", "exact 12345 passport <12.345>"},
  };
  expect_all(ukrainian, Language::uk);
  const Case russian[] = {
      {"Выдали 1 млн 250 тыс. паспортов.", "exact 1250000 passport <1 млн 250 тыс.>"},
      {"Выдали 11 тысяч 640 паспортов.", "exact 11640 passport <11 тысяч 640>"},
      {"Выдали 3,2 млн паспортов.", "exact 3200000 passport <3,2 млн>"},
  };
  expect_all(russian, Language::ru);
}

TEST(Quantity, ReadsNumbersInWords) {
  const Case english[] = {
      {"There are two and a half million residents.", "exact 2500000 person <two and a half million>"},
      {"They got four million six thousand passports.", "exact 4006000 passport <four million six thousand>"},
      {"They got three million two hundred thousand passports.", "exact 3200000 passport <three million two hundred thousand>"},
      {"We saw twenty-three people.", "exact 23 person <twenty-three>"},
      {"They got half a million passports.", "exact 500000 passport <half a million>"},
      {"They got 4 million and 200 thousand passports.", "exact 4200000 passport <4 million and 200 thousand>"},
      {"A thousand residents left.", "exact 1000 person <A thousand>"},
      {"It counted two hundred and five residents.", "exact 205 person <two hundred and five>"},
  };
  expect_all(english, Language::en);
  const Case ukrainian[] = {
      {"Прийшли двадцять три людини.", "exact 23 person <двадцять три>"},
      {"Видали вісім сотень паспортів.", "exact 800 passport <вісім сотень>"},
      {"Звільнили понад двохсот працівників.", "over 200 person <понад двохсот>"},
      {"Видали пів мільйона паспортів.", "exact 500000 passport <пів мільйона>"},
      {"Видали два з половиною мільйони паспортів.", "exact 2500000 passport <два з половиною мільйони>"},
  };
  expect_all(ukrainian, Language::uk);
  const Case russian[] = {
      {"Выдали полтора миллиона паспортов.", "exact 1500000 passport <полтора миллиона>"},
      {"Пришли триста сорок два человека.", "exact 342 person <триста сорок два>"},
      {"Уволили шестерых работников.", "exact 6 person <шестерых>"},
  };
  expect_all(russian, Language::ru);
}

TEST(Quantity, ReadsBoundsBeforeAndBehind) {
  const Case english[] = {
      {"At least 46 children came.", "at-least 46 person <At least 46>"},
      {"Up to 200 people came.", "at-most 200 person <Up to 200>"},
      {"Fewer than 30 people came.", "under 30 person <Fewer than 30>"},
      {"Nearly 98,000 people came.", "about 98000 person <Nearly 98,000>"},
      {"Not more than 30 people came.", "at-most 30 person <Not more than 30>"},
      {"We saw 5,000 people or more.", "at-least 5000 person <5,000 people or more>"},
      {"They want \"at least\" 400 passports.", "at-least 400 passport <at least\" 400>"},
      {"Pensioners have less than three weeks.", "under 21 day <less than three>"},
  };
  expect_all(english, Language::en);
  const Case ukrainian[] = {
      {"Прийшло не більше 30 людей.", "at-most 30 person <не більше 30>"},
      {"Прийшло не менш як 85 відсотків мешканців.", "at-least 85 percent <не менш як 85 відсотків>"},
      {"Їх щонайбільше у 50% випадків.", "at-most 50 percent <щонайбільше у 50%>"},
  };
  expect_all(ukrainian, Language::uk);
  const Case russian[] = {
      {"Сказал почти о полутора миллионах паспортов.", "about 1500000 passport <почти о полутора миллионах>"},
      {"Пришло более 10 тысяч заявок.", "over 10000 application <более 10 тысяч>"},
      {"Осталось меньше половины.", "under 50 percent <меньше половины>"},
  };
  expect_all(russian, Language::ru);
}

TEST(Quantity, ReadsSharesAsPercent) {
  const Case english[] = {
      {"One in ten residents refused.", "exact 10 percent <One in ten>"},
      {"Nine out of ten residents refused.", "exact 90 percent <Nine out of ten>"},
      {"One in 200 residents refused.", "exact 0.5 percent <One in 200>"},
      {"Half of the residents refused.", "exact 50 percent <Half of the>"},
      {"About a third of the residents refused.", "about 33.3 percent <About a third of>"},
  };
  expect_all(english, Language::en);
  const Case ukrainian[] = {{"Його має приблизно кожен четвертий.", "about 25 percent <приблизно кожен четвертий>"}};
  expect_all(ukrainian, Language::uk);
  const Case russian[] = {{"Каждый второй житель отказался.", "exact 50 percent <Каждый второй>"}};
  expect_all(russian, Language::ru);
}

TEST(Quantity, ReadsOpenNumbersAndRanges) {
  const Case english[] = {
      {"Hundreds of people came.", "several 100 person <Hundreds>"},
      {"Tens of thousands of people came.", "several 10000 person <Tens of thousands>"},
      {"A few thousand people came.", "several 1000 person <A few thousand>"},
      {"A few people came.", ""},
      {"From 1.5 to 2 million people came.", "range 1500000..2000000 person <From 1.5 to 2 million>"},
      {"It was more than 35–40% of them.", "range 35..40 percent <more than 35–40%>"},
      {"Between 200,000 and 220,000 people came.", "range 200000..220000 person <Between 200,000 and 220,000>"},
  };
  expect_all(english, Language::en);
  const Case ukrainian[] = {
      {"Прийшли сотні людей.", "several 100 person <сотні>"},
      {"Відкрили два-три пункти.", "range 2..3 office <два-три>"},
  };
  expect_all(ukrainian, Language::uk);
}

TEST(Quantity, LeavesOutWhatCountsNothing) {
  const Case english[] = {
      {"It was signed on 14 May 2025.", ""}, {"In 2014 residents voted.", ""},    {"Under article 47 it is void.", ""},
      {"A girl aged 14 came.", ""},          {"She is 67 years old.", ""},        {"It opens at 9:30.", ""},
      {"The 14th office opened.", ""},       {"Call +380 67 123 45 67 now.", ""}, {"Call 123-45-67 now.", ""},
      {"Eight days ago it closed.", ""},     {"One of them left.", ""},           {"The covid-19 ward closed.", ""},
  };
  expect_all(english, Language::en);
  const Case ukrainian[] = {
      {"Підписано 14 травня 2025 року.", ""}, {"Указ № 11 діє.", ""}, {"У 90-х роках було інакше.", ""}, {"Це 14-річний школяр.", ""},
      {"Адреса: вул. Шевченка, 12.", ""},
  };
  expect_all(ukrainian, Language::uk);
}

TEST(Quantity, CountsPeopleByAnyNounForPeople) {
  const Case english[] = {
      {"They drove off 46 toddlers.", "exact 46 person <46>"},
      {"It hired six clerks.", "exact 6 person <six>"},
      {"He found 12 driver seats.", "exact 12 other <12>"},
      {"We met eight families who stayed.", "exact 8 other <eight>"},
  };
  expect_all(english, Language::en);
  const Case ukrainian[] = {
      {"Вигнали двох медсестер.", "exact 2 person <двох>"},   {"Записали понад тисячу вихованців.", "over 1000 person <понад тисячу>"},
      {"Взяли четверо.", "exact 4 person <четверо>"},         {"Серед 230 опитаних таких не було.", "exact 230 person <230>"},
      {"Відомо про 62 такі рішення.", "exact 62 other <62>"},
  };
  expect_all(ukrainian, Language::uk);
  const Case russian[] = {
      {"Перевели четырнадцать забойщиков.", "exact 14 person <четырнадцать>"},
      {"Отсидели шестеро упрямцев.", "exact 6 person <шестеро>"},
      {"Увезли троих.", "exact 3 person <троих>"},
  };
  expect_all(russian, Language::ru);
}

TEST(Quantity, ReadsWordsThatMakeANumberMoreOrLess) {
  const Case english[] = {{"Barely 900 people came.", "about 900 person <Barely 900>"}};
  expect_all(english, Language::en);
  const Case ukrainian[] = {
      {"Пішли зо 40 старих людей.", "about 40 person <зо 40>"},
      {"Штрафи сягають 50 тисяч гривень.", "at-most 50000 currency <сягають 50 тисяч>"},
      {"Годин п'ять чекали.", "about 5 other <Годин п'ять>"},
      {"Мешканців 60 тисяч.", "about 60000 person <Мешканців 60 тисяч>"},
      {"Російських громадян 60 тисяч.", "exact 60000 person <60 тисяч>"},
  };
  expect_all(ukrainian, Language::uk);
  const Case russian[] = {
      {"В очереди человек пятнадцать.", "about 15 person <человек пятнадцать>"},
      {"Отчитались о 600 с небольшим тысячах граждан.", "over 600000 person <600 с небольшим тысячах>"},
      {"Дали от силы двадцати заявителям.", "at-most 20 person <от силы двадцати>"},
      {"Сумма близка к 3,6 млн паспортов.", "about 3600000 passport <близка к 3,6 млн>"},
      {"Очередь сократилась до восьми дней.", "exact 8 day <сократилась до восьми>"},
      {"В Донецке их 250 тысяч, в Луганске — 235.", "exact 250000 other <250 тысяч>; exact 235000 other <235>"},
  };
  expect_all(russian, Language::ru);
}

TEST(Quantity, ReadsVerbsOfPassingAndReachingAsBounds) {
  const Case en[] = {
      {"The share did not exceed 40 per cent.", "at-most 40 percent <not exceed 40 per cent>"},
      {"Kherson crossed the mark of 900 passports.", "over 900 passport <crossed the mark of 900>"},
      {"They gave him a fortnight.", "exact 14 day <a fortnight>"},
  };
  const Case uk[] = {
      {"Частка не перевищує 40 відсотків.", "at-most 40 percent <не перевищує 40 відсотків>"},
      {"Токмак перетнув позначку в 900 паспортів.", "over 900 passport <перетнув позначку в 900>"},
      {"Токмак наблизився до 900 паспортів.", "about 900 passport <наблизився до 900>"},
  };
  const Case ru[] = {
      {"Доля не превышает 40 процентов.", "at-most 40 percent <не превышает 40 процентов>"},
      {"Токмак перешагнул отметку в 900 паспортов.", "over 900 passport <перешагнул отметку в 900>"},
      {"Токмак приблизился к 900 паспортам.", "about 900 passport <приблизился к 900>"},
  };
  expect_all(en, Language::en);
  expect_all(uk, Language::uk);
  expect_all(ru, Language::ru);
}

TEST(Quantity, CountsTeamsOnTheRoadForNoOffices) {
  const Case en[] = {{"Two offices and six mobile teams work.", "exact 2 office <Two>; exact 6 other <six>"}};
  const Case uk[] = {{"Працюють два пункти та шість мобільних груп.", "exact 2 office <два>; exact 6 other <шість>"}};
  const Case ru[] = {{"Работают два пункта и шесть выездных бригад.", "exact 2 office <два>; exact 6 other <шесть>"}};
  expect_all(en, Language::en);
  expect_all(uk, Language::uk);
  expect_all(ru, Language::ru);
}

TEST(Quantity, TellsAgesTimesAndNamesFromCounts) {
  const Case english[] = {
      {"Olga, 38, an accountant, left.", ""},
      {"My mum, 79, stays.", ""},
      {"They register boys at 17.", ""},
      {"A commission of four walks about.", ""},
      {"It works till 14.00.", ""},
      {"The twenty-three were silent.", ""},
      {"Live at entrance 3 now.", ""},
      {"Nine residents out of ten have it.", "exact 90 percent <Nine residents out of ten>"},
      {"They must leave within a week.", "exact 7 day <within a week>"},
  };
  expect_all(english, Language::en);
  const Case ukrainian[] = {
      {"Бабусі 78 років не дали інсуліну.", ""},
      {"У липні двадцять другого вони прийшли.", ""},
      {"Вони були тут 14 числа.", ""},
      {"Написати заяви впродовж тижня.", "exact 7 day <впродовж тижня>"},
      {"Дев'ять мешканців із десяти мають його.", "exact 90 percent <Дев'ять мешканців із десяти>"},
  };
  expect_all(ukrainian, Language::uk);
  const Case russian[] = {
      {"Ей семьдесят один, и ей отказали.", ""},
      {"Дали неделю на сборы.", "exact 7 day <Дали неделю>"},
      {"Работает до 14.00.", ""},
  };
  expect_all(russian, Language::ru);
}

TEST(Quantity, ReadsTenthsAndPartsOfAScale) {
  const Case en[] = {
      {"Three tenths of the residents refused.", "exact 30 percent <Three tenths>"},
      {"A quarter of a million people came.", "exact 250000 person <A quarter of a million>"},
      {"Half a per cent of the adults refused.", "exact 0.5 percent <Half a per cent>"},
      {"Nine residents in ten have it.", "exact 90 percent <Nine residents in ten>"},
      {"Two of every three adults have it.", "exact 66.7 percent <Two of every three>"},
      {"Forty-odd thousand people came.", "over 40000 person <Forty-odd thousand>"},
  };
  const Case uk[] = {
      {"Узяли чотири п'ятих мешканців.", "exact 80 percent <чотири п'ятих>"},
      {"Ідеться про шість сотень людей.", "exact 600 person <шість сотень>"},
  };
  const Case ru[] = {
      {"Взяли девять десятых жителей.", "exact 90 percent <девять десятых>"},
      {"Взяли восемь или девять из десяти жителей.", "range 80..90 percent <восемь или девять из десяти>"},
      {"Речь о шести сотнях человек.", "exact 600 person <шести сотнях>"},
      {"Выдали два миллиона восемьсот семьдесят паспортов.", "exact 2870000 passport <два миллиона восемьсот семьдесят>"},
  };
  expect_all(en, Language::en);
  expect_all(uk, Language::uk);
  expect_all(ru, Language::ru);
}

TEST(Quantity, ReadsAScaleBeforeItsNumberAsAbout) {
  const Case uk[] = {
      {"Осталося тисяч п'ять людей.", "about 5000 person <тисяч п'ять>"},
      {"Прийшло сотні три людей.", "about 300 person <сотні три>"},
      {"Прийшли тисячі людей.", "several 1000 person <тисячі>"},
  };
  const Case ru[] = {
      {"Осталось тысяч двадцать пять человек.", "about 25000 person <тысяч двадцать пять>"},
      {"Очередь тысяч на сто человек.", "about 100000 person <тысяч на сто>"},
      {"Пришло десятка два человек.", "about 20 person <десятка два>"},
      {"Их от силы тысяч пять.", "at-most 5000 other <от силы тысяч пять>"},
  };
  expect_all(uk, Language::uk);
  expect_all(ru, Language::ru);
}

TEST(Quantity, TakesNumbersBeforeAndAfterAChangeForTwo) {
  const Case en[] = {
      {"The number rose from 20 to 35 offices.", "exact 20 other <20>; exact 35 office <35>"},
      {"It takes from 20 to 35 people.", "range 20..35 person <from 20 to 35>"},
      {"The quota was cut to 60 people.", "exact 60 person <cut to 60>"},
      {"It has five to six hundred people.", "range 500..600 person <five to six hundred>"},
      {"It has seventy, eighty thousand people.", "range 70000..80000 person <seventy, eighty thousand>"},
  };
  const Case ru[] = {
      {"Размер вырос с 20 до 35 тысяч рублей.", "exact 20 other <20>; exact 35000 currency <35 тысяч>"},
      {"Это стоит от двух тысяч рублей.", "at-least 2000 currency <от двух тысяч>"},
      {"Прибыли от 12 районов.", "exact 12 other <12>"},
  };
  expect_all(en, Language::en);
  expect_all(ru, Language::ru);
}

TEST(Quantity, TakesACountForExactThoughItsNounStandsBefore) {
  const Case uk[] = {{"Усього людей 918.", "exact 918 person <918>"}, {"Посадовців троє.", "exact 3 person <троє>"}};
  const Case ru[] = {{"Пришло человек сорок.", "about 40 person <человек сорок>"}};
  expect_all(uk, Language::uk);
  expect_all(ru, Language::ru);
}

TEST(Quantity, CountsNumbersInBracketsThatAreNoAges) {
  const Case en[] = {
      {"They named medicine (188) and pensions (140).", "exact 188 other <188>; exact 140 other <140>"},
      {"She (38) left.", ""},
      {"He was there from 2016 on.", ""},
  };
  expect_all(en, Language::en);
}

TEST(Quantity, ReadsSpansOfTimeWithoutANumber) {
  const Case en[] = {{"They must leave within a month.", "exact 1 other <within a month>"}, {"They left a month ago.", ""}};
  const Case uk[] = {
      {"Їм дали місяць.", "exact 1 other <дали місяць>"},
      {"Це тридцятиденний строк.", "exact 30 day <тридцятиденний>"},
      {"Це 95-процентний рівень.", "exact 95 percent <95-процентний>"},
      {"Минулого місяця їх не було.", ""},
  };
  const Case ru[] = {
      {"Это трёхмесячный срок.", "exact 3 other <трёхмесячный>"},
      {"Это стопроцентная паспортизация.", "exact 100 percent <стопроцентная>"},
      {"В городе 77 получили его.", "exact 77 other <77>"},
  };
  expect_all(en, Language::en);
  expect_all(uk, Language::uk);
  expect_all(ru, Language::ru);
}

TEST(Quantity, ReadsBoundsOfTimesAndLeavesSpansOfTimeWithoutANoun) {
  const Case en[] = {{"Six people must leave within a month.", "exact 6 person <Six>; exact 1 other <within a month>"}};
  const Case uk[] = {{"Їх стало майже вдвічі менше.", "about 2 other <майже вдвічі>"}};
  expect_all(en, Language::en);
  expect_all(uk, Language::uk);
}

TEST(Quantity, CountsWhatTheNumberBeforeItCounts) {
  const Case cases[] = {{"Они приняли 264 заявления (неделей раньше 310).", "exact 264 application <264>; exact 310 application <310>"}};
  expect_all(cases, Language::ru);
}

TEST(Quantity, RowsReadTheirExamplesAndNotTheirCounterExamples) {
  for (const Row& row : sample::codebook().rows) {
    const auto reads = [&row](const std::string& example) {
      const std::vector<Quantity> all = found(sample::analysed(example, row.language));
      return std::any_of(all.begin(), all.end(), [&row](const Quantity& q) {
        if (row.kind == "bound") return q.row == row.id || (row.gives == "exact" && q.bound == Bound::exact);
        if (row.kind == "share") return q.unit == Unit::percent;
        if (row.kind == "range") return q.high.has_value();
        if (row.kind == "unit") return name(q.unit) == row.gives;
        return true;
      });
    };
    const bool own = row.kind == "bound" || row.kind == "share" || row.kind == "range" || row.kind == "unit" || row.kind == "numeral" ||
                     row.kind == "multiple";
    if (own || row.kind == "no-quantity") {
      for (const std::string& example : row.yes) EXPECT_EQ(reads(example), own) << row.file << ":" << row.line << ": " << example;
      for (const std::string& example : row.no) EXPECT_EQ(reads(example), !own) << row.file << ":" << row.line << ": " << example;
    }
  }
}

TEST(Quantity, NamesFileAndLineOfARowThatMeansNothing) {
  Codebook book;
  Row row;
  row.id = "en.wrong";
  row.kind = "numeral";
  row.words = {"umpteen"};
  row.gives = "many";
  row.options = {{"role", "count"}};
  row.file = "numerals.toml";
  row.line = 12;
  book.rows.push_back(row);
  const auto made = QuantityFinder::make(book);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().line(), "numerals.toml: line 12: row en.wrong: gives = \"many\" is no number");
  EXPECT_EQ(made.error().kind, ErrorKind::kConfig);
}

// Sizes at which a look ahead over the whole run from each of its numbers takes minutes.
TEST(Quantity, ARunOfNumbersIsLookedAtOnceForATelephoneNumber) {
  std::string blanks = "They gave", dashes = "They gave ";
  for (int i = 0; i < 600'000; ++i) {
    blanks += " 1";
    dashes += "1-";
  }
  EXPECT_LE(found(sample::analysed(blanks + " 7 passports.", Language::en)).size(), 600'001U);
  EXPECT_LE(found(sample::analysed(dashes + "1 7 passports.", Language::en)).size(), 600'002U);
  EXPECT_EQ(dump(found(sample::analysed("Call 1-2-3, or +7 1-2 3-4 5, or 6 7 passports.", Language::en)),
                 "Call 1-2-3, or +7 1-2 3-4 5, or 6 7 passports."),
            "exact 6 other <6>; exact 7 passport <7>");
}

TEST(Quantity, TakesNumbersOfAThousandDigitsForNone) {
  const std::string text = "They gave " + std::string(1000, '7') + " passports and 5 passports.";
  EXPECT_EQ(dump(found(sample::analysed(text, Language::en)), text), "exact 5 passport <5>");
}

RC_GTEST_PROP(Quantity, SpansLieInsideTheSentenceAndDoNotOverlap, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "1", "000", " ", ",", ".", "-", "–", "%", "million", "тисяч", "понад", "half", "one", "in", "ten", "two", "hundred", "$", "and",
      "from", "to", "паспортів", "сотні", "кожен", "другий", "\xD0", "№", "(", "k", "\u00A0", "половина"));
  std::string words;
  for (const auto& piece : pieces) words += piece;
  for (const Language language : kReadLanguages) {
    const auto s = sample::analysed(words, language);
    for (const Sentence& sentence : s.text.sentences) {
      std::uint32_t last = sentence.span.begin;
      for (const Quantity& q : finder().find(s.text, s.document, sentence)) {
        RC_ASSERT(q.number.begin >= last);
        RC_ASSERT(sentence.span.covers(q.span));
        RC_ASSERT(q.span.covers(q.number));
        RC_ASSERT(q.high.has_value() == (q.bound == Bound::range));
        if (q.high) RC_ASSERT(q.value < *q.high);
        last = q.number.end;
      }
    }
  }
}

}  // namespace
}  // namespace litopys
