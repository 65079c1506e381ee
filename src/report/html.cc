#include "report/html.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace litopys {

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded got = utf8::decode(text, i);
    switch (got.value) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        if (got.value >= 0x20 || got.value == '\n' || got.value == '\t') utf8::append(out, got.value);
    }
    i += got.size;
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

std::string anchor(std::string_view id) {
  std::string out;
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("_{:02x}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string grouped(Decimal value, bool english) {
  std::string text = value.str();
  std::string fraction;
  if (const auto point = text.find('.'); point != std::string::npos) {
    fraction = (english ? "." : ",") + text.substr(point + 1);
    text.resize(point);
  }
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const bool four = text.size() - first == 4 && !english;  // Ukrainian leaves four digits together
  if (!four) {
    for (std::size_t at = text.size(); at > first + 3;) {
      at -= 3;
      text.insert(at, english ? "," : "\u00A0");
    }
  }
  return text + fraction;
}

}  // namespace litopys
