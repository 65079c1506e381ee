// Forms sorted by their labels go into a minimal acyclic automaton as they come (Daciuk, Mihov, Watson, Watson 2000: "Incremental
// construction of minimal acyclic finite-state automata"): when a form leaves a branch behind, the branch is frozen from its end, each
// state replaced by an equal one where there is one. States carry the index of the form's set of readings, so equal tails with equal
// readings are shared.
#include "text/dictionary_builder.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "text/dictionary_format.h"
#include "text/morphology.h"

namespace litopys {
namespace {

using SetId = std::uint32_t;
constexpr SetId kNoSet = ~0U;
constexpr std::size_t kDeepestEnding = 7;   // letters of an ending that is learned
constexpr std::size_t kMostPopular = 8192;  // targets written in one or two bytes
constexpr std::size_t kMostGuesses = 8;     // readings of one ending

struct Entry {
  std::uint8_t front = 0, back = 0;
  std::uint32_t suffix = 0, tag = 0;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};
using Set = std::vector<Entry>;

void put_u32(std::string& out, std::uint64_t v) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>(v >> (8 * i) & 0xFF);
}
void put_varint(std::string& out, std::uint64_t v) {
  for (; v >= 0x80; v >>= 7) out += static_cast<char>(v | 0x80);
  out += static_cast<char>(v);
}

// The automaton; states are numbered in the order of freezing, so that an arc's target has a lower number than its state.
class Automaton {
 public:
  struct Arc {
    std::uint8_t label;
    std::uint32_t target;
    friend bool operator==(const Arc&, const Arc&) = default;
  };

  // Keys in ascending order of bytes, each once.
  void add(std::string_view key, SetId set) {
    std::size_t common = 0;
    while (common < key.size() && common < last_.size() && key[common] == last_[common]) ++common;
    freeze(common);
    for (std::size_t i = common; i < key.size(); ++i) path_.emplace_back();
    path_.back().set = set;
    last_ = key;
  }

  std::uint32_t finish() {
    freeze(0);
    const std::uint32_t root = state_of(path_[0]);
    path_.assign(1, {});
    last_.clear();
    return root;
  }

  // Appends all nodes and gives each state's address within `out`.
  std::vector<std::uint32_t> write(std::string& out, std::string& popular_out) const {
    std::vector<std::uint32_t> in(states_.size());
    for (const Arc& arc : arcs_) ++in[arc.target];
    std::vector<std::uint32_t> order(states_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const std::size_t kept = std::min(kMostPopular, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                      [&](std::uint32_t a, std::uint32_t b) { return std::pair(in[b], a) < std::pair(in[a], b); });
    std::vector<std::uint32_t> rank(states_.size(), ~0U);
    for (std::uint32_t i = 0; i < kept; ++i) rank[order[i]] = i;
    std::vector<std::uint32_t> address(states_.size());
    for (std::uint32_t s = 0; s < states_.size(); ++s) {
      address[s] = static_cast<std::uint32_t>(out.size());
      const State& state = states_[s];
      const unsigned final_bit = state.set != kNoSet ? 0x80 : 0;
      out += static_cast<char>(final_bit | std::min(state.count, 0x7FU));
      if (state.count >= 0x7F) put_varint(out, state.count);
      if (state.set != kNoSet) put_varint(out, state.set);
      for (std::uint32_t a = 0; a < state.count; ++a) {
        const Arc& arc = arcs_[state.first + a];
        out += static_cast<char>(arc.label);
        const std::uint64_t near = static_cast<std::uint64_t>(address[s] - address[arc.target]) * 2;
        const std::uint64_t ranked = static_cast<std::uint64_t>(rank[arc.target]) * 2 + 1;
        put_varint(out, rank[arc.target] != ~0U && ranked < near ? ranked : near);
      }
    }
    for (std::uint32_t i = 0; i < kept; ++i) put_u32(popular_out, address[order[i]]);
    return address;
  }

 private:
  struct State {
    std::uint32_t first = 0, count = 0;
    SetId set = kNoSet;
  };
  struct Open {
    std::vector<Arc> arcs;
    SetId set = kNoSet;
  };

  void freeze(std::size_t depth) {
    while (path_.size() > depth + 1) {
      const std::uint32_t state = state_of(path_.back());
      path_.pop_back();
      path_.back().arcs.push_back({static_cast<std::uint8_t>(last_[path_.size() - 1]), state});
    }
  }

  std::uint32_t state_of(const Open& open) {
    std::uint64_t hash = open.set * 0x9E3779B97F4A7C15ULL + open.arcs.size();
    for (const Arc& arc : open.arcs)
      hash = (hash ^ (static_cast<std::uint64_t>(arc.label) << 32 | arc.target)) * 0xD6E8FEB86659FD93ULL, hash ^= hash >> 31;
    const auto [first, last] = known_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
      const State& s = states_[it->second];
      if (s.set == open.set && s.count == open.arcs.size() &&
          std::equal(open.arcs.begin(), open.arcs.end(), arcs_.begin() + static_cast<std::ptrdiff_t>(s.first))) {
        return it->second;
      }
    }
    const auto id = static_cast<std::uint32_t>(states_.size());
    states_.push_back({static_cast<std::uint32_t>(arcs_.size()), static_cast<std::uint32_t>(open.arcs.size()), open.set});
    arcs_.insert(arcs_.end(), open.arcs.begin(), open.arcs.end());
    known_.emplace(hash, id);
    return id;
  }

  std::vector<Open> path_ = std::vector<Open>(1);
  std::string last_;
  std::vector<State> states_;
  std::vector<Arc> arcs_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> known_;
};

class Builder {
 public:
  Result<std::string> build(std::vector<FormRow> rows, std::string_view notice, std::uint32_t least);

 private:
  struct Word {
    std::string labels;
    SetId set;
  };

  std::string label(std::string_view text) const {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      const utf8::Decoded c = utf8::decode(text, i);
      out += static_cast<char>(letters_.at(c.value));
      i += c.size;
    }
    return out;
  }

  static std::uint32_t id_of(std::map<std::string, std::uint32_t>& ids, std::vector<std::string>& list, const std::string& text) {
    const auto [it, fresh] = ids.try_emplace(text, static_cast<std::uint32_t>(list.size()));
    if (fresh) list.push_back(text);
    return it->second;
  }

  SetId set_id(const Set& set) {
    const auto [it, fresh] = set_ids_.try_emplace(set, static_cast<SetId>(sets_.size()));
    if (fresh) {
      sets_.push_back(set);
      uses_.push_back(0);
    }
    ++uses_[it->second];
    return it->second;
  }

  Entry entry_of(const FormRow& row);
  void learn_endings(std::vector<Word>& reversed, std::size_t begin, std::size_t end, std::size_t depth, SetId inherited, bool names,
                     std::uint32_t least, std::vector<Word>& out);

  std::map<char32_t, std::uint8_t> letters_;
  std::map<std::string, std::uint32_t> tag_ids_, suffix_ids_;
  std::vector<std::string> tags_, suffixes_;
  std::vector<bool> open_class_, is_name_;  // by tag
  std::map<Set, SetId> set_ids_;
  std::vector<Set> sets_;
  std::vector<std::uint64_t> uses_;
  std::vector<std::size_t> longest_back_;  // by set: letters cut from the end, over its readings
};

// The least change that makes the lemma of the form: a common middle is kept, so that a front cut is for prefixes («найкращий»).
Entry Builder::entry_of(const FormRow& row) {
  Entry entry;
  const std::string& form = row.form;
  const std::string& lemma = row.lemma;
  std::size_t common = 0;
  while (common < form.size() && common < lemma.size() && form[common] == lemma[common]) ++common;
  while (common > 0 && common < form.size() && (static_cast<unsigned char>(form[common]) & 0xC0) == 0x80) --common;
  while (common > 0 && common < lemma.size() && (static_cast<unsigned char>(lemma[common]) & 0xC0) == 0x80) --common;
  std::size_t front = 0;
  if (common < 4) {
    for (const std::string_view prefix : {"по", "наи", "най", "щонай", "якнай"}) {
      if (!form.starts_with(prefix)) continue;
      std::size_t kept = 0;
      while (prefix.size() + kept < form.size() && kept < lemma.size() && form[prefix.size() + kept] == lemma[kept]) ++kept;
      while (kept > 0 && kept < lemma.size() && (static_cast<unsigned char>(lemma[kept]) & 0xC0) == 0x80) --kept;
      while (kept > 0 && prefix.size() + kept < form.size() && (static_cast<unsigned char>(form[prefix.size() + kept]) & 0xC0) == 0x80)
        --kept;
      if (kept > common + 2) {
        front = prefix.size();
        common = kept;
      }
    }
  }
  entry.front = static_cast<std::uint8_t>(front);
  entry.back = static_cast<std::uint8_t>(form.size() - front - common);
  entry.suffix = id_of(suffix_ids_, suffixes_, lemma.substr(common));
  entry.tag = tag_ids_.at(row.tags);
  return entry;
}

// Words reversed and sorted lie so that those with one ending are one range: the range's commonest set of readings, where it fits any
// word with the ending, is the guess for it, unless the shorter ending says the same.
void Builder::learn_endings(std::vector<Word>& reversed, std::size_t begin, std::size_t end, std::size_t depth, SetId inherited, bool names,
                            std::uint32_t least, std::vector<Word>& out) {
  if (end - begin < least) return;
  if (depth > 0) {
    std::unordered_map<SetId, std::uint32_t> counts;
    for (std::size_t i = begin; i < end; ++i) {
      if (longest_back_[reversed[i].set] <= depth) ++counts[reversed[i].set];
    }
    std::vector<std::pair<std::uint32_t, SetId>> ranked;
    ranked.reserve(counts.size());
    for (const auto& [set, n] : counts) ranked.emplace_back(n, set);
    std::sort(ranked.begin(), ranked.end(),
              [](const auto& a, const auto& b) { return std::pair(b.first, a.second) < std::pair(a.first, b.second); });
    if (!ranked.empty() && ranked[0].first >= least / 2 + 1 && ranked[0].first * 5 >= end - begin) {
      Set guess = sets_[ranked[0].second];
      if (ranked.size() > 1 && ranked[1].first * 3 >= ranked[0].first) {
        for (const Entry& e : sets_[ranked[1].second]) {
          if (guess.size() < kMostGuesses && std::find(guess.begin(), guess.end(), e) == guess.end()) guess.push_back(e);
        }
      }
      if (guess.size() > kMostGuesses) guess.resize(kMostGuesses);
      const SetId id = set_id(guess);
      if (longest_back_.size() < sets_.size()) longest_back_.resize(sets_.size(), kDeepestEnding + 1);
      if (id != inherited) {
        out.push_back({reversed[begin].labels.substr(0, depth), id});
        inherited = id;
      }
    }
  }
  if (depth == kDeepestEnding) return;
  for (std::size_t i = begin; i < end;) {
    if (reversed[i].labels.size() <= depth + 1) {  // a letter must stay before the ending
      ++i;
      continue;
    }
    std::size_t next = i + 1;
    while (next < end && reversed[next].labels.size() > depth && reversed[next].labels[depth] == reversed[i].labels[depth]) ++next;
    learn_endings(reversed, i, next, depth + 1, inherited, names, least, out);
    i = next;
  }
}

Result<std::string> Builder::build(std::vector<FormRow> rows, std::string_view notice, std::uint32_t least) {
  const auto wrong = [](const FormRow& row, std::string why) {
    return fail(ErrorKind::kMalformed, "table of word forms", row.form + " " + row.lemma + " " + row.tags, std::move(why));
  };
  for (const FormRow& row : rows) {
    if (row.form.empty() || row.form.size() > 200 || row.lemma.size() > 200)
      return wrong(row, "form or lemma is empty or longer than 200 bytes");
    for (std::size_t i = 0; i < row.form.size();) {
      const utf8::Decoded c = utf8::decode(row.form, i);
      if (c.value >= 0x600) return wrong(row, "has a letter beyond U+05FF");
      letters_.try_emplace(c.value, 0);
      i += c.size;
    }
    if (!tag_ids_.contains(row.tags)) {
      Reading reading;
      if (row.tags.size() > 255 || !parse_tags(row.tags, reading)) return wrong(row, "has unknown tags");
      tag_ids_.emplace(row.tags, 0);
    }
  }
  if (letters_.size() > 254) return fail(ErrorKind::kMalformed, "table of word forms", "", "has more than 254 letters");
  std::uint8_t next_label = 0;
  for (auto& [letter, number] : letters_) number = ++next_label;
  for (auto& [words, id] : tag_ids_) {
    id = static_cast<std::uint32_t>(tags_.size());
    tags_.push_back(words);
    Reading reading;
    static_cast<void>(parse_tags(words, reading));
    const PartOfSpeech p = reading.part;
    open_class_.push_back(p == PartOfSpeech::noun || p == PartOfSpeech::adjective || p == PartOfSpeech::verb || p == PartOfSpeech::adverb ||
                          p == PartOfSpeech::participle || p == PartOfSpeech::converb || p == PartOfSpeech::proper);
    is_name_.push_back(p == PartOfSpeech::proper);
  }

  std::sort(rows.begin(), rows.end(), [](const FormRow& a, const FormRow& b) {
    return std::tie(a.form, b.weight, a.lemma, a.tags) < std::tie(b.form, a.weight, b.lemma, b.tags);
  });
  std::vector<Word> words;
  for (std::size_t i = 0; i < rows.size();) {
    Set set;
    std::size_t next = i;
    for (; next < rows.size() && rows[next].form == rows[i].form; ++next) {
      const Entry entry = entry_of(rows[next]);
      if (std::find(set.begin(), set.end(), entry) == set.end()) set.push_back(entry);
    }
    words.push_back({label(rows[i].form), set_id(set)});
    i = next;
  }
  rows.clear();
  rows.shrink_to_fit();
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.labels < b.labels; });

  // Which sets can be guessed: open classes alone, nothing off the front, and the change within the ending.
  const std::size_t from_words = sets_.size();
  longest_back_.assign(from_words, kDeepestEnding + 1);
  std::vector<char> kind(from_words, 0);  // 1 common, 2 name
  std::vector<std::string> letters_of_back;
  for (SetId s = 0; s < from_words; ++s) {
    bool open = true, names = true, common = true;
    std::size_t back = 0;
    for (const Entry& e : sets_[s]) {
      open &= open_class_[e.tag] && e.front == 0;
      (is_name_[e.tag] ? common : names) = false;
      back = std::max<std::size_t>(back, e.back);
    }
    if (!open) continue;
    kind[s] = names ? 2 : common ? 1 : 0;
    longest_back_[s] = (back + 1) / 2;  // two bytes a letter; for Latin that is too few, mended below
  }
  if (!letters_.empty() && letters_.rbegin()->first < 0x80) {
    for (SetId s = 0; s < from_words; ++s) {
      if (kind[s] == 0) continue;
      longest_back_[s] = 0;
      for (const Entry& e : sets_[s]) longest_back_[s] = std::max<std::size_t>(longest_back_[s], e.back);
    }
  }

  Automaton automaton;
  for (const Word& word : words) automaton.add(word.labels, word.set);
  std::array<std::uint32_t, 3> roots{automaton.finish(), 0, 0};
  for (const bool names : {false, true}) {
    std::vector<Word> reversed;
    for (const Word& word : words) {
      if (word.set >= from_words || kind[word.set] != (names ? 2 : 1) || word.labels.size() < 4) continue;
      reversed.push_back({std::string(word.labels.rbegin(), word.labels.rend()), word.set});
    }
    std::sort(reversed.begin(), reversed.end(), [](const Word& a, const Word& b) { return a.labels < b.labels; });
    std::vector<Word> endings;
    learn_endings(reversed, 0, reversed.size(), 0, kNoSet, names, least, endings);
    std::sort(endings.begin(), endings.end(), [](const Word& a, const Word& b) { return a.labels < b.labels; });
    for (const Word& ending : endings) automaton.add(ending.labels, ending.set);
    roots[names ? 2 : 1] = automaton.finish();
  }

  // Sections.
  std::array<std::string, dictionary::kSections> sections;
  const auto section = [&](dictionary::Section s) -> std::string& { return sections[static_cast<std::size_t>(s)]; };
  for (const auto& [letter, number] : letters_) put_u32(section(dictionary::Section::alphabet), letter);
  for (const std::string& words_of_tag : tags_) {
    section(dictionary::Section::tags) += static_cast<char>(words_of_tag.size());
    section(dictionary::Section::tags) += words_of_tag;
  }
  const auto put_items = [](std::string& out, const std::vector<std::string>& items) {
    put_u32(out, items.size());
    std::uint64_t at = 0;
    for (const std::string& item : items) {
      put_u32(out, at);
      at += item.size();
    }
    put_u32(out, at);
    for (const std::string& item : items) out += item;
  };
  put_items(section(dictionary::Section::suffixes), suffixes_);
  std::vector<std::string> set_bytes;
  for (const Set& set : sets_) {
    std::string bytes;
    for (const Entry& e : set) {
      bytes += static_cast<char>(e.front);
      bytes += static_cast<char>(e.back);
      put_varint(bytes, e.suffix);
      put_varint(bytes, e.tag);
    }
    set_bytes.push_back(std::move(bytes));
  }
  put_items(section(dictionary::Section::sets), set_bytes);
  std::string& nodes = section(dictionary::Section::nodes);
  nodes.assign(12, '\0');
  const std::vector<std::uint32_t> address = automaton.write(nodes, section(dictionary::Section::popular));
  std::string root_bytes;
  for (const std::uint32_t root : roots) put_u32(root_bytes, address[root]);
  nodes.replace(0, 12, root_bytes);
  section(dictionary::Section::notice) = notice;

  std::string out(dictionary::kMagic);
  put_u32(out, dictionary::kVersion);
  out.append(8, '\0');
  std::uint64_t at = dictionary::kHeaderSize;
  for (const std::string& s : sections) {
    put_u32(out, at);
    at += s.size();
  }
  put_u32(out, at);
  for (const std::string& s : sections) out += s;
  const std::uint64_t sum = dictionary::checksum(std::string_view(out).substr(20));
  std::string sum_bytes;
  put_u32(sum_bytes, sum & 0xFFFFFFFF);
  put_u32(sum_bytes, sum >> 32);
  out.replace(12, 8, sum_bytes);
  return out;
}

}  // namespace

Result<std::string> build_dictionary(std::vector<FormRow> rows, std::string_view notice, std::uint32_t least) {
  return Builder().build(std::move(rows), notice, std::max(least, 1U));
}

}  // namespace litopys
