// Decoding in the order of what can be known: marks first, then validity, then what the document says of itself, and letter statistics
// last. Fits pages of the last thirty years in Ukrainian, Russian and English. Does not fit a text of three Cyrillic words without any
// declaration: that much is a guess, and the note says so. One pass to look, one to convert.
#include "page/decode.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <optional>

#include "base/utf8.h"
#include "page/letter_pairs.inc"
#include "page/source_map.h"

namespace litopys {
namespace {

constexpr std::size_t kLook = 1 << 16;                    // enough letters to judge an encoding by
constexpr std::size_t kMaxItem = 0x50000000;              // three times this still fits 32-bit offsets
constexpr std::size_t kMaxPieces = std::size_t{1} << 20;  // of one map: hostile text must not cost fifty times itself

std::string lowered_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

// --- what is no text at all -------------------------------------------------------------------------------------------------------

struct Magic {
  std::string_view bytes;
  std::string_view what;
};

constexpr Magic kMagic[] = {
    {"%PDF-", "a PDF document"},
    {"\x89PNG\r\n", "a PNG image"},
    {"\xFF\xD8\xFF", "a JPEG image"},
    {"GIF87a", "a GIF image"},
    {"GIF89a", "a GIF image"},
    {"PK\x03\x04", "a ZIP archive (docx, odt, wacz, ...)"},
    {"\x1F\x8B", "gzip data"},
    {"BZh", "bzip2 data"},
    {"\xFD"
     "7zXZ",
     "xz data"},
    {"7z\xBC\xAF", "a 7z archive"},
    {"Rar!\x1A", "a RAR archive"},
    {"\x7F"
     "ELF",
     "a program"},
    {"MZ\x90", "a program"},
    {"SQLite format 3", "an SQLite database"},
    {"\xD0\xCF\x11\xE0", "an old Office document"},
    {"OggS", "an Ogg recording"},
    {"ID3", "an MP3 recording"},
    {"\x28\xB5\x2F\xFD", "zstd data"},
};

std::optional<std::string> binary_reason(std::string_view bytes) {
  for (const Magic& magic : kMagic) {
    if (bytes.starts_with(magic.bytes)) return std::string("starts like ").append(magic.what);
  }
  if (bytes.size() > 12 && bytes.substr(4, 4) == "ftyp") return "starts like an MP4 recording";
  if (bytes.starts_with("RIFF") && bytes.size() > 12) return "starts like a RIFF recording or image";
  const std::string_view look = bytes.substr(0, kLook);
  std::size_t control = 0;
  for (const char c : look) {
    const auto u = static_cast<unsigned char>(c);
    control += u < 0x20 && u != '\t' && u != '\n' && u != '\r' && u != '\f' && u != 0x1B;
  }
  if (control * 20 > look.size() && control > 8) {
    return fmt::format("{} of the first {} bytes are control characters", control, look.size());
  }
  return std::nullopt;
}

// --- what the document says of itself ----------------------------------------------------------------------------------------------

// Encodings by the labels that pages use for them (WHATWG Encoding, the part that pages of the region need); others go to ICU by name.
struct Label {
  std::string_view label, encoding;
};
constexpr Label kLabels[] = {
    {"utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"utf-16", "UTF-16LE"},
    {"utf-16le", "UTF-16LE"},
    {"unicode", "UTF-16LE"},
    {"ucs-2", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
    {"windows-1251", "windows-1251"},
    {"cp1251", "windows-1251"},
    {"x-cp1251", "windows-1251"},
    {"win-1251", "windows-1251"},
    {"win1251", "windows-1251"},
    {"windows1251", "windows-1251"},
    {"ansi-1251", "windows-1251"},
    {"koi8-r", "KOI8-R"},
    {"koi8", "KOI8-R"},
    {"koi", "KOI8-R"},
    {"koi8_r", "KOI8-R"},
    {"cskoi8r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"koi8-ru", "KOI8-U"},
    {"koi8u", "KOI8-U"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso8859-5", "ISO-8859-5"},
    {"iso_8859-5", "ISO-8859-5"},
    {"cyrillic", "ISO-8859-5"},
    {"ibm866", "CP866"},
    {"cp866", "CP866"},
    {"866", "CP866"},
    {"csibm866", "CP866"},
    {"dos-866", "CP866"},
    {"windows-1252", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"l1", "windows-1252"},
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ansi", "windows-1252"},
};

const char* icu_name(std::string_view encoding) {
  if (encoding == "windows-1251") return "ibm-5347_P100-1998";
  if (encoding == "windows-1252") return "ibm-5348_P100-1997";
  if (encoding == "CP866") return "ibm-866_P100-1995";
  return nullptr;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& encoding) {
  UErrorCode error = U_ZERO_ERROR;
  const char* known = icu_name(encoding);
  Converter converter(ucnv_open(known != nullptr ? known : encoding.c_str(), &error));
  if (U_FAILURE(error) && known != nullptr) {
    error = U_ZERO_ERROR;
    converter.reset(ucnv_open(encoding.c_str(), &error));
  }
  return U_FAILURE(error) ? nullptr : std::move(converter);
}

// The encoding behind a label, "" where nobody knows it.
std::string encoding_of(std::string_view label) {
  while (!label.empty() && (std::isspace(byte_at(label, 0)) != 0 || label.front() == '"' || label.front() == '\'')) label.remove_prefix(1);
  while (!label.empty() &&
         (std::isspace(byte_at(label, label.size() - 1)) != 0 || label.back() == '"' || label.back() == '\'' || label.back() == ';'))
    label.remove_suffix(1);
  if (label.empty() || label.size() > 40) return {};
  const std::string lower = lowered_ascii(label);
  for (const Label& known : kLabels) {
    if (known.label == lower) return std::string(known.encoding);
  }
  // Encodings that are no superset of ASCII would hide markup; ICU's own aliases carry a few of them.
  if (lower.starts_with("utf-7") || lower.starts_with("ebcdic") || lower.starts_with("cp037") || lower.starts_with("hz") ||
      lower.starts_with("scsu") || lower.starts_with("bocu") || lower.starts_with("utf-32") || lower.starts_with("ibm")) {
    return {};
  }
  return open_converter(std::string(label)) ? std::string(label) : std::string();
}

// A tag's attribute `name`, roughly: good enough for meta elements, which the page reader reads again with the real tokenizer.
std::string attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    if (at > 0 && (std::isalnum(byte_at(tag, at - 1)) != 0 || tag[at - 1] == '-')) continue;
    std::size_t i = at + name.size();
    while (i < tag.size() && std::isspace(byte_at(tag, i)) != 0) ++i;
    if (i >= tag.size() || tag[i] != '=') continue;
    ++i;
    while (i < tag.size() && (std::isspace(byte_at(tag, i)) != 0 || tag[i] == '"' || tag[i] == '\'')) ++i;
    std::size_t end = i;
    while (end < tag.size() && std::isspace(byte_at(tag, end)) == 0 && tag[end] != '"' && tag[end] != '\'' && tag[end] != ';' &&
           tag[end] != '>' && tag[end] != '/')
      ++end;
    return std::string(tag.substr(i, end - i));
  }
  return {};
}

// --- UTF-16 without a mark -----------------------------------------------------------------------------------------------------------

// "UTF-16LE", "UTF-16BE" or "": UTF-16 of our languages has zero (Latin, blanks) or four (Cyrillic) in every other byte.
std::string utf16_by_bytes(std::string_view bytes) {
  const std::string_view look = bytes.substr(0, std::min(kLook, bytes.size() & ~std::size_t{1}));
  if (look.size() < 4) return {};
  std::array<std::size_t, 2> high{};
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < look.size(); ++i) {
    const unsigned b = byte_at(look, i);
    high[i & 1] += b == 0 || b == 4 || b == 0x20;
    zeros += b == 0;
  }
  const std::size_t units = look.size() / 2;
  if (zeros * 50 < units) return {};  // no blank in fifty letters: no text
  if (high[1] * 10 >= units * 9 && high[0] * 10 < units * 6) return "UTF-16LE";
  if (high[0] * 10 >= units * 9 && high[1] * 10 < units * 6) return "UTF-16BE";
  return {};
}

// --- letter statistics -----------------------------------------------------------------------------------------------------------------

// Index into the table of letter pairs; 0 is a word's edge, npos no letter of ours.
int letter_index(char32_t lower) {
  static constexpr std::size_t count = std::size(kPairLetters) - 1;
  for (std::size_t i = 1; i < count; ++i) {
    if (kPairLetters[i] == lower) return static_cast<int>(i);
  }
  return -1;
}

struct Letter {
  signed char index = 0;  // into the table; -1 other letter, -2 box drawing and controls, -3 other signs
  bool upper = false;
};

std::optional<std::array<char32_t, 256>> code_page(const std::string& encoding) {
  const Converter converter = open_converter(encoding);
  if (!converter) return std::nullopt;
  std::array<char32_t, 256> out{};
  for (unsigned b = 0; b < 256; ++b) {
    const char byte = static_cast<char>(b);
    UChar unit[4];
    UErrorCode error = U_ZERO_ERROR;
    ucnv_reset(converter.get());
    const std::int32_t n = ucnv_toUChars(converter.get(), unit, 4, &byte, 1, &error);
    out[b] = U_SUCCESS(error) && n == 1 ? unit[0] : utf8::kReplacement;
  }
  return out;
}

// How much the text looks like Ukrainian or Russian when read by this code page: the mean over letter pairs, about 6 for real text.
double score_as(std::string_view sample, const std::array<char32_t, 256>& page) {
  std::array<Letter, 256> letters;
  for (unsigned b = 0; b < 256; ++b) {
    const char32_t c = page[b];
    Letter& letter = letters[b];
    if (b < 0x80) {
      letter.index = 0;
    } else if (const int index = letter_index(utf8::lower(c)); index > 0) {
      letter.index = static_cast<signed char>(index);
      letter.upper = utf8::is_upper(c);
    } else if (utf8::is_letter(c)) {
      letter.index = -1;
    } else if ((c >= 0x2500 && c < 0x25A1) || c < 0xA0 || c == utf8::kReplacement) {
      letter.index = -2;
    } else if (c == U'«' || c == U'»' || c == U'—' || c == U'–' || c == U'“' || c == U'”' || c == U'„' || c == U'’' || c == U'№' ||
               c == 0xA0 || c == U'…') {
      letter.index = 0;
    } else {
      letter.index = -3;
    }
  }
  double sum = 0;
  std::size_t count = 0;
  int before = 0;
  bool lower_before = false;
  for (const char c : sample) {
    const Letter letter = letters[static_cast<unsigned char>(c)];
    if (letter.index < 0) {
      sum -= letter.index == -2 ? 8 : letter.index == -1 ? 5 : 2;
      ++count;
      before = 0;
      lower_before = false;
      continue;
    }
    if (before != 0 || letter.index != 0) {
      const int pair = kPairs[before][letter.index] - '0';
      sum += pair == 0 ? -6 : pair;
      if (letter.upper && lower_before) sum -= 6;
      ++count;
    }
    before = letter.index;
    lower_before = letter.index != 0 && !letter.upper;
  }
  return count == 0 ? -100 : sum / static_cast<double>(count);
}

// The part of the bytes that says most: from the first byte outside ASCII on.
std::string_view sample_of(std::string_view bytes) {
  const auto first = std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const auto at = static_cast<std::size_t>(first - bytes.begin());
  const std::size_t begin = at > 16 ? at - 16 : 0;
  return bytes.substr(begin, kLook);
}

std::string guessed_encoding(std::string_view bytes) {
  const std::string_view sample = sample_of(bytes);
  // In Cyrillic words letters outside ASCII stand side by side, in Western European ones they stand alone between ASCII letters.
  std::size_t high = 0, together = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (byte_at(sample, i) < 0x80) continue;
    ++high;
    together += i + 1 < sample.size() && byte_at(sample, i + 1) >= 0x80;
  }
  if (together * 10 < high * 4) return "windows-1252";
  std::string best = "windows-1251";
  double best_score = -1000;
  for (const char* encoding : {"windows-1251", "KOI8-R", "KOI8-U", "ISO-8859-5", "CP866"}) {
    const auto page = code_page(encoding);
    if (!page) continue;
    const double score = score_as(sample, *page);
    if (score > best_score + 1e-9) {
      best_score = score;
      best = encoding;
    }
  }
  return best_score < 0 ? "windows-1252" : best;
}

// --- UTF-8 ---------------------------------------------------------------------------------------------------------------------------

struct Utf8Look {
  std::size_t sequences = 0;  // well-formed, of two bytes and more
  std::size_t malformed = 0;  // maximal subparts
  std::size_t first_malformed = 0;
};

Utf8Look look_as_utf8(std::string_view bytes) {
  Utf8Look look;
  for (std::size_t i = 0; i < bytes.size();) {
    if (byte_at(bytes, i) < 0x80) {
      ++i;
      continue;
    }
    const utf8::Decoded got = utf8::decode(bytes, i);
    if (got.value == utf8::kReplacement && bytes.substr(i, 3) != "\xEF\xBF\xBD") {
      if (look.malformed++ == 0) look.first_malformed = i;
    } else {
      ++look.sequences;
    }
    i += got.size;
  }
  return look;
}

// --- conversion ------------------------------------------------------------------------------------------------------------------------

struct Repairs {
  std::size_t count = 0;
  std::size_t first = 0;
  std::size_t zeros = 0;
  void add(std::size_t at) {
    if (count++ == 0) first = at;
  }
};

void add_piece(std::vector<SourcePiece>& map, SourcePiece piece) {
  if (map.size() < kMaxPieces) {
    append_piece(map, piece);
  } else if (map.back().exact) {
    map.push_back({piece.text_begin, piece.item_begin, false});
  }
}

// UTF-8 from byte `begin` on. A map only where something was left out or replaced.
void take_utf8(std::string_view bytes, std::size_t begin, DecodedText& out, Repairs& repairs) {
  std::string& text = out.text;
  text.reserve(bytes.size() - begin);
  const bool shifted = begin != 0;
  if (shifted) add_piece(out.map, {0, static_cast<std::uint32_t>(begin), true});
  std::size_t run = begin;
  for (std::size_t i = begin; i < bytes.size();) {
    const unsigned b = byte_at(bytes, i);
    if (b != 0 && b < 0x80) {
      ++i;
      continue;
    }
    const utf8::Decoded got = utf8::decode(bytes, i);
    const bool bad = got.value == utf8::kReplacement && bytes.substr(i, 3) != "\xEF\xBF\xBD";
    if (b != 0 && !bad) {
      i += got.size;
      continue;
    }
    if (b == 0) {
      ++repairs.zeros;
    } else {
      repairs.add(i);
    }
    if (out.map.empty()) add_piece(out.map, {0, 0, true});
    text.append(bytes.substr(run, i - run));
    add_piece(out.map, {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(i), false});
    utf8::append(text, utf8::kReplacement);
    i += got.size;
    run = i;
    add_piece(out.map, {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(i), true});
  }
  text.append(bytes.substr(run));
}

// Any other encoding, through ICU in blocks. Each word outside ASCII is one inexact piece of the map.
bool take_converted(std::string_view bytes, std::size_t begin, const std::string& encoding, DecodedText& out, Repairs& repairs) {
  const Converter converter = open_converter(encoding);
  if (!converter) return false;
  const bool one_byte = !encoding.starts_with("UTF-16");
  std::string& text = out.text;
  text.reserve((bytes.size() - begin) * (one_byte ? 2 : 1));
  std::array<UChar, 4096> units;
  std::array<std::int32_t, 4096> offsets;
  const char* source = bytes.data() + begin;
  const char* const source_end = bytes.data() + bytes.size();
  char32_t lead = 0;
  std::size_t lead_at = 0;
  bool word = false;  // the last character belongs to a piece that goes on
  bool first = true;
  std::size_t block = begin;
  const auto put = [&](char32_t c, std::size_t at) {
    if (c == 0) {
      ++repairs.zeros;
      c = utf8::kReplacement;
    } else if (c == utf8::kReplacement) {
      repairs.add(at);
    }
    const bool exact = c < 0x80 && one_byte;
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (first || exact != !word || (!one_byte && !blank && !word)) {
      add_piece(out.map, {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(at), exact});
    }
    first = false;
    word = one_byte ? !exact : !blank;
    utf8::append(text, c);
  };
  for (bool more = true; more;) {
    UErrorCode error = U_ZERO_ERROR;
    UChar* target = units.data();
    const char* const block_source = source;
    ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, source_end, offsets.data(), 1, &error);
    block = static_cast<std::size_t>(block_source - bytes.data());
    for (const UChar* u = units.data(); u != target; ++u) {
      const std::int32_t offset = offsets[static_cast<std::size_t>(u - units.data())];
      const std::size_t at = offset < 0 ? block : block + static_cast<std::size_t>(offset);
      if (lead != 0) {
        if (U16_IS_TRAIL(*u)) {
          put(U16_GET_SUPPLEMENTARY(lead, *u), lead_at);
          lead = 0;
          continue;
        }
        put(utf8::kReplacement, lead_at);
        lead = 0;
      }
      if (U16_IS_LEAD(*u)) {
        lead = *u;
        lead_at = at;
      } else {
        put(U16_IS_TRAIL(*u) ? utf8::kReplacement : char32_t{*u}, at);
      }
    }
    more = error == U_BUFFER_OVERFLOW_ERROR;
  }
  if (lead != 0) put(utf8::kReplacement, lead_at);
  return true;
}

// --- mojibake ----------------------------------------------------------------------------------------------------------------------------

// UTF-8 bytes that somebody decoded as KOI8-R, windows-1251 or Latin-1 and saved again: each Cyrillic letter is a lead letter (one of
// two) and a sign of the upper half. Capital letters in a row are no such thing: what follows the lead must be no letter that goes with it.
std::string mojibake_of(std::string_view text) {
  struct Kind {
    char32_t lead_d0, lead_d1;
    const char* name;
  };
  static constexpr Kind kKinds[] = {{U'п', U'я', "KOI8-R"}, {U'Р', U'С', "windows-1251"}, {U'Ð', U'Ñ', "windows-1252"}};
  std::size_t letters = 0;
  std::array<std::size_t, 3> pairs{};
  char32_t before = 0;
  const std::string_view look = text.substr(0, kLook * 4);
  for (std::size_t i = 0; i < look.size();) {
    const utf8::Decoded got = utf8::decode(look, i);
    if (got.size == 0) break;
    i += got.size;
    const char32_t c = got.value;
    if (c >= 0x80 && utf8::is_letter(c)) ++letters;
    const bool drawing = c >= 0x2500 && c <= 0x25A0;
    const bool math = c == 0x2248 || c == 0x2264 || c == 0x2265 || c == 0x2219 || c == 0x221A || c == 0x2320 || c == 0x2321 || c == 0xB0 ||
                      c == 0xB2 || c == 0xB7 || c == 0xF7;
    // windows-1251 has Serbian and Macedonian letters and typographic signs where UTF-8 has its second bytes.
    const bool upper_half = (c >= 0x402 && c <= 0x40F && c != 0x404 && c != 0x406 && c != 0x407) ||
                            (c >= 0x452 && c <= 0x45F && c != 0x454 && c != 0x456 && c != 0x457) || (c >= 0xA0 && c <= 0xBF) ||
                            (c >= 0x2010 && c <= 0x203A) || c == 0x20AC || c == 0x2116 || c == 0x2122 || c == 0x404 || c == 0x406 ||
                            c == 0x407 || c == 0x454 || c == 0x456 || c == 0x457 || c == 0x451 || c == 0x490 || c == 0x491;
    const bool latin_half = (c >= 0x80 && c <= 0xBF) || (c >= 0x2010 && c <= 0x203A) || c == 0x20AC || c == 0x2122 || c == 0x152 ||
                            c == 0x153 || c == 0x160 || c == 0x161 || c == 0x178 || c == 0x17D || c == 0x17E || c == 0x192 || c == 0x2C6 ||
                            c == 0x2DC;
    pairs[0] += (before == kKinds[0].lead_d0 || before == kKinds[0].lead_d1) && (drawing || math);
    pairs[1] += (before == kKinds[1].lead_d0 || before == kKinds[1].lead_d1) && upper_half;
    pairs[2] += (before == kKinds[2].lead_d0 || before == kKinds[2].lead_d1) && latin_half;
    before = c;
  }
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    // Real text has pairs like «Сі» and «Рє» now and then; broken text consists of them.
    if (pairs[k] >= 4 && pairs[k] * 10 >= letters * 3) return kKinds[k].name;
  }
  return {};
}

}  // namespace

bool looks_like_html(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t i = 0;
  while (i < bytes.size() && (std::isspace(byte_at(bytes, i)) != 0 || bytes[i] == 0)) ++i;
  const std::string head = lowered_ascii(bytes.substr(i, 4096));
  static constexpr std::string_view kStarts[] = {"<!doctype html", "<html",  "<head",   "<body", "<!--",  "<?xml",
                                                 "<meta",          "<title", "<script", "<link", "<style"};
  const bool starts = std::any_of(std::begin(kStarts), std::end(kStarts), [&](std::string_view s) { return head.starts_with(s); });
  static constexpr std::string_view kTags[] = {
      "html", "head", "body",   "title", "meta",       "div",    "p",       "a",       "br",   "table", "tr",     "td",    "h1",
      "h2",   "h3",   "ul",     "ol",    "li",         "span",   "article", "section", "main", "img",   "script", "style", "link",
      "b",    "i",    "strong", "em",    "blockquote", "figure", "header",  "footer",  "nav",  "time",  "center", "font",  "pre"};
  std::size_t tags = 0;
  bool first_is_tag = false;
  for (std::size_t at = head.find('<'); at != std::string::npos; at = head.find('<', at + 1)) {
    std::size_t begin = at + 1;
    if (begin < head.size() && head[begin] == '/') ++begin;
    std::size_t end = begin;
    while (end < head.size() && std::isalnum(byte_at(head, end)) != 0) ++end;
    if (end >= head.size() || (head[end] != '>' && head[end] != '/' && std::isspace(byte_at(head, end)) == 0)) continue;
    const std::string_view name = std::string_view(head).substr(begin, end - begin);
    if (std::find(std::begin(kTags), std::end(kTags), name) == std::end(kTags)) continue;
    ++tags;
    first_is_tag = first_is_tag || at == 0;
  }
  if (starts) return tags >= 1 || head.starts_with("<!doctype");
  if (first_is_tag && tags >= 2) return true;
  // A fragment that begins with words: markup all through, as a saved piece of a page has it.
  return tags >= 6 && tags * 250 >= head.size();
}

std::string declared_charset(std::string_view bytes) {
  const std::string head = lowered_ascii(bytes.substr(0, 1 << 20));
  const std::string_view view = head;
  if (view.starts_with("<?xml")) {
    const std::string_view declaration = view.substr(0, view.find('>'));
    if (std::string found = attribute(declaration, "encoding"); !found.empty()) return found;
  }
  for (std::size_t at = view.find('<'); at != std::string_view::npos; at = view.find('<', at)) {
    const std::string_view rest = view.substr(at);
    std::string_view close = ">";
    if (rest.starts_with("<!--")) {
      close = "-->";
    } else if (rest.starts_with("<body")) {
      break;
    } else if (rest.starts_with("<script")) {
      close = "</script";
    } else if (rest.starts_with("<style")) {
      close = "</style";
    }
    const std::size_t end = view.find(close, at + 1);
    if (rest.starts_with("<meta")) {
      const std::string_view tag = view.substr(at, end == std::string_view::npos ? end : end - at);
      if (std::string found = attribute(tag, "charset"); !found.empty()) return found;
    }
    if (end == std::string_view::npos) break;
    at = end;
  }
  return {};
}

Result<DecodedText> decode(std::string_view bytes, const DecodeHints& hints) {
  const std::string item(hints.item);
  if (bytes.empty()) return fail(ErrorKind::kMalformed, item, "", "the file is empty", "kept, not read");
  if (bytes.size() > kMaxItem) {
    return fail(ErrorKind::kLimit, item, "", fmt::format("{} bytes, at most {} are read as one document", bytes.size(), kMaxItem),
                "split it");
  }

  DecodedText out;
  Repairs repairs;
  std::size_t begin = 0;
  std::string encoding;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    encoding = "UTF-8";
    begin = 3;
  } else if (bytes.starts_with("\xFF\xFE")) {
    encoding = "UTF-16LE";
    begin = 2;
  } else if (bytes.starts_with("\xFE\xFF")) {
    encoding = "UTF-16BE";
    begin = 2;
  } else {
    encoding = utf16_by_bytes(bytes);
  }
  if (!encoding.starts_with("UTF-16")) {
    if (const auto reason = binary_reason(bytes))
      return fail(ErrorKind::kMalformed, item, "", "looks binary: " + *reason, "kept, not read");
  }
  if (encoding.empty()) {
    const Utf8Look look = look_as_utf8(bytes);
    const std::string transport = encoding_of(hints.transport);
    const std::string label = declared_charset(bytes);
    const std::string own = encoding_of(label);
    // A page in whose bytes a meta element can be read is no UTF-16, whatever the element says.
    std::string declared = !transport.empty() ? transport : own;
    if (declared.starts_with("UTF-16")) declared = "UTF-8";
    if (look.sequences == 0 && look.malformed == 0) {
      encoding = "UTF-8";  // ASCII
    } else if (look.malformed == 0 && (declared.empty() || declared == "UTF-8" || look.sequences >= 4)) {
      encoding = "UTF-8";
      if (!declared.empty() && declared != "UTF-8")
        out.notes.push_back(fmt::format("declared as {}, read as UTF-8, which it is", declared));
    } else if (!declared.empty() && declared != "UTF-8") {
      encoding = declared;
      if (!transport.empty() && !own.empty() && own != transport) {
        out.notes.push_back(fmt::format("the transport says {}, the document {}; the transport is followed", transport, own));
      }
    } else if (look.sequences >= 4 * look.malformed || (declared == "UTF-8" && look.sequences >= look.malformed)) {
      encoding = "UTF-8";  // damaged, not something else
    } else {
      encoding = guessed_encoding(bytes);
      out.notes.push_back(declared.empty() ? fmt::format("no encoding declared; {} by letter statistics", encoding)
                                           : fmt::format("declared as UTF-8, which it is not; {} by letter statistics", encoding));
    }
    if (!label.empty() && own.empty()) out.notes.push_back(fmt::format("declares an encoding that nobody knows: {}", label.substr(0, 40)));
  }

  if (encoding == "UTF-8") {
    take_utf8(bytes, begin, out, repairs);
  } else if (!take_converted(bytes, begin, encoding, out, repairs)) {
    encoding = "UTF-8";
    take_utf8(bytes, begin, out, repairs);
  }
  if (!out.map.empty() && out.map.back().text_begin >= out.text.size()) out.map.pop_back();
  out.encoding = encoding;
  if (repairs.count > 0) {
    out.notes.push_back(fmt::format("{} malformed byte sequence{} replaced, the first at byte {}", repairs.count,
                                    repairs.count == 1 ? "" : "s", repairs.first));
  }
  if (repairs.zeros > 0) out.notes.push_back(fmt::format("{} zero byte{} replaced", repairs.zeros, repairs.zeros == 1 ? "" : "s"));
  if (out.map.size() >= kMaxPieces) out.notes.emplace_back("the way back to the item's bytes is coarse after many damaged places");

  bool blank = true;
  for (std::size_t i = 0; i < out.text.size() && blank;) {
    const utf8::Decoded got = utf8::decode(out.text, i);
    blank = utf8::is_space(got.value);
    i += got.size;
  }
  if (blank) return fail(ErrorKind::kMalformed, item, "", "nothing but white space", "kept, not read");

  if (const std::string as = mojibake_of(out.text); !as.empty()) {
    out.broken = true;
    out.notes.push_back(fmt::format("broken text: UTF-8 was once read as {} and saved so; not read", as));
  }
  return out;
}

}  // namespace litopys
