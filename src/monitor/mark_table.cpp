#include "monitor/mark_table.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace tgpanel::monitor {

namespace {

bool follows(MessageId id, MessageId before) {
  return server_message_id(id) == server_message_id(before) + 1;
}

}  // namespace

void MarkTable::load(const std::vector<Mark>& marks) {
  for (const auto& mark : marks) {
    histories_[mark.key] = {.mark = mark.message, .newest = mark.message};
  }
}

Step MarkTable::on_message(HistoryKey key, MessageId id) {
  const auto [it, inserted] = histories_.try_emplace(key);
  auto& history = it->second;
  if (inserted) {
    history.began = ++begun_;
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
  if (newest >= history.hole_top) close(key, history);
  if (newest > history.mark) move(key, history, newest);
  return history.hole_top == 0;
}

bool MarkTable::settle(HistoryKey key, MessageId top) {
  const auto it = histories_.find(key);
  if (it == histories_.end()) return true;
  if (it->second.hole_top != top) return false;
  close(key, it->second);
  return true;
}

bool MarkTable::reach_back(HistoryKey key, MessageId to) {
  const auto [it, inserted] = histories_.try_emplace(key);
  auto& history = it->second;
  if (inserted) {
    move(key, history, to);
    return false;
  }
  const bool began_now = std::exchange(history.began, 0) != 0;
  if (!began_now || history.mark <= to) return false;
  if (history.hole_top == 0) history.hole_top = history.mark;
  move(key, history, to);
  return true;
}

void MarkTable::forget_private() {
  std::erase_if(histories_, [this](const auto& entry) {
    const bool is_private = entry.first.chat > 0;
    if (is_private) moved_.insert(entry.first);
    return is_private;
  });
}

std::optional<MessageId> MarkTable::mark(HistoryKey key) const {
  const auto it = histories_.find(key);
  if (it == histories_.end()) return std::nullopt;
  return it->second.mark;
}

MessageId MarkTable::hole_top(HistoryKey key) const {
  const auto it = histories_.find(key);
  return it == histories_.end() ? 0 : it->second.hole_top;
}

std::uint64_t MarkTable::began(HistoryKey key) const {
  const auto it = histories_.find(key);
  return it == histories_.end() ? std::numeric_limits<std::uint64_t>::max() : it->second.began;
}

bool MarkTable::knows(ChatId chat) const {
  return std::ranges::any_of(histories_,
                             [chat](const auto& entry) { return entry.first.chat == chat; });
}

std::vector<Mark> MarkTable::take_moved() {
  std::vector<Mark> marks;
  for (const auto& key : std::exchange(moved_, {})) {
    marks.push_back({key, mark(key).value_or(0)});
  }
  return marks;
}

void MarkTable::move(HistoryKey key, History& history, MessageId to) {
  history.mark = to;
  history.newest = std::max(history.newest, to);
  moved_.insert(key);
}

void MarkTable::close(HistoryKey key, History& history) {
  history.hole_top = 0;
  if (history.newest > history.mark) move(key, history, history.newest);
}

}  // namespace tgpanel::monitor
