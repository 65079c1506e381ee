#include "reader/model.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "reader/features.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

TrainedModel small_model() {
  TrainedModel m;
  m.head.codebook = "small";
  m.head.codebook_version = "1";
  m.head.measures = {"issuance", "fine"};
  m.head.training = "0123456789abcdef";
  m.head.made_from = "two documents";
  m.head.quality = "none";
  m.head.thresholds = {0.25F, 0.5F, 0.125F};
  m.weights.assign(outputs_of(2), std::vector<float>(kSlots, 0.0F));
  m.weights[0][7] = 1.27F;
  m.weights[1][7] = -0.5F;
  m.weights[0][kSlots - 1] = 0.25F;
  m.forest.base = -1.5F;
  m.forest.starts = {0};
  m.forest.nodes.resize(3);
  m.forest.nodes[0] = {3, 1, 2, 0, 0.5F};
  m.forest.nodes[1].value = -1;
  m.forest.nodes[2].value = 2;
  return m;
}

class ModelFile : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(write_model(small_model(), path())); }
  [[nodiscard]] fs::path path() const { return folder_.path() / "light.model"; }
  void rewrite(const std::string& bytes) const { std::ofstream(path(), std::ios::binary | std::ios::trunc) << bytes; }

  litopys::testing::TemporaryFolder folder_;
};

TEST_F(ModelFile, ComesBackAsItWasWritten) {
  const auto model = Model::open(path());
  ASSERT_TRUE(model) << model.error().line();
  const ModelHead& head = (*model)->head();
  EXPECT_EQ(head.codebook, "small");
  EXPECT_EQ(head.measures, (std::vector<std::string>{"issuance", "fine"}));
  EXPECT_EQ(head.training, "0123456789abcdef");
  EXPECT_EQ(head.licence, "Apache-2.0");
  EXPECT_EQ(head.thresholds, (std::array{0.25F, 0.5F, 0.125F}));
  EXPECT_NEAR((*model)->weight(7, 0), 1.27F, 1e-6F);
  EXPECT_NEAR((*model)->weight(7, 1), -0.5F, 0.005F);
  EXPECT_NEAR((*model)->weight(kSlots - 1, 0), 0.25F, 1e-6F);
  EXPECT_EQ((*model)->weight(8, 0), 0.0F);
  std::vector<float> out((*model)->width());
  (*model)->sum(std::vector<Feature>{{.slot = 7, .value = 1.5F}, {.slot = 8, .value = 1.0F}, {.slot = 7, .value = 0.5F}}, out);
  EXPECT_NEAR(out[0], 2.54F, 1e-5F);
  std::array<float, 36> x{};
  EXPECT_FLOAT_EQ(log_odds((*model)->forest(), x), -2.5F);
  x[3] = 1;
  EXPECT_FLOAT_EQ(log_odds((*model)->forest(), x), 0.5F);
}

TEST_F(ModelFile, KeepsTheRowsWithTheLargestWeights) {
  ASSERT_TRUE(write_model(small_model(), path(), 1));
  const auto model = Model::open(path());
  ASSERT_TRUE(model);
  EXPECT_NE((*model)->weight(7, 0), 0.0F);
  EXPECT_EQ((*model)->weight(kSlots - 1, 0), 0.0F);
}

TEST_F(ModelFile, ABrokenFileIsRefusedWithItsNameAndWhatToDo) {
  const std::string good = bytes_of(path());
  const std::pair<const char*, std::function<std::string(std::string)>> cases[] = {
      {"empty", [](std::string) { return std::string(); }},
      {"another format",
       [](std::string b) {
         b[0] = 'X';
         return b;
       }},
      {"cut short by one byte",
       [](std::string b) {
         b.pop_back();
         return b;
       }},
      {"cut short by eight",
       [](std::string b) {
         b.resize(b.size() - 8);
         return b;
       }},
      {"cut in the middle",
       [](std::string b) {
         b.resize(b.size() / 2 / 8 * 8);
         return b;
       }},
      {"one bit changed in the weights",
       [](std::string b) {
         b[b.size() - 100] = static_cast<char>(b[b.size() - 100] ^ 1);
         return b;
       }},
      {"one bit changed in the head",
       [](std::string b) {
         b[40] = static_cast<char>(b[40] ^ 1);
         return b;
       }},
      {"a head longer than the file",
       [](std::string b) {
         b[10] = '\x7f';
         return b;
       }},
      {"something appended", [](std::string b) { return b + "12345678"; }},
      {"text", [](std::string) { return std::string(4096, 'a'); }},
  };
  for (const auto& [what, spoil] : cases) {
    rewrite(spoil(good));
    const auto model = Model::open(path());
    ASSERT_FALSE(model) << what;
    EXPECT_EQ(model.error().kind, ErrorKind::kConfig) << what;
    EXPECT_EQ(model.error().item, path().string()) << what;
    EXPECT_NE(model.error().next.find("learn"), std::string::npos) << what;
  }
}

TEST_F(ModelFile, AMissingFileAndAFolderAreRefused) {
  EXPECT_FALSE(Model::open(folder_.path() / "none.model"));
  EXPECT_FALSE(Model::open(folder_.path()));
}

}  // namespace
}  // namespace litopys
