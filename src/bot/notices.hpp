#pragma once
// Tells admins what happened to accounts: each notice once, over crashes too.

#include "accounts/notice.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/language.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "bot/sender.hpp"
#include "bot/works.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace tgpanel::panel {
class Panel;
}

namespace tgpanel::bot {

/// Make with std::make_shared. Executor: the domain's. The panel must live until close().
class Notices : public std::enable_shared_from_this<Notices> {
 public:
  /// `settle`: a state that changes again within it is told once. `retry`: before the next try
  /// after a failure.
  Notices(
      const Executor& executor, std::shared_ptr<Sender> sender, Works& works, panel::Panel& panel,
      const std::vector<UserId>& reachable, Millis settle, Millis retry,
      std::function<Language(UserId)> language_of = [](UserId) { return Language::en; });

  /// There may be something to tell.
  void tell();
  /// A message from or to an admin in their chat: the admin can be written to.
  void saw(UserId admin, MessageId message);
  void close();

 private:
  using Self = std::shared_ptr<Notices>;
  static Awaitable<> run(Self self);
  static Awaitable<> wait(Self self, Millis time);
  /// False: it has to be tried again.
  static Awaitable<bool> deliver(Self self, accounts::Notice notice);
  static Awaitable<Result<MessageId>> newest(Self self, UserId admin);

  std::shared_ptr<Sender> sender_;
  Works& works_;
  panel::Panel& panel_;
  std::set<UserId> reachable_;
  std::map<UserId, MessageId> newest_;  // in the admin's chat
  Millis settle_;
  Millis retry_;
  std::function<Language(UserId)> language_of_;
  asio::steady_timer timer_;
  bool wanted_ = false;
  bool running_ = false;
  bool closed_ = false;
};

}  // namespace tgpanel::bot
