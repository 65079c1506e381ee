#include "reader/learn.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "reader/light.h"
#include "sample.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;
using sample::stages;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

class Learning : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new litopys::testing::TemporaryFolder;
    sample::write_training(folder_->path());
    set_ = new TrainingSet(sample::value(load_training({folder_->path()}, stages().book, stages().tools())));
    model_ = folder_->path() / "light.model";
    report_ = new LearnReport(sample::value(learn(set_->documents, stages().book, model_)));
  }
  static void TearDownTestSuite() {
    delete report_;
    delete set_;
    delete folder_;
  }

  // The likeliest measure of each sentence: "issuance; -; fine".
  static std::string read(std::string_view text, std::vector<SentenceReading>* readings = nullptr) {
    const LightReader light = sample::value(LightReader::load(model_, stages().book));
    const Document document = sample::Stages::document(text);
    const Text analysed = stages().analyser.analyse(document);
    const std::vector<SentenceReading> got = light(document, analysed, stages().mentions(analysed));
    std::string out;
    for (const SentenceReading& r : got) {
      if (!out.empty()) out += "; ";
      out += r.measures.empty() ? "-" : stages().book.measures[r.measures[0].measure].id;
      EXPECT_TRUE(std::ranges::is_sorted(r.measures, std::greater<>(), &MeasureScore::probability));
    }
    if (readings != nullptr) *readings = got;
    return out;
  }

  static inline litopys::testing::TemporaryFolder* folder_ = nullptr;
  static inline TrainingSet* set_ = nullptr;
  static inline LearnReport* report_ = nullptr;
  static inline fs::path model_;
};

TEST_F(Learning, LeavesBlindDocumentsOut) {
  for (const TrainingDocument& d : set_->documents) EXPECT_NE(d.id, "doc-5");
  EXPECT_NE(std::ranges::find(set_->notes, "doc-5: blind, left out"), set_->notes.end());
  const auto annotated = std::ranges::count(set_->documents, TrainingDocument::Kind::annotated, &TrainingDocument::kind);
  EXPECT_EQ(annotated, 5);
}

TEST_F(Learning, LabelsTheSentencesThatAQuoteLiesOn) {
  const TrainingDocument& d = set_->documents.front();
  ASSERT_EQ(d.sentences.size(), 2U);
  EXPECT_EQ(d.sentences[0].measures, std::vector<MeasureId>{*stages().book.measure("issuance")});
  EXPECT_EQ(d.sentences[0].stance, Stance::asserted);
  EXPECT_TRUE(d.sentences[1].measures.empty());
  EXPECT_TRUE(d.sentences[1].labelled);
}

TEST_F(Learning, GivesTheSameBytesTwice) {
  const fs::path again = folder_->path() / "again.model";
  ASSERT_TRUE(learn(set_->documents, stages().book, again));
  EXPECT_EQ(bytes_of(model_), bytes_of(again));
}

TEST_F(Learning, ReportsQualityByLanguage) {
  ASSERT_FALSE(report_->claims.empty());
  EXPECT_EQ(report_->claims.front().group, "all");
  EXPECT_EQ(report_->claims.front().gold, 5U);
  EXPECT_GT(report_->claims.front().f1(), 0.7);
  EXPECT_NE(report_->text.find("en dense"), std::string::npos);
}

TEST_F(Learning, WhatWasLearnedHoldsForTextThatWasNotSeen) {
  EXPECT_EQ(read("Notes from the coast\nNinety passports were handed out at the library.\nThe sea was calm and the nets were full.\n"
                 "The driver was fined on the spot.\nThe hospital sent the fishermen home."),
            "-; issuance; -; fine; denial-healthcare");
}

TEST_F(Learning, ReasonsNameTheRowsThatFired) {
  std::vector<SentenceReading> readings;
  ASSERT_EQ(read("The driver was fined.", &readings), "fine");
  std::string reasons;
  for (const Reason& r : readings[0].measures[0].reasons) {
    reasons += r.what + "; ";
    EXPECT_GT(r.weight, 0);
  }
  EXPECT_NE(reasons.find("cue en.fine"), std::string::npos) << reasons;
  EXPECT_LE(readings[0].measures[0].reasons.size(), 5U);
}

TEST_F(Learning, TextWithoutSentencesAndOtherLanguagesMakeNothing) {
  EXPECT_EQ(read(""), "");
  Document document = sample::Stages::document("Forty passports were handed out.");
  Text text = stages().analyser.analyse(document);
  text.language = Language::other;
  const LightReader light = sample::value(LightReader::load(model_, stages().book));
  for (const SentenceReading& r : light(document, text, stages().mentions(text))) EXPECT_TRUE(r.measures.empty());
}

TEST_F(Learning, JunkMakesNothing) {
  Document document = sample::Stages::document("Forty passports were handed out in Tokmak.");
  Text text = stages().analyser.analyse(document);
  ASSERT_EQ(text.sentences.size(), 1U);
  text.sentences[0].junk = true;
  const LightReader light = sample::value(LightReader::load(model_, stages().book));
  EXPECT_TRUE(light(document, text, stages().mentions(text))[0].measures.empty());
}

TEST_F(Learning, AModelOfAnotherCodebookIsRefused) {
  Codebook other = stages().book;
  other.id = "other";
  const auto wrong_id = LightReader::load(model_, other);
  ASSERT_FALSE(wrong_id);
  EXPECT_EQ(wrong_id.error().kind, ErrorKind::kConfig);
  Codebook fewer = stages().book;
  fewer.measures.pop_back();
  const auto missing = LightReader::load(model_, fewer);
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().problem.find("denial-healthcare"), std::string::npos);
}

TEST(LearningFrom, NothingIsAnErrorThatSaysSo) {
  const litopys::testing::TemporaryFolder empty;
  const auto set = load_training({empty.path()}, stages().book, stages().tools());
  ASSERT_FALSE(set);
  EXPECT_NE(set.error().problem.find("no annotated text"), std::string::npos);
  EXPECT_FALSE(load_training({empty.path() / "none"}, stages().book, stages().tools()));
  EXPECT_FALSE(learn({}, stages().book, empty.path() / "m"));
}

TEST(LearningFrom, DamagedTrainingTextIsNotedAndPassedOver) {
  const litopys::testing::TemporaryFolder folder;
  sample::write(folder.path() / "en.tsv",
                "issuance\tasserted\tplain\t\tForty passports were handed out.\nno tabs here\nmagic\tasserted\tplain\t\tA sentence.\n");
  const auto set = load_training({folder.path()}, stages().book, stages().tools());
  ASSERT_TRUE(set);
  EXPECT_EQ(set->documents.size(), 2U);
  ASSERT_EQ(set->notes.size(), 2U);
  EXPECT_EQ(set->notes[0], "en.tsv: line 2: 1 cells, 5 expected");
  EXPECT_EQ(set->notes[1], "en.tsv: line 3: unknown measure in \"magic\"");
}

// The model that the repository ships fits the codebook beside it.
TEST(ShippedModel, FitsTheShippedCodebook) {
  const auto book = load_codebook(LITOPYS_SOURCE_DIR "/codebooks/passportization");
  ASSERT_TRUE(book) << book.error().line();
  const auto light = LightReader::load(LITOPYS_SOURCE_DIR "/data/reader/light.model", *book);
  ASSERT_TRUE(light) << light.error().line();
  EXPECT_EQ(light->head().measures.size(), book->measures.size());
  EXPECT_EQ(light->head().licence, "Apache-2.0");
}

}  // namespace
}  // namespace litopys
