// Filters become one SQL statement; what a filter does not ask is not in it. Values are always bound, never written into the statement.
#include <map>
#include <variant>

#include "store/impl.h"
#include "store/place_codes.h"
#include "store/rows.h"
#include "store/store.h"
#include "store/words.h"

namespace litopys {
namespace {

// A WHERE clause with its values.
struct Conditions {
  std::string sql = "1";
  std::vector<std::variant<std::string, std::int64_t>> values;

  std::string value(std::variant<std::string, std::int64_t> bound) {
    values.push_back(std::move(bound));
    return "?" + std::to_string(values.size());
  }
  void add(const std::string& condition) { sql += " AND (" + condition + ")"; }
  template <class Values, class Text>
  void one_of(const std::string& column, const Values& wanted, Text text) {
    if (wanted.empty()) return;
    std::string list;
    for (const auto& each : wanted) list += (list.empty() ? "" : ", ") + value(std::string(text(each)));
    add(column + " IN (" + list + ")");
  }
  void bind(SqlStatement& statement) const {
    int at = 0;
    for (const auto& each : values) {
      ++at;
      if (const auto* number = std::get_if<std::int64_t>(&each)) {
        statement.bind(at, *number);
      } else {
        statement.bind(at, std::string_view(std::get<std::string>(each)));
      }
    }
  }
};

// A collective name is asked by its parts, and the other way round: UA-TOT holds UA-DONBAS, and so does a claim about it.
std::string place_condition(Conditions& where, const std::string& place) {
  std::string any;
  const auto alternative = [&](const std::string& sql) { any += (any.empty() ? "" : " OR ") + sql; };
  for (const std::string& code : expanded_place(place)) {
    const std::string bound = where.value(code);
    alternative("code = " + bound);
    // '0' is the byte after '/', '.' the one after '-'.
    alternative("(code > " + bound + " || '/' AND code < " + bound + " || '0')");
    if (code.find('-') == std::string::npos) alternative("(code > " + bound + " || '-' AND code < " + bound + " || '.')");
  }
  for (const char* collective : {"UA-TOT", "UA-DONBAS", "UA-SOUTH"}) {
    if (place_within(collective, place)) alternative("code = " + where.value(std::string(collective)));
  }
  return "claim.claim IN (SELECT claim FROM claim_place WHERE " + any + ")";
}

Conditions conditions_of(const ClaimFilter& filter) {
  Conditions where;
  where.one_of("claim.measure", filter.measures, [](const std::string& text) { return text; });
  where.one_of("claim.side", filter.sides, [](Side side) { return name(side); });
  where.one_of("claim.stance", filter.stances, [](Stance stance) { return name(stance); });
  where.one_of("document.language", filter.languages, [](Language language) { return code(language); });
  if (!filter.places.empty()) {
    std::string any;
    for (const std::string& place : filter.places) any += (any.empty() ? "" : " OR ") + place_condition(where, place);
    where.add(any);
  }
  if (filter.source) {
    const std::string wanted = where.value(search_name(*filter.source));
    where.add("claim.claim IN (SELECT claim FROM claim_source WHERE instr(folded, " + wanted + ") > 0) OR instr(document.outlet_folded, " +
              wanted + ") > 0");
  }
  if (filter.since) where.add("claim.stands_last >= " + where.value(day_number(*filter.since)));
  if (filter.until) where.add("claim.stands_first <= " + where.value(day_number(*filter.until)));
  if (filter.match) where.add("claim.claim IN (SELECT rowid FROM claim_words WHERE claim_words MATCH " + where.value(*filter.match) + ")");
  if (filter.document) where.add("item.id = " + where.value(*filter.document));
  if (filter.with_figure) where.add("claim.value IS NOT NULL");
  if (filter.reviewed) where.add(*filter.reviewed ? "claim.review IS NOT NULL" : "claim.review IS NULL");
  where.one_of("claim.review", filter.verdicts, [](Verdict verdict) { return name(verdict); });
  if (!filter.reviewed && filter.verdicts.empty() && !filter.with_wrong) where.add(kStands);
  if (filter.marked || !filter.tags.empty()) {
    Conditions mark;
    mark.values = std::move(where.values);
    mark.sql = "mark.item = claim.document AND mark.standing = 1 AND (mark.claim = claim.claim OR mark.number = 0)";
    mark.one_of("mark.tag", filter.tags, [](const std::string& tag) { return tag; });
    where.values = std::move(mark.values);
    where.add("EXISTS (SELECT 1 FROM mark WHERE " + mark.sql + ")");
  }
  return where;
}

}  // namespace

Claim claim_of(const SqlStatement& row) {
  Claim out;
  out.span = {static_cast<std::uint32_t>(row.integer(0)), static_cast<std::uint32_t>(row.integer(1))};
  out.quote = row.text(2);
  out.measure = row.text(3);
  if (!row.is_null(4)) {
    Figure figure;
    figure.value = Decimal::parse(row.text(4)).value_or(Decimal());
    if (!row.is_null(5)) figure.value2 = Decimal::parse(row.text(5));
    figure.bound = parse_name<Bound>(row.text(6)).value_or(Bound::exact);
    figure.unit = parse_name<Unit>(row.text(7)).value_or(Unit::other);
    figure.text = row.text(8);
    out.figure = std::move(figure);
  }
  out.places = list_of_json(row.text(9));
  if (!row.is_null(10)) out.when = When::parse(row.text(10));
  out.sources = list_of_json(row.text(11));
  out.side = parse_name<Side>(row.text(12)).value_or(Side::unknown);
  out.stance = parse_name<Stance>(row.text(13)).value_or(Stance::asserted);
  out.credence = parse_name<Credence>(row.text(14)).value_or(Credence::plain);
  out.targets = list_of_json(row.text(15));
  out.confidence = row.real(16);
  out.why = why_of_json(row.text(17));
  return out;
}

namespace {

constexpr const char* kItemColumns =
    "item.sha256, item.size, item.id, first.path, first.taken, first.notes, "
    "(SELECT count(*) FROM sighting WHERE sighting.item = item.item), item.problem";
constexpr const char* kFirstSighting =
    "JOIN sighting AS first ON first.entry = (SELECT min(sighting.entry) FROM sighting WHERE sighting.item = item.item)";

ItemRow item_of(const SqlStatement& row) {
  ItemRow out;
  out.sha256 = row.text(0);
  out.size = static_cast<std::uint64_t>(row.integer(1));
  out.id = row.text(2);
  out.path = row.text(3);
  out.taken = row.text(4);
  out.notes = list_of_json(row.text(5));
  out.times_seen = static_cast<std::uint64_t>(row.integer(6));
  out.problem = row.optional_text(7);
  return out;
}

}  // namespace

tl::expected<void, Error> Store::claims(const ClaimFilter& filter, const std::function<bool(const ClaimRow&)>& each) {
  return as_result([&] {
    const Conditions where = conditions_of(filter);
    SqlStatement ask(impl_->database, std::string("SELECT ") + kClaimColumns +
                                          ", item.id, first.path, document.language, document.outlet, document.title, document.published, "
                                          "claim.review, claim.claim, claim.document "
                                          "FROM claim JOIN document USING (document) JOIN item ON item.item = claim.document " +
                                          kFirstSighting + " WHERE " + where.sql + " ORDER BY claim.document, claim.number");
    where.bind(ask);
    SaidOfClaims said(impl_->database);
    ClaimRow row;
    while (ask.step()) {
      row.claim = claim_of(ask);
      row.number = static_cast<int>(ask.integer(kClaimColumnCount - 1));
      row.document = ask.text(kClaimColumnCount);
      row.path = ask.text(kClaimColumnCount + 1);
      row.language = language_from_code(ask.text(kClaimColumnCount + 2)).value_or(Language::other);
      row.outlet = ask.optional_text(kClaimColumnCount + 3);
      row.title = ask.optional_text(kClaimColumnCount + 4);
      row.published = ask.optional_text(kClaimColumnCount + 5);
      said.of(row, !ask.is_null(kClaimColumnCount + 6), ask.integer(kClaimColumnCount + 7), ask.integer(kClaimColumnCount + 8));
      if (!each(row)) return;
    }
  });
}

tl::expected<void, Error> Store::documents(const std::function<bool(const ItemRow&, const ClaimDocument&)>& each) {
  return as_result([&] {
    SqlStatement ask(impl_->database, std::string("SELECT ") + kItemColumns +
                                          ", document.document, document.language, document.outlet, document.url, document.title, "
                                          "document.published, document.junk, document.notes, document.text FROM document JOIN item ON "
                                          "item.item = document.document " +
                                          kFirstSighting + " ORDER BY document.document");
    SqlStatement ask_claims(impl_->database, std::string("SELECT ") + kClaimColumns +
                                                 ", nullif(review IS 'wrong', 0) FROM claim WHERE document = ?1 ORDER BY number");
    while (ask.step()) {
      const ItemRow item = item_of(ask);
      ClaimDocument document;
      document.id = item.id;
      document.path = item.path;
      take_head(ask, 9, document);
      document.junk = numbers_of_json(ask.text(14));
      document.notes = list_of_json(ask.text(15));
      document.text = ask.text(16);
      ask_claims.bind(1, ask.integer(8));
      while (ask_claims.step()) document.claims.push_back(ask_claims.is_null(kClaimColumnCount) ? claim_of(ask_claims) : Claim());
      ask_claims.reset();
      if (!each(item, document)) return;
    }
  });
}

tl::expected<void, Error> Store::items(const std::function<bool(const ItemRow&)>& each) {
  return as_result([&] {
    SqlStatement ask(impl_->database, std::string("SELECT ") + kItemColumns + " FROM item " + kFirstSighting + " ORDER BY item.item");
    while (ask.step()) {
      if (!each(item_of(ask))) return;
    }
  });
}

Result<Counts> Store::counts() {
  return as_result([&] {
    Counts out;
    const auto number = [&](const char* sql) {
      SqlStatement ask(impl_->database, sql);
      return ask.step() ? static_cast<std::uint64_t>(ask.integer(0)) : 0;
    };
    out.items = number("SELECT count(*) FROM item");
    out.unreadable = number("SELECT count(*) FROM item WHERE problem IS NOT NULL");
    out.documents = number("SELECT count(*) FROM document");
    out.claims = number((std::string("SELECT count(*) FROM claim WHERE ") + kStands).c_str());
    out.wrong = number("SELECT count(*) FROM claim WHERE review = 'wrong'");
    SqlStatement ask(impl_->database, std::string("SELECT measure, count(*) FROM claim WHERE ") + kStands + " GROUP BY measure");
    while (ask.step()) out.by_measure[std::string(ask.text(0))] = static_cast<std::uint64_t>(ask.integer(1));
    return out;
  });
}

Result<std::string> Store::text_of(const std::string& document) {
  return as_result([&] {
    SqlStatement ask(impl_->database, "SELECT text FROM document JOIN item ON item.item = document.document WHERE item.id = ?1");
    ask.bind(1, document);
    if (!ask.step()) throw StoreFailure{Error{ErrorKind::kUsage, document, {}, "is no document of this casebook", {}}};
    return std::string(ask.text(0));
  });
}

Result<std::vector<std::string>> Store::documents_matching(const std::string& match) {
  return as_result([&] {
    SqlStatement ask(
        impl_->database,
        "SELECT item.id FROM document_words JOIN item ON item.item = document_words.rowid WHERE document_words MATCH ?1 ORDER BY "
        "item.item");
    ask.bind(1, match);
    std::vector<std::string> out;
    while (ask.step()) out.emplace_back(ask.text(0));
    return out;
  });
}

std::span<const std::pair<const char*, const char*>> record_tables() {
  static constexpr std::pair<const char*, const char*> kTables[] = {
      {"meta", "SELECT * FROM meta ORDER BY key"},
      {"item", "SELECT * FROM item ORDER BY item"},
      {"sighting", "SELECT * FROM sighting ORDER BY entry"},
      {"act", "SELECT * FROM act ORDER BY entry"},
      {"document", "SELECT * FROM document ORDER BY document"},
      {"claim", "SELECT * FROM claim ORDER BY claim"},
      {"claim_read", "SELECT * FROM claim_read ORDER BY claim"},
      {"review", "SELECT * FROM review ORDER BY entry"},
      {"mark", "SELECT * FROM mark ORDER BY entry"},
      {"claim_place", "SELECT * FROM claim_place ORDER BY code, claim"},
      {"claim_source", "SELECT * FROM claim_source ORDER BY claim, rank"},
  };
  return kTables;
}

Result<std::string> Store::dump() {
  return as_result([&] {
    std::string out;
    for (const auto& [table, sql] : record_tables()) {
      SqlStatement ask(impl_->database, sql);
      while (ask.step()) {
        out += table;
        for (int column = 0; column < ask.columns(); ++column) {
          out += '\t';
          out += ask.is_null(column) ? std::string_view("NULL") : ask.text(column);
        }
        out += '\n';
      }
    }
    for (const char* words : {"claim_words", "document_words"}) {
      impl_->database.run(
          (std::string("CREATE VIRTUAL TABLE IF NOT EXISTS temp.") + words + "_seen USING fts5vocab(main, " + words + ", instance)")
              .c_str());
      SqlStatement ask(impl_->database, std::string("SELECT term, doc, \"offset\" FROM temp.") + words + "_seen ORDER BY 1, 2, 3");
      while (ask.step())
        out +=
            std::string(words) + '\t' + std::string(ask.text(0)) + '\t' + std::string(ask.text(1)) + '\t' + std::string(ask.text(2)) + '\n';
    }
    return out;
  });
}

}  // namespace litopys
