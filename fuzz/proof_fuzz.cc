// Everything of the custody log that is one piece of bytes from elsewhere: proofs, notes, checkpoints, keys, bundles, names, time-stamps.
// What is accepted is written back as it was.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "vault/checkpoint.h"
#include "vault/note.h"
#include "vault/proof.h"
#include "vault/stamp.h"
#include "vault/tiles.h"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace litopys;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto proof = parse_tlog_proof(bytes)) {
    check(format_tlog_proof(*proof) == bytes);
    check(proof->path.size() <= kLongestPath);
    if (const auto extra = parse_extra(proof->extra)) check(parse_extra(format_extra(*extra).value_or("")).has_value());
  }
  if (const auto checked = check_proof(bytes, std::nullopt)) check(checked->index < checked->checkpoint.size);
  if (const auto note = parse_note(bytes)) check(format_note(*note) == bytes);
  if (const auto checkpoint = parse_checkpoint_text(bytes)) check(checkpoint_text(*checkpoint) == bytes);
  if (const auto key = NoteVerifier::parse(bytes)) check(key->vkey() == bytes);
  if (const auto name = parse_tile_name(bytes)) {
    check((name->entries ? bundle_name(name->index, name->width) : tile_name(name->level, name->index, name->width)) == bytes);
  }
  if (const auto places = split_bundle(bytes, "bundle")) {
    std::string again;
    for (const EntryPlace& place : *places) append_to_bundle(again, bytes.substr(place.offset, place.size));
    check(again == bytes);
  }
  if (const auto query = parse_stamp_query(bytes)) check(query->nonce.size() <= 2 * size);
  // A root that signed none of this: nothing may verify. The parts of one input stand for reply and root, too.
  check(!verify_stamp({}, bytes, "message", {std::string(bytes), {}, {}}));
  const std::size_t half = std::min(size, std::size_t{data != nullptr && size > 0 ? data[0] : 0U});
  check(!verify_stamp(bytes.substr(half), bytes.substr(0, half), "message", {std::string(bytes.substr(half)), {}, {}}));
  return 0;
}
