#include "base/text.hpp"
#include "bot/conversation.hpp"
#include "bot/input.hpp"
#include "panel/panel.hpp"
#include "words/accounts.hpp"
#include "words/menus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kPerPage = 8;
// An account that Telegram keeps waiting holds one of these, and the others go on.
constexpr std::size_t kSideBySide = 16;
constexpr std::size_t kTitlesShown = 5;
constexpr std::int32_t kTitleUnits = 40;
constexpr std::string_view kAsk = "ask";

/// Account Management → Update groups: looks, and shows each account as it comes. Actions: "ask",
/// "p<page>". The stage coalesces the edits.
class GroupsConversation final : public Conversation {
 public:
  using Conversation::Conversation;

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(say(language(), words::update_groups)).add("\n\n");
    add_problem(screen, problem_);
    if (asked_.empty()) {
      const auto all = stage().panel().accounts().size();
      screen.text.add(all == 0 ? say(language(), words::no_accounts)
                               : say(language(), words::update_groups_hint, all));
      if (all > 0)
        screen.rows.push_back({button(say(language(), words::update_groups_start), kAsk)});
    } else {
      show_answers(screen);
    }
    screen.rows.push_back(back_and_cancel());
    screen.text.fit(kMaxText);
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    problem_ = {};
    if (action == kBack) {
      stage().finish({}, MenuRef{Menu::accounts, 0}, Place::here);
    } else if (action == kAsk && asked_.empty()) {
      ask_all();
    } else if (action.starts_with('p')) {
      page_ = static_cast<std::size_t>(parse_count(action.substr(1)).value_or(0));
      next_step();
      stage().redraw(Place::here);
    }
    return {};
  }

  void on_message(const Incoming& /*message*/) override {
    problem_ = words::use_the_buttons;
    stage().redraw(Place::below);
  }

 private:
  struct Asked {
    accounts::Account account;
    std::optional<std::string> answer;  // in words; nothing: not yet
  };

  void ask_all() {
    for (auto& account : stage().panel().accounts()) asked_.push_back({std::move(account), {}});
    next_step();
    stage().redraw(Place::here);
    const auto self = std::static_pointer_cast<GroupsConversation>(shared_from_this());
    for (std::size_t i = 0; i < std::min(kSideBySide, asked_.size()); ++i) {
      stage().spawn(ask_next(self));
    }
  }

  static Awaitable<> ask_next(std::shared_ptr<GroupsConversation> self) {
    while (!self->ended() && self->next_ < self->asked_.size()) {
      const std::size_t index = self->next_++;
      const AccountId id = self->asked_[index].account.id;
      const auto news = co_await self->stage().panel().desk().update_groups(id);
      if (self->ended()) co_return;
      self->asked_[index].answer = self->told(news);
      self->stage().redraw(Place::here);
    }
  }

  [[nodiscard]] std::string told(const Result<panel::GroupNews>& news) const {
    if (!news) return say(language(), words::groups_failed, sentence_of(news.error()));
    if (news->first) return say(language(), words::groups_first, news->now);
    if (news->added.empty() && news->gone.empty())
      return say(language(), words::groups_same, news->now);
    std::string line = say(language(), words::groups_changed, news->now);
    if (!news->added.empty())
      line += "\n    " + say(language(), words::groups_new, Sentence::plain(titles(news->added)));
    if (!news->gone.empty())
      line += "\n    " + say(language(), words::groups_gone, Sentence::plain(titles(news->gone)));
    return line;
  }

  [[nodiscard]] std::string titles(const std::vector<std::string>& all) const {
    std::string line;
    const std::size_t shown = std::min(kTitlesShown, all.size());
    for (std::size_t i = 0; i < shown; ++i) {
      if (i > 0) line += say(language(), words::comma);
      line += isolate(shorten(all[i], kTitleUnits));
    }
    return shown == all.size()
               ? line
               : say(language(), words::groups_more, Sentence::plain(line), all.size() - shown);
  }

  void show_answers(Screen& screen) const {
    const auto done = static_cast<std::size_t>(
        std::ranges::count_if(asked_, [](const Asked& one) { return one.answer.has_value(); }));
    screen.text.add(done == asked_.size()
                        ? say(language(), words::update_groups_done, done)
                        : say(language(), words::update_groups_busy, done, asked_.size()));
    screen.text.add("\n");
    const Page page = page_of(asked_.size(), kPerPage, page_);
    for (std::size_t i = page.begin; i < page.end; ++i) {
      const auto& one = asked_[i];
      screen.text.add(fmt::format("\n{}. {}: ", digits(language(), one.account.id),
                                  isolate(shorten(one.account.name, 48))));
      screen.text.add(one.answer.value_or("…"));
    }
    if (page.count < 2) return;
    screen.text.add("\n").italic(say(language(), words::page_of, page.index + 1, page.count));
    Row turn;
    if (page.index > 0) {
      turn.push_back(button(say(language(), words::previous), fmt::format("p{}", page.index - 1)));
    }
    if (page.index + 1 < page.count) {
      turn.push_back(button(say(language(), words::next), fmt::format("p{}", page.index + 1)));
    }
    screen.rows.push_back(std::move(turn));
  }

  std::vector<Asked> asked_;
  std::size_t next_ = 0;
  std::size_t page_ = 0;
  Sentence problem_;
};

}  // namespace

std::shared_ptr<Conversation> groups_conversation(Stage& stage) {
  return std::make_shared<GroupsConversation>(stage);
}

}  // namespace tgpanel::bot
