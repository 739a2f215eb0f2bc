#include "base/text.hpp"
#include "bot/conversation.hpp"
#include "bot/match_excerpt.hpp"
#include "bot/rule_answer.hpp"
#include "monitor/rule_syntax.hpp"
#include "panel/panel.hpp"
#include "words/login.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kGroupsPerPage = 8;
constexpr std::int32_t kTitleUnits = 48;
constexpr std::size_t kShown = 8;            // matches
constexpr std::int32_t kExcerptUnits = 160;  // of each

// Actions: "g<chat>", "p<page>", and these.
constexpr std::string_view kAddIt = "add";
constexpr std::string_view kChange = "change";
constexpr std::string_view kOtherGroup = "other";

/// Monitor Mode → Try a keyword: a rule, a chat, what would be reported; then it may be added.
class TrialConversation final : public Conversation {
 public:
  using Conversation::Conversation;

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(say(language(), words::try_keyword)).add("\n\n");
    add_problem(screen, problem_);
    if (busy_) {
      screen.text.add(say(language(), words::asking_telegram));
    } else if (step_ == Step::rule) {
      screen.text.add(say(language(), words::ask_trial_rule));
    } else if (step_ == Step::chat) {
      draw_groups(screen);
    } else {
      draw_result(screen);
    }
    screen.text.fit(kMaxText);
    screen.rows.push_back(back_and_cancel());
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    if (busy_) return words::please_wait;
    if (action == kBack) return back();
    if (action == kChange) return go(Step::rule);
    if (action == kOtherGroup) return go(Step::chat);
    if (action == kAddIt) {
      busy_ = true;
      stage().spawn(add(self()));
      return {};
    }
    std::int64_t number = 0;
    std::from_chars(action.data() + 1, action.data() + action.size(), number);
    if (action.front() == 'p') {
      page_ = static_cast<std::size_t>(number);
      return go(Step::chat);
    }
    const auto index = static_cast<std::size_t>(number);
    if (index >= groups_.size()) return words::outdated;
    begin_trial(std::to_string(groups_[index].id));
    stage().redraw(Place::here);
    return {};
  }

  void on_message(const Incoming& message) override {
    if (busy_) return refuse(words::please_wait);
    if (!message.text) return refuse(words::expected_text);
    if (step_ == Step::chat) {
      begin_trial(*message.text);
    } else {
      const auto rule = trim(*message.text);
      if (rule.empty()) return refuse(words::expected_text);
      if (rule.contains('\n')) return refuse(words::trial_one_line);
      if (const auto read = monitor::parse_rule(rule); !read) {
        return refuse(sentence_of(read.error()));
      }
      rule_ = rule;
      groups_ = stage().panel().watched_groups();
      page_ = 0;
      problem_ = {};
      step_ = Step::chat;
      next_step();
    }
    stage().redraw(Place::below);
  }

 private:
  enum class Step : std::uint8_t { rule, chat, result };

  std::shared_ptr<TrialConversation> self() {
    return std::static_pointer_cast<TrialConversation>(shared_from_this());
  }

  Sentence go(Step step) {
    step_ = step;
    problem_ = {};
    next_step();
    stage().redraw(Place::here);
    return {};
  }

  Sentence back() {
    if (step_ == Step::result) return go(Step::chat);
    if (step_ == Step::chat) return go(Step::rule);
    stage().finish({}, MenuRef{Menu::monitor, 0}, Place::here);
    return {};
  }

  void draw_groups(Screen& screen) const {
    screen.text.add(say(language(), words::ask_trial_chat));
    const auto begin = std::min(page_ * kGroupsPerPage, groups_.size());
    const auto end = std::min(begin + kGroupsPerPage, groups_.size());
    for (auto i = begin; i < end; ++i) {
      const auto& group = groups_[i];
      screen.rows.push_back({button(shorten(group.title, kTitleUnits), fmt::format("g{}", i))});
    }
    Row pages;
    if (page_ > 0)
      pages.push_back(button(say(language(), words::previous), fmt::format("p{}", page_ - 1)));
    if (end < groups_.size())
      pages.push_back(button(say(language(), words::next), fmt::format("p{}", page_ + 1)));
    if (!pages.empty()) screen.rows.push_back(std::move(pages));
  }

  void draw_result(Screen& screen) const {
    auto& out = screen.text;
    out.code(language(), rule_).add("\n");
    out.add(say(language(), words::trial_result, shorten(trial_.title, kTitleUnits),
                trial_.matches.size(), trial_.looked_at));
    const auto shown = std::min(kShown, trial_.matches.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const auto& match = trial_.matches[i];
      out.add("\n\n• ").add(match_excerpt(match.text, match.marks, kExcerptUnits));
      if (!match.link.empty()) out.add("\n").add(match.link);
    }
    if (shown < trial_.matches.size()) {
      out.add("\n\n").add(say(language(), words::rules_and_more, trial_.matches.size() - shown));
    }
    screen.rows.push_back({button(say(language(), words::trial_add), kAddIt),
                           button(say(language(), words::trial_change), kChange)});
    screen.rows.push_back({button(say(language(), words::trial_other_group), kOtherGroup)});
  }

  void begin_trial(std::string where) {
    busy_ = true;
    problem_ = {};
    stage().spawn(run(self(), std::move(where)));
  }

  static Awaitable<> run(std::shared_ptr<TrialConversation> self, std::string where) {
    if (self->ended()) co_return;
    auto rule = self->rule_;
    auto trial = co_await self->stage().panel().try_keyword(std::move(rule), std::move(where),
                                                            monitor::kTrialMessages);
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!trial) {
      self->refuse(sentence_of(trial.error()));
      co_return;
    }
    self->trial_ = std::move(*trial);
    self->step_ = Step::result;
    self->next_step();
    self->stage().redraw(Place::below);
  }

  static Awaitable<> add(std::shared_ptr<TrialConversation> self) {
    if (self->ended()) co_return;
    std::vector<std::string> lines{self->rule_};
    const auto outcomes = co_await self->stage().panel().add_keywords(std::move(lines));
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!outcomes) {
      self->refuse(sentence_of(outcomes.error()));
      co_return;
    }
    self->stage().finish(Sentence::plain(rule_answer(self->language(), *outcomes)),
                         MenuRef{Menu::monitor, 0}, Place::below);
  }

  void refuse(Sentence problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  Step step_ = Step::rule;
  std::string rule_;
  std::vector<monitor::Group> groups_;
  std::size_t page_ = 0;
  monitor::Trial trial_;
  Sentence problem_;
  bool busy_ = false;
};

}  // namespace

std::shared_ptr<Conversation> trial_conversation(Stage& stage) {
  return std::make_shared<TrialConversation>(stage);
}

}  // namespace tgpanel::bot
