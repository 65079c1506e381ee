#include "vault/act_walk.h"

namespace litopys {
namespace {

constexpr std::size_t kHeld = 512;
constexpr const char* kLook = "find out more with: litopys verify; restore the casebook from a copy";

}  // namespace

const EntryCursor::Step* EntryCursor::peek() {
  if (held_.empty() && !error_ && next_ < log_.size()) {
    const std::uint64_t until = std::min<std::uint64_t>(log_.size(), next_ + kHeld);
    const Error enough;  // tells the end of a helping
    bool stopped = false;
    const Done done = log_.for_each(next_, [&](std::uint64_t index, std::string_view bytes) -> Done {
      Result<LogEntry> entry = parse_entry(bytes);
      if (!entry) return tl::unexpected<Error>(entry.error());
      held_.push_back({index, *std::move(entry)});
      if (index + 1 < until) return {};
      stopped = true;
      return tl::unexpected<Error>(enough);
    });
    if (!done && !stopped) error_ = done.error();
    next_ = held_.empty() ? next_ : held_.back().index + 1;
  }
  return held_.empty() ? nullptr : &held_.front();
}

Result<std::set<std::uint64_t>> withdrawn_entries(LogReader& log, std::uint64_t from) {
  std::set<std::uint64_t> out;
  const Done done = log.for_each(from, [&](std::uint64_t, std::string_view bytes) -> Done {
    if (bytes.find("withdrawn") == std::string_view::npos) return {};
    const Result<LogEntry> entry = parse_entry(bytes);
    if (!entry) return tl::unexpected<Error>(entry.error());
    if (entry->act != Act::withdrawn) return {};
    const auto of = entry->facts.find("of");
    if (of == entry->facts.end()) return {};
    if (const auto* index = std::get_if<std::int64_t>(&of->second); index != nullptr && *index >= 0) {
      out.insert(static_cast<std::uint64_t>(*index));
    }
    return {};
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return out;
}

ActWalk::ActWalk(const std::filesystem::path& folder, LogReader log, const ActEnd& from)
    : evidence_(folder / "evidence", from.evidence), entries_(log, from.entries), log_size_(log.size()), done_(from.entries) {
  Result<std::set<std::uint64_t>> withdrawn = withdrawn_entries(log, std::min(from.entries, log.size()));
  if (withdrawn) {
    withdrawn_ = *std::move(withdrawn);
  } else {
    error_ = withdrawn.error();
  }
}

std::optional<Result<ActWalk::Step>> ActWalk::next() {
  if (error_) return tl::unexpected<Error>(*error_);
  const auto failed = [&](const Error& error) {
    error_ = error;
    return tl::unexpected<Error>(error);
  };
  std::optional<Result<EvidenceAct>> act = evidence_.next();
  if (act && !*act) return failed(act->error());
  while (true) {
    const EntryCursor::Step* entry = entries_.peek();
    if (entry == nullptr) {
      if (entries_.error()) {
        disagree_ = true;
        return failed(*entries_.error());
      }
      if (!act) return std::nullopt;
      return Step{**std::move(act), std::nullopt, {}};
    }
    const bool matches = act && has_evidence(entry->entry.act) && (*act)->commitment() == entry->entry.commitment;
    if (matches) {
      Step out{**std::move(act), entry->index, entry->entry};
      entries_.take();
      done_ = *out.index + 1;
      return out;
    }
    if (!has_evidence(entry->entry.act) || withdrawn_.contains(entry->index)) {
      entries_.take();
      continue;
    }
    disagree_ = true;
    if (!act) {
      return failed({ErrorKind::kCasebook,
                     "evidence",
                     {},
                     "ends before the custody log does: there is no record of entry " + std::to_string(entry->index),
                     kLook});
    }
    return failed({ErrorKind::kCasebook, "evidence",
                   "byte " + std::to_string((*act)->place.offset) + " of segment " + std::to_string((*act)->place.segment),
                   "this record is not what entry " + std::to_string(entry->index) + " of the custody log is about", kLook});
  }
}

bool ActWalk::torn() {
  if (disagree_ || !evidence_.in_tail()) return false;
  for (const EntryCursor::Step* entry = entries_.peek(); entry != nullptr; entry = entries_.peek()) {
    if (has_evidence(entry->entry.act) && !withdrawn_.contains(entry->index)) return false;
    entries_.take();
  }
  return !entries_.error();
}

ActEnd ActWalk::end() const { return {evidence_.end(), done_}; }

}  // namespace litopys
