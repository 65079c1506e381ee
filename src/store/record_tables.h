// What record.db keeps of the record between two additions: of each claim whose statement it is in and what it can meet, of each finding
// its claims. All of it follows from the claims; it is left out where two records are compared. Inside store/ only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "record/work_parts.h"
#include "store/database.h"
#include "store/record_bounds.h"

namespace litopys {

using KeptRow = std::int64_t;  // of a claim or a document in record.db
using KeptKey = std::int64_t;  // lasting hash of what some claims have in common

// Claims of record.db as facts of their own, in the order of the record.
struct KeptPart {
  struct Said {
    KeptRow statement = 0;  // its first claim; 0: not kept yet
    bool voice = false;
  };
  std::unique_ptr<RecordWork::Parts> parts;
  std::vector<KeptRow> claims;                // of each fact
  std::vector<Said> statements;               // of each fact
  std::vector<KeptRow> documents;             // of each document
  std::unordered_map<KeptRow, FactId> facts;  // by claim
};

// A claim as its row has it: what decides whom it can meet, without the claim.
struct KeptFact {
  KeptRow claim = 0, document = 0;
  std::uint32_t number = 0;
  KeptKey cell = 0;       // claims that can be one statement, or show each other's relay
  KeptRow statement = 0;  // its first claim
  bool voice = false;     // speaks for it
  KeptKey originator = 0;
  KeptRow shown_by = 0;  // 0: none
  bool on_ring = false;
  DayRange published, time;
  FactTime form = FactTime::none;
  Stance stance = Stance::asserted;
  Side side = Side::unknown;
  std::string measure;
  std::string value;  // empty: no figure
  KeptKey place = 0, group = 0;
  KeptKey line = 0;  // one originator, measure, place, group
  KeptKey spot = 0;  // one place and group
  int role = 0;
  KeptKey curve = 0;  // 0: binds nothing

  static constexpr int kPlan = 1, kOutcome = 2, kCompletion = 4, kPeriod = 8;
  [[nodiscard]] bool period() const { return form == FactTime::closed || form == FactTime::since; }
  friend bool operator==(const KeptFact&, const KeptFact&) = default;
};

struct KeptFinding {
  std::int64_t row = 0;
  FindingKind kind = FindingKind::contradiction;
  std::string rule;
  KeptKey cell = 0;  // what it is found again by
  Amount excess;
  std::vector<KeptRow> claims;  // as told
};

class KeptTables {
 public:
  // Keeps references. The tables must be there.
  KeptTables(Database& database, const Codebook& book, const Gazetteer& gazetteer);

  static void create(Database& database);
  static void create_indexes(Database& database);
  static void drop(Database& database);

  // How far the tables go. Nothing where there are none, or those of another format or codebook.
  struct State {
    std::int64_t documents = 0;
    KeptRow last = 0;
    DayNumber longest = 0;  // days from the first to the last of a publication
  };
  [[nodiscard]] static std::optional<State> state(Database& database, const Codebook& book);
  void put_state(const State& state);

  // A review changes a claim of the document, or takes it out: what is kept of it is stale. `before` is the claim until now.
  static void touch(Database& database, KeptRow document, const Claim& before);
  // Documents with stale claims. The tables must be there.
  [[nodiscard]] static std::set<KeptRow> touched(Database& database);
  // Whether each spelling of a name that a stale claim had stands elsewhere too, or shows nowhere.
  [[nodiscard]] bool names_still_stand();
  void clear_touched();
  // Removes the facts of claims that are wrong; gives them as they were.
  std::vector<KeptFact> remove_wrong(KeptRow document);

  // The facts of these claims, and the documents besides, with their chains; originators, statements and copies as they are kept. With
  // `names` actors are called as in the whole record.
  [[nodiscard]] KeptPart load(const std::set<KeptRow>& claims, const std::set<KeptRow>& documents, bool names);
  // All of the record, given its documents in the order of their rows. Facts only; set_all_kept does the rest.
  [[nodiscard]] KeptPart load_all(std::vector<ClaimDocument> documents);
  void set_all_kept(KeptPart& part);
  // The kept statements as those of the parts. All claims of each must be loaded.
  static void put_statements(KeptPart& part);

  [[nodiscard]] KeptFact row_of(const KeptPart& part, FactId fact, const CompletionWords& words) const;
  [[nodiscard]] static KeptKey curve_of(const Facts& facts, const Fact& fact);  // of one that binds
  [[nodiscard]] static BoundVoice voice_of(const KeptPart& part, FactId fact);  // of a fact that binds
  void put_fact(const KeptPart& part, FactId fact, const KeptFact& row);
  [[nodiscard]] std::optional<KeptFact> fact(KeptRow claim);
  // Rows for which a condition on the columns of kept_fact holds; false stops.
  void each(const std::string& condition, std::initializer_list<std::int64_t> values, const std::function<bool(const KeptFact&)>& visit);
  // Voices of a measure; the value is ?2.
  void each_of_measure(const std::string& condition, const std::string& measure, const std::optional<std::string>& value,
                       const std::function<bool(const KeptFact&)>& visit);
  [[nodiscard]] bool has_plans(KeptKey spot);  // a voice with a plan or a deadline
  [[nodiscard]] std::vector<KeptRow> claims_of(KeptRow document);
  void put_names(const KeptPart& part);
  // As Facts::place_within, of places by their keys.
  [[nodiscard]] bool place_within(KeptKey inner, KeptKey outer);

  void put_document(KeptRow document, const std::string& id, DayRange published, KeptRow original, int share);
  void put_original(KeptRow document, KeptRow original, int share);
  void put_run(std::uint64_t run, KeptRow document);
  struct Copy {
    KeptRow document = 0;
    DayNumber last = 0;
    std::string id;
    friend bool operator<(const Copy& a, const Copy& b) { return a.last != b.last ? a.last < b.last : a.id < b.id; }
  };
  [[nodiscard]] std::vector<Copy> copies_of(KeptRow original);  // itself too, in any order
  [[nodiscard]] KeptRow original_of(KeptRow document);
  [[nodiscard]] std::vector<KeptRow> carriers(std::uint64_t run);  // some of very many
  [[nodiscard]] std::vector<std::uint64_t> runs_of_document(KeptRow document);

  void put_finding(const KeptFinding& finding);
  void remove_finding(const KeptFinding& finding);
  [[nodiscard]] std::vector<KeptFinding> findings(const std::string& condition, std::initializer_list<std::int64_t> values);
  [[nodiscard]] std::vector<KeptFinding> findings_with(KeptRow claim);
  // Its claims must be loaded.
  [[nodiscard]] static FindingDraft draft_of(const KeptPart& part, const KeptFinding& finding);
  [[nodiscard]] bool has_notes(KeptKey cell);
  void put_notes(KeptKey cell, const std::vector<std::string>& notes);
  [[nodiscard]] std::vector<std::string> notes();

  struct CurveRow {
    KeptKey curve = 0;
    std::vector<std::string> codes, members;
  };
  [[nodiscard]] std::vector<CurveRow> curves(const std::string& measure);
  // The voices that bind a curve, all of them or the tightest only (record_bounds.h).
  enum class BoundsOf : unsigned char { all, tightest };
  void each_bound(KeptKey curve, BoundsOf which, const std::function<void(const BoundVoice&)>& visit);
  void bind_voice(KeptKey curve, const BoundVoice& voice);
  void unbind_voice(KeptKey curve, KeptRow claim);
  // All of them, where there are none yet.
  using PackedBounds = std::map<std::pair<KeptKey, std::int64_t>, std::string>;  // by curve and part
  static void pack_bound(KeptKey curve, const BoundVoice& voice, PackedBounds& into);
  void put_bounds(const PackedBounds& all);
  [[nodiscard]] const std::string& id_of(KeptRow document);

 private:
  void put_tightest(KeptKey curve, const std::vector<BoundVoice>& voices);
  [[nodiscard]] KeptPart part_of(std::vector<ClaimDocument> documents, const std::vector<KeptRow>& rows,
                                 const std::vector<std::vector<KeptRow>>& claims, const ClaimPicks* picks);
  static void set_kept(KeptPart& part, FactId fact, const KeptFact& kept);
  void recall_names(KeptPart& part);
  SqlStatement& prepared(const std::string& sql);

  Database& database_;
  const Codebook& book_;
  const Gazetteer& gazetteer_;
  Actors actors_;  // nobody met yet
  std::map<std::string, SqlStatement> statements_;
  std::unordered_map<KeptKey, std::vector<std::string>> places_;
  std::unordered_map<KeptRow, std::string> ids_;
  std::unordered_set<KeptKey> known_curves_, known_places_;
};

// Codes or names as one text, a line each.
[[nodiscard]] std::string kept_lines(const std::vector<std::string>& parts);
[[nodiscard]] KeptKey kept_key(std::initializer_list<std::string_view> parts);

}  // namespace litopys
