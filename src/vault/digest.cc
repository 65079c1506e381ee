// One fetch for the process and one context for each thread: a fetch takes a lock and a search, a context two allocations, and together
// they cost more than hashing a node of the tree.
#include "vault/digest.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace litopys {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeAlgorithm {
  void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
};

const EVP_MD* sha256() {
  static const std::unique_ptr<EVP_MD, FreeAlgorithm> kAlgorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  if (!kAlgorithm) throw std::runtime_error("OpenSSL offers no SHA-256");
  return kAlgorithm.get();
}

std::unique_ptr<EVP_MD_CTX, FreeContext> ready_context() {
  std::unique_ptr<EVP_MD_CTX, FreeContext> out(EVP_MD_CTX_new());
  if (!out || EVP_DigestInit_ex2(out.get(), sha256(), nullptr) != 1) throw std::runtime_error("OpenSSL offers no SHA-256");
  return out;
}

void add_to(EVP_MD_CTX* context, std::string_view bytes) {
  if (EVP_DigestUpdate(context, bytes.data(), bytes.size()) != 1) throw std::runtime_error("OpenSSL cannot compute a SHA-256");
}

// Leaves the context ready for the next.
std::array<std::uint8_t, 32> finished(EVP_MD_CTX* context) {
  std::array<std::uint8_t, 32> out{};
  if (EVP_DigestFinal_ex(context, out.data(), nullptr) != 1 || EVP_DigestInit_ex2(context, nullptr, nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot compute a SHA-256");
  }
  return out;
}

}  // namespace

std::array<std::uint8_t, 32> sha256_bytes(std::string_view bytes) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> kContext = ready_context();
  add_to(kContext.get(), bytes);
  return finished(kContext.get());
}

std::string hex_text(std::span<const std::uint8_t> bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out(2 * bytes.size(), '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out[2 * i] = kHex[bytes[i] >> 4U];
    out[2 * i + 1] = kHex[bytes[i] & 15U];
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) { return hex_text(sha256_bytes(bytes)); }

RunningSha256::RunningSha256() {
  context_ = std::shared_ptr<void>(ready_context().release(), [](void* context) { FreeContext()(static_cast<EVP_MD_CTX*>(context)); });
}

void RunningSha256::add(std::string_view bytes) { add_to(static_cast<EVP_MD_CTX*>(context_.get()), bytes); }

std::array<std::uint8_t, 32> RunningSha256::finish() { return finished(static_cast<EVP_MD_CTX*>(context_.get())); }

}  // namespace litopys
