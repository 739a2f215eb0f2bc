// Which answers of a poll.

#include "actions/poll.hpp"
#include "base/direction.hpp"
#include "bot/action_form.hpp"
#include "bot/input.hpp"
#include "words/actions.hpp"
#include "words/menus.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace tgpanel::bot {
namespace {

// Actions: "o<option>", and "these" where several may be chosen.
constexpr std::string_view kThese = "these";

class VoteDetails final : public Details {
 public:
  Awaitable<Result<void>> load(panel::Panel* panel, std::string target,
                               panel::Choice who) override {
    auto poll = co_await panel->read_poll(std::move(target), std::move(who));
    if (!poll) co_return std::unexpected(std::move(poll.error()));
    poll_ = std::move(*poll);
    co_return Result<void>{};
  }

  void draw(Language language, Screen& screen, const ButtonMaker& button) const override {
    screen.text.add(say(language, poll_.quiz      ? words::ask_quiz_answer
                                  : poll_.several ? words::ask_poll_answers
                                                  : words::ask_poll_answer));
    screen.text.add("\n\n").bold(apart(language, shorten(poll_.question, 300)));
    for (std::size_t i = 0; i < poll_.options.size(); ++i) {
      const auto& option = poll_.options[i];
      const bool marked = marked_.contains(static_cast<std::int32_t>(i));
      screen.rows.push_back({button(marked ? "✓ " + option : option, fmt::format("o{}", i))});
    }
    if (!marked_.empty())
      screen.rows.push_back({button(say(language, words::poll_answers_done), kThese)});
  }

  Verdict press(std::string_view action) override {
    if (action == kThese && !marked_.empty()) {
      chosen_.assign(marked_.begin(), marked_.end());
      return Verdict::done();
    }
    const auto option = numbered(action, 'o');
    if (!option || *option >= poll_.options.size()) return Verdict::stay();
    const auto id = static_cast<std::int32_t>(*option);
    if (!poll_.several) {
      chosen_ = {id};
      return Verdict::done();
    }
    if (marked_.erase(id) == 0) marked_.insert(id);
    return Verdict::stay();
  }

  Verdict answer(const std::optional<std::string>&) override {
    return Verdict::refuse(words::use_the_buttons);
  }

  [[nodiscard]] jobs::ActionSpec spec(std::string target) const override {
    std::string answers;
    for (const auto id : chosen_) {
      if (!answers.empty()) answers += ", ";
      answers += poll_.options.at(static_cast<std::size_t>(id));
    }
    return jobs::VoteSpec{std::move(target), chosen_, std::move(answers)};
  }

 private:
  actions::Poll poll_;
  std::set<std::int32_t> marked_;
  std::vector<std::int32_t> chosen_;
};

}  // namespace

std::unique_ptr<Details> vote_details() {
  return std::make_unique<VoteDetails>();
}

}  // namespace tgpanel::bot
