// Whoever attacks here knows the formats: lengths and digests are made right each time, so that only what ties evidence, log and record
// together can tell.
#include "store/drill_said.h"

#include <algorithm>
#include <system_error>

#include "store/record_kept.h"
#include "store/reviewing.h"
#include "vault/keys.h"
#include "vault/log.h"
#include "vault/warc_writer.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNothingSaid = "nobody said two such things";

// --- in the evidence

// Where the records of an act stand among the pieces.
std::vector<std::size_t> records_of(const std::vector<DrillPiece>& all, Act act) {
  std::vector<std::size_t> out;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const auto head = parse_warc_head(all[i].bytes);
    if (head && head->get("Litopys-Act") == name_of(act)) out.push_back(i);
  }
  return out;
}

// Changes the last segment, in which two records of the act stand.
DrillProblem in_evidence(const DrillCopy& copy, Act act,
                         const std::function<void(std::vector<DrillPiece>&, const std::vector<std::size_t>& which)>& how) {
  const fs::path segment = copy.last_segment();
  std::vector<DrillPiece> all = DrillCopy::pieces(segment);
  const std::vector<std::size_t> which = records_of(all, act);
  if (which.size() < 2) return kNothingSaid;
  how(all, which);
  return DrillCopy::put(segment, all);
}

// The last record of the act in which `old` stands says `now` there.
DrillProblem reword(const DrillCopy& copy, Act act, const std::string& old, const std::string& now) {
  DrillProblem out = "no record says so";
  const DrillProblem done = in_evidence(copy, act, [&](std::vector<DrillPiece>& all, const std::vector<std::size_t>& which) {
    for (auto each = which.rbegin(); each != which.rend() && out; ++each) {
      const std::string& record = all[*each].bytes;
      const auto head = parse_warc_head(record);
      const auto block = head ? warc_block(record, *head) : std::nullopt;
      std::string text(block.value_or(std::string_view()));
      const std::size_t at = text.rfind(old);
      if (at == std::string::npos) continue;
      const auto changed = with_block(record, text.replace(at, old.size(), now));
      if (!changed) continue;
      all[*each].packed = MemberPress().pack(*changed);
      out = std::nullopt;
    }
  });
  return done ? done : out;
}

// A record that nobody's act wrote: what the first one says, by somebody else, sealed anew.
std::optional<PackedAct> forged(const std::vector<DrillPiece>& all, std::size_t like, Act act) {
  const auto head = parse_warc_head(all[like].bytes);
  const auto block = head ? warc_block(all[like].bytes, *head) : std::nullopt;
  if (!block) return std::nullopt;
  std::string json(*block);
  if (const std::size_t by = json.rfind("\"by\": \""); by != std::string::npos) json.insert(by + 7, "not ");
  Result<PackedAct> out = EvidencePress().note(act, std::string(head->get("WARC-Date")), json);
  return out ? std::optional(*std::move(out)) : std::nullopt;
}

void swap_them(std::vector<DrillPiece>& all, const std::vector<std::size_t>& which) { std::swap(all[which[0]], all[which[1]]); }
void take_one_out(std::vector<DrillPiece>& all, const std::vector<std::size_t>& which) {
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(which[0]));
}
void put_one_in_twice(std::vector<DrillPiece>& all, const std::vector<std::size_t>& which) { all.insert(all.end(), all[which[0]]); }
template <Act act>
void put_forged_between(std::vector<DrillPiece>& all, const std::vector<std::size_t>& which) {
  if (auto record = forged(all, which[0], act))
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(which[0]), {std::move(record->packed), {}});
}
template <Act act>
DrillProblem put_forged_behind(const DrillCopy& copy) {
  const std::vector<DrillPiece> all = DrillCopy::pieces(copy.last_segment());
  const std::vector<std::size_t> which = records_of(all, act);
  const std::optional<PackedAct> record = which.empty() ? std::nullopt : forged(all, which[0], act);
  return record ? copy.put_behind(record->packed) : DrillProblem(kNothingSaid);
}
DrillProblem put_old_behind(const DrillCopy& copy) {
  const std::vector<DrillPiece> all = DrillCopy::pieces(copy.last_segment());
  const std::vector<std::size_t> which = records_of(all, Act::reviewed);
  return which.empty() ? DrillProblem(kNothingSaid) : copy.put_behind(all[which[0]].packed);
}

template <Act act, auto how>
DrillProblem evidence(const DrillCopy& copy) {
  return in_evidence(copy, act, how);
}

DrillProblem other_mouth(const DrillCopy& copy) { return reword(copy, Act::reviewed, "\"by\": \"", "\"by\": \"not "); }
DrillProblem turn_verdict(const DrillCopy& copy) { return reword(copy, Act::reviewed, "\"verdict\": \"wrong\"", "\"verdict\": \"open\""); }
DrillProblem other_word(const DrillCopy& copy) { return reword(copy, Act::marked, "\"tag\": \"", "\"tag\": \"not "); }

// --- in the log

// Changes each file of entries that `how` finds something in.
DrillProblem in_entries(const DrillCopy& copy, const std::function<bool(std::string& bundle)>& how) {
  std::error_code error;
  bool any = false;
  for (fs::recursive_directory_iterator each(copy.paths().log() / "tile/entries", error), end; !error && each != end;
       each.increment(error)) {
    if (!each->is_regular_file()) continue;
    Result<std::string> bundle = read_file(each->path());
    if (!bundle || !how(*bundle)) continue;
    if (auto problem = DrillCopy::write(each->path(), *bundle)) return problem;
    any = true;
  }
  return any ? std::nullopt : DrillProblem(kNothingSaid);
}

std::string entry_head(Act act) { return R"({"act":")" + std::string(name_of(act)) + R"(","commitment":")"; }

DrillProblem other_act(const DrillCopy& copy) {
  return in_entries(copy, [](std::string& bundle) {
    const std::size_t at = bundle.rfind(entry_head(Act::reviewed));
    if (at == std::string::npos) return false;
    static_assert(std::string_view("reviewed").size() == std::string_view("exported").size());
    const std::string head = entry_head(Act::exported);
    bundle.replace(at, head.size(), head);
    return true;
  });
}
DrillProblem swap_entries(const DrillCopy& copy) {
  return in_entries(copy, [](std::string& bundle) {
    const std::string head = entry_head(Act::reviewed);
    const std::size_t second = bundle.rfind(head);
    const std::size_t first = second == std::string::npos || second == 0 ? std::string::npos : bundle.rfind(head, second - 1);
    if (first == std::string::npos) return false;
    constexpr std::ptrdiff_t kHash = 64;
    const auto at = [&](std::size_t entry) { return bundle.begin() + static_cast<std::ptrdiff_t>(entry + head.size()); };
    std::swap_ranges(at(first), at(first) + kHash, at(second));
    return true;
  });
}
DrillProblem drop_entry(const DrillCopy& copy) {
  return in_entries(copy, [](std::string& bundle) {
    const std::size_t at = bundle.rfind(entry_head(Act::marked));
    if (at == std::string::npos || at < 2) return false;
    bundle.erase(at - 2, bundle.find('}', at) + 1 - (at - 2));  // with its length
    return true;
  });
}

// --- with the key: the log and the record made anew over what was done to the evidence

template <auto attack>
DrillProblem with_key(const DrillCopy& copy) {
  if (auto problem = attack(copy)) return problem;
  return copy.log_anew();
}

// As a review is said, but dated years before.
DrillProblem date_back(const DrillCopy& copy) {
  const fs::path segment = copy.last_segment();
  const std::vector<DrillPiece> all = DrillCopy::pieces(segment);
  const std::vector<std::size_t> which = records_of(all, Act::reviewed);
  const std::optional<PackedAct> record = which.empty() ? std::nullopt : forged(all, which[0], Act::reviewed);
  if (!record) return kNothingSaid;
  const Result<LogKey> key = LogKey::load(log_key_path(copy.paths().folder), passphrase_of_user());
  if (!key) return "needs log.key: " + key.error().problem;
  {
    Result<CustodyLog> log = CustodyLog::open_for_writing(copy.paths().log(), *key);
    if (!log) return log.error().line();
    Result<EvidenceWriter> writer = EvidenceWriter::open(copy.paths().evidence(), "drill", {});
    if (!writer) return writer.error().line();
    if (const auto places = writer->append({&*record, 1}); !places) return places.error().line();
    const LogEntry entry{Act::reviewed, "2001-01-01T00:00:00.000Z", record->commitment(writer->warcinfo()), {}};
    if (const auto first = log->append({&entry, 1}); !first) return first.error().line();
  }
  return copy.remake_record();
}

// --- in the record

template <const char* const& sql>
DrillProblem in_record(const DrillCopy& copy) {
  return copy.edit(sql);
}
constexpr const char* kOtherMouth = "UPDATE review SET reviewer = 'not ' || reviewer";
constexpr const char* kSwapReviews = "UPDATE review SET claim = (SELECT min(claim) + max(claim) FROM review) - claim";
constexpr const char* kNoReview =
    "UPDATE claim SET review = NULL WHERE claim = (SELECT claim FROM review ORDER BY entry DESC LIMIT 1);"
    "DELETE FROM review WHERE entry = (SELECT max(entry) FROM review)";
constexpr const char* kForgedReview =
    "PRAGMA foreign_keys = OFF;"
    "INSERT INTO review SELECT (SELECT max(entry) FROM act) + 1, item, number, claim, 'wrong', 'somebody', '', 1 FROM review "
    "WHERE claim IS NOT NULL ORDER BY entry LIMIT 1;"
    "UPDATE claim SET review = 'wrong' WHERE claim = (SELECT claim FROM review ORDER BY entry DESC LIMIT 1)";
constexpr const char* kStandsAgain = "UPDATE claim SET review = NULL WHERE review = 'wrong'";
constexpr const char* kOtherItem =
    "UPDATE mark SET item = (SELECT item FROM item WHERE item <> mark.item ORDER BY item LIMIT 1) WHERE entry = (SELECT max(entry) FROM "
    "mark)";
constexpr const char* kNoMark = "DELETE FROM mark WHERE entry = (SELECT max(entry) FROM mark)";
constexpr const char* kForgedMark =
    "PRAGMA foreign_keys = OFF;"
    "INSERT INTO mark SELECT (SELECT max(entry) FROM act) + 1, item, 0, NULL, 'forged', 'somebody', '', 1 FROM mark ORDER BY entry LIMIT 1";

constexpr DrillAttack kAttacks[] = {
    {"a review put into another's mouth, its digests made right", other_mouth},
    {"a review's verdict turned, its digests made right", turn_verdict},
    {"two reviews swapped", evidence<Act::reviewed, swap_them>},
    {"a review taken out", evidence<Act::reviewed, take_one_out>},
    {"a review put in twice", evidence<Act::reviewed, put_one_in_twice>},
    {"a forged review put among the records", evidence<Act::reviewed, put_forged_between<Act::reviewed>>},
    {"a forged review put behind the last record", put_forged_behind<Act::reviewed>},
    {"an old review put behind the last record again", put_old_behind},
    {"a mark's word changed, its digests made right", other_word},
    {"two marks swapped", evidence<Act::marked, swap_them>},
    {"a mark taken out", evidence<Act::marked, take_one_out>},
    {"a forged mark put among the records", evidence<Act::marked, put_forged_between<Act::marked>>},
    {"a forged mark put behind the last record", put_forged_behind<Act::marked>},
    {"a review's entry in the log made another act's", other_act},
    {"two reviews' entries in the log swapped", swap_entries},
    {"a mark's entry taken out of the log", drop_entry},
    {"a review's verdict turned, all made anew with the key", with_key<turn_verdict>},
    {"a review taken out, all made anew with the key", with_key<evidence<Act::reviewed, take_one_out>>},
    {"a mark's word changed, all made anew with the key", with_key<other_word>},
    {"a review said with the key and dated back", date_back},
    {"a review in record.db put into another's mouth", in_record<kOtherMouth>},
    {"two reviews in record.db swapped", in_record<kSwapReviews>},
    {"a review taken out of record.db", in_record<kNoReview>},
    {"a review forged into record.db", in_record<kForgedReview>},
    {"a wrong claim put back into record.db", in_record<kStandsAgain>},
    {"a mark in record.db moved to another item", in_record<kOtherItem>},
    {"a mark taken out of record.db", in_record<kNoMark>},
    {"a mark forged into record.db", in_record<kForgedMark>},
};

}  // namespace

DrillProblem say_something(const DrillCopy& copy) {
  if (!LogKey::load(log_key_path(copy.paths().folder), passphrase_of_user())) return std::nullopt;
  Result<Casebook> casebook = Casebook::open(copy.paths().folder, copy.resources(), [](const std::string&) {});
  if (!casebook) return casebook.error().line();
  ClaimFilter all;
  all.with_wrong = true;
  std::vector<ClaimRow> claims;
  const auto asked = casebook->record().claims(all, [&](const ClaimRow& row) {
    claims.push_back(row);
    return claims.size() < 2;
  });
  if (!asked) return asked.error().line();
  if (claims.size() < 2) return "the casebook has too few claims";
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Result<ActSubject> about = subject_of(casebook->record(), claims[i]);
    if (!about) return about.error().line();
    Review review{*about, i == 0 ? Verdict::right : Verdict::wrong, std::nullopt, "the drill", ""};
    if (i == 0) review.says = claims[i].claim;
    if (const auto entry = note_review(*casebook, review); !entry) return entry.error().line();
    if (const auto entry = note_mark(*casebook, {*about, "drilled", false, "the drill", ""}); !entry) return entry.error().line();
  }
  const Resources& resources = *copy.resources();
  if (Done kept = keep_record(casebook->record(), codebook_of(resources), gazetteer_of(resources)); !kept) return kept.error().line();
  return std::nullopt;
}

std::span<const DrillAttack> attacks_on_what_was_said() { return kAttacks; }

}  // namespace litopys
