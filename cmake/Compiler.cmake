# Language, warnings, sanitizers and hardening, the same for every target.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_LINK_DEPENDS_NO_SHARED ON)
add_compile_options(-pthread)  # everywhere, or the shared precompiled header does not fit

option(TGPANEL_TESTS "Build testdc and the tests" ON)
option(TGPANEL_BENCH "Build the benchmarks" OFF)
option(TGPANEL_PCH "Precompile the heaviest library headers" ON)
option(TGPANEL_GROUPS "Compile sources in groups of four" OFF)
option(TGPANEL_LINT "Build the plugin of clang-tidy" OFF)
option(TGPANEL_FUZZ "Build the fuzzers (clang only)" OFF)
set(TGPANEL_SANITIZE "" CACHE STRING "Sanitizers, as in -fsanitize=")

find_program(TGPANEL_CCACHE ccache)
if(TGPANEL_CCACHE)
  # GCC's precompiled headers are only cached with these two.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${TGPANEL_CCACHE}")
endif()

find_program(TGPANEL_MOLD mold)
if(TGPANEL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(tgpanel_compiler INTERFACE)
target_compile_options(tgpanel_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast -Wcast-qual -Wimplicit-fallthrough -Werror
  -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(tgpanel_compiler INTERFACE -fpch-preprocess
    # False positives of GCC 12 on inlined std::string, std::variant and coroutine frames.
    -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread
    -Wno-array-bounds -Wno-mismatched-new-delete -Wno-dangling-pointer -Wno-nonnull)
endif()
target_compile_definitions(tgpanel_compiler INTERFACE
  _GLIBCXX_ASSERTIONS $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)

if(TGPANEL_SANITIZE)
  add_compile_options(-fsanitize=${TGPANEL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TGPANEL_SANITIZE})
  if(TGPANEL_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Asio uses fences that GCC's ThreadSanitizer does not model, only in code that we do not reach.
    add_compile_options(-Wno-tsan)
  endif()
endif()

if(TGPANEL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)
add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
