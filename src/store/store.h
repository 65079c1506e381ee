// The record as tables and full-text index: record.db of a casebook. A projection of evidence and custody log; delete it, and
// `litopys rebuild` makes the same again.
//
//   Store store = Store::create("my.case/record.db", book).value();
//   store.put(sighting, &reading);  store.mark(end);  store.commit();
//   store.claims({.measures = {"issuance"}, .place = "UA-TOT"}, [&](const ClaimRow& row) { ... return true; });
//
// Not shared by threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/edtf.h"
#include "base/language.h"
#include "base/result.h"
#include "claim/claim.h"
#include "codebook/codebook.h"
#include "store/reading.h"
#include "store/review.h"
#include "vault/act_walk.h"

namespace litopys {

// What a person asks for. Fields combine by "and", the values of one field by "or"; an empty field asks nothing.
struct ClaimFilter {
  std::vector<std::string> measures = {};
  std::vector<std::string> places = {};  // codes of GUIDE.md; a place includes what lies in it (place_codes.h)
  std::vector<Side> sides = {};
  std::vector<Stance> stances = {};
  std::vector<Language> languages = {};
  std::optional<std::string> source = {};     // part of a name of the chain or of the outlet, without case
  std::optional<Day> since = {}, until = {};  // days; a claim is in when its time meets them: a total `../D` stands at D, a claim without
                                              // time at the document's date; without any date it is out
  std::optional<std::string> match = {};      // FTS5 expression of match_expression()
  std::optional<std::string> document = {};   // its id
  bool with_figure = false;
  // What a review says is wrong is left out, unless reviewed claims or verdicts are asked for, or it is wanted too.
  std::optional<bool> reviewed = {};
  std::vector<Verdict> verdicts = {};
  bool with_wrong = false;
  bool marked = false;  // it or its document
  std::vector<std::string> tags = {};
};

// A review or a mark as the record has it.
struct SaidRow {
  std::uint64_t entry = 0;  // of the custody log
  std::string time;         // when it was said
  std::string document;     // id of the item
  int number = 0;           // of the claim, now or, where nobody reads it so any more, then; 0: the item
  bool found = true;        // false: nobody reads such a claim any more
  Verdict verdict{};        // of a review
  std::string tag;          // of a mark
  std::string by, note;     // may be empty
  std::string quote;        // of the claim
  bool standing = true;     // false: a later one took its place
};

// A claim with what is needed to show it.
struct ClaimRow {
  std::string document;  // id
  int number = 0;        // from 1, in the document
  std::string path;
  Language language = Language::other;
  std::optional<std::string> outlet, title, published;
  Claim claim;
  std::optional<SaidRow> review = {};  // the one that stands
  std::optional<Claim> read = {};      // as it was read, where a review changed it
  std::vector<SaidRow> marks = {};     // of the claim and of its document
};

struct ItemRow {
  std::string sha256;
  std::uint64_t size = 0;
  std::string id;
  std::string path;   // where it was first seen
  std::string taken;  // when
  std::vector<std::string> notes;
  std::uint64_t times_seen = 0;
  std::optional<std::string> problem;  // why it could not be read
};

// An item taken in, as the custody log and the evidence have it.
struct Sighting {
  std::uint64_t entry = 0;  // of the custody log
  ItemFacts facts;
  std::string record;  // WARC-Record-ID
  EvidencePlace place;
};

struct Counts {
  std::uint64_t items = 0, unreadable = 0, documents = 0, claims = 0;  // claims that no review calls wrong
  std::uint64_t wrong = 0;                                             // claims that one does
  std::map<std::string, std::uint64_t> by_measure;
};

class Database;

class Store {
 public:
  // A new record; an old file of that name is replaced.
  [[nodiscard]] static Result<Store> create(const std::filesystem::path& path, const Codebook& book);
  // An existing one. A missing, damaged or newer record is a kCasebook error that says what to do.
  enum class Mode : unsigned char { read, write };
  [[nodiscard]] static Result<Store> open(const std::filesystem::path& path, Mode mode);

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // --- writing. Everything between two commits is one transaction; what was not committed is gone after a crash.

  [[nodiscard]] tl::expected<void, Error> begin();
  // `reading` is needed for an item that the record does not have. One of an item that could not be read so far takes the place of its
  // problem: what was in its pictures was read.
  [[nodiscard]] tl::expected<void, Error> put(const Sighting& sighting, const ItemReading* reading);
  [[nodiscard]] tl::expected<void, Error> put_act(std::uint64_t entry, std::string_view act, std::string_view time,
                                                  std::string_view detail);
  // Adds to those who read what is in it (reading_id of claim/pipeline.h).
  [[nodiscard]] tl::expected<void, Error> read_by(const std::string& reader);
  // How far the record has come; commit this with what it counts.
  [[nodiscard]] tl::expected<void, Error> mark(const ActEnd& end);
  [[nodiscard]] tl::expected<void, Error> commit();
  void roll_back();
  // Moves the write-ahead log into the file, so that it can be renamed.
  [[nodiscard]] tl::expected<void, Error> settle();

  // --- asking

  [[nodiscard]] Result<bool> has(std::string_view sha256);
  // Whether it has the item and could not read it for want of leave to read pictures (page/content.h, kNeedsOcr).
  [[nodiscard]] Result<bool> wants_pictures_read(std::string_view sha256);
  // WARC-Record-ID of the record that holds the content; nullopt where the casebook does not have it.
  [[nodiscard]] Result<std::optional<std::string>> record_of(std::string_view sha256);
  // Every sighting of the item with this id or SHA-256, by entry; facts without notes and origin. Empty: there is none.
  [[nodiscard]] Result<std::vector<Sighting>> sightings(std::string_view item);
  [[nodiscard]] Result<ActEnd> end();
  // Id and version of the codebook that made it.
  [[nodiscard]] Result<std::pair<std::string, std::string>> codebook();
  // Those who read what is in it, in order, "; " between them; "" where nothing was read, or nobody said so.
  [[nodiscard]] Result<std::string> readers();
  [[nodiscard]] Result<Counts> counts();

  // Calls `each` with every claim that passes, by document as taken in, then number; false stops. Memory: one claim.
  [[nodiscard]] tl::expected<void, Error> claims(const ClaimFilter& filter, const std::function<bool(const ClaimRow&)>& each);
  // All documents with all claims, as taken in; one that a review calls wrong has neither words nor measure (record/taken_out.h).
  // Memory: one document.
  [[nodiscard]] tl::expected<void, Error> documents(const std::function<bool(const ItemRow&, const ClaimDocument&)>& each);
  // Every review and every mark, in the order in which they were said, from this entry of the log on.
  [[nodiscard]] tl::expected<void, Error> reviews(const std::function<bool(const SaidRow&)>& each, std::uint64_t from = 0);
  [[nodiscard]] tl::expected<void, Error> marks(const std::function<bool(const SaidRow&)>& each, std::uint64_t from = 0);
  // Entries of all reviews and marks of the item with this id or SHA-256.
  [[nodiscard]] Result<std::vector<std::uint64_t>> said_of(std::string_view item);
  // All items, as taken in.
  [[nodiscard]] tl::expected<void, Error> items(const std::function<bool(const ItemRow&)>& each);
  // The text of the document with this id; a kUsage error where there is none.
  [[nodiscard]] Result<std::string> text_of(const std::string& document);
  // Ids of the documents whose text matches, as taken in.
  [[nodiscard]] Result<std::vector<std::string>> documents_matching(const std::string& match);
  // The record as text, one line a row, for comparing two records.
  [[nodiscard]] Result<std::string> dump();
  // SQLite's own check of the file (integrity_check). Errors say what it found first.
  [[nodiscard]] tl::expected<void, Error> check();
  // For the functions of store/ that look at tables.
  [[nodiscard]] Database& database();

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace litopys
