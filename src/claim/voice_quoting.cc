// Marks open and close; a straight one does what its place says. An open mark that nothing closes for twelve sentences was a slip.
#include "claim/voice_quoting.h"

#include <string_view>

namespace litopys {
namespace {

constexpr std::uint32_t kRunningQuotation = 12;  // sentences after which an open mark is taken for a slip

}  // namespace

std::vector<Quoting> quotings(const Document& document, const Text& text) {
  std::vector<Quoting> out(text.sentences.size());
  bool open = false;
  std::uint32_t since = 0;
  for (std::uint32_t i = 0; i < text.sentences.size(); ++i) {
    Quoting& q = out[i];
    const auto tokens = text.tokens_of(text.sentences[i]);
    if (open && (i - since > kRunningQuotation || text.sentences[i].heading)) open = false;
    q.open_before = open;
    q.starts = open;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
      const Token& t = tokens[k];
      if (t.kind != TokenKind::punctuation) continue;
      const std::string_view s = t.span.of(document.text);
      bool opening = s == "«" || s == "„" || (s == "“" && !open) || (s == "\"" && !open);
      bool closing = s == "»" || s == "”" || (s == "“" && open) || (s == "\"" && open);
      if (s == "\"" && !open && k > 0 && !t.space_before && tokens[k - 1].kind != TokenKind::punctuation) {
        opening = false;  // leans on the word before: closes what began earlier
        closing = true;
      }
      if (opening) {
        if (k <= 1) q.starts = true;
        open = true;
        since = i;
      } else if (closing) {
        open = false;
      }
    }
    q.open_after = open;
  }
  return out;
}

}  // namespace litopys
