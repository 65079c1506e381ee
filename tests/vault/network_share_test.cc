#include "vault/network_share.h"

#include <gtest/gtest.h>
#include <sys/vfs.h>

namespace litopys {
namespace {

TEST(NetworkShare, IsKnownByItsNumber) {
  EXPECT_EQ(network_share_name(0x6969), "NFS");
  EXPECT_EQ(network_share_name(0xFE534D42), "SMB");
  EXPECT_EQ(network_share_name(~std::uint64_t{0} << 32U | 0xFF534D42U), "SMB") << "as a signed word gives it";
  EXPECT_EQ(network_share_name(0x65735546), "FUSE, a file system of another program");
  for (const std::uint64_t local : {0xEF53U, 0x58465342U, 0x9123683EU, 0x01021994U}) EXPECT_EQ(network_share_name(local), "");
}

TEST(NetworkShare, IsNoneWhereTheKernelKeepsItsOwnThings) {
  EXPECT_EQ(network_share_line("/proc"), "");
  EXPECT_EQ(network_share_line("/nowhere/at/all"), "");
}

}  // namespace
}  // namespace litopys
