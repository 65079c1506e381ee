// litopys screen: which records of WARCs can hold a claim at all, before anything is read.
//
// A large file is screened in parts at once. Each part begins at the first record that its look finds from a given byte on; that this is
// the record where the part before it ended is checked when the parts come together, and where it is not (a WARC within a WARC can look
// so), the file is screened again from there in one go.
#include "base/json.h"
#include "base/pipeline.h"
#include "cli/commands.h"
#include "intake/formats.h"
#include "intake/http.h"
#include "intake/screen.h"
#include "intake/walk.h"
#include "intake/warc.h"
#include "intake/warc_items.h"

namespace litopys {
namespace {

constexpr std::uint64_t kPart = 16ULL << 20U;      // bytes of a file that are screened by one worker at a time
constexpr std::uint64_t kMostBody = 64ULL << 20U;  // of a decoded body
constexpr std::uint64_t kNowhere = UINT64_MAX;

struct ScreenOptions {
  std::vector<std::string> names;
  std::optional<std::string> codebook;
  bool all = false, json = false;
  unsigned jobs = 0;
};

// Records that begin in [begin, end) of a file.
struct Part {
  std::string path;
  std::uint64_t begin = 0, end = kNowhere;
};

struct PartResult {
  Part part;
  std::string lines = {};
  std::vector<Error> errors = {};
  std::uint64_t first = kNowhere;  // where its first record begins
  std::uint64_t next = kNowhere;   // where the first record behind it begins
  std::uint64_t records = 0, kept = 0;
};

struct Verdict {
  bool keep = false;
  std::string why;  // where stems do not say it
};

void write_line(std::string& out, const std::string& path, const WarcRecord& record, const Verdict& verdict,
                const std::vector<ScreenHit>& hits) {
  JsonWriter json(out);
  json.object([&] {
    json.key("path").string(path);
    json.key("offset").number(static_cast<std::int64_t>(record.offset));
    json.key("length").number(static_cast<std::int64_t>(record.length));
    json.key("record").string(record.id);
    json.key("url").string(record.target_uri);
    json.key("captured").string(record.date);
    json.key("keep").boolean(verdict.keep);
    if (!verdict.why.empty()) json.key("why").string(verdict.why);
    if (hits.empty()) return;
    json.key("stems").array([&] {
      for (const ScreenHit& hit : hits) {
        json.object([&] { json.key("stem").string(hit.stem).key("row").string(hit.row).key("form").string(hit.form); });
      }
    });
  });
  out += '\n';
}

// A page's bytes, or why the record is none.
Verdict verdict_of(const WarcRecord& record, std::string_view block, ScreenLook& look, const std::vector<ScreenHit>*& hits) {
  static const std::vector<ScreenHit> kNone;
  hits = &kNone;
  std::string why = why_no_item(record, block);
  if (!why.empty()) return {.keep = false, .why = std::move(why)};
  if (!record.held) return {.keep = true, .why = "too large to be screened"};
  const auto response = record.type == WarcType::response ? parse_response(record.block) : std::nullopt;
  const std::string_view media = response ? response->media_type : parse_content_type(record.content_type).media_type;
  HttpBody body;
  std::string_view bytes = record.block;
  if (response) {
    bytes = response->body;
    if (!response->content_encoding.empty() || !response->transfer_encoding.empty()) {
      body = decode_body(*response, kMostBody);
      bytes = body.bytes;
    }
  }
  if (bytes.starts_with("%PDF-") || bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0") ||
      media.find("rfc822") != media.npos) {
    return {.keep = true, .why = "its text is packed, and is not screened"};
  }
  hits = &look(bytes);
  if (body.too_large && hits->empty()) return {.keep = true, .why = "too large to be screened"};
  return {.keep = !hits->empty(), .why = hits->empty() ? "no stem" : ""};
}

PartResult screen_part(Part part, const Screen& screen, bool all) {
  PartResult out{.part = std::move(part)};
  Result<WarcReader> reader = WarcReader::open(out.part.path);
  if (!reader) {
    out.errors.push_back(std::move(reader.error()));
    return out;
  }
  if (out.part.begin > 0) reader->start_at(out.part.begin);
  ScreenLook look(screen);
  while (auto next = reader->next()) {
    if (!*next) {
      out.errors.push_back(std::move(next->error()));
      continue;
    }
    const WarcRecord& record = **next;
    if (record.offset >= out.part.end) {
      out.next = record.offset;
      break;
    }
    if (out.first == kNowhere) out.first = record.offset;
    ++out.records;
    const std::vector<ScreenHit>* hits = nullptr;
    std::string beginning;  // of a block that is not held: enough for its media type
    if (!record.held) {
      (void)reader->stream([&](std::string_view piece) {
        beginning.append(piece.substr(0, kSniffed));
        return beginning.size() < kSniffed;
      });
    }
    const Verdict verdict = verdict_of(record, record.held ? record.block : std::string_view(beginning), look, hits);
    out.kept += verdict.keep ? 1 : 0;
    if (verdict.keep || all) write_line(out.lines, out.part.path, record, verdict, *hits);
  }
  return out;
}

void screen_files(const ScreenOptions& options, Session& session) {
  const auto resources = session.resources(options.codebook, false);
  if (!resources) return;
  const Result<Screen> screen = Screen::make(codebook_of(*resources));
  if (!screen) return session.report(screen.error());

  Walk walk(options.names);
  std::optional<Entry> entry;  // whose parts are being given
  std::uint64_t begin = 0;
  const auto next_part = [&]() -> std::optional<Result<Part>> {
    while (true) {
      if (entry && (begin < entry->size || begin == 0)) {
        Part part{.path = entry->path, .begin = begin, .end = begin + kPart >= entry->size ? kNowhere : begin + kPart};
        begin += kPart;
        return part;
      }
      std::optional<Result<Entry>> found = walk.next();
      if (!found) return std::nullopt;
      if (!*found) return tl::unexpected<Error>(found->error());
      if ((*found)->standard_input) {
        return fail(ErrorKind::kUsage, "-", {}, "standard input cannot be screened", "name the file");
      }
      entry = **found;
      begin = 0;
    }
  };

  std::uint64_t expected = 0;  // where the next part of the file should begin
  std::uint64_t records = 0;
  std::uint64_t kept = 0;
  const auto take = [&](const PartResult& result) {
    for (const Error& error : result.errors) session.report(error);
    records += result.records;
    kept += result.kept;
    expected = result.next;
    return session.out.write(result.lines);
  };
  ordered_parallel_map(
      {.workers = options.jobs, .weight = 256UL << 20U, .pieces = 16}, next_part, [](const Result<Part>&) -> std::size_t { return kPart; },
      [&](Result<Part> part) -> Result<PartResult> {
        if (!part) return tl::unexpected<Error>(std::move(part.error()));
        return screen_part(*std::move(part), *screen, options.all);
      },
      [&](const Result<PartResult>& result) {
        if (!result) {
          session.report(result.error());
          return true;
        }
        if (result->part.begin == 0) return take(*result);
        if (expected == kNowhere || expected >= result->part.end) return true;  // the parts before have it all
        if (result->first == expected) return take(*result);
        Part again = result->part;
        again.begin = expected;
        return take(screen_part(std::move(again), *screen, options.all));
      });
  session.note(std::to_string(records) + " records, " + std::to_string(kept) + " of them can hold a claim (" +
               std::to_string(screen->stems()) + " stems)");
}

}  // namespace

void declare_screen(CommandLine& line, Session& session) {
  Command command = line.command("screen", "Says which records of WARCs can hold a claim at all, and why, one JSON object a line");
  auto options = std::make_shared<ScreenOptions>();
  command.option("warc", options->names, "WARC files (plain, .gz, .zst), or folders of them").required().type_name("WARC|DIR");
  command.option("--codebook", options->codebook, "Folder of the codebook").type_name("DIR");
  command.flag("--all", options->all, "Also the records that can hold none, with the reason");
  command.flag("--json", options->json, "JSON lines (the default)");
  command.option("-j,--jobs", options->jobs, "Parts screened at once (default: one a core)").type_name("N").range(1, 256);
  command.footer("Example: litopys screen crawl.warc.gz > can-hold-claims.jsonl");
  command.run([options, &session] { screen_files(*options, session); });
}

}  // namespace litopys
