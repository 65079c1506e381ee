#include "store/export.h"

#include <algorithm>

#include "base/utf8.h"

namespace litopys {

std::vector<std::string> take_out_credentials(std::string& block) {
  std::vector<std::string> out;
  const std::size_t head_end = block.find("\r\n\r\n");
  if (!block.starts_with("HTTP/") || head_end == std::string::npos) return out;
  static constexpr std::string_view kCredentials[] = {"set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authorization"};
  std::string kept;
  bool dropping = false;
  std::size_t at = 0;
  while (at < head_end + 2) {
    const std::size_t end = block.find("\r\n", at) + 2;
    const std::string_view line = std::string_view(block).substr(at, end - at);
    // A folded line belongs to the one before.
    if (at > 0 && !line.starts_with(' ') && !line.starts_with('\t')) {
      std::string name(line.substr(0, line.find(':')));
      while (name.ends_with(' ')) name.pop_back();
      const std::string folded = utf8::lowered(name);
      dropping = std::find(std::begin(kCredentials), std::end(kCredentials), folded) != std::end(kCredentials);
      if (dropping) out.push_back(name);
    }
    if (!dropping) kept += line;
    at = end;
  }
  if (!out.empty()) block.replace(0, head_end + 2, kept);
  return out;
}

std::string surt_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return utf8::lowered(url);
  const std::string_view rest = url.substr(scheme + 3);
  const std::size_t path = std::min(rest.find_first_of("/?#"), rest.size());
  std::string host = utf8::lowered(rest.substr(0, path));
  if (const std::size_t at = host.rfind('@'); at != std::string::npos) host.erase(0, at + 1);
  for (const char* port : {":80", ":443"}) {
    if (host.ends_with(port)) host.resize(host.size() - std::string_view(port).size());
  }
  if (host.starts_with("www.")) host.erase(0, 4);
  std::string out;
  while (!host.empty()) {
    const std::size_t dot = host.rfind('.');
    out += (out.empty() ? "" : ",") + host.substr(dot == std::string::npos ? 0 : dot + 1);
    host.resize(dot == std::string::npos ? 0 : dot);
  }
  out += ')';
  std::string tail =
      utf8::lowered(rest.substr(path, rest.find('#') == std::string_view::npos ? std::string_view::npos : rest.find('#') - path));
  if (tail.empty()) tail = "/";
  return out + tail;
}

}  // namespace litopys
