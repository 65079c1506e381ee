#include "vault/digest.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace litopys {

Sha256::Sha256() {
  EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (fetched == nullptr) throw std::runtime_error("OpenSSL offers no SHA-256");
  algorithm_ = std::shared_ptr<void>(fetched, [](void* md) { EVP_MD_free(static_cast<EVP_MD*>(md)); });
}

std::string Sha256::hex(std::string_view bytes) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, static_cast<const EVP_MD*>(algorithm_.get()), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot compute a SHA-256");
  }
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(2UL * size);
  for (unsigned i = 0; i < size; ++i) {
    out += kHex[digest[i] >> 4U];
    out += kHex[digest[i] & 15U];
  }
  return out;
}

}  // namespace litopys
