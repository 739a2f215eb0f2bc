// Write to a person: done at most once.

#include "actions/outgoing.hpp"
#include "actions/send_message.hpp"
#include "jobs/deed.hpp"
#include "words/errors_jobs.hpp"

#include <array>
#include <utility>

namespace tgpanel::jobs {

namespace {

constexpr std::array<std::string_view, 4> kMessageMethods{"searchPublicChat", "createPrivateChat",
                                                          "getChatHistory", "sendMessage"};

class MessageDeed final : public OnceDeedOf<MessageSpec> {
 public:
  [[nodiscard]] Result<void> check_target(std::string_view target) const override {
    auto link = actions::parse_user_link(target);
    if (!link) return std::unexpected(std::move(link.error()));
    return {};
  }

  // A public name is everybody's; an id is known to those alone who have met the person.
  [[nodiscard]] bool is_same_for_all(const ActionSpec& spec) const override {
    const auto link = actions::parse_user_link(std::get<MessageSpec>(spec).to);
    return link && !link->username.empty();
  }

  [[nodiscard]] std::span<const std::string_view> methods() const override {
    return kMessageMethods;
  }

 private:
  [[nodiscard]] Result<ActionSpec> read(MessageSpec spec) const override {
    if (auto good = check_target(spec.to); !good) return std::unexpected(std::move(good.error()));
    auto text = actions::check_text(spec.text);
    if (!text) return std::unexpected(std::move(text.error()));
    spec.text = std::move(*text);
    return spec;
  }

  static Awaitable<Result<actions::Correspondence>> find(Client client, std::string to) {
    auto link = actions::parse_user_link(to);
    if (!link) co_return std::unexpected(link.error());
    co_return co_await actions::find_person(std::move(client), std::move(*link));
  }

  Awaitable<Result<Sight>> look_at(Client client, MessageSpec spec) override {
    auto found = co_await find(std::move(client), std::move(spec.to));
    if (!found) co_return std::unexpected(std::move(found.error()));
    Sight sight{.title = found->person.name, .excerpt = std::move(spec.text), .remarks = {}};
    sight.person = std::move(found->person);
    co_return sight;
  }

  Awaitable<Result<Aim>> aim_at(Client client, MessageSpec spec) override {
    auto found = co_await find(client, std::move(spec.to));
    if (!found) co_return std::unexpected(std::move(found.error()));
    const auto wrote = co_await actions::has_written(client, found->chat_id);
    if (!wrote) co_return std::unexpected(wrote.error());
    const auto mark = co_await actions::mark_chat(std::move(client), found->chat_id);
    if (!mark) co_return std::unexpected(mark.error());
    co_return Aim{.mark = actions::write_mark(*mark),
                  .destination = {.chat_id = found->chat_id},
                  .person = std::move(found->person),
                  .is_private = true,
                  .unsolicited = !*wrote};
  }

  Awaitable<Result<bool>> look_for(Client client, MessageSpec spec, std::string mark) override {
    const auto found = co_await find(client, std::move(spec.to));
    if (!found) co_return std::unexpected(found.error());
    const auto was = actions::read_mark(mark);
    // The name may have gone to somebody else meanwhile.
    if (was.chat_id != found->chat_id) {
      co_return fail(Errc::not_found, words::name_of_another_now);
    }
    const actions::Destination there{.chat_id = was.chat_id};
    co_return co_await actions::find_own(std::move(client), was, there, std::move(spec.text));
  }
};

}  // namespace

std::unique_ptr<Deed> message_deed() {
  return std::make_unique<MessageDeed>();
}

}  // namespace tgpanel::jobs
