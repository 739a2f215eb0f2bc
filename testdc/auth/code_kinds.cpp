#include "testdc/auth/code_kinds.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace testdc {

namespace {

// Sources: core.telegram.org/type/auth.SentCodeType and auth.CodeType. A code is only sent "next"
// in a way that auth.CodeType has.
struct Kind {
  std::string_view name;
  const char* sent;     // auth.sentCodeType...
  const char* next;     // auth.codeType...; nullptr: never next
  bool length = false;  // the client is told how long the code is
  const char* begins;   // the field that tells how it begins; nullptr: none
};

constexpr std::array<Kind, 8> kKinds{{
    {"app", "auth.sentCodeTypeApp", nullptr, true, nullptr},
    {"sms", "auth.sentCodeTypeSms", "auth.codeTypeSms", true, nullptr},
    {"word", "auth.sentCodeTypeSmsWord", "auth.codeTypeSms", false, "beginning"},
    {"phrase", "auth.sentCodeTypeSmsPhrase", "auth.codeTypeSms", false, "beginning"},
    {"call", "auth.sentCodeTypeCall", "auth.codeTypeCall", true, nullptr},
    {"flash_call", "auth.sentCodeTypeFlashCall", "auth.codeTypeFlashCall", false, "pattern"},
    {"missed_call", "auth.sentCodeTypeMissedCall", "auth.codeTypeMissedCall", true, "prefix"},
    {"fragment", "auth.sentCodeTypeFragmentSms", "auth.codeTypeFragmentSms", true, "url"},
}};

const Kind* kind(std::string_view name) {
  const auto* const found = std::ranges::find(kKinds, name, &Kind::name);
  return found == kKinds.end() ? nullptr : found;
}

Value type_of(const LoginCodes::Sent& sent, const CodePlan& plan) {
  const std::string& name = plan.kinds.at(sent.step);
  if (name == "email_setup") return {{"_", "auth.sentCodeTypeSetUpEmailRequired"}};
  if (name == "email") {
    return {{"_", "auth.sentCodeTypeEmailCode"},
            {"email_pattern", email_pattern(plan.email)},
            {"length", sent.code.size()}};
  }
  const Kind& row = *kind(name);
  Value type = {{"_", row.sent}};
  if (row.length) type["length"] = sent.code.size();
  if (row.begins != nullptr) type[row.begins] = plan.begins;
  return type;
}

}  // namespace

Value sent_code(const LoginCodes::Sent& sent, const CodePlan& plan) {
  // Source: core.telegram.org/constructor/auth.sentCodePaymentRequired.
  if (plan.kinds.at(sent.step) == "payment") {
    return {{"_", "auth.sentCodePaymentRequired"},
            {"store_product", "org.telegram.telegramPremium.testdc"},
            {"phone_code_hash", sent.hash},
            {"support_email_address", "support@example.com"},
            {"support_email_subject", "Login"},
            {"currency", "USD"},
            {"amount", 499}};
  }
  Value answer = {
      {"_", "auth.sentCode"}, {"type", type_of(sent, plan)}, {"phone_code_hash", sent.hash}};
  // Source: core.telegram.org/constructor/auth.sentCode: next_type, after timeout seconds.
  if (sent.step + 1 < plan.kinds.size()) {
    const Kind* const next = kind(plan.kinds[sent.step + 1]);
    if (next != nullptr && next->next != nullptr) {
      answer["next_type"] = {{"_", next->next}};
      answer["timeout"] = plan.timeout;
    }
  }
  return answer;
}

std::string email_pattern(std::string_view address) {
  const auto at = address.find('@');
  if (at == 0 || at == std::string_view::npos) return "***";
  return std::string(address.substr(0, 1)) + "***" + std::string(address.substr(at));
}

void check_kinds(const CodePlan& plan) {
  if (plan.kinds.empty()) throw std::runtime_error("a login code is sent in some way");
  for (const auto& name : plan.kinds) {
    if (kind(name) == nullptr && name != "email" && name != "email_setup" && name != "payment") {
      throw std::runtime_error("no login code is sent by \"" + name + "\"");
    }
  }
}

}  // namespace testdc
