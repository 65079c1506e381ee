#include "vault/jcs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <map>

namespace litopys {
namespace {

using ::testing::HasSubstr;

// RFC 8785, appendix B: the bits of a double and how it is written.
struct NumberCase {
  std::uint64_t bits;
  const char* text;
};
const NumberCase kNumbers[] = {
    {0x0000000000000000, "0"},
    {0x8000000000000000, "0"},
    {0x0000000000000001, "5e-324"},
    {0x8000000000000001, "-5e-324"},
    {0x7fefffffffffffff, "1.7976931348623157e+308"},
    {0xffefffffffffffff, "-1.7976931348623157e+308"},
    {0x4340000000000000, "9007199254740992"},
    {0xc340000000000000, "-9007199254740992"},
    {0x4430000000000000, "295147905179352830000"},
    {0x44b52d02c7e14af5, "9.999999999999997e+22"},
    {0x44b52d02c7e14af6, "1e+23"},
    {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
    {0x444b1ae4d6e2ef4e, "999999999999999700000"},
    {0x444b1ae4d6e2ef4f, "999999999999999900000"},
    {0x444b1ae4d6e2ef50, "1e+21"},
    {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
    {0x3eb0c6f7a0b5ed8d, "0.000001"},
    {0x41b3de4355555553, "333333333.3333332"},
    {0x41b3de4355555554, "333333333.33333325"},
    {0x41b3de4355555555, "333333333.3333333"},
    {0x41b3de4355555556, "333333333.3333334"},
    {0x41b3de4355555557, "333333333.33333343"},
    {0xbecbf647612f3696, "-0.0000033333333333333333"},
    {0x43143ff3c1cb0959, "1424953923781206.2"},
};

TEST(Jcs, WritesNumbersAsTheStandardsTableHasThem) {
  for (const auto& [bits, text] : kNumbers) {
    EXPECT_EQ(es6_number(std::bit_cast<double>(bits)), text);
    EXPECT_EQ(canonicalised(text).value_or("refused"), text);
  }
}

TEST(Jcs, RefusesNumbersThatAreNone) {
  EXPECT_FALSE(canonical_json(JsonValue(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_FALSE(canonical_json(JsonValue(std::numeric_limits<double>::infinity())));
}

// RFC 8785, 3.2.2: its sample, and what the standard gives for it in 3.2.3 and 3.2.4.
TEST(Jcs, WritesTheStandardsSample) {
  EXPECT_EQ(canonicalised(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })")
                .value(),
            R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"})");
}

// RFC 8785, 3.2.3: keys in the order of their UTF-16 code units, in which a smiley comes before a Hebrew presentation form.
TEST(Jcs, SortsKeysByCodeUnits) {
  EXPECT_EQ(canonicalised("{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\", \"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\", "
                          "\"1\": \"One\", \"\\ud83d\\ude00\": \"Emoji: Grinning Face\", \"\\u0080\": \"Control\", "
                          "\"\\u00f6\": \"Latin Small Letter O With Diaeresis\"}")
                .value(),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
            "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  EXPECT_EQ(canonicalised(R"({"b":{"y":1,"x":2},"a":[{"d":1,"c":2}],"":0,"aa":1})").value(),
            R"({"":0,"a":[{"c":2,"d":1}],"aa":1,"b":{"x":2,"y":1}})");
}

TEST(Jcs, EscapesWhatMustBeAndNothingElse) {
  EXPECT_EQ(canonicalised("\"\\b\\t\\n\\f\\r\\u0000\\u001F\\u007f\\/\\u2028\"").value(), "\"\\b\\t\\n\\f\\r\\u0000\\u001f\x7F/\u2028\"");
}

struct Refused {
  const char* text;
  const char* reason;
};
const Refused kRefused[] = {
    {"", "byte 0: ends where a value should be"},
    {"  ", "byte 2: ends where"},
    {"1 2", "byte 2: something follows"},
    {"[1,]", "byte 3: is no value"},
    {"[1 2]", "byte 3: a list goes on without a comma"},
    {"[1", "byte 2: a list goes on"},
    {"{\"a\" 1}", "byte 5: a colon"},
    {"{\"a\":1,}", "byte 7: a key should be here"},
    {"{a:1}", "byte 1: a key should be here"},
    {"{\"a\":1 \"b\":2}", "byte 7: an object goes on"},
    {"{\"a\":1,\"\\u0061\":2}", "byte 0: an object has a key twice"},
    {"\"a", "byte 2: ends inside a string"},
    {"\"\n\"", "byte 1: a control character"},
    {"\"\\x\"", "byte 1: there is no such escape"},
    {"\"\\", "byte 1: there is no such escape"},
    {"\"\\u12\"", "byte 1: four hex digits"},
    {"\"\\u12+4\"", "byte 1: four hex digits"},
    {"\"\\ud800\"", "byte 1: half a surrogate"},
    {"\"\\udc00\"", "byte 1: half a surrogate"},
    {"\"\\ud800\\u0041\"", "byte 1: half a surrogate"},
    {"\"\xED\xA0\x80\"", "byte 1: is not UTF-8"},
    {"\"\xFF\"", "byte 1: is not UTF-8"},
    {"01", "byte 0: a number begins with a needless zero"},
    {"-", "byte 0: is no value"},
    {"+1", "byte 0: is no value"},
    {".5", "byte 0: is no value"},
    {"1.", "byte 0: no digit follows the point"},
    {"1e", "byte 0: no digit follows the exponent"},
    {"1e999", "byte 0: a number is too large"},
    {"0.1e999", "byte 0: a number is too large"},
    {"NaN", "byte 0: is no value"},
    {"nul", "byte 0: is no value"},
    {"'a'", "byte 0: is no value"},
    {"\xEF\xBB\xBF{}", "byte 0: is no value"},
    {"9007199254740993", "byte 0: an integer has more digits"},
    {"1000000000000000000000", "byte 0: an integer has more digits"},
};

TEST(Jcs, NamesTheByteOfWhatIsNoJson) {
  for (const auto& [text, reason] : kRefused) {
    const auto got = parse_json(text);
    ASSERT_FALSE(got) << text;
    EXPECT_THAT(got.error().line(), HasSubstr(reason)) << text;
  }
}

TEST(Jcs, TakesWhatIsTooSmallForZero) {
  EXPECT_EQ(canonicalised("1e-999").value(), "0");
  EXPECT_EQ(canonicalised("-1000e-9999999999999999999").value(), "0");
  EXPECT_EQ(canonicalised("0e999").value(), "0");
  EXPECT_EQ(canonicalised("0.00000000000000000001e10").value(), "1e-10");
}

TEST(Jcs, NestsAsDeepAsItSaysAndNoDeeper) {
  const std::string deepest = std::string(kDeepestJson, '[') + std::string(kDeepestJson, ']');
  EXPECT_EQ(canonicalised(deepest).value(), deepest);
  EXPECT_FALSE(canonicalised("[" + deepest + "]"));
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_FALSE(parse_json(objects));
}

rc::Gen<JsonValue> any_value(int depth) {
  using rc::gen::map;
  const auto text = rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  auto leaf = rc::gen::oneOf(map(rc::gen::arbitrary<double>(), [](double d) { return JsonValue(std::isfinite(d) ? d : 0.5); }),
                             map(text, [](std::string s) { return JsonValue(std::move(s)); }),
                             map(rc::gen::arbitrary<bool>(), [](bool b) { return JsonValue(b); }), rc::gen::just(JsonValue()));
  if (depth == 0) return leaf;
  return rc::gen::oneOf(
      leaf,
      map(rc::gen::container<std::vector<JsonValue>>(rc::gen::lazy([depth] { return any_value(depth - 1); })),
          [](std::vector<JsonValue> list) { return JsonValue(std::move(list)); }),
      map(rc::gen::container<std::map<std::string, JsonValue>>(text, rc::gen::lazy([depth] { return any_value(depth - 1); })),
          [](std::map<std::string, JsonValue> members) { return JsonValue(JsonValue::Object(members.begin(), members.end())); }));
}

TEST(Jcs, WhatIsCanonicalStaysAsItIs) {
  EXPECT_TRUE(rc::check([] {
    const JsonValue value = *rc::gen::resize(20, any_value(3)).as("value");
    const std::string text = canonical_json(value).value();
    RC_ASSERT(canonicalised(text).value() == text);
    RC_ASSERT(is_canonical_json(text));
    RC_ASSERT(!is_canonical_json(text + " "));
  }));
}

RC_GTEST_PROP(Jcs, EveryNumberComesBackTheSame, (std::uint64_t bits)) {
  const double value = std::bit_cast<double>(bits);
  RC_PRE(std::isfinite(value));
  const JsonValue back = parse_json(es6_number(value)).value();
  RC_ASSERT(*back.number() == value);
}

RC_GTEST_PROP(Jcs, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
  const auto canonical = canonicalised(bytes);
  if (canonical) RC_ASSERT(is_canonical_json(*canonical));
}

}  // namespace
}  // namespace litopys

namespace rc {
void showValue(const litopys::JsonValue& value, std::ostream& out) { out << litopys::canonical_json(value).value_or("?"); }
}  // namespace rc
