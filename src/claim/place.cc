// Reports name a place once and go on about it. So a place holds to the end of its paragraph, a heading's to the next heading, and the
// title's everywhere else; where a document names none of these, the campaign's territory as a whole is meant.
//   fits:         "Mariupol. A diabetic was sent away. On the door hung a sheet ..."
//   does not fit: "In Starobilsk the rule is in force. A patient must moreover ..." (the second is about the region again)
#include "claim/place.h"

#include <algorithm>
#include <map>
#include <utility>

#include "claim/place_stand.h"
#include "reader/windows.h"

namespace litopys {
namespace {

using Codes = std::vector<std::string>;

void tidy(Codes& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  // "Melitopol, Zaporizhzhia oblast" is Melitopol.
  const Codes all = codes;
  std::erase_if(codes, [&](const std::string& code) {
    const auto in_it = std::lower_bound(all.begin(), all.end(), code + "/");
    return in_it != all.end() && in_it->starts_with(code + "/");
  });
}

bool is_inside(const Scene& scene, const Place& place) {
  return std::any_of(place.codes.begin(), place.codes.end(), [&](const std::string& code) { return scene.habits.inside(code); });
}

// Whether a district only says where a place named right before it lies: "in the village of Bahate, Yakymivka district".
bool is_district_of(const Scene& scene, const Place& town, const Place& district) {
  if (town.role != PlaceRole::setting || town.codes.size() != 1 || district.codes.size() != 1 || !is_district(district.codes[0]))
    return false;
  if (region_of(town.codes[0]) != region_of(district.codes[0]) || is_district(town.codes[0])) return false;
  if (town.codes[0].find('/') == std::string::npos || town.span.end >= district.span.begin) return false;
  const std::string_view gap = Span{town.span.end, district.span.begin}.of(scene.document.text);
  return gap == " " || gap == ", " || gap == " (";
}

// Whether it is a place that people go to and come back from: a settlement, or a region that the codebook names.
bool can_be_goal(const Scene& scene, const Place& place) {
  if (place.codes.size() != 1 || is_district(place.codes[0])) return false;
  const auto& goals = scene.habits.goals;
  return place.codes[0].find('/') != std::string::npos || std::ranges::find(goals, place.codes[0]) != goals.end();
}

// Whether the other codes lie outside the territory's group of regions and are told beside it: "the occupied territories and Crimea".
bool joins_the_whole(const Scene& scene, std::size_t index, const Codes& codes) {
  constexpr std::uint32_t kFar = 30;  // bytes between the two, an adjective among them
  const auto& groups = scene.habits.groups;
  const auto whole = std::ranges::find_if(groups, [&](const auto& group) { return group.first == scene.habits.everywhere; });
  const auto beside = [&](const std::string& code) {
    return code == scene.habits.everywhere || whole == groups.end() ||
           std::ranges::none_of(whole->second, [&](const std::string& region) { return region == region_of(code); });
  };
  if (!std::ranges::all_of(codes, beside)) return false;
  const auto& places = scene.mentions[index].places;
  const auto is_whole = [&](const Place& place) { return place.codes == Codes{scene.habits.everywhere}; };
  const auto tells = [&](const Place& place) {
    return place.role == PlaceRole::setting &&
           std::ranges::any_of(place.codes, [&](const std::string& code) { return std::ranges::find(codes, code) != codes.end(); });
  };
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t k = i + 1; k < places.size() && places[k].span.begin < places[i].span.end + kFar; ++k) {
      if (is_whole(places[i]) == is_whole(places[k]) || !tells(places[i]) || !tells(places[k])) continue;
      for (std::uint32_t t = token_from(scene, index, places[i].span.end); t < token_from(scene, index, places[k].span.begin); ++t) {
        if (is_slot_word(scene, index, t, "joins")) return true;
      }
    }
  }
  return false;
}

// What of a sentence's places is asked for.
struct Asked {
  bool toward = false;    // a place elsewhere counts though the thing only goes there
  bool arrives = true;    // so does one of the territory
  bool elsewhere = true;  // regions and towns of the occupying state count without the territory,
  bool state = true;      // and so does the state as a whole
};
constexpr std::string_view kState = "RU";

// What counts as where something happens within `part`. The campaign's territory wins over places elsewhere. `aside`, if given, gets the
// places that the sentence names for something else.
Setting setting_of(const Scene& scene, std::size_t index, Span part, const Asked& asked = {}, std::vector<Span>* aside = nullptr) {
  const bool toward = asked.toward;
  Setting inside, outside, abroad, origins, peoples;
  const auto put_aside = [&](const Place& place) {
    if (aside != nullptr) aside->push_back(place.span);
  };
  constexpr std::uint32_t kJoiner = 6;  // bytes: ", ", " and ", « та »
  const Place* before = nullptr;
  const Place* gone = nullptr;  // the last one where something only goes
  const Place* left = nullptr;  // the last one that is left out
  Setting seats;                // of those who speak
  for (const Place& place : scene.mentions[index].places) {
    const Place* last = std::exchange(before, &place);
    if (last != nullptr && part.covers(last->span) && is_district_of(scene, *last, place)) continue;
    if (place.role != PlaceRole::setting || place.codes.empty() || !part.covers(place.span)) continue;
    const bool in = is_inside(scene, place);
    // "except Crimea and Sevastopol"
    const bool left_too = last != nullptr && left == last && place.span.begin - last->span.end <= kJoiner;
    if (in && !toward && (left_too || is_excepted(scene, index, place))) {
      put_aside(place);
      left = &place;
      continue;
    }
    if (in && !toward && is_left_behind(scene, index, place)) {
      put_aside(place);
      continue;
    }
    // "Russian", "Ukrainian" tell whose, not where; a capital is its government; "to Russia" is where nobody is yet.
    if (!in && (place.adjective || scene.habits.capital(place.codes[0]) ||
                (!toward && (!rests(scene, index, place) || goes_to(scene, index, place)))))
      continue;
    if (in && !toward && passes(scene, index, place)) continue;
    // "to Tokmak and Vasylivka"
    const bool listed = last != nullptr && gone == last && place.span.begin - last->span.end <= kJoiner;
    // "From Kherson to Oleshky" tells how far something reaches.
    const bool reached = last != nullptr && place.span.begin - last->span.end <= kJoiner && is_after_from(scene, index, *last);
    if (in && !asked.arrives && can_be_goal(scene, place) && (listed || (!reached && goes_to(scene, index, place)))) {
      put_aside(place);
      gone = &place;
      continue;
    }
    const bool counts = asked.elsewhere && (place.codes[0] != kState || asked.state);
    Setting& into = !in && !counts && !toward && place.codes[0].starts_with(kState) ? abroad
                    : !in                                                           ? outside
                    : !toward && comes_from(scene, index, place)                    ? origins
                    : asked.elsewhere && of_people(scene, index, place)             ? peoples
                    : !toward && seats_a_voice(scene, index, place)                 ? seats
                                                                                    : inside;
    into.codes.insert(into.codes.end(), place.codes.begin(), place.codes.end());
    into.spans.push_back(place.span);
  }
  if (!inside.empty() || outside.empty()) {  // "residents of Crimea" who are held "in Krasnodar" are there
    inside.codes.insert(inside.codes.end(), peoples.codes.begin(), peoples.codes.end());
    inside.spans.insert(inside.spans.end(), peoples.spans.begin(), peoples.spans.end());
    std::sort(inside.spans.begin(), inside.spans.end(), [](Span a, Span b) { return a.begin < b.begin; });
  }
  if (inside.empty() && outside.empty()) inside = std::move(seats);
  if (inside.empty() && outside.empty()) inside = std::move(origins);  // "brought out of Tokmak" with no other place
  const bool everywhere = inside.codes.size() == 1 && inside.codes[0] == scene.habits.everywhere;
  if (everywhere && outside.empty()) outside = std::move(abroad);
  if (everywhere && !outside.empty() && !toward) {  // "in Russia and on occupied land"
    inside.codes.insert(inside.codes.end(), outside.codes.begin(), outside.codes.end());
    tidy(inside.codes);
    return inside;
  }
  Setting out = inside.empty() ? std::move(outside) : std::move(inside);
  tidy(out.codes);
  // "In Kherson and the Zaporizhzhia region" are two regions; "in Donetsk, Luhansk, Zaporizhzhia and Kherson" are four.
  const auto is_region = [&](const std::string& code) { return region_of(code) == code && scene.habits.inside(code); };
  const auto regions = static_cast<std::size_t>(std::count_if(out.codes.begin(), out.codes.end(), is_region));
  if (regions > 0 && regions + 1 == out.codes.size()) {
    for (std::string& code : out.codes) {
      if (scene.habits.seat(code)) code = std::string(region_of(code));
    }
    tidy(out.codes);
  }
  // "the occupied part of Kherson oblast" is the oblast; "parts of Donetsk and Luhansk regions, the Donbas" are the regions.
  if (out.codes.size() > 1) {
    if (!joins_the_whole(scene, index, out.codes)) std::erase(out.codes, scene.habits.everywhere);
    const Codes all = out.codes;
    for (const auto& [group, members] : scene.habits.groups) {
      const bool named = std::all_of(members.begin(), members.end(), [&](const std::string& member) {
        return std::any_of(all.begin(), all.end(), [&](const std::string& code) { return region_of(code) == member; });
      });
      if (named) std::erase(out.codes, group);
    }
  }
  return out;
}

// What at least `share` of the document's mentions of the territory are about, from all that it names: settings in full, places in names
// ("the Luhansk administration") as a hint.
Setting most_named(const Scene& scene, const std::vector<Setting>& own, double share, int enough) {
  constexpr int kSetting = 2, kName = 1;
  std::map<std::string, int, std::less<>> regions, places;
  std::map<std::string, Span, std::less<>> words;
  int all = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const auto count = [&](const std::string& code, Span span, int weight) {
      if (!scene.habits.inside(code)) return;
      all += weight;
      if (code == scene.habits.everywhere) return;
      regions[std::string(region_of(code))] += weight;
      places[code] += weight;
      words.emplace(code, span);
      words.emplace(region_of(code), span);
    };
    for (const std::string& code : own[i].codes) count(code, own[i].spans.front(), kSetting);
    if (scene.text.sentences[i].junk) continue;
    for (const Place& place : scene.mentions[i].places) {
      if (place.role == PlaceRole::name_part && place.codes.size() == 1) count(place.codes[0], place.span, kName);
    }
  }
  const auto most = [&](const auto& counts, double least) -> std::string {
    const auto best = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return best != counts.end() && best->second >= least ? best->first : std::string{};
  };
  std::string code = most(places, share * all);
  if (code.empty()) code = most(regions, share * all);
  if (code.empty() || all < enough) return {};
  return {{code}, {words.at(code)}};
}

// Whether a line above the article is the outlet's name with a place in it.
bool names_outlet(const Scene& scene, std::size_t index) {
  constexpr std::size_t kMostLines = 8;
  constexpr std::uint32_t kFewTokens = 12;
  const Sentence& sentence = scene.text.sentences[index];
  if (index >= kMostLines || sentence.token_count > kFewTokens) return false;
  if (scene.document.outlet && sentence.span.of(scene.document.text).find(*scene.document.outlet) != std::string_view::npos) return true;
  if (is_title(scene.document, sentence)) return false;
  const auto& places = scene.mentions[index].places;
  return std::any_of(places.begin(), places.end(), [&](const Place& place) { return is_quoted(scene, sentence, place.span); });
}

// A place that a title or an opening names, be it in a body's name: "Administration of the Kamianka-Dniprovska district".
Setting named_at_the_head(const Scene& scene, const Sentence& sentence, const Mentions& mentions, const Setting& own) {
  if (!own.empty() && scene.habits.inside(own.codes[0])) return own;
  Setting out;
  for (const Place& place : mentions.places) {
    if (place.role != PlaceRole::name_part || place.codes.size() != 1 || !is_inside(scene, place)) continue;
    if (!sentence.span.covers(place.span)) continue;
    out.codes.push_back(place.codes[0]);
    out.spans.push_back(place.span);
  }
  tidy(out.codes);
  return out.codes.size() == 1 ? out : Setting{};
}

// "In Mariupol, Volnovakha and Yenakiieve": a document that opens with three towns of one region is about the region.
void gather(Setting& setting) {
  constexpr std::size_t kTowns = 3;
  if (setting.codes.size() < kTowns) return;
  const std::string region(region_of(setting.codes[0]));
  if (std::all_of(setting.codes.begin(), setting.codes.end(), [&](const std::string& code) { return region_of(code) == region; })) {
    setting.codes = {region};
  }
}

// Whether the sentence stands in a short paragraph without a final stop: "Issue 3. February 2023. Part 2: Papers".
bool in_a_heading(const Scene& scene, std::size_t index) {
  constexpr std::uint32_t kMostTokens = 20;
  const auto& sentences = scene.text.sentences;
  std::size_t first = index, last = index;
  while (first > 0 && sentences[first - 1].paragraph == sentences[index].paragraph && index - first < kMostTokens) --first;
  while (last + 1 < sentences.size() && sentences[last + 1].paragraph == sentences[index].paragraph && last - index < kMostTokens) ++last;
  const std::uint32_t end = sentences[last].first_token + sentences[last].token_count;
  if (sentences[last].token_count == 0 || end - sentences[first].first_token > kMostTokens) return false;
  const Token& token = scene.text.tokens[end - 1];
  return token.kind != TokenKind::punctuation || token.span.of(scene.document.text) == ")";
}

// "The town of Dzhankoi and Dzhankoi district": whoever writes to both writes from the town.
void drop_district_of_town(Setting& setting) {
  const Codes all = setting.codes;
  std::erase_if(setting.codes, [&](const std::string& code) {
    return is_district(code) && std::find(all.begin(), all.end(), code.substr(0, code.size() - kDistrict.size())) != all.end();
  });
}

// A regional seat in a title stands for its region: a report on "Kherson's passports" is about the oblast.
void widen_seat(const Scene& scene, Setting& setting) {
  drop_district_of_town(setting);
  if (setting.codes.size() == 1 && scene.habits.seat(setting.codes[0])) setting.codes[0] = std::string(region_of(setting.codes[0]));
}

// The region for which an official or body of the sentence speaks; empty for none or several.
Setting jurisdiction_of(const Scene& scene, std::size_t index, Span item) {
  Setting out;
  for (const Actor& actor : scene.mentions[index].actors) {
    const std::string* region = scene.habits.jurisdiction(actor);
    if (region == nullptr || !item.covers(actor.span)) continue;
    out.codes.push_back(*region);
    out.spans.push_back(actor.span);
  }
  tidy(out.codes);
  return out.codes.size() == 1 ? out : Setting{};
}

Setting document_setting(const Scene& scene, const std::vector<Setting>& own) {
  constexpr std::size_t kOpening = 3;  // sentences of the article that may set the scene
  const auto& sentences = scene.text.sentences;
  const auto at = [&](std::size_t i) { return named_at_the_head(scene, sentences[i], scene.mentions[i], own[i]); };
  Setting wide;  // a title that names the territory as a whole gives way to what the document is about
  for (const std::size_t i : head_of(scene)) {
    if (names_outlet(scene, i)) continue;
    if (Setting title = at(i); title.codes == std::vector<std::string>{scene.habits.everywhere}) {
      wide = title;
    } else if (!title.empty()) {
      return title;
    }
  }
  // "Balitsky answers": whoever the title names speaks of where he governs.
  if (wide.empty()) {
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      if (!is_title(scene.document, sentences[i])) continue;
      if (Setting office = jurisdiction_of(scene, i, sentences[i].span); !office.empty()) return office;
    }
  }
  constexpr double kMost = 0.7, kAgreeing = 0.4;  // the share that decides by itself, and the one that confirms the opening
  constexpr int kEnough = 4;                      // a place named once is not what a document is about
  const Setting most = most_named(scene, own, kMost, kEnough);
  const Setting likely = most.empty() ? most_named(scene, own, kAgreeing, 1) : most;
  if (likely.empty()) return wide;
  // The opening says it more finely, if it is about the same region.
  std::size_t seen = 0;
  Setting opening;
  for (std::size_t i = 0; i < sentences.size() && seen < kOpening; ++i) {
    constexpr std::uint32_t kLabel = 2;  // "Rubizhne." labels an item of a digest
    if (sentences[i].junk || is_title(scene.document, sentences[i]) || sentences[i].token_count <= kLabel) continue;
    // The lines of a letterhead's paragraph count as one.
    const bool goes_on = i + 1 < sentences.size() && sentences[i + 1].paragraph == sentences[i].paragraph;
    if (goes_on && in_a_heading(scene, i)) continue;
    ++seen;
    const Setting here = at(i);
    const auto& places = scene.mentions[i].places;
    if (std::all_of(places.begin(), places.end(), [](const Place& place) { return place.adjective; })) continue;
    const bool same = !here.empty() && std::all_of(here.codes.begin(), here.codes.end(),
                                                   [&](const std::string& code) { return region_of(code) == region_of(likely.codes[0]); });
    if (same && (opening.empty() || opening.codes[0] == region_of(here.codes[0]))) opening = here;
  }
  gather(opening);
  if (!opening.empty()) return opening;
  return most.empty() ? wide : most;
}

// A document about "Crimea" whose opening says "Crimea and Sevastopol" is about both; a region of a group such as the Donbas is rather an
// example in such a pair. Gives whether the first sentences say so.
bool spell_out(const Scene& scene, const std::vector<Setting>& own, Setting& setting) {
  if (setting.codes.size() != 1 || setting.codes[0] == scene.habits.everywhere) return false;
  constexpr std::ptrdiff_t kOpening = 5, kFirst = 3;
  const auto opening = own.begin() + std::min<std::ptrdiff_t>(std::ssize(own), kOpening);
  const auto wider = std::find_if(own.begin(), opening, [&](const Setting& here) {
    return here.codes.size() == 2 && std::find(here.codes.begin(), here.codes.end(), setting.codes[0]) != here.codes.end() &&
           std::all_of(here.codes.begin(), here.codes.end(), [](const std::string& code) { return code.find('/') == std::string::npos; });
  });
  const bool in_group = std::any_of(scene.habits.groups.begin(), scene.habits.groups.end(), [&](const auto& group) {
    return std::find(group.second.begin(), group.second.end(), setting.codes[0]) != group.second.end();
  });
  if (wider == opening || in_group) return false;
  setting = *wider;
  return wider - own.begin() < kFirst;
}

}  // namespace

// "Donetsk and Luhansk": a line of its own that is places and short words, without a stop; what stands below is about them.
static bool is_line_of_places(const Scene& scene, std::size_t index) {
  constexpr std::uint32_t kMostTokens = 6;
  constexpr std::uint32_t kShort = 6;  // bytes: "and", «та»
  const auto& sentences = scene.text.sentences;
  const Sentence& sentence = sentences[index];
  if (sentence.token_count == 0 || sentence.token_count > kMostTokens || scene.mentions[index].places.empty()) return false;
  if (index > 0 && sentences[index - 1].line == sentence.line) return false;
  if (index + 1 >= sentences.size() || sentences[index + 1].line == sentence.line) return false;
  return std::ranges::all_of(scene.text.tokens_of(sentence), [&](const Token& token) {
    if (token.kind == TokenKind::punctuation) return token.span.of(scene.document.text) == ",";
    const auto covers = [&](const Place& place) { return place.span.covers(token.span); };
    return std::ranges::any_of(scene.mentions[index].places, covers) || (token.span.size() <= kShort && !token.capital);
  });
}

Settings settings_of(const Scene& scene) {
  Settings out;
  const auto& sentences = scene.text.sentences;
  out.own.reserve(sentences.size());
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    out.toward.push_back(setting_of(scene, i, sentences[i].span, {.toward = true}));
    out.named.push_back(setting_of(scene, i, sentences[i].span));
    out.own.push_back(sentences[i].junk || names_outlet(scene, i) ? Setting{} : out.named.back());
  }
  out.document = document_setting(scene, out.own);
  widen_seat(scene, out.document);
  out.pair = spell_out(scene, out.own, out.document);
  out.looks = setting_looks(scene, out.named, out.document.empty() ? Setting{{scene.habits.everywhere}, {}} : out.document);
  out.section.resize(sentences.size());
  out.before.resize(sentences.size());
  std::optional<std::size_t> last;  // sentence of this paragraph that names a place of the territory
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (i > 0 && sentences[i].paragraph != sentences[i - 1].paragraph) last.reset();
    // Points of a list are each for themselves.
    if (last && !(sentences[i].list_item && sentences[*last].line != sentences[i].line)) out.before[i] = last;
    if (!out.own[i].empty() && scene.habits.inside(out.own[i].codes[0])) last = i;
  }
  Setting section, line;  // of the last heading; of the last line of places in the paragraph
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (i > 0 && sentences[i].paragraph != sentences[i - 1].paragraph) line = Setting{};
    if ((sentences[i].heading || is_short_line(scene, i)) && !sentences[i].junk) {
      section = is_title(scene.document, sentences[i]) ? Setting{} : named_at_the_head(scene, sentences[i], scene.mentions[i], out.own[i]);
      widen_seat(scene, section);
    } else if (is_line_of_places(scene, i) && !sentences[i].junk) {
      line = named_at_the_head(scene, sentences[i], scene.mentions[i], out.own[i]);
      widen_seat(scene, line);
    }
    out.section[i] = line.empty() ? section : line;
  }
  return out;
}

namespace {

// Whether `codes` is one place and lies in `wider`: the territory as a whole, a group such as the Donbas, or a region.
bool narrower(const Scene& scene, const Codes& codes, const Codes& wider) {
  if (codes.size() != 1 || codes == wider) return false;
  if (wider.empty() || (wider.size() == 1 && wider[0] == scene.habits.everywhere)) return codes[0] != scene.habits.everywhere;
  if (wider.size() != 1) return false;
  const std::string_view region = region_of(codes[0]);
  if (region == wider[0]) return true;
  return std::any_of(scene.habits.groups.begin(), scene.habits.groups.end(), [&](const auto& group) {
    return group.first == wider[0] && std::find(group.second.begin(), group.second.end(), region) != group.second.end();
  });
}

}  // namespace

namespace {

Given<Codes> given(const Setting& setting, std::string rule) { return {setting.codes, {"places", std::move(rule), setting.spans, ""}}; }

// What the words of the sentence say; nothing where they say nothing.
std::optional<Given<Codes>> said_by_sentence(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure, Span item,
                                             Span part, std::vector<Span>& aside) {
  const bool digest = item != scene.text.sentences[index].span;
  const Asked asked{
      .arrives = scene.habits.of[measure].arrives, .elsewhere = scene.habits.of[measure].elsewhere, .state = scene.habits.of[measure].norm};
  if (part != scene.text.sentences[index].span) {
    // «На Каховку припадає 31 тисяча»: what figures are shared out to stands like a goal.
    const Setting own = setting_of(scene, index, part, {.elsewhere = asked.elsewhere, .state = asked.state});
    if (!own.empty()) return given(own, "place.beside");
  }
  const Setting own = digest || !settings.own[index].empty() ? setting_of(scene, index, item, asked, &aside) : Setting{};
  if (!own.empty()) return given(own, "place.own");
  if (settings.own[index].empty()) setting_of(scene, index, item, asked, &aside);  // for what it names and does not mean
  if (scene.habits.of[measure].toward && !digest && !settings.toward[index].empty()) return given(settings.toward[index], "place.toward");
  // A governor quoted in a report on the territory as a whole speaks of the whole.
  const Setting office = jurisdiction_of(scene, index, item);
  if (!office.empty() && settings.document.codes != Codes{scene.habits.everywhere}) return given(office, "place.jurisdiction");
  return std::nullopt;
}

// What the rules say is in force without any word of the sentence.
Given<Codes> in_force(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure, Span item) {
  const auto& sentences = scene.text.sentences;
  const Codes everywhere{scene.habits.everywhere};
  const bool digest = item != sentences[index].span;
  Given<Codes> force;
  if (const auto before = scene.habits.of[measure].wide || digest ? std::nullopt : settings.before[index]) {
    const Setting& setting = settings.own[*before];
    force = given(scene.habits.whole(setting.codes) ? Setting{everywhere, setting.spans} : setting, "place.before");
  } else if (!settings.section[index].empty() && scene.habits.inside(settings.section[index].codes[0])) {
    force = given(settings.section[index], "place.heading");
  } else if (!settings.document.empty()) {
    force = given(settings.document, "place.document");
  } else if (!scene.habits.everywhere.empty()) {
    force.value = everywhere;
    force.why = {"places", "place.everywhere", {}, "no place is named: the territory as a whole"};
  }
  // "The mayor of Melitopol says that half of the city has it", "the LNR's ministry of justice": a local voice speaks of its own place,
  // unless the talk is of another.
  Mentions within;
  for (const Place& place : scene.mentions[index].places) {
    if (item.covers(place.span)) within.places.push_back(place);
  }
  const Setting speaker = named_at_the_head(scene, sentences[index], within, {});
  const bool of_the_whole = settings.document.codes == everywhere && !jurisdiction_of(scene, index, item).empty();
  if (!speaker.empty() && !of_the_whole && (digest || narrower(scene, speaker.codes, force.value))) return given(speaker, "place.speaker");
  return force;
}

std::vector<SettingLook> looks_from(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure,
                                    const Given<Codes>& force, const std::vector<Span>& aside) {
  const Codes everywhere{scene.habits.everywhere};
  SettingRuled ruled;
  ruled.codes = force.value;
  ruled.rule = force.why.rule;
  if (settings.before[index]) {
    ruled.before = &settings.own[*settings.before[index]].codes;
    ruled.before_index = *settings.before[index];
  }
  if (!settings.section[index].empty()) ruled.heading = &settings.section[index].codes;
  ruled.document = settings.document.empty() ? &everywhere : &settings.document.codes;
  ruled.aside = &aside;
  ruled.wide = scene.habits.of[measure].wide;
  ruled.norm = scene.habits.of[measure].norm;
  ruled.advice = scene.habits.of[measure].advice;
  std::vector<SettingLook> looks = settings.looks;
  look_from(scene, settings.named, index, ruled, looks);
  return looks;
}

// Where the whole is of which the sentence names a share: the likeliest place that holds the share's.
Given<Codes> whole_of(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure, Span item, Given<Codes> share) {
  if (!scene.habits.setting) return share;
  std::vector<SettingLook> looks =
      looks_from(scene, settings, index, measure, in_force(scene, settings, index, measure, item), share.why.spans);
  std::erase_if(looks, [&](const SettingLook& look) { return !is_part(scene, share.value, look.codes); });
  const SettingLook* best = likeliest_setting(scene, looks);
  if (best == nullptr) return share;
  return {best->codes, {"places", "place.whole", best->spans, reasons_of(scene, *best)}};
}

}  // namespace

std::vector<SettingLook> setting_looks_at(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure, Span item,
                                          Span part) {
  std::vector<Span> aside;
  if (said_by_sentence(scene, settings, index, measure, item, part, aside)) return {};
  return looks_from(scene, settings, index, measure, in_force(scene, settings, index, measure, item), aside);
}

Given<std::vector<std::string>> places_of(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure, Span item,
                                          Span part, std::optional<Span> figure) {
  std::vector<Span> aside;
  if (auto said = said_by_sentence(scene, settings, index, measure, item, part, aside)) {
    const bool own = said->why.rule == "place.own" || said->why.rule == "place.beside";
    const bool share = own && figure && of_a_share(scene, index, *figure, said->why.spans);
    return share ? whole_of(scene, settings, index, measure, item, *std::move(said)) : *std::move(said);
  }
  Given<Codes> force = in_force(scene, settings, index, measure, item);
  if (!scene.habits.setting) return force;
  const std::vector<SettingLook> looks = looks_from(scene, settings, index, measure, force, aside);
  const SettingLook* best = likeliest_setting(scene, looks);
  if (best == nullptr) return force;
  // "Kherson's passports" in a title are the region's, unless the paragraph is about the town.
  const auto has = [&](SettingSign sign) { return best->signs[static_cast<std::size_t>(sign)] != 0; };
  if (has(SettingSign::title_seat) && !has(SettingSign::before)) {
    const Codes region{std::string(region_of(best->codes[0]))};
    const auto of_region = std::find_if(looks.begin(), looks.end(), [&](const SettingLook& look) { return look.codes == region; });
    if (of_region != looks.end()) best = &*of_region;
  }
  // Where the document is about "Crimea and Sevastopol", so is a sentence that names neither and goes on from neither.
  if (settings.pair && best->codes.size() == 1 && !has(SettingSign::before) &&
      std::ranges::find(settings.document.codes, best->codes[0]) != settings.document.codes.end())
    return given(settings.document, "place.document");
  if (best->codes != force.value) force = {best->codes, {"places", "place.likeliest", best->spans, ""}};
  force.why.note = reasons_of(scene, *best);
  return force;
}

}  // namespace litopys
