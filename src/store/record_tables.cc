// Rows of the tables, each read and written in one place; statements of SQL stay prepared. What is made of claims: store/record_parts.cc.
#include "store/record_tables.h"

#include <algorithm>
#include <charconv>

#include "record/reprints.h"

namespace litopys {
namespace {

constexpr const char* kKeptFormat = "5";  // also when names are told apart otherwise

constexpr const char* kKeptSchema = R"sql(
CREATE TABLE kept_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE kept_document (document INTEGER PRIMARY KEY, id TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  original INTEGER NOT NULL, share INTEGER NOT NULL);
CREATE INDEX kept_original ON kept_document (original);
CREATE TABLE kept_run (run INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (run, document)) WITHOUT ROWID;
CREATE TABLE kept_name (actor INTEGER NOT NULL, name TEXT NOT NULL, plain TEXT NOT NULL, PRIMARY KEY (actor, name)) WITHOUT ROWID;
CREATE TABLE kept_place (place INTEGER PRIMARY KEY, codes TEXT NOT NULL);
CREATE TABLE kept_curve (curve INTEGER PRIMARY KEY, measure TEXT NOT NULL, codes TEXT NOT NULL, members TEXT NOT NULL);
CREATE INDEX kept_curve_measure ON kept_curve (measure);
CREATE TABLE kept_fact (claim INTEGER PRIMARY KEY, document INTEGER NOT NULL, number INTEGER NOT NULL, cell INTEGER NOT NULL,
  statement INTEGER NOT NULL, voice INTEGER NOT NULL, originator INTEGER NOT NULL, shown_by INTEGER NOT NULL, on_ring INTEGER NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL, day_first INTEGER NOT NULL, day_last INTEGER NOT NULL, form INTEGER NOT NULL,
  stance INTEGER NOT NULL, side INTEGER NOT NULL, measure TEXT NOT NULL, value TEXT NOT NULL, place INTEGER NOT NULL,
  members INTEGER NOT NULL, line INTEGER NOT NULL, spot INTEGER NOT NULL, role INTEGER NOT NULL, curve INTEGER NOT NULL);
CREATE TABLE kept_bound (bound INTEGER PRIMARY KEY, curve INTEGER NOT NULL, part INTEGER NOT NULL, voices BLOB NOT NULL);
CREATE TABLE kept_finding (finding INTEGER PRIMARY KEY, kind INTEGER NOT NULL, rule TEXT NOT NULL, cell INTEGER NOT NULL,
  excess TEXT NOT NULL, claims TEXT NOT NULL);
CREATE TABLE kept_finding_claim (claim INTEGER NOT NULL, finding INTEGER NOT NULL, PRIMARY KEY (claim, finding)) WITHOUT ROWID;
CREATE TABLE kept_stale (document INTEGER NOT NULL, name TEXT NOT NULL, own INTEGER NOT NULL, PRIMARY KEY (document, name, own))
  WITHOUT ROWID;
CREATE TABLE kept_note (cell INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (cell, note)) WITHOUT ROWID;
)sql";

// Made after the rows where there are many.
constexpr const char* kKeptIndexes = R"sql(
CREATE INDEX kept_cell ON kept_fact (cell);
CREATE INDEX kept_line ON kept_fact (line) WHERE voice = 1 AND value <> '';
CREATE INDEX kept_spot ON kept_fact (spot, role) WHERE voice = 1 AND role <> 0;
CREATE INDEX kept_speaker ON kept_fact (originator, last) WHERE voice = 1 AND curve <> 0;
CREATE INDEX kept_denied ON kept_fact (measure) WHERE voice = 1 AND stance = 4;
CREATE INDEX kept_asserted ON kept_fact (measure, value) WHERE voice = 1 AND stance = 0;
CREATE INDEX kept_series ON kept_fact (place) WHERE voice = 1 AND stance = 0 AND value <> '';
CREATE INDEX kept_completion ON kept_fact (last) WHERE voice = 1 AND role & 4 <> 0;
CREATE INDEX kept_period ON kept_fact (last) WHERE voice = 1 AND role & 8 <> 0;
CREATE UNIQUE INDEX kept_bound_of ON kept_bound (curve, part);
CREATE INDEX kept_finding_cell ON kept_finding (cell, kind);
)sql";
static_assert(static_cast<int>(Stance::asserted) == 0 && static_cast<int>(Stance::denied) == 4);

constexpr const char* kFactColumns =
    "claim, document, number, cell, statement, voice, originator, shown_by, on_ring, first, last, day_first, day_last, form, stance, side, "
    "measure, value, place, members, line, spot, role, curve";

DayNumber day_of(const SqlStatement& row, int column) { return static_cast<DayNumber>(row.integer(column)); }

KeptFact fact_of_row(const SqlStatement& row) {
  KeptFact out;
  out.claim = row.integer(0);
  out.document = row.integer(1);
  out.number = static_cast<std::uint32_t>(row.integer(2));
  out.cell = row.integer(3);
  out.statement = row.integer(4);
  out.voice = row.integer(5) != 0;
  out.originator = row.integer(6);
  out.shown_by = row.integer(7);
  out.on_ring = row.integer(8) != 0;
  out.published = {day_of(row, 9), day_of(row, 10)};
  out.time = {day_of(row, 11), day_of(row, 12)};
  out.form = static_cast<FactTime>(row.integer(13));
  out.stance = static_cast<Stance>(row.integer(14));
  out.side = static_cast<Side>(row.integer(15));
  out.measure = row.text(16);
  out.value = row.text(17);
  out.place = row.integer(18);
  out.group = row.integer(19);
  out.line = row.integer(20);
  out.spot = row.integer(21);
  out.role = static_cast<int>(row.integer(22));
  out.curve = row.integer(23);
  return out;
}

std::vector<std::string> parts_of(std::string_view lines) {
  std::vector<std::string> out;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    out.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return out;
}

std::string number_text(Int128 value) {
  std::string out;
  for (Int128 rest = value < 0 ? -value : value; rest > 0 || out.empty(); rest /= 10)
    out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  return value < 0 ? "-" + out : out;
}

Int128 number_of_text(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (text.size() > 38 + (negative ? 1U : 0U)) throw StoreFailure{damaged_record("a number is too long")};
  Int128 out = 0;
  for (const char digit : text.substr(negative ? 1 : 0)) {
    if (digit < '0' || digit > '9') throw StoreFailure{damaged_record("a number is none")};
    out = out * 10 + (digit - '0');
  }
  return negative ? -out : out;
}

const char* rule_of(std::string_view rule) {
  for (const char* known : {"figures", "denial", "deadline", "completed"}) {
    if (rule == known) return known;
  }
  return "";
}

}  // namespace

std::string kept_lines(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out.append(part).append(1, '\n');
  return out;
}

KeptKey kept_key(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all.append(part).append(1, '\x1F');
  const auto key = static_cast<KeptKey>(lasting_hash(all));
  return key == 0 ? 1 : key;
}

KeptTables::KeptTables(Database& database, const Codebook& book, const Gazetteer& gazetteer)
    : database_(database), book_(book), gazetteer_(gazetteer), actors_(book, gazetteer) {}

SqlStatement& KeptTables::prepared(const std::string& sql) {
  const auto found = statements_.find(sql);
  return found != statements_.end() ? found->second : statements_.emplace(sql, SqlStatement(database_, sql)).first->second;
}

void KeptTables::create(Database& database) { database.run(kKeptSchema); }
void KeptTables::create_indexes(Database& database) { database.run(kKeptIndexes); }

void KeptTables::drop(Database& database) {
  for (const char* table :
       {"state", "document", "run", "name", "place", "curve", "fact", "bound", "finding", "finding_claim", "note", "stale"})
    database.run((std::string("DROP TABLE IF EXISTS kept_") + table).c_str());
}

// ---- how far they go ----------------------------------------------------------------------------------------------------------------

std::optional<KeptTables::State> KeptTables::state(Database& database, const Codebook& book) {
  {
    SqlStatement ask(database, "SELECT 1 FROM sqlite_master WHERE name = 'kept_state'");
    if (!ask.step()) return std::nullopt;
  }
  SqlStatement ask(database, "SELECT key, value FROM kept_state");
  std::map<std::string, std::string> values;
  while (ask.step()) values[std::string(ask.text(0))] = ask.text(1);
  if (values["format"] != kKeptFormat || values["codebook"] != book.id + " " + book.version) return std::nullopt;
  const auto number = [&](const char* key) { return std::strtoll(values[key].c_str(), nullptr, 10); };
  return State{number("documents"), number("last"), static_cast<DayNumber>(number("longest"))};
}

void KeptTables::put_state(const State& state) {
  SqlStatement& put = prepared("INSERT OR REPLACE INTO kept_state VALUES (?1, ?2)");
  put.bind(1, "format").bind(2, kKeptFormat).run();
  put.bind(1, "codebook").bind(2, book_.id + " " + book_.version).run();
  put.bind(1, "documents").bind(2, std::to_string(state.documents)).run();
  put.bind(1, "last").bind(2, std::to_string(state.last)).run();
  put.bind(1, "longest").bind(2, std::to_string(state.longest)).run();
}

void KeptTables::touch(Database& database, KeptRow document, const Claim& before) {
  {
    SqlStatement ask(database, "SELECT 1 FROM sqlite_master WHERE name = 'kept_stale'");
    if (!ask.step()) return drop(database);  // none, or of a format that cannot say it
  }
  SqlStatement put(database, "INSERT OR IGNORE INTO kept_stale VALUES (?1, ?2, ?3)");
  put.bind(1, document).bind(2, "").bind(3, std::int64_t{0}).run();
  for (const std::string& name : before.sources) {
    const bool own = before.side == Side::resident && &name == &before.sources.front();
    put.bind(1, document).bind(2, name).bind(3, std::int64_t{own}).run();
  }
}

std::set<KeptRow> KeptTables::touched(Database& database) {
  std::set<KeptRow> out;
  SqlStatement ask(database, "SELECT DISTINCT document FROM kept_stale");
  while (ask.step()) out.insert(ask.integer(0));
  return out;
}

// A name is shown in the least of its spellings, so one that stands nowhere any more must not be among them.
bool KeptTables::names_still_stand() {
  SqlStatement ask(database_, "SELECT document, name, own FROM kept_stale WHERE name <> ''");
  SqlStatement here(database_,
                    "SELECT claim.side, claim_source.rank FROM claim JOIN claim_source USING (claim) WHERE claim.document = ?1 AND "
                    "claim_source.name = ?2 AND claim.review IS NOT 'wrong'");
  SqlStatement anywhere(database_,
                        "SELECT 1 FROM claim_source JOIN claim USING (claim) WHERE claim_source.name = ?1 AND claim.review IS NOT 'wrong' "
                        "AND NOT (claim_source.rank = 0 AND claim.side = 'resident') LIMIT 1");
  Actors who = actors_;
  while (ask.step()) {
    const KeptRow document = ask.integer(0);
    const std::string name(ask.text(1));
    const bool nameless = actors_.nameless(name);
    bool found = false;
    if (nameless || ask.integer(2) != 0) {  // a voice that is its document's
      here.bind(1, document).bind(2, name);
      while (!found && here.step()) found = nameless || (here.text(0) == "resident" && here.integer(1) == 0);
      here.reset();
      if (!found && copies_of(original_of(document)).size() <= 1) {
        // Nobody else has that voice, and what the document says now is told anew.
        const auto actor = static_cast<KeptKey>(who.hash(who.nameless_of(id_of(document), name)));
        prepared("DELETE FROM kept_name WHERE actor = ?1").bind(1, actor).run();
        found = true;
      }
    } else if (who.known(who.of(name, Side::unknown))) {
      found = true;  // it has the name of its list
    } else {
      anywhere.bind(1, name);
      found = anywhere.step();
      anywhere.reset();
    }
    if (!found) return false;
  }
  return true;
}

void KeptTables::clear_touched() { database_.run("DELETE FROM kept_stale"); }

// ---- facts --------------------------------------------------------------------------------------------------------------------------

void KeptTables::put_fact(const KeptPart& part, FactId id, const KeptFact& f) {
  SqlStatement& put = prepared(
      "INSERT OR REPLACE INTO kept_fact VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
      "?21, ?22, ?23, ?24)");
  int at = 0;
  for (const std::int64_t value : {f.claim, f.document, std::int64_t{f.number}, f.cell, f.statement, std::int64_t{f.voice}, f.originator,
                                   f.shown_by, std::int64_t{f.on_ring}, std::int64_t{f.published.first}, std::int64_t{f.published.last},
                                   std::int64_t{f.time.first}, std::int64_t{f.time.last}, static_cast<std::int64_t>(f.form),
                                   static_cast<std::int64_t>(f.stance), static_cast<std::int64_t>(f.side)})
    put.bind(++at, value);
  put.bind(++at, f.measure);
  put.bind(++at, f.value);
  for (const std::int64_t value : {f.place, f.group, f.line, f.spot, std::int64_t{f.role}, f.curve}) put.bind(++at, value);
  put.run();
  const Facts& facts = part.parts->facts;
  const Fact& fact = facts.all[id];
  const FactPlace& place = facts.places[fact.place];
  if (known_places_.insert(f.place).second)
    prepared("INSERT OR IGNORE INTO kept_place VALUES (?1, ?2)").bind(1, f.place).bind(2, kept_lines(place.canonical)).run();
  if (f.curve != 0 && known_curves_.insert(f.curve).second) {
    SqlStatement& curve = prepared("INSERT OR IGNORE INTO kept_curve VALUES (?1, ?2, ?3, ?4)");
    curve.bind(1, f.curve).bind(2, f.measure).bind(3, kept_lines(place.canonical));
    curve.bind(4, kept_lines(facts.groups[fact.group].members)).run();
  }
}

std::optional<KeptFact> KeptTables::fact(KeptRow claim) {
  std::optional<KeptFact> out;
  each("claim = ?1", {claim}, [&](const KeptFact& kept) {
    out = kept;
    return false;
  });
  return out;
}

void KeptTables::each(const std::string& condition, std::initializer_list<std::int64_t> values,
                      const std::function<bool(const KeptFact&)>& visit) {
  SqlStatement& ask = prepared(std::string("SELECT ") + kFactColumns + " FROM kept_fact WHERE " + condition);
  int at = 0;
  for (const std::int64_t value : values) ask.bind(++at, value);
  while (ask.step() && visit(fact_of_row(ask))) {
  }
  ask.reset();
}

void KeptTables::each_of_measure(const std::string& condition, const std::string& measure, const std::optional<std::string>& value,
                                 const std::function<bool(const KeptFact&)>& visit) {
  SqlStatement& ask = prepared(std::string("SELECT ") + kFactColumns + " FROM kept_fact WHERE voice = 1 AND measure = ?1 AND " + condition);
  ask.bind(1, measure);
  if (value) ask.bind(2, *value);
  while (ask.step() && visit(fact_of_row(ask))) {
  }
  ask.reset();
}

bool KeptTables::has_plans(KeptKey spot) {
  static_assert(KeptFact::kPlan == 1);
  SqlStatement& ask = prepared("SELECT 1 FROM kept_fact WHERE voice = 1 AND role <> 0 AND spot = ?1 AND role & 1 <> 0 LIMIT 1");
  ask.bind(1, spot);
  const bool out = ask.step();
  ask.reset();
  return out;
}

std::vector<KeptRow> KeptTables::claims_of(KeptRow document) {
  std::vector<KeptRow> out;
  SqlStatement& ask = prepared("SELECT claim FROM claim WHERE document = ?1 AND review IS NOT 'wrong' ORDER BY number");
  ask.bind(1, document);
  while (ask.step()) out.push_back(ask.integer(0));
  ask.reset();
  return out;
}

std::vector<KeptFact> KeptTables::remove_wrong(KeptRow document) {
  std::vector<KeptFact> out;
  SqlStatement& ask = prepared("SELECT claim FROM claim WHERE document = ?1 AND review = 'wrong' ORDER BY number");
  ask.bind(1, document);
  while (ask.step()) {
    const auto old = fact(ask.integer(0));
    if (!old) continue;
    out.push_back(*old);
    prepared("DELETE FROM kept_fact WHERE claim = ?1").bind(1, old->claim).run();
  }
  ask.reset();
  return out;
}

bool KeptTables::place_within(KeptKey inner, KeptKey outer) {
  if (inner == outer) return true;
  const auto codes = [&](KeptKey key) -> const std::vector<std::string>& {
    const auto [at, fresh] = places_.try_emplace(key);
    if (!fresh) return at->second;
    SqlStatement& ask = prepared("SELECT codes FROM kept_place WHERE place = ?1");
    ask.bind(1, key);
    if (ask.step()) at->second = parts_of(ask.text(0));
    ask.reset();
    return at->second;
  };
  const std::vector<std::string>& in = codes(inner);  // the next look leaves it where it is
  const std::vector<std::string>& out = codes(outer);
  if (in.empty() || out.empty()) return false;
  return std::all_of(in.begin(), in.end(), [&](const std::string& code) {
    return std::any_of(out.begin(), out.end(), [&](const std::string& other) { return code_within(code, other); });
  });
}

// ---- documents and their copies -----------------------------------------------------------------------------------------------------

void KeptTables::put_document(KeptRow document, const std::string& id, DayRange published, KeptRow original, int share) {
  SqlStatement& put = prepared("INSERT OR REPLACE INTO kept_document VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  put.bind(1, document).bind(2, id).bind(3, std::int64_t{published.first}).bind(4, std::int64_t{published.last});
  put.bind(5, original).bind(6, std::int64_t{share}).run();
}

void KeptTables::put_run(std::uint64_t run, KeptRow document) {
  prepared("INSERT OR IGNORE INTO kept_run VALUES (?1, ?2)").bind(1, static_cast<std::int64_t>(run)).bind(2, document).run();
}

void KeptTables::put_original(KeptRow document, KeptRow original, int share) {
  prepared("UPDATE kept_document SET original = ?2, share = ?3 WHERE document = ?1")
      .bind(1, document)
      .bind(2, original)
      .bind(3, std::int64_t{share})
      .run();
}

std::vector<KeptTables::Copy> KeptTables::copies_of(KeptRow original) {
  std::vector<Copy> out;
  SqlStatement& ask = prepared("SELECT document, last, id FROM kept_document WHERE original = ?1");
  ask.bind(1, original);
  while (ask.step()) out.push_back({ask.integer(0), day_of(ask, 1), std::string(ask.text(2))});
  ask.reset();
  return out;
}

KeptRow KeptTables::original_of(KeptRow document) {
  SqlStatement& ask = prepared("SELECT original FROM kept_document WHERE document = ?1");
  ask.bind(1, document);
  const KeptRow out = ask.step() ? ask.integer(0) : document;
  ask.reset();
  return out;
}

std::vector<KeptRow> KeptTables::carriers(std::uint64_t run) {
  std::vector<KeptRow> out;
  SqlStatement& ask = prepared("SELECT document FROM kept_run WHERE run = ?1 LIMIT " + std::to_string(kManyCarriers));
  ask.bind(1, static_cast<std::int64_t>(run));
  while (ask.step()) out.push_back(ask.integer(0));
  ask.reset();
  return out;
}

std::vector<std::uint64_t> KeptTables::runs_of_document(KeptRow document) {
  SqlStatement& ask = prepared("SELECT text FROM document WHERE document = ?1");
  ask.bind(1, document);
  std::vector<std::uint64_t> out;
  if (ask.step()) out = runs_of(ask.text(0));
  ask.reset();
  return out;
}

// ---- findings -----------------------------------------------------------------------------------------------------------------------

void KeptTables::put_finding(const KeptFinding& f) {
  std::string claims;
  for (const KeptRow claim : f.claims) claims += (claims.empty() ? "" : " ") + std::to_string(claim);
  SqlStatement& put = prepared("INSERT INTO kept_finding (kind, rule, cell, excess, claims) VALUES (?1, ?2, ?3, ?4, ?5)");
  put.bind(1, static_cast<std::int64_t>(f.kind)).bind(2, f.rule).bind(3, f.cell).bind(4, number_text(f.excess.billionths()));
  put.bind(5, claims).run();
  const std::int64_t row = database_.last_row();
  SqlStatement& member = prepared("INSERT OR IGNORE INTO kept_finding_claim VALUES (?1, ?2)");
  for (const KeptRow claim : f.claims) member.bind(1, claim).bind(2, row).run();
}

namespace {

KeptFinding finding_of_row(const SqlStatement& row) {
  KeptFinding out;
  out.row = row.integer(0);
  out.kind = static_cast<FindingKind>(row.integer(1));
  out.rule = row.text(2);
  out.cell = row.integer(3);
  out.excess = Amount::raw(number_of_text(row.text(4)));
  std::string_view claims = row.text(5);
  while (!claims.empty()) {
    KeptRow claim = 0;
    const char* end = std::from_chars(claims.data(), claims.data() + claims.size(), claim).ptr;
    out.claims.push_back(claim);
    claims.remove_prefix(std::min(static_cast<std::size_t>(end - claims.data()) + 1, claims.size()));
  }
  return out;
}

}  // namespace

std::vector<KeptFinding> KeptTables::findings(const std::string& condition, std::initializer_list<std::int64_t> values) {
  SqlStatement& ask = prepared("SELECT finding, kind, rule, cell, excess, claims FROM kept_finding WHERE " + condition);
  int at = 0;
  for (const std::int64_t value : values) ask.bind(++at, value);
  std::vector<KeptFinding> out;
  while (ask.step()) out.push_back(finding_of_row(ask));
  ask.reset();
  return out;
}

std::vector<KeptFinding> KeptTables::findings_with(KeptRow claim) {
  return findings("finding IN (SELECT finding FROM kept_finding_claim WHERE claim = ?1)", {claim});
}

void KeptTables::remove_finding(const KeptFinding& f) {
  SqlStatement& member = prepared("DELETE FROM kept_finding_claim WHERE claim = ?1 AND finding = ?2");
  for (const KeptRow claim : f.claims) member.bind(1, claim).bind(2, f.row).run();
  prepared("DELETE FROM kept_finding WHERE finding = ?1").bind(1, f.row).run();
}

FindingDraft KeptTables::draft_of(const KeptPart& part, const KeptFinding& finding) {
  FindingDraft out{finding.kind, {}, rule_of(finding.rule), finding.excess};
  for (const KeptRow claim : finding.claims) out.facts.push_back(part.facts.at(claim));
  return out;
}

void KeptTables::put_notes(KeptKey cell, const std::vector<std::string>& notes) {
  prepared("DELETE FROM kept_note WHERE cell = ?1").bind(1, cell).run();
  for (const std::string& note : notes) prepared("INSERT OR IGNORE INTO kept_note VALUES (?1, ?2)").bind(1, cell).bind(2, note).run();
}

bool KeptTables::has_notes(KeptKey cell) {
  SqlStatement& ask = prepared("SELECT 1 FROM kept_note WHERE cell = ?1 LIMIT 1");
  ask.bind(1, cell);
  const bool out = ask.step();
  ask.reset();
  return out;
}

std::vector<std::string> KeptTables::notes() {
  std::vector<std::string> out;
  SqlStatement ask(database_, "SELECT DISTINCT note FROM kept_note ORDER BY note");
  while (ask.step()) out.emplace_back(ask.text(0));
  return out;
}

std::vector<KeptTables::CurveRow> KeptTables::curves(const std::string& measure) {
  std::vector<CurveRow> out;
  SqlStatement& ask = prepared("SELECT curve, codes, members FROM kept_curve WHERE measure = ?1 ORDER BY curve");
  ask.bind(1, measure);
  while (ask.step()) out.push_back({ask.integer(0), parts_of(ask.text(1)), parts_of(ask.text(2))});
  ask.reset();
  return out;
}

namespace {

// A curve's voices lie in a part for so many claims in a row, so that one more writes little anew; the tightest of them once more in a part
// by themselves.
constexpr int kPartBits = 15;
constexpr std::int64_t kTightest = -1;
std::int64_t part_of_claim(KeptRow claim) { return claim >> kPartBits; }

void read_packed(std::string_view packed, const std::function<void(const BoundVoice&)>& visit) {
  if (!each_packed_voice(packed, visit)) throw StoreFailure{damaged_record("the bounds of figures are broken")};
}

std::string packed_tightest(const std::vector<BoundVoice>& voices) {
  std::string out;
  for (const BoundVoice& voice : tightest(voices)) pack_voice(voice, out);
  return out;
}

}  // namespace

void KeptTables::each_bound(KeptKey curve, BoundsOf which, const std::function<void(const BoundVoice&)>& visit) {
  SqlStatement& ask = prepared(which == BoundsOf::all ? "SELECT voices FROM kept_bound WHERE curve = ?1 AND part <> ?2"
                                                      : "SELECT voices FROM kept_bound WHERE curve = ?1 AND part = ?2");
  ask.bind(1, curve).bind(2, kTightest);
  while (ask.step()) read_packed(ask.bytes(0), visit);
  ask.reset();
}

void KeptTables::put_tightest(KeptKey curve, const std::vector<BoundVoice>& voices) {
  const std::string packed = packed_tightest(voices);
  SqlStatement& put = prepared(
      "INSERT INTO kept_bound (curve, part, voices) VALUES (?1, ?2, ?3) ON CONFLICT (curve, part) DO UPDATE SET voices = excluded.voices");
  put.bind(1, curve).bind(2, kTightest).bind_bytes(3, packed).run();
}

void KeptTables::bind_voice(KeptKey curve, const BoundVoice& voice) {
  SqlStatement& ask = prepared("SELECT voices FROM kept_bound WHERE curve = ?1 AND part = ?2");
  ask.bind(1, curve).bind(2, part_of_claim(voice.claim));
  const bool known = ask.step();
  std::string packed(known ? ask.bytes(0) : std::string_view());
  ask.reset();
  pack_voice(voice, packed);
  SqlStatement& put = prepared(known ? "UPDATE kept_bound SET voices = ?3 WHERE curve = ?1 AND part = ?2"
                                     : "INSERT INTO kept_bound (curve, part, voices) VALUES (?1, ?2, ?3)");
  put.bind(1, curve).bind(2, part_of_claim(voice.claim)).bind_bytes(3, packed).run();
  std::vector<BoundVoice> tight;
  each_bound(curve, BoundsOf::tightest, [&](const BoundVoice& other) { tight.push_back(other); });
  tight.push_back(voice);
  const std::vector<BoundVoice> now = tightest(tight);
  if (!now.empty() && now.back().claim == voice.claim) put_tightest(curve, now);
}

void KeptTables::unbind_voice(KeptKey curve, KeptRow claim) {
  SqlStatement& ask = prepared("SELECT voices FROM kept_bound WHERE curve = ?1 AND part = ?2");
  ask.bind(1, curve).bind(2, part_of_claim(claim));
  if (ask.step()) {
    const std::string rest = packed_without(ask.bytes(0), claim);
    ask.reset();
    SqlStatement& put = prepared("UPDATE kept_bound SET voices = ?3 WHERE curve = ?1 AND part = ?2");
    put.bind(1, curve).bind(2, part_of_claim(claim)).bind_bytes(3, rest).run();
  }
  ask.reset();
  bool tight = false;
  each_bound(curve, BoundsOf::tightest, [&](const BoundVoice& voice) { tight = tight || voice.claim == claim; });
  if (!tight) return;
  std::vector<BoundVoice> all;
  each_bound(curve, BoundsOf::all, [&](const BoundVoice& voice) { all.push_back(voice); });
  put_tightest(curve, all);
}

void KeptTables::pack_bound(KeptKey curve, const BoundVoice& voice, PackedBounds& into) {
  pack_voice(voice, into[{curve, part_of_claim(voice.claim)}]);
}

void KeptTables::put_bounds(const PackedBounds& all) {
  SqlStatement& put = prepared("INSERT INTO kept_bound (curve, part, voices) VALUES (?1, ?2, ?3)");
  std::vector<BoundVoice> voices;
  for (auto at = all.begin(); at != all.end(); ++at) {
    const auto& [key, packed] = *at;
    put.bind(1, key.first).bind(2, key.second).bind_bytes(3, packed).run();
    read_packed(packed, [&](const BoundVoice& voice) { voices.push_back(voice); });
    const auto next = std::next(at);
    if (next != all.end() && next->first.first == key.first) continue;
    const std::string tight = packed_tightest(voices);
    put.bind(1, key.first).bind(2, kTightest).bind_bytes(3, tight).run();
    voices.clear();
  }
}

const std::string& KeptTables::id_of(KeptRow document) {
  const auto [at, fresh] = ids_.try_emplace(document);
  if (!fresh) return at->second;
  SqlStatement& ask = prepared("SELECT id FROM kept_document WHERE document = ?1");
  ask.bind(1, document);
  if (ask.step()) at->second = ask.text(0);
  ask.reset();
  return at->second;
}

}  // namespace litopys
