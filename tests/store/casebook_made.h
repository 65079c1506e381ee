// A small casebook, made by the program's own functions, for tests that damage it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/casebook.h"
#include "store/verify.h"
#include "temporary_folder.h"

namespace litopys::testing {

// With the light reader: who reads does not matter to how it is kept, and thousands of casebooks are read here.
inline std::shared_ptr<const Resources> all_resources() {
  static const std::shared_ptr<const Resources> loaded = [] {
    ResourcePaths paths = default_paths();
    paths.careful.clear();
    auto resources = load_resources(paths, true);
    EXPECT_TRUE(resources) << resources.error().line();
    if (!resources) return std::shared_ptr<const Resources>();
    [[maybe_unused]] const std::string& id = reading_id(**resources);  // read here, so that no test counts it among its system calls
    return *resources;
  }();
  return loaded;
}

inline constexpr const char* kText =
    "Kherson region, 10 March 2024\n\nMore than 90,000 residents of the Kherson region have received Russian passports, the occupation "
    "head "
    "Vladimir Saldo said.\n";

// Takes contents in, each under "reports/ID.txt", in one run.
inline void take_in(const std::filesystem::path& folder, const std::vector<std::pair<std::string, std::string>>& contents) {
  auto casebook = Casebook::open(folder, all_resources(), [](const std::string&) {});
  ASSERT_TRUE(casebook) << casebook.error().line();
  const auto acknowledge = [](const KeptItem&) {};
  for (const auto& [id, bytes] : contents) {
    OpenedItem opened;
    opened.item.id = id;
    opened.item.path = "reports/" + id + ".txt";
    opened.item.bytes = bytes;
    auto taken = casebook->take(std::move(opened));
    ASSERT_TRUE(taken) << taken.error().line();
    ASSERT_TRUE(casebook->add(*std::move(taken), acknowledge));
  }
  ASSERT_TRUE(casebook->flush(acknowledge));
  const auto noted =
      casebook->note({Act::read, "{\"public\": {\"codebook\": \"x 1\"}, \"items\": " + std::to_string(contents.size()) + "}"});
  ASSERT_TRUE(noted) << noted.error().line();
}

// Three items taken in in two runs, one of them seen twice.
class MadeCasebook : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(all_resources());
    take_in(casebook(), {{"a", kText}, {"b", std::string(kText) + "Second.\n"}, {"c", kText}});
    take_in(casebook(), {{"d", std::string(kText) + "Third.\n"}});
  }
  [[nodiscard]] std::filesystem::path casebook() const { return folder_ / "my.case"; }

  TemporaryFolder folder_;
};

// The lines of damage; "error: …" where it is no casebook any more. `full`: items are read again to compare the record.
inline std::vector<std::string> damages(const std::filesystem::path& folder, bool full = false,
                                        const std::vector<std::string>& anchors = {}) {
  std::vector<std::string> out;
  VerifyOptions options;
  if (full) options.resources = all_resources();
  options.pipeline.workers = 1;
  options.anchors = anchors;
  const auto found = verify_casebook(folder, options, [&](const Damage& damage) { out.push_back(damage.line()); });
  if (!found) out.push_back("error: " + found.error().line());
  return out;
}

}  // namespace litopys::testing
