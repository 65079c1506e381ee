// OpenSSL's own functions for SHA-256, which it calls deprecated since its digests can be exchanged: exchanging is a table of functions, a
// context on the heap and its cleaning, 45 ns of 110 for a node of the tree or the words of a term, and these are hashed by the hundred
// thousand. The processor's own instructions serve both.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "vault/digest.h"

#include <openssl/sha.h>

#include <stdexcept>

namespace litopys {
namespace {

void must(int done) {
  if (done != 1) throw std::runtime_error("OpenSSL cannot compute a SHA-256");
}

std::array<std::uint8_t, 32> finished(SHA256_CTX& context) {
  std::array<std::uint8_t, 32> out{};
  must(SHA256_Final(out.data(), &context));
  return out;
}

}  // namespace

std::array<std::uint8_t, 32> sha256_bytes(std::string_view bytes) {
  SHA256_CTX context;
  must(SHA256_Init(&context));
  must(SHA256_Update(&context, bytes.data(), bytes.size()));
  return finished(context);
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

RunningSha256::RunningSha256() : context_(std::make_shared<SHA256_CTX>()) { must(SHA256_Init(static_cast<SHA256_CTX*>(context_.get()))); }

void RunningSha256::add(std::string_view bytes) {
  must(SHA256_Update(static_cast<SHA256_CTX*>(context_.get()), bytes.data(), bytes.size()));
}

std::array<std::uint8_t, 32> RunningSha256::finish() {
  auto& context = *static_cast<SHA256_CTX*>(context_.get());
  const std::array<std::uint8_t, 32> out = finished(context);
  must(SHA256_Init(&context));
  return out;
}

}  // namespace litopys
