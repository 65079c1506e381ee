// From what people name (files, folders, archives, "-") to items, one after the other: what the bytes are decides, never a name.
//
//   Take take({"reports", "crawl.warc.gz", "export.zip"});
//   while (std::optional<Result<OpenedItem>> item = take.next()) ...
//   for (auto& [why, count] : take.passed_over()) ...
//
// A file by itself is one item. WARC (plain, .gz, .zst), WACZ, ZIP, TAR (plain, .gz, .zst, .xz, .bz2), a compressed single file and the
// formats of intake/formats.h hold many, also within each other up to ContainerLimits::deepest; what is damaged, refused or too large in
// them is one Error each, in its place, and reading goes on. DOCX, ODT and their like are ZIPs too, and single items.
//
// Of a WARC the pages are taken: response records with status 200 (or none) whose media type or first bytes are text, HTML, PDF or an
// office document, their bodies decoded (chunked, gzip, deflate, br, zstd); resource and conversion records of the same media. The rest is
// counted in passed_over.
//
// Ids: a file's as Walk gives it; a member's is its container's with "-" and its number there ("crawl-17"), so the same file gives the same
// ids, whatever stands beside it; where that id is taken already, "#2" and so on follows.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/container.h"
#include "intake/open.h"
#include "intake/walk.h"

namespace litopys {

// "passed over in archives: 40 request records, 12 image/*, 3 status 404"; "" where nothing was.
[[nodiscard]] std::string passed_over_line(const std::map<std::string, std::uint64_t>& passed_over);

class Take {
 public:
  // `ids`: those that are taken before the run. Items are opened ahead on a thread of its own: at most 8 MB of them, or one.
  explicit Take(std::vector<std::string> names, IdGiver ids = {}, const ContainerLimits& limits = {});
  ~Take();
  Take(const Take&) = delete;
  Take& operator=(const Take&) = delete;

  // The next item with its bytes and Origin, or what is wrong at the next place; nullopt at the end. One caller at a time.
  [[nodiscard]] std::optional<Result<OpenedItem>> next();

  // As Walk::left_out; whole after the end.
  [[nodiscard]] std::uint64_t left_out() const;

  // What containers hold besides items, by reason ("request records", "status 404", "image/*"); whole after the end.
  [[nodiscard]] std::map<std::string, std::uint64_t> passed_over() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace litopys
