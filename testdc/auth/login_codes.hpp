#pragma once
// Login codes sent to phones. Executor: the data centre's one thread.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace testdc {

inline constexpr int login_code_length = 5;
inline constexpr int login_code_lifetime = 300;  // seconds; Telegram does not document its own

class LoginCodes {
 public:
  struct Sent {
    std::string code;
    std::string hash;  // phone_code_hash
    int expires = 0;   // Unix seconds
  };

  /// `random`: a number that nobody can guess.
  explicit LoginCodes(std::function<std::uint64_t()> random) : random_(std::move(random)) {}

  /// The next code for this phone (digits), and the one sent already.
  void set(const std::string& phone, std::string_view code);
  const Sent& send(const std::string& phone, int now);
  /// The same code under the same hash, for longer. Throws RpcError when nothing was sent.
  const Sent& resend(const std::string& phone, std::string_view hash, int now);
  /// Throws RpcError PHONE_CODE_HASH_EMPTY, PHONE_CODE_EMPTY, PHONE_CODE_EXPIRED,
  /// PHONE_CODE_INVALID.
  void check(const std::string& phone, std::string_view hash, std::string_view code, int now) const;
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
  };

  const Phone& pending(const std::string& phone, std::string_view hash, int now) const;

  std::function<std::uint64_t()> random_;
  std::map<std::string, Phone, std::less<>> phones_;
};

}  // namespace testdc
