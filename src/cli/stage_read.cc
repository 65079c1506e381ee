// What a dump says is outside input: every number is checked before anything points with it.
#include <simdjson.h>

#include <algorithm>
#include <type_traits>
#include <unordered_map>

#include "base/utf8.h"
#include "cli/stage.h"
#include "cli/stage_fields.h"
#include "text/token.h"

namespace litopys {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

struct Bad {
  std::string place;
};

struct Ground {
  std::string_view text;
  std::vector<std::uint32_t> bytes;  // of each code point, and the end
  std::unordered_map<std::string_view, RowId> rows;
  std::deque<std::string>* arena = nullptr;
};

class StageReader {
 public:
  StageReader(const Ground& ground, object from, std::string place) : ground_(ground), from_(from), place_(std::move(place)) {}

  template <class T>
  void field(const char* key, T& value, const T& usual = T{}) {
    element got;
    if (from_[key].get(got) != simdjson::SUCCESS) {
      value = usual;
      return;
    }
    if (!read(got, value, place_ + key)) throw Bad{place_ + key};
  }
  template <class T>
  void field(const char* key, std::vector<T>& value) {
    element got;
    value.clear();
    if (from_[key].get(got) == simdjson::SUCCESS && !read(got, value, place_ + key)) throw Bad{place_ + key};
  }

  template <class T>
  bool read(element from, T& value, const std::string& place) const {
    if constexpr (std::is_same_v<T, bool>) {
      return from.get(value) == simdjson::SUCCESS;
    } else if constexpr (std::is_same_v<T, Span>) {
      std::uint64_t begin = 0;
      std::uint64_t end = 0;
      if (from.at(0).get(begin) != simdjson::SUCCESS || from.at(1).get(end) != simdjson::SUCCESS) return false;
      if (begin > end || end >= ground_.bytes.size()) return false;
      value = {ground_.bytes[begin], ground_.bytes[end]};
      return true;
    } else if constexpr (std::is_same_v<T, TextOffset>) {
      std::uint64_t at = 0;
      if (from.get(at) != simdjson::SUCCESS || at >= ground_.bytes.size()) return false;
      value.byte = ground_.bytes[at];
      return true;
    } else if constexpr (std::is_integral_v<T>) {
      std::uint64_t number = 0;
      if (from.get(number) != simdjson::SUCCESS || number > std::numeric_limits<T>::max()) return false;
      value = static_cast<T>(number);
      return true;
    } else {
      std::string_view text;
      if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view> || std::is_enum_v<T> ||
                    std::is_same_v<T, RowRef> || std::is_same_v<T, Decimal> || std::is_same_v<T, Date> || std::is_same_v<T, When>) {
        if (from.get(text) != simdjson::SUCCESS) return false;
      }
      if constexpr (std::is_same_v<T, std::string>) {
        value = text;
        return true;
      } else if constexpr (std::is_same_v<T, std::string_view>) {
        value = ground_.arena->emplace_back(text);
        return true;
      } else if constexpr (std::is_same_v<T, Language>) {
        return set(value, language_from_code(text));
      } else if constexpr (std::is_enum_v<T>) {
        return set(value, parse_name<T>(text));
      } else if constexpr (std::is_same_v<T, RowRef>) {
        const auto found = ground_.rows.find(text);
        if (found == ground_.rows.end()) return false;
        value.row = found->second;
        return true;
      } else if constexpr (std::is_same_v<T, Decimal> || std::is_same_v<T, Date> || std::is_same_v<T, When>) {
        return set(value, T::parse(text));
      } else {
        object inner;
        if (from.get(inner) != simdjson::SUCCESS) return false;
        StageReader reader(ground_, inner, place + ".");
        fields(reader, value);
        return true;
      }
    }
  }
  template <class T>
  bool read(element from, std::optional<T>& value, const std::string& place) const {
    if (from.is_null()) {
      value.reset();
      return true;
    }
    return read(from, value.emplace(), place);
  }
  template <class T>
  bool read(element from, std::vector<T>& values, const std::string& place) const {
    simdjson::dom::array array;
    if (from.get(array) != simdjson::SUCCESS) return false;
    for (const element each : array) {
      const std::string here = place + "[" + std::to_string(values.size()) + "]";
      if (!read(each, values.emplace_back(), here)) throw Bad{here};
    }
    return true;
  }

 private:
  template <class T>
  static bool set(T& value, const std::optional<T>& got) {
    if (got) value = *got;
    return got.has_value();
  }

  const Ground& ground_;
  object from_;
  std::string place_;
};

// The keys that a lexicon compares by follow from the form and its lemmas (text.h), so they are no part of a dump.
void add_keys(Token& token, Text& text) {
  token.first_key = static_cast<std::uint32_t>(text.keys.size());
  text.keys.push_back(word_key(token.lower));
  for (const Reading& reading : text.readings_of(token)) {
    const std::uint64_t key = word_key(reading.lemma);
    if (std::find(text.keys.begin() + token.first_key, text.keys.end(), key) == text.keys.end()) text.keys.push_back(key);
  }
  token.key_count = static_cast<std::uint16_t>(text.keys.size() - token.first_key);
}

void read_text(const Ground& ground, object top, Text& text) {
  simdjson::dom::array tokens;
  if (top["tokens"].get(tokens) != simdjson::SUCCESS) throw Bad{"tokens"};
  for (const element each : tokens) {
    const std::string here = "tokens[" + std::to_string(text.tokens.size()) + "]";
    object token;
    if (each.get(token) != simdjson::SUCCESS) throw Bad{here};
    StageReader reader(ground, token, here + ".");
    Token& out = text.tokens.emplace_back();
    fields(reader, out);
    std::vector<Reading> readings;
    reader.field("readings", readings);
    out.first_reading = static_cast<std::uint32_t>(text.readings.size());
    out.reading_count = static_cast<std::uint16_t>(std::min<std::size_t>(readings.size(), 0xFFFF));
    readings.resize(out.reading_count);
    if (out.kind == TokenKind::word && readings.empty()) throw Bad{here + ".readings"};
    text.readings.insert(text.readings.end(), readings.begin(), readings.end());
    add_keys(out, text);
    const std::size_t last = text.tokens.size() - 1;
    if (last > 0 && out.span.begin < text.tokens[last - 1].span.end) throw Bad{here + ".span"};
  }
  StageReader(ground, top, "").field("sentences", text.sentences);
}

void check_text(const Document& document, const Text& text) {
  std::uint64_t done = 0;
  for (const Sentence& sentence : text.sentences) {
    const std::string here = "sentences[" + std::to_string(&sentence - text.sentences.data()) + "]";
    if (sentence.first_token < done) throw Bad{here + ".first_token"};
    done = std::uint64_t{sentence.first_token} + sentence.token_count;
    if (done > text.tokens.size()) throw Bad{here + ".token_count"};
    if (!document.lines.empty() && sentence.line >= document.lines.size()) throw Bad{here + ".line"};
    for (const Token& token : text.tokens_of(sentence)) {
      if (!sentence.span.covers(token.span)) throw Bad{here + ".span"};
    }
  }
}

void check_mentions(const Text& text, const std::vector<Mentions>& mentions) {
  if (mentions.size() != text.sentences.size()) throw Bad{"mentions"};
  for (const Mentions& each : mentions) {
    for (const Cue& cue : each.cues) {
      if (std::uint64_t{cue.first_token} + cue.token_count > text.tokens.size()) {
        throw Bad{"mentions[" + std::to_string(&each - mentions.data()) + "].cues"};
      }
    }
  }
}

std::string_view without_blanks(std::string_view bytes) {
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : bytes.substr(begin);
}

}  // namespace

bool is_dump(std::string_view bytes) {
  bytes = without_blanks(bytes);
  if (!bytes.starts_with('{')) return false;
  return without_blanks(bytes.substr(1)).starts_with("\"stage\"");
}

Result<Staged> staged_of(std::string_view bytes, const std::string& item, const Codebook& book) {
  simdjson::dom::parser parser;
  object top;
  if (const auto error = parser.parse(bytes.data(), bytes.size()).get(top); error != simdjson::SUCCESS) {
    return fail(ErrorKind::kMalformed, item, {}, std::string("is no dump: ") + simdjson::error_message(error),
                "make it with: litopys dump");
  }
  Staged out;
  try {
    Ground ground;
    ground.arena = &out.text.arena;
    std::string_view stage;
    std::string_view text;
    if (top["stage"].get(stage) != simdjson::SUCCESS || !parse_name<Stage>(stage)) throw Bad{"stage"};
    if (top["text"].get(text) != simdjson::SUCCESS) throw Bad{"text"};
    out.stage = *parse_name<Stage>(stage);
    for (std::uint32_t at = 0; at < text.size();) {
      ground.bytes.push_back(at);
      at += utf8::decode(text, at).size;
    }
    ground.bytes.push_back(static_cast<std::uint32_t>(text.size()));
    for (RowId row = 0; row < book.rows.size(); ++row) ground.rows.emplace(book.rows[row].id, row);
    StageReader reader(ground, top, "");
    fields(reader, out.document);
    out.document.text = text;
    if (out.stage >= Stage::text) {
      read_text(ground, top, out.text);
      out.text.language = out.document.language;
      check_text(out.document, out.text);
    }
    if (out.stage >= Stage::mention) {
      reader.field("mentions", out.mentions);
      check_mentions(out.text, out.mentions);
    }
  } catch (const Bad& bad) {
    return fail(ErrorKind::kMalformed, item, bad.place, "is missing or is not what it should be", "compare with a fresh: litopys dump");
  }
  return out;
}

}  // namespace litopys
