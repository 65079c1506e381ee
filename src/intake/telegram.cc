// Which of the two forms a file has, and the JSON form. A message is skipped by its brackets, which gives its exact bytes, then its few
// fields of interest are read from them; so an export that ends in the middle costs only the message that it ends in.
// Does not fit: a message whose damage keeps its quotes and brackets in order is given as it is; the page stage says what it cannot read.
#include "intake/telegram.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "base/ascii.h"
#include "base/json_scan.h"
#include "intake/member.h"
#include "intake/telegram_html.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestMessage = std::size_t{4} << 20U;  // Telegram's own limit is 4,096 letters; formatting repeats them
constexpr int kMostDamage = 100;                                // places; each may cost a search over one message's bytes

// Members of an account's export that hold no published text.
constexpr std::array<std::string_view, 11> kPersonal = {"personal_information",
                                                        "profile_pictures",
                                                        "stories",
                                                        "contacts",
                                                        "frequent_contacts",
                                                        "sessions",
                                                        "web_sessions",
                                                        "other_data",
                                                        "calls",
                                                        "bot_settings",
                                                        "drafts"};

constexpr std::array<std::string_view, 9> kChatTypes = {"personal_chat",     "bot_chat",        "saved_messages",
                                                        "replies",           "private_group",   "private_supergroup",
                                                        "public_supergroup", "private_channel", "public_channel"};

template <class List>
bool is_one_of(std::string_view word, const List& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

struct Chat {
  std::string name, type, id;
  [[nodiscard]] bool channel() const { return type.ends_with("_channel"); }
  [[nodiscard]] bool between_persons() const {
    return type == "personal_chat" || type == "bot_chat" || type == "saved_messages" || type == "replies";
  }
};

struct Message {
  std::string id, type, from_id, forwarded_from, forwarded_from_id, date;
  std::optional<std::int64_t> time;
  bool has_text = false;
  bool forwarded = false;
};

std::string text_of(JsonCursor& at) {
  std::string_view raw;
  if (at.string(raw)) return unescaped(raw.substr(0, 4096));
  if (at.scalar(raw)) return raw == "null" ? std::string() : std::string(raw.substr(0, 64));
  at.skip();
  return {};
}

bool says_something(std::string_view raw) {
  const std::string text = unescaped(raw);
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' '; });
}

// A message's text is a string, or an array of strings and of objects with a member "text".
bool holds_text(JsonCursor& at) {
  std::string_view raw;
  if (at.string(raw)) return says_something(raw);
  if (!at.open('[')) {
    at.skip();
    return false;
  }
  bool found = false;
  while (at.element()) {
    if (at.string(raw)) {
      found = found || says_something(raw);
    } else if (at.open('{')) {
      for (std::string_view key; at.member(key);) {
        if (key == "text" && at.string(raw)) {
          found = found || says_something(raw);
        } else {
          at.skip();
        }
      }
    } else {
      at.skip();
    }
  }
  return found;
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Message read_message(std::string_view object) {
  Message out;
  JsonCursor at(object);
  if (!at.open('{')) return out;
  for (std::string_view key; at.member(key);) {
    if (key == "id") {
      out.id = text_of(at);
    } else if (key == "type") {
      out.type = text_of(at);
    } else if (key == "date") {
      out.date = text_of(at);
    } else if (key == "date_unixtime") {
      out.time = whole_number(text_of(at));
    } else if (key == "from_id") {
      out.from_id = text_of(at);
    } else if (key == "forwarded_from") {
      out.forwarded_from = text_of(at);
      out.forwarded = true;
    } else if (key == "forwarded_from_id") {
      out.forwarded_from_id = text_of(at);
      out.forwarded = true;
    } else if (key == "text") {
      out.has_text = holds_text(at) || out.has_text;
    } else if (key == "text_entities") {  // the same in pieces; some exports have no other
      out.has_text = holds_text(at) || out.has_text;
    } else {
      at.skip();
    }
  }
  return out;
}

class JsonExport {
 public:
  JsonExport(const Item& container, const ContainerLimits& limits, const Give& give)
      : container_(container), bytes_(container.bytes), giver_(container, limits, give) {}

  void read() {
    JsonCursor at(bytes_, bytes_.size() - ascii::without_mark(bytes_).size());
    at.open('{');
    chat_members(at, false);
    if (at.damaged() && !given_up_ && !giver_.stopped()) {
      giver_.error(ErrorKind::kMalformed, fmt::format("byte {}", at.at()), fmt::format("the export is damaged: {}", at.problem()),
                   fmt::format("{} whole messages were read", giver_.items()));
    }
    if (!refused_.empty() && !giver_.stopped()) {
      giver_.error(ErrorKind::kLimit, "", fmt::format("holds data of persons: {}", fmt::join(refused_, ", ")),
                   "refused; of an account only channels and public groups are read");
    }
    if (giver_.items() == 0 && refused_.empty() && !at.damaged() && !giver_.stopped()) {
      giver_.error(ErrorKind::kMalformed, "", "no message with text" + passed_over(service_, empty_), "nothing to read in it");
    }
    std::string note = passed_over(service_, empty_);
    giver_.finish(note.empty() ? note : container_.path + note);
  }

 private:
  // The members of the file's own object, or of a chat of its list.
  void chat_members(JsonCursor& at, bool listed) {
    Chat chat;
    for (std::string_view key; !giver_.stopped() && at.member(key);) {
      if (key == "name") {
        chat.name = text_of(at);
      } else if (key == "type") {
        chat.type = text_of(at);
      } else if (key == "id") {
        chat.id = text_of(at);
      } else if (key == "messages") {
        messages(at, chat, listed);
        if (next_chat_) return;
      } else if (!listed && (key == "chats" || key == "left_chats")) {
        chat_list(at);
      } else {
        if (!listed && is_one_of(key, kPersonal)) refused_.insert(std::string(key));
        at.skip();
      }
    }
  }

  void chat_list(JsonCursor& at) {
    if (!at.open('{')) {
      at.skip();
      return;
    }
    for (std::string_view key; !giver_.stopped() && at.member(key);) {
      if (key != "list" || !at.open('[')) {
        at.skip();
        continue;
      }
      while (!giver_.stopped() && at.element()) {
        if (at.open('{')) {
          next_chat_ = false;
          chat_members(at, true);
        } else {
          at.skip();
        }
      }
    }
  }

  void refuse(const Chat& chat) { refused_.insert(chat.type.empty() ? "a chat of no known kind" : chat.type.substr(0, 40)); }

  void messages(JsonCursor& at, const Chat& chat, bool listed) {
    const bool readable =
        is_one_of(chat.type, kChatTypes) && !chat.between_persons() && !(listed && chat.type.starts_with("private_") && !chat.channel());
    if (!readable && !(chat.type.empty() && !listed)) {
      refuse(chat);
      at.skip();
      return;
    }
    if (!at.open('[')) {
      at.skip();
      return;
    }
    last_id_ = chats_.insert(chat.id).second ? INT64_MIN : INT64_MAX;
    while (!giver_.stopped() && at.element()) {
      const std::size_t begin = at.at();
      JsonCursor one(bytes_, begin, std::min(bytes_.size(), begin + kLargestMessage));
      if (one.skip()) {
        message(begin, one.at(), chat, listed);
        at = JsonCursor(bytes_, one.at());
        continue;
      }
      const std::size_t next = damage_ < kMostDamage ? next_message(begin) : std::string_view::npos;
      if (next == std::string_view::npos && damage_ < kMostDamage && begin + kLargestMessage >= bytes_.size()) {
        at = JsonCursor(bytes_, begin);  // says so itself, with the place
        at.skip();
        return;
      }
      ++damage_;
      const bool last = next == std::string_view::npos;
      // A message beyond the next list of messages is another chat's; that chat must say first whose it is.
      if (const std::size_t list = bytes_.find("\"messages\"", begin); listed && list < next) {
        const std::size_t chat_begin = bytes_.rfind('{', list);
        if (chat_begin != std::string_view::npos && chat_begin > begin) {
          giver_.error(ErrorKind::kMalformed, fmt::format("byte {}", begin), fmt::format("a message is damaged: {}", one.problem()),
                       fmt::format("{} bytes passed over, to the next chat", chat_begin - begin));
          at = JsonCursor(bytes_, chat_begin);
          next_chat_ = true;
          return;
        }
      }
      giver_.error(last ? ErrorKind::kLimit : ErrorKind::kMalformed, fmt::format("byte {}", begin),
                   fmt::format("a message is damaged: {}", one.problem()),
                   last ? std::string("the rest is not read") : fmt::format("{} bytes passed over", next - begin));
      if (last) {
        at = JsonCursor(bytes_, bytes_.size());
        given_up_ = true;
        return;
      }
      at = JsonCursor(bytes_, next);
    }
  }

  // The next `{ "id":` after the message that begins at `begin`.
  std::size_t next_message(std::size_t begin) const {
    for (std::size_t at = begin + 1; (at = bytes_.find("\"id\"", at)) != std::string_view::npos; ++at) {
      std::size_t back = at;
      while (back > begin + 1 &&
             (bytes_[back - 1] == ' ' || bytes_[back - 1] == '\n' || bytes_[back - 1] == '\r' || bytes_[back - 1] == '\t'))
        --back;
      if (back > begin + 1 && bytes_[back - 1] == '{') return back - 1;
    }
    return std::string_view::npos;
  }

  void message(std::size_t begin, std::size_t end, const Chat& chat, bool listed) {
    if (bytes_[begin] != '{') return;
    const Message message = read_message(bytes_.substr(begin, end - begin));
    if (message.type == "service" || message.type == "unsupported") {
      ++service_;
      return;
    }
    if (!message.has_text) {
      ++empty_;
      return;
    }
    const std::string number = message.id.empty() ? fmt::format("at byte {}", begin) : message.id;
    // Ids rise within a chat; one that does not might be there twice, so it takes its place along.
    const auto value = whole_number(message.id);
    const bool rises = value && *value > last_id_;
    if (rises) last_id_ = *value;
    const std::string suffix = rises ? message.id : fmt::format("{}-at-{}", message.id, begin);
    OpenedItem out = member_item(container_, listed ? chat.id + "-" + suffix : suffix,
                                 listed ? fmt::format("chat {} message {}", chat.id, number) : fmt::format("message {}", number),
                                 "telegram-message", begin, end - begin);
    Origin& origin = out.item.origin;
    origin.outlet = chat.name;
    if (message.from_id.starts_with("channel") && !chat.channel()) origin.author = message.from_id;
    if (message.time) {
      origin.published = iso_time(*message.time);
      origin.published_from = "telegram date_unixtime";
    } else if (!message.date.empty()) {
      origin.published = message.date.substr(0, 40);
      origin.published_from = "telegram date, local time";
    }
    if (message.forwarded) {
      const bool person = message.forwarded_from_id.starts_with("user");
      origin.forwarded_from = person || message.forwarded_from.empty() ? "somebody whose name is left out" : message.forwarded_from;
      if (!origin.published_from.empty()) origin.published_from += " of the forwarding";
    }
    giver_.item(std::move(out));
  }

  const Item& container_;
  std::string_view bytes_;
  MemberGiver giver_;
  std::set<std::string> refused_;  // members and kinds of chats
  std::set<std::string> chats_;    // ids of those that were read
  std::int64_t last_id_ = 0;
  std::uint64_t service_ = 0;
  std::uint64_t empty_ = 0;
  int damage_ = 0;
  bool given_up_ = false;   // after too much damage, which has been said
  bool next_chat_ = false;  // damage ended a chat's messages: the cursor stands before the next chat
};

}  // namespace

bool looks_like_telegram(std::string_view head) {
  head = ascii::without_mark(head);
  if (looks_like_telegram_html(head)) return true;
  JsonCursor at(head);
  if (!at.open('{')) return false;
  bool named = false;
  bool typed = false;
  for (std::string_view key; at.member(key);) {
    if (key == "messages") return typed && at.peek() == '[';
    if (key == "personal_information" || key == "frequent_contacts" || key == "left_chats") return at.peek() == '{';
    if (key == "chats") {
      JsonCursor list = at;
      if (!list.open('{')) return false;
      for (std::string_view inner; list.member(inner);) {
        if (inner == "list") return true;
        if (inner != "about" || !list.skip()) return false;
      }
      return false;
    }
    if (key == "name") named = true;
    if (key == "type") {
      std::string_view raw;
      JsonCursor value = at;
      typed = value.string(raw) && is_one_of(raw, kChatTypes);
    }
    if (!named && !typed && key != "about" && key != "id" && !is_one_of(key, kPersonal)) return false;
    if (!at.skip()) return false;
  }
  return false;
}

void split_telegram(const Item& container, const ContainerLimits& limits, const Give& give) {
  if (looks_like_telegram_html(std::string_view(container.bytes).substr(0, kTelegramHead))) {
    split_telegram_html(container, limits, give);
  } else {
    JsonExport(container, limits, give).read();
  }
}

}  // namespace litopys
