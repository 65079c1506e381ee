// The forest stands in base/trees.h, since the page stage asks it too.
#pragma once

#include "base/trees.h"  // IWYU pragma: export
