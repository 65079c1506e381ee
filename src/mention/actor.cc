// Three witnesses, each over the whole sentence: names of the gazetteer (mention/names.h), titles (lexicon), and the form of a person's
// name (first name and surname, initial and surname, title and capitals). A full name by form wins over a known surname inside it, so
// that a namesake of an official is not taken for him.
#include "mention/actor.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/utf8.h"
#include "mention/names.h"
#include "text/lexicon.h"

namespace litopys {
namespace {

constexpr std::uint32_t kTitleReach = 8;  // words between a title and its name: "head of the Luhansk regional military administration X"

bool has_space(std::string_view name) { return name.find(' ') != std::string_view::npos; }

std::string_view last_word(std::string_view name) {
  const std::size_t blank = name.rfind(' ');
  return blank == std::string_view::npos ? name : name.substr(blank + 1);
}

enum Part : std::uint8_t {
  kGiven = 1,
  kSurname = 2,
  kPatronymic = 4,
  kEveryday = 8,
  kGeographic = 16,
  kTitleBegin = 32,
  kTitleEnd = 64,
  kTitleInner = 128
};

}  // namespace

struct ActorFinder::Impl {
  const Gazetteer* gazetteer = nullptr;
  std::optional<NameIndex> known;  // value = index into Gazetteer::actors
  std::optional<NameIndex> given;  // first names
  std::array<Lexicon, 3> titles;
  std::unordered_map<RowId, Side> title_sides;  // rows that are titles

  struct Mark {
    std::uint8_t parts = 0;
    bool listed = false;  // a first name by the rows or the gazetteer, not by the dictionary alone
    Side title_side = Side::unknown;
    std::uint32_t title_first = 0;  // of the title that ends here
  };

  // Tokens of a sentence with what they could be.
  struct Scene {
    const Text& text;
    const Document& document;
    const Sentence& sentence;
    std::vector<Mark> marks;

    [[nodiscard]] std::uint32_t begin() const { return sentence.first_token; }
    [[nodiscard]] std::uint32_t end() const { return sentence.first_token + sentence.token_count; }
    [[nodiscard]] const Token& token(std::uint32_t i) const { return text.tokens[i]; }
    [[nodiscard]] Mark& mark(std::uint32_t i) { return marks[i - begin()]; }
    [[nodiscard]] const Mark& mark(std::uint32_t i) const { return marks[i - begin()]; }
    [[nodiscard]] bool has(std::uint32_t i, std::uint8_t parts) const { return i < end() && (mark(i).parts & parts) != 0; }
    [[nodiscard]] bool capital_word(std::uint32_t i) const { return i < end() && token(i).kind == TokenKind::word && token(i).capital; }
    [[nodiscard]] bool is(std::uint32_t i, std::string_view mark_text) const { return i < end() && token(i).lower == mark_text; }
    // One letter: an initial.
    [[nodiscard]] bool initial(std::uint32_t i) const {
      return capital_word(i) && utf8::decode(token(i).lower, 0).size == token(i).lower.size();
    }
    [[nodiscard]] bool mid_sentence(std::uint32_t i) const {
      for (std::uint32_t t = begin(); t < i; ++t) {
        if (token(t).kind == TokenKind::word) return true;
      }
      return false;
    }
  };

  struct Found {
    std::uint32_t first = 0, last = 0;  // tokens, both inside
    Actor actor;
  };

  Result<void> read_rows(const Codebook& book) {
    for (RowId id = 0; id < book.rows.size(); ++id) {
      const Row& row = book.rows[id];
      const auto kind = row.options.find("kind");
      if (row.kind == "title" || (row.kind == "speaker" && kind != row.options.end() && kind->second == "office")) {
        title_sides.emplace(id, parse_name<Side>(row.gives).value_or(Side::unknown));
      } else if (row.kind == "given-name") {
        for (const std::string& name : row.words) given->add(name, row.language, 0);
      }
    }
    constexpr std::string_view kKinds[] = {"title", "speaker"};
    for (Language language : kReadLanguages) {
      Result<Lexicon> compiled = Lexicon::compile(book, kKinds, language);
      if (!compiled) return tl::unexpected(compiled.error());
      titles[static_cast<std::size_t>(language)] = std::move(*compiled);
    }
    return {};
  }

  void read_names() {
    for (std::uint32_t i = 0; i < gazetteer->actors.size(); ++i) {
      const GazetteerActor& actor = gazetteer->actors[i];
      const bool person = actor.type == ActorType::person;
      // States and capitals speak only in a frame: reporting rows know them.
      if (actor.id == "russia" || actor.id == "moscow") continue;
      for (const GazetteerName& name : gazetteer->names_of(actor)) {
        if (person && titled(name.text)) continue;
        if (const std::size_t quote = name.text.find("«"); quote != std::string_view::npos && quote > 0)
          continue;  // "the newspaper «X»": X does
        known->add(name.text, name.language, i, {.first_capital = !person});
        if (person && name.main && has_space(name.text)) {
          given->add(name.text.substr(0, name.text.find(' ')), name.language, 0);
          // The surname; Ukrainian texts write those of the other side small on purpose.
          known->add(last_word(name.text), name.language, i, {.any_case = name.language == Language::uk && actor.side == Side::russia});
        }
      }
    }
  }

  static bool titled(std::string_view name) { return name.starts_with("President ") || name.starts_with("Президент "); }

  // ---- finding -------------------------------------------------------------------------------------------------------
  Scene look(const Text& text, const Document& document, const Sentence& sentence) const {
    Scene scene{text, document, sentence, std::vector<Mark>(sentence.token_count)};
    for (std::uint32_t i = scene.begin(); i < scene.end(); ++i) {
      const Token& token = scene.token(i);
      if (token.kind != TokenKind::word || !token.capital) continue;
      std::uint8_t& parts = scene.mark(i).parts;
      const auto readings = text.readings_of(token);
      const bool small_word = std::any_of(readings.begin(), readings.end(), [](const Reading& r) {
        return !r.guessed &&
               (r.part == PartOfSpeech::preposition || r.part == PartOfSpeech::conjunction || r.part == PartOfSpeech::pronoun);
      });
      if (small_word) {  // «Из Энергодара»: a form of some rare name too
        parts |= kEveryday;
        continue;
      }
      for (const Reading& reading : readings) {
        if (reading.guessed) continue;
        switch (reading.name) {
          case NameKind::given: parts |= kGiven; break;
          case NameKind::surname: parts |= kSurname; break;
          case NameKind::patronymic: parts |= kPatronymic; break;
          case NameKind::geographic: parts |= kGeographic; break;
          case NameKind::organisation: break;
          case NameKind::none:
            if (reading.part != PartOfSpeech::proper && reading.part != PartOfSpeech::unknown) parts |= kEveryday;
            break;
        }
      }
    }
    std::vector<NameHit> hits;
    given->find(text, sentence, hits);
    for (const NameHit& hit : hits) {
      if (hit.token_count != 1) continue;
      scene.mark(hit.first_token).parts |= kGiven;
      scene.mark(hit.first_token).listed = true;
    }
    if (text.language == Language::other) return scene;
    for (const LexiconHit& hit : titles[static_cast<std::size_t>(text.language)].find(text, sentence)) {
      const auto side = title_sides.find(hit.row);
      if (side == title_sides.end()) continue;
      const std::uint32_t last = hit.first_token + hit.token_count - 1;
      scene.mark(hit.first_token).parts |= kTitleBegin;
      Mark& mark = scene.mark(last);
      if ((mark.parts & kTitleEnd) == 0 || hit.first_token < mark.title_first) mark.title_first = hit.first_token;
      mark.parts |= kTitleEnd;
      if (mark.title_side == Side::unknown) mark.title_side = side->second;
      for (std::uint32_t t = hit.first_token; t <= last; ++t) scene.mark(t).parts |= kTitleInner;
    }
    return scene;
  }

  std::vector<Found> names_by_form(const Scene& scene) const {
    std::vector<Found> out;
    for (std::uint32_t i = scene.begin(); i < scene.end();) {
      std::uint32_t last = i;
      bool alone = false;
      if (!scene.capital_word(i) || !person_at(scene, i, last, alone)) {
        ++i;
        continue;
      }
      Found found;
      found.first = i;
      found.last = last;
      found.actor.kind = ActorKind::person;
      if (alone) found.actor.side = Side::resident;
      out.push_back(std::move(found));
      i = last + 1;
    }
    return out;
  }

  // Whether a person's name begins at `i`; `last` becomes its last token.
  static bool person_at(const Scene& scene, std::uint32_t i, std::uint32_t& last, bool& alone) {
    const auto surname = [&](std::uint32_t at) {  // a word that could be one
      return scene.capital_word(at) && !scene.has(at, kTitleInner) && !scene.token(at).all_caps;
    };
    if (scene.initial(i) && scene.is(i + 1, ".")) {  // "А. Лисогор", "О.П. Лисогор"
      std::uint32_t at = i + 2;
      if (scene.initial(at) && scene.is(at + 1, ".")) at += 2;
      if (!surname(at) || scene.initial(at)) return false;
      last = with_hyphen(scene, at);
      return true;
    }
    if (scene.has(i, kGiven)) {
      std::uint32_t at = i + 1;
      if (scene.has(at, kPatronymic) && scene.capital_word(at)) ++at;
      if (scene.initial(at) && scene.is(at + 1, ".") && scene.token(at).span.end == scene.token(at + 1).span.begin) {  // "Vasyl K."
        last = surname(at + 2) && !scene.token(at + 2).all_caps && at + 2 < scene.end() && scene.has(at + 2, kSurname) ? at + 2 : at + 1;
        alone = last == at + 1;  // a shortened name hides a private person
        return true;
      }
      if (surname(at) && !scene.is(at, "'s")) {
        last = with_hyphen(scene, at);
        return true;
      }
      if (scene.has(at, kPatronymic)) {
        last = at;
        return true;
      }
      if (at > i + 1) {  // first name and patronymic
        last = at - 1;
        return true;
      }
      alone = true;
      if (scene.token(i).all_caps || (scene.has(i, kGeographic) && !scene.mark(i).listed)) return false;
      return scene.mid_sentence(i) || !scene.has(i, kEveryday);
    }
    // A title right before capitals that nothing else explains: "Mr Vodolatsky", «мер Федоров».
    const bool led = i > scene.begin() && scene.has(i - 1, kTitleEnd) && !scene.has(i, kTitleInner);
    if (led && surname(i) && !scene.has(i, kGeographic) && !(scene.has(i, kEveryday) && !scene.has(i, kSurname))) {
      last = surname(i + 1) && !scene.has(i + 1, kEveryday | kGeographic) ? with_hyphen(scene, i + 1) : with_hyphen(scene, i);
      return true;
    }
    // Two capitals and a title in apposition: "Nada Al-Nashif, the deputy commissioner".
    if (surname(i) && surname(i + 1) && !scene.has(i, kEveryday | kGeographic) && !scene.has(i + 1, kEveryday | kGeographic)) {
      const std::uint32_t end = with_hyphen(scene, i + 1);
      if (title_after(scene, end)) {
        last = end;
        return true;
      }
    }
    if (scene.has(i, kSurname) && !scene.has(i, kEveryday | kGeographic) && surname(i) && scene.mid_sentence(i)) {
      last = with_hyphen(scene, i);
      return true;
    }
    return false;
  }

  // "Al-Nashif": Latin hyphens cut a word.
  static std::uint32_t with_hyphen(const Scene& scene, std::uint32_t at) {
    while (scene.is(at + 1, "-") && !scene.token(at + 1).space_before && scene.capital_word(at + 2) && !scene.token(at + 2).space_before)
      at += 2;
    return at;
  }

  // The last token of a title that stands after a name: ", the mayor of", "(head of ...)"; nullopt when none.
  static std::optional<std::uint32_t> title_after(const Scene& scene, std::uint32_t name_last) {
    std::uint32_t at = name_last + 1;
    if (!scene.is(at, ",") && !scene.is(at, "(") && !scene.is(at, "—") && !scene.is(at, "–")) return std::nullopt;
    constexpr std::uint32_t kNear = 4;  // ", the then deputy mayor"
    for (std::uint32_t t = at + 1; t < scene.end() && t <= at + kNear; ++t) {
      if (scene.token(t).kind == TokenKind::punctuation && scene.token(t).lower != "\"" && scene.token(t).lower != "«") return std::nullopt;
      if (!scene.has(t, kTitleBegin)) continue;
      while (!scene.has(t, kTitleEnd)) ++t;  // a title that begins in the sentence ends in it
      return t;
    }
    return std::nullopt;
  }

  static bool has_dictionary_reading(const Scene& scene, std::uint32_t i) {
    for (const Reading& reading : scene.text.readings_of(scene.token(i))) {
      if (!reading.guessed && reading.name == NameKind::none) return true;
    }
    return false;
  }

  // A colon or a finite verb and nothing else stands right behind the word.
  static bool before_verb(const Scene& scene, std::uint32_t i) {
    if (scene.is(i + 1, ":")) return true;
    if (i + 1 >= scene.end() || scene.token(i + 1).kind != TokenKind::word) return false;
    const auto readings = scene.text.readings_of(scene.token(i + 1));
    return !readings.empty() && std::all_of(readings.begin(), readings.end(), [](const Reading& r) {
      return r.part == PartOfSpeech::verb && r.form == VerbForm::finite && !r.guessed;
    });
  }

  std::vector<Found> known_names(const Scene& scene) const {
    std::vector<NameHit> hits;
    known->find(scene.text, scene.sentence, hits);
    std::vector<Found> out;
    for (std::size_t i = 0; i < hits.size();) {
      std::size_t end = i;
      while (end < hits.size() && hits[end].span == hits[i].span) ++end;
      const NameHit& hit = hits[i];
      const GazetteerActor& actor = gazetteer->actors[hit.value];
      Found found;
      found.first = hit.first_token;
      found.last = hit.first_token + hit.token_count - 1;
      found.actor.span = hit.span;
      found.actor.kind = actor.type == ActorType::person   ? ActorKind::person
                         : actor.type == ActorType::outlet ? ActorKind::outlet
                                                           : ActorKind::body;
      found.actor.side = actor.side;
      found.actor.id = actor.id;
      for (std::size_t k = i + 1; k < end; ++k) {  // namesakes
        const GazetteerActor& other = gazetteer->actors[hits[k].value];
        if (other.side != actor.side) found.actor.side = Side::unknown;
        found.actor.id.clear();
      }
      // A name that is an everyday word needs more than the capital of a sentence's beginning.
      const bool everyday = hit.token_count == 1 && scene.has(hit.first_token, kEveryday) && !scene.token(hit.first_token).all_caps;
      const bool small = hit.token_count == 1 && !scene.token(hit.first_token).capital && has_dictionary_reading(scene, hit.first_token);
      // «Сальдо: ...», «Сальдо назвав ...»: what is followed so is no balance.
      const bool speaks = found.actor.kind == ActorKind::person && !small && before_verb(scene, hit.first_token);
      if (!small && (!everyday || speaks || scene.mid_sentence(hit.first_token))) out.push_back(std::move(found));
      i = end;
    }
    return out;
  }

  std::vector<Actor> find(const Text& text, const Document& document, const Sentence& sentence) const {
    const Scene scene = look(text, document, sentence);
    std::vector<Found> by_form = names_by_form(scene);
    std::vector<Found> named = known_names(scene);
    std::vector<Found> all = merged(scene, std::move(by_form), std::move(named));
    std::vector<Actor> out;
    out.reserve(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      Found& found = all[i];
      if (found.actor.span.empty()) found.actor.span = {scene.token(found.first).span.begin, scene.token(found.last).span.end};
      found.actor.name = std::string(found.actor.span.of(document.text));
      found.actor.with_title = found.actor.span;
      if (found.actor.kind == ActorKind::person) add_title(scene, found, i == 0 ? scene.begin() : all[i - 1].last + 1);
      out.push_back(std::move(found.actor));
    }
    return out;
  }

  // Both lists by place. Of two that overlap the longer stays, the known one of equals; a known surname inside a full name lends it
  // nothing unless the whole name is known.
  static std::vector<Found> merged(const Scene& scene, std::vector<Found> by_form, std::vector<Found> named) {
    std::vector<Found> out;
    std::size_t f = 0;
    for (Found& known : named) {
      while (f < by_form.size() && by_form[f].last < known.first) out.push_back(std::move(by_form[f++]));
      if (f < by_form.size() && by_form[f].first <= known.last) {
        Found& form = by_form[f];
        const bool initials = scene.initial(form.first) || form.first == known.first;
        if (form.last - form.first > known.last - known.first) {
          if (!initials || known.actor.kind != ActorKind::person || form.last != known.last) continue;  // another person, or a wider name
          // "А. Лисогор": the initial belongs to the known surname.
          known.first = form.first;
          known.actor.span = {scene.token(form.first).span.begin, scene.token(form.last).span.end};
        }
        while (f < by_form.size() && by_form[f].first <= known.last) ++f;
      }
      if (!out.empty() && out.back().last >= known.first) continue;
      out.push_back(std::move(known));
    }
    while (f < by_form.size()) out.push_back(std::move(by_form[f++]));
    return out;
  }

  // Widens with_title over the title beside the name, and takes the side that it settles.
  static void add_title(const Scene& scene, Found& found, std::uint32_t from) {
    std::uint32_t steps = 0;
    for (std::uint32_t t = found.first; t-- > from && steps <= kTitleReach; ++steps) {
      const Token& token = scene.token(t);
      const bool comma = token.lower == ",";
      if (scene.has(t, kTitleEnd)) {
        found.actor.with_title.begin = scene.token(scene.mark(t).title_first).span.begin;
        if (found.actor.side == Side::unknown || found.actor.side == Side::resident) {
          found.actor.side = scene.mark(t).title_side != Side::unknown ? scene.mark(t).title_side
                             : found.actor.id.empty()                  ? Side::unknown
                                                                       : found.actor.side;
        }
        if (scene.mark(t).title_first <= t) break;
      }
      if (token.kind == TokenKind::punctuation && !(comma && t + 1 == found.first) && token.lower != "\"" && token.lower != "«" &&
          token.lower != "»" && token.lower != "“" && token.lower != "”" && token.lower != "-") {
        break;
      }
      // A verb between: the title is somebody else's.
      bool verb = false, other = scene.text.readings_of(token).empty();
      for (const Reading& reading : scene.text.readings_of(token)) {
        const bool finite = reading.part == PartOfSpeech::verb && !reading.guessed;
        verb |= finite;
        other |= !finite;
      }
      if (verb && !other) break;
    }
    if (const std::optional<std::uint32_t> last = title_after(scene, found.last)) {
      found.actor.with_title.end = scene.token(*last).span.end;
      if (found.actor.id.empty()) found.actor.side = scene.mark(*last).title_side;
    }
  }
};

ActorFinder::ActorFinder() = default;
ActorFinder::~ActorFinder() = default;
ActorFinder::ActorFinder(ActorFinder&&) noexcept = default;
ActorFinder& ActorFinder::operator=(ActorFinder&&) noexcept = default;

Result<ActorFinder> ActorFinder::make(const Codebook& book, const Gazetteer& gazetteer) {
  auto impl = std::make_unique<Impl>();
  impl->gazetteer = &gazetteer;
  impl->known.emplace(book);
  impl->given.emplace(book);
  if (Result<void> read = impl->read_rows(book); !read) return tl::unexpected(read.error());
  impl->read_names();
  ActorFinder out;
  out.impl_ = std::move(impl);
  return out;
}

std::vector<Actor> ActorFinder::find(const Text& text, const Document& document, const Sentence& sentence) const {
  return impl_->find(text, document, sentence);
}

}  // namespace litopys
