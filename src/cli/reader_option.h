// --reader, the same for every command that reads.
#pragma once

#include <string>

#include "cli/options.h"
#include "cli/session.h"

namespace litopys {

inline void add_reader_option(Command& command, Session& session) {
  command
      .option(
          "--reader",
          [&session](const std::string& word) {
            session.choose_reader(word == "light" ? Session::ReaderChoice::light : Session::ReaderChoice::careful);
          },
          "Who says what a sentence claims: careful (an encoder, the default) or light (words and cues, many times as fast)")
      .type_name("light|careful")
      .one_of({"light", "careful"});
}

}  // namespace litopys
