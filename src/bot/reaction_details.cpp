// Which reaction: the six usual ones; where the message does not allow them all, those it allows.

#include "actions/reaction.hpp"
#include "bot/action_form.hpp"
#include "bot/input.hpp"
#include "words/actions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kPerRow = 3;
constexpr std::size_t kManyPerRow = 6;
constexpr std::size_t kMostShown = 30;

class ReactionDetails final : public Details {
 public:
  Awaitable<Result<void>> load(panel::Panel* panel, std::string target,
                               panel::Choice who) override {
    auto allowed = co_await panel->reactions_for(std::move(target), std::move(who));
    if (!allowed) co_return std::unexpected(std::move(allowed.error()));
    allowed_ = std::move(*allowed);
    const auto is_allowed = [this](std::string_view emoji) {
      return std::ranges::find(allowed_, emoji) != allowed_.end();
    };
    if (!allowed_.empty() && !std::ranges::all_of(actions::kReactions, is_allowed)) {
      shown_ = allowed_;
      if (shown_.size() > kMostShown) shown_.resize(kMostShown);
    }
    co_return Result<void>{};
  }

  void draw(Language language, Screen& screen, const ButtonMaker& button) const override {
    screen.text.add(say(language, words::ask_reaction));
    const auto per_row = shown_.size() > actions::kReactions.size() ? kManyPerRow : kPerRow;
    Row row;
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      row.push_back(button(shown_[i], fmt::format("e{}", i)));
      if (row.size() == per_row) screen.rows.push_back(std::exchange(row, {}));
    }
    if (!row.empty()) screen.rows.push_back(std::move(row));
  }

  Verdict press(std::string_view action) override {
    const auto index = numbered(action, 'e');
    if (!index || *index >= shown_.size()) return Verdict::stay();
    emoji_ = shown_[*index];
    return Verdict::done();
  }

  Verdict answer(const std::optional<std::string>& typed) override {
    auto emoji = typed ? actions::spell_reaction(*typed) : std::nullopt;
    const auto& known = allowed_.empty() ? shown_ : allowed_;
    if (!emoji || std::ranges::find(known, *emoji) == known.end()) {
      return Verdict::refuse(words::expected_reaction);
    }
    emoji_ = std::move(*emoji);
    return Verdict::done();
  }

  [[nodiscard]] jobs::ActionSpec spec(std::string target) const override {
    return jobs::ReactionSpec{std::move(target), emoji_};
  }

 private:
  std::vector<std::string> allowed_;  // empty: not known
  std::vector<std::string> shown_{actions::kReactions.begin(), actions::kReactions.end()};
  std::string emoji_;
};

}  // namespace

std::unique_ptr<Details> reaction_details() {
  return std::make_unique<ReactionDetails>();
}

}  // namespace tgpanel::bot
