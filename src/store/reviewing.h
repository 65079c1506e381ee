// Reviews and marks are made: each is one entry of the custody log, durable when the function returns, and then in the record.
//
//   ActSubject about = subject_named(casebook.record(), "en-1#3").value();
//   note_review(casebook, {about, Verdict::wrong, {}, "O. K.", "the sentence quotes an old figure"});
//   keep_record(...);   // store/record_kept.h: what the claims say together without it
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/casebook.h"
#include "store/review.h"

namespace litopys {

// The claim "DOCUMENT#N", one that was found wrong too. Errors: kUsage where there is none.
[[nodiscard]] Result<ClaimRow> claim_named(Store& record, std::string_view name);

[[nodiscard]] Result<ActSubject> subject_of(Store& record, const ClaimRow& claim);

// An item by its id or SHA-256, or a claim by its name. Errors: kUsage where there is none.
[[nodiscard]] Result<ActSubject> subject_named(Store& record, std::string_view name);

// Give the index of the entry. Errors: those of Casebook::note; kUsage for a review without a claim or a mark without a word, and for a
// claim that holds what could not be read back.
[[nodiscard]] Result<std::uint64_t> note_review(Casebook& casebook, const Review& review);
[[nodiscard]] Result<std::uint64_t> note_mark(Casebook& casebook, const Mark& mark);

}  // namespace litopys
