#pragma once
// What admins are told of accounts, each once.

#include "base/ids.hpp"
#include "base/sentence.hpp"
#include "base/time.hpp"
#include "storage/notice_repository.hpp"

#include <cstdint>
#include <string>

namespace tgpanel::accounts {

/// `Notice::what` beside the words of to_string(AccountState).
inline constexpr const char* kLimited = "limited";
inline constexpr const char* kFrozen = "frozen";
inline constexpr const char* kDeleted = "deleted";
inline constexpr const char* kUnwanted = storage::kUnwantedNotice;

struct Notice {
  std::int64_t id = 0;
  UserId admin = 0;       // who is told
  AccountId account = 0;  // may be deleted by now
  std::string account_name;
  // kLimited, kFrozen, kDeleted, kUnwanted, or the word of a state that needs a person
  std::string what;
  Sentence reason;  // may be empty
  Instant at{};
  MessageId after = 0;  // known to be in the chat when it was handed over; 0: not handed over yet
};

}  // namespace tgpanel::accounts
