#include "vault/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::read_whole;
using litopys::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::Not;

AskPassphrase give(std::optional<std::string> text) {
  return [text](PassphraseFor) { return text; };
}
unsigned mode_of(const std::filesystem::path& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

TEST(Keys, AreMadeOnFirstUseForTheOwnerAlone) {
  const TemporaryFolder casebook;
  const auto made = open_log_key(casebook.path(), give(std::nullopt));
  ASSERT_TRUE(made) << made.error().line();
  EXPECT_EQ(mode_of(log_key_path(casebook.path())), 0600U);
  EXPECT_THAT(read_whole(log_key_path(casebook.path())), HasSubstr("-----BEGIN PRIVATE KEY-----"));
  EXPECT_EQ(read_whole(log_vkey_path(casebook.path())), made->verifier().vkey() + "\n");
  EXPECT_THAT(made->verifier().name(), ::testing::MatchesRegex("litopys/[0-9a-f]+"));
  const auto again = open_log_key(casebook.path(), give(std::nullopt));
  ASSERT_TRUE(again) << again.error().line();
  EXPECT_EQ(again->verifier().vkey(), made->verifier().vkey());
  EXPECT_EQ(again->signer().sign("x\n").value(), made->signer().sign("x\n").value());
  EXPECT_EQ(load_log_vkey(casebook.path()).value(), made->verifier());
}

TEST(Keys, AreEncryptedUnderAPassphrase) {
  const TemporaryFolder casebook;
  const auto made = open_log_key(casebook.path(), give("пароль"));
  ASSERT_TRUE(made) << made.error().line();
  EXPECT_THAT(read_whole(log_key_path(casebook.path())), HasSubstr("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
  EXPECT_EQ(mode_of(log_key_path(casebook.path())), 0600U);
  EXPECT_EQ(open_log_key(casebook.path(), give("пароль")).value().verifier(), made->verifier());
  const std::string before = read_whole(log_key_path(casebook.path()));
  EXPECT_THAT(open_log_key(casebook.path(), give("parol")).error().line(), HasSubstr("the passphrase is wrong; nothing was changed"));
  EXPECT_THAT(open_log_key(casebook.path(), give(std::nullopt)).error().line(), HasSubstr("no passphrase was given"));
  EXPECT_EQ(read_whole(log_key_path(casebook.path())), before);
}

// What stands in the file is read by any OpenSSL, without litopys.
TEST(Keys, AreReadByOpenssl) {
  const TemporaryFolder casebook;
  if (std::system("openssl version > /dev/null 2>&1") != 0) GTEST_SKIP() << "not run: needs openssl";
  const auto made = open_log_key(casebook.path(), give("secret"));
  ASSERT_TRUE(made);
  const std::string command = "openssl pkey -in " + log_key_path(casebook.path()).string() +
                              " -passin pass:secret -pubout -outform DER -out " + (casebook / "public.der").string() + " 2>/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const std::string der = read_whole(casebook / "public.der");
  const auto& key = made->verifier().key();
  EXPECT_TRUE(der.ends_with(std::string_view(reinterpret_cast<const char*>(key.data()), key.size())));
}

TEST(Keys, SayWhenOneIsLostOrTheWrongOne) {
  const TemporaryFolder casebook;
  const TemporaryFolder other;
  ASSERT_TRUE(open_log_key(casebook.path(), give(std::nullopt)));
  ASSERT_TRUE(open_log_key(other.path(), give(std::nullopt)));
  EXPECT_THAT(open_log_key(casebook.path(), give(std::nullopt), log_key_path(other.path())).error().line(),
              HasSubstr("is not the key of this casebook"));
  std::filesystem::remove(log_key_path(casebook.path()));
  EXPECT_THAT(open_log_key(casebook.path(), give(std::nullopt)).error().line(), HasSubstr("the signing key is lost"));
  EXPECT_FALSE(std::filesystem::exists(log_key_path(casebook.path()))) << "no new key in place of a lost one";
}

TEST(Keys, SayWhenTheFileIsNoKeyOrOpenToOthers) {
  const TemporaryFolder casebook;
  ASSERT_TRUE(open_log_key(casebook.path(), give(std::nullopt)));
  ASSERT_EQ(chmod(log_key_path(casebook.path()).c_str(), 0644), 0);
  EXPECT_THAT(open_log_key(casebook.path(), give(std::nullopt)).error().line(), HasSubstr("chmod 600"));
  ASSERT_EQ(chmod(log_key_path(casebook.path()).c_str(), 0600), 0);
  casebook.write("log.key", "no key");
  EXPECT_THAT(open_log_key(casebook.path(), give(std::nullopt)).error().line(), HasSubstr("is no private key"));
  casebook.write("log.vkey", "a+b+c");
  EXPECT_THAT(load_log_vkey(casebook.path()).error().line(), HasSubstr("log.vkey"));
  const auto key = LogKey::generate();
  ASSERT_TRUE(key);
  EXPECT_THAT(key->save(casebook / "log.key", std::nullopt).error().line(), HasSubstr("never written over"));
}

TEST(Keys, AreTakenFromElsewhere) {
  const TemporaryFolder casebook;
  const TemporaryFolder stick;
  const auto made = open_log_key(casebook.path(), give(std::nullopt), stick / "my.key");
  ASSERT_TRUE(made) << made.error().line();
  EXPECT_FALSE(std::filesystem::exists(log_key_path(casebook.path())));
  EXPECT_EQ(open_log_key(casebook.path(), give(std::nullopt), stick / "my.key").value().verifier(), made->verifier());
}

}  // namespace
}  // namespace litopys
