// Dates, quantities and times over any bytes: spans inside and in order, no value without its law. Words get no dictionary here, so
// that a run is fast; the rows of the codebook are the real ones.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "codebook/codebook.h"
#include "mention/quantity.h"
#include "mention/quantity_news.h"
#include "mention/time.h"
#include "page/calendar.h"
#include "text/analyser.h"

namespace {

using namespace litopys;

struct Stages {
  Codebook book;
  TextAnalyser analyser;
  QuantityFinder quantities;
  TimeFinder times;
  NewsQuantities news;
};

template <class T>
T must(Result<T> result) {
  if (!result) std::abort();
  return std::move(*result);
}

const Stages& stages() {
  static const Stages one = [] {
    Codebook book = must(load_codebook(LITOPYS_SOURCE_DIR "/codebooks/passportization"));
    TextAnalyser analyser = must(TextAnalyser::load(LITOPYS_SOURCE_DIR "/fuzz/no-dictionaries", book));
    QuantityFinder quantities = must(QuantityFinder::make(book));
    TimeFinder times = must(TimeFinder::make(book));
    NewsQuantities news = must(NewsQuantities::make(must(load_codebook(LITOPYS_SOURCE_DIR "/codebooks/news"))));
    return Stages{std::move(book), std::move(analyser), std::move(quantities), std::move(times), std::move(news)};
  }();
  return one;
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

// Loaded before the clock of the first input runs.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  (void)stages();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr Language kLanguages[] = {Language::en, Language::uk, Language::ru};
  Document document;
  document.language = kLanguages[data[0] % 3];
  document.text = utf8::repaired(std::string_view(reinterpret_cast<const char*>(data + 1), size - 1));
  if ((data[0] & 4) != 0) document.published = Date{2024, 2, 29, 0};
  if ((data[0] & 8) != 0) document.published = Date{9999, 12, 0, 0};

  std::uint32_t last = 0;
  for (const CalendarDate& date : find_dates(document.text, document.language, DateDetail::parts)) {
    check(date.span.begin >= last && date.span.end > date.span.begin && date.span.end <= document.text.size());
    last = date.span.end;
  }
  const std::string_view raw(reinterpret_cast<const char*>(data + 1), size - 1);
  for (const NewsQuantity& q : stages().news.find(raw)) {
    check(q.span.begin < q.span.end && q.span.end <= raw.size());
    check(Decimal::parse(q.value.str()) == q.value);
  }
  const Text text = stages().analyser.analyse(document);
  for (const Sentence& sentence : text.sentences) {
    last = sentence.span.begin;
    for (const Quantity& q : stages().quantities.find(text, document, sentence)) {
      check(q.number.begin >= last && q.number.end > q.number.begin && sentence.span.covers(q.span) && q.span.covers(q.number));
      check(q.high.has_value() == (q.bound == Bound::range) && (!q.high || q.value < *q.high));
      check(Decimal::parse(q.value.str()) == q.value);
      last = q.number.end;
    }
  }
  const auto times = stages().times.find_all(text, document);
  check(times.size() == text.sentences.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Sentence& sentence = text.sentences[i];
    last = sentence.span.begin;
    for (const Time& time : times[i]) {
      check(time.span.begin >= last && time.span.end > time.span.begin && sentence.span.covers(time.span));
      check(!time.when || When::parse(time.when->str()) == time.when);
      last = time.span.end;
    }
  }
  return 0;
}
