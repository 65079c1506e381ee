#include "store/power.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace litopys::testing {
namespace {

namespace fs = std::filesystem;
using Kind = DiskEvent::Kind;

constexpr std::uint64_t kSector = 512;

void write_into(std::string& file, std::uint64_t at, std::string_view bytes) {
  if (file.size() < at + bytes.size()) file.resize(at + bytes.size(), '\0');
  std::copy(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

// Where a write tears: at a sector near its middle; a short one anywhere.
std::size_t middle_of(std::uint64_t offset, std::size_t size) {
  const std::uint64_t sector = (offset + size / 2) / kSector * kSector;
  return sector > offset && sector < offset + size ? static_cast<std::size_t>(sector - offset) : size / 2;
}

}  // namespace

Disk::Disk(const fs::path& root) { add(root); }

std::size_t Disk::add(const fs::path& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) throw std::runtime_error("cannot be looked at: " + path.string());
  const std::size_t out = nodes_.size();
  nodes_.emplace_back();
  nodes_[out].folder = S_ISDIR(status.st_mode);
  nodes_[out].mode = status.st_mode & 0777U;
  numbers_[status.st_ino] = out;
  if (nodes_[out].folder) {
    for (const auto& each : fs::directory_iterator(path)) {
      const std::string name = each.path().filename().string();
      const std::size_t node = add(each.path());
      nodes_[out].names[name] = node;
      now_[{out, name}] = node;
    }
  } else {
    std::ifstream file(path, std::ios::binary);
    nodes_[out].bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
  return out;
}

void Disk::apply(const DiskEvent& event) {
  Pending next{event.kind, 0, 0, 0, event.offset, event.name, event.to_name, event.bytes};
  switch (event.kind) {
    case Kind::said: return;
    case Kind::made:
    case Kind::folder:
      if (!knows(event.folder)) return;
      next.folder = numbers_[event.folder];
      next.node = nodes_.size();
      nodes_.emplace_back();
      nodes_.back().folder = event.kind == Kind::folder;
      nodes_.back().mode = event.kind == Kind::made ? static_cast<unsigned>(event.offset) : 0755;
      numbers_[event.node] = next.node;
      now_[{next.folder, event.name}] = next.node;
      break;
    case Kind::renamed: {
      if (!knows(event.folder) || !knows(event.to_folder)) return;
      next.folder = numbers_[event.folder];
      next.to_folder = numbers_[event.to_folder];
      const auto at = now_.find({next.folder, event.name});
      if (at == now_.end()) throw std::runtime_error("renamed and never made: " + event.name);
      next.node = at->second;
      now_.erase(at);
      now_[{next.to_folder, event.to_name}] = next.node;
      break;
    }
    case Kind::removed:
      if (!knows(event.folder)) return;
      next.folder = numbers_[event.folder];
      now_.erase({next.folder, event.name});
      break;
    case Kind::written:
    case Kind::cut:
      if (!knows(event.node)) return;
      next.node = numbers_[event.node];
      break;
    case Kind::synced:
      if (knows(event.node)) sync(numbers_[event.node]);
      return;
  }
  pending_.push_back(std::move(next));
}

void Disk::sync(std::size_t node) {
  std::vector<Pending> left;
  for (Pending& event : pending_) {
    bool promised = false;
    switch (event.kind) {
      case Kind::written:
      case Kind::cut: promised = event.node == node; break;
      case Kind::made:
      case Kind::folder:
      case Kind::removed: promised = event.folder == node; break;
      case Kind::renamed: promised = event.to_folder == node || event.folder == node; break;
      case Kind::synced:
      case Kind::said: break;
    }
    if (!promised) {
      left.push_back(std::move(event));
      continue;
    }
    if (event.kind == Kind::renamed && event.folder != node) {
      // The old name may come back with its folder: what is certain here is the new one.
      nodes_[event.to_folder].names[event.to_name] = event.node;
      event.kind = Kind::removed;
      left.push_back(std::move(event));
      continue;
    }
    carry_out(nodes_, event, Fate::kept);
  }
  pending_ = std::move(left);
}

void Disk::carry_out(std::vector<Node>& nodes, const Pending& event, Fate fate) {
  if (fate == Fate::lost) return;
  switch (event.kind) {
    case Kind::made:
    case Kind::folder: nodes[event.folder].names[event.name] = event.node; break;
    case Kind::renamed:
      if (const auto old = nodes[event.folder].names.find(event.name); old != nodes[event.folder].names.end()) {
        nodes[event.folder].names.erase(old);
      }
      nodes[event.to_folder].names[event.to_name] = event.node;
      break;
    case Kind::removed: nodes[event.folder].names.erase(event.name); break;
    case Kind::cut: nodes[event.node].bytes.resize(event.offset, '\0'); break;
    case Kind::written: {
      std::string& file = nodes[event.node].bytes;
      const std::string_view bytes = event.bytes;
      const std::size_t middle = middle_of(event.offset, bytes.size());
      if (fate == Fate::zeros) {
        file.resize(std::max<std::size_t>(file.size(), event.offset + bytes.size()), '\0');
      } else if (fate == Fate::first_half) {
        write_into(file, event.offset, bytes.substr(0, middle));
      } else {
        write_into(file, fate == Fate::second_half ? event.offset + middle : event.offset,
                   fate == Fate::second_half ? bytes.substr(middle) : bytes);
      }
      break;
    }
    case Kind::synced:
    case Kind::said: break;
  }
}

std::vector<Disk::Fates> Disk::fates(std::size_t random, std::uint32_t seed) const {
  const std::size_t n = pending_.size();
  std::vector<Fates> out;
  for (std::size_t kept = 0; kept <= n; ++kept) {
    Fates first(n, Fate::lost);
    std::fill_n(first.begin(), kept, Fate::kept);
    out.push_back(std::move(first));
  }
  for (std::size_t i = 0; i < n; ++i) {
    out.emplace_back(n, Fate::lost).at(i) = Fate::kept;
    out.emplace_back(n, Fate::kept).at(i) = Fate::lost;
    if (pending_[i].kind != Kind::written) continue;
    for (const Fate torn : {Fate::first_half, Fate::second_half, Fate::zeros}) {
      Fates before(n, Fate::lost);
      std::fill_n(before.begin(), i, Fate::kept);
      before[i] = torn;
      out.push_back(std::move(before));
      out.emplace_back(n, Fate::kept).at(i) = torn;
    }
  }
  for (std::size_t i = 0; i < random && n > 1; ++i) {
    Fates mixed(n, Fate::lost);
    for (std::size_t at = 0; at < n; ++at) {
      seed = seed * 1664525U + 1013904223U;
      const std::uint32_t drawn = (seed >> 16U) % 8;
      mixed[at] = drawn < 3 ? Fate::lost
                  : drawn < 5 || pending_[at].kind != Kind::written
                      ? Fate::kept
                      : static_cast<Fate>(static_cast<unsigned>(Fate::first_half) + drawn - 5);
    }
    out.push_back(std::move(mixed));
  }
  return out;
}

Disk::State Disk::state(const Fates& fates) const {
  std::vector<Node> nodes = nodes_;
  for (std::size_t i = 0; i < pending_.size(); ++i) carry_out(nodes, pending_[i], fates.at(i));
  State out;
  const auto walk = [&](const auto& self, std::size_t node, const std::string& path) -> void {
    for (const auto& [name, child] : nodes[node].names) {
      const std::string here = path.empty() ? name : path + "/" + name;
      if (nodes[child].folder) {
        out.folders.push_back(here);
        self(self, child, here);
      } else if (!name.ends_with("-shm")) {
        out.files[here] = {nodes[child].bytes, nodes[child].mode};
      }
    }
  };
  walk(walk, 0, {});
  return out;
}

std::string Disk::State::text() const {
  std::string out;
  for (const std::string& folder : folders) out += folder + "/\n";
  for (const auto& [name, file] : files) out += name + " " + std::to_string(file.bytes.size()) + "\n" + file.bytes;
  return out;
}

void Disk::State::lay_out(const fs::path& root) const {
  fs::create_directories(root);
  for (const std::string& folder : folders) fs::create_directory(root / folder);
  for (const auto& [name, file] : files) {
    std::ofstream(root / name, std::ios::binary) << file.bytes;
    chmod((root / name).c_str(), file.mode);
  }
}

}  // namespace litopys::testing
