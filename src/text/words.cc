#include "text/words.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kLongestWord = 96;  // bytes; longer "words" are no words
constexpr std::size_t kMostReadings = 24;

bool has_cyrillic(std::string_view word) {
  for (std::size_t i = 0; i < word.size();) {
    const utf8::Decoded c = utf8::decode(word, i);
    if (utf8::is_cyrillic(c.value)) return true;
    i += c.size;
  }
  return false;
}

bool same_tags(const Reading& a, const Reading& b) {
  return a.part == b.part && a.grammatical_case == b.grammatical_case && a.number == b.number && a.gender == b.gender &&
         a.tense == b.tense && a.form == b.form && a.name == b.name;
}

}  // namespace

Result<WordReader> WordReader::load(const std::filesystem::path& folder) {
  WordReader out;
  for (const Language language : kReadLanguages) {
    const std::filesystem::path file = folder / (std::string(code(language)) + ".dict");
    std::error_code error;
    if (!std::filesystem::exists(file, error)) continue;
    auto opened = Morphology::open(file);
    if (!opened) return tl::unexpected(opened.error());
    out.by_language_[static_cast<std::size_t>(language)] = std::move(*opened);
  }
  return out;
}

bool WordReader::known(Language language, std::string_view lower, std::vector<Analysis>& out) const {
  return language != Language::other && of(language).lookup(lower, out);
}

bool WordReader::has(Language language, std::string_view lower, std::vector<Analysis>& scratch) const {
  scratch.clear();
  return lower.size() <= kLongestWord && known(language, lower, scratch);
}

void WordReader::read(Language language, bool name, Form& form, Text& text, std::vector<Analysis>& scratch) const {
  scratch.clear();
  const std::string_view lower = form.lower;
  std::string_view head;  // «екс-» of «екс-засуджені»: stays before the lemma of the rest
  std::string_view body = lower;
  bool guessed = false;
  if (lower.size() <= kLongestWord) {
    const bool cyrillic = has_cyrillic(lower);
    const Language first = !cyrillic ? Language::en : language == Language::ru ? Language::ru : Language::uk;
    const Language second = !cyrillic ? Language::other : first == Language::uk ? Language::ru : Language::uk;
    if (!known(first, lower, scratch) && !known(second, lower, scratch)) {
      const std::size_t hyphen = cyrillic ? lower.rfind('-') : std::string_view::npos;
      if (hyphen != std::string_view::npos && hyphen > 0 && hyphen + 1 < lower.size()) {
        head = lower.substr(0, hyphen + 1);
        body = lower.substr(hyphen + 1);
        if (!known(first, body, scratch)) static_cast<void>(known(second, body, scratch));
      }
      if (scratch.empty() && body.size() > 3 && (cyrillic || language == Language::en)) {
        guessed = of(first).guess(body, name || (form.capital && !form.all_caps), scratch);
      }
    }
  }
  form.first_reading = static_cast<std::uint32_t>(text.readings.size());
  Arena arena(text);
  std::string lemma;
  const Analysis* before = nullptr;  // the last that became a reading
  for (const Analysis& a : scratch) {
    if (text.readings.size() - form.first_reading >= kMostReadings) break;
    if (a.front + a.back > body.size()) continue;
    Reading reading = a.tags;
    reading.guessed = guessed;
    const auto begin = text.readings.begin() + form.first_reading;
    if (before != nullptr && a.front == before->front && a.back == before->back && a.suffix == before->suffix) {
      reading.lemma = text.readings.back().lemma;  // another reading with the lemma at hand
      const auto known = [&](const Reading& r) { return same_bytes(r.lemma, reading.lemma) && same_tags(r, reading); };
      if (std::none_of(begin, text.readings.end(), known)) text.readings.push_back(reading);
      continue;
    }
    lemma.assign(head);
    lemma += body.substr(a.front, body.size() - a.front - a.back);
    lemma += a.suffix;
    if (lemma.empty() || utf8::first_invalid(lemma) != std::string::npos) continue;
    const auto same = std::find_if(begin, text.readings.end(), [&](const Reading& r) { return r.lemma == lemma; });
    if (std::any_of(begin, text.readings.end(), [&](const Reading& r) { return r.lemma == lemma && same_tags(r, reading); })) continue;
    reading.lemma = same != text.readings.end() ? same->lemma : lemma == lower ? lower : arena.keep(lemma);
    text.readings.push_back(reading);
    before = &a;
  }
  if (text.readings.size() == form.first_reading) {
    Reading reading;
    reading.lemma = lower;
    reading.guessed = true;
    if (name) reading.part = PartOfSpeech::proper;
    text.readings.push_back(reading);
  }
  form.reading_count = static_cast<std::uint16_t>(text.readings.size() - form.first_reading);
  const auto is_name = [](const Reading& r) { return r.part == PartOfSpeech::proper; };
  const auto begin = text.readings.begin() + form.first_reading;
  if (name) {
    std::stable_partition(begin, text.readings.end(), is_name);
  } else if (!form.capital) {
    std::stable_partition(begin, text.readings.end(), [&](const Reading& r) { return !is_name(r); });
  }
}

}  // namespace litopys
