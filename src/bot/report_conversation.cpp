#include "base/local_time.hpp"
#include "bot/survey_conversation.hpp"
#include "panel/panel.hpp"
#include "words/accounts.hpp"

#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kPerPage = 10;
constexpr std::size_t kSideBySide = 5;
constexpr std::int32_t kBotsWords = 250;  // of an unclear answer, in UTF-16 units
constexpr std::int32_t kAnswerUnits = 300;

/// Report Status → Check report status.
class ReportConversation final : public SurveyConversation {
 public:
  ReportConversation(Stage& stage, std::string zone)
      : SurveyConversation(stage, {.title = words::check_report,
                                   .nobody = words::report_nobody,
                                   .hint = words::report_hint,
                                   .start = words::report_start,
                                   .busy = words::report_asking,
                                   .done = words::report_done,
                                   .back = Menu::report,
                                   .per_page = kPerPage,
                                   .side_by_side = kSideBySide}),
        zone_(std::move(zone)) {}

 protected:
  [[nodiscard]] const Phrase* closed() const override {
    return stage().panel().desk().can_check_reports() ? nullptr : &words::no_report_bot;
  }

  [[nodiscard]] std::vector<accounts::Account> able() const override {
    auto all = stage().panel().accounts();
    std::erase_if(
        all, [](const auto& account) { return account.state != accounts::AccountState::active; });
    return all;
  }

  Awaitable<std::string> ask(AccountId account) override {
    const auto answer = co_await stage().panel().desk().check_report(account);
    co_return ended() ? std::string() : shorten(say(language(), sentence(answer)), kAnswerUnits);
  }

 private:
  [[nodiscard]] Sentence sentence(const Result<actions::ReportAnswer>& answer) const {
    using enum actions::ReportAnswer::Verdict;
    if (!answer) {
      return answer.error().code == Errc::timeout
                 ? Sentence(words::report_no_answer)
                 : Sentence(words::report_failed, sentence_of(answer.error()));
    }
    switch (answer->verdict) {
      case clear:
        return words::report_clear;
      case limited:
        return answer->until == Instant{} ? Sentence(words::report_limited)
                                          : Sentence(words::report_limited_until,
                                                     local_time(language(), answer->until, zone_));
      case unclear:
        return {words::report_unclear, shorten(answer->text, kBotsWords)};
    }
    return {};
  }

  std::string zone_;
};

}  // namespace

std::shared_ptr<Conversation> report_conversation(Stage& stage, std::string zone) {
  return std::make_shared<ReportConversation>(stage, std::move(zone));
}

}  // namespace tgpanel::bot
