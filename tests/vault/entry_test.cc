#include "vault/entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "vault/jcs.h"
#include "vault/tiles.h"

namespace litopys {
namespace {

using ::testing::HasSubstr;

constexpr const char* kTime = "2026-11-25T13:43:22.123Z";

TEST(Entry, IsCanonicalJson) {
  Salt salt{};
  salt[0] = 7;
  const LogEntry entry{Act::reread, kTime, commitment(salt, "about"), {{"codebook", "passportization 3"}, {"of", std::int64_t{17}}}};
  const std::string text = entry_text(entry).value();
  EXPECT_EQ(text, "{\"act\":\"re-read\",\"codebook\":\"passportization 3\",\"commitment\":\"" + hex_of(entry.commitment) +
                      "\",\"of\":17,\"time\":\"2026-11-25T13:43:22.123Z\"}");
  EXPECT_TRUE(is_canonical_json(text));
  EXPECT_EQ(parse_entry(text).value(), entry);
}

TEST(Entry, IsCanonicalJsonWithoutFactsToo) {
  for (const Act act : {Act::taken_in, Act::read, Act::reread, Act::reviewed, Act::exported, Act::marked, Act::withdrawn, Act::stamped}) {
    const LogEntry entry{act, kTime, commitment(make_salt().value(), "about"), {}};
    const JsonValue::Object object{{"time", kTime}, {"act", name_of(act)}, {"commitment", hex_of(entry.commitment)}};
    EXPECT_EQ(entry_text(entry).value(), canonical_json(JsonValue(object)).value());
  }
}

// SHA-256(salt || concerns), so that anybody can check it with sha256sum.
TEST(Entry, CommitsToWhatItConcernsAndHidesIt) {
  const Salt salt = make_salt().value();
  const std::string concerns = R"({"id":"en-1"})";
  const LogEntry entry{Act::taken_in, kTime, commitment(salt, concerns), {}};
  EXPECT_EQ(entry.commitment, sha256_of(std::string(salt.begin(), salt.end()) + concerns));
  EXPECT_TRUE(opens(entry, {salt, concerns}));
  EXPECT_FALSE(opens(entry, {salt, concerns + " "}));
  EXPECT_FALSE(opens(entry, {make_salt().value(), concerns}));
  EXPECT_EQ(entry_text(entry).value().find("en-1"), std::string::npos);
  EXPECT_NE(make_salt().value(), make_salt().value());
}

TEST(Entry, KnowsEveryActByItsName) {
  for (const Act act : {Act::taken_in, Act::read, Act::reread, Act::reviewed, Act::exported, Act::marked, Act::withdrawn, Act::stamped}) {
    EXPECT_EQ(act_of(name_of(act)), act);
    EXPECT_EQ(parse_entry(entry_text({act, kTime, {}, {}}).value()).value().act, act);
  }
  EXPECT_FALSE(act_of("eaten"));
}

TEST(Entry, IsNotWrittenWhereItCouldNotBeReadBack) {
  const auto problem = [](const LogEntry& entry) { return entry_text(entry).error().line(); };
  EXPECT_THAT(problem({Act::read, "2026-11-25", {}, {}}), HasSubstr("another form"));
  EXPECT_THAT(problem({Act::read, kTime, {}, {{"act", "read"}}}), HasSubstr("a fact is called act"));
  EXPECT_THAT(problem({Act::read, kTime, {}, {{"n", std::int64_t{1} << 60U}}}), HasSubstr("beyond 2^53"));
  EXPECT_THAT(problem({Act::read, kTime, {}, {{"n", std::string(70'000, 'a')}}}), HasSubstr("larger than 65,535"));
  EXPECT_THAT(problem({Act::read, kTime, {}, {{"n", "\xFF"}}}), HasSubstr("not UTF-8"));
}

TEST(Entry, IsReadOnlyInItsOneForm) {
  const std::string good = entry_text({Act::read, kTime, {}, {{"n", std::int64_t{1}}}}).value();
  const std::string zeros(64, '0');
  ASSERT_TRUE(parse_entry(good));
  for (const std::string& text : std::vector<std::string>{
           good + " ",
           good + "\n",
           " " + good,
           std::string(),
           std::string("[]"),
           std::string("{}"),
           R"({"act":"read","commitment":")" + zeros + R"("})",
           R"({"act":"eaten","commitment":")" + zeros + R"(","time":"2026-11-25T13:43:22.123Z"})",
           R"({"act":"read","commitment":")" + zeros.substr(1) + R"(","time":"2026-11-25T13:43:22.123Z"})",
           R"({"commitment":")" + zeros + R"(","act":"read","time":"2026-11-25T13:43:22.123Z"})",
           R"({"act":"read","commitment":")" + zeros + R"(","n":1.5,"time":"2026-11-25T13:43:22.123Z"})",
           R"({"act":"read","commitment":")" + zeros + R"(","n":[],"time":"2026-11-25T13:43:22.123Z"})",
           R"({"act":"read","commitment":")" + zeros + R"(","n":9007199254740994,"time":"2026-11-25T13:43:22.123Z"})",
           R"({"act":"read","commitment":5,"time":"2026-11-25T13:43:22.123Z"})",
       }) {
    EXPECT_FALSE(parse_entry(text)) << text;
  }
}

}  // namespace
}  // namespace litopys
