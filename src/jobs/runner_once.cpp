// The way of an item whose deed is done at most once: aim, check the limits, note where the chat
// stands, hand over, and look instead of trying again.

#include "actions/slow_mode.hpp"
#include "base/crash_point.hpp"
#include "jobs/limiter.hpp"
#include "jobs/runner_impl.hpp"

#include <utility>

namespace tgpanel::jobs {

namespace {

constexpr const char* kPeerFlood = "PEER_FLOOD";

bool is_vague(const Error& error) {
  return error.code == Errc::timeout || error.code == Errc::cancelled;
}

}  // namespace

ItemEvent Runner::Impl::not_aimed(const Error& error) const {
  if (is_vague(error)) return NotAimed{};
  auto event = event_of(error);
  if (auto* refused = std::get_if<Refused>(&event)) return Unusable{std::move(refused->reason)};
  return event;
}

Awaitable<> Runner::Impl::send_once(Self self, Place place, ClientPtr client) {
  const Job& job = self->jobs_.at(place.job).job;
  const AccountId account = job.items[place.position].account_id;
  auto spec = job.action;
  auto hands = client;
  auto aim = co_await self->parts_.deeds.aim(std::move(hands), std::move(spec));
  if (self->let_go_ || self->stopping_) co_return;  // claimed: begun anew by the next run
  if (!aim) {
    auto event = self->not_aimed(aim.error());
    co_await apply(self, place, std::move(event));
    co_return;
  }
  // Only now it is known which chat it is.
  if (auto wait = self->known_wait(account, job.action, aim->destination.chat_id)) {
    co_await apply(self, place, std::move(*wait));
    co_return;
  }
  const bool unasked = aim->is_private && aim->unsolicited;
  const auto allowed = self->contacts_.may_write(account, aim->person, unasked);
  if (!allowed) {
    Unusable refused{sentence_of(allowed.error())};
    co_await apply(self, place, std::move(refused));
    co_return;
  }
  crash_point("once.aimed");
  // Between the check above and this nothing else runs: the limits hold over all accounts.
  Beside beside;
  if (unasked) {
    beside.reserved = self->contacts_.reserve(place.job, place.position, account, aim->person.id);
  }
  Hand hand{aim->mark};
  const auto act = co_await apply_with(self, place, std::move(hand), beside);
  if (self->let_go_ || act != ItemAct::perform) co_return;
  crash_point("job.handed");
  auto there = std::move(*aim);
  co_await hand_over(self, place, std::move(client), std::move(there));
}

Awaitable<> Runner::Impl::hand_over(Self self, Place place, ClientPtr client, Aim aim) {
  const Job& job = self->jobs_.at(place.job).job;
  const AccountId account = job.items[place.position].account_id;
  auto tracker = std::make_shared<telegram::SendTracker>(client);
  self->trackers_[account] = tracker;
  auto spec = job.action;
  auto carrier = tracker;
  const ChatId chat = aim.destination.chat_id;
  const Millis deadline = self->parts_.send_deadline;
  const auto outcome = co_await self->parts_.deeds.send(std::move(carrier), std::move(spec),
                                                        std::move(aim), deadline);
  if (self->let_go_) co_return;
  crash_point("job.performed");
  if (outcome) {
    Succeeded succeeded;
    co_await apply(self, place, std::move(succeeded));
  } else if (!is_vague(outcome.error())) {
    auto error = outcome.error();
    co_await take_refusal(self, place, client, chat, std::move(error));
  } else {
    Lost lost;
    const auto act = co_await apply(self, place, lost);
    if (act == ItemAct::verify && !self->let_go_) {
      co_await look_for(self, place, std::move(client), tracker);
    }
  }
  if (self->let_go_) co_return;
  self->trackers_.erase(account);
  crash_point("job.recorded");
}

// Telegram said no: the message was certainly not sent.
Awaitable<> Runner::Impl::take_refusal(Self self, Place place, ClientPtr client, ChatId chat,
                                       Error error) {
  const AccountId account = self->jobs_.at(place.job).job.items[place.position].account_id;
  auto event = self->event_of(error);
  Beside beside;
  beside.released = true;
  const bool flood = error.code == Errc::telegram && error.message == kPeerFlood;
  if (flood) beside.stopped = self->contacts_.stop(account);
  if (std::holds_alternative<Hold>(event)) {
    const bool slow = co_await actions::is_slow_mode(std::move(client), chat, error.retry_after_s);
    if (self->let_go_) co_return;
    std::string method = kSendMethod;
    if (slow) co_await self->parts_.limiter.narrow(account, std::move(method), chat);
    if (self->let_go_) co_return;
  }
  co_await apply_with(self, place, std::move(event), beside);
  if (flood && !self->let_go_) self->contacts_.stop_is_stored();
}

Awaitable<> Runner::Impl::look_for(Self self, Place place, ClientPtr client, Tracker tracker) {
  const Entry& entry = self->jobs_.at(place.job);
  const Item& item = entry.job.items[place.position];
  auto spec = entry.job.action;
  auto mark = item.mark;
  const auto found =
      co_await self->parts_.deeds.was_sent(std::move(client), std::move(spec), std::move(mark));
  if (self->let_go_) co_return;
  // What was not found is not to arrive later either, when a person has read that nobody knows.
  if (tracker && !(found && *found)) {
    co_await tracker->forget(actions::kSendNumber);
    if (self->let_go_) co_return;
  } else if (tracker) {
    co_await self->parts_.limiter.arrived(item.account_id);
    if (self->let_go_) co_return;
  }
  crash_point("once.looked");
  ItemEvent event;
  if (found) {
    event = Verified{*found};
  } else if (is_vague(found.error())) {
    event = LookLater{self->parts_.clock.now() + kLostBackoff};
  } else {
    event = self->event_of(found.error());
    if (const auto* hold = std::get_if<Hold>(&event)) {
      const Instant until = hold->until;
      event = LookLater{until};
    } else {
      event = Unseen{self->parts_.deeds.explain(found.error())};
    }
  }
  const bool later = std::holds_alternative<LookLater>(event);
  co_await apply(self, place, std::move(event));
  if (self->let_go_ || !later) co_return;
  Entry& now = self->jobs_.at(place.job);
  if (!is_final(now.job.items[place.position].state)) now.unverified.insert(place.position);
}

}  // namespace tgpanel::jobs
