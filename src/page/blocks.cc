// Tokens in, blocks out, in one pass. The stack holds every element that is known; nodes outlive it, so that a block can name its parents.
#include "page/blocks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cstring>

#include "base/ascii.h"
#include "base/utf8.h"
#include "page/html_tokenizer.h"
#include "page/scan.h"
#include "page/source_map.h"

namespace litopys::html {
namespace {

struct Known {
  std::string_view name;
  bool block = false;         // begins and ends a block
  bool closes_p = false;      // its start ends an open p
  std::uint16_t regions = 0;  // for what lies inside
  bool skip = false;          // its text is none of the page's
  bool empty = false;         // void element
  std::uint8_t level = 0;
};

// "display: none" within a style attribute.
bool hides(std::string_view style) {
  const auto find = [&](std::string_view word, std::size_t at) {
    for (; at + word.size() <= style.size(); ++at) {
      std::size_t n = 0;
      while (n < word.size() && (style[at + n] | 0x20) == word[n]) ++n;
      if (n == word.size()) return at;
    }
    return std::string_view::npos;
  };
  style = style.substr(0, 400);
  const std::size_t display = find("display", 0);
  const std::size_t none = display == std::string_view::npos ? display : find("none", display);
  return none != std::string_view::npos && none - display < 12;
}

constexpr std::size_t kMaxName = 200;  // bytes of classes and id kept per element
constexpr std::size_t kMaxJsonLd = 1 << 20;
constexpr std::size_t kMaxMetas = 2000;
constexpr std::size_t kMaxTimes = 400;
constexpr std::size_t kMaxScriptDates = 16;
constexpr std::size_t kMaxAddresses = 8;
constexpr std::size_t kMaxAuthors = 8;

// Sorted by name; the enum's values are the places in this table, `other` is 0.
constexpr Known kKnown[] = {
    {""},
    {"a"},
    {"abbr"},
    {"address", true, true},
    {"article", true, true, kArticle},
    {"aside", true, true, kAside},
    {"audio", false, false, 0, true},
    {"b"},
    {"blockquote", true, true, kQuote},
    {"body", true},
    {"br", false, false, 0, false, true},
    {"button", false, false, kForm},
    {"canvas", false, false, 0, true},
    {"caption", true, false, kCaption},
    {"center", true, true},
    {"cite"},
    {"code"},
    {"dd", true, true, kList},
    {"details", true, true},
    {"div", true, true},
    {"dl", true, true, kList},
    {"dt", true, true, kList},
    {"em"},
    {"fieldset", true, true, kForm},
    {"figcaption", true, true, kCaption},
    {"figure", true, true, kFigure},
    {"font"},
    {"footer", true, true, kFooter},
    {"form", true, true},
    {"h1", true, true, kHeading, false, false, 1},
    {"h2", true, true, kHeading, false, false, 2},
    {"h3", true, true, kHeading, false, false, 3},
    {"h4", true, true, kHeading, false, false, 4},
    {"h5", true, true, kHeading, false, false, 5},
    {"h6", true, true, kHeading, false, false, 6},
    {"head", true},
    {"header", true, true, kHeader},
    {"hr", true, true, 0, false, true},
    {"html", true},
    {"i"},
    {"iframe", false, false, 0, true},
    {"img", false, false, 0, false, true},
    {"input", false, false, 0, false, true},
    {"label", false, false, kForm},
    {"legend", true, false, kForm},
    {"li", true, true, kList},
    {"link", false, false, 0, false, true},
    {"main", true, true, kMain},
    {"math", false, false, 0, true},
    {"menu", true, true, kNav},
    {"meta", false, false, 0, false, true},
    {"nav", true, true, kNav},
    {"noscript", false, false, 0, true},
    {"object", false, false, 0, true},
    {"ol", true, true, kList},
    {"optgroup", true, false, kForm},
    {"option", true, false, kForm},
    {"p", true, true},
    {"pre", true, true},
    {"q"},
    {"s"},
    {"script", false, false, 0, true},
    {"section", true, true},
    {"select", false, false, kForm, true},
    {"small"},
    {"span"},
    {"strong"},
    {"style", false, false, 0, true},
    {"sub"},
    {"summary", true, true},
    {"sup"},
    {"svg", false, false, 0, true},
    {"table", true, true, kTable},
    {"tbody", true},
    {"td", true},
    {"template", false, false, 0, true},
    {"textarea", false, false, kForm, true},
    {"tfoot", true},
    {"th", true},
    {"thead", true},
    {"time"},
    {"title", false, false, 0, true},
    {"tr", true},
    {"u"},
    {"ul", true, true, kList},
    {"video", false, false, 0, true},
};
static_assert(std::is_sorted(std::begin(kKnown), std::end(kKnown), [](const Known& a, const Known& b) { return a.name < b.name; }));

constexpr const Known& known(Tag tag) { return kKnown[static_cast<std::size_t>(tag)]; }

constexpr Tag tag_by_name(std::string_view name) {
  const Known* found =
      std::lower_bound(std::begin(kKnown), std::end(kKnown), name, [](const Known& k, std::string_view n) { return k.name < n; });
  return found != std::end(kKnown) && found->name == name ? static_cast<Tag>(found - std::begin(kKnown)) : Tag{};
}

// Names of up to eight letters as one number, and by a product of it that is another for each (the factor was found by trying).
constexpr std::size_t kPacked = 8;
constexpr std::size_t place_of(std::uint64_t packed) { return packed * 0x5F5A55F9E428FA57U >> 55U; }
constexpr std::uint64_t packed_slowly(std::string_view name) {
  std::uint64_t out = 0;
  for (std::size_t i = name.size(); i-- > 0;) out = out << 8U | static_cast<unsigned char>(name[i]);
  return out;
}

struct PackedNames {
  std::array<std::uint64_t, 512> names{};
  std::array<std::uint8_t, 512> tags{};
  bool apart = true;
  constexpr PackedNames() {
    for (std::size_t i = 1; i < std::size(kKnown); ++i) {
      if (kKnown[i].name.size() > kPacked) continue;
      const std::uint64_t packed = packed_slowly(kKnown[i].name);
      apart = apart && names[place_of(packed)] == 0;
      names[place_of(packed)] = packed;
      tags[place_of(packed)] = static_cast<std::uint8_t>(i);
    }
  }
};
constexpr PackedNames kPackedNames;
static_assert(kPackedNames.apart && std::size(kKnown) < 256);

// As packed_slowly, of 1 to 8 bytes, by two loads that may overlap.
std::uint64_t packed_of(std::string_view name) {
  static_assert(std::endian::native == std::endian::little);
  const std::size_t size = name.size();
  const char* const at = name.data();
  if (size >= 4) {
    std::uint32_t first = 0, last = 0;
    std::memcpy(&first, at, 4);
    std::memcpy(&last, at + size - 4, 4);
    return first | std::uint64_t{last} << (8 * (size - 4));
  }
  if (size == 1) return static_cast<unsigned char>(*at);
  std::uint16_t first = 0, last = 0;
  std::memcpy(&first, at, 2);
  std::memcpy(&last, at + size - 2, 2);
  return first | std::uint64_t{last} << (8 * (size - 2));
}

constexpr Tag kP = tag_by_name("p"), kLi = tag_by_name("li"), kUl = tag_by_name("ul"), kOl = tag_by_name("ol"), kDt = tag_by_name("dt"),
              kDd = tag_by_name("dd"), kDl = tag_by_name("dl"), kTr = tag_by_name("tr"), kTd = tag_by_name("td"), kTh = tag_by_name("th"),
              kTable = tag_by_name("table"), kTbody = tag_by_name("tbody"), kThead = tag_by_name("thead"), kTfoot = tag_by_name("tfoot"),
              kOption = tag_by_name("option"), kSelect = tag_by_name("select"), kBr = tag_by_name("br"), kA = tag_by_name("a"),
              kPre = tag_by_name("pre"), kTitle = tag_by_name("title"), kScript = tag_by_name("script"), kMetaTag = tag_by_name("meta"),
              kLink = tag_by_name("link"), kHtml = tag_by_name("html"), kBody = tag_by_name("body"), kHead = tag_by_name("head"),
              kTime = tag_by_name("time"), kSvg = tag_by_name("svg"), kMath = tag_by_name("math"), kHr = tag_by_name("hr"),
              kHeaderTag = tag_by_name("header");
// Tags whose start ends others than an open p.
constexpr std::array<bool, std::size(kKnown)> kImplies = [] {
  std::array<bool, std::size(kKnown)> out{};
  for (const Tag tag : {kLi, kDt, kDd, kTd, kTh, kTr, kTbody, kThead, kTfoot, kOption, kA, kBody})
    out[static_cast<std::size_t>(tag)] = true;
  return out;
}();
static_assert(kP != Tag{} && kHr != Tag{} && kSvg != Tag{});
// Tags behind which the tokenizer reads something else than markup.
constexpr std::array<bool, std::size(kKnown)> kTurns = [] {
  std::array<bool, std::size(kKnown)> out{};
  for (const std::string_view name : {"script", "style", "title", "textarea", "iframe"})
    out[static_cast<std::size_t>(tag_by_name(name))] = true;
  return out;
}();

// Of control characters.
bool ends_name(char c) { return c == '\n' || c == '\t' || c == '\f' || c == '\r'; }

// Tags whose end is the end of more than a block.
constexpr std::array<bool, std::size(kKnown)> kEndsMore = [] {
  std::array<bool, std::size(kKnown)> out{};
  for (const Tag tag : {kSvg, kMath, kTime, kScript}) out[static_cast<std::size_t>(tag)] = true;
  return out;
}();

// "2021-11-02…"
bool starts_like_date(std::string_view value) {
  if (value.size() < 10 || value.size() > 40 || value[4] != '-' || value[7] != '-') return false;
  return (value[0] == '2' && value[1] == '0') || (value[0] == '1' && value[1] == '9');
}

// Values of members such as "datePublished", "publish_date", "publishedAt" in a script: what stands in quotes behind the name.
void find_script_dates(std::string_view script, std::vector<std::string>& out) {
  for (std::size_t at = scan::needle(script, "ublish"); at != std::string_view::npos && out.size() < kMaxScriptDates;
       at = scan::needle(script, "ublish", at)) {
    at += 6;
    std::size_t i = at;
    while (i < script.size() && i < at + 24 &&
           (std::isalnum(static_cast<unsigned char>(script[i])) != 0 || script[i] == '_' || script[i] == '-'))
      ++i;
    while (i < script.size() && i < at + 30 &&
           (script[i] == '"' || script[i] == '\\' || script[i] == ':' || script[i] == '=' || script[i] == ' ' || script[i] == '\''))
      ++i;
    if (i + 10 <= script.size() && starts_like_date(script.substr(i, 10))) out.emplace_back(script.substr(i, 25));
  }
}

// Of other members whose name ends in "date", "Date", "_at", "time": as above.
void find_other_script_dates(std::string_view script, std::vector<std::string>& out) {
  for (std::size_t at = scan::needle(script, "\"20"); at != std::string_view::npos && out.size() < kMaxScriptDates;
       at = scan::needle(script, "\"20", at + 3)) {
    const std::string_view value = script.substr(at + 1, 25);
    if (value.size() < 10 || !starts_like_date(value.substr(0, 10))) continue;
    std::size_t end = at;
    while (end > 0 && (script[end - 1] == '\\' || script[end - 1] == ' ' || script[end - 1] == ':' || script[end - 1] == '=')) --end;
    while (end > 0 && (script[end - 1] == '"' || script[end - 1] == '\'' || script[end - 1] == '\\')) --end;
    std::size_t begin = end;
    while (begin > 0 && end - begin < 40 && (std::isalnum(static_cast<unsigned char>(script[begin - 1])) != 0 || script[begin - 1] == '_'))
      --begin;
    const std::string name = ascii::lowered(script.substr(begin, end - begin));
    if (name.find("date") == std::string::npos && !name.ends_with("_at") && !name.ends_with("time") &&
        name.find("created") == std::string::npos)
      continue;
    if (name.find("ublish") != std::string::npos || name.find("modif") != std::string::npos || name.find("updat") != std::string::npos ||
        name.find("expir") != std::string::npos || name.find("end") != std::string::npos)
      continue;
    out.emplace_back(value);
  }
}

// location.href = "…", location = "…", location.replace("…")
void find_way_out(std::string_view script, std::vector<std::string>& out) {
  for (std::size_t at = scan::needle(script, "location"); at != std::string_view::npos && out.size() < kMaxAddresses;
       at = scan::needle(script, "location", at + 8)) {
    const std::size_t quote = script.substr(0, at + 30).find_first_of("\"'", at);
    if (quote == std::string_view::npos || script.substr(at, quote - at).find_first_of(";\n") != std::string_view::npos) continue;
    const std::size_t end = script.find(script[quote], quote + 1);
    if (end != std::string_view::npos && end - quote > 12 && end - quote < 500) out.emplace_back(script.substr(quote + 1, end - quote - 1));
  }
}

constexpr std::uint64_t bits_of(std::initializer_list<std::string_view> names) {
  std::uint64_t out = 0;
  for (const std::string_view name : names) out |= name_bit(name);
  return out;
}

// What the builder reads of each tag: [closes][tag].
constexpr std::array<std::array<WantedOfTag, std::size(kKnown)>, 2> kWanted = [] {
  constexpr std::uint64_t kMetaBits = bits_of({"name", "property", "itemprop", "content"}), kLinkBits = bits_of({"rel", "href", "type"}),
                          kBits = bits_of({"id", "rel", "type", "role", "lang", "class", "style", "hidden", "content", "pubdate",
                                           "datetime", "itemprop", "aria-hidden"});
  std::array<std::array<WantedOfTag, std::size(kKnown)>, 2> out{};
  for (const std::size_t closes : {0, 1}) {
    for (std::size_t t = 0; t < std::size(kKnown); ++t) {
      WantedOfTag& wanted = out[closes][t];
      const Tag tag = static_cast<Tag>(t);
      wanted = {kBits, true, static_cast<std::uint8_t>(t), t == 0 || kTurns[t]};
      if (closes == 1 || tag == Tag{} || known(tag).empty) wanted.names = 0;
      if (tag == kMetaTag) wanted.names = kMetaBits;
      if (tag == kLink) wanted.names = kLinkBits;
      if (wanted.names != kBits) wanted.dates = false;
    }
  }
  return out;
}();
const WantedOfTag& wanted_of(Tag tag, bool closes) { return kWanted[closes ? 1 : 0][static_cast<std::size_t>(tag)]; }

class Builder {
 public:
  explicit Builder(std::string_view html) : html_(html), tokens_(html) {
    tokens_.ask_before_attributes([](std::string_view name, bool closes) { return wanted_of(tag_of(name), closes); });
    page_.nodes.push_back({});
    page_.text.reserve(html.size() / 8);
    page_.nodes.reserve(html.size() / 200 + 16);
    page_.blocks.reserve(html.size() / 600 + 16);
    page_.map.reserve(html.size() / 300 + 16);
    page_.names.reserve(html.size() / 12);
    stack_.reserve(64);
  }

  Page run() && {
    for (Token token;;) {
      // Blanks between elements are most of a page's texts.
      if (time_ >= page_.times.size() && open_count(kPre) == 0 && tokens_.skip_blanks() && open_block_ && skip_ == 0) pending_space_ = true;
      if (tag_at_a_glance(token)) continue;
      if (!tokens_.next_raw(token)) break;
      switch (token.kind) {
        case TokenKind::characters: text(token); break;
        case TokenKind::start_tag: start(token); break;
        case TokenKind::end_tag: end(static_cast<Tag>(token.known)); break;
        case TokenKind::comment:
        case TokenKind::doctype: break;
      }
    }
    end_block(false);
    return std::move(page_);
  }

 private:
  struct Open {
    Tag tag{};
    std::uint32_t node = 0;
    std::uint32_t begun = 0, times = 0;  // blocks and times there were before it
  };

  // Nearly all tags have a known name in small letters, and many nothing else ("</div>", "<p>"): seen so at a glance. False where the next
  // token is another.
  bool tag_at_a_glance(Token& token) {
    const std::size_t at = tokens_.position();
    if (at + 2 + 16 > html_.size() || html_[at] != '<' || !tokens_.in_data()) return false;
    const bool closes = html_[at + 1] == '/';
    const char* const name = html_.data() + at + (closes ? 2 : 1);
    const std::size_t size = scan::tag_name_size(name);
    if (size == 0 || size > kPacked) return false;
    std::uint64_t packed = 0;
    std::memcpy(&packed, name, kPacked);
    packed &= ~std::uint64_t{0} >> (64 - 8 * size);
    const std::size_t place = place_of(packed);
    if (kPackedNames.names[place] != packed) return false;
    const std::uint8_t known_as = kPackedNames.tags[place];
    const auto begin = static_cast<std::size_t>(name - html_.data());
    if (name[size] == '>' && (closes || !kTurns[known_as])) {
      tokens_.move_to(begin + size + 1);
      token.known = known_as;
      token.attributes = {};
      token.self_closing = false;
    } else if (static_cast<unsigned char>(name[size]) < ' ' && !ends_name(name[size])) {
      return false;  // goes on
    } else if (!tokens_.go_on_behind_name(token, begin, begin + size, closes, wanted_of(static_cast<Tag>(known_as), closes))) {
      return true;  // never ends
    }
    if (closes) {
      end(static_cast<Tag>(known_as));
    } else {
      start(token);
    }
    return true;
  }

  [[nodiscard]] std::uint32_t here() const { return stack_.empty() ? 0 : stack_.back().node; }
  [[nodiscard]] std::uint32_t& open_count(Tag tag) { return open_[static_cast<std::size_t>(tag)]; }

  void pop() {
    const Tag tag = stack_.back().tag;
    --open_count(tag);
    skip_ -= known(tag).skip;
    if (kEndsMore[static_cast<std::size_t>(tag)]) {
      if (tag == kSvg || tag == kMath) tokens_.set_foreign(open_count(kSvg) + open_count(kMath) > 0);
      if (tag == kTime && time_ < page_.times.size()) time_ = SIZE_MAX;
      if (tag == kScript) in_json_ld_ = false;
    }
    if (stack_.back().node == author_) end_author();
    if (known(tag).block) end_block(false);
    // An element that holds no text and no date is nobody's.
    const Open& top = stack_.back();
    if (top.node + 1 == page_.nodes.size() && top.begun == begun_ && top.times == page_.times.size()) {
      page_.names.resize(page_.nodes.back().name.begin);
      page_.nodes.pop_back();
    }
    stack_.pop_back();
  }

  // Closes the nearest open element of these tags, with all inside it, unless one of `fences` lies between.
  void close_nearest(std::initializer_list<Tag> tags, std::initializer_list<Tag> fences) {
    if (std::all_of(tags.begin(), tags.end(), [&](Tag t) { return open_count(t) == 0; })) return;
    for (std::size_t i = stack_.size(); i-- > 0;) {
      const Tag tag = stack_[i].tag;
      if (std::find(tags.begin(), tags.end(), tag) != tags.end()) {
        while (stack_.size() > i) pop();
        return;
      }
      if (std::find(fences.begin(), fences.end(), tag) != fences.end()) return;
    }
  }

  void implied_ends(Tag tag) {
    if (known(tag).closes_p && open_count(kP) > 0) close_nearest({kP}, {kTable, kTd, kTh});
    if (!kImplies[static_cast<std::size_t>(tag)]) return;
    if (tag == kLi) close_nearest({kLi}, {kUl, kOl});
    if (tag == kDt || tag == kDd) close_nearest({kDt, kDd}, {kDl});
    if (tag == kTd || tag == kTh) close_nearest({kTd, kTh}, {kTable});
    if (tag == kTr) close_nearest({kTr}, {kTable});
    if (tag == kTbody || tag == kThead || tag == kTfoot) close_nearest({kTbody, kThead, kTfoot}, {kTable});
    if (tag == kOption) close_nearest({kOption}, {kSelect});
    if (tag == kA) close_nearest({kA}, {kTd, kTh, kTable});
    if (tag == kBody) close_nearest({kHead}, {});
  }

  void start(const Token& token) {
    const Tag tag = static_cast<Tag>(token.known);
    if (tag == Tag{}) return;
    const Known& what = known(tag);
    if (tag == kMetaTag) return meta(token);
    if (tag == kLink) return link(token);
    if (tag == kBr) return end_block(true);
    if (skip_ == 0) implied_ends(tag);
    if (what.block) end_block(false);
    if (what.empty) return;
    if (stack_.size() >= kMaxDepth) {
      page_.capped = true;
      ++over_;
      return;
    }
    if (tag == kA && skip_ == 0) ++links_;

    Node node;
    node.parent = here();
    node.tag = tag;
    node.level = what.level;
    node.regions = static_cast<std::uint16_t>(page_.nodes[node.parent].regions | what.regions);
    // The header of an article is a part of it, that of the page is not.
    if (tag == kHeaderTag && (page_.nodes[node.parent].regions & (kArticle | kMain)) != 0)
      node.regions = static_cast<std::uint16_t>(node.regions & ~kHeader);
    const auto index = static_cast<std::uint32_t>(page_.nodes.size());
    const auto times = static_cast<std::uint32_t>(page_.times.size());
    if (!token.attributes.empty() || tag == kTime) {
      read_attributes(token.attributes, node, index);
    } else {
      node.name.begin = node.name.end = static_cast<std::uint32_t>(page_.names.size());
    }
    page_.nodes.push_back(node);
    stack_.push_back({tag, index, begun_, times});
    ++open_count(tag);
    skip_ += what.skip;
    if (tag == kSvg || tag == kMath) tokens_.set_foreign(true);
    // Of what is skipped only titles and scripts are read.
    if (what.skip && tag != kTitle && tag != kScript) tokens_.skip_content();
    // A foreign element that closes itself has no end tag.
    if (token.self_closing && (tag == kSvg || tag == kMath)) pop();
  }

  // Names, regions, dates and what else the attributes of a tag say; its node will be the one numbered `index`.
  void read_attributes(std::span<const Attribute> attributes, Node& node, std::uint32_t index) {
    const Tag tag = node.tag;
    const auto name_begin = static_cast<std::uint32_t>(page_.names.size());
    Said said;
    for (const Attribute& attribute : attributes) read_attribute(attribute, tag, name_begin, node.regions, said);
    auto& [machine, type, itemprop, rel, stamp, pubdate] = said;
    if (page_.names.size() > name_begin) page_.names += ' ';
    node.name = {name_begin, static_cast<std::uint32_t>(page_.names.size())};

    const bool published = pubdate || itemprop == "datePublished" || itemprop == "dateCreated";
    const bool modified = itemprop == "dateModified";
    const bool element = tag == kTime || published || modified;
    if ((element || !stamp.empty()) && page_.times.size() < kMaxTimes) {
      if (machine.empty()) machine = stamp;
      if (element) time_ = page_.times.size();
      page_.times.push_back({std::string(machine.substr(0, 80)),
                             {},
                             index,
                             static_cast<std::uint32_t>(page_.blocks.size()),
                             published  ? MarkSays::published
                             : modified ? MarkSays::modified
                                        : MarkSays::nothing,
                             element});
    }
    if ((itemprop == "author" || rel == "author") && author_ == kNone && skip_ == 0 && page_.authors.size() < kMaxAuthors) {
      author_ = index;
      author_begin_ = static_cast<std::uint32_t>(page_.text.size());
    }
    if (tag == kScript && !type.empty() && ascii::lowered(type).find("ld+json") != std::string::npos && page_.json_ld.size() < 64) {
      in_json_ld_ = true;
      page_.json_ld.emplace_back();
    }
  }

  // What a tag's attributes say beside names and regions.
  struct Said {
    std::string_view machine, type, itemprop, rel, stamp;
    bool pubdate = false;
  };

  void read_attribute(const Attribute& attribute, Tag tag, std::uint32_t name_begin, std::uint16_t& regions, Said& said) {
    const std::string_view name = attribute.name;
    const bool room = page_.names.size() - name_begin < kMaxName;
    switch (name.size()) {
      case 2:
        if (name != "id" || !room) break;
        page_.names += " #";
        page_.names += tokens_.value(attribute.value).substr(0, kMaxName);
        return;
      case 3:
        if (name != "rel") break;
        said.rel = tokens_.value(attribute.value);
        return;
      case 4:
        if (name == "type") {
          said.type = tokens_.value(attribute.value);
          return;
        }
        if (name == "role") {
          const std::string_view role = tokens_.value(attribute.value);
          if (role == "navigation") regions |= kNav;
          if (role == "complementary") regions |= kAside;
          if (role == "contentinfo") regions |= kFooter;
          if (role == "search" || role == "dialog") regions |= kForm;
          if (role == "main") regions |= kMain;
          return;
        }
        if (name == "lang" && tag == kHtml) {
          page_.language = std::string(tokens_.value(attribute.value).substr(0, 16));
          return;
        }
        break;
      case 5:
        if (name == "class" && room) {
          page_.names += ' ';
          page_.names += tokens_.value(attribute.value).substr(0, kMaxName);
          return;
        }
        if (name == "style") {
          if (hides(tokens_.value(attribute.value))) regions |= kHidden;
          return;
        }
        break;
      case 6:
        if (name != "hidden") break;
        regions |= kHidden;
        return;
      case 7:
        if (name == "content" && said.machine.empty()) {
          said.machine = tokens_.value(attribute.value);
          return;
        }
        if (name == "pubdate") {
          said.pubdate = true;
          return;
        }
        break;
      case 8:
        if (name == "datetime") {
          said.machine = tokens_.value(attribute.value);
          return;
        }
        if (name == "itemprop") {
          said.itemprop = tokens_.value(attribute.value);
          if (room) page_.names.append(" ").append(said.itemprop.substr(0, 60));
          return;
        }
        break;
      case 11:
        if (name != "aria-hidden" || attribute.value != "true") break;
        regions |= kHidden;
        return;
      default: break;
    }
    // Once its references are resolved it may be a date.
    if (attribute.value.empty() || (attribute.value[0] != '2' && attribute.value[0] != '1' && attribute.value[0] != '&')) return;
    const std::string_view value = tokens_.value(attribute.value);
    if (starts_like_date(value)) said.stamp = value;
  }

  void end_author() {
    author_ = kNone;
    const auto end = static_cast<std::uint32_t>(page_.text.size());
    if (end > author_begin_ && end - author_begin_ < kMaxName) page_.authors.push_back({author_begin_, end});
  }

  void end(Tag tag) {
    if (tag == Tag{}) return;
    if (tag == kBr) return end_block(true);  // "</br>" is read as <br>
    if (over_ > 0) {
      --over_;
      if (known(tag).block) end_block(false);
      return;
    }
    if (open_count(tag) == 0) {
      if (tag == kP) end_block(false);
      return;
    }
    if (tag == kBody || tag == kHtml) return;  // what follows still belongs to the body
    bool through_block = false;
    for (std::size_t i = stack_.size(); i-- > 0;) {
      if (stack_[i].tag == tag) {
        if (through_block && !known(tag).block && !known(tag).skip) {
          // An inline end tag ends its own element alone, not the block elements that stand open inside it.
          --open_count(tag);
          if (tag == kTime) time_ = SIZE_MAX;
          if (stack_[i].node == author_) end_author();
          stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
          while (stack_.size() > i) pop();
        }
        return;
      }
      through_block = through_block || known(stack_[i].tag).block;
      if ((stack_[i].tag == kTd || stack_[i].tag == kTh) && tag != kTr && tag != kTable && tag != kTbody) return;
    }
  }

  void meta(const Token& token) {
    if (page_.metas.size() >= kMaxMetas) return;
    Meta found;
    bool has_content = false;
    for (const Attribute& attribute : token.attributes) {
      if ((attribute.name == "name" || attribute.name == "property" || attribute.name == "itemprop") && found.name.empty()) {
        found.name = ascii::lowered(tokens_.value(attribute.value).substr(0, 100));
      } else if (attribute.name == "content") {
        found.content = std::string(tokens_.value(attribute.value).substr(0, 2000));
        has_content = true;
      }
    }
    if (!found.name.empty() && has_content) page_.metas.push_back(std::move(found));
  }

  void link(const Token& token) {
    std::string_view rel, href;
    bool typed = false;
    for (const Attribute& attribute : token.attributes) {
      if (attribute.name == "rel") rel = tokens_.value(attribute.value);
      if (attribute.name == "href") href = tokens_.value(attribute.value);
      typed = typed || attribute.name == "type";
    }
    const std::string what = ascii::lowered(rel);
    if (page_.canonical.empty() && what == "canonical") page_.canonical = std::string(href.substr(0, 2000));
    if ((what == "amphtml" || (what == "alternate" && !typed)) && page_.addresses.size() < kMaxAddresses)
      page_.addresses.emplace_back(href.substr(0, 500));
  }

  void text(const Token& token) {
    if (skip_ > 0) {
      const Tag tag = stack_.empty() ? Tag{} : stack_.back().tag;
      if (tag == kTitle && skip_ == 1 && page_.title.size() < 2000) page_.title += token.data;
      if (in_json_ld_ && page_.json_ld.back().size() + token.data.size() <= kMaxJsonLd) page_.json_ld.back() += token.data;
      if (tag == kScript && !in_json_ld_) {
        if (page_.script_dates.size() < kMaxScriptDates) find_script_dates(token.data, page_.script_dates);
        if (page_.other_script_dates.size() < kMaxScriptDates) find_other_script_dates(token.data, page_.other_script_dates);
        if (page_.addresses.size() < kMaxAddresses && token.data.size() < 2000) find_way_out(token.data, page_.addresses);
      }
      return;
    }
    const bool pre = open_count(kPre) > 0;
    const std::string_view data = token.data;
    // Behind the text stands more of the input, which may be looked at.
    const std::size_t readable = token.exact ? html_.size() - token.begin : data.size();
    std::string& out = page_.text;
    for (std::size_t i = 0; i < data.size();) {
      const unsigned char c = static_cast<unsigned char>(data[i]);
      std::uint32_t size = 1;
      bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
      if (space && !pre) {
        if (open_block_) pending_space_ = true;
        i = scan::not_blank(data.data(), i + 1, data.size());
        continue;
      }
      if (c == 0) {
        ++i;  // the tree builder drops it
        continue;
      }
      if (c >= 0xC2) {
        const utf8::Decoded got = utf8::decode(data, i);
        size = got.size;
        // No-break and thin spaces are spaces to a reader; zero-width ones and the soft hyphen are nothing.
        if (got.value == 0xAD || got.value == 0x200B || got.value == 0xFEFF || got.value == 0x2060) {
          i += size;
          continue;
        }
        space = utf8::is_space(got.value);
      }
      if (space) {
        if (pre && c == '\n') {
          end_block(true);
        } else if (open_block_) {
          pending_space_ = true;
        }
        i += size;
        continue;
      }
      // A run up to the next white space that is more than one blank; single ones stay where they are, so that the run goes on.
      const std::size_t end = scan::text_end(data.data(), i + size, data.size(), readable, token.exact);
      if (!open_block_) begin_block();
      const auto from = static_cast<std::uint32_t>(token.exact ? token.begin + i : token.begin);
      if (pending_space_) {
        append_piece(page_.map, {static_cast<std::uint32_t>(out.size()), from, false});
        out += ' ';
        pending_space_ = false;
      }
      append_piece(page_.map, {static_cast<std::uint32_t>(out.size()), from, token.exact});
      out.append(data, i, end - i);
      if (open_count(kA) > 0) {
        block_.link_bytes += static_cast<std::uint32_t>(end - i - scan::count(data.data(), i, end, readable, ' '));
      }
      i = end;
    }
    if (time_ < page_.times.size() && page_.times[time_].visible.size() < 200)
      page_.times[time_].visible.append(data.substr(0, 200)).append(" ");
  }

  void begin_block() {
    ++begun_;
    if (!page_.blocks.empty()) page_.text += after_break_ ? "\n" : "\n\n";
    block_ = Block{};
    block_.text.begin = static_cast<std::uint32_t>(page_.text.size());
    block_.inner = here();
    block_.after_break = after_break_;
    block_.links = static_cast<std::uint16_t>(std::min<std::uint32_t>(links_, UINT16_MAX));
    for (std::size_t i = stack_.size(); i-- > 0;) {
      if (known(stack_[i].tag).block) {
        block_.node = stack_[i].node;
        break;
      }
    }
    open_block_ = true;
    pending_space_ = false;
  }

  void end_block(bool by_break) {
    if (open_block_) {
      block_.text.end = static_cast<std::uint32_t>(page_.text.size());
      block_.links = static_cast<std::uint16_t>(std::min<std::uint32_t>(links_, UINT16_MAX));
      page_.blocks.push_back(block_);
      open_block_ = false;
      breaks_ = 0;
      links_ = 0;
    }
    pending_space_ = false;
    // Two breaks in a row are a paragraph's end.
    breaks_ = by_break ? breaks_ + 1 : 2;
    after_break_ = breaks_ < 2;
  }

  std::string_view html_;
  Tokenizer tokens_;
  Page page_;
  std::vector<Open> stack_;
  std::array<std::uint32_t, std::size(kKnown)> open_{};
  std::uint32_t skip_ = 0;  // open elements whose text is not read
  std::uint32_t over_ = 0;  // elements open beyond the cap
  std::uint32_t links_ = 0;
  std::uint32_t breaks_ = 0;
  std::uint32_t begun_ = 0;  // blocks
  std::size_t time_ = SIZE_MAX;
  std::uint32_t author_ = kNone;  // the open element that names who signed
  std::uint32_t author_begin_ = 0;
  Block block_;
  bool open_block_ = false;
  bool after_break_ = false;
  bool pending_space_ = false;
  bool in_json_ld_ = false;
};

}  // namespace

Tag tag_of(std::string_view name) {
  if (name.empty()) return Tag{};
  if (name.size() > kPacked) return name.size() > 10 ? Tag{} : tag_by_name(name);
  const std::uint64_t packed = packed_of(name);
  const std::size_t place = place_of(packed);
  return kPackedNames.names[place] == packed ? static_cast<Tag>(kPackedNames.tags[place]) : Tag{};
}
std::string_view name_of(Tag tag) { return known(tag).name; }

Page read_blocks(std::string_view html) { return Builder(html).run(); }

std::string path_of(const Page& page, std::uint32_t node) {
  std::string out;
  std::size_t steps = 0;
  for (; node != kNone && node != 0 && steps < 6; node = page.nodes[node].parent, ++steps) {
    std::string part(name_of(page.nodes[node].tag));
    std::string_view names = page.nodes[node].name.of(page.names);
    for (std::size_t begin = names.find_first_not_of(' '); begin != std::string_view::npos; begin = names.find_first_not_of(' ', begin)) {
      const std::size_t end = std::min(names.find(' ', begin), names.size());
      part += (names[begin] == '#' ? "" : ".");
      part += names.substr(begin, end - begin);
      begin = end;
    }
    out = out.empty() ? part : part + " > " + out;
  }
  return out;
}

}  // namespace litopys::html
