// Most pages of an archive have no Cyrillic at all, so one quick run seeks the Latin stems and tells on the way whether there is anything
// for the slower ones: bytes of UTF-8 Cyrillic, of a single-byte encoding, escapes. Vectorscan has the Cyrillic literals, three letter
// cases times encodings, since its own folding knows no Cyrillic outside valid UTF-8.
#include "intake/screen.h"

#include <hs/hs.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/utf8.h"
#include "intake/needles.h"

namespace litopys {
namespace {

struct FreeDatabase {
  void operator()(hs_database_t* db) const { hs_free_database(db); }
};
struct FreeScratch {
  void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }
};
using Database = std::unique_ptr<hs_database_t, FreeDatabase>;

struct Stem {
  std::string text;
  std::string row;
};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Stems of the codebook; one that holds another is left out.
std::vector<Stem> stems_of(const Codebook& book) {
  std::vector<Stem> all;
  for (const Row& row : book.rows) {
    const bool screen = row.kind == "screen";
    if (!screen && row.kind != "subject" && row.kind != "setting") continue;
    for (std::string_view word : row.words) {
      if (!screen && (!word.ends_with('*') || word.starts_with('='))) continue;
      while (word.ends_with('*')) word.remove_suffix(1);
      if (word.find_first_of(" |*#=") != std::string_view::npos || utf8::count_code_points(word) < Needles::kShortest) continue;
      all.push_back({utf8::lowered(word), row.id});
    }
  }
  std::vector<Stem> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool covered = std::any_of(all.begin(), all.end(), [&](const Stem& other) {
      if (&other == &all[i] || all[i].text.find(other.text) == std::string::npos) return false;
      return other.text.size() < all[i].text.size() || &other < &all[i];  // the same twice: the first
    });
    if (!covered) out.push_back(all[i]);
  }
  return out;
}

char32_t upper(char32_t c) { return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))); }

// Lower, capitalised and upper case, UTF-8.
std::vector<std::string> cases_of(const std::string& stem) {
  std::string capitalised;
  std::string upper_case;
  for (std::size_t at = 0; at < stem.size();) {
    const utf8::Decoded c = utf8::decode(stem, at);
    utf8::append(capitalised, at == 0 ? upper(c.value) : c.value);
    utf8::append(upper_case, upper(c.value));
    at += c.size;
  }
  return {stem, capitalised, upper_case};
}

// "" where the encoding lacks a letter.
std::string encoded(const std::string& text, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open(encoding, &status);
  if (U_FAILURE(status) != 0) return {};
  ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::u16string wide;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Decoded c = utf8::decode(text, at);
    wide += static_cast<char16_t>(c.value);
    at += c.size;
  }
  std::string out(wide.size() * 4, '\0');
  const int32_t size =
      ucnv_fromUChars(converter, out.data(), static_cast<int32_t>(out.size()), wide.data(), static_cast<int32_t>(wide.size()), &status);
  ucnv_close(converter);
  if (U_FAILURE(status) != 0) return {};
  out.resize(static_cast<std::size_t>(size));
  return out;
}

Result<Database> compiled(const std::map<std::string, unsigned>& literals) {
  std::vector<const char*> texts;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
  std::vector<std::size_t> sizes;
  for (const auto& [text, stem] : literals) {
    texts.push_back(text.data());
    flags.push_back(0);
    ids.push_back(stem);
    sizes.push_back(text.size());
  }
  Database out;
  if (texts.empty()) return out;
  hs_database_t* db = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(), static_cast<unsigned>(texts.size()), HS_MODE_BLOCK,
                           nullptr, &db, &error) != HS_SUCCESS) {
    std::string what = error != nullptr && error->message != nullptr ? error->message : "unknown";
    hs_free_compile_error(error);
    return fail(ErrorKind::kConfig, "screen", {}, "the stems of the codebook cannot be compiled: " + what);
  }
  out.reset(db);
  return out;
}

// The Cyrillic letters that HTML has names for, without their "cy;" and without letter case (HTML standard, named character references).
char32_t named_letter(std::string_view name) {
  static constexpr std::pair<std::string_view, char32_t> kNames[] = {
      {"a", U'а'},    {"b", U'б'}, {"v", U'в'},    {"g", U'г'}, {"d", U'д'},  {"ie", U'е'}, {"io", U'ё'},  {"zh", U'ж'}, {"z", U'з'},
      {"i", U'и'},    {"j", U'й'}, {"k", U'к'},    {"l", U'л'}, {"m", U'м'},  {"n", U'н'},  {"o", U'о'},   {"p", U'п'},  {"r", U'р'},
      {"s", U'с'},    {"t", U'т'}, {"u", U'у'},    {"f", U'ф'}, {"kh", U'х'}, {"ts", U'ц'}, {"ch", U'ч'},  {"sh", U'ш'}, {"shch", U'щ'},
      {"hard", U'ъ'}, {"y", U'ы'}, {"soft", U'ь'}, {"e", U'э'}, {"yu", U'ю'}, {"ya", U'я'}, {"iuk", U'і'}, {"yi", U'ї'}, {"juk", U'є'}};
  for (const auto& [known, letter] : kNames) {
    if (known == name) return letter;
  }
  return 0;
}

// Text with its escapes undone as far as they are letters: &#1072; &#x430; \u0430 &acy;.
std::string with_escapes_as_letters(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t from = at;
    while (at < bytes.size() && bytes[at] != '&' && bytes[at] != '\\') ++at;
    out.append(bytes.substr(from, at - from));
    if (at == bytes.size()) break;
    const std::string_view rest = bytes.substr(at, 12);
    if (const std::size_t cy = rest.find("cy;"); rest[0] == '&' && cy != std::string_view::npos) {
      if (const char32_t letter = named_letter(utf8::lowered(rest.substr(1, cy - 1))); letter != 0) {
        utf8::append(out, letter);
        at += cy + 3;
        continue;
      }
    }
    unsigned base = 0;
    std::size_t digits = 0;
    if (rest.starts_with("&#x") || rest.starts_with("&#X")) {
      base = 16, digits = 3;
    } else if (rest.starts_with("&#")) {
      base = 10, digits = 2;
    } else if (rest.starts_with("\\u")) {
      base = 16, digits = 2;
    }
    std::size_t end = digits;
    char32_t value = 0;
    while (base != 0 && end < rest.size() && end < digits + (rest[0] == '\\' ? 4U : 7U)) {
      const char c = rest[end];
      const int digit = c >= '0' && c <= '9' ? c - '0' : base == 16 && (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
      if (digit < 0) break;
      value = value * base + static_cast<char32_t>(digit);
      ++end;
    }
    if (base == 0 || end == digits || value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
      out += bytes[at++];
      continue;
    }
    if (rest[0] == '&' && end < rest.size() && rest[end] == ';') ++end;
    utf8::append(out, value);
    at += end;
  }
  return out;
}

// Bytes that may be UTF-16 or UTF-32, by their mark or the zeros in their beginning, as UTF-8; "" where they are not.
std::string from_utf16(std::string_view bytes) {
  const std::string_view look = bytes.substr(0, 256);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < look.size(); ++i) zeros[i % 2] += look[i] == '\0' ? 1 : 0;
  const bool little = bytes.starts_with("\xFF\xFE");
  const bool big = bytes.starts_with("\xFE\xFF");
  if (!little && !big && zeros[0] + zeros[1] < 4) return {};
  const std::size_t high = big || (!little && zeros[0] > zeros[1]) ? 0 : 1;
  std::string out;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    const auto unit = static_cast<char32_t>(high == 0 ? (a << 8U) | b : (b << 8U) | a);
    if (unit == 0) continue;  // half of a character of UTF-32
    utf8::append(out, unit >= 0xD800 && unit < 0xE000 ? utf8::kReplacement : unit);
  }
  return out;
}

}  // namespace

struct Screen::Impl {
  std::vector<Stem> stems;
  std::vector<std::size_t> latin;  // numbers of stems, by needle
  Needles needles;
  Database utf8, single_byte;  // ids are numbers of stems

  explicit Impl(std::vector<Stem> all)
      : stems(std::move(all)),
        latin([this] {
          std::vector<std::size_t> out;
          for (std::size_t i = 0; i < stems.size(); ++i) {
            if (is_ascii(stems[i].text)) out.push_back(i);
          }
          return out;
        }()),
        needles([this] {
          std::vector<std::string> out;
          for (const std::size_t i : latin) out.push_back(stems[i].text);
          return out;
        }()) {}
};

Screen::Screen(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Screen::Screen(Screen&&) noexcept = default;
Screen& Screen::operator=(Screen&&) noexcept = default;
Screen::~Screen() = default;
std::size_t Screen::stems() const { return impl_->stems.size(); }

Result<Screen> Screen::make(const Codebook& book) {
  auto impl = std::make_unique<Impl>(stems_of(book));
  if (impl->stems.empty()) {
    return fail(ErrorKind::kConfig, book.id, {}, "the codebook gives no stem to screen by",
                "add rows [[screen]] with words of four letters and more");
  }
  std::map<std::string, unsigned> in_utf8;
  std::map<std::string, unsigned> in_bytes;
  for (unsigned i = 0; i < impl->stems.size(); ++i) {
    if (is_ascii(impl->stems[i].text)) continue;
    for (const std::string& form : cases_of(impl->stems[i].text)) {
      in_utf8.emplace(form, i);
      for (const char* encoding : {"windows-1251", "KOI8-U", "ISO-8859-5", "IBM866", "ibm-1125", "x-mac-cyrillic"}) {
        if (std::string bytes = encoded(form, encoding); !bytes.empty()) in_bytes.emplace(std::move(bytes), i);
      }
    }
  }
  Result<Database> wide = compiled(in_utf8);
  if (!wide) return tl::unexpected<Error>(wide.error());
  Result<Database> narrow = compiled(in_bytes);
  if (!narrow) return tl::unexpected<Error>(narrow.error());
  impl->utf8 = *std::move(wide);
  impl->single_byte = *std::move(narrow);
  return Screen(std::move(impl));
}

struct ScreenLook::Impl {
  const Screen::Impl* screen = nullptr;
  std::unique_ptr<hs_scratch_t, FreeScratch> scratch;
  std::vector<ScreenHit> hits;
  std::vector<unsigned char> seen;  // by stem
  std::string_view form;

  void take(std::size_t stem, std::size_t at) {
    if (seen[stem] != 0) return;
    seen[stem] = 1;
    hits.push_back({.stem = screen->stems[stem].text, .row = screen->stems[stem].row, .at = at, .form = form});
  }

  void scan(const Database& database, std::string_view bytes, bool offsets) {
    if (!database) return;
    struct Context {
      Impl* self;
      bool offsets;
    } context{this, offsets};
    // In pieces that its offsets and our own limits reach; no item is larger.
    hs_scan(
        database.get(), bytes.data(), static_cast<unsigned>(std::min<std::size_t>(bytes.size(), 0x7FFFFFFFU)), 0, scratch.get(),
        [](unsigned id, unsigned long long, unsigned long long to, unsigned, void* data) {  // NOLINT(google-runtime-int): its signature
          const Context& c = *static_cast<Context*>(data);
          const std::size_t size = c.self->screen->stems[id].text.size();
          c.self->take(id, c.offsets ? static_cast<std::size_t>(to) - std::min<std::size_t>(size, to) : 0);
          return 0;
        },
        &context);
  }

  void look(std::string_view bytes, std::string_view as, bool offsets) {
    form = as;
    const Needles::Seen found =
        screen->needles.scan(bytes, [&](std::size_t needle, std::size_t at) { take(screen->latin[needle], offsets ? at : 0); });
    if (found.cyrillic_leads) scan(screen->utf8, bytes, offsets);
    if (found.high_pairs) {
      form = as == "UTF-8" ? "single-byte" : as;
      scan(screen->single_byte, bytes, false);
    }
    if (found.escapes && as != "escaped") look(with_escapes_as_letters(bytes), "escaped", false);
  }
};

ScreenLook::ScreenLook(const Screen& screen) : impl_(std::make_unique<Impl>()) {
  impl_->screen = screen.impl_.get();
  impl_->seen.resize(impl_->screen->stems.size());
  hs_scratch_t* scratch = nullptr;
  for (const Database* database : {&impl_->screen->utf8, &impl_->screen->single_byte}) {
    if (*database) hs_alloc_scratch(database->get(), &scratch);
  }
  impl_->scratch.reset(scratch);
}
ScreenLook::ScreenLook(ScreenLook&&) noexcept = default;
ScreenLook& ScreenLook::operator=(ScreenLook&&) noexcept = default;
ScreenLook::~ScreenLook() = default;

const std::vector<ScreenHit>& ScreenLook::operator()(std::string_view body) {
  Impl& i = *impl_;
  i.hits.clear();
  std::fill(i.seen.begin(), i.seen.end(), static_cast<unsigned char>(0));
  if (const std::string wide = from_utf16(body); !wide.empty()) i.look(wide, "UTF-16", false);
  i.look(body, "UTF-8", true);
  return i.hits;
}

}  // namespace litopys
