// How verify tells of what is wrong: counted, with the name as it stands below the casebook. Inside store/.
#pragma once

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "base/result.h"
#include "store/verify.h"
#include "vault/damage.h"

namespace litopys {

// "byte 48211" -> 48211
inline std::optional<std::uint64_t> byte_of_place(const std::string& place) {
  std::uint64_t out = 0;
  if (!place.starts_with("byte ")) return std::nullopt;
  if (std::from_chars(place.data() + 5, place.data() + place.size(), out).ec != std::errc()) return std::nullopt;
  return out;
}

class DamageTally {
 public:
  // All of it must stay.
  DamageTally(const std::filesystem::path& folder, Verification& out, const ReportDamage& report)
      : folder_(folder.string() + "/"), out_(out), report_(report) {}

  void add(const Damage& damage) const {
    ++out_.damages;
    report_(damage);
  }
  void add(std::string name, std::optional<std::uint64_t> offset, std::string problem, std::string expected = {},
           std::string found = {}) const {
    add(Damage{std::move(name), offset, std::move(problem), std::move(expected), std::move(found)});
  }
  // Of an error; `otherwise` where it names no file.
  void add(const Error& error, const std::string& otherwise) const {
    std::string name = error.item.empty() ? otherwise : error.item;
    if (name.starts_with(folder_)) name.erase(0, folder_.size());
    add(std::move(name), byte_of_place(error.place), error.problem);
  }

 private:
  std::string folder_;
  Verification& out_;
  const ReportDamage& report_;
};

}  // namespace litopys
