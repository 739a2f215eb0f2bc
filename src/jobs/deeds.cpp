#include "jobs/deeds.hpp"

#include "actions/error_text.hpp"
#include "actions/message_link.hpp"
#include "actions/reaction.hpp"

#include <array>
#include <utility>

namespace tgpanel::jobs {

namespace {

constexpr std::array<std::string_view, 2> kReactionMethods{"getMessageLinkInfo",
                                                           "addMessageReaction"};

class TelegramDeeds final : public Deeds {
 public:
  Awaitable<Result<void>> perform(std::shared_ptr<telegram::Client> client,
                                  ReactionSpec spec) override {
    auto link = actions::parse_message_link(spec.link);
    if (!link) co_return std::unexpected(link.error());
    co_return co_await actions::react(std::move(client), std::move(*link), std::move(spec.emoji));
  }

  Awaitable<Result<bool>> is_done(std::shared_ptr<telegram::Client> client,
                                  ReactionSpec spec) override {
    auto link = actions::parse_message_link(spec.link);
    if (!link) co_return std::unexpected(link.error());
    co_return co_await actions::has_reacted(std::move(client), std::move(*link),
                                            std::move(spec.emoji));
  }

  [[nodiscard]] std::span<const std::string_view> methods() const override {
    return kReactionMethods;
  }

  [[nodiscard]] std::string explain(const Error& error) const override {
    return actions::explain(error);
  }
};

}  // namespace

std::unique_ptr<Deeds> telegram_deeds() {
  return std::make_unique<TelegramDeeds>();
}

}  // namespace tgpanel::jobs
