// Lines are first joined into runs (a paragraph, a heading, a list item), then each run is cut at its final marks. Fits reports and
// posts; it does not see a sentence that ends without any mark inside a line ("he left he came back").
#include "text/sentence.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/utf8.h"
#include "text/characters.h"
#include "text/token.h"

namespace litopys {
namespace {

constexpr std::uint32_t kHeadingWords = 22;              // a longer line without a stop is a sentence that lost it
constexpr std::uint32_t kWrapLow = 50, kWrapHigh = 110;  // code points of a line in text that is wrapped at a width
constexpr std::uint32_t kOrphanWords = 3;                // of a line that may be a piece of the line before
constexpr std::uint32_t kWrapRagged = 18;                // how much shorter than the longest a wrapped line is

enum class Abbreviation : unsigned char { none, open, number, close, starter };

}  // namespace

struct SentenceSplitter::Impl {
  // By word_key of the form (without its last point), for each language.
  using Table = std::unordered_map<std::uint64_t, Abbreviation>;
  Table abbreviations[4], starters[4];

  // A word that the language has no row for is read by those of the others in its letters: "Sept. 9" in a Russian text, «вул. Миру» in an
  // English or a Russian one.
  [[nodiscard]] Abbreviation abbreviation(Language language, std::string_view lower) const {
    const std::uint64_t key = word_key(lower);
    const auto in = [&](Language one) {
      const Table& table = abbreviations[static_cast<std::size_t>(one)];
      const auto it = table.find(key);
      return it == table.end() ? Abbreviation::none : it->second;
    };
    Abbreviation out = in(language);
    if (out != Abbreviation::none || lower.empty()) return out;
    if (static_cast<unsigned char>(lower.front()) < 0x80) return language == Language::en ? out : in(Language::en);
    out = in(Language::uk);
    return out != Abbreviation::none ? out : in(Language::ru);
  }
  [[nodiscard]] bool starts(Language language, std::string_view lower) const {
    return starters[static_cast<std::size_t>(language)].contains(word_key(lower));
  }
};

namespace {

// Works on one document: the views and the output.
class Splitting {
 public:
  Splitting(std::string_view bytes, const SentenceSplitter::Impl& rules, Text& text) : bytes_(bytes), rules_(rules), text_(text) {}

  void run(const std::vector<LineTokens>& lines);

 private:
  struct LineShape {
    std::uint32_t lead = 0;   // tokens that are bullet, list number or ornament
    std::uint32_t width = 0;  // code points
    bool item = false;        // the lead is a bullet or number
    bool final_mark = false;  // ends in . ! ? …, or in : ;
    bool runs_on = false;     // begins in lower case or with a mark that continues
    bool bracket = false;     // begins with an opening bracket
    bool marks_only = false;  // nothing but closing marks
    std::uint32_t words = 0;
  };

  [[nodiscard]] const Token& token(std::uint32_t i) const { return text_.tokens[i]; }
  [[nodiscard]] std::string_view bytes(const Token& t) const { return t.span.of(bytes_); }
  [[nodiscard]] char32_t first_char(const Token& t) const { return utf8::decode(bytes_, t.span.begin).value; }
  [[nodiscard]] bool is_mark(const Token& t, char32_t mark) const { return t.kind == TokenKind::punctuation && first_char(t) == mark; }
  [[nodiscard]] bool is_stop(const Token& t) const {
    if (t.kind != TokenKind::punctuation) return false;
    const char32_t c = first_char(t);
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
  }
  [[nodiscard]] bool is_emoji_token(const Token& t) const { return t.kind == TokenKind::symbol && is_emoji_start(first_char(t)); }
  [[nodiscard]] static bool is_emoji_start(char32_t c) { return is_emoji(c) || utf8::is_digit(c); }
  [[nodiscard]] bool is_closer(const Token& t) const {
    if (t.kind != TokenKind::punctuation) return false;
    const char32_t c = first_char(t);
    return c == ')' || c == ']' || c == '}' || c == 0xBB || c == 0x201D || c == 0x201C || c == '"' || c == '\'' || c == 0x2019;
  }
  [[nodiscard]] bool is_opener(const Token& t) const {
    if (t.kind != TokenKind::punctuation) return false;
    const char32_t c = first_char(t);
    return c == '(' || c == '[' || c == 0xAB || c == 0x201C || c == 0x201E || c == '"' || c == '\'' || c == 0x2018;
  }
  [[nodiscard]] static std::size_t letters_of(const Token& t) { return utf8::count_code_points(t.lower); }
  [[nodiscard]] bool is_dash_token(const Token& t) const { return t.kind == TokenKind::punctuation && is_dash(first_char(t)); }

  LineShape shape(const LineTokens& line) const;
  std::uint32_t lead_of(const LineTokens& line, bool& item) const;
  [[nodiscard]] bool joined(const LineTokens& line, const LineShape& a, const LineShape& b, const LineShape* after, bool wrapped) const;
  void cut_run(std::uint32_t first, std::uint32_t end, const Sentence& like, bool single);
  [[nodiscard]] bool begins_sentence(std::uint32_t i, std::uint32_t end) const;
  [[nodiscard]] bool ends_at(std::uint32_t stop, std::uint32_t next, std::uint32_t first, std::uint32_t end) const;
  [[nodiscard]] bool is_function_word(const Token& t) const;
  [[nodiscard]] bool small_start(std::uint32_t stop, std::uint32_t next, std::uint32_t first) const;
  [[nodiscard]] bool closes_before(const Token& next) const;
  void emit(std::uint32_t first, std::uint32_t end, const Sentence& like);

  std::string_view bytes_;
  const SentenceSplitter::Impl& rules_;
  Text& text_;
  bool small_style_ = false;  // the writer begins sentences in lower case
};

std::uint32_t Splitting::lead_of(const LineTokens& line, bool& item) const {
  const std::uint32_t end = line.first + line.count;
  std::uint32_t i = line.first;
  while (i < end) {
    const Token& t = token(i);
    const bool more = i + 1 < end;
    if (is_emoji_token(t)) {
      ++i;
      continue;
    }
    if (t.kind == TokenKind::punctuation) {
      const char32_t c = first_char(t);
      const bool bullet = c == 0x2022 || c == 0xB7 || c == 0x2023 || c == 0x2043 || c == '*' || c == 0x2219 || c == '|';
      if (bullet || (is_dash(c) && more && token(i + 1).space_before)) {
        item = true;
        ++i;
        continue;
      }
      if (is_ignorable(c) || is_combining(c)) {
        ++i;
        continue;
      }
      // "(a)", "(1)"
      if (c == '(' && i == line.first && i + 3 < end && is_mark(token(i + 2), ')') && token(i + 1).span.size() <= 2 &&
          token(i + 3).space_before) {
        item = true;
        i += 3;
        continue;
      }
      break;
    }
    // "1.", "2)", "a)"
    const bool number = t.kind == TokenKind::number && t.span.size() <= 3;
    const bool letter = t.kind == TokenKind::word && t.lower.size() <= 2 && utf8::count_code_points(t.lower) == 1;
    if ((number || letter) && i + 2 < end && !token(i + 1).space_before && token(i + 2).space_before &&
        (is_mark(token(i + 1), ')') || (number && bytes(token(i + 1)) == "."))) {
      item = true;
      i += 2;
      continue;
    }
    break;
  }
  return i - line.first;
}

Splitting::LineShape Splitting::shape(const LineTokens& line) const {
  LineShape out;
  if (line.count == 0) return out;
  out.lead = lead_of(line, out.item);
  const std::uint32_t end = line.first + line.count;
  out.width = static_cast<std::uint32_t>(
      utf8::count_code_points(bytes_.substr(token(line.first).span.begin, token(end - 1).span.end - token(line.first).span.begin)));
  if (out.lead < line.count) {
    const Token& first = token(line.first + out.lead);
    if (first.kind == TokenKind::word) out.runs_on = !first.capital && utf8::is_letter(first_char(first));
    if (first.kind == TokenKind::punctuation) {
      const char32_t c = first_char(first);
      out.runs_on = c == ',' || c == ';' || c == ':' || c == '.' || c == ')';
      out.bracket = c == '(';
    }
  }
  out.marks_only = true;
  for (std::uint32_t i = line.first; i < end; ++i) {
    out.words += token(i).kind == TokenKind::word;
    out.marks_only &= is_closer(token(i));
  }
  std::uint32_t last = end;
  while (last > line.first && (is_closer(token(last - 1)) || is_emoji_token(token(last - 1)))) --last;
  if (last > line.first) {
    const Token& t = token(last - 1);
    out.final_mark = is_stop(t) || is_mark(t, ':') || is_mark(t, ';') || bytes(t).ends_with('.');
  }
  if (last < end && is_emoji_token(token(end - 1))) out.final_mark = true;
  return out;
}

bool Splitting::joined(const LineTokens& line, const LineShape& a, const LineShape& b, const LineShape* after, bool wrapped) const {
  if (line.kind == LineKind::title) return false;
  if (b.marks_only) return true;
  if (b.item || (b.lead > 0 && !b.runs_on) || a.final_mark) return false;
  const Token& last = token(line.first + line.count - 1);
  if (b.runs_on || b.bracket || wrapped || (is_mark(last, ',') && a.words > kOrphanWords)) return true;
  if (last.kind == TokenKind::word && last.reading_count > 0) {
    const PartOfSpeech part = text_.readings_of(last).front().part;
    if (part == PartOfSpeech::preposition || part == PartOfSpeech::conjunction) return true;  // «з | 10.09 | вони тут»
  }
  // A link or a name in bold stood on a line of its own: the line after it runs on.
  return b.words <= kOrphanWords && !b.final_mark && after != nullptr && (after->runs_on || after->bracket) && after->lead == 0;
}

void Splitting::run(const std::vector<LineTokens>& lines) {
  std::vector<LineShape> shapes(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) shapes[i] = shape(lines[i]);
  std::uint32_t stops = 0, small = 0;
  for (const LineTokens& line : lines) {
    for (std::uint32_t i = line.first; i + 1 < line.first + line.count; ++i) {
      if (!is_stop(token(i)) || token(i + 1).kind != TokenKind::word || !token(i + 1).space_before) continue;
      ++stops;
      small += !token(i + 1).capital;
    }
  }
  small_style_ = small >= 3 && small * 5 > stops * 2;
  std::uint32_t paragraph = 0;
  for (std::size_t begin = 0; begin < lines.size();) {
    if (lines[begin].count == 0) {
      ++begin;
      continue;
    }
    // One block: lines of one kind without an empty line between them.
    std::size_t end = begin + 1;
    while (end < lines.size() && lines[end].count != 0 && lines[end].kind == lines[begin].kind && lines[end].kind != LineKind::title) ++end;
    std::uint32_t longest = 0, shortest = ~0U;
    for (std::size_t i = begin; i < end; ++i) longest = std::max(longest, shapes[i].width);
    for (std::size_t i = begin; i + 1 < end; ++i) {
      if (!shapes[i].final_mark) shortest = std::min(shortest, shapes[i].width);
    }
    const bool wrapped = end - begin >= 3 && longest >= kWrapLow && longest <= kWrapHigh && shortest + kWrapRagged >= longest;
    for (std::size_t i = begin; i < end;) {
      std::size_t next = i + 1;
      while (next < end && joined(lines[next - 1], shapes[next - 1], shapes[next], next + 1 < end ? &shapes[next + 1] : nullptr, wrapped))
        ++next;
      Sentence like;
      like.line = lines[i].line;
      like.paragraph = paragraph;
      like.junk = lines[i].kind == LineKind::junk;
      like.list_item = shapes[i].item;
      const std::uint32_t first = lines[i].first + shapes[i].lead;
      const std::uint32_t stop = lines[next - 1].first + lines[next - 1].count;
      std::uint32_t words = 0;
      for (std::uint32_t t = first; t < stop && words <= kHeadingWords; ++t) words += token(t).kind == TokenKind::word;
      like.heading =
          lines[i].kind == LineKind::title || (next == i + 1 && !shapes[i].final_mark && !shapes[i].item && words <= kHeadingWords &&
                                               end - begin == 1 && first < stop && !is_mark(token(stop - 1), ','));
      if (like.heading && lines[i].kind != LineKind::title) ++paragraph, like.paragraph = paragraph;
      const std::size_t before = text_.sentences.size();
      cut_run(first, stop, like, lines[i].kind == LineKind::title);
      // Two sentences are text, even where the last one lost its stop.
      if (text_.sentences.size() > before + 1) {
        like.heading = false;
        for (std::size_t s = before; s < text_.sentences.size(); ++s) text_.sentences[s].heading = false;
      }
      if (like.heading) ++paragraph;
      i = next;
    }
    ++paragraph;
    begin = end;
  }
}

bool Splitting::begins_sentence(std::uint32_t i, std::uint32_t end) const {
  for (int look = 0; look < 4 && i < end; ++look, ++i) {
    const Token& t = token(i);
    switch (t.kind) {
      case TokenKind::word: return t.capital || !utf8::is_letter(first_char(t));
      case TokenKind::number: return true;
      case TokenKind::symbol: return true;
      case TokenKind::punctuation:
        if (is_opener(t) || is_dash_token(t) || is_stop(t) || is_mark(t, '*') || is_mark(t, '<')) continue;
        if (const char32_t c = first_char(t); c == 0x2022 || c == 0xBF || c == 0xA1 || c == 0x2116 || c == '$' || c == 0x20AC) return true;
        return false;
    }
  }
  return false;
}

// In a post whose writer uses no capitals a stop is an end before a small letter too, unless it could be an abbreviation's.
bool Splitting::small_start(std::uint32_t stop, std::uint32_t next, std::uint32_t first) const {
  const Token& after = token(next);
  if (!small_style_ || stop == first || after.kind != TokenKind::word || !after.space_before || token(stop).space_before) return false;
  if (bytes(token(stop)) != ".") return next > stop + 1 || bytes(token(stop)).find_first_of("!?") != std::string_view::npos;
  const Token& before = token(stop - 1);
  if (before.kind != TokenKind::word || rules_.abbreviation(text_.language, before.lower) != Abbreviation::none) return next > stop + 1;
  return letters_of(before) >= 4 || (letters_of(before) >= 2 && before.reading_count > 0 && !text_.readings_of(before).front().guessed);
}

// After an abbreviation that can close a sentence, before a capital.
bool Splitting::closes_before(const Token& next) const {
  if (next.kind != TokenKind::word) return !is_mark(next, 0x2116);
  if (is_function_word(next)) return true;
  const auto readings = text_.readings_of(next);
  // A common word with a capital; in English names are made of common words ("U.S. Embassy").
  return text_.language != Language::en && !readings.empty() && !readings.front().guessed && !next.all_caps &&
         std::none_of(readings.begin(), readings.end(), [](const Reading& r) { return r.part == PartOfSpeech::proper; });
}

bool Splitting::is_function_word(const Token& t) const {
  if (rules_.starts(text_.language, t.lower)) return true;
  const auto readings = text_.readings_of(t);
  if (readings.empty() || readings.front().guessed) return false;
  const PartOfSpeech part = readings.front().part;
  return part == PartOfSpeech::preposition || part == PartOfSpeech::conjunction || part == PartOfSpeech::pronoun ||
         part == PartOfSpeech::particle;
}

// Whether the sentence [first, ...) ends with the stop at `stop`, when `next` is what follows it and its closing marks.
bool Splitting::ends_at(std::uint32_t stop, std::uint32_t next, std::uint32_t first, std::uint32_t end) const {
  const Token& mark = token(stop);
  const Token& after = token(next);
  if (!begins_sentence(next, end)) return small_start(stop, next, first);
  const bool point = bytes(mark) == ".";
  const bool attached = stop > first && !mark.space_before;
  if (next > stop + 1 && is_mark(token(next - 1), ']')) return true;
  if (!after.space_before) {
    // "войны.Завтра": a blank was forgotten
    if (after.kind != TokenKind::word || !after.capital || after.all_caps || after.lower.size() < 2) return false;
    if (!point) return true;
    const Token& before = token(stop - (stop > first));
    return attached && before.kind == TokenKind::word && letters_of(before) >= 3 && !before.capital &&
           rules_.abbreviation(text_.language, before.lower) == Abbreviation::none;
  }
  if (!point || !attached || next != stop + 1) return true;
  const Token& before = token(stop - 1);
  // "1." is the number of what follows.
  if (before.kind != TokenKind::word) return stop != first + 1 || before.kind != TokenKind::number || before.span.size() > 2;
  const std::size_t letters = utf8::count_code_points(before.lower);
  // Initials: "A. Smith", «І. Я. Франко»
  if (letters == 1 && before.capital && after.kind == TokenKind::word)
    return before.lower == "i" || (is_function_word(after) && letters_of(after) > 1);
  switch (rules_.abbreviation(text_.language, before.lower)) {
    case Abbreviation::open: {
      // «2022 г.», «с. 5»: after a number it is the unit that ends
      // «12 кв. м.»: of a unit in two words the second one
      const bool squared = stop >= first + 4 && is_mark(token(stop - 2), '.') && token(stop - 4).kind == TokenKind::number &&
                           rules_.abbreviation(text_.language, token(stop - 3).lower) != Abbreviation::none;
      const bool counted = stop >= first + 2 && letters <= 2 &&
                           (squared || token(stop - 2).kind == TokenKind::number ||
                            rules_.abbreviation(text_.language, token(stop - 2).lower) == Abbreviation::close);
      // «ст. 5 п. 2 ч. 3»: one place of a law after the other
      const bool cited = counted && after.kind == TokenKind::number && stop >= first + 4 && is_mark(token(stop - 3), '.') &&
                         rules_.abbreviation(text_.language, token(stop - 4).lower) != Abbreviation::none;
      return counted && !cited && closes_before(after);
    }
    case Abbreviation::number: {
      // «тел. (061) 222-33-44»
      const bool in_brackets = is_mark(after, '(') && next + 1 < end && token(next + 1).kind == TokenKind::number;
      return after.kind != TokenKind::number && !is_mark(after, 0x2116) && !in_brackets;
    }
    case Abbreviation::close: {
      // «5 руб. 20 коп.», «9 год. 30 хв.»: a measure goes on in its smaller unit
      const bool goes_on = after.kind == TokenKind::number && stop >= first + 2 && token(stop - 2).kind == TokenKind::number &&
                           next + 1 < end && rules_.abbreviation(text_.language, token(next + 1).lower) == Abbreviation::close;
      return !goes_on && closes_before(after);
    }
    case Abbreviation::starter:
    case Abbreviation::none: break;
  }
  return true;
}

void Splitting::emit(std::uint32_t first, std::uint32_t end, const Sentence& like) {
  // Ornaments are no part of a quote: a dash before speech, emoji at either end.
  while (first < end && (is_emoji_token(token(first)) || (is_dash_token(token(first)) && first + 1 < end && token(first + 1).space_before)))
    ++first;
  while (end > first && (is_emoji_token(token(end - 1)) || is_ignorable(first_char(token(end - 1))))) --end;
  if (first >= end) return;
  Sentence s = like;
  s.first_token = first;
  s.token_count = end - first;
  s.span = {token(first).span.begin, token(end - 1).span.end};
  text_.sentences.push_back(s);
}

void Splitting::cut_run(std::uint32_t first, std::uint32_t end, const Sentence& like, bool single) {
  if (single) return emit(first, end, like);
  std::uint32_t begin = first;
  for (std::uint32_t i = first; i < end;) {
    const Token& t = token(i);
    std::uint32_t next = i + 1;
    bool cut = false;
    if (is_stop(t)) {
      while (next < end && !token(next).space_before && is_closer(token(next))) ++next;
      // Reference marks belong to what they stand behind: "in 1805. [6] He"
      while (next + 2 < end && is_mark(token(next), '[') && token(next + 1).kind == TokenKind::number && is_mark(token(next + 2), ']'))
        next += 3;
      std::uint32_t emoji = next;
      while (emoji < end && is_emoji_token(token(emoji))) ++emoji;
      if (emoji < end && emoji > next) {
        // Emoji after the stop belong to the sentence before, but for one that sticks to the next word like a bullet.
        next = token(emoji).space_before ? emoji : next;
        cut = begins_sentence(emoji, end);
      } else {
        next = emoji;
        cut = next < end && ends_at(i, next, begin, end);
      }
    } else if (t.kind == TokenKind::word && t.lower.size() > 2 && t.lower.back() == '.' && next < end) {
      cut = token(next).kind == TokenKind::word && token(next).capital && closes_before(token(next));  // "U.S. He"
    } else if (is_emoji_token(t) && i > begin && next < end) {
      cut = token(next).kind == TokenKind::word && token(next).capital;
      if (cut && !token(next).space_before && t.space_before) {
        emit(begin, i, like);
        begin = next;
        i = next;
        continue;
      }
    }
    if (cut) {
      emit(begin, next, like);
      while (next < end && is_emoji_token(token(next))) ++next;
      begin = next;
    }
    i = next;
  }
  emit(begin, end, like);
}

}  // namespace

SentenceSplitter::SentenceSplitter() = default;
SentenceSplitter::~SentenceSplitter() = default;
SentenceSplitter::SentenceSplitter(SentenceSplitter&&) noexcept = default;
SentenceSplitter& SentenceSplitter::operator=(SentenceSplitter&&) noexcept = default;

Result<SentenceSplitter> SentenceSplitter::make(const Codebook& book) {
  auto impl = std::make_unique<Impl>();
  for (const Row& row : book.rows) {
    if (row.kind != "abbreviation") continue;
    Abbreviation gives = Abbreviation::none;
    if (row.gives == "open") gives = Abbreviation::open;
    if (row.gives == "number") gives = Abbreviation::number;
    if (row.gives == "close") gives = Abbreviation::close;
    if (row.gives == "starter") gives = Abbreviation::starter;
    if (gives == Abbreviation::none) {
      return fail(ErrorKind::kConfig, row.file, "line " + std::to_string(row.line),
                  "abbreviation " + row.id + " gives \"" + row.gives + "\"; known are open, number, close, starter");
    }
    Folded folded;
    for (const std::string& word : row.words) {
      fold(word, folded);
      const auto language = static_cast<std::size_t>(row.language);
      (gives == Abbreviation::starter ? impl->starters : impl->abbreviations)[language][word_key(folded.lower)] = gives;
    }
  }
  SentenceSplitter out;
  out.impl_ = std::move(impl);
  return out;
}

void SentenceSplitter::split(std::string_view document_text, const std::vector<LineTokens>& lines, Text& text) const {
  static const Impl kNoRules;
  Splitting(document_text, impl_ ? *impl_ : kNoRules, text).run(lines);
}

}  // namespace litopys
