// Three kinds of numbers: what the block's own text looks like, what the elements around it say, and what stands before and after it.
// Everything of an element is worked out once a node; a block then reads its ancestors' numbers without walking up.
#include "page/block_features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

namespace litopys {
namespace {

using html::Block;
using html::kNone;
using html::Node;
using html::Page;
using html::Tag;

constexpr std::string_view kFeatureNames[] = {
    // text
    "words", "letters a word", "link share", "links", "commas a word", "stops", "last", "first", "digit share", "upper share",
    "capital words", "bars", "year", "clock", "address", "copyright", "good", "word score", "worst word", "phrase weight", "phrase kind",
    "repeats", "is title",
    // elements
    "tag", "inner tag", "level", "depth", "list", "table", "quote", "article", "main", "caption", "figure", "region", "after break",
    "own score", "path score", "least score", "most score", "near main", "near menu", "near side", "near share", "near teaser",
    "near subscribe", "near advert", "near cookie", "near comments", "near meta", "near photo", "near hidden", "near donate",
    // column
    "rules", "why", "inside", "steps to column", "siblings", "node good share", "parent good share", "grand good share", "node link share",
    "parent link share", "grand link share", "parent blocks", "grand blocks", "parent words a block", "parent clean share",
    "grand clean share",
    // place
    "blocks before", "words before", "good words before", "good words after", "from title", "from column begin", "from column end",
    "heading level", "heading distance", "words since heading", "heading phrase", "heading rules", "heading score",
    // neighbours
    "prev words", "prev links", "prev good", "prev rules", "prev tag same", "prev node same", "prev last", "next words", "next links",
    "next good", "next rules", "next tag same", "next node same", "prev2 words", "prev2 links", "prev2 rules", "next2 words", "next2 links",
    "next2 rules", "since good", "until good", "mean words around", "mean links around", "mean rules around", "good after heading"};
constexpr std::size_t kCount = std::size(kFeatureNames);

constexpr float kFar = 9;  // steps up: this many or more, or nowhere

// Tags in an order that a tree can cut: from running text to furniture.
float rank_of(Tag tag) {
  static constexpr std::string_view kOrder[] = {
      "p",       "blockquote", "pre",    "q",      "div",   "section", "article", "main",     "body",    "center",
      "td",      "th",         "tr",     "table",  "dd",    "dt",      "dl",      "li",       "ul",      "ol",
      "h1",      "h2",         "h3",     "h4",     "h5",    "h6",      "details", "summary",  "address", "figcaption",
      "caption", "figure",     "header", "footer", "aside", "nav",     "form",    "fieldset", "legend",  "label",
      "span",    "a",          "strong", "b",      "em",    "i",       "small",   "time",     "button",  "cite"};
  static const std::vector<float> kRanks = [] {
    std::vector<float> ranks(256, 60);
    for (std::size_t i = 0; i < std::size(kOrder); ++i) ranks[static_cast<std::size_t>(html::tag_of(kOrder[i]))] = static_cast<float>(i);
    return ranks;
  }();
  return kRanks[static_cast<std::size_t>(tag)];
}

float log2_of(std::uint32_t n) {
  static const std::array<float, 4096> kSmall = [] {
    std::array<float, 4096> out{};
    for (std::size_t i = 1; i < out.size(); ++i) out[i] = i < 2 ? static_cast<float>(i) : 1 + std::log2(static_cast<float>(i));
    return out;
  }();
  return n < kSmall.size() ? kSmall[n] : 1 + std::log2(static_cast<float>(n));
}

float ratio(std::uint32_t a, std::uint32_t b) { return b == 0 ? 0 : static_cast<float>(a) / static_cast<float>(b); }

static_assert(kParts <= 16);

// What an element hands down to all that is in it.
struct Inherited {
  std::array<std::uint8_t, 16> near{};  // steps up to the nearest element that names itself so, by Part; sixteen are added to at once
  float path = 0, least = 0, most = 0;  // learned scores of the names on the way
  std::uint8_t depth = 0;
  std::uint8_t to_column = 0;  // steps up to an ancestor of the column
};

std::vector<Inherited> inherit(const BlockScene& scene) {
  const Page& page = scene.page;
  std::vector<Inherited> out(page.nodes.size());
  std::vector<bool> above(page.nodes.size(), false);
  for (std::uint32_t n = scene.column.place; n != kNone; n = page.nodes[n].parent) above[n] = true;
  out[0].near.fill(static_cast<std::uint8_t>(kFar));
  for (std::size_t n = 1; n < out.size(); ++n) {
    const NodeNames& names = scene.names[n];
    const Inherited& up = out[page.nodes[n].parent];
    Inherited& at = out[n];
    at = up;
    for (std::uint8_t& steps : at.near)
      steps = std::min<std::uint8_t>(static_cast<std::uint8_t>(steps + 1), static_cast<std::uint8_t>(kFar));
    if (names.says != Part::none) at.near[static_cast<std::size_t>(names.says)] = 0;
    if (names.main) at.near[static_cast<std::size_t>(Part::main)] = 0;
    at.path += names.score;
    at.least = std::min(at.least, names.score);
    at.most = std::max(at.most, names.score);
    at.depth = static_cast<std::uint8_t>(std::min(up.depth + 1, 60));
    at.to_column = above[n] || scene.column.inside[n] != 0 ? 0 : static_cast<std::uint8_t>(std::min(up.to_column + 1, 12));
  }
  return out;
}

// The element around a block that counts as its own: inline elements and p, li, td stand for their parent.
std::uint32_t parent_of(const Page& page, std::uint32_t node) {
  return node == 0 || page.nodes[node].parent == kNone ? 0 : page.nodes[node].parent;
}

// How often blocks' texts stand on a page, by their hashes: one table of open places.
class Repeats {
 public:
  explicit Repeats(const std::vector<BlockFacts>& facts) : cells_(std::bit_ceil(facts.size() * 2 + 1)) {
    for (const BlockFacts& f : facts) ++at(f.text_hash).second;
  }
  std::uint32_t operator[](std::uint32_t hash) { return at(hash).second; }

 private:
  std::pair<std::uint32_t, std::uint32_t>& at(std::uint32_t hash) {
    std::size_t place = hash & (cells_.size() - 1);
    while (cells_[place].second != 0 && cells_[place].first != hash) place = (place + 1) & (cells_.size() - 1);
    cells_[place].first = hash;
    return cells_[place];
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cells_;
};

class Cells {
 public:
  explicit Cells(float* at) : at_(at) {}
  void add(float value) { *at_++ = value; }
  void add(bool value) { *at_++ = value ? 1.0F : 0.0F; }
  void add(std::uint32_t value) { *at_++ = static_cast<float>(value); }
  [[nodiscard]] const float* at() const { return at_; }

 private:
  float* at_;
};

float region_rank(std::uint16_t regions) {
  if (regions & html::kNav) return 6;
  if (regions & html::kFooter) return 5;
  if (regions & html::kAside) return 4;
  if (regions & html::kForm) return 3;
  if (regions & html::kHidden) return 2;
  if (regions & html::kHeader) return 1;
  return 0;
}

}  // namespace

std::size_t block_feature_count() { return kCount; }
std::string_view block_feature_name(std::size_t feature) { return kFeatureNames[feature]; }

std::vector<float> block_features(const BlockScene& scene, const std::vector<std::uint32_t>* asked) {
  const Page& page = scene.page;
  const std::vector<BlockFacts>& facts = scene.facts;
  const Column& column = scene.column;
  const std::size_t count = page.blocks.size();
  std::vector<float> rows((asked == nullptr ? count : asked->size()) * kCount);
  const std::vector<Inherited> inherited = inherit(scene);

  Repeats repeats(facts);
  // What neighbours ask of a block is worked out once.
  std::vector<float> words_log(count);
  for (std::size_t b = 0; b < count; ++b) words_log[b] = log2_of(facts[b].words);
  std::uint32_t title_hash = 0;
  if (scene.title_block) title_hash = facts[*scene.title_block].text_hash;

  std::uint32_t all_words = 0, all_good = 0;
  std::size_t column_begin = count, column_end = 0;
  for (std::size_t b = 0; b < count; ++b) {
    all_words += facts[b].words;
    if (facts[b].good) all_good += facts[b].words;
    if (column.inside[page.blocks[b].node] != 0 && facts[b].good) {
      column_begin = std::min(column_begin, b);
      column_end = b;
    }
  }
  std::vector<std::uint32_t> until_good(count + 1, 40);
  for (std::size_t b = count; b-- > 0;) until_good[b] = facts[b].good ? 0 : std::min(until_good[b + 1] + 1, 40U);

  // Running sums, for the means around.
  std::vector<float> words_sum(count + 1, 0), links_sum(count + 1, 0), rules_sum(count + 1, 0);
  for (std::size_t b = 0; b < count; ++b) {
    words_sum[b + 1] = words_sum[b] + std::min<float>(static_cast<float>(facts[b].words), 60);
    links_sum[b + 1] = links_sum[b] + facts[b].link_share;
    rules_sum[b + 1] = rules_sum[b] + (column.junk[b] == LeftOut::no ? 1.0F : 0.0F);
  }
  const auto mean = [&](const std::vector<float>& sums, std::size_t b, std::size_t reach) {
    const std::size_t begin = b >= reach ? b - reach : 0;
    const std::size_t end = std::min(b + reach + 1, count);
    return (sums[end] - sums[begin]) / static_cast<float>(end - begin);
  };

  std::uint32_t words_before = 0, good_before = 0, since_good = 40;
  std::size_t heading = count, filled = 0;
  std::uint32_t words_since_heading = 0, good_since_heading = 0;
  for (std::size_t b = 0; b < count; ++b) {
    const Block& block = page.blocks[b];
    const BlockFacts& f = facts[b];
    const Node& inner = page.nodes[block.inner];
    const auto pass = [&] {
      words_before += f.words;
      if (f.good) good_before += f.words;
      since_good = f.good ? 0 : std::min(since_good + 1, 40U);
      words_since_heading += f.words;
      if (f.good) good_since_heading += f.words;
      if ((inner.regions & html::kHeading) != 0) {
        heading = b;
        words_since_heading = good_since_heading = 0;
      }
    };
    if (asked != nullptr) {
      if (filled == asked->size()) break;
      if ((*asked)[filled] != b) {
        pass();
        continue;
      }
    }
    const Node& node = page.nodes[block.node];
    const Inherited& around = inherited[block.inner];
    const std::uint32_t parent = parent_of(page, block.node);
    const std::uint32_t grand = parent_of(page, parent);
    const NodeSums& own_sums = column.sums[block.node];
    const NodeSums& parent_sums = column.sums[parent];
    const NodeSums& grand_sums = column.sums[grand];
    Cells row(rows.data() + filled++ * kCount);
    // text
    row.add(words_log[b]);
    row.add(ratio(f.letters, f.words));
    row.add(f.link_share);
    row.add(std::min<float>(block.links, 20));
    row.add(ratio(f.commas, f.words));
    row.add(std::min<float>(static_cast<float>(f.stops), 12));
    row.add(static_cast<float>(f.last));
    row.add(static_cast<float>(f.first));
    row.add(ratio(f.digits, f.bytes));
    row.add(ratio(f.upper, f.letters));
    row.add(ratio(f.capital_words, f.words));
    row.add(f.bars);
    row.add(f.year);
    row.add(f.clock);
    row.add(f.address);
    row.add(f.copyright);
    row.add(f.good);
    row.add(f.word_score);
    row.add(f.worst_word);
    row.add(static_cast<float>(scene.phrases[b].weight));
    row.add(static_cast<float>(scene.phrases[b].kind));
    row.add(std::min<float>(static_cast<float>(repeats[f.text_hash]), 6));
    row.add(title_hash != 0 && f.text_hash == title_hash);
    // elements
    row.add(rank_of(node.tag));
    row.add(block.inner == block.node ? -1.0F : rank_of(inner.tag));
    row.add(static_cast<float>(node.level));
    row.add(static_cast<float>(around.depth));
    row.add((inner.regions & html::kList) != 0);
    row.add((inner.regions & html::kTable) != 0);
    row.add((inner.regions & html::kQuote) != 0);
    row.add((inner.regions & html::kArticle) != 0);
    row.add((inner.regions & html::kMain) != 0);
    row.add((inner.regions & html::kCaption) != 0);
    row.add((inner.regions & html::kFigure) != 0);
    row.add(region_rank(inner.regions));
    row.add(block.after_break);
    row.add(scene.names[block.node].score + (block.inner == block.node ? 0 : scene.names[block.inner].score));
    row.add(around.path);
    row.add(around.least);
    row.add(around.most);
    for (std::size_t part = 1; part < kParts; ++part) row.add(static_cast<float>(around.near[part]));
    // column
    row.add(column.junk[b] == LeftOut::no);
    row.add(static_cast<float>(column.furniture[b]));
    row.add(column.inside[block.node] != 0);
    row.add(static_cast<float>(inherited[block.node].to_column));
    row.add(log2_of(own_sums.blocks));
    row.add(ratio(own_sums.good_words, own_sums.words));
    row.add(ratio(parent_sums.good_words, parent_sums.words));
    row.add(ratio(grand_sums.good_words, grand_sums.words));
    row.add(ratio(own_sums.link_bytes, own_sums.text_bytes));
    row.add(ratio(parent_sums.link_bytes, parent_sums.text_bytes));
    row.add(ratio(grand_sums.link_bytes, grand_sums.text_bytes));
    row.add(log2_of(parent_sums.blocks));
    row.add(log2_of(grand_sums.blocks));
    row.add(ratio(parent_sums.words, parent_sums.blocks));
    row.add(ratio(parent_sums.clean_words, column.sums[0].clean_words));
    row.add(ratio(grand_sums.clean_words, column.sums[0].clean_words));
    // place
    row.add(ratio(static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(count)));
    row.add(ratio(words_before, all_words));
    row.add(ratio(good_before, all_good));
    row.add(log2_of(all_good - good_before));
    const auto distance = [](std::size_t a, std::size_t z) {
      return std::clamp(static_cast<float>(a) - static_cast<float>(z), -40.0F, 40.0F);
    };
    row.add(scene.title_block ? distance(b, *scene.title_block) : 41.0F);
    row.add(distance(b, column_begin));
    row.add(distance(b, column_end));
    row.add(heading < count ? static_cast<float>(page.nodes[page.blocks[heading].node].level) : 0.0F);
    row.add(heading < count ? std::min(distance(b, heading), 20.0F) : 21.0F);
    row.add(log2_of(words_since_heading));
    row.add(heading < count ? static_cast<float>(scene.phrases[heading].weight) : 0.0F);
    row.add(heading < count && column.junk[heading] == LeftOut::no);
    row.add(heading < count ? facts[heading].word_score : 0.0F);
    // neighbours
    const auto words_at = [&](std::size_t i) { return i < count ? words_log[i] : -1.0F; };
    const auto links_at = [&](std::size_t i) { return i < count ? facts[i].link_share : -1.0F; };
    const auto rules_at = [&](std::size_t i) { return i < count && column.junk[i] == LeftOut::no; };
    const std::size_t prev = b > 0 ? b - 1 : count, prev2 = b > 1 ? b - 2 : count, next = b + 1, next2 = b + 2;
    const auto beside = [&](std::size_t i) {
      row.add(words_at(i));
      row.add(links_at(i));
      row.add(i < count && facts[i].good);
      row.add(rules_at(i));
      row.add(i < count && page.nodes[page.blocks[i].node].tag == node.tag);
      row.add(i < count && parent_of(page, page.blocks[i].node) == parent);
    };
    const auto near_by = [&](std::size_t i) {
      row.add(words_at(i));
      row.add(links_at(i));
      row.add(rules_at(i));
    };
    beside(prev);
    row.add(prev < count ? static_cast<float>(facts[prev].last) : -1.0F);
    beside(next);
    near_by(prev2);
    near_by(next2);
    row.add(since_good);
    row.add(until_good[std::min(b + 1, count)]);
    row.add(mean(words_sum, b, 4));
    row.add(mean(links_sum, b, 4));
    row.add(mean(rules_sum, b, 4));
    row.add(log2_of(good_since_heading));

    pass();
  }
  return rows;
}

}  // namespace litopys
