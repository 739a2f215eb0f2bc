// Block and unblock a person. Idempotent: the list at Telegram is set, not changed by one.

#include "actions/block.hpp"

#include "actions/peer_link.hpp"
#include "jobs/deed.hpp"

#include <array>
#include <utility>

namespace tgpanel::jobs {

namespace {

constexpr std::array<std::string_view, 4> kBlockMethods{
    "searchPublicChat", "getBlockedMessageSenders", "getUserFullInfo", "setMessageSenderBlockList"};

template <class Spec, bool kBlocked>
class BlockDeed final : public DeedOf<Spec> {
 public:
  using Client = Deed::Client;

  [[nodiscard]] Result<void> check_target(std::string_view target) const override {
    auto link = actions::parse_user_link(target);
    if (!link) return std::unexpected(std::move(link.error()));
    return {};
  }

  [[nodiscard]] std::span<const std::string_view> methods() const override { return kBlockMethods; }

 private:
  [[nodiscard]] Result<ActionSpec> read(Spec spec) const override {
    if (auto good = check_target(spec.user); !good) return std::unexpected(std::move(good.error()));
    return spec;
  }

  // A public name is everybody's; an id is known to those alone who have met the person.
  [[nodiscard]] bool same_for_all(const Spec& spec) const override {
    const auto link = actions::parse_user_link(spec.user);
    return link && !link->username.empty();
  }

  Awaitable<Result<Sight>> look_at(Client client, Spec spec) override {
    auto link = actions::parse_user_link(spec.user);
    if (!link) co_return std::unexpected(link.error());
    const auto user = co_await actions::find_user(std::move(client), std::move(*link));
    if (!user) co_return std::unexpected(user.error());
    Sight sight;
    sight.title = user->name;
    co_return sight;
  }

  Awaitable<Result<Done>> act(Client client, Spec spec) override {
    auto link = actions::parse_user_link(spec.user);
    if (!link) co_return std::unexpected(link.error());
    const auto user = co_await actions::find_user(client, std::move(*link));
    if (!user) co_return std::unexpected(user.error());
    auto set = co_await actions::set_blocked(std::move(client), user->id, kBlocked);
    if (!set) co_return std::unexpected(std::move(set.error()));
    co_return Done{};
  }

  Awaitable<Result<bool>> look_back(Client client, Spec spec) override {
    auto link = actions::parse_user_link(spec.user);
    if (!link) co_return std::unexpected(link.error());
    const auto user = co_await actions::find_user(client, std::move(*link));
    if (!user) co_return std::unexpected(user.error());
    const auto blocked = co_await actions::is_blocked(std::move(client), user->id);
    if (!blocked) co_return std::unexpected(blocked.error());
    co_return *blocked == kBlocked;
  }
};

}  // namespace

std::unique_ptr<Deed> block_deed() {
  return std::make_unique<BlockDeed<BlockSpec, true>>();
}

std::unique_ptr<Deed> unblock_deed() {
  return std::make_unique<BlockDeed<UnblockSpec, false>>();
}

}  // namespace tgpanel::jobs
