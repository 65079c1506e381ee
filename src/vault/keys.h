// The signing key of a casebook's custody log: Ed25519, made on first use, kept as PKCS#8 PEM (RFC 5958) in a file of mode 0600, encrypted
// (PBES2: scrypt, AES-256-CBC, by OpenSSL) where a passphrase is set. `openssl pkey -in my.case/log.key` reads it.
//
//   my.case/log.key    private; leave it out of what you hand on, or keep it elsewhere and name it with --key
//   my.case/log.vkey   public, one line: signed-note, "Verifier keys"
//
// The name of the key, which is the log's origin, is "litopys/" and 16 hex digits of SHA-256(public key): it names nobody, and two
// casebooks never share it.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "vault/files.h"
#include "vault/note.h"

namespace litopys {

[[nodiscard]] std::filesystem::path log_key_path(const std::filesystem::path& casebook);   // CASE/log.key
[[nodiscard]] std::filesystem::path log_vkey_path(const std::filesystem::path& casebook);  // CASE/log.vkey

// Asked for a passphrase at most once a key. Nothing: there is none to give. A new key gets one only where a person set it beforehand.
enum class PassphraseFor : unsigned char { new_key, kept_key };
using AskPassphrase = std::function<std::optional<std::string>(PassphraseFor)>;
// What the environment variable LITOPYS_PASSPHRASE holds. Where it is not set: for a kept key asks at the terminal, if there is one.
[[nodiscard]] AskPassphrase passphrase_of_user();

class LogKey {
 public:
  // A new random key. Errors: kCasebook where the machine gives no randomness.
  [[nodiscard]] static Result<LogKey> generate();

  // A key that has its name already.
  [[nodiscard]] static LogKey of(NoteSigner signer);
  // The key of a seed (RFC 8032, 5.1.5), named after itself.
  [[nodiscard]] static Result<LogKey> from_seed(std::span<const std::uint8_t, 32> seed);

  // Reads `path`. Errors (kCasebook): missing ("the key is lost …"), not a key, another kind of key, encrypted and no passphrase given,
  // wrong passphrase. A file that others may read is an error too: it says chmod 600.
  [[nodiscard]] static Result<LogKey> load(const std::filesystem::path& path, const AskPassphrase& ask);

  // Writes a new file of mode 0600, durable, folder included; never over an existing one (kCasebook). Without a passphrase: plain.
  [[nodiscard]] Done save(const std::filesystem::path& path, const std::optional<std::string>& passphrase) const;

  [[nodiscard]] const NoteSigner& signer() const { return signer_; }
  [[nodiscard]] const NoteVerifier& verifier() const { return signer_.verifier(); }

 private:
  NoteSigner signer_;
};

// Loads CASE/log.key, or `elsewhere` where that is given; makes the key, and log.vkey beside the casebook's, where neither key nor vkey is
// there yet. A vkey without its key is "the key is lost"; a key that is not the vkey's is an error.
[[nodiscard]] Result<LogKey> open_log_key(const std::filesystem::path& casebook, const AskPassphrase& ask,
                                          const std::optional<std::filesystem::path>& elsewhere = {});

// CASE/log.vkey.
[[nodiscard]] Result<NoteVerifier> load_log_vkey(const std::filesystem::path& casebook);

}  // namespace litopys
