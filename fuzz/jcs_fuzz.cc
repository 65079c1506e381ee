// Canonical JSON over any bytes: what is accepted has one text, and that text stays as it is; numbers and strings come back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "vault/entry.h"
#include "vault/jcs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace litopys;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const Result<std::string> canonical = canonicalised(text)) {
    if (canonicalised(*canonical).value_or("") != *canonical || !is_canonical_json(*canonical)) std::abort();
  } else if (canonical.error().problem.empty()) {
    std::abort();
  }
  if (const Result<LogEntry> entry = parse_entry(text)) {
    if (entry_text(*entry).value_or("") != text) std::abort();
  }
  return 0;
}
