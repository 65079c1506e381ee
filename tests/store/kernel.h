// The kernel asked directly, past the C library's names that faults.cc takes. What changes a disk is recorded where a Recording wants it
// (power.h). Each gives -1 and errno as the C library does.
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace litopys::testing::kernel {

long write(int file, const void* bytes, std::size_t size);
long pwrite(int file, const void* bytes, std::size_t size, off_t at);
long fsync(int file);
long fdatasync(int file);
long openat(int folder, const char* path, int flags, mode_t mode);
long rename(const char* from, const char* to);
long unlinkat(int folder, const char* path, int flags);
long mkdir(const char* path, mode_t mode);
long ftruncate(int file, off_t size);

}  // namespace litopys::testing::kernel
