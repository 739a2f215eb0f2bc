// Comment below a post, or reply in a group: done at most once.

#include "actions/comment.hpp"

#include "actions/message_link.hpp"
#include "jobs/deed.hpp"
#include "words/errors_jobs.hpp"

#include <array>
#include <utility>

namespace tgpanel::jobs {

namespace {

constexpr std::array<std::string_view, 4> kCommentMethods{"getMessageLinkInfo", "getMessageThread",
                                                          "getChatHistory", "sendMessage"};

class CommentDeed final : public OnceDeedOf<CommentSpec> {
 public:
  [[nodiscard]] Result<void> check_target(std::string_view target) const override {
    auto link = actions::parse_message_link(target);
    if (!link) return std::unexpected(std::move(link.error()));
    return {};
  }

  [[nodiscard]] bool is_same_for_all(const ActionSpec& spec) const override {
    const auto link = actions::parse_message_link(std::get<CommentSpec>(spec).link);
    return link && !link->username.empty();
  }

  [[nodiscard]] std::span<const std::string_view> methods() const override {
    return kCommentMethods;
  }

 private:
  [[nodiscard]] Result<ActionSpec> read(CommentSpec spec) const override {
    if (auto good = check_target(spec.link); !good) return std::unexpected(std::move(good.error()));
    auto text = actions::check_text(spec.text);
    if (!text) return std::unexpected(std::move(text.error()));
    spec.text = std::move(*text);
    return spec;
  }

  static Awaitable<Result<actions::CommentPlace>> find(Client client, std::string link) {
    auto parsed = actions::parse_message_link(link);
    if (!parsed) co_return std::unexpected(parsed.error());
    co_return co_await actions::find_comment_place(std::move(client), std::move(*parsed));
  }

  Awaitable<Result<Sight>> look_at(Client client, CommentSpec spec) override {
    auto place = co_await find(std::move(client), std::move(spec.link));
    if (!place) co_return std::unexpected(std::move(place.error()));
    Sight sight{
        .title = std::move(place->title), .excerpt = std::move(place->excerpt), .remarks = {}};
    sight.remarks.emplace_back(place->below_post ? words::comment_below_post
                                                 : words::comment_in_group);
    sight.person = std::move(place->author);
    sight.chat = place->destination.chat_id;
    co_return sight;
  }

  Awaitable<Result<Aim>> aim_at(Client client, CommentSpec spec) override {
    auto place = co_await find(client, std::move(spec.link));
    if (!place) co_return std::unexpected(std::move(place.error()));
    const auto mark = co_await actions::mark_chat(std::move(client), place->destination.chat_id);
    if (!mark) co_return std::unexpected(mark.error());
    co_return Aim{.mark = actions::write_mark(*mark),
                  .destination = place->destination,
                  .person = std::move(place->author)};
  }

  Awaitable<Result<bool>> look_for(Client client, CommentSpec spec, std::string mark) override {
    const auto place = co_await find(client, std::move(spec.link));
    if (!place) co_return std::unexpected(place.error());
    const auto was = actions::read_mark(mark);
    if (was.chat_id != place->destination.chat_id) {
      co_return fail(Errc::not_found, words::comments_elsewhere);
    }
    co_return co_await actions::find_own(std::move(client), was, place->destination,
                                         std::move(spec.text));
  }
};

}  // namespace

std::unique_ptr<Deed> comment_deed() {
  return std::make_unique<CommentDeed>();
}

}  // namespace tgpanel::jobs
