// A report says where it is in many ways, none of them sure: the title, a letterhead, a line of place and date, the first sentence, or
// merely what it goes on naming. Each place that is named gathers signs; the weights of the signs were learned from annotated documents.
#include "claim/setting.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "claim/weights.h"
#include "reader/slots.h"
#include "reader/windows.h"

namespace litopys {
namespace {

using Codes = std::vector<std::string>;

constexpr std::size_t kMostLooks = 64, kMostHead = 8, kOpeningSentences = 4;
constexpr std::size_t kMostNamings = 2048;  // a longer document is about what its beginning is about

enum class Zone : unsigned char { title, top, head, first, opening, body };

// One naming of places.
struct Naming {
  Codes codes;
  Span span;
  std::size_t sentence = 0;
  Zone zone = Zone::body;
  bool name = false;  // in a name, or as an adjective
};

bool short_paragraph(const Scene& scene, std::size_t index) {
  constexpr std::uint32_t kFewTokens = 14;
  const auto& sentences = scene.text.sentences;
  const Sentence& sentence = sentences[index];
  if (sentence.heading) return true;
  if (sentence.token_count == 0 || sentence.token_count > kFewTokens) return false;
  const Token& last = scene.text.tokens[sentence.first_token + sentence.token_count - 1];
  const bool goes_on = index + 1 < sentences.size() && sentences[index + 1].paragraph == sentence.paragraph;
  return goes_on || last.kind != TokenKind::punctuation || last.span.of(scene.document.text) == ")";
}

PlaceKind kind_of(const std::vector<std::string>& codes) {
  constexpr std::size_t kRegion = 5;  // "UA-65"
  if (std::ranges::any_of(codes, [](const std::string& code) { return code.find('/') != std::string::npos; })) return PlaceKind::settlement;
  if (codes.size() == 1 && codes[0].size() == kRegion && codes[0].starts_with("UA-")) return PlaceKind::region;
  return std::ranges::any_of(codes, [](const std::string& code) { return code.starts_with("UA"); }) ? PlaceKind::whole : PlaceKind::other;
}

bool is_whole(const Scene& scene, const Codes& codes) { return codes.size() == 1 && codes[0] == scene.habits.everywhere; }

const Codes* group_of(const Scene& scene, const Codes& codes) {
  if (codes.size() != 1 || is_whole(scene, codes)) return nullptr;
  const auto found =
      std::find_if(scene.habits.groups.begin(), scene.habits.groups.end(), [&](const auto& g) { return g.first == codes[0]; });
  return found == scene.habits.groups.end() ? nullptr : &found->second;
}

// Whether a place is none of Ukraine: earlier campaigns were in Abkhazia, South Ossetia and Transnistria.
bool is_elsewhere(std::string_view code) { return !code.starts_with("UA"); }

}  // namespace

bool is_part(const Scene& scene, const Codes& part, const Codes& codes) {
  if (part == codes || part.empty() || codes.empty()) return false;
  if (is_whole(scene, codes)) return std::ranges::none_of(part, is_elsewhere);
  const Codes* members = group_of(scene, codes);
  const auto in = [&](const std::string& code) {
    const std::string_view region = region_of(code);
    if (members != nullptr) return std::find(members->begin(), members->end(), region) != members->end();
    return std::any_of(codes.begin(), codes.end(), [&](const std::string& c) { return c == code || c == region; });
  };
  return std::all_of(part.begin(), part.end(), in);
}

namespace {

// What kind of place it is; none for several regions together and the territory.
std::optional<SpokenKind> spoken_kind_of(const Scene& scene, const Codes& codes) {
  if (is_whole(scene, codes) || group_of(scene, codes) != nullptr) return std::nullopt;
  const std::string& code = codes[0];
  if (is_district(code)) return SpokenKind::district;
  if (code.ends_with(" NPP")) return SpokenKind::site;
  return code.find('/') == std::string::npos ? SpokenKind::region : SpokenKind::town;
}

// The sign of a kind, of four in the order of SpokenKind that begin at `town`.
SettingSign of_kind(SettingSign town, SpokenKind kind) {
  return static_cast<SettingSign>(static_cast<std::size_t>(town) + static_cast<std::size_t>(kind));
}

class Looks {
 public:
  Looks(const Scene& scene, const std::vector<Setting>& own, const Setting& ruled) : scene_(scene), own_(own), ruled_(ruled) {}

  std::vector<SettingLook> run() {
    zone();
    name();
    listen();
    propose();
    for (SettingLook& look : looks_) weigh(look);
    return std::move(looks_);
  }

 private:
  [[nodiscard]] bool whole(const Codes& codes) const { return is_whole(scene_, codes); }
  [[nodiscard]] const Codes* group(const Codes& codes) const { return group_of(scene_, codes); }
  [[nodiscard]] bool lies_within(const Codes& part, const Codes& codes) const { return is_part(scene_, part, codes); }

  void zone() {
    const auto& sentences = scene_.text.sentences;
    zones_.assign(sentences.size(), Zone::body);
    bool above = true, top = true;
    std::size_t opening = 0;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      const Sentence& sentence = sentences[i];
      if (is_title(scene_.document, sentence)) {
        zones_[i] = Zone::title;
        continue;
      }
      above = above && i < kMostHead && (sentence.junk || short_paragraph(scene_, i));
      if (above) {
        zones_[i] = top ? Zone::top : Zone::head;
        top = false;
        continue;
      }
      if (sentence.junk || sentence.heading) continue;
      if (opening < kOpeningSentences) zones_[i] = opening == 0 ? Zone::first : Zone::opening;
      ++opening;
    }
  }

  void add(const Codes& codes, Span span, std::size_t sentence, bool name) {
    Codes inside;
    for (const std::string& code : codes) {
      if (scene_.habits.inside(code)) inside.push_back(code);
    }
    std::sort(inside.begin(), inside.end());
    inside.erase(std::unique(inside.begin(), inside.end()), inside.end());
    if (namings_.size() == kMostNamings) return;
    if (!is_whole(scene_, inside)) {
      for (const std::string& code : inside) regions_.emplace(region_of(code));
    }
    if (!inside.empty()) namings_.push_back({std::move(inside), span, sentence, zones_[sentence], name});
  }

  void name() {
    for (std::size_t i = 0; i < own_.size(); ++i) {
      const Sentence& sentence = scene_.text.sentences[i];
      if (sentence.junk && zones_[i] == Zone::body) continue;
      if (!own_[i].codes.empty()) add(own_[i].codes, own_[i].spans.front(), i, false);
      for (const Place& place : scene_.mentions[i].places) {
        if (!sentence.span.covers(place.span)) continue;
        const bool taken = std::find(own_[i].spans.begin(), own_[i].spans.end(), place.span) != own_[i].spans.end();
        if (!taken || own_[i].codes.size() > 1) add(place.codes, place.span, i, place.adjective || place.role == PlaceRole::name_part);
      }
    }
  }

  // Counts the nouns for kinds of places.
  void listen() {
    for (std::size_t i = 0; i < zones_.size(); ++i) {
      if (scene_.text.sentences[i].junk) continue;
      const auto kinds = spoken_kinds(scene_, i);
      for (std::size_t k = 0; k < kSpokenKinds; ++k) spoken_[k] += kinds[k] ? 1 : 0;
    }
  }

  void offer(const Codes& codes, Span span) {
    if (codes.empty() || looks_.size() >= kMostLooks) return;
    const auto same = [&](const SettingLook& look) { return look.codes == codes; };
    if (std::none_of(looks_.begin(), looks_.end(), same)) looks_.push_back({codes, {span}, {}});
  }

  void propose() {
    if (!scene_.habits.everywhere.empty()) {
      looks_.push_back({{scene_.habits.everywhere}, {}, {}});
    }
    offer(ruled_.codes, ruled_.spans.empty() ? Span{} : ruled_.spans.front());
    for (const Naming& naming : namings_) {
      offer(naming.codes, naming.span);
      for (const std::string& code : naming.codes) {
        const std::string region(region_of(code));
        if (scene_.habits.inside(region)) offer({region}, naming.span);
        for (const auto& [name, members] : scene_.habits.groups) {
          if (std::find(members.begin(), members.end(), region) != members.end()) offer({name}, naming.span);
        }
      }
    }
    for (SettingLook& look : looks_) std::erase(look.spans, Span{});
  }

  void weigh(SettingLook& look) {
    const auto set = [&](SettingSign sign, float value = 1) { look.signs[static_cast<std::size_t>(sign)] = value; };
    const auto from = [&](SettingSign first, int by) { return static_cast<SettingSign>(static_cast<int>(first) + by); };
    float exact = 0, within = 0, all = 0;
    std::vector<std::string_view> towns;
    bool any = false, any_own = false;
    for (const Naming& naming : namings_) {
      const bool same = naming.codes == look.codes;
      const bool part = lies_within(naming.codes, look.codes), holds = lies_within(look.codes, naming.codes);
      const float worth = naming.name ? 0.5F : 1.0F;
      if (same || part) {
        for (const std::string& code : naming.codes) {
          if (code.find('/') != std::string::npos) towns.push_back(code);
        }
      }
      all += worth;
      exact += same ? worth : 0;
      within += same || part ? worth : 0;
      if (same && !any) set(SettingSign::earliest);
      any = true;
      if (naming.zone >= Zone::first && !naming.name) {
        if (same && !any_own) set(SettingSign::first_own);
        any_own = true;
      }
      const auto zone_sign = [&](SettingSign first) {
        if (same && !naming.name) set(first);
        if (same && naming.name) set(from(first, 1));
        if (part) set(from(first, 2));
        if (holds && !whole(naming.codes)) set(from(first, 3));
      };
      switch (naming.zone) {
        case Zone::title: zone_sign(SettingSign::title); break;
        case Zone::top: zone_sign(SettingSign::top); break;
        case Zone::head: zone_sign(SettingSign::head); break;
        case Zone::first: zone_sign(SettingSign::first); break;
        case Zone::opening: zone_sign(SettingSign::opening); break;
        case Zone::body: break;
      }
      const Sentence& sentence = scene_.text.sentences[naming.sentence];
      if (same && naming.zone == Zone::body && short_paragraph(scene_, naming.sentence)) set(SettingSign::section);
      if (naming.zone != Zone::body) {
        const bool seat = scene_.habits.seat(naming.codes[0]);
        if (part && seat) set(SettingSign::seat_region);
        if (same && seat && naming.zone == Zone::title) set(SettingSign::title_seat);
        if (part && seat && naming.zone == Zone::title && look.codes[0] == region_of(naming.codes[0])) set(SettingSign::title_seat_of);
        if (same) where(look, naming, sentence);
      }
    }
    offices(look);
    std::sort(towns.begin(), towns.end());
    const auto end = std::unique(towns.begin(), towns.end());
    kinds(look, exact, within, all, static_cast<std::size_t>(end - towns.begin()));
  }

  // How the line of the head or the opening has the place.
  void where(SettingLook& look, const Naming& naming, const Sentence& sentence) const {
    const auto set = [&](SettingSign sign) { look.signs[static_cast<std::size_t>(sign)] = 1; };
    const std::uint32_t at = token_from(scene_, naming.sentence, naming.span.begin),
                        end = token_from(scene_, naming.sentence, naming.span.end);
    const std::uint32_t last = sentence.first_token + sentence.token_count;
    if (at > sentence.first_token && is_slot_word(scene_, naming.sentence, at - 1, "from")) set(SettingSign::from);
    if (naming.zone >= Zone::first) return;
    if (is_quoted(scene_, sentence, naming.span)) set(SettingSign::quoted);
    if (at <= sentence.first_token + 1 && (end >= last || scene_.text.tokens[end].kind == TokenKind::punctuation)) set(SettingSign::label);
    if (scene_.mentions[naming.sentence].places.size() == 1) set(SettingSign::alone);
  }

  void offices(SettingLook& look) const {
    if (look.codes.size() != 1) return;
    for (std::size_t i = 0; i < zones_.size(); ++i) {
      if (zones_[i] == Zone::body) continue;
      for (const Actor& actor : scene_.mentions[i].actors) {
        const std::string* region = scene_.habits.jurisdiction(actor);
        if (region != nullptr && *region == look.codes[0]) look.signs[static_cast<std::size_t>(SettingSign::office)] = 1;
      }
    }
  }

  void kinds(SettingLook& look, float exact, float within, float all, std::size_t towns) const {
    const auto set = [&](SettingSign sign, float value = 1) { look.signs[static_cast<std::size_t>(sign)] = value; };
    if (all > 0) {
      set(SettingSign::share, exact / all);
      set(SettingSign::share_part, within / all);
    }
    set(SettingSign::often, std::log1p(exact));
    if (exact > 0 && exact <= 1) set(SettingSign::once);
    const float spoken = std::accumulate(spoken_.begin(), spoken_.end(), 0.0F);
    if (const auto kind = spoken_kind_of(scene_, look.codes); kind && spoken > 0) {
      set(of_kind(SettingSign::talk_town, *kind), spoken_[static_cast<std::size_t>(*kind)] / spoken);
    }
    const std::string& code = look.codes[0];
    const Codes* members = group(look.codes);
    if (whole(look.codes)) {
      set(SettingSign::everywhere);
      set(all == 0               ? SettingSign::everywhere_none
          : regions_.size() <= 1 ? SettingSign::everywhere_one
          : regions_.size() == 2 ? SettingSign::everywhere_two
                                 : SettingSign::everywhere_many);
      constexpr float kThin = 3;
      if (all < kThin) set(SettingSign::everywhere_thin);
      if (exact + within < all) set(SettingSign::everywhere_abroad);
    } else if (members != nullptr) {
      set(SettingSign::group);
      std::size_t named = 0;
      for (const std::string& member : *members) named += regions_.contains(member) ? 1 : 0;
      if (named == members->size()) set(SettingSign::group_all);
      if (named == members->size() && regions_.size() == named) set(SettingSign::group_only);
    } else if (look.codes.size() > 1) {
      set(SettingSign::several);
    } else if (is_district(code)) {
      set(SettingSign::district);
    } else if (code.find('/') != std::string::npos) {
      set(SettingSign::town);
      if (scene_.habits.seat(code)) set(SettingSign::seat);
    } else {
      set(SettingSign::region);
      if (towns > 1) set(SettingSign::region_towns);
      if (towns == 1) set(SettingSign::region_one);
    }
    const Codes& ruled = ruled_.codes;
    if (look.codes == ruled) {
      set(SettingSign::ruled);
      const bool place = ruled[0].find('/') != std::string::npos;
      set(whole(ruled) ? SettingSign::ruled_everywhere : place ? SettingSign::ruled_town : SettingSign::ruled_region);
    }
    if (lies_within(look.codes, ruled) && !whole(ruled)) set(SettingSign::ruled_part);
    if (lies_within(ruled, look.codes) && !whole(look.codes)) set(SettingSign::ruled_whole);
  }

  const Scene& scene_;
  const std::vector<Setting>& own_;
  const Setting& ruled_;
  std::vector<Zone> zones_;
  std::vector<Naming> namings_;
  std::set<std::string, std::less<>> regions_;  // that any place lies in
  std::array<float, kSpokenKinds> spoken_{};    // sentences that speak of a kind
  std::vector<SettingLook> looks_;
};

}  // namespace

std::vector<SettingLook> setting_looks(const Scene& scene, const std::vector<Setting>& own, const Setting& ruled) {
  return Looks(scene, own, ruled).run();
}

std::array<bool, kSpokenKinds> spoken_kinds(const Scene& scene, std::size_t index) {
  constexpr std::array<std::string_view, kSpokenKinds> kGives = {"the-town", "the-district", "the-region", "the-site"};
  std::array<bool, kSpokenKinds> out{};
  for (const Cue& cue : scene.mentions[index].cues) {
    const Row& row = scene.book.rows[cue.row];
    if (row.kind != "slot-word") continue;
    const auto kind = std::ranges::find(kGives, row.gives);
    // In "the Kherson region" the noun is part of a name.
    const auto& places = scene.mentions[index].places;
    const auto place = std::ranges::partition_point(places, [&](const Place& p) { return p.span.end <= cue.span.begin; });
    const bool named = place != places.end() && place->span.overlaps(cue.span);
    if (kind != kGives.end() && !named) out[static_cast<std::size_t>(kind - kGives.begin())] = true;
  }
  return out;
}

namespace {

// What was named before a sentence, the nearer the heavier.
struct Recent {
  std::vector<std::pair<const Codes*, float>> named;
  float all = 0;
};

Recent recent_before(const Scene& scene, const std::vector<Setting>& own, std::size_t index) {
  constexpr std::size_t kFar = 24, kMost = 64;
  constexpr float kFading = 0.8F, kName = 0.5F;
  Recent out;
  float worth = 1;
  for (std::size_t back = 1; back <= std::min(index, kFar); ++back, worth *= kFading) {
    const std::size_t i = index - back;
    if (scene.text.sentences[i].junk) continue;
    const auto add = [&](const Codes& codes, float times) {
      if (codes.empty() || out.named.size() == kMost || !scene.habits.inside(codes[0])) return;
      out.named.emplace_back(&codes, worth * times);
      out.all += worth * times;
    };
    add(own[i].codes, 1);
    for (const Place& place : scene.mentions[i].places) {
      if (out.named.size() == kMost) break;
      if (std::ranges::find(own[i].spans, place.span) == own[i].spans.end()) add(place.codes, kName);
    }
  }
  return out;
}

}  // namespace

void look_from(const Scene& scene, const std::vector<Setting>& own, std::size_t index, const SettingRuled& ruled,
               std::vector<SettingLook>& looks) {
  constexpr std::size_t kNear = 3, kFar = 40;
  const Sentence& sentence = scene.text.sentences[index];
  std::size_t last = index;
  while (last > 0 && index - last < kFar && (last == index || own[last].codes.empty())) --last;
  const Codes* named_last = last < index && !own[last].codes.empty() ? &own[last].codes : nullptr;
  const bool next = index + 1 < own.size() && scene.text.sentences[index + 1].paragraph == sentence.paragraph;
  const auto kinds = place_kinds(scene.readings[index], scene.book.measures.size());
  const auto spoken = spoken_kinds(scene, index);
  const Recent recent = recent_before(scene, own, index);
  const bool of_state = std::ranges::any_of(
      scene.mentions[index].actors, [&](const Actor& actor) { return !actor.id.empty() && scene.habits.jurisdiction(actor) == nullptr; });
  for (SettingLook& look : looks) {
    const auto set = [&](SettingSign sign, bool holds) {
      if (holds) look.signs[static_cast<std::size_t>(sign)] = 1;
    };
    if (kinds) {
      constexpr float kLeast = -4;
      look.signs[static_cast<std::size_t>(SettingSign::reader_kind)] =
          std::max(kLeast, (*kinds)[static_cast<std::size_t>(kind_of(look.codes))]);
    }
    const auto related = [&](const Codes* codes, SettingSign same, SettingSign part, SettingSign whole) {
      if (codes == nullptr || codes->empty()) return;
      set(same, *codes == look.codes);
      set(part, is_part(scene, *codes, look.codes));
      set(whole, is_part(scene, look.codes, *codes) && !is_whole(scene, *codes));
    };
    for (const Place& place : scene.mentions[index].places) {
      if (ruled.aside != nullptr && std::ranges::find(*ruled.aside, place.span) != ruled.aside->end()) continue;
      if (!place.codes.empty() && scene.habits.inside(place.codes[0]) && sentence.span.covers(place.span)) {
        related(&place.codes, SettingSign::here_name, SettingSign::here_part, SettingSign::here_whole);
      }
    }
    for (const Actor& actor : scene.mentions[index].actors) {
      const std::string* region = scene.habits.jurisdiction(actor);
      set(SettingSign::here_office, region != nullptr && look.codes.size() == 1 && *region == look.codes[0]);
    }
    related(ruled.before, SettingSign::before, SettingSign::before_part, SettingSign::before_whole);
    const bool by_before = ruled.before != nullptr && *ruled.before == look.codes;
    set(SettingSign::before_next, by_before && ruled.before_index + 1 == index);
    related(ruled.heading, SettingSign::heading, SettingSign::heading_part, SettingSign::heading_whole);
    related(named_last, SettingSign::last, SettingSign::last_part, SettingSign::last_whole);
    set(SettingSign::last_near, named_last != nullptr && *named_last == look.codes && index - last <= kNear);
    set(SettingSign::next, next && own[index + 1].codes == look.codes);
    const bool whole = is_whole(scene, look.codes);
    if (ruled.codes == look.codes) {
      set(SettingSign::by_before, ruled.rule == "place.before");
      set(SettingSign::by_heading, ruled.rule == "place.heading");
      set(SettingSign::by_document, ruled.rule == "place.document");
      set(SettingSign::by_everywhere, ruled.rule == "place.everywhere");
      set(SettingSign::by_speaker, ruled.rule == "place.speaker");
    }
    const bool by_document = ruled.document != nullptr && *ruled.document == look.codes;
    set(SettingSign::wide_everywhere, ruled.wide && whole);
    set(SettingSign::wide_document, ruled.wide && by_document);
    set(SettingSign::wide_before, ruled.wide && by_before);
    set(SettingSign::norm_everywhere, ruled.norm && whole);
    set(SettingSign::norm_before, ruled.norm && by_before);
    set(SettingSign::norm_document, ruled.norm && by_document);
    set(SettingSign::advice_everywhere, ruled.advice && whole);
    set(SettingSign::advice_before, ruled.advice && by_before);
    set(SettingSign::advice_document, ruled.advice && by_document);
    set(SettingSign::state_everywhere, of_state && whole);
    set(SettingSign::state_before, of_state && by_before);
    const auto kind = spoken_kind_of(scene, look.codes);
    if (kind && spoken[static_cast<std::size_t>(*kind)]) set(of_kind(SettingSign::says_town, *kind), true);
    if (by_before) {
      look.signs[static_cast<std::size_t>(SettingSign::before_far)] = std::log1p(static_cast<float>(index - ruled.before_index - 1));
    }
    for (const auto& [codes, worth] : recent.named) {
      if (*codes == look.codes) look.signs[static_cast<std::size_t>(SettingSign::recent)] += worth / recent.all;
      if (is_part(scene, *codes, look.codes)) look.signs[static_cast<std::size_t>(SettingSign::recent_part)] += worth / recent.all;
    }
    set(SettingSign::item_before, sentence.list_item && by_before);
    set(SettingSign::item_everywhere, sentence.list_item && whole);
  }
}

const SettingLook* likeliest_setting(const Scene& scene, const std::vector<SettingLook>& looks) {
  if (!scene.habits.setting) return nullptr;
  const SettingLook* best = nullptr;
  float most = 0;
  for (const SettingLook& look : looks) {
    float sum = 0;
    for (std::size_t i = 0; i < kSettingSigns; ++i) sum += look.signs[i] * (*scene.habits.setting)[i];
    if (best != nullptr && sum <= most) continue;
    best = &look;
    most = sum;
  }
  return best;
}

std::string reasons_of(const Scene& scene, const SettingLook& look) {
  std::vector<SignShare> shares;
  for (std::size_t i = 0; i < kSettingSigns && scene.habits.setting; ++i) {
    shares.push_back({look.signs[i] * (*scene.habits.setting)[i], name(static_cast<SettingSign>(i))});
  }
  return largest_shares(std::move(shares));
}

}  // namespace litopys
