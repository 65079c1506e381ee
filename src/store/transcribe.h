// Pictures of a casebook that were kept unread, read now.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

#include "claim/pipeline.h"
#include "store/casebook.h"

namespace litopys {

// Reads each item that could not be read for want of leave to read pictures (ResourcePaths::ocr), and keeps what stands in it: a sighting
// of the same content with its transcript, in evidence, log and record. Items that are still unread afterwards come with their reason to
// `trouble`. Gives how many were read. Errors as of Casebook::open. Seconds a page.
[[nodiscard]] Result<std::uint64_t> read_kept_pictures(const std::filesystem::path& folder,
                                                       const std::shared_ptr<const Resources>& resources,
                                                       const std::function<void(const Error&)>& trouble, const Say& say,
                                                       std::chrono::seconds wait = {});

}  // namespace litopys
