// React to a message. Idempotent: a reaction that is chosen already stays as it is.

#include "actions/reaction.hpp"

#include "actions/message_link.hpp"
#include "jobs/deed.hpp"
#include "jobs/deeds/message_sight.hpp"
#include "words/errors_jobs.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace tgpanel::jobs {

namespace {

constexpr std::array<std::string_view, 2> kReactionMethods{"getMessageLinkInfo",
                                                           "addMessageReaction"};

class ReactionDeed final : public DeedOf<ReactionSpec> {
 public:
  [[nodiscard]] Result<void> check_target(std::string_view target) const override {
    auto link = actions::parse_message_link(target);
    if (!link) return std::unexpected(std::move(link.error()));
    return {};
  }

  [[nodiscard]] std::span<const std::string_view> methods() const override {
    return kReactionMethods;
  }

 private:
  [[nodiscard]] Result<ActionSpec> read(ReactionSpec spec) const override {
    if (auto good = check_target(spec.link); !good) return std::unexpected(std::move(good.error()));
    auto emoji = actions::spell_reaction(spec.emoji);
    if (!emoji) {
      auto known = fmt::format("{}", fmt::join(actions::kReactions, " "));
      return fail(Errc::invalid, Sentence(words::reaction_unknown, std::move(known)));
    }
    spec.emoji = std::move(*emoji);
    return spec;
  }

  [[nodiscard]] bool same_for_all(const ReactionSpec& spec) const override {
    const auto link = actions::parse_message_link(spec.link);
    return link && !link->username.empty();
  }

  Awaitable<Result<Sight>> look_at(Client client, ReactionSpec spec) override {
    auto link = actions::parse_message_link(spec.link);
    if (!link) co_return std::unexpected(link.error());
    auto found = co_await actions::find_message(client, *link);
    if (!found) co_return std::unexpected(found.error());
    co_return co_await message_sight(std::move(client), std::move(*found), std::move(*link));
  }

  Awaitable<Result<Done>> act(Client client, ReactionSpec spec) override {
    auto link = actions::parse_message_link(spec.link);
    if (!link) co_return std::unexpected(link.error());
    auto done = co_await actions::react(std::move(client), std::move(*link), std::move(spec.emoji));
    if (!done) co_return std::unexpected(std::move(done.error()));
    co_return Done{};
  }

  Awaitable<Result<bool>> look_back(Client client, ReactionSpec spec) override {
    auto link = actions::parse_message_link(spec.link);
    if (!link) co_return std::unexpected(link.error());
    co_return co_await actions::has_reacted(std::move(client), std::move(*link),
                                            std::move(spec.emoji));
  }
};

}  // namespace

std::unique_ptr<Deed> reaction_deed() {
  return std::make_unique<ReactionDeed>();
}

}  // namespace tgpanel::jobs
