// Single messages and items of feeds, as the splitters of src/intake take them out of their containers.
#pragma once

#include "base/result.h"
#include "intake/item.h"
#include "page/content.h"

namespace litopys {

// A message of Telegram Desktop's result.json: its text, whether one string or an array of pieces. Edits and replies become notes.
[[nodiscard]] Result<Content> read_telegram_message(const Item& item);

// A message of the HTML form.
[[nodiscard]] Result<Content> read_telegram_html(const Item& item);

// An item of RSS or Atom: its title as the first line, then the fullest of content:encoded, content, description and summary. What is not
// well-formed is read as far as it goes, with a note.
[[nodiscard]] Result<Content> read_feed_item(const Item& item);

// A mail: its subject as the first line, then its text, HTML before plain text. Quoted mails and signatures are marked as junk; lines that
// were broken for the way are joined. The outlet is the sender where that is an office rather than a person ("press@...", a mailing list).
// Errors: kMalformed where no part is text.
[[nodiscard]] Result<Content> read_mail(const Item& item);

// A row of a table (intake/table.h): its title as the first line, then its text; text that is HTML is read as such.
[[nodiscard]] Result<Content> read_table_row(const Item& item);
[[nodiscard]] Result<Content> read_json_row(const Item& item);

}  // namespace litopys
