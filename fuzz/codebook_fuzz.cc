// Any bytes as a codebook file. Law: either an error that names its place, or a codebook whose rows hold what the loader promises.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "codebook/codebook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto book = litopys::parse_codebook({{"head.toml", "[codebook]\nid = \"t\"\nversion = \"1\"\n"}, {"fuzz.toml", text}});
  if (!book) {
    if (book.error().kind != litopys::ErrorKind::kConfig || book.error().problem.empty() || book.error().item.empty()) std::abort();
    return 0;
  }
  std::set<std::string> ids;
  for (const litopys::Row& row : book->rows) {
    if (!ids.insert(row.id).second || row.id.empty() || row.words.empty() || row.kind.empty() || row.line < 1) std::abort();
    if (row.language == litopys::Language::other) std::abort();
  }
  return 0;
}
