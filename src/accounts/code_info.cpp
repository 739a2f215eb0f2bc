#include "accounts/code_info.hpp"

#include "base/text.hpp"
#include "telegram/td_types.hpp"

#include <algorithm>
#include <array>

namespace tgpanel::accounts {

namespace {

struct CodeType {
  std::string_view type;  // td_api AuthenticationCodeType
  CodeKind kind;
  const char* begins;  // its field for WaitCode::begins; nullptr: none
};

// Firebase needs an official mobile app; to others TDLib says SMS instead.
constexpr std::array<CodeType, 10> kCodeTypes{{
    {"authenticationCodeTypeTelegramMessage", CodeKind::app, nullptr},
    {"authenticationCodeTypeSms", CodeKind::sms, nullptr},
    {"authenticationCodeTypeSmsWord", CodeKind::word, "first_letter"},
    {"authenticationCodeTypeSmsPhrase", CodeKind::phrase, "first_word"},
    {"authenticationCodeTypeCall", CodeKind::call, nullptr},
    {"authenticationCodeTypeFlashCall", CodeKind::flash_call, "pattern"},
    {"authenticationCodeTypeMissedCall", CodeKind::missed_call, "phone_number_prefix"},
    {"authenticationCodeTypeFragment", CodeKind::fragment, "url"},
    {"authenticationCodeTypeFirebaseAndroid", CodeKind::sms, nullptr},
    {"authenticationCodeTypeFirebaseIos", CodeKind::sms, nullptr},
}};

const CodeType* row_of(const Json& type) {
  const auto name = telegram::type_of(type);
  const auto* const found = std::ranges::find(kCodeTypes, name, &CodeType::type);
  return found == kCodeTypes.end() ? nullptr : found;
}

}  // namespace

const char* to_string(CodeKind kind) {
  switch (kind) {
    case CodeKind::none:
      return "";
    case CodeKind::app:
      return "a message in the Telegram app";
    case CodeKind::sms:
      return "an SMS";
    case CodeKind::word:
      return "an SMS (a word)";
    case CodeKind::phrase:
      return "an SMS (a phrase)";
    case CodeKind::call:
      return "a phone call";
    case CodeKind::flash_call:
      return "a phone call that hangs up (the number that calls is the code)";
    case CodeKind::missed_call:
      return "a missed call (the code is the end of its number)";
    case CodeKind::fragment:
      return "a message at fragment.com";
  }
  return "";
}

WaitCode wait_code(const Json& info, Instant now) {
  const Json& type = telegram::object_field(info, "type");
  WaitCode wait;
  wait.via = "a message";
  wait.length = static_cast<int>(telegram::int_field(type, "length"));
  wait.masked_phone = mask_phone(telegram::string_field(info, "phone_number"));
  if (const auto* row = row_of(type)) {
    wait.kind = row->kind;
    wait.via = to_string(row->kind);
    wait.digits = row->kind != CodeKind::word && row->kind != CodeKind::phrase;
    if (row->begins != nullptr) wait.begins = telegram::string_field(type, row->begins);
  }
  if (const auto* next = row_of(telegram::object_field(info, "next_type"))) {
    wait.next = next->kind;
    const auto seconds = std::max<std::int64_t>(telegram::int_field(info, "timeout"), 0);
    wait.next_at = now + Millis{seconds * 1000};
    wait.can_resend = seconds == 0;
  }
  return wait;
}

WaitEmailCode wait_email_code(const Json& info) {
  WaitEmailCode wait;
  wait.pattern = telegram::string_field(info, "email_address_pattern");
  wait.length = static_cast<int>(telegram::int_field(info, "length"));
  return wait;
}

}  // namespace tgpanel::accounts
