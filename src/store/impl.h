// What Store holds. Inside store/ only.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "store/database.h"
#include "store/store.h"

namespace litopys {

struct Store::Impl {
  explicit Impl(Database opened);
  [[nodiscard]] std::string meta(std::string_view key);
  // The rows of one document. Precondition: it has one.
  void put_reading(std::int64_t item, const ItemReading& reading);
  // Of an item that the record has, if it could not be read so far.
  void put_late_reading(std::int64_t item, const ItemReading& reading);

  Database database;
  SqlStatement find_item, put_item, put_sighting, put_act, put_document, put_claim, put_place, put_source, put_document_words,
      put_claim_words, put_meta, get_meta;
};

// The columns of a claim that claim_of reads, then its number.
inline constexpr const char* kClaimColumns =
    "claim.start, claim.\"end\", claim.quote, claim.measure, claim.value, claim.value2, claim.bound, claim.unit, claim.figure_text, "
    "claim.places, claim.\"when\", claim.sources, claim.side, claim.stance, claim.credence, claim.targets, claim.confidence, claim.why, "
    "claim.number";
inline constexpr int kClaimColumnCount = 19;
[[nodiscard]] Claim claim_of(const SqlStatement& row);

// Each table with the statement that gives its rows in the one order.
[[nodiscard]] std::span<const std::pair<const char*, const char*>> record_tables();

}  // namespace litopys
