// A sound log of three appends in a folder, changed as the input says, then looked at by everything that reads a log. Nothing crashes or
// reads outside, whatever was changed is told, and a log that opens for writing holds an append afterwards. It has five entries, or 258 (a
// full tile, and one above it) where the input's first byte has its highest bit; the large one takes three times as long.
//
// The input is a list of changes: a byte that says which, then its own bytes.
//   0 file at at x      byte `at` (16 bits) of the file is xor-ed with x
//   1 file              the file is removed
//   2 n name m bytes    a file of that name gets m bytes
//   3 file to           the file's content goes into another
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/log.h"
#include "vault/small_file.h"
#include "vault/tiles.h"

namespace {

using namespace litopys;
namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

LogKey key() {
  std::array<std::uint8_t, 32> seed{};
  seed.fill('k');
  return LogKey::from_seed(seed).value();
}

LogEntry entry_of(std::uint64_t n) { return {Act::read, "2026-11-25T13:43:22.123Z", commitment({}, std::to_string(n)), {}}; }

void check(bool holds, int line = __builtin_LINE()) {
  if (holds) return;
  std::fprintf(stderr, "%s:%d does not hold\n", __FILE__, line);
  std::abort();
}

// In memory where there is such a place: on a disk nearly all time would be fsync. Gone with the program, unless it crashes.
struct Folder {
  fs::path path = fs::path(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp") / ("litopys-fuzz-" + std::to_string(getpid()));
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code none;
    fs::remove_all(path, none);
  }
};
const fs::path& folder() {
  static const Folder kFolder;
  return kFolder.path;
}

Files read_all() {
  Files out;
  check(for_each_file(folder() / "log", [&](const std::string& name) -> Done {
          out[name] = find_small_file(folder() / "log" / name, 1U << 20U).value().value();
          return {};
        }).has_value());
  return out;
}

void write_all(const Files& files) {
  fs::remove_all(folder() / "log");
  fs::create_directories(folder() / "log" / "tmp");
  for (const auto& [name, bytes] : files) {
    const fs::path path = folder() / "log" / name;
    std::error_code none;
    fs::create_directories(path.parent_path(), none);
    std::ofstream(path, std::ios::binary) << bytes;
  }
}

struct Sound {
  Files files;
  std::uint64_t entries = 0;
};

Sound sound_log(const std::array<std::size_t, 3>& appends) {
  fs::remove_all(folder());
  fs::create_directories(folder());
  auto log = CustodyLog::open_for_writing(folder() / "log", key());
  check(log.has_value());
  std::uint64_t n = 0;
  for (const std::size_t size : appends) {
    std::vector<LogEntry> entries;
    for (std::size_t i = 0; i < size; ++i) entries.push_back(entry_of(n++));
    check(log->append(entries).has_value());
  }
  return {read_all(), n};
}

const Sound& sound(bool large) {
  static const Sound kSmall = sound_log({2, 2, 1});
  static const Sound kLarge = sound_log({2, 255, 1});
  return large ? kLarge : kSmall;
}

// A name inside the log's folder; nothing otherwise.
std::string safe(std::string name) {
  for (char& c : name) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '\\') c = '_';
  }
  if (name.empty() || name.front() == '/' || name.back() == '/' || name.find("..") != std::string::npos ||
      name.find("//") != std::string::npos || name.find("./") != std::string::npos) {
    return {};
  }
  return name;
}

// Whether a file is of entries beyond this size: those that an append wrote which was never signed, or no longer is.
bool unsigned_at(std::uint64_t size, const std::string& name) {
  const std::optional<TileName> tile = parse_tile_name(name);
  return tile && tile->width > tile_width(tile->entries ? 0 : tile->level, tile->index, size);
}

Files changed(Files files, std::basic_string_view<std::uint8_t> input) {
  const auto byte = [&]() -> std::size_t {
    if (input.empty()) return 0;
    const std::uint8_t out = input.front();
    input.remove_prefix(1);
    return out;
  };
  const auto text = [&](std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size && !input.empty(); ++i) out += static_cast<char>(byte());
    return out;
  };
  while (!input.empty() && !files.empty()) {
    const std::size_t what = byte() % 4;
    if (what == 2) {
      const std::string name = safe(text(byte() % 64));
      const std::string bytes = text(byte());
      if (!name.empty()) files[name] = bytes;
      continue;
    }
    auto file = std::next(files.begin(), static_cast<std::ptrdiff_t>(byte() % files.size()));
    if (what == 0) {
      const std::size_t at = byte() << 8U | byte();
      const std::size_t with = byte();
      if (!file->second.empty()) file->second[at % file->second.size()] ^= static_cast<char>(with);
    } else if (what == 1) {
      files.erase(file);
    } else {
      std::next(files.begin(), static_cast<std::ptrdiff_t>(byte() % files.size()))->second = file->second;
    }
  }
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Sound& whole = sound(size > 0 && data[0] >= 0x80);
  write_all(changed(whole.files, {data, size}));
  const Files there = read_all();  // a name may have been a folder's
  const LogCheck before = verify_log(folder() / "log", key().verifier(), [](const Damage& damage) { check(!damage.line().empty()); });
  if (there == whole.files) check(before.damages == 0 && before.entries == whole.entries && before.checkpoints == 4);
  if (before.damages == 0) {
    // What is there of the sound log, as far as it is still signed, is as it was; what is missing is a kept checkpoint that nothing speaks
    // of, or `checkpoint` was put back by one append, or what a full tile replaces.
    for (const auto& [name, bytes] : there) {
      const auto good = whole.files.find(name);
      check(good == whole.files.end() ? before.unfinished > 0 || name.starts_with("checkpoints/")
                                      : good->second == bytes || name == "checkpoint" || unsigned_at(before.size, name));
    }
    check(before.entries == before.size);
  }
  if (auto reader = LogReader::open(folder() / "log", key().verifier())) {
    for (const std::uint64_t i : {0U, 1U, 4U, 5U, 255U, 256U, 257U, 258U}) {
      // Whatever is proved is what was appended.
      if (const auto entry = reader->entry(i)) check(*entry == entry_of(i));
      check(!reader->inclusion(i, reader->size()) || i < reader->size());
    }
    [[maybe_unused]] const auto grown = reader->consistency(2, reader->size());
  }
  if (auto log = CustodyLog::open_for_writing(folder() / "log", key())) {
    const std::vector<LogEntry> more{entry_of(log->size()), entry_of(log->size() + 1)};
    if (log->append(more)) {
      const auto after = LogReader::open(folder() / "log", key().verifier());
      check(after && after->size() == log->size());
    }
  }
  return 0;
}
