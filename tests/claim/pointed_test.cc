// What the claim stage makes of where the encoder points. The pointing is given; codebook, gazetteer and dictionaries are the real ones.
#include <gtest/gtest.h>

#include "claim/claim_tools.h"
#include "claim/make.h"
#include "claim/target_weights.h"
#include "reader/slots.h"

namespace litopys {
namespace {

using claim_tools::document_of;
using claim_tools::tools;

const VoiceReader& voice_reader() {
  static const VoiceReader kReader = claim_tools::value_of(VoiceReader::make(tools().book));
  return kReader;
}

// The claim of `measure` in the sentence that begins with `begin`, where the encoder points at `words` (each with its share), and with
// what is left at nobody (or `rest`).
struct Asked {
  const char* text;
  const char* begin;
  const char* measure;
  PointerSlot slot;
  std::vector<std::pair<const char*, float>> words;
  Absent rest = Absent::none;
};

Claim claim_of(const Asked& asked) {
  const claim_tools::Tools& t = tools();
  const Document document = document_of(Language::en, "2024-05-02", asked.text, false);
  const Text text = t.analyser.analyse(document);
  const auto mentions = t.finder.find(document, text);
  std::vector<SentenceReading> readings(text.sentences.size());
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (!text.sentences[i].span.of(document.text).starts_with(asked.begin)) continue;
    readings[i].measures.push_back({*t.book.measure(asked.measure), 0.9F, {}});
    readings[i].pointing.resize(kPointerSlots);
    for (Pointing& other : readings[i].pointing) other.absent[static_cast<std::size_t>(Absent::elsewhere)] = 1;
    Pointing& pointing = readings[i].pointing[static_cast<std::size_t>(asked.slot)];
    pointing.absent = {};
    float left = 1;
    for (const auto& [word, share] : asked.words) {
      const auto at = static_cast<std::uint32_t>(document.text.find(word));
      pointing.words.push_back({{at, at + static_cast<std::uint32_t>(std::string_view(word).size())}, share});
      left -= share;
    }
    pointing.absent[static_cast<std::size_t>(asked.rest)] = left;
  }
  const auto voices = voice_reader().read(document, text, mentions, readings);
  const auto claims = make_claims(document, text, mentions, readings, voices, t.book);
  EXPECT_EQ(claims.size(), 1U) << asked.text;
  return claims.empty() ? Claim{} : claims.front();
}

using Names = std::vector<std::string>;

TEST(PointedVoice, IsTheOneThatTheEncoderIsMuchSurerOf) {
  const char* text = "The porter of the clinic lets on that insulin is kept for those with the red booklet in Tokmak.";
  EXPECT_EQ(claim_of({text, "The porter", "denial-healthcare", PointerSlot::origin, {{"porter", 0.9F}}}).sources, Names{"porter"});
}

TEST(PointedVoice, SpeaksForTheStateThatItNames) {
  const char* text = "Latvia turned back 94 persons with such passports from Crimea in this quarter.";
  EXPECT_EQ(claim_of({text, "Latvia", "remedy", PointerSlot::origin, {{"Latvia", 0.95F}}}).side, Side::foreign_state);
}

TEST(PointedVoice, LeavesWhatTheRulesSayWhereTheEncoderWavers) {
  const char* text = "Ivan Fedorov said that a porter had seen how insulin was refused in Tokmak.";
  EXPECT_EQ(claim_of({text, "Ivan", "denial-healthcare", PointerSlot::origin, {{"Fedorov", 0.4F}, {"porter", 0.5F}}}).sources,
            Names{"Ivan Fedorov"});
}

TEST(PointedVoice, KeepsWordsThatStandTogether) {
  const char* text = "In the copybook of the ferry people 40 men were turned back at Chonhar.";
  EXPECT_EQ(claim_of({text, "In the", "denial-movement", PointerSlot::origin, {{"ferry", 0.4F}, {"people", 0.55F}}}).sources,
            Names{"ferry people"});
}

TEST(PointedVoice, BringsWhoHandsItOnFromWhereTheRulesFoundIt) {
  const char* text =
      "Petro Andriushchenko told Ukrinform that queues had grown in Mariupol.\nThe market is open. Nobody smiles there. The sea is "
      "calm.\nPensions are now paid to holders of the new passport only.";
  const Claim claim = claim_of({text, "Pensions", "denial-welfare", PointerSlot::origin, {{"Petro", 0.4F}, {"Andriushchenko", 0.55F}}});
  EXPECT_EQ(claim.sources, (Names{"Petro Andriushchenko", "Ukrinform"}));
  EXPECT_EQ(claim.side, Side::ukraine);
}

TEST(PointedVoice, IsTheDocumentsOwnWhereTheEncoderPointsAtNobody) {
  const char* text = "Yevgeny Balitsky said that all was well in Melitopol. Pensions are paid there to holders of the passport only.";
  const Claim claim = claim_of({text, "Pensions", "denial-welfare", PointerSlot::origin, {{"Balitsky", 0.05F}}});
  EXPECT_EQ(claim.sources, Names{});
  EXPECT_EQ(claim.side, Side::outlet);
}

TEST(PointedTime, IsTakenFromAnEarlierSentence) {
  const char* text = "On 9 March 2024 the office in Tokmak was moved to the school.\nThere 300 passports were handed out.";
  EXPECT_EQ(claim_of({text, "There", "issuance", PointerSlot::when, {{"9", 0.5F}, {"March", 0.45F}}}).when->str(), "2024-03-09");
}

TEST(PointedTime, IsMadeOfByTheMeasuresHabit) {
  const char* text = "By 1 July 2024 everyone is to be counted.\nWhoever has no passport in Tokmak must apply.";
  EXPECT_EQ(claim_of({text, "Whoever", "deadline", PointerSlot::when, {{"1", 0.5F}, {"July", 0.45F}}}).when->str(), "../2024-07-01");
}

TEST(PointedTime, IsTheDayOfTheReportForATotal) {
  const char* text = "In Tokmak 300 people have the passport.";
  EXPECT_EQ(claim_of({text, "In Tokmak", "issuance", PointerSlot::when, {}, Absent::as_of}).when->str(), "../2024-05-02");
}

TEST(PointedTime, IsNoneWhereTheEncoderIsSureOfNone) {
  const char* text = "After the vote of March 2024 pensions in Tokmak go to holders of the passport only.";
  EXPECT_FALSE(claim_of({text, "After", "denial-welfare", PointerSlot::when, {{"March", 0.1F}}}).when.has_value());
}

TEST(PointedTime, LeavesWordsThatAreNoTime) {
  const char* text = "On 9 March 2024 pensions in Tokmak were cut off for those without the passport.";
  EXPECT_EQ(claim_of({text, "On 9", "denial-welfare", PointerSlot::when, {{"Tokmak", 0.9F}}}).when->str(), "2024-03-09");
}

TEST(PointedFigure, IsNoneWhereTheEncoderIsSureOfNone) {
  const char* text = "In Tokmak three women with prams queued for the passport.";
  EXPECT_FALSE(claim_of({text, "In Tokmak", "issuance", PointerSlot::figure, {{"three", 0.05F}}}).figure.has_value());
  EXPECT_TRUE(claim_of({text, "In Tokmak", "issuance", PointerSlot::figure, {{"three", 0.4F}}}).figure.has_value());
}

// What the figure of a sentence about infrastructure counts, where the encoder is sure of `said`.
Unit counted(const char* text, Unit said) {
  constexpr std::size_t kBeforeUnits = 12;  // places and sides stand before them (reader/slots.h)
  const claim_tools::Tools& t = tools();
  const Document document = document_of(Language::en, "2024-05-02", text, false);
  const Text read = t.analyser.analyse(document);
  const auto mentions = t.finder.find(document, read);
  std::vector<SentenceReading> readings(read.sentences.size());
  const std::size_t before = t.book.measures.size() + 1 + litopys::Names<Stance>::all.size() + litopys::Names<Credence>::all.size();
  readings[0].measures.push_back({*t.book.measure("infrastructure"), 0.9F, {}});
  readings[0].logits.assign(before + kSlotOutputs, 0.0F);
  readings[0].logits[before + kBeforeUnits + static_cast<std::size_t>(said)] = 8;
  const auto claims = make_claims(document, read, mentions, readings, voice_reader().read(document, read, mentions, readings), t.book);
  EXPECT_TRUE(claims.size() == 1 && claims.front().figure) << text;
  return claims.empty() || !claims.front().figure ? Unit::currency : claims.front().figure->unit;
}

TEST(PointedFigure, CountsWhatTheEncoderSaysWhereNoRowKnowsTheNoun) {
  EXPECT_EQ(counted("In Tokmak they opened four of a new kind.", Unit::office), Unit::office);
  EXPECT_EQ(counted("In Tokmak they sent out six mobile teams.", Unit::office), Unit::other);
}

TEST(PointedFigure, IsANumberThatTheMeasureTakesNoneOfByItself) {
  const char* text = "The offender is fined in Tokmak; eleven so far.";
  const Claim claim = claim_of({text, "The offender", "fine", PointerSlot::figure, {{"eleven", 0.9F}}});
  ASSERT_TRUE(claim.figure.has_value());
  EXPECT_EQ(claim.figure->value.str(), "11");
}

// What the encoder is sure of holds less often on text that it has not learned from; the light reader promises no more than it keeps.
TEST(Confidence, OfWhatTheEncoderHasJudgedIsNearerToAHalfInTheSameOrder) {
  const claim_tools::Tools& t = tools();
  const Document document =
      document_of(Language::en, "2024-05-02", "In Tokmak clinics turn away whoever has no passport and fine them.", false);
  const Text read = t.analyser.analyse(document);
  const auto mentions = t.finder.find(document, read);
  const auto confidences = [&](bool encoder) {
    std::vector<SentenceReading> readings(read.sentences.size());
    readings[0].measures.push_back({*t.book.measure("denial-healthcare"), 0.9F, {}});
    readings[0].measures.push_back({*t.book.measure("fine"), 0.6F, {}});
    const std::size_t outputs = t.book.measures.size() + 1 + litopys::Names<Stance>::all.size() + litopys::Names<Credence>::all.size();
    if (encoder) readings[0].logits.assign(outputs + kSlotOutputs, 0.0F);
    const auto claims = make_claims(document, read, mentions, readings, voice_reader().read(document, read, mentions, readings), t.book);
    std::vector<double> out;
    for (const Claim& claim : claims) out.push_back(claim.confidence);
    return out;
  };
  const std::vector<double> light = confidences(false), careful = confidences(true);
  ASSERT_EQ(light.size(), 2U);
  ASSERT_EQ(careful.size(), 2U);
  EXPECT_NEAR(light[0], 0.9, 1e-6);
  EXPECT_LT(careful[0], light[0]);
  EXPECT_LT(careful[1], light[1]);
  EXPECT_GT(careful[0], careful[1]);
  EXPECT_GT(careful[1], 0.5);
}

TEST(TargetWeights, LetAGroupInThatRulesAndEncoderSpeakForTogether) {
  const Codebook& book = tools().book;
  const TargetWeights weights =
      TargetWeights::of_words({"children=-2", "children.said=1", "children.reader=1", "children.fine=-3", "musicians=5"}, book);
  const TargetId children = *book.target("children"), parents = *book.target("parents");
  const auto said = [](std::vector<TargetId> groups) { return TargetSigns{0, std::move(groups), {}, {}, {}, {}, false}; };
  SentenceReading reading;
  EXPECT_FALSE(weights.weighed(said({children}), reading, book).has_value());  // the encoder did not look
  reading.logits.assign(book.measures.size() + 11 + kSlotOutputs, 0.0F);
  EXPECT_EQ(weights.weighed(said({children, parents}), reading, book),
            std::vector<TargetId>{parents});                  // -2 + 1 + 0; rules alone for parents
  const std::size_t at = book.measures.size() + 11 + 20 + 2;  // the third of the groups that the encoder knows
  reading.logits[at] = 1.5F;
  EXPECT_EQ(weights.weighed(said({children}), reading, book), std::vector<TargetId>{children});  // -2 + 1 + 1.5
  EXPECT_EQ(weights.weighed(said({}), reading, book), std::vector<TargetId>{});                  // -2 + 1.5
  EXPECT_EQ(weights.weighed({*book.measure("fine"), {children}, {}, {}, {}, {}, false}, reading, book), std::vector<TargetId>{});
}

}  // namespace
}  // namespace litopys
