#include "jobs/deeds.hpp"

#include "actions/error_text.hpp"
#include "jobs/deed.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace tgpanel::jobs {

namespace {

std::string text_of(const ActionSpec& spec) {
  if (const auto* message = std::get_if<MessageSpec>(&spec)) return message->text;
  if (const auto* comment = std::get_if<CommentSpec>(&spec)) return comment->text;
  throw std::logic_error("this action has no text");
}

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
      return message_deed();
    case ActionKind::comment:
      return comment_deed();
  }
  throw std::logic_error("an action without a deed");
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

  Awaitable<Result<Aim>> aim(std::shared_ptr<telegram::Client> client, ActionSpec spec) override {
    const auto kind = kind_of(spec);
    return of(kind).aim(std::move(client), std::move(spec));
  }

  Awaitable<Result<void>> send(std::shared_ptr<telegram::SendTracker> tracker, ActionSpec spec,
                               Aim aim, Millis deadline) override {
    return actions::send_text(std::move(tracker), aim.destination, text_of(spec), deadline);
  }

  Awaitable<Result<bool>> was_sent(std::shared_ptr<telegram::Client> client, ActionSpec spec,
                                   std::string mark) override {
    const auto kind = kind_of(spec);
    return of(kind).was_sent(std::move(client), std::move(spec), std::move(mark));
  }

  [[nodiscard]] std::span<const std::string_view> methods(const ActionSpec& spec) const override {
    return of(kind_of(spec)).methods();
  }

  [[nodiscard]] Sentence explain(const Error& error) const override {
    return actions::explain(error);
  }

 private:
  [[nodiscard]] Deed& of(ActionKind kind) const { return *table_[static_cast<std::size_t>(kind)]; }

  Table table_;
};

}  // namespace

Awaitable<Result<Aim>> Deed::aim(Client, ActionSpec) {
  co_return fail(Errc::invalid, "This deed is performed, not sent.");
}

Awaitable<Result<bool>> Deed::was_sent(Client, ActionSpec, std::string) {
  co_return fail(Errc::invalid, "This deed is performed, not sent.");
}

std::unique_ptr<Deeds> telegram_deeds() {
  return std::make_unique<TelegramDeeds>();
}

}  // namespace tgpanel::jobs
