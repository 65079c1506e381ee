// What the program does, as a person runs it, where somebody without the key put a record behind the last one, and record.db was made to
// say that all is known: exit code 3, file, byte and what to do; nothing is written, logged or read; and the way out that it names leads
// out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/program.h"
#include "store/forged.h"

namespace litopys {
namespace {

using litopys::testing::claim_to_know;
using litopys::testing::forged_item;
using litopys::testing::kReport;
using litopys::testing::last_segment;
using litopys::testing::litopys;
using litopys::testing::logged_entries;
using litopys::testing::Outcome;
using litopys::testing::put_behind;
using litopys::testing::read_whole;
using litopys::testing::shell;
using litopys::testing::TemporaryFolder;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ForgedEnd : public ::testing::Test {
 protected:
  void SetUp() override {
    work_.write("in/a.txt", kReport);
    work_.write("more/b.txt", "A report that came later.\n");
    ASSERT_EQ(litopys(work_, "add my.case in --reader light").code, 0);
    logged_ = logged_entries(casebook());
    byte_ = std::filesystem::file_size(last_segment(casebook()));
    put_behind(casebook(), forged_item(forged_));
    evidence_ = read_whole(last_segment(casebook()));
  }
  [[nodiscard]] std::filesystem::path casebook() const { return work_ / "my.case"; }

  // Every command that writes ends so, and leaves all as it is.
  void expect_no_writer_goes_on() const {
    const std::string command = "truncate -s " + std::to_string(byte_) + " my.case/evidence/my-00001.warc.gz";
    for (const char* arguments : {"add my.case more --reader light", "rebuild my.case --reader light", "mark my.case a --tag x",
                                  "review my.case a#1 --wrong --by K", "withdraw my.case a --reason x"}) {
      const Outcome run = litopys(work_, arguments);
      EXPECT_EQ(run.code, 3) << arguments << ": " << run.err;
      EXPECT_THAT(run.err, AllOf(HasSubstr("my.case/evidence/my-00001.warc.gz: byte " + std::to_string(byte_) +
                                           ": a record stands here, behind all that the log has, that no holder of the key announced"),
                                 HasSubstr("it was neither logged nor read"), HasSubstr(command)))
          << arguments;
      EXPECT_EQ(read_whole(last_segment(casebook())), evidence_) << arguments;
      EXPECT_EQ(logged_entries(casebook()), logged_) << arguments;
    }
    EXPECT_THAT(litopys(work_, "claims my.case --json").out, Not(HasSubstr("nobody took in")));
    const Outcome verified = litopys(work_, "verify my.case --reader light");
    EXPECT_EQ(verified.code, 1) << verified.err;
    EXPECT_THAT(verified.out + verified.err,
                AllOf(HasSubstr("my-00001.warc.gz: byte " + std::to_string(byte_) + ": a record stands here"), HasSubstr(command)));
  }

  TemporaryFolder work_;
  const std::string forged_ = "A report that nobody took in.\n";
  std::string evidence_;
  std::uint64_t logged_ = 0, byte_ = 0;
};

TEST_F(ForgedEnd, StopsEveryWriterWithExitCode3) {
  expect_no_writer_goes_on();
  ASSERT_EQ(shell(work_, "truncate -s " + std::to_string(byte_) + " my.case/evidence/my-00001.warc.gz").code, 0);
  EXPECT_EQ(litopys(work_, "add my.case more --reader light").code, 0);
  EXPECT_EQ(litopys(work_, "verify my.case --reader light").code, 0);
}

TEST_F(ForgedEnd, StopsEveryWriterThoughTheRecordClaimsToKnowIt) {
  claim_to_know(casebook(), evidence_.size());
  EXPECT_THAT(litopys(work_, "add my.case more --reader light").err, HasSubstr("make that again then: litopys rebuild my.case"));
  expect_no_writer_goes_on();
  ASSERT_EQ(shell(work_, "truncate -s " + std::to_string(byte_) + " my.case/evidence/my-00001.warc.gz").code, 0);
  const Outcome rebuilt = litopys(work_, "rebuild my.case --reader light");
  EXPECT_EQ(rebuilt.code, 0) << rebuilt.err;
  EXPECT_EQ(litopys(work_, "add my.case more --reader light").code, 0);
  const Outcome verified = litopys(work_, "verify my.case --reader light");
  EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
}

}  // namespace
}  // namespace litopys
