// Line by line: cut, fold, read each distinct form once; then sentences over all lines.
#include "text/analyser.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "text/forms.h"
#include "text/language.h"
#include "text/sentence.h"
#include "text/token.h"
#include "text/words.h"

namespace litopys {

struct TextAnalyser::Impl {
  SentenceSplitter splitter;
  WordReader words;
};

namespace {

constexpr std::size_t kUntold = 4096;  // bytes without a telling letter: no longer text of ours has so many

// Keys of a form and of its distinct lemmas.
void add_keys(Form& form, Text& text) {
  form.first_key = static_cast<std::uint32_t>(text.keys.size());
  text.keys.push_back(word_key(form.lower));
  std::string_view seen = form.lower;
  for (std::uint16_t i = 0; i < form.reading_count; ++i) {
    const std::string_view lemma = text.readings[form.first_reading + i].lemma;
    if (same_bytes(lemma, seen)) continue;
    seen = lemma;
    const std::uint64_t key = word_key(lemma);
    if (std::find(text.keys.begin() + form.first_key, text.keys.end(), key) == text.keys.end()) text.keys.push_back(key);
  }
  form.key_count = static_cast<std::uint16_t>(text.keys.size() - form.first_key);
}

bool begins_with_capital(std::string_view bytes) { return utf8::is_upper(utf8::decode(bytes, 0).value); }

std::vector<Line> lines_of(const Document& document) {
  if (!document.lines.empty()) return document.lines;
  std::vector<Line> lines;
  const std::string_view text = document.text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back({{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, LineKind::article, {}});
    at = end + 1;
  }
  return lines;
}

}  // namespace

TextAnalyser::TextAnalyser() = default;
TextAnalyser::~TextAnalyser() = default;
TextAnalyser::TextAnalyser(TextAnalyser&&) noexcept = default;
TextAnalyser& TextAnalyser::operator=(TextAnalyser&&) noexcept = default;

Result<TextAnalyser> TextAnalyser::load(const std::filesystem::path& morphology_dir, const Codebook& book) {
  auto impl = std::make_unique<Impl>();
  auto splitter = SentenceSplitter::make(book);
  if (!splitter) return tl::unexpected(splitter.error());
  impl->splitter = std::move(*splitter);
  auto words = WordReader::load(morphology_dir);
  if (!words) return tl::unexpected(words.error());
  impl->words = std::move(*words);
  TextAnalyser out;
  out.impl_ = std::move(impl);
  return out;
}

Language TextAnalyser::language_of(const Document& document) const {
  const Language by_letters = detect_language(document.text, document.lines);
  if (!impl_ || (by_letters != Language::uk && by_letters != Language::ru)) return by_letters;
  std::ptrdiff_t ukrainian = 0;  // words of that language alone, less those of Russian alone
  std::vector<RawToken> raw;
  std::vector<Analysis> scratch;
  Folded folded;
  std::size_t looked = 0;
  for (const Line& line : lines_of(document)) {
    if (line.kind == LineKind::junk) continue;
    const std::string_view words = line.span.of(document.text);
    if (letters_tell(words)) return by_letters;
    looked += words.size();
    if (looked > kUntold) break;
    raw.clear();
    tokenise(document.text, line.span, raw);
    for (const RawToken& token : raw) {
      if (token.kind != TokenKind::word) continue;
      fold(token.span.of(document.text), folded);
      ukrainian += impl_->words.has(Language::uk, folded.lower, scratch) ? 1 : 0;
      ukrainian -= impl_->words.has(Language::ru, folded.lower, scratch) ? 1 : 0;
    }
  }
  return ukrainian == 0 ? by_letters : ukrainian > 0 ? Language::uk : Language::ru;
}

Text TextAnalyser::analyse(const Document& document) const {
  Text text;
  const std::vector<Line> lines = lines_of(document);
  text.language = document.language != Language::other ? document.language : language_of(document);
  text.tokens.reserve(document.text.size() / 6);
  FormTable forms(text);
  std::vector<RawToken> raw;
  std::vector<Analysis> scratch;
  std::vector<LineTokens> line_tokens;
  line_tokens.reserve(lines.size());
  for (std::size_t n = 0; n < lines.size(); ++n) {
    raw.clear();
    tokenise(document.text, lines[n].span, raw);
    line_tokens.push_back({static_cast<std::uint32_t>(n), static_cast<std::uint32_t>(text.tokens.size()),
                           static_cast<std::uint32_t>(raw.size()), lines[n].kind});
    bool fresh = true;  // a capital here says nothing
    for (const RawToken& cut : raw) {
      Token token;
      token.span = cut.span;
      token.kind = cut.kind;
      token.space_before = cut.space_before;
      const std::string_view bytes = cut.span.of(document.text);
      const bool word = cut.kind == TokenKind::word;
      const bool name = word && !fresh && begins_with_capital(bytes);
      Form& form = forms.find(bytes, word ? name ? 2 : 1 : 0);
      if (!form.read) {
        form.read = true;
        if (word && impl_) impl_->words.read(text.language, name && !form.all_caps, form, text, scratch);
        add_keys(form, text);
      }
      fresh =
          word || cut.kind == TokenKind::number ? false : cut.kind == TokenKind::symbol || (bytes != "," && bytes != "-" && bytes != ")");
      token.lower = form.lower;
      token.capital = form.capital;
      token.all_caps = form.all_caps;
      token.letters = form.letters;
      token.first_reading = form.first_reading;
      token.reading_count = form.reading_count;
      token.first_key = form.first_key;
      token.key_count = form.key_count;
      text.tokens.push_back(token);
    }
  }
  if (impl_) impl_->splitter.split(document.text, line_tokens, text);
  return text;
}

}  // namespace litopys
