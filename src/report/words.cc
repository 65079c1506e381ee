#include "report/words.h"

#include <algorithm>
#include <array>
#include <optional>

namespace litopys {
namespace {

struct Entry {
  std::string_view key, en, uk;
};

constexpr Entry kWords[] = {
    {"title", "Passports under occupation: the record", "Паспорти під окупацією: літопис"},
    {"standfirst",
     "What officials, agencies, organisations and residents have said about Russian passports in occupied Ukraine, each number with its "
     "source, its bound and its sentence.",
     "Що посадовці, відомства, організації та мешканці казали про російські паспорти на окупованих територіях України: кожне число з "
     "джерелом, межею та реченням."},
    {"claims", "Claims", "Тверджень"},
    {"statements", "Statements", "Висловлювань"},
    {"findings.title", "What cannot all be true", "Що не може бути правдою разом"},
    {"findings.lead",
     "Claims that shut each other out, each with its sentence. It is not said which of them is wrong: only that they cannot all hold.",
     "Твердження, що виключають одне одного, кожне зі своїм реченням. Тут не сказано, яке з них хибне: лише те, що всі разом вони не "
     "можуть бути правдою."},
    {"findings.none", "No claims were found that shut each other out.", "Тверджень, що виключають одне одного, не знайдено."},
    {"findings.others", "What else the claims show together", "Що ще видно з тверджень разом"},
    {"findings.more", "more: litopys findings", "більше: litopys findings"},
    {"kind.update", "A figure raised", "Число зросло"},
    {"kind.restated", "An old figure told as new", "Старе число подано як нове"},
    {"kind.one-origin", "One voice in many mouths", "Один голос у багатьох вустах"},
    {"kind.true-origin", "Told as another's, but passed on", "Подано як власне, насправді переказ"},
    {"kind.circular", "Sources in a circle", "Джерела по колу"},
    {"kind.plan-met", "Plans reached", "Досягнуті плани"},
    {"kind.plan-missed", "Plans not reached", "Недосягнуті плани"},
    {"kind.scope", "Opposed only at first sight", "Суперечать лише на перший погляд"},
    {"kind.rounding", "One figure, rounded differently", "Одне число, заокруглене по-різному"},
    {"legend.band", "what a side's figures leave open", "що лишають відкритим числа сторони"},
    {"andmore", "and {} more", "та ще {}"},
    {"bands.broken", "its figures cannot all be true, so they leave nothing open that could be drawn",
     "числа цієї сторони не можуть бути правдою разом, тож намалювати нічого"},
    {"rests", "Passes on", "Переказує"},
    {"made", "Made on", "Укладено"},
    {"codebook", "codebook", "кодифікатор"},
    {"figures.title", "Who claims how many", "Хто скільки нараховує"},
    {"figures.lead", "Totals of passports and new citizens as they were claimed. No point is a measurement; each is somebody's word.",
     "Підсумкові числа паспортів і нових громадян, як їх оголошували. Жодна точка не є виміром, кожна є чиїмось словом."},
    {"figures.none", "No claim with a total was found.", "Тверджень із підсумковими числами не знайдено."},
    {"shares.title", "Claimed shares of the population", "Заявлені частки населення"},
    {"shares.lead", "Percentages given for the occupied territories or parts of them.",
     "Відсотки, названі для окупованих територій або їх частин."},
    {"legend.exact", "as said", "як сказано"},
    {"legend.about", "about (± 10 %)", "близько (± 10 %)"},
    {"legend.over", "over, at least", "понад, щонайменше"},
    {"legend.under", "under, up to", "менш як, до"},
    {"legend.range", "range", "діапазон"},
    {"legend.date", "day uncertain", "день невідомий"},
    {"legend.published", "dated by its publication only", "датовано лише публікацією"},
    {"legend.part", "part of the territory", "частина території"},
    {"measures.title", "What was reported, quarter by quarter", "Про що повідомляли, поквартально"},
    {"measures.lead",
     "Claims by the quarter in which the thing holds, or else was reported. Reports are not events: one act told ten times counts ten "
     "times here.",
     "Твердження за кварталами, коли це діяло або коли про це повідомили. Повідомлення не є подіями: розказане десять разів тут пораховано "
     "десять разів."},
    {"measure", "Measure", "Захід"},
    {"map.title", "Where", "Де"},
    {"map.lead", "Claims by the place they are about. A wide pale circle stands for a whole region, a small dark one for a town.",
     "Твердження за місцем, якого вони стосуються. Широке бліде коло позначає цілу область, мале темне — населений пункт."},
    {"map.caption", "Internationally recognised borders. Boundaries © OpenStreetMap contributors; neighbours made with Natural Earth.",
     "Міжнародно визнані кордони. Межі © учасники OpenStreetMap; сусідні країни за Natural Earth."},
    {"place", "Place", "Місце"},
    {"most", "Most often", "Найчастіше"},
    {"map.tot", "occupied territories", "окуповані території"},
    {"nopoint", "Without a point on the map", "Без точки на мапі"},
    {"sources.title", "Who says it, and through whom", "Хто це каже і через кого"},
    {"sources.lead",
     "Originators by the outlets that carry them. Relays are those whom the texts name between the originator and the outlet.",
     "Першоджерела за кількістю видань, що їх подають. Посередники — ті, кого тексти називають між першоджерелом і виданням."},
    {"originator", "Originator", "Першоджерело"},
    {"side", "Side", "Сторона"},
    {"relays", "Relayed by", "Через кого"},
    {"outlets", "Carried in", "Де опубліковано"},
    {"outletvoice", "the outlet's own voice", "власний голос видання"},
    {"resident", "residents, not named here", "мешканці, тут не названі"},
    {"nameless", "unnamed", "без імені"},
    {"claims.title", "The claims", "Твердження"},
    {"claims.lead",
     "Grouped by measure, in order of time. What one voice said once is one entry, however many carry it. The sentence is quoted as it "
     "stands; "
     "the link leads to it in its document.",
     "За заходами, у порядку часу. Сказане один раз одним голосом є одним записом, хоч би скільки видань його подали. Речення наведено "
     "дослівно; посилання веде до нього в документі."},
    {"filter", "Filter", "Відбір"},
    {"all", "all", "усі"},
    {"said.right", "checked, right", "перевірено, вірно"},
    {"said.corrected", "checked and corrected", "перевірено й виправлено"},
    {"said.marked", "marked", "позначено"},
    {"said.title", "Taken out after review", "Вилучено після перевірки"},
    {"said.lead", "Claims that somebody who checked them against their sentence found wrong. They count in nothing above.",
     "Твердження, які хтось звірив із реченням і визнав хибними. У підсумках вище їх немає."},
    {"nodate", "undated", "без дати"},
    {"asof", "as of", "станом на"},
    {"until", "until", "до"},
    {"since", "since", "від"},
    {"documents.title", "The documents", "Документи"},
    {"documents.lead", "Every document in full. Marked sentences carry claims; grey lines were judged not to be part of the article.",
     "Усі документи повністю. Позначені речення містять твердження; сірі рядки визнано такими, що не належать до статті."},
    {"published", "published", "опубліковано"},
    {"unknowndate", "date unknown", "дата невідома"},
    {"bytes", "SHA-256 of the bytes", "SHA-256 байтів"},
    {"noclaims", "no claims found", "тверджень не знайдено"},
    {"method.title", "How to read this page", "Як читати цю сторінку"},
    {"method.1",
     "litopys reads each document with a codebook and a scorer; it errs. A claim that matters should be checked against its sentence, "
     "which is always shown.",
     "litopys читає кожен документ за кодифікатором і оцінювачем і помиляється. Важливе твердження слід звіряти з його реченням, яке "
     "завжди наведено."},
    {"method.2", "Nothing here says who is right. Numbers of different originators are not averaged, and a missing number is not zero.",
     "Тут не сказано, хто має рацію. Числа різних джерел не усереднено, а відсутнє число не є нулем."},
    {"method.3",
     "The record documents the conduct of authorities. Residents are never named as entities; taking a passport under pressure is no act "
     "of allegiance.",
     "Літопис документує дії влади. Мешканці ніколи не є окремими записами; взяти паспорт під тиском не означає присягнути на вірність."},
    {"highest", "Highest total on record", "Найбільше оголошене число"},
    {"span", "Time covered", "Охоплений час"},
    {"doubt", "Voices that distance themselves", "Сказано із застереженням"},
    {"confidence", "confidence of the reading", "певність прочитання"},
};

// English after one and after more; Ukrainian after 1 (21, 31), after 2 to 4 (22), after the rest.
struct Noun {
  std::string_view key;
  std::array<std::string_view, 2> en;
  std::array<std::string_view, 3> uk;
};

constexpr std::array<Noun, 7> kNouns = {
    {{"documents", {"document", "documents"}, {"документ", "документи", "документів"}},
     {"claims", {"claim", "claims"}, {"твердження", "твердження", "тверджень"}},
     {"sources", {"source", "sources"}, {"джерело", "джерела", "джерел"}},
     {"contradictions", {"contradiction", "contradictions"}, {"суперечність", "суперечності", "суперечностей"}},
     {"statements", {"statement", "statements"}, {"висловлювання", "висловлювання", "висловлювань"}},
     {"outlets", {"outlet", "outlets"}, {"видання", "видання", "видань"}},
     {"origins", {"origin", "origins"}, {"першоджерело", "першоджерела", "першоджерел"}}}};

constexpr std::array<Noun, 8> kUnits = {{{"passport", {"passport", "passports"}, {"паспорт", "паспорти", "паспортів"}},
                                         {"person", {"person", "people"}, {"особа", "особи", "осіб"}},
                                         {"application", {"application", "applications"}, {"заява", "заяви", "заяв"}},
                                         {"percent", {"%", "%"}, {"%", "%", "%"}},
                                         {"office", {"office", "offices"}, {"пункт", "пункти", "пунктів"}},
                                         {"currency", {"in money", "in money"}, {"грошей", "грошей", "грошей"}},
                                         {"day", {"day", "days"}, {"день", "дні", "днів"}},
                                         {"other", {"", ""}, {"", "", ""}}}};

std::string_view form_after(std::uint64_t n, const Noun& noun, Language language) {
  if (language != Language::uk) return noun.en.at(n == 1 ? 0 : 1);
  const std::uint64_t last = n % 10, two = n % 100;
  if (two > 10 && two < 20) return noun.uk[2];
  return noun.uk.at(last == 1 ? 0 : last >= 2 && last <= 4 ? 1 : 2);
}

template <class E, std::size_t N>
std::string_view at(const std::array<std::array<std::string_view, 2>, N>& table, E value, Language language) {
  static_assert(N == Names<E>::all.size());
  return table[static_cast<std::size_t>(value)][language == Language::uk ? 1 : 0];
}

}  // namespace

std::string_view word(std::string_view key, Language language) {
  for (const Entry& entry : kWords) {
    if (entry.key == key) return language == Language::uk ? entry.uk : entry.en;
  }
  return key;
}

std::string_view noun_after(std::size_t n, std::string_view key, Language language) {
  const auto* const noun = std::find_if(kNouns.begin(), kNouns.end(), [&](const Noun& known) { return known.key == key; });
  return noun == kNouns.end() ? key : form_after(n, *noun, language);
}

std::string counted_words(std::size_t n, std::string_view key, Language language) {
  return std::to_string(n).append(" ").append(noun_after(n, key, language));
}

std::string_view unit_after(const Figure& figure, Language language) {
  const Noun& noun = kUnits.at(static_cast<std::size_t>(figure.unit));
  const std::optional<std::int64_t> whole = figure.value.whole();
  // After "about", "up to" and a range a Ukrainian noun is in the genitive, which is the form of many; so it is after a fraction.
  const bool many = figure.bound == Bound::about || figure.bound == Bound::at_most || figure.bound == Bound::several ||
                    figure.bound == Bound::range || !whole || *whole < 0;
  return form_after(many ? 5 : static_cast<std::uint64_t>(*whole), noun, language);
}

std::size_t word_count() { return std::size(kWords); }

std::string_view label(Side side, Language language) {
  static constexpr std::array<std::array<std::string_view, 2>, 9> kTable = {{{"Russia", "Росія"},
                                                                             {"Ukraine", "Україна"},
                                                                             {"other states", "інші держави"},
                                                                             {"international bodies", "міжнародні органи"},
                                                                             {"NGOs and experts", "НУО та експерти"},
                                                                             {"media", "медіа"},
                                                                             {"residents", "мешканці"},
                                                                             {"the outlet", "видання"},
                                                                             {"unknown", "невідомо"}}};
  return at(kTable, side, language);
}

std::string_view label(Stance stance, Language language) {
  static constexpr std::array<std::array<std::string_view, 2>, 5> kTable = {{{"asserted", "стверджено"},
                                                                             {"planned", "заплановано"},
                                                                             {"threatened", "погроза"},
                                                                             {"possible", "можливо"},
                                                                             {"denied", "заперечено"}}};
  return at(kTable, stance, language);
}

std::string_view label(Credence credence, Language language) {
  static constexpr std::array<std::array<std::string_view, 2>, 5> kTable = {{{"plain", "без застережень"},
                                                                             {"distanced", "із застереженням"},
                                                                             {"likely", "імовірно"},
                                                                             {"almost certain", "майже напевно"},
                                                                             {"unverified", "не перевірено"}}};
  return at(kTable, credence, language);
}

std::string_view label(Bound bound, Language language) {
  static constexpr std::array<std::array<std::string_view, 2>, 8> kTable = {{{"", ""},
                                                                             {"about", "близько"},
                                                                             {"over", "понад"},
                                                                             {"at least", "щонайменше"},
                                                                             {"under", "менш як"},
                                                                             {"up to", "до"},
                                                                             {"several times", "кілька разів по"},
                                                                             {"", ""}}};
  return at(kTable, bound, language);
}

}  // namespace litopys
