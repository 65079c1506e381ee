// expat finds items and their fields. Where a feed is not well-formed, the part that is whole has been given already; from there on each
// "<item" is tried by itself, as a small document with the feed's encoding.
#include "intake/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "intake/mail_date.h"
#include "intake/member.h"

namespace litopys {
namespace {

constexpr int kMostFeedDamage = 100;              // places; each may cost a reading of the rest
constexpr std::size_t kLargestEntryField = 4096;  // bytes of a title, link or date; the text itself stays in the item's bytes

std::string_view local(std::string_view name) { return name.substr(name.find(':') + 1); }

// Atom's own elements may come with a prefix; those of other names keep theirs.
std::string_view plain(std::string_view name) { return name.starts_with("atom:") ? name.substr(5) : name; }

bool is_item(std::string_view name) { return local(name) == "item" || local(name) == "entry"; }

std::string_view value_of(std::span<const XmlAttribute> attributes, std::string_view name) {
  for (const XmlAttribute& attribute : attributes) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

// What an item says of itself, gathered while it is read.
struct Entry {
  std::size_t begin = 0;
  std::string title, link, permalink, date, date_from, updated, source;
  bool text = false;
};

class FeedSplit {
 public:
  FeedSplit(const Item& container, const ContainerLimits& limits, const Give& give)
      : container_(container), bytes_(container.bytes), giver_(container, limits, give) {}

  void read() {
    encoding_ = xml_encoding(bytes_);
    // Bytes that are no UTF-8 say nothing sure about titles, but markup is ASCII in every likely encoding; the page stage guesses.
    const bool valid = utf8::first_invalid(bytes_) == std::string_view::npos;
    const bool ascii = std::all_of(bytes_.begin(), bytes_.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (valid && !ascii) encoding_ = "UTF-8";  // by chance no text in another encoding is
    const bool lies = (encoding_ == "UTF-8" || encoding_ == "utf-8") && !valid;
    if (lies) encoding_.clear();
    parser_encoding_ = lies ? "ISO-8859-1" : encoding_;
    std::size_t begin = 0;
    while (begin < bytes_.size() && static_cast<unsigned char>(bytes_[begin]) <= ' ' && bytes_[begin] != '\0') ++begin;
    XmlOutcome end = read_from(begin);
    for (int damage = 0; !end.whole && !giver_.stopped(); ++damage) {
      if (!end.stopped) {
        if (!report(end, damage)) break;
      }
      const std::size_t next = next_item(std::max(end.at, resume_));
      if (next == std::string_view::npos) break;
      if (end.stopped) --damage;
      whole_ = false;
      end = read_from(next);
    }
    if (giver_.items() == 0 && !giver_.stopped() && end.whole) {
      giver_.error(ErrorKind::kMalformed, "", "a feed without items", "nothing to read in it");
    }
    giver_.finish(empty_ == 0 ? std::string() : fmt::format("{}: {} items without text passed over", container_.path, empty_));
  }

 private:
  XmlOutcome read_from(std::size_t begin) {
    stack_.clear();
    entry_.reset();
    return read_xml(bytes_,
                    {.begin = [&](std::string_view name, std::span<const XmlAttribute> attributes,
                                  XmlPlace place) { return begin_element(name, attributes, place); },
                     .end = [&](std::string_view name, XmlPlace place) { return end_element(name, place); },
                     .text = [&](std::string_view text, XmlPlace) { return characters(text); }},
                    {.encoding = parser_encoding_, .deepest = 256, .begin = begin});
  }

  // Says what is wrong, gives the item that it is in as far as its end is found; false: stop.
  bool report(const XmlOutcome& end, int damage) {
    if (end.refused) {
      giver_.error(ErrorKind::kMalformed, fmt::format("byte {}", end.at), "the feed is refused: " + end.problem, "not read on");
      return false;
    }
    const bool last = damage >= kMostFeedDamage;
    std::string next = last ? "the rest is not read" : "items after it are sought";
    resume_ = end.at;
    if (entry_) {
      // An item that ends before the next one begins is had, whatever is wrong inside it.
      const std::string closing = fmt::format("</{}>", item_name_);
      const std::size_t item_end = bytes_.find(closing, end.at);
      const std::size_t other = next_item(end.at);
      if (item_end != std::string_view::npos && item_end < other) {
        resume_ = item_end + closing.size();
        next = last ? next : "the item is kept as it is; items after it are sought";
        entry_->text = true;
        give_entry(resume_);
      }
    }
    if (!giver_.stopped())
      giver_.error(last ? ErrorKind::kLimit : ErrorKind::kMalformed, fmt::format("byte {}", end.at), "not well-formed: " + end.problem,
                   next);
    return !last && !giver_.stopped();
  }

  // The next "<item" or "<entry" at or after `at`; of a feed that has had an item only its own kind, so that a search is short.
  [[nodiscard]] std::size_t next_item(std::size_t at) const {
    if (!item_name_.empty()) return next_tag("<" + item_name_, at);
    return std::min(next_tag("<item", at), next_tag("<entry", at));
  }

  [[nodiscard]] std::size_t next_tag(std::string_view tag, std::size_t at) const {
    for (; (at = bytes_.find(tag, at)) != std::string_view::npos; at += tag.size()) {
      const char after = at + tag.size() < bytes_.size() ? bytes_[at + tag.size()] : '\0';
      if (after == '>' || after == ' ' || after == '\n' || after == '\r' || after == '\t') break;
    }
    return at;
  }

  bool begin_element(std::string_view name, std::span<const XmlAttribute> attributes, XmlPlace place) {
    stack_.emplace_back(name);
    text_.clear();
    if (!entry_) {
      const std::string_view root = local(stack_.front());
      if (!is_item(name) || (whole_ && root != "rss" && root != "RDF" && root != "feed")) return true;
      entry_.emplace();
      entry_->begin = place.begin;
      item_depth_ = stack_.size();
      item_name_ = std::string(name);
      return true;
    }
    if (stack_.size() == item_depth_ + 1 && plain(name) == "link" && !value_of(attributes, "href").empty()) {
      const std::string_view relation = value_of(attributes, "rel");
      if (relation.empty() || relation == "alternate")
        entry_->link = std::string(value_of(attributes, "href").substr(0, kLargestEntryField));
    }
    if (stack_.size() == item_depth_ + 1 && plain(name) == "guid") permanent_ = value_of(attributes, "isPermaLink") != "false";
    return true;
  }

  bool characters(std::string_view text) {
    if (text_.size() < kLargestEntryField) text_.append(text);
    if (entry_ && !entry_->text && stack_.size() > item_depth_ && !ascii::trimmed(text).empty()) {
      const std::string_view field = plain(stack_[item_depth_]);
      entry_->text = field == "title" || field == "description" || field == "summary" || field == "content" || field == "content:encoded";
    }
    return true;
  }

  bool end_element(std::string_view name, XmlPlace place) {
    const std::string_view text = ascii::trimmed(std::string_view(text_).substr(0, kLargestEntryField));
    const std::string_view field = plain(name);
    if (!entry_) {
      if (stack_.size() <= 3 && field == "title" && feed_title_.empty() &&
          (stack_.size() < 2 || local(stack_[stack_.size() - 2]) != "image")) {
        feed_title_ = std::string(text);
      }
    } else if (stack_.size() == item_depth_) {
      const bool goes_on = give_entry(place.end);
      entry_.reset();
      resume_ = place.end;
      stack_.pop_back();
      text_.clear();
      return goes_on && whole_;  // a part that is read by itself ends with its item
    } else if (stack_.size() == item_depth_ + 1) {
      if (field == "title") entry_->title = std::string(text);
      if (field == "link" && entry_->link.empty()) entry_->link = std::string(text);
      if (field == "guid" && permanent_ && text.starts_with("http")) entry_->permalink = std::string(text);
      if (field == "source" && !text.empty()) entry_->source = std::string(text);
      if (field == "pubDate" || (field == "dc:date" && entry_->date.empty()) || field == "published") {
        entry_->date = std::string(text);
        entry_->date_from = (field == "published" ? "atom " : "rss ") + std::string(field);
      }
      if (field == "updated") entry_->updated = std::string(text);
    } else if (stack_.size() == item_depth_ + 2 && plain(stack_[item_depth_]) == "source" && field == "title") {
      entry_->source = std::string(text);
    }
    stack_.pop_back();
    text_.clear();
    return true;
  }

  bool give_entry(std::size_t end) {
    if (!entry_->text) {
      ++empty_;
      return true;
    }
    const std::uint64_t number = ++number_;
    OpenedItem out =
        member_item(container_, std::to_string(number), fmt::format("item {}", number), "feed-item", entry_->begin, end - entry_->begin);
    Origin& origin = out.item.origin;
    origin.charset = encoding_;
    const std::string& link = entry_->link.empty() ? entry_->permalink : entry_->link;
    if (link.starts_with("http://") || link.starts_with("https://")) origin.url = link;
    if (!encoding_.empty()) {
      origin.title = entry_->title;
      origin.outlet = entry_->source.empty() ? feed_title_ : entry_->source;
    }
    origin.published = iso_of_mail_date(entry_->date);
    origin.published_from = entry_->date_from;
    if (origin.published.empty()) {
      origin.published = iso_of_mail_date(entry_->updated);
      origin.published_from = origin.published.empty() ? "" : "atom updated";
    }
    return giver_.item(std::move(out));
  }

  const Item& container_;
  std::string_view bytes_;
  MemberGiver giver_;
  std::string encoding_, parser_encoding_, feed_title_, item_name_, text_;
  std::vector<std::string> stack_;
  std::optional<Entry> entry_;
  std::size_t item_depth_ = 0;
  std::size_t resume_ = 0;  // what lies before has been dealt with
  std::uint64_t number_ = 0;
  std::uint64_t empty_ = 0;
  bool permanent_ = true;
  bool whole_ = true;  // the document is read as a whole, not item by item after damage
};

}  // namespace

bool looks_like_feed(std::string_view head) {
  std::string narrow;
  if (xml_encoding(head).starts_with("UTF-16")) {
    for (const char c : head.substr(0, 8192)) {
      if (c != '\0' && static_cast<unsigned char>(c) < 0x80) narrow += c;
    }
    head = narrow;
  }
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  for (;;) {
    head = ascii::trimmed(head);
    std::size_t end = std::string_view::npos;
    if (head.starts_with("<?")) {
      end = head.find("?>");
      if (end != std::string_view::npos) end += 2;
    } else if (head.starts_with("<!--")) {
      end = head.find("-->");
      if (end != std::string_view::npos) end += 3;
    } else if (head.starts_with("<!DOCTYPE") && head.substr(9, 64).find("html") == std::string_view::npos) {
      const std::size_t subset = head.find('[');
      end = head.find('>');
      if (subset < end) {
        end = head.find("]>");
        if (end != std::string_view::npos) ++end;
      }
      if (end != std::string_view::npos) ++end;
    } else {
      break;
    }
    if (end == std::string_view::npos) return false;
    head.remove_prefix(end);
  }
  if (!head.starts_with('<')) return false;
  const std::string_view name = head.substr(1, head.find_first_of(" >\r\n\t/", 1) - 1);
  const std::string_view root = local(name.substr(0, 40));
  if (root == "rss") return true;
  const std::string_view element = head.substr(0, 4096);
  if (root == "feed")
    return element.find("http://www.w3.org/2005/Atom") != std::string_view::npos ||
           element.find("http://purl.org/atom/") != std::string_view::npos;
  return root == "RDF" && element.find("http://purl.org/rss/") != std::string_view::npos;
}

void split_feed(const Item& container, const ContainerLimits& limits, const Give& give) { FeedSplit(container, limits, give).read(); }

}  // namespace litopys
