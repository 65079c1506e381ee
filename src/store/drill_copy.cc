#include "store/drill_copy.h"

#include <system_error>

#include "store/build_record.h"
#include "store/casebook.h"
#include "store/database.h"
#include "vault/evidence_writer.h"
#include "vault/keys.h"
#include "vault/warc_writer.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

void put_instead(std::string& in, const std::string& old, const std::string& now) {
  for (std::size_t at = 0; (at = in.find(old, at)) != std::string::npos; at += now.size()) in.replace(at, old.size(), now);
}

}  // namespace

DrillCopy::DrillCopy(fs::path original, fs::path copy, std::shared_ptr<const Resources> resources)
    : original_(std::move(original)), paths_{std::move(copy)}, resources_(std::move(resources)) {}

Done DrillCopy::again() const {
  std::error_code error;
  fs::remove_all(paths_.folder, error);
  fs::copy(original_, paths_.folder, fs::copy_options::recursive, error);
  if (error) return casebook_failure(paths_.folder, "the copy cannot be made", error.value());
  return {};
}

DrillProblem DrillCopy::write(const fs::path& path, std::string_view bytes) {
  if (Done wrote = replace_file(path, bytes); !wrote) return wrote.error().line();
  return std::nullopt;
}

DrillProblem DrillCopy::flip(const fs::path& path, std::size_t at) {
  Result<std::string> bytes = read_file(path);
  if (!bytes || at >= bytes->size()) return "there is no such file: " + path.filename().string();
  (*bytes)[at] = static_cast<char>((*bytes)[at] ^ 1);
  return write(path, *bytes);
}

fs::path DrillCopy::first_segment() const {
  const auto all = evidence_segments(paths_.evidence());
  return all && !all->empty() ? paths_.evidence() / all->front().name : fs::path();
}

fs::path DrillCopy::last_segment() const {
  const auto all = evidence_segments(paths_.evidence());
  return all && !all->empty() ? paths_.evidence() / all->back().name : fs::path();
}

std::vector<DrillPiece> DrillCopy::pieces(const fs::path& segment) {
  std::vector<DrillPiece> out;
  Result<MemberReader> reader = MemberReader::open(segment);
  if (!reader) return out;
  while (auto member = reader->next()) {
    if (!*member) break;
    out.push_back({std::string((*member)->packed), std::string((*member)->bytes)});
  }
  return out;
}

DrillProblem DrillCopy::put(const fs::path& segment, const std::vector<DrillPiece>& all) {
  std::string bytes;
  for (const DrillPiece& each : all) bytes += each.packed;
  return write(segment, bytes);
}

DrillProblem DrillCopy::change(const std::function<std::optional<std::string>(const std::string& record)>& how) const {
  auto all = pieces(first_segment());
  for (std::size_t i = 1; i < all.size(); ++i) {
    const std::optional<std::string> changed = how(all[i].bytes);
    if (!changed) continue;
    all[i].packed = MemberPress().pack(*changed);
    return put(first_segment(), all);
  }
  return "no record is of that kind";
}

DrillProblem DrillCopy::edit(const char* sql) const {
  const auto done = as_result([&] {
    Database database(paths_.record(), Database::Mode::write);
    database.run(sql);
  });
  return done ? std::nullopt : std::optional(done.error().line());
}

DrillProblem DrillCopy::log_anew() const {
  const Result<LogKey> key = LogKey::load(log_key_path(paths_.folder), passphrase_of_user());
  if (!key) return "needs log.key: " + key.error().problem;
  std::error_code error;
  fs::remove_all(paths_.log(), error);
  Result<CustodyLog> log = CustodyLog::open_for_writing(paths_.log(), *key);
  if (!log) return log.error().line();
  EvidenceReader reader(paths_.evidence(), {});
  std::vector<LogEntry> entries;
  const std::string now = timestamp();
  while (auto act = reader.next()) {
    if (!*act) return (*act).error().line();
    const std::optional<Act> kind = (*act)->facts ? Act::taken_in : act_of((*act)->act);
    entries.push_back(
        {kind.value_or(Act::read), now, (*act)->commitment(), (*act)->facts ? decltype(LogEntry::facts){} : public_facts((*act)->bytes)});
  }
  if (const auto first = log->append(entries); !first) return first.error().line();
  return remake_record();
}

DrillProblem DrillCopy::remake_record() const {
  remove_record(paths_.record());
  const Result<Rebuilt> rebuilt = rebuild_casebook(
      paths_.folder, resources_, {}, [](std::uint64_t) {}, [](const std::string&) {});
  return rebuilt ? std::nullopt : std::optional(rebuilt.error().line());
}

DrillProblem DrillCopy::append(std::string_view members) const {
  const fs::path segment = last_segment();
  Result<std::string> bytes = read_file(segment);
  if (!bytes) return bytes.error().line();
  return write(segment, bytes->append(members));
}

DrillProblem DrillCopy::put_behind(std::string_view members) const {
  if (auto problem = append(members)) return problem;
  (void)Casebook::open(paths_.folder, resources_, [](const std::string&) {});
  return std::nullopt;
}

DrillProblem DrillCopy::put_behind_and_hide(std::string_view members) const {
  if (auto problem = append(members)) return problem;
  std::error_code error;
  const std::string end = std::to_string(fs::file_size(last_segment(), error));
  if (auto problem = edit(("UPDATE meta SET value = '" + end + "' WHERE key = 'evidence_end'").c_str())) return problem;
  if (Result<Casebook> writer = Casebook::open(paths_.folder, resources_, [](const std::string&) {})) {
    if (const auto noted = writer->note({Act::exported, "{}"}); !noted) return noted.error().line();
  }
  return std::nullopt;
}

std::optional<std::string> with_block(const std::string& record, const std::string& block) {
  const auto head = parse_warc_head(record);
  const auto was = head ? warc_block(record, *head) : std::nullopt;
  if (!was) return std::nullopt;
  std::string out = record.substr(0, head->head_size);
  put_instead(out, labelled_sha256(*was).substr(7), labelled_sha256(block).substr(7));
  put_instead(out, "Content-Length: " + std::to_string(was->size()), "Content-Length: " + std::to_string(block.size()));
  return out + block + std::string(kWarcRecordEnd);
}

}  // namespace litopys
