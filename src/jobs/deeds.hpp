#pragma once
// What an item does, as the runner sees it: perform it, or look whether it was done.

#include "base/async.hpp"
#include "base/result.hpp"
#include "jobs/job.hpp"
#include "telegram/client.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tgpanel::jobs {

/// Executor: the domain's. Every deed here is idempotent: performing it twice does what once does.
class Deeds {
 public:
  Deeds() = default;
  Deeds(const Deeds&) = delete;
  Deeds& operator=(const Deeds&) = delete;
  virtual ~Deeds() = default;

  virtual Awaitable<Result<void>> perform(std::shared_ptr<telegram::Client> client,
                                          ReactionSpec spec) = 0;
  /// Reads back from Telegram whether this account's deed is there. Changes nothing.
  virtual Awaitable<Result<bool>> is_done(std::shared_ptr<telegram::Client> client,
                                          ReactionSpec spec) = 0;
  /// The td_api methods that perform() calls: a known wait for one of them puts the item off.
  [[nodiscard]] virtual std::span<const std::string_view> methods() const = 0;
  /// The plain sentence for an error of the two.
  [[nodiscard]] virtual std::string explain(const Error& error) const = 0;
};

/// The real ones, from src/actions.
[[nodiscard]] std::unique_ptr<Deeds> telegram_deeds();

}  // namespace tgpanel::jobs
