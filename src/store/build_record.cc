#include "store/build_record.h"

#include <filesystem>
#include <set>
#include <string>
#include <system_error>

namespace litopys {
namespace {

constexpr std::uint64_t kCommitEvery = 1000;  // acts

// What a walk gives for the record, with the reading to come.
struct Piece {
  ActWalk::Step step;
  bool first = false;  // the first sighting of this content
};
struct ReadPiece {
  std::optional<Error> error;
  Piece piece;
  std::optional<ItemReading> reading;
};

ReadPiece read(Result<Piece> piece, const Resources& resources) {
  if (!piece) return {piece.error(), {}, std::nullopt};
  ReadPiece out{std::nullopt, *std::move(piece), std::nullopt};
  EvidenceAct& act = out.piece.step.act;
  // What was read in pictures later is another reading of what could not be read before.
  if (out.piece.first || (act.facts && act.facts->transcript)) out.reading = read_for_record(std::move(act).item(), resources);
  return out;
}

Done put(Store& record, const ReadPiece& piece) {
  const ActWalk::Step& step = piece.piece.step;
  if (!step.index) return fail(ErrorKind::kCasebook, "evidence", {}, "has records that the custody log does not know", "run: litopys add");
  if (!step.act.facts) return record.put_act(*step.index, step.act.act, step.entry.time, step.act.bytes);
  return record.put({*step.index, *step.act.facts, step.act.record, step.act.place}, piece.reading ? &*piece.reading : nullptr);
}

}  // namespace

Done build_record(Store& record, ActWalk& walk, const Resources& resources, const BuildLimits& limits, std::vector<Error>& problems,
                  const std::function<void(std::uint64_t)>& progress) {
  if (Done begun = record.begin(); !begun) return begun;
  const std::string reader = reading_id(resources);
  std::set<std::string, std::less<>> seen;
  std::uint64_t done = 0;
  ActEnd end = walk.end();
  std::optional<Error> stopped;
  ordered_parallel_map(
      limits.pipeline,
      [&]() -> std::optional<Result<Piece>> {
        std::optional<Result<ActWalk::Step>> step = walk.next();
        if (!step) {
          end = walk.end();
          return std::nullopt;
        }
        if (!*step) return Result<Piece>(tl::unexpected<Error>(step->error()));
        if (limits.entries && (!(*step)->index || *(*step)->index >= *limits.entries)) return std::nullopt;
        end = walk.end();
        Piece piece{**std::move(step), false};
        if (piece.step.act.facts) piece.first = seen.insert(piece.step.act.facts->sha256).second;
        return Result<Piece>(std::move(piece));
      },
      [](const Result<Piece>& piece) { return piece ? piece->step.act.bytes.size() : 0; },
      [&](Result<Piece> piece) { return read(std::move(piece), resources); },
      [&](const ReadPiece& piece) {
        const auto stop = [&](const Error& error) {
          stopped = error;
          return false;
        };
        if (piece.error) return stop(*piece.error);
        if (piece.reading && piece.reading->problem) problems.push_back(*piece.reading->problem);
        if (piece.reading) {
          if (Done named = record.read_by(reader); !named) return stop(named.error());
        }
        if (Done kept = put(record, piece); !kept) return stop(kept.error());
        progress(++done);
        if (done % kCommitEvery != 0) return true;
        if (Done committed = record.commit(); !committed) return stop(committed.error());
        if (Done begun = record.begin(); !begun) return stop(begun.error());
        return true;
      });
  if (!stopped) {
    if (limits.entries) end.entries = *limits.entries;
    Done finished = record.mark(end);
    if (finished) finished = record.commit();
    if (!finished) stopped = finished.error();
  }
  if (!stopped) return {};
  record.roll_back();
  return tl::unexpected<Error>(*stopped);
}

void remove_record(const std::filesystem::path& path) {
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    std::error_code none;
    std::filesystem::remove(path.string() + ending, none);
  }
}

}  // namespace litopys
