#include "vault/stamp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <random>

#include "temporary_folder.h"
#include "vault/authority.h"
#include "vault/log_sample.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kMessage = "litopys/0123456789abcdef\n3\n…\n\n— …\n";

class StampTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (has_program("openssl")) authority_ = std::make_unique<Authority>();
  }
  static void TearDownTestSuite() { authority_.reset(); }
  void SetUp() override {
    if (!authority_) GTEST_SKIP() << "not run: needs openssl";
  }
  static std::string query() { return make_stamp_query(kMessage).value(); }
  static StampTrust trust() { return {authority_->roots(), {}, {}}; }
  static std::string problem(std::string_view q, std::string_view reply, std::string_view message, const StampTrust& by) {
    const auto got = verify_stamp(q, reply, message, by);
    return got ? "verifies" : got.error().problem;
  }
  static std::vector<StampRecord> all(const StampFolder& stamps) { return stamps.list().value(); }
  static std::unique_ptr<Authority> authority_;
};
std::unique_ptr<Authority> StampTest::authority_;

TEST_F(StampTest, AsksForTheDigestWithNonceAndCertificate) {
  const TemporaryFolder folder;
  folder.write("q", query());
  ASSERT_EQ(std::system(("openssl ts -query -in " + (folder / "q").string() + " -text > " + (folder / "t").string()).c_str()), 0);
  const std::string text = read_whole(folder / "t");
  EXPECT_THAT(text, HasSubstr("Hash Algorithm: sha256"));
  EXPECT_THAT(text, HasSubstr("Certificate required: yes"));
  EXPECT_THAT(text, HasSubstr("Nonce: 0x"));
  EXPECT_EQ(parse_stamp_query(query()).value().imprint, sha256_of(kMessage));
  EXPECT_NE(parse_stamp_query(query()).value().nonce, parse_stamp_query(query()).value().nonce);
  EXPECT_EQ(parse_stamp_query(query()).value().nonce.size(), 16U);
  EXPECT_FALSE(parse_stamp_query("no query"));
  EXPECT_FALSE(parse_stamp_query(query() + "x"));
}

TEST_F(StampTest, VerifiesASoundReplyAsOpensslDoes) {
  const TemporaryFolder folder;
  const std::string q = query();
  const std::string reply = authority_->answer(q);
  const auto time = verify_stamp(q, reply, kMessage, trust());
  ASSERT_TRUE(time) << time.error().line();
  EXPECT_EQ(time->authority, "CN=now");
  EXPECT_EQ(time->policy, "1.2.3.4.1");
  EXPECT_EQ(time->signer_expires, 2051222400) << "2035-01-01";
  EXPECT_EQ(time->chain_expires, 2051222400);
  EXPECT_TRUE(time->iso.starts_with("20") && time->iso.ends_with("Z")) << time->iso;
  EXPECT_TRUE(verify_stamp({}, reply, kMessage, trust())) << "the reply alone, as a proof file carries it";
  folder.write("q", q);
  folder.write("r", reply);
  EXPECT_EQ(std::system(("openssl ts -verify -queryfile " + (folder / "q").string() + " -in " + (folder / "r").string() + " -CAfile " +
                         authority_->roots_path() + " > /dev/null 2>&1")
                            .c_str()),
            0);
}

TEST_F(StampTest, RefusesWhatIsAboutSomethingElse) {
  const std::string q = query();
  const std::string reply = authority_->answer(q);
  EXPECT_THAT(problem(q, reply, kMessage + " ", trust()), HasSubstr("about something else"));
  EXPECT_THAT(problem(query(), reply, kMessage, trust()), HasSubstr("nonce"));
  EXPECT_THAT(problem(q, reply.substr(0, reply.size() - 1), kMessage, trust()), HasSubstr("is no reply"));
  EXPECT_THAT(problem(q, reply + "x", kMessage, trust()), HasSubstr("is no reply"));
  EXPECT_THAT(problem(q, "", kMessage, trust()), HasSubstr("is no reply"));
  EXPECT_THAT(problem("no query", reply, kMessage, trust()), HasSubstr("the query cannot be read"));
}

TEST_F(StampTest, RefusesWhatNoKnownRootVouchesFor) {
  const std::string q = query();
  const std::string reply = authority_->answer(q);
  Authority other;
  EXPECT_THAT(problem(q, reply, kMessage, {other.roots(), {}, {}}), HasSubstr("does not verify"));
  EXPECT_THAT(problem(q, reply, kMessage, {}), HasSubstr("no root is given"));
  EXPECT_THAT(problem(q, reply, kMessage, {"-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n", {}, {}}),
              HasSubstr("no PEM certificates"));
}

TEST_F(StampTest, SaysThatTheAuthorityRefused) {
  const std::string q = query();
  EXPECT_THAT(problem(q, authority_->answer(q, "narrow"), kMessage, trust()), HasSubstr("the authority refused, with status 2"));
}

// openssl's own check with -attime in the signer's life passes this one.
TEST_F(StampTest, RefusesASignerThatHadExpiredWhenItSigned) {
  const std::string q = query();
  EXPECT_THAT(problem(q, authority_->answer(q, "old"), kMessage, trust()), HasSubstr("certificate has expired"));
}

TEST_F(StampTest, VerifiesAnOldStampAtItsOwnTime) {
  if (!has_program("faketime")) GTEST_SKIP() << "not run: needs faketime";
  const std::string q = query();
  const std::string reply = authority_->answer(q, "old", "2020-06-01 00:00:00");
  const auto time = verify_stamp(q, reply, kMessage, trust());
  ASSERT_TRUE(time) << time.error().line();
  EXPECT_TRUE(time->iso.starts_with("2020-0"));
  EXPECT_THAT(problem(q, authority_->answer(q, "old", "2019-06-01 00:00:00"), kMessage, trust()), HasSubstr("not yet valid"));
}

TEST_F(StampTest, LooksIntoRevocations) {
  Authority own;
  const std::string q = query();
  const std::string reply = own.answer(q);
  const std::string none = own.revocations();
  EXPECT_EQ(problem(q, reply, kMessage, {own.roots(), {}, none}), "verifies");
  EXPECT_THAT(problem(q, reply, kMessage, {own.roots(), {}, authority_->revocations()}), HasSubstr("a signature that does not hold"))
      << "the other authority's root has the same name";
  own.revoke("now", "keyCompromise");
  EXPECT_THAT(problem(q, reply, kMessage, {own.roots(), {}, own.revocations()}), HasSubstr("is revoked since"));
}

// What is flipped where no signature covers it may pass; it never says another time, and nothing crashes.
TEST_F(StampTest, NeverGivesAnotherTimeForAFlippedBit) {
  const std::string q = query();
  const std::string reply = authority_->answer(q);
  const std::string time = verify_stamp(q, reply, kMessage, trust()).value().iso;
  std::mt19937 random(1);
  int passed = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string bad = reply;
    const std::size_t at = random() % bad.size();
    bad[at] = static_cast<char>(bad[at] ^ 1 << random() % 8);
    const auto got = verify_stamp(q, bad, kMessage, trust());
    if (!got) continue;
    ++passed;
    EXPECT_EQ(got->iso, time);
  }
  EXPECT_LT(passed, 60) << "the log holds the reply's hash for these";
}

TEST_F(StampTest, QueuesUntilAReplyComesThatVerifies) {
  const TemporaryFolder casebook;
  const StampFolder stamps(casebook / "stamps");
  EXPECT_TRUE(stamps.list().value().empty());
  const auto first = stamps.ask(3, kMessage);
  ASSERT_TRUE(first) << first.error().line();
  const auto second = stamps.ask(3, kMessage);
  ASSERT_TRUE(second);
  EXPECT_TRUE(first->id.starts_with("3-"));
  for (const StampRecord& each : all(stamps)) EXPECT_EQ(each.state, StampState::pending);

  Authority other;
  EXPECT_THAT(stamps.take(other.answer(first->query), trust()).error().line(), HasSubstr(first->id + " is still pending"));
  EXPECT_THAT(stamps.take(authority_->answer(query()), trust()).error().line(), HasSubstr("answers none of the queries"));
  EXPECT_THAT(stamps.take("nonsense", trust()).error().line(), HasSubstr("is no reply"));
  for (const StampRecord& each : all(stamps)) EXPECT_EQ(each.state, StampState::pending);

  const std::string reply = authority_->answer(first->query);
  const auto taken = stamps.take(reply, trust());
  ASSERT_TRUE(taken) << taken.error().line();
  EXPECT_EQ(taken->state, StampState::stamped);
  EXPECT_EQ(taken->id, first->id);
  EXPECT_EQ(taken->reply, hex_of(sha256_of(reply)));
  EXPECT_EQ(stamps.take(reply, trust()).value().id, first->id) << "twice is no error";
  EXPECT_THAT(stamps.take(authority_->answer(first->query), trust()).error().line(), HasSubstr("another reply was taken"));
  EXPECT_EQ(stamps.files(first->id).value().reply, reply);
  // A second authority answers the second query.
  EXPECT_EQ(stamps.take(other.answer(second->query), {other.roots(), {}, {}}).value().state, StampState::stamped);
  for (const StampRecord& each : all(stamps)) EXPECT_EQ(each.state, StampState::stamped);
  EXPECT_EQ(stamps.list(trust()).value()[0].state == StampState::broken, stamps.list(trust()).value()[1].state != StampState::broken)
      << "by the roots of one of them, the other does not verify";

  casebook.write("stamps/" + first->id + "/checkpoint", "changed");
  for (const StampRecord& each : all(stamps)) {
    if (each.id != first->id) continue;
    EXPECT_THAT(each.problem.value_or(""), HasSubstr("about something else"));
  }
}

TEST_F(StampTest, IsRenewedByALaterOneOverTheLogThatHoldsIt) {
  const TemporaryFolder casebook;
  const StampFolder stamps(casebook / "stamps");
  auto log = CustodyLog::open_for_writing(casebook / "log", sample_key());
  ASSERT_TRUE(log->append(sample_entries(0, 3)));
  const auto stamp = [&] {
    const auto asked = stamps.ask(log->size(), log->checkpoint().bytes);
    const auto taken = stamps.take(authority_->answer(asked->query), trust());
    EXPECT_TRUE(taken) << taken.error().line();
    const LogEntry entry = stamped_entry(*taken, "2026-11-25T13:43:22.123Z");
    EXPECT_TRUE(log->append(std::span(&entry, 1)));
  };
  const auto states = [&] {
    auto reader = log->reader();
    auto records = stamps.list().value();
    mark_renewed(records, stamped_entries(*reader).value());
    std::vector<std::string> out;
    for (const StampRecord& each : records) out.push_back(std::to_string(each.size) + " " + std::string(name_of(each.state)));
    return out;
  };
  stamp();
  EXPECT_THAT(states(), ElementsAre("3 stamped"));
  stamp();
  EXPECT_THAT(states(), ElementsAre("3 renewed", "4 stamped"));
  ASSERT_TRUE(stamps.ask(log->size(), log->checkpoint().bytes));
  EXPECT_THAT(states(), ElementsAre("3 renewed", "4 stamped", "5 pending"));
}

TEST(StampRenewal, IsByAStampOfALaterTimeOnly) {
  const auto stamp = [](std::uint64_t size, std::int64_t time) {
    StampRecord out;
    out.size = size;
    out.state = StampState::stamped;
    out.reply = std::to_string(size);
    out.time.emplace().time = time;
    return out;
  };
  // Each is logged by the entry behind its checkpoint.
  const std::map<std::string, std::uint64_t> logged{{"3", 3}, {"5", 5}, {"7", 7}};
  const auto states = [&](std::vector<StampRecord> records) {
    mark_renewed(records, logged);
    std::vector<std::string> out;
    for (const StampRecord& each : records) out.push_back(std::to_string(each.size) + " " + std::string(name_of(each.state)));
    return out;
  };
  EXPECT_THAT(states({stamp(3, 100), stamp(5, 200)}), ElementsAre("3 renewed", "5 stamped"));
  EXPECT_THAT(states({stamp(3, 100), stamp(5, 50)}), ElementsAre("3 stamped", "5 stamped")) << "as an authority says that ended before";
  EXPECT_THAT(states({stamp(3, 100), stamp(5, 50), stamp(7, 100)}), ElementsAre("3 renewed", "5 renewed", "7 stamped"));
}

// A server of our own on the loopback, which hands each query to openssl.
TEST_F(StampTest, FetchesFromAnAuthorityOverHttp) {
  if (!has_program("python3")) GTEST_SKIP() << "not run: needs python3";
  const TemporaryFolder folder;
  const std::string script = folder.write("server.py", R"(
import http.server, subprocess, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/refuse" or self.headers["Content-Type"] != "application/timestamp-query":
            self.send_error(500)
            return
        open("http.tsq", "wb").write(query)
        subprocess.run("openssl ts -reply -config now.cnf -queryfile http.tsq -out http.tsr", shell=True, check=True, stderr=subprocess.DEVNULL)
        reply = open("http.tsr", "rb").read()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)
    def log_message(self, *args):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
)");
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t server = fork();
  if (server == 0) {
    dup2(ends[1], 1);
    if (chdir(authority_->path().c_str()) == 0) execlp("python3", "python3", script.c_str(), nullptr);
    _exit(127);
  }
  close(ends[1]);
  char port[16] = "";
  const ssize_t got = read(ends[0], port, sizeof port - 1);
  ASSERT_GT(got, 0);
  const std::string url = "http://127.0.0.1:" + std::to_string(std::atoi(port));
  const std::string q = query();
  const auto reply = fetch_stamp(url + "/tsa", q, 60);
  const auto refused = fetch_stamp(url + "/refuse", q, 60);
  kill(server, SIGKILL);
  waitpid(server, nullptr, 0);
  close(ends[0]);
  ASSERT_TRUE(reply) << reply.error().line();
  EXPECT_EQ(problem(q, *reply, kMessage, trust()), "verifies");
  EXPECT_THAT(refused.error().line(), HasSubstr("the query is kept; carry it out with --request"));
  EXPECT_FALSE(fetch_stamp(url + "/tsa", q, 5)) << "nobody listens there any more";
  EXPECT_THAT(fetch_stamp("ftp:///x", q, 5).error().line(), HasSubstr("is no address"));
}

}  // namespace
}  // namespace litopys
