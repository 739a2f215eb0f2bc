#pragma once
// The accounts of one label, chosen by a button or by its text.

#include "accounts/account.hpp"
#include "base/language.hpp"
#include "bot/action_form.hpp"
#include "bot/screen.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

/// A label as it is written on most of its accounts, and how many of them can be chosen.
struct LabelCount {
  std::string text;
  std::string folded;
  std::size_t accounts = 0;
  friend bool operator==(const LabelCount&, const LabelCount&) = default;
};

/// The labels of these accounts, by their text; what people read as the same is one label.
[[nodiscard]] std::vector<LabelCount> labels_of(const std::vector<accounts::Account>& accounts);

/// A state object: the list of labels, page by page. It shows the labels that there were when it
/// was opened, so that a button means what is written on it.
class LabelChoice {
 public:
  void open(const std::vector<accounts::Account>& accounts);

  void draw(Language language, Screen& screen, const ButtonMaker& button) const;
  /// The label of the button, or nothing when it turns a page.
  std::optional<std::string> press(std::string_view action);
  /// The label of this text; nothing when there is none.
  [[nodiscard]] std::optional<std::string> read(std::string_view typed) const;

 private:
  std::vector<LabelCount> labels_;
  std::size_t page_ = 0;
};

}  // namespace tgpanel::bot
