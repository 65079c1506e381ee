// A report dates a passage once and goes on about it: a monitoring report by its period, a digest by its week, a story by its first
// sentence. No rule says how far such a date reaches; so all that may be are weighed.
#include "claim/when_look.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "claim/weights.h"
#include "claim/when_hour.h"

namespace litopys {
namespace {

constexpr std::size_t kSentencesBack = 8;  // sentences before whose times are looked at
constexpr std::size_t kMostLooks = 32;     // a table of years is no list of times to choose from
constexpr std::size_t kMostBefore = 12;    // claims before that are looked at
constexpr float kLeast = 0.003F;           // probabilities below are all the same
constexpr int kRecent = 40, kOld = 365;    // days

class Looks {
 public:
  Looks(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame)
      : scene_(scene),
        index_(index),
        measure_(measure),
        frame_(frame),
        habit_(scene.habits.of[measure]),
        pointing_(pointing_of(scene, index)),
        sum_(is_total(scene, index, frame)),
        count_(is_count_of_people(scene, index, frame)),
        hour_(is_entry_of_an_hour(scene, index)) {
    at({});
  }

  std::vector<WhenLook> take() && { return std::move(looks_); }

  // The look of a value; null where there are too many already.
  WhenLook* at(const std::optional<When>& value, const WhenAnswer* given = nullptr) {
    for (WhenLook& look : looks_) {
      if (look.answer.value == value) return &look;
    }
    if (looks_.size() >= kMostLooks) return nullptr;
    looks_.emplace_back();
    if (given != nullptr) looks_.back().answer = *given;
    looks_.back().answer.value = value;
    return &looks_.back();
  }

  void rules(const WhenAnswer& ruled, const WhenAnswer& pointed) {
    if (WhenLook* look = at(ruled.value, &ruled)) {
      if (!ruled.value) {
        set(*look, WhenSign::none_ruled);
      } else {
        set(*look, WhenSign::ruled);
        set(*look, by_rule(ruled.why.rule));
      }
    }
    if (WhenLook* look = at(pointed.value, &pointed)) {
      set(*look, pointed.value ? WhenSign::pointed : WhenSign::none_pointed);
    }
  }

  void own() {
    const std::vector<Dated> times = times_of(scene_, index_, measure_, frame_);
    int nearest = -1;
    for (const Dated& dated : times) nearest = nearest < 0 ? dated.distance : std::min(nearest, dated.distance);
    for (const Dated& dated : times) {
      for (const bool raw : {false, true}) {
        WhenLook* look = of_time(*dated.time, raw, WhenSign::own_raw, "when.own-chosen");
        if (look == nullptr) continue;
        set(*look, WhenSign::own);
        set(*look, WhenSign::own_near, dated.distance == nearest);
        set(*look, WhenSign::own_part, frame_.part.covers(dated.time->span));
        set(*look, WhenSign::own_said, dated.said);
        set(*look, WhenSign::own_opens, opens(dated.time->span));
        set(*look, WhenSign::own_many, times.size() > 1);
        set(*look, WhenSign::own_since, dated.time->form == TimeForm::since);
        set(*look, WhenSign::own_until, dated.time->form == TimeForm::until);
        set(*look, WhenSign::own_between, dated.time->form == TimeForm::between);
      }
      since_to_report(*dated.time);
    }
    has_own_ = !times.empty();
  }

  void back() {
    bool last = true;
    const auto& sentences = scene_.text.sentences;
    for (std::size_t step = 1; step <= std::min(kSentencesBack, index_); ++step) {
      const std::size_t k = index_ - step;
      const std::vector<Time>& times = scene_.mentions[k].times;
      const bool same = sentences[k].paragraph == sentences[index_].paragraph;
      for (std::size_t t = times.size(); t-- > 0;) {
        const Time& time = times[t];
        if (!time.when || too_old(scene_.habits, *time.when)) continue;
        const bool line = sentences[k].heading || is_short_line(scene_, k);
        for (const bool raw : {false, true}) {
          WhenLook* look = of_time(time, raw, WhenSign::back_raw, "when.before");
          if (look == nullptr) continue;
          set(*look, step == 1   ? WhenSign::back_one
                     : step == 2 ? WhenSign::back_two
                     : step == 3 ? WhenSign::back_three
                                 : WhenSign::back_far);
          set(*look, WhenSign::back_par, same);
          set(*look, WhenSign::back_last, last);
          set(*look, WhenSign::back_claim, !scene_.readings[k].measures.empty());
          set(*look, WhenSign::back_alone, times.size() == 1);
          set(*look, WhenSign::back_heading, line);
          set(*look, WhenSign::back_since, time.form == TimeForm::since);
          set(*look, WhenSign::back_until, time.form == TimeForm::until);
          set(*look, WhenSign::back_between, time.form == TimeForm::between);
          set(*look, WhenSign::back_figure, frame_.figure.has_value());
        }
        last = false;
        par_ = par_ || same;
      }
    }
  }

  void claims() {
    const auto& sentences = scene_.text.sentences;
    const std::size_t from = frame_.before.size() - std::min(kMostBefore, frame_.before.size());
    bool last = true;
    std::size_t of = index_;  // the sentence of the last claim before
    for (std::size_t i = frame_.before.size(); i-- > from;) {
      const DatedClaim& claim = frame_.before[i];
      if (claim.index == index_) {
        if (WhenLook* look = from_claim(claim)) set(*look, WhenSign::here, claim.when.has_value());
        continue;
      }
      if (last) of = claim.index;
      const bool same = claim.measure == measure_;
      if (claim.index == of) {
        WhenLook* look = from_claim(claim);
        if (look != nullptr && !claim.when) set(*look, WhenSign::none_before, claim.index + 1 == index_);
        if (look != nullptr && claim.when) {
          set(*look, WhenSign::claim);
          const bool next = claim.index + 1 == index_;
          const bool paragraph = sentences[claim.index].paragraph == sentences[index_].paragraph;
          set(*look, WhenSign::claim_next, next);
          set(*look, WhenSign::claim_par, paragraph);
          set(*look, WhenSign::claim_far, !next && !paragraph);
          set(*look, WhenSign::claim_figure, frame_.figure.has_value());
          set(*look, WhenSign::claim_says, says("part-of"));
          set(*look, WhenSign::claim_smaller, smaller_than(claim));
          set(*look, WhenSign::claim_between, claim.when->begin && claim.when->end && claim.when->interval);
          set(*look, WhenSign::claim_until, !claim.when->begin);
          set(*look, WhenSign::claim_since, !claim.when->end);
          set(*look, WhenSign::claim_on, habit_.when == TimeHabit::on);
          set(*look, WhenSign::claim_total, habit_.when == TimeHabit::total);
        }
      }
      last = false;
      if (same && claim.when) {
        if (WhenLook* look = from_claim(claim)) set(*look, WhenSign::claim_measure);
        break;
      }
    }
  }

  // How many of the last claims have each time.
  void shares() {
    const std::size_t count = std::min(kMostBefore, frame_.before.size());
    const auto last = frame_.before.last(count);
    for (WhenLook& look : looks_) {
      const auto same = std::ranges::count_if(last, [&](const DatedClaim& claim) { return claim.when == look.answer.value; });
      const float share = count == 0 ? 0 : static_cast<float>(same) / static_cast<float>(count);
      set_to(look, look.answer.value ? WhenSign::share : WhenSign::none_share, share);
    }
  }

  void head() {
    std::size_t many = 0;
    for (const HeadTime& named : frame_.head) many += is_day_of_report(*named.time) ? 0 : 1;
    for (const HeadTime& named : frame_.head) {
      const Time& time = *named.time;
      if (!time.when || too_old(scene_.habits, *time.when) || is_day_of_report(time)) continue;
      const bool between = time.form == TimeForm::between || (time.when->interval && time.when->begin && time.when->end);
      for (const bool raw : {false, true}) {
        WhenLook* look = of_time(time, raw, WhenSign::own_raw, "when.head");
        if (look == nullptr) continue;
        const bool day = !between && time.when->begin && time.when->begin->day != 0;
        set(*look, WhenSign::head);
        set(*look, WhenSign::head_title, is_in_title(named.index));
        set(*look, WhenSign::head_day, day);
        set(*look, WhenSign::head_month, !between && !day);
        set(*look, WhenSign::head_between, between);
        set(*look, WhenSign::head_until, time.form == TimeForm::until || time.form == TimeForm::since);
        set(*look, WhenSign::head_only, many == 1);
        set(*look, WhenSign::period, between || !day);
        set(*look, WhenSign::period_figure, (between || !day) && frame_.figure);
        set(*look, WhenSign::says_period, (between || !day) && says("period"));
        period_ = period_ || between;
      }
    }
    const std::size_t most = std::min<std::size_t>(index_, kSection);
    for (std::size_t step = 1; step <= most; ++step) {
      const std::size_t k = index_ - step;
      if (!scene_.text.sentences[k].heading) continue;
      for (const Time& time : scene_.mentions[k].times) {
        if (!time.when || too_old(scene_.habits, *time.when)) continue;
        if (WhenLook* look = of_time(time, false, WhenSign::back_raw, "when.heading")) set(*look, WhenSign::section);
      }
      break;
    }
  }

  void report() {
    const auto& published = scene_.document.published;
    if (!published) return;
    WhenAnswer on, by;
    on.value = When::point(*published);
    on.why = {"when", "when.day-of-report", {}, ""};
    by.value = When::until(*published);
    by.why = {"when", "when.as-published", {}, ""};
    if (WhenLook* look = at(on.value, &on)) {
      set(*look, WhenSign::day_published);
      set(*look, WhenSign::day_published_hour, hour_);
    }
    WhenLook* look = at(by.value, &by);
    if (look == nullptr) return;
    set(*look, WhenSign::of_published);
    const bool figure = frame_.figure.has_value();
    set(*look, WhenSign::of_published_total, habit_.when == TimeHabit::total && figure);
    set(*look, WhenSign::of_published_sum, sum_);
    set(*look, WhenSign::of_published_count, count_);
    set(*look, WhenSign::of_published_percent, is_percent());
    set(*look, WhenSign::of_published_figure, figure);
    set(*look, WhenSign::of_published_planned, planned());
  }

  // What holds of each value by itself.
  void finish() {
    std::erase_if(looks_, [&](const WhenLook& look) { return counts_ahead(look); });
    const bool heard = points();
    for (WhenLook& look : looks_) {
      if (look.answer.value) {
        forms(look);
      } else {
        none(look);
      }
      if (heard) reader(look);
    }
  }

 private:
  static constexpr std::size_t kSection = 40;

  static const Pointing* pointing_of(const Scene& scene, std::size_t index) {
    constexpr auto kWhen = static_cast<std::size_t>(PointerSlot::when);
    const auto& pointing = scene.readings[index].pointing;
    return pointing.size() > kWhen ? &pointing[kWhen] : nullptr;
  }

  static WhenSign by_rule(std::string_view rule) {
    if (rule == "when.total" || rule == "when.total-as-said") return WhenSign::ruled_total;
    if (rule == "when.total-as-published") return WhenSign::ruled_published;
    if (rule == "when.said") return WhenSign::ruled_said;
    if (rule == "when.leading") return WhenSign::ruled_leading;
    if (rule == "when.deadline" || rule == "when.after-deadline") return WhenSign::ruled_deadline;
    if (rule.starts_with("when.since-to")) return WhenSign::ruled_since;
    if (rule == "when.earlier") return WhenSign::ruled_earlier;
    return WhenSign::ruled_own;
  }

  static void set(WhenLook& look, WhenSign sign, bool holds = true) {
    if (holds) look.signs[static_cast<std::size_t>(sign)] = 1;
  }
  static void set_to(WhenLook& look, WhenSign sign, float value) { look.signs[static_cast<std::size_t>(sign)] = value; }

  // The look of what the measure's habit makes of a time, or of the time as it stands (null then where that is the same).
  WhenLook* of_time(const Time& time, bool raw, WhenSign differs, std::string_view rule) {
    WhenAnswer answer = when_from(scene_, index_, measure_, frame_, time);
    const bool same = answer.value == time.when;
    if (!raw && !answer.value) return nullptr;
    if (raw && same) return nullptr;
    if (raw) answer.value = time.when;
    answer.why = {"when", std::string(rule), {time.span}, time.rule};
    WhenLook* look = at(answer.value, &answer);
    if (look == nullptr) return nullptr;
    set(*look, differs, raw);
    if (pointing_ != nullptr) {
      const std::size_t i = static_cast<std::size_t>(look - looks_.data());
      if (words_.size() <= i) words_.resize(kMostLooks);
      words_[i] += pointing_->of(time.span);
    }
    return look;
  }

  WhenLook* from_claim(const DatedClaim& claim) {
    WhenAnswer answer;
    answer.value = claim.when;
    answer.why = {"when", "when.claim-before", {scene_.text.sentences[claim.index].span}, ""};
    return at(claim.when, &answer);
  }

  bool is_day_of_report(const Time& time) const {
    const auto& published = scene_.document.published;
    return published && time.form == TimeForm::point && time.when && time.when->begin == published && time.when->end == published &&
           published->day != 0;
  }

  bool is_in_title(std::size_t index) const {
    return scene_.document.title &&
           scene_.document.title->find(scene_.text.sentences[index].span.of(scene_.document.text)) != std::string::npos;
  }

  bool says(std::string_view what) const {
    const Sentence& sentence = scene_.text.sentences[index_];
    for (std::uint32_t t = sentence.first_token; t < sentence.first_token + sentence.token_count; ++t) {
      if (is_slot_word(scene_, index_, t, what)) return true;
    }
    return false;
  }

  // "December 2021. The deputy …", "May 2014 – the head …": the sentence is an entry of that time.
  bool opens(Span time) const {
    const Sentence& sentence = scene_.text.sentences[index_];
    if (time.begin != sentence.span.begin) return false;
    const std::uint32_t behind = token_from(scene_, index_, time.end);
    if (behind >= sentence.first_token + sentence.token_count) return false;
    const std::string_view mark = scene_.text.tokens[behind].lower;
    return mark == ":" || mark == "." || mark == "—" || mark == "–" || mark == "-";
  }

  // A figure that may be a part of what the claim before counts.
  bool smaller_than(const DatedClaim& claim) const {
    const Quantity* const ours = quantity_of(scene_, index_, frame_);
    if (ours == nullptr || !claim.figure) return false;
    const auto whole = ours->value.whole();
    return whole && *whole < *claim.figure;
  }

  // "Since March seven were fined" holds from then to the report.
  void since_to_report(const Time& time) {
    const auto& published = scene_.document.published;
    if (time.form != TimeForm::since || !time.when || !time.when->begin || !published) return;
    if (time.when->begin->first_day() > published->last_day()) return;
    WhenAnswer answer;
    answer.value = When::between(*time.when->begin, *published);
    answer.why = {"when", "when.since-to-report", {time.span}, time.rule};
    if (WhenLook* look = at(answer.value, &answer)) set(*look, WhenSign::own_since_to);
  }

  // A count that is told as a fact is of no later day than the report; "by the end of February" is told in its last days too.
  bool counts_ahead(const WhenLook& look) const {
    const auto& published = scene_.document.published;
    if (!published || !look.answer.value || !frame_.figure || habit_.when != TimeHabit::total || planned()) return false;
    const When& when = *look.answer.value;
    constexpr std::chrono::days kLastDays(7);
    return !when.begin && when.end && when.end->first_day() > published->last_day() + kLastDays;
  }

  bool planned() const {
    return frame_.stance == Stance::planned || frame_.stance == Stance::threatened || frame_.stance == Stance::possible;
  }

  bool is_percent() const {
    const Quantity* const ours = quantity_of(scene_, index_, frame_);
    return ours != nullptr && ours->unit == Unit::percent;
  }

  void none(WhenLook& look) {
    set(look, WhenSign::none);
    const bool figure = frame_.figure.has_value();
    set(look, WhenSign::none_figure, figure);
    set(look, WhenSign::none_count, sum_ || count_);
    set(look, WhenSign::none_total, habit_.when == TimeHabit::total);
    set(look, WhenSign::none_on, habit_.when == TimeHabit::on);
    set(look, WhenSign::none_until, habit_.when == TimeHabit::until);
    set(look, WhenSign::none_said, habit_.said);
    set(look, WhenSign::none_norm, habit_.norm);
    set(look, WhenSign::none_advice, habit_.advice);
    set(look, WhenSign::none_events, habit_.events);
    set(look, WhenSign::none_planned, planned());
    set(look, WhenSign::none_denied, frame_.stance == Stance::denied);
    set(look, WhenSign::none_own, has_own_);
    set(look, WhenSign::none_dateless, !scene_.document.published);
    set(look, WhenSign::none_par, !par_ && !has_own_);
    set(look, WhenSign::none_head, period_);
    set(look, WhenSign::none_hour, hour_);
  }

  void forms(WhenLook& look) {
    const When& when = *look.answer.value;
    const bool since = when.begin && !when.end, until = !when.begin && when.end;
    const bool between = when.interval && when.begin && when.end;
    const Date& date = when.end ? *when.end : *when.begin;
    const bool point = !since && !until && !between;
    const bool figure = frame_.figure.has_value(), total = habit_.when == TimeHabit::total;
    set(look, WhenSign::since, since);
    set(look, WhenSign::until, until);
    set(look, WhenSign::between, between);
    set(look, WhenSign::day, point && date.day != 0);
    set(look, WhenSign::month, point && date.day == 0 && date.month != 0);
    set(look, WhenSign::year, point && date.month == 0);
    set(look, WhenSign::since_figure, since && figure);
    set(look, WhenSign::until_figure, until && figure);
    set(look, WhenSign::between_figure, between && figure);
    set(look, WhenSign::until_total, until && total);
    set(look, WhenSign::day_total, point && date.day != 0 && total);
    set(look, WhenSign::until_until, until && habit_.when == TimeHabit::until);
    set(look, WhenSign::since_until, since && habit_.when == TimeHabit::until);
    if (const auto& published = scene_.document.published) {
      const auto ago = (published->last_day() - date.last_day()).count();
      const auto begins =
          when.begin ? (when.begin->first_day() - published->last_day()).count() : (date.last_day() - published->last_day()).count();
      set(look, WhenSign::old, ago > kOld);
      set(look, WhenSign::recent, ago >= 0 && ago <= kRecent);
      set(look, WhenSign::future, begins > 0);
      set(look, WhenSign::future_planned, begins > 0 && planned());
      set(look, WhenSign::future_asserted, begins > 0 && !planned());
      set(look, WhenSign::past_planned, ago > 0 && planned());
    }
    std::size_t often = 0;
    for (std::size_t step = 0; step <= std::min(kSentencesBack, index_); ++step) {
      const auto& times = scene_.mentions[index_ - step].times;
      often += std::ranges::any_of(times, [&](const Time& time) { return time.when == look.answer.value; }) ? 1 : 0;
    }
    set_to(look, WhenSign::often, std::log1p(static_cast<float>(often)));
  }

  // Whether the encoder points at any time, or at none; what it says of words that are no time is nothing to weigh.
  bool points() const {
    constexpr float kLeastHeard = 0.3F;
    if (pointing_ == nullptr) return false;
    float sum = std::accumulate(words_.begin(), words_.end(), 0.0F);
    for (const float absent : pointing_->absent) sum += absent;
    return sum >= kLeastHeard;
  }

  void reader(WhenLook& look) {
    const auto absent = [&](Absent a) { return pointing_->absent[static_cast<std::size_t>(a)]; };
    const auto i = static_cast<std::size_t>(&look - looks_.data());
    float probability = i < words_.size() ? words_[i] : 0;
    if (!look.answer.value) probability += absent(Absent::none);
    const auto& published = scene_.document.published;
    const bool of_report = published && look.answer.value == When::until(*published);
    if (of_report) probability += absent(Absent::as_of);
    const bool seen = probability >= kLeast;
    set_to(look, WhenSign::reader, std::log(std::max(probability, kLeast)));
    if (!seen && look.answer.value && !of_report) {
      set(look, WhenSign::reader_unseen);
      set_to(look, WhenSign::reader_elsewhere, std::log(std::max(absent(Absent::elsewhere), kLeast)));
    }
  }

  const Scene& scene_;
  const std::size_t index_;
  const MeasureId measure_;
  const WhenFrame& frame_;
  const Habit& habit_;
  const Pointing* const pointing_;
  const bool sum_, count_, hour_;
  bool has_own_ = false, par_ = false, period_ = false;
  std::vector<WhenLook> looks_;
  std::vector<float> words_;  // by look: how likely the encoder holds its words
};

constexpr std::size_t kHeadSentences = 8;    // in which a report says of which days it is
constexpr std::uint32_t kHeadTokens = 32;    // a longer sentence is the article's
constexpr std::uint32_t kCreditTokens = 16;  // and how long one may be that shares its line with others

}  // namespace

std::vector<HeadTime> head_times(const Scene& scene) {
  std::vector<HeadTime> out;
  const auto& sentences = scene.text.sentences;
  const std::vector<std::size_t> head = head_of(scene);
  for (const std::size_t i : head) {
    for (const Time& time : scene.mentions[i].times) {
      if (time.when) out.push_back({&time, i});
    }
  }
  // "Report on four towns, 1 June to 30 November 2024", too long for a letterhead or beside the page's own notes.
  for (std::size_t i = 0; i < std::min(kHeadSentences, sentences.size()); ++i) {
    const Sentence& sentence = sentences[i];
    const bool beside = (i > 0 && sentences[i - 1].paragraph == sentence.paragraph) ||
                        (i + 1 < sentences.size() && sentences[i + 1].paragraph == sentence.paragraph);
    if (sentence.token_count > kHeadTokens && !sentence.junk) break;
    if (std::ranges::find(head, i) != head.end() || (beside && sentence.token_count > kCreditTokens)) continue;
    for (const Time& time : scene.mentions[i].times) {
      if (time.when && time.form == TimeForm::between) out.push_back({&time, i});
    }
  }
  return out;
}

std::vector<WhenLook> when_looks(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame, const WhenAnswer& ruled,
                                 const WhenAnswer& pointed) {
  Looks looks(scene, index, measure, frame);
  looks.rules(ruled, pointed);
  looks.own();
  looks.back();
  looks.claims();
  looks.head();
  looks.report();
  looks.shares();
  looks.finish();
  return std::move(looks).take();
}

const WhenLook& likeliest_when(const std::vector<WhenLook>& looks, const WhenWeights& weights) {
  const WhenLook* best = nullptr;
  float most = 0;
  for (const WhenLook& look : looks) {
    float sum = 0;
    for (std::size_t i = 0; i < kWhenSigns; ++i) sum += look.signs[i] * weights[i];
    if (best != nullptr && sum <= most) continue;
    best = &look;
    most = sum;
  }
  return *best;
}

std::string reasons_of(const WhenLook& look, const WhenWeights& weights) {
  std::vector<SignShare> shares;
  for (std::size_t i = 0; i < kWhenSigns; ++i) shares.push_back({look.signs[i] * weights[i], name(static_cast<WhenSign>(i))});
  return largest_shares(std::move(shares));
}

}  // namespace litopys
