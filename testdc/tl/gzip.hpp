#pragma once
// What gzip_packed holds.

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <vector>

namespace testdc::tl {

/// More than any call of TDLib unpacks to.
inline constexpr std::size_t max_unpacked = std::size_t{4} << 20U;

/// Unpacks a gzip or zlib stream; the error says why not (malformed, or above max_unpacked).
std::expected<std::vector<std::uint8_t>, std::string> gunzip(std::span<const std::uint8_t> packed);

/// Packs as gzip, which every client reads.
std::vector<std::uint8_t> gzip(std::span<const std::uint8_t> data);

}  // namespace testdc::tl
