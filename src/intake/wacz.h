// WACZ (Web Archive Collection Zipped, 1.1.1): a ZIP with WARCs in archive/, an index, a list of pages, and a datapackage.json that names
// each part with its digest. What is here says where such a package is not what it says; its WARCs are read whatever is wrong.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace litopys {

// What the names of a ZIP's members say.
struct WaczLayout {
  bool is_wacz = false;
  std::string folder;  // "" or "crawl/": where its parts stand. Only the top is right
  std::string wrong;   // "it lacks an index (indexes/) and a list of pages (pages/pages.jsonl)"; "" where nothing is
};
[[nodiscard]] WaczLayout wacz_layout(const std::vector<std::string>& names);

struct WaczResource {
  std::string path;    // within the package
  std::string digest;  // "sha256:<hex>"; "" where none is stated
};

// The parts that a datapackage.json lists. Errors (kMalformed; item and place are empty): no JSON object, no list of resources.
[[nodiscard]] Result<std::vector<WaczResource>> wacz_resources(std::string_view json);

// The digest of datapackage.json that a datapackage-digest.json states, "" where it states none.
[[nodiscard]] std::string stated_package_digest(std::string_view json);

// Checks bytes that come in pieces against "sha256:<hex>" (also sha1, sha512, md5).
class StreamedDigest {
 public:
  explicit StreamedDigest(std::string_view stated);
  StreamedDigest(StreamedDigest&&) noexcept;
  StreamedDigest& operator=(StreamedDigest&&) noexcept;
  ~StreamedDigest();

  void add(std::string_view piece);
  // Whether all bytes added are those stated; also where the algorithm is none of those. Ends it.
  [[nodiscard]] bool right();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace litopys
