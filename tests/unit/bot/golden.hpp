#pragma once
// Transcripts: what an admin does and everything the bot then shows, in each language, as a text
// that people can read. Each test is compared with golden/<language>/<test>.txt; with
// TGPANEL_GOLDEN=write in the environment the file is written instead.
//
//   > [Label]  a press          > text    a message of the admin
//   # ...      what the test does beside  <b>, <i>, <c>  bold, italic, code

#include "base/sentence.hpp"
#include "bot_fixture.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace tgpanel::bot {

/// golden/ in the source tree.
[[nodiscard]] std::filesystem::path golden_folder();

/// The names of the files that tests have, without language and ending.
[[nodiscard]] std::set<std::string> golden_names();

/// A message as a screen: its text with its entities marked, a row of buttons a line.
[[nodiscard]] std::string readable(const FakeTelegram::Shown& message);

/// What the panel answers where a test wants a refusal.
inline constexpr Phrase kRefusal{"golden_refusal", "The panel refuses this.",
                                 "پنل این را نپذیرفت."};

class Golden : public BotTest, public testing::WithParamInterface<Language> {
 protected:
  Golden();
  void TearDown() override;

  /// Presses a button of the newest message that has it.
  void tap(const Sentence& label) { tap(label.in(GetParam())); }

  void tap(const std::string& label);
  /// Presses the first button of a row of the newest message.
  void tap_row(std::size_t row);
  void type(const std::string& text);
  void type_sticker();
  void type_file(const std::string& content, std::int64_t size = 0);

  /// Opens the menu of /start, then presses one button after the other.
  template <class... Labels>
  void walk(const Labels&... labels) {
    type("/start");
    (tap(labels), ...);
  }

  /// Says what the test changes by itself.
  void note(std::string_view what);
  /// Writes down what has changed in the chats since.
  void look();
  /// A sentence that appears outside of the chats.
  void print(const Sentence& sentence);

  /// The newest login is at this step.
  void become(accounts::LoginStep step);
  /// A job has changed.
  void change(const jobs::Job& job);
  /// Presses of buttons that are not on show: of a job's card, of an alert in the channel.
  void press_card(JobId job, std::string_view action);
  void press_alert(MessageId alert, const Sentence& label);

  [[nodiscard]] std::string in(const Sentence& sentence) const { return sentence.in(GetParam()); }

  static Error refusal(Errc code = Errc::invalid) { return fail(code, kRefusal).error(); }

  /// Accounts with names of both directions; the first is active.
  void add_people(int count);

  accounts::Account& account(AccountId id) {
    return panel.account_rows.at(static_cast<std::size_t>(id - 1));
  }

 private:
  std::string transcript_;
  std::map<ChatId, std::map<MessageId, std::string>> seen_;
  std::size_t toasts_ = 0;
  std::size_t deleted_ = 0;
};

}  // namespace tgpanel::bot
