// The article is where the running text is. Words of paragraph-like blocks are summed up the tree; from the document downwards the child
// that holds nearly all of them is taken as long as there is one, so that the choice ends at the element whose children share the text:
// the column of paragraphs. What lies outside is junk; inside, parts that the site's own markup names as furniture, lists of links,
// captions and headings without text.
// Fits news, notes and posts. Does not fit a page that is all list (a feed of teasers): there the largest teaser may win.
#include "page/column.h"

#include <iterator>

namespace litopys {
namespace {

using html::Block;
using html::kNone;
using html::Node;
using html::Page;

constexpr double kMostOfIt = 0.75;            // of the words: the child that has so many is the place
constexpr double kMarkedShare = 0.4;          // enough where the markup itself says article
constexpr std::uint32_t kLeadWords = 20;      // of a lead outside the column: less is a sub-heading or a label
constexpr std::uint64_t kWeakNameWords = 60;  // a part with more running text is no share bar, whatever its name

const html::Tag kPTag = html::tag_of("p"), kLiTag = html::tag_of("li"), kTdTag = html::tag_of("td");

constexpr std::string_view kReasonNames[] = {
    "",       "header",   "meta", "photo",  "hidden", "form",    "share", "subscribe",           "donate", "advert", "cookie",
    "teaser", "comments", "side", "footer", "menu",   "outside", "links", "heading without text"};
static_assert(std::size(kReasonNames) == static_cast<std::size_t>(LeftOut::lone_heading) + 1);

LeftOut reason_of(std::uint16_t regions) {
  if (regions & html::kNav) return LeftOut::menu;
  if (regions & html::kFooter) return LeftOut::footer;
  if (regions & html::kAside) return LeftOut::side;
  if (regions & html::kHeader) return LeftOut::header;
  if (regions & html::kForm) return LeftOut::form;
  if (regions & html::kHidden) return LeftOut::hidden;
  if (regions & html::kCaption) return LeftOut::photo;
  return LeftOut::no;
}

LeftOut reason_of(Part part) {
  switch (part) {
    case Part::none:
    case Part::main: break;
    case Part::menu: return LeftOut::menu;
    case Part::side: return LeftOut::side;
    case Part::share: return LeftOut::share;
    case Part::teaser: return LeftOut::teaser;
    case Part::subscribe: return LeftOut::subscribe;
    case Part::advert: return LeftOut::advert;
    case Part::cookie: return LeftOut::cookie;
    case Part::comments: return LeftOut::comments;
    case Part::meta: return LeftOut::meta;
    case Part::photo: return LeftOut::photo;
    case Part::hidden: return LeftOut::hidden;
    case Part::donate: return LeftOut::donate;
  }
  return LeftOut::no;
}

// Parts that hold whole texts of others, however long.
bool is_strong(Part part) {
  return part == Part::teaser || part == Part::comments || part == Part::side || part == Part::menu || part == Part::cookie;
}

void sum_up(const Page& page, const std::vector<BlockFacts>& facts, std::vector<NodeSums>& sums) {
  for (std::size_t b = 0; b < page.blocks.size(); ++b) {
    NodeSums& at = sums[page.blocks[b].node];
    at.words += facts[b].words;
    at.text_bytes += facts[b].bytes;
    at.link_bytes += page.blocks[b].link_bytes;
    ++at.blocks;
    if (!facts[b].good) continue;
    at.good_words += facts[b].words;
    ++at.good_blocks;
  }
  for (std::size_t n = sums.size(); n-- > 1;) {
    NodeSums& up = sums[page.nodes[n].parent];
    up.words += sums[n].words;
    up.text_bytes += sums[n].text_bytes;
    up.link_bytes += sums[n].link_bytes;
    up.blocks += sums[n].blocks;
    up.good_words += sums[n].good_words;
    up.good_blocks += sums[n].good_blocks;
  }
}

// Downwards to the column of paragraphs.
std::uint32_t find_place(const Page& page, const std::vector<NodeSums>& sums, const std::vector<NodeNames>& names) {
  const std::size_t nodes = page.nodes.size();
  std::vector<std::uint32_t> best_child(nodes, kNone);
  // The best part that the markup itself calls the article.
  std::uint32_t named = kNone;
  for (std::uint32_t n = 1; n < nodes; ++n) {
    const std::uint32_t parent = page.nodes[n].parent;
    if (best_child[parent] == kNone || sums[n].clean_words > sums[best_child[parent]].clean_words) best_child[parent] = n;
    if (names[n].main && sums[n].clean_words > 0 && (named == kNone || sums[n].clean_words > sums[named].clean_words)) named = n;
  }
  std::uint32_t place = 0;
  if (named != kNone && sums[named].clean_words >= kMarkedShare * sums[0].clean_words) place = named;
  for (;;) {
    const std::uint32_t child = best_child[place];
    if (child == kNone || sums[child].clean_words == 0) break;
    const double share = static_cast<double>(sums[child].clean_words) / sums[place].clean_words;
    const html::Tag tag = page.nodes[child].tag;
    const bool paragraph = tag == kPTag || tag == kLiTag || tag == kTdTag;
    if (share < (names[child].main ? kMarkedShare : kMostOfIt) || (paragraph && share < 0.999)) break;
    place = child;
  }
  return place;
}

// A heading stays where text follows it, or a lower heading that stays.
void drop_lone_headings(const Page& page, std::vector<LeftOut>& junk) {
  bool text_follows = false;
  std::uint8_t below = 0;
  for (std::size_t b = page.blocks.size(); b-- > 0;) {
    if (junk[b] != LeftOut::no) continue;
    const Node& node = page.nodes[page.blocks[b].node];
    if ((page.nodes[page.blocks[b].inner].regions & html::kHeading) == 0) {
      text_follows = true;
      continue;
    }
    if (!text_follows && (below == 0 || node.level >= below)) {
      junk[b] = LeftOut::lone_heading;
      continue;
    }
    below = node.level;
    text_follows = false;
  }
}

}  // namespace

std::string_view name(LeftOut reason) { return kReasonNames[static_cast<std::size_t>(reason)]; }

Column find_column(const Page& page, const std::vector<BlockFacts>& facts, const std::vector<NodeNames>& names) {
  const std::size_t nodes = page.nodes.size();
  const std::size_t blocks = page.blocks.size();
  Column out;
  out.sums.resize(nodes);
  sum_up(page, facts, out.sums);

  // A name that would drop half of the page's text is no furniture's ("content-with-sidebar").
  const std::uint64_t total = out.sums[0].good_words;
  std::vector<Part> dropped(nodes, Part::none);
  for (std::size_t n = 1; n < nodes; ++n) {
    dropped[n] = dropped[page.nodes[n].parent];
    const std::uint64_t good = out.sums[n].good_words;
    if (dropped[n] != Part::none || names[n].says == Part::none || good * 2 >= total) continue;
    if (is_strong(names[n].says) || good < kWeakNameWords) dropped[n] = names[n].says;
  }
  out.furniture.resize(blocks);
  bool any_clean = false;
  for (std::size_t b = 0; b < blocks; ++b) {
    const Block& block = page.blocks[b];
    const Part part = dropped[block.inner] != Part::none ? dropped[block.inner] : dropped[block.node];
    out.furniture[b] = part != Part::none ? reason_of(part) : reason_of(page.nodes[block.inner].regions);
    any_clean = any_clean || (out.furniture[b] == LeftOut::no && facts[b].good);
  }
  // Nothing but furniture by its names: then the names mislead.
  if (!any_clean) out.furniture.assign(blocks, LeftOut::no);
  for (std::size_t b = 0; b < blocks; ++b) {
    if (out.furniture[b] == LeftOut::no && facts[b].good) out.sums[page.blocks[b].node].clean_words += facts[b].words;
  }
  for (std::size_t n = nodes; n-- > 1;) out.sums[page.nodes[n].parent].clean_words += out.sums[n].clean_words;

  out.place = find_place(page, out.sums, names);
  out.inside.resize(nodes);
  for (std::size_t n = 0; n < nodes; ++n) out.inside[n] = n == out.place || (n > 0 && out.inside[page.nodes[n].parent] != 0) ? 1 : 0;

  // Running text between the headline and the column belongs to the article: a lead that stands apart.
  while (out.lead_end < blocks && !(out.inside[page.blocks[out.lead_end].node] != 0 && facts[out.lead_end].good)) ++out.lead_end;
  out.lead_begin = out.lead_end;
  for (std::size_t b = out.lead_end; b-- > 0;) {
    if (page.nodes[page.blocks[b].node].level == 1) {
      out.lead_begin = b;
      break;
    }
  }
  out.junk.resize(blocks);
  for (std::size_t b = 0; b < blocks; ++b) {
    const Block& block = page.blocks[b];
    const BlockFacts& f = facts[b];
    const bool lead = out.furniture[b] == LeftOut::no && f.good && f.words >= kLeadWords && b >= out.lead_begin && b < out.lead_end;
    if (out.inside[block.node] == 0 && !lead) {
      out.junk[b] = out.furniture[b] == LeftOut::no ? LeftOut::outside : out.furniture[b];
    } else if (out.furniture[b] != LeftOut::no) {
      out.junk[b] = out.furniture[b];
    } else if ((page.nodes[block.inner].regions & html::kHeading) == 0 &&
               ((f.link_share > 0.6F && (f.words < 25 || block.links > 3)) || f.link_share > 0.9F)) {
      out.junk[b] = LeftOut::links;
    }
  }
  drop_lone_headings(page, out.junk);
  return out;
}

}  // namespace litopys
