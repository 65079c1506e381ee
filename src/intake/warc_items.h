// Which records of a WARC are items, and what they are then.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "intake/container.h"
#include "intake/warc.h"

namespace litopys {

struct WarcItemLimits {
  std::uint64_t largest_item = kLargestItem;
  bool keep_records = false;  // Item::warc_record is filled
};

// Records that are no items, by reason.
using PassedOver = std::map<std::string, std::uint64_t>;

// Gives the pages of a WARC in order, with ids "ID-number", paths "PATH!<record id>" and their origin; damage as errors. What is passed
// over is counted. False: `give` wanted no more.
bool warc_items(WarcReader& reader, const std::string& id, const std::string& path, const WarcItemLimits& limits, const Give& give,
                PassedOver& passed_over);

// Why a record with this (beginning of a) block is no item ("request records", "status 404", "image/*"); "" where it may be one.
[[nodiscard]] std::string why_no_item(const WarcRecord& record, std::string_view block);

// Whether bytes of this media type (as a transport declares it; "" where it does not) are worth reading as a page.
[[nodiscard]] bool readable_media(std::string_view media_type, std::string_view first_bytes);

}  // namespace litopys
