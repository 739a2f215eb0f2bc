#pragma once
// A scripted @SpamBot: a bot without a client that answers /start as Telegram's own does, which
// tells a user whether his account is limited (https://telegram.org/faq_spam). Its words are those
// that the panel knows (src/actions/report_answer.cpp). Executor: the data centre's one thread.

#include "base/async.hpp"
#include "testdc/world/world.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace testdc {

struct SpamBotAnswer {
  enum class Says : std::uint8_t { clear, limited, nothing };
  Says says = Says::clear;
  int until = 0;       // of limited: Unix seconds; 0: no date is named
  std::string text{};  // said word for word instead, when not empty
};

class SpamBot : public std::enable_shared_from_this<SpamBot> {
 public:
  /// Adds the bot to the world, unless there is one of this name, and listens to what is sent
  /// (World::on_sent). The world must outlive it.
  SpamBot(tgpanel::Executor executor, World& world);
  SpamBot(const SpamBot&) = delete;
  SpamBot& operator=(const SpamBot&) = delete;
  ~SpamBot();

  [[nodiscard]] std::int64_t id() const { return id_; }

  /// What this user is told from now on; user 0: everybody who was given no answer of his own.
  /// Throws RpcError when the text is none that can be sent, std::runtime_error for a stranger.
  void set_answer(std::int64_t user, SpamBotAnswer answer);

 private:
  void hear(const Message& message);
  void answer(std::int64_t user);
  [[nodiscard]] std::optional<std::string> words_for(const User& user) const;

  tgpanel::Executor executor_;
  World& world_;
  std::int64_t id_ = 0;
  std::map<std::int64_t, SpamBotAnswer> answers_;
};

}  // namespace testdc
