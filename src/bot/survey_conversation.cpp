#include "bot/survey_conversation.hpp"

#include "base/text.hpp"
#include "bot/input.hpp"
#include "bot/menu_builder.hpp"
#include "bot/paging.hpp"
#include "words/menus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::string_view kAsk = "ask";

}  // namespace

Screen SurveyConversation::screen() const {
  Screen screen;
  screen.text.bold(say(language(), form_.title)).add("\n\n");
  add_problem(screen, problem_);
  if (const Phrase* why = closed()) {
    screen.text.add(say(language(), *why));
  } else if (asked_.empty()) {
    const auto count = able().size();
    screen.text.add(count == 0 ? say(language(), form_.nobody)
                               : say(language(), form_.hint, count));
    if (count > 0) screen.rows.push_back({button(say(language(), form_.start), kAsk)});
  } else {
    show_answers(screen);
  }
  screen.rows.push_back(back_and_cancel());
  screen.text.fit(kMaxText);
  return screen;
}

Sentence SurveyConversation::on_press(std::string_view action) {
  problem_ = {};
  if (action == kBack) {
    stage().finish({}, MenuRef{form_.back, 0}, Place::here);
  } else if (action == kAsk && asked_.empty()) {
    ask_all();
  } else if (const auto page = numbered(action, 'p')) {
    page_ = *page;
    next_step();
    stage().redraw(Place::here);
  }
  return {};
}

void SurveyConversation::on_message(const Incoming& /*message*/) {
  problem_ = words::use_the_buttons;
  stage().redraw(Place::below);
}

void SurveyConversation::ask_all() {
  for (auto& account : able()) asked_.push_back({std::move(account), {}});
  next_step();
  stage().redraw(Place::here);
  const auto self = std::static_pointer_cast<SurveyConversation>(shared_from_this());
  for (std::size_t i = 0; i < std::min(form_.side_by_side, asked_.size()); ++i) {
    stage().spawn(ask_next(self));
  }
}

Awaitable<> SurveyConversation::ask_next(std::shared_ptr<SurveyConversation> self) {
  while (!self->ended() && self->next_ < self->asked_.size()) {
    const std::size_t index = self->next_++;
    auto answer = co_await self->ask(self->asked_[index].account.id);
    if (self->ended()) co_return;
    self->asked_[index].answer = std::move(answer);
    self->problem_ = {};
    self->stage().redraw(Place::here);
  }
}

void SurveyConversation::show_answers(Screen& screen) const {
  const auto done = static_cast<std::size_t>(
      std::ranges::count_if(asked_, [](const Asked& one) { return one.answer.has_value(); }));
  screen.text.add(done == asked_.size() ? say(language(), form_.done, done)
                                        : say(language(), form_.busy, done, asked_.size()));
  screen.text.add("\n");
  const Page page = page_of(asked_.size(), form_.per_page, page_);
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& one = asked_[i];
    screen.text.add(fmt::format("\n{}. {}: ", digits(language(), one.account.id),
                                isolate(shorten(one.account.name, kNameUnits))));
    screen.text.add(one.answer.value_or("…"));
  }
  if (page.count < 2) return;
  screen.text.add("\n").italic(say(language(), words::page_of, page.index + 1, page.count));
  add_page_row(language(), screen, page, [this](std::string_view label, std::string_view action) {
    return button(label, action);
  });
}

}  // namespace tgpanel::bot
