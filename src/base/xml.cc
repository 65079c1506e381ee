// The whole input goes to expat in one call: fed in blocks, expat 2.5 reads a token that spans many blocks again with each of them, which
// is quadratic. An unknown entity is no error to a parser that has been told of an outside DTD; none is ever read, for there is no handler
// that could, so the names that pages write without declaring them (&nbsp;) come through the handler of skipped entities.
#include "base/xml.h"

#include <expat.h>
#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace litopys {
namespace {

// Entities of HTML that feeds write undeclared.
constexpr std::pair<std::string_view, std::string_view> kNames[] = {
    {"nbsp", "\u00A0"}, {"laquo", "«"},     {"raquo", "»"},       {"ndash", "–"}, {"mdash", "—"},     {"hellip", "…"},
    {"ldquo", "“"},     {"rdquo", "”"},     {"bdquo", "„"},       {"lsquo", "‘"}, {"rsquo", "’"},     {"sbquo", "‚"},
    {"bull", "•"},      {"middot", "·"},    {"copy", "©"},        {"reg", "®"},   {"trade", "™"},     {"shy", "\u00AD"},
    {"deg", "°"},       {"para", "¶"},      {"sect", "§"},        {"euro", "€"},  {"times", "×"},     {"eacute", "é"},
    {"ensp", "\u2002"}, {"emsp", "\u2003"}, {"thinsp", "\u2009"}, {"minus", "−"}, {"zwnj", "\u200C"}, {"zwj", "\u200D"}};

struct Reading {
  XML_Parser parser = nullptr;
  const XmlHandlers* handlers = nullptr;
  std::size_t offset = 0;  // of the parser's first byte in the input
  std::size_t deepest = 0;
  std::size_t depth = 0;
  bool stopped = false;
  std::string refusal;
  std::vector<XmlAttribute> attributes;

  [[nodiscard]] XmlPlace place() const {
    const auto begin = offset + static_cast<std::size_t>(XML_GetCurrentByteIndex(parser));
    return {begin, begin + static_cast<std::size_t>(std::max(0, XML_GetCurrentByteCount(parser)))};
  }
  void stop() { XML_StopParser(parser, XML_FALSE); }
  void refuse(std::string why) {
    if (refusal.empty()) refusal = std::move(why);
    stop();
  }
  void go_on(bool wanted) {
    if (wanted) return;
    stopped = true;
    stop();
  }
  [[nodiscard]] bool ended() const { return stopped || !refusal.empty(); }
};

Reading& reading_of(void* data) { return *static_cast<Reading*>(data); }

void XMLCALL on_begin(void* data, const XML_Char* name, const XML_Char** attributes) {
  Reading& reading = reading_of(data);
  if (reading.ended()) return;
  if (++reading.depth > reading.deepest) return reading.refuse(fmt::format("more than {} elements within each other", reading.deepest));
  if (!reading.handlers->begin) return;
  reading.attributes.clear();
  for (; *attributes != nullptr; attributes += 2) reading.attributes.push_back({attributes[0], attributes[1]});
  reading.go_on(reading.handlers->begin(name, reading.attributes, reading.place()));
}

void XMLCALL on_end(void* data, const XML_Char* name) {
  Reading& reading = reading_of(data);
  if (reading.ended()) return;
  --reading.depth;
  if (reading.handlers->end) reading.go_on(reading.handlers->end(name, reading.place()));
}

void XMLCALL on_text(void* data, const XML_Char* text, int size) {
  Reading& reading = reading_of(data);
  if (reading.ended() || !reading.handlers->text) return;
  reading.go_on(reading.handlers->text({text, static_cast<std::size_t>(size)}, reading.place()));
}

void XMLCALL on_skipped(void* data, const XML_Char* name, int parameter) {
  Reading& reading = reading_of(data);
  if (reading.ended() || !reading.handlers->text || parameter != 0) return;
  const auto* known = std::find_if(std::begin(kNames), std::end(kNames), [&](const auto& one) { return one.first == name; });
  const std::string written = fmt::format("&{};", name);
  reading.go_on(reading.handlers->text(known == std::end(kNames) ? std::string_view(written) : known->second, reading.place()));
}

void XMLCALL on_entity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*, const XML_Char*,
                       const XML_Char*) {
  reading_of(data).refuse("it declares entities of its own");
}

// A table of the 256 bytes of a one-byte encoding.
int XMLCALL on_encoding(void*, const XML_Char* name, XML_Encoding* info) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(name, &error), &ucnv_close);
  if (U_FAILURE(error) || !converter || ucnv_getMaxCharSize(converter.get()) != 1) return XML_STATUS_ERROR;
  for (int byte = 0; byte < 256; ++byte) {
    const char source = static_cast<char>(byte);
    std::array<UChar, 4> unit{};
    error = U_ZERO_ERROR;
    const int size = ucnv_toUChars(converter.get(), unit.data(), static_cast<int>(unit.size()), &source, 1, &error);
    info->map[byte] = U_SUCCESS(error) && size == 1 && unit[0] < 0xD800 ? unit[0] : -1;
    if (byte < 128 && info->map[byte] != byte) return XML_STATUS_ERROR;  // no superset of ASCII: markup would hide in it
    if (byte >= 128 && info->map[byte] < 0xA0) info->map[byte] = 0xFFFD;
  }
  info->data = nullptr;
  info->convert = nullptr;
  info->release = nullptr;
  return XML_STATUS_OK;
}

}  // namespace

XmlOutcome read_xml(std::string_view bytes, const XmlHandlers& handlers, const XmlOptions& options) {
  const std::string_view part = bytes.substr(std::min(options.begin, bytes.size()));
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate(options.encoding.empty() ? nullptr : options.encoding.c_str()), &XML_ParserFree);
  XmlOutcome out;
  if (!parser) {
    out.problem = "no memory for the parser";
    return out;
  }
  Reading reading{parser.get(), &handlers, options.begin, options.deepest, 0, false, {}, {}};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetSkippedEntityHandler(parser.get(), on_skipped);
  XML_SetEntityDeclHandler(parser.get(), on_entity);
  XML_SetUnknownEncodingHandler(parser.get(), on_encoding, nullptr);
  XML_SetParamEntityParsing(parser.get(), XML_PARAM_ENTITY_PARSING_NEVER);
  XML_UseForeignDTD(parser.get(), XML_TRUE);

  const std::size_t most = INT_MAX - 1;
  const XML_Status status = XML_Parse(parser.get(), part.data(), static_cast<int>(std::min(part.size(), most)), XML_TRUE);
  const XML_Index at = XML_GetCurrentByteIndex(parser.get());
  out.at = options.begin + static_cast<std::size_t>(std::max<XML_Index>(at, 0));
  out.stopped = reading.stopped;
  if (!reading.refusal.empty()) {
    out.refused = true;
    out.problem = std::move(reading.refusal);
  } else if (status == XML_STATUS_OK && part.size() <= most) {
    out.whole = true;
  } else if (!out.stopped) {
    out.problem = part.size() > most ? "larger than 2 GB" : XML_ErrorString(XML_GetErrorCode(parser.get()));
  }
  return out;
}

std::string xml_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with(std::string_view("<\0?\0", 4))) return "UTF-16LE";
  if (bytes.starts_with("\xFE\xFF") || bytes.starts_with(std::string_view("\0<\0?", 4))) return "UTF-16BE";
  if (bytes.starts_with("\xEF\xBB\xBF")) return "UTF-8";
  while (!bytes.empty() && (bytes.front() == ' ' || bytes.front() == '\n' || bytes.front() == '\r' || bytes.front() == '\t'))
    bytes.remove_prefix(1);
  if (!bytes.starts_with("<?xml")) return "UTF-8";
  const std::string_view declaration = bytes.substr(0, std::min(bytes.find("?>"), std::size_t{512}));
  const std::size_t key = declaration.find("encoding");
  if (key == std::string_view::npos) return "UTF-8";
  const std::size_t quote = declaration.find_first_of("\"'", key);
  if (quote == std::string_view::npos) return "UTF-8";
  const std::size_t end = declaration.find(declaration[quote], quote + 1);
  if (end == std::string_view::npos || end - quote > 41) return "UTF-8";
  std::string name(declaration.substr(quote + 1, end - quote - 1));
  // What could be read as bytes is not in units of two or four, whatever it says.
  std::string small = name;
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return small.starts_with("utf-16") || small.starts_with("utf-32") || small.starts_with("ucs") || small.starts_with("iso-10646") ? "UTF-8"
                                                                                                                                  : name;
}

}  // namespace litopys
