// The frames of a sentence (mention/frames.h) put together. Two of them are either nested ("ISW says that Putin claimed": the inner voice
// is the originator, the outer hands it on) or side by side ("A says x; B says y": each has its own part of the sentence). What stands
// inside quotation marks is content. Fits news prose; where anything may be a verb of saying (verse, chat) it gives few frames.
#include "mention/attribution.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "mention/frames.h"
#include "mention/speech.h"
#include "text/lexicon.h"

namespace litopys {
namespace {

constexpr std::uint32_t kLongestSentence = 1500;  // words that are looked at; no report needs more, hostile text has them

constexpr std::string_view kKinds[] = {"reporting", "speaker", "speaker-side", "speech-word"};

bool outer_governs(const SpeechMarks& marks, const Frame& outer, const Frame& inner) {
  // "X said that Y claimed", "X: Y claims"; "X denies it: Y says ..." sets one beside the other
  if (outer.word.role != FrameRole::say) return false;
  for (std::uint32_t i = outer.word.last; i < inner.first; ++i) {
    if (marks.has(i, kThat | kColon)) return true;
  }
  return false;
}

bool has_separator(const Document& document, const Text& text, const Sentence& sentence, std::uint32_t a, std::uint32_t b) {
  const auto tokens = text.tokens_of(sentence);
  for (std::uint32_t i = a; i < b && i < tokens.size(); ++i) {
    if (tokens[i].span.of(document.text) == ";") return true;
  }
  return false;
}

}  // namespace

struct AttributionFinder::Impl {
  struct Rules {
    Lexicon lexicon;
  };
  std::array<std::optional<Rules>, 3> languages;
  std::vector<SpeechRow> rows;
  std::vector<std::string> ids;
};

AttributionFinder::AttributionFinder() = default;
AttributionFinder::~AttributionFinder() = default;
AttributionFinder::AttributionFinder(AttributionFinder&&) noexcept = default;
AttributionFinder& AttributionFinder::operator=(AttributionFinder&&) noexcept = default;

Result<AttributionFinder> AttributionFinder::make(const Codebook& book) {
  auto impl = std::make_unique<Impl>();
  impl->rows.resize(book.rows.size());
  impl->ids.resize(book.rows.size());
  for (std::size_t i = 0; i < book.rows.size(); ++i) {
    impl->rows[i] = speech_row(book.rows[i]).value_or(SpeechRow{});
    impl->ids[i] = book.rows[i].id;
  }
  for (Language language : kReadLanguages) {
    auto lexicon = Lexicon::compile(book, kKinds, language);
    if (!lexicon) return tl::unexpected(lexicon.error());
    impl->languages[static_cast<std::size_t>(language)].emplace(Impl::Rules{std::move(*lexicon)});
  }
  AttributionFinder finder;
  finder.impl_ = std::move(impl);
  return finder;
}

std::vector<Attribution> AttributionFinder::find(const Document& document, const Text& text, const Sentence& whole,
                                                 const std::vector<Actor>& actors) const {
  const auto index = static_cast<std::size_t>(text.language);
  if (!impl_ || index >= impl_->languages.size() || whole.token_count == 0) return {};
  Sentence sentence = whole;
  sentence.token_count = std::min(sentence.token_count, kLongestSentence);
  const std::vector<LexiconHit> hits = impl_->languages[index]->lexicon.find(text, sentence);
  SpeechMarks marks = mark_speech(document.text, text, sentence, actors, hits, impl_->rows);
  std::vector<Frame> frames = read_frames(document, text, sentence, marks);

  const auto tokens = text.tokens_of(sentence);
  const auto bytes = [&](std::uint32_t first, std::uint32_t last) { return Span{tokens[first].span.begin, tokens[last].span.end}; };
  const bool quotation = std::count_if(marks.marks.begin(), marks.marks.end(), [](std::uint32_t m) { return (m & kQuoted) != 0; }) * 2 >
                         static_cast<std::ptrdiff_t>(marks.marks.size());

  std::vector<Attribution> out;
  for (std::size_t k = 0; k < frames.size(); ++k) {
    const Frame& f = frames[k];
    Attribution a;
    const bool notice = f.speaker && marks.speakers[*f.speaker].notice;
    if (f.speaker && !notice) a.chain.push_back(marks.speakers[*f.speaker].actor);
    for (std::size_t relay : f.relays) {
      if (relay != f.speaker) a.chain.push_back(marks.speakers[relay].actor);
    }
    a.frame = bytes(f.first, f.last);
    a.row = f.word.row == kNoRow ? "label" : impl_->ids[f.word.row];
    if (f.back) a.row += kBackRow;
    if (f.word.role == FrameRole::silent) a.row += kSilentRow;
    if (notice) a.row += kNoticeRow;
    a.pronoun = f.pronoun;
    a.pronoun_of = f.pronoun_of;
    a.quotation = quotation;
    a.credence = f.word.credence;
    a.scope = whole.span;
    if (out.empty()) {
      out.push_back(std::move(a));
      continue;
    }
    // How does it stand to the frame before?
    const Frame& before = frames[k - 1];
    Attribution& last = out.back();
    const bool apart = has_separator(document, text, sentence, before.first, f.first);
    const bool by_before = before.word.role == FrameRole::by || before.word.role == FrameRole::cite;
    const bool known = f.speaker && (marks.speakers[*f.speaker].named || !marks.speakers[*f.speaker].actor.id.empty() ||
                                     marks.speakers[*f.speaker].actor.kind != ActorKind::nameless);
    const bool named_inner = f.speaker && f.word.role == FrameRole::say && !f.tail;
    const bool unnamed_before =
        before.speaker && !marks.speakers[*before.speaker].named && marks.speakers[*before.speaker].actor.id.empty();
    if (!apart && marks.has(f.first, kInserted)) {
      last.chain.insert(last.chain.end(), a.chain.begin(), a.chain.end());  // "(the agency wrote of it in October)"
    } else if (!apart && f.word.role == FrameRole::cite && f.speaker) {
      last.chain.insert(last.chain.begin(), a.chain.begin(), a.chain.end());
    } else if (!apart && f.tail && !a.chain.empty() && unnamed_before && out.size() == 1) {
      a.scope = whole.span;  // "residents say it is closed, the mayor reports": the report is the mayor's
      last = std::move(a);
    } else if (!apart && f.tail && !a.chain.empty() && !last.chain.empty()) {
      last.chain.insert(last.chain.end(), a.chain.begin(), a.chain.end());
    } else if (!apart && named_inner && by_before && !known && !last.chain.empty()) {
      // "according to the directorate, colleagues could inform on one another" is what the directorate reports
    } else if (!apart && named_inner && !last.chain.empty() && (by_before || outer_governs(marks, before, f))) {
      last.chain.insert(last.chain.begin(), a.chain.begin(), a.chain.end());
      if (a.credence != Credence::plain) last.credence = a.credence;
    } else if (f.tail && a.pronoun && !last.chain.empty()) {
      // "..., he said" after a named voice adds nothing
    } else if (last.chain.empty() && last.pronoun && a.chain.empty() && a.pronoun) {
      // two pronouns, one voice
    } else if (f.word.role == FrameRole::hearsay && !last.chain.empty()) {
      // what an attributed voice has heard is still its report
    } else {
      const std::uint32_t cut = f.first;
      last.scope.end = std::max(last.scope.begin, tokens[cut].span.begin);
      last.whole_sentence = false;
      a.scope.begin = tokens[cut].span.begin;
      a.whole_sentence = false;
      out.push_back(std::move(a));
    }
  }
  return out;
}

}  // namespace litopys
