// A record is parsed where it lies in the window of intake/inflow.h: nothing is copied, and a small archive member is one window.
//
// Lengths rule as long as they can be true. A length is known to lie when a new compressed member begins with a record inside the block,
// when the file ends before the block does, or when no blank lines follow the block; then the next first line of a record ("WARC/1." after
// a blank line) says where this one ended. A payload that holds a WARC itself is safe from that, as long as its own length is right.
#include "intake/warc.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/header_field.h"
#include "intake/inflow.h"
#include "intake/warc_head.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestRecordHead = 256U << 10U;
constexpr std::string_view kMagic = "WARC/";
constexpr std::string_view kNextRecord = "\r\n\r\nWARC/1.";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // no part of a WARC; some editor's
constexpr std::string_view kTail = "\r\n\r\n";
constexpr std::size_t kFirstLines = 24;  // bytes: enough to know a record by

// Whether text is a record's first line with a second of its kind behind it: a record wherever it stands.
bool is_first_line(std::string_view text) {
  std::size_t at = kMagic.size();
  while (at < text.size() && at < 12 && (text[at] == '.' || (text[at] >= '0' && text[at] <= '9'))) ++at;
  if (text.substr(at, 1) == "\r") ++at;
  return text.substr(at, 1) == "\n" && (text.substr(at + 1, 5) == "WARC-" || text.substr(at + 1, 8) == "Content-");
}

}  // namespace

std::string_view WarcRecord::field(std::string_view name) const {
  for (const WarcField& f : fields) {
    if (same_word(f.name, name)) return f.value;
  }
  return {};
}

struct WarcReader::Impl {
  Inflow in;
  std::string name;
  WarcLimits limits;

  std::vector<WarcField> fields;
  std::uint64_t number = 0;
  bool pending = false;  // `record` is to be given, its error was
  WarcRecord record;
  std::size_t head_size = 0;
  std::string large_head;      // of a record whose block is not held
  std::size_t block_size = 0;  // what there is of a held block
  std::uint64_t to_drop = 0;   // bytes of the window that the record given last takes
  bool open = false;           // its block was not held and not streamed
  bool resync = false;         // the next record is found by its look, without a word on what is before it
  bool unsaid = false;         // damage was met behind the record given last

  Impl(ByteSource source, std::string file, const WarcLimits& l)
      : in(std::move(source), kMagic, l.largest_ratio, l.ratio_from), name(std::move(file)), limits(l) {}

  // --- errors

  [[nodiscard]] std::string place(std::uint64_t offset) const {
    return "record " + std::to_string(number) + ", byte " + std::to_string(offset);
  }
  [[nodiscard]] tl::unexpected<Error> damaged(const InflowDamage& d) const {
    std::string what = d.what;
    if (d.length > 0) what += "; " + std::to_string(d.length) + " bytes are lost";
    return fail(d.kind, name, "byte " + std::to_string(d.offset), std::move(what),
                d.last ? "nothing can be read behind it" : "reading goes on at byte " + std::to_string(d.offset + d.length));
  }

  [[nodiscard]] std::uint64_t offset_of(std::uint64_t position) const {
    const InflowMember* member = in.member_of(position);
    return member == nullptr ? position : member->offset;
  }

  // Bytes of the file that [begin, end) takes; 0 where it shares them.
  [[nodiscard]] std::uint64_t length_of(std::uint64_t begin, std::uint64_t end) const {
    if (in.plain()) return end - begin;
    const InflowMember* member = in.member_of(begin);
    if (member == nullptr || member->position != begin || member->end_offset == 0 || member->end_position != end) return 0;
    return member->end_offset - member->offset;
  }

  // A member that begins with a record within (begin, end): where it begins. `begin` goes on to what is still to be looked at when the
  // window has grown: a record may be spread over as many members as it has bytes.
  [[nodiscard]] std::optional<std::uint64_t> record_within(std::uint64_t& begin, std::uint64_t end) const {
    for (const InflowMember* member = in.member_after(begin); member != nullptr && member->position < end;
         member = in.member_after(begin)) {
      const std::string_view there = in.view().substr(std::min<std::size_t>(member->position - in.position(), in.view().size()));
      if (there.starts_with(kMagic)) return member->position;
      if (there.size() < kMagic.size()) break;
      begin = member->position;
    }
    return std::nullopt;
  }

  // --- the record's own lines

  // False where there is no length.
  bool parse_head() { return parse_head(in.view().substr(0, head_size)); }

  bool parse_head(std::string_view head) {
    record = {};
    record.number = number;
    record.position = in.position();
    record.offset = offset_of(record.position);
    return read_warc_head(head, record, fields);
  }

  // Views into the window, which may have moved.
  void refresh_views() {
    const WarcRecord old = record;
    parse_head();
    record.missing = old.missing;
    record.held = old.held;
    record.length = old.length;
    record.number = old.number;
  }

  // --- from record to record

  // Drops what the record given last takes. An error is what is wrong within it.
  std::optional<Error> leave() {
    if (open) {
      const Result<std::uint64_t> passed = pass([](std::string_view) { return true; });
      if (!passed) return passed.error();
    }
    in.drop(static_cast<std::size_t>(std::min<std::uint64_t>(to_drop, in.view().size())));
    to_drop = 0;
    return std::nullopt;
  }

  std::optional<Result<WarcRecord>> next() {
    if (std::exchange(pending, false)) return record;
    if (auto error = leave()) return tl::unexpected<Error>(std::move(*error));
    if (std::exchange(unsaid, false)) return damaged(in.damage());
    while (true) {
      // Blank lines between records, whatever their number.
      const std::string_view view = in.view();
      const std::size_t mark = in.position() == 0 && view.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
      const std::size_t blank = view.find_first_not_of("\r\n", mark);
      in.drop(blank == std::string_view::npos ? view.size() : blank);
      if (in.view().size() < kMagic.size() + 2) {
        const std::size_t had = in.view().size();
        const Inflow::Step step = in.more();
        if (step == Inflow::Step::more) continue;
        if (step == Inflow::Step::damage) {
          if (had > 0 || !in.damage().cut) in.drop(in.view().size());
          return damaged(in.damage());
        }
        if (had == 0) return std::nullopt;
        return junk(true);
      }
      if (!in.view().starts_with(kMagic)) {
        auto error = junk(false);
        if (resync) {
          resync = false;
          continue;
        }
        return error;
      }
      resync = false;
      return whole();
    }
  }

  // Bytes that are no record, up to the next one or the end.
  Result<WarcRecord> junk(bool at_end) {
    const std::uint64_t begin = in.position();
    const std::uint64_t offset = offset_of(begin);
    bool ended = at_end;
    std::optional<InflowDamage> damage;
    while (!ended) {
      const std::string_view view = in.view();
      std::size_t at = std::string_view::npos;
      for (std::size_t from = 0; from < view.size();) {
        const std::size_t found = view.find("WARC/1.", from);
        if (found == std::string_view::npos) break;
        const bool line = found == 0 ? in.member_of(in.position()) != nullptr && in.member_of(in.position())->position == in.position()
                                     : view[found - 1] == '\n';
        const InflowMember* member = in.member_of(in.position() + found);
        if (line || (member != nullptr && member->position == in.position() + found) || is_first_line(view.substr(found))) {
          at = found;
          break;
        }
        from = found + 1;
      }
      if (at != std::string_view::npos) {
        in.drop(at);
        break;
      }
      in.drop(view.size() - std::min<std::size_t>(view.size(), kFirstLines));
      const Inflow::Step step = in.more();
      if (step == Inflow::Step::end) ended = true;
      if (step == Inflow::Step::damage) {
        damage = in.damage();
        ended = true;
      }
    }
    if (ended) in.drop(in.view().size());
    const std::uint64_t length = in.position() - begin;
    std::string what = "no record begins here: " + std::to_string(length) + " bytes passed over";
    if (number == 0 && ended && begin == 0) what = "is no WARC: no record in " + std::to_string(length) + " bytes";
    std::string next = ended ? "nothing is left" : "reading goes on at the next record, byte " + std::to_string(offset_of(in.position()));
    if (damage) next = damage->what + " at byte " + std::to_string(damage->offset);
    std::string where = (number == 0 ? std::string() : "after record " + std::to_string(number) + ", ") + "byte " + std::to_string(offset);
    if (!in.plain() && in.member_of(begin) != nullptr && begin != in.member_of(begin)->position) where += " (compressed member)";
    return fail(ErrorKind::kMalformed, name, std::move(where), std::move(what), std::move(next));
  }

  // The record that begins at the window's first byte.
  Result<WarcRecord> whole() {
    ++number;
    head_size = std::string_view::npos;
    while ((head_size = end_of_warc_head(in.view().substr(0, kLargestRecordHead))) == std::string_view::npos) {
      const std::uint64_t offset = offset_of(in.position());
      if (in.view().size() >= kLargestRecordHead) {
        in.drop(kMagic.size());
        resync = true;
        return fail(ErrorKind::kLimit, name, place(offset), "a header of more than " + std::to_string(kLargestRecordHead >> 10U) + " KB",
                    "the next record is sought");
      }
      const Inflow::Step step = in.more();
      if (step == Inflow::Step::more) continue;
      const std::size_t size = in.view().size();
      std::string what = "ends within its header, " + std::to_string(size) + " bytes long";
      if (step == Inflow::Step::damage) what += "; " + in.damage().what;
      in.drop(size);
      return fail(ErrorKind::kMalformed, name, place(offset), std::move(what), "skipped");
    }
    if (!parse_head()) {
      const bool present = !record.field("Content-Length").empty();
      return unmeasured_record(present ? "Content-Length " + std::string(record.field("Content-Length").substr(0, 40)) + " is no length"
                                       : std::string("has no Content-Length"));
    }
    if (record.content_length > limits.largest_block) {
      large_head = in.view().substr(0, head_size);  // the window moves while the block is streamed
      parse_head(large_head);
      record.held = false;
      open = true;
      if (in.plain()) record.length = head_size + record.content_length + kTail.size();
      to_drop = 0;
      return record;
    }
    return held_record();
  }

  // Why nothing more comes behind a record in the window's front: lost with all of it, or `why` it ends with what there is.
  struct Ending {
    std::optional<Error> lost;
    std::string why;
  };
  // Lets the window grow; an Ending where it does not.
  std::optional<Ending> grow() {
    const Inflow::Step step = in.more();
    if (step == Inflow::Step::more) return std::nullopt;
    if (step == Inflow::Step::end) return Ending{{}, "the file ends"};
    if (in.damage().cut) return Ending{{}, in.damage().what};
    in.drop(in.view().size());
    return Ending{damaged(in.damage()).value(), {}};
  }

  // A record that does not say how long it is ends where the next one begins.
  Result<WarcRecord> unmeasured_record(std::string what) {
    const std::uint64_t offset = record.offset;
    std::uint64_t looked = in.position() + head_size - 1;  // a member that begins within the head is its own
    std::size_t from = head_size;
    std::optional<std::size_t> end;
    while (!end) {
      const std::string_view view = in.view();
      if (!in.plain()) {
        if (const auto at = record_within(looked, in.position() + view.size())) end = static_cast<std::size_t>(*at - in.position());
      }
      const std::size_t next = view.substr(0, end.value_or(view.size())).find(kNextRecord, from);
      if (next != std::string_view::npos) end = next;
      if (end) break;
      if (view.size() - head_size > limits.largest_block) {
        in.drop(head_size);
        resync = true;
        return fail(ErrorKind::kMalformed, name, place(offset), std::move(what), "skipped; the next record is sought");
      }
      from = std::max(head_size, view.size() - std::min(view.size(), kNextRecord.size() - 1));
      auto ending = grow();
      if (!ending) continue;
      if (ending->lost) return tl::unexpected<Error>(*std::move(ending->lost));
      end = in.view().size();
    }
    block_size = *end - head_size;
    std::size_t whole = *end;
    if (in.view().substr(head_size, block_size).ends_with(kTail)) {
      block_size -= kTail.size();
    } else if (in.view().substr(*end).starts_with(kTail)) {
      whole += kTail.size();
    }
    refresh_views();
    record.content_length = block_size;
    record.length = length_of(record.position, record.position + whole);
    record.block = in.view().substr(head_size, block_size);
    to_drop = whole;
    pending = true;
    return fail(ErrorKind::kMalformed, name, place(offset), std::move(what),
                "kept, " + std::to_string(block_size) + " bytes long, up to where the next record begins");
  }

  Result<WarcRecord> held_record() {
    const auto promised = static_cast<std::size_t>(record.content_length);
    const std::size_t want = head_size + promised;
    std::optional<std::size_t> cut;  // the block ends here, counted from the record
    std::string why;
    std::uint64_t looked = in.position() + head_size - 1;  // a member that begins within the head is its own
    while (true) {
      if (!in.plain()) {
        if (const auto at = record_within(looked, in.position() + want)) {
          cut = static_cast<std::size_t>(*at - in.position());
          why = "the next record begins";
          break;
        }
      }
      if (in.view().size() >= want) break;
      auto ending = grow();
      if (!ending) continue;
      if (ending->lost) return tl::unexpected<Error>(*std::move(ending->lost));
      cut = in.view().size();
      why = std::move(ending->why);
      break;
    }
    if (!cut && !tail_follows(want)) {
      const std::size_t at = in.view().substr(0, want + kNextRecord.size()).find(kNextRecord, head_size);
      if (at != std::string_view::npos && at < want) {
        cut = at;
        why = "the next record begins";
      }
    } else if (cut) {
      const std::size_t at = in.view().substr(0, *cut).find(kNextRecord, head_size);
      if (at != std::string_view::npos) {
        cut = at;
        why = "the next record begins";
      } else if (in.view().substr(head_size, *cut - head_size).ends_with(kTail) && why == "the next record begins") {
        *cut -= kTail.size();
      }
    }
    block_size = cut ? *cut - head_size : promised;
    record.missing = promised - block_size;
    std::size_t end = head_size + block_size;
    if (in.view().substr(end).starts_with(kTail)) end += kTail.size();
    refresh_views();
    record.length = length_of(record.position, record.position + end);
    record.block = in.view().substr(head_size, block_size);
    to_drop = end;
    if (!cut) return record;
    pending = true;
    return fail(ErrorKind::kMalformed, name, place(record.offset),
                "its header promises " + std::to_string(promised) + " bytes, " + std::to_string(block_size) + " follow, then " + why,
                "kept as truncated");
  }

  // Whether blank lines, another member or the end come after the first `size` bytes of the window.
  bool tail_follows(std::size_t size) {
    while (in.view().size() < size + kMagic.size()) {
      const InflowMember* member = in.member_of(in.position());
      if (member != nullptr && member->end_position == in.position() + in.view().size()) break;
      const Inflow::Step step = in.more();
      unsaid = unsaid || step == Inflow::Step::damage;
      if (step != Inflow::Step::more) break;
    }
    const std::string_view tail = in.view().substr(size, kMagic.size());
    if (in.member_after(in.position() + size - 1) != nullptr && in.member_after(in.position() + size - 1)->position == in.position() + size)
      return true;
    return is_tail(tail);
  }
  static bool is_tail(std::string_view tail) {
    return tail.empty() || tail.starts_with(kTail) || tail.starts_with("\n\n") || tail.starts_with(kMagic) || kTail.starts_with(tail);
  }

  // Whether a block of plain bytes is known not to be [begin, end), without reading all of it. A file of lies would be read to its end for
  // each of them.
  [[nodiscard]] bool cannot_end_at(std::uint64_t end) {
    const std::optional<std::string> there = in.bytes_at(end - 1, 1 + kMagic.size());
    return there && (there->empty() || !is_tail(std::string_view(*there).substr(1)));
  }

  // --- a block in pieces

  Result<std::uint64_t> pass(const std::function<bool(std::string_view)>& sink) {
    open = false;
    std::uint64_t given = 0;
    const std::uint64_t promised = record.content_length;
    const std::uint64_t begin = record.position + head_size;
    const std::uint64_t record_offset = record.offset;
    in.drop(head_size);
    const bool lies = promised != 0 && cannot_end_at(begin + promised);
    bool wanted = true;                 // by the sink
    std::optional<std::uint64_t> seen;  // a record's first line within the block
    const auto short_block = [&](const std::string& why) {
      record.missing = promised - given;
      return fail(ErrorKind::kMalformed, name, place(record_offset),
                  "its header promises " + std::to_string(promised) + " bytes, " + std::to_string(given) + " follow, then " + why,
                  seen && in.plain() ? "reading goes on at byte " + std::to_string(*seen) : "the rest of it is lost");
    };
    const auto look_back = [&] {
      if (seen && in.plain()) in.start_at(*seen);
    };
    while (given < promised) {
      if (!in.plain()) {
        std::uint64_t looked = in.position() == 0 ? 0 : in.position() - 1;
        if (const auto at = record_within(looked, in.position() + in.view().size())) {
          const auto n = static_cast<std::size_t>(*at - in.position());
          if (given + n < promised) {
            if (n > 0 && !sink(in.view().substr(0, n))) return given;
            given += n;
            in.drop(n);
            return short_block("the next record begins");
          }
        }
      }
      const std::string_view view = in.view();
      if (!view.empty()) {
        auto n = static_cast<std::size_t>(std::min<std::uint64_t>(view.size(), promised - given));
        if (!seen && in.plain()) {
          if (const std::size_t at = view.substr(0, n).find(kNextRecord); at != std::string_view::npos) {
            seen = in.position() + at + kTail.size();
            if (lies) n = at;
          }
          // A first line that two pieces share is seen in the second: keep its beginning back.
          if (!seen && n == view.size() && given + n < promised && n > kNextRecord.size()) n -= kNextRecord.size() - 1;
        }
        if (wanted && !sink(view.substr(0, n))) {
          wanted = false;
          if (!lies) {
            in.drop(n);
            skip_to(begin + promised);
            return given + n;
          }
        }
        given += n;
        in.drop(n);
        if (lies && seen) return short_block("the next record begins");
        if (given >= promised) break;
      }
      const Inflow::Step step = in.more();
      if (step == Inflow::Step::more) continue;
      if (step == Inflow::Step::damage) {
        const InflowDamage d = in.damage();
        in.drop(in.view().size());
        if (!d.cut) return damaged(d);
        look_back();
        return short_block(d.what);
      }
      if (!in.view().empty()) {  // what was kept back
        const std::size_t n = in.view().size();
        if (wanted && !sink(in.view())) return given + n;
        given += n;
        in.drop(n);
      }
      auto error = short_block("the file ends");
      look_back();
      return error;
    }
    const bool sound = tail_follows(0);
    if (in.view().starts_with(kTail)) in.drop(kTail.size());
    record.length = length_of(record.position, in.position());
    if (!sound && seen && in.plain()) {
      auto error = fail(ErrorKind::kMalformed, name, place(record_offset),
                        "its length of " + std::to_string(promised) + " bytes lies: no end of a record follows",
                        "reading goes on at byte " + std::to_string(*seen));
      look_back();
      return error;
    }
    return given;
  }

  void skip_to(std::uint64_t position) {
    while (in.position() < position) {
      const Inflow::Step step = in.view().empty() ? in.more() : Inflow::Step::more;
      unsaid = unsaid || step == Inflow::Step::damage;
      if (step != Inflow::Step::more) return;
      in.drop(static_cast<std::size_t>(std::min<std::uint64_t>(in.view().size(), position - in.position())));
    }
  }
};

Result<WarcReader> WarcReader::open(const std::string& path, const WarcLimits& limits) {
  Result<ByteSource> source = source_of_file(path);
  if (!source) return tl::unexpected<Error>(source.error());
  return WarcReader(*std::move(source), path, limits);
}

WarcReader::WarcReader(ByteSource source, std::string name, const WarcLimits& limits)
    : impl_(std::make_unique<Impl>(std::move(source), std::move(name), limits)) {}
WarcReader::WarcReader(WarcReader&&) noexcept = default;
WarcReader& WarcReader::operator=(WarcReader&&) noexcept = default;
WarcReader::~WarcReader() = default;

bool WarcReader::start_at(std::uint64_t at) {
  impl_->pending = impl_->open = impl_->unsaid = false;
  impl_->to_drop = 0;
  impl_->resync = true;
  return impl_->in.start_at(at);
}

std::optional<Result<WarcRecord>> WarcReader::next() { return impl_->next(); }

Result<std::uint64_t> WarcReader::stream(const std::function<bool(std::string_view)>& sink) {
  if (impl_->open) return impl_->pass(sink);
  if (!impl_->record.block.empty()) sink(impl_->record.block);
  return impl_->record.block.size();
}

std::uint64_t WarcReader::offset() const { return impl_->in.offset(); }

}  // namespace litopys
