// fts5vocab gives a row for each place of a term. They are taken by an aggregate function, since a statement that hands its rows out one by
// one costs a third more than the index itself.
#include "store/indexed_words.h"

#include <sqlite3.h>

#include <exception>
#include <string_view>
#include <vector>

namespace litopys {
namespace {

struct WordsInOrder {
  IndexedWords out;
  std::string term, room;
  std::int64_t row = 0;
  std::vector<std::uint32_t> places;  // of the term in the row
  std::exception_ptr thrown;          // what must not pass through SQLite

  void put() {
    if (!places.empty()) out.rows[row].add(term, places, room);
    places.clear();
  }
  void take(std::string_view next_term, std::int64_t next_row, std::int64_t place) {
    ++out.terms;
    if (next_row != row || next_term != term) {
      put();
      row = next_row;
      term = next_term;
    }
    places.push_back(static_cast<std::uint32_t>(place));
  }
};

void take_place(sqlite3_context* context, int /*three*/, sqlite3_value** values) {
  auto* words = static_cast<WordsInOrder*>(sqlite3_user_data(context));
  if (words->thrown) return;
  try {
    // As bytes, since SQLite would copy a text to put a zero behind it.
    const auto* bytes = static_cast<const char*>(sqlite3_value_blob(values[0]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
    words->take(size == 0 ? std::string_view() : std::string_view(bytes, size), sqlite3_value_int64(values[1]),
                sqlite3_value_int64(values[2]));
  } catch (...) {
    words->thrown = std::current_exception();
  }
}

void end_of_places(sqlite3_context* context) { sqlite3_result_null(context); }

constexpr const char* kTakePlaces = "litopys_take_places";

}  // namespace

MerkleHash IndexedWords::take(std::int64_t row) {
  const auto at = rows.find(row);
  if (at == rows.end()) return {};
  const MerkleHash out = at->second.value();
  rows.erase(at);
  return out;
}

IndexedWords words_of_index(Database& database, const std::string& table) {
  WordsInOrder words;
  const auto function = [&](void* user, auto* step, auto* final) {
    return sqlite3_create_function(database.handle(), kTakePlaces, 3, SQLITE_UTF8 | SQLITE_DIRECTONLY, user, nullptr, step, final);
  };
  if (function(&words, &take_place, &end_of_places) != SQLITE_OK) database.failed("cannot be asked");
  database.run(("CREATE VIRTUAL TABLE IF NOT EXISTS temp." + table + "_seen USING fts5vocab(main, " + table + ", instance)").c_str());
  SqlStatement(database, std::string("SELECT ") + kTakePlaces + "(term, doc, \"offset\") FROM temp." + table + "_seen").run();
  if (words.thrown) std::rethrow_exception(words.thrown);
  words.put();
  return std::move(words.out);
}

}  // namespace litopys
