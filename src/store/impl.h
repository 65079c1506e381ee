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

  Database database;
  SqlStatement find_item, put_item, put_sighting, put_act, put_document, put_claim, put_place, put_source, put_document_words,
      put_claim_words, put_meta, get_meta;
};

// Each table with the statement that gives its rows in the one order.
[[nodiscard]] std::span<const std::pair<const char*, const char*>> record_tables();

}  // namespace litopys
