# One folder of src/ is one static library litopys_NAME of all its *.cc files; a folder without any is an interface library.
set(LITOPYS_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wcast-align -Wunused -Woverloaded-virtual)

add_library(litopys_flags INTERFACE)
target_include_directories(litopys_flags INTERFACE "${CMAKE_SOURCE_DIR}/src")
if(NOT LITOPYS_PCH)
  target_compile_options(litopys_flags INTERFACE ${LITOPYS_WARNINGS})
endif()
target_compile_definitions(litopys_flags INTERFACE LITOPYS_VERSION="${PROJECT_VERSION}" LITOPYS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
if(LITOPYS_SANITIZE)
  target_compile_options(litopys_flags INTERFACE -fsanitize=${LITOPYS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(litopys_flags INTERFACE -fsanitize=${LITOPYS_SANITIZE})
endif()
find_program(LITOPYS_MOLD mold)
if(LITOPYS_MOLD)
  target_link_options(litopys_flags INTERFACE -fuse-ld=mold)
endif()
find_program(LITOPYS_CCACHE ccache)
if(LITOPYS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # With precompiled headers ccache caches nothing unless it is told so.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${LITOPYS_CCACHE}")
endif()
# What nearly every file includes, and the longest header that several folders do (simdjson), parsed once: a quarter of the time of a build
# from nothing. Only where the program is built for use; the other builds show a file that forgot one of its includes.
set(LITOPYS_PRECOMPILED <algorithm> <array> <charconv> <chrono> <cstdint> <deque> <filesystem> <fstream> <functional> <map> <memory> <mutex>
    <numeric> <optional> <set> <span> <sstream> <string> <string_view> <thread> <unordered_map> <unordered_set> <utility> <variant> <vector>
    <fmt/format.h> <simdjson.h> "${CMAKE_SOURCE_DIR}/src/base/result.h")

if(LITOPYS_PCH)
  # Warnings are for whoever changes the program, and the dev build has them all. Here they cost up to a twelfth of a unit's time, and gcc 12
  # forgets of what stands in a precompiled header that it is the system's.
  target_compile_options(litopys_flags INTERFACE -w)
  target_link_libraries(litopys_flags INTERFACE simdjson::simdjson)  # its macros are part of what is precompiled
  file(WRITE "${CMAKE_BINARY_DIR}/precompiled.cc" "")
  add_library(litopys_precompiled STATIC "${CMAKE_BINARY_DIR}/precompiled.cc")
  target_link_libraries(litopys_precompiled PRIVATE litopys_flags tl::expected fmt::fmt)
  target_precompile_headers(litopys_precompiled PRIVATE ${LITOPYS_PRECOMPILED})
endif()

# In a unity build eight files of a folder are compiled as one (a header is then parsed once for them). APART names files that are compiled by
# themselves there, because names of their anonymous namespaces are also those of other files or of headers: where the compiler finds no fault, the wrong one can
# be meant (tests/cli/release_test.cc reads with both builds).
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)

if(CMAKE_UNITY_BUILD)
  target_compile_options(litopys_flags INTERFACE -Wno-subobject-linkage)  # anonymous namespaces are no longer those of the main file
endif()

function(litopys_library name)
  cmake_parse_arguments(ARG "" "" "USES;LINK;APART" ${ARGN})
  foreach(file ${ARG_APART})
    set_source_files_properties("${CMAKE_SOURCE_DIR}/src/${name}/${file}.cc" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${name}/*.cc")
  list(TRANSFORM ARG_USES PREPEND litopys_)
  if(sources)
    add_library(litopys_${name} STATIC ${sources})
    target_link_libraries(litopys_${name} PUBLIC litopys_flags ${ARG_USES} ${ARG_LINK})
    if(LITOPYS_PCH)
      target_precompile_headers(litopys_${name} REUSE_FROM litopys_precompiled)
    endif()
  else()
    add_library(litopys_${name} INTERFACE)
    target_link_libraries(litopys_${name} INTERFACE litopys_flags ${ARG_USES} ${ARG_LINK})
  endif()
endfunction()

# tests/NAME/*_test.cc become one program test_NAME; each of its cases is one ctest test, labelled by the folder. FIXTURE names what must run
# before them.
function(litopys_test name)
  cmake_parse_arguments(ARG "" "FIXTURE" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/${name}/*.cc")
  if(NOT sources)
    return()
  endif()
  list(TRANSFORM ARG_USES PREPEND litopys_)
  add_executable(test_${name} ${sources})
  target_include_directories(test_${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_link_libraries(test_${name} PRIVATE ${ARG_USES} GTest::gmock GTest::gtest_main rapidcheck)
  # A sanitizer makes a test several times as long, and a program of 400 MB slow to start.
  if(LITOPYS_SANITIZE)
    set(properties LABELS ${name} TIMEOUT 1800)
  else()
    set(properties LABELS ${name} TIMEOUT 300)
  endif()
  if(ARG_FIXTURE)
    list(APPEND properties FIXTURES_REQUIRED ${ARG_FIXTURE})
  endif()
  gtest_discover_tests(test_${name} DISCOVERY_TIMEOUT 300 PROPERTIES ${properties})
endfunction()
