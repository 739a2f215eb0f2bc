#pragma once
// The step "who": so many accounts, all, those of a label, or picked ones.

#include "accounts/account.hpp"
#include "base/ids.hpp"
#include "bot/action_form.hpp"
#include "bot/label_choice.hpp"
#include "panel/panel.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

/// A state object. `active`: the accounts that can act now, as they are at that moment.
class AccountChoice {
 public:
  using Accounts = std::vector<accounts::Account>;

  void draw(Language language, Screen& screen, const Accounts& active, const ButtonMaker& button,
            bool alone) const;
  Verdict press(std::string_view action, const Accounts& active);
  Verdict answer(const std::optional<std::string>& typed, const Accounts& active);
  /// From a list to the number; false when the number is what is asked.
  bool back();

  /// What was chosen last.
  [[nodiscard]] const panel::Choice& choice() const { return choice_; }

 private:
  void draw_list(Language language, Screen& screen, const Accounts& active,
                 const ButtonMaker& button) const;
  /// Numbers that were typed; all of them are picked or none.
  Verdict pick(const std::optional<std::string>& typed, const Accounts& active);
  Verdict take(std::int64_t count, const Accounts& active);
  Verdict press_list(std::string_view action, const Accounts& active);
  Verdict take_label(std::optional<std::string> label);

  enum class Showing : std::uint8_t { number, list, labels };

  Showing showing_ = Showing::number;
  LabelChoice labels_;
  std::size_t page_ = 0;
  std::set<AccountId> picked_;
  panel::Choice choice_;
};

}  // namespace tgpanel::bot
