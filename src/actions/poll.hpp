#pragma once
// Vote in a poll, by one account.

#include "actions/message_link.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tgpanel::actions {

/// A poll as one account sees it.
struct Poll {
  ChatId chat_id = 0;
  MessageId message_id = 0;
  std::string question;
  std::vector<std::string> options;
  std::vector<std::int32_t> chosen;  // by this account, 0-based, in rising order
  bool several = false;              // more than one answer is allowed
  bool quiz = false;                 // one answer, once
  bool closed = false;
};

/// Looks the poll up by this account. not_found: no such message; invalid: it is no poll; a
/// sentence.
Awaitable<Result<Poll>> find_poll(std::shared_ptr<telegram::Client> client, MessageLink link);

/// Sets this account's answers (0-based, in rising order, at least one). Idempotent: answers that
/// are chosen already are success without a call. invalid: closed, a quiz that was answered
/// otherwise, or no such options; a sentence.
Awaitable<Result<void>> vote(std::shared_ptr<telegram::Client> client, MessageLink link,
                             std::vector<std::int32_t> options);

/// Why these answers cannot be given; success otherwise.
[[nodiscard]] Result<void> check_answers(const Poll& poll,
                                         const std::vector<std::int32_t>& options);

}  // namespace tgpanel::actions
