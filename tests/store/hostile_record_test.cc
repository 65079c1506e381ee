// A record.db in which somebody wrote what no program of ours writes: whatever stands in a column, what reads it ends, stays inside and
// says so, and the next writer does too. Run under ASan and UBSan besides (make asan).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>

#include "record/json.h"
#include "store/casebook_made.h"
#include "store/database.h"
#include "store/record_kept.h"
#include "store/record_of.h"
#include "store/reviewing.h"
#include "vault/member.h"

namespace litopys {
namespace {

using namespace litopys::testing;

// The columns of each table that is SQL's own.
std::map<std::string, std::vector<std::string>> columns_of(const std::filesystem::path& record) {
  std::map<std::string, std::vector<std::string>> out;
  EXPECT_TRUE(as_result([&] {
    Database database(record, Database::Mode::read);
    SqlStatement ask(database,
                     "SELECT t.name, c.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name "
                     "NOT LIKE 'sqlite_%' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND t.name NOT GLOB '*_words_*' ORDER BY 1, c.cid");
    while (ask.step()) out[std::string(ask.text(0))].emplace_back(ask.text(1));
  }));
  return out;
}

// Everything that asks a record.
void read_all(const std::filesystem::path& casebook) {
  const Resources& resources = *all_resources();
  (void)damages(casebook, true);
  auto record = Store::open(casebook / "record.db", Store::Mode::read);
  if (!record) return;
  (void)record->check();
  (void)record->counts();
  (void)record->dump();
  (void)record->end();
  (void)record->readers();
  (void)record->sightings("a");
  (void)record->claims({}, [](const ClaimRow&) { return true; });
  (void)record->documents([](const ItemRow&, const ClaimDocument&) { return true; });
  (void)record->items([](const ItemRow&) { return true; });
  (void)record->claims({.reviewed = true, .marked = true}, [](const ClaimRow&) { return true; });
  (void)record->reviews([](const SaidRow&) { return true; });
  (void)record->marks([](const SaidRow&) { return true; });
  (void)record->said_of("a");
  if (const auto whole = record_of(*record, codebook_of(resources), gazetteer_of(resources))) {
    std::string text;
    append_jsonl(text, *whole);
  }
  for (const FindingKind kind : {FindingKind::contradiction, FindingKind::update}) {
    (void)record_of(*record, codebook_of(resources), gazetteer_of(resources), Language::uk, {{kind}, {}});
  }
  (void)record_of(*record, codebook_of(resources), gazetteer_of(resources), Language::en, {{}, "a#1"});
}

// A review of a claim, if it is there.
void say_of(Casebook& casebook, const char* name, Verdict verdict) {
  const auto about = subject_named(casebook.record(), name);
  if (!about || !about->read) return;
  Review review{*about, verdict, std::nullopt, "K", ""};
  if (verdict == Verdict::corrected) {
    review.says = about->read;
    review.says->places = {"UA-23"};
  }
  (void)note_review(casebook, review);
}

// What a writer does with it: one more document and one more review, worked into what is kept.
void write_on(const std::filesystem::path& casebook) {
  auto writer = Casebook::open(casebook, all_resources(), [](const std::string&) {});
  if (!writer) return;
  OpenedItem opened;
  opened.item.id = "late";
  opened.item.path = "reports/late.txt";
  opened.item.bytes = std::string(kText) + "Late.\n";
  auto taken = writer->take(std::move(opened));
  const auto acknowledge = [](const KeptItem&) {};
  if (!taken || !writer->add(*std::move(taken), acknowledge) || !writer->flush(acknowledge)) return;
  say_of(*writer, "b#1", Verdict::open);
  say_of(*writer, "a#1", Verdict::wrong);
  (void)keep_record(writer->record(), codebook_of(*all_resources()), gazetteer_of(*all_resources()));
}

// LITOPYS_FULL=1 for every value in every column; by default each column gets one of them.
TEST(HostileRecord, IsReadAndWrittenOnWithoutHarm) {
  ASSERT_TRUE(all_resources());
  const bool all = std::getenv("LITOPYS_FULL") != nullptr;
  const TemporaryFolder folder;
  const std::filesystem::path made = folder / "made.case";
  const std::filesystem::path casebook = folder / "my.case";
  const std::string second =
      "Kherson region, 12 March 2024\n\nOnly 40,000 residents of the Kherson region have received Russian passports, the occupation head "
      "Vladimir Saldo said on 12 March 2024.\n";
  take_in(made, {{"a", kText}, {"b", second}, {"c", std::string(kText) + "Copied."}, {"d", "A report.\n"}});
  {
    auto writer = Casebook::open(made, all_resources(), [](const std::string&) {});
    ASSERT_TRUE(writer);
    ASSERT_TRUE(note_mark(*writer, {subject_named(writer->record(), "a#1").value(), "x", false, "", ""}));
    say_of(*writer, "a#1", Verdict::corrected);
    ASSERT_TRUE(keep_record(writer->record(), codebook_of(*all_resources()), gazetteer_of(*all_resources())));
    say_of(*writer, "b#1", Verdict::wrong);
    say_of(*writer, "b#1", Verdict::open);
    ASSERT_TRUE(keep_record(writer->record(), codebook_of(*all_resources()), gazetteer_of(*all_resources())));
  }
  const auto tables = columns_of(made / "record.db");
  ASSERT_GE(tables.size(), 15U);
  const std::string values[] = {"-1", "9223372036854775807", "'nobody wrote this'", "x'ff00fe41'", "'[{]'",
                                "0",  "rowid + 1",           "zeroblob(70000)",     "''"};
  std::size_t turn = 0;
  std::uint64_t edits = 0;
  const auto try_edit = [&](const std::string& sql) {
    std::filesystem::remove_all(casebook);
    std::filesystem::copy(made, casebook, std::filesystem::copy_options::recursive);
    const auto edited = as_result([&] {
      Database database(casebook / "record.db", Database::Mode::write);
      database.run("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;");
      database.run(sql.c_str());
    });
    if (!edited) return;  // SQLite itself would not have it
    ++edits;
    SCOPED_TRACE(sql);
    read_all(casebook);
    write_on(casebook);
    read_all(casebook);
  };
  for (const auto& [table, columns] : tables) {
    for (const std::string& column : columns) {
      for (const std::string& value : values) {
        if (!all && turn++ % std::size(values) != 0) continue;
        try_edit("UPDATE OR REPLACE " + table + " SET \"" + column + "\" = " + value);
      }
      if (!all) ++turn;  // another value for the next column
    }
    try_edit("DELETE FROM " + table);
    try_edit("DROP TABLE " + table);
    try_edit("DELETE FROM " + table + " WHERE \"" + columns.front() + "\" = (SELECT max(\"" + columns.front() + "\") FROM " + table + ")");
  }
  EXPECT_GT(edits, tables.size());
  std::printf("%llu edits of %zu tables\n", static_cast<unsigned long long>(edits), tables.size());
}

// --- all files of a casebook

// What a hostile hand does to one file: anything that keeps it a file, and with records whose gzip is whole.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  void change(const std::filesystem::path& path) {
    std::string bytes = read_whole(path);
    if (path.extension() == ".gz" && below(2) == 0) {
      bytes = with_changed_records(path);
    } else {
      change(bytes);
    }
    std::ofstream(path, std::ios::binary) << bytes;
  }

  std::size_t below(std::size_t most) { return most == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, most - 1)(random_); }

 private:
  void change(std::string& bytes) {
    for (std::size_t times = 1 + below(3); times > 0; --times) {
      const std::size_t at = below(bytes.size() + 1);
      const std::size_t size = below(bytes.size() - at + 1);
      switch (below(7)) {
        case 0:
          if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
          break;
        case 1: bytes.resize(at); break;
        case 2: bytes.insert(at, 1 + below(64), static_cast<char>(below(256))); break;
        case 3: bytes.replace(at, size, size, '\0'); break;
        case 4: bytes.insert(at, bytes.substr(at, size)); break;
        case 5: bytes.erase(at, size); break;
        default: bytes.insert(at, "18446744073709551616"); break;
      }
    }
  }

  std::string with_changed_records(const std::filesystem::path& path) {
    std::string out;
    auto reader = MemberReader::open(path);
    while (auto member = reader->next()) {
      if (!*member) break;
      std::string record((*member)->bytes);
      if (below(3) == 0) change(record);
      if (below(8) != 0) out += MemberPress().pack(record);
    }
    return out;
  }

  std::mt19937 random_;
};

// LITOPYS_FULL=1 for 3,000 casebooks.
TEST(HostileCasebook, IsVerifiedAndRebuiltWithoutHarm) {
  ASSERT_TRUE(all_resources());
  const std::uint32_t rounds = std::getenv("LITOPYS_FULL") != nullptr ? 3000 : 60;
  const TemporaryFolder folder;
  const std::filesystem::path made = folder / "made.case";
  const std::filesystem::path casebook = folder / "my.case";
  take_in(made, {{"a", kText}, {"b", "A report.\n"}});
  take_in(made, {{"c", std::string(kText) + "Third.\n"}, {"d", kText}});
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(made)) {
    const std::string name = std::filesystem::relative(entry.path(), made).string();
    if (entry.is_regular_file() && name != "lock") names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  std::uint64_t named = 0, rebuilt = 0;
  for (std::uint32_t seed = 0; seed < rounds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::filesystem::remove_all(casebook);
    std::filesystem::copy(made, casebook, std::filesystem::copy_options::recursive);
    Mutator mutator(seed);
    for (std::size_t times = 1 + mutator.below(3); times > 0; --times) mutator.change(casebook / names[mutator.below(names.size())]);
    named += damages(casebook, true).empty() ? 0 : 1;
    (void)open_casebook(casebook);
    const auto again = rebuild_casebook(
        casebook, all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
    if (!again) {
      EXPECT_FALSE(again.error().problem.empty());
      continue;
    }
    ++rebuilt;
    (void)damages(casebook, true);
  }
  EXPECT_GT(named, rounds * 3 / 4) << "what SQLite keeps nothing in can change, and what a rename would replace";
  std::printf("%u casebooks: %llu named by verify, %llu rebuilt\n", rounds, static_cast<unsigned long long>(named),
              static_cast<unsigned long long>(rebuilt));
}

}  // namespace
}  // namespace litopys
