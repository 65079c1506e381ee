#include "vault/tiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

#include "temporary_folder.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

using litopys::testing::TemporaryFolder;
using ::testing::HasSubstr;

// C2SP tlog-tiles: "index 1234067 will be encoded as x001/x234/067".
TEST(Tiles, AreNamedAsTheStandardHasIt) {
  EXPECT_EQ(tile_number(0), "000");
  EXPECT_EQ(tile_number(999), "999");
  EXPECT_EQ(tile_number(1000), "x001/000");
  EXPECT_EQ(tile_number(1234067), "x001/x234/067");
  EXPECT_EQ(tile_name(0, 5, 256), "tile/0/005");
  EXPECT_EQ(tile_name(3, 1234, 17), "tile/3/x001/234.p/17");
  EXPECT_EQ(bundle_name(0, 1), "tile/entries/000.p/1");
}

// C2SP tlog-tiles, "Partial Tiles": its example of 70,000 and that of 256.
TEST(Tiles, HaveTheWidthsOfTheStandardsExamples) {
  EXPECT_EQ(tile_width(0, 272, 70'000), 256U);
  EXPECT_EQ(tile_width(0, 273, 70'000), 112U);
  EXPECT_EQ(tile_width(0, 274, 70'000), 0U);
  EXPECT_EQ(tile_width(1, 0, 70'000), 256U);
  EXPECT_EQ(tile_width(1, 1, 70'000), 17U);
  EXPECT_EQ(tile_width(2, 0, 70'000), 1U);
  EXPECT_EQ(tile_width(3, 0, 70'000), 0U);
  EXPECT_EQ(tile_width(0, 0, 256), 256U);
  EXPECT_EQ(tile_width(0, 1, 256), 0U);
  EXPECT_EQ(tile_width(1, 0, 256), 1U);
  EXPECT_EQ(tile_width(63, UINT64_MAX, UINT64_MAX), 0U);
}

RC_GTEST_PROP(Tiles, NamesGoThereAndBack, (std::uint64_t index)) {
  const auto level = static_cast<unsigned>(*rc::gen::inRange(0, 64));
  const auto width = *rc::gen::inRange<std::uint64_t>(1, 257);
  const auto tile = parse_tile_name(tile_name(level, index, width));
  RC_ASSERT(tile && !tile->entries && tile->level == level && tile->index == index && tile->width == width);
  const auto bundle = parse_tile_name(bundle_name(index, width));
  RC_ASSERT(bundle && bundle->entries && bundle->index == index && bundle->width == width);
  RC_ASSERT(parse_tile_number(tile_number(index)) == index);
}

TEST(Tiles, TakeNoOtherNames) {
  for (const char* name :
       {"tile/0/0", "tile/00/000", "tile/64/000", "tile/0/x000/001", "tile/0/001/000", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/01", "tile/0/000.p/", "tile/entries", "tile/0/", "tile//000", "tile/0/x001", "tile/0/000/", "000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/-1/000", "tile/0/+01", "tile/0/000.p/1.p/2"}) {
    EXPECT_FALSE(parse_tile_name(name)) << name;
  }
}

RC_GTEST_PROP(Bundles, GiveBackTheirEntries, (const std::vector<std::string>& entries)) {
  std::string bytes;
  std::size_t kept = 0;
  for (const std::string& entry : entries) {
    if (kept == 256) break;
    append_to_bundle(bytes, entry);
    ++kept;
  }
  const auto places = split_bundle(bytes, "x");
  RC_ASSERT(places.has_value());
  RC_ASSERT(places->size() == kept);
  for (std::size_t i = 0; i < kept; ++i) RC_ASSERT(bytes.substr((*places)[i].offset, (*places)[i].size) == entries[i]);
}

TEST(Bundles, NameTheByteThatIsWrong) {
  std::string bundle;
  append_to_bundle(bundle, "one");
  const auto problem = [](const std::string& bytes) { return split_bundle(bytes, "000").error().line(); };
  EXPECT_EQ(problem(bundle + "x"), "000: byte 5: half a length at the end of an entry bundle");
  EXPECT_EQ(problem(bundle + std::string("\0\x09half", 6)), "000: byte 5: an entry of 9 bytes is promised, 4 follow");
  std::string many;
  for (int i = 0; i < 257; ++i) append_to_bundle(many, "");
  EXPECT_EQ(problem(many), "000: byte 512: more than 256 entries in one bundle");
  std::string largest;
  append_to_bundle(largest, std::string(65'535, 'a'));
  EXPECT_EQ(split_bundle(largest, "000").value()[0].size, 65'535U);
}

TEST(TileReader, TakesAFullTileWhereThePartialOneIsGone) {
  const TemporaryFolder folder;
  std::vector<MerkleHash> hashes;
  for (int i = 0; i < 256; ++i) hashes.push_back(leaf_hash(std::to_string(i)));
  folder.write(tile_name(0, 0, 256), tile_bytes(hashes));
  TileReader reader(folder.path(), 5);
  EXPECT_EQ(reader.tile(0, 0).value(), std::vector<MerkleHash>(hashes.begin(), hashes.begin() + 5));
  EXPECT_EQ(reader.node(2, 0).value(), subtree_root(std::span(hashes).first(4)));
  EXPECT_FALSE(reader.node(2, 1)) << "the tree of 5 has no such complete subtree";
  EXPECT_FALSE(reader.node(64, 0));
  EXPECT_FALSE(reader.tile(1, 0));
}

TEST(TileReader, SaysWhatIsWrongWithAFile) {
  const TemporaryFolder folder;
  EXPECT_THAT(TileReader(folder.path(), 5).tile(0, 0).error().line(), HasSubstr("tile/0/000.p/5: is missing"));
  folder.write("tile/0/000.p/5", std::string(159, 'x'));
  EXPECT_THAT(TileReader(folder.path(), 5).tile(0, 0).error().line(), HasSubstr("has 159 bytes, a tile of its name has 160"));
  folder.write("tile/0/000.p/5", std::string(9000, 'x'));
  EXPECT_THAT(TileReader(folder.path(), 5).tile(0, 0).error().line(), HasSubstr("at most 8192 can be right"));
  std::string two;
  append_to_bundle(two, "a");
  append_to_bundle(two, "b");
  folder.write("tile/entries/000.p/5", two);
  EXPECT_THAT(TileReader(folder.path(), 5).entry(0).error().line(), HasSubstr("has 2 entries, the checkpoint needs 5"));
  EXPECT_FALSE(TileReader(folder.path(), 5).entry(5));
}

// A pipe would hang the reader for ever, a link lead it out of the casebook.
TEST(SmallFile, OpensNoPipeNoLinkNoFolder) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  std::filesystem::create_symlink("/etc/passwd", folder / "link");
  std::filesystem::create_directory(folder / "folder");
  EXPECT_THAT(find_small_file(folder / "pipe", 100).error().line(), HasSubstr("is no regular file"));
  EXPECT_THAT(find_small_file(folder / "link", 100).error().line(), HasSubstr("is a link"));
  EXPECT_THAT(find_small_file(folder / "folder", 100).error().line(), HasSubstr("is no regular file"));
  EXPECT_FALSE(find_small_file(folder / "nothing", 100)->has_value());
  EXPECT_THAT(read_small_file(folder / "nothing", 100).error().line(), HasSubstr("is missing"));
}

TEST(FileBatch, WritesHundredsOfFilesInNewFolders) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "tmp");
  FileBatch batch(folder.path(), folder / "tmp");
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(batch.add("a/b" + std::to_string(i % 3) + "/" + std::to_string(i), std::to_string(i)));
  ASSERT_TRUE(batch.finish());
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(testing::read_whole(folder / ("a/b" + std::to_string(i % 3) + "/" + std::to_string(i))), std::to_string(i));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder / "tmp"));
}

}  // namespace
}  // namespace litopys
