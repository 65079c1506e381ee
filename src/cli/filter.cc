#include "cli/filter.h"

#include <algorithm>

#include "codebook/gazetteer.h"
#include "codebook/near_miss.h"
#include "store/words.h"

namespace litopys {
namespace {

tl::unexpected<Error> no_such(std::string_view option, const std::string& word, const std::vector<std::string_view>& known) {
  std::string next;
  if (const std::string_view near = near_miss(word, known); !near.empty()) {
    next = "did you mean " + std::string(near) + "?";
  } else {
    for (const std::string_view each : known) next += (next.empty() ? "one of: " : ", ") + std::string(each);
  }
  return fail(ErrorKind::kUsage, std::string(option), {}, "\"" + word + "\" is not known", next);
}

template <class E>
Result<std::vector<E>> values_of(std::string_view option, const std::vector<std::string>& words) {
  std::vector<E> out;
  for (const std::string& word : words) {
    const std::optional<E> value = parse_name<E>(word);
    if (!value) return no_such(option, word, {Names<E>::all.begin(), Names<E>::all.end()});
    out.push_back(*value);
  }
  return out;
}

Result<Date> date_of(std::string_view option, const std::string& word) {
  if (const std::optional<Date> date = Date::parse(word); date && date->valid()) return *date;
  return fail(ErrorKind::kUsage, std::string(option), {}, "\"" + word + "\" is no date", "write 2024, 2024-03 or 2024-03-20");
}

bool is_code(const std::string& place) {
  const std::string region = place.substr(0, place.find('/'));
  return region.size() >= 2 && region.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == std::string::npos;
}

}  // namespace

void declare_filter(Command& command, FilterWords& words) {
  command.option("--measure", words.measures, "Measure, as in the codebook; may be given again").type_name("MEASURE").one_each();
  command.option("--place", words.places, "Code (UA-65, UA-TOT) or name; what lies in it is included").type_name("PLACE").one_each();
  command.option("--side", words.sides, "Whose voice: russia, ukraine, international, ngo ...").type_name("SIDE").one_each();
  command.option("--source", words.source, "Part of a name of the source, a relay or the outlet").type_name("NAME");
  command.option("--since", words.since, "Not before this day, month or year").type_name("DATE");
  command.option("--until", words.until, "Not after it").type_name("DATE");
  command.option("--lang", words.languages, "Language of the document: en, uk, ru").type_name("LANG").one_each();
  command.option("--stance", words.stances, "asserted, planned, threatened, possible, denied").type_name("STANCE").one_each();
  command.option("--document", words.document, "Id of a document").type_name("ID");
  command.option("--text", words.text, "Words in the sentence, in any form and order; word* for a beginning").type_name("WORDS");
  const Option reviewed = command.flag("--reviewed", words.reviewed, "Only what somebody reviewed, claims found wrong too");
  command.flag("--unreviewed", words.unreviewed, "Only what nobody has reviewed").excludes(reviewed);
  command.option("--verdict", words.verdicts, "Only what was found right, wrong or corrected").type_name("VERDICT").one_each();
  command.flag("--marked", words.marked, "Only what is marked, or whose document is");
  command.option("--tag", words.tags, "Only what is marked with this word").type_name("WORD").one_each();
  command.option("--codebook", words.codebook, "Folder of the codebook").type_name("DIR");
}

Result<std::string> place_code_of(const std::string& place) {
  if (is_code(place)) return place;
  Result<Gazetteer> gazetteer = load_gazetteer(default_paths().gazetteer);
  if (!gazetteer) return tl::unexpected<Error>(gazetteer.error());
  const std::string wanted = search_name(place);
  const GazetteerPlace* best = nullptr;
  const auto better = [&](const GazetteerPlace& a, const GazetteerPlace& b) {
    return std::tuple(a.occupied, a.ukraine, a.population) > std::tuple(b.occupied, b.ukraine, b.population);
  };
  for (const GazetteerPlace& each : gazetteer->places) {
    if (each.code.empty() || (best != nullptr && !better(each, *best))) continue;
    for (const GazetteerName& called : gazetteer->names_of(each)) {
      if (search_name(called.text) == wanted) {
        best = &each;
        break;
      }
    }
  }
  if (best == nullptr) {
    return fail(ErrorKind::kUsage, "--place", {}, "\"" + place + "\" is no code and no name that the gazetteer knows",
                "write a code: UA-65 (Kherson region), UA-23/Melitopol, UA-TOT (occupied territories)");
  }
  return std::string(best->code);
}

Result<ClaimFilter> filter_of(const FilterWords& words, Session& session) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  ClaimFilter out;
  const ResourcePaths paths = default_paths();
  if (!words.measures.empty()) {
    Result<Codebook> book = load_codebook(words.codebook ? std::filesystem::path(*words.codebook) : paths.codebook);
    if (!book) return failed(book.error());
    std::vector<std::string_view> known;
    for (const Measure& measure : book->measures) known.emplace_back(measure.id);
    for (const std::string& measure : words.measures) {
      if (!book->measure(measure)) return no_such("--measure", measure, known);
    }
    out.measures = words.measures;
  }
  for (const std::string& place : words.places) {
    Result<std::string> code = place_code_of(place);
    if (!code) return failed(code.error());
    if (*code != place) session.note("--place " + place + ": taken as " + *code);
    out.places.push_back(*std::move(code));
  }
  auto sides = values_of<Side>("--side", words.sides);
  if (!sides) return failed(sides.error());
  out.sides = *std::move(sides);
  auto stances = values_of<Stance>("--stance", words.stances);
  if (!stances) return failed(stances.error());
  out.stances = *std::move(stances);
  for (const std::string& word : words.languages) {
    const std::optional<Language> language = language_from_code(word);
    if (!language) return no_such("--lang", word, {"en", "uk", "ru", "und"});
    out.languages.push_back(*language);
  }
  auto verdicts = values_of<Verdict>("--verdict", words.verdicts);
  if (!verdicts) return failed(verdicts.error());
  out.verdicts = *std::move(verdicts);
  if (words.reviewed || words.unreviewed) out.reviewed = words.reviewed;
  out.marked = words.marked;
  out.tags = words.tags;
  out.source = words.source;
  out.document = words.document;
  if (words.since) {
    Result<Date> date = date_of("--since", *words.since);
    if (!date) return failed(date.error());
    out.since = date->first_day();
  }
  if (words.until) {
    Result<Date> date = date_of("--until", *words.until);
    if (!date) return failed(date.error());
    out.until = date->last_day();
  }
  if (words.text) {
    const auto resources = session.resources(words.codebook, false);
    if (!resources) return fail(ErrorKind::kConfig, "--text", {}, "needs the word forms, which cannot be loaded", "see above");
    out.match = match_expression(*words.text, *resources);
    if (out.match->empty()) return fail(ErrorKind::kUsage, "--text", {}, "\"" + *words.text + "\" has no word in it", "write a word");
  }
  return out;
}

}  // namespace litopys
