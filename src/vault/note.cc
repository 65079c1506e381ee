#include "vault/note.h"

#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>

#include "base/utf8.h"
#include "vault/merkle.h"

namespace litopys {
namespace {

constexpr std::uint8_t kEd25519 = 0x01;  // signed-note, "Signature types"
constexpr std::size_t kSignatureSize = 64;
constexpr std::string_view kDash = "\u2014 ";

tl::unexpected<Error> refuse_note(std::size_t at, std::string problem) {
  return fail(ErrorKind::kMalformed, "signed note", "byte " + std::to_string(at), std::move(problem));
}

bool is_key_name(std::string_view name) {
  if (name.empty() || name.find('+') != std::string_view::npos || utf8::first_invalid(name) != std::string_view::npos) return false;
  for (std::size_t at = 0; at < name.size();) {
    const utf8::Decoded next = utf8::decode(name, at);
    if (next.value < 0x20 || utf8::is_space(next.value)) return false;
    at += next.size;
  }
  return true;
}

// The offset of the first byte that a note's text may not have, or npos.
std::size_t first_unfit(std::string_view text) {
  const std::size_t bad = utf8::first_invalid(text);
  const auto control = std::find_if(text.begin(), text.end(), [](char c) { return static_cast<std::uint8_t>(c) < 0x20 && c != '\n'; });
  return std::min(bad, control == text.end() ? std::string_view::npos : static_cast<std::size_t>(control - text.begin()));
}

// SHA-256(name || 0x0A || type || key), first four bytes, big-endian.
std::uint32_t key_id_of(std::string_view name, std::span<const std::uint8_t, 32> key) {
  std::string bytes(name);
  bytes += '\n';
  bytes += static_cast<char>(kEd25519);
  bytes.append(reinterpret_cast<const char*>(key.data()), key.size());
  const MerkleHash hash = sha256_of(bytes);
  return std::uint32_t{hash[0]} << 24U | std::uint32_t{hash[1]} << 16U | std::uint32_t{hash[2]} << 8U | hash[3];
}

std::string hex8(std::uint32_t value) {
  std::array<char, 9> out{};
  std::snprintf(out.data(), out.size(), "%08x", value);
  return out.data();
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

using KeyContext = std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)>;
using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

// One signature line without its newline.
std::optional<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) return std::nullopt;
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
  const std::optional<std::string> bytes = bytes_from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() < 5) return std::nullopt;
  NoteSignature out{std::string(line.substr(0, space)), 0, bytes->substr(4)};
  for (std::size_t i = 0; i < 4; ++i) out.key_id = out.key_id << 8U | static_cast<std::uint8_t>((*bytes)[i]);
  return out;
}

}  // namespace

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > kLargestNote) return refuse_note(kLargestNote, "is larger than any note");
  if (const std::size_t bad = first_unfit(bytes); bad != std::string_view::npos) {
    return refuse_note(bad, "is no text: not UTF-8, or a control character");
  }
  const std::size_t split = bytes.rfind("\n\n");
  if (split == std::string_view::npos) return refuse_note(bytes.size(), "no empty line parts the text from the signatures");
  Note out;
  out.text = bytes.substr(0, split + 1);
  std::size_t at = split + 2;
  if (at == bytes.size()) return refuse_note(at, "there is no signature");
  while (at < bytes.size()) {
    const std::size_t end = bytes.find('\n', at);
    if (end == std::string_view::npos) return refuse_note(bytes.size(), "the last line has no end");
    if (out.signatures.size() == kMostSignatures) return refuse_note(at, "has more than 64 signatures");
    std::optional<NoteSignature> signature = parse_signature(bytes.substr(at, end - at));
    if (!signature) return refuse_note(at, "is no signature line");
    out.signatures.push_back(*std::move(signature));
    at = end + 1;
  }
  return out;
}

std::string format_note(const Note& note) {
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(signature.key_id >> static_cast<unsigned>(shift) & 0xFFU);
    bytes += signature.bytes;
    out.append(kDash).append(signature.name).append(" ").append(base64_of(bytes)).append("\n");
  }
  return out;
}

Result<NoteVerifier> NoteVerifier::parse(std::string_view vkey) {
  const auto wrong = [](std::string problem) {
    return fail(ErrorKind::kMalformed, "verifier key", {}, std::move(problem), "expected name+8 hex digits+base64");
  };
  const std::size_t first = vkey.find('+');
  const std::size_t second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
  if (second == std::string_view::npos) return wrong("has not three parts");
  const std::optional<std::string> bytes = bytes_from_base64(vkey.substr(second + 1));
  if (!bytes || bytes->empty()) return wrong("its third part is no base64");
  if (bytes->front() != static_cast<char>(kEd25519) || bytes->size() != 33) return wrong("is no Ed25519 key (type 1, 32 bytes)");
  std::array<std::uint8_t, 32> key{};
  std::memcpy(key.data(), bytes->data() + 1, key.size());
  Result<NoteVerifier> out = make(vkey.substr(0, first), key);
  if (out && hex8(out->key_id()) != vkey.substr(first + 1, second - first - 1)) {
    return wrong("its key id is not that of name and key, which is " + hex8(out->key_id()));
  }
  return out;
}

Result<NoteVerifier> NoteVerifier::make(std::string_view name, std::span<const std::uint8_t, 32> key) {
  if (!is_key_name(name))
    return fail(ErrorKind::kMalformed, "verifier key", {}, "a key's name has no spaces and no plus, and is not empty");
  NoteVerifier out;
  out.name_ = name;
  out.key_id_ = key_id_of(name, key);
  std::copy(key.begin(), key.end(), out.key_.begin());
  return out;
}

std::string NoteVerifier::vkey() const {
  std::string bytes(1, static_cast<char>(kEd25519));
  bytes.append(reinterpret_cast<const char*>(key_.data()), key_.size());
  return name_ + "+" + hex8(key_id_) + "+" + base64_of(bytes);
}

bool NoteVerifier::verifies(std::string_view text, std::string_view signature) const {
  if (signature.size() != kSignatureSize) return false;
  const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key_.data(), key_.size()), EVP_PKEY_free);
  const KeyContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

Result<Note> open_note(std::string_view bytes, const NoteVerifier& verifier) {
  Result<Note> note = parse_note(bytes);
  if (!note) return note;
  bool signed_by_it = false;
  for (const NoteSignature& signature : note->signatures) {
    if (signature.name != verifier.name() || signature.key_id != verifier.key_id()) continue;
    if (!verifier.verifies(note->text, signature.bytes)) {
      return fail(ErrorKind::kCasebook, "signed note", {}, "the signature of " + verifier.name() + " does not hold");
    }
    signed_by_it = true;
  }
  if (!signed_by_it) return fail(ErrorKind::kCasebook, "signed note", {}, "is not signed by " + verifier.vkey());
  return note;
}

Result<NoteSigner> NoteSigner::make(std::string_view name, std::span<const std::uint8_t, 32> seed) {
  NoteSigner out;
  EVP_PKEY* key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
  out.key_ = std::shared_ptr<void>(key, [](void* each) { EVP_PKEY_free(static_cast<EVP_PKEY*>(each)); });
  std::array<std::uint8_t, 32> open{};
  std::size_t size = open.size();
  if (key == nullptr || EVP_PKEY_get_raw_public_key(key, open.data(), &size) != 1) {
    return fail(ErrorKind::kCasebook, "signing key", {}, "OpenSSL offers no Ed25519");
  }
  Result<NoteVerifier> verifier = NoteVerifier::make(name, open);
  if (!verifier) return tl::unexpected<Error>(verifier.error());
  out.verifier_ = *std::move(verifier);
  return out;
}

Result<std::string> NoteSigner::sign(std::string_view text) const {
  if (!text.ends_with('\n') || first_unfit(text) != std::string_view::npos) {
    return fail(ErrorKind::kMalformed, "signed note", {}, "the text to be signed has no last newline, or is no text");
  }
  Note note{std::string(text), {{verifier_.name(), verifier_.key_id(), std::string(kSignatureSize, '\0')}}};
  std::size_t size = kSignatureSize;
  const KeyContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, static_cast<EVP_PKEY*>(key_.get())) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(note.signatures[0].bytes.data()), &size, bytes_of(text),
                     text.size()) != 1) {
    return fail(ErrorKind::kCasebook, "signing key", {}, "OpenSSL cannot sign with it");
  }
  return format_note(note);
}

}  // namespace litopys
