// A gzip member that fits is decompressed whole by libdeflate, straight into the window: with one record a member the window is empty then
// and nothing is copied. Where that fails, because the member is large or its bytes are not all there or not right, the slower way in steps
// decides which of these it is: up to 16 MB of a member are held back until it has ended well, so that a broken one gives nothing at all;
// past that its bytes go out as they come.
//
// The next member after damage is sought by the magic bytes and proven by decompressing its beginning, since two magic bytes stand in any
// compressed megabyte somewhere.
#include "intake/inflow.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <iterator>
#include <utility>

#include "intake/inflate.h"

namespace litopys {
namespace {

constexpr std::size_t kLow = 256U << 10U;        // refilled when a member begins with less than this
constexpr std::size_t kWindow = 1U << 20U;       // compressed bytes read at once; pieces of large members
constexpr std::size_t kWholeIn = 8U << 20U;      // a larger compressed member is not tried whole
constexpr std::size_t kWholeOut = 16U << 20U;    // nor one that gives more than this
constexpr std::size_t kProof = 64;               // bytes of a member that must decompress for it to count as found
constexpr std::uint64_t kMostAgain = 1U << 30U;  // bytes that are decompressed once more because what they were first read as was damaged
constexpr std::size_t kLargestDictionary = 16U << 20U;
constexpr std::string_view kGzip = "\x1F\x8B\x08";
constexpr std::string_view kZstd = "\x28\xB5\x2F\xFD";

// Bytes at the end of which more are put and from the front of which they are taken.
class Buffer {
 public:
  [[nodiscard]] std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] char* end() { return data_.get() + end_; }
  [[nodiscard]] std::size_t room() const { return capacity_ - end_; }
  void put(std::size_t n) { end_ += n; }
  void cut(std::size_t size) { end_ = begin_ + size; }
  void drop(std::size_t n) {
    begin_ += n;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  void clear() { begin_ = end_ = 0; }
  void make_room(std::size_t n) {
    if (room() >= n) return;
    if (capacity_ - size() >= n) {
      std::memmove(data_.get(), data_.get() + begin_, size());
    } else {
      std::size_t larger = std::max<std::size_t>(capacity_, 64U << 10U);
      while (larger - size() < n) larger *= 2;
      auto grown = std::make_unique_for_overwrite<char[]>(larger);  // NOLINT(modernize-avoid-c-arrays): not to be zeroed
      if (size() != 0) std::memcpy(grown.get(), data_.get() + begin_, size());
      data_ = std::move(grown);
      capacity_ = larger;
    }
    end_ = size();
    begin_ = 0;
  }

 private:
  std::unique_ptr<char[]> data_;  // NOLINT(modernize-avoid-c-arrays)
  std::size_t begin_ = 0, end_ = 0, capacity_ = 0;
};

struct FreeDeflate {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

bool is_skippable(std::string_view bytes) {
  return bytes.size() >= 4 && (static_cast<unsigned char>(bytes[0]) & 0xF0U) == 0x50U && bytes.substr(1, 3) == "\x2A\x4D\x18";
}

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  for (unsigned i = 0; i < 4; ++i) out |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return out;
}

}  // namespace

struct Inflow::Impl {
  enum class Kind : unsigned char { unknown, plain, gzip, zstd };

  ByteSource source;
  std::string begins;
  double largest_ratio = 0;
  std::uint64_t ratio_from = 0;
  Kind kind = Kind::unknown;

  Buffer in;
  std::uint64_t in_at = 0;  // offset in the source of the first byte of `in`
  bool in_ended = false;
  std::optional<Error> read_error;

  Buffer out;
  std::uint64_t position = 0;  // of the first byte of `out`
  std::deque<InflowMember> members;

  std::unique_ptr<libdeflate_decompressor, FreeDeflate> whole{libdeflate_alloc_decompressor()};
  std::optional<Inflater> steps;
  bool between = false;  // members: bytes that are not packed
  bool inside = false;   // a member is being decompressed in steps
  bool held = false;  // and its bytes are held back: `hold_out` of `out` are other members', `hold_in` of `in` are used. Only within more()
  std::size_t hold_out = 0, hold_in = 0;
  std::uint64_t made = 0;   // of the member in steps
  std::uint64_t again = 0;  // see kMostAgain

  InflowDamage damage;
  bool damage_waits = false;
  bool over = false;

  [[nodiscard]] std::deque<InflowMember>::const_iterator after(std::uint64_t at) const {
    return std::upper_bound(members.begin(), members.end(), at,
                            [](std::uint64_t wanted, const InflowMember& member) { return wanted < member.position; });
  }

  // At least `want` bytes in `in` unless the source has ended.
  void fill(std::size_t want) {
    while (in.size() < want && !in_ended) {
      in.make_room(std::max(kWindow, want - in.size()));
      const Result<std::size_t> got = source.read(in.end(), in.room());
      if (!got) {
        read_error = got.error();
        in_ended = true;
      } else if (*got == 0) {
        in_ended = true;
      } else {
        in.put(*got);
      }
    }
  }

  void eat(std::size_t n) {
    in.drop(n);
    in_at += n;
  }

  void detect() {
    fill(4);
    const std::string_view head = in.view();
    kind = head.starts_with(kGzip.substr(0, 2)) ? Kind::gzip : head.starts_with(kZstd) || is_skippable(head) ? Kind::zstd : Kind::plain;
    if (kind == Kind::plain && !begins.empty() && !head.starts_with(begins.substr(0, 4))) detect_damaged();
    if (kind == Kind::gzip) steps.emplace(Packing::gzip);
    if (kind == Kind::zstd) {
      steps.emplace(Packing::zstd);
      if (static_cast<unsigned char>(in.view()[0]) == 0x5D) take_dictionary();
    }
  }

  // Bytes that begin like nothing known: packed all the same where a member that proves right follows soon, before plain bytes would.
  void detect_damaged() {
    fill(kLow);
    const std::size_t plain = in.view().find(begins);
    for (const Kind packed : {Kind::gzip, Kind::zstd}) {
      const std::string_view mark = packed == Kind::gzip ? kGzip : kZstd;
      for (std::size_t at = in.view().find(mark); at < plain && at != std::string_view::npos; at = in.view().find(mark, at + 1)) {
        steps.emplace(packed == Kind::gzip ? Packing::gzip : Packing::zstd);
        if (!proven(in.view().substr(at))) continue;
        kind = packed;
        return;
      }
    }
  }

  // The frame in front of a WARC.zst that holds the dictionary of all others (WARC zstd specification, iipc).
  void take_dictionary() {
    fill(8);
    if (in.size() < 8) return;
    const std::size_t length = little_endian(in.view().substr(4));
    if (length > kLargestDictionary) return;
    fill(8 + length);
    if (in.size() < 8 + length) return;
    std::string dictionary(in.view().substr(8, length));
    if (dictionary.starts_with(kZstd)) {
      std::string unpacked(kLargestDictionary, '\0');
      Inflater inflater(Packing::zstd);
      std::size_t used = 0;
      std::size_t size = 0;
      while (used < dictionary.size()) {
        const InflateStep step = inflater.step(std::string_view(dictionary).substr(used), unpacked.data() + size, unpacked.size() - size);
        used += step.used;
        size += step.made;
        if (step.state != InflateStep::State::going || step.used + step.made == 0) break;
      }
      unpacked.resize(size);
      dictionary = std::move(unpacked);
    }
    steps->load_dictionary(dictionary);
    eat(8 + length);
  }

  [[nodiscard]] std::string_view magic() const { return kind == Kind::gzip ? kGzip : kZstd; }

  // Whether `rest` begins with a member, as far as its first bytes decompress.
  [[nodiscard]] bool proven(std::string_view rest) {
    std::array<char, kProof> look{};
    steps->reset();
    std::size_t size = 0;
    InflateStep step;
    do {
      step = steps->step(rest, look.data() + size, look.size() - size);
      rest.remove_prefix(step.used);
      size += step.made;
    } while (step.state == InflateStep::State::going && step.used + step.made != 0 && size < look.size());
    if (begins.empty()) return step.state != InflateStep::State::corrupt;
    return std::string_view(look.data(), size).starts_with(begins);
  }

  // Drops compressed bytes up to the next member, the first `skip` in any case; false at the end.
  bool find_member(std::size_t skip) {
    while (true) {
      fill(std::max(kLow, skip + magic().size()));
      const std::size_t at = in.view().find(magic(), std::min(skip, in.size()));
      if (at == std::string_view::npos) {
        const std::size_t keep = in_ended ? 0 : magic().size() - 1;
        eat(in.size() - std::min(in.size(), keep));
        if (in_ended) return false;
        skip = 0;
        continue;
      }
      eat(at);
      fill(kLow);
      if (proven(in.view())) return true;
      skip = 1;
    }
  }

  Step lost(std::string what, std::uint64_t from, std::size_t skip, ErrorKind error = ErrorKind::kMalformed) {
    const bool last = !find_member(skip);
    damage = {.kind = error, .offset = from, .length = in_at - from, .what = std::move(what), .cut = false, .last = last};
    if (!members.empty() && members.back().end_offset == 0) {
      members.back().end_offset = in_at;
      members.back().end_position = position + out.size();
    }
    return Step::damage;
  }

  Step finish() {
    over = true;
    if (!read_error) return Step::end;
    damage = {
        .kind = ErrorKind::kUnreadable, .offset = in_at + in.size(), .length = 0, .what = read_error->problem, .cut = false, .last = true};
    read_error.reset();
    return Step::damage;
  }

  Step more() {
    if (std::exchange(damage_waits, false)) return Step::damage;
    if (kind == Kind::unknown) detect();
    if (over) return Step::end;
    if (kind == Kind::plain) return more_plain();
    while (true) {
      if (inside) {
        if (const std::optional<Step> step = stream()) return *step;
        continue;
      }
      if (in.size() < kLow) fill(kLow);
      if (in.size() == 0) return finish();
      if (kind == Kind::zstd && is_skippable(in.view())) {
        fill(8);
        const std::uint64_t length = in.size() < 8 ? 0 : little_endian(in.view().substr(4)) + 8ULL;
        if (!pass(length == 0 ? in.size() : length)) return finish();
        continue;
      }
      if (between || (!begins.empty() && in.view().starts_with(begins))) return bare();
      if (!in.view().starts_with(magic())) {
        if (in.view().find_first_not_of('\0') == std::string_view::npos && in_ended) return finish();  // the padding of tapes
        return lost(kind == Kind::gzip ? "no gzip member begins here" : "no zstd frame begins here", in_at, 0);
      }
      members.push_back({.position = position + out.size(), .offset = in_at});
      if (kind == Kind::gzip && whole_member()) {
        if (members.back().end_position != members.back().position) return Step::more;
        continue;
      }
      steps->reset();
      inside = held = true;
      hold_out = out.size();
      hold_in = 0;
      made = 0;
    }
  }

  // Bytes between members that nobody packed, and that begin as those of a member do: somebody has put files together. They are a member
  // of their own, up to the next packed one.
  Step bare() {
    if (!std::exchange(between, true)) members.push_back({.position = position + out.size(), .offset = in_at});
    fill(kLow);
    const std::size_t look = in.size();
    std::size_t at = in.view().find(magic());
    while (at < look) {
      fill(at + kLow);
      if (proven(in.view().substr(at))) break;
      at = in.view().substr(0, look).find(magic(), at + 1);
    }
    if (at >= look) at = std::string_view::npos;
    const bool ends = at != std::string_view::npos || (in_ended && in.size() == look);
    const std::size_t n = at != std::string_view::npos ? at : look - (ends ? 0 : magic().size() - 1);
    out.make_room(n);
    std::memcpy(out.end(), in.view().data(), n);
    out.put(n);
    eat(n);
    if (ends) {
      between = false;
      end_member();
    }
    return Step::more;
  }

  // Passes over `length` compressed bytes; false when the source ends before.
  bool pass(std::uint64_t length) {
    while (length > 0) {
      fill(1);
      if (in.size() == 0) return false;
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(length, in.size()));
      eat(n);
      length -= n;
    }
    return true;
  }

  Step more_plain() {
    if (in.size() != 0) {  // what detection took
      out.make_room(in.size());
      std::memcpy(out.end(), in.view().data(), in.size());
      out.put(in.size());
      eat(in.size());
      return Step::more;
    }
    if (in_ended) return finish();
    out.make_room(kWindow);
    const Result<std::size_t> got = source.read(out.end(), out.room());
    if (!got) read_error = got.error();
    if (!got || *got == 0) {
      in_ended = true;
      return finish();
    }
    out.put(*got);
    in_at += *got;
    return Step::more;
  }

  void end_member() {
    members.back().end_offset = in_at;
    members.back().end_position = position + out.size();
  }

  // True where the member was decompressed.
  bool whole_member() {
    out.make_room(kLow);
    while (true) {
      std::size_t used = 0;
      std::size_t got = 0;
      const libdeflate_result result =
          libdeflate_gzip_decompress_ex(whole.get(), in.view().data(), in.size(), out.end(), out.room(), &used, &got);
      if (result == LIBDEFLATE_SUCCESS) {
        out.put(got);
        eat(used);
        end_member();
        return true;
      }
      if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
        if (out.room() >= kWholeOut) return false;
        out.make_room(std::min(kWholeOut, out.room() * 2));
      } else {
        if (in_ended || in.size() >= kWholeIn) return false;
        fill(in.size() * 2);
      }
    }
  }

  void release() {
    held = false;
    eat(hold_in);
    hold_in = 0;
  }

  // Goes on with the member in steps; nullopt where it ended without a byte.
  std::optional<Step> stream() {
    const std::size_t before = out.size();
    while (true) {
      if (held && (hold_in >= kWholeIn || out.size() - hold_out >= kWholeOut)) release();
      if (!held && out.size() - before >= kWindow) return Step::more;
      if (!held && made > ratio_from && too_much()) return bomb();
      out.make_room(kWindow);
      if (in.size() - hold_in < kLow) fill(hold_in + kLow);
      const InflateStep step = steps->step(in.view().substr(hold_in), out.end(), out.room());
      out.put(step.made);
      made += step.made;
      held ? void(hold_in += step.used) : eat(step.used);
      if (step.state == InflateStep::State::finished) {
        release();
        inside = false;
        end_member();
        if (members.back().end_position == members.back().position) return std::nullopt;
        return Step::more;
      }
      if (step.state == InflateStep::State::corrupt) {
        inside = false;
        const InflowMember& member = members.back();
        const char* what = kind == Kind::gzip ? "the gzip member is corrupt" : "the zstd frame is corrupt";
        if (!held) return lost(what, member.offset, 0);
        out.cut(hold_out);
        held = false;
        return lost(what, member.offset, behind_damage());
      }
      if (step.used + step.made == 0 && in_ended && in.size() == hold_in) return ends_early(before);
      // A stream that neither eats nor gives although it has both is broken.
      if (step.used + step.made == 0 && in.size() > hold_in && out.room() != 0) {
        if (!in_ended) {
          fill(in.size() + kWindow);
          continue;
        }
        return ends_early(before);
      }
    }
  }

  // How many compressed bytes to leave out before the next member is sought: one, since it may begin within what a damaged one was read as.
  // Members made to run into each other would make that a reading of everything from each; past a bound all that was read is left out.
  [[nodiscard]] std::size_t behind_damage() {
    again += std::max<std::uint64_t>(hold_in, made);
    return again < kMostAgain ? 1 : std::max<std::size_t>(hold_in, 1);
  }

  // Where within a member that is still held another one begins: the member was cut, and the next one was read as its rest.
  [[nodiscard]] bool another_begins() {
    if (!held || begins.empty()) return false;
    for (std::size_t at = in.view().find(magic(), 1); at != std::string_view::npos; at = in.view().find(magic(), at + 1)) {
      if (proven(in.view().substr(at))) return true;
    }
    return false;
  }

  Step ends_early(std::size_t before) {
    if (!read_error && again < kMostAgain && another_begins()) {
      inside = held = false;
      out.cut(hold_out);
      return lost(kind == Kind::gzip ? "the gzip member is cut short" : "the zstd frame is cut short", members.back().offset,
                  behind_damage());
    }
    release();
    inside = false;
    const InflowMember& member = members.back();
    eat(in.size());
    end_member();
    damage = {.kind = read_error ? ErrorKind::kUnreadable : ErrorKind::kMalformed,
              .offset = member.offset,
              .length = in_at - member.offset,
              .what = read_error ? read_error->problem : std::string("the file ends within the compressed member"),
              .cut = true,
              .last = true};
    read_error.reset();
    over = true;
    damage_waits = out.size() > before;
    return damage_waits ? Step::more : Step::damage;
  }

  [[nodiscard]] bool too_much() const {
    const auto used = static_cast<double>(in_at - members.back().offset + 1);
    return static_cast<double>(made) / used > largest_ratio;
  }

  Step bomb() {
    over = true;
    inside = false;
    const InflowMember& member = members.back();
    damage = {.kind = ErrorKind::kLimit,
              .offset = member.offset,
              .length = in_at - member.offset,
              .what = "one compressed member gives more than " + std::to_string(made >> 20U) + " MB, over " +
                      std::to_string(static_cast<int>(largest_ratio)) + " times its bytes",
              .cut = false,
              .last = true};
    end_member();
    return Step::damage;
  }
};

Inflow::Inflow(ByteSource source, std::string_view begins, double largest_ratio, std::uint64_t ratio_from)
    : impl_(std::make_unique<Impl>()) {
  impl_->source = std::move(source);
  impl_->begins = begins;
  impl_->largest_ratio = largest_ratio;
  impl_->ratio_from = ratio_from;
}
Inflow::Inflow(Inflow&&) noexcept = default;
Inflow& Inflow::operator=(Inflow&&) noexcept = default;
Inflow::~Inflow() = default;

bool Inflow::start_at(std::uint64_t at) {
  Impl& i = *impl_;
  if (!i.source.seek) return false;
  if (i.kind == Impl::Kind::unknown) {
    if (!i.source.seek(0)) return false;
    i.detect();
  }
  if (!i.source.seek(at)) return false;
  i.in.clear();
  i.out.clear();
  i.members.clear();
  i.in_at = i.position = at;
  i.in_ended = i.between = i.inside = i.held = i.damage_waits = i.over = false;
  i.read_error.reset();
  if (i.kind != Impl::Kind::plain) i.find_member(0);
  return true;
}

std::string_view Inflow::view() const { return impl_->out.view(); }

void Inflow::drop(std::size_t bytes) {
  Impl& i = *impl_;
  i.out.drop(bytes);
  i.position += bytes;
  while (i.members.size() > 1 && i.members[1].position <= i.position) i.members.pop_front();
}

Inflow::Step Inflow::more() { return impl_->more(); }
const InflowDamage& Inflow::damage() const { return impl_->damage; }
bool Inflow::plain() const { return impl_->kind == Impl::Kind::plain; }
std::uint64_t Inflow::position() const { return impl_->position; }
std::uint64_t Inflow::offset() const { return impl_->kind == Impl::Kind::plain ? impl_->position : impl_->in_at; }

// A window of a large record may hold members of some bytes each, so they are found by halving.
const InflowMember* Inflow::member_of(std::uint64_t position) const {
  const auto after = impl_->after(position);
  return after == impl_->members.begin() ? nullptr : &*std::prev(after);
}

const InflowMember* Inflow::member_after(std::uint64_t position) const {
  const auto after = impl_->after(position);
  return after == impl_->members.end() ? nullptr : &*after;
}

std::optional<std::string> Inflow::bytes_at(std::uint64_t at, std::size_t most) {
  Impl& i = *impl_;
  if (!plain() || !i.source.seek || !i.source.seek(at)) return std::nullopt;
  std::string out(most, '\0');
  std::size_t size = 0;
  while (size < most) {
    const Result<std::size_t> got = i.source.read(out.data() + size, most - size);
    if (!got || *got == 0) break;
    size += *got;
  }
  out.resize(size);
  if (!i.source.seek(i.in_at + i.in.size())) i.in_ended = true;
  return out;
}

}  // namespace litopys
