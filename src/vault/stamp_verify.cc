// OpenSSL's TS functions do the work; three things are done here that they leave to the caller: the chain is judged at the token's own time
// (openssl -attime compares with nothing), the message is hashed, and revocation is looked up at that time.
#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <memory>

#include "vault/stamp.h"

#include "vault/openssl_free.h"

namespace litopys {
namespace {

constexpr std::size_t kMostCertificates = 64;

void free_certificates(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }
using Request = std::unique_ptr<TS_REQ, Free<TS_REQ_free>>;
using Response = std::unique_ptr<TS_RESP, Free<TS_RESP_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Certificates = std::unique_ptr<STACK_OF(X509), Free<free_certificates>>;
using Store = std::unique_ptr<X509_STORE, Free<X509_STORE_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;

tl::unexpected<Error> refuse_token(std::string problem) { return fail(ErrorKind::kMalformed, "time-stamp", {}, std::move(problem)); }

// The oldest thing that OpenSSL has to say since the last look; it tells the cause, later ones the consequence.
std::string openssl_reason() {
  const char* data = nullptr;
  int flags = 0;
  const unsigned long code = ERR_peek_error_all(nullptr, nullptr, nullptr, &data, &flags);
  std::string out = code != 0 && ERR_reason_error_string(code) != nullptr ? ERR_reason_error_string(code) : "of an unknown kind";
  if (data != nullptr && (flags & ERR_TXT_STRING) != 0 && *data != '\0') out.append(" (").append(data).append(")");
  ERR_clear_error();
  return out;
}

// A DER value that fills all of `der`.
template <class T, auto decode, auto free>
std::unique_ptr<T, Free<free>> whole_der(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  std::unique_ptr<T, Free<free>> out(decode(nullptr, &at, static_cast<long>(der.size())));
  if (out && at != reinterpret_cast<const unsigned char*>(der.data()) + der.size()) out.reset();
  ERR_clear_error();
  return out;
}

std::optional<MerkleHash> imprint_of(TS_MSG_IMPRINT* imprint) {
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const ASN1_OCTET_STRING* bytes = TS_MSG_IMPRINT_get_msg(imprint);
  MerkleHash out{};
  if (OBJ_obj2nid(algorithm) != NID_sha256 || ASN1_STRING_length(bytes) != static_cast<int>(out.size())) return std::nullopt;
  std::copy_n(ASN1_STRING_get0_data(bytes), out.size(), out.begin());
  return out;
}

std::string hex_of_integer(const ASN1_INTEGER* integer) {
  const Number number(integer != nullptr ? ASN1_INTEGER_to_BN(integer, nullptr) : nullptr);
  if (!number) return {};
  char* hex = BN_bn2hex(number.get());
  std::string out = hex != nullptr ? hex : "";
  OPENSSL_free(hex);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::optional<std::int64_t> seconds_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return static_cast<std::int64_t>(timegm(&parts));
}

std::string iso_of(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char out[32];
  return {out, std::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string name_of_subject(const X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(bio.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(std::max(0L, size))};
}

Result<Certificates> certificates_of(const std::string& pem, const char* what) {
  Certificates out(sk_X509_new_null());
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  while (X509* each = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    if (sk_X509_num(out.get()) == static_cast<int>(kMostCertificates)) {
      X509_free(each);
      return refuse_token(std::string("there are more than 64 ") + what);
    }
    sk_X509_push(out.get(), each);
  }
  const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!ended) return refuse_token(std::string("the ") + what + " are no PEM certificates");
  return out;
}

// The status of a reply in words; nothing where it is granted (RFC 3161, 2.4.2).
std::optional<std::string> refusal_of(TS_RESP* response) {
  TS_STATUS_INFO* info = TS_RESP_get_status_info(response);
  const long status = info != nullptr ? ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info)) : -1;
  if (status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS) return std::nullopt;
  std::string out = "the authority refused, with status " + std::to_string(status);
  const STACK_OF(ASN1_UTF8STRING)* texts = info != nullptr ? TS_STATUS_INFO_get0_text(info) : nullptr;
  for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts); ++i) {
    const ASN1_UTF8STRING* text = sk_ASN1_UTF8STRING_value(texts, i);
    out.append(": ").append(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), static_cast<std::size_t>(ASN1_STRING_length(text)));
  }
  return out;
}

Store store_at(std::int64_t time, STACK_OF(X509) * roots) {
  Store out(X509_STORE_new());
  for (int i = 0; out && i < sk_X509_num(roots); ++i) X509_STORE_add_cert(out.get(), sk_X509_value(roots, i));
  if (out) X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(out.get()), static_cast<std::time_t>(time));
  return out;
}

// Whether the lists speak of the signer's issuer, and say that it was revoked then.
Result<void> not_revoked(X509* signer, X509* issuer, std::int64_t time, const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  bool spoken_of = false;
  while (X509_CRL* each = PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr)) {
    const std::unique_ptr<X509_CRL, Free<X509_CRL_free>> list(each);
    if (X509_NAME_cmp(X509_CRL_get_issuer(each), X509_get_issuer_name(signer)) != 0) continue;
    if (X509_CRL_verify(each, X509_get0_pubkey(issuer)) != 1) return refuse_token("a revocation list has a signature that does not hold");
    spoken_of = true;
    X509_REVOKED* revoked = nullptr;
    if (X509_CRL_get0_by_cert(each, &revoked, signer) != 1) continue;
    const std::optional<std::int64_t> since = seconds_of(X509_REVOKED_get0_revocationDate(revoked));
    int critical = 0;
    const std::unique_ptr<ASN1_ENUMERATED, Free<ASN1_ENUMERATED_free>> reason(
        static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(revoked, NID_crl_reason, &critical, nullptr)));
    const bool compromised = !reason || ASN1_ENUMERATED_get(reason.get()) == CRL_REASON_KEY_COMPROMISE ||
                             ASN1_ENUMERATED_get(reason.get()) == CRL_REASON_CA_COMPROMISE;
    // RFC 3161, 4: a token stays good if the certificate was revoked later for a reason that is not the key's.
    if (compromised || !since || *since <= time) {
      return refuse_token("the signer's certificate is revoked" + (since ? " since " + iso_of(*since) : std::string()));
    }
  }
  ERR_clear_error();
  if (!spoken_of) return refuse_token("no revocation list is of the signer's issuer");
  return {};
}

}  // namespace

Result<std::string> make_stamp_query(std::string_view message) {
  const auto failed = [] { return fail(ErrorKind::kCasebook, "time-stamp", {}, "OpenSSL cannot make a query"); };
  const MerkleHash imprint = sha256_of(message);
  const Request request(TS_REQ_new());
  const std::unique_ptr<TS_MSG_IMPRINT, Free<TS_MSG_IMPRINT_free>> text(TS_MSG_IMPRINT_new());
  const std::unique_ptr<X509_ALGOR, Free<X509_ALGOR_free>> algorithm(X509_ALGOR_new());
  const Number random(BN_new());
  if (!request || !text || !algorithm || !random) return failed();
  // 64 bits, the first of them set, so that the number has always the same length.
  if (BN_priv_rand(random.get(), 64, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) != 1) return failed();
  const std::unique_ptr<ASN1_INTEGER, Free<ASN1_INTEGER_free>> nonce(BN_to_ASN1_INTEGER(random.get(), nullptr));
  if (!nonce || X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) != 1 ||
      TS_MSG_IMPRINT_set_algo(text.get(), algorithm.get()) != 1 ||
      TS_MSG_IMPRINT_set_msg(text.get(), const_cast<unsigned char*>(imprint.data()), static_cast<int>(imprint.size())) != 1 ||
      TS_REQ_set_version(request.get(), 1) != 1 || TS_REQ_set_msg_imprint(request.get(), text.get()) != 1 ||
      TS_REQ_set_nonce(request.get(), nonce.get()) != 1 || TS_REQ_set_cert_req(request.get(), 1) != 1) {
    return failed();
  }
  unsigned char* der = nullptr;
  const int size = i2d_TS_REQ(request.get(), &der);
  if (size <= 0) return failed();
  std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

Result<StampQuery> parse_stamp_query(std::string_view der) {
  const auto request = whole_der<TS_REQ, d2i_TS_REQ, TS_REQ_free>(der);
  if (!request) return refuse_token("is no query of RFC 3161");
  const std::optional<MerkleHash> imprint = imprint_of(TS_REQ_get_msg_imprint(request.get()));
  if (!imprint) return refuse_token("the query is not about a SHA-256");
  return StampQuery{*imprint, hex_of_integer(TS_REQ_get_nonce(request.get()))};
}

Result<StampQuery> parse_stamp_reply(std::string_view der) {
  if (der.size() > kLargestReply) return refuse_token("is larger than any reply");
  const auto response = whole_der<TS_RESP, d2i_TS_RESP, TS_RESP_free>(der);
  if (!response) return refuse_token("is no reply of RFC 3161");
  if (std::optional<std::string> refusal = refusal_of(response.get())) return refuse_token(*std::move(refusal));
  TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
  if (info == nullptr) return refuse_token("the reply has no token");
  const std::optional<MerkleHash> imprint = imprint_of(TS_TST_INFO_get_msg_imprint(info));
  if (!imprint) return refuse_token("the token is not about a SHA-256");
  return StampQuery{*imprint, hex_of_integer(TS_TST_INFO_get_nonce(info))};
}

Result<StampTime> verify_stamp(std::string_view query, std::string_view reply, std::string_view message, const StampTrust& trust) {
  ERR_clear_error();
  const Result<StampQuery> said = parse_stamp_reply(reply);
  if (!said) return tl::unexpected<Error>(said.error());
  if (said->imprint != sha256_of(message)) return refuse_token("the token is about something else: its imprint is not the SHA-256 of this");
  const auto response = whole_der<TS_RESP, d2i_TS_RESP, TS_RESP_free>(reply);
  TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
  const std::optional<std::int64_t> time = seconds_of(TS_TST_INFO_get_time(info));
  if (!time) return refuse_token("the token's time cannot be read");

  Result<Certificates> roots = certificates_of(trust.roots, "roots");
  if (!roots) return tl::unexpected<Error>(roots.error());
  if (sk_X509_num(roots->get()) == 0) return refuse_token("no root is given that the authority could be judged by");
  Result<Certificates> between = certificates_of(trust.intermediates, "intermediates");
  if (!between) return tl::unexpected<Error>(between.error());

  const std::unique_ptr<TS_VERIFY_CTX, Free<TS_VERIFY_CTX_free>> context(TS_VERIFY_CTX_new());
  if (!context) return refuse_token("OpenSSL cannot verify");
  if (query.empty()) {
    const MerkleHash imprint = sha256_of(message);
    auto* copy = static_cast<unsigned char*>(OPENSSL_malloc(imprint.size()));
    if (copy == nullptr) return refuse_token("OpenSSL cannot verify");
    std::copy(imprint.begin(), imprint.end(), copy);
    TS_VERIFY_CTX_set_imprint(context.get(), copy, static_cast<long>(imprint.size()));
    TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_IMPRINT);
  } else {
    const auto request = whole_der<TS_REQ, d2i_TS_REQ, TS_REQ_free>(query);
    if (!request || TS_REQ_to_TS_VERIFY_CTX(request.get(), context.get()) == nullptr) return refuse_token("the query cannot be read");
  }
  TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(), store_at(*time, roots->get()).release());
  TS_VERIFY_CTX_set_certs(context.get(), X509_chain_up_ref(between->get()));
  ERR_clear_error();
  if (TS_RESP_verify_response(context.get(), response.get()) != 1) return refuse_token("the reply does not verify: " + openssl_reason());

  // The chain once more, for its dates and its issuer.
  PKCS7* token = TS_RESP_get_token(response.get());
  const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> signers(PKCS7_get0_signers(token, between->get(), 0),
                                                                           [](STACK_OF(X509) * each) { sk_X509_free(each); });
  if (!signers || sk_X509_num(signers.get()) != 1) return refuse_token("the token has not exactly one signer");
  X509* signer = sk_X509_value(signers.get(), 0);
  const Certificates untrusted(X509_chain_up_ref(between->get()));
  if (const STACK_OF(X509)* own = PKCS7_type_is_signed(token) ? token->d.sign->cert : nullptr) {
    for (int i = 0; i < sk_X509_num(own); ++i) X509_add_cert(untrusted.get(), sk_X509_value(own, i), X509_ADD_FLAG_UP_REF);
  }
  const Store store = store_at(*time, roots->get());
  const std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX_free>> walk(X509_STORE_CTX_new());
  if (!store || !walk || X509_STORE_CTX_init(walk.get(), store.get(), signer, untrusted.get()) != 1 ||
      X509_STORE_CTX_set_purpose(walk.get(), X509_PURPOSE_TIMESTAMP_SIGN) != 1 || X509_verify_cert(walk.get()) != 1) {
    return refuse_token("the chain does not lead to a root: " + openssl_reason());
  }
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(walk.get());

  StampTime out;
  out.time = *time;
  out.iso = iso_of(*time);
  char policy[128] = "";
  OBJ_obj2txt(policy, sizeof policy, TS_TST_INFO_get_policy_id(info), 1);
  out.policy = policy;
  out.serial = hex_of_integer(TS_TST_INFO_get_serial(info));
  out.authority = name_of_subject(signer);
  out.signer_expires = seconds_of(X509_get0_notAfter(signer)).value_or(0);
  out.chain_expires = out.signer_expires;
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    out.chain_expires = std::min(out.chain_expires, seconds_of(X509_get0_notAfter(sk_X509_value(chain, i))).value_or(0));
  }
  if (!trust.crls.empty()) {
    X509* issuer = sk_X509_value(chain, std::min(1, sk_X509_num(chain) - 1));
    if (Result<void> good = not_revoked(signer, issuer, *time, trust.crls); !good) return tl::unexpected<Error>(good.error());
  }
  ERR_clear_error();
  return out;
}

}  // namespace litopys
