// The times of a text analysed with the real dictionaries and codebook, as one line, for tests of how they are read.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "mention/sample_text.h"
#include "mention/time.h"

namespace litopys::sample {

inline const TimeFinder& finder() {
  static const TimeFinder one = [] {
    auto made = TimeFinder::make(codebook());
    if (!made) throw std::runtime_error(made.error().line());
    return std::move(*made);
  }();
  return one;
}

inline std::vector<Time> found(const Sample& s) {
  std::vector<Time> all;
  for (std::vector<Time>& times : finder().find_all(s.text, s.document)) {
    for (Time& t : times) all.push_back(std::move(t));
  }
  return all;
}

// "../2024-07-01 <by 1 July>"; "?" for what stays unresolved.
inline std::string dump(const std::vector<Time>& times, const std::string& text) {
  std::string out;
  for (const Time& t : times) {
    if (!out.empty()) out += "; ";
    out += fmt::format("{} <{}>", t.when ? t.when->str() : "?", t.span.of(text));
  }
  return out;
}

struct Case {
  const char* text;
  const char* reads;
};

inline void expect_all(std::span<const Case> cases, Language language, const char* published) {
  const auto date = Date::parse(published);
  for (const auto& [text, reads] : cases) {
    EXPECT_EQ(dump(found(analysed(text, language, date)), text), reads) << "text: " << text << "\npublished: " << published;
  }
}

}  // namespace litopys::sample
