// What one more document costs the kept record of a casebook that holds the others already, and whether the record is right afterwards.
//
//   kept_record DOCUMENTS.jsonl LATE FOLDER [--check] [--shown] [--stop | --made]
//
// Puts all documents but LATE, evenly dealt out, into FOLDER/record.db, keeps their record from nothing, then the late ones one by one, and
// prints a line of JSON: documents, claims, seconds of the processor from nothing, of the late ones the milliseconds, ascending, and the
// slowest by name. --shown adds the seconds that a series of one region, of all that is occupied and the whole record (as for origins) take
// to be read. With --check the kept record must be what all documents give from nothing. --stop ends before the late ones, and --made
// begins there, so that a casebook that takes minutes to make can be copied and measured again.
#include <ctime>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/json.h"
#include "claim/json.h"
#include "cli/commands.h"
#include "record/json.h"
#include "record/origins.h"
#include "store/record_kept.h"
#include "store/record_of.h"
#include "store/record_series.h"
#include "store/series.h"

namespace {

using namespace litopys;

// Of the processor: the machine may be busy with others.
double seconds_now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
double seconds_since(double begin) { return seconds_now() - begin; }

void must(bool good, const char* what) {
  if (good) return;
  std::cerr << what << " failed\n";
  std::exit(1);
}

void put(Store& store, const ClaimDocument& document, std::uint64_t entry) {
  ItemReading reading;
  reading.document = document;
  Sighting sighting;
  sighting.entry = entry;
  const std::string number = std::to_string(entry);
  sighting.facts.sha256 = std::string(64 - number.size(), '0') + number;
  sighting.facts.id = document.id;
  sighting.facts.path = document.id;
  sighting.facts.taken = "2025-01-01T00:00:00Z";
  must(store.put(sighting, &reading).has_value(), "a document");
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::cerr << "kept_record DOCUMENTS.jsonl LATE FOLDER [--check] [--shown] [--stop | --made]\n";
    return 2;
  }
  const auto told = [&](std::string_view option) { return std::find(words + 4, words + count, option) != words + count; };
  const bool made = told("--made");
  const ResourcePaths paths = default_paths();
  const Codebook book = load_codebook(paths.codebook).value();
  const Gazetteer gazetteer = load_gazetteer(paths.gazetteer).value();
  std::vector<ClaimDocument> late;
  std::size_t total = 0, claims = 0;
  {
    std::ifstream lines(words[1]);
    for (std::string line; std::getline(lines, line);) ++total;
  }
  const std::size_t each = total / std::max<std::size_t>(1, std::strtoul(words[2], nullptr, 10));
  const std::string record = std::string(words[3]) + "/record.db";
  Store store = made ? Store::open(record, Store::Mode::write).value() : Store::create(record, book).value();
  std::uint64_t entry = 0;
  std::ifstream lines(words[1]);
  std::size_t row = 0;
  must(store.begin().has_value(), "begin");
  for (std::string line; std::getline(lines, line); ++row) {
    const bool comes_late = each != 0 && row % each == each / 2;
    entry += comes_late ? 0 : 1;
    if (made && !comes_late) continue;
    ClaimDocument document = parse_claim_document(line, words[1]).value();
    claims += document.claims.size();
    if (comes_late) {
      late.push_back(std::move(document));
    } else {
      put(store, document, entry);
    }
  }
  must(store.commit().has_value(), "commit");
  const double begin = seconds_now();
  must(keep_record(store, book, gazetteer).has_value(), "keeping from nothing");
  const double from_nothing = seconds_since(begin);
  if (told("--stop")) return 0;
  std::vector<std::pair<double, std::string>> times;
  for (const ClaimDocument& document : late) {
    must(store.begin().has_value(), "begin");
    put(store, document, ++entry);
    must(store.commit().has_value(), "commit");
    const double start = seconds_now();
    must(keep_record(store, book, gazetteer).has_value(), "keeping one more");
    times.emplace_back(seconds_since(start) * 1000, document.id);
  }
  std::sort(times.begin(), times.end());
  std::printf("{\"documents\": %zu, \"claims\": %zu, \"from_nothing\": %.2f, \"late_ms\": [", total, claims, from_nothing);
  for (std::size_t i = 0; i < times.size(); ++i) std::printf("%s%.1f", i == 0 ? "" : ", ", times[i].first);
  std::printf("], \"slowest\": [");
  for (std::size_t i = times.size() > 5 ? times.size() - 5 : 0; i < times.size(); ++i)
    std::printf("\"%s\"%s", times[i].second.c_str(), i + 1 < times.size() ? ", " : "");
  std::printf("]");
  if (told("--shown")) {
    for (const char* place : {"UA-65", "UA-TOT"}) {
      SeriesPart part{"issuance", place, {}};
      const double start = seconds_now();
      must(store
               .claims({.measures = {"issuance"}, .places = {place}, .stances = {Stance::asserted}, .with_figure = true},
                       [&](const ClaimRow& claim) {
                         if (in_series_of(claim.claim.places, place)) part.claims.emplace_back(claim.document, claim.number);
                         return true;
                       })
               .has_value(),
           "claims");
      const double asked = seconds_since(start);
      const Record shown = record_of_series(store, book, gazetteer, part).value();
      std::printf(", \"%s\": {\"claims\": %zu, \"asked\": %.3f, \"in all\": %.3f}", place, part.claims.size(), asked, seconds_since(start));
    }
    const double start = seconds_now();
    const Record whole = record_of(store, book, gazetteer).value();
    const double read = seconds_since(start);
    const auto origins = origins_of(whole, [](const Statement&) { return true; });
    std::printf(", \"whole\": %.2f, \"origins\": %.2f", read, seconds_since(start) - read);
  }
  std::printf("}\n");
  if (!told("--check")) return 0;
  std::string kept, anew;
  append_jsonl(kept, record_of(store, book, gazetteer).value());
  std::vector<ClaimDocument> all;
  must(store
           .documents([&](const ItemRow&, const ClaimDocument& document) {
             all.push_back(document);
             return true;
           })
           .has_value(),
       "reading");
  append_jsonl(anew, make_record(std::move(all), book, gazetteer));
  must(kept == anew, "the comparison");
  return 0;
}
