// What the encoder says of a claim's places, as the claim stage weighs it.
#include "reader/slots.h"

#include <gtest/gtest.h>

#include <cmath>

namespace litopys {
namespace {

constexpr std::size_t kMeasures = 2;
constexpr std::size_t kPlaces = kMeasures + 1 + 5 + 5;  // any measure, stances and credences stand before

TEST(PlaceKinds, AreProbabilitiesThatAddUpToOne) {
  SentenceReading reading;
  reading.logits.assign(kMeasures + 11 + kSlotOutputs, 0.0F);
  reading.logits[kPlaces + static_cast<std::size_t>(PlaceKind::settlement)] = 3;
  const auto kinds = place_kinds(reading, kMeasures);
  ASSERT_TRUE(kinds.has_value());
  float sum = 0;
  for (const float logarithm : *kinds) sum += std::exp(logarithm);
  EXPECT_NEAR(sum, 1, 1e-5);
  const float settlement = (*kinds)[static_cast<std::size_t>(PlaceKind::settlement)];
  EXPECT_NEAR(settlement - (*kinds)[static_cast<std::size_t>(PlaceKind::whole)], 3, 1e-5);
}

TEST(LikeliestSide, IsTheOneWithTheLargestLogit) {
  constexpr std::size_t kSides = kPlaces + 4;  // kinds of place
  SentenceReading reading;
  EXPECT_FALSE(likeliest_side(reading, kMeasures).has_value());
  reading.logits.assign(kMeasures + 11 + kSlotOutputs, 0.0F);
  reading.logits[kSides + 3] = 2;
  EXPECT_EQ(likeliest_side(reading, kMeasures), Side::ngo);
}

TEST(UnitChances, AddUpToOneAndFavourTheLargestLogit) {
  constexpr std::size_t kUnits = kPlaces + 4 + 8;  // kinds of place, sides
  SentenceReading reading;
  EXPECT_FALSE(unit_chances(reading, kMeasures).has_value());
  reading.logits.assign(kMeasures + 11 + kSlotOutputs, 0.0F);
  reading.logits[kUnits + static_cast<std::size_t>(Unit::office)] = 2;
  const auto chances = unit_chances(reading, kMeasures);
  ASSERT_TRUE(chances.has_value());
  float sum = 0;
  for (const float chance : *chances) sum += chance;
  EXPECT_NEAR(sum, 1, 1e-5);
  EXPECT_NEAR((*chances)[static_cast<std::size_t>(Unit::office)] / (*chances)[0], std::exp(2.0F), 1e-3);
}

TEST(TargetLogit, IsThatOfTheGroupByName) {
  SentenceReading reading;
  EXPECT_FALSE(target_logit(reading, kMeasures, "refusers").has_value());
  reading.logits.assign(kMeasures + 11 + kSlotOutputs, 0.0F);
  reading.logits.back() = 4;
  EXPECT_EQ(target_logit(reading, kMeasures, "refusers"), 4.0F);
  EXPECT_EQ(target_logit(reading, kMeasures, "residents"), 0.0F);
  EXPECT_FALSE(target_logit(reading, kMeasures, "musicians").has_value());
}

TEST(PlaceKinds, AreUnknownToAnEncoderOfBeforeThemAndWhereNobodyLooked) {
  SentenceReading reading;
  EXPECT_FALSE(place_kinds(reading, kMeasures).has_value());
  reading.logits.assign(kMeasures + 11, 0.0F);
  EXPECT_FALSE(place_kinds(reading, kMeasures).has_value());
}

}  // namespace
}  // namespace litopys
