// Patterns become a trie over items. An item is a set of words; every literal of every item is a key (text/token.h, word_key) in one
// table that says which items it satisfies, so a token is turned into its few items by one probe a key, and most tokens satisfy none.
// From each token the trie is walked; it branches at gaps only, whose length is capped.
//
// Fits some thousand short patterns. Not for patterns with many wide gaps in a row: each multiplies the walk by its width.
#include "text/lexicon.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "text/characters.h"
#include "text/start_filter.h"
#include "text/token.h"

namespace litopys {
namespace {

using ItemId = std::uint32_t;
using NodeId = std::uint32_t;

constexpr ItemId kAnyWord = 0, kNumber = 1, kFirstLiteral = 2;
constexpr unsigned kWidestGap = 12;
constexpr std::size_t kMostItems = 24;
constexpr std::uint32_t kMostMarks = 4;  // quotation marks and hyphens between two words of a match; more is no running text

struct Edge {
  ItemId item = 0;
  NodeId to = 0;
};
// While compiling; then nodes lie flat.
struct Node {
  std::vector<Edge> edges;                        // by item
  std::vector<std::pair<unsigned, NodeId>> gaps;  // most words skipped, where it leads
  std::vector<std::pair<ItemId, NodeId>> absent;  // the word before must not satisfy the item
  std::vector<RowId> rows;                        // a pattern of these rows ends here
};

// A node as the walk sees it: half a cache line, since most walks end at the first question. What it has lies in the arrays that all nodes
// share, from its own beginning to that of the next node.
struct FlatNode {
  std::uint64_t mask = 0;  // of the edges' items: what a token's mask shares nothing with leads nowhere
  std::uint32_t edges = 0, gaps = 0, absent = 0, rows = 0;
  bool any_word = false;    // an edge takes any word
  bool only_items = false;  // nothing can go on from here but by an item that a token satisfies
};

std::uint64_t mask_of(ItemId item) { return 1ULL << (item * 0x9E3779B97F4A7C15ULL >> 58); }

// Runs of items in one array.
struct Run {
  std::uint32_t begin = 0, end = 0;
};
// What a key means, in a table without chains: most probes end at once.
struct Slot {
  std::uint64_t key = 0;
  Run by_form, by_lemma;  // both empty: free
};

}  // namespace

struct Lexicon::Impl {
  // What a key means: items satisfied by a form with that key, and by a lemma with it.
  struct Entry {
    std::vector<ItemId> by_form, by_lemma;
  };
  std::unordered_map<std::uint64_t, Entry> entries;                 // while compiling; then they lie flat
  std::unordered_map<std::uint64_t, std::vector<ItemId>> prefixes;  // by key of the prefix
  std::vector<std::uint8_t> prefix_lengths;                         // in bytes of the folded form, ascending, distinct
  std::vector<std::uint64_t> bloom, prefix_bloom;                   // keys of entries and prefixes: most words are in none
  StartFilter prefix_starts;
  std::vector<ItemId> any_items, number_items;       // items with _ or # among their alternatives
  std::unordered_map<std::string, ItemId> item_ids;  // by canonical spelling
  std::vector<Node> nodes = std::vector<Node>(1);    // while compiling
  std::vector<FlatNode> flat;                        // the nodes, and one behind the last
  std::vector<Edge> edges;
  std::vector<std::pair<unsigned, NodeId>> gaps;
  std::vector<std::pair<ItemId, NodeId>> absents;
  std::vector<RowId> rows;
  ItemId next_item = kFirstLiteral;
  std::vector<NodeId> first_step;  // by item: where the root's edge leads, 0 without one
  bool asks_for_numbers = false;   // some item is or holds #
  bool begins_with_item = true;    // no pattern begins where a token satisfies no item: with _, a gap or a word that must not be there

  std::vector<Slot> slots;
  std::vector<ItemId> items;  // that slots point into

  [[nodiscard]] const Slot* slot_of(std::uint64_t key) const {
    for (std::size_t at = key * 0x9E3779B97F4A7C15ULL >> slot_shift;; at = (at + 1) % slots.size()) {
      const Slot& slot = slots[at];
      if (slot.by_form.begin == slot.by_form.end && slot.by_lemma.begin == slot.by_lemma.end) return nullptr;
      if (slot.key == key) return &slot;
    }
  }
  void lay_flat() {
    while ((std::size_t{1} << (64 - slot_shift)) < entries.size() * 2 + 2) --slot_shift;
    slots.assign(std::size_t{1} << (64 - slot_shift), {});
    const auto add = [&](const std::vector<ItemId>& ids) {
      const auto begin = static_cast<std::uint32_t>(items.size());
      items.insert(items.end(), ids.begin(), ids.end());
      return Run{begin, static_cast<std::uint32_t>(items.size())};
    };
    for (const auto& [key, entry] : entries) {
      std::size_t at = key * 0x9E3779B97F4A7C15ULL >> slot_shift;
      while (slots[at].by_form.begin != slots[at].by_form.end || slots[at].by_lemma.begin != slots[at].by_lemma.end)
        at = (at + 1) % slots.size();
      slots[at] = {key, add(entry.by_form), add(entry.by_lemma)};
    }
    entries.clear();
  }
  unsigned slot_shift = 62;

  // Some sixteen bits a key, 8 KiB at most: what is small stays near.
  static std::vector<std::uint64_t> bloom_of(const auto& keys) {
    std::vector<std::uint64_t> bits(std::clamp(std::bit_ceil(keys.size() / 4), std::size_t{1}, std::size_t{1024}));
    for (const auto& [key, what] : keys) bits[(key >> 6) & (bits.size() - 1)] |= 1ULL << (key & 63);
    return bits;
  }
  static bool bloom_has(const std::vector<std::uint64_t>& bits, std::uint64_t key) {
    return (bits[(key >> 6) & (bits.size() - 1)] >> (key & 63) & 1) != 0;
  }

  // Once all patterns are in.
  void finish() {
    for (Node& node : nodes) std::ranges::sort(node.edges, {}, &Edge::item);
    bloom = bloom_of(entries);
    prefix_bloom = bloom_of(prefixes);
    lay_flat();
    lay_nodes_flat();
    first_step.assign(next_item, 0);
    for (const Edge& edge : nodes[0].edges) first_step[edge.item] = edge.to;
    asks_for_numbers = !number_items.empty();
    for (const Node& node : nodes) {
      for (const Edge& edge : node.edges) asks_for_numbers |= edge.item == kNumber;
      for (const auto& [item, to] : node.absent) asks_for_numbers |= item == kNumber;
    }
    std::vector<NodeId> beginnings = {0};
    for (std::size_t i = 0; i < beginnings.size(); ++i) {
      const Node& node = nodes[beginnings[i]];
      begins_with_item &= node.gaps.empty() && std::ranges::none_of(node.edges, [](const Edge& e) { return e.item == kAnyWord; });
      for (const auto& [item, to] : node.absent) beginnings.push_back(to);
    }
    nodes.clear();
    nodes.shrink_to_fit();
  }

  void lay_nodes_flat() {
    const auto size = [](const auto& list) { return static_cast<std::uint32_t>(list.size()); };
    for (const Node& node : nodes) {
      FlatNode& out = flat.emplace_back(FlatNode{0, size(edges), size(gaps), size(absents), size(rows)});
      for (const Edge& edge : node.edges) {
        out.any_word |= edge.item == kAnyWord;
        out.mask |= mask_of(edge.item);
      }
      out.only_items = node.rows.empty() && node.gaps.empty() && node.absent.empty() && !out.any_word;
      edges.insert(edges.end(), node.edges.begin(), node.edges.end());
      gaps.insert(gaps.end(), node.gaps.begin(), node.gaps.end());
      absents.insert(absents.end(), node.absent.begin(), node.absent.end());
      rows.insert(rows.end(), node.rows.begin(), node.rows.end());
    }
    flat.push_back({0, size(edges), size(gaps), size(absents), size(rows)});
  }

  NodeId step(NodeId from, ItemId item) {
    for (const Edge& edge : nodes[from].edges) {
      if (edge.item == item) return edge.to;
    }
    nodes[from].edges.push_back({item, static_cast<NodeId>(nodes.size())});
    nodes.emplace_back();
    return nodes[from].edges.back().to;
  }
  NodeId gap(NodeId from, unsigned width) {
    for (const auto& [most, to] : nodes[from].gaps) {
      if (most == width) return to;
    }
    nodes[from].gaps.emplace_back(width, static_cast<NodeId>(nodes.size()));
    nodes.emplace_back();
    return nodes[from].gaps.back().second;
  }
  NodeId absent(NodeId from, ItemId item) {
    for (const auto& [id, to] : nodes[from].absent) {
      if (id == item) return to;
    }
    nodes[from].absent.emplace_back(item, static_cast<NodeId>(nodes.size()));
    nodes.emplace_back();
    return nodes[from].absent.back().second;
  }
};

namespace {

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(by, at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// One alternative of an item.
struct Literal {
  enum class Kind { lemma, form, prefix, mark, any, number } kind = Kind::lemma;
  std::string text;  // folded
  std::string raw;   // as written, for the tokeniser
};

class Compiler {
 public:
  explicit Compiler(Lexicon::Impl& out) : out_(out) {}

  // Adds one pattern; gives what is wrong with it, "" when nothing.
  std::string add(std::string_view pattern, RowId row) {
    std::vector<std::string_view> items = split(pattern, ' ');
    if (items.empty()) return "is empty";
    if (items.size() > kMostItems) return "has more than " + std::to_string(kMostItems) + " items";
    NodeId at = 0;
    bool open = true;  // nothing to end with yet: at the start, after a gap or after a !
    for (std::size_t i = 0; i < items.size(); ++i) {
      std::string_view item = items[i];
      const bool last = i + 1 == items.size();
      if (item.starts_with("..")) {
        unsigned width = 0;
        for (const char c : item.substr(2)) {
          if (c < '0' || c > '9') return "has the gap \"" + std::string(item) + "\"; write ..3 for up to three words";
          width = std::min(width * 10 + static_cast<unsigned>(c - '0'), 1000U);
        }
        if (width == 0 || width > kWidestGap) return "has a gap of " + std::to_string(width) + " words; 1 to " + std::to_string(kWidestGap);
        if (i == 0 || last) return "begins or ends with a gap";
        at = out_.gap(at, width);
        open = true;
        continue;
      }
      if (item.starts_with('!') && item.size() > 1) {
        if (last) return "ends with \"" + std::string(item) + "\"; ! stands before another item";
        std::vector<Literal> literals;
        if (std::string wrong = literals_of(item.substr(1), literals); !wrong.empty()) return wrong;
        at = out_.absent(at, item_id(literals));
        open = true;
        continue;
      }
      std::vector<Literal> literals;
      if (std::string wrong = literals_of(item, literals); !wrong.empty()) return wrong;
      // What the tokeniser cuts is several items: "so-called", "don't", «р.». Such an alternative needs a pattern of its own.
      const bool cut = std::ranges::any_of(literals, [](const Literal& l) { return pieces_of(l).size() > 1; });
      if (cut && literals.size() > 1) {
        for (const std::string_view alternative : split(item, '|')) {
          std::string single;
          for (std::size_t k = 0; k < items.size(); ++k) single.append(k == i ? alternative : items[k]) += ' ';
          if (std::string wrong = add(single, row); !wrong.empty()) return wrong;
        }
        return {};
      }
      if (cut) {
        for (const RawToken& piece : pieces_of(literals[0])) {
          Folded folded;
          fold(piece.span.of(literals[0].raw), folded);
          Literal part{literals[0].kind, folded.lower, {}};
          if (piece.kind == TokenKind::punctuation) {
            const char32_t c = utf8::decode(part.text, 0).value;
            if (is_transparent(c)) continue;
            part = {Literal::Kind::mark, mark_name(c), {}};
          }
          at = out_.step(at, item_id({part}));
          open = false;
        }
        continue;
      }
      at = out_.step(at, item_id(literals));
      open = false;
    }
    if (open) return "has no word to end with";
    std::vector<RowId>& rows = out_.nodes[at].rows;
    if (std::ranges::find(rows, row) == rows.end()) rows.push_back(row);
    return {};
  }

  [[nodiscard]] static bool is_transparent(char32_t c) { return is_dash(c) ? is_hyphen(c) : is_double_quote(c) || is_apostrophe(c); }

 private:
  static std::vector<RawToken> pieces_of(const Literal& literal) {
    std::vector<RawToken> pieces;
    if (literal.kind == Literal::Kind::lemma || literal.kind == Literal::Kind::form) {
      tokenise(literal.raw, {0, static_cast<std::uint32_t>(literal.raw.size())}, pieces);
    }
    return pieces;
  }

  std::string literals_of(std::string_view item, std::vector<Literal>& out) const {
    for (const std::string_view raw : split(item, '|')) {
      Literal literal;
      Folded folded;
      if (raw == "_") {
        literal.kind = Literal::Kind::any;
      } else if (raw == "#") {
        literal.kind = Literal::Kind::number;
      } else if (raw.size() > 1 && raw.front() == '=') {
        literal.kind = Literal::Kind::form;
        literal.raw = raw.substr(1);
        fold(literal.raw, folded);
        literal.text = folded.lower;
      } else if (raw.size() > 1 && raw.back() == '*') {
        literal.kind = Literal::Kind::prefix;
        fold(raw.substr(0, raw.size() - 1), folded);
        literal.text = folded.lower;
        if (literal.text.size() > 255) return "has a prefix longer than 255 bytes";
      } else {
        const utf8::Decoded first = utf8::decode(raw, 0);
        const CharClass kind = classify(first.value);
        if (first.size == raw.size() && kind != CharClass::letter && kind != CharClass::digit) literal.kind = Literal::Kind::mark;
        literal.raw = raw;
        fold(raw, folded);
        literal.text = literal.kind == Literal::Kind::mark ? mark_name(first.value) : folded.lower;
      }
      if (literal.text.find_first_of("*=") != std::string::npos && literal.kind != Literal::Kind::mark) {
        return "has * or = inside \"" + std::string(raw) + "\"; * ends a word, = begins it";
      }
      out.push_back(std::move(literal));
    }
    if (out.empty()) return "has an empty item";
    return {};
  }

 public:
  // All kinds of double quotation marks are one mark, so are dashes.
  static std::string mark_name(char32_t c) {
    if (is_double_quote(c)) return "\"";
    if (is_dash(c) && !is_hyphen(c)) return "—";
    std::string out;
    utf8::append(out, c);
    return out;
  }

 private:
  ItemId item_id(const std::vector<Literal>& literals) {
    if (literals.size() == 1 && literals[0].kind == Literal::Kind::any) return kAnyWord;
    if (literals.size() == 1 && literals[0].kind == Literal::Kind::number) return kNumber;
    std::string canonical;
    for (const Literal& l : literals) canonical += std::to_string(static_cast<int>(l.kind)) + l.text + '\0';
    const auto [it, fresh] = out_.item_ids.try_emplace(canonical, out_.next_item);
    if (!fresh) return it->second;
    const ItemId id = out_.next_item++;
    for (const Literal& l : literals) {
      const std::uint64_t key = l.kind == Literal::Kind::mark ? mark_key(l.text) : word_key(l.text);
      switch (l.kind) {
        case Literal::Kind::lemma:
          out_.entries[key].by_form.push_back(id);
          out_.entries[key].by_lemma.push_back(id);
          break;
        case Literal::Kind::form:
        case Literal::Kind::mark: out_.entries[key].by_form.push_back(id); break;
        case Literal::Kind::prefix: {
          out_.prefixes[key].push_back(id);
          // Keys count bytes after folding; ё and ґ fold to letters of the same size.
          const auto length = static_cast<std::uint8_t>(l.text.size());
          const auto at = std::ranges::lower_bound(out_.prefix_lengths, length);
          if (at == out_.prefix_lengths.end() || *at != length) out_.prefix_lengths.insert(at, length);
          out_.prefix_starts.add(l.text);
          break;
        }
        case Literal::Kind::any: out_.any_items.push_back(id); break;
        case Literal::Kind::number: out_.number_items.push_back(id); break;
      }
    }
    return id;
  }

 public:
  // Marks live in the same table as words under keys of their own.
  static std::uint64_t mark_key(std::string_view name) { return ~word_key(name); }

 private:
  Lexicon::Impl& out_;
};

// Of ASCII marks: their keys, and which of them stand in the way of nothing.
struct Marks {
  std::array<std::uint64_t, 0x80> keys{};
  std::array<bool, 0x80> transparent{};
  Marks() {
    for (char32_t c = 0; c < 0x80; ++c) {
      keys[c] = Compiler::mark_key(Compiler::mark_name(c));
      transparent[c] = Compiler::is_transparent(c);
    }
  }
};
const Marks& ascii_marks() {
  static const Marks kMarks;
  return kMarks;
}

bool is_number(const Token& token, const Text& text) {
  if (token.kind == TokenKind::number) return true;
  if (token.kind != TokenKind::word) return false;
  for (const Reading& r : text.readings_of(token)) {
    if (r.part == PartOfSpeech::numeral) return true;
  }
  return false;
}

// What a walk asks of a token.
struct Step {
  std::uint64_t mask = 0;   // of its items
  std::uint32_t items = 0;  // they begin here; they end where the next token's begin
  bool word = false;        // or number
  bool transparent = false;
};

// Kept for the next sentence: a find() then takes no memory but for its hits.
struct Scratch {
  std::vector<Step> steps;  // of the sentence's tokens, and one behind the last
  std::vector<ItemId> items;
  std::vector<LexiconHit> hits;
};

// One find(): the items of each token of the sentence, then a walk from every token.
class Walk {
 public:
  Walk(const Lexicon::Impl& lexicon, const Text& text, const Sentence& sentence, Scratch& scratch)
      : lexicon_(lexicon),
        text_(text),
        tokens_(text.tokens_of(sentence)),
        base_(sentence.first_token),
        hits_(scratch.hits),
        steps_(scratch.steps),
        items_(scratch.items) {}

  void run() {
    steps_.clear();
    items_.clear();
    hits_.clear();
    for (const Token& token : tokens_) {
      const std::size_t begin = items_.size();
      add_items(token);
      if (items_.size() > begin + 1) {
        const auto mine = items_.begin() + static_cast<std::ptrdiff_t>(begin);
        std::sort(mine, items_.end());
        items_.erase(std::unique(mine, items_.end()), items_.end());
      }
      Step& step = steps_.emplace_back(Step{0, static_cast<std::uint32_t>(begin)});
      for (std::size_t k = begin; k < items_.size(); ++k) step.mask |= mask_of(items_[k]);
      step.word = token.kind == TokenKind::word || token.kind == TokenKind::number;
      step.transparent = token.kind == TokenKind::punctuation && is_transparent(token);
      all_masks_ |= step.mask;
    }
    if (items_.empty() && lexicon_.begins_with_item) return;
    steps_.push_back({0, static_cast<std::uint32_t>(items_.size())});
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (lexicon_.begins_with_item && steps_[i].mask == 0) continue;
      first_ = i;
      taken_ = 0;
      from(0, i, kNone);
    }
    if (hits_.size() < 2) return;
    std::ranges::sort(hits_, [](const LexiconHit& a, const LexiconHit& b) {
      return std::tuple(a.first_token, b.token_count, a.row) < std::tuple(b.first_token, a.token_count, b.row);
    });
    const auto same = [](const LexiconHit& a, const LexiconHit& b) {
      return a.row == b.row && a.first_token == b.first_token && a.token_count == b.token_count;
    };
    hits_.erase(std::unique(hits_.begin(), hits_.end(), same), hits_.end());
  }

 private:
  static constexpr std::uint32_t kNone = ~0U;
  static constexpr std::size_t kFewEdges = 8;
  static constexpr unsigned kMostSteps = 20000;  // from one token: far above any sane pattern, so that a row with ten gaps cannot hang

  void add_items(const Token& token) {
    if (token.kind == TokenKind::punctuation) {
      const auto first = token.lower.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(token.lower[0]);
      add_entry(first < 0x80 ? marks_.keys[first] : Compiler::mark_key(Compiler::mark_name(utf8::decode(token.lower, 0).value)), true);
      return;
    }
    if (token.kind != TokenKind::word && token.kind != TokenKind::number && token.kind != TokenKind::symbol) return;
    if (token.kind != TokenKind::symbol) {
      items_.insert(items_.end(), lexicon_.any_items.begin(), lexicon_.any_items.end());
      if (lexicon_.asks_for_numbers && is_number(token, text_)) {
        items_.push_back(kNumber);
        items_.insert(items_.end(), lexicon_.number_items.begin(), lexicon_.number_items.end());
      }
    }
    for (std::uint16_t k = 0; k < token.key_count; ++k) add_entry(text_.keys[token.first_key + k], k == 0);
    if (token.key_count == 0) add_entry(word_key(token.lower), true);
    if (lexicon_.prefix_lengths.empty() || token.kind != TokenKind::word) return;
    add_prefixes(token.lower);
    std::string_view done = token.lower;
    for (const Reading& r : text_.readings_of(token)) {
      if (!same_bytes(r.lemma, done)) add_prefixes(r.lemma);
      done = r.lemma;
    }
  }

  void add_entry(std::uint64_t key, bool form) {
    if (!Lexicon::Impl::bloom_has(lexicon_.bloom, key)) return;
    const Slot* slot = lexicon_.slot_of(key);
    if (slot == nullptr) return;
    const Run& run = form ? slot->by_form : slot->by_lemma;
    items_.insert(items_.end(), lexicon_.items.begin() + run.begin, lexicon_.items.begin() + run.end);
  }

  void add_prefixes(std::string_view lower) {
    if (!lexicon_.prefix_starts.may_start(lower)) return;
    const auto& lengths = lexicon_.prefix_lengths;
    std::uint64_t key = kKeyStart;
    std::size_t done = 0;
    for (const std::uint8_t length : lengths) {
      if (length > lower.size()) break;
      if (length < lower.size() && (static_cast<unsigned char>(lower[length]) & 0xC0) == 0x80) continue;  // would cut a letter
      key = word_key(lower.substr(done, length - done), key);
      done = length;
      if (!Lexicon::Impl::bloom_has(lexicon_.prefix_bloom, key)) continue;
      const auto it = lexicon_.prefixes.find(key);
      if (it != lexicon_.prefixes.end()) items_.insert(items_.end(), it->second.begin(), it->second.end());
    }
  }

  [[nodiscard]] std::span<const ItemId> items_of(std::uint32_t i) const {
    return std::span<const ItemId>(items_).subspan(steps_[i].items, steps_[i + 1].items - steps_[i].items);
  }

  [[nodiscard]] bool satisfies(std::uint32_t i, ItemId item) const {
    if (item == kAnyWord) return steps_[i].word;
    return (steps_[i].mask & mask_of(item)) != 0 && std::ranges::find(items_of(i), item) != items_of(i).end();
  }

  [[nodiscard]] bool is_transparent(const Token& token) const {
    const auto first = token.lower.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(token.lower[0]);
    return first < 0x80 ? marks_.transparent[first] : Compiler::is_transparent(utf8::decode(token.lower, 0).value);
  }

  // The word before token i, kNone where there is none.
  [[nodiscard]] std::uint32_t word_before(std::uint32_t i) const {
    for (std::uint32_t marks = 0; i > 0 && marks <= kMostMarks; ++marks) {
      --i;
      if (steps_[i].word) return i;
      if (!steps_[i].transparent) return kNone;
    }
    return kNone;
  }

  // Whether going on from the node with token i ends at once. Behind the last token stands a step without items.
  [[nodiscard]] bool dead(const FlatNode& node, std::uint32_t i) const {
    return node.only_items && (node.mask & steps_[i].mask) == 0 && !steps_[i].transparent;
  }

  // Goes on from node `id` with token i; `last` is the last token matched, kNone at the start.
  void from(NodeId id, std::uint32_t i, std::uint32_t last) {
    if (++taken_ > kMostSteps) return;
    const FlatNode* const node = &lexicon_.flat[id];
    const FlatNode& end = node[1];
    if (id == 0 && lexicon_.begins_with_item && node->absent == end.absent) {
      for (const ItemId item : items_of(i)) {
        if (const NodeId to = lexicon_.first_step[item]; to != 0 && !dead(lexicon_.flat[to], i + 1)) from(to, i + 1, i);
      }
      return;
    }
    if (last != kNone) {
      for (std::uint32_t r = node->rows; r < end.rows; ++r) {
        const Token& a = tokens_[first_];
        const Token& b = tokens_[last];
        hits_.push_back({lexicon_.rows[r], base_ + first_, last - first_ + 1, {a.span.begin, b.span.end}});
      }
    }
    for (std::uint32_t k = node->absent; k < end.absent; ++k) {
      const auto& [item, to] = lexicon_.absents[k];
      const std::uint32_t before = word_before(i);
      if (before == kNone || !satisfies(before, item)) from(to, i, last);
    }
    const auto count = static_cast<std::uint32_t>(tokens_.size());
    for (std::uint32_t k = node->gaps; k < end.gaps; ++k) {
      const auto& [most, to] = lexicon_.gaps[k];
      const FlatNode& next = lexicon_.flat[to];
      if (next.only_items && (next.mask & all_masks_) == 0) continue;
      unsigned words = 0;
      for (std::uint32_t j = i; j < count; ++j) {
        if (!dead(next, j) && (j == i || !steps_[j].transparent)) from(to, j, last);
        if (steps_[j].word && ++words > most) break;
      }
    }
    const std::span<const Edge> edges = std::span(lexicon_.edges).subspan(node->edges, end.edges - node->edges);
    if (edges.empty()) return;
    // Hyphens, quotation marks and apostrophes between words do not count, unless the pattern names them.
    for (std::uint32_t j = i; j < count && j - i <= kMostMarks; ++j) {
      if (!node->any_word && (node->mask & steps_[j].mask) == 0) {
        // satisfies none of them
      } else if (edges.size() <= kFewEdges) {
        for (const Edge& edge : edges) {
          if (satisfies(j, edge.item)) from(edge.to, j + 1, j);
        }
      } else {  // the root has thousands of edges, a token satisfies a handful of items
        if (edges.front().item == kAnyWord && steps_[j].word) from(edges.front().to, j + 1, j);
        for (const ItemId item : items_of(j)) {
          const auto edge = std::ranges::lower_bound(edges, item, {}, &Edge::item);
          if (edge != edges.end() && edge->item == item && edge->item != kAnyWord) from(edge->to, j + 1, j);
        }
      }
      if (last == kNone || !steps_[j].transparent) break;
    }
  }

  const Lexicon::Impl& lexicon_;
  const Text& text_;
  std::span<const Token> tokens_;
  std::uint32_t base_;
  std::vector<LexiconHit>& hits_;
  const Marks& marks_ = ascii_marks();
  std::vector<Step>& steps_;
  std::vector<ItemId>& items_;
  std::uint64_t all_masks_ = 0;
  std::uint32_t first_ = 0;
  unsigned taken_ = 0;  // steps of the walk from first_
};

}  // namespace

Lexicon::Lexicon() = default;
Lexicon::~Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;

Result<Lexicon> Lexicon::compile(const Codebook& book, std::span<const std::string_view> kinds, Language language) {
  auto impl = std::make_unique<Impl>();
  Compiler compiler(*impl);
  for (RowId id = 0; id < book.rows.size(); ++id) {
    const Row& row = book.rows[id];
    if (row.language != language || std::ranges::find(kinds, row.kind) == kinds.end()) continue;
    for (const std::string& pattern : row.words) {
      if (const std::string wrong = compiler.add(pattern, id); !wrong.empty()) {
        return fail(ErrorKind::kConfig, row.file, "line " + std::to_string(row.line),
                    "row " + row.id + ": the pattern \"" + pattern + "\" " + wrong);
      }
    }
  }
  impl->finish();
  Lexicon out;
  out.impl_ = std::move(impl);
  return out;
}

std::vector<LexiconHit> Lexicon::find(const Text& text, const Sentence& sentence) const {
  thread_local Scratch scratch;
  if (!impl_ || sentence.token_count == 0) return {};
  Walk(*impl_, text, sentence, scratch).run();
  return scratch.hits;
}

}  // namespace litopys
