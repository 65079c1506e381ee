// The custody log, its proofs, its JSON and its time-stamps before judges that share no code with it. Each judge also refuses something
// broken, since a judge that always nods proves nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "judges/judges.h"
#include "vault/authority.h"
#include "vault/jcs.h"
#include "vault/log_sample.h"
#include "vault/proof.h"
#include "vault/stamp.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::HasSubstr;

// A log of 700 entries in several appends, its verifier key in a file.
struct SampleLog {
  TemporaryFolder folder;
  std::string log = (folder / "log").string();
  std::string vkey = folder.write("vkey", sample_key().verifier().vkey());
  SampleLog() { make_log(log, {1, 2, 253, 1, 400, 43}); }

  void spoil(const std::string& name, std::size_t at) const {
    std::string bytes = read_whole(folder / ("log/" + name));
    bytes.at(at) = static_cast<char>(bytes[at] ^ 4);
    folder.write("log/" + name, bytes);
  }
};

TEST(Judges, TlogcheckTakesTheLogWithEveryKeptCheckpoint) {
  LITOPYS_NEEDS(judge("tlogcheck"), "Go 1.24 and the checkers");
  const SampleLog sample;
  std::string kept;
  for (const char* size : {"000", "001", "003", "256", "257", "657", "700"}) kept += " -cp " + sample.log + "/checkpoints/" + size;
  const Judgement verdict = ask(judge("tlogcheck") + " log -strict" + kept + " " + sample.vkey + " " + sample.log);
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  EXPECT_THAT(verdict.words, HasSubstr("ok log size=700"));
}

TEST(Judges, TlogcheckRefusesWhatVerifyRefuses) {
  LITOPYS_NEEDS(judge("tlogcheck"), "Go 1.24 and the checkers");
  for (const char* name : {"tile/0/001", "tile/entries/000", "tile/1/000.p/2", "tile/0/002.p/188", "checkpoint"}) {
    const SampleLog sample;
    sample.spoil(name, 40);
    EXPECT_EQ(ask(judge("tlogcheck") + " log -strict " + sample.vkey + " " + sample.log).code, 1) << name;
    EXPECT_FALSE(check_log(sample.log).damages.empty()) << name;
  }
}

TEST(Judges, TlogcheckNeedsAKeptCheckpointToRefuseALogThatWasRebuilt) {
  LITOPYS_NEEDS(judge("tlogcheck"), "Go 1.24 and the checkers");
  const SampleLog sample;
  const std::string kept = sample.folder.write("kept", read_whole(sample.log + "/checkpoints/257"));
  std::filesystem::remove_all(sample.log);
  auto log = CustodyLog::open_for_writing(sample.log, sample_key());
  ASSERT_TRUE(log->append(sample_entries(1000, 700)));
  EXPECT_EQ(ask(judge("tlogcheck") + " log -strict " + sample.vkey + " " + sample.log).code, 0);
  EXPECT_EQ(ask(judge("tlogcheck") + " log -cp " + kept + " " + sample.vkey + " " + sample.log).code, 1);
}

// Tessera's own check.
TEST(Judges, FsckTakesTheLogAndRefusesADamagedOne) {
  LITOPYS_NEEDS(judge("fsckexit"), "Go 1.24 and the checkers");
  const SampleLog sample;
  const Judgement verdict = ask(judge("fsckexit") + " " + sample.vkey + " " + sample.log);
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  sample.spoil("tile/entries/001", 40);
  EXPECT_EQ(ask(judge("fsckexit") + " " + sample.vkey + " " + sample.log).code, 1);
}

TEST(Judges, TlogcheckTakesAProofWithItsLeaf) {
  LITOPYS_NEEDS(judge("tlogcheck"), "Go 1.24 and the checkers");
  const SampleLog sample;
  auto reader = LogReader::open(sample.log, sample_key().verifier());
  ASSERT_TRUE(reader);
  for (const std::uint64_t index : {0U, 255U, 256U, 699U}) {
    const std::string proof =
        sample.folder.write("x.tlog-proof", make_proof(*reader, sample_key().verifier(), index, std::nullopt).value());
    const std::string leaf = sample.folder.write("leaf", reader->entry_bytes(index).value());
    const Judgement verdict = ask(judge("tlogcheck") + " proof " + sample.vkey + " " + proof + " " + leaf);
    EXPECT_EQ(verdict.code, 0) << verdict.words;
    sample.folder.write("leaf", "another");
    EXPECT_EQ(ask(judge("tlogcheck") + " proof " + sample.vkey + " " + proof + " " + leaf).code, 1);
  }
}

// And we take the proofs that it makes, as far as they go: they have no extra line.
TEST(Judges, TheProofsOfTlogcheckAreOurs) {
  LITOPYS_NEEDS(judge("tlogcheck"), "Go 1.24 and the checkers");
  const SampleLog sample;
  auto reader = LogReader::open(sample.log, sample_key().verifier());
  ASSERT_TRUE(reader);
  const Judgement made = ask(judge("tlogcheck") + " prove " + sample.vkey + " " + sample.log + " 300");
  ASSERT_EQ(made.code, 0) << made.words;
  TlogProof ours = parse_tlog_proof(make_proof(*reader, sample_key().verifier(), 300, std::nullopt).value()).value();
  ours.extra.clear();
  EXPECT_EQ(format_tlog_proof(ours), made.words);
}

TEST(Judges, EveryEntryIsCanonicalJson) {
  const std::string python = judge("json/bin/python");
  LITOPYS_NEEDS(python, "Python with rfc8785");
  LITOPYS_NEEDS(checker("jcs/jcs_check.py"), "the checkers");
  const TemporaryFolder folder;
  std::string lines;
  for (std::uint64_t i = 0; i < 50; ++i) lines += entry_text(sample_entry(i, static_cast<Act>(i % 8))).value() + "\n";
  for (const char* text :
       {"[1e21, 1e-7, 0.1, -0, 5e-324, 1.7976931348623157e308, 333333333.33333329, 9007199254740991]",
        R"({"\ud83d\ude00": 1, "\ufb33": 2, "\u20ac": 3, "\r": 4, "z": {"b": [], "a": {}}})", R"("\u0000\u001f\u007f/\\\"\u2028")"}) {
    lines += canonicalised(text).value() + "\n";
  }
  const Judgement verdict = ask(python + " " + checker("jcs/jcs_check.py") + " " + folder.write("lines", lines));
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  EXPECT_EQ(ask(python + " " + checker("jcs/jcs_check.py") + " " + folder.write("lines", "{\"b\":1,\"a\":2}\n")).code, 1);
}

TEST(Judges, AnIndependentClientTakesTheStamp) {
  const std::string python = judge("stamps/bin/python");
  LITOPYS_NEEDS(python, "Python with rfc3161-client");
  LITOPYS_NEEDS(checker("rfc3161/ts_check.py"), "the checkers");
  Authority authority;
  const SampleLog sample;
  const std::string message = read_whole(sample.log + "/checkpoint");
  const StampFolder stamps(sample.folder / "stamps");
  const auto asked = stamps.ask(700, message);
  ASSERT_TRUE(asked);
  const auto taken = stamps.take(authority.answer(asked->query), {authority.roots(), {}, {}});
  ASSERT_TRUE(taken) << taken.error().line();
  const std::string stamp = (sample.folder / ("stamps/" + taken->id)).string();
  const std::string check = python + " " + checker("rfc3161/ts_check.py") + " " + stamp + "/reply.tsr ";
  Judgement verdict = ask(check + sample.log + "/checkpoints/700 " + authority.roots_path());
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  EXPECT_EQ(ask(check + sample.log + "/checkpoints/657 " + authority.roots_path()).code, 1) << "another checkpoint";
  // Stock openssl, with the files as they lie in the casebook.
  const std::string openssl = "openssl ts -verify -in " + stamp + "/reply.tsr -CAfile " + stamp + "/roots.pem ";
  verdict = ask(openssl + "-queryfile " + stamp + "/query.tsq");
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  EXPECT_EQ(ask(openssl + "-data " + stamp + "/checkpoint").code, 0);
  EXPECT_NE(ask(openssl + "-data " + sample.log + "/checkpoints/657").code, 0);
}

}  // namespace
}  // namespace litopys
