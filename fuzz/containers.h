// What the fuzz targets of containers share: a splitter run over any bytes, each item laid open, and the laws of both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "intake/container.h"
#include "law.h"
#include "page/content.h"

namespace litopys::fuzz {

inline void check(const Content& content, std::size_t item_size) {
  require(utf8::first_invalid(content.text) == std::string_view::npos, "text is well-formed");
  for (std::size_t i = 0; i < content.map.size(); ++i) {
    require(content.map[i].text_begin < content.text.size() || content.text.empty(), "the map stays in the text");
    require(content.map[i].item_begin < item_size, "the map stays in the item");
    require(i == 0 || content.map[i].text_begin > content.map[i - 1].text_begin, "the map rises");
  }
  for (std::size_t i = 0; i < content.junk.size(); ++i) {
    require(content.junk[i].span.begin < content.junk[i].span.end, "a junk mark covers something");
    require(!content.junk[i].reason.empty(), "junk has a reason");
  }
}

inline void run(Split split, bool (*sniff)(std::string_view), const std::uint8_t* data, std::size_t size,
                const ContainerLimits& limits = {}) {
  const Item container{"box", "box", std::string(reinterpret_cast<const char*>(data), size)};
  static_cast<void>(sniff(container.bytes));
  std::size_t items = 0;
  split(container, limits, [&](Result<OpenedItem> got) {
    if (!got) {
      require(!got.error().problem.empty(), "an error has a reason");
      return true;
    }
    const Item& item = got->item;
    const Origin& origin = item.origin;
    require(origin.offset + origin.length <= size, "an item lies in its container");
    if (!origin.format.empty()) {
      const bool decoded = origin.member.find(" attachment ") != std::string::npos;  // a mail in base64 within a mail
      require(decoded || item.bytes == std::string_view(container.bytes).substr(origin.offset, origin.length),
              "an item is a slice of its container");
      const auto content = content_of(item);
      if (content && *content) check(**content, item.bytes.size());
    }
    return ++items < 2000;
  });
}

}  // namespace litopys::fuzz
