// Who stands behind what is carried: the statements of each originator, and who only passes on another.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace litopys {

// One who said something first, and what became of it. Points into the record.
struct Originator {
  std::string name;
  Side side = Side::unknown;
  std::size_t claims = 0;
  std::vector<const Statement*> statements;  // carried by most outlets first; none where the name only passes on others
  std::set<std::string> outlets, documents;
  std::map<std::string, std::size_t> relays;  // claims that came through each
  // By originator: the claims told as from this name that only pass on what that one said.
  std::map<std::string, std::vector<std::string>> rests_on;
  std::optional<std::string> first;  // earliest publication
};

// Of the statements that pass, those with most outlets first. O(claims · log).
[[nodiscard]] std::vector<Originator> origins_of(const Record& record, const std::function<bool(const Statement&)>& passes);

// The names from the originator to the outlet that one of the statement's claims gives (index into its claims); who is told as the source
// and only passes it on stands behind the originator.
[[nodiscard]] std::vector<std::string_view> way_of(const Record& record, const Statement& statement, std::size_t claim);

}  // namespace litopys
