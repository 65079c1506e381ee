// One connection, statements prepared once. The record is written in the order of the custody log, and ids are row numbers in that order,
// so that rebuilding gives the same rows.
#include "store/store.h"

#include <sqlite3.h>

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "page/content.h"
#include "store/database.h"
#include "store/impl.h"
#include "store/record_tables.h"
#include "store/rows.h"
#include "store/schema.h"
#include "store/words.h"

namespace litopys {
namespace {

constexpr const char* kReadersKey = "readers";  // in meta

// How far the record has come (ActEnd), in meta.
constexpr const char* kEndKeys[] = {"evidence_segment", "evidence_end", "log_size"};

}  // namespace

void Store::Impl::put_late_reading(std::int64_t item, const ItemReading& reading) {
  SqlStatement ask(database, "SELECT problem IS NOT NULL FROM item WHERE item = ?1");
  ask.bind(1, item);
  if (!ask.step() || ask.integer(0) == 0) return;  // it was read before
  ask.reset();
  SqlStatement put(database, "UPDATE item SET problem_kind = ?2, problem = ?3 WHERE item = ?1");
  put.bind(1, item);
  if (reading.problem) {
    put.bind(2, kind_in_record(reading.problem->kind)).bind(3, line_in_record(*reading.problem));
  } else {
    put.bind_null(2).bind_null(3);
  }
  put.run();
  if (!reading.document) return;
  put_reading(item, reading);
  KeptTables::drop(database);  // what is kept of the claims together expects documents in order
}

void Store::Impl::put_reading(std::int64_t item, const ItemReading& reading) {
  Impl& impl = *this;
  const ClaimDocument& document = *reading.document;
  const std::optional<Date> published = document.published ? Date::parse(*document.published) : std::nullopt;
  SqlStatement& put = impl.put_document;
  put.bind(1, item).bind(2, code(document.language)).bind(3, document.outlet).bind(4, document.url).bind(5, document.title);
  put.bind(6, document.published);
  if (published && published->valid()) {
    put.bind(7, day_number(published->first_day())).bind(8, day_number(published->last_day()));
  } else {
    put.bind_null(7).bind_null(8);
  }
  put.bind(9, document.outlet ? std::optional(search_name(*document.outlet)) : std::nullopt);
  put.bind(10, json_numbers(document.junk)).bind(11, json_list(document.notes)).bind(12, document.text);
  put.run();
  if (!reading.words.empty()) impl.put_document_words.bind(1, item).bind(2, reading.words).run();

  int number = 0;
  for (const Claim& claim : document.claims) {
    ++number;
    bind_claim(impl.put_claim, item, number, claim, published);
    impl.put_claim.run();
    const std::int64_t id = impl.database.last_row();
    put_lists(id, claim);
    if (static_cast<std::size_t>(number) <= reading.claim_words.size()) {
      impl.put_claim_words.bind(1, id).bind(2, reading.claim_words[static_cast<std::size_t>(number) - 1]).run();
    }
  }
}

void Store::Impl::bind_claim(SqlStatement& row, std::int64_t item, int number, const Claim& claim, const std::optional<Date>& published) {
  row.bind(1, item).bind(2, std::int64_t{number}).bind(3, std::int64_t{claim.span.begin}).bind(4, std::int64_t{claim.span.end});
  row.bind(5, claim.quote).bind(6, claim.measure);
  if (claim.figure) {
    row.bind(7, claim.figure->value.str());
    row.bind(8, claim.figure->value2 ? std::optional(claim.figure->value2->str()) : std::nullopt);
    row.bind(9, name(claim.figure->bound)).bind(10, name(claim.figure->unit)).bind(11, claim.figure->text);
  } else {
    for (int at = 7; at <= 11; ++at) row.bind_null(at);
  }
  row.bind(12, json_list(claim.places)).bind(13, claim.when ? std::optional(claim.when->str()) : std::nullopt);
  if (const auto days = stands(claim, published)) {
    row.bind(14, day_number(days->first)).bind(15, day_number(days->second));
  } else {
    row.bind_null(14).bind_null(15);
  }
  row.bind(16, json_list(claim.sources)).bind(17, name(claim.side)).bind(18, name(claim.stance)).bind(19, name(claim.credence));
  row.bind(20, json_list(claim.targets)).bind_real(21, claim.confidence).bind(22, json_why(claim.why));
}

void Store::Impl::put_lists(std::int64_t row, const Claim& claim) {
  for (const std::string& place : claim.places) put_place.bind(1, place).bind(2, row).run();
  std::int64_t rank = 0;
  for (const std::string& source : claim.sources) {
    put_source.bind(1, row).bind(2, rank++).bind(3, source).bind(4, search_name(source)).run();
  }
}

Store::Impl::Impl(Database opened)
    : database(std::move(opened)),
      find_item(database, "SELECT item FROM item WHERE sha256 = ?1"),
      put_item(database, "INSERT INTO item (sha256, size, id, problem_kind, problem) VALUES (?1, ?2, ?3, ?4, ?5)"),
      put_sighting(database, "INSERT INTO sighting VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
      put_act(database, "INSERT INTO act VALUES (?1, ?2, ?3, ?4)"),
      put_document(database, "INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"),
      put_claim(
          database,
          "INSERT INTO claim (document, number, start, \"end\", quote, measure, value, value2, bound, unit, figure_text, places, "
          "\"when\", stands_first, stands_last, sources, side, stance, credence, targets, confidence, why) VALUES (?1, ?2, ?3, ?4, ?5, "
          "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)"),
      put_place(database, "INSERT OR IGNORE INTO claim_place (code, claim) VALUES (?1, ?2)"),
      put_source(database, "INSERT INTO claim_source (claim, rank, name, folded) VALUES (?1, ?2, ?3, ?4)"),
      put_document_words(database, "INSERT INTO document_words (rowid, words) VALUES (?1, ?2)"),
      put_claim_words(database, "INSERT INTO claim_words (rowid, words) VALUES (?1, ?2)"),
      put_meta(database, "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)"),
      get_meta(database, "SELECT value FROM meta WHERE key = ?1") {}

std::string Store::Impl::meta(std::string_view key) {
  get_meta.bind(1, key);
  std::string out;
  if (get_meta.step()) out = get_meta.text(0);
  get_meta.reset();
  return out;
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::create(const std::filesystem::path& path, const Codebook& book) {
  return as_result([&] {
    for (const char* ending : {"", "-wal", "-shm"}) {
      std::error_code none;  // what is not there need not be removed; what cannot be removed makes the opening fail
      std::filesystem::remove(path.string() + ending, none);
    }
    Database database(path, Database::Mode::write);
    database.run("BEGIN");
    database.run(kSchema);
    database.run(("PRAGMA user_version = " + std::to_string(kRecordFormat)).c_str());
    auto impl = std::make_unique<Impl>(std::move(database));
    impl->put_meta.bind(1, "codebook").bind(2, book.id).run();
    impl->put_meta.bind(1, "codebook_version").bind(2, book.version).run();
    for (const char* key : kEndKeys) impl->put_meta.bind(1, key).bind(2, "0").run();
    impl->database.run("COMMIT");
    return Store(std::move(impl));
  });
}

Result<Store> Store::open(const std::filesystem::path& path, Mode mode) {
  const std::string rebuild = "run: litopys rebuild " + path.parent_path().string();
  std::error_code none;
  if (!std::filesystem::exists(path, none)) {
    return fail(ErrorKind::kCasebook, path.string(), {}, "is missing; it is only a projection of the evidence", rebuild);
  }
  return as_result([&] {
    Database database(path, mode == Mode::write ? Database::Mode::write : Database::Mode::read);
    std::int64_t format = 0;
    {
      SqlStatement ask(database, "PRAGMA user_version");
      if (ask.step()) format = ask.integer(0);
    }
    if (format > kRecordFormat) {
      throw StoreFailure{Error{ErrorKind::kCasebook,
                               path.string(),
                               {},
                               "has format " + std::to_string(format) + "; this litopys reads up to " + std::to_string(kRecordFormat),
                               "use a newer litopys"}};
    }
    if (format < kRecordFormat) {
      throw StoreFailure{Error{ErrorKind::kCasebook, path.string(), {}, "is no record of this litopys", "delete it and " + rebuild}};
    }
    return Store(std::make_unique<Impl>(std::move(database)));
  });
}

tl::expected<void, Error> Store::begin() {
  return as_result([&] { impl_->database.run("BEGIN IMMEDIATE"); });
}

tl::expected<void, Error> Store::put(const Sighting& sighting, const ItemReading* reading) {
  return as_result([&] {
    Impl& impl = *impl_;
    const ItemFacts& facts = sighting.facts;
    std::int64_t item = 0;
    impl.find_item.bind(1, facts.sha256);
    if (impl.find_item.step()) item = impl.find_item.integer(0);
    impl.find_item.reset();
    if (item != 0 && reading != nullptr) impl.put_late_reading(item, *reading);
    if (item == 0) {
      if (reading == nullptr) throw StoreFailure{Error{ErrorKind::kCasebook, facts.path, {}, "is in no record and was not read", {}}};
      SqlStatement& put = impl.put_item;
      put.bind(1, facts.sha256).bind(2, static_cast<std::int64_t>(facts.size)).bind(3, facts.id);
      if (reading->problem) {
        put.bind(4, kind_in_record(reading->problem->kind)).bind(5, line_in_record(*reading->problem));
      } else {
        put.bind_null(4).bind_null(5);
      }
      put.run();
      item = impl.database.last_row();
      if (reading->document) impl.put_reading(item, *reading);
    }
    SqlStatement& put = impl.put_sighting;
    put.bind(1, static_cast<std::int64_t>(sighting.entry)).bind(2, item).bind(3, facts.path).bind(4, facts.taken);
    put.bind(5, json_list(facts.notes)).bind(6, sighting.record).bind(7, std::int64_t{sighting.place.segment});
    put.bind(8, static_cast<std::int64_t>(sighting.place.offset)).bind(9, static_cast<std::int64_t>(sighting.place.length)).run();
  });
}

tl::expected<void, Error> Store::put_act(std::uint64_t entry, std::string_view act, std::string_view time, std::string_view detail) {
  return as_result([&] {
    const auto row = static_cast<std::int64_t>(entry);
    impl_->put_act.bind(1, row).bind(2, act).bind(3, time).bind(4, detail).run();
    impl_->put_said(row, act, detail);
  });
}

tl::expected<void, Error> Store::read_by(const std::string& reader) {
  return as_result([&] {
    const std::string known = impl_->meta(kReadersKey);
    std::set<std::string> all;
    for (std::size_t at = 0; at < known.size();) {
      const std::size_t end = std::min(known.size(), known.find("; ", at));
      all.insert(known.substr(at, end - at));
      at = end + 2;
    }
    if (!all.insert(reader).second) return;
    std::string now;
    for (const std::string& each : all) now += (now.empty() ? "" : "; ") + each;
    impl_->put_meta.bind(1, kReadersKey).bind(2, now).run();
  });
}

Result<std::string> Store::readers() {
  return as_result([&] { return impl_->meta(kReadersKey); });
}

Result<bool> Store::wants_pictures_read(std::string_view sha256) {
  return as_result([&] {
    SqlStatement ask(impl_->database, "SELECT problem FROM item WHERE sha256 = ?1 AND problem IS NOT NULL");
    ask.bind(1, sha256);
    return ask.step() && ask.text(0).ends_with(kNeedsOcr);
  });
}

tl::expected<void, Error> Store::mark(const ActEnd& end) {
  return as_result([&] {
    const std::uint64_t values[] = {end.evidence.segment, end.evidence.offset, end.entries};
    for (std::size_t i = 0; i < 3; ++i) impl_->put_meta.bind(1, kEndKeys[i]).bind(2, std::to_string(values[i])).run();
  });
}

tl::expected<void, Error> Store::commit() {
  return as_result([&] { impl_->database.run("COMMIT"); });
}

Database& Store::database() { return impl_->database; }

tl::expected<void, Error> Store::check() {
  return as_result([&] {
    SqlStatement ask(impl_->database, "PRAGMA integrity_check(1)");
    if (!ask.step()) throw StoreFailure{Error{ErrorKind::kCasebook, {}, {}, "cannot be checked", {}}};
    if (ask.text(0) == "ok") return;
    throw StoreFailure{
        Error{ErrorKind::kCasebook, {}, {}, "is damaged: " + std::string(ask.text(0)), "delete it and run: litopys rebuild"}};
  });
}

void Store::roll_back() { sqlite3_exec(impl_->database.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }

tl::expected<void, Error> Store::settle() {
  return as_result([&] { impl_->database.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;"); });
}

Result<bool> Store::has(std::string_view sha256) {
  return as_result([&] {
    impl_->find_item.bind(1, sha256);
    const bool found = impl_->find_item.step();
    impl_->find_item.reset();
    return found;
  });
}

Result<std::optional<std::string>> Store::record_of(std::string_view sha256) {
  return as_result([&]() -> std::optional<std::string> {
    SqlStatement ask(impl_->database,
                     "SELECT record FROM sighting JOIN item ON item.item = sighting.item WHERE item.sha256 = ?1 ORDER BY entry LIMIT 1");
    ask.bind(1, sha256);
    if (!ask.step()) return std::nullopt;
    return std::string(ask.text(0));
  });
}

Result<std::vector<Sighting>> Store::sightings(std::string_view item) {
  return as_result([&] {
    SqlStatement ask(impl_->database,
                     "SELECT entry, item.sha256, item.size, item.id, path, taken, record, segment, offset, length FROM sighting JOIN item "
                     "ON item.item = sighting.item WHERE item.id = ?1 OR item.sha256 = ?1 ORDER BY entry");
    ask.bind(1, item);
    std::vector<Sighting> out;
    while (ask.step()) {
      Sighting& each = out.emplace_back();
      each.entry = static_cast<std::uint64_t>(ask.integer(0));
      each.facts.sha256 = ask.text(1);
      each.facts.size = static_cast<std::uint64_t>(ask.integer(2));
      each.facts.id = ask.text(3);
      each.facts.path = ask.text(4);
      each.facts.taken = ask.text(5);
      each.record = ask.text(6);
      each.place = {static_cast<std::uint32_t>(ask.integer(7)), static_cast<std::uint64_t>(ask.integer(8)),
                    static_cast<std::uint64_t>(ask.integer(9))};
    }
    return out;
  });
}

Result<ActEnd> Store::end() {
  return as_result([&] {
    const auto number = [&](const char* key) -> std::uint64_t { return std::strtoull(impl_->meta(key).c_str(), nullptr, 10); };
    return ActEnd{{static_cast<std::uint32_t>(number(kEndKeys[0])), number(kEndKeys[1])}, number(kEndKeys[2])};
  });
}

Result<std::pair<std::string, std::string>> Store::codebook() {
  return as_result([&] { return std::pair{impl_->meta("codebook"), impl_->meta("codebook_version")}; });
}

}  // namespace litopys
