#include "jobs/deeds.hpp"

#include "actions/error_text.hpp"
#include "jobs/deed.hpp"

#include <array>
#include <utility>

namespace tgpanel::jobs {

namespace {

/// What is not carried out by this version; rows of one that does are still read.
class NoDeed final : public Deed {
 public:
  [[nodiscard]] Result<void> check_target(std::string_view) const override { return refuse(); }

  [[nodiscard]] Result<ActionSpec> check(ActionSpec) const override { return refuse(); }

  [[nodiscard]] bool is_same_for_all(const ActionSpec&) const override { return true; }

  Awaitable<Result<Sight>> look(Client, ActionSpec) override { co_return refuse(); }

  Awaitable<Result<Done>> perform(Client, ActionSpec) override { co_return refuse(); }

  Awaitable<Result<bool>> is_done(Client, ActionSpec) override { co_return refuse(); }

  [[nodiscard]] std::span<const std::string_view> methods() const override { return {}; }

 private:
  static std::unexpected<Error> refuse() {
    return fail(Errc::invalid, "This version of the panel does not do this.");
  }
};

/// By ActionKind.
using Table = std::array<std::unique_ptr<Deed>, kActionKinds.size()>;

std::unique_ptr<Deed> deed_for(ActionKind kind) {
  switch (kind) {
    case ActionKind::reaction:
      return reaction_deed();
    case ActionKind::vote:
      return vote_deed();
    case ActionKind::join:
      return join_deed();
    case ActionKind::leave:
      return leave_deed();
    case ActionKind::block:
      return block_deed();
    case ActionKind::unblock:
      return unblock_deed();
    case ActionKind::message:
    case ActionKind::comment:
      break;
  }
  return std::make_unique<NoDeed>();
}

class TelegramDeeds final : public Deeds {
 public:
  TelegramDeeds() {
    for (const auto kind : kActionKinds) table_[static_cast<std::size_t>(kind)] = deed_for(kind);
  }

  [[nodiscard]] Result<void> check_target(ActionKind kind, std::string_view target) const override {
    return of(kind).check_target(target);
  }

  [[nodiscard]] Result<ActionSpec> check(ActionSpec spec) const override {
    const auto kind = kind_of(spec);
    return of(kind).check(std::move(spec));
  }

  [[nodiscard]] bool is_same_for_all(const ActionSpec& spec) const override {
    return of(kind_of(spec)).is_same_for_all(spec);
  }

  Awaitable<Result<Sight>> look(std::shared_ptr<telegram::Client> client,
                                ActionSpec spec) override {
    const auto kind = kind_of(spec);
    return of(kind).look(std::move(client), std::move(spec));
  }

  Awaitable<Result<Done>> perform(std::shared_ptr<telegram::Client> client,
                                  ActionSpec spec) override {
    const auto kind = kind_of(spec);
    return of(kind).perform(std::move(client), std::move(spec));
  }

  Awaitable<Result<bool>> is_done(std::shared_ptr<telegram::Client> client,
                                  ActionSpec spec) override {
    const auto kind = kind_of(spec);
    return of(kind).is_done(std::move(client), std::move(spec));
  }

  [[nodiscard]] std::span<const std::string_view> methods(const ActionSpec& spec) const override {
    return of(kind_of(spec)).methods();
  }

  [[nodiscard]] std::string explain(const Error& error) const override {
    return actions::explain(error);
  }

 private:
  [[nodiscard]] Deed& of(ActionKind kind) const { return *table_[static_cast<std::size_t>(kind)]; }

  Table table_;
};

}  // namespace

std::unique_ptr<Deeds> telegram_deeds() {
  return std::make_unique<TelegramDeeds>();
}

}  // namespace tgpanel::jobs
