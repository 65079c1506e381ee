// Appending is one write and one fdatasync a batch. A write that failed half-way is cut off again at once, so that the next batch does not
// glue its first line to the torn one; a crash in between is cut at the next opening.
#include "vault/journal.h"

#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/json.h"

namespace litopys {
namespace {

constexpr std::size_t kChunk = 1U << 20U;

void append_line(std::string& out, const ItemLine& line) {
  JsonWriter json(out);
  json.object([&] {
    json.key("sha256").string(line.sha256);
    json.key("size").number(static_cast<std::int64_t>(line.size));
    if (!line.id.empty()) json.key("id").string(line.id);
    json.key("path").string(line.path);
    json.key("taken").string(line.taken);
    if (!line.notes.empty()) {
      json.key("notes").array([&] {
        for (const std::string& note : line.notes) json.string(note);
      });
    }
  });
  out += '\n';
}

bool is_digest(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// False where the line is no item line.
bool parse_line(simdjson::dom::parser& parser, std::string_view text, ItemLine& line) {
  simdjson::dom::object object;
  if (parser.parse(text.data(), text.size()).get(object) != simdjson::SUCCESS) return false;
  const auto text_of = [&](const char* key, std::string& out) {
    std::string_view value;
    if (object[key].get(value) != simdjson::SUCCESS) return false;
    out = value;
    return true;
  };
  line = {};
  if (!text_of("sha256", line.sha256) || !is_digest(line.sha256)) return false;
  if (object["size"].get(line.size) != simdjson::SUCCESS) return false;
  if (!text_of("path", line.path) || !text_of("taken", line.taken)) return false;
  text_of("id", line.id);
  simdjson::dom::array notes;
  if (object["notes"].get(notes) == simdjson::SUCCESS) {
    for (const simdjson::dom::element note : notes) {
      std::string_view value;
      if (note.get(value) == simdjson::SUCCESS) line.notes.emplace_back(value);
    }
  }
  return true;
}

// The byte after the last line end of the file.
Result<std::uint64_t> whole_lines(int file, std::uint64_t size, const std::filesystem::path& path) {
  std::string chunk;
  while (size > 0) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(size, kChunk));
    chunk.resize(want);
    const ssize_t got = pread(file, chunk.data(), want, static_cast<off_t>(size - want));
    if (got != static_cast<ssize_t>(want)) return casebook_failure(path, "cannot be read", got < 0 ? errno : EIO);
    const std::size_t line_end = chunk.rfind('\n');
    if (line_end != std::string::npos) return size - want + line_end + 1;
    size -= want;
  }
  return 0;
}

}  // namespace

Result<ItemJournal> ItemJournal::open_for_writing(const std::filesystem::path& path, bool create) {
  ItemJournal out;
  out.path_ = path;
  out.file_ = File(open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | (create ? O_CREAT : 0), 0644));
  if (!out.file_) {
    if (errno == ENOENT) {
      return fail(ErrorKind::kCasebook, path.string(), {}, "is missing: nothing tells where the items came from",
                  "restore it from a copy of the casebook");
    }
    return casebook_failure(path, "cannot be opened", errno);
  }
  struct stat status {};
  if (fstat(out.file_.get(), &status) != 0) return casebook_failure(path, "cannot be read", errno);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  Result<std::uint64_t> whole = whole_lines(out.file_.get(), size, path);
  if (!whole) return tl::unexpected<Error>(whole.error());
  if (*whole != size) {
    if (ftruncate(out.file_.get(), static_cast<off_t>(*whole)) != 0 || fsync(out.file_.get()) != 0) {
      return casebook_failure(path, "the torn last line cannot be cut", errno);
    }
  }
  out.size_ = *whole;
  out.cut_bytes_ = size - *whole;
  return out;
}

Done ItemJournal::append(std::span<const ItemLine> lines) {
  std::string bytes;
  for (const ItemLine& line : lines) append_line(bytes, line);
  Done wrote = write_all(file_.get(), bytes, path_);
  if (wrote && fdatasync(file_.get()) != 0) wrote = casebook_failure(path_, "cannot be made durable", errno);
  if (!wrote) {
    // Should this fail too, the next opening cuts what is torn; whole lines that stay are of evidence that is durable: nothing is wrong.
    [[maybe_unused]] const int cut = ftruncate(file_.get(), static_cast<off_t>(size_));
    return wrote;
  }
  size_ += bytes.size();
  return {};
}

Result<std::uint64_t> ItemJournal::for_each(const std::filesystem::path& path, std::uint64_t from,
                                            const std::function<Done(const ItemLine&, std::uint64_t end)>& each) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    return fail(ErrorKind::kCasebook, path.string(), {}, std::string("cannot be opened: ") + std::strerror(errno),
                "restore it from a copy of the casebook");
  }
  simdjson::dom::parser parser;
  std::string buffer;  // bytes of the file from `at` on
  std::uint64_t at = from;
  ItemLine line;
  while (true) {
    const std::size_t old = buffer.size();
    buffer.resize(old + kChunk);
    const ssize_t got = pread(file.get(), buffer.data() + old, kChunk, static_cast<off_t>(at + old));
    if (got < 0) return casebook_failure(path, "cannot be read", errno);
    buffer.resize(old + static_cast<std::size_t>(got));
    std::size_t begin = 0;
    for (std::size_t end = buffer.find('\n', old); end != std::string::npos; end = buffer.find('\n', begin)) {
      if (!parse_line(parser, std::string_view(buffer).substr(begin, end - begin), line)) {
        return fail(ErrorKind::kCasebook, path.string(), "byte " + std::to_string(at + begin), "this line is no item line",
                    "restore the file from a copy of the casebook");
      }
      begin = end + 1;
      if (Done done = each(line, at + begin); !done) return tl::unexpected<Error>(done.error());
    }
    buffer.erase(0, begin);
    at += begin;
    if (got == 0) return at;
  }
}

}  // namespace litopys
