#include "claim/when.h"

#include <algorithm>

#include "claim/when_look.h"
#include "claim/when_rules.h"

namespace litopys {

const Time* leading_time(const Scene& scene, std::size_t index) {
  constexpr std::ptrdiff_t kFewWords = 4;
  if (scene.mentions[index].times.size() != 1) return nullptr;
  const auto tokens = scene.text.tokens_of(scene.text.sentences[index]);
  const auto words = std::count_if(tokens.begin(), tokens.end(), [](const Token& t) { return t.kind != TokenKind::punctuation; });
  const Time& time = scene.mentions[index].times[0];
  const bool dates = time.form == TimeForm::point || time.form == TimeForm::between;
  return words <= kFewWords && time.when && dates ? &time : nullptr;
}

WhenAnswer when_of(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame) {
  const WhenAnswer ruled = ruled_when(scene, index, measure, frame);
  WhenAnswer pointed = pointed_when(scene, index, measure, frame, ruled);
  if (!scene.habits.when || scene.habits.of[measure].when == TimeHabit::never || is_settled(ruled)) return pointed;
  const std::vector<WhenLook> looks = when_looks(scene, index, measure, frame, ruled, pointed);
  const WhenLook& best = likeliest_when(looks, *scene.habits.when);
  WhenAnswer answer = best.answer;
  if (answer.value == pointed.value) return pointed;
  answer.why.note += (answer.why.note.empty() ? "" : "; ") + reasons_of(best, *scene.habits.when);
  return answer;
}

}  // namespace litopys
