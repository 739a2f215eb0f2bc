#include "actions/reaction.hpp"
#include "base/text.hpp"
#include "bot/catalogue.hpp"
#include "bot/conversation.hpp"
#include "bot/input.hpp"
#include "bot/job_card.hpp"
#include "bot/menus.hpp"
#include "panel/eligible.hpp"
#include "panel/panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tgpanel::bot {
namespace {

constexpr std::array kCounts{1, 2, 3, 5, 10, 20, 50, 100};
constexpr std::size_t kButtonsPerRow = 4;
constexpr std::size_t kNamesShown = 15;

// Actions: "n<count>", "e<index of the reaction>", "start".
constexpr std::string_view kStart = "start";

std::optional<std::size_t> index_of(std::string_view action, char kind) {
  if (action.size() < 2 || action.front() != kind) return std::nullopt;
  const auto value = parse_count(action.substr(1));
  if (!value) return std::nullopt;
  return static_cast<std::size_t>(*value);
}

/// Bulk → Reaction: how many, where, which, preview, start.
class ReactionConversation final : public Conversation {
 public:
  using Conversation::Conversation;

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(text(Text::bulk_reaction_title)).add("\n\n");
    if (!problem_.empty()) screen.text.add("⚠ ").add(problem_).add("\n\n");
    switch (at_) {
      case At::count:
        ask_count(screen);
        break;
      case At::link:
        screen.text.add(text(Text::ask_message_link));
        screen.rows.push_back(back_and_cancel());
        break;
      case At::emoji:
        ask_emoji(screen);
        break;
      case At::looking:
        screen.text.add(text(Text::looking_up));
        screen.rows.push_back(back_and_cancel());
        break;
      case At::confirm:
        show_preview(screen);
        break;
      case At::starting:
        screen.text.add(text(Text::starting_job));
        break;
    }
    screen.text.fit(kMaxText);
    return screen;
  }

  std::string on_press(std::string_view action) override {
    if (action == kBack) {
      back();
      return {};
    }
    problem_.clear();
    if (const auto count = index_of(action, 'n'); count && at_ == At::count) {
      take_count(static_cast<int>(*count), Place::here);
    } else if (const auto emoji = index_of(action, 'e'); emoji && at_ == At::emoji) {
      if (*emoji >= actions::kReactions.size()) return {};
      take_emoji(actions::kReactions[*emoji], Place::here);
    } else if (action == kStart && at_ == At::confirm) {
      go(At::starting, Place::here);
      stage().spawn(start(self()));
    }
    return {};
  }

  void on_message(const Incoming& message) override {
    problem_.clear();
    switch (at_) {
      case At::count: {
        const auto count = message.text ? parse_count(*message.text) : std::nullopt;
        if (!count) {
          refuse(expected_count(active()));
        } else {
          take_count(*count, Place::below);
        }
        break;
      }
      case At::link:
        if (!message.text) {
          refuse(text(Text::expected_link));
        } else if (auto valid = stage().panel().check_message_link(*message.text); !valid) {
          refuse(valid.error().message);
        } else {
          link_ = std::string(trim(*message.text));
          go(At::emoji, Place::below);
        }
        break;
      case At::emoji: {
        const auto emoji = message.text ? actions::normalise_reaction(*message.text) : std::nullopt;
        if (!emoji) {
          refuse(text(Text::expected_reaction));
        } else {
          take_emoji(*emoji, Place::below);
        }
        break;
      }
      case At::confirm:
        refuse(text(Text::use_the_buttons));
        break;
      case At::looking:
      case At::starting:
        refuse(text(Text::please_wait));
        break;
    }
  }

 private:
  enum class At : std::uint8_t { count, link, emoji, looking, confirm, starting };

  [[nodiscard]] std::shared_ptr<ReactionConversation> self() {
    return std::static_pointer_cast<ReactionConversation>(shared_from_this());
  }

  [[nodiscard]] std::size_t active() const {
    const auto all = stage().panel().accounts();
    return static_cast<std::size_t>(std::ranges::count_if(all, panel::eligible));
  }

  static std::string expected_count(std::size_t most) {
    return most == 0   ? text(Text::no_active_account)
           : most == 1 ? text(Text::expected_one)
                       : text(Text::expected_count, most);
  }

  void ask_count(Screen& screen) const {
    const std::size_t most = active();
    if (most == 0) {
      if (problem_.empty()) screen.text.add(text(Text::no_active_account));
      screen.rows.push_back(back_and_cancel());
      return;
    }
    screen.text.add(text(Text::ask_count, most));
    Row row;
    for (const int count : kCounts) {
      if (static_cast<std::size_t>(count) >= most) break;
      row.push_back(button(std::to_string(count), fmt::format("n{}", count)));
      if (row.size() == kButtonsPerRow) screen.rows.push_back(std::exchange(row, {}));
    }
    if (!row.empty()) screen.rows.push_back(std::move(row));
    screen.rows.push_back({button(text(Text::all_accounts, most), fmt::format("n{}", most))});
    screen.rows.push_back(back_and_cancel());
  }

  void ask_emoji(Screen& screen) const {
    screen.text.add(text(Text::ask_reaction));
    Row row;
    for (std::size_t i = 0; i < actions::kReactions.size(); ++i) {
      row.push_back(button(actions::kReactions[i], fmt::format("e{}", i)));
      if (row.size() == 3) screen.rows.push_back(std::exchange(row, {}));
    }
    if (!row.empty()) screen.rows.push_back(std::move(row));
    screen.rows.push_back(back_and_cancel());
  }

  void show_preview(Screen& screen) const {
    auto& out = screen.text;
    out.add(text(Text::preview_what, preview_.spec.emoji, preview_.accounts.size())).add("\n");
    out.bold(shorten(preview_.chat_title, 100)).add("\n");
    if (!preview_.message_excerpt.empty()) {
      out.italic(shorten(preview_.message_excerpt, 120)).add("\n");
    }
    out.add(shorten(preview_.spec.link, 200)).add("\n\n");
    const std::size_t shown = std::min(preview_.accounts.size(), kNamesShown);
    for (std::size_t i = 0; i < shown; ++i) {
      out.add("• ").add(isolate(shorten(preview_.accounts[i].name, 48))).add("\n");
    }
    if (preview_.accounts.size() > shown) {
      out.add(text(Text::and_more, preview_.accounts.size() - shown)).add("\n");
    }
    if (!preview_.left_out.empty()) {
      out.add("\n").add(text(Text::left_out)).add("\n");
      const std::size_t left = std::min(preview_.left_out.size(), kNamesShown);
      for (std::size_t i = 0; i < left; ++i) {
        out.add("• ").add(shorten(preview_.left_out[i], 150)).add("\n");
      }
      if (preview_.left_out.size() > left) {
        out.add(text(Text::and_more, preview_.left_out.size() - left)).add("\n");
      }
    }
    out.add("\n").add(text(Text::takes_about, duration(preview_.expected_duration)));
    screen.rows.push_back({button(text(Text::start_job), kStart)});
    screen.rows.push_back(back_and_cancel());
  }

  void take_count(int count, Place place) {
    const std::size_t most = active();
    if (count < 1 || static_cast<std::size_t>(count) > most) {
      problem_ = expected_count(most);
      stage().redraw(place);
      return;
    }
    count_ = count;
    go(At::link, place);
  }

  void take_emoji(std::string_view emoji, Place place) {
    emoji_ = emoji;
    go(At::looking, place);
    stage().spawn(look_up(self(), step()));
  }

  void back() {
    problem_.clear();
    switch (at_) {
      case At::count:
        stage().finish({}, MenuRef{Menu::bulk, 0}, Place::here);
        return;
      case At::link:
        go(At::count, Place::here);
        return;
      case At::emoji:
        go(At::link, Place::here);
        return;
      case At::looking:
      case At::confirm:
        go(At::emoji, Place::here);
        return;
      case At::starting:
        return;
    }
  }

  void go(At at, Place place) {
    at_ = at;
    next_step();
    stage().redraw(place);
  }

  void refuse(std::string problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  static Awaitable<> look_up(std::shared_ptr<ReactionConversation> self, std::int64_t step) {
    if (self->ended()) co_return;
    jobs::ReactionSpec spec{self->link_, self->emoji_};
    const int count = self->count_;
    auto preview = co_await self->stage().panel().preview_reaction(std::move(spec), count);
    if (self->ended() || self->step() != step) co_return;  // cancelled, or stepped back meanwhile
    if (!preview) {
      self->problem_ = preview.error().message;
      self->go(At::link, Place::here);
      co_return;
    }
    self->preview_ = std::move(*preview);
    self->go(At::confirm, Place::here);
  }

  static Awaitable<> start(std::shared_ptr<ReactionConversation> self) {
    if (self->ended()) co_return;
    panel::ReactionPreview preview = self->preview_;
    const UserId admin = self->stage().admin();
    auto job = co_await self->stage().panel().start_reaction(std::move(preview), admin);
    if (self->ended()) co_return;
    if (!job) {
      self->problem_ = job.error().message;
      self->go(At::emoji, Place::here);
      co_return;
    }
    Stage& stage = self->stage();
    const JobId id = *job;
    stage.finish(text(Text::job_started, id), MenuRef{Menu::bulk, 0}, Place::here);
    stage.show_job(id);
  }

  At at_ = At::count;
  std::string problem_;
  int count_ = 0;
  std::string link_;
  std::string emoji_;
  panel::ReactionPreview preview_;
};

}  // namespace

std::shared_ptr<Conversation> reaction_conversation(Stage& stage) {
  return std::make_shared<ReactionConversation>(stage);
}

}  // namespace tgpanel::bot
