#include "jobs/item_machine.hpp"

#include "words/errors_common.hpp"
#include "words/errors_jobs.hpp"

#include <utility>

namespace tgpanel::jobs {

namespace {

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

  // Nothing was handed over: unlike a deed whose answer is lost, this may simply be tried again.
  ItemStep operator()(const NotAimed&) {
    if (item_.state != ItemState::claimed) return same();
    if (context_.cancelled) return skip();
    ++item_.attempts;
    if (item_.attempts >= kMaxAttempts) return become(ItemState::failed, words::item_not_aimed);
    return wait(context_.now + kLostBackoff * item_.attempts, words::item_tried_again);
  }

  ItemStep operator()(const Hand& event) {
    if (item_.state != ItemState::claimed) return same();
    if (context_.cancelled) return skip();
    if (context_.paused) return become(ItemState::queued);
    // What was aimed in vain does not shorten the looking afterwards.
    item_.attempts = context_.once ? 1 : item_.attempts + 1;
    item_.mark = event.mark;
    return become(ItemState::handed, {}, ItemAct::perform);
  }

  ItemStep operator()(const Unusable& event) {
    if (is_idle(item_.state)) return become(ItemState::failed, event.reason);
    // Handed by an earlier run: without its account nobody can ask what became of it.
    if (item_.state == ItemState::handed) {
      if (context_.once) return unknown(event.reason);
      return become(ItemState::failed,
                    {words::both_sentences, words::item_not_known, event.reason});
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
      return become(ItemState::failed, words::item_not_known);
    }
    return wait(context_.now + kLostBackoff * item_.attempts, words::item_tried_again);
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

  // What is handed is asked about at the start anyway. A cancel on disk was obeyed by the older
  // copy too. Of anything else nobody knows here whether it was done: what can be asked about is,
  // as if it had been handed over; what cannot is not sent again.
  ItemStep operator()(const Restored&) {
    if (!is_idle(item_.state) || context_.cancelled) return same();
    if (context_.once) return become(ItemState::unknown, words::item_restored);
    item_.attempts = 1;
    return become(ItemState::handed, words::item_looked_up);
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
    auto next = become(ItemState::handed, words::item_looking);
    next.item.not_before = event.until;
    return next;
  }

  ItemStep operator()(const Unseen& event) {
    if (item_.state != ItemState::handed || !context_.once) return same();
    return unknown(event.reason);
  }

 private:
  ItemStep same() { return {std::move(item_), ItemAct::none, false}; }

  ItemStep become(ItemState state, Sentence reason = {}, ItemAct act = ItemAct::none) {
    item_.state = state;
    item_.reason = std::move(reason);
    item_.not_before = {};
    return {std::move(item_), act, true};
  }

  ItemStep unknown(const Sentence& why) {
    if (why.empty()) return become(ItemState::unknown, words::item_outcome_unknown);
    return become(ItemState::unknown, {words::both_sentences, words::item_outcome_unknown, why});
  }

  ItemStep skip() { return become(ItemState::skipped, words::item_cancelled); }

  ItemStep wait(Instant until, Sentence reason) {
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
