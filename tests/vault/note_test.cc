#include "vault/note.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>

#include "vault/checkpoint.h"
#include "vault/tessera_log.h"

namespace litopys {
namespace {

using ::testing::HasSubstr;

std::array<std::uint8_t, 32> seed(char c) {
  std::array<std::uint8_t, 32> out{};
  out.fill(static_cast<std::uint8_t>(c));
  return out;
}
NoteSigner signer(std::string_view name, char c) { return NoteSigner::make(name, seed(c)).value(); }

// The example of C2SP signed-note, "Verifier keys".
constexpr const char* kExampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr const char* kExample =
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

TEST(Note, OpensTheExampleOfTheStandard) {
  const auto key = NoteVerifier::parse(kExampleKey);
  ASSERT_TRUE(key) << key.error().line();
  EXPECT_EQ(key->name(), "example.com/foo");
  EXPECT_EQ(key->key_id(), 0x530d903aU);
  EXPECT_EQ(key->vkey(), kExampleKey);
  const auto note = open_note(kExample, *key);
  ASSERT_TRUE(note) << note.error().line();
  EXPECT_EQ(note->text, "This is an example message.\n");
  EXPECT_EQ(format_note(*note), kExample);
}

TEST(Note, SignsWhatTesserasTestLogSigns) {
  const auto key = NoteVerifier::parse(testing::kTesseraVkey);
  ASSERT_TRUE(key) << key.error().line();
  const std::string bytes = bytes_from_base64(testing::kTesseraSeed).value();
  std::array<std::uint8_t, 32> of{};
  std::memcpy(of.data(), bytes.data() + 1, of.size());
  const auto own = NoteSigner::make("example.com/log/testdata", of);
  ASSERT_TRUE(own);
  EXPECT_EQ(own->verifier().vkey(), testing::kTesseraVkey);
  for (std::uint64_t size = 0; size <= 15; ++size) {
    const testing::TesseraSize& row = testing::kTesseraSizes[size];
    const std::string text = "example.com/log/testdata\n" + std::to_string(size) + "\n" + std::string(row.root) + "\n";
    const std::string published = text + "\n— example.com/log/testdata " + std::string(row.signature) + "\n";
    EXPECT_EQ(own->sign(text).value(), published);
    const auto opened = open_checkpoint(published, *key);
    ASSERT_TRUE(opened) << opened.error().line();
    EXPECT_EQ(opened->checkpoint.size, size);
    EXPECT_EQ(checkpoint_text(opened->checkpoint), text);
  }
}

TEST(Note, KeepsEmptyLinesOfItsText) {
  const NoteSigner own = signer("a.example/х", 'k');
  for (const char* text : {"\n", "one\n\ntwo\n", "\n\n\n", "ends\n\n"}) {
    const auto bytes = own.sign(text);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(open_note(*bytes, own.verifier()).value().text, text);
  }
}

TEST(Note, IsRefusedWhereItsGrammarIsBroken) {
  const NoteSigner own = signer("log", 'k');
  const std::string good = own.sign("text\n").value();
  const auto problem = [](const std::string& bytes) { return parse_note(bytes).error().line(); };
  ASSERT_TRUE(parse_note(good));
  EXPECT_THAT(problem(""), HasSubstr("no empty line"));
  EXPECT_THAT(problem("text\n"), HasSubstr("no empty line"));
  EXPECT_THAT(problem("text\n\n"), HasSubstr("no signature"));
  EXPECT_THAT(problem(good.substr(0, good.size() - 1)), HasSubstr("no end"));
  EXPECT_THAT(problem("te\rxt\n\n— a AAAAAAAA\n"), HasSubstr("byte 2: is no text"));
  EXPECT_THAT(problem("te\txt\n\n— a AAAAAAAA\n"), HasSubstr("byte 2"));
  EXPECT_THAT(problem("te\xFFxt\n\n— a AAAAAAAA\n"), HasSubstr("byte 2"));
  for (const char* line : {"- a AAAAAAAA", "—  AAAAAAAA", "— a AAAAA", "— a AAAA", "— a+b AAAAAAAA", "— a\u00A0b AAAAAAAA", "— a",
                           "— a AAAAAAA=x", "— a AAAAAAAA "}) {
    EXPECT_THAT(problem("text\n\n" + std::string(line) + "\n"), HasSubstr("is no signature line")) << line;
  }
  std::string many = "text\n\n";
  for (int i = 0; i < 65; ++i) many += "— a AAAAAAAA\n";
  EXPECT_THAT(problem(many), HasSubstr("more than 64"));
  EXPECT_THAT(problem(std::string(kLargestNote + 1, 'x')), HasSubstr("larger than any note"));
}

TEST(Note, IgnoresUnknownKeysAndRefusesAKnownOneThatDoesNotHold) {
  const NoteSigner own = signer("log", 'k');
  const NoteSigner other = signer("witness", 'w');
  Note note = parse_note(own.sign("text\n").value()).value();
  note.signatures.insert(note.signatures.begin(), parse_note(other.sign("text\n").value()).value().signatures[0]);
  EXPECT_TRUE(open_note(format_note(note), own.verifier()));
  EXPECT_TRUE(open_note(format_note(note), other.verifier()));
  EXPECT_THAT(open_note(format_note(note), signer("third", 't').verifier()).error().line(), HasSubstr("is not signed by third"));
  // The same name with another key has another id.
  EXPECT_THAT(open_note(format_note(note), signer("log", 'x').verifier()).error().line(), HasSubstr("is not signed by log"));
  note.signatures.push_back(note.signatures[1]);
  note.signatures.back().bytes[3] ^= 1;
  EXPECT_THAT(open_note(format_note(note), own.verifier()).error().line(), HasSubstr("does not hold"));
  EXPECT_TRUE(open_note(format_note(note), other.verifier()));
}

RC_GTEST_PROP(Note, ASingleFlippedBitIsNeverBelieved, ()) {
  const NoteSigner own = signer("example.com/журнал", 'k');
  std::string bytes = own.sign("origin\n5\nrest\n").value();
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[at] = static_cast<char>(bytes[at] ^ 1 << *rc::gen::inRange(0, 8));
  RC_ASSERT(!open_note(bytes, own.verifier()));
}

TEST(VerifierKey, SaysWhatIsWrongWithIt) {
  const auto problem = [](std::string_view vkey) { return NoteVerifier::parse(vkey).error().line(); };
  EXPECT_THAT(problem(""), HasSubstr("three parts"));
  EXPECT_THAT(problem("a+b"), HasSubstr("three parts"));
  EXPECT_THAT(problem("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"), HasSubstr("which is 530d903a"));
  EXPECT_THAT(problem("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2"), HasSubstr("no base64"));
  EXPECT_THAT(problem("example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"), HasSubstr("no Ed25519 key"));
  EXPECT_THAT(problem("exa mple+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"), HasSubstr("no spaces"));
}

TEST(Checkpoint, SaysWhatIsWrongWithIt) {
  const std::string root = base64_of(leaf_hash("a"));
  const auto problem = [](const std::string& text) { return parse_checkpoint_text(text).error().line(); };
  EXPECT_EQ(parse_checkpoint_text("o\n1\n" + root + "\nextension\n").value().extensions, std::vector<std::string>{"extension"});
  EXPECT_THAT(problem("o\n1\n"), HasSubstr("fewer than three"));
  EXPECT_THAT(problem("o\n01\n" + root + "\n"), HasSubstr("no tree size"));
  EXPECT_THAT(problem("o\n-1\n" + root + "\n"), HasSubstr("no tree size"));
  EXPECT_THAT(problem("o\n99999999999999999999\n" + root + "\n"), HasSubstr("no tree size"));
  EXPECT_THAT(problem("o\n1\n" + root.substr(1) + "\n"), HasSubstr("base64 of a root"));
  EXPECT_THAT(problem("o\n0\n" + root + "\n"), HasSubstr("empty tree"));
  EXPECT_THAT(problem("o\n\n" + root + "\n"), HasSubstr("line 2 is empty"));
  EXPECT_THAT(problem("\n1\n" + root + "\n"), HasSubstr("line 1 is empty"));
  const NoteSigner own = signer("log", 'k');
  EXPECT_THAT(open_checkpoint(own.sign("other\n1\n" + root + "\n").value(), own.verifier()).error().line(),
              HasSubstr("its origin is other"));
}

}  // namespace
}  // namespace litopys
