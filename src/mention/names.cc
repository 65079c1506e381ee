// A trie over words whose edges carry a stem (by hash) and a set of endings. A word of the text is tried with its last zero to five
// letters as the ending: six look-ups in a flat hash table, whatever the number of names. Hashes are 64 bits wide and the stem itself is
// not compared: with 10^5 stems a clash has a chance of 10^-9, and its price is one wrong name.
#include "mention/names.h"

#include <algorithm>

#include "base/pieces.h"
#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::uint64_t kSeed = 0xcbf29ce484222325;
constexpr std::uint64_t kPrime = 0x100000001b3;
constexpr std::size_t kLongestEnding = 5;  // letters: «ового»
constexpr std::size_t kLongestName = 12;   // words
constexpr std::size_t kLongestWord = 128;  // bytes

std::uint64_t letter_hash(std::uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  return hash;
}

// The letter of `word` at `at`, with ё as е and ґ as г; gives its bytes in the word.
std::size_t next_letter(std::string_view word, std::size_t at, std::string_view& folded) {
  const auto lead = static_cast<unsigned char>(word[at]);
  const std::size_t size = std::min<std::size_t>(lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, word.size() - at);
  folded = word.substr(at, size);
  if (size == 2 && static_cast<unsigned char>(folded[1]) == 0x91) {  // the second byte of both
    if (lead == 0xD1) folded = "е";                                  // ё
    if (lead == 0xD2) folded = "г";                                  // ґ
  }
  return size;
}

std::uint64_t mixed(std::uint32_t node, std::uint64_t stem) {
  std::uint64_t h = stem ^ (node * 0x9E3779B97F4A7C15ULL);
  h ^= h >> 32;
  h *= 0xD6E8FEB86659FD93ULL;
  h ^= h >> 32;
  return h == 0 ? 1 : h;
}

std::uint64_t word_hash(std::string_view word) {
  std::uint64_t hash = kSeed;
  std::string_view folded;
  for (std::size_t at = 0; at < word.size();) {
    at += next_letter(word, at, folded);
    hash = letter_hash(hash, folded);
  }
  return hash;
}

bool is_upper_at(std::string_view text, std::size_t at) { return at < text.size() && utf8::is_upper(utf8::decode(text, at).value); }

bool is_all_caps(std::string_view word) {
  std::size_t upper = 0;
  for (std::size_t at = 0; at < word.size();) {
    const utf8::Decoded c = utf8::decode(word, at);
    if (utf8::is_letter(c.value)) {
      if (!utf8::is_upper(c.value)) return false;
      ++upper;
    }
    at += c.size;
  }
  return upper >= 2;
}

bool is_joint(char32_t c) {  // what parts words of a name, or of a token
  switch (c) {
    case '-':
    case '"':
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014: return true;
    default: return false;
  }
}

}  // namespace

std::string folded_name(std::string_view text) {
  const std::string lower = utf8::lowered(text);
  std::string out;
  std::string_view folded;
  for (std::size_t at = 0; at < lower.size();) {
    at += next_letter(lower, at, folded);
    out += folded;
  }
  return out;
}

// One word to be matched: a token, or a part of one between hyphens.
struct NameIndex::Word {
  std::string_view lower;
  std::uint32_t token = 0;  // index into Text::tokens
  Span span;
  bool capital = false;
  bool all_caps = false;
  bool joined = false;  // nothing but a joint stands between this word and the one before
};

NameIndex::NameIndex(const Codebook& book) {
  edges_.emplace_back();
  values_.emplace_back();
  nodes_.emplace_back();
  slots_.resize(1024);
  EndingSet plain{};
  const auto insert = [&](EndingSet& set, std::string_view ending) {
    const std::uint32_t id = ending_id(ending == "-" ? std::string_view() : ending);
    set[id / 64] |= std::uint64_t{1} << (id % 64);
  };
  insert(plain, "-");
  plain_set_ = set_of(plain);
  adjective_set_.fill(plain_set_);
  for (const Row& row : book.rows) {
    if (row.kind == "adjective-ending") {
      EndingSet set{};
      for (const std::string& ending : row.words) insert(set, ending);
      adjective_set_[static_cast<std::size_t>(row.language)] = set_of(set);
    } else if (row.kind == "name-ending") {
      EndingSet set{};
      const auto forms = row.options.find("forms");
      const std::string_view list = forms == row.options.end() ? std::string_view() : std::string_view(forms->second);
      each_piece(list, '|', [&](std::string_view form) { insert(set, form); });
      const std::uint16_t id = set_of(set);
      const auto keeps = row.options.find("keeps");
      for (const std::string& ending : row.words) {
        endings_[static_cast<unsigned char>(ending.back())].push_back(
            {folded_name(ending), row.language, id, keeps != row.options.end() && keeps->second == "true"});
      }
    }
  }
  for (std::vector<Ending>& bucket : endings_) {
    std::stable_sort(bucket.begin(), bucket.end(), [](const Ending& a, const Ending& b) { return a.text.size() > b.text.size(); });
  }
}

std::uint32_t NameIndex::ending_id(std::string_view ending) {
  if (const int known = known_ending(ending); known >= 0) return static_cast<std::uint32_t>(known);
  if (ending_texts_.size() == 256) return 255;  // more endings than two languages have: the last ones share a bit
  ending_texts_.emplace_back(ending);
  return static_cast<std::uint32_t>(ending_texts_.size() - 1);
}

int NameIndex::known_ending(std::string_view ending) const {
  for (std::size_t i = 0; i < ending_texts_.size(); ++i) {
    if (ending_texts_[i] == ending) return static_cast<int>(i);
  }
  return -1;
}

std::uint16_t NameIndex::set_of(const EndingSet& endings) {
  const auto found = std::find(sets_.begin(), sets_.end(), endings);
  if (found != sets_.end()) return static_cast<std::uint16_t>(found - sets_.begin());
  sets_.push_back(endings);
  return static_cast<std::uint16_t>(sets_.size() - 1);
}

const NameIndex::Ending* NameIndex::ending_of(std::string_view word, Language language) const {
  if (word.empty()) return nullptr;
  for (const Ending& known : endings_[static_cast<unsigned char>(word.back())]) {
    const bool whole = word.size() == known.text.size();  // "region" as a row's ending is the word itself
    if (known.language == language && word.ends_with(known.text) && (!whole || known.keeps)) return &known;
  }
  return nullptr;
}

NameIndex::Cut NameIndex::cut(std::string_view word, Language language) const {
  std::string lower = folded_name(word);
  const Ending* known = ending_of(lower, language);
  if (known == nullptr || known->keeps) return {std::move(lower), {}};
  lower.resize(lower.size() - known->text.size());
  return {std::move(lower), known->text};
}

std::uint32_t NameIndex::edges_at(std::uint32_t node, std::uint64_t stem) const {
  const std::uint64_t key = mixed(node, stem);
  for (std::size_t at = key & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].edge == 0) return 0;
    if (slots_[at].key == key) return slots_[at].edge;
  }
}

void NameIndex::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.edge == 0) continue;
    std::size_t at = slot.key & (slots_.size() - 1);
    while (slots_[at].edge != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

std::uint32_t NameIndex::step(std::uint32_t node, std::uint64_t stem, std::uint16_t set, Case letters) {
  if (used_ * 2 >= slots_.size()) grow();
  const std::uint64_t key = mixed(node, stem);
  std::size_t at = key & (slots_.size() - 1);
  while (slots_[at].edge != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
  for (std::uint32_t edge = slots_[at].edge; edge != 0; edge = edges_[edge].next) {
    if (edges_[edge].set == set && edges_[edge].letters == letters) return edges_[edge].child;
  }
  const auto child = static_cast<std::uint32_t>(nodes_.size());
  nodes_.emplace_back();
  nodes_[node].inner = true;
  edges_.push_back({child, slots_[at].edge, set, letters});
  used_ += slots_[at].edge == 0 ? 1 : 0;
  slots_[at] = {key, static_cast<std::uint32_t>(edges_.size() - 1)};
  return child;
}

void NameIndex::mark(std::uint32_t node, std::uint32_t value) {
  for (std::uint32_t at = nodes_[node].values; at != 0; at = values_[at].next) {
    if (values_[at].value == value) return;
  }
  values_.push_back({value, nodes_[node].values});
  nodes_[node].values = static_cast<std::uint32_t>(values_.size() - 1);
}

void NameIndex::add(std::string_view name, Language language, std::uint32_t value, Options options) {
  std::uint32_t node = 0;
  std::size_t words = 0;
  for (std::size_t at = 0; at < name.size();) {
    // A word: up to white space or a joint.
    std::size_t end = at;
    while (end < name.size()) {
      const utf8::Decoded c = utf8::decode(name, end);
      if (utf8::is_space(c.value) || is_joint(c.value)) break;
      end += c.size;
    }
    const std::string_view word = name.substr(at, end - at);
    at = end < name.size() ? end + utf8::decode(name, end).size : end;
    if (word.empty()) continue;
    if (++words > kLongestName) return;
    const Case letters = options.any_case || (options.first_capital && words > 1) ? Case::any
                         : is_all_caps(word)                                      ? Case::all_caps
                         : is_upper_at(word, 0)                                   ? Case::capital
                                                                                  : Case::any;
    const std::string lower = folded_name(word);
    const Ending* known = options.inflect ? ending_of(lower, language) : nullptr;
    const std::size_t stem = lower.size() - (known == nullptr || known->keeps ? 0 : known->text.size());
    const std::string_view begin = std::string_view(lower).substr(0, stem);
    if (node == 0) file_start(begin, letters);
    node = step(node, word_hash(begin), known == nullptr ? plain_set_ : known->set, letters);
  }
  if (node != 0) mark(node, value);
}

void NameIndex::add_adjective(std::string_view stem, Language language, std::uint32_t value) {
  const std::string folded = folded_name(stem);
  file_start(folded, Case::any);
  mark(step(0, word_hash(folded), adjective_set_[static_cast<std::size_t>(language)], Case::any), value);
}

void NameIndex::file_start(std::string_view stem, Case letters) {
  capitals_.add(stem);
  if (letters == Case::any) any_case_.add(stem);
}

// The walk over one sentence.
class NameIndex::Walk {
 public:
  Walk(const NameIndex& index, const Text& text, const Sentence& sentence) : index_(index) {
    words_.reserve(sentence.token_count);
    bool joined = true;
    for (std::uint32_t i = sentence.first_token; i < sentence.first_token + sentence.token_count; ++i) {
      const Token& token = text.tokens[i];
      if (token.kind == TokenKind::punctuation) {
        joined = joined && token.lower.size() <= 3 && is_joint(utf8::decode(token.lower, 0).value);
        continue;
      }
      if (token.kind == TokenKind::symbol) {
        joined = false;
        continue;
      }
      split(token, i, joined);
      joined = true;
    }
  }

  void run(std::vector<NameHit>& out) {
    for (std::size_t i = 0; i < words_.size();) {
      best_end_ = 0;
      best_node_.clear();
      const StartFilter& starts = words_[i].capital || words_[i].all_caps ? index_.capitals_ : index_.any_case_;
      if (starts.may_start(words_[i].lower)) match(i, 0, i);
      if (best_end_ == 0) {
        ++i;
        continue;
      }
      const Word& first = words_[i];
      const Word& last = words_[best_end_ - 1];
      const std::size_t before = out.size();
      for (const std::uint32_t node : best_node_) {
        for (std::uint32_t at = index_.nodes_[node].values; at != 0; at = index_.values_[at].next) {
          const std::uint32_t value = index_.values_[at].value;  // several forms of one name may fit
          if (std::any_of(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), [&](const NameHit& h) { return h.value == value; }))
            continue;
          out.push_back({value, first.token, last.token - first.token + 1, {first.span.begin, last.span.end}});
        }
      }
      i = best_end_;
    }
  }

 private:
  void split(const Token& token, std::uint32_t index, bool joined) {
    if (token.lower.find('-') == std::string_view::npos || token.kind != TokenKind::word) {
      words_.push_back({token.lower, index, token.span, token.capital, token.all_caps, joined});
      return;
    }
    // «Кам’янка-Дніпровська»: where lowering changed the size (another apostrophe), the parts' places are not known; each has the whole.
    const bool same_size = token.lower.size() == token.span.size();
    bool first = true;
    for (std::size_t begin = 0; begin <= token.lower.size();) {
      const std::size_t end = std::min(token.lower.find('-', begin), token.lower.size());
      if (end > begin) {
        const Span part{token.span.begin + static_cast<std::uint32_t>(begin), token.span.begin + static_cast<std::uint32_t>(end)};
        const Span span = same_size ? part : token.span;
        // Only the token's own capitals are known here, not those of its parts: a token that begins with one has them all.
        words_.push_back({token.lower.substr(begin, end - begin), index, span, token.capital, token.capital, !first || joined});
        first = false;
      }
      begin = end + 1;
    }
  }

  void match(std::size_t i, std::uint32_t node, std::size_t start) {
    const Word& word = words_[i];
    if (word.lower.empty() || word.lower.size() > kLongestWord) return;
    // Hash and offset after each of the last letters, in a ring.
    constexpr std::size_t kRing = 8;
    static_assert(kRing > kLongestEnding);
    std::array<std::uint64_t, kRing> hashes;
    std::array<std::size_t, kRing> ends;
    std::size_t letters = 0;
    hashes[0] = kSeed;
    ends[0] = 0;
    std::string_view folded;
    for (std::size_t at = 0; at < word.lower.size();) {
      at += next_letter(word.lower, at, folded);
      const std::uint64_t hash = letter_hash(hashes[letters % kRing], folded);
      ++letters;
      hashes[letters % kRing] = hash;
      ends[letters % kRing] = at;
    }
    for (std::size_t cut = 0; cut <= kLongestEnding && cut < letters; ++cut) {
      const std::size_t behind = (letters - cut) % kRing;
      std::uint32_t edge = index_.edges_at(node, hashes[behind]);
      if (edge == 0) continue;
      const int ending = index_.known_ending(word.lower.substr(ends[behind]));
      if (ending < 0) continue;
      for (; edge != 0; edge = index_.edges_[edge].next) {
        const Edge& e = index_.edges_[edge];
        if ((index_.sets_[e.set][static_cast<std::size_t>(ending) / 64] >> (ending % 64) & 1) == 0) continue;
        if ((e.letters == Case::capital && !word.capital) || (e.letters == Case::all_caps && !word.all_caps)) continue;
        if (index_.nodes_[e.child].values != 0) {
          if (i + 1 > best_end_) best_node_.clear();
          if (i + 1 >= best_end_) {
            best_end_ = i + 1;
            if (std::find(best_node_.begin(), best_node_.end(), e.child) == best_node_.end()) best_node_.push_back(e.child);
          }
        }
        if (index_.nodes_[e.child].inner && i + 1 < words_.size() && words_[i + 1].joined && i + 1 - start < kLongestName) {
          match(i + 1, e.child, start);
        }
      }
    }
  }

  const NameIndex& index_;
  std::vector<Word> words_;
  std::size_t best_end_ = 0;
  std::vector<std::uint32_t> best_node_;
};

void NameIndex::find(const Text& text, const Sentence& sentence, std::vector<NameHit>& out) const { Walk(*this, text, sentence).run(out); }

}  // namespace litopys
