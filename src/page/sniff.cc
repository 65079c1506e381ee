// First bytes and a look at the first kilobytes: names of files are not asked.
#include "page/sniff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <iterator>

#include "base/ascii.h"
#include "page/decode.h"
#include "page/encoding_guess.h"
#include "page/scan.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace litopys {

using detail::lowered_ascii;

namespace {

// --- what is no text at all -------------------------------------------------------------------------------------------------------

struct Magic {
  std::string_view bytes;
  std::string_view what;
};

constexpr Magic kSignatures[] = {
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

// Whether there may be any of them (or an escape): what most texts are spared.
bool has_control_characters([[maybe_unused]] std::string_view look) {
#if defined(__SSE2__)
  const auto all = [](int byte) { return _mm_set1_epi8(static_cast<char>(byte)); };
  std::size_t i = 0;
  while (i + 64 <= look.size()) {
    __m128i some = _mm_setzero_si128();
    for (const std::size_t end = std::min(i + 4096, look.size() & ~std::size_t{63}); i < end; i += 16) {
      const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(look.data() + i));
      const __m128i lowest = _mm_cmpeq_epi8(_mm_min_epu8(v, all(0x08)), v), tab = _mm_cmpeq_epi8(v, all(0x0B));
      const __m128i from_so = _mm_sub_epi8(v, all(0x0E));
      some = _mm_or_si128(some, _mm_or_si128(_mm_or_si128(lowest, tab), _mm_cmpeq_epi8(_mm_min_epu8(from_so, all(0x11)), from_so)));
    }
    if (_mm_movemask_epi8(some) != 0) return true;
  }
  return std::any_of(look.begin() + static_cast<std::ptrdiff_t>(i), look.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f'; });
#else
  return true;
#endif
}

// Bytes below 0x20 that no text has: all but tab, line ends, form feed and escape.
std::size_t control_characters(std::string_view look) {
  if (!has_control_characters(look)) return 0;
  std::size_t count = 0, i = 0;
#if defined(__SSE2__)
  const auto all = [](int byte) { return _mm_set1_epi8(static_cast<char>(byte)); };
  while (i + 16 <= look.size()) {
    __m128i some = _mm_setzero_si128();  // 16 small counters
    for (const std::size_t end = std::min(i + 16 * 255, look.size()); i + 16 <= end; i += 16) {
      const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(look.data() + i));
      const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, all(0x1F)), v);
      const __m128i breaks = _mm_or_si128(_mm_cmpeq_epi8(v, all('\t')), _mm_cmpeq_epi8(v, all('\n')));
      const __m128i feeds = _mm_or_si128(_mm_cmpeq_epi8(v, all('\r')), _mm_cmpeq_epi8(v, all('\f')));
      const __m128i fine = _mm_or_si128(_mm_or_si128(breaks, feeds), _mm_cmpeq_epi8(v, all(0x1B)));
      some = _mm_sub_epi8(some, _mm_andnot_si128(fine, low));
    }
    const __m128i sums = _mm_sad_epu8(some, _mm_setzero_si128());
    count += static_cast<std::size_t>(_mm_cvtsi128_si64(sums)) + static_cast<std::size_t>(_mm_cvtsi128_si64(_mm_srli_si128(sums, 8)));
  }
#endif
  for (; i < look.size(); ++i) {
    const unsigned u = ascii::byte_at(look, i);
    count += u < 0x20 && u != '\t' && u != '\n' && u != '\r' && u != '\f' && u != 0x1B;
  }
  return count;
}

}  // namespace

std::optional<std::string> detail::binary_reason(std::string_view bytes) {
  for (const Magic& magic : kSignatures) {
    if (bytes.starts_with(magic.bytes)) return std::string("starts like ").append(magic.what);
  }
  if (bytes.size() > 12 && bytes.substr(4, 4) == "ftyp") return "starts like an MP4 recording";
  if (bytes.starts_with("RIFF") && bytes.size() > 12) return "starts like a RIFF recording or image";
  const std::string_view look = bytes.substr(0, detail::kLook);
  const std::size_t control = control_characters(look);
  if (control * 20 > look.size() && control > 8) {
    return fmt::format("{} of the first {} bytes are control characters", control, look.size());
  }
  return std::nullopt;
}

namespace {

// A tag's attribute `name`, roughly: good enough for meta elements, which the page reader reads again with the real tokenizer.
std::string attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    if (at > 0 && (std::isalnum(ascii::byte_at(tag, at - 1)) != 0 || tag[at - 1] == '-')) continue;
    std::size_t i = at + name.size();
    while (i < tag.size() && std::isspace(ascii::byte_at(tag, i)) != 0) ++i;
    if (i >= tag.size() || tag[i] != '=') continue;
    ++i;
    while (i < tag.size() && (std::isspace(ascii::byte_at(tag, i)) != 0 || tag[i] == '"' || tag[i] == '\'')) ++i;
    std::size_t end = i;
    while (end < tag.size() && std::isspace(ascii::byte_at(tag, end)) == 0 && tag[end] != '"' && tag[end] != '\'' && tag[end] != ';' &&
           tag[end] != '>' && tag[end] != '/')
      ++end;
    return std::string(tag.substr(i, end - i));
  }
  return {};
}

}  // namespace

bool looks_like_html(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t i = 0;
  while (i < bytes.size() && (std::isspace(ascii::byte_at(bytes, i)) != 0 || bytes[i] == 0)) ++i;
  if (lowered_ascii(bytes.substr(i, 14)) == "<!doctype html") return true;
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
    while (end < head.size() && std::isalnum(ascii::byte_at(head, end)) != 0) ++end;
    if (end >= head.size() || (head[end] != '>' && head[end] != '/' && std::isspace(ascii::byte_at(head, end)) == 0)) continue;
    const std::string_view name = std::string_view(head).substr(begin, end - begin);
    if (std::find(std::begin(kTags), std::end(kTags), name) == std::end(kTags)) continue;
    if (starts) return true;
    ++tags;
    first_is_tag = first_is_tag || at == 0;
  }
  if (starts) return false;
  if (first_is_tag && (tags >= 2 || head.find('>') == std::string::npos)) return true;  // or a tag longer than was looked at
  // A fragment that begins with words: markup all through, as a saved piece of a page has it.
  return tags >= 6 && tags * 250 >= head.size();
}

namespace {

// Whether `text` begins with `word` (in small letters), letter case aside.
bool begins_with(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == ascii::lower(b); });
}

// The declaration within the first `limit` bytes, in small letters. Of what it passes over nothing is copied.
std::string declaration_within(std::string_view bytes, std::size_t limit) {
  const std::string_view view = bytes.substr(0, limit);
  if (begins_with(view, "<?xml")) {
    if (std::string found = attribute(lowered_ascii(view.substr(0, view.find('>'))), "encoding"); !found.empty()) return found;
  }
  const auto next = [&](char sign, std::size_t from) { return scan::byte(view.data(), std::min(from, view.size()), view.size(), sign); };
  // Where "</script" or "</style" begins.
  const auto end_tag = [&](std::string_view name, std::size_t from) {
    std::size_t at = scan::needle(view, "</", from);
    while (at != std::string_view::npos && !begins_with(view.substr(at + 2), name)) at = scan::needle(view, "</", at + 2);
    return std::min(at, view.size());
  };
  for (std::size_t at = next('<', 0); at < view.size(); at = next('<', at)) {
    const std::string_view rest = view.substr(at);
    std::size_t end = 0;
    if (rest.starts_with("<!--")) {
      end = std::min(view.find("-->", at + 1), view.size());
    } else if (begins_with(rest, "<body")) {
      break;
    } else if (begins_with(rest, "<script")) {
      end = end_tag("script", at + 1);
    } else if (begins_with(rest, "<style")) {
      end = end_tag("style", at + 1);
    } else {
      end = next('>', at + 1);
    }
    if (begins_with(rest, "<meta")) {
      if (std::string found = attribute(lowered_ascii(view.substr(at, end - at)), "charset"); !found.empty()) return found;
    }
    if (end == view.size()) break;
    at = end;
  }
  return {};
}

}  // namespace

std::string declared_charset(std::string_view bytes) {
  // Nearly every head ends within the first kilobytes; only one that says nothing there is looked at further.
  std::string found = declaration_within(bytes, 1 << 14);
  if (found.empty() && bytes.size() > (1 << 14) && looks_like_html(bytes)) found = declaration_within(bytes, 1 << 20);
  return found;
}

}  // namespace litopys
