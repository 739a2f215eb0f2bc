// Vote in a poll. Idempotent: answers that are chosen already stay as they are.

#include "actions/find_message.hpp"
#include "actions/message_link.hpp"
#include "actions/poll.hpp"
#include "jobs/deed.hpp"
#include "words/errors_actions.hpp"
#include "words/errors_jobs.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tgpanel::jobs {

namespace {

constexpr std::array<std::string_view, 2> kVoteMethods{"getMessageLinkInfo", "setPollAnswer"};

class VoteDeed final : public DeedOf<VoteSpec> {
 public:
  [[nodiscard]] Result<void> check_target(std::string_view target) const override {
    auto link = actions::parse_message_link(target);
    if (!link) return std::unexpected(std::move(link.error()));
    return {};
  }

  [[nodiscard]] std::span<const std::string_view> methods() const override { return kVoteMethods; }

 private:
  [[nodiscard]] Result<ActionSpec> read(VoteSpec spec) const override {
    if (auto good = check_target(spec.link); !good) return std::unexpected(std::move(good.error()));
    std::ranges::sort(spec.options);
    const auto repeated = std::ranges::unique(spec.options);
    spec.options.erase(repeated.begin(), repeated.end());
    if (spec.options.empty()) return fail(Errc::invalid, words::choose_an_answer);
    return spec;
  }

  [[nodiscard]] bool same_for_all(const VoteSpec& spec) const override {
    const auto link = actions::parse_message_link(spec.link);
    return link && !link->username.empty();
  }

  Awaitable<Result<Sight>> look_at(Client client, VoteSpec spec) override {
    auto link = actions::parse_message_link(spec.link);
    if (!link) co_return std::unexpected(link.error());
    const auto name = link->username;
    const auto poll = co_await actions::find_poll(client, std::move(*link));
    if (!poll) co_return std::unexpected(poll.error());
    if (auto good = actions::check_answers(*poll, spec.options); !good) {
      co_return std::unexpected(std::move(good.error()));
    }
    const auto title = co_await actions::chat_title(std::move(client), poll->chat_id);
    Sight sight;
    if (title && !title->empty()) {
      sight.title = *title;
    } else if (!name.empty()) {
      sight.title = "@" + name;
    }
    sight.excerpt = poll->question;
    if (poll->quiz) sight.remarks.emplace_back(words::quiz_is_final);
    co_return sight;
  }

  Awaitable<Result<Done>> act(Client client, VoteSpec spec) override {
    auto link = actions::parse_message_link(spec.link);
    if (!link) co_return std::unexpected(link.error());
    auto done =
        co_await actions::vote(std::move(client), std::move(*link), std::move(spec.options));
    if (!done) co_return std::unexpected(std::move(done.error()));
    co_return Done{};
  }

  Awaitable<Result<bool>> look_back(Client client, VoteSpec spec) override {
    auto link = actions::parse_message_link(spec.link);
    if (!link) co_return std::unexpected(link.error());
    const auto poll = co_await actions::find_poll(std::move(client), std::move(*link));
    if (!poll) co_return std::unexpected(poll.error());
    co_return poll->chosen == spec.options;
  }
};

}  // namespace

std::unique_ptr<Deed> vote_deed() {
  return std::make_unique<VoteDeed>();
}

}  // namespace tgpanel::jobs
