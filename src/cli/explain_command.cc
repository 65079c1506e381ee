// litopys explain: a sentence with everything that was seen in it, so that a linguist sees why a claim is wrong, and why a sentence gave
// none.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/json.h"
#include "base/utf8.h"
#include "claim/json.h"
#include "claim/pipeline.h"
#include "cli/commands.h"
#include "cli/reader_option.h"
#include "cli/seen.h"
#include "store/reading.h"

namespace litopys {
namespace {

constexpr std::size_t kMostLooks = 4;  // measures shown of a sentence, and reasons of a measure
constexpr float kWorthSaying = 0.02F;  // probability below which a measure is not shown to people

struct ExplainOptions {
  std::string name;
  std::optional<std::string> codebook;
  bool json = false;
};

// One document with all that its stages made.
struct Explained {
  Document document;
  Text text;
  std::vector<Mentions> mentions;
  std::vector<SentenceLook> looks;
  ClaimDocument claims;
  Topic topic;
};

Result<Explained> explained(const Item& item, const Resources& resources) {
  if (auto error = too_large_to_read(item.path, item.bytes.size())) return tl::unexpected<Error>(std::move(*error));
  Result<Document> document = read_document(item, resources);
  if (!document) return tl::unexpected<Error>(std::move(document.error()));
  Explained out;
  out.document = *std::move(document);
  out.text = analyse(out.document, resources);
  out.mentions = find_mentions(out.document, out.text, resources);
  out.topic = topic_of(out.text, out.mentions, resources);
  out.looks = looks_of(out.text, out.mentions, resources, kMostLooks);
  const std::vector<SentenceReading> readings = judge(out.document, out.text, out.mentions, resources);
  out.claims = claims_of(out.document, out.text, out.mentions, readings, resources);
  return out;
}

std::vector<const Claim*> claims_in(const Explained& all, const Sentence& sentence) {
  std::vector<const Claim*> out;
  for (const Claim& claim : all.claims.claims) {
    if (sentence.span.overlaps(claim.span)) out.push_back(&claim);
  }
  return out;
}

// Why a sentence gave no claim, "" when it gave one or nothing stands in its way but the scores.
std::string_view obstacle(const Explained& all, const Sentence& sentence) {
  if (all.text.language == Language::other) return "the document's language is none of the three";
  if (!all.topic.subject) return "the document nowhere names passports or citizenship: no row of kind topic fired";
  if (!all.topic.setting)
    return "the document nowhere names the land or the occupier: no row of kind topic-setting fired, no place is in it";
  if (sentence.junk) return "it stands on a junk line";
  return {};
}

// ---- for people --------------------------------------------------------------------------------------------------------

// The line of Document::text (from 1) that each sentence begins on.
std::size_t line_of(const Sentence& sentence) { return sentence.line + 1U; }

struct Paint {
  bool colours = false;

  [[nodiscard]] std::string operator()(std::string_view code, std::string_view text) const {
    return colours ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  [[nodiscard]] static std::string_view of(SeenKind kind) {
    constexpr std::string_view kCodes[] = {"33", "36", "32", "35", "34", "4"};  // figure, time, place, actor, voice, cue
    return kCodes[static_cast<std::size_t>(kind)];
  }
};

// The sentence with its figures, times, places, voices and cues in their colours. Where two things overlap, the earlier kind wins.
std::string painted(const Explained& all, const Sentence& sentence, const std::vector<SeenThing>& seen, const Paint& paint) {
  const std::string_view bytes = all.document.text;
  std::vector<const SeenThing*> by_byte(sentence.span.size(), nullptr);
  for (auto thing = seen.rbegin(); thing != seen.rend(); ++thing) {
    const std::uint32_t begin = std::max(thing->span.begin, sentence.span.begin), end = std::min(thing->span.end, sentence.span.end);
    for (std::uint32_t at = begin; at < end; ++at) by_byte[at - sentence.span.begin] = &*thing;
  }
  std::string out;
  for (std::size_t at = 0; at < by_byte.size();) {
    std::size_t end = at + 1;
    while (end < by_byte.size() && by_byte[end] == by_byte[at]) ++end;
    const std::string_view piece = bytes.substr(sentence.span.begin + at, end - at);
    std::string shown;
    for (std::size_t i = 0; i < piece.size();) {
      const utf8::Decoded c = utf8::decode(piece, i);
      const bool steers = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0) || (c.value >= 0x200B && c.value <= 0x200F) ||
                          (c.value >= 0x2028 && c.value <= 0x202E) || (c.value >= 0x2066 && c.value <= 0x2069);
      utf8::append(shown, steers ? U' ' : c.value);
      i += c.size;
    }
    out += by_byte[at] == nullptr ? shown : paint(Paint::of(by_byte[at]->kind), shown);
    at = end;
  }
  return out;
}

void show_sentence(std::string& out, const Explained& all, std::size_t index, const Codebook& book, const Paint& paint) {
  const Sentence& sentence = all.text.sentences[index];
  const std::vector<SeenThing> seen = seen_in(all.mentions[index], book);
  const std::string_view kind = sentence.junk ? ", junk" : sentence.heading ? ", heading" : sentence.list_item ? ", list item" : "";
  out += paint("1", fmt::format("{}:{}  sentence {}{}", all.document.id, line_of(sentence), index + 1, kind)) + "\n  " +
         painted(all, sentence, seen, paint) + "\n";
  for (const SeenThing& thing : seen) {
    const std::string words = plain_line(thing.span.of(all.document.text));
    out += fmt::format("    {} {}  {}  {}\n", paint(Paint::of(thing.kind), fitted(name(thing.kind), 7)), fitted("\"" + words + "\"", 32),
                       fitted(thing.normal, 44), paint("2", thing.rule));
  }
  if (index < all.looks.size()) {
    for (const MeasureLook& look : all.looks[index].measures) {
      if (look.hopeless || look.probability < kWorthSaying) continue;
      const float least = all.looks[index].least;
      out += fmt::format("    measure {} {:.2f} {} {:.2f}  linear {:+.2f} ", paint("1", fitted(book.measures[look.measure].id, 20)),
                         look.probability, look.probability >= least ? ">=" : "<", least, look.linear);
      for (const Reason& reason : look.reasons) out += fmt::format(" {:+.2f} {};", reason.weight, plain_line(reason.what));
      out += "\n";
    }
  }
  const std::vector<const Claim*> claims = claims_in(all, sentence);
  if (claims.empty()) {
    const std::string_view why = obstacle(all, sentence);
    out += fmt::format("    no claim: {}\n", why.empty() ? "no measure is likely enough" : why);
  }
  for (const Claim* claim : claims) {
    out += fmt::format("    {} {}, confidence {:.2f}\n", paint("1;31", "claim"), paint("1", claim->measure), claim->confidence);
    for (const Why& why : claim->why) {
      std::string words;
      for (const Span& span : why.spans) {
        if (!span.empty() && span.end <= all.document.text.size()) words += " \"" + plain_line(span.of(all.document.text)) + "\"";
      }
      out += fmt::format("      {} {}{}{}\n", fitted(why.slot, 9), paint("2", why.rule), words, why.note.empty() ? "" : "  " + why.note);
    }
  }
  out += "\n";
}

// ---- for programs ------------------------------------------------------------------------------------------------------

std::string json_of(const Explained& all, const Codebook& book, std::optional<std::size_t> line) {
  std::string out;
  utf8::CodePointIndex points(all.document.text);
  JsonWriter json(out);
  const auto span = [&](Span s) {
    json.key("start").number(static_cast<std::int64_t>(points.at(s.begin)));
    json.key("end").number(static_cast<std::int64_t>(points.at(s.end)));
  };
  const auto sentence_of = [&](std::size_t i) {
    const Sentence& sentence = all.text.sentences[i];
    json.object([&] {
      json.key("line").number(static_cast<std::int64_t>(line_of(sentence)));
      json.key("text").string(sentence.span.of(all.document.text));
      span(sentence.span);
      json.key("heading").boolean(sentence.heading).key("junk").boolean(sentence.junk);
      json.key("seen").array([&] {
        for (const SeenThing& thing : seen_in(all.mentions[i], book)) {
          json.object([&] {
            json.key("kind").string(name(thing.kind));
            span(thing.span);
            json.key("text").string(thing.span.of(all.document.text)).key("normal").string(thing.normal).key("rule").string(thing.rule);
          });
        }
      });
      if (i < all.looks.size()) {
        json.key("least").raw(fmt::format("{:.3f}", all.looks[i].least));
        json.key("measures").array([&] {
          for (const MeasureLook& look : all.looks[i].measures) {
            json.object([&] {
              json.key("measure").string(book.measures[look.measure].id);
              json.key("linear").raw(fmt::format("{:.3f}", look.linear));
              json.key("probability").raw(fmt::format("{:.3f}", look.probability));
              json.key("reasons").array([&] {
                for (const Reason& reason : look.reasons) {
                  json.object([&] { json.key("what").string(reason.what).key("weight").raw(fmt::format("{:.3f}", reason.weight)); });
                }
              });
            });
          }
        });
      }
      json.key("claims").array([&] {
        for (const Claim* claim : claims_in(all, sentence)) {
          std::string one;
          append_json(one, *claim, points);
          json.raw(one);
        }
      });
      if (const std::string_view why = obstacle(all, sentence); !why.empty()) json.key("obstacle").string(why);
    });
  };
  json.object([&] {
    json.key("id").string(all.document.id).key("lang").string(code(all.document.language));
    json.key("published").string_or_null(all.claims.published);
    json.key("subject").boolean(all.topic.subject).key("setting").boolean(all.topic.setting);
    json.key("sentences").array([&] {
      for (std::size_t i = 0; i < all.text.sentences.size(); ++i) {
        if (!line || line_of(all.text.sentences[i]) == *line) sentence_of(i);
      }
    });
  });
  return out + "\n";
}

// "report.txt:12" is line 12 of report.txt, unless a file has that very name.
std::pair<std::string, std::optional<std::size_t>> name_and_line(const std::string& given) {
  std::error_code error;
  const std::size_t colon = given.rfind(':');
  if (colon == std::string::npos || colon + 1 == given.size() || std::filesystem::exists(given, error)) return {given, std::nullopt};
  std::size_t line = 0;
  const auto [end, wrong] = std::from_chars(given.data() + colon + 1, given.data() + given.size(), line);
  if (wrong != std::errc{} || end != given.data() + given.size()) return {given, std::nullopt};
  return {given.substr(0, colon), line};
}

void explain(const ExplainOptions& options, Session& session) {
  const auto resources = session.resources(options.codebook);
  if (!resources) return;
  const auto [name, line] = name_and_line(options.name);
  const Codebook& book = codebook_of(*resources);
  const Paint paint{terminal_of(1).colours};
  session.for_each_item({name}, [&](const Item& item) {
    const Result<Explained> all = explained(item, *resources);
    if (!all) return session.report(all.error());
    if (options.json) {
      session.out.write(json_of(*all, book, line));
      return;
    }
    std::string out;
    bool any = false;
    for (std::size_t i = 0; i < all->text.sentences.size(); ++i) {
      if (line && line_of(all->text.sentences[i]) != *line) continue;
      show_sentence(out, *all, i, book, paint);
      any = true;
    }
    if (line && !any) {
      session.report({ErrorKind::kUsage, item.path, "line " + std::to_string(*line), "no sentence begins there",
                      "lines are counted in the readable text, as litopys dump page shows it"});
    }
    session.out.write(out);
  });
}

}  // namespace

void declare_explain(CommandLine& line, Session& session) {
  Command command = line.command("explain", "Shows sentences with everything that was seen in them, and why they make claims or none");
  auto options = std::make_shared<ExplainOptions>();
  command.option("item", options->name, "A report, or one line of it; - for standard input").required().type_name("FILE[:LINE]");
  command.flag("--json", options->json, "One JSON object a document");
  command.option("--codebook", options->codebook, "Folder of the codebook").type_name("DIR");
  add_reader_option(command, session);
  command.footer("Example: litopys explain report.txt:12");
  command.run([options, &session] { explain(*options, session); });
}

}  // namespace litopys
