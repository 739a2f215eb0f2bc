#include "base/local_time.hpp"
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

constexpr std::size_t kPerPage = 10;
constexpr std::size_t kSideBySide = 5;
constexpr std::string_view kAsk = "ask";

/// Report Status → Check report status: asks, and shows each answer as it comes. Actions: "ask",
/// "p<page>".
class ReportConversation final : public Conversation {
 public:
  ReportConversation(Stage& stage, std::string zone)
      : Conversation(stage), zone_(std::move(zone)) {}

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(say(language(), words::check_report)).add("\n\n");
    add_problem(screen, problem_);
    if (!stage().panel().desk().can_check_reports()) {
      screen.text.add(say(language(), words::no_report_bot));
    } else if (asked_.empty()) {
      const auto able = active().size();
      screen.text.add(able == 0 ? say(language(), words::report_nobody)
                                : say(language(), words::report_hint, able));
      if (able > 0) screen.rows.push_back({button(say(language(), words::report_start), kAsk)});
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
      stage().finish({}, MenuRef{Menu::report, 0}, Place::here);
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
    std::optional<Sentence> answer;  // in words; nothing: not yet
  };

  [[nodiscard]] std::vector<accounts::Account> active() const {
    auto all = stage().panel().accounts();
    std::erase_if(
        all, [](const auto& account) { return account.state != accounts::AccountState::active; });
    return all;
  }

  void ask_all() {
    for (auto& account : active()) asked_.push_back({std::move(account), {}});
    next_step();
    stage().redraw(Place::here);
    const auto self = std::static_pointer_cast<ReportConversation>(shared_from_this());
    for (std::size_t i = 0; i < std::min(kSideBySide, asked_.size()); ++i) {
      stage().spawn(ask_next(self));
    }
  }

  static Awaitable<> ask_next(std::shared_ptr<ReportConversation> self) {
    while (!self->ended() && self->next_ < self->asked_.size()) {
      const std::size_t index = self->next_++;
      const AccountId id = self->asked_[index].account.id;
      const auto answer = co_await self->stage().panel().desk().check_report(id);
      if (self->ended()) co_return;
      self->asked_[index].answer = self->sentence(answer);
      self->stage().redraw(Place::here);
    }
  }

  [[nodiscard]] Sentence sentence(const Result<actions::ReportAnswer>& answer) const {
    using enum actions::ReportAnswer::Verdict;
    if (!answer) {
      return answer.error().code == Errc::timeout
                 ? Sentence(words::report_no_answer)
                 : Sentence(words::report_failed, sentence_of(answer.error()));
    }
    switch (answer->verdict) {
      case clear:
        return words::report_clear;
      case limited:
        return answer->until == Instant{} ? Sentence(words::report_limited)
                                          : Sentence(words::report_limited_until,
                                                     local_time(language(), answer->until, zone_));
      case unclear:
        return {words::report_unclear, shorten(answer->text, 250)};
    }
    return {};
  }

  void show_answers(Screen& screen) const {
    const auto done = static_cast<std::size_t>(
        std::ranges::count_if(asked_, [](const Asked& one) { return one.answer.has_value(); }));
    screen.text.add(done == asked_.size()
                        ? say(language(), words::report_done, done)
                        : say(language(), words::report_asking, done, asked_.size()));
    screen.text.add("\n");
    const Page page = page_of(asked_.size(), kPerPage, page_);
    for (std::size_t i = page.begin; i < page.end; ++i) {
      const auto& one = asked_[i];
      screen.text.add(fmt::format("\n{}. {}: ", digits(language(), one.account.id),
                                  isolate(shorten(one.account.name, 48))));
      screen.text.add(one.answer ? shorten(say(language(), *one.answer), 300) : "…");
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

  std::string zone_;
  std::vector<Asked> asked_;
  std::size_t next_ = 0;
  std::size_t page_ = 0;
  Sentence problem_;
};

}  // namespace

std::shared_ptr<Conversation> report_conversation(Stage& stage, std::string zone) {
  return std::make_shared<ReportConversation>(stage, std::move(zone));
}

}  // namespace tgpanel::bot
