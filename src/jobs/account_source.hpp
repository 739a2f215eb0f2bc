#pragma once
// What jobs need to know of accounts; implemented above (src/panel).

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/sentence.hpp"
#include "telegram/client.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace tgpanel::jobs {

enum class Readiness : std::uint8_t {
  ready,       // `client` may be used; without one: it will be there in a moment
  connecting,  // will be ready or unusable by itself: wait
  unusable,    // a person has to do something first; `reason` says what
};

struct AccountStatus {
  Readiness readiness = Readiness::unusable;
  std::string name;
  Sentence reason;                           // for unusable
  std::shared_ptr<telegram::Client> client;  // set when ready, but while it is reopened
};

/// Executor: the domain's.
class AccountSource {
 public:
  AccountSource() = default;
  AccountSource(const AccountSource&) = delete;
  AccountSource& operator=(const AccountSource&) = delete;
  virtual ~AccountSource() = default;

  [[nodiscard]] virtual AccountStatus status(AccountId id) const = 0;
  /// Waits while the account's client is closed and opened again.
  virtual Awaitable<> reopened(AccountId id) const = 0;
};

}  // namespace tgpanel::jobs
