// litopys quantities: the numbers of English news sentences, for whoever wants numbers and no claims.
#include <simdjson.h>

#include <algorithm>

#include "base/json.h"
#include "cli/commands.h"
#include "codebook/codebook.h"
#include "mention/quantity_news.h"

namespace litopys {
namespace {

struct QuantitiesOptions {
  std::vector<std::string> names;
  bool jsonl = false;
};

std::string json_value(const NewsQuantity& q) { return q.high ? "[" + q.value.str() + ", " + q.high->str() + "]" : q.value.str(); }

void print(std::string_view sentence, std::size_t index, const NewsQuantities& finder, bool jsonl, Output& out) {
  std::string text;
  const std::vector<NewsQuantity> found = finder.find(sentence);
  if (jsonl) {
    JsonWriter json(text);
    json.object([&] {
      json.key("index").number(static_cast<std::int64_t>(index));
      json.key("quantities").array([&] {
        for (const NewsQuantity& q : found) {
          json.object([&] {
            json.key("value").raw(json_value(q));
            json.key("unit").string(q.unit);
            json.key("change").string(q.change);
          });
        }
      });
    });
    text += '\n';
  } else {
    for (const NewsQuantity& q : found) {
      text += std::string(q.change) + ' ' + q.value.str() + (q.high ? " to " + q.high->str() : "") + (q.unit.empty() ? "" : ' ' + q.unit) +
              "  «" + std::string(q.span.of(sentence)) + "»\n";
    }
  }
  out.write(text);
}

// The sentences of a file: of JSON the "text" of each object of its list, else its lines.
Result<std::vector<std::string>> sentences_of(std::string_view bytes, const std::string& path) {
  std::vector<std::string> out;
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && bytes[first] == '[') {
    simdjson::dom::parser parser;
    simdjson::dom::array list;
    if (parser.parse(bytes.data(), bytes.size()).get_array().get(list) != simdjson::SUCCESS) {
      return fail(ErrorKind::kMalformed, path, {}, "is no list in JSON", "give a list of objects with \"text\", or a sentence a line");
    }
    for (const simdjson::dom::element element : list) {
      std::string_view text;
      if (element["text"].get(text) != simdjson::SUCCESS) {
        return fail(ErrorKind::kMalformed, path, "item " + std::to_string(out.size()), "has no \"text\"", "give each sentence as \"text\"");
      }
      out.emplace_back(text);
    }
    return out;
  }
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    out.emplace_back(bytes.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

void quantities(const QuantitiesOptions& options, Session& session) {
  const Result<Codebook> book = load_codebook(default_paths().codebook.parent_path() / "news");
  if (!book) return session.report(book.error());
  const Result<NewsQuantities> finder = NewsQuantities::make(*book);
  if (!finder) return session.report(finder.error());
  std::size_t index = 0;
  session.for_each_item(options.names, [&](const Item& item) {
    const Result<std::vector<std::string>> sentences = sentences_of(item.bytes, item.path);
    if (!sentences) return session.report(sentences.error());
    for (const std::string& sentence : *sentences) print(sentence, index++, *finder, options.jsonl, session.out);
  });
}

}  // namespace

void declare_quantities(CommandLine& line, Session& session) {
  Command command = line.command("quantities", "Reads the numbers of English news sentences, with unit and direction");
  auto options = std::make_shared<QuantitiesOptions>();
  command.option("file", options->names, "A sentence a line, or a JSON list of objects with \"text\"; - for standard input")
      .required()
      .type_name("FILE");
  command.flag("--jsonl,--json", options->jsonl, "One JSON object a sentence: index and quantities (value, unit, change)");
  command.footer("Example: echo 'Shares rose 0.2% to $41.' | litopys quantities -");
  command.run([options, &session] { quantities(*options, session); });
}

}  // namespace litopys
