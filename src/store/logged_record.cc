#include "store/logged_record.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/counted.h"
#include "store/database.h"
#include "store/impl.h"
#include "store/indexed_words.h"
#include "store/reading_digest.h"
#include "store/rows.h"

namespace litopys {
namespace {

// Claims as they were read, whatever reviews say.
constexpr const char* kReadClaim = " FROM claim_read AS claim WHERE claim.claim = ?1";

}  // namespace

struct LoggedRecord::Impl {
  Impl(Store& store, const std::filesystem::path& place, const Codebook& book)
      : from(store.database()),
        made(checked(Store::create(place, book))),
        documents(words_of_index(from, "document_words")),
        claims(words_of_index(from, "claim_words")),
        ask_item(from, "SELECT item, problem_kind, problem FROM item WHERE sha256 = ?1"),
        ask_document(from, "SELECT language, outlet, url, title, published, junk, notes, text FROM document WHERE document = ?1"),
        ask_claims(from, std::string("SELECT ") + kClaimColumns + ", claim.claim FROM claim WHERE document = ?1 ORDER BY number"),
        ask_read(from, std::string("SELECT ") + kClaimColumns + kReadClaim) {
    // Nobody sees it again: neither a crash nor a power cut harms anything, and texts and their words stay where they are.
    made.database().run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    check(made.begin());
  }

  static void check(const Done& done) {
    if (!done) throw StoreFailure{done.error()};
  }
  template <class Value>
  static Value checked(Result<Value> value) {
    if (!value) throw StoreFailure{std::move(value.error())};
    return *std::move(value);
  }

  void take(const EvidenceAct& act, std::uint64_t index, const std::string& time);
  // What the record has of an item, without words, and its digest. Nothing where it does not have the item, or not as we write it.
  std::optional<std::pair<ItemReading, std::string>> reading_of(const std::string& sha256);

  Database& from;
  Store made;
  IndexedWords documents, claims;
  SqlStatement ask_item, ask_document, ask_claims, ask_read;
  std::uint64_t items = 0;
  std::string problem;
};

std::optional<std::pair<ItemReading, std::string>> LoggedRecord::Impl::reading_of(const std::string& sha256) {
  ItemReading out;
  ask_item.reset();
  ask_item.bind(1, sha256);
  if (!ask_item.step()) return std::nullopt;
  const std::int64_t item = ask_item.integer(0);
  if (!ask_item.is_null(1)) {
    const std::optional<ErrorKind> kind = kind_of_record(ask_item.text(1));
    if (!kind) return std::nullopt;
    out.problem = Error{*kind, {}, {}, std::string(ask_item.text(2)), {}};
  }
  ask_item.reset();
  std::vector<MerkleHash> claim_words;
  ask_document.bind(1, item);
  if (ask_document.step()) {
    ClaimDocument& document = out.document.emplace();
    take_head(ask_document, 0, document);
    document.junk = numbers_of_json(ask_document.text(5));
    document.notes = list_of_json(ask_document.text(6));
    document.text = ask_document.text(7);
    ask_claims.bind(1, item);
    while (ask_claims.step()) {
      const std::int64_t row = ask_claims.integer(kClaimColumnCount);
      ask_read.bind(1, row);
      document.claims.push_back(ask_read.step() ? claim_of(ask_read) : claim_of(ask_claims));
      ask_read.reset();
      claim_words.push_back(claims.take(row));
    }
    ask_claims.reset();
  }
  ask_document.reset();
  std::string digest = reading_digest(out, documents.take(item), claim_words);
  return std::pair{std::move(out), std::move(digest)};
}

void LoggedRecord::Impl::take(const EvidenceAct& act, std::uint64_t index, const std::string& time) {
  if (!act.facts) {
    check(made.put_act(index, act.act, time, act.bytes));
  } else {
    const ItemFacts& facts = *act.facts;
    const auto refuse = [&](const std::string& why) { problem = "log entry " + std::to_string(index) + ", " + facts.path + ": " + why; };
    std::optional<std::pair<ItemReading, std::string>> reading;
    if (!checked(made.has(facts.sha256))) {
      if (!facts.reading) return refuse("it was taken in by a litopys that did not log what it read");
      reading = reading_of(facts.sha256);
      if (!reading || reading->second != facts.reading->sha256) {
        return refuse(
            "record.db has something else of it than was logged as read when it was taken in: it was read again since, or edited");
      }
      check(made.read_by(facts.reading->reader));
      if (reading->first.document) reading->first.document->text.clear();  // it is what the digest says
      ++items;
    } else if (facts.transcript) {
      return refuse("its pictures were read later than the item was taken in");
    }
    check(made.put({index, facts, act.record, act.place}, reading ? &reading->first : nullptr));
  }
}

LoggedRecord::LoggedRecord(Store& looked_at, const std::filesystem::path& place, const Codebook& book) {
  if (Done begun = as_result([&] { impl_ = std::make_unique<Impl>(looked_at, place, book); }); !begun) problem_ = begun.error().line();
}

LoggedRecord::~LoggedRecord() = default;

void LoggedRecord::take(const EvidenceAct& act, std::uint64_t index, const std::string& time) {
  if (!problem_.empty()) return;
  if (Done taken = as_result([&] { impl_->take(act, index, time); }); !taken) {
    problem_ = taken.error().line();
  } else {
    problem_ = impl_->problem;
  }
}

const std::string& LoggedRecord::problem() const { return problem_; }

Done LoggedRecord::compare(const ActEnd& end, Store& looked_at, std::uint64_t& rows, const Differs& differs) {
  return as_result([&] {
    Impl::check(impl_->made.mark(end));
    Impl::check(compare_stores(impl_->made, looked_at, rows, differs, Texts::left_out));
    rows += impl_->documents.terms + impl_->claims.terms;
    // Those of items have been taken, each with its digest.
    for (const auto& [table, words] : {std::pair{"document_words", &impl_->documents}, std::pair{"claim_words", &impl_->claims}}) {
      if (!words->rows.empty()) {
        differs(std::string(table) + ": has words of no such row", "nothing",
                counted(words->rows.size(), "row", "rows") + ", " + std::to_string(words->rows.begin()->first) + " among them");
      }
    }
  });
}

Result<std::string> LoggedRecord::readers() { return impl_->made.readers(); }

std::uint64_t LoggedRecord::items() const { return impl_ ? impl_->items : 0; }

}  // namespace litopys
