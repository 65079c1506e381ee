// --reader, the same for every command that reads.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "cli/session.h"

namespace litopys {

inline void add_reader_option(CLI::App& command, Session& session) {
  const std::map<std::string, Session::ReaderChoice> choices{{"light", Session::ReaderChoice::light},
                                                             {"careful", Session::ReaderChoice::careful}};
  command
      .add_option_function<std::string>(
          "--reader", [choices, &session](const std::string& word) { session.choose_reader(choices.at(word)); },
          "Who says what a sentence claims: careful (an encoder, the default) or light (words and cues, many times as fast)")
      ->type_name("light|careful")
      ->check(CLI::IsMember(choices));
}

}  // namespace litopys
