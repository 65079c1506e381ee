// Where text came from: the one way from a byte of a document's text back to a byte of its item.
#pragma once

#include <cstdint>
#include <vector>

#include "page/document.h"

namespace litopys {

// The item byte behind text byte `offset`. An empty map is the identity; inside an inexact piece the answer is the piece's beginning.
// O(log pieces).
[[nodiscard]] std::uint32_t item_offset(const std::vector<SourcePiece>& map, std::uint32_t offset);

// Appends a piece, or widens the last one where the new piece only continues it. Precondition: text_begin does not fall.
inline void append_piece(std::vector<SourcePiece>& map, SourcePiece piece) {
  if (!map.empty()) {
    SourcePiece& last = map.back();
    if (last.text_begin == piece.text_begin) {
      last = piece;
      return;
    }
    if (last.exact && piece.exact && last.item_begin + (piece.text_begin - last.text_begin) == piece.item_begin) return;
  }
  map.push_back(piece);
}

// The map of a text that was made from a text that has itself a map: first `inner` (new text to old text), then `outer` (old text to
// item). O(inner + outer).
[[nodiscard]] std::vector<SourcePiece> composed(const std::vector<SourcePiece>& inner, const std::vector<SourcePiece>& outer);

}  // namespace litopys
