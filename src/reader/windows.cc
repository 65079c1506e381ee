// Runs of sentences around what is wanted, packed until a window is full; a run's next window begins with the sentence before.
#include "reader/windows.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kAround = 2, kContext = 1;
constexpr std::string_view kWindowBlank = "\u2581";  // begins a word's first piece

class Packer {
 public:
  Packer(const Document& document, const Text& text, const Encoder& encoder)
      : document_(document), text_(text), encoder_(encoder), most_(std::min(kWindowTokens, encoder.head().positions)) {
    for (std::uint32_t i = 0; i < text.sentences.size(); ++i) {
      if (text.sentences[i].junk) continue;
      if (!has_title_ && is_title(document, text.sentences[i])) {
        has_title_ = true;
        title_ = i;
      }
      sentences_.push_back(i);
    }
  }

  std::vector<Window> pack(const std::vector<bool>& wanted) {
    std::vector<Window> out;
    const std::size_t n = sentences_.size();
    for (std::size_t p = 0; p < n; ++p) {
      if (!wanted[sentences_[p]]) continue;
      const std::size_t begin = std::max(p < kAround ? 0 : p - kAround, done_);
      std::size_t end = std::min(n, p + kAround + 1);
      for (std::size_t q = p; q < end; ++q) {
        if (wanted[sentences_[q]]) end = std::min(n, q + kAround + 1);
      }
      run(begin, end, wanted, out);
      done_ = end;
      p = end - 1;
    }
    return out;
  }

 private:
  void run(std::size_t first, std::size_t end, const std::vector<bool>& wanted, std::vector<Window>& out) {
    for (std::size_t start = first; start < end;) {
      const std::size_t begin = start == first ? start : start - kContext;
      std::size_t size = title_tokens().size() + 2, stop = start;
      for (std::size_t p = begin; p < start; ++p) size += tokens_of(p).size() + 1;
      for (; stop < end; ++stop) {
        const std::size_t more = tokens_of(stop).size() + 1;
        if (stop > start && size + more > most_) break;
        size += more;
      }
      Window w = window(begin, start, stop, wanted);
      if (!w.judged.empty()) out.push_back(std::move(w));
      start = stop;
    }
  }

  // Sentences [begin, stop) of sentences_, of which those from `start` on are judged.
  Window window(std::size_t begin, std::size_t start, std::size_t stop, const std::vector<bool>& wanted) {
    Window w;
    w.tokens.push_back(encoder_.begin_token());
    w.words.emplace_back();
    bool title = has_title_;
    for (std::size_t p = begin; p < stop; ++p) title = title && !is_title(document_, text_.sentences[sentences_[p]]);
    if (title) add(title_, title_tokens(), w);
    for (std::size_t p = begin; p < stop; ++p) {
      const auto mark = static_cast<std::uint32_t>(w.tokens.size());
      w.marks.push_back(mark);
      w.tokens.push_back(encoder_.mark_token());
      w.words.emplace_back();
      add(sentences_[p], tokens_of(p), w);
      if (p >= start && wanted[sentences_[p]]) {
        w.judged.push_back({sentences_[p], mark, mark + 1, static_cast<std::uint32_t>(w.tokens.size())});
      }
    }
    w.tokens.push_back(encoder_.mark_token());
    w.words.emplace_back();
    return w;
  }

  // The tokens of a sentence, each with the word that it lies in: a piece that begins with a blank begins the next word.
  void add(std::uint32_t sentence, const std::vector<std::uint32_t>& own, Window& w) {
    const std::vector<Span>& words = words_of(sentence);
    std::size_t n = 0;
    bool begun = false;
    for (const std::uint32_t token : own) {
      const bool begins = token < encoder_.tokenizer().pieces() && encoder_.tokenizer().piece(token).starts_with(kWindowBlank);
      if (begins && begun) ++n;
      begun = true;
      w.tokens.push_back(token);
      w.words.push_back(n < words.size() ? words[n] : Span{});
    }
  }

  // What white space parts.
  const std::vector<Span>& words_of(std::uint32_t sentence) {
    const auto [at, fresh] = words_.try_emplace(sentence);
    if (!fresh) return at->second;
    const Span span = text_.sentences[sentence].span;
    const std::string_view text = span.of(document_.text);
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i < text.size();) {
      const auto got = utf8::decode(text, i);
      const std::uint32_t size = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(got.size));
      if (utf8::is_space(got.value)) {
        if (begin < i) at->second.push_back({span.begin + begin, span.begin + i});
        begin = i + size;
      }
      i += size;
    }
    if (begin < text.size()) at->second.push_back({span.begin + begin, span.end});
    return at->second;
  }

  std::vector<std::uint32_t> cut(std::uint32_t sentence, std::size_t most) const {
    const Span span = text_.sentences[sentence].span;
    std::vector<std::uint32_t> out =
        encoder_.tokenizer().cut(std::string_view(document_.text).substr(span.begin, span.size()), std::min(most, most_ / 2 - 4));
    for (std::uint32_t& t : out) {
      if (t == encoder_.tokenizer().unknown()) t = encoder_.unknown_token();
    }
    return out;
  }
  const std::vector<std::uint32_t>& tokens_of(std::size_t position) {
    const auto [at, fresh] = tokens_.try_emplace(position);
    if (fresh) at->second = cut(sentences_[position], kSentenceTokens);
    return at->second;
  }
  const std::vector<std::uint32_t>& title_tokens() {
    if (has_title_ && title_cut_.empty()) title_cut_ = cut(title_, std::min(kTitleTokens, most_ / 4));
    return title_cut_;
  }

  const Document& document_;
  const Text& text_;
  const Encoder& encoder_;
  std::size_t most_;
  std::vector<std::uint32_t> sentences_;  // that are no junk
  std::size_t done_ = 0;
  bool has_title_ = false;
  std::uint32_t title_ = 0;
  std::vector<std::uint32_t> title_cut_;
  std::map<std::size_t, std::vector<std::uint32_t>> tokens_;
  std::map<std::uint32_t, std::vector<Span>> words_;  // of the sentences
};

}  // namespace

std::vector<Window> windows_of(const Document& document, const Text& text, const std::vector<bool>& wanted, const Encoder& encoder) {
  return Packer(document, text, encoder).pack(wanted);
}

}  // namespace litopys
