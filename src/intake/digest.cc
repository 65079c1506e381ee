// OpenSSL looks an algorithm up by its name each time that it is asked for one, which costs a tenth of what a SHA-1 of 4 KB does; so each
// is fetched once.
#include "intake/digest.h"

#include <openssl/evp.h>

#include <array>
#include <memory>
#include <string>

#include "base/ascii.h"
#include "base/header_field.h"

namespace litopys {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";  // RFC 4648, section 6

std::string base32(std::string_view bytes) {
  std::string out;
  unsigned held = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kBase32[(held >> bits) & 31U];
    }
  }
  if (bits > 0) out += kBase32[(held << (5 - bits)) & 31U];
  return out;
}

struct FreeAlgorithm {
  void operator()(EVP_MD* md) const { EVP_MD_free(md); }
};
using Algorithm = std::unique_ptr<EVP_MD, FreeAlgorithm>;

Algorithm fetched(const char* name) { return Algorithm(EVP_MD_fetch(nullptr, name, nullptr)); }

const EVP_MD* algorithm_of(std::string_view name) {
  static const Algorithm sha1 = fetched("SHA1"), sha256 = fetched("SHA256"), sha384 = fetched("SHA384"), sha512 = fetched("SHA512"),
                         md5 = fetched("MD5");
  if (same_word(name, "sha1") || same_word(name, "sha-1")) return sha1.get();
  if (same_word(name, "sha256") || same_word(name, "sha-256")) return sha256.get();
  if (same_word(name, "sha384") || same_word(name, "sha-384")) return sha384.get();
  if (same_word(name, "sha512") || same_word(name, "sha-512")) return sha512.get();
  if (same_word(name, "md5")) return md5.get();
  return nullptr;
}

}  // namespace

DigestVerdict check_digest(std::string_view stated, std::string_view bytes) {
  if (stated.empty()) return DigestVerdict::none;
  const std::size_t colon = stated.find(':');
  const EVP_MD* algorithm = colon == std::string_view::npos ? nullptr : algorithm_of(field_value(stated.substr(0, colon)));
  if (algorithm == nullptr) return DigestVerdict::unknown;
  std::string_view value = field_value(stated.substr(colon + 1));
  while (value.ends_with('=')) value.remove_suffix(1);
  const auto size = static_cast<std::size_t>(EVP_MD_get_size(algorithm));
  const bool in_hex = value.size() == 2 * size;
  if (!in_hex && value.size() != (8 * size + 4) / 5) return DigestVerdict::unknown;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm, nullptr) != 1) return DigestVerdict::unknown;
  const std::string_view raw(reinterpret_cast<const char*>(digest.data()), size);  // NOLINT: OpenSSL's bytes as ours
  return same_word(value, in_hex ? ascii::hex(raw) : base32(raw)) ? DigestVerdict::right : DigestVerdict::wrong;
}

}  // namespace litopys
