// All mention finders behind one door: sentence by sentence, each list by span.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

// Immutable after make; threads may share one.
class MentionFinder {
 public:
  MentionFinder();
  ~MentionFinder();
  MentionFinder(MentionFinder&&) noexcept;
  MentionFinder& operator=(MentionFinder&&) noexcept;

  // kConfig errors of any finder's rows, with file and line.
  [[nodiscard]] static Result<MentionFinder> make(const Codebook& book, const Gazetteer& gazetteer);

  // One entry a sentence of `text`, in order. Linear in the text.
  [[nodiscard]] std::vector<Mentions> find(const Document& document, const Text& text) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace litopys
