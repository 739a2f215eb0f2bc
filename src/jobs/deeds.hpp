#pragma once
// What items do, as runner and panel see it: one deed per action, chosen by the spec.

#include "actions/outgoing.hpp"
#include "actions/send_message.hpp"
#include "base/async.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "jobs/action_spec.hpp"
#include "telegram/client.hpp"
#include "telegram/send_tracker.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::jobs {

/// A deed that was done.
struct Done {
  Sentence note;  // what a person should know besides; may be empty
};

/// What one account sees of an action's target, for the preview.
struct Sight {
  std::string title;              // of the chat, or the name of the user; may be empty
  std::string excerpt;            // of the message; empty where there is none
  std::vector<Sentence> remarks;  // what a person should read before the start
  actions::Person person{};       // who would be written to, or answered; id 0: nobody
  ChatId chat = 0;                // where a text would go; 0: none would, or to a person
};

/// Where a text of one account would go, looked up before it is handed over.
struct Aim {
  std::string mark{};  // what was_sent() needs after a crash
  actions::Destination destination{};
  actions::Person person{};  // who would be written to, or answered; id 0: nobody
  bool is_private = false;   // to this person alone
  bool unsolicited = false;  // the person has not written to this account
};

/// Executor: the domain's. A deed is idempotent, unless at_most_once() says otherwise: such a one
/// is aimed, sent and looked for instead of performed.
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

  // At most once
  /// Looks up where the text goes and what is there now. Changes nothing at Telegram.
  virtual Awaitable<Result<Aim>> aim(std::shared_ptr<telegram::Client> client, ActionSpec spec) = 0;
  /// Hands the text over. flood_wait, telegram and the like: it was certainly not sent; timeout and
  /// cancelled: nobody knows. TDLib keeps what is under way until the tracker is told to forget
  /// actions::kSendNumber.
  virtual Awaitable<Result<void>> send(std::shared_ptr<telegram::SendTracker> tracker,
                                       ActionSpec spec, Aim aim, Millis deadline) = 0;
  /// Whether the text is there, newer than `mark`. Changes nothing.
  virtual Awaitable<Result<bool>> was_sent(std::shared_ptr<telegram::Client> client,
                                           ActionSpec spec, std::string mark) = 0;

  /// The td_api methods that perform() calls: a known wait for one of them puts the item off.
  [[nodiscard]] virtual std::span<const std::string_view> methods(const ActionSpec& spec) const = 0;
  /// The plain sentence for an error of any of them.
  [[nodiscard]] virtual Sentence explain(const Error& error) const = 0;
};

/// The real ones, from src/actions.
[[nodiscard]] std::unique_ptr<Deeds> telegram_deeds();

}  // namespace tgpanel::jobs
