// A package is known by its parts, since what makes it one (datapackage.json) may be what it lacks.
#include "intake/wacz.h"

#include <openssl/evp.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/header_field.h"

namespace litopys {
namespace {

constexpr std::string_view kPackage = "datapackage.json";

bool is_warc_name(std::string_view name) { return name.ends_with(".warc") || name.ends_with(".warc.gz") || name.ends_with(".warc.zst"); }

std::optional<std::string> text_of(const simdjson::dom::element& object, const char* key) {
  std::string_view text;
  if (object[key].get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

}  // namespace

WaczLayout wacz_layout(const std::vector<std::string>& names) {
  WaczLayout out;
  const auto in_folder = [&](std::string_view folder) {
    bool package = false, warcs = false, archive = false, index = false, pages = false;
    for (std::string_view name : names) {
      if (!name.starts_with(folder)) continue;
      name.remove_prefix(folder.size());
      package = package || name == kPackage;
      archive = archive || (name.starts_with("archive/") && name != "archive/");
      warcs = warcs || (name.starts_with("archive/") && is_warc_name(name));
      index = index || (name.starts_with("indexes/") && name != "indexes/");
      pages = pages || name.starts_with("pages/pages.jsonl");
    }
    if (!(package && (archive || index)) && !(warcs && (index || pages))) return false;
    out.is_wacz = true;
    out.folder = folder;
    std::vector<std::string> lacks;
    if (!package) lacks.emplace_back("its list of parts (datapackage.json)");
    if (!archive) lacks.emplace_back("its WARCs (archive/)");
    if (!index) lacks.emplace_back("an index (indexes/)");
    if (!pages) lacks.emplace_back("a list of pages (pages/pages.jsonl)");
    for (std::size_t i = 0; i < lacks.size(); ++i) out.wrong += (i == 0 ? "it lacks " : i + 1 < lacks.size() ? ", " : " and ") + lacks[i];
    if (!folder.empty())
      out.wrong += (out.wrong.empty() ? "its" : "; its") + std::string(" parts stand in ") + std::string(folder) + ", not at the top";
    return true;
  };
  if (in_folder("") || names.empty()) return out;
  // Zipped again as a folder: one name before all others.
  const std::string_view first = names.front();
  const std::size_t slash = first.find('/');
  if (slash == std::string_view::npos) return out;
  const std::string_view folder = first.substr(0, slash + 1);
  if (std::all_of(names.begin(), names.end(), [&](const std::string& name) { return name.starts_with(folder); })) in_folder(folder);
  return out;
}

Result<std::vector<WaczResource>> wacz_resources(std::string_view json) {
  if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const simdjson::padded_string padded(json);
  if (parser.parse(padded).get(root) != simdjson::SUCCESS || !root.is_object())
    return fail(ErrorKind::kMalformed, {}, {}, "its datapackage.json is no JSON object");
  simdjson::dom::array listed;
  if (root["resources"].get_array().get(listed) != simdjson::SUCCESS)
    return fail(ErrorKind::kMalformed, {}, {}, "its datapackage.json lists no parts (resources)");
  std::vector<WaczResource> out;
  for (const simdjson::dom::element part : listed) {
    if (!part.is_object()) continue;
    auto path = text_of(part, "path");
    if (!path) continue;
    out.push_back({*std::move(path), text_of(part, "hash").value_or("")});
  }
  return out;
}

std::string stated_package_digest(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const simdjson::padded_string padded(json);
  if (parser.parse(padded).get(root) != simdjson::SUCCESS || !root.is_object()) return {};
  return text_of(root, "hash").value_or("");
}

struct StreamedDigest::Impl {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{nullptr, &EVP_MD_CTX_free};
  std::string value;  // in hex
};

StreamedDigest::StreamedDigest(std::string_view stated) : impl_(std::make_unique<Impl>()) {
  const std::size_t colon = stated.find(':');
  const std::string_view name = stated.substr(0, colon);
  const EVP_MD* algorithm = colon == std::string_view::npos ? nullptr
                            : same_word(name, "sha256")     ? EVP_sha256()
                            : same_word(name, "sha1")       ? EVP_sha1()
                            : same_word(name, "sha512")     ? EVP_sha512()
                            : same_word(name, "md5")        ? EVP_md5()
                                                            : nullptr;
  if (algorithm == nullptr) return;
  impl_->value = field_value(stated.substr(colon + 1));
  impl_->context.reset(EVP_MD_CTX_new());
  if (!impl_->context || EVP_DigestInit_ex(impl_->context.get(), algorithm, nullptr) != 1) impl_->context.reset();
}
StreamedDigest::StreamedDigest(StreamedDigest&&) noexcept = default;
StreamedDigest& StreamedDigest::operator=(StreamedDigest&&) noexcept = default;
StreamedDigest::~StreamedDigest() = default;

void StreamedDigest::add(std::string_view piece) {
  if (impl_->context) EVP_DigestUpdate(impl_->context.get(), piece.data(), piece.size());
}

bool StreamedDigest::right() {
  if (!impl_->context) return true;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_DigestFinal_ex(impl_->context.get(), digest.data(), &size) != 1) return true;
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4U];
    hex += kDigits[digest[i] & 15U];
  }
  return same_word(hex, impl_->value);
}

}  // namespace litopys
