// JSON-LD is walked to a fixed depth; of several objects the one that is an article counts.
#include "page/page_facts.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "page/lines.h"
#include "page/phrases.h"

namespace litopys {
namespace {

using html::Page;

constexpr int kMaxJsonDepth = 12;
constexpr std::size_t kMaxDates = 40;

std::string string_of(simdjson::dom::element e) {
  std::string_view text;
  return e.get(text) == simdjson::SUCCESS ? std::string(text.substr(0, 500)) : std::string();
}

// The address of a thing: itself, its "@id" or "url", or the first of a list.
std::string id_of(simdjson::dom::element e) {
  std::string out = string_of(e);
  if (!out.empty()) return out;
  simdjson::dom::array list;
  simdjson::dom::element value;
  if (e.get(list) == simdjson::SUCCESS) {
    for (const simdjson::dom::element item : list) return string_of(item).empty() && item.is_object() ? id_of(item) : string_of(item);
  }
  if (!e.is_object()) return out;
  for (const std::string_view key : {"url", "@id"}) {
    if (e[key].get(value) == simdjson::SUCCESS) return string_of(value);
  }
  return out;
}

// A name, a thing with a name, or a list of either.
void read_names(simdjson::dom::element e, std::vector<std::string>& out) {
  constexpr std::size_t kMostNames = 8;
  simdjson::dom::array list;
  simdjson::dom::element name;
  if (e.get(list) == simdjson::SUCCESS) {
    for (const simdjson::dom::element item : list) {
      if (!item.is_array()) read_names(item, out);
    }
  } else if (e.is_object() ? e["name"].get(name) == simdjson::SUCCESS : e.is_string()) {
    std::string said = string_of(e.is_object() ? name : e);
    if (!said.empty() && out.size() < kMostNames && std::find(out.begin(), out.end(), said) == out.end()) out.push_back(std::move(said));
  }
}

// JSON that is none (a comma too many, quotes inside strings): members named after dates are found all the same.
void scan_broken(std::string_view json, JsonFacts& facts) {
  const bool article = json.find("Article\"") != std::string_view::npos || json.find("Posting\"") != std::string_view::npos;
  static constexpr std::pair<std::string_view, JsonDate> kKeys[] = {{"\"datePublished\"", JsonDate::published},
                                                                    {"\"dateCreated\"", JsonDate::created},
                                                                    {"\"uploadDate\"", JsonDate::created},
                                                                    {"\"dateModified\"", JsonDate::modified}};
  for (const auto& [key, kind] : kKeys) {
    const std::size_t at = json.find(key);
    if (at == std::string_view::npos || facts.dates.size() >= kMaxDates) continue;
    const std::size_t open = json.find('"', at + key.size());
    if (open == std::string_view::npos ||
        json.substr(at + key.size(), open - at - key.size()).find_first_not_of(" :") != std::string_view::npos)
      continue;
    const std::size_t close = json.find('"', open + 1);
    if (close != std::string_view::npos && close - open < 60)
      facts.dates.push_back({kind, article ? 3 : 1, std::string(json.substr(open + 1, close - open - 1))});
  }
}

void walk(simdjson::dom::element element, int depth, JsonFacts& facts) {
  if (depth > kMaxJsonDepth) return;
  simdjson::dom::array array;
  if (element.get(array) == simdjson::SUCCESS) {
    for (const simdjson::dom::element item : array) walk(item, depth + 1, facts);
    return;
  }
  simdjson::dom::object object;
  if (element.get(object) != simdjson::SUCCESS) return;
  std::string type;
  simdjson::dom::element value;
  if (object["@type"].get(value) == simdjson::SUCCESS) {
    type = string_of(value);
    simdjson::dom::array types;
    if (type.empty() && value.get(types) == simdjson::SUCCESS) {
      for (const simdjson::dom::element t : types) type += string_of(t) + " ";
    }
  }
  const bool article =
      type.find("Article") != std::string::npos || type.find("Posting") != std::string::npos || type.find("Report") != std::string::npos;
  const bool page = type.find("WebPage") != std::string::npos;
  const int rank = article ? 3 : page ? 2 : 1;
  const bool comment =
      type.find("Comment") != std::string::npos || type.find("Review") != std::string::npos || type.find("Event") != std::string::npos;
  if (!comment) {
    static constexpr std::pair<std::string_view, JsonDate> kKeys[] = {{"datePublished", JsonDate::published},
                                                                      {"dateCreated", JsonDate::created},
                                                                      {"uploadDate", JsonDate::created},
                                                                      {"dateModified", JsonDate::modified}};
    for (const auto& [key, kind] : kKeys) {
      if (facts.dates.size() < kMaxDates && object[key].get(value) == simdjson::SUCCESS)
        facts.dates.push_back({kind, rank, string_of(value)});
    }
  }
  std::string_view body;
  if (article && facts.body.empty() && object["articleBody"].get(body) == simdjson::SUCCESS) facts.body = body;
  if (article && facts.headline.empty() && object["headline"].get(value) == simdjson::SUCCESS) facts.headline = string_of(value);
  if (article && facts.authors.empty() &&
      (object["author"].get(value) == simdjson::SUCCESS || object["creator"].get(value) == simdjson::SUCCESS))
    read_names(value, facts.authors);
  if (article || page) {
    if (facts.url.empty() && object["url"].get(value) == simdjson::SUCCESS) facts.url = string_of(value);
    if (facts.url.empty() && object["mainEntityOfPage"].get(value) == simdjson::SUCCESS) facts.url = id_of(value);
    for (const std::string_view key : {"image", "thumbnailUrl"}) {
      if (facts.image.empty() && object[key].get(value) == simdjson::SUCCESS) facts.image = id_of(value);
    }
  }
  if (facts.publisher.empty() && object["publisher"].get(value) == simdjson::SUCCESS) {
    simdjson::dom::element name;
    if (value["name"].get(name) == simdjson::SUCCESS) facts.publisher = string_of(name);
  }
  for (const auto field : object) walk(field.value, depth + 1, facts);
}

JsonFacts json_facts(const Page& page) {
  JsonFacts facts;
  simdjson::dom::parser parser;
  for (const std::string& text : page.json_ld) {
    std::string_view body = trimmed(text);
    // Some pages wrap it for browsers of another age.
    const std::size_t open = body.find_first_of("{[");
    const std::size_t close = body.find_last_of("}]");
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) continue;
    std::string json(body.substr(open, close - open + 1));
    // Raw line ends inside strings are a common fault.
    for (char& c : json) {
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    simdjson::dom::element root;
    if (parser.parse(json).get(root) == simdjson::SUCCESS) {
      walk(root, 0, facts);
    } else {
      scan_broken(json, facts);
    }
  }
  return facts;
}

// `words` is room that is used again.
std::string folded(std::string_view text, FoldedLine& words) {
  constexpr std::size_t kMostWords = 96;
  std::string out;
  words.read(text, kMostWords);
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (!out.empty()) out += ' ';
    out += words.folded(w);
  }
  return out;
}

// The name at the end of a title element: "Headline | The Outlet".
std::pair<std::string_view, std::string_view> split_title(std::string_view title) {
  std::size_t best = std::string_view::npos;
  std::size_t width = 0;
  for (const std::string_view mark : {" | ", " — ", " – ", " - ", " » ", " :: ", " • ", " · ", " / "}) {
    const std::size_t at = title.rfind(mark);
    if (at != std::string_view::npos && (best == std::string_view::npos || at > best)) {
      best = at;
      width = mark.size();
    }
  }
  if (best == std::string_view::npos) return {title, {}};
  const std::string_view name = title.substr(best + width);
  const std::size_t words = words_of_line(name).size();
  if (words == 0 || words > 5 || words_of_line(title.substr(0, best)).size() < 3) return {title, {}};
  return {title.substr(0, best), name};
}

std::optional<std::size_t> find_title(const Page& page, std::string_view wanted, std::string_view title_element) {
  FoldedLine words;
  const std::string wanted_folded = folded(wanted, words);
  const std::string element_folded = folded(title_element, words);
  std::optional<std::size_t> first_h1;
  for (std::size_t b = 0; b < page.blocks.size(); ++b) {
    const html::Node& node = page.nodes[page.blocks[b].inner];
    if ((node.regions & html::kHeading) == 0) continue;
    const std::uint8_t level = page.nodes[page.blocks[b].node].level;
    if (level == 0 || level > 3) continue;
    const std::string text = folded(page.blocks[b].text.of(page.text), words);
    if (text.empty()) continue;
    if (!wanted_folded.empty() &&
        (text == wanted_folded ||
         (text.size() > 20 && (wanted_folded.starts_with(text) || text.starts_with(wanted_folded) || element_folded.starts_with(text)))))
      return b;
    if (!first_h1 && level == 1 && text.find(' ') != std::string::npos &&
        (node.regions & (html::kHidden | html::kFooter | html::kNav)) == 0)
      first_h1 = b;
  }
  return first_h1;
}

}  // namespace

std::string meta_of(const Page& page, std::string_view name) {
  for (const html::Meta& one : page.metas) {
    if (one.name.size() == name.size() && one.name == name && !trimmed(one.content).empty()) return std::string(trimmed(one.content));
  }
  return {};
}

std::string collapsed(std::string_view text) {
  std::string out;
  bool space = false;
  for (const char c : trimmed(text)) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      space = true;
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

PageFacts read_page_facts(const Page& page) {
  PageFacts out;
  out.json = json_facts(page);
  const std::string title_element = collapsed(page.title);
  const auto [title_part, title_outlet] = split_title(title_element);
  out.title_outlet = std::string(title_outlet);
  if (!page.canonical.empty()) out.url = page.canonical;
  if (std::string og = meta_of(page, "og:url"); !out.url && !og.empty()) out.url = std::move(og);

  // The headline: the heading that the head's titles name, else the first great heading.
  std::string wanted = meta_of(page, "og:title");
  if (wanted.empty()) wanted = out.json.headline;
  if (wanted.empty()) wanted = std::string(title_part);
  out.title_block = find_title(page, wanted, title_element);
  if (out.title_block) {
    out.title = std::string(page.blocks[*out.title_block].text.of(page.text));
  } else if (!trimmed(wanted).empty()) {
    out.title = collapsed(wanted);
  }
  return out;
}

}  // namespace litopys
