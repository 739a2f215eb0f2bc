#pragma once
// Settings in memory.

#include "panel/preferences.hpp"

#include <map>
#include <optional>
#include <utility>

namespace tgpanel::bot {

class FakePreferences final : public panel::Preferences {
 public:
  [[nodiscard]] std::int64_t value(panel::Preference key, UserId admin) const override {
    const auto found = values.find({panel::spec_of(key).personal ? admin : 0, key});
    return found == values.end() ? fallback(key) : found->second;
  }

  [[nodiscard]] std::int64_t fallback(panel::Preference key) const override {
    return panel::spec_of(key).fallback;
  }

  Awaitable<Result<void>> set(panel::Preference key, std::optional<std::int64_t> value,
                              UserId admin) override {
    if (error) co_return std::unexpected(*error);
    const UserId scope = panel::spec_of(key).personal ? admin : 0;
    if (value) {
      values[{scope, key}] = *value;
    } else {
      values.erase({scope, key});
    }
    co_return Result<void>{};
  }

  std::map<std::pair<UserId, panel::Preference>, std::int64_t> values;
  std::optional<Error> error;
};

}  // namespace tgpanel::bot
