// Names of one document: the fullest form of each voice, titles that mean a person, short names of bodies. Used by voice.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

// A voice by its fullest name in the document.
struct NamedVoice {
  std::string name;
  Side side = Side::unknown;
  ActorKind kind = ActorKind::nameless;
  bool titled = false;  // a person with an office
  bool bare = false;    // one common noun that nobody in the document is known by
};

class VoiceNames {
 public:
  VoiceNames(const Document& document, const Text& text, const std::vector<Mentions>& mentions);

  // Who is meant by an actor of sentence `at`: "Fedorov" and «мер» give the person with the full name where the document has one.
  [[nodiscard]] NamedVoice resolve(const Actor& actor, std::uint32_t at) const;

  // True where the name is that of the document's outlet: such a voice is never listed.
  [[nodiscard]] bool is_outlet(std::string_view name) const;

 private:
  struct Entity {
    std::string id;
    std::string name;
    int rank = 0;  // of `name`
    Side side = Side::unknown;
    ActorKind kind = ActorKind::nameless;
    std::vector<std::string> stems, titles;
    std::uint32_t first_sentence = 0, last_sentence = 0;
  };

  [[nodiscard]] std::vector<std::string> stems_of(Span span) const;
  void add(const Actor& actor, std::uint32_t at);
  [[nodiscard]] const Entity* best_with(const std::vector<std::string>& stems, std::uint32_t at, bool titles) const;

  const Document& document_;
  const Text& text_;
  std::vector<Entity> entities_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_stem_, by_title_;
  std::vector<std::string> outlet_;
};

// The comparable part of a word form: its first four letters at least, without an ending of up to three.
[[nodiscard]] std::string name_stem(std::string_view folded);

}  // namespace litopys
