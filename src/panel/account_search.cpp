#include "panel/account_search.hpp"

#include "base/text.hpp"
#include "monitor/fold.hpp"

#include <algorithm>
#include <string>

namespace tgpanel::panel {

namespace {

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

/// What is shown of a phone number is its beginning and its end.
bool phone_fits(std::string_view masked, const std::string& typed) {
  if (typed.size() < 2) return false;
  const auto gap = masked.find("\u2022");  // the bullets between them
  if (gap == std::string_view::npos) return false;
  const auto begin = digits_of(masked.substr(0, gap));
  const auto end = digits_of(masked.substr(gap));
  if (typed.size() <= std::max(begin.size(), end.size())) return typed == begin || typed == end;
  return typed.starts_with(begin) && typed.ends_with(end);
}

class Wanted {
 public:
  explicit Wanted(std::string_view typed) : text_(monitor::fold(trim(typed))) {
    if (text_.starts_with('@') || text_.starts_with('#')) text_.erase(0, 1);
    const bool number =
        text_.find_first_not_of("0123456789+-() ") == std::string::npos && !text_.empty();
    if (number) digits_ = digits_of(text_);
  }

  [[nodiscard]] bool fits(const accounts::Account& account) const {
    const auto holds = [&](std::string_view part) {
      return monitor::fold(part).find(text_) != std::string::npos;
    };
    if (holds(account.name) || holds(account.username)) return true;
    if (std::ranges::any_of(account.labels, holds)) return true;
    if (digits_.empty()) return false;
    return digits_ == std::to_string(account.id) || phone_fits(account.masked_phone, digits_);
  }

 private:
  std::string text_;
  std::string digits_;  // when it is a number
};

}  // namespace

std::vector<accounts::Account> find_accounts(const std::vector<accounts::Account>& accounts,
                                             std::string_view typed) {
  if (!valid_utf8(typed) || !monitor::has_letter_or_digit(typed)) return {};
  const Wanted wanted(typed);
  std::vector<accounts::Account> found;
  std::ranges::copy_if(accounts, std::back_inserter(found),
                       [&](const auto& account) { return wanted.fits(account); });
  return found;
}

}  // namespace tgpanel::panel
