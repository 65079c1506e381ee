#include "store/place_codes.h"

#include <algorithm>
#include <array>

namespace litopys {
namespace {

struct Collective {
  std::string_view name;
  std::array<std::string_view, 4> parts;
};
constexpr std::array<Collective, 3> kCollectives{{
    {"UA-DONBAS", {"UA-09", "UA-14"}},
    {"UA-SOUTH", {"UA-23", "UA-65"}},
    {"UA-TOT", {"UA-09", "UA-14", "UA-23", "UA-65"}},
}};

// `inner` and `outer` are no collectives.
bool lies_in(std::string_view inner, std::string_view outer) {
  if (!inner.starts_with(outer)) return false;
  if (inner.size() == outer.size()) return true;
  const char next = inner[outer.size()];
  return next == '/' || (next == '-' && outer.find('-') == std::string_view::npos);
}

}  // namespace

std::vector<std::string> expanded_place(std::string_view code) {
  for (const Collective& collective : kCollectives) {
    if (collective.name != code) continue;
    std::vector<std::string> out;
    for (const std::string_view part : collective.parts) {
      if (!part.empty()) out.emplace_back(part);
    }
    return out;
  }
  return {std::string(code)};
}

bool place_within(std::string_view inner, std::string_view outer) {
  const std::vector<std::string> outers = expanded_place(outer);
  const std::vector<std::string> inners = expanded_place(inner);
  return std::all_of(inners.begin(), inners.end(), [&](const std::string& in) {
    return std::any_of(outers.begin(), outers.end(), [&](const std::string& out) { return lies_in(in, out); });
  });
}

std::string place_key(const std::vector<std::string>& codes) {
  std::vector<std::string> all;
  for (const std::string& code : codes) {
    for (std::string& part : expanded_place(code)) all.push_back(std::move(part));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::vector<std::string> kept;
  for (const std::string& code : all) {
    const bool covered =
        std::any_of(all.begin(), all.end(), [&](const std::string& other) { return other != code && lies_in(code, other); });
    if (!covered) kept.push_back(code);
  }
  for (const Collective& collective : kCollectives) {
    if (kept == expanded_place(collective.name)) return std::string(collective.name);
  }
  std::string out;
  for (const std::string& code : kept) {
    if (!out.empty()) out += '+';
    out += code;
  }
  return out;
}

}  // namespace litopys
