// A batch is one write and one fdatasync. A new segment is written under its final name with its warcinfo and made durable, name and all,
// before the first act goes into it; a crash in between leaves a segment without acts, or with half a warcinfo, which the next writer cuts
// and writes anew.
#include "vault/evidence_writer.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <system_error>

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".warc.gz";
constexpr std::size_t kWrittenAtOnce = 1UL << 20U;

// "my-00001.warc.gz" -> 1
std::optional<std::uint32_t> number_of(std::string_view name) {
  if (!name.ends_with(kEnding)) return std::nullopt;
  name.remove_suffix(kEnding.size());
  const std::size_t dash = name.rfind('-');
  if (dash == std::string_view::npos || dash == 0) return std::nullopt;
  const std::string_view digits = name.substr(dash + 1);
  std::uint32_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc() || end != digits.data() + digits.size() || out == 0 || fmt::format("{:05}", out) != digits) return std::nullopt;
  return out;
}

}  // namespace

std::string timestamp() {
  const auto now = std::chrono::system_clock::now();
  const auto whole = std::chrono::floor<std::chrono::seconds>(now);
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now - whole).count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(whole)), milliseconds);
}

std::string segment_name(const std::string& name, std::uint32_t number) { return fmt::format("{}-{:05}{}", name, number, kEnding); }

Result<std::vector<EvidenceSegment>> evidence_segments(const fs::path& folder, const std::function<void(const std::string&)>& stranger) {
  std::vector<EvidenceSegment> out;
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
    std::string name = each->path().filename().string();
    if (const std::optional<std::uint32_t> number = number_of(name)) {
      out.push_back({*number, std::move(name)});
    } else if (stranger) {
      stranger(name);
    }
  }
  if (error) return casebook_failure(folder, "cannot be listed", error.value());
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i].number == i + 1) continue;
    return fail(ErrorKind::kCasebook, folder.string(), {},
                i > 0 && out[i].number == out[i - 1].number ? "has two segments of number " + std::to_string(out[i].number)
                                                            : "the segment of number " + std::to_string(i + 1) + " is missing",
                "restore it from a copy of the casebook");
  }
  return out;
}

Result<EvidenceWriter> EvidenceWriter::open(const fs::path& folder, std::string name, std::string settings, std::uint64_t segment_size) {
  EvidenceWriter out;
  out.folder_ = folder;
  out.name_ = std::move(name);
  out.settings_ = std::move(settings);
  out.segment_size_ = segment_size;
  const Result<std::vector<EvidenceSegment>> segments = evidence_segments(folder);
  if (!segments) return tl::unexpected<Error>(segments.error());
  if (!segments->empty()) {
    if (Done opened = out.open_last(segments->back()); !opened) return tl::unexpected<Error>(opened.error());
  }
  return out;
}

Done EvidenceWriter::open_last(const EvidenceSegment& segment) {
  path_ = folder_ / segment.name;
  file_ = File(::open(path_.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
  struct stat status {};
  if (!file_ || fstat(file_.get(), &status) != 0) return casebook_failure(path_, "cannot be opened", errno);
  // Whoever wrote what stands here may have been killed before it was durable, file and name, and soon the log will rely on it.
  if (fsync(file_.get()) != 0) return casebook_failure(path_, "cannot be made durable", errno);
  if (Done synced = sync_folder(folder_); !synced) return synced;
  number_ = segment.number;
  size_ = static_cast<std::uint64_t>(status.st_size);
  Result<MemberReader> reader = MemberReader::open(path_);
  if (!reader) return tl::unexpected<Error>(reader.error());
  if (const auto first = reader->next(); first && *first) {
    warcinfo_ = sha256_of((*first)->packed);
    warcinfo_size_ = (*first)->packed.size();
    begun_here_ = false;
  } else if (first && first->error().kind == ErrorKind::kUnreadable) {
    // Half a warcinfo is cut before anything is appended; one that the disk withholds is there, and every act must commit to it.
    Error error = first->error();
    error.kind = ErrorKind::kCasebook;
    return tl::unexpected<Error>(std::move(error));
  }
  return {};
}

Done EvidenceWriter::begin_segment(const std::string& time) {
  const std::uint32_t number = number_ + 1;
  const std::string name = segment_name(name_, number);
  Result<std::string> first = press_.warcinfo(name, time, settings_);
  if (!first) return tl::unexpected<Error>(first.error());
  const fs::path path = folder_ / name;
  File file(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!file) return casebook_failure(path, "cannot be created", errno);
  Done wrote = write_all(file.get(), *first, path);
  if (wrote && fsync(file.get()) != 0) wrote = casebook_failure(path, "cannot be made durable", errno);
  if (wrote) wrote = sync_folder(folder_);
  if (!wrote) {
    unlink(path.c_str());
    return wrote;
  }
  file_ = std::move(file);
  path_ = path;
  number_ = number;
  size_ = first->size();
  warcinfo_ = sha256_of(*first);
  warcinfo_size_ = size_;
  begun_here_ = true;
  return {};
}

Done EvidenceWriter::ready() {
  if (broken_) return tl::unexpected<Error>(*broken_);
  const bool without_acts = number_ > 0 && size_ == warcinfo_size_ && !begun_here_;
  if (number_ > 0 && size_ < segment_size_ && !without_acts) return {};
  Done begun;
  if (without_acts) {
    if (unlink(path_.c_str()) != 0) {
      begun = casebook_failure(path_, "cannot be removed", errno);
    } else {
      --number_;
    }
  }
  if (begun) begun = begin_segment(timestamp());
  if (!begun) broken_ = begun.error();
  return begun;
}

Result<std::vector<EvidencePlace>> EvidenceWriter::append(std::span<const PackedAct> acts) {
  std::vector<EvidencePlace> out;
  if (acts.empty()) return out;
  if (Done begun = ready(); !begun) return tl::unexpected<Error>(begun.error());
  const auto failed = [&](const Error& error) {
    broken_ = error;
    return tl::unexpected<Error>(error);
  };
  std::uint64_t end = size_;
  Done wrote;
  std::string bytes;
  bytes.reserve(kWrittenAtOnce);
  for (const PackedAct& act : acts) {
    out.push_back({number_, end, act.packed.size()});
    end += act.packed.size();
    // Small acts go out together, a megabyte at a time; a large one is not copied first.
    const bool large = act.packed.size() >= kWrittenAtOnce;
    if (!bytes.empty() && (large || bytes.size() + act.packed.size() > kWrittenAtOnce)) {
      wrote = write_all(file_.get(), bytes, path_);
      bytes.clear();
    }
    if (!large) {
      bytes += act.packed;
    } else if (wrote) {
      wrote = write_all(file_.get(), act.packed, path_);
    }
    if (!wrote) break;
  }
  if (wrote) wrote = write_all(file_.get(), bytes, path_);
  if (wrote && fdatasync(file_.get()) != 0) wrote = casebook_failure(path_, "cannot be made durable", errno);
  if (!wrote) {
    // Should this fail too, the next opening cuts what is torn and logs what is whole.
    [[maybe_unused]] const int cut = ftruncate(file_.get(), static_cast<off_t>(size_));
    return failed(wrote.error());
  }
  size_ = end;
  return out;
}

Done EvidenceWriter::cut(EvidenceEnd end) {
  if (end.segment != number_ || (end.offset >= size_ && end.offset > 0)) return {};
  if (end.offset == 0) {
    // Not even the warcinfo is whole: the file was being begun.
    if (unlink(path_.c_str()) != 0) return casebook_failure(path_, "cannot be removed", errno);
    if (Done synced = sync_folder(folder_); !synced) return synced;
    file_ = File();
    number_ = 0;
    size_ = 0;
    const Result<std::vector<EvidenceSegment>> segments = evidence_segments(folder_);
    if (!segments) return tl::unexpected<Error>(segments.error());
    return segments->empty() ? Done{} : open_last(segments->back());
  }
  if (ftruncate(file_.get(), static_cast<off_t>(end.offset)) != 0 || fsync(file_.get()) != 0) {
    return casebook_failure(path_, "what a crash tore cannot be cut", errno);
  }
  size_ = end.offset;
  return {};
}

}  // namespace litopys
