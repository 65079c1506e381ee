// What Store holds. Inside store/ only.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "store/database.h"
#include "store/review.h"
#include "store/store.h"

namespace litopys {

struct Store::Impl {
  explicit Impl(Database opened);
  [[nodiscard]] std::string meta(std::string_view key);
  // The rows of one document. Precondition: it has one.
  void put_reading(std::int64_t item, const ItemReading& reading);
  // Of an item that the record has, if it could not be read so far.
  void put_late_reading(std::int64_t item, const ItemReading& reading);
  // Binds the columns of a claim from ?1 on, in the order of the table.
  static void bind_claim(SqlStatement& row, std::int64_t item, int number, const Claim& claim, const std::optional<Date>& published);
  void put_lists(std::int64_t row, const Claim& claim);  // its places and sources

  // What an act says of a claim or an item, where it is one that does (store/said.cc).
  void put_said(std::int64_t entry, std::string_view act, std::string_view detail);
  void put_review(std::int64_t entry, const Review& review);
  void put_mark(std::int64_t entry, const Mark& mark);
  [[nodiscard]] std::int64_t item_of(std::string_view sha256);  // 0: the record does not have it
  // The row of the claim of this item that was read so; 0: nobody reads it so any more.
  [[nodiscard]] std::int64_t claim_read_as(std::int64_t item, const ActSubject& about);
  void change_claim(std::int64_t row, const Claim& claim);

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

// Of the claims of which no review says that they are wrong.
inline constexpr const char* kStands = "claim.review IS NOT 'wrong'";

// Adds to rows of claims what people said of them.
class SaidOfClaims {
 public:
  explicit SaidOfClaims(Database& database);
  void of(ClaimRow& row, bool reviewed, std::int64_t claim, std::int64_t item);

 private:
  SqlStatement review_, read_, marks_;
  bool any_marks_ = false;
};

// Each table with the statement that gives its rows in the one order.
[[nodiscard]] std::span<const std::pair<const char*, const char*>> record_tables();

}  // namespace litopys
