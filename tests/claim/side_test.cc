// The side of a voice where the encoder has an opinion of what it tells. The opinions are given; codebook and gazetteer are the real ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "claim/claim_tools.h"
#include "claim/make.h"
#include "reader/slots.h"

namespace litopys {
namespace {

using claim_tools::document_of;
using claim_tools::tools;
using enum Side;

// How much more than any other side the encoder takes one for that of the claim in the sentence that begins with some words.
struct Opinion {
  const char* begin;
  Side side;
  float by;
};

struct Told {
  std::vector<Side> sides;
  std::vector<std::string> rules;  // behind each side; "" where the rules decided alone
};

Told told(Language language, const char* written, const std::vector<Opinion>& opinions, bool encoder = true) {
  const claim_tools::Tools& t = tools();
  const Document document = document_of(language, "2024-05-02", written, false);
  const Text text = t.analyser.analyse(document);
  const auto mentions = t.finder.find(document, text);
  std::vector<SentenceReading> readings(text.sentences.size());
  const std::size_t before = t.book.measures.size() + 1 + Names<Stance>::all.size() + Names<Credence>::all.size();
  constexpr std::size_t kPlaceKinds = 4;  // stand before the sides
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const auto words = text.sentences[i].span.of(document.text);
    const auto found = std::ranges::find_if(opinions, [&](const Opinion& opinion) { return words.starts_with(opinion.begin); });
    if (found == opinions.end()) continue;
    readings[i].measures.push_back({*t.book.measure("denial-welfare"), 0.9F, {}});
    if (!encoder) continue;
    readings[i].logits.assign(before + kSlotOutputs, 0.0F);
    const auto side = std::ranges::find(kSidesTold, found->side) - kSidesTold.begin();
    readings[i].logits[before + kPlaceKinds + static_cast<std::size_t>(side)] = found->by;
  }
  const VoiceReader reader = claim_tools::value_of(VoiceReader::make(t.book));
  Told out;
  for (const Claim& claim : make_claims(document, text, mentions, readings, reader.read(document, text, mentions, readings), t.book)) {
    const auto why = std::ranges::find(claim.why, "side", &Why::slot);
    out.sides.push_back(claim.side);
    out.rules.push_back(why == claim.why.end() ? "" : why->rule);
  }
  return out;
}

using Sides = std::vector<Side>;
using Rules = std::vector<std::string>;

TEST(VoiceSide, OfAPersonWithoutAnOfficeIsTheEncodersOpinion) {
  const Told en = told(Language::en, "Solomiia Hrabko said that pensions in Tokmak were stopped.", {{"Solomiia", ngo, 5}});
  EXPECT_EQ(en.sides, Sides{ngo});
  EXPECT_EQ(en.rules, Rules{"reader"});
  EXPECT_EQ(told(Language::uk, "Соломія Грабко сказала, що пенсії в Токмаку зупинили.", {{"Соломія", ngo, 5}}).sides, Sides{ngo});
  EXPECT_EQ(told(Language::ru, "Соломия Грабко сказала, что пенсии в Токмаке остановили.", {{"Соломия", ngo, 5}}).sides, Sides{ngo});
}

TEST(VoiceSide, IsOneForAllThatAVoiceTells) {
  const Told both =
      told(Language::en,
           "Solomiia Hrabko said that pensions in Tokmak were stopped.\nThe bazaar is shut.\nSolomiia Hrabko said that help was "
           "refused too.",
           {{"Solomiia Hrabko said that pensions", ngo, 8}, {"Solomiia Hrabko said that help", resident, 1}});
  EXPECT_EQ(both.sides, (Sides{ngo, ngo}));
}

TEST(VoiceSide, OfSomebodyKnownStaysWhereTheEncoderWavers) {
  const Told known = told(Language::en, "Ivan Fedorov said that pensions in Tokmak were stopped.", {{"Ivan", resident, 3}});
  EXPECT_EQ(known.sides, Sides{ukraine});
  EXPECT_EQ(known.rules, Rules{""});
}

TEST(VoiceSide, OfTheDocumentItselfIsTheEncodersWhereItsSignsAreWeak) {
  const char* text = "Pensions in Tokmak are paid to holders of the passport.\nHelp in Enerhodar goes to them alone.";
  EXPECT_EQ(told(Language::en, text, {{"Pensions", ngo, 8}, {"Help", ngo, 8}}).sides, (Sides{ngo, ngo}));
  EXPECT_EQ(told(Language::en, text, {{"Pensions", ngo, 1}, {"Help", outlet, 1}}).sides, (Sides{outlet, outlet}));
}

TEST(VoiceSide, IsThatOfTheRulesWithoutAnEncoder) {
  EXPECT_EQ(told(Language::en, "Pensions in Tokmak are paid to holders of the passport.", {{"Pensions", ngo, 8}}, false).sides,
            Sides{outlet});
}

}  // namespace
}  // namespace litopys
