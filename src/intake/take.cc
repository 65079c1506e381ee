// One thread walks, opens and splits, and hands items over through a short queue. Splitting is written as plain nested calls that give one
// item after the other, whatever the depth; the queue is what makes of it something to ask for the next item.
//
// What is peculiar to a file that was named, however deep its containers nest, is one `Errand`: how many bytes have come out of how many.
#include "intake/take.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "intake/archive.h"
#include "intake/formats.h"
#include "intake/inflate.h"
#include "intake/inflow.h"
#include "intake/source.h"
#include "intake/table.h"
#include "intake/wacz.h"
#include "intake/warc.h"
#include "intake/warc_items.h"

namespace litopys {
namespace {

constexpr std::size_t kQueueBytes = 8U << 20U;
constexpr std::size_t kQueueItems = 256;
constexpr std::size_t kMostNames = 1U << 20U;  // of an archive, looked at before it is read
constexpr std::size_t kPiece = 256U << 10U;

// --- what bytes are -------------------------------------------------------------------------------------------------------------

enum class Kind : unsigned char { plain, warc, packed_warc, gzip, zstd, zip, tar, other_packed };

bool looks_like_tar(std::string_view head) { return head.size() >= 512 && head.substr(257, 5) == "ustar"; }

// The first bytes of what a compressed head holds; nullopt where they are corrupt.
std::optional<std::string> unpacked_head(std::string_view head, Packing packing) {
  std::string out(1024, '\0');
  Inflater inflater(packing);
  std::size_t size = 0;
  while (size < out.size()) {
    const InflateStep step = inflater.step(head, out.data() + size, out.size() - size);
    head.remove_prefix(step.used);
    size += step.made;
    if (step.state == InflateStep::State::corrupt) return std::nullopt;
    if (step.state == InflateStep::State::finished || step.used + step.made == 0) break;
  }
  out.resize(size);
  return out;
}

// Documents that are ZIPs by themselves: OpenDocument and EPUB say so in their first member, Office Open XML has its list of types early.
bool is_document_zip(std::string_view head) {
  const bool says_so =
      head.size() > 38 && head.substr(30, 8) == "mimetype" && head.substr(38, 200).find("application/") != std::string_view::npos;
  return says_so || head.find("[Content_Types].xml") != std::string_view::npos ||
         head.find("word/document.xml") != std::string_view::npos || head.find("_rels/.rels") != std::string_view::npos;
}

Kind kind_of(std::string_view head) {
  if (looks_like_warc(head)) return Kind::warc;
  if (head.starts_with("\x1F\x8B")) {
    const auto inner = unpacked_head(head, Packing::gzip);
    if (!inner || looks_like_warc(*inner)) return Kind::packed_warc;  // a corrupt beginning: the WARC reader says what is wrong
    return looks_like_tar(*inner) ? Kind::tar : Kind::gzip;
  }
  if (head.starts_with("\x5D\x2A\x4D\x18")) return Kind::packed_warc;  // a zstd dictionary in front
  if (head.starts_with("\x28\xB5\x2F\xFD")) {
    const auto inner = unpacked_head(head, Packing::zstd);
    if (!inner || looks_like_warc(*inner)) return Kind::packed_warc;
    return looks_like_tar(*inner) ? Kind::tar : Kind::zstd;
  }
  if (head.starts_with(std::string_view("\xFD"
                                        "7zXZ\0",
                                        6)) ||
      head.starts_with("BZh"))
    return Kind::other_packed;
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return is_document_zip(head) ? Kind::plain : Kind::zip;
  if (looks_like_tar(head)) return Kind::tar;
  return Kind::plain;
}

const Format* format_of(std::string_view head) {
  for (const Format& format : formats()) {
    if (format.sniff(head)) return &format;
  }
  return nullptr;
}

const Format* format_of(std::string_view head, const ContainerLimits& limits) {
  if (const Format* format = format_of(head)) return format;
  static constexpr Format kNamedColumns{"table", looks_like_table, split_table};
  return !limits.columns.empty() && looks_like_table_of(head, limits.columns) ? &kNamedColumns : nullptr;
}

// --- names ----------------------------------------------------------------------------------------------------------------------

bool climbs(std::string_view name) {
  if (name.starts_with('/') || name.starts_with('\\') || (name.size() > 1 && name[1] == ':')) return true;
  while (!name.empty()) {
    const std::size_t end = name.find_first_of("/\\");
    if (name.substr(0, end) == "..") return true;
    if (end == std::string_view::npos) return false;
    name.remove_prefix(end + 1);
  }
  return false;
}

// As Walk leaves out what stands under a dot, and the shadow files of one system.
bool is_hidden(std::string_view name) {
  if (name.starts_with("__MACOSX/")) return true;
  for (std::size_t at = 0; at < name.size();) {
    if (name[at] == '.' && name.substr(at, 2) != "./") return true;
    const std::size_t slash = name.find('/', at);
    if (slash == std::string_view::npos) return false;
    at = slash + 1;
  }
  return false;
}

std::string_view last_name(std::string_view path) { return path.substr(path.find_last_of("/!") + 1); }

std::string_view without_ending(std::string_view name) {
  for (const char* ending : {".gz", ".zst", ".xz", ".bz2"}) {
    if (name.ends_with(ending) && name.size() > std::string_view(ending).size())
      return name.substr(0, name.size() - std::string_view(ending).size());
  }
  return name;
}

// A container or item that is being opened.
struct Place {
  std::string id;
  std::string path;
  Origin origin = {};
  std::vector<std::string> notes = {};
  unsigned depth = 0;
};

// One file that was named, with all that is in it.
struct Errand {
  std::uint64_t in = 0, out = 0;  // bytes read, bytes decompressed
  std::uint64_t size = 0;         // of the file, where it is known: what is read twice counts once
  bool stopped = false;           // a limit ended it, which has been said
  bool depth_said = false;
};

class Opener {
 public:
  Opener(const ContainerLimits& limits, IdGiver& ids, const Give& give, PassedOver& passed_over, std::uint64_t& left_out)
      : limits_(limits), ids_(ids), give_(give), passed_over_(passed_over), left_out_(left_out) {}

  // False: the taker wants no more.
  bool open_entry(const Entry& entry) {
    Errand errand;
    Place place{.id = entry.id, .path = entry.path};
    if (std::string note = id_note(entry); !note.empty()) place.notes.push_back(std::move(note));
    Result<ByteSource> source = entry.standard_input ? Result<ByteSource>(source_of_input()) : source_of_file(entry.path);
    if (!source) return give_(tl::unexpected<Error>(source.error()));
    errand.size = source->size;
    Result<Peeked> peeked = peek(counted(*std::move(source), errand), kSniffed);
    if (!peeked) {
      Error error = peeked.error();
      error.item = entry.path;
      error.next = "skipped";
      return give_(tl::unexpected<Error>(std::move(error)));
    }
    if (kind_of(peeked->head) == Kind::plain && !entry.standard_input) {
      // By its own way, which notices a file that changes meanwhile.
      const Format* format = format_of(peeked->head, limits_);
      Result<OpenedItem> opened = open_item(entry, format != nullptr ? std::max(limits_.largest_item, kLargestItem) : limits_.largest_item);
      if (!opened) return give_(std::move(opened));
      for (std::string& note : place.notes) opened->notes.push_back(std::move(note));  // behind "changed while it was read"
      if (format != nullptr) return split(*format, *opened, 0);
      return give_(std::move(opened));
    }
    return open(std::move(peeked->source), peeked->head, std::move(place), errand);
  }

 private:
  ByteSource counted(ByteSource source, Errand& errand) const {
    source.read = [read = std::move(source.read), &errand](char* to, std::size_t most) {
      Result<std::size_t> got = read(to, most);
      if (got) errand.in += *got;
      return got;
    };
    return source;
  }

  // Bytes that were decompressed: counted, and the source fails where they are too many for what they came from.
  ByteSource guarded(ByteSource source, const std::string& path, Errand& errand) const {
    source.read = [this, read = std::move(source.read), &path, &errand](char* to, std::size_t most) -> Result<std::size_t> {
      Result<std::size_t> got = read(to, most);
      if (!got) return got;
      errand.out += *got;
      const std::uint64_t in = errand.size == 0 ? errand.in : std::min(errand.in, errand.size);
      const double ratio = static_cast<double>(errand.out) / static_cast<double>(in + 1);
      if (errand.out > limits_.largest_total || (errand.out > limits_.ratio_from && ratio > limits_.largest_ratio)) {
        return fail(ErrorKind::kLimit, path, {},
                    "gives more than " + std::to_string(errand.out >> 20U) + " MB out of " + std::to_string((in >> 10U) + 1) +
                        " KB: it may be a bomb");
      }
      return got;
    };
    return source;
  }

  // An error of a source within `place`; false: stop.
  bool source_error(Error error, const Place& place, Errand& errand) {
    if (errand.stopped) return true;
    errand.stopped = error.kind == ErrorKind::kLimit;
    if (error.item.empty()) error.item = place.path;
    error.next = errand.stopped ? "what follows in it is not read" : "skipped";
    return give_(tl::unexpected<Error>(std::move(error)));
  }

  bool open(ByteSource source, std::string_view head, Place place, Errand& errand) {
    const Kind kind = kind_of(head);
    if (kind != Kind::plain && place.depth >= limits_.deepest) {
      if (std::exchange(errand.depth_said, true)) {
        ++passed_over_["containers nested too deep"];
        return true;
      }
      return give_(fail(ErrorKind::kLimit, place.path, {},
                        "is a container within " + std::to_string(place.depth) + " others, the most that are opened", "skipped"));
    }
    switch (kind) {
      case Kind::warc:
      case Kind::packed_warc: return open_warc(std::move(source), place);
      case Kind::gzip:
      case Kind::zstd: return open_packed(std::move(source), std::move(place), errand);
      case Kind::zip:
      case Kind::tar:
      case Kind::other_packed: return open_archive(source, kind, place, errand);
      case Kind::plain: break;
    }
    return open_plain(source, head, std::move(place), errand);
  }

  bool open_plain(const ByteSource& source, std::string_view head, Place place, Errand& errand) {
    const Format* format = format_of(head, limits_);
    const std::uint64_t most = format != nullptr ? std::max(limits_.largest_item, kLargestItem) : limits_.largest_item;
    OpenedItem out{{std::move(place.id), place.path, {}, std::move(place.origin)}, std::move(place.notes), false};
    std::string& bytes = out.item.bytes;
    while (true) {
      const std::size_t size = bytes.size();
      bytes.resize(size + kPiece);
      const Result<std::size_t> got = source.read(bytes.data() + size, kPiece);
      bytes.resize(size + got.value_or(0));
      if (!got) return source_error(got.error(), place, errand);
      if (*got == 0) break;
      if (bytes.size() > most) {
        return give_(fail(ErrorKind::kLimit, place.path, {},
                          "has more than " + std::to_string(most >> 20U) + " MB, the most that a document may have",
                          "not read; split it into its documents"));
      }
    }
    if (format != nullptr) return split(*format, out, place.depth);
    return give_(std::move(out));
  }

  bool split(const Format& format, const OpenedItem& container, unsigned depth) {
    ids_.open_container(container.item.id);
    bool wanted = true;
    format.split(container.item, limits_, [&](Result<OpenedItem> item) {
      if (item) {
        item->item.id = ids_.member(item->item.id);
        if (!container.item.origin.url.empty() && item->item.origin.captured.empty())
          item->item.origin.captured = container.item.origin.captured;
        // What a splitter gives no format is bytes of any kind (a mail's attachment): opened like the member of an archive.
        if (item->item.origin.format.empty() && depth < limits_.deepest) return wanted = open_inner(*std::move(item), depth + 1);
      }
      wanted = give_(std::move(item));
      return wanted;
    });
    return wanted;
  }

  // Bytes in memory that may be anything.
  bool open_inner(OpenedItem item, unsigned depth) {
    const std::string_view head = std::string_view(item.item.bytes).substr(0, kSniffed);
    if (kind_of(head) == Kind::plain && format_of(head, limits_) == nullptr) return give_(std::move(item));
    const std::string bytes = std::move(item.item.bytes);
    Errand errand{.in = bytes.size()};
    Place place{
        .id = item.item.id, .path = item.item.path, .origin = std::move(item.item.origin), .notes = std::move(item.notes), .depth = depth};
    return open(source_of(bytes), std::string_view(bytes).substr(0, kSniffed), std::move(place), errand);
  }

  bool open_warc(ByteSource source, const Place& place) {
    ids_.open_container(place.id);
    WarcReader reader(std::move(source), place.path,
                      {.largest_block = std::min<std::uint64_t>(limits_.largest_item, WarcLimits().largest_block),
                       .largest_ratio = limits_.largest_ratio,
                       .ratio_from = limits_.ratio_from});
    return warc_items(
        reader, place.id, place.path, {.largest_item = limits_.largest_item, .keep_records = limits_.keep_warc_records},
        [&](Result<OpenedItem> item) {
          if (!item) return give_(std::move(item));
          item->item.id = ids_.member(item->item.id);
          if (const Format* format = format_of(std::string_view(item->item.bytes).substr(0, kSniffed), limits_))
            return split(*format, *item, place.depth + 1);
          return give_(std::move(item));
        },
        passed_over_);
  }

  // One file in gzip or zstd.
  bool open_packed(ByteSource source, Place place, Errand& errand) {
    auto inflow = std::make_shared<Inflow>(std::move(source), "", limits_.largest_ratio, limits_.ratio_from);
    const std::string container = place.path;
    ByteSource inner{.read = [inflow, container](char* to, std::size_t most) -> Result<std::size_t> {
      while (inflow->view().empty()) {
        const Inflow::Step step = inflow->more();
        if (step == Inflow::Step::end) return 0;
        if (step == Inflow::Step::damage) {
          const InflowDamage& damage = inflow->damage();
          return fail(damage.kind, container, "byte " + std::to_string(damage.offset), damage.what);
        }
      }
      const std::size_t n = std::min(most, inflow->view().size());
      std::copy_n(inflow->view().data(), n, to);
      inflow->drop(n);
      return n;
    }};
    Place member{.id = place.id, .path = {}, .origin = {}, .notes = std::move(place.notes), .depth = place.depth + 1};
    member.origin.container = container;
    member.origin.member = std::string(without_ending(last_name(container)));
    member.path = container + "!" + member.origin.member;
    Result<Peeked> peeked = peek(guarded(std::move(inner), container, errand), kSniffed);
    if (!peeked) return source_error(peeked.error(), place, errand);
    return open(std::move(peeked->source), peeked->head, std::move(member), errand);
  }

  // --- archives

  // A WACZ as its datapackage.json has it. Known only where the names could be had beforehand.
  struct Package {
    WaczLayout layout;
    std::map<std::string, std::string, std::less<>> digests;  // of members that it lists, by their names in the ZIP
  };

  // Reads what a package says of itself, and says what is wrong in that; false: the taker wants no more.
  bool read_package(const ByteSource& source, const std::vector<std::string>& names, const Place& place, Package& package) {
    const auto wrong = [&](std::string what) {
      return give_(fail(ErrorKind::kMalformed, place.path, {}, std::move(what), "its records are read all the same"));
    };
    if (!package.layout.wrong.empty() && !wrong("is no whole WACZ: " + package.layout.wrong)) return false;
    constexpr std::size_t kMostOfPackage = 16U << 20U;
    std::optional<std::string> list, digest;
    visit_archive(source, place.path,
                  {.take =
                       [&](const ArchiveMember& member, const ByteSource& bytes) {
                         const bool is_list = member.name == package.layout.folder + "datapackage.json";
                         if (!is_list && member.name != package.layout.folder + "datapackage-digest.json") return true;
                         std::string text(kMostOfPackage, '\0');
                         std::size_t size = 0;
                         while (size < text.size()) {
                           const Result<std::size_t> got = bytes.read(text.data() + size, text.size() - size);
                           if (got.value_or(0) == 0) break;
                           size += *got;
                         }
                         text.resize(size);
                         (is_list ? list : digest) = std::move(text);
                         return !list || !digest;
                       },
                   .trouble = [](const Error&) { return true; }});  // the reading itself says it
    source.seek(0);
    if (!list) return true;
    const auto listed = wacz_resources(*list);
    if (!listed) return wrong(listed.error().problem);
    if (digest) {
      StreamedDigest own(stated_package_digest(*digest));
      own.add(*list);
      if (!own.right() && !wrong("its datapackage.json is not the one that datapackage-digest.json states")) return false;
    }
    const std::set<std::string, std::less<>> there(names.begin(), names.end());
    for (const WaczResource& part : *listed) {
      const std::string name = package.layout.folder + part.path;
      if (there.contains(name)) {
        package.digests.emplace(name, part.digest);
      } else if (!wrong("its datapackage.json lists " + part.path + ", which is not in it")) {
        return false;
      }
    }
    return true;
  }

  bool open_archive(const ByteSource& source, Kind kind, const Place& place, Errand& errand) {
    Package package;
    if (kind == Kind::zip) {
      const std::vector<std::string> names = archive_names(source, kMostNames);
      const auto named = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
      if (named("[Content_Types].xml") || named("META-INF/container.xml") || named("META-INF/manifest.xml")) {  // a document after all
        return open_plain(source, "PK", place, errand);
      }
      package.layout = wacz_layout(names);
      if (package.layout.is_wacz && !read_package(source, names, place, package)) return false;
    }
    if (kind != Kind::other_packed) ids_.open_container(place.id);
    bool wanted = true;
    std::uint64_t number = 0;
    visit_archive(source, place.path,
                  {.take =
                       [&](const ArchiveMember& member, ByteSource bytes) {
                         ++number;
                         if (number > limits_.most_items) {
                           wanted = give_(fail(ErrorKind::kLimit, place.path, {},
                                               "has more than " + std::to_string(limits_.most_items) + " members", "the rest is not read"));
                           return false;
                         }
                         wanted = open_part(member, std::move(bytes), number, package, place, errand);
                         return wanted && !errand.stopped;
                       },
                   .trouble =
                       [&](Error error) {
                         if (!errand.stopped) wanted = give_(tl::unexpected<Error>(std::move(error)));
                         return wanted && !errand.stopped;
                       }});
    return wanted;
  }

  // A member whose digest a package states is read to its end, whatever is taken from it.
  bool open_part(const ArchiveMember& member, ByteSource bytes, std::uint64_t number, const Package& package, const Place& place,
                 Errand& errand) {
    const auto listed = package.digests.find(member.name);
    if (listed == package.digests.end() || listed->second.empty())
      return open_member(member, std::move(bytes), number, package.layout, place, errand);
    StreamedDigest digest(listed->second);
    bool sound = true;
    bytes.read = [read = std::move(bytes.read), &digest, &sound](char* to, std::size_t most) {
      Result<std::size_t> got = read(to, most);
      sound = sound && got.has_value();
      if (got) digest.add({to, *got});
      return got;
    };
    if (!open_member(member, bytes, number, package.layout, place, errand)) return false;
    const ByteSource rest = guarded(bytes, place.path, errand);
    std::string piece(kPiece, '\0');
    while (sound && !errand.stopped) {
      const Result<std::size_t> got = rest.read(piece.data(), piece.size());
      if (!got) return source_error(got.error(), place, errand);
      if (*got == 0) break;
    }
    if (!sound || errand.stopped || digest.right()) return true;
    return give_(fail(ErrorKind::kMalformed, place.path, member.name, "is not what datapackage.json states: its digest is another",
                      "read all the same"));
  }

  bool open_member(const ArchiveMember& member, ByteSource bytes, std::uint64_t number, const WaczLayout& wacz, const Place& place,
                   Errand& errand) {
    if (member.kind == ArchiveMember::Kind::folder) return true;
    if (member.kind != ArchiveMember::Kind::file) {
      ++passed_over_[member.kind == ArchiveMember::Kind::link ? "links in archives" : "devices in archives"];
      return true;
    }
    if (climbs(member.name)) {
      return give_(fail(ErrorKind::kMalformed, place.path, "member " + std::to_string(number),
                        "its name leads out of the archive: " + member.name, "skipped"));
    }
    if (is_hidden(member.name)) {
      ++left_out_;
      return true;
    }
    if (wacz.is_wacz && !member.name.starts_with(wacz.folder + "archive/")) {
      ++passed_over_["parts of WACZ besides its WARCs"];
      return true;
    }
    Place inner{.id = place.id, .path = {}, .depth = place.depth + 1};
    if (member.name.empty()) {  // a single compressed file
      inner.origin.member = std::string(without_ending(last_name(place.path)));
      inner.notes = place.notes;
    } else {
      inner.id = ids_.member(place.id + "-" + std::to_string(number));
      inner.origin.member = member.name;
      inner.origin.offset = member.offset;
    }
    inner.origin.container = place.path;
    inner.path = place.path + "!" + inner.origin.member;
    if (member.encrypted) return give_(fail(ErrorKind::kUnreadable, inner.path, {}, "is encrypted", "skipped"));
    bytes.read = [read = std::move(bytes.read), path = inner.path](char* to, std::size_t most) {
      Result<std::size_t> got = read(to, most);
      if (!got && got.error().kind != ErrorKind::kLimit) got.error().item = path, got.error().place.clear();
      return got;
    };
    Result<Peeked> peeked = peek(guarded(std::move(bytes), place.path, errand), kSniffed);
    if (!peeked) return source_error(peeked.error(), inner, errand);
    return open(std::move(peeked->source), peeked->head, std::move(inner), errand);
  }

  const ContainerLimits& limits_;
  IdGiver& ids_;
  const Give& give_;
  PassedOver& passed_over_;
  std::uint64_t& left_out_;
};

}  // namespace

std::string passed_over_line(const std::map<std::string, std::uint64_t>& passed_over) {
  std::string out;
  for (const auto& [why, count] : passed_over)
    out += (out.empty() ? "passed over in archives: " : ", ") + std::to_string(count) + " " + why;
  return out;
}

struct Take::Impl {
  Walk walk;
  ContainerLimits limits;

  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Result<OpenedItem>> queue;
  std::size_t bytes = 0;  // in the queue
  bool ended = false, unwanted = false;
  std::uint64_t left_out = 0;
  PassedOver passed_over;
  std::exception_ptr thrown;
  std::thread thread;

  Impl(std::vector<std::string> names, IdGiver ids, const ContainerLimits& l) : walk(std::move(names), std::move(ids)), limits(l) {}

  static std::size_t weight(const Result<OpenedItem>& item) { return item ? item->item.bytes.size() + item->item.warc_record.size() : 0; }

  bool give(Result<OpenedItem> item) {
    const std::size_t heavy = weight(item);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return unwanted || queue.empty() || (bytes + heavy <= kQueueBytes && queue.size() < kQueueItems); });
    if (unwanted) return false;
    bytes += heavy;
    queue.push_back(std::move(item));
    changed.notify_all();
    return true;
  }

  void run() {
    try {
      take_all();
    } catch (...) {
      const std::lock_guard lock(mutex);
      thrown = std::current_exception();
      ended = true;
      changed.notify_all();
    }
  }

  void take_all() {
    std::uint64_t hidden = 0;
    PassedOver passed;
    const Give to_queue = [this](Result<OpenedItem> item) { return give(std::move(item)); };
    Opener opener(limits, walk.ids(), to_queue, passed, hidden);
    while (const std::optional<Result<Entry>> entry = walk.next()) {
      if (!(*entry ? opener.open_entry(**entry) : give(tl::unexpected<Error>(entry->error())))) break;
    }
    const std::lock_guard lock(mutex);
    ended = true;
    left_out = hidden + walk.left_out();
    passed_over = std::move(passed);
    changed.notify_all();
  }
};

Take::Take(std::vector<std::string> names, IdGiver ids, const ContainerLimits& limits)
    : impl_(std::make_unique<Impl>(std::move(names), std::move(ids), limits)) {
  try {
    impl_->thread = std::thread([this] { impl_->run(); });
  } catch (const std::system_error& refused) {
    // Items are pushed, not pulled: on the caller's thread all of an archive would have to be held at once.
    impl_->queue.emplace_back(fail(ErrorKind::kUnreadable, {}, {},
                                   std::string("the system gives no thread to read with: ") + refused.what(),
                                   "nothing was read; end other programs, or raise the limit of processes (ulimit -u), and run it again"));
    impl_->ended = true;
  }
}

Take::~Take() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->unwanted = true;
  }
  impl_->changed.notify_all();
  if (impl_->thread.joinable()) impl_->thread.join();
}

std::optional<Result<OpenedItem>> Take::next() {
  Impl& i = *impl_;
  std::unique_lock lock(i.mutex);
  i.changed.wait(lock, [&] { return i.ended || !i.queue.empty(); });
  if (i.queue.empty()) {
    if (i.thrown) std::rethrow_exception(std::exchange(i.thrown, nullptr));
    return std::nullopt;
  }
  std::optional<Result<OpenedItem>> out(std::move(i.queue.front()));
  i.queue.pop_front();
  i.bytes -= Impl::weight(*out);
  i.changed.notify_all();
  return out;
}

std::uint64_t Take::left_out() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->left_out;
}

std::map<std::string, std::uint64_t> Take::passed_over() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->passed_over;
}

}  // namespace litopys
