// What the rules for slots look at: the document with all that was found in it, and the codebook's rows by what they mean to a slot.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "claim/claim.h"
#include "claim/setting_sign.h"
#include "claim/stance_weights.h"
#include "claim/target_weights.h"
#include "claim/voice.h"
#include "claim/when_sign.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "reader/reader.h"
#include "text/text.h"

namespace litopys {

// How the time of a measure is meant (codebook kind `habit`, option `when`).
enum class TimeHabit : unsigned char { plain, total, until, on, never };

// What holds of a measure by its nature.
struct Habit {
  std::string row;                   // id of the codebook row; "" where there is none
  std::vector<std::string> classes;  // word classes that tell where in a sentence the measure stands
  std::vector<Unit> units;           // that its figure may have, the likeliest first
  bool durations = false;            // its figure may be how long
  Stance stance = Stance::asserted;
  TimeHabit when = TimeHabit::plain;
  bool toward = false;                // it happens where people are taken to
  bool arrives = false;               // it happens where something comes to: "teams went to Melitopol"
  bool elsewhere = false;             // it happens to the people of the territory also out of it
  bool quota = false;                 // "up to 90 percent" is how much it must be, not the most that it may be
  bool wide = false;                  // it is about the whole matter of the document: the place of the sentence before does not go on
  bool norm = false;                  // it is a rule for the whole territory rather than something that happens in a place
  bool advice = false;                // it is what others say or do about the campaign
  bool future = true;                 // a verb in the future makes it a plan
  bool said = false;                  // the day of saying dates it if nothing else does
  bool events = false;                // a count "since" a day is of what happened up to the report
  bool after = false;                 // befalls people once a deadline of the same sentence has passed
  bool carries = false;               // whom it is done to goes on from the claim before
  std::vector<std::string> statuses;  // word classes of what people have: beside one of them a number without a noun counts people,
  std::vector<std::string> things;    // unless one of these, the things themselves, is named
  std::optional<TargetId> counted;    // who they are if the figure counts people and nobody is named
  std::optional<TargetId> target;     // whom it is done to if nothing says otherwise
  std::optional<TargetId> among;      // a group that they belong to in any case
};

// The rows of kind `habit`, read once for a codebook.
struct Habits {
  std::vector<Habit> of;                                                 // by MeasureId
  std::vector<std::string> territory;                                    // codes of the regions that the campaign is about
  std::vector<std::string> held;                                         // codes of cities in them that are no part of it
  std::optional<Day> since;                                              // nothing that the campaign did is older
  std::vector<std::string> capitals;                                     // codes of cities that stand for their governments
  std::vector<std::string> papers;                                       // word classes of papers whose own day dates nothing else
  std::vector<std::string> goals;                                        // codes of regions that people go to and come back from
  std::vector<std::string> seats;                                        // codes of cities that stand for their regions in a title
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;  // codes that stand for several regions
  std::vector<std::pair<std::string, std::string>> jurisdictions;        // gazetteer id of an official or body, code of its region
  std::optional<SettingWeights> setting;  // of the signs by which a place is chosen; none where the codebook has none: rules alone choose
  std::optional<WhenWeights> when;        // likewise of the time,
  std::optional<StanceWeights> stance;    // of the stance
  std::optional<TargetWeights> targets;   // and of whom it befalls
  float sureness = 1;                     // of the encoder's log odds, how much holds on text that it has not learned from
  std::unordered_set<std::string> other_nouns;  // first words of nouns that the codebook takes for neither people nor papers nor offices
  std::string without;                          // id of the target group of those without what the campaign imposes
  std::string everywhere;                       // where a thing happens if no word says where; "" where the codebook does not say

  [[nodiscard]] static Habits make(const Codebook& book);
  // The code of the region for which an official or body of the gazetteer speaks; null for others.
  [[nodiscard]] const std::string* jurisdiction(const Actor& actor) const;
  // Whether a place lies in the territory: "UA-65/Kherson" does by "UA-65".
  [[nodiscard]] bool inside(std::string_view code) const;
  [[nodiscard]] bool capital(std::string_view code) const;
  [[nodiscard]] bool seat(std::string_view code) const;
  // Whether the codes together are the whole territory: "UA-DONBAS" and "UA-SOUTH".
  [[nodiscard]] bool whole(const std::vector<std::string>& codes) const;
};

// All that stands behind the claims of one document. Lists by sentence have one entry for each sentence of `text`.
struct Scene {
  const Document& document;
  const Text& text;
  const std::vector<Mentions>& mentions;
  const std::vector<SentenceReading>& readings;
  const std::vector<Voice>& voices;
  const Codebook& book;
  const Habits& habits;
};

// A value of a slot with the reason for it.
template <class T>
struct Given {
  T value{};
  Why why;
};

// Nearness within one sentence: tokens between two spans, dearer over punctuation. O(log tokens) a question after O(tokens).
class Nearness {
 public:
  Nearness(std::string_view bytes, const Text& text, const Sentence& sentence);

  // 0 for spans that touch or overlap; a comma counts as four words, a colon, dash or semicolon as ten.
  [[nodiscard]] int between(Span a, Span b) const;
  // The least over `spans`; `otherwise` where there are none.
  [[nodiscard]] int least(Span a, std::span<const Span> spans, int otherwise) const;

 private:
  [[nodiscard]] std::size_t token_at(std::uint32_t offset) const;

  std::vector<std::uint32_t> begins_;  // of the tokens
  std::vector<int> cost_;              // before each token
};

// What the code of a district ends with; before it stands that of its town.
inline constexpr std::string_view kDistrict = " district";
[[nodiscard]] inline bool is_district(std::string_view code) { return code.ends_with(kDistrict); }

// The region of a place's code: "UA-65" of "UA-65/Kherson", and of itself.
[[nodiscard]] inline std::string_view region_of(std::string_view code) { return code.substr(0, code.find('/')); }

// Whether a quotation mark is open before `span`: it is part of a name («Агенція Південь»), most often the outlet's. O(sentence).
[[nodiscard]] bool is_quoted(const Scene& scene, const Sentence& sentence, Span span);

// Where the words of a measure stand in a sentence: the cues that give it, and the words of its classes. Empty where the reader decided
// by other words; at most 24.
[[nodiscard]] std::vector<Span> anchors_of(const Scene& scene, std::size_t sentence, MeasureId measure);

// The last sentence that begins at `offset` or before it; the first where none does. O(log sentences).
[[nodiscard]] std::size_t sentence_at(const Text& text, std::uint32_t offset);

// The first token of a sentence that begins at `offset` or behind it, as index into Text::tokens; the end of the sentence where none does.
// O(log tokens).
[[nodiscard]] std::uint32_t token_from(const Scene& scene, std::size_t sentence, std::uint32_t offset);

// Whether a word of kind `slot-word` that gives `what` begins at token `token` (index into Text::tokens). O(log cues) and the cues there.
[[nodiscard]] bool is_slot_word(const Scene& scene, std::size_t sentence, std::uint32_t token, std::string_view what);

// A line of a few words alone in its paragraph and without a final stop.
[[nodiscard]] bool is_short_line(const Scene& scene, std::size_t sentence);

// Sentences before the article begins: the titles, then the lines of a letterhead or a dateline above the first real sentence.
[[nodiscard]] std::vector<std::size_t> head_of(const Scene& scene);

// Whether an option of a row, a list of words split by blanks, holds `word`.
[[nodiscard]] bool lists(const Row& row, std::string_view option, std::string_view word);

}  // namespace litopys
