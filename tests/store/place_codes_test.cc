#include "store/place_codes.h"

#include <gtest/gtest.h>

#include "claim/claim.h"
#include "store/interval.h"

namespace litopys {
namespace {

TEST(PlaceCodes, KnowWhatLiesIn) {
  struct Case {
    const char* inner;
    const char* outer;
    bool within;
  };
  for (const auto& [inner, outer, within] : {
           Case{"UA-65", "UA-65", true},
           Case{"UA-65/Kherson", "UA-65", true},
           Case{"UA-65", "UA-65/Kherson", false},
           Case{"UA-65", "UA", true},
           Case{"UA-65/Kherson", "UA", true},
           Case{"UA-6", "UA-65", false},
           Case{"UA-65", "UA-6", false},
           Case{"UA-65", "UA-TOT", true},
           Case{"UA-23/Melitopol", "UA-TOT", true},
           Case{"UA-DONBAS", "UA-TOT", true},
           Case{"UA-TOT", "UA-DONBAS", false},
           Case{"UA-43", "UA-TOT", false},
           Case{"UA-40", "UA-TOT", false},
           Case{"UA-TOT", "UA", true},
           Case{"UA-SOUTH", "UA-23", false},
           Case{"UA-09/Luhansk", "UA-DONBAS", true},
           Case{"RU-ROS", "RU", true},
           Case{"RU-ROS", "UA", false},
           Case{"UA-65/Kherson", "UA-65/Kherson district", false},
       }) {
    EXPECT_EQ(place_within(inner, outer), within) << inner << " in " << outer;
  }
}

TEST(PlaceCodes, NameAListByItsCollectiveName) {
  using List = std::vector<std::string>;
  EXPECT_EQ(place_key({"UA-14", "UA-09"}), "UA-DONBAS");
  EXPECT_EQ(place_key({"UA-SOUTH", "UA-DONBAS"}), "UA-TOT");
  EXPECT_EQ(place_key({"UA-65", "UA-65/Kherson", "UA-23"}), "UA-SOUTH");
  EXPECT_EQ(place_key({"UA-65/Kherson"}), "UA-65/Kherson");
  EXPECT_EQ(place_key({"UA-65", "UA-14"}), "UA-14+UA-65");
  EXPECT_EQ(place_key(List{}), "");
}

TEST(Interval, IsWhatTheWordsLeaveOpen) {
  struct Case {
    const char* value;
    Bound bound;
    Unit unit;
    const char* reads;
  };
  for (const auto& [value, bound, unit, reads] : {
           Case{"3500000", Bound::exact, Unit::passport, "3450000..3550000"},  //
           Case{"720", Bound::exact, Unit::person, "720..720"},                // rounded to tens: as written
           Case{"700", Bound::exact, Unit::person, "650..750"},                //
           Case{"703", Bound::exact, Unit::person, "703..703"},                //
           Case{"80", Bound::exact, Unit::percent, "80..80"},                  //
           Case{"0", Bound::exact, Unit::person, "0..0"},                      //
           Case{"2.5", Bound::exact, Unit::other, "2.5..2.5"},                 //
           Case{"2800000", Bound::about, Unit::passport, "2520000..3080000"},  //
           Case{"1000000", Bound::about, Unit::passport, "500000..1500000"},   // wider than a tenth
           Case{"3000000", Bound::over, Unit::passport, "3000000.."},          //
           Case{"3000000", Bound::at_least, Unit::passport, "3000000.."},      //
           Case{"40", Bound::under, Unit::percent, "0..40"},                   //
           Case{"40", Bound::at_most, Unit::percent, "0..40"},                 //
           Case{"1000", Bound::several, Unit::person, "2000..10000"},          //
       }) {
    const Interval got = interval_of({*Decimal::parse(value), std::nullopt, bound, unit, ""});
    EXPECT_EQ(got.low.str() + ".." + (got.high ? got.high->str() : ""), reads) << name(bound) << " " << value;
  }
  const Interval range = interval_of({*Decimal::parse("20"), *Decimal::parse("30"), Bound::range, Unit::person, ""});
  EXPECT_EQ(range.low.str() + ".." + range.high->str(), "20..30");
}

}  // namespace
}  // namespace litopys
