// Errors as values. A function that reads outside bytes gives Result<T>; an exception is for what cannot go on.
//
//   Result<Item> item = open_item("report.html");
//   if (!item) fmt::print(stderr, "{}\n", item.error().line());
//   // report.html: byte 48211: header promises 9000 bytes, 4096 follow; kept as truncated
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace litopys {

// What a caller can do about it, not where it came from.
enum class ErrorKind {
  kUnreadable,  // the item's bytes cannot be had (missing, no permission, a device): go on with the next
  kMalformed,   // the bytes are had but are not what they should be: keep the item, go on
  kLimit,       // a limit (size, nesting, count) stopped the reading: keep the item, go on
  kConfig,      // codebook, gazetteer or model is wrong: stop before reading anything
  kCasebook,    // the casebook cannot be used (read-only, newer format, full disk): stop, nothing harmed
  kUsage,       // wrong use of the program
};

// One line a person can act on: "<item>: <place>: <problem>; <next>". Parts may be empty, `problem` never is.
struct Error {
  ErrorKind kind = ErrorKind::kMalformed;
  std::string item;     // file, URL or record: what it happened to
  std::string place;    // "line 12", "byte 48211", "record 112": where in it
  std::string problem;  // found and expected, in one clause
  std::string next;     // what to do, or what was done with the item

  [[nodiscard]] std::string line() const {
    std::string out;
    for (const std::string* part : {&item, &place}) {
      if (!part->empty()) out.append(*part).append(": ");
    }
    out += problem;
    if (!next.empty()) out.append("; ").append(next);
    return out;
  }
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string item, std::string place, std::string problem,
                                                std::string next = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(item), std::move(place), std::move(problem), std::move(next)});
}

}  // namespace litopys
