// The crash rule where the machine dies and not only the process: of what was not synced, a disk may keep any part. What `add` writes is
// recorded once; then, at each point where it waits for the disk, the states in which the disk may come back are laid out one by one, and
// in each `verify` finds all sound, every item acknowledged by then is there, and the next writer goes on.
//
// States differ until the next fsync only by what is pending, so looking at each fsync and taking the pending events one by one is looking
// at every call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <optional>
#include <set>

#include "store/crash_rule.h"
#include "store/faults.h"
#include "store/power.h"
#include "vault/member.h"

namespace litopys {
namespace {

using namespace litopys::testing;
namespace fs = std::filesystem;

constexpr const char* kCasebook = "new/my.case";  // below the folder that is the disk

bool add_some(const fs::path& folder, const std::string& run) {
  Contents contents = contents_of(run);
  contents.emplace_back(run + "d", "Fourth of " + run + ".\n");
  contents.emplace_back(run + "e", "Fifth of " + run + ".\n");
  return add_all(folder, contents, [](const KeptItem& item) { say_in_recording(item.sha256); });
}

// `what` in a process of its own, recorded; it is killed at its nth call, or never (0). Gives whether it came to its end.
template <class What>
bool recorded_in_child(const fs::path& stream, What what, std::uint64_t kill_at = 0, std::uint64_t* calls = nullptr) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  const pid_t child = fork();
  if (child == 0) {
    ::close(ends[0]);
    const Recording recording(stream);
    arm(kill_at > 0 ? Fault::kill_after : Fault::none, kill_at);
    const bool good = what();
    const std::uint64_t count = disarm();
    _exit(good && ::write(ends[1], &count, sizeof count) == sizeof count ? 0 : 1);
  }
  ::close(ends[1]);
  std::uint64_t count = 0;
  const bool told = ::read(ends[0], &count, sizeof count) == sizeof count;
  ::close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (calls != nullptr) *calls = count;
  EXPECT_TRUE(told || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)) << "it ended with an error";
  return told;
}

std::set<std::string> acknowledged_in(const std::vector<DiskEvent>& events) {
  std::set<std::string> out;
  for (const DiskEvent& event : events) {
    if (event.kind == DiskEvent::Kind::said) out.insert(event.name);
  }
  return out;
}

// Looks at states of one disk after the other: at each stride-th that is thought of, unless it was seen before.
class PowerCuts {
 public:
  // Of a casebook, what had been promised until the power went, and when that was.
  using Check = std::function<void(const fs::path&, const std::set<std::string>&, const std::string&)>;
  PowerCuts() {
    const char* wanted = std::getenv("LITOPYS_FULL");
    stride_ = wanted != nullptr ? std::max<std::uint64_t>(1, std::strtoull(wanted, nullptr, 10)) : 0;
  }
  [[nodiscard]] std::uint64_t stride(std::uint64_t by_default) const { return stride_ > 0 ? stride_ : by_default; }

  // The recording of what was done to the folder `disk`, in which "new/my.case" is the casebook, beginning with `before`. From event `from`
  // on.
  void look(Disk disk, const std::vector<DiskEvent>& events, std::size_t from, std::set<std::string> promised, const std::string& what,
            std::uint64_t by_default, const Check& check = expect_crash_rule) {
    for (std::size_t at = 0; at <= events.size(); ++at) {
      const bool last = at == events.size();
      if (at >= from && (last || events[at].kind == DiskEvent::Kind::synced)) {
        ++cuts_;
        for (const Disk::Fates& fates : disk.fates(8, static_cast<std::uint32_t>(at))) {
          if (turn_++ % stride(by_default) != 0) continue;
          const Disk::State state = disk.state(fates);
          std::string text = state.text();
          for (const std::string& each : promised) text += each;
          if (!seen_.insert(std::hash<std::string>()(text)).second) continue;
          look_at(state, check, promised,
                  what + ", power lost before event " + std::to_string(at) + " of " + std::to_string(events.size()) + ", " + said(fates));
          if (::testing::Test::HasFailure()) return;
        }
      }
      if (last) return;
      if (events[at].kind == DiskEvent::Kind::said) promised.insert(events[at].name);
      disk.apply(events[at]);
    }
  }

  void print(const char* what) const {
    std::printf("%s: %llu states of the disk at %llu instants, of %llu that were thought of\n", what,
                static_cast<unsigned long long>(states_), static_cast<unsigned long long>(cuts_), static_cast<unsigned long long>(turn_));
  }

 private:
  void look_at(const Disk::State& state, const Check& check, const std::set<std::string>& promised, const std::string& when) {
    ++states_;
    const TemporaryFolder folder;
    syncs_are_real(false);
    state.lay_out(folder.path());
    check(folder / kCasebook, promised, when);
    syncs_are_real(true);
  }

  static std::string said(const Disk::Fates& fates) {
    static constexpr char kLetters[] = "-k12z";
    std::string out = "pending events ";
    for (const Disk::Fate fate : fates) out += kLetters[static_cast<unsigned>(fate)];
    return out;
  }

  std::uint64_t stride_ = 0, turn_ = 0, states_ = 0, cuts_ = 0;
  std::set<std::size_t> seen_;
};

// Without this the rest proves nothing: the recording misses no call.
TEST(CasebookPower, RecordsEverythingThatReachesTheDisk) {
  ASSERT_TRUE(all_resources());
  const TemporaryFolder folder;
  const fs::path disk = folder / "disk";
  fs::create_directory(disk);
  Disk model(disk);
  ASSERT_TRUE(recorded_in_child(folder / "stream", [&] { return add_some(disk / kCasebook, "one") && add_some(disk / kCasebook, "two"); }));
  for (const DiskEvent& event : recorded(folder / "stream")) model.apply(event);
  const Disk::State state = model.state(Disk::Fates(model.pending(), Disk::Fate::kept));
  const Disk now(disk);
  const Disk::State found = now.state({});
  for (const auto& [name, file] : found.files) {
    ASSERT_TRUE(state.files.contains(name)) << name;
    EXPECT_TRUE(state.files.at(name).bytes == file.bytes) << name;
    EXPECT_EQ(state.files.at(name).mode, file.mode) << name;
  }
  EXPECT_EQ(state.text(), found.text());
}

TEST(CasebookPower, LosesNothingWhateverTheDiskKeeps) {
  ASSERT_TRUE(all_resources());
  PowerCuts cuts;
  const TemporaryFolder folder;
  const fs::path disk = folder / "disk";
  const fs::path casebook = disk / kCasebook;
  fs::create_directory(disk);
  for (const char* run : {"one", "two"}) {
    const Disk before(disk);
    const fs::path stream = folder / run;
    const bool making = !fs::exists(casebook);
    ASSERT_TRUE(recorded_in_child(stream, [&] { return add_some(casebook, run); }));
    const std::vector<DiskEvent> events = recorded(stream);
    std::set<std::string> promised;
    if (!making) promised = acknowledged_in(recorded(folder / "one"));
    EXPECT_EQ(acknowledged_in(events).size(), 4U);
    cuts.look(before, events, 0, promised, making ? "making" : "adding", 397);
    if (HasFailure()) return;
  }
  cuts.print("power lost while adding");
}

// A process is killed, the next one goes on with what it finds, and then the power goes: what the first wrote was never synced by anybody
// unless the second did it.
TEST(CasebookPower, LosesNothingOfWhatAKilledWriterLeft) {
  ASSERT_TRUE(all_resources());
  PowerCuts cuts;
  const TemporaryFolder folder;
  const fs::path made = folder / "made";
  fs::create_directory(made);
  ASSERT_TRUE(recorded_in_child(folder / "first", [&] { return add_some(made / kCasebook, "one"); }));
  const std::set<std::string> first = acknowledged_in(recorded(folder / "first"));
  std::uint64_t round = 0;
  for (const bool adding : {false, true}) {
    std::uint64_t calls = 1000;
    for (std::uint64_t kill_at = 0; kill_at <= calls; ++kill_at) {
      if (kill_at > 0 && round++ % cuts.stride(151) != 0) continue;
      const fs::path disk = folder / "disk";
      const fs::path stream = folder / "stream";
      fs::remove_all(disk);
      fs::remove(stream);
      fs::create_directory(disk);
      if (adding) fs::copy(made, disk, fs::copy_options::recursive);
      const Disk before(disk);
      std::uint64_t counted = 0;
      const bool ended = recorded_in_child(
          stream, [&] { return add_some(disk / kCasebook, "two"); }, kill_at, &counted);
      if (kill_at == 0) {
        calls = counted;
        continue;
      }
      if (ended) break;
      const std::size_t from = recorded(stream).size();
      ASSERT_TRUE(recorded_in_child(stream, [&] { return add_some(disk / kCasebook, "three"); }));
      cuts.look(before, recorded(stream), from, adding ? first : std::set<std::string>(),
                std::string(adding ? "adding" : "making") + ", killed at call " + std::to_string(kill_at), 2003);
      if (HasFailure()) return;
    }
  }
  cuts.print("power lost after a kill");
}

// A share on a network is named when somebody writes there; nothing else is.
TEST(NetworkShare, IsSaidToWhoeverWritesThere) {
  ASSERT_TRUE(all_resources());
  const TemporaryFolder folder;
  for (const auto& [type, times] : {std::pair{0x6969L, 1}, {0xEF53L, 0}}) {
    pretend_file_system(type);
    std::vector<std::string> said;
    EXPECT_TRUE(Casebook::open(folder / "my.case", all_resources(), [&](const std::string& line) { said.push_back(line); }));
    pretend_file_system(0);
    EXPECT_EQ(std::count_if(said.begin(), said.end(),
                            [](const std::string& line) { return line.find("lies on a network share (NFS)") != std::string::npos; }),
              times);
  }
}

// A disk, or a server, that says it has written and has not: what it lost cannot be kept, but it is told. A checkpoint that was kept
// elsewhere names every loss; without one `verify` names damage, or sees an older casebook that is whole. Whoever opens it to write goes on
// soundly or stops with what to do, and whatever the anchor vouches for is there.
TEST(CasebookPower, IsToldWhereTheDiskLiedAboutFsync) {
  ASSERT_TRUE(all_resources());
  const TemporaryFolder folder;
  const fs::path disk = folder / "disk";
  fs::create_directory(disk);
  ASSERT_TRUE(recorded_in_child(folder / "first", [&] { return add_some(disk / kCasebook, "one"); }));
  const Disk before(disk);
  ASSERT_TRUE(recorded_in_child(folder / "second", [&] { return add_some(disk / kCasebook, "two"); }));
  std::set<std::string> promised = acknowledged_in(recorded(folder / "first"));
  promised.merge(acknowledged_in(recorded(folder / "second")));
  const std::string anchor = read_whole(disk / kCasebook / "log/checkpoint");
  Disk lying = before;
  for (const DiskEvent& event : recorded(folder / "second")) {
    if (event.kind != DiskEvent::Kind::synced) lying.apply(event);
  }
  PowerCuts cuts;
  std::uint64_t turn = 0, states = 0, whole = 0, told = 0, told_by_anchor = 0, stopped = 0;
  for (const Disk::Fates& fates : lying.fates(200, 11)) {
    if (turn++ % cuts.stride(29) != 0) continue;
    ++states;
    const TemporaryFolder there;
    syncs_are_real(false);
    lying.state(fates).lay_out(there.path());
    const fs::path casebook = there / kCasebook;
    const std::string when = "state " + std::to_string(turn - 1);
    const bool sound = damages(casebook).empty();
    const bool vouched = damages(casebook, false, {anchor}).empty();
    EXPECT_TRUE(sound || !vouched) << when;
    ++(vouched ? whole : sound ? told_by_anchor : told);
    std::optional<Error> refused;
    if (auto opened = Casebook::open(casebook, all_resources(), [](const std::string&) {}); !opened) refused = opened.error();
    if (refused) {
      ++stopped;
      EXPECT_FALSE(refused->problem.empty() || refused->next.empty()) << when << ": " << refused->line();
      EXPECT_FALSE(vouched) << when << ": " << refused->line();
    } else if (sound) {
      EXPECT_THAT(damages(casebook), ::testing::IsEmpty()) << when << ": what was sound is sound after the next writer";
    }
    if (vouched) expect_kept(casebook, promised, when);
    syncs_are_real(true);
    if (HasFailure()) return;
  }
  EXPECT_GT(told, 0U);
  EXPECT_GT(told_by_anchor, 0U);
  std::printf("%llu states of a disk that lied: %llu whole, %llu named by verify, %llu by an anchor alone; %llu stop the next writer\n",
              static_cast<unsigned long long>(states), static_cast<unsigned long long>(whole), static_cast<unsigned long long>(told),
              static_cast<unsigned long long>(told_by_anchor), static_cast<unsigned long long>(stopped));
}

// Every text of the casebook as it lies there: files, and what its segments have packed.
std::string all_texts(const fs::path& casebook) {
  std::string out;
  for (const auto& each : fs::recursive_directory_iterator(casebook)) {
    if (!each.is_regular_file()) continue;
    out += read_whole(each.path());
    if (each.path().extension() != ".gz") continue;
    auto reader = MemberReader::open(each.path());
    if (!reader) continue;
    while (auto member = reader->next()) {
      if (*member) {
        out += (*member)->bytes;
      } else if (!reader->find_next()) {
        break;
      }
    }
  }
  return out;
}

// Once a withdrawal was acknowledged, its text comes back from no part of the disk that the casebook reaches; until then the next writer
// finishes what was begun. What was not withdrawn is never lost by it.
TEST(CasebookPower, ForgetsForGoodWhatWasWithdrawn) {
  ASSERT_TRUE(all_resources());
  PowerCuts cuts;
  const TemporaryFolder folder;
  const fs::path disk = folder / "disk";
  fs::create_directory(disk);
  ASSERT_TRUE(recorded_in_child(folder / "first", [&] { return add_some(disk / kCasebook, "one"); }));
  std::set<std::string> kept = acknowledged_in(recorded(folder / "first"));
  const std::string gone = "Fourth of one.";
  const std::string digest = sha256_hex(gone + "\n");
  ASSERT_EQ(kept.erase(digest), 1U);
  ASSERT_THAT(all_texts(disk / kCasebook), ::testing::HasSubstr(gone));
  const Disk before(disk);
  ASSERT_TRUE(recorded_in_child(folder / "second", [&] {
    const auto nothing = [](std::uint64_t) {};
    const auto withdrawn = withdraw_item(disk / kCasebook, all_resources(), "oned", "asked for", {}, nothing, [](const std::string&) {});
    if (withdrawn) say_in_recording("withdrawn");
    return withdrawn.has_value();
  }));
  const auto check = [&](const fs::path& casebook, std::set<std::string> promised, const std::string& when) {
    const bool withdrawn = promised.erase("withdrawn") > 0;
    if (withdrawn) {
      expect_sound(casebook, promised, when);
      EXPECT_EQ(all_texts(casebook).find(gone), std::string::npos) << when;
    }
    take_in(casebook, {{"late", "A late report.\n"}});
    expect_kept(casebook, promised, when);
    EXPECT_THAT(damages(casebook, true), ::testing::IsEmpty()) << when;
    // Either the tombstone was kept, or it was as if nobody had asked.
    auto reader = open_casebook(casebook);
    ASSERT_TRUE(reader) << when;
    const bool there = !reader->record.sightings(digest)->empty();
    EXPECT_EQ(all_texts(casebook).find(gone) != std::string::npos, there) << when;
    EXPECT_FALSE(withdrawn && there) << when;
  };
  cuts.look(before, recorded(folder / "second"), 0, kept, "withdrawing", 211, check);
  cuts.print("power lost while withdrawing");
}

}  // namespace
}  // namespace litopys
