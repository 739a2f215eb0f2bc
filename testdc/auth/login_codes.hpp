#pragma once
// Login codes sent to phones. Executor: the data centre's one thread.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace testdc {

inline constexpr int login_code_length = 5;
inline constexpr int login_code_lifetime = 300;  // seconds; Telegram does not document its own

/// How the codes of a phone travel: "app", "sms", "word", "phrase", "call", "flash_call",
/// "missed_call", "fragment", "email", "email_setup" (an address is asked for first), "payment"
/// (Telegram wants Premium to be bought first).
struct CodePlan {
  std::vector<std::string> kinds{"app", "sms"};  // the first, then what auth.resendCode comes to
  int timeout = 60;                              // seconds before the next may be asked for
  std::string begins{};                          // of the code or of the number that calls
  std::string email{};                           // where e-mails go
};

class LoginCodes {
 public:
  struct Sent {
    std::string code;
    std::string hash;      // phone_code_hash
    int expires = 0;       // Unix seconds
    std::size_t step = 0;  // of CodePlan::kinds
  };

  /// `random`: a number that nobody can guess.
  explicit LoginCodes(std::function<std::uint64_t()> random) : random_(std::move(random)) {}

  /// The next code for this phone (digits), and the one sent already.
  void set(const std::string& phone, std::string_view code);
  void set_plan(const std::string& phone, CodePlan plan);
  [[nodiscard]] const CodePlan& plan(const std::string& phone) const;
  const Sent& send(const std::string& phone, int now);
  /// The same code under the same hash, for longer, in the next way. Throws RpcError when nothing
  /// was sent, and SEND_CODE_UNAVAILABLE when there is no other way.
  const Sent& resend(const std::string& phone, std::string_view hash, int now);
  /// Throws RpcError PHONE_CODE_HASH_EMPTY, PHONE_CODE_EMPTY, PHONE_CODE_EXPIRED,
  /// PHONE_CODE_INVALID.
  void check(const std::string& phone, std::string_view hash, std::string_view code, int now) const;
  /// Throws RpcError when no code was sent to the phone under this hash, or it has expired.
  void check_hash(const std::string& phone, std::string_view hash, int now) const;
  /// The account has this address from now on: its codes go there.
  void verified(const std::string& phone, std::string address);
  /// The code has done its duty, or is not wanted any more.
  void forget(const std::string& phone);
  /// False when no code was sent to the phone.
  bool expire(const std::string& phone);
  /// A code that its owner shares serves no more: as expire(), when the text holds the phone's code
  /// as a number of its own.
  void shared(const std::string& phone, std::string_view text);
  /// Null when no code was ever sent to the phone.
  [[nodiscard]] const Sent* last(const std::string& phone) const;

 private:
  struct Phone {
    std::string next;  // empty: a random one
    Sent sent;
    bool valid = false;
    CodePlan plan;
  };

  const Phone& pending(const std::string& phone, std::string_view hash, int now) const;

  std::function<std::uint64_t()> random_;
  std::map<std::string, Phone, std::less<>> phones_;
};

}  // namespace testdc
