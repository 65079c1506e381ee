// An item: bytes as they were taken, and where they came from. Nothing here interprets them.
#pragma once

#include <string>

namespace litopys {

struct Item {
  std::string id;     // the file's stem ("en-a-07"); "stdin" for standard input
  std::string path;   // as the user named it, or the path found under a folder that the user named
  std::string bytes;  // exactly as read
};

}  // namespace litopys
