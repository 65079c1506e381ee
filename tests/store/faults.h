// System calls that fail when they are told to. The test program has functions of its own in the place of the C library's write, fsync,
// rename and so on (faults.cc), for what the libraries call too; until a fault is armed they only pass on.
#pragma once

#include <cstdint>

namespace litopys::testing {

enum class Fault : unsigned char {
  none,         // only counts
  kill_before,  // the process dies instead of the call
  kill_after,   // the process dies once the call has been done
  no_space,     // ENOSPC
  io_error,     // EIO
  interrupted,  // EINTR
  short_write,  // half of the bytes are written, which is no error; calls of other kinds go through
  unreadable,   // EIO, of the reads of evidence alone: the nth of them
};
inline constexpr Fault kFaults[] = {Fault::kill_before, Fault::kill_after,  Fault::no_space,
                                    Fault::io_error,    Fault::interrupted, Fault::short_write};
[[nodiscard]] const char* name_of(Fault fault);

// The nth call from now on, from 1, whoever makes it, has this fault; those after it do not.
void arm(Fault fault, std::uint64_t nth);
// How many calls there were since.
std::uint64_t disarm();

// From now on every folder is said to lie on a file system of this number (statfs(2)); 0: as it is.
void pretend_file_system(long type);

}  // namespace litopys::testing
