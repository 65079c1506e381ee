#include "mention/speech_marks.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace litopys {
namespace {

constexpr std::pair<std::string_view, FrameRole> kRoles[] = {{"say", FrameRole::say},
                                                             {"weak", FrameRole::weak},
                                                             {"judge", FrameRole::judge},
                                                             {"by", FrameRole::by},
                                                             {"by-pronoun", FrameRole::by_pronoun},
                                                             {"by-after", FrameRole::by_after},
                                                             {"cite", FrameRole::cite},
                                                             {"relay", FrameRole::relay},
                                                             {"back", FrameRole::back},
                                                             {"document", FrameRole::document},
                                                             {"hearsay", FrameRole::hearsay},
                                                             {"silent", FrameRole::silent}};

constexpr std::pair<std::string_view, std::uint32_t> kMarks[] = {{"pronoun", kPronoun},         {"he", kPronoun | kHe},
                                                                 {"it", kPronoun | kIt},        {"be", kBe | kAside},
                                                                 {"in", kPreposition | kIn},    {"not-speaker", kNotSpeaker},
                                                                 {"relative", kRelative},       {"that", kThat},
                                                                 {"determiner", kDeterminer},   {"aside", kAside},
                                                                 {"preposition", kPreposition}, {"clause", kClause},
                                                                 {"name-link", kNameLink},      {"first-person", kFirstPerson}};

constexpr std::pair<std::string_view, ActorKind> kActorKinds[] = {{"person", ActorKind::person},
                                                                  {"body", ActorKind::body},
                                                                  {"outlet", ActorKind::outlet},
                                                                  {"office", ActorKind::office},
                                                                  {"nameless", ActorKind::nameless}};

template <class T, std::size_t N>
T value_of(const std::pair<std::string_view, T> (&table)[N], std::string_view key, T otherwise) {
  for (const auto& [name, value] : table) {
    if (name == key) return value;
  }
  return otherwise;
}

bool is_verb_role(FrameRole role) { return role == FrameRole::say || role == FrameRole::weak || role == FrameRole::judge; }

bool opens(std::string_view s) { return s == "«" || s == "“" || s == "„"; }
bool closes(std::string_view s) { return s == "»" || s == "”"; }

class WordMarker {
 public:
  WordMarker(std::string_view document_text, const Text& text, const Sentence& sentence, const std::vector<LexiconHit>& hits,
             const std::vector<SpeechRow>& rows)
      : document_(document_text), text_(text), tokens_(text.tokens_of(sentence)), base_(sentence.first_token), hits_(hits), rows_(rows) {
    out_.marks.assign(tokens_.size(), 0);
  }

  SpeechMarks run() {
    mark_punctuation();
    mark_brackets();
    mark_quotations();
    mark_rows();
    free_inserted_frames();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view word(std::uint32_t i) const { return tokens_[i].span.of(document_); }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(tokens_.size()); }

  void mark_punctuation() {
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (tokens_[i].kind != TokenKind::punctuation && tokens_[i].kind != TokenKind::symbol) continue;
      const std::string_view s = word(i);
      if (s == ",") {
        out_.marks[i] |= kComma;
      } else if (s == ":") {
        out_.marks[i] |= kColon;
      } else if (s == "\"" || opens(s) || closes(s)) {
        out_.marks[i] |= kQuoteMark;
      } else if (s == ";" || s == "(" || s == ")" || s == "—" || s == "–" || s == "." || s == "!" || s == "?" || s == "•" || s == "…" ||
                 s == "|" || (s == "-" && tokens_[i].space_before)) {
        out_.marks[i] |= kBreak;
      }
    }
  }

  // A short bracket interrupts nothing: "the Center (ЦНС) wrote".
  void mark_brackets() {
    for (std::uint32_t i = 0; i < size(); ++i) {
      if ((out_.marks[i] & kBreak) == 0 || word(i) != "(") continue;
      for (std::uint32_t k = i + 1; k < size() && k - i < 12; ++k) {
        if ((out_.marks[k] & kBreak) == 0 || word(k) != ")") continue;
        for (std::uint32_t m = i; m <= k; ++m) out_.marks[m] = (out_.marks[m] & ~static_cast<std::uint32_t>(kBreak)) | kInserted;
        i = k;
        break;
      }
    }
  }

  // Speech stands in marks around four words or more; shorter ones hold a name or a doubted word.
  void mark_quoted(std::uint32_t first, std::uint32_t last) {
    std::uint32_t words = last - first;
    for (std::uint32_t i = first; i < last; ++i) words -= std::min(words, word(i) == "-" && !tokens_[i].space_before ? 2U : 0U);
    if (words < 4) return;
    // The "department of social policy": a name in doubt, behind an article and in small letters.
    constexpr std::uint32_t kLongestName = 6;
    if (text_.language == Language::en && words <= kLongestName && first >= 2 && !tokens_[first].capital &&
        (tokens_[first - 2].lower == "the" || tokens_[first - 2].lower == "a" || tokens_[first - 2].lower == "so-called") &&
        last + 1 < size() && tokens_[last + 1].kind == TokenKind::word)
      return;
    for (std::uint32_t i = first; i < last; ++i) out_.marks[i] |= kQuoted;
  }

  void mark_quotations() {
    std::uint32_t open = 0;
    bool inside = false;
    std::uint32_t straight = 0;
    std::uint32_t first_straight = size();
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (!out_.marks[i]) continue;
      if ((out_.marks[i] & kQuoteMark) != 0 && word(i) == "\"") {
        ++straight;
        first_straight = std::min(first_straight, i);
      }
    }
    // An odd mark that leans on the word before it closes a quotation that began in an earlier sentence.
    const bool began_before = straight % 2 == 1 && first_straight > 0 && !tokens_[first_straight].space_before;
    if (began_before) {
      inside = true;
    }
    bool seen_any = began_before;
    for (std::uint32_t i = 0; i < size(); ++i) {
      if ((out_.marks[i] & kQuoteMark) == 0) continue;
      const std::string_view s = word(i);
      const bool closing = closes(s) || (s == "\"" && inside) || (s == "“" && inside);
      if (closing) {
        if (inside || !seen_any) mark_quoted(open, i);
        inside = false;
      } else if (!inside) {
        inside = true;
        open = i + 1;
      }
      seen_any = true;
    }
    if (inside) mark_quoted(open, size());
  }

  void mark_rows() {
    std::vector<std::pair<std::uint32_t, FrameRole>> ends;
    for (const LexiconHit& hit : hits_) {
      const SpeechRow& row = rows_[hit.row];
      const std::uint32_t first = hit.first_token - base_;
      const std::uint32_t last = first + hit.token_count - 1;
      if (hit.token_count == 0 || last >= size()) continue;
      if (row.mark != 0) {
        for (std::uint32_t i = first; i <= last; ++i) out_.marks[i] |= row.mark;
      }
      if (row.side_word) {
        for (std::uint32_t i = first; i <= last; ++i) out_.marks[i] |= kSideWord;
      }
      if (row.role == FrameRole::none || (row.start && first != 0)) continue;
      if (is_verb_role(row.role) && first > 0 && !tokens_[first].space_before && word(first - 1) == "-") continue;  // "self-declared"
      if (is_verb_role(row.role) && text_.language == Language::en && is_joined_to_next(document_, tokens_, last)) continue;  // "state-run"
      if (row.role == FrameRole::by || row.role == FrameRole::cite || row.role == FrameRole::relay) {
        for (std::uint32_t i = first; i <= last; ++i) out_.marks[i] |= kFrame;
      }
      // Longest first at one place; a shorter hit of the same sort inside it is the same frame.
      const bool verb = is_verb_role(row.role);
      const bool inside = std::any_of(out_.frames.rbegin(), out_.frames.rend(), [&](const FrameWord& f) {
        return f.last >= first && (f.role == row.role || (verb && is_verb_role(f.role)));
      });
      if (inside) continue;
      out_.frames.push_back({row.role, hit.row, row.credence, first, last, row.any});
      if (verb) {
        for (std::uint32_t i = first; i <= last; ++i) out_.marks[i] |= row.role == FrameRole::say ? kVerb | kSay : kVerb;
      }
    }
  }

  // «…, — каже Петро. — …»: inside an open quotation, what stands between dashes and holds a verb of saying is the teller's.
  void free_inserted_frames() {
    const auto dash = [&](std::uint32_t i) { return (out_.marks[i] & kBreak) != 0 && (word(i) == "—" || word(i) == "–"); };
    for (std::uint32_t i = 1; i < size(); ++i) {
      if (!dash(i) || (out_.marks[i] & kQuoted) == 0 || tokens_[i - 1].kind == TokenKind::word) continue;
      std::uint32_t end = i + 1;
      bool says = false;
      while (end < size() && end - i < 30 && !dash(end) && (out_.marks[end] & kQuoteMark) == 0) {
        says |= end - i < 6 && (out_.marks[end] & kVerb) != 0;
        ++end;
      }
      if (!says) continue;
      for (std::uint32_t k = i; k < end; ++k) out_.marks[k] &= ~static_cast<std::uint32_t>(kQuoted);
      i = end;
    }
  }

  std::string_view document_;
  const Text& text_;
  std::span<const Token> tokens_;
  std::uint32_t base_;
  const std::vector<LexiconHit>& hits_;
  const std::vector<SpeechRow>& rows_;
  SpeechMarks out_;
};

}  // namespace

SpeechMarks mark_words(std::string_view document_text, const Text& text, const Sentence& sentence, const std::vector<LexiconHit>& hits,
                       const std::vector<SpeechRow>& rows) {
  return WordMarker(document_text, text, sentence, hits, rows).run();
}

bool is_joined_to_next(std::string_view document_text, std::span<const Token> tokens, std::uint32_t i) {
  return i + 2 < tokens.size() && tokens[i + 1].kind == TokenKind::punctuation && tokens[i + 1].span.of(document_text) == "-" &&
         !tokens[i + 1].space_before && !tokens[i + 2].space_before && tokens[i + 2].kind == TokenKind::word && !tokens[i + 2].capital &&
         tokens[i + 2].lower != "in";
}

bool SpeechMarks::clear(std::uint32_t a, std::uint32_t b, std::uint32_t bits) const {
  for (std::uint32_t i = a + 1; i < b && i < marks.size(); ++i) {
    if (marks[i] & bits) return false;
  }
  return true;
}

std::optional<SpeechRow> speech_row(const Row& row) {
  SpeechRow out;
  const auto option = [&](const char* key) {
    const auto it = row.options.find(key);
    return it == row.options.end() ? std::string_view() : std::string_view(it->second);
  };
  if (row.kind == "reporting") {
    out.role = value_of(kRoles, row.gives, FrameRole::none);
    out.credence = parse_name<Credence>(option("credence")).value_or(Credence::plain);
    out.start = option("at") == "start";
    out.any = option("any") == "1";
  } else if (row.kind == "speech-word") {
    out.mark = value_of(kMarks, row.gives, std::uint32_t{0});
  } else if (row.kind == "speaker") {
    out.speaker = true;
    out.side = parse_name<Side>(row.gives).value_or(Side::unknown);
    out.notice = option("kind") == "notice";
    out.kind = value_of(kActorKinds, option("kind"), ActorKind::nameless);
  } else if (row.kind == "speaker-side") {
    out.side_word = true;
    out.side = parse_name<Side>(row.gives).value_or(Side::unknown);
  } else {
    return std::nullopt;
  }
  return out;
}

}  // namespace litopys
