#pragma once
// Presses of a card's buttons that order something of a job.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/language.hpp"
#include "bot/job_controls.hpp"
#include "bot/sender.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace tgpanel::panel {
class Panel;
}

namespace tgpanel::bot {

/// One press, and what carrying it out needs.
struct JobPressed {
  JobId job = 0;
  JobOrder order;
  std::string query;  // answered with what came of it
  ChatId chat = 0;
  Language language = Language::en;
  std::string zone{};
  std::filesystem::path folder{};  // for files under way
};

/// Carries the order out and answers the press. `tell`: says something below, later.
Awaitable<> carry_out_order(std::shared_ptr<Sender> sender, panel::Panel* panel, JobPressed press,
                            std::function<void(std::string)> tell);

}  // namespace tgpanel::bot
