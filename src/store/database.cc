// Durability: WAL with synchronous=FULL, so a commit that returned survives a power cut. A casebook on a read-only disk has no place for
// the WAL's index; then the file is opened as immutable, which is right as long as nobody can write to it.
#include "store/database.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>

#include "vault/files.h"

namespace litopys {
namespace {

std::string uri_of(const std::string& path, const char* parameters) {
  std::string out = "file:";
  for (const char c : path) {
    if (c == '?' || c == '#' || c == '%') {
      static constexpr char kHex[] = "0123456789ABCDEF";
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4U];
      out += kHex[static_cast<unsigned char>(c) & 15U];
    } else {
      out += c;
    }
  }
  return out + parameters;
}

}  // namespace

SqlStatement::SqlStatement(Database& database, std::string_view sql) : database_(&database) {
  if (sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &statement_, nullptr) != SQLITE_OK) {
    database.failed("cannot be asked");
  }
}

SqlStatement::~SqlStatement() { sqlite3_finalize(statement_); }

SqlStatement& SqlStatement::bind(int at, std::string_view text) {
  if (sqlite3_bind_text64(statement_, at, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) !=
      SQLITE_OK) {
    database_->failed("a value cannot be stored");
  }
  return *this;
}

SqlStatement& SqlStatement::bind(int at, std::int64_t value) {
  sqlite3_bind_int64(statement_, at, value);
  return *this;
}

SqlStatement& SqlStatement::bind_real(int at, double value) {
  sqlite3_bind_double(statement_, at, value);
  return *this;
}

SqlStatement& SqlStatement::bind_bytes(int at, std::string_view bytes) {
  if (sqlite3_bind_blob64(statement_, at, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(), SQLITE_STATIC) != SQLITE_OK) {
    database_->failed("a value cannot be stored");
  }
  return *this;
}

SqlStatement& SqlStatement::bind_null(int at) {
  sqlite3_bind_null(statement_, at);
  return *this;
}

bool SqlStatement::step() {
  const int got = sqlite3_step(statement_);
  if (got == SQLITE_ROW) return true;
  if (got != SQLITE_DONE) database_->failed("cannot be read or written");
  return false;
}

void SqlStatement::run() {
  while (step()) {
  }
  reset();
}

void SqlStatement::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

int SqlStatement::columns() const { return sqlite3_column_count(statement_); }
std::string SqlStatement::name(int column) const { return sqlite3_column_name(statement_, column); }
bool SqlStatement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t SqlStatement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double SqlStatement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view SqlStatement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view SqlStatement::bytes(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<std::string> SqlStatement::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return std::string(text(column));
}

Database::Database(const std::filesystem::path& path, Mode mode) : path_(path.string()) {
  // SQLite would wait for whoever writes to a pipe, and calls a folder a disk error.
  std::error_code missing;
  if (const auto status = std::filesystem::status(path, missing);
      std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw StoreFailure{Error{
        ErrorKind::kCasebook, path_, {}, "is no file", "put it out of the way and run: litopys rebuild " + path.parent_path().string()}};
  }
  // A connection is one thread's at a time; without its lock a column costs half.
  const int flags =
      SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | (mode == Mode::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  const auto open = [&](const char* parameters) {
    if (sqlite3_open_v2(uri_of(path_, parameters).c_str(), &handle_, flags, nullptr) != SQLITE_OK) return false;
    sqlite3_busy_timeout(handle_, 10000);
    return sqlite3_exec(handle_, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr) == SQLITE_OK;
  };
  if (open("")) {
    if (mode == Mode::write) run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
    return;
  }
  // No place for the index (a read-only or a full disk): the file itself is whole unless a log with content stands beside it.
  const int reason = sqlite3_errcode(handle_) & 0xFF;
  const bool no_place = reason == SQLITE_CANTOPEN || reason == SQLITE_READONLY || reason == SQLITE_IOERR || reason == SQLITE_FULL;
  std::error_code none;
  const auto wal = std::filesystem::file_size(path_ + "-wal", none);
  if (mode == Mode::read && no_place && (none || wal == 0)) {
    sqlite3_close(handle_);
    handle_ = nullptr;
    if (open("?immutable=1")) return;
  }
  try {
    failed("cannot be opened");
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
}

Database::~Database() { sqlite3_close(handle_); }

void Database::run(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) failed("cannot be written");
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }

void Database::failed(std::string_view doing) const {
  const int code = sqlite3_errcode(handle_) & 0xFF;
  switch (code) {
    case SQLITE_FULL: throw StoreFailure{casebook_failure(path_, doing, ENOSPC).value()};
    case SQLITE_READONLY: throw StoreFailure{casebook_failure(path_, doing, EROFS).value()};
    case SQLITE_IOERR: {
      const int reason = sqlite3_system_errno(handle_);
      throw StoreFailure{casebook_failure(path_, doing, reason != 0 ? reason : EIO).value()};
    }
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw StoreFailure{Error{ErrorKind::kCasebook,
                               path_,
                               {},
                               "is damaged: " + std::string(sqlite3_errmsg(handle_)),
                               "delete it and run: litopys rebuild " + std::filesystem::path(path_).parent_path().string()}};
    default:
      throw StoreFailure{Error{
          ErrorKind::kCasebook, path_, {}, std::string(doing) + ": " + sqlite3_errmsg(handle_), "nothing that was kept before is harmed"}};
  }
}

}  // namespace litopys
