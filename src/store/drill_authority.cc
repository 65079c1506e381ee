// What `openssl ca` and `openssl ts -reply` do, without files: P-256 keys, two certificates, one reply.
#include "store/drill_authority.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include "vault/openssl_free.h"

namespace litopys {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

constexpr std::int64_t kRootBegins = 946'684'800;      // 2000
constexpr std::int64_t kRootEnds = 4'102'444'800;      // 2100
constexpr std::int64_t kSignerBegins = 1'577'836'800;  // 2020
constexpr std::int64_t kSignerEnds = 1'609'459'200;    // 2021

tl::unexpected<Error> failed() {
  ERR_clear_error();
  return fail(ErrorKind::kCasebook, "drill", {}, "OpenSSL cannot play a time-stamping authority");
}

bool add_extension(X509* certificate, int kind, const char* value) {
  const std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// A certificate of `key`, signed by `issuer`'s; a root where there is no issuer.
Certificate certificate_of(EVP_PKEY* key, const char* name, const X509* issuer, EVP_PKEY* signing, std::int64_t from, std::int64_t to) {
  Certificate out(X509_new());
  if (!out || X509_set_version(out.get(), X509_VERSION_3) != 1 ||
      ASN1_INTEGER_set(X509_get_serialNumber(out.get()), issuer == nullptr ? 1 : 2) != 1 ||
      ASN1_TIME_set(X509_getm_notBefore(out.get()), from) == nullptr || ASN1_TIME_set(X509_getm_notAfter(out.get()), to) == nullptr ||
      X509_set_pubkey(out.get(), key) != 1) {
    return nullptr;
  }
  X509_NAME* subject = X509_get_subject_name(out.get());
  if (X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name), -1, -1, 0) != 1) return nullptr;
  if (X509_set_issuer_name(out.get(), issuer == nullptr ? subject : X509_get_subject_name(issuer)) != 1) return nullptr;
  const bool extended = issuer == nullptr ? add_extension(out.get(), NID_basic_constraints, "critical,CA:TRUE") &&
                                                add_extension(out.get(), NID_key_usage, "critical,keyCertSign")
                                          : add_extension(out.get(), NID_basic_constraints, "critical,CA:FALSE") &&
                                                add_extension(out.get(), NID_key_usage, "critical,digitalSignature") &&
                                                add_extension(out.get(), NID_ext_key_usage, "critical,timeStamping");
  if (!extended || X509_sign(out.get(), signing, EVP_sha256()) == 0) return nullptr;
  return out;
}

}  // namespace

struct DrillAuthority::Impl {
  Key root_key, signer_key;
  Certificate root, signer;
};

Result<DrillAuthority> DrillAuthority::make() {
  auto impl = std::make_shared<Impl>();
  impl->root_key.reset(EVP_EC_gen("P-256"));
  impl->signer_key.reset(EVP_EC_gen("P-256"));
  if (!impl->root_key || !impl->signer_key) return failed();
  impl->root = certificate_of(impl->root_key.get(), "Drill root", nullptr, impl->root_key.get(), kRootBegins, kRootEnds);
  if (!impl->root) return failed();
  impl->signer =
      certificate_of(impl->signer_key.get(), "Drill authority", impl->root.get(), impl->root_key.get(), kSignerBegins, kSignerEnds);
  if (!impl->signer) return failed();
  DrillAuthority out;
  out.impl_ = std::move(impl);
  return out;
}

std::string DrillAuthority::roots() const {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_X509(bio.get(), impl_->root.get()) != 1) return {};
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

Result<std::string> DrillAuthority::answer(std::string_view query, std::int64_t time) const {
  const std::unique_ptr<TS_RESP_CTX, Free<TS_RESP_CTX_free>> context(TS_RESP_CTX_new());
  const std::unique_ptr<ASN1_OBJECT, Free<ASN1_OBJECT_free>> policy(OBJ_txt2obj("1.2.3.4.1", 1));
  const Bio request(BIO_new_mem_buf(query.data(), static_cast<int>(query.size())));
  if (!context || !policy || !request || TS_RESP_CTX_set_signer_cert(context.get(), impl_->signer.get()) != 1 ||
      TS_RESP_CTX_set_signer_key(context.get(), impl_->signer_key.get()) != 1 ||
      TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256()) != 1 ||
      TS_RESP_CTX_set_ess_cert_id_digest(context.get(), EVP_sha256()) != 1 ||
      TS_RESP_CTX_set_def_policy(context.get(), policy.get()) != 1 || TS_RESP_CTX_add_md(context.get(), EVP_sha256()) != 1) {
    return failed();
  }
  TS_RESP_CTX_set_serial_cb(
      context.get(),
      [](TS_RESP_CTX*, void*) {
        ASN1_INTEGER* serial = ASN1_INTEGER_new();
        if (serial != nullptr) ASN1_INTEGER_set(serial, 1);
        return serial;
      },
      nullptr);
  TS_RESP_CTX_set_time_cb(
      context.get(),
      [](TS_RESP_CTX*, void* now, long* seconds, long* microseconds) {
        *seconds = static_cast<long>(*static_cast<const std::int64_t*>(now));
        *microseconds = 0;
        return 1;
      },
      &time);
  const std::unique_ptr<TS_RESP, Free<TS_RESP_free>> response(TS_RESP_create_response(context.get(), request.get()));
  unsigned char* der = nullptr;
  const int size = response ? i2d_TS_RESP(response.get(), &der) : 0;
  if (size <= 0) return failed();
  std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  ERR_clear_error();
  return out;
}

}  // namespace litopys
