// SQLite with errors that cannot be passed over. Inside store/ only: a failure is thrown as StoreFailure and becomes a value at the public
// functions (`as_result`).
#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace litopys {

struct StoreFailure {
  Error error;
};

// Of a file that says what no writer of ours does.
[[nodiscard]] inline Error damaged_record(const std::string& how) {
  return {ErrorKind::kCasebook, "record.db", {}, "is damaged: " + how, "delete it and run: litopys rebuild"};
}

// Runs `body` and gives its value, or the error of a StoreFailure; any other exception is a damaged_record.
template <class Body>
auto as_result(Body body) -> tl::expected<decltype(body()), Error> {
  try {
    if constexpr (std::is_void_v<decltype(body())>) {
      body();
      return {};
    } else {
      return body();
    }
  } catch (StoreFailure& failure) {
    return tl::unexpected<Error>(std::move(failure.error));
  } catch (const std::exception& thrown) {  // rows that nothing of this program wrote: a number out of range, a row that is not there
    return tl::unexpected<Error>(damaged_record(thrown.what()));
  }
}

class Database;

// A prepared statement. Bind by number from 1, step, read columns by number from 0.
class SqlStatement {
 public:
  SqlStatement(Database& database, std::string_view sql);
  ~SqlStatement();
  SqlStatement(SqlStatement&& other) noexcept : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}
  SqlStatement(const SqlStatement&) = delete;
  SqlStatement& operator=(const SqlStatement&) = delete;

  SqlStatement& bind(int at, std::string_view text);
  SqlStatement& bind(int at, std::int64_t value);
  SqlStatement& bind_real(int at, double value);
  SqlStatement& bind_bytes(int at, std::string_view bytes);  // as a blob; they must stay where they are until the statement has run
  SqlStatement& bind_null(int at);
  SqlStatement& bind(int at, const std::string& text) { return bind(at, std::string_view(text)); }
  SqlStatement& bind(int at, const char* text) { return bind(at, std::string_view(text)); }
  SqlStatement& bind(int at, const std::optional<std::string>& text) { return text ? bind(at, std::string_view(*text)) : bind_null(at); }

  // True while there is a row.
  bool step();
  // Steps to the end and makes the statement ready to be bound again.
  void run();
  void reset();

  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string name(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;   // until the next step
  [[nodiscard]] std::string_view bytes(int column) const;  // of a blob, until the next step
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;

 private:
  Database* database_;
  sqlite3_stmt* statement_ = nullptr;
};

class Database {
 public:
  enum class Mode : unsigned char { read, write };
  Database(const std::filesystem::path& path, Mode mode);
  ~Database();
  Database(Database&& other) noexcept : path_(std::move(other.path_)), handle_(std::exchange(other.handle_, nullptr)) {}
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* sql);
  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] sqlite3* handle() { return handle_; }
  [[noreturn]] void failed(std::string_view doing) const;  // with SQLite's last error

 private:
  std::string path_;
  sqlite3* handle_ = nullptr;
};

}  // namespace litopys
