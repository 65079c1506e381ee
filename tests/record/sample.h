// Small documents with claims for the tests of the record, and what a record says in short lines.
#pragma once

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "claim/record_rules.h"
#include "record/record.h"

namespace litopys {

// "issuance over 2000 passport", "coercion", "issuance range 10..20 person": measure and figure; `at` is places joined by +.
inline Claim claim(std::string_view what, std::string_view at, std::string_view when, std::vector<std::string> sources, Side side,
                   Stance stance = Stance::asserted, std::vector<std::string> targets = {}) {
  Claim out;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < what.size();) {
    const std::size_t end = std::min(what.find(' ', i), what.size());
    words.emplace_back(what.substr(i, end - i));
    i = end + 1;
  }
  out.measure = words.at(0);
  out.quote = std::string(what) + ".";
  if (words.size() > 3) {
    Figure figure;
    figure.bound = *parse_name<Bound>(words[1]);
    const std::size_t dots = words[2].find("..");
    figure.value = *Decimal::parse(words[2].substr(0, dots));
    if (dots != std::string::npos) figure.value2 = Decimal::parse(words[2].substr(dots + 2));
    figure.unit = *parse_name<Unit>(words[3]);
    out.figure = figure;
  }
  for (std::size_t i = 0; i < at.size();) {
    const std::size_t end = std::min(at.find('+', i), at.size());
    out.places.emplace_back(at.substr(i, end - i));
    i = end + 1;
  }
  if (!when.empty()) out.when = When::parse(when);
  out.sources = std::move(sources);
  out.side = side;
  out.stance = stance;
  out.targets = std::move(targets);
  return out;
}

inline ClaimDocument document(std::string id, std::string outlet, std::string published, std::vector<Claim> claims, std::string text = {}) {
  ClaimDocument out;
  out.id = std::move(id);
  out.language = Language::en;
  if (!outlet.empty()) out.outlet = std::move(outlet);
  if (!published.empty()) out.published = std::move(published);
  out.claims = std::move(claims);
  out.text = std::move(text);
  return out;
}

// As verify has them: with the rows of the codebook that the record asks for, and no others.
inline const RecordRules& test_data() {
  static const RecordRules data = [] {
    const std::filesystem::path root(LITOPYS_SOURCE_DIR);
    ResourcePaths paths;
    paths.codebook = root / "codebooks/passportization";
    paths.gazetteer = root / "gazetteer";
    return load_record_rules(paths).value();
  }();
  return data;
}

inline Record record_of(std::vector<ClaimDocument> documents) {
  return make_record(std::move(documents), test_data().book, *test_data().gazetteer);
}

inline std::string joined(std::vector<std::string> list) {
  std::string out;
  for (const std::string& s : list) out += (out.empty() ? "" : " ") + s;
  return out;
}

// "contradiction a#1 b#1", sorted.
inline std::vector<std::string> findings(const Record& record) {
  std::vector<std::string> out;
  for (const Finding& f : record.findings) {
    std::vector<std::string> claims = f.claims;
    std::sort(claims.begin(), claims.end());
    out.push_back(std::string(name(f.kind)) + " " + joined(claims));
  }
  std::sort(out.begin(), out.end());
  return out;
}

// "a#1 b#1", sorted.
inline std::vector<std::string> statements(const Record& record) {
  std::vector<std::string> out;
  for (const Statement& s : record.statements) {
    std::vector<std::string> claims = s.claims;
    std::sort(claims.begin(), claims.end());
    out.push_back(joined(claims));
  }
  std::sort(out.begin(), out.end());
  return out;
}

// "2024-01-31 5..10", "contradicted", or "" where the series or band is absent.
inline std::string band(const Record& record, std::string_view place, std::string_view side, std::string_view at,
                        std::vector<std::string> group = {}, std::string_view measure = "issuance") {
  for (const RecordSeries& s : record.series) {
    if (s.place != place || s.group != group || s.measure != measure) continue;
    for (const Band& b : s.bands) {
      if ((b.side ? name(*b.side) : "all") != side) continue;
      if (b.contradicted) return "contradicted";
      if (Date::of(b.at).str() == at) return b.low.str() + ".." + (b.high ? b.high->str() : "");
    }
  }
  return {};
}

}  // namespace litopys
