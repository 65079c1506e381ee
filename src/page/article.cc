// The article is where the running text is. Words of paragraph-like blocks are summed up the tree; from the document downwards the child
// that holds nearly all of them is taken as long as there is one, so that the choice ends at the element whose children share the text:
// the column of paragraphs. What lies outside is junk; inside, parts that the site's own markup names as furniture, lists of links,
// captions and headings without text.
// Fits news, notes and posts. Does not fit a page that is all list (a feed of teasers): there the largest teaser may win.
#include "page/article.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>

#include "base/utf8.h"
#include "page/lines.h"

namespace litopys {
namespace {

using html::Block;
using html::kNone;
using html::Node;
using html::Page;
using html::Tag;

constexpr double kMostOfIt = 0.75;    // of the words: the child that has so many is the place
constexpr double kMarkedShare = 0.4;  // enough where the markup itself says article
constexpr std::size_t kSentenceWords = 8;
constexpr std::uint32_t kLeadWords = 20;      // of a lead outside the column: less is a sub-heading or a label
constexpr std::uint64_t kWeakNameWords = 60;  // a part with more running text is no share bar, whatever its name

// Class names and ids cut into their words: "post-relatedArticles" is post, related, articles.
std::vector<LineWord> words_of_names(std::string_view names) {
  std::vector<LineWord> out;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) out.push_back({word, {}});
    word.clear();
  };
  for (std::size_t i = 0; i < names.size() && out.size() < 32; ++i) {
    const unsigned char c = static_cast<unsigned char>(names[i]);
    if (std::isalpha(c) == 0) {
      flush();
      if (c == ' ' && !out.empty() && out.back().folded != "|") out.push_back({"|", {}});
      continue;
    }
    if (std::isupper(c) != 0 && i > 0 && std::islower(static_cast<unsigned char>(names[i - 1])) != 0) flush();
    word += static_cast<char>(std::tolower(c));
  }
  flush();
  return out;
}

struct BlockFacts {
  std::uint32_t words = 0;
  bool sentence = false;  // ends like one, or is long
  bool good = false;      // running text
  double link_share = 0;
};

BlockFacts facts_of(const Page& page, const Block& block) {
  BlockFacts facts;
  const std::string_view text = block.text.of(page.text);
  bool inside = false;
  bool mark = false;
  std::uint32_t wide = 0;  // characters of scripts that are written without blanks: two make a word
  for (const char c : text) {
    const bool blank = c == ' ';
    facts.words += !blank && !inside;
    inside = !blank;
    const unsigned char byte = static_cast<unsigned char>(c);
    wide += byte >= 0xE3 && byte <= 0xED;
    mark = mark || c == '.' || c == '?' || c == '!' || c == ',' || c == ';';
  }
  if (wide > 8) {
    facts.words += wide / 2;
    mark = mark || text.find("。") != std::string_view::npos || text.find("、") != std::string_view::npos;
  }
  facts.link_share = text.empty() ? 0 : static_cast<double>(block.link_bytes) / static_cast<double>(text.size());
  facts.sentence = (facts.words >= kSentenceWords && mark) || facts.words >= 25;
  facts.good = facts.sentence && facts.link_share < 0.5;
  return facts;
}

const Tag kArticleTag = html::tag_of("article"), kMainTag = html::tag_of("main"), kBodyTag = html::tag_of("body"),
          kHtmlTag = html::tag_of("html"), kPreTag = html::tag_of("pre");

}  // namespace

Result<ArticleFinder> ArticleFinder::make(const Codebook& book) {
  ArticleFinder out;
  auto markup = PhraseBook::compile(book, "markup");
  if (!markup) return tl::unexpected(markup.error());
  out.markup_ = std::move(*markup);
  for (const Row& row : book.rows) out.gives_.push_back(row.gives);
  return out;
}

std::vector<BlockVerdict> ArticleFinder::judge(const Page& page) const {
  std::vector<BlockVerdict> out(page.blocks.size());
  const std::size_t nodes = page.nodes.size();

  // What each element's own names say: a row's `gives`, or nothing.
  std::vector<const std::string*> said(nodes, nullptr);
  std::vector<bool> marked(nodes, false);
  std::unordered_map<std::string_view, std::pair<const std::string*, bool>> seen;
  for (std::size_t n = 1; n < nodes; ++n) {
    const Node& node = page.nodes[n];
    if (node.tag == kArticleTag || node.tag == kMainTag) marked[n] = true;
    if (node.name.empty() || node.tag == kBodyTag || node.tag == kHtmlTag) continue;
    const std::string_view names = node.name.of(page.names);
    auto [found, fresh] = seen.try_emplace(names, std::pair<const std::string*, bool>{nullptr, false});
    if (fresh) {
      for (const PhraseHit& hit : markup_.find(words_of_names(names))) {
        const std::string& gives = gives_[hit.row];
        if (gives == "main") {
          found->second.second = true;
        } else if (found->second.first == nullptr) {
          found->second.first = &gives;
        }
      }
      if (names.find("articleBody") != std::string_view::npos) found->second = {nullptr, true};
    }
    if (node.tag != kArticleTag && node.tag != kMainTag) said[n] = found->second.first;
    marked[n] = marked[n] || found->second.second;
    if (found->second.second) said[n] = nullptr;
  }

  // Words of running text under each element, in all, and how many of them lie in a part that names itself furniture.
  std::vector<BlockFacts> facts;
  facts.reserve(page.blocks.size());
  std::vector<std::uint64_t> all(nodes, 0);
  std::uint64_t total = 0;
  for (const Block& block : page.blocks) {
    facts.push_back(facts_of(page, block));
    if (!facts.back().good) continue;
    all[block.node] += facts.back().words;
    total += facts.back().words;
  }
  for (std::size_t n = nodes; n-- > 1;) all[page.nodes[n].parent] += all[n];
  // A name that would drop half of the page's text is no furniture's ("content-with-sidebar").
  std::vector<const std::string*> dropped(nodes, nullptr);
  for (std::size_t n = 1; n < nodes; ++n) {
    dropped[n] = dropped[page.nodes[n].parent];
    if (dropped[n] != nullptr || said[n] == nullptr || all[n] * 2 >= total) continue;
    const bool strong = *said[n] == "teaser" || *said[n] == "comments" || *said[n] == "side" || *said[n] == "menu" || *said[n] == "cookie";
    if (strong || all[n] < kWeakNameWords) dropped[n] = said[n];
  }
  static const std::string kReasons[] = {"menu", "footer", "side", "header", "form", "hidden", "photo"};
  const auto region_reason = [&](std::uint16_t regions) -> const std::string* {
    if (regions & html::kNav) return &kReasons[0];
    if (regions & html::kFooter) return &kReasons[1];
    if (regions & html::kAside) return &kReasons[2];
    if (regions & html::kHeader) return &kReasons[3];
    if (regions & html::kForm) return &kReasons[4];
    if (regions & html::kHidden) return &kReasons[5];
    if (regions & html::kCaption) return &kReasons[6];
    return nullptr;
  };
  std::vector<const std::string*> why(page.blocks.size(), nullptr);
  std::vector<std::uint64_t> clean(nodes, 0);
  std::uint64_t clean_total = 0;
  for (std::size_t b = 0; b < page.blocks.size(); ++b) {
    const Block& block = page.blocks[b];
    why[b] = dropped[block.inner] != nullptr ? dropped[block.inner] : dropped[block.node];
    if (why[b] == nullptr) why[b] = region_reason(page.nodes[block.inner].regions);
    if (why[b] != nullptr || !facts[b].good) continue;
    clean[block.node] += facts[b].words;
    clean_total += facts[b].words;
  }
  if (clean_total == 0) {
    // Nothing but furniture by its names: then the names mislead.
    for (std::size_t b = 0; b < page.blocks.size(); ++b) {
      why[b] = nullptr;
      if (facts[b].good) clean[page.blocks[b].node] += facts[b].words;
    }
    clean_total = total;
  }
  for (std::size_t n = nodes; n-- > 1;) clean[page.nodes[n].parent] += clean[n];

  // Downwards to the column of paragraphs.
  std::vector<std::uint32_t> best_child(nodes, kNone), marked_child(nodes, kNone);
  for (std::uint32_t n = 1; n < nodes; ++n) {
    const std::uint32_t parent = page.nodes[n].parent;
    if (best_child[parent] == kNone || clean[n] > clean[best_child[parent]]) best_child[parent] = n;
  }
  std::uint32_t place = 0;
  // The best part that the markup itself calls the article.
  std::uint32_t named = kNone;
  for (std::uint32_t n = 1; n < nodes; ++n) {
    if (marked[n] && clean[n] > 0 && (named == kNone || clean[n] > clean[named])) named = n;
  }
  if (named != kNone && static_cast<double>(clean[named]) >= kMarkedShare * static_cast<double>(clean_total)) place = named;
  for (;;) {
    const std::uint32_t child = best_child[place];
    if (child == kNone || clean[child] == 0) break;
    const double share = static_cast<double>(clean[child]) / static_cast<double>(clean[place]);
    const bool paragraph = page.nodes[child].tag == html::tag_of("p") || page.nodes[child].tag == html::tag_of("li") ||
                           page.nodes[child].tag == html::tag_of("td");
    if (share < (marked[child] ? kMarkedShare : kMostOfIt) || (paragraph && share < 0.999)) break;
    place = child;
  }
  std::vector<bool> inside(nodes, false);
  for (std::size_t n = 0; n < nodes; ++n) inside[n] = n == place || (n > 0 && inside[page.nodes[n].parent]);

  // Running text between the headline and the column belongs to the article: a lead that stands apart.
  std::size_t lead_begin = 0;
  std::size_t lead_end = 0;
  while (lead_end < page.blocks.size() && !(inside[page.blocks[lead_end].node] && facts[lead_end].good)) ++lead_end;
  lead_begin = lead_end;
  for (std::size_t b = lead_end; b-- > 0;) {
    if (page.nodes[page.blocks[b].node].level == 1) {
      lead_begin = b;
      break;
    }
  }
  for (std::size_t b = 0; b < page.blocks.size(); ++b) {
    const Block& block = page.blocks[b];
    const BlockFacts& f = facts[b];
    BlockVerdict& verdict = out[b];
    const auto junk = [&](std::string_view reason) {
      verdict.kind = LineKind::junk;
      verdict.reason = reason;
    };
    const std::uint16_t regions = page.nodes[block.inner].regions;
    if (!inside[block.node] && !(why[b] == nullptr && f.good && f.words >= kLeadWords && b >= lead_begin && b < lead_end)) {
      junk(why[b] != nullptr ? std::string_view(*why[b]) : "outside");
    } else if (why[b] != nullptr) {
      junk(*why[b]);
    } else if (regions & html::kHeading) {
      // Decided below.
    } else if (f.link_share > 0.6 && (f.words < 25 || block.links > 3)) {
      junk("links");
    } else if (f.link_share > 0.9) {
      junk("links");
    }
  }
  // A heading stays where text follows it, or a lower heading that stays.
  bool text_follows = false;
  std::uint8_t below = 0;
  for (std::size_t b = page.blocks.size(); b-- > 0;) {
    if (out[b].kind == LineKind::junk) continue;
    const Node& node = page.nodes[page.blocks[b].node];
    if ((page.nodes[page.blocks[b].inner].regions & html::kHeading) == 0) {
      text_follows = true;
      continue;
    }
    if (!text_follows && (below == 0 || node.level >= below)) {
      out[b].kind = LineKind::junk;
      out[b].reason = "heading without text";
      continue;
    }
    below = node.level;
    text_follows = false;
  }
  return out;
}

}  // namespace litopys
