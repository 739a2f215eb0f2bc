#pragma once
// What is shown of a login at each of its steps.

#include "accounts/login.hpp"
#include "base/language.hpp"
#include "bot/action_form.hpp"
#include "bot/keypad.hpp"
#include "bot/screen.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tgpanel::bot {

// Actions of the buttons, beside those of the keypad.
inline constexpr std::string_view kLoginByPhone = "phone";
inline constexpr std::string_view kLoginByQr = "qr";
inline constexpr std::string_view kLoginResend = "again";

/// The row that the caller adds below.
enum class LoginFooter : std::uint8_t { back_and_cancel, cancel_only };

struct LoginView {
  Language language = Language::en;
  const accounts::LoginStep& step;
  bool by_qr = false;      // the way that was chosen
  const Keypad* keypad{};  // null: the step has none
};

/// By phone or by QR.
void draw_login_ways(Language language, Screen& screen, const ButtonMaker& button);
/// An answer is with Telegram.
LoginFooter draw_login_wait(Language language, Screen& screen);
LoginFooter draw_login_step(const LoginView& view, Screen& screen, const ButtonMaker& button);

// What a step says of its code.
/// Which of the codes sent in this login; 0: the step waits for none.
[[nodiscard]] int code_number(const accounts::LoginStep& step);
/// In characters; 0: not known, or the step waits for none.
[[nodiscard]] std::size_t code_length(const accounts::LoginStep& step);
/// A flash call's number, a word and a phrase are not to be had by keys.
[[nodiscard]] bool taken_by_keys(const accounts::LoginStep& step);

}  // namespace tgpanel::bot
