#include "record/origins.h"

#include <algorithm>

namespace litopys {

std::vector<Originator> origins_of(const Record& record, const std::function<bool(const Statement&)>& passes) {
  std::map<std::string, Originator> by_name;
  for (const Statement& statement : record.statements) {
    if (!passes(statement)) continue;
    Originator& origin = by_name[statement.originator];
    if (origin.statements.empty()) {
      origin.name = statement.originator;
      origin.side = statement.side;
      origin.first = statement.first;  // statements come in order
    }
    origin.claims += statement.claims.size();
    origin.statements.push_back(&statement);
    origin.outlets.insert(statement.outlets.begin(), statement.outlets.end());
    origin.documents.insert(statement.carriers.begin(), statement.carriers.end());
    bool begins = true;
    std::size_t claim = 0;
    for (std::size_t i = 0; i < statement.chains.size(); ++i) {
      const std::uint32_t actor = statement.chains[i];
      if (actor == kNoActor) {
        begins = true;
        ++claim;
        continue;
      }
      const std::string& called = record.actors[actor];
      if (begins && called != statement.originator) by_name[called].rests_on[statement.originator].push_back(statement.claims[claim]);
      const bool outlet = i + 1 < statement.chains.size() && statement.chains[i + 1] == kNoActor;
      if (!outlet && called != statement.originator) ++origin.relays[called];
      begins = false;
    }
  }
  std::vector<Originator> out;
  for (auto& [called, origin] : by_name) {
    if (origin.name.empty()) origin.name = called;  // says nothing of its own
    std::stable_sort(origin.statements.begin(), origin.statements.end(),
                     [](const Statement* a, const Statement* b) { return a->outlets.size() > b->outlets.size(); });
    out.push_back(std::move(origin));
  }
  std::stable_sort(out.begin(), out.end(), [](const Originator& a, const Originator& b) {
    return a.outlets.size() != b.outlets.size() ? a.outlets.size() > b.outlets.size() : a.claims > b.claims;
  });
  return out;
}

std::vector<std::string_view> way_of(const Record& record, const Statement& statement, std::size_t claim) {
  std::vector<std::string_view> out{statement.originator};
  auto at = statement.chains.begin();
  for (; claim > 0 && at != statement.chains.end(); ++at) claim -= *at == kNoActor ? 1 : 0;
  for (; at != statement.chains.end() && *at != kNoActor; ++at) {
    if (record.actors[*at] != out.back()) out.push_back(record.actors[*at]);
  }
  return out;
}

}  // namespace litopys
