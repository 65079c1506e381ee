// The signs by which the time of a claim is chosen (claim/when_look.h).
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "codebook/vocabulary.h"

namespace litopys {

// What speaks for a time, or for none. The codebook has a weight for each (kind `weights`, row `when`, learned by tools/slots/fit_when.py);
// a sign that it does not weigh counts nothing. A sign without a word of explanation is that form, of what stands before it.
enum class WhenSign : unsigned char {
  none,           // no time at all,
  none_ruled,     // and the rules say so,
  none_pointed,   // and the encoder has not changed that,
  none_figure,    // ... of a claim with a figure,
  none_count,     // with a figure that only a count up to a day can give,
  none_total,     // of a measure whose figures are running totals,
  none_on,        // whose time is a day,
  none_until,     // a deadline,
  none_said,      // an utterance,
  none_norm,      // a rule for all,
  none_advice,    // what others do about it,
  none_events,    // events
  none_planned,   // of a claim that is a plan, threat or possibility,
  none_denied,    // a denial
  none_own,       // though the sentence has a time,
  none_dateless,  // in a report without a day of its own,
  none_par,       // whose paragraph has named no time so far,
  none_before,    // after a claim without a time in the sentence before,
  none_share,     // how many of the last claims have none (0 to 1)
  none_head,      // though the head has a stretch of time
  none_hour,      // in an entry of an hour
  ruled,          // it is what the rules say: by the sentence's own time,
  ruled_own,
  ruled_total,      // a total up to it,
  ruled_published,  // up to the report,
  ruled_said,       // the day of saying,
  ruled_leading,    // a date alone before the passage,
  ruled_deadline,   // a deadline,
  ruled_since,      // from then to the report,
  ruled_earlier,    // as the last claim of the measure
  pointed,          // it is what the encoder made of the rules
  own,              // the sentence names it
  own_near,         // nearest to the figure or the measure's words,
  own_part,         // in the figure's part of the sentence,
  own_said,         // beside a word of saying,
  own_opens,        // at its beginning, before a mark: an entry of that time,
  own_many,         // with other times,
  own_raw,          // but the measure's habit makes another of it
  own_since,
  own_until,
  own_between,
  own_since_to,  // from then to the report
  back_one,      // a sentence before names it: the last one,
  back_two,
  back_three,
  back_far,      // up to eight back,
  back_par,      // in the same paragraph,
  back_last,     // and it is the last time that is named before,
  back_claim,    // in a sentence that makes claims,
  back_alone,    // as the only one,
  back_heading,  // in a heading or a line
  back_raw,      // but the measure's habit makes another of it
  back_since,
  back_until,
  back_between,
  back_figure,   // ... of a claim with a figure
  head,          // the head names it,
  head_title,    // the title,
  head_day,      // as a day,
  head_month,    // a month, season or year,
  head_between,  // a stretch,
  head_until,
  head_only,      // and no other,
  section,        // the heading in force
  here,           // another claim of the sentence has it,
  claim,          // the last claim before has it,
  claim_next,     // in the sentence before,
  claim_par,      // in the same paragraph,
  claim_far,      // further up,
  claim_measure,  // and is of the same measure,
  claim_figure,   // ... of a claim with a figure
  claim_says,     // the sentence speaks of a part of what was counted before
  claim_smaller,  // its figure is less
  claim_between,
  claim_until,
  claim_since,
  claim_on,              // the measure's time is a day
  claim_total,           // or a running total
  says_period,           // the sentence speaks of the period of the report, and it is a stretch of the head
  period,                // a stretch of the head,
  period_figure,         // of a claim with a figure
  day_published,         // the day of the report
  day_published_hour,    // of an entry of an hour
  of_published,          // up to the report
  of_published_total,    // of a measure whose figures are running totals,
  of_published_sum,      // with a figure that no single day gives,
  of_published_count,    // that counts people,
  of_published_percent,  // a share,
  of_published_figure,   // any,
  of_published_planned,  // of a plan
  since,                 // its form
  until,
  between,
  day,
  month,
  year,
  since_figure,
  until_figure,
  between_figure,
  until_total,
  day_total,
  until_until,
  since_until,
  old,               // it ends over a year before the report,
  recent,            // within forty days,
  future,            // it begins after the report
  future_planned,    // and the claim is a plan
  future_asserted,   // or is none
  past_planned,      // a plan, and it ends before the report
  share,             // how many of the last claims have it (0 to 1)
  often,             // log(1 + sentences that name it)
  reader,            // what the encoder thinks of its words, as the logarithm of their probability
  reader_elsewhere,  // of its being named elsewhere, where it is named out of the encoder's sight
  reader_unseen,     // it is out of sight
  count_
};
inline constexpr std::size_t kWhenSigns = static_cast<std::size_t>(WhenSign::count_);

using WhenWeights = std::array<float, kWhenSigns>;

// The words by which the codebook knows the signs.
template <>
struct Names<WhenSign> {
  static constexpr std::array<std::string_view, kWhenSigns> all = {"none",
                                                                   "none_ruled",
                                                                   "none_pointed",
                                                                   "none_figure",
                                                                   "none_count",
                                                                   "none_total",
                                                                   "none_on",
                                                                   "none_until",
                                                                   "none_said",
                                                                   "none_norm",
                                                                   "none_advice",
                                                                   "none_events",
                                                                   "none_planned",
                                                                   "none_denied",
                                                                   "none_own",
                                                                   "none_dateless",
                                                                   "none_par",
                                                                   "none_before",
                                                                   "none_share",
                                                                   "none_head",
                                                                   "none_hour",
                                                                   "ruled",
                                                                   "ruled_own",
                                                                   "ruled_total",
                                                                   "ruled_published",
                                                                   "ruled_said",
                                                                   "ruled_leading",
                                                                   "ruled_deadline",
                                                                   "ruled_since",
                                                                   "ruled_earlier",
                                                                   "pointed",
                                                                   "own",
                                                                   "own_near",
                                                                   "own_part",
                                                                   "own_said",
                                                                   "own_opens",
                                                                   "own_many",
                                                                   "own_raw",
                                                                   "own_since",
                                                                   "own_until",
                                                                   "own_between",
                                                                   "own_since_to",
                                                                   "back_one",
                                                                   "back_two",
                                                                   "back_three",
                                                                   "back_far",
                                                                   "back_par",
                                                                   "back_last",
                                                                   "back_claim",
                                                                   "back_alone",
                                                                   "back_heading",
                                                                   "back_raw",
                                                                   "back_since",
                                                                   "back_until",
                                                                   "back_between",
                                                                   "back_figure",
                                                                   "head",
                                                                   "head_title",
                                                                   "head_day",
                                                                   "head_month",
                                                                   "head_between",
                                                                   "head_until",
                                                                   "head_only",
                                                                   "section",
                                                                   "here",
                                                                   "claim",
                                                                   "claim_next",
                                                                   "claim_par",
                                                                   "claim_far",
                                                                   "claim_measure",
                                                                   "claim_figure",
                                                                   "claim_says",
                                                                   "claim_smaller",
                                                                   "claim_between",
                                                                   "claim_until",
                                                                   "claim_since",
                                                                   "claim_on",
                                                                   "claim_total",
                                                                   "says_period",
                                                                   "period",
                                                                   "period_figure",
                                                                   "day_published",
                                                                   "day_published_hour",
                                                                   "of_published",
                                                                   "of_published_total",
                                                                   "of_published_sum",
                                                                   "of_published_count",
                                                                   "of_published_percent",
                                                                   "of_published_figure",
                                                                   "of_published_planned",
                                                                   "since",
                                                                   "until",
                                                                   "between",
                                                                   "day",
                                                                   "month",
                                                                   "year",
                                                                   "since_figure",
                                                                   "until_figure",
                                                                   "between_figure",
                                                                   "until_total",
                                                                   "day_total",
                                                                   "until_until",
                                                                   "since_until",
                                                                   "old",
                                                                   "recent",
                                                                   "future",
                                                                   "future_planned",
                                                                   "future_asserted",
                                                                   "past_planned",
                                                                   "share",
                                                                   "often",
                                                                   "reader",
                                                                   "reader_elsewhere",
                                                                   "reader_unseen"};
};

}  // namespace litopys
