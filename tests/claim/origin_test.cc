// Whose words a sentence is, by weights of the test's own: each shows what one sign does.
#include "claim/origin_look.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "claim/claim_tools.h"

namespace litopys {
namespace {

using claim_tools::tools;

const char* const kReport =
    "Ivan Fedorov said that a porter had seen the list. Insulin is refused in Tokmak.\n\nThe hospital of Polohy is closed, a nurse says.";

// The voice of each sentence by these weights (none: the row is left out), where the encoder points at "porter" with `share` in the first
// sentence and at nobody in the others.
std::vector<Voice> read(const std::vector<std::string>& weights, float share, std::vector<OriginChoice>* choices = nullptr) {
  const claim_tools::Tools& t = tools();
  Codebook book = t.book;
  for (Row& row : book.rows) {
    if (row.id == "origin") row.words = weights;
  }
  const VoiceReader reader = claim_tools::value_of(VoiceReader::make(book));
  const Document document = claim_tools::document_of(Language::en, "2024-05-02", kReport, false);
  const Text text = t.analyser.analyse(document);
  std::vector<SentenceReading> readings(text.sentences.size());
  for (std::size_t i = 0; i < readings.size(); ++i) {
    readings[i].measures.push_back({*t.book.measure("denial-healthcare"), 0.9F, {}});
    readings[i].pointing.resize(kPointerSlots);
    Pointing& pointing = readings[i].pointing[static_cast<std::size_t>(PointerSlot::origin)];
    pointing.absent[static_cast<std::size_t>(Absent::none)] = 0.5F;
    const auto at = static_cast<std::uint32_t>(document.text.find("porter"));
    if (i == 0) pointing.words.push_back({{at, at + 6}, share});
  }
  return reader.read(document, text, t.finder.find(document, text), readings, choices);
}

std::string speaker(const Voice& voice) { return voice.sources.empty() ? "-" : voice.sources.front(); }

TEST(Origin, IsWhatRulesAndEncoderSayWhereNothingIsWeighed) { EXPECT_EQ(speaker(read({}, 0.2F).front()), "Ivan Fedorov"); }

TEST(Origin, IsWhomTheEncoderPointsAtWhereThatWeighsMost) {
  const Voice voice = read({"pointed_here=1"}, 0.2F).front();
  EXPECT_EQ(speaker(voice), "porter");
  EXPECT_EQ(voice.rule, "weighed");
  EXPECT_NE(voice.note.find("pointed_here"), std::string::npos) << voice.note;
}

TEST(Origin, IsNobodyOrTheLastVoiceBeforeByTheirSigns) {
  EXPECT_EQ(speaker(read({"none=9"}, 0.2F)[1]), "-");
  EXPECT_EQ(speaker(read({"last=9"}, 0.2F)[1]), "Ivan Fedorov");
}

TEST(Origin, TellsWhatItWasChosenFrom) {
  std::vector<OriginChoice> choices;
  (void)read({}, 0.2F, &choices);
  ASSERT_EQ(choices.size(), 3U);
  std::vector<std::string> names;
  for (const OriginLook& look : choices.front().looks) names.push_back(speaker(look.voice));
  EXPECT_EQ(names, (std::vector<std::string>{"Ivan Fedorov", "-", "porter"}));
}

TEST(Origin, LeavesAReportAloneThatNoEncoderHasSeen) {
  const claim_tools::Tools& t = tools();
  const Document document = claim_tools::document_of(Language::en, "2024-05-02", kReport, false);
  const Text text = t.analyser.analyse(document);
  std::vector<OriginChoice> choices;
  const VoiceReader reader = claim_tools::value_of(VoiceReader::make(t.book));
  EXPECT_EQ(speaker(reader.read(document, text, t.finder.find(document, text), {}, &choices).front()), "Ivan Fedorov");
  EXPECT_TRUE(choices.empty());
}

}  // namespace
}  // namespace litopys
