// A lexicon for each language and question, asked sentence by sentence until one answers.
#include "reader/topic.h"

#include <algorithm>
#include <utility>

namespace litopys {
namespace {

bool any_hit(const std::array<Lexicon, 3>& lexicons, const Text& text) {
  // The document's own language first: it mostly answers.
  const std::size_t own = text.language == Language::other ? 0 : static_cast<std::size_t>(text.language);
  for (std::size_t k = 0; k < lexicons.size(); ++k) {
    const Lexicon& lexicon = lexicons[(own + k) % lexicons.size()];
    for (const Sentence& sentence : text.sentences) {
      if (!sentence.junk && !lexicon.find(text, sentence).empty()) return true;
    }
  }
  return false;
}

}  // namespace

Result<TopicGate> TopicGate::make(const Codebook& book) {
  TopicGate out;
  constexpr std::string_view kSubject[] = {"topic"}, kSetting[] = {"topic-setting"};
  out.any_subject_ = !book.rows_of(kSubject[0]).empty();
  for (const RowId id : book.rows_of(kSetting[0])) {
    out.any_setting_ = true;
    const auto places = book.rows[id].options.find("places");
    if (places != book.rows[id].options.end()) out.places_.push_back(places->second);
  }
  for (const Language language : kReadLanguages) {
    auto subjects = Lexicon::compile(book, kSubject, language);
    if (!subjects) return tl::unexpected(subjects.error());
    out.subjects_[static_cast<std::size_t>(language)] = *std::move(subjects);
    auto settings = Lexicon::compile(book, kSetting, language);
    if (!settings) return tl::unexpected(settings.error());
    out.settings_[static_cast<std::size_t>(language)] = *std::move(settings);
  }
  return out;
}

bool TopicGate::names_subject(const Text& text) const { return !any_subject_ || any_hit(subjects_, text); }

bool TopicGate::names_setting(const Text& text, const std::vector<Mentions>& mentions) const {
  if (!any_setting_ || any_hit(settings_, text)) return true;
  for (std::size_t i = 0; i < mentions.size() && i < text.sentences.size(); ++i) {
    if (text.sentences[i].junk) continue;
    const auto tokens = text.tokens_of(text.sentences[i]);
    for (const Place& place : mentions[i].places) {
      // Written small it may be another word: "bile" is a village too.
      const auto begins = [&](const Token& token) { return token.span.begin == place.span.begin && token.capital; };
      if (std::ranges::none_of(tokens, begins)) continue;
      for (const std::string& code : place.codes) {
        if (std::ranges::any_of(places_, [&](const std::string& begin) { return code.starts_with(begin); })) return true;
      }
    }
  }
  return false;
}

}  // namespace litopys
