// Three looks, each only where the one before finds nobody: the names that the tables list; a listed name of which this may be a case
// form, word by word, by the codebook's name endings; the name itself.
#include "record/names.h"

#include <algorithm>

#include "base/pieces.h"
#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kLongWord = 8;   // bytes of Cyrillic: four letters, enough for a name of one word to be inflected
constexpr std::size_t kMostWords = 8;  // of a name that is inflected

std::vector<std::string_view> words_of(std::string_view key) {
  std::vector<std::string_view> out;
  each_piece(key, ' ', [&](std::string_view word) { out.push_back(word); });
  return out;
}

bool cyrillic(std::string_view key) { return !key.empty() && utf8::is_cyrillic(utf8::decode(key, 0).value); }

}  // namespace

// From a case form back to the words that tables list: «пушилиным» to «пушилин», since "н" may be followed by «ым».
class Actors::Cases {
 public:
  explicit Cases(const Codebook& book) {
    for (RowId id : book.rows_of("name-ending")) {
      const Row& row = book.rows[id];
      if (row.language != Language::uk && row.language != Language::ru) continue;
      const auto option = [&](const char* name) {
        const auto found = row.options.find(name);
        return found == row.options.end() ? std::string() : found->second;
      };
      const bool keeps = option("keeps") == "true";
      const std::string forms = option("forms");
      Endings& endings = row.language == Language::uk ? uk_ : ru_;
      for (const std::string& ending : row.words) {
        std::vector<std::string>& all = endings[name_key(ending)];
        each_piece(forms, '|',
                   [&](std::string_view form) { all.push_back((keeps ? name_key(ending) : "") + (form == "-" ? "" : name_key(form))); });
      }
    }
    for (const auto* endings : {&uk_, &ru_}) {
      for (const auto& [ending, forms] : *endings) {
        for (const std::string& form : forms) bases_[form].push_back(ending);
      }
    }
    for (auto& [form, bases] : bases_) {
      std::sort(bases.begin(), bases.end());
      bases.erase(std::unique(bases.begin(), bases.end()), bases.end());
      longest_ = std::max(longest_, form.size());
    }
  }

  void list(std::string_view key) {
    for (const std::string_view word : words_of(key)) words_.emplace(word);
  }

  // Listed words of which this one may be a form, itself included.
  [[nodiscard]] std::vector<std::string> bases_of(std::string_view word) const {
    std::vector<std::string> out;
    if (words_.contains(std::string(word))) out.emplace_back(word);
    for (std::size_t size = 0; size <= std::min(longest_, word.size()); ++size) {
      const std::string form(word.substr(word.size() - size));
      const auto bases = bases_.find(form);
      if (bases == bases_.end()) continue;
      for (const std::string& ending : bases->second) {
        std::string base(word.substr(0, word.size() - size));
        base += ending;
        if (words_.contains(base) && std::find(out.begin(), out.end(), base) == out.end() &&
            (gives(uk_, base, form, ending) || gives(ru_, base, form, ending)))
          out.push_back(std::move(base));
      }
    }
    return out;
  }

 private:
  using Endings = std::unordered_map<std::string, std::vector<std::string>>;

  // Whether the longest ending of the base in this language is that one, with that form.
  static bool gives(const Endings& endings, std::string_view base, const std::string& form, const std::string& ending) {
    for (std::size_t at = 0; at < base.size(); ++at) {
      const auto found = endings.find(std::string(base.substr(at)));
      if (found == endings.end()) continue;
      return found->first == ending && std::find(found->second.begin(), found->second.end(), form) != found->second.end();
    }
    return false;
  }

  Endings uk_, ru_;                                                  // forms by the first form's ending
  std::unordered_map<std::string, std::vector<std::string>> bases_;  // endings by form
  std::size_t longest_ = 0;                                          // of the forms
  std::unordered_set<std::string> words_;
};

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
  auto tables = std::make_shared<Tables>();
  auto cases = std::make_shared<Cases>(book);
  std::unordered_map<std::string, std::size_t> mains;  // of each list of listed_, how many lead it
  for (const GazetteerActor& actor : gazetteer.actors) {
    const auto id = static_cast<ActorId>(shown_.size());
    const auto names = gazetteer.names_of(actor);
    shown_.emplace_back(names.empty() ? actor.id : names.front().text);
    auto uk = std::find_if(names.begin(), names.end(), [](const GazetteerName& n) { return n.main && n.language == Language::uk; });
    if (uk == names.end()) uk = std::find_if(names.begin(), names.end(), [](const GazetteerName& n) { return n.language == Language::uk; });
    tables->body.push_back(actor.type == ActorType::body);
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
      if (cyrillic(key)) cases->list(key);
    }
  }
  for (RowId row : book.rows_of("nameless-voice")) {
    for (const std::string& word : book.rows[row].words) tables->nameless.insert(name_key(word));
  }
  tables->cases = std::move(cases);
  tables_ = std::move(tables);
}

bool Actors::nameless(std::string_view name) { return tables_->nameless.contains(name_key(name)); }

const std::vector<ActorId>* Actors::by_case(std::string_view key) const {
  if (!cyrillic(key) || (key.find(' ') == std::string_view::npos && key.size() < kLongWord)) return nullptr;
  const std::vector<std::string_view> words = words_of(key);
  if (words.size() > kMostWords) return nullptr;
  std::vector<std::string> names{""};
  for (const std::string_view word : words) {
    std::vector<std::string> longer;
    for (const std::string& base : tables_->cases->bases_of(word)) {
      for (const std::string& name : names) longer.push_back(name.empty() ? base : name + " " + base);
    }
    names = std::move(longer);
  }
  const std::vector<ActorId>* out = nullptr;
  for (const std::string& name : names) {
    const auto found = tables_->listed.find(name);
    if (found == tables_->listed.end()) continue;
    if (out != nullptr && out->front() != found->second.front()) return nullptr;  // may be either
    if (out == nullptr) out = &found->second;
  }
  return out;
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
    } else if (const auto* inflected = by_case(key)) {
      who = *inflected;
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

ActorId Actors::nameless_of(const std::string& document, const std::string& name) {
  const std::string plain = name.empty() ? "somebody unnamed" : name;
  return own("nameless " + document + "\n" + name_key(name), plain + " (" + document + ")", plain);
}

}  // namespace litopys
