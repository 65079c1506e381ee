// Text that cannot be read any more, since somebody decoded it wrongly and saved what came out.
#pragma once

#include <string>
#include <string_view>

namespace litopys {

// How `text` (UTF-8) was once misread, in words: "UTF-8 was once read as KOI8-R", "windows-1251 was once read as windows-1252"; "" for
// sound text, whatever its language. Looks at the first 256 KB, by letter statistics of Ukrainian and Russian.
[[nodiscard]] std::string misreading_of(std::string_view text);

// What says that most of a text's letters are lost for good; "" for sound text. `text` is what a reader sees, without markup.
[[nodiscard]] std::string losses_of(std::string_view text);

}  // namespace litopys
