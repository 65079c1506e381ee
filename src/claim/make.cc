// One slot after the other, each by its own file; this one only decides which claims there are and puts them together.
#include "claim/make.h"

#include <algorithm>
#include <cmath>

#include "claim/figure.h"
#include "claim/place.h"
#include "claim/scene.h"
#include "claim/stance.h"
#include "claim/target.h"
#include "claim/when.h"
#include "claim/when_look.h"

namespace litopys {
namespace {

constexpr float kReaderSure = 0.6F;  // from here on the reader's credence counts where no word of the codebook speaks

bool is_question(const Scene& scene, const Sentence& sentence) {
  const auto tokens = scene.text.tokens_of(sentence);
  for (std::size_t i = tokens.size(); i-- > 0 && tokens[i].kind == TokenKind::punctuation;) {
    if (tokens[i].span.of(scene.document.text).find('?') != std::string_view::npos) return true;
  }
  return false;
}

// The item of a digest ("…; in Melitopol …; in Berdiansk …") in which most of the measure's words stand; the whole sentence where it is
// no digest or no word decides (GUIDE ruling 13).
Span item_of(const Scene& scene, std::size_t index, MeasureId measure) {
  constexpr std::size_t kDigest = 2;  // semicolons that make a sentence a digest
  const Sentence& sentence = scene.text.sentences[index];
  std::vector<Span> items;
  std::uint32_t begin = sentence.span.begin;
  for (const Token& token : scene.text.tokens_of(sentence)) {
    if (token.kind != TokenKind::punctuation || token.span.of(scene.document.text) != ";") continue;
    items.push_back({begin, token.span.begin});
    begin = token.span.end;
  }
  if (items.size() < kDigest) return sentence.span;
  items.push_back({begin, sentence.span.end});
  const std::vector<Span> anchors = anchors_of(scene, index, measure);
  Span best = sentence.span;
  std::ptrdiff_t most = 0;
  for (Span item : items) {
    const auto held = std::count_if(anchors.begin(), anchors.end(), [&](Span anchor) { return item.covers(anchor); });
    if (held <= most) continue;
    most = held;
    while (!item.empty() && scene.document.text[item.begin] <= ' ' && scene.document.text[item.begin] >= 0) ++item.begin;
    while (!item.empty() && scene.document.text[item.end - 1] <= ' ' && scene.document.text[item.end - 1] >= 0) --item.end;
    best = item;
  }
  return best;
}

// The stretch of the sentence around each figure of a measure that has several: from the end of the figure before (the sentence's
// beginning) to the figure's own end, and for the last one to the sentence's end.
std::vector<Span> parts_of(Span sentence, const std::vector<Given<FigureChoice>>& figures) {
  if (figures.size() < 2) return {sentence};
  constexpr std::size_t kMostFigures = 16;  // of one measure in one sentence; more is a table without its lines
  std::vector<Span> out;
  std::uint32_t begin = sentence.begin;
  for (std::size_t i = 0; i < std::min(figures.size(), kMostFigures); ++i) {
    const std::uint32_t end = i + 1 == figures.size() ? sentence.end : figures[i].value.span.end;
    out.push_back({begin, end});
    begin = end;
  }
  return out;
}

Why measure_why(const Scene& scene, std::size_t index, const MeasureScore& score) {
  Why why{"measure", "reader", anchors_of(scene, index, score.measure), ""};
  for (const Reason& reason : score.reasons) {
    if (!why.note.empty()) why.note += "; ";
    char weight[32];
    std::snprintf(weight, sizeof weight, " %+.1f", static_cast<double>(reason.weight));
    why.note += reason.what + weight;
  }
  return why;
}

// Builds the claims of one document; holds what runs along it.
class Maker {
 public:
  explicit Maker(const Scene& scene, std::vector<WhenChoice>* watch = nullptr)
      : scene_(scene), settings_(settings_of(scene)), head_(head_times(scene)), last_(scene.book.measures.size()), watch_(watch) {}

  void sentence(std::size_t index, std::vector<Claim>& out) {
    const Sentence& sentence = scene_.text.sentences[index];
    if (index > 0 && sentence.paragraph != scene_.text.sentences[index - 1].paragraph) leading_ = nullptr;
    if (const Time* leading = leading_time(scene_, index)) leading_ = leading;
    if (sentence.junk || scene_.readings[index].measures.empty() || is_question(scene_, sentence)) return;
    std::vector<MeasureScore> scores = scene_.readings[index].measures;
    std::stable_sort(scores.begin(), scores.end(), [](const MeasureScore& a, const MeasureScore& b) { return a.measure < b.measure; });
    std::vector<MeasureId> measures;
    for (const MeasureScore& score : scores) measures.push_back(score.measure);
    if (index != last_index_ && (index == 0 || sentence.paragraph != scene_.text.sentences[last_index_].paragraph)) named_.clear();
    earlier_ = named_;
    last_index_ = index;
    const auto figures = figures_of(scene_, index, measures);
    deadline_.reset();
    // Deadlines first: what befalls people after them is dated by them.
    std::vector<std::vector<Claim>> made(measures.size());
    for (const bool deadlines : {true, false}) {
      for (std::size_t m = 0; m < measures.size(); ++m) {
        if ((scene_.habits.of[measures[m]].when == TimeHabit::until) == deadlines) made[m] = claims(index, scores[m], figures[m]);
      }
    }
    for (std::vector<Claim>& some : made) std::move(some.begin(), some.end(), std::back_inserter(out));
  }

 private:
  // The probability that the reader gives, where the encoder has looked drawn towards a half: it is surer than it should be of text that it
  // has not learned from. The order of a report's claims stays.
  static double confidence_of(const Scene& scene, std::size_t index, const MeasureScore& score) {
    const double p = static_cast<double>(score.probability);
    if (scene.readings[index].logits.empty() || !(p > 0 && p < 1)) return p;
    return 1 / (1 + std::pow((1 - p) / p, static_cast<double>(scene.habits.sureness)));
  }

  std::vector<Claim> claims(std::size_t index, const MeasureScore& score, std::vector<Given<FigureChoice>> figures) {
    const Span item = item_of(scene_, index, score.measure);
    std::erase_if(figures, [&](const Given<FigureChoice>& figure) { return !item.covers(figure.value.span); });
    std::vector<Claim> out;
    const std::vector<Span> parts = parts_of(item, figures);
    std::vector<Span> counted;
    for (const Given<FigureChoice>& figure : figures) counted.push_back(figure.value.span);
    counted.resize(std::min(counted.size(), parts.size()));
    const std::vector<Given<Stance>> stances = stances_of(scene_, index, score.measure, item, counted);
    // What does not differ between the figures is asked once.
    const Given<std::vector<std::string>> targets = targets_of(scene_, index, score.measure, item, earlier_);
    const Why measure = measure_why(scene_, index, score);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Claim claim;
      claim.span = item;
      claim.quote = std::string(item.of(scene_.document.text));
      claim.measure = scene_.book.measures[score.measure].id;
      claim.confidence = confidence_of(scene_, index, score);
      claim.why.push_back(measure);
      WhenFrame frame{.only = parts.size() == 1,
                      .part = parts[i],
                      .figure = std::nullopt,
                      .deadline = deadline_,
                      .earlier = last_[score.measure],
                      .leading = leading_,
                      .stance = stances[i].value,
                      .before = dated_,
                      .head = head_};
      if (!figures.empty()) {
        claim.figure = figures[i].value.figure;
        claim.why.push_back(figures[i].why);
        frame.figure = figures[i].value.span;
      }
      const Span where = place_part(index, item, figures, i, parts[i]);
      take(places_of(scene_, settings_, index, score.measure, item, where, frame.figure), claim.places, claim);
      if (watch_ != nullptr) watch(index, score.measure, frame);
      take(when_of(scene_, index, score.measure, frame), claim.when, claim);
      voice(index, claim.figure ? figures[i].value.span : item, claim);
      take(stances[i], claim.stance, claim);
      take(targets, claim.targets, claim);
      // Where the weights spoke, that nobody is named was weighed too.
      const bool weighed = scene_.habits.targets && !scene_.readings[index].logits.empty();
      if (!weighed) count_people(scene_.habits.of[score.measure], claim);
      if (!claim.targets.empty()) {
        named_.clear();
        for (const std::string& target : claim.targets) named_.push_back(*scene_.book.target(target));
      }
      if (claim.when) last_[score.measure] = claim.when;
      if (scene_.habits.of[score.measure].when == TimeHabit::until && claim.when) deadline_ = claim.when;
      dated_.push_back({index, score.measure, claim.when, claim.figure ? claim.figure->value.whole() : std::nullopt});
      out.push_back(std::move(claim));
    }
    return out;
  }

  // Notes what the claim's time is chosen from, where it is chosen.
  void watch(std::size_t index, MeasureId measure, const WhenFrame& frame) const {
    const WhenAnswer ruled = ruled_when(scene_, index, measure, frame);
    if (is_settled(ruled) || scene_.habits.of[measure].when == TimeHabit::never) return;
    watch_->push_back({index, measure, frame.figure,
                       when_looks(scene_, index, measure, frame, ruled, pointed_when(scene_, index, measure, frame, ruled))});
  }

  // Where a figure's places stand: behind each figure up to the next ("three in Melitopol, two in Berdiansk") if none stands before the
  // first, else before it, as its other words.
  Span place_part(std::size_t index, Span item, const std::vector<Given<FigureChoice>>& figures, std::size_t i, Span part) const {
    if (figures.size() < 2 || i >= figures.size()) return part;
    const std::vector<Place>& places = scene_.mentions[index].places;
    const Span first{item.begin, figures[0].value.span.begin}, last{figures.back().value.span.end, item.end};
    const auto stands_in = [&](Span where) {
      return std::any_of(places.begin(), places.end(), [&](const Place& place) {
        return where.covers(place.span) && !place.codes.empty() && scene_.habits.inside(place.codes[0]);
      });
    };
    if (stands_in(first) || !stands_in(last)) return part;
    return {figures[i].value.span.begin, i + 1 < figures.size() ? figures[i + 1].value.span.begin : item.end};
  }

  // "1.4 million have it" counts people, though none is named.
  void count_people(const Habit& habit, Claim& claim) const {
    const bool people = claim.figure && (claim.figure->unit == Unit::person || claim.figure->unit == Unit::percent);
    if (!people || !habit.counted || !claim.targets.empty()) return;
    claim.targets.push_back(scene_.book.targets[*habit.counted].id);
    claim.why.push_back({"targets", "target.counted", {}, ""});
  }

  template <class T>
  void take(Given<T> given, T& slot, Claim& claim) {
    slot = std::move(given.value);
    if (!given.why.rule.empty()) claim.why.push_back(std::move(given.why));
  }

  void voice(std::size_t index, Span part, Claim& claim) {
    if (index < scene_.voices.size()) {
      const Voice& voice = scene_.voices[index].at(part);
      claim.sources = voice.sources;
      claim.side = voice.side;
      claim.credence = voice.credence;
      claim.why.push_back({"sources", voice.rule, voice.spans, voice.carried ? "carried" : voice.note});
      if (!voice.side_rule.empty()) claim.why.push_back({"side", voice.side_rule, {}, ""});
      if (claim.credence != Credence::plain) claim.why.push_back({"credence", voice.credence_rule, voice.credence_spans, ""});
    }
    const SentenceReading& reading = scene_.readings[index];
    if (claim.credence == Credence::plain && reading.credence != Credence::plain && reading.credence_probability >= kReaderSure) {
      claim.credence = reading.credence;
      claim.why.push_back({"credence", "reader", {}, ""});
    }
  }

  const Scene& scene_;
  const Settings settings_;
  const std::vector<HeadTime> head_;
  std::vector<DatedClaim> dated_;          // the claims so far
  std::vector<std::optional<When>> last_;  // by measure: the time of its last dated claim
  const Time* leading_ = nullptr;          // a date alone before the passage
  std::optional<When> deadline_;           // of the sentence at hand
  std::vector<TargetId> named_, earlier_;  // targets of the passage so far; as it stood before the sentence at hand
  std::size_t last_index_ = 0;             // the last sentence with a claim
  std::vector<WhenChoice>* const watch_;
};

}  // namespace

std::vector<Claim> make_claims(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                               const std::vector<SentenceReading>& readings, const std::vector<Voice>& voices, const Codebook& book) {
  return make_claims(document, text, mentions, readings, voices, book, Habits::make(book));
}

std::vector<Claim> make_claims(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                               const std::vector<SentenceReading>& readings, const std::vector<Voice>& voices, const Codebook& book,
                               const Habits& habits, std::vector<WhenChoice>* watch) {
  const Scene scene{document, text, mentions, readings, voices, book, habits};
  std::vector<Claim> out;
  Maker maker(scene, watch);
  const std::size_t count = std::min({text.sentences.size(), mentions.size(), readings.size()});
  for (std::size_t i = 0; i < count; ++i) maker.sentence(i, out);
  return out;
}

}  // namespace litopys
