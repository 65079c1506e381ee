#include "base/json.h"

#include "base/utf8.h"

namespace litopys {

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  std::size_t kept = 0;  // bytes before this are written
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\' && byte < 0x80) {
      ++i;
      continue;
    }
    if (byte >= 0x80) {
      const utf8::Decoded got = utf8::decode(text, i);
      if (got.value != utf8::kReplacement) {
        i += got.size;
        continue;
      }
      out.append(text.substr(kept, i - kept));
      utf8::append(out, utf8::kReplacement);
      i += got.size;
      kept = i;
      continue;
    }
    out.append(text.substr(kept, i - kept));
    switch (byte) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
    }
    kept = ++i;
  }
  out.append(text.substr(kept));
  out += '"';
}

}  // namespace litopys
