#pragma once
// Names for addresses in the code.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::app {

/// The calls that an address stands for, the innermost first: several where calls were inlined. One
/// at a time; the first call reads the program's debug information.
std::vector<std::string> frame_names(std::uintptr_t address);

/// Without the arguments of templates and functions, which fill pages and tell nothing.
std::string short_function_name(std::string_view name);

}  // namespace tgpanel::app
