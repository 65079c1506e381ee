// What each kind of row means to a voice, in one place.
#include "claim/voice_rows.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "claim/weights.h"

namespace litopys {
namespace {

constexpr std::string_view kKinds[] = {"narration", "document-voice", "credence", "verification", "speaker-side",
                                       "speaker",   "speech-word",    "anyone",   "host",         "conversation"};
constexpr std::uint32_t kLongestSentence = 1500;

RowUse document_use(std::string_view gives) {
  constexpr std::pair<std::string_view, RowUse> kUses[] = {{"form", RowUse::document_form},     {"paper", RowUse::document_paper},
                                                           {"letter", RowUse::document_letter}, {"press", RowUse::document_press},
                                                           {"we", RowUse::document_we},         {"i", RowUse::document_i},
                                                           {"you", RowUse::document_you}};
  const auto found = std::find_if(std::begin(kUses), std::end(kUses), [&](const auto& use) { return use.first == gives; });
  return found == std::end(kUses) ? RowUse::document : found->second;
}

}  // namespace

Result<VoiceRows> VoiceRows::make(const Codebook& book) {
  VoiceRows out;
  out.rows.resize(book.rows.size());
  out.ids.resize(book.rows.size());
  out.measures = book.measures.size();
  for (std::size_t i = 0; i < book.rows.size(); ++i) {
    const Row& row = book.rows[i];
    VoiceRow& mine = out.rows[i];
    out.ids[i] = row.id;
    if (row.kind == "anyone") mine.use = RowUse::anyone;
    if (row.kind == "host") mine.use = RowUse::host;
    if (row.kind == "conversation")
      mine.use = row.gives == "answers"        ? RowUse::answers
                 : row.gives == "asks"         ? RowUse::asks
                 : row.gives == "asks-perhaps" ? RowUse::asks_perhaps
                                               : RowUse::conversation;
    if (row.kind == "narration") mine.use = RowUse::narration;
    if (row.kind == "document-voice") {
      mine.use = document_use(row.gives);
      mine.side = parse_name<Side>(row.gives).value_or(Side::unknown);
      if (const auto it = row.options.find("at"); it != row.options.end()) {
        if (it->second == "name") mine.use = RowUse::document_name;
        mine.anywhere = it->second == "any";
        mine.reach = mine.anywhere ? kLongestSentence : 1;
      }
      if (const auto it = row.options.find("weight"); it != row.options.end()) mine.weight = it->second == "2" ? 2 : 1;
    }
    if (row.kind == "credence") {
      mine.use = RowUse::credence;
      mine.credence = parse_name<Credence>(row.gives).value_or(Credence::plain);
    }
    if (row.kind == "speech-word" && row.gives == "first-person") mine.use = RowUse::first_person;
    if (row.kind == "speech-word" && (row.gives == "pronoun" || row.gives == "he" || row.gives == "it")) mine.use = RowUse::pronoun;
    if (row.kind == "verification") {
      mine.use = RowUse::verification;
      mine.everything = row.gives == "document";
      mine.only_here = row.gives == "sentence";
    }
    if (row.kind == "speaker-side" || row.kind == "speaker") {
      mine.use = row.kind == "speaker" ? RowUse::speaker : RowUse::side;
      mine.side = parse_name<Side>(row.gives).value_or(Side::unknown);
      const auto kind = row.options.find("kind");
      mine.body = kind != row.options.end() && kind->second == "body";
    }
  }
  for (const RowId id : book.rows_of("weights")) {
    const Row& row = book.rows[id];
    if (row.id == "origin") add_weights<OriginSign>(row.words, out.origins.emplace());
    if (!row.id.starts_with("side")) continue;
    if (!out.sides) out.sides.emplace();
    for (std::size_t k = 0; k < kDocumentSides.size(); ++k) {
      if (row.id == "side" || row.id == "side." + std::string(name(kDocumentSides[k]))) add_weights<VoiceSign>(row.words, (*out.sides)[k]);
    }
  }
  for (Language language : kReadLanguages) {
    auto lexicon = Lexicon::compile(book, kKinds, language);
    if (!lexicon) return tl::unexpected(lexicon.error());
    out.lexicons[static_cast<std::size_t>(language)] = std::move(*lexicon);
  }
  return out;
}

std::vector<LexiconHit> VoiceRows::hits(const Text& text, const Sentence& whole) const {
  const auto index = static_cast<std::size_t>(text.language);
  if (index >= lexicons.size() || !lexicons[index] || whole.token_count == 0) return {};
  Sentence sentence = whole;
  sentence.token_count = std::min(sentence.token_count, kLongestSentence);
  return lexicons[index]->find(text, sentence);
}

}  // namespace litopys
