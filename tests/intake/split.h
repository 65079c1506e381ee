// What the tests of splitters share: a container from bytes, and all that it gives.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "intake/container.h"

namespace litopys::sample {

struct Taken {
  std::vector<OpenedItem> items;
  std::vector<Error> errors;

  // "member|member"
  [[nodiscard]] std::string members() const {
    std::string out;
    for (const OpenedItem& one : items) out += (out.empty() ? "" : "|") + one.item.origin.member;
    return out;
  }
  [[nodiscard]] std::string lines() const {
    std::string out;
    for (const Error& error : errors) out += error.line() + "\n";
    return out;
  }
};

inline Taken split(Split splitter, std::string bytes, const ContainerLimits& limits = {}) {
  const Item container{"box", "box.file", std::move(bytes)};
  Taken out;
  splitter(container, limits, [&](Result<OpenedItem> got) {
    if (!got) {
      out.errors.push_back(got.error());
      return true;
    }
    const Origin& origin = got->item.origin;
    // The law of all splitters that cut slices: bytes are the container's own.
    if (!origin.format.empty() && origin.member.find(" attachment ") == std::string::npos) {
      EXPECT_EQ(got->item.bytes, container.bytes.substr(origin.offset, origin.length)) << origin.member;
    }
    EXPECT_EQ(origin.container, "box.file");
    EXPECT_EQ(got->item.path, "box.file!" + origin.member);
    out.items.push_back(std::move(*got));
    return true;
  });
  return out;
}

}  // namespace litopys::sample
