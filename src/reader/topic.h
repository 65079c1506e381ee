// Whether a document is about the campaign at all. Most of a crawl is about something else, and what only looks like a claim there ("the
// deadline for citizens") is none.
//
//   TopicGate gate = TopicGate::make(book).value();
//   gate.names_subject(text)              some sentence names passports, citizenship, legal status
//   gate.names_setting(text, mentions)    ... and some sentence names the occupier or the land
//
// Rows of the kinds `topic` and `topic-setting` (codebooks/passportization/topic.toml), patterns as in text/lexicon.h. The rows of all
// languages are asked, since reports quote one another across them. A place with a capital counts as the land when its code begins as the
// option `places` of some setting row says ("UA").
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "text/lexicon.h"
#include "text/text.h"

namespace litopys {

// Immutable after make; threads may share one. A codebook without topic rows takes every document to be about its campaign.
class TopicGate {
 public:
  // kConfig with file and line for a pattern that cannot be parsed.
  [[nodiscard]] static Result<TopicGate> make(const Codebook& book);

  // Junk sentences do not count. Linear in the text up to the first hit.
  [[nodiscard]] bool names_subject(const Text& text) const;
  // `mentions` has an entry a sentence.
  [[nodiscard]] bool names_setting(const Text& text, const std::vector<Mentions>& mentions) const;

 private:
  std::array<Lexicon, 3> subjects_, settings_;  // by Language
  std::vector<std::string> places_;             // beginnings of codes
  bool any_subject_ = false, any_setting_ = false;
};

}  // namespace litopys
