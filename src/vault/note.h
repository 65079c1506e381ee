// Signed notes (C2SP signed-note) with Ed25519 (RFC 8032) by OpenSSL: text, an empty line, and lines of signatures.
//
//   Result<NoteVerifier> log = NoteVerifier::parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
//   Result<Note> note = open_note(bytes, *log);       // an error unless that key signed it
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace litopys {

inline constexpr std::size_t kLargestNote = 1U << 20U;  // bytes; 16 post-quantum signatures are a tenth of it
inline constexpr std::size_t kMostSignatures = 64;      // the standard asks for 16 at least

struct NoteSignature {
  std::string name;  // of the key
  std::uint32_t key_id = 0;
  std::string bytes;  // without the four of the key id
};

struct Note {
  std::string text;  // with its last newline
  std::vector<NoteSignature> signatures;
};

// The grammar alone; no signature is looked at, so nothing of it may be believed. Errors are kMalformed with the byte.
[[nodiscard]] Result<Note> parse_note(std::string_view bytes);
// parse_note(format_note(x)) == x for every note that parse_note gives.
[[nodiscard]] std::string format_note(const Note& note);

// A public key with its name: signed-note, "Verifier keys". Value; threads may share.
class NoteVerifier {
 public:
  // "<name>+<key id>+<base64>", Ed25519 (0x01) only. Errors are kMalformed.
  [[nodiscard]] static Result<NoteVerifier> parse(std::string_view vkey);
  // `name` non-empty, without spaces, newlines and plus.
  [[nodiscard]] static Result<NoteVerifier> make(std::string_view name, std::span<const std::uint8_t, 32> key);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::uint32_t key_id() const { return key_id_; }
  [[nodiscard]] const std::array<std::uint8_t, 32>& key() const { return key_; }
  [[nodiscard]] std::string vkey() const;
  [[nodiscard]] bool verifies(std::string_view text, std::string_view signature) const;
  [[nodiscard]] bool operator==(const NoteVerifier& other) const { return name_ == other.name_ && key_ == other.key_; }

 private:
  std::string name_;
  std::uint32_t key_id_ = 0;
  std::array<std::uint8_t, 32> key_{};
};

// Parses a note and demands a signature of `verifier` that holds; a signature under its name and id that does not hold is an error even
// beside one that does. Others are ignored. Errors: kMalformed (grammar), kCasebook (signature).
[[nodiscard]] Result<Note> open_note(std::string_view bytes, const NoteVerifier& verifier);

// A private key with its name. Copies share the key; threads may share.
class NoteSigner {
 public:
  // `seed` is the private key of RFC 8032, section 5.1.5.
  [[nodiscard]] static Result<NoteSigner> make(std::string_view name, std::span<const std::uint8_t, 32> seed);

  [[nodiscard]] const NoteVerifier& verifier() const { return verifier_; }
  // `text` ends in a newline and is valid note text (parse_note takes what comes out). Errors: kMalformed where it is not.
  [[nodiscard]] Result<std::string> sign(std::string_view text) const;

 private:
  friend class LogKey;
  std::shared_ptr<void> key_;  // EVP_PKEY
  NoteVerifier verifier_;
};

}  // namespace litopys
