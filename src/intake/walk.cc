// Depth first with a stack of listings instead of recursion, so that depth costs no stack and the walk can stop between two items. Folders
// are known by device and inode: names cannot tell a loop, and a tree of links to links would else be walked an exponential number of
// times.
#include "intake/walk.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string_view>

namespace litopys {
namespace {

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view stem(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string_view what_it_is(mode_t mode) {
  if (S_ISFIFO(mode)) return "is a pipe, not a file";
  if (S_ISSOCK(mode)) return "is a socket, not a file";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "is a device, not a file";
  return "is not a file";
}

std::string joined_path(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

std::string real_path(const std::string& path) {
  struct Free {
    void operator()(char* text) const { std::free(text); }  // NOLINT(cppcoreguidelines-no-malloc): realpath's way
  };
  const std::unique_ptr<char, Free> real(realpath(path.c_str(), nullptr));
  return real ? std::string(real.get()) : std::string();
}

struct CloseDir {
  void operator()(DIR* dir) const { closedir(dir); }
};

// X.json is an annotation when a file X with another ending stands beside it. `names` is sorted.
bool is_annotation(const std::vector<std::string>& names, const std::string& name) {
  if (!name.ends_with(".json")) return false;
  const std::string beginning = name.substr(0, name.size() - 4);  // with the dot
  for (auto it = std::lower_bound(names.begin(), names.end(), beginning); it != names.end() && it->starts_with(beginning); ++it) {
    if (*it != name && it->find('.', beginning.size()) == std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string id_note(const Entry& entry) {
  const std::string wanted(entry.standard_input ? "stdin" : stem(file_name(entry.path)));
  return entry.id == wanted ? std::string() : "the id is " + entry.id + ", because " + wanted + " is another item's";
}

bool IdGiver::take(const std::string& id) { return taken_.insert(std::hash<std::string>{}(id)).second; }

void IdGiver::open_container(const std::string& container) { containers_.insert(std::hash<std::string>{}(container)); }

std::string IdGiver::member(const std::string& wanted) const {
  std::string id = wanted;
  for (int n = 2; taken_.contains(std::hash<std::string>{}(id)); ++n) id = wanted + "#" + std::to_string(n);
  return id;
}

bool IdGiver::of_a_container(const std::string& id) const {
  if (containers_.empty()) return false;
  for (std::size_t dash = id.find('-'); dash != std::string::npos; dash = id.find('-', dash + 1)) {
    if (containers_.contains(std::hash<std::string>{}(id.substr(0, dash)))) return true;
  }
  return false;
}

std::string IdGiver::give(const std::string& path) {
  if (path == "-") {
    if (take("stdin")) return "stdin";
  } else {
    std::string id(stem(file_name(path)));
    if (!of_a_container(id) && take(id)) return id;
    for (std::size_t end = path.size(); end != std::string::npos && end != 0;) {
      const std::size_t slash = path.rfind('/', end - 1);
      id = path.substr(slash == std::string::npos ? 0 : slash + 1);
      if (!of_a_container(id) && take(id)) return id;
      end = slash;
    }
  }
  for (int n = 2;; ++n) {
    std::string id = path + "#" + std::to_string(n);
    if (take(id)) return id;
  }
}

std::optional<Result<Entry>> Walk::next() {
  while (true) {
    if (!open_.empty()) {
      Folder& folder = open_.back();
      if (folder.names.empty()) {
        open_.pop_back();
        continue;
      }
      const std::string path = joined_path(folder.path, folder.names.back());
      folder.names.pop_back();
      if (auto entry = visit(path)) return entry;
      continue;
    }
    if (next_name_ == names_.size()) return std::nullopt;
    seen_.clear();
    const std::string& name = names_[next_name_++];
    if (name == "-") {
      return Entry{.id = ids_.give("-"), .path = "-", .size = 0, .standard_input = true};
    }
    if (auto entry = visit(name)) return entry;
  }
}

std::optional<Result<Entry>> Walk::visit(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    const int reason = errno;
    std::string what = std::strerror(reason);
    std::string advice = "skipped";
    if (reason == ELOOP) what = "is a link that leads to itself";
    if (reason == ENOENT && open_.empty()) advice = "check the name";
    if (reason == ENOENT && !open_.empty()) what = "is a link that leads nowhere";
    if (reason == EACCES) what = "no permission to open it", advice = "skipped; ask its owner, or run as a user who may read it";
    return fail(ErrorKind::kUnreadable, path, {}, std::move(what), std::move(advice));
  }
  if (!open_.empty()) {
    struct stat itself {};
    if (lstat(path.c_str(), &itself) == 0 && S_ISLNK(itself.st_mode)) {
      if (const std::string target = real_path(path); target != root_ && !target.starts_with(joined_path(root_, ""))) {
        return fail(ErrorKind::kUnreadable, path, {}, "is a link that leads out of the folder, to " + target,
                    "not followed; to take it, name it by itself");
      }
    }
  }
  if (S_ISDIR(status.st_mode)) {
    if (auto error = enter(path, {status.st_dev, status.st_ino})) return tl::unexpected<Error>(std::move(*error));
    return std::nullopt;
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorKind::kUnreadable, path, {}, std::string(what_it_is(status.st_mode)),
                S_ISFIFO(status.st_mode) ? "skipped; to read from a pipe, name -" : "skipped");
  }
  return Entry{.id = ids_.give(path), .path = path, .size = static_cast<std::uint64_t>(status.st_size), .standard_input = false};
}

std::optional<Error> Walk::enter(const std::string& path, Inode inode) {
  for (const Folder& above : open_) {
    if (above.inode == inode) {
      return Error{
          ErrorKind::kUnreadable, path, {}, "is a folder loop: it leads back to " + above.path, "skipped, what is in there is taken once"};
    }
  }
  if (!seen_.insert(inode).second) return std::nullopt;
  if (open_.empty()) root_ = real_path(path);
  const std::unique_ptr<DIR, CloseDir> dir(opendir(path.c_str()));
  if (!dir) {
    std::string what = errno == EACCES ? "no permission to list this folder" : std::string("cannot be listed: ") + std::strerror(errno);
    return Error{ErrorKind::kUnreadable, path, {}, std::move(what), "skipped with all that is in it"};
  }
  std::vector<std::string> names;
  bool casebook = false;
  errno = 0;
  while (const dirent* item = readdir(dir.get())) {
    std::string name = item->d_name;
    if (name == "." || name == "..") continue;
    if (name == "casebook.toml") casebook = true;
    if (name.front() == '.') {
      ++left_out_;
      continue;
    }
    names.push_back(std::move(name));
    errno = 0;
  }
  const int trouble = errno;
  if (casebook && !open_.empty()) {
    ++left_out_;
    return std::nullopt;
  }
  std::sort(names.begin(), names.end());
  std::vector<std::string> kept;
  kept.reserve(names.size());
  for (auto it = names.rbegin(); it != names.rend(); ++it) {
    if (is_annotation(names, *it)) {
      ++left_out_;
    } else {
      kept.push_back(*it);
    }
  }
  open_.push_back({path, inode, std::move(kept)});
  if (trouble != 0) {
    return Error{ErrorKind::kUnreadable,
                 path,
                 {},
                 std::string("could be listed in part only: ") + std::strerror(trouble),
                 "what was listed is taken"};
  }
  return std::nullopt;
}

}  // namespace litopys
