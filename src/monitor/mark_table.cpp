#include "monitor/mark_table.hpp"

#include <algorithm>
#include <utility>

namespace tgpanel::monitor {

void MarkTable::load(const std::vector<Mark>& marks) {
  for (const auto& mark : marks) histories_[mark.key] = {mark.message, mark.message};
}

Step MarkTable::on_message(HistoryKey key, MessageId id) {
  const auto [it, inserted] = histories_.try_emplace(key);
  auto& history = it->second;
  if (inserted) {
    move(key, history, id);
    return Step::first;
  }
  if (id <= history.mark) return Step::known;
  const bool whole = history.newest <= history.mark;
  const bool follows = server_message_id(id) == server_message_id(history.mark) + 1;
  if (whole && (follows || !key.dense())) {
    move(key, history, id);
    return Step::next;
  }
  history.newest = std::max(history.newest, id);
  // What follows the mark is no hole, though one above it is still open.
  if (follows) move(key, history, id);
  return Step::behind;
}

Step MarkTable::on_last_message(HistoryKey key, MessageId id) {
  const auto it = histories_.find(key);
  if (it == histories_.end() || key.dense() || id <= it->second.mark) return on_message(key, id);
  // Without consecutive ids one new message cannot be told from several.
  it->second.newest = std::max(it->second.newest, id);
  return Step::behind;
}

bool MarkTable::on_read(HistoryKey key, MessageId newest) {
  auto& history = histories_[key];
  if (newest > history.mark) move(key, history, newest);
  return history.newest <= history.mark;
}

std::optional<MessageId> MarkTable::mark(HistoryKey key) const {
  const auto it = histories_.find(key);
  if (it == histories_.end()) return std::nullopt;
  return it->second.mark;
}

bool MarkTable::behind(HistoryKey key) const {
  const auto it = histories_.find(key);
  return it != histories_.end() && it->second.newest > it->second.mark;
}

std::vector<Mark> MarkTable::take_moved() {
  std::vector<Mark> marks;
  for (const auto& key : std::exchange(moved_, {})) {
    marks.push_back({key, histories_.at(key).mark});
  }
  return marks;
}

void MarkTable::put_back(const std::vector<Mark>& marks) {
  for (const auto& mark : marks) moved_.insert(mark.key);
}

void MarkTable::move(HistoryKey key, History& history, MessageId to) {
  history.mark = to;
  history.newest = std::max(history.newest, to);
  moved_.insert(key);
}

}  // namespace tgpanel::monitor
