#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/program.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// A casebook of three reports.
struct ProofWork {
  TemporaryFolder work;
  ProofWork() {
    work.write("reports/en-1.txt", kReport);
    work.write("reports/en-2.txt",
               "Luhansk, 3 May 2023\n\nAbout 1,500 people applied for passports in Luhansk, the administration said.\n");
    work.write("reports/en-3.txt", "Nothing is claimed here.\n");
    const Outcome added = litopys(work, "add my.case reports");
    EXPECT_EQ(added.code, 0) << added.err;
  }
};

TEST(ProofCommand, ProvesAnItemToSomebodyWhoHasNeitherCasebookNorNetwork) {
  const ProofWork c;
  ASSERT_EQ(litopys(c.work, "key show my.case > my.vkey").code, 0);
  const Outcome made = litopys(c.work, "proof my.case en-1 -o one.tlog-proof");
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.err, HasSubstr("litopys check-proof one.tlog-proof"));
  std::filesystem::rename(c.work / "my.case", c.work / "elsewhere");
  const Outcome checked = litopys(c.work, "check-proof one.tlog-proof --vkey my.vkey --item reports/en-1.txt");
  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("holds: entry "));
  EXPECT_THAT(checked.out, HasSubstr("taken-in at 20"));
  EXPECT_THAT(checked.out, HasSubstr("item   is the one"));
  EXPECT_THAT(checked.out, Not(HasSubstr("own word")));
  const Outcome other = litopys(c.work, "check-proof one.tlog-proof --item reports/en-2.txt");
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.out, HasSubstr("item   is another one"));
  EXPECT_THAT(other.out, HasSubstr("the file's own word: compare it"));
}

TEST(ProofCommand, ProvesAClaimWithItsItemAndNothingOfTheOthers) {
  const ProofWork c;
  const Outcome made = litopys(c.work, "proof my.case en-1#1 -o -");
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, StartsWith("c2sp.org/tlog-proof@v1\nextra "));
  c.work.write("claim.tlog-proof", made.out);
  const Outcome checked = litopys(c.work, "check-proof claim.tlog-proof --json");
  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("\"holds\": true"));
  EXPECT_THAT(checked.out, HasSubstr(R"(\"document\":\"en-1\")"));
  EXPECT_THAT(checked.out, Not(HasSubstr("Luhansk")));
}

TEST(ProofCommand, SaysWhatDoesNotHold) {
  const ProofWork c;
  ASSERT_EQ(litopys(c.work, "proof my.case en-2 -o two.tlog-proof").code, 0);
  std::string proof = read_whole(c.work / "two.tlog-proof");
  proof[proof.find("\nindex ") + 7] = '0';
  proof.erase(proof.size() - 3, 1);
  c.work.write("broken.tlog-proof", proof);
  const Outcome broken = litopys(c.work, "check-proof broken.tlog-proof --json");
  EXPECT_EQ(broken.code, 1);
  EXPECT_THAT(broken.out, HasSubstr("\"holds\": false"));
  EXPECT_THAT(broken.err, AllOf(HasSubstr("broken.tlog-proof: does not hold: "), HasSubstr("; it proves nothing; ask for the file again")));
  EXPECT_EQ(litopys(c.work, "check-proof two.tlog-proof --vkey a+b+c").code, 2);
  EXPECT_EQ(litopys(c.work, "check-proof missing").code, 1);
  c.work.write("other/reports/x.txt", "x");
  ASSERT_EQ(litopys(c.work, "add other.case other/reports").code, 0);
  EXPECT_THAT(litopys(c.work, "check-proof two.tlog-proof --vkey \"$($litopys key show other.case)\"").err, HasSubstr("is not signed by"));
}

TEST(ProofCommand, SaysWhatItDoesNotHave) {
  const ProofWork c;
  EXPECT_THAT(litopys(c.work, "proof my.case nothing -o x").err, HasSubstr("no item of this id"));
  EXPECT_THAT(litopys(c.work, "proof my.case en-3#1 -o x").err, HasSubstr("has no claim 1"));
  EXPECT_EQ(litopys(c.work, "proof none.case en-1 -o x").code, 3);
  EXPECT_EQ(litopys(c.work, "proof my.case en-1").code, 2);
  EXPECT_EQ(litopys(c.work, "key show none.case").code, 3);
  EXPECT_THAT(litopys(c.work, "key show my.case").out, StartsWith("litopys/"));
}

}  // namespace
}  // namespace litopys
