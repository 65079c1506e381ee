// One item is held back until the next one comes or the container ends.
#include "intake/member.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace litopys {

OpenedItem member_item(const Item& container, std::string_view suffix, std::string member, std::string format, std::uint64_t offset,
                       std::uint64_t length) {
  OpenedItem out;
  const std::string& name = container.path.empty() ? container.id : container.path;
  out.item.id = fmt::format("{}-{}", container.id, suffix);
  out.item.path = fmt::format("{}!{}", name, member);
  out.item.bytes = container.bytes.substr(offset, length);
  out.item.origin.container = name;
  out.item.origin.member = std::move(member);
  out.item.origin.offset = offset;
  out.item.origin.length = length;
  out.item.origin.format = std::move(format);
  return out;
}

bool MemberGiver::pass(Result<OpenedItem> result) {
  if (!stopped_ && !give_(std::move(result))) stopped_ = true;
  return !stopped_;
}

bool MemberGiver::flush() {
  if (!waiting_) return !stopped_;
  OpenedItem item = std::move(*waiting_);
  waiting_.reset();
  return pass(std::move(item));
}

bool MemberGiver::item(OpenedItem item) {
  if (!flush()) return false;
  if (item.item.bytes.size() > limits_.largest_item) {
    return error(ErrorKind::kLimit, item.item.origin.member, fmt::format("is larger than {} bytes", limits_.largest_item), "skipped");
  }
  if (items_ >= limits_.most_items) {
    error(ErrorKind::kLimit, item.item.origin.member, fmt::format("more than {} items", limits_.most_items), "the rest is not read");
    stopped_ = true;
    return false;
  }
  ++items_;
  waiting_ = std::move(item);
  return true;
}

bool MemberGiver::error(ErrorKind kind, std::string place, std::string problem, std::string next) {
  if (!flush()) return false;
  const std::string& name = container_.path.empty() ? container_.id : container_.path;
  return pass(fail(kind, name, std::move(place), std::move(problem), std::move(next)));
}

void MemberGiver::finish(std::string note) {
  if (!note.empty() && waiting_) waiting_->notes.push_back(std::move(note));
  flush();
}

std::string iso_time(std::int64_t unix_seconds) {
  constexpr std::int64_t kEnd = 253'402'300'800;  // the year 10000
  if (unix_seconds < 0 || unix_seconds >= kEnd) return {};
  const std::chrono::sys_seconds time{std::chrono::seconds{unix_seconds}};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace litopys
