// Names by trie (mention/names.h), phrases by lexicon, then four small passes over what was found in the sentence: throw out words that
// only look like a place, join lists («Донецькій та Луганській областях»), pick among namesakes, and tell settings from parts of titles.
#include "mention/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/pieces.h"
#include "base/utf8.h"
#include "mention/place_goal.h"
#include "mention/place_names.h"
#include "mention/place_street.h"
#include "text/lexicon.h"

namespace litopys {
namespace {

enum Context : std::uint16_t {
  kLocative = 1,
  kPreposition = 2,
  kSettlement = 4,
  kUnit = 8,
  kHolderBegin = 16,
  kHolderEnd = 32,
  kJoiner = 64,
  kElse = 128,
  kStreet = 256
};

struct ContextName {
  std::string_view name;
  std::uint16_t begin, end;  // flags on the hit's first and last token
};
constexpr ContextName kContexts[] = {{"locative", 0, kLocative}, {"preposition", 0, kPreposition},     {"settlement", 0, kSettlement},
                                     {"unit", kUnit, 0},         {"holder", kHolderBegin, kHolderEnd}, {"joiner", kJoiner, kJoiner},
                                     {"else", kElse, 0},         {"street", kStreet, kStreet}};

// Where the campaign cannot happen: states, but for those with a breakaway part, and what lies in them or in Ukraine's other regions.
bool is_abroad(const GazetteerPlace& place) {
  if (place.kind == "breakaway" || place.kind == "breakaway-town" || place.kind == "autonomy") return false;
  if (place.ukraine) return !in_regions(place.region) && place.level != PlaceLevel::territory;
  return place.level == PlaceLevel::country || place.level == PlaceLevel::city;
}

}  // namespace

struct PlaceFinder::Impl {
  struct Phrase {
    std::vector<std::string> codes;
    bool adjective = false, weak = false;
    std::string id;
    std::int64_t seat = -1;  // index of the city that one word of the phrase means beside other towns
  };
  struct Found {
    std::uint32_t first = 0, count = 0;
    Span span;
    std::vector<std::uint32_t> candidates;  // indices into Gazetteer::places
    std::vector<std::uint32_t> otherwise;   // what it can be as an adjective if it turns out to be no name
    const Phrase* phrase = nullptr;
    bool adjective = false;
    bool of_region = false;  // a town's name that stands for its region: "the Donetsk and Kherson regions"
    bool listed = false;     // member of a list whose last member is a region
    bool plural = false;     // ... and is called so in the plural
    bool out = false;
    std::uint32_t chosen = 0;
  };

  const Gazetteer* gazetteer = nullptr;
  std::optional<PlaceNames> names;
  std::array<Lexicon, 3> lexicons;
  std::unordered_map<RowId, Phrase> phrases;
  std::unordered_map<RowId, ContextName> contexts;

  // ---- making --------------------------------------------------------------------------------------------------------
  Result<void> read_rows(const Codebook& book) {
    for (RowId id = 0; id < book.rows.size(); ++id) {
      const Row& row = book.rows[id];
      const auto wrong = [&](std::string problem) {
        return fail(ErrorKind::kConfig, fmt::format("{}:{}", row.file, row.line), fmt::format("row {}", row.id), std::move(problem),
                    "see the head of places.toml");
      };
      if (row.kind == "place") {
        Phrase phrase;
        const auto is_set = [&](const char* key) { return row.options.contains(key) && row.options.at(key) == "true"; };
        phrase.adjective = is_set("adjective");
        phrase.weak = is_set("weak");
        each_piece(row.gives, '+', [&](std::string_view code) { phrase.codes.emplace_back(code); });
        for (const std::string& code : phrase.codes) {
          const GazetteerPlace* place = gazetteer->place(code);
          if (place == nullptr) return wrong(fmt::format("gives = \"{}\" is no place of the gazetteer", code));
          phrase.id = place->id;
        }
        if (const auto seat_code = row.options.find("seat"); seat_code != row.options.end()) {
          const GazetteerPlace* city = gazetteer->place(seat_code->second);
          if (city == nullptr) return wrong(fmt::format("seat = \"{}\" is no place of the gazetteer", seat_code->second));
          phrase.seat = city - gazetteer->places.data();
        }
        phrases.emplace(id, std::move(phrase));
      } else if (row.kind == "place-context") {
        const auto known =
            std::find_if(std::begin(kContexts), std::end(kContexts), [&](const ContextName& c) { return c.name == row.gives; });
        if (known == std::end(kContexts)) return wrong(fmt::format("gives = \"{}\" is no context of a place", row.gives));
        contexts.emplace(id, *known);
      }
    }
    constexpr std::string_view kKinds[] = {"place", "place-context"};
    for (Language language : kReadLanguages) {
      Result<Lexicon> compiled = Lexicon::compile(book, kKinds, language);
      if (!compiled) return tl::unexpected(compiled.error());
      lexicons[static_cast<std::size_t>(language)] = std::move(*compiled);
    }
    return {};
  }

  // ---- finding -------------------------------------------------------------------------------------------------------
  // What stands around the finds of one sentence.
  struct Scene {
    const Text& text;
    const Sentence& sentence;
    std::vector<std::uint16_t> flags;  // of each token of the sentence

    [[nodiscard]] const Token& token(std::uint32_t i) const { return text.tokens[i]; }
    [[nodiscard]] std::uint32_t end() const { return sentence.first_token + sentence.token_count; }
    [[nodiscard]] std::uint16_t flag(std::uint32_t i) const { return flags[i - sentence.first_token]; }

    // The token before `i`, quotation marks and hyphens left out; nullopt at the beginning.
    [[nodiscard]] std::optional<std::uint32_t> before(std::uint32_t i) const {
      while (i > sentence.first_token) {
        --i;
        if (token(i).kind != TokenKind::punctuation || !is_quote(token(i).lower)) return i;
      }
      return std::nullopt;
    }
    [[nodiscard]] bool begins_with_capital() const {
      constexpr std::uint32_t kMarks = 4;  // quotation marks, a dash
      std::uint32_t i = sentence.first_token;
      while (i + 1 < end() && i < sentence.first_token + kMarks && token(i).kind != TokenKind::word) ++i;
      return token(i).capital;
    }
    [[nodiscard]] std::optional<std::uint32_t> after(std::uint32_t i) const {
      for (; i < end(); ++i) {
        if (token(i).kind != TokenKind::punctuation || !is_quote(token(i).lower)) return i;
      }
      return std::nullopt;
    }
    static bool is_quote(std::string_view mark) {
      return mark == "\"" || mark == "«" || mark == "»" || mark == "“" || mark == "”" || mark == "„" || mark == "'" || mark == "’" ||
             mark == "-" || mark == "[" || mark == "]";
    }
    // A hit with `wanted` on its last token right before `i` (an article or "and" between does not count), or up to `skip` words
    // earlier with no mark between.
    [[nodiscard]] bool led_by(std::uint32_t i, std::uint16_t wanted, int skip) const {
      std::optional<std::uint32_t> at = before(i);
      for (int n = 0; at && n <= skip; ++n) {
        if (token(*at).kind == TokenKind::punctuation) return token(*at).lower == "." && (flag(*at) & wanted) != 0;
        if ((flag(*at) & wanted) != 0) return true;
        if ((flag(*at) & kJoiner) != 0) --n;
        at = before(*at);
      }
      return false;
    }
  };

  Scene scene_of(const Text& text, const Sentence& sentence, std::vector<Found>& out) const {
    Scene scene{text, sentence, std::vector<std::uint16_t>(sentence.token_count)};
    std::vector<LexiconHit> hits;
    if (text.language != Language::other) hits = lexicons[static_cast<std::size_t>(text.language)].find(text, sentence);
    std::uint32_t covered = 0;
    for (const LexiconHit& hit : hits) {  // by first token, then longest first
      if (const auto context = contexts.find(hit.row); context != contexts.end()) {
        scene.flags[hit.first_token - sentence.first_token] |= context->second.begin;
        scene.flags[hit.first_token + hit.token_count - 1 - sentence.first_token] |= context->second.end;
      } else if (const auto phrase = phrases.find(hit.row); phrase != phrases.end() && hit.first_token >= covered) {
        covered = hit.first_token + hit.token_count;
        Found found;
        found.first = hit.first_token;
        found.count = hit.token_count;
        found.span = hit.span;
        found.phrase = &phrase->second;
        found.adjective = found.phrase->adjective;
        out.push_back(std::move(found));
      }
    }
    return scene;
  }

  std::vector<Found> collect(const Scene& scene, std::vector<Found> phrases_found) const {
    std::vector<NameHit> hits;
    names->index.find(scene.text, scene.sentence, hits);
    std::vector<Found> out;
    for (const NameHit& hit : hits) {
      if (out.empty() || out.back().first != hit.first_token || out.back().span != hit.span) {
        Found found;
        found.first = hit.first_token;
        found.count = hit.token_count;
        found.span = hit.span;
        found.adjective = true;
        out.push_back(std::move(found));
      }
      const bool adjective = (hit.value & 1) != 0;
      Found& at = out.back();
      // A state's adjective wins over a town's case («Українська» is not of Українськ), a region's over a village's («Запорізьку»),
      // any other noun over an adjective.
      const auto is_state = [&](std::uint32_t index) { return gazetteer->places[index].level == PlaceLevel::country; };
      const auto is_wide = [&](std::uint32_t index) { return gazetteer->places[index].level <= PlaceLevel::region; };
      const auto is_small = [&](std::uint32_t index) { return gazetteer->places[index].level > PlaceLevel::city; };
      const bool state = adjective && (is_state(hit.value / 2) || (is_wide(hit.value / 2) && !at.candidates.empty() &&
                                                                   std::all_of(at.candidates.begin(), at.candidates.end(), is_small)));
      if (state && !at.adjective) {
        at.candidates.clear();
        at.adjective = true;
      } else if (!adjective && at.adjective && !std::any_of(at.candidates.begin(), at.candidates.end(), is_state) &&
                 !(is_small(hit.value / 2) && std::any_of(at.candidates.begin(), at.candidates.end(), is_wide)) &&
                 !(heads_office(scene, at) && !at.candidates.empty())) {
        at.candidates.clear();
        at.adjective = false;
      } else if (adjective && !at.adjective && heads_office(scene, at)) {
        at.candidates.clear();
        at.adjective = true;
      }
      if (adjective) at.otherwise.push_back(names->seat[hit.value / 2]);
      if (adjective == at.adjective) at.candidates.push_back(names->seat[hit.value / 2]);
    }
    // A phrase of the codebook wins over names that it overlaps, unless one of them is longer.
    std::vector<Found> all;
    std::size_t at = 0;
    for (Found& phrase : phrases_found) {
      while (at < out.size() && out[at].span.end <= phrase.span.begin) all.push_back(std::move(out[at++]));
      bool longer = false;
      std::size_t next = at;
      for (; next < out.size() && out[next].span.begin < phrase.span.end; ++next) longer |= out[next].span.size() > phrase.span.size();
      if (longer || (phrase.phrase->codes[0] == "UA-TOT" && has_local_name(out, at, next))) continue;
      at = next;
      all.push_back(std::move(phrase));
    }
    while (at < out.size()) all.push_back(std::move(out[at++]));
    std::erase_if(all, [&](const Found& found) { return found.phrase == nullptr && is_street(scene, found); });
    const std::vector<bool> likely = likely_places(scene, all);
    std::erase_if(all, [&](Found& found) {
      if (likely[static_cast<std::size_t>(&found - all.data())]) return false;
      // «Лисичанський водоканал», «Бердянська лікарня» at the beginning: no village and no genitive, but the adjective of a town.
      const std::optional<std::uint32_t> after = scene.after(found.first + found.count);
      if (found.otherwise.empty() || !is_noun(scene, after) || scene.token(*after).capital) return true;
      found.candidates = std::move(found.otherwise);
      found.adjective = true;
      return false;
    });
    return all;
  }

  // «на вулиці Мелітопольській», «на Бердянському бульварі», "on Kakhovka Street" are in another town.
  static bool is_street(const Scene& scene, const Found& found) {
    if (found.count != 1) return false;
    const std::optional<std::uint32_t> before = scene.before(found.first), after = scene.after(found.first + 1);
    const auto street = [&](const std::optional<std::uint32_t>& at) {
      if (!at || (scene.flag(*at) & kStreet) == 0) return false;
      if (scene.text.language == Language::en) return at == after && scene.token(*at).capital;
      return agree_as_name(scene.text, *at, found.first);
    };
    return street(before) || street(after);
  }

  // What stands between two finds if they are members of one list: a comma, or also a word such as "and"; nothing else lies there.
  enum class Link : std::uint8_t { none, comma, word };
  static Link link_of(const Scene& scene, const Found& a, const Found& b) {
    Link link = a.first + a.count < b.first ? Link::comma : Link::none;
    for (std::uint32_t t = a.first + a.count; t < b.first && link != Link::none; ++t) {
      if ((scene.flag(t) & kJoiner) != 0) {
        link = Link::word;
      } else if (scene.token(t).lower != ",") {
        link = Link::none;
      }
    }
    return link;
  }

  // Which finds are places: each that is plausible by itself, and names of villages in a list with such: «у Скадовську, Лазурному і
  // Красному».
  std::vector<bool> likely_places(const Scene& scene, const std::vector<Found>& found) const {
    std::vector<bool> out;
    for (const Found& f : found) out.push_back(f.phrase != nullptr || plausible(scene, f));
    const auto place = [&](std::size_t i) { return i < found.size() && out[i] && !found[i].adjective; };
    const auto listed = [&](std::size_t i) {
      const Link left = i > 0 && place(i - 1) ? link_of(scene, found[i - 1], found[i]) : Link::none;
      const Link right = place(i + 1) ? link_of(scene, found[i], found[i + 1]) : Link::none;
      if (left == Link::word || right == Link::word) return true;
      // With commas alone ("Ivanenko, Melitopol") it takes a longer list.
      const std::optional<std::uint32_t> after = scene.after(found[i].first + found[i].count);
      if (left == Link::comma && after && (scene.flag(*after) & kJoiner) != 0) return true;
      if (left == Link::comma && i > 1 && place(i - 2) && link_of(scene, found[i - 2], found[i - 1]) != Link::none) return true;
      return right == Link::comma && place(i + 2) && link_of(scene, found[i + 1], found[i + 2]) != Link::none;
    };
    const auto villages = [&](const Found& f) {
      return std::any_of(f.candidates.begin(), f.candidates.end(), [&](std::uint32_t index) {
        const GazetteerPlace& p = gazetteer->places[index];
        return in_regions(p.region) && p.level >= PlaceLevel::city && p.level <= PlaceLevel::village;
      });
    };
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Token& token = scene.token(found[i].first);
      if (!out[i] && !found[i].adjective && token.capital && !token.all_caps && villages(found[i]) && listed(i)) out[i] = true;
    }
    return out;
  }

  // «Луганська ОВА» is of the region, «мешканці Луганська» are of the town.
  static bool heads_office(const Scene& scene, const Found& found) {
    const std::optional<std::uint32_t> after = scene.after(found.first + found.count);
    return after && (scene.flag(*after) & kHolderBegin) != 0 && may_agree(scene, scene.token(found.first + found.count - 1), *after);
  }

  // «у Бердянську поліція» is a town and its police, «через Бердянську поліцію» the police of the town: the Ukrainian form is a locative or
  // goes with a feminine in the accusative.
  static bool may_agree(const Scene& scene, const Token& name, std::uint32_t holder) {
    const bool two_ways = scene.text.language == Language::uk &&
                          (name.lower.ends_with("ську") || name.lower.ends_with("цьку") || name.lower.ends_with("зьку"));
    if (!two_ways) return true;
    const auto readings = scene.text.readings_of(scene.token(holder));
    return std::any_of(readings.begin(), readings.end(), [](const Reading& r) {
      return r.guessed || ((r.grammatical_case == Case::accusative || r.grammatical_case == Case::unknown) &&
                           r.gender != Gender::masculine && r.gender != Gender::neuter && r.number != Number::plural);
    });
  }

  // «захоплена частина Донеччини»: the name says it better than the phrase around it.
  bool has_local_name(const std::vector<Found>& found, std::size_t begin, std::size_t end) const {
    return std::any_of(found.begin() + static_cast<std::ptrdiff_t>(begin), found.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const Found& f) {
                         return !f.adjective && std::any_of(f.candidates.begin(), f.candidates.end(), [&](std::uint32_t index) {
                           const GazetteerPlace& place = gazetteer->places[index];
                           return in_regions(place.region) && (place.level == PlaceLevel::region || place.level == PlaceLevel::city);
                         });
                       });
  }

  // Whether a name in this place is likely to be the place: many villages are called by everyday words and first names.
  bool plausible(const Scene& scene, const Found& found) const {
    const Token& token = scene.token(found.first);
    if (found.adjective) return true;
    const bool announced = scene.led_by(found.first, kSettlement, 0) || stands_alone(scene, found);
    if (!token.capital && found.count == 1 && !is_plain_in_a_post(scene, found)) return false;
    const bool given = names->given_names.contains(std::string(token.lower));
    bool strong = false, town = false, urban = false;
    for (const std::uint32_t index : found.candidates) {
      const GazetteerPlace& place = gazetteer->places[index];
      strong |= place.level <= PlaceLevel::territory || place.kind == "nuclear-plant";
      town |= place.ukraine && place.level == PlaceLevel::city;
      urban |= place.ukraine && place.level == PlaceLevel::settlement && place.population > 2000;
    }
    if (strong) return true;
    if (found.count == 1 && (scene.flag(found.first) & kElse) != 0) return announced;
    bool everyday = false, geographic = false, personal = false, first_name = false;
    for (const Reading& reading : scene.text.readings_of(token)) {
      if (reading.guessed) continue;
      geographic |= reading.name == NameKind::geographic;
      first_name |= reading.name == NameKind::given;
      personal |= reading.name == NameKind::given || reading.name == NameKind::surname || reading.name == NameKind::patronymic;
      everyday |= reading.name == NameKind::none && reading.part != PartOfSpeech::proper;
    }
    if (found.count > 1) {  // «Тараса Шевченка» is a village too, «Мала Кардашинка» no Mala
      const auto& last = scene.text.readings_of(scene.token(found.first + found.count - 1));
      const bool surname = std::any_of(last.begin(), last.end(), [](const Reading& r) {
        return r.name == NameKind::surname || r.name == NameKind::given || r.name == NameKind::patronymic;
      });
      return town || announced || !(given || first_name) || !surname;
    }
    const std::optional<std::uint32_t> before = scene.before(found.first);
    const std::optional<std::uint32_t> after = scene.after(found.first + found.count);
    const auto capital_word = [&](const std::optional<std::uint32_t>& at) {
      return at && scene.token(*at).kind == TokenKind::word && scene.token(*at).capital;
    };
    if (before && capital_word(before) && before != scene.sentence.first_token) {  // «Іван Іванівський»
      for (const Reading& reading : scene.text.readings_of(scene.token(*before))) {
        if (!reading.guessed && reading.name == NameKind::given) return false;
      }
    }
    const bool led = scene.led_by(found.first, kPreposition | kSettlement, 0);
    const bool local = std::any_of(found.candidates.begin(), found.candidates.end(),
                                   [&](std::uint32_t index) { return in_regions(gazetteer->places[index].region); });
    const bool next_is_name = capital_word(after) && *after == found.first + found.count;
    if (given || (next_is_name && (personal || (!local && town)))) return announced;
    if (!town && (announced || (personal && !geographic))) return announced;  // «Станіслав»
    // «у Лазурному чекали», but not «Нового року»: an adjective with its noun is no name.
    if (!town && everyday) return led && before && !token.all_caps && !is_noun(scene, after);
    if (town && !everyday && !(personal && !geographic)) return true;
    if (announced || (!personal && !everyday && !next_is_name && heads_a_line(scene, found))) return true;
    if (town && before && geographic) return true;
    if (urban && before && !personal) return true;
    if (scene.text.language == Language::en && before && !next_is_name && !capital_word(before))
      return true;  // spelt as no English word is
    return led && before && !token.all_caps;
  }

  // "Rubizhne. The utilities ...": a name that is a sentence, as digests label their items.
  bool stands_alone(const Scene& scene, const Found& found) const {
    if (scene.sentence.token_count > found.count + 1 || !scene.token(found.first).capital) return false;
    const bool local = std::any_of(found.candidates.begin(), found.candidates.end(), [&](std::uint32_t index) {
      const GazetteerPlace& place = gazetteer->places[index];
      return in_regions(place.region) && place.level <= PlaceLevel::settlement;
    });
    const std::uint32_t behind = found.first + found.count;
    return local && (behind == scene.end() || scene.token(behind).kind == TokenKind::punctuation);
  }

  // "Rozivka & around, evening post": the first word of a headline is a town's name.
  bool heads_a_line(const Scene& scene, const Found& found) const {
    if (!scene.sentence.heading) return false;
    for (std::uint32_t t = scene.sentence.first_token; t < found.first; ++t) {
      if (scene.token(t).kind == TokenKind::word) return false;
    }
    return std::any_of(found.candidates.begin(), found.candidates.end(), [&](std::uint32_t index) {
      const GazetteerPlace& place = gazetteer->places[index];
      return in_regions(place.region) && place.level <= PlaceLevel::settlement;
    });
  }

  // A name without its capital: behind a preposition or in a list behind one, and then no adjective of the noun that follows; or a word
  // that is nothing else. States are written so in any case.
  bool is_plain_in_a_post(const Scene& scene, const Found& found) const {
    const auto state = [&](std::uint32_t index) { return gazetteer->places[index].level == PlaceLevel::country; };
    if (std::any_of(found.candidates.begin(), found.candidates.end(), state)) return true;
    const Token& token = scene.token(found.first);
    bool everyday = scene.text.language == Language::en, particle = false;
    for (const Reading& reading : scene.text.readings_of(token)) {
      everyday |= !reading.guessed && reading.name != NameKind::geographic;
      particle |= reading.part == PartOfSpeech::preposition || reading.part == PartOfSpeech::conjunction;
    }
    if (!everyday) return true;
    // Who begins a sentence with a capital writes names with one: «Жінок, що їдуть на пологи, ...».
    if (particle || (scene.text.language != Language::en && scene.begins_with_capital())) return false;
    if (!scene.led_by(found.first, kLocative | kPreposition | kSettlement, 0) && !listed_behind_preposition(scene, found.first))
      return false;
    const std::optional<std::uint32_t> after = scene.after(found.first + found.count);
    const bool joined = after && (scene.flag(*after) & kJoiner) != 0;
    return scene.text.language == Language::en || joined || !is_noun(scene, after);
  }

  // «в рубіжному і кремінній»: one word and a joiner between the preposition and the name.
  static bool listed_behind_preposition(const Scene& scene, std::uint32_t first) {
    const std::optional<std::uint32_t> joiner = scene.before(first);
    if (!joiner || ((scene.flag(*joiner) & kJoiner) == 0 && scene.token(*joiner).lower != ",")) return false;
    const std::optional<std::uint32_t> word = scene.before(*joiner);
    return word && scene.token(*word).kind == TokenKind::word && scene.led_by(*word, kLocative | kPreposition, 0);
  }

  static bool is_noun(const Scene& scene, const std::optional<std::uint32_t>& at) {
    if (!at || scene.token(*at).kind != TokenKind::word) return false;
    const auto readings = scene.text.readings_of(scene.token(*at));
    return std::any_of(readings.begin(), readings.end(), [](const Reading& r) { return r.part == PartOfSpeech::noun; });
  }

  // "The Bilovodsk and Markivka districts", «Білокуракинський та Марківський райони»: the noun makes districts of all of them.
  void join_districts(const Scene& scene, std::vector<Found>& found) const {
    const auto is_district = [&](std::uint32_t index) { return gazetteer->places[index].level == PlaceLevel::district; };
    for (Found& f : found) {
      const std::optional<std::uint32_t> after = scene.after(f.first + f.count);
      if (f.phrase != nullptr || !after || (scene.flag(*after) & kUnit) == 0) continue;
      if (f.adjective) {
        make_districts(f);
      } else if (f.count == 1 && !f.otherwise.empty() && scene.text.language != Language::en) {
        make_districts(f, f.otherwise);  // «в Старобельском районах» has a case of Starobilsk too
      }
    }
    bool of_several = false;  // the list ends with a noun in the plural: «районах»
    for (std::size_t i = found.size(); i-- > 1;) {
      const Found& last = found[i];
      Found& earlier = found[i - 1];
      const bool list = last.phrase == nullptr && earlier.phrase == nullptr && !last.candidates.empty() &&
                        std::all_of(last.candidates.begin(), last.candidates.end(), is_district) &&
                        link_of(scene, earlier, last) != Link::none;
      of_several = list && (of_several || units_behind(scene, last));
      if (!list) continue;
      const bool plural = scene.text.language == Language::en && scene.token(last.first + last.count - 1).lower.ends_with('s');
      if (earlier.adjective || plural) {
        make_districts(earlier);
      } else if (of_several && earlier.count == 1 && !earlier.otherwise.empty()) {
        make_districts(earlier, earlier.otherwise);  // «в Геническом и Каховском районах» has a case of Henichesk
      }
    }
  }

  // Whether a noun in the plural makes units of the name before it.
  static bool units_behind(const Scene& scene, const Found& found) {
    const std::optional<std::uint32_t> after = scene.after(found.first + found.count);
    if (scene.text.language == Language::en || !after || (scene.flag(*after) & kUnit) == 0) return false;
    const auto readings = scene.text.readings_of(scene.token(*after));
    return std::any_of(readings.begin(), readings.end(), [](const Reading& r) { return r.number == Number::plural; });
  }

  // «в Мелитополе и районе», "in Melitopol and the district": the district is that of the town.
  static bool has_district_beside(const Scene& scene, const Found& found) {
    bool joined = false;
    for (std::uint32_t t = found.first + found.count; t < scene.end(); ++t) {
      if ((scene.flag(t) & kJoiner) != 0) {
        joined = true;
      } else if ((scene.flag(t) & kUnit) != 0) {
        return joined && (t + 1 >= scene.end() || (!scene.token(t + 1).capital && scene.token(t + 1).kind != TokenKind::number));
      } else if (!joined || (scene.flag(t) & kPreposition) == 0) {
        return false;
      }
    }
    return false;
  }

  // The districts that are named after the towns that `found` can be; nothing changes where there are none.
  void make_districts(Found& found) const { make_districts(found, found.candidates); }
  void make_districts(Found& found, const std::vector<std::uint32_t>& towns) const {
    std::vector<std::uint32_t> districts;
    for (const std::uint32_t index : towns) {
      const GazetteerPlace* district = gazetteer->district_of(gazetteer->places[index].code);
      if (district != nullptr) districts.push_back(static_cast<std::uint32_t>(district - gazetteer->places.data()));
    }
    if (districts.empty()) return;
    found.candidates = std::move(districts);
    found.adjective = false;
  }

  void join_lists(const Scene& scene, std::vector<Found>& found) const {
    join_districts(scene, found);
    for (std::size_t i = found.size(); i-- > 1;) {
      const Found& last = found[i];
      Found& earlier = found[i - 1];
      bool list = true;
      for (std::uint32_t t = earlier.first + earlier.count; t < last.first; ++t) {
        list &= scene.token(t).lower == "," || (scene.flag(t) & kJoiner) != 0 || Scene::is_quote(scene.token(t).lower);
      }
      if (!list || last.first <= earlier.first + earlier.count) continue;
      const bool region = last.listed || (last.phrase != nullptr ? last.count > 1 && is_region_code(last.phrase->codes)
                                                                 : !last.adjective && is_region(last));
      if (!region) continue;
      earlier.listed = true;
      const std::string_view tail = scene.token(found[i].first + found[i].count - 1).lower;
      const bool plural = last.plural || tail.ends_with('s') || tail.starts_with("област");
      earlier.plural = plural;
      if (earlier.adjective || (earlier.phrase == nullptr && plural && scene.text.language == Language::en)) earlier.of_region = true;
    }
  }

  // "In Donetsk and Makiivka", "Luhansk, Alchevsk and Snizhne": among towns it is the town.
  void seat_lists(const Scene& scene, std::vector<Found>& found) const {
    const auto is_town = [&](const Found& f) {
      return f.phrase == nullptr && !f.adjective && !f.listed && !f.candidates.empty() &&
             std::all_of(f.candidates.begin(), f.candidates.end(), [&](std::uint32_t c) {
               return gazetteer->places[c].level >= PlaceLevel::city && gazetteer->places[c].level <= PlaceLevel::village;
             });
    };
    const auto joined = [&](const Found& a, const Found& b) { return link_of(scene, a, b) != Link::none; };
    const auto settle = [&](Found& f, const Found& beside) {
      if (f.phrase == nullptr || f.listed || f.phrase->seat < 0 || f.count != 1 || !is_town(beside)) return;
      f.candidates = {static_cast<std::uint32_t>(f.phrase->seat)};
      f.phrase = nullptr;
    };
    for (std::size_t i = 1; i < found.size(); ++i) {
      if (joined(found[i - 1], found[i])) settle(found[i], found[i - 1]);
    }
    for (std::size_t i = found.size(); i-- > 1;) {
      if (joined(found[i - 1], found[i])) settle(found[i - 1], found[i]);
    }
  }

  bool is_region(const Found& found) const {
    return std::any_of(found.candidates.begin(), found.candidates.end(),
                       [&](std::uint32_t index) { return gazetteer->places[index].level == PlaceLevel::region; });
  }

  static bool is_region_code(const std::vector<std::string>& codes) {
    constexpr std::size_t kIso = 5;  // "UA-65"
    return std::all_of(codes.begin(), codes.end(), [](const std::string& code) { return code.size() == kIso; });
  }

  using Tally = std::map<std::string_view, int>;  // mentions by region

  void count_regions(const std::vector<Found>& found, Tally& tally) const {
    for (const Found& f : found) {
      if (f.phrase != nullptr) {
        for (const std::string& code : f.phrase->codes) ++tally[code];
      } else if (!f.candidates.empty()) {
        const std::string_view region = gazetteer->places[f.candidates[0]].region;
        const bool one =
            std::all_of(f.candidates.begin(), f.candidates.end(), [&](std::uint32_t c) { return gazetteer->places[c].region == region; });
        if (one && gazetteer->places[f.candidates[0]].level != PlaceLevel::country) ++tally[region];
      }
    }
  }

  void choose(std::vector<Found>& found, const Tally& here, const Tally& document) const {
    for (Found& f : found) {
      if (f.phrase != nullptr) continue;
      int best = -1;
      PlaceLevel finest = PlaceLevel::village;  // of the Ukrainian candidates the level of the largest
      for (const std::uint32_t index : f.candidates) {
        if (gazetteer->places[index].ukraine) finest = std::min(finest, gazetteer->places[index].level);
      }
      const bool among_equals = finest > PlaceLevel::city && !f.adjective;
      for (const std::uint32_t index : f.candidates) {
        const GazetteerPlace& place = gazetteer->places[index];
        constexpr int kByLevel[] = {60, 60, 50, 30, 5, 40, 15, 0, 0, 20};  // in the order of PlaceLevel
        int score = kByLevel[static_cast<std::size_t>(place.level)] + static_cast<int>(std::bit_width(place.population));
        if (f.adjective && place.level <= PlaceLevel::region)
          score += 200;  // «українськими» is not of Українськ, «луганська» of the region
        constexpr std::uint32_t kWellKnown = 100'000, kTown = 10'000;
        score += place.population >= kWellKnown ? 50 : place.population >= kTown ? 15 : 0;  // «Львів» is not the village Львове
        score += place.occupied ? 25 : 0;
        score += place.ukraine ? 20 : 0;
        if (const auto named = here.find(place.region); named != here.end()) score += 60;
        if (const auto named = document.find(place.region); named != document.end()) {
          score += 10 + 2 * std::min(named->second, 5);
          // Among villages the document's region says more than size and occupation, and «Новотроицкое» is not Novotroitsk in the Urals.
          if (among_equals && place.ukraine && place.level == finest) score += 10 + 2 * std::min(named->second, 8);
        }
        if (score > best) best = score, f.chosen = index;
      }
    }
  }

  std::vector<Place> places_of(const Scene& scene, const std::vector<Found>& found) const {
    std::vector<Place> out;
    bool setting = false;      // some place is where the thing happens
    bool region_said = false;  // a region stands before with its noun
    for (const Found& f : found) {
      Place place;
      place.span = f.span;
      place.adjective = f.adjective && !f.of_region;
      if (f.phrase != nullptr) {
        place.codes = f.phrase->codes;
        place.id = f.phrase->id;
        place.role = place.adjective ? PlaceRole::name_part : role_of(scene, f, nullptr);
      } else {
        const GazetteerPlace& chosen = gazetteer->places[f.chosen];
        std::string_view code = chosen.code;
        place.role = region_said && is_elided(scene, f, chosen) ? PlaceRole::setting : role_of(scene, f, &chosen);
        region_said |= !f.adjective && f.count > 1 && chosen.level == PlaceLevel::region;
        const bool rest = stands_for_region(chosen) && !f.adjective && !is_refuge(scene, f, chosen);
        const bool region = f.of_region || chosen.kind == "capital" || rest;
        if (chosen.level != PlaceLevel::region && region) code = chosen.region;
        if (constexpr std::string_view kDistrict = " district";
            chosen.level == PlaceLevel::district && place.role == PlaceRole::name_part && code.ends_with(kDistrict)) {
          code.remove_suffix(kDistrict.size());  // an administration is named after the district and sits in its town
        }
        place.codes.emplace_back(code);
        place.id = chosen.id;
        if (!f.adjective && place.role == PlaceRole::setting && has_district_beside(scene, f)) {
          if (const GazetteerPlace* district = gazetteer->district_of(code)) place.codes.emplace_back(district->code);
        }
      }
      if (const GazetteerPlace* named = f.phrase == nullptr ? &gazetteer->places[f.chosen] : nullptr; named != nullptr && !f.adjective) {
        place.goal = names_goal(*gazetteer, *named, scene.text.language, scene.token(f.first + f.count - 1).lower);
      }
      setting |= place.role == PlaceRole::setting && !(f.phrase != nullptr && f.phrase->weak);
      out.push_back(std::move(place));
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i].phrase != nullptr && found[i].phrase->weak && setting) out[i].codes.clear();
    }
    drop_coarse(scene, out);
    std::erase_if(out, [](const Place& place) { return place.codes.empty(); });
    return out;
  }

  // A held city whose name, without a preposition, is used for the occupied rest of its region: «мешканці Запоріжжя».
  [[nodiscard]] bool stands_for_region(const GazetteerPlace& place) const {
    return place.level == PlaceLevel::city && names->held_seats.contains(static_cast<std::uint32_t>(&place - gazetteer->places.data()));
  }

  // Where people fled and offices in exile sit, or the dateline of a report on what is elsewhere: "in Zaporizhzhia", «Запоріжжя, 5 травня».
  bool is_refuge(const Scene& scene, const Found& f, const GazetteerPlace& place) const {
    if (!names->held.contains(static_cast<std::uint32_t>(&place - gazetteer->places.data()))) return false;
    if (!stands_for_region(place)) return true;
    const std::optional<std::uint32_t> before = scene.before(f.first), after = scene.after(f.first + f.count);
    const bool joined = before && (scene.flag(*before) & kJoiner) != 0;
    if (!joined && scene.led_by(f.first, kLocative | kPreposition, 0)) return true;
    return !before && after && scene.token(*after).kind == TokenKind::punctuation && scene.token(*after).lower != ":";
  }

  // «... в Донецкой области и 60 тысяч — в Луганской», «найбільше має Донецька область, найменше — Запорізька»: the noun stands with the
  // region before.
  static bool is_elided(const Scene& scene, const Found& f, const GazetteerPlace& place) {
    if (!f.adjective || place.level != PlaceLevel::region) return false;
    const std::optional<std::uint32_t> after = scene.after(f.first + f.count);
    return !after || scene.token(*after).kind == TokenKind::punctuation || scene.token(*after).kind == TokenKind::number;
  }

  PlaceRole role_of(const Scene& scene, const Found& f, const GazetteerPlace* place) const {
    const std::optional<std::uint32_t> after = scene.after(f.first + f.count);
    const bool held_after = after && (scene.flag(*after) & kHolderBegin) != 0;
    const bool held_before = scene.led_by(f.first, kHolderEnd, 2) && !scene.led_by(f.first, kLocative, 2);
    if (place != nullptr && is_abroad(*place)) {
      // A state, a capital, a town out of reach of the occupation: a party, where people fled, a dateline. Russia and Ukraine themselves
      // are a setting when something happens in them.
      const bool of_russia = place->level == PlaceLevel::city && place->region.starts_with("RU-") && place->kind != "capital";
      if (f.adjective || (place->code != "RU" && place->code != "UA" && !of_russia)) return PlaceRole::name_part;
      const bool owner = after && (scene.token(*after).lower == "'s" || scene.token(*after).lower == "’s");
      // "in Novoshakhtinsk and Taganrog"
      const std::optional<std::uint32_t> joiner = of_russia ? scene.before(f.first) : std::nullopt;
      const bool listed = joiner && (scene.flag(*joiner) & kJoiner) != 0 && *joiner > scene.sentence.first_token &&
                          scene.token(*joiner - 1).capital && scene.led_by(*joiner - 1, kLocative, 0);
      return (listed || scene.led_by(f.first, kLocative, 0)) && !held_after && !owner && !scene.led_by(f.first, kHolderEnd, 0)
                 ? PlaceRole::setting
                 : PlaceRole::name_part;
    }
    if (f.adjective && !f.of_region) {
      // «136 тысяч в Донецкой области, 60 тысяч — в Луганской»: the noun stands with the region before.
      const bool alone = !after || scene.token(*after).kind == TokenKind::punctuation;
      if (alone && place != nullptr && place->level == PlaceLevel::region && scene.led_by(f.first, kLocative, 0)) return PlaceRole::setting;
      const bool named = after && scene.token(*after).kind == TokenKind::word && scene.token(*after).capital;
      const bool local = place != nullptr && place->ukraine && in_regions(place->region);
      return local && !held_after && !named && after && scene.token(*after).kind == TokenKind::word ? PlaceRole::setting
                                                                                                    : PlaceRole::name_part;
    }
    if (place != nullptr && is_refuge(scene, f, *place)) return PlaceRole::name_part;
    // «у Скадовську суд ...»: the preposition's case shows that the noun behind is another phrase; English has no such sign.
    const bool in_place = scene.text.language != Language::en && scene.led_by(f.first, kLocative, 0);
    if ((held_after && !in_place) || held_before) return PlaceRole::name_part;
    if (place != nullptr && !place->ukraine && !scene.led_by(f.first, kLocative, 2)) return PlaceRole::name_part;
    return PlaceRole::setting;
  }

  // Of two settings that lie in one another the finer one stays; items of a digest, split by semicolons, are each for themselves.
  static void drop_coarse(const Scene& scene, std::vector<Place>& places) {
    for (std::size_t begin = 0; begin < places.size();) {
      std::uint32_t end_of_item = scene.sentence.span.end;
      for (std::uint32_t t = scene.sentence.first_token; t < scene.end(); ++t) {
        if (scene.token(t).lower != ";" || scene.token(t).span.begin < places[begin].span.end) continue;
        end_of_item = scene.token(t).span.begin;
        break;
      }
      std::size_t end = begin + 1;
      while (end < places.size() && places[end].span.begin < end_of_item) ++end;
      drop_coarse(std::span(places).subspan(begin, end - begin));
      begin = end;
    }
  }

  static void drop_coarse(std::span<Place> places) {
    std::unordered_set<std::string> finer;  // regions of which something inside is named
    bool in_ukraine = false, occupied = false;
    for (const Place& place : places) {
      if (place.role != PlaceRole::setting) continue;
      for (const std::string& code : place.codes) {
        if (code.find('/') != std::string::npos) finer.insert(code.substr(0, code.find('/')));
        in_ukraine |= code.starts_with("UA-");
        const bool peninsula = code == "UA-43" || code == "UA-40";  // may be told beside the territory: the claim stage decides
        occupied |= code == "UA-DONBAS" || code == "UA-SOUTH" ||
                    (code.starts_with("UA-") && code != "UA-TOT" && !peninsula && in_regions(std::string_view(code).substr(0, 5)));
      }
    }
    for (Place& place : places) {
      if (place.role != PlaceRole::setting) continue;
      std::erase_if(place.codes, [&](const std::string& code) {
        return (code == "UA-TOT" && occupied) || (code == "UA" && in_ukraine) ||
               (code.find('/') == std::string::npos && finer.contains(code));
      });
    }
  }
};

PlaceFinder::PlaceFinder() = default;
PlaceFinder::~PlaceFinder() = default;
PlaceFinder::PlaceFinder(PlaceFinder&&) noexcept = default;
PlaceFinder& PlaceFinder::operator=(PlaceFinder&&) noexcept = default;

Result<PlaceFinder> PlaceFinder::make(const Codebook& book, const Gazetteer& gazetteer) {
  auto impl = std::make_unique<Impl>();
  impl->gazetteer = &gazetteer;
  if (Result<void> read = impl->read_rows(book); !read) return tl::unexpected(read.error());
  impl->names.emplace(PlaceNames::make(book, gazetteer));
  PlaceFinder out;
  out.impl_ = std::move(impl);
  return out;
}

std::vector<Place> PlaceFinder::find(const Text& text, const Document&, const Sentence& sentence) const {
  std::vector<Impl::Found> phrases;
  const Impl::Scene scene = impl_->scene_of(text, sentence, phrases);
  std::vector<Impl::Found> found = impl_->collect(scene, std::move(phrases));
  impl_->join_lists(scene, found);
  impl_->seat_lists(scene, found);
  Impl::Tally here;
  impl_->count_regions(found, here);
  impl_->choose(found, here, {});
  return impl_->places_of(scene, found);
}

std::vector<std::vector<Place>> PlaceFinder::find_all(const Text& text, const Document&) const {
  std::vector<Impl::Scene> scenes;
  std::vector<std::vector<Impl::Found>> found;
  Impl::Tally document;
  scenes.reserve(text.sentences.size());
  found.reserve(text.sentences.size());
  for (const Sentence& sentence : text.sentences) {
    std::vector<Impl::Found> phrases;
    scenes.push_back(impl_->scene_of(text, sentence, phrases));
    found.push_back(impl_->collect(scenes.back(), std::move(phrases)));
    impl_->join_lists(scenes.back(), found.back());
    impl_->seat_lists(scenes.back(), found.back());
    if (!sentence.junk) impl_->count_regions(found.back(), document);
  }
  std::vector<std::vector<Place>> out;
  out.reserve(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    Impl::Tally here;
    impl_->count_regions(found[i], here);
    impl_->choose(found[i], here, document);
    out.push_back(impl_->places_of(scenes[i], found[i]));
  }
  return out;
}

void mark_name_parts(std::vector<Place>& places, const std::vector<Actor>& actors) {
  std::size_t at = 0;
  for (Place& place : places) {
    while (at < actors.size() && actors[at].with_title.end <= place.span.begin) ++at;
    if (at < actors.size() && actors[at].with_title.covers(place.span)) place.role = PlaceRole::name_part;
  }
}

}  // namespace litopys
