// Digests as archives state them.
//
//   check_digest("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "abc") == DigestVerdict::right
#pragma once

#include <string_view>

namespace litopys {

// What a digest field says of bytes: "sha1:…", "sha256:…" (also sha384, sha512, md5), in base32 or hex. Judged for the whole of `bytes`.
enum class DigestVerdict : unsigned char { none, right, wrong, unknown };  // none: no digest stated; unknown: algorithm or form
[[nodiscard]] DigestVerdict check_digest(std::string_view stated, std::string_view bytes);

}  // namespace litopys
