// Written and read in one order, number by number; what is read is checked before anything walks it.
#include "page/page_model.h"

#include <cstring>
#include <fstream>
#include <iterator>
#include <type_traits>

#include "page/block_features.h"
#include "page/date_features.h"

namespace litopys {
namespace {

constexpr std::string_view kMagic = "LITOPAG2";

std::uint64_t fnv(std::string_view bytes) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

template <class T>
void put(std::string& out, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
void put_all(std::string& out, const std::vector<T>& values) {
  put(out, static_cast<std::uint32_t>(values.size()));
  for (const T& value : values) put(out, value);
}

void put_forest(std::string& out, const Forest& forest) {
  put(out, forest.base);
  put_all(out, forest.starts);
  put_all(out, forest.nodes);
}

struct Source {
  std::string_view left;
  bool good = true;

  template <class T>
  void get(T& value) {
    if (left.size() < sizeof value) {
      good = false;
      return;
    }
    std::memcpy(&value, left.data(), sizeof value);
    left.remove_prefix(sizeof value);
  }
  template <class T>
  void get_all(std::vector<T>& values) {
    std::uint32_t count = 0;
    get(count);
    if (!good || left.size() / sizeof(T) < count) {
      good = false;
      return;
    }
    values.resize(count);
    for (T& value : values) get(value);
  }
  void get_forest(Forest& forest) {
    get(forest.base);
    get_all(forest.starts);
    get_all(forest.nodes);
  }
};

}  // namespace

Result<PageModel> read_page_model(const std::filesystem::path& path) {
  const auto broken = [&](std::string_view problem) {
    return fail(ErrorKind::kConfig, path.string(), {}, std::string(problem), "get the file again, or make it with tools/page");
  };
  std::ifstream in(path, std::ios::binary);
  if (!in) return broken("cannot be read");
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!bytes.starts_with(kMagic)) return broken("is no page model");
  if (bytes.size() < kMagic.size() + 16) return broken("is cut short");
  std::uint64_t sum = 0;
  std::memcpy(&sum, bytes.data() + bytes.size() - 8, 8);
  const std::string_view body(bytes.data(), bytes.size() - 8);
  if (sum != fnv(body)) return broken("its checksum does not fit: it is damaged or cut short");
  Source source{body.substr(kMagic.size())};
  std::uint32_t head = 0, zero = 0;
  source.get(head);
  source.get(zero);
  if (source.left.size() < head) return broken("is cut short");
  PageModel model;
  model.head = std::string(source.left.substr(0, head));
  source.left.remove_prefix(head);
  source.get(model.threshold);
  source.get(model.date_threshold);
  for (PageModel::Weights* weights : {&model.name_weights, &model.text_weights}) {
    std::vector<std::uint32_t> keys;
    std::vector<std::int32_t> values;
    source.get_all(keys);
    source.get_all(values);
    if (!source.good || keys.size() != values.size()) return broken("is cut short");
    for (std::size_t i = 0; i < keys.size(); ++i) weights->emplace_back(keys[i], values[i]);
  }
  source.get_forest(model.block);
  source.get_forest(model.date);
  if (!source.good || !source.left.empty()) return broken("is cut short");
  if (!sound(model.block, block_feature_count()) || !sound(model.date, date_features()))
    return broken("was made for another version of this program");
  model.index();
  return model;
}

Result<void> write_page_model(const PageModel& model, const std::filesystem::path& path) {
  std::string out(kMagic);
  put(out, static_cast<std::uint32_t>(model.head.size()));
  put(out, std::uint32_t{0});
  out += model.head;
  put(out, model.threshold);
  put(out, model.date_threshold);
  for (const PageModel::Weights* weights : {&model.name_weights, &model.text_weights}) {
    std::vector<std::uint32_t> keys;
    std::vector<std::int32_t> values;
    for (const auto& [key, value] : *weights) {
      keys.push_back(key);
      values.push_back(value);
    }
    put_all(out, keys);
    put_all(out, values);
  }
  put_forest(out, model.block);
  put_forest(out, model.date);
  put(out, fnv(out));
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << out;
  file.close();
  if (!file) return fail(ErrorKind::kUnreadable, path.string(), {}, "cannot be written", {});
  return {};
}

}  // namespace litopys
