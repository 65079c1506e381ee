#include "cli/record_view.h"

namespace litopys {

std::optional<RecordView> open_without_record(const std::string& folder, const std::optional<std::string>& codebook, Session& session) {
  Result<CasebookReader> casebook = open_casebook(folder);
  if (!casebook) {
    session.report(casebook.error());
    return std::nullopt;
  }
  if (casebook->behind)
    session.note("the record is behind the evidence: an add was interrupted or is running; to complete it: litopys rebuild " + folder);
  const ResourcePaths paths = default_paths();
  Result<Codebook> book = load_codebook(codebook ? std::filesystem::path(*codebook) : paths.codebook);
  if (!book) {
    session.report(book.error());
    return std::nullopt;
  }
  Result<Gazetteer> gazetteer = load_gazetteer(paths.gazetteer);
  if (!gazetteer) {
    session.report(gazetteer.error());
    return std::nullopt;
  }
  return RecordView{*std::move(casebook), *std::move(book), *std::move(gazetteer), {}, 0};
}

std::optional<RecordView> open_record(const std::string& folder, const std::optional<std::string>& codebook, Session& session,
                                      const std::optional<RecordPart>& wanted) {
  std::optional<RecordView> view = open_without_record(folder, codebook, session);
  if (!view) return std::nullopt;
  Result<RecordShown> shown = RecordShown{};
  if (wanted) {
    shown = record_of(view->casebook.record, view->book, view->gazetteer, Language::en, *wanted);
  } else if (Result<Record> whole = record_of(view->casebook.record, view->book, view->gazetteer)) {
    shown->findings = whole->findings.size();
    shown->record = *std::move(whole);
  } else {
    shown = tl::unexpected<Error>(whole.error());
  }
  if (!shown) {
    session.report(shown.error());
    return std::nullopt;
  }
  for (const std::string& note : shown->record.notes) session.note(note);
  view->record = std::move(shown->record);
  view->findings = shown->findings;
  return view;
}

std::unordered_map<std::string_view, std::size_t> statements_by_claim(const Record& record) {
  std::unordered_map<std::string_view, std::size_t> out;
  for (std::size_t s = 0; s < record.statements.size(); ++s) {
    for (const std::string& claim : record.statements[s].claims) out.emplace(claim, s);
  }
  return out;
}

std::string claim_place_text(const Record& record, const std::string& claim) {
  std::string out = claim;
  const auto found = record.claim(claim);
  if (!found) return out;
  if (found->document->outlet) out += ", " + *found->document->outlet;
  out += ", " + found->document->published.value_or("undated");
  return out;
}

std::string joined_with(const std::vector<std::string>& values, std::string_view between) {
  std::string out;
  for (const std::string& value : values) out.append(&value == values.data() ? "" : between).append(value);
  return out;
}

}  // namespace litopys
