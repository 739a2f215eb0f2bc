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

// src/jobs/deeds/<action>.cpp
[[nodiscard]] std::unique_ptr<Deed> reaction_deed();
[[nodiscard]] std::unique_ptr<Deed> vote_deed();
[[nodiscard]] std::unique_ptr<Deed> join_deed();
[[nodiscard]] std::unique_ptr<Deed> leave_deed();
[[nodiscard]] std::unique_ptr<Deed> block_deed();
[[nodiscard]] std::unique_ptr<Deed> unblock_deed();

}  // namespace tgpanel::jobs
