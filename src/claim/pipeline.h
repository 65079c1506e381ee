// The pure function that the product is: bytes and codebook in, a document with claims out.
//
//   auto resources = load_resources(default_paths());
//   Result<ClaimDocument> got = read_item(Item{"en-1", "en-1.txt", bytes}, **resources);
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "claim/claim.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "intake/item.h"
#include "mention/mention.h"
#include "page/document.h"
#include "reader/reader.h"
#include "text/analyser.h"
#include "text/text.h"

namespace litopys {

// Where the data files lie. Each can be given by itself.
struct ResourcePaths {
  std::filesystem::path codebook;    // codebooks/passportization
  std::filesystem::path gazetteer;   // gazetteer
  std::filesystem::path morphology;  // data/morphology
  std::filesystem::path model;       // data/reader/light.model
  std::filesystem::path careful;     // data/reader/careful.model; where it is not there, or this is empty, the light reader reads
  bool ocr = false;                  // pictures of text may be read, by Tesseract (page/ocr.h)
  std::filesystem::path pages{};     // data/page/page.model; where this is empty, rules alone find the article of a page
};

// The data folder: $LITOPYS_DATA, else ../share/litopys beside the program, else the source tree that it was built from.
[[nodiscard]] ResourcePaths default_paths();

// Everything that reading needs, loaded once, immutable, shared by threads.
class Resources;

// kConfig errors name file and line. A missing model is no error for `learn` (`needs_model` false): no sentence then makes a measure.
[[nodiscard]] Result<std::shared_ptr<const Resources>> load_resources(const ResourcePaths& paths, bool needs_model = true);

// What is in them; lives as long as `resources`.
[[nodiscard]] const Codebook& codebook_of(const Resources& resources);
[[nodiscard]] const Gazetteer& gazetteer_of(const Resources& resources);
[[nodiscard]] const TextAnalyser& analyser_of(const Resources& resources);

// What stands in an item's pictures (page/content.h), for a casebook to keep; nullopt where pictures may not be read, or there are none.
[[nodiscard]] Result<std::optional<std::string>> transcript_of(const Item& item, const Resources& resources);

// Who reads, and with which files: "careful 1f2e3d4c", the reader and a CRC-32 over all data files. Two that are the same read every item
// alike. The first time it reads the files, about 60 MB: 30 ms.
[[nodiscard]] const std::string& reading_id(const Resources& resources);

// The stages one by one (read_document also decides the language), for `dump` and `learn`; read_item runs all of them.
[[nodiscard]] Result<Document> read_document(const Item& item, const Resources& resources);
[[nodiscard]] Text analyse(const Document& document, const Resources& resources);
[[nodiscard]] std::vector<Mentions> find_mentions(const Document& document, const Text& text, const Resources& resources);
[[nodiscard]] std::vector<SentenceReading> judge(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                                 const Resources& resources);
// Whether the document is about the campaign at all (reader/topic.h): `subject` it names passports or citizenship, `setting` the land or
// the occupier. Without both, `judge` finds nothing.
struct Topic {
  bool subject = false, setting = false;
};
[[nodiscard]] Topic topic_of(const Text& text, const std::vector<Mentions>& mentions, const Resources& resources);
// What the light reader weighed, sentence by sentence (reader/light.h, looks): for `explain`. Empty without a model.
[[nodiscard]] std::vector<SentenceLook> looks_of(const Text& text, const std::vector<Mentions>& mentions, const Resources& resources,
                                                 std::size_t most);
[[nodiscard]] ClaimDocument claims_of(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                      const std::vector<SentenceReading>& readings, const Resources& resources);

// Errors: kMalformed or kLimit with file and place for bytes that are no report (binary, empty); the caller keeps the item and goes on.
[[nodiscard]] Result<ClaimDocument> read_item(const Item& item, const Resources& resources);

}  // namespace litopys
