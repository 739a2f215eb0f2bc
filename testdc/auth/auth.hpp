#pragma once
// Logging in and out: by code, password, bot token and QR code; the table of sessions; and the
// small answers about the data centre itself (help.getConfig and its like). Registers its calls,
// the list of those open to everybody and of those closed to bots, on the dispatcher.
//
// Executor: the data centre's one thread.

#include "base/async.hpp"
#include "base/time.hpp"
#include "testdc/auth/authorizations.hpp"
#include "testdc/auth/freezes.hpp"
#include "testdc/auth/login_codes.hpp"
#include "testdc/rpc/dispatcher.hpp"
#include "testdc/world/world.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testdc {

/// All must outlive Auth.
struct AuthParts {
  Dispatcher& dispatcher;
  World& world;
  Transport& transport;
  const tgpanel::Clock& clock;
};

class Auth {
 public:
  Auth(tgpanel::Executor executor, AuthParts parts);
  Auth(const Auth&) = delete;
  Auth& operator=(const Auth&) = delete;
  ~Auth();

  [[nodiscard]] const Authorizations& authorizations() const;
  /// Keys a user is logged in with: where World pushes its updates.
  [[nodiscard]] std::vector<std::uint64_t> keys_of_user(std::int64_t user) const;

  // What control/ offers; each throws std::runtime_error with the reason of a refusal.

  /// The code the next auth.sendCode for this phone sends (the one sent last becomes it too).
  void set_code(std::string_view phone, std::string_view code);
  /// How the codes for this phone travel from now on.
  void set_plan(std::string_view phone, CodePlan plan);
  /// The code sent last; throws when none was.
  [[nodiscard]] std::string last_code(std::string_view phone) const;
  /// The code sent last is answered with PHONE_CODE_EXPIRED from now on.
  void expire_code(std::string_view phone);
  /// How many seconds the QR codes shown from now on live.
  void set_qr_lifetime(int seconds);
  /// A person scans the QR code of a `tg://login?token=...` link with his phone and accepts.
  void scan_qr(std::int64_t user, std::string_view link);
  /// [{auth_key_id (hex), online, device, created}], the oldest first.
  [[nodiscard]] tgpanel::Json sessions(std::int64_t user) const;
  /// Freezes the user, or ends it; his clients are told to look at their configuration.
  void freeze(std::int64_t user, std::optional<Freeze> freeze);
  /// A session of the user (its auth_key_id as `sessions` gives it), or with none named every one,
  /// answers all calls with 401 `error` from now on, and is told to look.
  void revoke(std::int64_t user, std::string_view error, std::string_view session = "");

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace testdc
