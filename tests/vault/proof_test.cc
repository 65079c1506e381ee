#include "vault/proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "temporary_folder.h"
#include "vault/jcs.h"
#include "vault/log_sample.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::HasSubstr;
using ::testing::Not;

const Opening kOpening{Salt{7}, R"({"item":"9f86"})"};

// A proof of entry 5 of 20, which is about kOpening.
std::string sample_proof(const TemporaryFolder& folder, const std::optional<Opening>& opening = kOpening,
                         const std::vector<ProofStamp>& stamps = {}) {
  auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
  EXPECT_TRUE(log);
  if (log->size() == 0) {
    std::vector<LogEntry> entries = sample_entries(0, 20);
    entries[5].commitment = commitment(kOpening.salt, kOpening.concerns);
    EXPECT_TRUE(log->append(entries));
  }
  auto reader = log->reader();
  const auto proof = make_proof(*reader, sample_key().verifier(), 5, opening, stamps);
  EXPECT_TRUE(proof) << proof.error().line();
  return proof.value_or("");
}

TEST(Proof, ShowsOneEntryAndWhatItIsAbout) {
  const TemporaryFolder folder;
  const std::string proof = sample_proof(folder);
  EXPECT_TRUE(proof.starts_with("c2sp.org/tlog-proof@v1\nextra "));
  const auto checked = check_proof(proof, sample_key().verifier());
  ASSERT_TRUE(checked) << checked.error().line();
  EXPECT_EQ(checked->index, 5U);
  EXPECT_EQ(checked->checkpoint.size, 20U);
  EXPECT_EQ(checked->entry.act, Act::taken_in);
  EXPECT_EQ(checked->concerns, kOpening.concerns);
  EXPECT_TRUE(checked->key_was_given);
  EXPECT_FALSE(check_proof(proof, std::nullopt).value().key_was_given);
  EXPECT_THAT(check_proof(proof, sample_key('x').verifier()).error().line(), HasSubstr("is not signed by"));
}

TEST(Proof, RevealsNothingOfTheRest) {
  const TemporaryFolder folder;
  const std::string proof = sample_proof(folder);
  const std::string extra = parse_tlog_proof(proof).value().extra;
  for (std::uint64_t i = 0; i < 20; ++i) {
    if (i == 5) continue;
    EXPECT_THAT(extra, Not(HasSubstr(hex_of(sample_entry(i).commitment)))) << i;
  }
  const std::string closed = sample_proof(folder, std::nullopt);
  EXPECT_THAT(parse_tlog_proof(closed).value().extra, Not(HasSubstr("9f86")));
  EXPECT_FALSE(check_proof(closed, std::nullopt).value().concerns);
}

TEST(Proof, IsNotMadeWithAnOpeningThatDoesNotOpen) {
  const TemporaryFolder folder;
  sample_proof(folder);
  auto reader = LogReader::open(folder / "log", sample_key().verifier());
  EXPECT_THAT(make_proof(*reader, sample_key().verifier(), 4, kOpening).error().line(), HasSubstr("is not what this entry is about"));
  EXPECT_FALSE(make_proof(*reader, sample_key().verifier(), 20, std::nullopt));
}

TEST(Proof, CarriesStamps) {
  const TemporaryFolder folder;
  const std::string reply("\x30\x00\xFF", 3);
  const auto checked = check_proof(sample_proof(folder, kOpening, {{reply, "PEM"}, {"b", ""}}), std::nullopt);
  ASSERT_TRUE(checked) << checked.error().line();
  ASSERT_EQ(checked->stamps.size(), 2U);
  EXPECT_EQ(checked->stamps[0].reply, reply);
  EXPECT_EQ(checked->stamps[0].chain, "PEM");
}

// A proof with one thing changed, packed anew where it stands in the extra line.
TEST(Proof, SaysWhatDoesNotHold) {
  const TemporaryFolder folder;
  const std::string good = sample_proof(folder);
  const auto changed = [&](const std::function<void(TlogProof&, ProofExtra&)>& change) {
    TlogProof proof = parse_tlog_proof(good).value();
    ProofExtra extra = parse_extra(proof.extra).value();
    change(proof, extra);
    proof.extra = format_extra(extra).value();
    const auto checked = check_proof(format_tlog_proof(proof), std::nullopt);
    return checked ? "holds" : checked.error().line();
  };
  EXPECT_EQ(changed([](TlogProof&, ProofExtra&) {}), "holds");
  EXPECT_THAT(changed([](TlogProof& proof, ProofExtra&) { proof.index = 4; }), HasSubstr("the path does not lead"));
  EXPECT_THAT(changed([](TlogProof& proof, ProofExtra&) { proof.path.pop_back(); }), HasSubstr("the path does not lead"));
  EXPECT_THAT(changed([](TlogProof& proof, ProofExtra&) { proof.path[0][0] ^= 1; }), HasSubstr("the path does not lead"));
  EXPECT_THAT(changed([](TlogProof&, ProofExtra& extra) { extra.entry = entry_text(sample_entry(5)).value(); }),
              HasSubstr("the path does not lead"));
  EXPECT_THAT(changed([](TlogProof&, ProofExtra& extra) { extra.opening->salt[0] ^= 1; }), HasSubstr("not what the entry commits to"));
  EXPECT_THAT(changed([](TlogProof&, ProofExtra& extra) { extra.opening->concerns += " "; }), HasSubstr("not what the entry commits to"));
  EXPECT_THAT(changed([](TlogProof&, ProofExtra& extra) { extra.vkey = sample_key('x').verifier().vkey(); }),
              HasSubstr("is not signed by"));
  EXPECT_THAT(changed([](TlogProof& proof, ProofExtra&) { proof.checkpoint[40] ^= 1; }), HasSubstr("the checkpoint: "));
}

TEST(Proof, NamesTheLineOfWhatIsNoProof) {
  const TemporaryFolder folder;
  const std::string good = sample_proof(folder);
  const std::size_t index_line = good.find("\nindex 5\n") + 1;
  const auto problem = [](const std::string& bytes) { return parse_tlog_proof(bytes).error().line(); };
  EXPECT_EQ(format_tlog_proof(parse_tlog_proof(good).value()), good);
  EXPECT_THAT(problem(""), HasSubstr("no empty line"));
  EXPECT_THAT(problem("c2sp.org/tlog-proof@v2\n\n"), HasSubstr("line 1: is not"));
  EXPECT_THAT(problem("c2sp.org/tlog-proof@v1\n\n"), HasSubstr("the index of the entry"));
  EXPECT_THAT(problem("c2sp.org/tlog-proof@v1\nextra *\nindex 5\n\n"), HasSubstr("line 2: the extra data are no base64"));
  EXPECT_THAT(problem("c2sp.org/tlog-proof@v1\nindex 05\n\n"), HasSubstr("line 2: is no index"));
  EXPECT_THAT(problem("c2sp.org/tlog-proof@v1\nindex 5\nAAAA\n\n"), HasSubstr("line 3: is not the base64 of a hash"));
  std::string many = "c2sp.org/tlog-proof@v1\nindex 5\n";
  for (int i = 0; i < 65; ++i) many += base64_of(leaf_hash("a")) + "\n";
  EXPECT_THAT(problem(many + "\n"), HasSubstr("more than 64"));
  EXPECT_THAT(check_proof(good.substr(0, 23) + good.substr(index_line), std::nullopt).error().line(), HasSubstr("no extra line"));
}

RC_GTEST_PROP(Proof, ASingleFlippedBitDoesNotHold, ()) {
  static const std::string kGood = [] {
    const TemporaryFolder folder;
    return sample_proof(folder);
  }();
  std::string bytes = kGood;
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[at] = static_cast<char>(bytes[at] ^ 1 << *rc::gen::inRange(0, 8));
  const auto checked = check_proof(bytes, sample_key().verifier());
  // The key in the extra line is a hint: with the right one given, nothing else may differ and hold.
  if (checked) RC_ASSERT(parse_extra(parse_tlog_proof(bytes)->extra)->vkey != sample_key().verifier().vkey());
}

}  // namespace
}  // namespace litopys
