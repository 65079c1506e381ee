// Formats that many bytes could be (a table, a mail) stand after those that say what they are.
#include "intake/formats.h"

namespace litopys {

std::span<const Format> formats() { return {}; }

}  // namespace litopys
