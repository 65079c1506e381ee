// Any bytes as an item: text or page, in any encoding. The laws of a document are asserted, not mere survival.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "law.h"
#include "page/decode.h"
#include "page/dump.h"
#include "page/html_tokenizer.h"
#include "page/reader.h"

namespace {

using namespace litopys;

using fuzz::require;

const PageReader& reader() {
  static const PageReader made = [] {
    auto book = load_codebook(std::string(LITOPYS_SOURCE_DIR) + "/codebooks/passportization");
    if (!book) {
      std::fprintf(stderr, "%s\n", book.error().line().c_str());
      std::abort();
    }
    return std::move(*PageReader::make(*book));
  }();
  return made;
}

}  // namespace

// Loaded before the clock of the first input runs.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  (void)reader();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);

  html::Tokenizer tokens(bytes);
  std::size_t at = 0;
  for (html::Token token; tokens.next(token);) {
    require(token.begin >= at && token.end > token.begin && token.end <= bytes.size(), "tokens lie in the input in order");
    if (token.kind == html::TokenKind::characters && token.exact) {
      require(token.data == std::string_view(bytes).substr(token.begin, token.end - token.begin), "exact text is the input's own");
    }
    at = token.end;
  }

  const auto document = reader().read(Item{"fuzz", "fuzz", bytes});
  if (!document) {
    require(!document.error().problem.empty(), "a refusal has a reason");
    return 0;
  }
  require(utf8::first_invalid(document->text) == std::string_view::npos, "text is well-formed");
  std::uint32_t end = 0;
  for (const Line& line : document->lines) {
    require(line.span.begin >= end && line.span.end >= line.span.begin && line.span.end <= document->text.size(),
            "lines lie in the text in order");
    require((line.kind == LineKind::junk) == !line.reason.empty(), "junk has a reason");
    end = line.span.end;
  }
  for (std::size_t i = 0; i < document->map.size(); ++i) {
    require(document->map[i].item_begin < bytes.size(), "the map stays in the item");
    require(document->map[i].text_begin < document->text.size(), "the map stays in the text");
    require(i == 0 || document->map[i].text_begin > document->map[i - 1].text_begin, "the map rises");
  }
  const std::string printed = dump(*document);
  const auto again = parse_dump(printed);
  require(again.has_value() && again->text == document->text && dump(*again) == printed, "parse(dump(d)) is d");
  // Markup in the text may declare another encoding, so the law holds for text without any.
  if (document->text.find('<') == std::string::npos) {
    const auto text = decode(document->text);
    require(!text || text->text == document->text || document->text.starts_with("\xEF\xBB\xBF"), "well-formed text decodes to itself");
  }
  return 0;
}
