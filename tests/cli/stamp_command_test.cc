#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/program.h"
#include "vault/authority.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(StampCommand, CarriesTheQueryOutAndBringsTheReplyBack) {
  if (!has_program("openssl")) GTEST_SKIP() << "not run: needs openssl";
  Authority authority;
  const TemporaryFolder work;
  work.write("reports/en-1.txt", kReport);
  work.write("root.pem", authority.roots());
  ASSERT_EQ(litopys(work, "add my.case reports").code, 0);
  EXPECT_THAT(litopys(work, "stamp my.case").out, HasSubstr("no time-stamp was asked for yet"));

  const Outcome asked = litopys(work, "stamp my.case --request query.tsq");
  ASSERT_EQ(asked.code, 0) << asked.err;
  EXPECT_THAT(litopys(work, "stamp my.case").out, HasSubstr("pending"));
  work.write("reply.tsr", authority.answer(read_whole(work / "query.tsq")));

  Authority other;
  work.write("other.pem", other.roots());
  const Outcome wrong = litopys(work, "stamp my.case --import reply.tsr --roots other.pem");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("is still pending"));
  EXPECT_THAT(litopys(work, "stamp my.case").out, HasSubstr("pending"));

  const Outcome taken = litopys(work, "stamp my.case --import reply.tsr --roots root.pem");
  ASSERT_EQ(taken.code, 0) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr("says CN=now"));
  EXPECT_EQ(litopys(work, "stamp my.case --import reply.tsr --roots root.pem").code, 0) << "twice is no error";
  const Outcome listed = litopys(work, "stamp my.case --json");
  EXPECT_THAT(listed.out, HasSubstr("\"state\": \"stamped\""));
  EXPECT_EQ(listed.lines(), 1U);

  // The stamp goes along with a proof, and is verified there.
  ASSERT_EQ(litopys(work, "proof my.case en-1 -o one.tlog-proof").code, 0);
  const Outcome checked = litopys(work, "check-proof one.tlog-proof --roots root.pem");
  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("stamp  not later than 20"));
  EXPECT_EQ(litopys(work, "check-proof one.tlog-proof --roots other.pem").code, 1);

  // Renewed by a later one.
  ASSERT_EQ(litopys(work, "stamp my.case --request query.tsq").code, 0);
  work.write("reply.tsr", authority.answer(read_whole(work / "query.tsq")));
  ASSERT_EQ(litopys(work, "stamp my.case --import reply.tsr --roots root.pem").code, 0);
  EXPECT_THAT(litopys(work, "stamp my.case").out, HasSubstr("renewed"));
  // What was stamped is still a casebook that takes items in.
  work.write("more/en-2.txt", "Luhansk, 3 May 2023\n\nAbout 1,500 people applied for passports in Luhansk, the administration said.\n");
  EXPECT_EQ(litopys(work, "add my.case more").code, 0);
}

TEST(StampCommand, SaysWhatItNeeds) {
  const TemporaryFolder work;
  work.write("reports/en-1.txt", kReport);
  ASSERT_EQ(litopys(work, "add my.case reports").code, 0);
  work.write("reply.tsr", "nonsense");
  const Outcome no_root = litopys(work, "stamp my.case --import reply.tsr");
  EXPECT_EQ(no_root.code, 2);
  EXPECT_THAT(no_root.err, HasSubstr("--roots"));
  work.write("root.pem", "nonsense");
  EXPECT_EQ(litopys(work, "stamp my.case --import reply.tsr --roots root.pem").code, 1);
  EXPECT_EQ(litopys(work, "stamp my.case --import reply.tsr --request x").code, 2);
  EXPECT_EQ(litopys(work, "stamp none.case").code, 3);
  // Nobody listens: the query is kept.
  const Outcome offline = litopys(work, "stamp my.case --tsa http://127.0.0.1:1/ --roots root.pem --seconds 5");
  EXPECT_EQ(offline.code, 1);
  EXPECT_THAT(offline.err, HasSubstr("the query is kept"));
  EXPECT_THAT(litopys(work, "stamp my.case").out, HasSubstr("pending"));
}

}  // namespace
}  // namespace litopys
