// Stages in a row, nothing else: a stage that needs another way than this is a fault of the design.
#include "claim/pipeline.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <optional>
#include <system_error>

#include "claim/make.h"
#include "claim/record_rules.h"
#include "claim/scene.h"
#include "claim/voice.h"
#include "codebook/gazetteer.h"
#include "codebook/part.h"
#include "mention/find.h"
#include "page/content.h"
#include "page/reader.h"
#include "reader/careful.h"
#include "reader/light.h"
#include "reader/topic.h"
#include "text/analyser.h"

namespace litopys {

class Resources {
 public:
  Codebook book;
  std::unique_ptr<const Gazetteer> gazetteer;  // finders point to it, so it must not move
  PageReader pages;
  TextAnalyser texts;
  MentionFinder mentions;
  VoiceReader voices;
  Habits habits;
  TopicGate topics;
  Reader reader;                     // empty without a model
  std::optional<LightReader> light;  // likewise
  ResourcePaths paths;
  std::string reader_name;
  mutable std::once_flag id_once;  // for reading_id, which few ask for
  mutable std::string id;
};

ResourcePaths default_paths() {
  namespace fs = std::filesystem;
  const auto in = [](const fs::path& root) {
    ResourcePaths paths{root / "codebooks" / "passportization", root / "gazetteer", root / "data" / "morphology",
                        root / "data" / "reader" / "light.model", root / "data" / "reader" / "careful.model"};
    paths.pages = root / "data" / "page" / "page.model";
    return paths;
  };
  if (const char* given = std::getenv("LITOPYS_DATA"); given != nullptr && *given != '\0') return in(given);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path shared = program.parent_path().parent_path() / "share" / "litopys";
    if (fs::is_directory(shared, error)) return in(shared);
  }
  return in(LITOPYS_SOURCE_DIR);
}

namespace {

Result<RecordRules> rules_with(Result<Codebook> book, const ResourcePaths& paths) {
  if (!book) return tl::unexpected(book.error());
  auto gazetteer = load_gazetteer(paths.gazetteer);
  if (!gazetteer) return tl::unexpected(gazetteer.error());
  return RecordRules{*std::move(book), std::make_unique<const Gazetteer>(*std::move(gazetteer))};
}

}  // namespace

Result<RecordRules> load_record_rules(const ResourcePaths& paths) {
  return rules_with(load_codebook_with(paths.codebook, {"completion", "name-ending", "nameless-voice"}), paths);
}

Result<std::shared_ptr<const Resources>> load_resources(const ResourcePaths& paths, bool needs_model) {
  auto rules = rules_with(load_codebook(paths.codebook), paths);
  if (!rules) return tl::unexpected(rules.error());
  Codebook* const book = &rules->book;
  std::unique_ptr<const Gazetteer>& gazetteer = rules->gazetteer;
  std::shared_ptr<const PageModel> page_model;
  if (!paths.pages.empty()) {
    auto model = read_page_model(paths.pages);
    if (!model) return tl::unexpected(model.error());
    page_model = std::make_shared<const PageModel>(*std::move(model));
  }
  auto pages = PageReader::make(*book, std::move(page_model), gazetteer.get());
  if (!pages) return tl::unexpected(pages.error());
  if (paths.ocr) pages->allow_ocr();
  auto texts = TextAnalyser::load(paths.morphology, *book);
  if (!texts) return tl::unexpected(texts.error());
  auto mentions = MentionFinder::make(*book, *gazetteer);
  if (!mentions) return tl::unexpected(mentions.error());
  auto voices = VoiceReader::make(*book);
  if (!voices) return tl::unexpected(voices.error());
  Habits habits = Habits::make(*book);
  auto topics = TopicGate::make(*book);
  if (!topics) return tl::unexpected(topics.error());
  Reader reader;
  std::optional<LightReader> kept;
  std::string reader_name = "none";
  if (needs_model || std::filesystem::exists(paths.model)) {
    auto light = LightReader::load(paths.model, *book);
    std::error_code error;
    if (light) kept = *light;
    if (light && needs_model && !paths.careful.empty() && std::filesystem::exists(paths.careful, error)) {
      auto careful = CarefulReader::load(paths.careful, *std::move(light), *book);
      if (!careful) return tl::unexpected(careful.error());
      reader = *std::move(careful);
      reader_name = "careful";
    } else if (light) {
      reader = std::move(*light);
      reader_name = "light";
    } else if (needs_model) {
      return tl::unexpected(light.error());
    }
  }
  return std::shared_ptr<const Resources>(new Resources{std::move(*book),
                                                        std::move(gazetteer),
                                                        std::move(*pages),
                                                        std::move(*texts),
                                                        std::move(*mentions),
                                                        std::move(*voices),
                                                        std::move(habits),
                                                        *std::move(topics),
                                                        std::move(reader),
                                                        std::move(kept),
                                                        paths,
                                                        std::move(reader_name),
                                                        {},
                                                        {}});
}

const Codebook& codebook_of(const Resources& resources) { return resources.book; }
const Gazetteer& gazetteer_of(const Resources& resources) { return *resources.gazetteer; }
const TextAnalyser& analyser_of(const Resources& resources) { return resources.texts; }

namespace {

std::string computed_reading_id(const ResourcePaths& paths, std::string_view reader) {
  namespace fs = std::filesystem;
  std::uint32_t sum = 0;
  std::string bytes(1U << 20U, '\0');
  const auto add_file = [&](const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    while (file.read(bytes.data(), static_cast<std::streamsize>(bytes.size())), file.gcount() > 0) {
      sum = libdeflate_crc32(sum, bytes.data(), static_cast<std::size_t>(file.gcount()));
    }
  };
  for (const fs::path& folder : {paths.codebook, paths.gazetteer, paths.morphology}) {
    std::vector<fs::path> files;
    std::error_code none;
    for (fs::recursive_directory_iterator each(folder, none), end; !none && each != end; each.increment(none)) {
      if (each->is_regular_file(none)) files.push_back(each->path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) add_file(file);
  }
  add_file(paths.model);
  if (reader == "careful") add_file(paths.careful);
  if (!paths.pages.empty()) add_file(paths.pages);
  return fmt::format("{} {:08x}", reader, sum);
}

}  // namespace

const std::string& reading_id(const Resources& resources) {
  std::call_once(resources.id_once, [&] { resources.id = computed_reading_id(resources.paths, resources.reader_name); });
  return resources.id;
}

std::string reading_id(const ResourcePaths& paths) {
  std::error_code none;
  return computed_reading_id(paths, !paths.careful.empty() && std::filesystem::exists(paths.careful, none) ? "careful" : "light");
}

Result<std::optional<std::string>> transcript_of(const Item& item, const Resources& resources) {
  if (!resources.paths.ocr) return std::optional<std::string>();
  return transcript_of(item);
}

Result<Document> read_document(const Item& item, const Resources& resources) {
  Result<Document> document = resources.pages.read(item);
  // The page stage knows letters only; the language is decided by whoever knows words, from the lines of the article. Broken text
  // (mojibake) has none: all of it is junk.
  const auto is_junk = [](const Line& line) { return line.kind == LineKind::junk; };
  if (document && !std::all_of(document->lines.begin(), document->lines.end(), is_junk)) {
    document->language = resources.texts.language_of(*document);
  }
  return document;
}

Text analyse(const Document& document, const Resources& resources) { return resources.texts.analyse(document); }

std::vector<Mentions> find_mentions(const Document& document, const Text& text, const Resources& resources) {
  return resources.mentions.find(document, text);
}

Topic topic_of(const Text& text, const std::vector<Mentions>& mentions, const Resources& resources) {
  return {.subject = resources.topics.names_subject(text), .setting = resources.topics.names_setting(text, mentions)};
}

std::vector<SentenceLook> looks_of(const Text& text, const std::vector<Mentions>& mentions, const Resources& resources, std::size_t most) {
  if (!resources.light) return {};
  return resources.light->looks(text, mentions, most);
}

std::vector<SentenceReading> judge(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                   const Resources& resources) {
  const Topic topic = resources.reader ? topic_of(text, mentions, resources) : Topic{};
  if (!topic.subject || !topic.setting) return std::vector<SentenceReading>(text.sentences.size());
  return resources.reader(document, text, mentions);
}

namespace {

// All but the claims.
ClaimDocument without_claims(const Document& document) {
  ClaimDocument out;
  out.id = document.id;
  out.path = document.path;
  out.language = document.language;
  out.outlet = document.outlet;
  out.url = document.url;
  out.title = document.title;
  if (document.published) out.published = document.published->str();
  for (std::size_t i = 0; i < document.lines.size(); ++i) {
    if (document.lines[i].kind == LineKind::junk) out.junk.push_back(static_cast<std::uint32_t>(i + 1));
  }
  out.text = document.text;
  out.notes = document.notes;
  return out;
}

}  // namespace

ClaimDocument claims_of(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                        const std::vector<SentenceReading>& readings, const Resources& resources) {
  ClaimDocument out = without_claims(document);
  const bool any = std::ranges::any_of(readings, [](const SentenceReading& reading) { return !reading.measures.empty(); });
  if (!any) return out;
  out.claims = make_claims(document, text, mentions, readings, resources.voices.read(document, text, mentions, readings), resources.book,
                           resources.habits);
  return out;
}

Result<ClaimDocument> read_item(const Item& item, const Resources& resources) {
  const Result<Document> document = read_document(item, resources);
  if (!document) return tl::unexpected(document.error());
  const Text text = analyse(*document, resources);
  // Most of a crawl: nothing of what follows would be read as a claim, so it is not worked out.
  if (!resources.topics.names_subject(text)) return without_claims(*document);
  const std::vector<Mentions> mentions = find_mentions(*document, text, resources);
  return claims_of(*document, text, mentions, judge(*document, text, mentions, resources), resources);
}

}  // namespace litopys
