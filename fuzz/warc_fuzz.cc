// Any bytes as a WARC, plain or packed: every record's laws, its HTTP, and that a part of the file read by itself finds the same records.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "intake/http.h"
#include "intake/warc.h"
#include "law.h"

namespace {

using namespace litopys;

using fuzz::require;

void read(std::string_view bytes, const WarcLimits& limits, std::uint64_t from) {
  WarcReader reader(source_of(bytes), "x", limits);
  if (from > 0) reader.start_at(from);
  std::size_t steps = 0;
  while (auto record = reader.next()) {
    require(++steps <= bytes.size() * 300 + 10, "reading ends");
    if (!*record) {
      require(!record->error().problem.empty() && record->error().item == "x", "an error names its file and reason");
      continue;
    }
    const WarcRecord& r = **record;
    require(r.offset < bytes.size(), "a record lies in the file");
    require(r.head.starts_with("WARC/"), "a record begins as one");
    if (!r.held) {
      std::uint64_t streamed = 0;
      (void)reader.stream([&](std::string_view piece) {
        streamed += piece.size();
        return streamed < (1U << 20U);
      });
      continue;
    }
    require(r.offset + r.length <= bytes.size(), "a record ends in the file");
    require(r.block.size() + r.missing == r.content_length, "what is missing is what is not there");
    if (const auto response = parse_response(r.block)) {
      // Behind interim responses; a body that is none is nowhere.
      const char* const head_end = response->head.data() + response->head.size();
      require(response->body.empty() || response->body.data() == head_end, "a body follows its head");
      require(head_end + response->body.size() == r.block.data() + r.block.size(), "head and body end the block");
      const HttpBody body = decode_body(*response, 1U << 20U);
      require(body.bytes.size() <= (1U << 20U), "a body keeps to its limit");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read(bytes, {.largest_block = 1U << 20U, .ratio_from = 4U << 20U}, 0);
  read(bytes, {.largest_block = 64, .ratio_from = 4U << 20U}, size / 3);
  return 0;
}
