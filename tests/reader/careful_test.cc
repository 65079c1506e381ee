// The careful reader as it is shipped, on a few sentences of our own.
#include "reader/careful.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <tuple>

#include "codebook/gazetteer.h"
#include "mention/find.h"
#include "reader/encoder.h"
#include "reader/sample.h"
#include "reader/windows.h"

namespace litopys {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

// Loaded once: what reading needs, without the stages around it.
struct World {
  Codebook book;
  std::unique_ptr<const Gazetteer> gazetteer;  // finders point to it
  TextAnalyser texts;
  MentionFinder mentions;
  LightReader light;
  CarefulReader careful;

  static const World& shared() {
    static const World* const kWorld = [] {
      const std::filesystem::path root(LITOPYS_SOURCE_DIR);
      Codebook rows = load_codebook(root / "codebooks" / "passportization").value();
      auto places = std::make_unique<const Gazetteer>(load_gazetteer(root / "gazetteer").value());
      TextAnalyser analyser = TextAnalyser::load(root / "data" / "morphology", rows).value();
      LightReader words = LightReader::load(root / "data" / "reader" / "light.model", rows).value();
      CarefulReader encoder = CarefulReader::load(root / "data" / "reader" / "careful.model", words, rows).value();
      MentionFinder finder = MentionFinder::make(rows, *places).value();
      return new World{std::move(rows), std::move(places), std::move(analyser), std::move(finder), std::move(words), std::move(encoder)};
    }();
    return *kWorld;
  }

  // The measures of every sentence of `text`.
  template <class R>
  [[nodiscard]] std::vector<SentenceReading> readings(const R& reader, std::string_view text, Language language) const {
    Document document = sample::Stages::document(text);
    document.language = language;
    const Text analysed = texts.analyse(document);
    return reader(document, analysed, mentions.find(document, analysed));
  }
  [[nodiscard]] std::vector<std::vector<std::string>> measures(std::string_view text, Language language) const {
    std::vector<std::vector<std::string>> out;
    for (const SentenceReading& r : readings(careful, text, language)) {
      out.emplace_back();
      for (const MeasureScore& m : r.measures) out.back().push_back(book.measures[m.measure].id);
    }
    return out;
  }
};

TEST(CarefulReader, SaysWhatAFewSentencesClaimInThreeLanguages) {
  const World& w = World::shared();
  EXPECT_THAT(w.measures("In occupied Melitopol the clinic treats no diabetic who lacks a Russian passport.\n", Language::en),
              Contains(Contains("denial-healthcare")));
  EXPECT_THAT(w.measures("У захопленому Бердянську без паспорта РФ пенсіонерам більше не платять пенсій.\n", Language::uk),
              Contains(Contains("denial-welfare")));
  EXPECT_THAT(w.measures("За полгода в Херсонской области выдали 48 тысяч российских паспортов.\n", Language::ru),
              Contains(Contains("issuance")));
}

TEST(CarefulReader, ClaimsNothingInTalkOfOtherThings) {
  const World& w = World::shared();
  for (const auto& one :
       w.measures("The bakery on our street opens at six.\nIts owner, a widower, keeps two cats and has a licence to sell beer.\n",
                  Language::en)) {
    EXPECT_THAT(one, IsEmpty());
  }
}

TEST(CarefulReader, PointsAtWhoSaysAClaim) {
  const World& w = World::shared();
  for (const auto& [text, name, language] :
       {std::tuple{"In Melitopol pensions go only to holders of the Russian passport, mayor Ivan Fedorov said.\n", "Ivan Fedorov",
                   Language::en},
        std::tuple{"У Мелітополі пенсії дають лише з паспортом РФ, розповів мер Іван Федоров.\n", "Іван Федоров", Language::uk},
        std::tuple{"В Мелитополе пенсию дают только с паспортом РФ, рассказал мэр Иван Федоров.\n", "Иван Федоров", Language::ru}}) {
    const auto readings = w.readings(w.careful, text, language);
    ASSERT_EQ(readings.size(), 1U);
    ASSERT_EQ(readings[0].pointing.size(), kPointerSlots);
    const auto at = static_cast<std::uint32_t>(std::string_view(text).find(name));
    const Pointing& origin = readings[0].pointing[static_cast<std::size_t>(PointerSlot::origin)];
    EXPECT_GT(origin.of({at, at + static_cast<std::uint32_t>(std::string_view(name).size())}), 0.3F) << text;
    float sum = 0;
    for (const float absent : origin.absent) sum += absent;
    for (const Pointed& p : origin.words) sum += p.probability;
    EXPECT_NEAR(sum, 1, 0.2) << text;
  }
}

TEST(CarefulReader, NamesItsScoreAmongTheReasons) {
  const World& w = World::shared();
  bool named = false;
  for (const SentenceReading& r :
       w.readings(w.careful, "За полгода в Херсонской области выдали 48 тысяч российских паспортов.\n", Language::ru)) {
    for (const MeasureScore& m : r.measures) {
      ASSERT_FALSE(m.reasons.empty());
      EXPECT_EQ(m.reasons.front().what, "careful reader");
      named = true;
    }
  }
  EXPECT_TRUE(named);
}

// A sentence that is nearly a claim, or nearly none, is read again beside its neighbours, and the mean counts; the others keep their first
// reading.
TEST(CarefulReader, ReadsAgainWhatItIsUnsureOf) {
  const World& w = World::shared();
  const std::filesystem::path root(LITOPYS_SOURCE_DIR);
  const Encoder encoder(EncoderFile::open(root / "data" / "reader" / "careful.model").value());
  const std::size_t measure = w.book.measure(encoder.head().measures[0]).value();
  std::size_t once = 0, again = 0;
  for (const char* name : {"en-2023-05-intelligence-update.txt", "en-2025-09-after-deadline.txt"}) {
    std::ifstream file(root / "samples" / "en" / name);
    Document document = sample::Stages::document(std::string(std::istreambuf_iterator<char>(file), {}));
    document.language = Language::en;
    const Text text = w.texts.analyse(document);
    const std::vector<SentenceReading> readings = w.careful(document, text, w.mentions.find(document, text));
    std::vector<bool> wanted;
    for (const SentenceReading& reading : readings) wanted.push_back(!reading.logits.empty());
    const std::vector<Window> windows = windows_of(document, text, wanted, encoder);
    const EncoderOutputs first = encoder.outputs(windows);
    std::size_t row = 0;
    for (const Window& window : windows) {
      for (const Window::Judged& judged : window.judged) {
        const float logit = std::clamp(first.numbers[row++ * encoder.head().outputs], -8.0F, 8.0F);
        ++(logit == readings[judged.sentence].logits[measure] ? once : again);
      }
    }
  }
  EXPECT_GT(again, 0U);
  EXPECT_GT(once, again);
}

TEST(CarefulReader, SaysTheSameInEveryThread) {
  const World& w = World::shared();
  const std::string text =
      "Passports in Enerhodar\nWorkers of the plant were told to take Russian passports by June.\nWhoever refuses is dismissed.\n";
  const auto expected = w.readings(w.careful, text, Language::en);
  std::vector<std::vector<SentenceReading>> got(4);
  std::vector<std::thread> threads;
  for (auto& one : got) threads.emplace_back([&] { one = w.readings(w.careful, text, Language::en); });
  for (std::thread& t : threads) t.join();
  for (const auto& one : got) {
    ASSERT_EQ(one.size(), expected.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      ASSERT_EQ(one[i].measures.size(), expected[i].measures.size());
      for (std::size_t m = 0; m < one[i].measures.size(); ++m) {
        EXPECT_EQ(one[i].measures[m].measure, expected[i].measures[m].measure);
        EXPECT_EQ(one[i].measures[m].probability, expected[i].measures[m].probability);
      }
      EXPECT_EQ(one[i].stance, expected[i].stance);
    }
  }
}

TEST(CarefulReader, RefusesAModelOfAnotherCodebook) {
  const World& w = World::shared();
  Codebook other = w.book;
  other.id = "another";
  const auto got = CarefulReader::load(std::filesystem::path(LITOPYS_SOURCE_DIR) / "data" / "reader" / "careful.model", w.light, other);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::kConfig);
  EXPECT_THAT(got.error().line(), ::testing::HasSubstr("another"));
}

// The pieces are SentencePiece's own for the same vocabulary, as tools/careful/base.py gives them.
TEST(CarefulReader, CutsWordsAsItsVocabularyWasMadeFor) {
  const auto file = EncoderFile::open(std::filesystem::path(LITOPYS_SOURCE_DIR) / "data" / "reader" / "careful.model");
  ASSERT_TRUE(file) << file.error().line();
  const PieceTokenizer tokenizer((*file)->pieces);
  const auto cut = [&](std::string_view text) {
    std::string out;
    for (const std::uint32_t id : tokenizer.cut(text, 100)) {
      if (!out.empty()) out += '|';
      out += id == tokenizer.unknown() ? "?" : tokenizer.piece(id);
    }
    return out;
  };
  EXPECT_EQ(cut("Clinics in Enerhodar turn away anyone without a red passport."),
            "▁Clinic|s|▁in|▁En|er|ho|dar|▁turn|▁away|▁anyone|▁without|▁a|▁red|▁pas|sport|.");
  EXPECT_EQ(cut("Без паспорта РФ у Токмаку не приймають до лікарні."), "▁Без|▁паспорт|а|▁РФ|▁у|▁Токм|а|ку|▁не|▁приймають|▁до|▁лікарні|.");
  EXPECT_EQ(cut("В Геническе выдали 1 240 паспортов за неделю."), "▁В|▁Ген|и|че|ске|▁выда|ли|▁1|▁240|▁паспорт|ов|▁за|▁неделю|.");
  EXPECT_EQ(cut("up to 15%… №7"), "▁up|▁to|▁15%|...|▁No|7");
  EXPECT_EQ(cut("Ворзель 🙂🙂 ok"), "▁Во|рз|ель|▁|?|▁ok");
}

}  // namespace
}  // namespace litopys
