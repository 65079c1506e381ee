// Every phrase is filed under the words of the item that stands next to the place asked from; a question looks up the form and the
// lemmas of one atom and compares the few phrases found there item by item.
#include "mention/phrase.h"

#include <algorithm>
#include <charconv>
#include <ranges>

#include "base/utf8.h"
#include "text/token.h"

namespace litopys {
namespace {

constexpr std::size_t kLongestStem = 96;  // bytes

std::string folded(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const auto c = utf8::decode(word, at);
    char32_t letter = utf8::lower(c.value);
    if (letter == U'ё') letter = U'е';
    if (letter == U'’' || letter == U'ʼ') letter = U'\'';
    utf8::append(out, letter);
    at += c.size;
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t at = text.find(mark);
    if (at != 0) out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + 1);
  }
  return out;
}

}  // namespace

Result<Phrases> Phrases::compile(const Codebook& book, std::string_view kind, Language language, bool implied_slot) {
  Phrases out;
  for (const RowId id : book.rows_of(kind)) {
    const Row& row = book.rows[id];
    if (row.language != language) continue;
    const auto wrong = [&row](std::string_view pattern, std::string_view why) {
      return fail(ErrorKind::kConfig, row.file, "line " + std::to_string(row.line),
                  "row " + row.id + ": pattern \"" + std::string(pattern) + "\": " + std::string(why));
    };
    for (const std::string& pattern : row.words) {
      Phrase phrase;
      phrase.row = id;
      phrase.parts.emplace_back();
      for (const std::string_view piece : split(pattern, ' ')) {
        if (piece == "#") {
          phrase.parts.emplace_back();
          continue;
        }
        Item item;
        if (piece.starts_with("..")) {
          const auto [end, error] = std::from_chars(piece.data() + 2, piece.data() + piece.size(), item.gap);
          if (error != std::errc{} || end != piece.data() + piece.size() || item.gap < 1 || item.gap > 6) {
            return wrong(pattern, "a gap is ..1 to ..6");
          }
        } else if (piece != "_") {
          for (std::string_view word : split(piece, '|')) {
            Word w;
            if (word.size() > 1 && word.front() == '=') {
              w.exact = true;
              word.remove_prefix(1);
            }
            if (word.size() > 1 && word.back() == '*') {
              w.prefix = true;
              word.remove_suffix(1);
            }
            // Hyphens are marks between atoms, so a hyphenated word of a row is its parts.
            w.text = folded(word);
            if (w.prefix && w.text.size() > kLongestStem) return wrong(pattern, "a stem this long begins no word");
            item.any.push_back(std::move(w));
          }
          item.mask = 0;
          for (const Word& w : item.any) item.mask |= w.prefix ? ~0ULL : mask_of_key(word_key(w.text));
          if (item.any.empty()) return wrong(pattern, "an empty alternative");
        }
        phrase.parts.back().push_back(std::move(item));
      }
      if (implied_slot && phrase.parts.size() == 1) phrase.parts.emplace_back();
      const bool anchored = !phrase.parts.front().empty() || (phrase.parts.size() > 1 && !phrase.parts[1].empty());
      if (!anchored) return wrong(pattern, "a phrase needs a word");
      for (const Part& part : phrase.parts) {
        if (!part.empty() && (part.front().gap > 0 || part.back().gap > 0) && part.size() == 1)
          return wrong(pattern, "a gap needs words beside it");
      }
      const auto number = static_cast<std::uint32_t>(out.phrases_.size());
      const Part& first = phrase.parts.front();
      if (!first.empty()) {
        out.add(out.first_, first.front(), number);
        if (phrase.parts.size() > 1) {
          const auto solid = std::find_if(first.rbegin(), first.rend(), [](const Item& i) { return i.gap == 0; });
          if (solid == first.rbegin()) {
            out.add(out.last_, *solid, number);
          } else {
            return wrong(pattern, "a gap beside the number; write the gap between words");
          }
        }
      } else {
        out.add(out.behind_, phrase.parts[1].front(), number);
        if (phrase.parts.size() > 2) out.slot_first_.push_back(number);
      }
      out.phrases_.push_back(std::move(phrase));
    }
  }
  std::sort(out.prefix_sizes_.begin(), out.prefix_sizes_.end());
  out.prefix_sizes_.erase(std::unique(out.prefix_sizes_.begin(), out.prefix_sizes_.end()), out.prefix_sizes_.end());
  return out;
}

void Phrases::add(Index& index, const Item& item, std::uint32_t phrase) {
  index.mask |= item.mask;
  if (item.any.empty()) {
    index.any_word.push_back(phrase);
    return;
  }
  for (const Word& word : item.any) {
    const std::uint64_t key = word_key(word.text);
    if (word.prefix) {
      prefix_sizes_.push_back(static_cast<std::uint32_t>(word.text.size()));
      index.stems.add(word.text);
    } else {
      index.words[(key >> 6) % index.words.size()] |= 1ULL << (key & 63);
    }
    auto& list = (word.prefix ? index.by_stem : index.whole)[key];
    if (list.empty() || list.back() != phrase) list.push_back(phrase);
  }
}

bool Phrases::may_fit(const Item& item, const Atoms& atoms, std::size_t at) {
  return at < atoms.size() && (item.mask & atoms[at].mask) != 0;
}

bool Phrases::fits(const Item& item, const Text& text, const Atoms& atoms, std::size_t at) {
  if (!may_fit(item, atoms, at)) return false;
  const Atom& atom = atoms[at];
  if (item.any.empty()) return atom.kind == AtomKind::word;
  const std::string_view form = atoms.form(at);
  return std::any_of(item.any.begin(), item.any.end(), [&](const Word& word) {
    if (word.prefix ? form.starts_with(word.text) : form == word.text) return true;
    if (word.exact || !atom.whole_token || atom.kind != AtomKind::word) return false;
    const auto readings = text.readings_of(text.tokens[atom.token]);
    std::string_view seen;
    return std::any_of(readings.begin(), readings.end(), [&](const Reading& r) {
      if (same_bytes(r.lemma, seen)) return false;
      seen = r.lemma;
      return word.prefix ? r.lemma.starts_with(word.text) : r.lemma == word.text;
    });
  });
}

std::optional<std::size_t> Phrases::forward(const Part& part, std::size_t item, const Text& text, const Atoms& atoms, std::size_t at) {
  if (item == part.size()) return at;
  if (part[item].gap > 0) {
    for (int skipped = 0; skipped <= part[item].gap && at + static_cast<std::size_t>(skipped) <= atoms.size(); ++skipped) {
      if (auto end = forward(part, item + 1, text, atoms, at + static_cast<std::size_t>(skipped))) return end;
    }
    return std::nullopt;
  }
  if (fits(part[item], text, atoms, at)) return forward(part, item + 1, text, atoms, at + 1);
  // "14-year-old": a hyphen between the words of a phrase counts for nothing.
  if (atoms.is_dash(at) && atoms.touches(at) && fits(part[item], text, atoms, at + 1)) return forward(part, item + 1, text, atoms, at + 2);
  return std::nullopt;
}

std::optional<std::size_t> Phrases::backward(const Part& part, std::size_t item, const Text& text, const Atoms& atoms, std::size_t end) {
  if (item == 0) return end;
  const Item& last = part[item - 1];
  if (last.gap > 0) {
    for (std::size_t skipped = 0; skipped <= static_cast<std::size_t>(last.gap) && skipped <= end; ++skipped) {
      if (auto first = backward(part, item - 1, text, atoms, end - skipped)) return first;
    }
    return std::nullopt;
  }
  if (end == 0) return std::nullopt;
  if (fits(last, text, atoms, end - 1)) return backward(part, item - 1, text, atoms, end - 1);
  if (end > 1 && atoms.is_dash(end - 1) && atoms.touches(end - 1) && fits(last, text, atoms, end - 2)) {
    return backward(part, item - 1, text, atoms, end - 2);
  }
  return std::nullopt;
}

template <class Visit>
void Phrases::visit(const Index& index, const Text& text, const Atoms& atoms, std::size_t at, Visit&& visit) const {
  if (at >= atoms.size() || (index.mask & atoms[at].mask) == 0) return;
  const auto look = [&](const Index::Lists& lists, std::uint64_t key) {
    if (const auto found = lists.find(key); found != lists.end()) {
      for (const std::uint32_t phrase : found->second) visit(phrase);
    }
  };
  if (index.may_have(atoms[at].key)) look(index.whole, atoms[at].key);
  if (atoms[at].kind != AtomKind::word) return;
  for (const std::uint32_t phrase : index.any_word) visit(phrase);
  const auto stems = [&](std::string_view word) {
    if (!index.stems.may_start(word)) return;
    std::uint64_t key = kKeyStart;
    std::size_t done = 0;
    for (const std::uint32_t size : prefix_sizes_) {
      if (size > word.size()) break;
      if (size < word.size() && (static_cast<unsigned char>(word[size]) & 0xC0U) == 0x80) continue;  // would cut a letter
      key = word_key(word.substr(done, size - done), key);
      done = size;
      look(index.by_stem, key);
    }
  };
  const std::string_view form = atoms.form(at);
  stems(form);
  if (!atoms[at].whole_token) return;
  const Token& token = text.tokens[atoms[at].token];
  const auto keys = text.keys_of(token);
  const bool whole = keys.empty() || std::ranges::any_of(keys, [&](std::uint64_t key) { return index.may_have(key); });
  if (!whole && index.stems.empty()) return;
  std::string_view seen = form;
  for (const Reading& reading : text.readings_of(token)) {
    if (same_bytes(reading.lemma, seen) || (!whole && !index.stems.may_start(reading.lemma))) continue;
    if (reading.lemma == seen || reading.lemma == form) continue;
    seen = reading.lemma;
    if (const std::uint64_t key = whole ? word_key(seen) : 0; whole && index.may_have(key)) look(index.whole, key);
    stems(seen);
  }
}

std::optional<Phrases::Hit> Phrases::before(const Text& text, const Atoms& atoms, std::size_t at, std::optional<std::size_t> end) const {
  std::optional<Hit> best;
  if (at == 0) return best;
  std::size_t anchor = at - 1;
  if (atoms.is_dash(anchor) && atoms.touches(anchor) && anchor > 0) --anchor;
  visit(last_, text, atoms, anchor, [&](std::uint32_t number) {
    const Phrase& phrase = phrases_[number];
    std::size_t words = phrase.parts[0].size();
    if (best && best->words > words + (phrase.parts[1].size())) return;
    const auto first = backward(phrase.parts[0], words, text, atoms, at);
    if (!first) return;
    std::size_t last = at;
    if (!phrase.parts[1].empty()) {
      if (!end || phrase.parts.size() != 2) return;
      const auto behind = forward(phrase.parts[1], 0, text, atoms, *end);
      if (!behind) return;
      last = *behind;
      words += phrase.parts[1].size();
    }
    if (!best || words > best->words) best = Hit{phrase.row, number, *first, last, words};
  });
  return best;
}

std::optional<Phrases::Hit> Phrases::after(const Text& text, const Atoms& atoms, std::size_t at) const {
  std::optional<Hit> best;
  const auto look_from = [&](std::size_t from) {
    visit(behind_, text, atoms, from, [&](std::uint32_t number) {
      const Phrase& phrase = phrases_[number];
      if (phrase.parts.size() != 2 || (best && best->words >= phrase.parts[1].size())) return;
      if (const auto end = forward(phrase.parts[1], 0, text, atoms, at)) best = Hit{phrase.row, number, at, *end, phrase.parts[1].size()};
    });
  };
  look_from(at);
  if (!best && atoms.is_dash(at) && atoms.touches(at)) look_from(at + 1);
  return best;
}

std::vector<Phrases::Hit> Phrases::starting(const Text& text, const Atoms& atoms, std::size_t at) const {
  std::vector<Hit> hits;
  visit(first_, text, atoms, at, [&](std::uint32_t number) {
    const Phrase& phrase = phrases_[number];
    // Many phrases begin with "in": the second word says first that it is another.
    if (const Part& part = phrase.parts[0];
        part.size() > 1 && part[1].gap == 0 && !atoms.is_dash(at + 1) && !may_fit(part[1], atoms, at + 1))
      return;
    if (std::any_of(hits.begin(), hits.end(), [number](const Hit& h) { return h.phrase == number; })) return;
    if (const auto end = forward(phrase.parts[0], 0, text, atoms, at))
      hits.push_back({phrase.row, number, at, *end, phrase.parts[0].size()});
  });
  if (hits.size() > 1) std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.words > b.words; });
  return hits;
}

std::optional<std::size_t> Phrases::part_at(std::uint32_t phrase, std::size_t slot, const Text& text, const Atoms& atoms,
                                            std::size_t at) const {
  const Part& part = phrases_[phrase].parts[slot + 1];
  return forward(part, 0, text, atoms, at);
}

Result<void> compile_kinds(const Codebook& book, Language language, std::span<const PhraseKind> kinds, const EachRow& each) {
  for (const PhraseKind& of : kinds) {
    auto compiled = Phrases::compile(book, of.kind, language, of.implied_slot);
    if (!compiled) return tl::unexpected(compiled.error());
    *of.phrases = std::move(*compiled);
    for (const RowId id : book.rows_of(of.kind)) {
      const Row& row = book.rows[id];
      if (row.language != language) continue;
      if (const auto why = each(of.kind, id, row))
        return fail(ErrorKind::kConfig, row.file, "line " + std::to_string(row.line), "row " + row.id + ": " + *why);
    }
  }
  return {};
}

}  // namespace litopys
