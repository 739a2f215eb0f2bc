#include "panel/stored_preferences.hpp"

#include "words/settings.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace tgpanel::panel {

namespace {

bool fits(const PreferenceSpec& spec, std::int64_t value) {
  return value >= spec.minimum && value <= spec.maximum;
}

}  // namespace

StoredPreferences::StoredPreferences(storage::Database& database, const Clock& clock,
                                     std::int64_t language)
    : repository_(database), clock_(clock), language_(language) {}

Awaitable<Result<void>> StoredPreferences::load() {
  const auto rows = co_await repository_.all();
  if (!rows) co_return std::unexpected(rows.error());
  for (const auto& row : *rows) {
    const auto* spec = find_preference(row.name);
    if (spec == nullptr || !fits(*spec, row.value)) {
      spdlog::warn("settings: {} = {} is not known here; its default holds", row.name, row.value);
      continue;
    }
    values_[{row.scope, spec->key}] = row.value;
  }
  co_return Result<void>();
}

std::int64_t StoredPreferences::fallback(Preference key) const {
  return key == Preference::language ? language_ : spec_of(key).fallback;
}

std::int64_t StoredPreferences::value(Preference key, UserId admin) const {
  const auto found = values_.find({spec_of(key).personal ? admin : 0, key});
  return found == values_.end() ? fallback(key) : found->second;
}

Awaitable<Result<void>> StoredPreferences::set(Preference key, std::optional<std::int64_t> value,
                                               UserId admin) {
  const auto& spec = spec_of(key);
  if (value && !fits(spec, *value)) {
    co_return fail(Errc::invalid,
                   Sentence(words::setting_out_of_range, spec.minimum, spec.maximum));
  }
  const UserId scope = spec.personal ? admin : 0;
  storage::PreferenceChange change{.scope = scope,
                                   .name = std::string(spec.name),
                                   .value = value,
                                   .changed_by = admin,
                                   .changed_ms = to_unix_ms(clock_.now())};
  // What only one admin sees is nobody else's business.
  if (!spec.personal) {
    change.audit = fmt::format("{} → {}", this->value(key, admin), value ? *value : fallback(key));
  }
  auto saved = co_await repository_.save(std::move(change));
  if (!saved) co_return saved;
  if (value) {
    values_[{scope, key}] = *value;
  } else {
    values_.erase({scope, key});
  }
  if (observer_) observer_(key);
  co_return saved;
}

}  // namespace tgpanel::panel
