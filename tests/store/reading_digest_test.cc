#include "store/reading_digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/utf8.h"
#include "store/database.h"
#include "store/indexed_words.h"
#include "store/words.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::TemporaryFolder;

// As record.db has it.
void create_index(Database& database) {
  database.run("CREATE VIRTUAL TABLE some_words USING fts5 (words, content='', tokenize=\"unicode61 remove_diacritics 0\")");
  database.run("CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, some_words, instance)");
}

MerkleHash indexed(const std::string& words) {
  const TemporaryFolder folder;
  Database database(folder / "words.db", Database::Mode::write);
  create_index(database);
  SqlStatement(database, "INSERT INTO some_words (rowid, words) VALUES (7, ?1)").bind(1, words).run();
  SqlStatement ask(database, "SELECT term, \"offset\" FROM temp.seen");
  std::map<std::string, std::vector<std::uint32_t>> terms;  // in the order of their bytes
  while (ask.step()) terms[std::string(ask.text(0))].push_back(static_cast<std::uint32_t>(ask.integer(1)));
  WordsDigest out;
  std::string room;
  for (const auto& [term, places] : terms) out.add(term, places, room);
  return out.value();
}

// An index parts and folds nothing more: else what is in it could not be told from what was read.
TEST(ReadingDigest, OfWordsIsThatOfTheIndexForEveryLetter) {
  const TemporaryFolder folder;
  Database database(folder / "words.db", Database::Mode::write);
  create_index(database);
  database.run("BEGIN");
  std::vector<std::string> letters;
  {
    std::set<std::string> seen;
    SqlStatement put(database, "INSERT INTO some_words (rowid, words) VALUES (?1, ?2)");
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
      if (c >= 0xD800 && c <= 0xDFFF) continue;
      std::string text = "a";
      utf8::append(text, c);
      std::string folded = folded_word(text + "b");
      if (folded.size() <= 2 || !seen.insert(folded).second) continue;
      put.bind(1, static_cast<std::int64_t>(letters.size())).bind(2, folded).run();
      letters.push_back(std::move(folded));
    }
  }
  EXPECT_GT(letters.size(), 100'000U);
  std::vector<std::string> terms(letters.size());
  SqlStatement ask(database, "SELECT term, doc FROM temp.seen");
  while (ask.step()) terms.at(static_cast<std::size_t>(ask.integer(1))).append(ask.text(0)).append(";");
  std::string others;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    std::replace(letters[i].begin(), letters[i].end(), ' ', ';');  // where we part words too
    if (terms[i] != letters[i] + ";") others += letters[i] + " is " + terms[i] + "\n";
  }
  EXPECT_EQ(others, "");
}

TEST(ReadingDigest, OfWordsIsThatOfTheIndex) {
  const std::string words[] = {"",
                               "one",
                               "two one two",
                               "слово слова слово 90000 є їжак",
                               std::string(40'000, 'x') + " y",
                               std::string(40'000, 'x') + " " + std::string(50'000, 'x')};
  for (const std::string& each : words) EXPECT_EQ(hex_of(words_digest(each)), hex_of(indexed(each))) << each.substr(0, 100);

  // … and so it is where many rows are taken in one pass.
  const TemporaryFolder folder;
  Database database(folder / "words.db", Database::Mode::write);
  create_index(database);
  SqlStatement put(database, "INSERT INTO some_words (rowid, words) VALUES (?1, ?2)");
  std::int64_t row = 0;
  for (const std::string& each : words) put.bind(1, ++row).bind(2, each).run();
  IndexedWords rows = words_of_index(database, "some_words");
  EXPECT_EQ(rows.terms, 1U + 3U + 6U + 2U + 2U);
  row = 0;
  for (const std::string& each : words) EXPECT_EQ(hex_of(rows.take(++row)), hex_of(words_digest(each))) << each.substr(0, 100);
  EXPECT_TRUE(rows.rows.empty());
}

// Every value counts, and where one ends and the next begins.
TEST(ReadingDigest, DiffersWithEachValue) {
  ItemReading reading;
  ClaimDocument& document = reading.document.emplace();
  document.text = "Text.";
  document.outlet = "Outlet";
  document.junk = {1, 2};
  document.claims.resize(2);
  document.claims[0].quote = "Text.";
  document.claims[0].measure = "issuance";
  reading.words = "text";
  reading.claim_words = {"text", ""};
  std::vector<ItemReading> all(1, reading);
  const auto with = [&](auto change) {
    all.push_back(reading);
    change(all.back());
  };
  with([](ItemReading& r) { r.document->text = "Text"; });
  with([](ItemReading& r) { r.document->outlet = "Outle"; });
  with([](ItemReading& r) { r.document->outlet.reset(); });
  with([](ItemReading& r) { r.document->outlet = ""; });
  with([](ItemReading& r) { std::swap(r.document->outlet, r.document->title); });
  with([](ItemReading& r) { r.document->junk = {12}; });
  with([](ItemReading& r) { r.document->notes = {"x"}; });
  with([](ItemReading& r) { r.document->language = Language::uk; });
  with([](ItemReading& r) { r.document->claims.pop_back(); });
  with([](ItemReading& r) { std::swap(r.document->claims[0], r.document->claims[1]); });
  with([](ItemReading& r) { r.document->claims[0].span.end = 5; });
  with([](ItemReading& r) { r.document->claims[0].measure = "issuanc"; });
  with([](ItemReading& r) { r.document->claims[0].places = {"UA-65"}; });
  with([](ItemReading& r) { r.document->claims[0].sources = {"UA-65"}; });
  with([](ItemReading& r) { r.document->claims[0].targets = {"UA-65"}; });
  with([](ItemReading& r) { r.document->claims[0].side = Side::russia; });
  with([](ItemReading& r) { r.document->claims[0].figure.emplace(); });
  with([](ItemReading& r) { r.document->claims[0].confidence = 1e-300; });
  with([](ItemReading& r) { r.document->claims[0].why = {{}}; });
  with([](ItemReading& r) { r.words = "text text"; });
  with([](ItemReading& r) { r.claim_words = {"", "text"}; });
  with([](ItemReading& r) { r.document.reset(); });
  with([](ItemReading& r) { r.problem = Error{ErrorKind::kLimit, {}, {}, "is large", {}}; });
  with([](ItemReading& r) { r.problem = Error{ErrorKind::kMalformed, {}, {}, "is large", {}}; });
  std::set<std::string> digests;
  for (const ItemReading& each : all) EXPECT_TRUE(digests.insert(reading_digest(each)).second) << "reading " << &each - all.data();
  // Where it was seen is no part of what was read.
  reading.problem = Error{ErrorKind::kLimit, "one.txt", {}, "is large", {}};
  EXPECT_EQ(reading_digest(reading), reading_digest(all[all.size() - 2]));
}

}  // namespace
}  // namespace litopys
