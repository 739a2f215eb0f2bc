#include "base/text.hpp"
#include "bot/survey_conversation.hpp"
#include "panel/panel.hpp"
#include "words/accounts.hpp"

#include <algorithm>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kPerPage = 8;
constexpr std::size_t kSideBySide = 16;
constexpr std::size_t kTitlesShown = 5;
constexpr std::int32_t kTitleUnits = 40;

/// Account Management → Update groups.
class GroupsConversation final : public SurveyConversation {
 public:
  explicit GroupsConversation(Stage& stage)
      : SurveyConversation(stage, {.title = words::update_groups,
                                   .nobody = words::no_accounts,
                                   .hint = words::update_groups_hint,
                                   .start = words::update_groups_start,
                                   .busy = words::update_groups_busy,
                                   .done = words::update_groups_done,
                                   .back = Menu::accounts,
                                   .per_page = kPerPage,
                                   .side_by_side = kSideBySide}) {}

 protected:
  [[nodiscard]] std::vector<accounts::Account> able() const override {
    return stage().panel().accounts();
  }

  Awaitable<std::string> ask(AccountId account) override {
    const auto news = co_await stage().panel().desk().update_groups(account);
    co_return ended() ? std::string() : told(news);
  }

 private:
  [[nodiscard]] std::string told(const Result<panel::GroupNews>& news) const {
    if (!news) return say(language(), words::groups_failed, sentence_of(news.error()));
    if (news->first) return say(language(), words::groups_first, news->now);
    if (news->added.empty() && news->gone.empty())
      return say(language(), words::groups_same, news->now);
    std::string line = say(language(), words::groups_changed, news->now);
    if (!news->added.empty())
      line += "\n    " + say(language(), words::groups_new, Sentence::plain(titles(news->added)));
    if (!news->gone.empty())
      line += "\n    " + say(language(), words::groups_gone, Sentence::plain(titles(news->gone)));
    return line;
  }

  [[nodiscard]] std::string titles(const std::vector<std::string>& all) const {
    std::string line;
    const std::size_t shown = std::min(kTitlesShown, all.size());
    for (std::size_t i = 0; i < shown; ++i) {
      if (i > 0) line += say(language(), words::comma);
      line += isolate(shorten(all[i], kTitleUnits));
    }
    return shown == all.size()
               ? line
               : say(language(), words::groups_more, Sentence::plain(line), all.size() - shown);
  }
};

}  // namespace

std::shared_ptr<Conversation> groups_conversation(Stage& stage) {
  return std::make_shared<GroupsConversation>(stage);
}

}  // namespace tgpanel::bot
