// A disk that loses its power. What a process writes below a folder is recorded, call by call, and then every state in which a disk may
// come back can be laid out: only what an fsync has promised is certain.
//
//   Disk disk(folder);                                   // as it stands now, all of it durable
//   { const Recording recording(folder, stream); … }     // calls made here, in child processes too, go to the stream
//   for (const DiskEvent& event : recorded(stream)) { disk.apply(event); … disk.states(…) … }
//
// The model, which is harsher than any file system that people use:
//   - bytes that were written are certain once their file was synced; until then each write may be there, not there, there in part, or as
//     zeros in a file that has grown, whatever became of those before and after it;
//   - a name (made, renamed, removed) is certain once its folder was synced, and a file's sync promises nothing of its name;
//   - a rename is one step; one between two folders is certain once the folder it goes to was synced, and until the other was synced too,
//     the old name may be there besides.
// Leaves out: sectors of old content that nobody wrote (disks that scramble what they hold), and disks that lie about fsync.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace litopys::testing {

struct DiskEvent {
  enum class Kind : unsigned char {
    made,     // name in folder is the new file node; offset: its mode
    folder,   // … the new folder node
    renamed,  // name in folder became to_name in to_folder
    removed,  // name in folder
    written,  // bytes at offset of node
    cut,      // node has offset bytes
    synced,   // node
    said,     // name: something that was promised to the user here
  };
  Kind kind = Kind::said;
  std::uint64_t node = 0, folder = 0, to_folder = 0, offset = 0;
  std::string name, to_name, bytes;
};

// While it lives, calls of this process and of its children are written to the file `stream`, one behind the other. One at a time.
class Recording {
 public:
  explicit Recording(const std::filesystem::path& stream);
  ~Recording();
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;
};
// Puts a `said` there.
void say_in_recording(std::string_view what);
[[nodiscard]] std::vector<DiskEvent> recorded(const std::filesystem::path& stream);

// Whether fsync does anything in this process; states are looked at without.
void syncs_are_real(bool real);

class Disk {
 public:
  explicit Disk(const std::filesystem::path& root);

  // What was not promised yet and comes from other folders than the root's is left out.
  void apply(const DiskEvent& event);
  [[nodiscard]] std::size_t pending() const { return pending_.size(); }

  // What becomes of a pending event.
  enum class Fate : unsigned char { lost, kept, first_half, second_half, zeros };
  using Fates = std::vector<Fate>;
  // Fates worth trying: none and all, the first n, one alone, all but one, each write torn with all before it or with all, and `random`
  // mixtures that `seed` chooses.
  [[nodiscard]] std::vector<Fates> fates(std::size_t random, std::uint32_t seed) const;

  struct State {
    struct File {
      std::string bytes;
      unsigned mode = 0644;
    };
    std::vector<std::string> folders;  // below the root, parents first
    std::map<std::string, File> files;
    [[nodiscard]] std::string text() const;  // another for each other state
    void lay_out(const std::filesystem::path& root) const;
  };
  // One fate for each pending event. SQLite's shared memory (*-shm) is left out: it says nothing that lasts.
  [[nodiscard]] State state(const Fates& fates) const;

 private:
  struct Node {
    bool folder = false;
    unsigned mode = 0644;
    std::string bytes;
    std::map<std::string, std::size_t> names;
  };
  struct Pending {
    DiskEvent::Kind kind;
    std::size_t node = 0, folder = 0, to_folder = 0;
    std::uint64_t offset = 0;
    std::string name, to_name, bytes;
  };
  static void carry_out(std::vector<Node>& nodes, const Pending& event, Fate fate);
  void sync(std::size_t node);
  std::size_t add(const std::filesystem::path& path);
  [[nodiscard]] bool knows(std::uint64_t number) const { return numbers_.count(number) > 0; }

  std::vector<Node> nodes_;                                         // as promised; the root is the first
  std::map<std::uint64_t, std::size_t> numbers_;                    // of the real disk; a number that is used again means the newer
  std::map<std::pair<std::size_t, std::string>, std::size_t> now_;  // names as the processes see them
  std::vector<Pending> pending_;
};

}  // namespace litopys::testing
