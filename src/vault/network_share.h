// Whether a folder lies on a disk of this machine. On another's, an fsync is a promise of a server, which may answer before it has written
// anything, and a lock may hold on one machine and not on the next; no program can find out from here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace litopys {

// What a file system of this number (statfs(2), f_type) is, where it lies behind a network or another program: "NFS", "SMB", …; "" for all
// others.
[[nodiscard]] std::string_view network_share_name(std::uint64_t type);

// A line for people who keep a casebook in `folder`; "" where it lies on this machine, or nobody can say.
[[nodiscard]] std::string network_share_line(const std::filesystem::path& folder);

}  // namespace litopys
