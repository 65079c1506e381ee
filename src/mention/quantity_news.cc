// Tokens of bytes, then numbers left to right, each with what stands right around it: a sign of money before, a scale and a unit behind, a
// bound or a word of movement before. Two numbers that "to", "and" or a dash joins are a range where their units agree.
//
// Fits: "dropped from $75 a barrel to $45.88" is one pair. Does not fit: the counted noun of "187 by tender", which the clause before
// names.
#include "mention/quantity_news.h"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>

namespace litopys {
namespace {

constexpr std::size_t kLongestPhrase = 6;  // tokens of a table phrase
constexpr std::size_t kMoveReach = 6;      // tokens between a word of movement and its number
constexpr std::size_t kNounWords = 3;      // of a counted noun: "NBA teams"
constexpr std::int64_t kFirstYear = 1600;
constexpr std::int64_t kLastYear = 2099;

enum class Kind : unsigned char {
  count,
  scale,
  currency,
  unit,
  per,
  bound,
  behind,
  move,
  label,
  month,
  clock,
  ordinal,
  stop,
  share,
  open,
  fold,
  score
};
constexpr std::size_t kKinds = 17;

struct Meaning {
  std::array<std::string, kKinds> gives;
  std::array<bool, kKinds> has{};
  bool glued = false;  // the scale must touch the digits
  // Kinds (a bit each) of the phrases that begin and that end with this token: most tokens need no phrase tried.
  std::uint32_t starts = 0, ends = 0;
};

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Table = std::unordered_map<std::string, Meaning, Hash, std::equal_to<>>;

enum class TokenType : unsigned char { word, number, dash, mark };

struct NewsPiece {
  std::uint32_t begin = 0, end = 0;
  TokenType type = TokenType::mark;
  bool space = false;  // white space before it
  const Meaning* meaning = nullptr;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0xC3; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t utf8_size(char lead) {
  const auto c = static_cast<unsigned char>(lead);
  return c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
}

// Phrases as the table has them: lower case, one blank between tokens, none around "/" and signs.
std::vector<NewsPiece> cut(std::string_view s) {
  std::vector<NewsPiece> out;
  out.reserve(s.size() / 4 + 4);
  bool space = true;
  for (std::size_t i = 0; i < s.size();) {
    const char c = s[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      space = true;
      ++i;
      continue;
    }
    NewsPiece piece;
    piece.begin = static_cast<std::uint32_t>(i);
    piece.space = space;
    space = false;
    const bool point_first =
        c == '.' && i + 1 < s.size() && is_digit(s[i + 1]) && (i == 0 || (!is_digit(s[i - 1]) && !is_letter(lower(s[i - 1]))));
    if (is_digit(c) || point_first) {
      piece.type = TokenType::number;
      ++i;
      while (i < s.size() && (is_digit(s[i]) || ((s[i] == '.' || s[i] == ',') && i + 1 < s.size() && is_digit(s[i + 1])))) ++i;
    } else if (is_letter(lower(c)) && utf8_size(c) <= 2) {
      piece.type = TokenType::word;
      while (i < s.size() && ((is_letter(lower(s[i])) && utf8_size(s[i]) <= 2) || (static_cast<unsigned char>(s[i]) & 0xC0) == 0x80 ||
                              (s[i] == '\'' && i + 1 < s.size() && is_letter(lower(s[i + 1]))))) {
        ++i;
      }
    } else {
      const std::size_t size = std::min(utf8_size(c), s.size() - i);
      const std::string_view mark = s.substr(i, size);
      if (mark == "-" || mark == "–" || mark == "—" || mark == "−" || mark == "‑") piece.type = TokenType::dash;
      i += size;
    }
    piece.end = static_cast<std::uint32_t>(i);
    out.push_back(piece);
  }
  return out;
}

std::optional<Decimal> value_of(std::string_view digits) {
  std::string plain;
  std::size_t group = 0;
  bool grouped = false;
  bool point = false;
  if (digits.size() > 40) return std::nullopt;
  for (const char c : digits) {
    if (c == ',') {
      if (point || (grouped && group != 3) || (!grouped && (group == 0 || group > 3))) return std::nullopt;
      grouped = true;
      group = 0;
      continue;
    }
    if (c == '.') {
      if (point || (grouped && group != 3)) return std::nullopt;
      point = true;
      if (plain.empty()) plain = "0";
    } else {
      ++group;
    }
    plain += c;
  }
  if (grouped && !point && group != 3) return std::nullopt;
  return Decimal::parse(plain);
}

// The product where it can be written out and read back.
std::optional<Decimal> product(Decimal value, Decimal factor) {
  const auto out = value.times(factor);
  return out && Decimal::parse(out->str()) ? out : std::nullopt;
}

struct NewsCandidate {
  NewsQuantity q;
  std::size_t first = 0, end = 0;  // pieces, with the sign of money before and the scale
  std::size_t number_end = 0, unit_end = 0;
  Decimal bare;  // before its scale
  std::optional<Decimal> scale;
  bool money_before = false;
  bool plain = false;  // digits or words and nothing else
  bool noun = false;   // the unit is a counted noun
  bool small_integer = false;
  bool given = false;  // a phrase of the table
};

class NewsFinder {
 public:
  NewsFinder(const Table& table, std::string_view s) : table_(table), s_(s), low_(s) {
    std::transform(low_.begin(), low_.end(), low_.begin(), lower);
    pieces_ = cut(s);
    for (NewsPiece& piece : pieces_) {
      if (piece.type == TokenType::number) continue;
      if (const auto found = table_.find(text(piece)); found != table_.end()) piece.meaning = &found->second;
    }
  }

  std::vector<NewsQuantity> run() {
    for (std::size_t at = 0; at < pieces_.size();) {
      if (score(at)) {
        at += 3;
        continue;
      }
      const std::size_t behind = skip(at);
      if (behind != at) {
        at = behind;
        continue;
      }
      NewsCandidate c;
      if (!number(at, c)) {
        at = std::max(at + 1, c.end);
        continue;
      }
      unit(c);
      if (counts(c)) {
        change(c);
        c.q.span = {pieces_[c.first].begin, pieces_[std::max(c.first + 1, c.unit_end) - 1].end};
        found_.push_back(c);
      }
      at = std::max(at + 1, std::max(c.end, c.unit_end));
    }
    join();
    std::vector<NewsQuantity> out;
    out.reserve(found_.size());
    for (NewsCandidate& c : found_) out.push_back(std::move(c.q));
    return out;
  }

 private:
  [[nodiscard]] std::string_view text(const NewsPiece& piece) const {
    return std::string_view(low_).substr(piece.begin, piece.end - piece.begin);
  }
  [[nodiscard]] bool is(std::size_t i, TokenType type) const { return i < pieces_.size() && pieces_[i].type == type; }
  [[nodiscard]] bool is(std::size_t i, std::string_view word) const { return i < pieces_.size() && text(pieces_[i]) == word; }
  [[nodiscard]] bool touches(std::size_t i) const { return i > 0 && i < pieces_.size() && !pieces_[i].space; }
  [[nodiscard]] const std::string* gives(std::size_t i, Kind kind) const {
    if (i >= pieces_.size() || pieces_[i].meaning == nullptr) return nullptr;
    const auto k = static_cast<std::size_t>(kind);
    return pieces_[i].meaning->has[k] ? &pieces_[i].meaning->gives[k] : nullptr;
  }

  // A unit of one letter or sign whose case tells: "5G", "12 C".
  [[nodiscard]] const std::string* exact_unit(std::size_t i) const {
    if (i >= pieces_.size() || pieces_[i].end - pieces_[i].begin > 2 ||
        text(pieces_[i]) == s_.substr(pieces_[i].begin, pieces_[i].end - pieces_[i].begin))
      return nullptr;
    const auto found = table_.find(s_.substr(pieces_[i].begin, pieces_[i].end - pieces_[i].begin));
    const auto k = static_cast<std::size_t>(Kind::unit);
    return found != table_.end() && found->second.has[k] ? &found->second.gives[k] : nullptr;
  }

  struct Hit {
    const Meaning* meaning;
    std::size_t first, end;
    [[nodiscard]] const std::string& gives(Kind kind) const { return meaning->gives[static_cast<std::size_t>(kind)]; }
  };

  // The longest table phrase of a kind that begins at `at`; a hyphen between words counts as a blank.
  [[nodiscard]] std::optional<Hit> starting(std::size_t at, Kind kind) const {
    std::optional<Hit> best;
    if (at >= pieces_.size() || pieces_[at].meaning == nullptr || (pieces_[at].meaning->starts >> static_cast<unsigned>(kind) & 1U) == 0)
      return best;
    std::string key;
    for (std::size_t i = at; i < pieces_.size() && i < at + kLongestPhrase; ++i) {
      const NewsPiece& piece = pieces_[i];
      if (piece.type == TokenType::dash && i > at) continue;
      if (i > at && (piece.space || pieces_[i - 1].type == TokenType::dash)) key += ' ';
      key += text(piece);
      const auto found = table_.find(key);
      if (found != table_.end() && found->second.has[static_cast<std::size_t>(kind)]) best = Hit{&found->second, at, i + 1};
    }
    return best;
  }

  // The longest that ends right before `end`.
  [[nodiscard]] std::optional<Hit> ending(std::size_t end, Kind kind) const {
    if (end == 0 || pieces_[end - 1].meaning == nullptr || (pieces_[end - 1].meaning->ends >> static_cast<unsigned>(kind) & 1U) == 0)
      return std::nullopt;
    for (std::size_t words = std::min<std::size_t>(4, end); words > 0; --words) {
      const auto hit = starting(end - words, kind);
      if (hit && hit->end == end) return hit;
      if (hit) {
        std::string key;
        for (std::size_t i = end - words; i < end; ++i) {
          if (i > end - words && pieces_[i].space) key += ' ';
          key += text(pieces_[i]);
        }
        const auto found = table_.find(key);
        if (found != table_.end() && found->second.has[static_cast<std::size_t>(kind)]) return Hit{&found->second, end - words, end};
      }
    }
    return std::nullopt;
  }

  // "2-2", "a 9-2 lead": a pair where a word says so, else nothing.
  bool score(std::size_t at) {
    if (!is(at, TokenType::number) || !is(at + 1, TokenType::dash) || !is(at + 2, TokenType::number) || !touches(at + 1) ||
        !touches(at + 2))
      return false;
    if (text(pieces_[at]).size() > 2 || text(pieces_[at + 2]).size() > 2 || touches(at) || touches(at + 3)) return false;
    const auto a = value_of(text(pieces_[at]));
    const auto b = value_of(text(pieces_[at + 2]));
    if (!a || !b || *a < *b) return false;
    if (starting(at + 3, Kind::unit)) return false;
    if (const std::string* what = gives(at + 3, Kind::score)) {
      NewsCandidate c;
      c.first = at;
      c.end = c.number_end = c.unit_end = at + 3;
      c.q.value = *a;
      c.q.high = b;
      c.q.unit = *what;
      c.q.change = "=";
      c.q.span = {pieces_[at].begin, pieces_[at + 2].end};
      found_.push_back(c);
    }
    return true;
  }

  // Behind digits that hang together with ":" or "/" or several dashes: times, dates, scores; `at` itself for anything else.
  [[nodiscard]] std::size_t skip(std::size_t at) const {
    if (!is(at, TokenType::number)) return at;
    std::size_t end = at + 1;
    std::size_t groups = 1;
    bool time = false;
    while (touches(end) && touches(end + 1) && is(end + 1, TokenType::number) &&
           (is(end, ":") || is(end, "/") || pieces_[end].type == TokenType::dash)) {
      time = time || is(end, ":") || is(end, "/");
      end += 2;
      ++groups;
    }
    return groups >= 3 || (groups == 2 && time && !is(at + 1, "/")) ? end : at;
  }

  bool number(std::size_t at, NewsCandidate& c) const {
    c.first = at;
    c.end = at + 1;
    if (is(at, TokenType::number)) return digits(at, c);
    if (!is(at, TokenType::word)) return false;
    if (const auto hit = starting(at, Kind::share)) return named(*hit, Kind::share, c);
    if (const auto hit = starting(at, Kind::open)) return named(*hit, Kind::open, c);
    if (const auto hit = starting(at, Kind::fold)) return named(*hit, Kind::fold, c);
    return words(at, c);
  }

  // A number that a phrase of the table is: "half of", "tens of millions", "sixfold".
  static bool named(const Hit& hit, Kind kind, NewsCandidate& c) {
    c.q.value = c.bare = *Decimal::parse(hit.gives(kind));
    c.end = c.number_end = hit.end;
    c.given = true;
    if (kind == Kind::fold) c.q.unit = "count";
    if (kind == Kind::open && c.q.value > *Decimal::make(12)) c.q.high = c.q.value.times(*Decimal::make(10));
    return true;
  }

  bool digits(std::size_t at, NewsCandidate& c) const {
    const auto value = value_of(text(pieces_[at]));
    if (!value) return false;
    c.bare = c.q.value = *value;
    c.plain = true;
    c.small_integer = text(pieces_[at]).size() <= 2;
    if (at > 0 && touches(at)) {
      const NewsPiece& before = pieces_[at - 1];
      if (before.type == TokenType::word && !ending(at, Kind::currency)) return false;  // "S23"
      if (before.type == TokenType::number) return false;
      if (text(before) == "." && at > 1 && touches(at - 1)) return false;  // "ID.3"
      if (text(before) == "#" || text(before) == "@" || text(before) == "_") return false;
      if (before.type == TokenType::dash) {
        const bool tied = touches(at - 1) && at > 1;
        const bool minus = tied && is(at - 2, "minus");
        const bool free = tied && (is(at - 2, "to") || is(at - 2, "sub") || is(at - 2, "now"));
        if (tied && !minus && !free && pieces_[at - 2].type == TokenType::word) return false;                             // "COVID-19"
        if (tied && is(at - 2, TokenType::number) && (found_.empty() || found_.back().unit_end != at - 1)) return false;  // "ISO 3888-2"
        if (!free && (!tied || minus || pieces_[at - 2].type == TokenType::mark)) {
          if (!tied || !is(at - 2, ")")) {
            negate(c);
            c.first = minus ? at - 2 : at - 1;
          }
        }
      }
    } else if (at > 0 && is(at - 1, "minus")) {
      negate(c);
      c.first = at - 1;
    }
    std::size_t end = at + 1;
    if (is(end, "/") && touches(end) && touches(end + 1) && is(end + 1, TokenType::number)) return fraction(at, c);
    if (touches(end) && is(end, TokenType::word)) {
      if (gives(end, Kind::ordinal) != nullptr) {
        c.end = end + 1;
        return false;
      }
      if (gives(end, Kind::scale) == nullptr && !starting(end, Kind::unit) && !starting(end, Kind::currency) &&
          gives(end, Kind::clock) == nullptr && exact_unit(end) == nullptr) {
        c.end = end + 1;
        return false;  // "3D"
      }
    }
    c.end = c.number_end = end;
    scale(c);
    return true;
  }

  static void negate(NewsCandidate& c) {
    if (const auto negative = c.q.value.times(*Decimal::make(-1))) c.bare = c.q.value = *negative;
  }

  bool fraction(std::size_t at, NewsCandidate& c) const {
    const auto low = value_of(text(pieces_[at + 2]));
    const auto part = c.q.value.whole();
    const auto whole = low ? low->whole() : std::nullopt;
    c.end = at + 3;
    if (!part || !whole || *part < 1 || *part >= *whole || (*whole != 2 && *whole != 4 && *whole != 8 && *whole != 5)) return false;
    c.q.value = *Decimal::make(*part * 1000 / *whole, -3);
    c.number_end = c.end;
    return true;
  }

  bool words(std::size_t at, NewsCandidate& c) const {
    std::size_t i = at;
    const bool article = is(i, "a") || is(i, "an");
    if (article) {
      if (gives(i + 1, Kind::scale) == nullptr || pieces_[i + 1].meaning->glued) return false;
      ++i;
    }
    if (gives(i, Kind::count) == nullptr && !article) return false;
    if (at > 0 && touches(at) && pieces_[at - 1].type == TokenType::dash && at > 1 && touches(at - 1) && is(at - 2, TokenType::word))
      return false;
    std::int64_t total = 0;
    std::int64_t current = article ? 1 : 0;
    bool half = false;
    bool scaled = false;
    std::size_t end = i;
    while (i < pieces_.size()) {
      if (const std::string* value = gives(i, Kind::count)) {
        const std::int64_t v = std::stoll(*value);
        if (current % 100 != 0 && !(current % 10 == 0 && v < 10 && current % 100 >= 20)) break;
        current += v;
      } else if (const std::string* times = gives(i, Kind::scale); times != nullptr && !pieces_[i].meaning->glued) {
        const std::int64_t by = std::stoll(*times);
        if (current == 0 || current > 999'999) break;
        scaled = true;
        if (by <= 100) {
          current *= by;
        } else {
          if (total != 0 && total < by) break;
          total += current * by;
          current = 0;
        }
      } else {
        break;
      }
      end = ++i;
      if (is(i, TokenType::dash) && touches(i) && touches(i + 1) && gives(i + 1, Kind::count) != nullptr) ++i;
      if (is(i, "and") && is(i + 1, "a") && is(i + 2, "half")) {
        half = true;
        end = i + 3;
        break;
      }
      if (is(i, "and") && scaled && gives(i + 1, Kind::count) != nullptr) ++i;
    }
    if (end == at || total + current == 0) return false;
    const auto value = Decimal::make(half ? (total + current) * 10 + 5 : total + current, half ? -1 : 0);
    if (!value) return false;
    c.q.value = c.bare = *value;
    c.end = c.number_end = end;
    c.plain = true;
    c.small_integer = !scaled;
    if (half) scale(c);
    return true;
  }

  void scale(NewsCandidate& c) const {
    const std::string* by = gives(c.end, Kind::scale);
    if (by == nullptr) return;
    const bool glued = touches(c.end);
    if (pieces_[c.end].meaning->glued) {
      if (!glued && !is(c.end, "b")) return;
      const bool metres = is(c.end, "m") && !ending(c.first, Kind::currency) && !starting(c.end + 1, Kind::unit) &&
                          !starting(c.end + 1, Kind::currency) && !plural(c.end + 1);
      if (metres || (touches(c.end + 1) && is(c.end + 1, TokenType::word))) return;
    }
    const auto factor = Decimal::parse(*by);
    const auto value = factor ? product(c.q.value, *factor) : std::nullopt;
    if (!value) return;
    c.q.value = *value;
    c.scale = factor;
    c.number_end = ++c.end;
    c.small_integer = false;
  }

  [[nodiscard]] bool plural(std::size_t i) const {
    if (!is(i, TokenType::word)) return false;
    const std::string_view word = text(pieces_[i]);
    return (word.size() > 2 && word != "has" && word != "was" && word != "gas" && word != "does" && word.ends_with("s") &&
            !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is")) ||
           word == "people" || word == "men" || word == "women" || word == "children";
  }

  void unit(NewsCandidate& c) const {
    c.unit_end = c.end;
    if (const auto money = ending(c.first, Kind::currency)) {
      c.first = money->first;
      c.q.unit = money->gives(Kind::currency);
      c.money_before = true;
      // "$75 U.S. per barrel"
      if (is(c.end, "u") && is(c.end + 1, ".")) c.unit_end = std::min(pieces_.size(), c.end + 4);
      if (is(c.end, "us") || is(c.end, "usd")) c.unit_end = c.end + 1;
      per(c);
      return;
    }
    if (!c.q.unit.empty()) return;
    std::size_t at = c.end;
    if (is(at, "of") && (c.given || !is(c.end - 1, TokenType::number))) {
      ++at;
      while (is(at, "the") || is(at, "his") || is(at, "her") || is(at, "their") || is(at, "its") || is(at, "my") || is(at, "our") ||
             is(at, "these") || is(at, "those") || is(at, "most") || is(at, "more")) {
        ++at;
      }
    } else if (is(at, "more") || is(at, "-")) {
      at += is(at, "more") && is(at + 1, TokenType::word) ? 1 : 0;
    }
    const bool hyphen = is(at, TokenType::dash) && touches(at) && touches(at + 1) && is(at + 1, TokenType::word);
    if (hyphen) ++at;
    const auto money = starting(at, Kind::currency);
    const auto known = starting(at, Kind::unit);
    if (const std::string* exact = exact_unit(at); exact != nullptr && (!known || known->end <= at + 1) && !money) {
      c.q.unit = *exact;
      c.unit_end = at + 1;
      per(c);
      return;
    }
    if (money && (!known || money->end > known->end)) {
      c.q.unit = money->gives(Kind::currency);
      c.unit_end = money->end;
      per(c);
      return;
    }
    if (known) {
      const bool in = is(at, "in") && !touches(at);
      const bool letter = pieces_[at].end - pieces_[at].begin == 1 && is(at, TokenType::word) && known->end == at + 1 && !touches(at);
      if (!in && !letter) {
        c.q.unit = known->gives(Kind::unit);
        c.unit_end = known->end;
        per(c);
        return;
      }
    }
    noun(c, at, hyphen);
  }

  void per(NewsCandidate& c) const {
    const bool slash = is(c.unit_end, "/") && touches(c.unit_end);
    if (!slash && !is(c.unit_end, "a") && !is(c.unit_end, "an") && !is(c.unit_end, "per")) return;
    const auto of = starting(c.unit_end + 1, Kind::per);
    if (!of || is(of->end, "earlier") || is(of->end, "ago") || is(of->end, "before") || is(of->end, "later")) return;
    c.q.unit += " per " + of->gives(Kind::per);
    c.unit_end = of->end;
  }

  void noun(NewsCandidate& c, std::size_t at, bool hyphen) const {
    std::size_t end = at;
    if (hyphen) {
      end = at + 1;
    } else {
      for (std::size_t i = at; i < pieces_.size() && i < at + kNounWords; ++i) {
        if (!is(i, TokenType::word) || gives(i, Kind::stop) != nullptr || (i > at && touches(i))) break;
        end = i + 1;
        if (plural(i)) {
          // "Model 3s" aside, one more noun may follow only where it is plural as well
          break;
        }
      }
      if (end > at && !plural(end - 1)) end = c.q.value == *Decimal::make(1) ? std::min(end, at + 1) : at;
    }
    if (end <= at) return;
    if (const auto known = starting(end - 1, Kind::unit); known && known->end == end && end > at + 1) {
      c.q.unit = known->gives(Kind::unit);  // "rushing yards"
      c.unit_end = end;
      return;
    }
    for (std::size_t i = at; i < end; ++i) {
      if (i > at) c.q.unit += ' ';
      c.q.unit += text(pieces_[i]);
    }
    c.noun = true;
    c.unit_end = end;
  }

  [[nodiscard]] bool counts(const NewsCandidate& c) const {
    if (c.given) return c.first == 0 || (!is(c.first - 1, "first") && !is(c.first - 1, "second") && !is(c.first - 1, "other"));
    // "a five-year award", "six-speed": what a thing is and not how many there are.
    const bool spelled = !is(c.number_end - 1, TokenType::number);
    if (spelled && !c.money_before && is(c.number_end, TokenType::dash) && touches(c.number_end) && c.q.unit != "year of age" &&
        c.q.unit != "cylinder")
      return false;
    if (c.money_before || (!c.q.unit.empty() && !c.noun)) return gives(c.end, Kind::clock) == nullptr;
    if (gives(c.end, Kind::clock) != nullptr || (is(c.end, "a") && is(c.end + 1, ".") && is(c.end + 2, "m")) ||
        (is(c.end, "p") && is(c.end + 1, ".") && is(c.end + 2, "m")))
      return false;
    std::size_t before = c.first;
    if (before > 0 && is(before - 1, ".")) --before;
    if (before > 0 && gives(before - 1, Kind::month) != nullptr) return false;
    if (gives(c.end, Kind::month) != nullptr) return false;
    const auto whole = c.q.value.whole();
    const bool ends_range = is(c.end, TokenType::dash) && is(c.end + 1, TokenType::number) && starting(c.end + 2, Kind::unit);
    if (ends_range && whole && *whole >= kFirstYear) return true;
    const bool digits = is(c.number_end - 1, TokenType::number);
    if (digits && whole && *whole >= kFirstYear && *whole <= kLastYear &&
        pieces_[c.number_end - 1].end - pieces_[c.number_end - 1].begin == 4 && !c.noun)
      return false;
    if (digits && whole && *whole >= 1900 && *whole <= kLastYear && !c.scale &&
        pieces_[c.number_end - 1].end - pieces_[c.number_end - 1].begin == 4) {
      return ending(c.first, Kind::bound).has_value() && c.noun;
    }
    if (digits && c.first > 0 && (ending(c.first, Kind::label) || ending(before, Kind::label))) return false;
    if (digits && c.first > 1 && is(c.first - 2, TokenType::number) &&
        (is(c.first - 1, "to") || is(c.first - 1, "and"))) {  // "aged 25 to 54"
      const std::size_t label = c.first > 2 && is(c.first - 3, ".") ? c.first - 3 : c.first - 2;
      if (ending(label, Kind::label) && c.q.unit.empty()) return false;
    }
    // "(4)", ", 25,", "2014-15"
    if (digits && c.unit_end == c.end && c.small_integer && c.first > 0) {
      if (is(c.first - 1, "(") && is(c.end, ")")) return false;
      if (is(c.first - 1, ",") && is(c.end, ",")) return false;
      if (is(c.first - 1, ":") && !touches(c.first)) return false;
      if (touches(c.first) && pieces_[c.first - 1].type == TokenType::dash && c.first > 1 && is(c.first - 2, TokenType::number)) {
        const auto year = value_of(text(pieces_[c.first - 2]));
        if (year && *year >= *Decimal::make(kFirstYear) && *year <= *Decimal::make(kLastYear)) return false;
      }
    }
    // An address: "358 El Brillo Way".
    if (digits && !c.noun && !c.scale && is(c.end, TokenType::word) && capital(c.end) &&
        pieces_[c.number_end - 1].end - pieces_[c.number_end - 1].begin <= 4 &&
        (c.first == 0 || is(c.first - 1, ",") || is(c.first - 1, ":") || is(c.first - 1, "at") || is(c.first - 1, TokenType::dash))) {
      return false;
    }
    if (!digits && whole && *whole == 1 && !c.scale) return is(c.end, "of") || c.noun;
    // A name with a number: "Galaxy 11 Pro", "iPhone 11".
    if (digits && c.small_integer && !c.noun && c.first > 0 && is(c.first - 1, TokenType::word) && capital(c.first - 1) && c.first > 1)
      return false;
    return true;
  }

  [[nodiscard]] bool capital(std::size_t i) const {
    const char c = s_[pieces_[i].begin];
    return c >= 'A' && c <= 'Z';
  }

  void change(NewsCandidate& c) const {
    c.q.change = "=";
    std::size_t at = c.first;
    const bool percent = c.q.unit == "percentage";
    if (percent && c.q.value < Decimal{} && pieces_[c.first].type == TokenType::dash) {
      c.q.change = "down";
      return;
    }
    if (at > 1 && is(at - 2, "sub")) {
      c.q.change = "<";
      return;
    }
    if (!found_.empty()) {  // "lost 190 points, or 0.6%"
      const NewsCandidate& last = found_.back();
      const bool or_ = at > 0 && is(at - 1, "or") && last.unit_end + 2 >= at;
      const bool by = at > 0 && (is(at - 1, "by")) && at > 1 && !ending(at - 1, Kind::move);
      if (at > 0 && is(at - 1, "(") && last.unit_end + 1 == at) {  // "over 7.5 million crowns ($1.1 million)"
        c.q.change = last.q.change == "~" ? "=" : last.q.change;
        return;
      }
      if ((or_ || by) && (last.q.change == "up" || last.q.change == "down")) {
        c.q.change = last.q.change;
        return;
      }
    }
    if (at > 0 && is(at - 1, "+")) {
      c.q.change = "up";
      return;
    }
    for (int skipped = 0; skipped < 3 && at > 0; ++skipped) {
      if (const auto hit = ending(at, Kind::bound)) {
        const auto move = ending(hit->first, Kind::move);
        const bool vague = is(hit->first, "about") || is(hit->first, "around") || is(hit->first, "roughly");
        if (move && percent && !vague) {
          c.q.change = as_change(move->gives(Kind::move));
          return;
        }
        c.q.change = as_change(hit->gives(Kind::bound));
        return;
      }
      if (!is(at - 1, "a") && !is(at - 1, "an") && !is(at - 1, "the") && !is(at - 1, "by") && !is(at - 1, "to") && !is(at - 1, "(")) break;
      --at;
    }
    if (const auto hit = starting(c.unit_end, Kind::behind)) {
      c.q.change = as_change(hit->gives(Kind::behind));
      return;
    }
    if (is(c.end, "+") && touches(c.end)) {
      c.q.change = ">";
      return;
    }
    at = c.first;
    for (std::size_t steps = 0; steps < kMoveReach && at > 0; ++steps, --at) {
      const NewsPiece& piece = pieces_[at - 1];
      if (piece.type == TokenType::number || (piece.type == TokenType::mark && !is(at - 1, "$"))) break;
      if (const auto hit = ending(at, Kind::move)) {
        if (is(at, "of") || is(at, "in") || is(at, "short") || is(at, "between")) break;                   // "a gain of 2 %"
        if (!percent && c.q.value > Decimal{} && (is(c.first - 1, "to") || is(c.first - 2, "to"))) break;  // the level after it
        c.q.change = as_change(hit->gives(Kind::move));
        return;
      }
      if (!found_.empty() && found_.back().unit_end > at - 1) break;
    }
    if (const auto hit = starting(c.unit_end, Kind::move); hit && (is(c.unit_end, "higher") || is(c.unit_end, "lower"))) {
      c.q.change = as_change(hit->gives(Kind::move));
    }
  }

  static std::string_view as_change(std::string_view gives) {
    constexpr std::array<std::string_view, 6> kChanges = {"=", "~", ">", "<", "up", "down"};
    const auto* const found = std::find(kChanges.begin(), kChanges.end(), gives);
    return found == kChanges.end() ? kChanges.front() : *found;
  }

  void join() {
    std::vector<NewsCandidate> out;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      NewsCandidate c = std::move(found_[i]);
      if (i + 1 < found_.size() && joins(c, found_[i + 1])) {
        NewsCandidate& next = found_[i + 1];
        if (next.scale && !c.scale && c.bare < next.bare) {
          if (const auto lent = product(c.q.value, *next.scale)) c.q.value = *lent;
        }
        c.q.high = next.q.value;
        if (from(c)) c.q.change = "=";  // both ends are named
        if (c.q.unit.empty() || c.noun || next.q.unit.size() > c.q.unit.size()) c.q.unit = next.q.unit;
        c.unit_end = next.unit_end;
        c.q.span = joined(c.q.span, next.q.span);
        ++i;
      }
      // "a 7- or 8-inch screen"
      if (i + 1 < found_.size() && c.q.unit.empty() && is(c.end, TokenType::dash) &&
          (is(c.end + 1, "or") || is(c.end + 1, "and") || is(c.end + 1, ","))) {
        c.q.unit = found_[i + 1].q.unit;
      }
      out.push_back(std::move(c));
    }
    found_ = std::move(out);
  }

  [[nodiscard]] bool from(const NewsCandidate& c) const { return c.first > 0 && is(c.first - 1, "from"); }

  [[nodiscard]] bool joins(const NewsCandidate& a, const NewsCandidate& b) const {
    if (a.q.high || b.q.high) return false;
    const bool same = a.q.unit == b.q.unit || a.q.unit.empty() || b.q.unit.starts_with(a.q.unit + " per ") ||
                      a.q.unit.starts_with(b.q.unit + " per ") || (a.money_before && b.q.unit.empty());
    if (!same) return false;
    constexpr std::size_t kFromTo = 8;
    if (from(a) && b.first > 0 && is(b.first - 1, "to") && b.first - a.unit_end <= kFromTo) return true;
    if (a.unit_end + 1 != b.first) return false;
    const std::size_t middle = a.unit_end;
    const auto tenfold = a.q.value.times(*Decimal::make(6));
    const bool near = a.q.value < b.q.value && (!tenfold || b.q.value < *tenfold || b.scale);
    if (is(middle, TokenType::dash)) return a.q.value < b.q.value;
    if (is(middle, "/")) return a.money_before && b.money_before && a.q.value < b.q.value;
    if (is(middle, "to")) return a.first > 0 && is(a.first - 1, "by") ? near && !b.scale : a.q.value < b.q.value;
    if (is(middle, "and")) return a.first > 0 && is(a.first - 1, "between");
    if (is(middle, "or")) return a.q.unit.empty() && !a.scale && !b.money_before && a.q.value < b.q.value;
    return false;
  }

  const Table& table_;
  std::string_view s_;
  std::string low_;
  std::vector<NewsPiece> pieces_;
  std::vector<NewsCandidate> found_;
};

}  // namespace

struct NewsQuantities::Impl {
  Table table;
};

NewsQuantities::NewsQuantities(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
NewsQuantities::NewsQuantities(NewsQuantities&&) noexcept = default;
NewsQuantities& NewsQuantities::operator=(NewsQuantities&&) noexcept = default;
NewsQuantities::~NewsQuantities() = default;

Result<NewsQuantities> NewsQuantities::make(const Codebook& book) {
  constexpr std::array<std::pair<std::string_view, Kind>, 16> kRows = {{{"news-count", Kind::count},
                                                                        {"news-scale", Kind::scale},
                                                                        {"news-currency", Kind::currency},
                                                                        {"news-unit", Kind::unit},
                                                                        {"news-per", Kind::per},
                                                                        {"news-bound", Kind::bound},
                                                                        {"news-move", Kind::move},
                                                                        {"news-label", Kind::label},
                                                                        {"news-month", Kind::month},
                                                                        {"news-clock", Kind::clock},
                                                                        {"news-ordinal", Kind::ordinal},
                                                                        {"news-stop", Kind::stop},
                                                                        {"news-share", Kind::share},
                                                                        {"news-open", Kind::open},
                                                                        {"news-fold", Kind::fold},
                                                                        {"news-score", Kind::score}}};
  auto impl = std::make_unique<Impl>();
  for (const auto& [name, kind] : kRows) {
    for (const RowId id : book.rows_of(name)) {
      const Row& row = book.rows[id];
      const bool counts = kind == Kind::count || kind == Kind::scale;
      const auto value = Decimal::parse(row.gives);
      const bool needs_value = counts || kind == Kind::share || kind == Kind::open || kind == Kind::fold;
      if (needs_value && (!value || (counts && !value->whole()))) {
        return fail(ErrorKind::kConfig, row.file, "line " + std::to_string(row.line),
                    "row " + row.id + ": gives = \"" + row.gives + "\" is no number");
      }
      for (const std::string& words : row.words) {
        const bool behind = words.starts_with("# ");
        const std::string phrase = behind ? words.substr(2) : words;
        const auto k = static_cast<std::size_t>(behind ? Kind::behind : kind);
        if (const std::vector<NewsPiece> pieces = cut(phrase); !pieces.empty()) {
          const auto token = [&phrase](const NewsPiece& piece) { return phrase.substr(piece.begin, piece.end - piece.begin); };
          impl->table[token(pieces.front())].starts |= 1U << k;
          impl->table[token(pieces.back())].ends |= 1U << k;
        }
        Meaning& meaning = impl->table[phrase];
        meaning.has[k] = true;
        meaning.gives[k] = row.gives;
        if (row.options.contains("glued") && row.options.at("glued") == "true") meaning.glued = true;
      }
    }
  }
  return NewsQuantities(std::unique_ptr<const Impl>(std::move(impl)));
}

std::vector<NewsQuantity> NewsQuantities::find(std::string_view sentence) const { return NewsFinder(impl_->table, sentence).run(); }

}  // namespace litopys
