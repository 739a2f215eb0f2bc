#pragma once
// Asking the report check bot from one account.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "telegram/client.hpp"
#include "telegram/completion.hpp"
#include "telegram/send_tracker.hpp"

#include <boost/asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <string>

namespace tgpanel::actions {

/// One question. Make with std::make_shared; feed it every update of the account while it is asked.
/// Executor: the domain's.
class ReportQuestion : public std::enable_shared_from_this<ReportQuestion> {
 public:
  ReportQuestion(const Executor& executor, std::shared_ptr<telegram::Client> client,
                 std::string bot);
  ReportQuestion(const ReportQuestion&) = delete;
  ReportQuestion& operator=(const ReportQuestion&) = delete;
  ~ReportQuestion() = default;

  void observe(const Json& update);

  /// Sends /start to the bot and returns the text of its first message after that, word for word.
  /// Once. timeout: no answer within `deadline`; otherwise why it could not be asked.
  Awaitable<Result<std::string>> ask(Millis deadline);

 private:
  void look();

  std::shared_ptr<telegram::Client> client_;
  std::string bot_;  // without @
  telegram::SendTracker tracker_;
  asio::steady_timer timer_;
  ChatId chat_ = 0;
  MessageId question_ = 0;                  // 0: not confirmed yet
  std::map<MessageId, std::string> heard_;  // what the bot wrote meanwhile
  telegram::Completion<bool> heard_enough_;
};

}  // namespace tgpanel::actions
