// Reviews and marks in the tables. An act is worked in when its entry is, on the claims as they are read at that time; so a record that
// grew and one that is made again say the same. What a review changes is put back to what was read before the next one is worked in.
#include <algorithm>
#include <map>

#include "store/impl.h"
#include "store/record_tables.h"
#include "vault/entry.h"

namespace litopys {
namespace {

constexpr const char* kReadColumns =
    "claim, number, start, \"end\", quote, measure, value, value2, bound, unit, figure_text, places, \"when\", sources, side, stance, "
    "credence, targets, confidence, why";

// kClaimColumns of another table.
std::string claim_columns_of(const std::string& table) {
  std::string out = kClaimColumns;
  constexpr std::string_view kOwn = "claim.";
  for (std::size_t at = out.find(kOwn); at != std::string::npos; at = out.find(kOwn, at + table.size()))
    out.replace(at, kOwn.size() - 1, table);
  return out;
}

void take_words(const SqlStatement& row, int column, SaidRow& into) {
  into.entry = static_cast<std::uint64_t>(row.integer(column));
  into.time = row.text(column + 1);
  into.by = row.text(column + 2);
  into.note = row.text(column + 3);
  into.standing = row.integer(column + 4) != 0;
}
constexpr int kWordColumns = 5;

}  // namespace

void Store::Impl::put_said(std::int64_t entry, std::string_view act, std::string_view detail) {
  if (act == name_of(Act::reviewed)) {
    if (const std::optional<Review> review = review_of_json(detail)) put_review(entry, *review);
  } else if (act == name_of(Act::marked)) {
    if (const std::optional<Mark> mark = mark_of_json(detail)) put_mark(entry, *mark);
  }
}

std::int64_t Store::Impl::item_of(std::string_view sha256) {
  find_item.bind(1, sha256);
  const std::int64_t out = find_item.step() ? find_item.integer(0) : 0;
  find_item.reset();
  return out;
}

std::int64_t Store::Impl::claim_read_as(std::int64_t item, const ActSubject& about) {
  std::map<std::int64_t, Claim> changed;
  {
    SqlStatement ask(database, "SELECT " + claim_columns_of("claim_read") +
                                   ", claim_read.claim FROM claim_read JOIN claim USING (claim) WHERE claim.document = ?1");
    ask.bind(1, item);
    while (ask.step()) changed.emplace(ask.integer(kClaimColumnCount), claim_of(ask));
  }
  SqlStatement ask(database,
                   std::string("SELECT ") + kClaimColumns + ", claim FROM claim WHERE document = ?1 AND quote = ?2 ORDER BY number");
  ask.bind(1, item).bind(2, about.read->quote);
  std::int64_t out = 0;
  while (ask.step()) {
    const std::int64_t row = ask.integer(kClaimColumnCount);
    const auto before = changed.find(row);
    if (!same_claim(before == changed.end() ? claim_of(ask) : before->second, *about.read)) continue;
    // Of two that read alike the number tells which was meant.
    const bool same_number = ask.integer(kClaimColumnCount - 1) == about.number;
    if (out == 0 || same_number) out = row;
    if (same_number) break;
  }
  return out;
}

void Store::Impl::change_claim(std::int64_t row, const Claim& claim) {
  std::int64_t item = 0;
  int number = 0;
  std::optional<Date> published;
  {
    SqlStatement ask(database, "SELECT document, number, published FROM claim JOIN document USING (document) WHERE claim = ?1");
    ask.bind(1, row);
    if (!ask.step()) return;
    item = ask.integer(0);
    number = static_cast<int>(ask.integer(1));
    if (!ask.is_null(2)) published = Date::parse(ask.text(2));
  }
  for (const char* table : {"claim_place", "claim_source"})
    SqlStatement(database, std::string("DELETE FROM ") + table + " WHERE claim = ?1").bind(1, row).run();
  SqlStatement put(database,
                   "UPDATE claim SET start = ?3, \"end\" = ?4, quote = ?5, measure = ?6, value = ?7, value2 = ?8, bound = ?9, unit = ?10, "
                   "figure_text = ?11, places = ?12, \"when\" = ?13, stands_first = ?14, stands_last = ?15, sources = ?16, side = ?17, "
                   "stance = ?18, credence = ?19, targets = ?20, confidence = ?21, why = ?22 WHERE document = ?1 AND number = ?2");
  bind_claim(put, item, number, claim, published);
  put.run();
  put_lists(row, claim);
}

void Store::Impl::put_review(std::int64_t entry, const Review& review) {
  const std::int64_t item = item_of(review.about.sha256);
  if (item == 0) return;
  const std::int64_t row = claim_read_as(item, review.about);
  if (row != 0) {
    SqlStatement(database, "UPDATE review SET standing = 0 WHERE claim = ?1").bind(1, row).run();
    const auto is_wrong = [&] {
      SqlStatement ask(database, "SELECT 1 FROM claim WHERE claim = ?1 AND review = 'wrong'");
      return ask.bind(1, row).step();
    };
    bool changes = is_wrong() != (review.verdict == Verdict::wrong);
    const auto claim_in = [&](const std::string& table) -> std::optional<Claim> {
      SqlStatement ask(database, "SELECT " + claim_columns_of(table) + " FROM " + table + " WHERE claim = ?1");
      ask.bind(1, row);
      return ask.step() ? std::optional(claim_of(ask)) : std::nullopt;
    };
    const std::optional<Claim> before = claim_in("claim");
    if (const std::optional<Claim> read = claim_in("claim_read")) {
      changes = true;
      change_claim(row, *read);
      SqlStatement(database, "DELETE FROM claim_read WHERE claim = ?1").bind(1, row).run();
    }
    std::optional<Claim> claim = claim_in("claim");
    if (claim && review.says && !same_slots(*claim, *review.says)) {
      SqlStatement(database, std::string("INSERT INTO claim_read SELECT ") + kReadColumns + " FROM claim WHERE claim = ?1")
          .bind(1, row)
          .run();
      changes = true;
      take_slots(*claim, *review.says);
      change_claim(row, *claim);
    }
    SqlStatement put(database, "UPDATE claim SET review = ?2 WHERE claim = ?1");
    put.bind(1, row).bind(2, review.verdict == Verdict::open ? std::nullopt : std::optional(std::string(name(review.verdict)))).run();
    if (changes && before) KeptTables::touch(database, item, *before);
  }
  SqlStatement put(database, "INSERT INTO review VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  put.bind(1, entry).bind(2, item).bind(3, std::int64_t{review.about.number});
  put.bind_null(4);
  if (row != 0) put.bind(4, row);
  put.bind(5, name(review.verdict)).bind(6, review.by).bind(7, review.note);
  put.bind(8, std::int64_t{row != 0 && review.verdict != Verdict::open}).run();
}

void Store::Impl::put_mark(std::int64_t entry, const Mark& mark) {
  const std::int64_t item = item_of(mark.about.sha256);
  if (item == 0) return;
  const std::int64_t row = mark.about.read ? claim_read_as(item, mark.about) : 0;
  const bool lost = mark.about.read && row == 0;
  if (!lost) {
    SqlStatement put(database,
                     "UPDATE mark SET standing = 0 WHERE item = ?1 AND tag = ?2 AND (number = 0) = (?3 = 0) AND coalesce(claim, 0) = ?3");
    put.bind(1, item).bind(2, mark.tag).bind(3, row).run();
  }
  SqlStatement put(database, "INSERT INTO mark VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  put.bind(1, entry).bind(2, item).bind(3, std::int64_t{mark.about.number});
  put.bind_null(4);
  if (row != 0) put.bind(4, row);
  put.bind(5, mark.tag).bind(6, mark.by).bind(7, mark.note).bind(8, std::int64_t{!lost && !mark.removed}).run();
}

SaidOfClaims::SaidOfClaims(Database& database)
    : review_(database,
              "SELECT entry, time, reviewer, note, standing, verdict FROM review JOIN act USING (entry) WHERE claim = ?1 AND standing = 1 "
              "ORDER BY entry DESC"),
      read_(database, "SELECT " + claim_columns_of("claim_read") + " FROM claim_read WHERE claim = ?1"),
      marks_(
          database,
          "SELECT entry, time, marker, note, standing, tag, number FROM mark JOIN act USING (entry) WHERE item = ?1 AND standing = 1 AND "
          "(claim = ?2 OR number = 0) ORDER BY entry") {
  SqlStatement ask(database, "SELECT 1 FROM mark LIMIT 1");
  any_marks_ = ask.step();
}

void SaidOfClaims::of(ClaimRow& row, bool reviewed, std::int64_t claim, std::int64_t item) {
  row.review.reset();
  row.read.reset();
  row.marks.clear();
  if (reviewed) {
    review_.bind(1, claim);
    if (review_.step()) {
      SaidRow& said = row.review.emplace();
      take_words(review_, 0, said);
      said.verdict = parse_name<Verdict>(review_.text(kWordColumns)).value_or(Verdict::open);
    }
    review_.reset();
    read_.bind(1, claim);
    if (read_.step()) row.read = claim_of(read_);
    read_.reset();
  }
  if (!any_marks_) return;
  marks_.bind(1, item).bind(2, claim);
  while (marks_.step()) {
    SaidRow& said = row.marks.emplace_back();
    take_words(marks_, 0, said);
    said.tag = marks_.text(kWordColumns);
    said.number = static_cast<int>(marks_.integer(kWordColumns + 1));
  }
  marks_.reset();
}

namespace {

// Rows of review or mark; `who` and `word` are the columns that the two call differently.
template <class TakeWord>
void each_said(Database& database, const std::string& table, const char* who, const char* word, std::uint64_t from,
               const std::function<bool(const SaidRow&)>& each, TakeWord take_word) {
  SqlStatement ask(database,
                   "SELECT entry, time, " + table + "." + who + ", " + table + ".note, standing, " + table + "." + word +
                       ", item.id, coalesce(claim.number, " + table + ".number), " + table + ".number = 0 OR " + table +
                       ".claim IS NOT NULL, claim.quote FROM " + table + " JOIN act USING (entry) JOIN item ON item.item = " + table +
                       ".item LEFT JOIN claim ON claim.claim = " + table + ".claim WHERE " + table + ".entry >= ?1 ORDER BY entry");
  ask.bind(1, static_cast<std::int64_t>(from));
  while (ask.step()) {
    SaidRow row;
    take_words(ask, 0, row);
    take_word(row, ask.text(kWordColumns));
    row.document = ask.text(kWordColumns + 1);
    row.number = static_cast<int>(ask.integer(kWordColumns + 2));
    row.found = ask.integer(kWordColumns + 3) != 0;
    row.quote = ask.text(kWordColumns + 4);
    if (!each(row)) return;
  }
}

}  // namespace

tl::expected<void, Error> Store::reviews(const std::function<bool(const SaidRow&)>& each, std::uint64_t from) {
  return as_result([&] {
    each_said(impl_->database, "review", "reviewer", "verdict", from, each,
              [](SaidRow& row, std::string_view word) { row.verdict = parse_name<Verdict>(word).value_or(Verdict::open); });
  });
}

tl::expected<void, Error> Store::marks(const std::function<bool(const SaidRow&)>& each, std::uint64_t from) {
  return as_result([&] {
    each_said(impl_->database, "mark", "marker", "tag", from, each, [](SaidRow& row, std::string_view word) { row.tag = word; });
  });
}

Result<std::vector<std::uint64_t>> Store::said_of(std::string_view item) {
  return as_result([&] {
    SqlStatement ask(impl_->database,
                     "SELECT entry FROM (SELECT entry, item FROM review UNION ALL SELECT entry, item FROM mark) JOIN item USING (item) "
                     "WHERE item.id = ?1 OR item.sha256 = ?1 ORDER BY entry");
    ask.bind(1, item);
    std::vector<std::uint64_t> out;
    while (ask.step()) out.push_back(static_cast<std::uint64_t>(ask.integer(0)));
    return out;
  });
}

}  // namespace litopys
