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

RunningSha256::RunningSha256() {
  EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  algorithm_ = std::shared_ptr<void>(fetched, [](void* md) { EVP_MD_free(static_cast<EVP_MD*>(md)); });
  context_ = std::shared_ptr<void>(context, [](void* c) { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(c)); });
  if (fetched == nullptr || context == nullptr || EVP_DigestInit_ex2(context, fetched, nullptr) != 1) {
    throw std::runtime_error("OpenSSL offers no SHA-256");
  }
}

void RunningSha256::add(std::string_view bytes) {
  if (EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), bytes.data(), bytes.size()) != 1) {
    throw std::runtime_error("OpenSSL cannot compute a SHA-256");
  }
}

std::array<std::uint8_t, 32> RunningSha256::finish() {
  std::array<std::uint8_t, 32> out{};
  auto* context = static_cast<EVP_MD_CTX*>(context_.get());
  if (EVP_DigestFinal_ex(context, out.data(), nullptr) != 1 ||
      EVP_DigestInit_ex2(context, static_cast<const EVP_MD*>(algorithm_.get()), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot compute a SHA-256");
  }
  return out;
}

}  // namespace litopys
