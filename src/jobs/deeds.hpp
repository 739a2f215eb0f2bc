#pragma once
// What items do, as runner and panel see it: one deed per action, chosen by the spec.

#include "base/async.hpp"
#include "base/result.hpp"
#include "jobs/action_spec.hpp"
#include "telegram/client.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::jobs {

/// A deed that was done.
struct Done {
  std::string note;  // what a person should know besides; may be empty
};

/// What one account sees of an action's target, for the preview.
struct Sight {
  std::string title;                 // of the chat, or the name of the user
  std::string excerpt;               // of the message; empty where there is none
  std::vector<std::string> remarks;  // sentences that a person should read before the start
};

/// Executor: the domain's. A deed is idempotent, unless its file says that it is done at most once.
class Deeds {
 public:
  Deeds() = default;
  Deeds(const Deeds&) = delete;
  Deeds& operator=(const Deeds&) = delete;
  virtual ~Deeds() = default;

  /// invalid: the reason and an example, when `target` is none for this kind of action.
  [[nodiscard]] virtual Result<void> check_target(ActionKind kind,
                                                  std::string_view target) const = 0;
  /// The action in Telegram's spelling. invalid: the reason and an example.
  [[nodiscard]] virtual Result<ActionSpec> check(ActionSpec spec) const = 0;
  /// True when every account sees the same, so that one look tells for all.
  [[nodiscard]] virtual bool is_same_for_all(const ActionSpec& spec) const = 0;
  /// Looks whether this account can act, and at what. Changes nothing at Telegram.
  virtual Awaitable<Result<Sight>> look(std::shared_ptr<telegram::Client> client,
                                        ActionSpec spec) = 0;

  virtual Awaitable<Result<Done>> perform(std::shared_ptr<telegram::Client> client,
                                          ActionSpec spec) = 0;
  /// Reads back from Telegram whether this account's deed is there. Changes nothing.
  virtual Awaitable<Result<bool>> is_done(std::shared_ptr<telegram::Client> client,
                                          ActionSpec spec) = 0;
  /// The td_api methods that perform() calls: a known wait for one of them puts the item off.
  [[nodiscard]] virtual std::span<const std::string_view> methods(const ActionSpec& spec) const = 0;
  /// The plain sentence for an error of any of them.
  [[nodiscard]] virtual std::string explain(const Error& error) const = 0;
};

/// The real ones, from src/actions.
[[nodiscard]] std::unique_ptr<Deeds> telegram_deeds();

}  // namespace tgpanel::jobs
