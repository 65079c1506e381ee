// Line by line: cut, fold, read each distinct form once; then sentences over all lines.
#include "text/analyser.h"

#include <algorithm>
#include <utility>

#include "text/forms.h"
#include "text/language.h"
#include "text/sentence.h"
#include "text/token.h"

namespace litopys {

struct TextAnalyser::Impl {
  SentenceSplitter splitter;

  void read(Form& form, Text& text) const {
    form.read = true;
    form.first_reading = static_cast<std::uint32_t>(text.readings.size());
    Reading reading;
    reading.lemma = form.lower;
    reading.guessed = true;
    text.readings.push_back(reading);
    form.reading_count = 1;
  }
};

namespace {

// Keys of a form and of its distinct lemmas.
void add_keys(Form& form, Text& text) {
  form.first_key = static_cast<std::uint32_t>(text.keys.size());
  text.keys.push_back(word_key(form.lower));
  for (std::uint16_t i = 0; i < form.reading_count; ++i) {
    const std::uint64_t key = word_key(text.readings[form.first_reading + i].lemma);
    if (std::find(text.keys.begin() + form.first_key, text.keys.end(), key) == text.keys.end()) text.keys.push_back(key);
  }
  form.key_count = static_cast<std::uint16_t>(text.keys.size() - form.first_key);
}

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

Result<TextAnalyser> TextAnalyser::load(const std::filesystem::path&, const Codebook& book) {
  auto impl = std::make_unique<Impl>();
  auto splitter = SentenceSplitter::make(book);
  if (!splitter) return tl::unexpected(splitter.error());
  impl->splitter = std::move(*splitter);
  TextAnalyser out;
  out.impl_ = std::move(impl);
  return out;
}

Text TextAnalyser::analyse(const Document& document) const {
  Text text;
  const std::vector<Line> lines = lines_of(document);
  text.language = document.language != Language::other ? document.language : detect_language(document.text, lines);
  text.tokens.reserve(document.text.size() / 6);
  FormTable forms(text);
  std::vector<RawToken> raw;
  std::vector<LineTokens> line_tokens;
  line_tokens.reserve(lines.size());
  for (std::size_t n = 0; n < lines.size(); ++n) {
    raw.clear();
    tokenise(document.text, lines[n].span, raw);
    line_tokens.push_back({static_cast<std::uint32_t>(n), static_cast<std::uint32_t>(text.tokens.size()),
                           static_cast<std::uint32_t>(raw.size()), lines[n].kind});
    for (const RawToken& cut : raw) {
      Token token;
      token.span = cut.span;
      token.kind = cut.kind;
      token.space_before = cut.space_before;
      const bool word = cut.kind == TokenKind::word;
      Form& form = forms.find(cut.span.of(document.text), word);
      if (!form.read) {
        form.read = true;
        if (word && impl_) impl_->read(form, text);
        add_keys(form, text);
      }
      token.lower = form.lower;
      token.capital = form.capital;
      token.all_caps = form.all_caps;
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
