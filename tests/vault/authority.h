// A time-stamping authority of a test's own, run by `openssl ca` and `openssl ts`: a root of 2019 to 2039, a signer of 2025 to 2035
// ("now"), one that ended in 2021 ("old"), and one that answers SHA-512 alone ("narrow").
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "temporary_folder.h"

namespace litopys::testing {

inline bool has_program(const std::string& name) { return std::system(("command -v " + name + " > /dev/null 2>&1").c_str()) == 0; }

class Authority {
 public:
  Authority() {
    const std::string dir = folder_.path().string();
    folder_.write("serial", "1000\n");
    folder_.write("tsserial", "01\n");
    folder_.write("crlnumber", "01\n");
    folder_.write("index.txt", "");
    folder_.write("req.cnf", "[req]\ndistinguished_name=d\nprompt=no\n[d]\nCN=placeholder\n");
    folder_.write("ca.cnf",
                  "[ca]\ndefault_ca=c\n[c]\nnew_certs_dir=" + dir + "\ndatabase=" + dir + "/index.txt\nserial=" + dir +
                      "/serial\ncrlnumber=" + dir +
                      "/crlnumber\ndefault_md=sha256\npolicy=p\nunique_subject=no\ndefault_crl_days=3650\n[p]\ncommonName=supplied\n"
                      "[root]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n"
                      "[signer]\nbasicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n"
                      "extendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n");
    run("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config req.cnf -keyout ca.key -out ca.csr -subj '/CN=Root'");
    run("openssl ca -batch -notext -config ca.cnf -selfsign -keyfile ca.key -in ca.csr -out ca.pem -extensions root "
        "-startdate 20190101000000Z -enddate 20390101000000Z");
    make_signer("now", "20250101000000Z", "20350101000000Z", "sha256,sha384,sha512");
    make_signer("old", "20200101000000Z", "20210101000000Z", "sha256");
    make_signer("narrow", "20250101000000Z", "20350101000000Z", "sha512");
  }

  [[nodiscard]] std::string roots() const { return read_whole(folder_ / "ca.pem"); }
  [[nodiscard]] std::string roots_path() const { return (folder_ / "ca.pem").string(); }
  [[nodiscard]] std::string path() const { return folder_.path().string(); }

  // The whole reply to a query; `at` sets the clock, "2020-06-01 00:00:00" (needs faketime).
  [[nodiscard]] std::string answer(std::string_view query, const std::string& signer = "now", const std::string& at = {}) {
    folder_.write("q.tsq", query);
    const std::string clock = at.empty() ? "" : "faketime '" + at + "' ";
    run(clock + "openssl ts -reply -config " + signer + ".cnf -queryfile q.tsq -out r.tsr");
    return read_whole(folder_ / "r.tsr");
  }

  void revoke(const std::string& signer, const std::string& reason) {
    run("openssl ca -config ca.cnf -keyfile ca.key -cert ca.pem -revoke " + signer + ".pem -crl_reason " + reason);
  }
  [[nodiscard]] std::string revocations() {
    run("openssl ca -config ca.cnf -keyfile ca.key -cert ca.pem -gencrl -out crl.pem");
    return read_whole(folder_ / "crl.pem");
  }

 private:
  void run(const std::string& command) {
    const int status = std::system(("cd '" + folder_.path().string() + "' && " + command + " > out.txt 2>&1").c_str());
    EXPECT_EQ(status, 0) << command << '\n' << read_whole(folder_ / "out.txt");
  }
  void make_signer(const std::string& name, const std::string& from, const std::string& to, const std::string& digests) {
    const std::string dir = folder_.path().string();
    folder_.write(name + ".cnf", "[tsa]\ndefault_tsa=t\n[t]\nserial=" + dir + "/tsserial\nsigner_cert=" + dir + "/" + name +
                                     ".pem\nsigner_key=" + dir + "/" + name +
                                     ".key\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=" + digests +
                                     "\naccuracy=secs:1\nordering=yes\ntsa_name=yes\ness_cert_id_alg=sha256\n");
    // One kind of key that authorities have, and one that is made quickly.
    const std::string kind = name == "now" ? "rsa:2048" : "ec -pkeyopt ec_paramgen_curve:P-256";
    run("openssl req -new -newkey " + kind + " -nodes -config req.cnf -keyout " + name + ".key -out " + name + ".csr -subj '/CN=" + name +
        "'");
    run("openssl ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca.key -in " + name + ".csr -out " + name +
        ".pem -extensions signer -startdate " + from + " -enddate " + to);
  }

  TemporaryFolder folder_;
};

}  // namespace litopys::testing
