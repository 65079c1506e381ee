// --wait of the commands that write to a casebook.
#pragma once

#include "cli/options.h"

namespace litopys {

inline void add_wait_option(Command& command, unsigned& seconds) {
  command.option("--wait", seconds, "How long to wait for another writer (default: not at all)").type_name("SECONDS").range(0, 1'000'000);
}

}  // namespace litopys
