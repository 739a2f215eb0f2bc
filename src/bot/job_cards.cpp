#include "bot/job_cards.hpp"

#include "bot/job_card.hpp"
#include "panel/panel.hpp"
#include "words/jobs.hpp"
#include "words/menus.hpp"

#include <algorithm>

namespace tgpanel::bot {

JobCards::JobCards(panel::Panel& panel, std::shared_ptr<Sender> sender, Works& works,
                   const Clock& clock, Millis gap, std::string zone,
                   std::function<Language(UserId)> language_of)
    : panel_(panel),
      sender_(std::move(sender)),
      works_(works),
      clock_(clock),
      gap_(gap),
      language_of_(std::move(language_of)),
      zone_(std::move(zone)) {}

Screen JobCards::draw(const jobs::Job& job, std::size_t page, ChatId chat) const {
  const CardView view{.language = language_of_(chat),
                      .now = clock_.now(),
                      .zone = zone_,
                      .left = panel_.job_time_left(job.id),
                      .viewer = chat};
  return in_direction(view.language, job_card(view, job, page));
}

std::shared_ptr<Surface> JobCards::surface(ChatId chat) const {
  return std::make_shared<Surface>(sender_, works_, clock_, chat, Priority::card, gap_);
}

void JobCards::send(JobId id, ChatId chat) {
  const auto job = panel_.job(id);
  if (!job) return;
  auto card = surface(chat);
  card->show(draw(*job, 0, chat), true);
  cards_[id].push_back({chat, std::move(card)});
}

void JobCards::forget_finished() {
  std::erase_if(cards_, [this](const auto& entry) {
    const auto job = panel_.job(entry.first);
    return (!job || is_over(*job)) &&
           std::ranges::all_of(entry.second, [](const Card& card) { return card.surface->idle(); });
  });
}

void JobCards::changed(const jobs::Job& job) {
  const auto found = cards_.find(job.id);
  if (found == cards_.end()) return;
  for (const auto& card : found->second) card.surface->show(draw(job, 0, card.chat), false);
  if (is_over(job)) forget_finished();
}

Sentence JobCards::redraw(const JobPress& press, ChatId chat, MessageId message) {
  const auto job = panel_.job(press.job);
  if (!job) return words::job_gone;
  forget_finished();
  auto& cards = cards_[press.job];
  auto find = [&](MessageId id) {
    return std::ranges::find_if(cards, [&](const Card& card) {
      return card.chat == chat && card.surface->message() == id;
    });
  };
  auto known = find(message);
  // A person may be faster than Telegram's word to us that the card has been sent.
  if (known == cards.end()) known = find(0);
  if (known != cards.end() && known->surface->message() == 0 && known->surface->idle()) {
    known = cards.end();  // its sending failed
  }
  if (known == cards.end()) {
    auto card = surface(chat);
    card->adopt(message);
    cards.push_back({chat, std::move(card)});
    known = std::prev(cards.end());
  }
  const auto page = parse_page_action(press.action);
  known->surface->show(draw(*job, page.value_or(0), chat), false);
  return page || parse_order(press.action) ? Sentence() : Sentence(words::unknown_button);
}

}  // namespace tgpanel::bot
