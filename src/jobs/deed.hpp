#pragma once
// One action's deed. Private to src/jobs: Deeds chooses among them. See Deeds for what each member
// promises.

#include "jobs/deeds.hpp"

#include <memory>
#include <utility>

namespace tgpanel::jobs {

class Deed {
 public:
  using Client = std::shared_ptr<telegram::Client>;

  Deed() = default;
  Deed(const Deed&) = delete;
  Deed& operator=(const Deed&) = delete;
  virtual ~Deed() = default;

  [[nodiscard]] virtual Result<void> check_target(std::string_view target) const = 0;
  [[nodiscard]] virtual Result<ActionSpec> check(ActionSpec spec) const = 0;
  [[nodiscard]] virtual bool is_same_for_all(const ActionSpec& spec) const = 0;
  virtual Awaitable<Result<Sight>> look(Client client, ActionSpec spec) = 0;
  virtual Awaitable<Result<Done>> perform(Client client, ActionSpec spec) = 0;
  virtual Awaitable<Result<bool>> is_done(Client client, ActionSpec spec) = 0;
  virtual Awaitable<Result<Aim>> aim(Client client, ActionSpec spec);
  virtual Awaitable<Result<bool>> was_sent(Client client, ActionSpec spec, std::string mark);
  [[nodiscard]] virtual std::span<const std::string_view> methods() const = 0;
};

/// A deed over its own kind of spec.
template <class Spec>
class DeedOf : public Deed {
 public:
  [[nodiscard]] Result<ActionSpec> check(ActionSpec spec) const final {
    return read(std::get<Spec>(std::move(spec)));
  }

  [[nodiscard]] bool is_same_for_all(const ActionSpec& spec) const final {
    return same_for_all(std::get<Spec>(spec));
  }

  Awaitable<Result<Sight>> look(Client client, ActionSpec spec) final {
    return look_at(std::move(client), std::get<Spec>(std::move(spec)));
  }

  Awaitable<Result<Done>> perform(Client client, ActionSpec spec) final {
    return act(std::move(client), std::get<Spec>(std::move(spec)));
  }

  Awaitable<Result<bool>> is_done(Client client, ActionSpec spec) final {
    return look_back(std::move(client), std::get<Spec>(std::move(spec)));
  }

 private:
  [[nodiscard]] virtual Result<ActionSpec> read(Spec spec) const = 0;
  [[nodiscard]] virtual bool same_for_all(const Spec& spec) const = 0;
  virtual Awaitable<Result<Sight>> look_at(Client client, Spec spec) = 0;
  virtual Awaitable<Result<Done>> act(Client client, Spec spec) = 0;
  virtual Awaitable<Result<bool>> look_back(Client client, Spec spec) = 0;
};

/// A deed that is done at most once.
template <class Spec>
class OnceDeedOf : public Deed {
 public:
  [[nodiscard]] Result<ActionSpec> check(ActionSpec spec) const final {
    return read(std::get<Spec>(std::move(spec)));
  }

  Awaitable<Result<Sight>> look(Client client, ActionSpec spec) final {
    return look_at(std::move(client), std::get<Spec>(std::move(spec)));
  }

  Awaitable<Result<Aim>> aim(Client client, ActionSpec spec) final {
    return aim_at(std::move(client), std::get<Spec>(std::move(spec)));
  }

  Awaitable<Result<bool>> was_sent(Client client, ActionSpec spec, std::string mark) final {
    return look_for(std::move(client), std::get<Spec>(std::move(spec)), std::move(mark));
  }

  /// Never asked for.
  Awaitable<Result<Done>> perform(Client, ActionSpec) final { return no_deed<Done>(); }

  Awaitable<Result<bool>> is_done(Client, ActionSpec) final { return no_deed<bool>(); }

 private:
  template <class T>
  static Awaitable<Result<T>> no_deed() {
    co_return fail(Errc::invalid, "A text is sent, not performed.");
  }

  [[nodiscard]] virtual Result<ActionSpec> read(Spec spec) const = 0;
  virtual Awaitable<Result<Sight>> look_at(Client client, Spec spec) = 0;
  virtual Awaitable<Result<Aim>> aim_at(Client client, Spec spec) = 0;
  virtual Awaitable<Result<bool>> look_for(Client client, Spec spec, std::string mark) = 0;
};

// src/jobs/deeds/<action>.cpp
[[nodiscard]] std::unique_ptr<Deed> reaction_deed();
[[nodiscard]] std::unique_ptr<Deed> vote_deed();
[[nodiscard]] std::unique_ptr<Deed> join_deed();
[[nodiscard]] std::unique_ptr<Deed> leave_deed();
[[nodiscard]] std::unique_ptr<Deed> block_deed();
[[nodiscard]] std::unique_ptr<Deed> unblock_deed();
[[nodiscard]] std::unique_ptr<Deed> message_deed();
[[nodiscard]] std::unique_ptr<Deed> comment_deed();

}  // namespace tgpanel::jobs
