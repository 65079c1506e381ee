#include "reader/topic.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "sample.h"

namespace litopys {
namespace {

using sample::value;

const Codebook& campaign() {
  static const Codebook kBook = value(load_codebook(std::filesystem::path(LITOPYS_SOURCE_DIR) / "codebooks" / "passportization"));
  return kBook;
}

Text read(std::string_view text) {
  static const TextAnalyser kAnalyser = value(TextAnalyser::load(LITOPYS_SOURCE_DIR "/data/morphology", campaign()));
  return kAnalyser.analyse(sample::Stages::document(text));
}

bool about(std::string_view text) {
  const TopicGate gate = value(TopicGate::make(campaign()));
  const Text cut = read(text);
  return gate.names_subject(cut) && gate.names_setting(cut, {});
}

TEST(Topic, ADocumentNamesTheSubjectAndTheSettingSomewhere) {
  EXPECT_TRUE(about("Passports are handed out daily. Nobody in Kherson has asked for them."));
  EXPECT_TRUE(about("У Токмаку знову ходили по дворах. Питали роспаспорт."));
  EXPECT_TRUE(about("В посёлке открыли пункт. Гражданство РФ оформляют за день."));
  EXPECT_TRUE(about("Мер каже, що «оформить паспорт гражданина России» вимагають у лікарні."));
}

TEST(Topic, OtherPassportsAndOtherNewsAreOut) {
  EXPECT_FALSE(about("British passports will be blue again. The minister promised a shorter queue."));
  EXPECT_FALSE(about("The deadline for the library fine is Friday. Doctors refused to comment."));
  EXPECT_FALSE(about("Російські війська обстріляли село. Поранено двох людей."));
  EXPECT_FALSE(about("Городской совет повысил штрафы за парковку."));
}

TEST(Topic, APlaceOfTheLandIsASettingByItself) {
  const TopicGate gate = value(TopicGate::make(campaign()));
  const Text text = read("In Lazurne they ask for the red book.");
  ASSERT_EQ(text.sentences.size(), 1U);
  std::vector<Mentions> mentions(1);
  EXPECT_FALSE(gate.names_setting(text, mentions));
  mentions[0].places.push_back({});
  mentions[0].places[0].codes = {"PL-MZ/Warsaw"};
  EXPECT_FALSE(gate.names_setting(text, mentions));
  mentions[0].places[0].codes = {"UA-65/Lazurne"};
  mentions[0].places[0].span = text.tokens[1].span;
  EXPECT_TRUE(gate.names_setting(text, mentions));
  mentions[0].places[0].span = text.tokens[2].span;
  EXPECT_FALSE(gate.names_setting(text, mentions)) << "written small it may be another word";
}

TEST(Topic, JunkLinesDoNotCount) {
  const TopicGate gate = value(TopicGate::make(campaign()));
  Text text = read("Read also: passports in Kherson.");
  EXPECT_TRUE(gate.names_subject(text));
  for (Sentence& sentence : text.sentences) sentence.junk = true;
  EXPECT_FALSE(gate.names_subject(text));
  EXPECT_FALSE(gate.names_setting(text, {}));
}

TEST(Topic, ACodebookWithoutTopicRowsTakesEveryDocument) {
  const TopicGate gate = value(TopicGate::make(sample::small_codebook()));
  EXPECT_TRUE(gate.names_subject(read("It rained.")));
  EXPECT_TRUE(gate.names_setting(read("It rained."), {}));
}

TEST(Topic, RowsFireOnTheirExamplesAndNotOnTheirCounterExamples) {
  for (const std::string_view kind : {"topic", "topic-setting"}) {
    for (const RowId id : campaign().rows_of(kind)) {
      Codebook one;
      one.rows.push_back(campaign().rows[id]);
      const TopicGate gate = value(TopicGate::make(one));
      const auto fires = [&](const std::string& text) {
        return kind == "topic" ? gate.names_subject(read(text)) : gate.names_setting(read(text), {});
      };
      EXPECT_FALSE(one.rows[0].yes.empty() || one.rows[0].no.empty()) << one.rows[0].id;
      for (const std::string& yes : one.rows[0].yes) EXPECT_TRUE(fires(yes)) << one.rows[0].id << ": " << yes;
      for (const std::string& no : one.rows[0].no) EXPECT_FALSE(fires(no)) << one.rows[0].id << ": " << no;
    }
  }
}

}  // namespace
}  // namespace litopys
