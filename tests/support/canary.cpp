#include "support/canary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace support {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kShortest = 8;

std::string hex(std::string_view bytes, bool upper) {
  std::string digits;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    digits += upper ? fmt::format("{:02X}", value) : fmt::format("{:02x}", value);
  }
  return digits;
}

std::string base64(std::string_view bytes, std::string_view last_two) {
  std::string signs;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char byte : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(byte);
    for (have += 8; have >= 6; have -= 6) {
      const auto value = (bits >> static_cast<unsigned>(have - 6)) & 63U;
      constexpr std::string_view kSigns =
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
      signs += value < kSigns.size() ? kSigns[value] : last_two[value - kSigns.size()];
    }
  }
  return signs;  // without a sign that later bytes share
}

/// Of what may stand anywhere in longer bytes: the signs that no neighbour shares, with so many
/// bytes before it.
std::string base64_within(std::string_view bytes, std::size_t before, std::string_view last_two) {
  const auto signs = base64(std::string(before, '\0') + std::string(bytes), last_two);
  return signs.substr((before * 8 + 5) / 6);
}

/// Links are followed nowhere; what goes away meanwhile is passed over.
template <class Visit>
void walk(const fs::path& folder, const Visit& visit) {
  std::error_code gone;
  for (fs::directory_iterator at(folder, gone), end; !gone && at != end; at.increment(gone)) {
    visit(*at);
    std::error_code unseen;
    if (fs::is_directory(at->symlink_status(unseen))) walk(at->path(), visit);
  }
}

}  // namespace

void Canaries::plant(std::string_view name, std::string_view secret) {
  if (secret.size() < kShortest) throw std::runtime_error("a canary that may be there by chance");
  const auto add = [&](std::string_view form, std::string bytes) {
    forms_.push_back({fmt::format("{} ({})", name, form), std::move(bytes)});
  };
  add("as it is", std::string(secret));
  add("hexadecimal", hex(secret, false));
  add("hexadecimal", hex(secret, true));
  for (const std::size_t before : {0U, 1U, 2U}) {
    add("base64", base64_within(secret, before, "+/"));
    add("base64url", base64_within(secret, before, "-_"));
  }
}

std::vector<std::string> Canaries::in(std::string_view where, std::string_view bytes) const {
  std::vector<std::string> found;
  for (const auto& form : forms_) {
    if (bytes.find(form.bytes) == std::string_view::npos) continue;
    auto line = fmt::format("{}: {}", where, form.name);
    if (std::ranges::find(found, line) == found.end()) found.push_back(std::move(line));
  }
  return found;
}

std::vector<std::string> Canaries::below(const fs::path& folder,
                                         const std::vector<fs::path>& except) const {
  std::vector<std::string> found;
  walk(folder, [&](const fs::directory_entry& entry) {
    const auto& path = entry.path();
    std::ranges::copy(in(fmt::format("the name of {}", path.string()), path.filename().string()),
                      std::back_inserter(found));
    std::error_code gone;
    if (!entry.is_regular_file(gone) || std::ranges::find(except, path) != except.end()) return;
    std::ranges::copy(in(path.string(), bytes_of(path)), std::back_inserter(found));
  });
  return found;
}

std::vector<std::string> open_entries(const fs::path& folder) {
  std::vector<std::string> found;
  const auto look = [&](const fs::path& path) {
    std::error_code gone;
    const auto status = fs::symlink_status(path, gone);
    if (gone) return;
    const auto others = status.permissions() & (fs::perms::group_all | fs::perms::others_all);
    if (others == fs::perms::none) return;
    found.push_back(
        fmt::format("{}: {:04o}", path.string(), static_cast<unsigned>(status.permissions())));
  };
  look(folder);
  walk(folder, [&](const fs::directory_entry& entry) { look(entry.path()); });
  return found;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace support
