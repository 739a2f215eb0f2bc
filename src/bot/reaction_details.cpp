// Which reaction.

#include "actions/reaction.hpp"
#include "bot/action_form.hpp"
#include "bot/input.hpp"

#include <fmt/format.h>

#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kPerRow = 3;

class ReactionDetails final : public Details {
 public:
  void draw(Screen& screen, const ButtonMaker& button) const override {
    screen.text.add(text(Text::ask_reaction));
    Row row;
    for (std::size_t i = 0; i < actions::kReactions.size(); ++i) {
      row.push_back(button(actions::kReactions[i], fmt::format("e{}", i)));
      if (row.size() == kPerRow) screen.rows.push_back(std::exchange(row, {}));
    }
    if (!row.empty()) screen.rows.push_back(std::move(row));
  }

  Verdict press(std::string_view action) override {
    const auto index = numbered(action, 'e');
    if (!index || *index >= actions::kReactions.size()) return Verdict::stay();
    emoji_ = actions::kReactions[*index];
    return Verdict::done();
  }

  Verdict answer(const std::optional<std::string>& typed) override {
    const auto emoji = typed ? actions::normalise_reaction(*typed) : std::nullopt;
    if (!emoji) return Verdict::refuse(text(Text::expected_reaction));
    emoji_ = *emoji;
    return Verdict::done();
  }

  [[nodiscard]] jobs::ActionSpec spec(std::string target) const override {
    return jobs::ReactionSpec{std::move(target), emoji_};
  }

 private:
  std::string emoji_;
};

}  // namespace

std::unique_ptr<Details> reaction_details() {
  return std::make_unique<ReactionDetails>();
}

}  // namespace tgpanel::bot
