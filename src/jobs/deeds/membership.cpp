// Join and leave a chat. Idempotent: a member joins no more, and who is none leaves no more. A
// request to join that was sent is sent again after a crash: Telegram keeps one of each account.

#include "actions/membership.hpp"

#include "actions/peer_link.hpp"
#include "jobs/deed.hpp"
#include "words/errors_jobs.hpp"

#include <array>
#include <utility>

namespace tgpanel::jobs {

namespace {

constexpr std::array<std::string_view, 4> kJoinMethods{"searchPublicChat", "checkChatInviteLink",
                                                       "joinChat", "joinChatByInviteLink"};
constexpr std::array<std::string_view, 3> kLeaveMethods{"searchPublicChat", "checkChatInviteLink",
                                                        "leaveChat"};

Sight sight_of(const actions::SeenChat& seen) {
  return {.title = seen.title, .excerpt = {}, .remarks = {}};
}

class JoinDeed final : public DeedOf<JoinSpec> {
 public:
  [[nodiscard]] Result<void> check_target(std::string_view target) const override {
    auto link = actions::parse_join_link(target);
    if (!link) return std::unexpected(std::move(link.error()));
    return {};
  }

  [[nodiscard]] std::span<const std::string_view> methods() const override { return kJoinMethods; }

 private:
  [[nodiscard]] Result<ActionSpec> read(JoinSpec spec) const override {
    if (auto good = check_target(spec.chat); !good) return std::unexpected(std::move(good.error()));
    return spec;
  }

  [[nodiscard]] bool same_for_all(const JoinSpec&) const override { return false; }

  Awaitable<Result<Sight>> look_at(Client client, JoinSpec spec) override {
    auto link = actions::parse_join_link(spec.chat);
    if (!link) co_return std::unexpected(link.error());
    const auto seen = co_await actions::find_chat(std::move(client), std::move(*link));
    if (!seen) co_return std::unexpected(seen.error());
    if (seen->is_member) co_return fail(Errc::exists, words::member_already);
    auto sight = sight_of(*seen);
    if (seen->asks_first) {
      sight.remarks.emplace_back(words::join_approved_by_admin);
    }
    co_return sight;
  }

  Awaitable<Result<Done>> act(Client client, JoinSpec spec) override {
    auto link = actions::parse_join_link(spec.chat);
    if (!link) co_return std::unexpected(link.error());
    const auto joined = co_await actions::join_chat(std::move(client), std::move(*link));
    if (!joined) co_return std::unexpected(joined.error());
    Done done;
    if (*joined == actions::Joined::asked) done.note = words::join_asked;
    co_return done;
  }

  Awaitable<Result<bool>> look_back(Client client, JoinSpec spec) override {
    auto link = actions::parse_join_link(spec.chat);
    if (!link) co_return std::unexpected(link.error());
    const auto seen = co_await actions::find_chat(std::move(client), std::move(*link));
    if (!seen) co_return std::unexpected(seen.error());
    co_return seen->is_member;
  }
};

class LeaveDeed final : public DeedOf<LeaveSpec> {
 public:
  [[nodiscard]] Result<void> check_target(std::string_view target) const override {
    auto link = actions::parse_chat_link(target);
    if (!link) return std::unexpected(std::move(link.error()));
    return {};
  }

  [[nodiscard]] std::span<const std::string_view> methods() const override { return kLeaveMethods; }

 private:
  [[nodiscard]] Result<ActionSpec> read(LeaveSpec spec) const override {
    if (auto good = check_target(spec.chat); !good) return std::unexpected(std::move(good.error()));
    return spec;
  }

  [[nodiscard]] bool same_for_all(const LeaveSpec&) const override { return false; }

  Awaitable<Result<Sight>> look_at(Client client, LeaveSpec spec) override {
    auto link = actions::parse_chat_link(spec.chat);
    if (!link) co_return std::unexpected(link.error());
    const auto seen = co_await actions::find_chat(std::move(client), std::move(*link));
    if (!seen) co_return std::unexpected(seen.error());
    if (!seen->is_member) co_return fail(Errc::not_found, words::member_not);
    co_return sight_of(*seen);
  }

  Awaitable<Result<Done>> act(Client client, LeaveSpec spec) override {
    auto link = actions::parse_chat_link(spec.chat);
    if (!link) co_return std::unexpected(link.error());
    auto left = co_await actions::leave_chat(std::move(client), std::move(*link));
    if (!left) co_return std::unexpected(std::move(left.error()));
    co_return Done{};
  }

  Awaitable<Result<bool>> look_back(Client client, LeaveSpec spec) override {
    auto link = actions::parse_chat_link(spec.chat);
    if (!link) co_return std::unexpected(link.error());
    const auto seen = co_await actions::find_chat(std::move(client), std::move(*link));
    if (!seen) co_return std::unexpected(seen.error());
    co_return !seen->is_member;
  }
};

}  // namespace

std::unique_ptr<Deed> join_deed() {
  return std::make_unique<JoinDeed>();
}

std::unique_ptr<Deed> leave_deed() {
  return std::make_unique<LeaveDeed>();
}

}  // namespace tgpanel::jobs
