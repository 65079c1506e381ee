// Reviews and marks out of any bytes: what is read is written and read the same again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "law.h"
#include "store/review.h"

namespace {

template <class Said, class Read>
void law_of(const std::optional<Said>& said, Read read) {
  if (!said) return;
  const std::string written = litopys::json_of(*said, {});
  const std::optional<Said> again = read(written);
  litopys::fuzz::require(again.has_value(), "what is written is read");
  litopys::fuzz::require(litopys::json_of(*again, {}) == written, "what is read again is the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  law_of(litopys::review_of_json(json), litopys::review_of_json);
  law_of(litopys::mark_of_json(json), litopys::mark_of_json);
  return 0;
}
