// The records are written to WARC files beside FILE first, since a ZIP wants sizes and the package wants digests before the bytes; then
// libarchive stores them, uncompressed, in the ZIP. Nothing is held but the index lines.
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/json.h"
#include "store/casebook_folder.h"
#include "store/export.h"
#include "vault/evidence_reader.h"
#include "vault/warc_writer.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWacz = "1.1.1";

struct Resource {
  std::string path;   // in the package
  std::string bytes;  // where it is small
  fs::path file;      // where it is not
  std::uint64_t size = 0;
  std::string hash;
};

// "20240501100000" of "2024-05-01T10:00:00Z"
std::string digits_of(std::string_view date) {
  std::string out;
  for (const char c : date) {
    if (c >= '0' && c <= '9' && out.size() < 14) out += c;
  }
  out.resize(14, '0');
  return out;
}

std::string second_of(std::string_view date) { return std::string(date.substr(0, 19)) + "Z"; }

bool is_page(std::string_view media) {
  return media.starts_with("text/html") || media.starts_with("text/plain") || media.starts_with("application/pdf") ||
         media.starts_with("application/xhtml");
}

// The name under which an item without an address is handed on: nothing of the machine where it was.
std::string shared_target(const WarcFields& head, const ItemFacts& facts) {
  const std::string_view target = head.get("WARC-Target-URI");
  return target.empty() || target.starts_with("file:") ? file_uri(facts.id) : std::string(target);
}

class Package {
 public:
  Package(Casebook& casebook, const fs::path& folder, const fs::path& file) : casebook_(casebook), paths_{folder}, file_(file) {}
  ~Package() {
    for (const Resource& each : resources_) {
      std::error_code none;
      if (!each.file.empty()) fs::remove(each.file, none);
    }
    std::error_code none;
    fs::remove(part(), none);
  }
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  Done write(const std::function<void(std::uint64_t)>& progress) {
    if (Done copied = copy_records(progress); !copied) return copied;
    add_small("indexes/index.cdxj", sorted_index());
    add_small("pages/pages.jsonl", pages_);
    add_small("litopys/withheld.txt", withheld_);
    return zip();
  }
  Exported out;

 private:
  [[nodiscard]] fs::path part() const { return file_.string() + ".part"; }

  void add_small(std::string path, std::string bytes) {
    Resource each{std::move(path), std::move(bytes), {}, 0, {}};
    each.size = each.bytes.size();
    each.hash = labelled_sha256(each.bytes);
    resources_.push_back(std::move(each));
  }

  Done copy_records(const std::function<void(std::uint64_t)>& progress) {
    const auto segments = evidence_segments(paths_.evidence());
    if (!segments) return tl::unexpected<Error>(segments.error());
    pages_ = "{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All Pages\"}\n";
    for (const EvidenceSegment& segment : *segments) {
      Resource each;
      each.path = "archive/" + segment_name("data", segment.number);
      each.file = file_.string() + "." + segment_name("data", segment.number) + ".part";
      resources_.push_back(each);
      if (Done copied = copy_segment(segment, resources_.back(), progress); !copied) return copied;
    }
    return {};
  }

  Done put(std::string_view packed, Resource& to) {
    if (Done wrote = write_all(warc_.get(), packed, to.file); !wrote) return wrote;
    digest_.add(packed);
    to.size += packed.size();
    return {};
  }

  Done copy_segment(const EvidenceSegment& segment, Resource& to, const std::function<void(std::uint64_t)>& progress) {
    warc_ = File(open(to.file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!warc_) return casebook_failure(to.file, "cannot be created", errno);
    const Result<std::string> info =
        press_.warcinfo(fs::path(to.path).filename().string(), timestamp(), "description: shared copy, see litopys/withheld.txt\r\n");
    if (!info) return tl::unexpected<Error>(info.error());
    if (Done wrote = put(*info, to); !wrote) return wrote;
    Result<MemberReader> members = MemberReader::open(paths_.evidence() / segment.name);
    if (!members) return tl::unexpected<Error>(members.error());
    std::optional<ItemFacts> of;  // the item that a conversion belongs to
    std::string target;
    while (auto member = members->next()) {
      if (!*member) return tl::unexpected<Error>(member->error());
      const std::optional<WarcFields> head = parse_warc_head((*member)->bytes);
      const std::optional<std::string_view> block = head ? warc_block((*member)->bytes, *head) : std::nullopt;
      if (!block)
        return fail(ErrorKind::kCasebook, segment.name, "byte " + std::to_string((*member)->offset), "is no record", "run: litopys verify");
      const std::string_view type = head->get("WARC-Type");
      if (const std::optional<ItemFacts> facts = facts_of_json(head->get("Litopys-Item"))) {
        of.reset();  // what was read later in an item's pictures is not with it, and left out
        if (facts->again) continue;
        of = facts;
        target = shared_target(*head, *facts);
        ++out.items;
        progress(out.items);
      } else if (type != "conversion" || !of) {
        continue;
      }
      if (Done wrote = put_record(*head, *block, target, *of, to); !wrote) return wrote;
    }
    to.hash = "sha256:" + hex_of(digest_.finish());
    return {};
  }

  Done put_record(const WarcFields& head, std::string_view block, const std::string& target, const ItemFacts& facts, Resource& to) {
    std::string shared(block);
    const std::vector<std::string> gone =
        head.get("Content-Type").starts_with("application/http") ? take_out_credentials(shared) : std::vector<std::string>();
    std::string text = "WARC/1.1\r\n";
    for (const auto& [name, value] : head.fields) {
      const std::string_view skip[] = {"Content-Length", "WARC-Block-Digest", "WARC-Target-URI"};
      if (name.starts_with("Litopys-") || std::find(std::begin(skip), std::end(skip), name) != std::end(skip)) continue;
      text.append(name).append(": ").append(value).append("\r\n");
    }
    std::optional<WarcHead> copy = WarcHead::copied(text + "\r\n");
    if (!copy) return fail(ErrorKind::kCasebook, facts.id, {}, "its record's header cannot be copied");
    copy->add("WARC-Target-URI", target).add("WARC-Block-Digest", labelled_sha256(shared));
    const std::uint64_t offset = to.size;
    const std::string packed = member_press_.pack(copy->finish(shared), shared, kWarcRecordEnd);
    if (Done wrote = put(packed, to); !wrote) return wrote;
    if (!gone.empty()) {
      ++out.withheld;
      JsonWriter json(withheld_);
      json.object([&] {
        json.key("record").string(head.get("WARC-Record-ID"));
        json.key("block_digest").string(labelled_sha256(block));
        json.key("withheld").array([&] {
          for (const std::string& each : gone) json.string(each);
        });
      });
      withheld_ += '\n';
    }
    index_record(head, shared, target, facts, to, offset, packed.size());
    return {};
  }

  void index_record(const WarcFields& head, std::string_view block, const std::string& target, const ItemFacts& facts, const Resource& to,
                    std::uint64_t offset, std::uint64_t length) {
    const bool http = head.get("Content-Type").starts_with("application/http");
    std::string media(http ? std::string_view(facts.origin.media_type) : head.get("Content-Type"));
    if (media.empty()) media = "text/html";
    std::string line = surt_of(target) + " " + digits_of(head.get("WARC-Date")) + " ";
    JsonWriter json(line);
    json.object([&] {
      json.key("url").string(target);
      json.key("mime").string(media);
      json.key("status").string(http && block.size() > 12 ? block.substr(9, 3) : std::string_view("200"));
      json.key("digest").string(head.get("WARC-Payload-Digest"));
      json.key("length").string(std::to_string(length));
      json.key("offset").string(std::to_string(offset));
      json.key("filename").string(fs::path(to.path).filename().string());
    });
    index_.push_back(line + "\n");
    if (head.get("WARC-Type") == "conversion" || !is_page(media)) return;
    JsonWriter page(pages_);
    page.object([&] {
      page.key("id").string(facts.id);
      page.key("url").string(target);
      page.key("ts").string(second_of(head.get("WARC-Date")));
      page.key("title").string(facts.origin.title.empty() ? facts.id : facts.origin.title);
    });
    pages_ += '\n';
  }

  std::string sorted_index() {
    std::sort(index_.begin(), index_.end());
    std::string out_text;
    for (const std::string& line : index_) out_text += line;
    return out_text;
  }

  [[nodiscard]] std::string datapackage() const {
    std::string text;
    JsonWriter json(text);
    json.object([&] {
      json.key("profile").string("data-package");
      json.key("wacz_version").string(kWacz);
      json.key("title").string(casebook_.file().name);
      json.key("created").string(second_of(timestamp()));
      json.key("software").string("litopys " LITOPYS_VERSION);
      json.key("resources").array([&] {
        for (const Resource& each : resources_) {
          json.object([&] {
            json.key("name").string(fs::path(each.path).filename().string());
            json.key("path").string(each.path);
            json.key("hash").string(each.hash);
            json.key("bytes").number(static_cast<std::int64_t>(each.size));
          });
        }
      });
    });
    return text + "\n";
  }

  struct Closer {
    void operator()(archive* a) const { archive_write_free(a); }
  };

  Done zip_failure(archive* to) const {
    const int reason = archive_errno(to);
    return casebook_failure(file_, "cannot be written", reason > 0 ? reason : EIO);
  }

  Done zip_entry(archive* to, const Resource& each) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, each.path.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(each.size));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 315'532'800, 0);  // 1980, the first day that a ZIP knows: when it was made stands in the package
    const int begun = archive_write_header(to, entry);
    archive_entry_free(entry);
    if (begun != ARCHIVE_OK) return zip_failure(to);
    if (each.file.empty()) {
      if (archive_write_data(to, each.bytes.data(), each.bytes.size()) != static_cast<la_ssize_t>(each.bytes.size()))
        return zip_failure(to);
      return {};
    }
    const File from(open(each.file.c_str(), O_RDONLY | O_CLOEXEC));
    std::string room(1U << 20U, '\0');
    while (true) {
      const ssize_t got = from ? read(from.get(), room.data(), room.size()) : -1;
      if (got < 0 && from && errno == EINTR) continue;
      if (got < 0) return casebook_failure(each.file, "cannot be read", errno);
      if (got == 0) return {};
      if (archive_write_data(to, room.data(), static_cast<std::size_t>(got)) != got) return zip_failure(to);
    }
  }

  Done zip() {
    const std::string package = datapackage();
    add_small("datapackage.json", package);
    std::string digest;
    JsonWriter json(digest);
    json.object([&] {
      json.key("path").string("datapackage.json");
      json.key("hash").string(labelled_sha256(package));
    });
    add_small("datapackage-digest.json", digest + "\n");
    {
      const std::unique_ptr<archive, Closer> to(archive_write_new());
      archive_write_set_format_zip(to.get());
      archive_write_set_options(to.get(), "zip:compression=store");
      if (archive_write_open_filename(to.get(), part().c_str()) != ARCHIVE_OK) return zip_failure(to.get());
      for (const Resource& each : resources_) {
        if (Done wrote = zip_entry(to.get(), each); !wrote) return wrote;
      }
      if (archive_write_close(to.get()) != ARCHIVE_OK) return zip_failure(to.get());
    }
    return finish();
  }

  Done finish() {
    const File whole(open(part().c_str(), O_RDONLY | O_CLOEXEC));
    if (!whole || fsync(whole.get()) != 0) return casebook_failure(file_, "cannot be made durable", errno);
    std::string room(1U << 20U, '\0');
    RunningSha256 digest;
    while (true) {
      const ssize_t got = read(whole.get(), room.data(), room.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return casebook_failure(file_, "cannot be read", errno);
      if (got == 0) break;
      digest.add({room.data(), static_cast<std::size_t>(got)});
      out.bytes += static_cast<std::uint64_t>(got);
    }
    out.sha256 = hex_of(digest.finish());
    if (rename(part().c_str(), file_.c_str()) != 0) return casebook_failure(file_, "cannot be put in place", errno);
    return sync_folder(file_.has_parent_path() ? file_.parent_path() : fs::path("."));
  }

  Casebook& casebook_;
  CasebookPaths paths_;
  fs::path file_;
  EvidencePress press_;
  MemberPress member_press_;
  File warc_;
  RunningSha256 digest_;
  std::vector<Resource> resources_;
  std::vector<std::string> index_;
  std::string pages_;
  std::string withheld_ = "{\"format\": \"litopys-withheld-1.0\", \"what\": \"header lines that were taken out of the records below\"}\n";
};

}  // namespace

Result<Exported> export_wacz(Casebook& casebook, const fs::path& folder, const fs::path& file,
                             const std::function<void(std::uint64_t)>& progress) {
  if (is_there(file)) return fail(ErrorKind::kUsage, file.string(), {}, "is there already", "name a new file");
  Package package(casebook, folder, file);
  if (Done written = package.write(progress); !written) return tl::unexpected<Error>(written.error());
  const Exported& out = package.out;
  std::string text;
  JsonWriter json(text);
  json.object([&] {
    json.key("public").object([&] {
      json.key("form").string("wacz");
      json.key("items").number(static_cast<std::int64_t>(out.items));
    });
    json.key("sha256").string(out.sha256);
    json.key("bytes").number(static_cast<std::int64_t>(out.bytes));
    json.key("records_with_lines_withheld").number(static_cast<std::int64_t>(out.withheld));
  });
  if (const auto noted = casebook.note({Act::exported, text}); !noted) return tl::unexpected<Error>(noted.error());
  return out;
}

}  // namespace litopys
