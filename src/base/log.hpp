#pragma once
// The process's log: standard error, text on a terminal and JSON lines otherwise.
//
// Use spdlog's functions (spdlog::info("account {}: ready", id)) with ids and plain words; never a
// secret, a text of a message or a full phone number.

#include <cstdint>
#include <string>
#include <string_view>

namespace tgpanel::log {

enum class Format : std::uint8_t {
  automatic,
  text,
  json
};  // automatic: by whether stderr is a terminal

/// level: trace, debug, info, warn, error or off. Call once at start, before any thread.
void start(std::string_view level, Format format);

/// One JSON line without its end:
/// {"time":"2026-01-31T12:00:00.000Z","level":"info","message":"..."}. Bytes that are no UTF-8
/// become U+FFFD.
[[nodiscard]] std::string json_line(std::int64_t unix_ms, std::string_view level,
                                    std::string_view message);

}  // namespace tgpanel::log
