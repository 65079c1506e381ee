// Exports of Telegram Desktop: `result.json` (one chat, or a whole account with its list of chats) and the HTML form (messages.html).
//
// One item a message with text: the exact bytes of its JSON object ("telegram-message") or of its <div> ("telegram-html"). Of a message
// the origin says the channel (outlet), the time (published) and, of a forwarded one, where it was first (forwarded_from).
//
// Time. `date_unixtime` is the time, in UTC; `date` is the exporter's local time without zone and counts only in exports from before
// 2021, which have no other. In HTML the time is the title of the date, with its offset. The time of a forwarded message is that of the
// forwarding and says so in published_from; the HTML form also has the first posting's own time, which then counts.
//
// What is refused, each with a line: everything of an account that is not a chat (personal information, contacts, sessions, stories,
// ...), chats between persons, saved messages, and the private groups of an account (a group that was exported by itself is read). Names
// of persons are left out: a message's author and a forwarded message's origin are kept only where they are channels.
#pragma once

#include <string_view>

#include "intake/container.h"

namespace litopys {

// `head`: the first bytes of a file, a few kilobytes suffice. By content alone.
[[nodiscard]] bool looks_like_telegram(std::string_view head);

// A Split (intake/container.h). Service messages and messages without text are passed over and counted in a note of the last item.
// Damage (kMalformed, "byte N"): the next whole message is sought, up to 100 times. O(bytes).
void split_telegram(const Item& container, const ContainerLimits& limits, const Give& give);

}  // namespace litopys
