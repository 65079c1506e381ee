// Sentences are written as our own splitter cut them, so that the encoder is trained on what it will be asked about.
#include "reader/careful_table.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>

#include "base/json.h"
#include "reader/windows.h"

namespace litopys {
namespace {

std::string_view name_of(TrainingDocument::Kind kind) {
  switch (kind) {
    case TrainingDocument::Kind::annotated: return "annotated";
    case TrainingDocument::Kind::passage: return "passage";
    case TrainingDocument::Kind::single: return "single";
  }
  return "";
}

void append_document(std::string& out, const TrainingDocument& d, const std::vector<float>& odds, const Codebook& book) {
  const std::size_t measures = book.measures.size();
  JsonWriter json(out);
  json.object([&] {
    json.key("id").string(d.id).key("kind").string(name_of(d.kind)).key("lang").string(code(d.text.language));
    json.key("claims").number(static_cast<std::int64_t>(d.claims));
    json.key("sentences").array([&] {
      for (std::size_t i = 0; i < d.text.sentences.size(); ++i) {
        const Sentence& sentence = d.text.sentences[i];
        const TrainingSentence& labels = d.sentences[i];
        json.object([&] {
          json.key("text").string(std::string_view(d.document.text).substr(sentence.span.begin, sentence.span.size()));
          json.key("title").boolean(is_title(d.document, sentence)).key("junk").boolean(sentence.junk);
          json.key("labelled").boolean(labels.labelled);
          json.key("measures").array([&] {
            for (const MeasureId m : labels.measures) json.string(book.measures[m].id);
          });
          if (labels.stance) json.key("stance").string(name(*labels.stance));
          if (labels.credence) json.key("credence").string(name(*labels.credence));
          if (odds.empty()) return;
          json.key("light").array([&] {
            for (std::size_t m = 0; m < measures; ++m) {
              const float x = odds[i * measures + m];
              if (std::isnan(x)) {
                json.null();
              } else {
                json.raw(fmt::format("{:.4f}", x));
              }
            }
          });
        });
      }
    });
  });
  out += '\n';
}

}  // namespace

Result<void> write_training_table(const std::vector<TrainingDocument>& documents, const LearnReport& report, const Codebook& book,
                                  const std::filesystem::path& path) {
  std::ofstream file(path, std::ios::binary);
  std::string line;
  const std::vector<float> none;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    line.clear();
    append_document(line, documents[i], i < report.odds.size() ? report.odds[i] : none, book);
    file << line;
  }
  file.flush();
  if (!file) return fail(ErrorKind::kUnreadable, path.string(), "", "cannot be written", "is the folder there, and has the disk room?");
  return {};
}

}  // namespace litopys
