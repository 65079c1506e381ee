// The stages are run one by one here, because the search index wants the words that read_item throws away.
#include "store/reading.h"

#include <algorithm>
#include <exception>
#include <new>

#include "store/words.h"

namespace litopys {
namespace {

Error fault(const Item& item, const std::exception& thrown) {
  return {ErrorKind::kMalformed,
          item.path,
          {},
          std::string("reading it failed inside litopys: ") + thrown.what(),
          "kept unread; please report it with the file"};
}

Error out_of_memory(const Item& item) {
  return {ErrorKind::kLimit, item.path, {}, "reading it needs more memory than there is", "kept unread; split it into its documents"};
}

}  // namespace

std::string_view kind_in_record(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUnreadable: return "unreadable";
    case ErrorKind::kMalformed: return "malformed";
    case ErrorKind::kLimit: return "limit";
    case ErrorKind::kConfig: return "config";
    case ErrorKind::kCasebook: return "casebook";
    case ErrorKind::kUsage: return "usage";
  }
  return "malformed";
}

std::optional<ErrorKind> kind_of_record(std::string_view name) {
  for (const ErrorKind kind :
       {ErrorKind::kUnreadable, ErrorKind::kMalformed, ErrorKind::kLimit, ErrorKind::kConfig, ErrorKind::kCasebook, ErrorKind::kUsage}) {
    if (kind_in_record(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string line_in_record(Error problem) {
  problem.item.clear();
  return problem.line();
}

std::optional<Error> too_large_to_read(const std::string& path, std::uint64_t size) {
  if (size <= kLargestDocument) return std::nullopt;
  return Error{ErrorKind::kLimit,
               path,
               {},
               "has " + std::to_string(size >> 20U) + " MB; a document may have " + std::to_string(kLargestDocument >> 20U) + " MB",
               "not read; split it into its documents"};
}

Result<ClaimDocument> read_safely(const Item& item, const Resources& resources) {
  if (auto error = too_large_to_read(item.path, item.bytes.size())) return tl::unexpected<Error>(std::move(*error));
  try {
    return read_item(item, resources);
  } catch (const std::bad_alloc&) {
    return tl::unexpected<Error>(out_of_memory(item));
  } catch (const std::exception& thrown) {
    return tl::unexpected<Error>(fault(item, thrown));
  }
}

std::optional<Error> read_pictures_of(Item& item, const Resources& resources) {
  if (too_large_to_read(item.path, item.bytes.size())) return std::nullopt;  // reading it says so
  try {
    Result<std::optional<std::string>> transcript = transcript_of(item, resources);
    if (!transcript) return std::move(transcript.error());
    if (transcript->has_value() && (*transcript)->size() > kLargestDocument) return too_large_to_read(item.path, (*transcript)->size());
    item.transcript = *std::move(transcript);
  } catch (const std::bad_alloc&) {
    return out_of_memory(item);
  } catch (const std::exception& thrown) {
    return fault(item, thrown);
  }
  return std::nullopt;
}

ItemReading read_for_record(const Item& item, const Resources& resources) {
  ItemReading out;
  if (auto error = too_large_to_read(item.path, std::max(item.bytes.size(), item.transcript ? item.transcript->size() : 0))) {
    out.problem = std::move(*error);
    return out;
  }
  try {
    Result<Document> document = read_document(item, resources);
    if (!document) {
      out.problem = std::move(document.error());
      return out;
    }
    const Text text = analyse(*document, resources);
    const std::vector<Mentions> mentions = find_mentions(*document, text, resources);
    out.document = claims_of(*document, text, mentions, judge(*document, text, mentions, resources), resources);
    for (const Sentence& sentence : text.sentences) {
      if (!sentence.junk) append_index_words(out.words, text, sentence.span);
    }
    for (const Claim& claim : out.document->claims) append_index_words(out.claim_words.emplace_back(), text, claim.span);
  } catch (const std::bad_alloc&) {
    out = {};
    out.problem = out_of_memory(item);
  } catch (const std::exception& thrown) {
    out = {};
    out.problem = fault(item, thrown);
  }
  return out;
}

}  // namespace litopys
