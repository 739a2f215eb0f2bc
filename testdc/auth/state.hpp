#pragma once
// What the handlers of auth/ share. Internal to auth/. Executor: the data centre's one thread.

#include "testdc/auth/auth.hpp"
#include "testdc/auth/freezes.hpp"
#include "testdc/auth/login_codes.hpp"
#include "testdc/auth/qr_logins.hpp"
#include "testdc/auth/srp.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace testdc {

/// A key on its way to a login.
struct LoginAttempt {
  int api_id = 0;
  std::int64_t password_user = 0;  // who still has to give his password; 0: nobody
};

struct AuthState {
  AuthState(tgpanel::Executor executor, AuthParts parts);

  [[nodiscard]] int now() const;

  /// The key is the user's from now on; returns auth.authorization.
  Value log_in(const Caller& caller, std::int64_t user);
  /// As log_in, or throws 401 SESSION_PASSWORD_NEEDED for a user with a password.
  Value log_in_or_ask_password(const Caller& caller, std::int64_t user);
  /// Every call of the key is answered with the error from now on, and its client is told to look.
  void end_session(std::uint64_t auth_key_id, const RpcError& error);
  /// Tells the client behind a key that its QR code was scanned.
  void tell_scanned(std::uint64_t auth_key_id);
  /// Does something later, unless the data centre has gone by then.
  void after(std::chrono::milliseconds delay, std::function<void()> function);
  /// Throws RpcError API_ID_INVALID.
  void note_api(const Caller& caller, const Value& query);

  tgpanel::Executor executor;
  AuthParts parts;
  Authorizations authorizations;
  LoginCodes codes;
  QrLogins qr;
  Freezes freezes;
  std::map<std::uint64_t, LoginAttempt> attempts;

  /// Derived from a password once, as that takes long.
  struct KnownPassword {
    std::string password;
    SrpVerifier verifier;
  };

  /// A question of account.getPassword that waits for its answer.
  struct Challenge {
    std::int64_t id = 0;
    std::int64_t user = 0;
    std::string password;  // as it was when asked
    SrpServer server;
  };

  std::map<std::string, std::string> emails;  // by phone: asked for, not yet verified
  std::map<std::int64_t, KnownPassword> passwords;
  std::map<std::uint64_t, Challenge> challenges;  // by key: the last one asked
  std::shared_ptr<bool> alive = std::make_shared<bool>(true);
};

using AuthStatePtr = std::shared_ptr<AuthState>;

void add_phone_methods(const AuthStatePtr& state);
void add_email_methods(const AuthStatePtr& state);
void add_password_methods(const AuthStatePtr& state);
void add_qr_methods(const AuthStatePtr& state);
void add_session_methods(const AuthStatePtr& state);
void add_config_methods(const AuthStatePtr& state);

/// The digits of a query's phone_number. Throws RpcError PHONE_NUMBER_INVALID.
std::string phone_of(const Value& query);
/// Its phone_code_hash.
const std::string& hash_of(const Value& query);
/// Of TL EmailVerification; throws RpcError for anything but a code.
std::string email_code_of(const Value& verification);

/// TL Authorization, as one of the user's sessions sees another.
Value render_authorization(const Authorization& authorization, bool current);

/// Random positive number, never 0.
std::int64_t random_id();

/// Methods that are answered before a login.
std::set<std::string> methods_without_login();
/// Methods that bots are refused.
std::set<std::string> methods_closed_to_bots();

}  // namespace testdc
