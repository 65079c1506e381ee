#include "vault/member.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>
#include <vector>

#include "temporary_folder.h"
#include "vault/digest.h"

namespace litopys {
namespace {

using litopys::testing::TemporaryFolder;

// Bytes that do not press well, the same each time.
std::string noise(std::size_t size, std::uint32_t seed = 1) {
  std::string out(size, '\0');
  for (char& c : out) {
    seed = seed * 1664525U + 1013904223U;
    c = static_cast<char>(seed >> 24U);
  }
  return out;
}

// What a file holds, "!" for each error, going on behind it.
std::vector<std::string> members_of(const std::filesystem::path& path, std::uint64_t from = 0) {
  std::vector<std::string> out;
  auto reader = MemberReader::open(path, from);
  if (!reader) return {reader.error().line()};
  while (auto member = reader->next()) {
    if (*member) {
      out.emplace_back((*member)->bytes);
    } else {
      out.emplace_back("!");
      if (!reader->find_next()) break;
    }
  }
  return out;
}

TEST(Member, HoldsWhatWasPacked) {
  const TemporaryFolder folder;
  const MemberPress press;
  const std::vector<std::string> contents = {"", "x", std::string(100, 'a'), noise(70'000), noise(3'000'000)};
  std::string file;
  for (const std::string& content : contents) file += press.pack(content);
  folder.write("f", file);
  EXPECT_EQ(members_of(folder / "f"), contents);
}

TEST(Member, JoinsHeadBlockAndTail) {
  const TemporaryFolder folder;
  folder.write("f", MemberPress().pack("head ", "block ", "tail"));
  EXPECT_EQ(members_of(folder / "f"), std::vector<std::string>{"head block tail"});
}

// Small ones are pressed with codes made for texts of a script; what those do not fit gets its own.
TEST(Member, PressesSmallContentsOfEveryKind) {
  const TemporaryFolder folder;
  const MemberPress press;
  const auto often = [](const std::string& line) {
    std::string out;
    for (int i = 0; i < 40; ++i) out += line + std::to_string(i * 7919) + ". ";
    return out;
  };
  std::string windows;  // a Cyrillic text of one byte a letter
  for (const char c : noise(4000)) windows += static_cast<char>(0xC0 + (static_cast<unsigned char>(c) & 0x1FU));
  const std::vector<std::string> texts = {often("The office opened at eight, and residents waited "),
                                          often("Відділ відчинився о восьмій, мешканці чекали "), often("大家在门口等待 "), windows};
  for (const std::string& text : texts) {
    const std::string packed = press.pack("head\r\n", text, "\r\n");
    EXPECT_LT(packed.size(), text.size() * 4 / 5) << text.substr(0, 40);
    folder.write("f", packed);
    EXPECT_EQ(members_of(folder / "f"), std::vector<std::string>{"head\r\n" + text + "\r\n"});
  }
  EXPECT_LT(press.pack(noise(10'000)).size(), 10'100U);
}

RC_GTEST_PROP(Member, HoldsAnySmallContent, ()) {
  // Pieces of it come again, near and far, so that every length and distance is met.
  std::string content;
  const auto goal = *rc::gen::inRange<std::size_t>(0, 17'000);
  auto seed = *rc::gen::arbitrary<std::uint32_t>();
  while (content.size() < goal) {
    seed = seed * 1664525U + 1013904223U;
    const std::size_t size = 1 + (seed >> 20U) % 400;
    if ((seed & 0x100U) != 0 && !content.empty()) {
      content += content.substr(seed % content.size(), size);
    } else {
      content += noise(size % 40, seed);
    }
  }
  const TemporaryFolder folder;
  folder.write("f", MemberPress().pack(content));
  RC_ASSERT(members_of(folder / "f") == std::vector<std::string>{content});
}

// What is over 8 MB goes another way.
TEST(Member, HoldsLargeContentsToo) {
  const TemporaryFolder folder;
  const MemberPress press;
  const std::string block = noise(5'000'000) + std::string(30'000'000, 'z') + noise(5'000'000, 7);
  folder.write("f", press.pack("one") + press.pack("head", block, "tail") + press.pack("two"));
  const auto got = members_of(folder / "f");
  ASSERT_EQ(got.size(), 3U);
  EXPECT_TRUE(got[1] == "head" + block + "tail");
  EXPECT_EQ(got[2], "two");
}

TEST(Member, SaysWhereOneIsTornAndFindsTheNext) {
  const TemporaryFolder folder;
  const MemberPress press;
  const std::string a = press.pack(noise(5000, 1));
  const std::string b = press.pack(noise(5000, 2));
  const std::string c = press.pack(noise(5000, 3));
  std::string bad = b;
  bad[100] = static_cast<char>(bad[100] ^ 1);
  folder.write("f", a + bad + c);
  EXPECT_EQ(members_of(folder / "f"), (std::vector<std::string>{noise(5000, 1), "!", noise(5000, 3)}));
  auto reader = MemberReader::open(folder / "f");
  ASSERT_TRUE(reader->next()->has_value());
  const auto error = reader->next();
  ASSERT_TRUE(error && !*error);
  EXPECT_EQ(error->error().place, "byte " + std::to_string(a.size()));
  EXPECT_EQ(error->error().kind, ErrorKind::kCasebook);
  EXPECT_EQ(reader->offset(), a.size());

  folder.write("f", a + b.substr(0, b.size() - 1));
  EXPECT_EQ(members_of(folder / "f"), (std::vector<std::string>{noise(5000, 1), "!"}));
}

TEST(Member, StartsAtAnyMember) {
  const TemporaryFolder folder;
  const MemberPress press;
  const std::string first = press.pack("first");
  folder.write("f", first + press.pack("second"));
  EXPECT_EQ(members_of(folder / "f", first.size()), std::vector<std::string>{"second"});
  EXPECT_EQ(members_of(folder / "f", 1U << 20U), std::vector<std::string>{});
}

TEST(Member, IsPackedByManyThreads) {
  const TemporaryFolder folder;
  const MemberPress press;
  std::vector<std::string> packed(32);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < packed.size(); i += 4) packed[i] = press.pack(noise(2000, static_cast<std::uint32_t>(i)));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::string file;
  for (const std::string& each : packed) file += each;
  folder.write("f", file);
  const auto got = members_of(folder / "f");
  ASSERT_EQ(got.size(), packed.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_TRUE(got[i] == noise(2000, static_cast<std::uint32_t>(i)));
}

// A file full of beginnings: each could be a member, none is.
TEST(Member, GivesUpOnAFileMadeToKeepItBusy) {
  const TemporaryFolder folder;
  std::string file;
  for (int i = 0; i < 200'000; ++i) file += std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
  folder.write("f", file + MemberPress().pack("behind it"));
  EXPECT_EQ(members_of(folder / "f"), std::vector<std::string>{"!"});
}

TEST(Member, RefusesWhatIsNoFile) {
  const TemporaryFolder folder;
  EXPECT_FALSE(MemberReader::open(folder / "nothing"));
  EXPECT_FALSE(MemberReader::open(folder.path()));
  std::filesystem::create_symlink(folder.write("f", "x"), folder / "link");
  EXPECT_FALSE(MemberReader::open(folder / "link")) << "a link leads out of the casebook";
}

RC_GTEST_PROP(Member, SurvivesAnyBytes, (const std::string& bytes)) {
  const TemporaryFolder folder;
  folder.write("f", bytes);
  members_of(folder / "f");
}

TEST(RunningSha256, IsTheSameInPieces) {
  RunningSha256 running;
  for (int round = 0; round < 2; ++round) {
    running.add("a");
    running.add("");
    running.add("bc");
    const auto digest = running.finish();
    EXPECT_EQ(digest[0], 0xBA);
    EXPECT_EQ(digest[31], 0xAD);
  }
}

}  // namespace
}  // namespace litopys
