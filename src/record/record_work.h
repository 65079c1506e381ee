// The record worked out but not yet told: numbers and indices, from which each object is made when it is asked for. What `litopys record`
// prints of a million claims need not stand in memory.
//
//   const RecordWork work(std::move(documents), codebook, gazetteer);
//   write_jsonl(work, Language::en, sink);   // record/json.h
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/language.h"
#include "record/record.h"

namespace litopys {

class RecordWork {
 public:
  // Does everything but the words: the cost of make_record without its objects. Keeps references to both tables.
  RecordWork(std::vector<ClaimDocument> documents, const Codebook& book, const Gazetteer& gazetteer);
  struct Parts;  // record/work_parts.h
  explicit RecordWork(std::unique_ptr<Parts> parts);
  ~RecordWork();
  RecordWork(RecordWork&&) noexcept;
  RecordWork& operator=(RecordWork&&) noexcept;

  // Each object once, in the order in which the record has them. Linear in what they hold.
  void each_statement(const std::function<void(Statement&&)>& visit) const;
  void each_reprints(const std::function<void(const Reprints&)>& visit) const;
  void each_series(const std::function<void(RecordSeries&&)>& visit) const;
  // Sentences in Ukrainian, or English for any other language.
  void each_finding(Language language, const std::function<void(Finding&&)>& visit) const;
  // Sorted.
  [[nodiscard]] std::vector<std::string> notes() const;

  // All of it at once, with what it was made of.
  [[nodiscard]] Record take(Language language) &&;

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace litopys
