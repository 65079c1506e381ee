// A dictionary of word forms: one memory-mapped file a language, made by tools/morphology from a table of form, lemma, tags.
//
//   Result<Morphology> uk = Morphology::open("data/morphology/uk.dict");
//   std::vector<Analysis> out;
//   uk->lookup("громадянства", out);      // громадянство noun gen sg n; громадянство noun nom pl; ...
//
// The file (all integers little-endian; varint is LEB128):
//   "LITODICT", u32 version, u64 checksum of all after it, then u32 offsets of the sections in the order below, then their end
//   alphabet   u32 code points; letter i of the alphabet has label i + 1
//   tags       strings, each with a length byte: "noun gen sg n"
//   suffixes   u32 count, u32 offsets (count + 1), bytes
//   sets       u32 count, u32 offsets (count + 1), bytes. A set is what one form can be: for each reading bytes cut from the front (u8),
//              from the end (u8), suffix (varint), tag (varint)
//   popular    u32 addresses of the nodes with the most arcs into them
//   nodes      u32 roots of three automata (forms; endings of common words, of names, both read backwards), then the nodes: a byte
//              (bit 7 final, the rest the number of arcs; 127: a varint follows), the set's index if final (varint), arcs by label: label
//              (u8), target (varint; odd: popular[v / 2], even: this node's address - v / 2)
//   notice     text: source and licence
// Drawback: a form's rank of readings is fixed when the table is made; context (capital letter) only reorders.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/text.h"

namespace litopys {

// One reading as the file has it: lemma = form[front, size - back) + suffix.
struct Analysis {
  std::uint8_t front = 0, back = 0;
  std::string_view suffix;
  Reading tags;  // lemma empty
};

// The words of a tag string ("noun gen pl") as a Reading; false for an unknown word. Vocabulary: noun adj verb adv pron num prep conj part
// participle converb proper; nom gen dat acc ins loc voc; sg pl; m f n; past pres fut; finite inf imper impers; given surname
// patronymic geo org.
[[nodiscard]] bool parse_tags(std::string_view words, Reading& out);

// Immutable; threads may share one.
class Morphology {
 public:
  Morphology();
  ~Morphology();
  Morphology(Morphology&&) noexcept;
  Morphology& operator=(Morphology&&) noexcept;

  // Maps the file. Truncated, altered, of another version: kConfig with the path and what is wrong.
  [[nodiscard]] static Result<Morphology> open(const std::filesystem::path& file);
  // The same over bytes that the object keeps (tests).
  [[nodiscard]] static Result<Morphology> from_bytes(std::string bytes, const std::string& name);

  // The readings of a folded form (Token::lower), likeliest first, appended to `out`; false when the dictionary has none. О(letters).
  bool lookup(std::string_view lower, std::vector<Analysis>& out) const;
  // Readings guessed from the longest known ending; `name`: from the endings of names first. False where no ending is known.
  bool guess(std::string_view lower, bool name, std::vector<Analysis>& out) const;
  // Source and licence of the data.
  [[nodiscard]] std::string_view notice() const;

  struct Impl;  // opaque; named by the .cc file only

 private:
  std::unique_ptr<const Impl> impl_;
};

}  // namespace litopys
