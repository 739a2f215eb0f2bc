#pragma once
// Marks a shared library so that the dynamic linker binds its names to itself first.

#include <cstddef>
#include <span>

namespace testdc {

/// Sets DF_SYMBOLIC in the ELF-64 image (System V gABI, "Dynamic Section") and returns the offset
/// of the byte that holds it. `library` is not changed and std::runtime_error thrown, with a
/// sentence, where it is none of this machine's byte order, is cut off or has no DT_FLAGS.
///
/// TDLib exports the OpenSSL and zlib that it carries. The panel has it look at itself first by
/// RTLD_DEEPBIND, which hides libraries that were preloaded from it and which sanitizers refuse.
/// With the flag the copy is bound as users' is, and a preloaded library sees its calls still.
std::size_t bind_inside(std::span<char> library);

}  // namespace testdc
