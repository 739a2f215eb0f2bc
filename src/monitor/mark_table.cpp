#include "monitor/mark_table.hpp"

#include <algorithm>
#include <utility>

namespace tgpanel::monitor {

namespace {

bool follows(MessageId id, MessageId before) {
  return server_message_id(id) == server_message_id(before) + 1;
}

}  // namespace

void MarkTable::load(const std::vector<Mark>& marks) {
  for (const auto& mark : marks) histories_[mark.key] = {mark.message, mark.message, 0};
}

Step MarkTable::on_message(HistoryKey key, MessageId id) {
  const auto [it, inserted] = histories_.try_emplace(key);
  auto& history = it->second;
  if (inserted) {
    move(key, history, id);
    return Step::first;
  }
  if (id <= history.mark) return Step::known;
  const bool whole = history.hole_top == 0;
  // In a mailbox a push comes after everything before it, whatever its id.
  const bool joined = !key.dense() || follows(id, history.newest);
  if (whole && joined) {
    move(key, history, id);
    return Step::next;
  }
  if (id > history.newest) {
    if (!joined) history.hole_top = id;
    history.newest = id;
  }
  return Step::behind;
}

Step MarkTable::on_last_message(HistoryKey key, MessageId id) {
  const auto it = histories_.find(key);
  if (key.dense() || it == histories_.end() || id <= it->second.mark) return on_message(key, id);
  // Without consecutive ids one new message cannot be told from several.
  auto& history = it->second;
  if (id > history.newest) history.hole_top = history.newest = id;
  return Step::behind;
}

bool MarkTable::on_read(HistoryKey key, MessageId newest) {
  auto& history = histories_[key];
  if (newest >= history.hole_top) {
    settle(key);
  }
  if (newest > history.mark) move(key, history, newest);
  return history.hole_top == 0;
}

void MarkTable::settle(HistoryKey key) {
  auto& history = histories_[key];
  history.hole_top = 0;
  if (history.newest > history.mark) move(key, history, history.newest);
}

void MarkTable::forget_private() {
  std::erase_if(histories_, [](const auto& entry) { return entry.first.chat > 0; });
  std::erase_if(moved_, [](const HistoryKey& key) { return key.chat > 0; });
}

std::optional<MessageId> MarkTable::mark(HistoryKey key) const {
  const auto it = histories_.find(key);
  if (it == histories_.end()) return std::nullopt;
  return it->second.mark;
}

bool MarkTable::behind(HistoryKey key) const {
  const auto it = histories_.find(key);
  return it != histories_.end() && it->second.hole_top != 0;
}

std::vector<Mark> MarkTable::take_moved() {
  std::vector<Mark> marks;
  for (const auto& key : std::exchange(moved_, {})) {
    marks.push_back({key, histories_.at(key).mark});
  }
  return marks;
}

void MarkTable::move(HistoryKey key, History& history, MessageId to) {
  history.mark = to;
  history.newest = std::max(history.newest, to);
  moved_.insert(key);
}

}  // namespace tgpanel::monitor
