// Taking 10,000 small files into evidence and custody log, beside merely writing the same bytes: with one fsync for 100 files, and with one
// for each. And verifying evidence: every member, digest and commitment, in bytes of the disk and of the content;
// beside it the floor, which is only to unpress each member and to hash it, packed and unpacked.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <stdlib.h>  // mkdtemp
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/pipeline.h"
#include "vault/act_walk.h"
#include "vault/announced.h"
#include "vault/evidence_reader.h"
#include "vault/keys.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::current_path() / "vault-bench-XXXXXX").string();  // on the disk, not in memory as /tmp may be
    path_ = mkdtemp(pattern.data()) != nullptr ? pattern : "";
  }
  ~Folder() {
    std::error_code none;
    fs::remove_all(path_, none);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Text of about `size` bytes that presses as reports do, another for each number.
std::string report(std::size_t number, std::size_t size) {
  static constexpr const char* kWords[] = {"passport", "region",   "residents", "occupation", "statement", "office", "received", "without",
                                           "hospital", "children", "decree",    "until",      "March",     "figure", "service",  "refused"};
  std::string out;
  std::size_t seed = number * 2654435761U + 1;
  while (out.size() < size) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    out += kWords[seed >> 60U];
    out += (seed >> 40U) % 11 == 0 ? ".\n" : " ";
    if ((seed >> 32U) % 5 == 0) out += std::to_string(seed >> 45U) + " ";
  }
  return out;
}

std::vector<Item> made_items(std::size_t number, std::size_t size) {
  std::vector<Item> out(number);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].id = std::to_string(i);
    out[i].path = "reports/" + out[i].id + ".txt";
    out[i].bytes = report(i, size);
  }
  return out;
}
const std::vector<Item>& items() {
  static const std::vector<Item> made = made_items(10'000, 4096);
  return made;
}

std::uint64_t total_bytes(const std::vector<Item>& all) {
  std::uint64_t out = 0;
  for (const Item& item : all) out += item.bytes.size();
  return out;
}

void write_plainly(benchmark::State& state, std::size_t every) {
  for (auto _ : state) {
    const Folder folder;
    const int file = open((folder.path() / "all").c_str(), O_WRONLY | O_CREAT, 0644);
    std::size_t n = 0;
    for (const Item& item : items()) {
      if (write(file, item.bytes.data(), item.bytes.size()) < 0) return state.SkipWithError("cannot write");
      if (++n % every == 0) fsync(file);
    }
    fsync(file);
    close(file);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * items().size()));
}

void must(const Done& done) {
  if (!done) throw std::runtime_error(done.error().line());
}

void take_in(const fs::path& folder, const std::vector<Item>& all) {
  const EvidencePress press;
  const LogKey key = LogKey::generate().value();
  fs::create_directory(folder / "evidence");
  EvidenceWriter evidence = EvidenceWriter::open(folder / "evidence", "bench", "").value();
  CustodyLog log = CustodyLog::open_for_writing(folder / "log", key).value();
  std::vector<PackedAct> acts;
  const auto flush = [&] {
    must(evidence.ready());
    std::vector<LogEntry> entries;
    const std::string now = timestamp();
    for (const PackedAct& act : acts) entries.push_back({Act::taken_in, now, act.commitment(evidence.warcinfo()), {}});
    must(replace_file(announced_path(folder), log.announcement(entries, evidence.end()).value()));
    (void)evidence.append(acts).value();
    (void)log.append(entries).value();
    acts.clear();
  };
  // As `add` has it, workers hash and press, one thread writes; but a job is 16 items, since there it is the reading of one, a millisecond.
  using Group = std::span<const Item>;
  std::size_t next = 0;
  ordered_parallel_map(
      {},
      [&]() -> std::optional<Group> {
        if (next >= all.size()) return std::nullopt;
        const Group out(all.data() + next, std::min<std::size_t>(16, all.size() - next));
        next += out.size();
        return out;
      },
      [](Group group) { return group.size() * group.front().bytes.size(); },
      [&](Group group) {
        std::vector<PackedAct> out;
        for (const Item& item : group) {
          out.push_back(
              press.item(item, {item.id, item.path, timestamp(), sha256_hex(item.bytes), item.bytes.size(), {}, {}, false, false}).value());
        }
        return out;
      },
      [&](std::vector<PackedAct> group) {
        for (PackedAct& act : group) acts.push_back(std::move(act));
        if (acts.size() >= 4096) flush();
        return true;
      });
  if (!acts.empty()) flush();
}

void BM_WriteOneFsyncFor100(benchmark::State& state) { write_plainly(state, 100); }
void BM_WriteOneFsyncForEach(benchmark::State& state) { write_plainly(state, 1); }
void BM_TakeIntoEvidenceAndLog(benchmark::State& state) {
  for (auto _ : state) {
    const Folder folder;
    take_in(folder.path(), items());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * items().size()));
}

// Arguments: how many items, of how many bytes.
void BM_VerifyEvidence(benchmark::State& state) {
  const Folder folder;
  const std::vector<Item> all = made_items(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  take_in(folder.path(), all);
  std::uint64_t disk = 0;
  for (auto _ : state) {
    EvidenceReader reader(folder.path() / "evidence", {});
    MerkleHash seen{};
    while (auto act = reader.next()) {
      const MerkleHash commitment = (*act)->commitment();
      for (std::size_t i = 0; i < seen.size(); ++i) seen[i] ^= commitment[i];
    }
    benchmark::DoNotOptimize(seen);
    disk = reader.bytes_read();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * total_bytes(all)));
  state.counters["disk_bytes_per_second"] = benchmark::Counter(static_cast<double>(disk * state.iterations()), benchmark::Counter::kIsRate);
}
void BM_VerifyFloor(benchmark::State& state) {
  const Folder folder;
  const std::vector<Item> all = made_items(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  take_in(folder.path(), all);
  for (auto _ : state) {
    MemberReader reader = MemberReader::open(folder.path() / "evidence" / segment_name("bench", 1)).value();
    while (auto member = reader.next()) {
      benchmark::DoNotOptimize(sha256_of((*member)->packed));
      benchmark::DoNotOptimize(sha256_of((*member)->bytes));
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * total_bytes(all)));
}

BENCHMARK(BM_WriteOneFsyncFor100)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_TakeIntoEvidenceAndLog)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(BM_WriteOneFsyncForEach)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);
BENCHMARK(BM_VerifyFloor)->Unit(benchmark::kMillisecond)->Args({10'000, 4096})->Args({1'000, 65'536});
BENCHMARK(BM_VerifyEvidence)->Unit(benchmark::kMillisecond)->Args({10'000, 4096})->Args({1'000, 65'536});

}  // namespace
}  // namespace litopys

BENCHMARK_MAIN();
