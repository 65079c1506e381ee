// What people name on the command line, one item after the other: files, folders and "-" for standard input.
//
//   Walk walk({"reports", "extra/x.html", "-"});
//   while (std::optional<Result<Entry>> entry = walk.next()) ...
//
// Order: as named; under a folder by the bytes of the names, depth first. A folder's names that start with a dot are left out (what an
// editor or a version control keeps there is no report); so are casebooks (a folder with a casebook.toml) and annotation files (X.json
// beside another file X.*). All of these are taken when named by themselves. Links are followed where they stay within the folder that was
// named, and reported where they leave it; a folder that is reached twice under one name of the command line is walked once, and a link
// back into its own path is reported as a loop.
//
// Ids: an item's id is its file's stem. Where an earlier item of the run has it, the id is the shortest of name, folder/name,
// folder/folder/name, ... that is free, at last the path with "#2", "#3". Members of containers have their container's id with "-" and
// more.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.h"

namespace litopys {

// An item that can be opened (intake/open.h). Nothing of it has been read.
struct Entry {
  std::string id = {};
  std::string path = {};  // "-" for standard input
  std::uint64_t size = 0;
  bool standard_input = false;
};

// What a reader should know where the id is not the stem; empty mostly.
[[nodiscard]] std::string id_note(const Entry& entry);

// Gives each item of a run an id of its own. Keeps eight bytes an id.
class IdGiver {
 public:
  [[nodiscard]] std::string give(const std::string& path);
  // Makes an id taken; false where it was.
  bool take(const std::string& id);

  // From now on ids that begin with `container` and "-" are for its members.
  void open_container(const std::string& container);
  // The id of a member: as wanted, with "#2", "#3" where an item has that. Members are not remembered one by one: the container sees to it
  // that it wants each id once.
  [[nodiscard]] std::string member(const std::string& wanted) const;

 private:
  [[nodiscard]] bool of_a_container(const std::string& id) const;

  std::unordered_set<std::uint64_t> taken_;
  std::unordered_set<std::uint64_t> containers_;
};

class Walk {
 public:
  // `ids`: those that are taken before the run.
  explicit Walk(std::vector<std::string> names, IdGiver ids = {}) : names_(std::move(names)), ids_(std::move(ids)) {}

  // The next item, or what is wrong at the next place (kUnreadable: missing, no permission, a device, a loop); nullopt at the end.
  // Memory: the names of the folders that are open now. Costs one stat a name.
  [[nodiscard]] std::optional<Result<Entry>> next();

  // Annotation files, hidden names and casebooks left out so far.
  [[nodiscard]] std::uint64_t left_out() const { return left_out_; }

  [[nodiscard]] IdGiver& ids() { return ids_; }

 private:
  using Inode = std::pair<std::uint64_t, std::uint64_t>;  // device, number
  struct Folder {
    std::string path;
    Inode inode;
    std::vector<std::string> names;  // sorted, last first
  };

  [[nodiscard]] std::optional<Result<Entry>> visit(const std::string& path);
  [[nodiscard]] std::optional<Error> enter(const std::string& path, Inode inode);

  std::vector<std::string> names_;
  std::size_t next_name_ = 0;
  std::vector<Folder> open_;
  std::string root_;  // of the folder that was named, without links
  std::set<Inode> seen_;
  IdGiver ids_;
  std::uint64_t left_out_ = 0;
};

}  // namespace litopys
