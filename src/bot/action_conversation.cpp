// Who, target, details, preview, start: the same steps for every action.

#include "base/text.hpp"
#include "bot/account_choice.hpp"
#include "bot/action_form.hpp"
#include "bot/action_preview.hpp"
#include "bot/action_words.hpp"
#include "bot/conversation.hpp"
#include "panel/panel.hpp"
#include "words/actions.hpp"
#include "words/menus.hpp"

#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::string_view kStart = "start";

class ActionConversation final : public Conversation {
 public:
  ActionConversation(Stage& stage, const ActionForm& form, AccountId account, std::string zone)
      : Conversation(stage), form_(form), account_(account), zone_(std::move(zone)) {
    if (account_ == 0) return;
    at_ = At::target;
    who_ = panel::Picked{{account_}};
  }

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(title()).add("\n\n");
    add_problem(screen, problem_);
    const ButtonMaker maker = [this](std::string_view label, std::string_view action) {
      return button(label, action);
    };
    switch (at_) {
      case At::who:
        choice_.draw(language(), screen, active(), maker, problem_.empty());
        break;
      case At::target:
        screen.text.add(say(language(), *form_.ask_target));
        break;
      case At::loading:
      case At::looking:
        screen.text.add(say(language(), words::looking_up));
        break;
      case At::details:
        details_->draw(language(), screen, maker);
        break;
      case At::confirm:
        draw_preview(screen.text, {.language = language(), .zone = zone_}, preview_);
        screen.rows.push_back({button(say(language(), words::start_job), kStart)});
        break;
      case At::starting:
        screen.text.add(say(language(), words::starting_job));
        break;
    }
    if (at_ != At::starting) screen.rows.push_back(back_and_cancel());
    screen.text.fit(kMaxText);
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    problem_ = {};
    if (action == kBack) {
      back();
    } else if (at_ == At::who) {
      after_who(choice_.press(action, active()), Place::here);
    } else if (at_ == At::details) {
      after_details(details_->press(action), Place::here);
    } else if (action == kStart && at_ == At::confirm) {
      go(At::starting, Place::here);
      stage().spawn(start(self()));
    }
    return {};
  }

  void on_message(const Incoming& message) override {
    problem_ = {};
    switch (at_) {
      case At::who:
        after_who(choice_.answer(message.text, active()), Place::below);
        break;
      case At::target:
        take_target(message.text);
        break;
      case At::details:
        after_details(details_->answer(message.text), Place::below);
        break;
      case At::confirm:
        refuse(words::use_the_buttons, Place::below);
        break;
      case At::loading:
      case At::looking:
      case At::starting:
        refuse(words::please_wait, Place::below);
        break;
    }
  }

 private:
  enum class At : std::uint8_t { who, target, loading, details, looking, confirm, starting };

  [[nodiscard]] std::shared_ptr<ActionConversation> self() {
    return std::static_pointer_cast<ActionConversation>(shared_from_this());
  }

  [[nodiscard]] std::string title() const {
    const auto& where = account_ == 0 ? words::bulk : words::individual;
    return say(language(), words::action_title, where, label_of(form_.kind));
  }

  [[nodiscard]] MenuRef menu() const {
    return account_ == 0 ? MenuRef{Menu::bulk, 0} : MenuRef{Menu::individual_account, account_};
  }

  [[nodiscard]] AccountChoice::Accounts active() const {
    auto all = stage().panel().accounts();
    std::erase_if(all, [](const accounts::Account& account) {
      return account.state != accounts::AccountState::active;
    });
    return all;
  }

  void after_who(Verdict verdict, Place place) {
    if (verdict.kind == Verdict::Kind::refused) return refuse(std::move(verdict.problem), place);
    if (verdict.kind == Verdict::Kind::stay) return stage().redraw(place);
    who_ = choice_.choice();
    go(At::target, place);
  }

  void take_target(const std::optional<std::string>& typed) {
    if (!typed) return refuse(*form_.expected_target, Place::below);
    auto valid = stage().panel().check_target(form_.kind, *typed);
    if (!valid) return refuse(sentence_of(valid.error()), Place::below);
    target_ = std::string(trim(*typed));
    if (form_.details == nullptr) return look(Place::below);
    details_ = form_.details();
    go(At::loading, Place::below);
    stage().spawn(load(self(), step()));
  }

  void after_details(Verdict verdict, Place place) {
    if (verdict.kind == Verdict::Kind::refused) return refuse(std::move(verdict.problem), place);
    if (verdict.kind == Verdict::Kind::stay) return stage().redraw(place);
    look(place);
  }

  void look(Place place) {
    go(At::looking, place);
    stage().spawn(look_up(self(), step()));
  }

  void back() {
    switch (at_) {
      case At::who:
        if (choice_.back()) {
          stage().redraw(Place::here);
        } else {
          stage().finish({}, menu(), Place::here);
        }
        return;
      case At::target:
        if (account_ == 0) {
          go(At::who, Place::here);
        } else {
          stage().finish({}, menu(), Place::here);
        }
        return;
      case At::details:
        if (details_->back()) {
          stage().redraw(Place::here);
          return;
        }
        [[fallthrough]];
      case At::loading:
        go(At::target, Place::here);
        return;
      case At::looking:
      case At::confirm:
        go(before_preview(), Place::here);
        return;
      case At::starting:
        return;
    }
  }

  [[nodiscard]] At before_preview() const { return details_ ? At::details : At::target; }

  void go(At at, Place place) {
    at_ = at;
    next_step();
    stage().redraw(place);
  }

  void refuse(Sentence problem, Place place) {
    problem_ = std::move(problem);
    stage().redraw(place);
  }

  static Awaitable<> load(std::shared_ptr<ActionConversation> self, std::int64_t step) {
    if (self->ended()) co_return;
    const auto details = self->details_;
    auto* panel = &self->stage().panel();
    auto target = self->target_;
    auto who = self->who_;
    auto loaded = co_await details->load(panel, std::move(target), std::move(who));
    if (self->ended() || self->step() != step) co_return;  // cancelled, or stepped back meanwhile
    // A text that came meanwhile was told to wait: that is over.
    self->problem_ = loaded ? Sentence() : sentence_of(loaded.error());
    self->go(loaded ? At::details : At::target, Place::here);
  }

  static Awaitable<> look_up(std::shared_ptr<ActionConversation> self, std::int64_t step) {
    if (self->ended()) co_return;
    auto spec =
        self->details_ ? self->details_->spec(self->target_) : self->form_.spec(self->target_);
    auto who = self->who_;
    auto preview = co_await self->stage().panel().preview_action(std::move(spec), std::move(who));
    if (self->ended() || self->step() != step) co_return;
    if (!preview) {
      self->problem_ = sentence_of(preview.error());
      self->go(At::target, Place::here);
      co_return;
    }
    self->problem_ = {};
    self->preview_ = std::move(*preview);
    self->go(At::confirm, Place::here);
  }

  static Awaitable<> start(std::shared_ptr<ActionConversation> self) {
    if (self->ended()) co_return;
    panel::ActionPreview preview = self->preview_;
    const UserId admin = self->stage().admin();
    auto* panel = &self->stage().panel();
    auto job = co_await panel->start_action(std::move(preview), admin);
    if (self->ended()) {  // cancelled meanwhile, and told so
      if (job) co_await panel->cancel_job(*job);
      co_return;
    }
    if (!job) {
      self->problem_ = sentence_of(job.error());
      self->go(self->before_preview(), Place::here);
      co_return;
    }
    Stage& stage = self->stage();
    const JobId id = *job;
    stage.finish({words::job_started, id}, self->menu(), Place::here);
    stage.show_job(id);
  }

  const ActionForm& form_;
  AccountId account_;  // 0: of several
  std::string zone_;
  At at_ = At::who;
  Sentence problem_;
  AccountChoice choice_;
  panel::Choice who_;
  std::string target_;
  std::shared_ptr<Details> details_;
  panel::ActionPreview preview_;
};

}  // namespace

std::shared_ptr<Conversation> action_conversation(Stage& stage, const ActionForm& form,
                                                  AccountId account, std::string zone) {
  return std::make_shared<ActionConversation>(stage, form, account, std::move(zone));
}

}  // namespace tgpanel::bot
