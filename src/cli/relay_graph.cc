#include "cli/relay_graph.h"

#include <algorithm>

#include "cli/terminal.h"
#include "record/origins.h"

namespace litopys {
namespace {

struct Branch {
  std::string_view name;
  std::vector<std::size_t> claims;  // that end here
  std::vector<Branch> next;
};

struct GraphLine {
  std::string tree;  // lines of the tree and the name
  std::vector<std::size_t> claims;
};

void lines_of(const Branch& branch, const std::string& lead, std::vector<GraphLine>& out) {
  for (const Branch& next : branch.next) {
    const bool last = &next == &branch.next.back();
    out.push_back({lead + (last ? "└─ " : "├─ ") + plain_line(next.name), next.claims});
    lines_of(next, lead + (last ? "   " : "│  "), out);
  }
}

}  // namespace

std::string relay_graph(const Record& record, const Statement& statement) {
  Branch root{statement.originator, {}, {}};
  for (std::size_t claim = 0; claim < statement.claims.size(); ++claim) {
    const std::vector<std::string_view> way = way_of(record, statement, claim);
    Branch* at = &root;
    for (std::size_t i = 1; i < way.size(); ++i) {
      auto next = std::find_if(at->next.begin(), at->next.end(), [&](const Branch& b) { return b.name == way[i]; });
      if (next == at->next.end()) next = at->next.insert(next, Branch{way[i], {}, {}});
      at = &*next;
    }
    at->claims.push_back(claim);
  }
  std::vector<GraphLine> lines{{plain_line(root.name), root.claims}};
  lines_of(root, "", lines);
  int width = 0;
  for (const GraphLine& line : lines) width = std::max(width, columns_of(line.tree));
  std::string out;
  for (const GraphLine& line : lines) {
    std::string text = line.claims.empty() ? line.tree : fitted(line.tree, width);
    for (const std::size_t claim : line.claims) {
      const std::string& name = statement.claims[claim];
      const auto found = record.claim(name);
      text += (claim == line.claims.front() ? "  " : ", ");
      text += found && found->document->published ? *found->document->published : "undated";
      text += "  " + plain_line(name);
    }
    out += text + "\n";
  }
  return out;
}

}  // namespace litopys
