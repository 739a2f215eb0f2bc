#include "testdc/mtproto/salts.hpp"

#include "testdc/mtproto/crypto.hpp"

#include <algorithm>

namespace testdc::mtproto {

namespace {

constexpr std::int64_t kLifetime = 3600;
constexpr std::int64_t kStep = 1800;

}  // namespace

Salts::Salts(std::int64_t first, std::int64_t now) : salts_{{now, now + kLifetime, first}} {}

void Salts::extend(std::size_t count, std::int64_t now) {
  std::erase_if(salts_, [now](const Salt& salt) { return salt.valid_until <= now; });
  while (salts_.size() < count) {
    const std::int64_t since =
        salts_.empty() ? now : std::max(salts_.back().valid_since + kStep, now);
    salts_.push_back({since, since + kLifetime, static_cast<std::int64_t>(random_u64())});
  }
}

std::int64_t Salts::current(std::int64_t now) {
  extend(1, now);
  std::int64_t value = salts_.front().value;
  for (const Salt& salt : salts_)
    if (salt.valid_since <= now) value = salt.value;
  return value;
}

bool Salts::accepts(std::int64_t salt, std::int64_t now) {
  extend(1, now);
  return std::ranges::any_of(
      salts_, [&](const Salt& known) { return known.value == salt && known.valid_since <= now; });
}

std::vector<Salt> Salts::future(std::size_t count, std::int64_t now) {
  extend(count, now);
  return {salts_.begin(), salts_.begin() + static_cast<std::ptrdiff_t>(count)};
}

void Salts::replace(std::int64_t now) {
  salts_.clear();
  extend(1, now);
}

}  // namespace testdc::mtproto
