#pragma once
// One question to many accounts, side by side: each answer is shown as it comes.

#include "accounts/account.hpp"
#include "base/async.hpp"
#include "base/sentence.hpp"
#include "bot/conversation.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

/// Actions: "ask", "p<page>". The stage coalesces the edits.
class SurveyConversation : public Conversation {
 public:
  [[nodiscard]] Screen screen() const final;
  Sentence on_press(std::string_view action) final;
  void on_message(const Incoming& message) final;

 protected:
  struct Form {
    const Phrase& title;
    const Phrase& nobody;  // no account can be asked
    const Phrase& hint;    // {0}: how many are asked
    const Phrase& start;   // the button
    const Phrase& busy;    // {0} of {1} have answered
    const Phrase& done;    // {0}: how many were asked
    Menu back{};
    std::size_t per_page = 0;
    std::size_t side_by_side = 0;  // asked at once; one that is kept waiting holds one place
  };

  SurveyConversation(Stage& stage, const Form& form) : Conversation(stage), form_(form) {}

  /// Shown instead of the question; null: it can be asked.
  [[nodiscard]] virtual const Phrase* closed() const { return nullptr; }

  [[nodiscard]] virtual std::vector<accounts::Account> able() const = 0;
  /// The account's answer in words. The conversation may have ended when it comes: then empty.
  virtual Awaitable<std::string> ask(AccountId account) = 0;

 private:
  struct Asked {
    accounts::Account account;
    std::optional<std::string> answer;  // nothing: not yet
  };

  void ask_all();
  static Awaitable<> ask_next(std::shared_ptr<SurveyConversation> self);
  void show_answers(Screen& screen) const;

  Form form_;
  std::vector<Asked> asked_;
  std::size_t next_ = 0;
  std::size_t page_ = 0;
  Sentence problem_;
};

}  // namespace tgpanel::bot
