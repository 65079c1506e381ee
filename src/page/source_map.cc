// A map is a step function; composing two walks both once, because a document keeps its item's order.
#include "page/source_map.h"

#include <algorithm>

namespace litopys {
namespace {

std::uint32_t within(const SourcePiece& piece, std::uint32_t offset) {
  return piece.exact ? piece.item_begin + (offset - piece.text_begin) : piece.item_begin;
}

}  // namespace

std::uint32_t item_offset(const std::vector<SourcePiece>& map, std::uint32_t offset) {
  const auto after =
      std::upper_bound(map.begin(), map.end(), offset, [](std::uint32_t o, const SourcePiece& p) { return o < p.text_begin; });
  return after == map.begin() ? offset : within(*(after - 1), offset);
}

std::vector<SourcePiece> composed(const std::vector<SourcePiece>& inner, const std::vector<SourcePiece>& outer) {
  if (outer.empty()) return inner;
  if (inner.empty()) return outer;
  std::vector<SourcePiece> out;
  out.reserve(inner.size());
  for (std::size_t i = 0; i < inner.size(); ++i) {
    const SourcePiece& piece = inner[i];
    const std::uint32_t end = i + 1 < inner.size() ? inner[i + 1].text_begin : UINT32_MAX;
    if (!piece.exact) {
      append_piece(out, {piece.text_begin, item_offset(outer, piece.item_begin), false});
      continue;
    }
    // An exact piece may run over several outer ones.
    auto at = std::upper_bound(outer.begin(), outer.end(), piece.item_begin,
                               [](std::uint32_t o, const SourcePiece& p) { return o < p.text_begin; });
    if (at == outer.begin()) {
      append_piece(out, {piece.text_begin, piece.item_begin, true});
    } else {
      const SourcePiece& first = *(at - 1);
      append_piece(out, {piece.text_begin, within(first, piece.item_begin), first.exact});
    }
    for (; at != outer.end(); ++at) {
      const std::uint64_t text = std::uint64_t{piece.text_begin} + (at->text_begin - piece.item_begin);
      if (text >= end) break;
      append_piece(out, {static_cast<std::uint32_t>(text), at->item_begin, at->exact});
    }
  }
  return out;
}

}  // namespace litopys
