// Formats that many bytes could be (a table, a mail) stand after those that say what they are.
#include "intake/formats.h"

#include <array>

#include "intake/feed.h"
#include "intake/mail.h"
#include "intake/table.h"
#include "intake/telegram.h"

namespace litopys {

std::span<const Format> formats() {
  static constexpr std::array kFormats = {
      Format{"telegram", looks_like_telegram, split_telegram},
      Format{"feed", looks_like_feed, split_feed},
      Format{"mail", looks_like_mail, split_mail},
      Format{"table", looks_like_table, split_table},
  };
  return kFormats;
}

}  // namespace litopys
