// Decoding in the order of what can be known: marks first, then validity, then what the document says of itself, and letter statistics
// last. Fits pages of the last thirty years in Ukrainian, Russian and English. Does not fit a text of three Cyrillic words without any
// declaration: that much is a guess, and the note says so. One pass to look, one to convert.
#include "page/decode.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>

#include "base/ascii.h"
#include "base/utf8.h"
#include "page/encoding_guess.h"
#include "page/mojibake.h"
#include "page/scan.h"
#include "page/sniff.h"
#include "page/source_map.h"

namespace litopys {

using namespace detail;

namespace {

constexpr std::size_t kMaxItem = 0x50000000;              // three times this still fits 32-bit offsets
constexpr std::size_t kMaxPieces = std::size_t{1} << 20;  // of one map: hostile text must not cost fifty times itself

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
    {"ibm1125", "CP1125"},
    {"cp1125", "CP1125"},
    {"cp866u", "CP1125"},
    {"ruscii", "CP1125"},
    {"x-mac-cyrillic", "x-mac-cyrillic"},
    {"x-mac-ukrainian", "x-mac-cyrillic"},
    {"mac-cyrillic", "x-mac-cyrillic"},
    {"macintosh-cyrillic", "x-mac-cyrillic"},
    {"maccyrillic", "x-mac-cyrillic"},
    {"windows-10007", "x-mac-cyrillic"},
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

// The encoding behind a label, "" where nobody knows it.
std::string encoding_of(std::string_view label) {
  while (!label.empty() && (std::isspace(ascii::byte_at(label, 0)) != 0 || label.front() == '"' || label.front() == '\''))
    label.remove_prefix(1);
  while (!label.empty() &&
         (std::isspace(ascii::byte_at(label, label.size() - 1)) != 0 || label.back() == '"' || label.back() == '\'' || label.back() == ';'))
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

// --- UTF-8 ---------------------------------------------------------------------------------------------------------------------------

struct Utf8Look {
  std::size_t sequences = 0;  // well-formed, of two bytes and more
  std::size_t malformed = 0;  // maximal subparts
  std::size_t first_malformed = 0;
};

Utf8Look look_as_utf8(std::string_view bytes) {
  Utf8Look look;
  for (std::size_t i = 0; i < bytes.size();) {
    if (ascii::byte_at(bytes, i) < 0x80) {
      i = skip_ascii(bytes, i);
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
void take_utf8(std::string_view bytes, std::size_t begin, bool known_good, bool borrow, DecodedText& out, Repairs& repairs) {
  std::string& text = out.text;
  const bool shifted = begin != 0;
  if (bytes.find('\0') == std::string_view::npos && (known_good || simdjson::validate_utf8(bytes.data(), bytes.size()))) {
    if (borrow && !shifted) {
      out.same = true;
      return;
    }
    text.assign(bytes.substr(begin));
    if (shifted) add_piece(out.map, {0, static_cast<std::uint32_t>(begin), true});
    return;
  }
  text.reserve(bytes.size() - begin);
  if (shifted) add_piece(out.map, {0, static_cast<std::uint32_t>(begin), true});
  std::size_t run = begin;
  for (std::size_t i = begin; i < bytes.size();) {
    const unsigned b = ascii::byte_at(bytes, i);
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

// An encoding of one byte a character that has ASCII below: by a table. False where it is another.
bool take_by_table(std::string_view bytes, std::size_t begin, UConverter* converter, DecodedText& out, Repairs& repairs) {
  constexpr std::int32_t kBytes = 256;
  std::array<char, kBytes> all;
  std::array<UChar, kBytes + 1> table;
  for (std::size_t b = 0; b < kBytes; ++b) all[b] = static_cast<char>(b);
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t count = ucnv_toUChars(converter, table.data(), kBytes + 1, all.data(), kBytes, &error);
  ucnv_reset(converter);
  if (U_FAILURE(error) || count != kBytes) return false;
  for (std::size_t b = 0; b < kBytes; ++b) {
    if (U16_IS_SURROGATE(table[b]) || (b > 0 && b < 0x80 && table[b] != b)) return false;
  }
  std::string& text = out.text;
  for (std::size_t i = begin; i < bytes.size();) {
    const std::size_t end = scan::plain_ascii(bytes.data(), i, bytes.size());
    if (end > i) {
      add_piece(out.map, {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(i), true});
      text.append(bytes, i, end - i);
      i = end;
    }
    // A word outside ASCII is one piece that maps to its beginning.
    bool first = true;
    for (; i < bytes.size() && (bytes[i] == 0 || ascii::byte_at(bytes, i) >= 0x80); ++i) {
      char32_t c = table[ascii::byte_at(bytes, i)];
      const bool zero = c == 0;
      repairs.zeros += zero;
      if (zero) c = utf8::kReplacement;
      if (c == utf8::kReplacement && !zero) repairs.add(i);
      const bool exact = c < 0x80;
      if (first || exact) add_piece(out.map, {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(i), exact});
      first = exact;
      utf8::append(text, c);
    }
  }
  return true;
}

// Any other encoding, through ICU in blocks. Each word outside ASCII is one inexact piece of the map.
bool take_converted(std::string_view bytes, std::size_t begin, const std::string& encoding, DecodedText& out, Repairs& repairs) {
  const Converter converter = open_converter(encoding);
  if (!converter) return false;
  const bool one_byte = !encoding.starts_with("UTF-");
  std::string& text = out.text;
  text.reserve((bytes.size() - begin) * (one_byte ? 2 : 1));
  if (one_byte && ucnv_getMaxCharSize(converter.get()) == 1 && take_by_table(bytes, begin, converter.get(), out, repairs)) return true;
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

}  // namespace

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
  bool known_good = false;  // as UTF-8
  std::string encoding;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    encoding = "UTF-8";
    begin = 3;
  } else if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)) || bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) {
    encoding = bytes[0] == '\0' ? "UTF-32BE" : "UTF-32LE";
    begin = 4;
  } else if (bytes.starts_with("\xFF\xFE")) {
    encoding = "UTF-16LE";
    begin = 2;
  } else if (bytes.starts_with("\xFE\xFF")) {
    encoding = "UTF-16BE";
    begin = 2;
  } else {
    encoding = wide_by_bytes(bytes);
  }
  if (!encoding.starts_with("UTF-16") && !encoding.starts_with("UTF-32")) {
    if (const auto reason = binary_reason(bytes))
      return fail(ErrorKind::kMalformed, item, "", "looks binary: " + *reason, "kept, not read");
  }
  if (encoding.empty()) {
    known_good = simdjson::validate_utf8(bytes.data(), bytes.size());
    const std::string transport = encoding_of(hints.transport);
    const std::string label = declared_charset(bytes);
    const std::string own = encoding_of(label);
    // A page in whose bytes a meta element can be read is no UTF-16, whatever the element says.
    std::string declared = !transport.empty() ? transport : own;
    if (declared.starts_with("UTF-16")) declared = "UTF-8";
    // Sound bytes that do not say otherwise need no counting.
    const bool plain = known_good && (declared.empty() || declared == "UTF-8");
    const Utf8Look look = plain ? Utf8Look{} : look_as_utf8(bytes);
    if (look.sequences == 0 && look.malformed == 0) {
      encoding = "UTF-8";  // ASCII
    } else if (look.malformed == 0 && (declared.empty() || declared == "UTF-8" || look.sequences >= 4)) {
      encoding = "UTF-8";
      if (!declared.empty() && declared != "UTF-8")
        out.notes.push_back(fmt::format("declared as {}, read as UTF-8, which it is", declared));
    } else if (!declared.empty() && declared != "UTF-8") {
      encoding = encoding_behind(bytes, declared);
      if (encoding != declared) {
        out.notes.push_back(fmt::format("declared as {}, in which it has no words; {} by letter statistics", declared, encoding));
      } else if (!transport.empty() && !own.empty() && own != transport) {
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
    take_utf8(bytes, begin, known_good, hints.borrow, out, repairs);
  } else if (!take_converted(bytes, begin, encoding, out, repairs)) {
    encoding = "UTF-8";
    take_utf8(bytes, begin, false, hints.borrow, out, repairs);
  }
  if (!out.map.empty() && out.map.back().text_begin >= out.text.size()) out.map.pop_back();
  out.encoding = encoding;
  if (repairs.count > 0) {
    out.notes.push_back(fmt::format("{} malformed byte sequence{} replaced, the first at byte {}", repairs.count,
                                    repairs.count == 1 ? "" : "s", repairs.first));
  }
  if (repairs.zeros > 0) out.notes.push_back(fmt::format("{} zero byte{} replaced", repairs.zeros, repairs.zeros == 1 ? "" : "s"));
  if (out.map.size() >= kMaxPieces) out.notes.emplace_back("the way back to the item's bytes is coarse after many damaged places");

  const std::string_view text = out.same ? bytes : std::string_view(out.text);
  bool blank = true;
  for (std::size_t i = 0; i < text.size() && blank;) {
    const utf8::Decoded got = utf8::decode(text, i);
    blank = utf8::is_space(got.value);
    i += got.size;
  }
  if (blank) return fail(ErrorKind::kMalformed, item, "", "nothing but white space", "kept, not read");

  if (const std::string how = misreading_of(text); !how.empty()) {
    out.broken = true;
    out.notes.push_back(fmt::format("broken text: {} and saved so; not read", how));
  }
  return out;
}

}  // namespace litopys
