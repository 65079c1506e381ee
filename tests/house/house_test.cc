// The house is as its papers say: folders, includes, packages and paths are checked against the tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace litopys {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = LITOPYS_SOURCE_DIR;

std::string slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in.good()) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines(const fs::path& file) {
  std::vector<std::string> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

// Folders of docs/architecture.md, in its order.
std::vector<std::string> described_folders() {
  std::vector<std::string> out;
  for (const std::string& line : lines(kRoot / "docs/architecture.md")) {
    if (!line.starts_with("| `")) continue;
    out.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  return out;
}

TEST(House, DescribesEveryFolderAndNoOther) {
  const auto described = described_folders();
  for (const std::string& folder : described) EXPECT_TRUE(fs::is_directory(kRoot / folder)) << folder << " is described and not there";
  std::set<std::string> there;
  for (const auto& entry : fs::directory_iterator(kRoot / "src")) {
    if (entry.is_directory() && !fs::is_empty(entry)) there.insert("src/" + entry.path().filename().string());
  }
  for (const auto& entry : fs::directory_iterator(kRoot)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory() && !name.starts_with('.') && name != "build" && name != "src" && name != "demo") there.insert(name);
  }
  for (const std::string& folder : there) {
    EXPECT_NE(std::find(described.begin(), described.end(), folder), described.end()) << folder << " is there and not described";
  }
}

TEST(House, IncludesOnlyPointBackwards) {
  std::vector<std::string> order;
  for (const std::string& folder : described_folders()) {
    if (folder.starts_with("src/")) order.push_back(folder.substr(4));
  }
  ASSERT_GT(order.size(), 10U);
  const auto rank = [&](const std::string& folder) { return std::find(order.begin(), order.end(), folder) - order.begin(); };
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "src")) {
    if (!entry.is_regular_file()) continue;
    const std::string own = fs::relative(entry.path(), kRoot / "src").begin()->string();
    if (own == "main.cc") continue;
    for (const std::string& line : lines(entry.path())) {
      if (!line.starts_with("#include \"")) continue;
      const std::string folder = line.substr(10, line.find('/') - 10);
      EXPECT_LE(rank(folder), rank(own)) << entry.path() << ": " << line;
    }
  }
}

TEST(House, NamesEveryPackageThatItInstalls) {
  const std::string paper = slurp(kRoot / "docs/dependencies.md");
  for (const char* list : {"tools/packages-build.txt", "tools/packages-test.txt"}) {
    for (const std::string& line : lines(kRoot / list)) {
      if (line.empty() || line.starts_with('#')) continue;
      EXPECT_THAT(paper, testing::HasSubstr("`" + line + "`")) << list;
    }
  }
}

// Two types of one name in one namespace link without a word and then break each other (one definition rule).
TEST(House, NoTwoHeadersDefineOneType) {
  std::map<std::string, std::string> seen;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "src")) {
    if (entry.path().extension() != ".h") continue;
    std::string scope;
    for (const std::string& line : lines(entry.path())) {
      if (line.starts_with("namespace ")) scope = line.substr(10);
      for (const char* kind : {"struct ", "class ", "enum class "}) {
        if (!line.starts_with(kind) || line.find('{') == std::string::npos) continue;
        const std::string rest = line.substr(std::string(kind).size());
        if (rest.find('<') < rest.find('{') || rest.find("::") != std::string::npos) continue;  // a specialisation, a nested definition
        const std::string name = rest.substr(0, rest.find_first_of(" :{"));
        const auto [at, fresh] = seen.emplace(scope + name, entry.path().string());
        EXPECT_TRUE(fresh) << name << " in " << entry.path() << " and " << at->second;
      }
    }
  }
}

// "name(type, type)" of each function that a line of `file` begins, and the types of its parameters as they are written; with `inside` only
// of those in an anonymous namespace.
std::set<std::string> functions_of(const fs::path& file, bool inside) {
  std::set<std::string> out;
  bool anonymous = false;
  for (std::string line : lines(file)) {
    if (line == "namespace {") anonymous = true;
    if (line == "}  // namespace") anonymous = false;
    const std::size_t open = line.find('(');
    const std::size_t close = line.find(')', open);
    if (anonymous != inside || close == std::string::npos || line.empty() ||
        (std::isalpha(static_cast<unsigned char>(line[0])) == 0 && line[0] != '['))
      continue;
    const std::size_t before = line.find_last_of(" *&", open);
    if (before == std::string::npos || before + 1 >= open || line.substr(0, open).find('=') != std::string::npos) continue;
    std::string types;
    for (std::size_t at = open + 1; at < close;) {
      const std::size_t end = std::min(line.find(',', at), close);
      std::string one = line.substr(at, end - at);
      one = one.substr(0, one.find(" ="));
      one = one.substr(0, one.find_last_of(" *&"));
      types += one.substr(std::min(one.find_first_not_of(' '), one.size())) + ",";
      at = end + 1;
    }
    out.insert(line.substr(before + 1, open - before - 1) + "(" + types);
  }
  return out;
}

// Where files are compiled as one, a function in an anonymous namespace hides from the files behind it a header's that takes the same: they
// then call the wrong one, and the compiler has nothing to say.
TEST(House, NoFileHidesAHeadersFunctionFromItsNeighbours) {
  std::map<std::string, std::set<std::string>> apart;  // by folder
  std::string folder;
  bool listed = false;
  for (const std::string& line : lines(kRoot / "CMakeLists.txt")) {
    if (line.starts_with("litopys_library(")) folder = line.substr(16, line.find_first_of(" )", 16) - 16);
    listed = (listed && line.find(')') != std::string::npos) || line.find("APART") != std::string::npos ||
             (listed && !line.starts_with("litopys"));
    if (!listed) continue;
    std::istringstream words(line.substr(0, line.find(')')));
    for (std::string word; words >> word;) apart[folder].insert(word);
    listed = line.find(')') == std::string::npos;
  }
  ASSERT_TRUE(apart["mention"].contains("place")) << "CMakeLists.txt has another form";
  std::map<std::string, std::string> declared;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "src")) {
    if (entry.path().extension() != ".h") continue;
    for (const std::string& function : functions_of(entry.path(), false)) declared.emplace(function, entry.path().filename().string());
  }
  ASSERT_TRUE(declared.contains("unescaped(std::string_view,")) << "a header's function is not found";
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "src")) {
    const fs::path file = entry.path();
    const std::string own = file.parent_path().filename().string();
    if (file.extension() != ".cc" || apart[own].contains(file.stem().string())) continue;
    for (const std::string& function : functions_of(file, true)) {
      if (!declared.contains(function)) continue;
      const std::string call = function.substr(0, function.find('(') + 1);
      for (const auto& other : fs::directory_iterator(file.parent_path())) {
        if (other.path() == file || other.path().extension() != ".cc" || apart[own].contains(other.path().stem().string())) continue;
        if (functions_of(other.path(), true).contains(function)) continue;
        const std::string text = slurp(other.path());
        for (std::size_t at = 0; (at = text.find(call, at)) != std::string::npos; at += call.size()) {
          const char before = at == 0 ? ' ' : text[at - 1];
          EXPECT_TRUE(std::isalnum(static_cast<unsigned char>(before)) != 0 || before == '_' || before == '.' || before == '>' ||
                      before == ':')
              << call << " of " << file << " hides that of " << declared[function] << " from " << other.path();
        }
      }
    }
  }
}

// Whatever stands in backquotes and looks like a path of this repository must be one.
TEST(House, PapersNameNoPathThatIsGone) {
  for (const char* paper : {"README.md", "HACKING.md", "docs/architecture.md", "docs/dependencies.md", "samples/README.md"}) {
    const std::string text = slurp(kRoot / paper);
    for (std::size_t at = 0; (at = text.find('`', at)) != std::string::npos;) {
      const std::size_t end = text.find('`', at + 1);
      if (end == std::string::npos) break;
      const std::string word = text.substr(at + 1, end - at - 1);
      at = end + 1;
      const bool path = word.find('/') != std::string::npos && word.find_first_of(" <>|*…()$\n") == std::string::npos &&
                        !word.starts_with('/') && !word.starts_with("..") && !word.starts_with("build/") && !word.starts_with("demo/") &&
                        !word.starts_with("my.case") && word.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos &&
                        !word.starts_with("web/") && word != "src/serve";
      if (!path) continue;
      EXPECT_TRUE(fs::exists(kRoot / word) || fs::exists((kRoot / paper).parent_path() / word)) << paper << " names " << word;
    }
  }
}

TEST(House, HasALicenceAndAHeadOnEveryHeader) {
  EXPECT_THAT(slurp(kRoot / "LICENSE"), testing::HasSubstr("Apache License"));
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "src")) {
    if (entry.path().extension() != ".h") continue;
    const auto text = lines(entry.path());
    ASSERT_FALSE(text.empty()) << entry.path();
    EXPECT_TRUE(text[0].starts_with("//")) << entry.path() << " does not say what it is for";
  }
}

}  // namespace
}  // namespace litopys
