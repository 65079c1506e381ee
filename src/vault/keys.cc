// The file is PKCS#8 PEM, so that any OpenSSL reads it without litopys. Encryption is set by hand (scrypt, AES-256-CBC), since OpenSSL's
// own default for PEM is 2,048 rounds of PBKDF2, which a graphics card tries by the million.
#include "vault/keys.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "vault/merkle.h"
#include "vault/openssl_free.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestKey = 64U << 10U;
// 16 MiB of memory and some 40 ms a try; the most that OpenSSL reads back without being told a higher limit.
constexpr std::uint64_t kScryptCost = 1U << 14U;
constexpr std::uint64_t kScryptBlock = 8;

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

tl::unexpected<Error> refuse_key(const fs::path& path, std::string problem, std::string next = {}) {
  return fail(ErrorKind::kCasebook, path.string(), {}, std::move(problem), std::move(next));
}

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

// "litopys/" and the first eight bytes of SHA-256(public key) in hex.
std::string origin_of(std::string_view open_key) { return "litopys/" + hex_of(sha256_of(open_key)).substr(0, 16); }

struct Passphrase {
  const AskPassphrase& ask;
  bool asked = false;
  bool given = false;
};

int give_passphrase(char* out, int size, int /*writing*/, void* data) {
  auto& passphrase = *static_cast<Passphrase*>(data);
  passphrase.asked = true;
  std::optional<std::string> text = passphrase.ask ? passphrase.ask(PassphraseFor::kept_key) : std::nullopt;
  if (!text) return -1;
  passphrase.given = true;
  if (text->size() > static_cast<std::size_t>(size)) return -1;
  std::copy(text->begin(), text->end(), out);
  const int length = static_cast<int>(text->size());
  OPENSSL_cleanse(text->data(), text->size());
  return length;
}

Result<std::string> encrypted_pem(EVP_PKEY* key, const std::string& passphrase) {
  const auto failed = [] { return fail(ErrorKind::kCasebook, "signing key", {}, "OpenSSL cannot encrypt it"); };
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<PKCS8_PRIV_KEY_INFO_free>> plain(EVP_PKEY2PKCS8(key));
  std::array<unsigned char, 16> salt{};
  std::array<unsigned char, 16> iv{};
  if (!plain || RAND_bytes(salt.data(), salt.size()) != 1 || RAND_bytes(iv.data(), iv.size()) != 1) return failed();
  X509_ALGOR* algorithm =
      PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt.data(), static_cast<int>(salt.size()), iv.data(), kScryptCost, kScryptBlock, 1);
  if (algorithm == nullptr) return failed();
  const std::unique_ptr<X509_SIG, Free<X509_SIG_free>> sealed(
      PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()), plain.get(), algorithm));
  if (!sealed) {
    X509_ALGOR_free(algorithm);
    return failed();
  }
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_PKCS8(bio.get(), sealed.get()) != 1) return failed();
  return text_of(bio.get());
}

Result<std::string> plain_pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return fail(ErrorKind::kCasebook, "signing key", {}, "OpenSSL cannot write it");
  }
  return text_of(bio.get());
}

// A line from the terminal, not shown while it is typed.
std::optional<std::string> ask_at_terminal() {
  const File terminal(open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  termios shown{};
  if (!terminal || isatty(STDIN_FILENO) == 0 || tcgetattr(terminal.get(), &shown) != 0) return std::nullopt;
  termios hidden = shown;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  hidden.c_lflag |= ECHONL;
  if (tcsetattr(terminal.get(), TCSAFLUSH, &hidden) != 0) return std::nullopt;
  [[maybe_unused]] const Done asked = write_all(terminal.get(), "Passphrase of the signing key: ", "/dev/tty");
  std::string out;
  char c = 0;
  while (read(terminal.get(), &c, 1) == 1 && c != '\n' && out.size() < 1024) out += c;
  tcsetattr(terminal.get(), TCSAFLUSH, &shown);
  return out;
}

bool is_there(const fs::path& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

// A new file that nobody else could have opened, whole and durable before it has its name. The caller holds the casebook's lock.
Done write_secret(const fs::path& path, std::string_view bytes) {
  if (is_there(path)) return refuse_key(path, "is there already; a key is never written over");
  fs::path beside = path;
  beside += ".new";
  unlink(beside.c_str());
  const File file(open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return casebook_failure(beside, "cannot be created", errno);
  Done wrote = write_all(file.get(), bytes, beside);
  if (wrote && fsync(file.get()) != 0) wrote = casebook_failure(beside, "cannot be made durable", errno);
  if (wrote && rename(beside.c_str(), path.c_str()) != 0) wrote = casebook_failure(path, "cannot be put in place", errno);
  if (!wrote) {
    unlink(beside.c_str());
    return wrote;
  }
  return sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

}  // namespace

fs::path log_key_path(const fs::path& casebook) { return casebook / "log.key"; }
fs::path log_vkey_path(const fs::path& casebook) { return casebook / "log.vkey"; }

AskPassphrase passphrase_of_user() {
  return [](PassphraseFor key) -> std::optional<std::string> {
    if (const char* text = std::getenv("LITOPYS_PASSPHRASE")) return text;
    return key == PassphraseFor::kept_key ? ask_at_terminal() : std::nullopt;
  };
}

Result<LogKey> LogKey::generate() {
  std::array<std::uint8_t, 32> seed{};
  if (RAND_priv_bytes(seed.data(), static_cast<int>(seed.size())) != 1) {
    return fail(ErrorKind::kCasebook, "signing key", {}, "this machine gives no randomness");
  }
  Result<LogKey> out = from_seed(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  return out;
}

LogKey LogKey::of(NoteSigner signer) {
  LogKey out;
  out.signer_ = std::move(signer);
  return out;
}

Result<LogKey> LogKey::from_seed(std::span<const std::uint8_t, 32> seed) {
  Result<NoteSigner> unnamed = NoteSigner::make("unnamed", seed);
  if (!unnamed) return tl::unexpected<Error>(unnamed.error());
  const auto& open_key = unnamed->verifier().key();
  Result<NoteSigner> signer =
      NoteSigner::make(origin_of(std::string_view(reinterpret_cast<const char*>(open_key.data()), open_key.size())), seed);
  if (!signer) return tl::unexpected<Error>(signer.error());
  return of(*std::move(signer));
}

Result<LogKey> LogKey::load(const fs::path& path, const AskPassphrase& ask) {
  Result<std::optional<std::string>> bytes = find_small_file(path, kLargestKey);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  if (!*bytes) {
    return refuse_key(path, "the signing key is lost: there is no such file",
                      "restore it from a copy; all that was signed stays provable without it, and nothing can be added");
  }
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && (status.st_mode & 077U) != 0) {
    return refuse_key(path, "others on this machine may read the signing key", "type: chmod 600 " + path.string());
  }
  std::string& pem = **bytes;
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Passphrase passphrase{ask};
  const Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, give_passphrase, &passphrase));
  OPENSSL_cleanse(pem.data(), pem.size());
  if (!key && passphrase.asked && !passphrase.given) {
    return refuse_key(path, "is encrypted, and no passphrase was given", "set LITOPYS_PASSPHRASE, or run this in a terminal");
  }
  if (!key && passphrase.asked) return refuse_key(path, "the passphrase is wrong", "nothing was changed; try again");
  std::array<std::uint8_t, 32> seed{};
  std::size_t size = seed.size();
  if (!key) return refuse_key(path, "is no private key", "restore it from a copy");
  if (EVP_PKEY_is_a(key.get(), "ED25519") != 1 || EVP_PKEY_get_raw_private_key(key.get(), seed.data(), &size) != 1) {
    return refuse_key(path, "is no Ed25519 key", "restore it from a copy");
  }
  Result<LogKey> out = from_seed(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  return out;
}

Done LogKey::save(const fs::path& path, const std::optional<std::string>& passphrase) const {
  auto* key = static_cast<EVP_PKEY*>(signer_.key_.get());
  Result<std::string> pem = passphrase ? encrypted_pem(key, *passphrase) : plain_pem(key);
  if (!pem) return tl::unexpected<Error>(pem.error());
  Done wrote = write_secret(path, *pem);
  OPENSSL_cleanse(pem->data(), pem->size());
  return wrote;
}

Result<NoteVerifier> load_log_vkey(const fs::path& casebook) {
  const fs::path path = log_vkey_path(casebook);
  Result<std::string> bytes = read_small_file(path, kLargestKey);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  if (!bytes->empty() && bytes->back() == '\n') bytes->pop_back();
  Result<NoteVerifier> out = NoteVerifier::parse(*bytes);
  if (!out) return refuse_key(path, out.error().problem, "restore it from a copy, or take it from who has the casebook's key");
  return out;
}

Result<LogKey> open_log_key(const fs::path& casebook, const AskPassphrase& ask, const std::optional<fs::path>& elsewhere) {
  const fs::path path = elsewhere.value_or(log_key_path(casebook));
  if (is_there(path) || is_there(log_vkey_path(casebook))) {
    Result<LogKey> key = LogKey::load(path, ask);
    if (!key) return key;
    if (!is_there(log_vkey_path(casebook))) {
      // A key that was made elsewhere, or a crash between the two files.
      if (Done saved = replace_file(log_vkey_path(casebook), key->verifier().vkey() + "\n"); !saved) {
        return tl::unexpected<Error>(saved.error());
      }
      return key;
    }
    const Result<NoteVerifier> known = load_log_vkey(casebook);
    if (!known) return tl::unexpected<Error>(known.error());
    if (!(*known == key->verifier())) {
      return refuse_key(path, "is not the key of this casebook, which is " + known->name(), "put the right one there from a copy");
    }
    return key;
  }
  Result<LogKey> key = LogKey::generate();
  if (!key) return key;
  std::optional<std::string> passphrase = ask ? ask(PassphraseFor::new_key) : std::nullopt;
  if (passphrase && passphrase->empty()) passphrase.reset();
  if (Done saved = key->save(path, passphrase); !saved) return tl::unexpected<Error>(saved.error());
  if (passphrase) OPENSSL_cleanse(passphrase->data(), passphrase->size());
  if (Done saved = replace_file(log_vkey_path(casebook), key->verifier().vkey() + "\n"); !saved) {
    return tl::unexpected<Error>(saved.error());
  }
  return key;
}

}  // namespace litopys
