// A part of the codebook, for whoever cannot wait for all of it.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"

namespace litopys {

// For whoever needs rows of these kinds, measures and targets only, in a third of the time: files without any of them are not parsed, so
// that rows of other kinds may be missing, and what is wrong in such a file is not seen.
[[nodiscard]] Result<Codebook> load_codebook_with(const std::filesystem::path& folder, std::vector<std::string_view> kinds);

}  // namespace litopys
