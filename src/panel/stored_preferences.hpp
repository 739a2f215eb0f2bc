#pragma once
// Settings on disk.

#include "base/time.hpp"
#include "panel/preferences.hpp"
#include "storage/preference_repository.hpp"

#include <functional>
#include <map>
#include <utility>

namespace tgpanel::panel {

/// A stored value that is out of range (of another version) counts as the default.
class StoredPreferences final : public Preferences {
 public:
  /// `database` and `clock` must outlive it. `language`: of those who chose none.
  StoredPreferences(storage::Database& database, const Clock& clock, std::int64_t language);

  /// Reads what is on disk; before anything else.
  Awaitable<Result<void>> load();

  /// Called after each change of a value, once it is on disk and holds here.
  void on_change(std::function<void(Preference)> observer) { observer_ = std::move(observer); }

  [[nodiscard]] std::int64_t value(Preference key, UserId admin) const override;
  [[nodiscard]] std::int64_t fallback(Preference key) const override;
  Awaitable<Result<void>> set(Preference key, std::optional<std::int64_t> value,
                              UserId admin) override;

 private:
  storage::PreferenceRepository repository_;
  const Clock& clock_;
  std::int64_t language_;
  std::map<std::pair<UserId, Preference>, std::int64_t> values_;
  std::function<void(Preference)> observer_;
};

}  // namespace tgpanel::panel
