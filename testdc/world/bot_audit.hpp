#pragma once
// Looks at everything that a bot sends, edits or answers against Telegram's limits, before anybody
// accepts or refuses it: a test fails at its end on what the bot tried, whatever came of it.
// Executor: the data centre's one thread.

#include "testdc/tl/schema.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace testdc {

class BotAudit {
 public:
  /// What a bot wants to be read: a message, or the new content of one. `where` names the chat.
  void content(std::string_view where, std::string_view text, bool caption,
               const tl::Value& entities, const tl::Value& reply_markup);
  /// A message's text stays: only its keyboard is new.
  void keyboard(std::string_view where, const tl::Value& reply_markup);
  /// What a press is answered with.
  void toast(std::string_view text);

  /// A sentence each: which limit, by how much, in which message.
  [[nodiscard]] const std::vector<std::string>& breaches() const { return breaches_; }

  /// Messages, edits and toasts that were looked at.
  [[nodiscard]] std::int64_t checked() const { return checked_; }

 private:
  void check_keyboard(std::string_view where, const tl::Value& reply_markup);
  void note(std::string_view where, std::string_view what, std::string_view text);

  std::vector<std::string> breaches_;
  std::int64_t checked_ = 0;
};

}  // namespace testdc
