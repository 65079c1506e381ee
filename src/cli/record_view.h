// The record of a casebook as the commands findings, statement, origins and series look at it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cli/session.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "record/record.h"
#include "store/casebook.h"
#include "store/record_of.h"

namespace litopys {

struct RecordView {
  CasebookReader casebook;
  Codebook book;
  Gazetteer gazetteer;
  Record record;
  std::size_t findings = 0;  // in all
};

// Opens a casebook whose record is still to be read. Empty after an error, which is reported.
[[nodiscard]] std::optional<RecordView> open_without_record(const std::string& folder, const std::optional<std::string>& codebook,
                                                            Session& session);

// Opens a casebook and its record, or at least what is wanted of it. Empty after an error, which is reported. What was left out of the
// record is noted.
[[nodiscard]] std::optional<RecordView> open_record(const std::string& folder, const std::optional<std::string>& codebook, Session& session,
                                                    const std::optional<RecordPart>& wanted = {});

// The statement of each claim: by claim name, index into Record::statements. Points into the record.
[[nodiscard]] std::unordered_map<std::string_view, std::size_t> statements_by_claim(const Record& record);

// "more than 2 …" in parts: the claim's document and date for a line below a sentence, "doc-3#1, RIA, 2024-03-12".
[[nodiscard]] std::string claim_place_text(const Record& record, const std::string& claim);

[[nodiscard]] std::string joined_with(const std::vector<std::string>& values, std::string_view between);

}  // namespace litopys
