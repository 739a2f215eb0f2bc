#pragma once
// The cards of jobs in the chats of admins.

#include "base/ids.hpp"
#include "base/sentence.hpp"
#include "bot/callback.hpp"
#include "bot/surface.hpp"
#include "jobs/job.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tgpanel::panel {
class Panel;
}

namespace tgpanel::bot {

/// Executor: the domain's.
class JobCards {
 public:
  JobCards(
      panel::Panel& panel, std::shared_ptr<Sender> sender, Works& works, const Clock& clock,
      Millis gap, std::string zone = {},
      std::function<Language(UserId)> language_of = [](UserId) { return Language::en; });

  /// Sends a new card; kept up to date while the job runs.
  void send(JobId job, ChatId chat);
  /// After every change of a job.
  void changed(const jobs::Job& job);
  /// A press of a card's button in `chat`; returns the toast. The card is redrawn, and followed
  /// from now on if the job still runs. Orders nothing by itself.
  Sentence redraw(const JobPress& press, ChatId chat, MessageId message);

 private:
  struct Card {
    ChatId chat = 0;
    std::shared_ptr<Surface> surface;
  };

  std::shared_ptr<Surface> surface(ChatId chat) const;
  [[nodiscard]] Screen draw(const jobs::Job& job, std::size_t page, ChatId chat) const;
  void forget_finished();

  panel::Panel& panel_;
  std::shared_ptr<Sender> sender_;
  Works& works_;
  const Clock& clock_;
  Millis gap_;
  std::function<Language(UserId)> language_of_;
  std::string zone_;  // TGPANEL_TZ
  // Of jobs that run, and of those that are over until their last writing is done: a second surface
  // for the same message would write out of turn.
  std::map<JobId, std::vector<Card>> cards_;
};

}  // namespace tgpanel::bot
