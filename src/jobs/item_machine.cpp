#include "jobs/item_machine.hpp"

#include <utility>

namespace tgpanel::jobs {

namespace {

constexpr const char* kUnknown =
    "It is not known whether this message arrived: look in the chat. It is not sent again.";
constexpr const char* kLooking = "Telegram did not answer; the account looks for its message.";
constexpr const char* kCancelled = "Cancelled before it was done.";
constexpr const char* kNotKnown =
    "Telegram did not answer; it is not known whether this was done. Look there.";

/// Not begun, or put off: nothing of it is at Telegram.
bool is_idle(ItemState state) {
  return state == ItemState::queued || state == ItemState::claimed || state == ItemState::waiting;
}

class Transition {
 public:
  Transition(Item item, const ItemContext& context) : item_(std::move(item)), context_(context) {}

  ItemStep operator()(const Claim&) {
    const bool due = item_.state == ItemState::queued ||
                     (item_.state == ItemState::waiting && item_.not_before <= context_.now);
    if (!due) return same();
    if (context_.cancelled) return skip();
    return context_.paused ? same() : become(ItemState::claimed);
  }

  ItemStep operator()(const PutBack&) {
    if (item_.state != ItemState::claimed) return same();
    return context_.cancelled ? skip() : become(ItemState::queued);
  }

  ItemStep operator()(const Hand& event) {
    if (item_.state != ItemState::claimed) return same();
    if (context_.cancelled) return skip();
    if (context_.paused) return become(ItemState::queued);
    ++item_.attempts;
    item_.mark = event.mark;
    return become(ItemState::handed, {}, ItemAct::perform);
  }

  ItemStep operator()(const Unusable& event) {
    if (is_idle(item_.state)) return become(ItemState::failed, event.reason);
    // Handed by an earlier run: without its account nobody can ask what became of it.
    if (item_.state == ItemState::handed) {
      if (context_.once) return unknown(event.reason);
      return become(ItemState::failed, kNotKnown + (" " + event.reason));
    }
    return same();
  }

  ItemStep operator()(const Hold& event) {
    if (is_final(item_.state)) return same();
    if (context_.cancelled) return skip();
    return wait(event.until, event.reason);
  }

  ItemStep operator()(const Succeeded& event) {
    return item_.state == ItemState::handed ? become(ItemState::done, event.note) : same();
  }

  ItemStep operator()(const Refused& event) {
    return item_.state == ItemState::handed ? become(ItemState::failed, event.reason) : same();
  }

  ItemStep operator()(const Lost&) {
    if (item_.state != ItemState::handed) return same();
    if (context_.once) return {std::move(item_), ItemAct::verify, false};
    if (context_.cancelled || item_.attempts >= kMaxAttempts) {
      return become(ItemState::failed, kNotKnown);
    }
    return wait(context_.now + kLostBackoff * item_.attempts,
                "Telegram did not answer; it is tried again.");
  }

  ItemStep operator()(const Cancel&) { return is_idle(item_.state) ? skip() : same(); }

  ItemStep operator()(const Retry&) {
    if (item_.state != ItemState::failed) return same();
    item_.attempts = 0;
    item_.mark.clear();
    return become(ItemState::queued);
  }

  ItemStep operator()(const Restarted&) {
    if (item_.state == ItemState::handed) return {std::move(item_), ItemAct::verify, false};
    if (!is_idle(item_.state)) return same();
    if (context_.cancelled) return skip();
    return item_.state == ItemState::claimed ? become(ItemState::queued) : same();
  }

  ItemStep operator()(const Verified& event) {
    if (item_.state != ItemState::handed) return same();
    if (event.done) return become(ItemState::done);
    if (context_.once) return unknown({});
    return context_.cancelled ? skip() : become(ItemState::queued);
  }

  ItemStep operator()(const LookLater& event) {
    if (item_.state != ItemState::handed || !context_.once) return same();
    if (item_.attempts >= kMaxAttempts) return unknown({});
    ++item_.attempts;
    auto next = become(ItemState::handed, kLooking);
    next.item.not_before = event.until;
    return next;
  }

  ItemStep operator()(const Unseen& event) {
    if (item_.state != ItemState::handed || !context_.once) return same();
    return unknown(event.reason);
  }

 private:
  ItemStep same() { return {std::move(item_), ItemAct::none, false}; }

  ItemStep become(ItemState state, std::string reason = {}, ItemAct act = ItemAct::none) {
    item_.state = state;
    item_.reason = std::move(reason);
    item_.not_before = {};
    return {std::move(item_), act, true};
  }

  ItemStep unknown(const std::string& why) {
    return become(ItemState::unknown, why.empty() ? kUnknown : kUnknown + (" " + why));
  }

  ItemStep skip() { return become(ItemState::skipped, kCancelled); }

  ItemStep wait(Instant until, std::string reason) {
    auto next = become(ItemState::waiting, std::move(reason));
    next.item.not_before = until;
    return next;
  }

  Item item_;
  const ItemContext& context_;
};

}  // namespace

ItemStep step(Item item, const ItemEvent& event, const ItemContext& context) {
  return std::visit(Transition(std::move(item), context), event);
}

}  // namespace tgpanel::jobs
