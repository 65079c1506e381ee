// Any bytes as what the office and PDF readers take apart themselves: the first byte says whether they are the XML of DOCX, of ODT, a whole
// ZIP, the layout that pdftotext gives, or a saved page.
#include "page/office.h"

#include "containers.h"
#include "page/mhtml.h"
#include "page/pdf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace litopys;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  Content content;
  std::size_t pages = 0;
  switch (data[0] % 5) {
    case 0: append_word_xml(content, bytes); break;
    case 1: append_odt_xml(content, bytes); break;
    case 2: content = content_of_layout(bytes, pages); break;
    case 3:
      if (auto got = read_office(Item{"o", "o", std::string(bytes)})) content = std::move(*got);
      break;
    default:
      if (auto got = read_mhtml(Item{"o", "o", std::string(bytes)})) content = std::move(*got);
      break;
  }
  fuzz::check(content, size);
  return 0;
}
