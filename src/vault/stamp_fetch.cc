#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/ssl.h>

#include <memory>

#include "vault/openssl_free.h"
#include "vault/stamp.h"

namespace litopys {
namespace {

void free_text(char* text) { OPENSSL_free(text); }
using Text = std::unique_ptr<char, Free<free_text>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

struct Tls {
  SSL_CTX* context;
  const char* host;
};

// OpenSSL's HTTP client asks for the TLS layer when it has connected. The certificate is that of the web server: a token proves itself, so
// that this guards against reading along, not against forgery.
BIO* add_tls(BIO* bio, void* argument, int connect, int detail) {
  const auto* tls = static_cast<const Tls*>(argument);
  if (connect == 0 || detail == 0) return bio;
  BIO* layer = BIO_new_ssl(tls->context, 1);
  SSL* ssl = nullptr;
  if (layer == nullptr || BIO_get_ssl(layer, &ssl) != 1 || ssl == nullptr) return nullptr;
  SSL_set_tlsext_host_name(ssl, tls->host);
  SSL_set1_host(ssl, tls->host);
  return BIO_push(layer, bio);
}

std::string connection_reason() {
  const unsigned long code = ERR_peek_error();
  const char* text = code != 0 ? ERR_reason_error_string(code) : nullptr;
  std::string out = text != nullptr ? text : "no answer";
  ERR_clear_error();
  return out;
}

}  // namespace

Result<std::string> fetch_stamp(const std::string& url, std::string_view query, unsigned seconds) {
  const auto failed = [&](std::string problem) {
    return fail(ErrorKind::kUnreadable, url, {}, std::move(problem),
                "the query is kept; carry it out with --request and bring the reply back with --import");
  };
  int use_tls = 0;
  char* host_text = nullptr;
  char* port_text = nullptr;
  char* path_text = nullptr;
  char* query_text = nullptr;
  ERR_clear_error();
  if (OSSL_HTTP_parse_url(url.c_str(), &use_tls, nullptr, &host_text, &port_text, nullptr, &path_text, &query_text, nullptr) != 1) {
    ERR_clear_error();
    return fail(ErrorKind::kUsage, url, {}, "is no address of the form http://host/path");
  }
  const Text host(host_text);
  const Text port(port_text);
  const Text path(path_text);
  const Text search(query_text);
  const std::string target = std::string(path.get()) + (search && *search != '\0' ? "?" + std::string(search.get()) : std::string());
  const std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context(SSL_CTX_new(TLS_client_method()));
  if (!context || SSL_CTX_set_default_verify_paths(context.get()) != 1) return failed("OpenSSL offers no TLS");
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  Tls tls{context.get(), host.get()};
  const Bio body(BIO_new_mem_buf(query.data(), static_cast<int>(query.size())));
  const Bio reply(OSSL_HTTP_transfer(nullptr, host.get(), port.get(), target.c_str(), use_tls, nullptr, nullptr, nullptr, nullptr,
                                     use_tls != 0 ? add_tls : nullptr, &tls, 0, nullptr, "application/timestamp-query", body.get(),
                                     "application/timestamp-reply", 1, kLargestReply, static_cast<int>(seconds), 0));
  if (!reply) return failed("no time-stamp came: " + connection_reason());
  std::string out;
  char chunk[4096];
  while (true) {
    const int got = BIO_read(reply.get(), chunk, sizeof chunk);
    if (got <= 0) break;
    out.append(chunk, static_cast<std::size_t>(got));
    if (out.size() > kLargestReply) return failed("the answer is larger than any time-stamp");
  }
  ERR_clear_error();
  return out;
}

}  // namespace litopys
