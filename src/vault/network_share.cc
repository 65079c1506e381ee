#include "vault/network_share.h"

#include <sys/vfs.h>

#include <utility>

namespace litopys {

std::string_view network_share_name(std::uint64_t type) {
  // include/uapi/linux/magic.h of the kernel, and the file systems' own headers.
  static constexpr std::pair<std::uint32_t, std::string_view> kShares[] = {
      {0x6969U, "NFS"},
      {0x517BU, "SMB"},
      {0xFF534D42U, "SMB"},
      {0xFE534D42U, "SMB"},
      {0x01021997U, "9P"},
      {0x00C36400U, "Ceph"},
      {0x5346414FU, "AFS"},
      {0x6B414653U, "AFS"},
      {0x73757245U, "Coda"},
      {0x0BD00BD0U, "Lustre"},
      {0x786F4256U, "a shared folder of VirtualBox"},
      {0x65735546U, "FUSE, a file system of another program"},
  };
  for (const auto& [number, name] : kShares) {
    if (static_cast<std::uint32_t>(type) == number) return name;
  }
  return {};
}

std::string network_share_line(const std::filesystem::path& folder) {
  struct statfs status {};
  if (statfs(folder.c_str(), &status) != 0) return {};
  const std::string_view name = network_share_name(static_cast<std::uint64_t>(status.f_type));
  if (name.empty()) return {};
  return folder.string() + " lies on a network share (" + std::string(name) +
         "): what is acknowledged is as safe as its server makes it; keep checkpoints elsewhere (litopys stamp) and verify with them when "
         "the server has failed";
}

}  // namespace litopys
