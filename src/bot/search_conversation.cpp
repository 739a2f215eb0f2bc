#include "bot/account_menus.hpp"
#include "bot/conversation.hpp"
#include "bot/input.hpp"
#include "bot/paging.hpp"
#include "monitor/fold.hpp"
#include "panel/account_search.hpp"
#include "panel/panel.hpp"
#include "words/accounts.hpp"
#include "words/menus.hpp"

#include <fmt/format.h>

#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kPerPage = 10;

/// Account Management → Search: what is typed, and the accounts that fit. Every text is a new
/// search. Actions: "a<account>", "p<page>".
class SearchConversation final : public Conversation {
 public:
  SearchConversation(Stage& stage, std::string zone)
      : Conversation(stage), zone_(std::move(zone)) {}

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(say(language(), words::search)).add("\n\n");
    add_problem(screen, problem_);
    if (wanted_.empty()) {
      screen.text.add(say(language(), words::ask_search));
    } else {
      show_found(screen);
    }
    screen.rows.push_back(back_and_cancel());
    screen.text.fit(kMaxText);
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    if (action == kBack) {
      stage().finish({}, MenuRef{Menu::accounts, 0}, Place::here);
    } else if (const auto number = parse_count(action.substr(1)); number) {
      if (action.front() == 'a') {
        stage().finish({}, MenuRef{Menu::account, *number}, Place::here);
      } else {
        page_ = static_cast<std::size_t>(*number);
        next_step();
        stage().redraw(Place::here);
      }
    }
    return {};
  }

  void on_message(const Incoming& message) override {
    problem_ = {};
    if (!message.text || !monitor::has_letter_or_digit(*message.text)) {
      problem_ = words::expected_search;
    } else {
      wanted_ = *message.text;
      page_ = 0;
    }
    next_step();
    stage().redraw(Place::below);
  }

 private:
  void show_found(Screen& screen) const {
    const auto found = panel::find_accounts(stage().panel().accounts(), wanted_);
    const auto shown = shorten(wanted_, 100);
    if (found.empty()) {
      screen.text.add(say(language(), words::nothing_found, shown));
      return;
    }
    screen.text.add(found.size() == 1 ? say(language(), words::one_found, shown)
                                      : say(language(), words::n_found, shown, found.size()));
    const Page page = page_of(found.size(), kPerPage, page_);
    screen.text.add("\n");
    for (std::size_t i = page.begin; i < page.end; ++i) {
      const auto& account = found[i];
      screen.text.add(fmt::format("\n{}. {}\n    ", digits(language(), account.id),
                                  describe(language(), account)));
      screen.text.italic(state_words(language(), account, zone_));
      screen.rows.push_back(
          {button(account_button(language(), account), fmt::format("a{}", account.id))});
    }
    if (page.count < 2) return;
    screen.text.add("\n").italic(say(language(), words::page_of, page.index + 1, page.count));
    add_page_row(language(), screen, page, [this](std::string_view label, std::string_view action) {
      return button(label, action);
    });
  }

  std::string zone_;
  std::string wanted_;  // as typed
  std::size_t page_ = 0;
  Sentence problem_;
};

}  // namespace

std::shared_ptr<Conversation> search_conversation(Stage& stage, std::string zone) {
  return std::make_shared<SearchConversation>(stage, std::move(zone));
}

}  // namespace tgpanel::bot
