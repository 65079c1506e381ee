// Three looks, each only where the one before finds nobody: the names that the tables list, the same names with another ending (the
// codebook's name endings; two words or a long one, so that a short surname joins nobody), the name itself.
#include "record/names.h"

#include <algorithm>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kLongWord = 14;  // bytes of Cyrillic: seven letters, enough for a surname to stand alone

std::vector<std::string_view> words_of(std::string_view key) {
  std::vector<std::string_view> out;
  while (!key.empty()) {
    const std::size_t end = std::min(key.find(' '), key.size());
    out.push_back(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return out;
}

std::string stems_of(const NameIndex& endings, std::string_view key, Language language) {
  std::string out;
  for (std::string_view word : words_of(key)) {
    out += endings.cut(word, language).stem;
    out += ' ';
  }
  return out;
}

bool cyrillic(std::string_view key) { return !key.empty() && utf8::is_cyrillic(utf8::decode(key, 0).value); }

}  // namespace

std::uint64_t lasting_hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a, then mixed, since the last bytes of it move few bits
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  hash = (hash ^ (hash >> 32)) * 0x9FB21C651E98DF25ULL;
  return hash ^ (hash >> 28);
}

std::string name_key(std::string_view name) {
  std::string out;
  bool gap = false;
  for (std::size_t i = 0; i < name.size();) {
    const utf8::Decoded d = utf8::decode(name, i);
    i += d.size;
    char32_t c = utf8::lower(d.value);
    if (c == U'ё') c = U'е';
    if (utf8::is_letter(c) || utf8::is_digit(c)) {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      utf8::append(out, c);
    } else if (utf8::is_space(d.value)) {
      gap = true;
    }
  }
  if (out.starts_with("the ")) out.erase(0, 4);
  return out;
}

Actors::Actors(const Codebook& book, const Gazetteer& gazetteer) {
  auto tables = std::make_shared<Tables>(Tables{NameIndex(book), {}, {}, {}, {}});
  std::unordered_map<std::string, std::size_t> mains;  // of each list of listed_, how many lead it
  std::size_t none = 0;
  for (const GazetteerActor& actor : gazetteer.actors) {
    const auto id = static_cast<ActorId>(shown_.size());
    const auto names = gazetteer.names_of(actor);
    shown_.emplace_back(names.empty() ? actor.id : names.front().text);
    const auto uk = std::find_if(names.begin(), names.end(), [](const GazetteerName& n) { return n.main && n.language == Language::uk; });
    tables->shown_uk.emplace_back(uk == names.end() ? std::string_view() : uk->text);
    side_.push_back(actor.side);
    hash_.push_back(lasting_hash(std::string("k").append(actor.id)));
    by_hash_.emplace(hash_.back(), id);
    // Of several actors with a name: those whose main name it is, then the later rows, which are the shorter, checked table.
    const auto put = [id](std::vector<ActorId>& list, bool main, std::size_t& leading) {
      if (std::find(list.begin(), list.end(), id) != list.end()) return;
      list.insert(list.begin() + static_cast<std::ptrdiff_t>(main ? 0 : leading), id);
      leading += main ? 1 : 0;
    };
    for (const GazetteerName& name : names) {
      const std::string key = name_key(name.text);
      if (key.empty()) continue;
      put(tables->listed[key], name.main, mains[key]);
      if (!cyrillic(key)) continue;
      for (Language language : {Language::uk, Language::ru}) put(tables->inflected[stems_of(tables->endings, key, language)], false, none);
    }
  }
  for (RowId row : book.rows_of("nameless-voice")) {
    for (const std::string& word : book.rows[row].words) tables->nameless.insert(name_key(word));
  }
  tables_ = std::move(tables);
}

bool Actors::nameless(std::string_view name) { return tables_->nameless.contains(name_key(name)); }

const std::vector<ActorId>* Actors::by_stems(std::string_view key) const {
  if (!cyrillic(key) || (key.find(' ') == std::string_view::npos && key.size() < kLongWord)) return nullptr;
  for (Language language : {Language::uk, Language::ru}) {
    const auto found = tables_->inflected.find(stems_of(tables_->endings, key, language));
    if (found != tables_->inflected.end() && found->second.size() == 1) return &found->second;
  }
  return nullptr;
}

ActorId Actors::with_hash(std::uint64_t hash) {
  const auto [at, fresh] = by_hash_.try_emplace(hash, size());
  if (fresh) {
    shown_.emplace_back();
    side_.push_back(Side::unknown);
    hash_.push_back(hash);
  }
  return at->second;
}

void Actors::recall(ActorId actor, std::string shown, std::string plain) {
  shown_[actor] = std::move(shown);
  if (!plain.empty()) plain_[actor] = std::move(plain);
}

ActorId Actors::add(std::string_view key, std::string_view shown) {
  const ActorId actor = with_hash(lasting_hash(key));
  if (shown_[actor].empty() || shown < shown_[actor]) shown_[actor] = shown;
  return actor;
}

ActorId Actors::of(std::string_view name, Side side) {
  auto known = seen_.find(std::string(name));
  if (known == seen_.end()) {
    const std::string key = name_key(name);
    std::vector<ActorId> who;
    if (const auto listed = tables_->listed.find(key); listed != tables_->listed.end()) {
      who = listed->second;
    } else if (const auto* stemmed = by_stems(key)) {
      who = *stemmed;
    } else {
      who = {add("n" + (key.empty() ? std::string(name) : key), name)};
    }
    known = seen_.emplace(std::string(name), std::move(who)).first;
  }
  for (ActorId actor : known->second) {
    if (side_[actor] == side) return actor;
  }
  return known->second.front();
}

ActorId Actors::own(std::string_view key, std::string_view shown, std::string_view plain) {
  const ActorId actor = add("o" + std::string(key), shown);
  if (!plain.empty()) plain_.try_emplace(actor, plain);
  return actor;
}

}  // namespace litopys
