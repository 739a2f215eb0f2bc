#pragma once
// What the menus are built with.

#include "base/direction.hpp"
#include "bot/callback.hpp"
#include "bot/menus.hpp"
#include "bot/screen.hpp"
#include "words/menus.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tgpanel::bot {

inline constexpr std::int32_t kNameUnits = 48;  // of an account's name, UTF-16 units

/// Collects buttons whose data is completed once the fingerprint of the whole screen is known.
class Builder {
 public:
  Builder(MenuRef menu, Language language) : menu_(menu), language_(language) {}

  RichText& text() { return screen_.text; }

  [[nodiscard]] Language language() const { return language_; }

  template <class... Gaps>
  [[nodiscard]] std::string say(const Phrase& phrase, Gaps&&... gaps) const {
    return tgpanel::say(language_, phrase, std::forward<Gaps>(gaps)...);
  }

  [[nodiscard]] std::string say(const Sentence& sentence) const { return sentence.in(language_); }

  [[nodiscard]] std::string counted(const Phrase& one, const Phrase& many, std::size_t n) const {
    return tgpanel::counted(language_, one, many, n);
  }

  /// A text that is nobody's words, beside words.
  [[nodiscard]] std::string apart(std::string_view text) const {
    return tgpanel::apart(language_, text);
  }

  void title(const Phrase& phrase) { text().bold(say(phrase)).add("\n\n"); }

  void page_line(const Page& page) {
    if (page.count > 1) text().add("\n").italic(say(words::page_of, page.index + 1, page.count));
  }

  void row(std::vector<std::pair<std::string, std::string>> buttons) {
    Row row;
    for (auto& [label, action] : buttons) {
      row.push_back({shorten(label, kMaxButtonText), std::move(action)});
    }
    screen_.rows.push_back(std::move(row));
  }

  static std::string go(Menu menu, std::int64_t parameter = 0) {
    return std::string(kGo) + encode(MenuRef{menu, parameter});
  }

  static std::string begin(std::string_view conversation) {
    return std::string(kBegin) + std::string(conversation);
  }

  void pages(const Page& page) {
    if (page.count < 2) return;
    std::vector<std::pair<std::string, std::string>> buttons;
    const auto index = static_cast<std::int64_t>(page.index);
    if (page.index > 0) buttons.emplace_back(say(words::previous), go(menu_.menu, index - 1));
    if (page.index + 1 < page.count) {
      buttons.emplace_back(say(words::next), go(menu_.menu, index + 1));
    }
    row(std::move(buttons));
  }

  void back(Menu menu, std::int64_t parameter = 0) {
    row({{say(words::back), go(menu, parameter)}});
  }

  Screen finish() {
    screen_.text.fit(kMaxText);
    const std::string print = fingerprint(screen_);
    for (auto& row : screen_.rows) {
      for (auto& button : row) button.data = encode(MenuPress{menu_, print, button.data});
    }
    return std::move(screen_);
  }

 private:
  MenuRef menu_;
  Language language_;
  Screen screen_;
};

inline std::size_t parameter(MenuRef menu) {
  return static_cast<std::size_t>(menu.parameter);
}

}  // namespace tgpanel::bot
