// The release build compiles several files as one (cmake/Litopys.cmake). Where two of them use a name for different things, the compiler
// can choose the wrong one without a word; what users run must read as what the other tests run.
#include <filesystem>

#include "cli/program.h"

namespace litopys::testing {
namespace {

TEST(Release, ReadsAsTheBuildUnderTestReads) {
  if (!std::filesystem::exists(LITOPYS_RELEASE)) GTEST_SKIP() << "not run: needs `make build`";
  const TemporaryFolder work;
  const std::string reports = " read '" LITOPYS_SOURCE_DIR "/tests/annotated' '" LITOPYS_SOURCE_DIR "/samples'";
  const Outcome tested = litopys(work, reports + " --jsonl");
  const Outcome released = shell(work, "'" LITOPYS_RELEASE "'" + reports + " --jsonl");
  EXPECT_EQ(tested.code, released.code);
  EXPECT_EQ(tested.err, released.err);
  EXPECT_GT(tested.lines(), 10);
  EXPECT_EQ(tested.out, released.out);
}

}  // namespace
}  // namespace litopys::testing
