// What a check found wrong, in a form that every part of `litopys verify` shares.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace litopys {

struct Damage {
  std::string file;                     // below the folder that was checked: "log/tile/0/000.p/3"
  std::optional<std::uint64_t> offset;  // byte in it, where one byte or entry is to blame
  std::string problem;                  // one clause: "is not the hash of entry 17"
  std::string expected;                 // hex, size or text; may be empty
  std::string found;

  // "log/tile/0/000: byte 544: is not the hash of entry 17; expected ab…, found cd…"
  [[nodiscard]] std::string line() const {
    std::string out = file;
    if (offset) out += ": byte " + std::to_string(*offset);
    out += ": " + problem;
    if (!expected.empty()) out += "; expected " + expected;
    if (!found.empty()) out += (expected.empty() ? "; found " : ", found ") + found;
    return out;
  }
};

using ReportDamage = std::function<void(const Damage&)>;

}  // namespace litopys
