// Copies of a casebook's items for others, readable without litopys. Each is logged as an act once it is whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "store/casebook.h"

namespace litopys {

struct Exported {
  std::uint64_t items = 0;
  std::uint64_t withheld = 0;  // records from which header lines were taken out (cookies, authorisation)
  std::uint64_t bytes = 0;     // of the file, or of the bag's payload
  std::string sha256;          // of the file; of the bag's tag manifest
};

// One WACZ file (Web Archive Collection Zipped, 1.1.1): archive/*.warc.gz with one member a record, indexes/index.cdxj, pages/pages.jsonl,
// datapackage.json and its digest, litopys/withheld.txt. The shared copy has no Cookie, Set-Cookie, Authorization or Proxy-Authorization
// line, no salts, and no path of the machine where the items were taken in; what was taken out of which record is listed. FILE appears
// under its name when it is whole. Errors: kCasebook; kUsage where FILE is there already.
[[nodiscard]] Result<Exported> export_wacz(Casebook& casebook, const std::filesystem::path& folder, const std::filesystem::path& file,
                                           const std::function<void(std::uint64_t)>& progress);

// A bag (RFC 8493) in a new folder: data/items/ with the bytes of every item as they were taken, data/proofs/ with a tlog-proof for each,
// data/log/checkpoint and vkey, data/items.jsonl; manifest-sha256.txt is what `sha256sum -c` reads.
[[nodiscard]] Result<Exported> export_bag(Casebook& casebook, const std::filesystem::path& folder, const std::filesystem::path& bag,
                                          const std::function<void(std::uint64_t)>& progress);

// The header lines of an HTTP block that are not handed on; for each, its name. `block` is changed.
[[nodiscard]] std::vector<std::string> take_out_credentials(std::string& block);

// Sort-friendly form of a URL (SURT), as CDXJ lines begin with: "org,example)/path?query" in lower case.
[[nodiscard]] std::string surt_of(std::string_view url);

}  // namespace litopys
