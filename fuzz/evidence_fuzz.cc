// A segment of a hostile casebook: whatever its bytes are, reading ends, stays inside, and gives only acts whose digests are right. Bytes
// that are no gzip are packed first, so that the fuzzer reaches the records too.
#include <sys/types.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "vault/evidence_reader.h"
#include "vault/warc_writer.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace litopys;
  static const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("litopys-evidence-fuzz-" + std::to_string(getpid()));
  static const std::string first = EvidencePress().warcinfo("f-00001.warc.gz", "2025-11-02T10:00:00.000Z", "").value();
  std::filesystem::create_directories(folder);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  {
    std::ofstream file(folder / "f-00001.warc.gz", std::ios::binary);
    if (bytes.starts_with("\x1f\x8b")) {
      file << bytes;
    } else {
      file << first << MemberPress().pack(bytes);
    }
  }
  EvidenceReader reader(folder, {});
  std::uint64_t acts = 0;
  while (auto act = reader.next()) {
    if (!*act) {
      if ((*act).error().problem.empty()) std::abort();
      if (!reader.find_next()) break;
      continue;
    }
    ++acts;
    if ((*act)->place.offset + (*act)->place.length > std::filesystem::file_size(folder / "f-00001.warc.gz")) std::abort();
    if ((*act)->facts && !(*act)->facts->again && hex_of(sha256_of((*act)->bytes)) != (*act)->facts->sha256) std::abort();
  }
  if (acts > size) std::abort();
  if (const auto facts = facts_of_json(bytes)) {
    if (facts_of_json(facts_json(*facts)) != facts) std::abort();
  }
  std::filesystem::remove(folder / "f-00001.warc.gz");
  return 0;
}
