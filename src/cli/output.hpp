#pragma once
// Standard output of commands whose output is their result: a part of it is a failure.

#include <fmt/core.h>

#include <string_view>
#include <utility>

namespace tgpanel::cli {

/// Writes to standard output; what could not be written is found by printed().
void write_out(std::string_view text);

template <class... T>
void print_out(fmt::format_string<T...> format, T&&... values) {
  write_out(fmt::format(format, std::forward<T>(values)...));
}

/// The exit code of a command that has printed all it has to say: `code`, or 1, with a sentence on
/// standard error, when not all of it reached its place (a full disk).
[[nodiscard]] int printed(int code);

}  // namespace tgpanel::cli
