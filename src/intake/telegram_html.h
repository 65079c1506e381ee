// The HTML form of Telegram Desktop's exports; part of intake/telegram.h, which says what is taken and what is refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "intake/container.h"

namespace litopys {

inline constexpr std::size_t kTelegramHead = 65536;  // bytes that suffice to know an export by

// A page of messages, or a page of an export that lists contacts, sessions or the exporter's own data.
[[nodiscard]] bool looks_like_telegram_html(std::string_view head);

// As split_telegram.
void split_telegram_html(const Item& container, const ContainerLimits& limits, const Give& give);

// ": 3 service messages passed over; 1 messages without text passed over"; empty where both are none.
[[nodiscard]] std::string passed_over(std::uint64_t service, std::uint64_t without_text);

// The inside of the first <div> in `html` whose class list begins with `classes` ("text", "reply_to details"); empty where none is or it
// does not end. O(html).
[[nodiscard]] std::string_view inside_of_div(std::string_view html, std::string_view classes);

}  // namespace litopys
