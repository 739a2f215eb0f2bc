#pragma once
// What one admin of the stress test wishes, step by step. A step is taken once the bot has answered
// the one before, and a wish is answered when the bot has said what came of it.

#include "support/hand.hpp"
#include "support/stage.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace e2e {

namespace words = support::words;

/// What all admins act on.
struct Aims {
  std::int64_t message = 0;  // of Market, for reactions and comments
  std::int64_t poll = 0;
  std::atomic<int> removals_left{3};
};

class Wishes {
 public:
  using Hand = support::Hand;
  using Wish = bool (Wishes::*)();

  struct Named {
    const char* name;
    Wish wish;  // false when a step had no answer in time
  };

  static constexpr std::string_view kGuard = "1";  // number of the account that nobody touches
  static constexpr std::string_view kComment = "comment ";
  static constexpr std::string_view kNote = "note ";

  Wishes(Hand hand, Aims& aims, int admin) : hand_(std::move(hand)), aims_(aims), admin_(admin) {}

  [[nodiscard]] Hand& hand() { return hand_; }

  /// The first one is *Show stats*, which says what state the accounts are in.
  static std::vector<Named> all() {
    return {{"show stats", &Wishes::stats},
            {"list", &Wishes::list},
            {"toggle", &Wishes::toggle},
            {"delete", &Wishes::remove},
            {"add", &Wishes::add},
            {"reaction", &Wishes::reaction},
            {"reaction by one", &Wishes::reaction_by_one},
            {"vote", &Wishes::vote},
            {"comment", &Wishes::comment},
            {"message", &Wishes::message},
            {"message by one", &Wishes::message_by_one},
            {"picture", &Wishes::picture},
            {"report", &Wishes::report},
            {"keyword", &Wishes::keyword},
            {"give up", &Wishes::give_up},
            {"stale", &Wishes::stale},
            {"search", &Wishes::search},
            {"groups", &Wishes::groups},
            {"chat", &Wishes::chat},
            {"update groups", &Wishes::update_groups}};
  }

  static bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  }

 private:
  /// The menu that a button leads to, as "c12".
  static std::string_view target(const Hand::Button& button) {
    const std::string_view data = button.data;
    const auto action = data.rfind(":g.");
    return action == std::string_view::npos ? std::string_view() : data.substr(action + 3);
  }

  static bool leads_to(const Hand::Button& button, char menu) {
    return target(button).starts_with(menu) && is_digits(target(button).substr(1));
  }

  static bool is_guards(const Hand::Button& button, char menu) {
    return leads_to(button, menu) && target(button).substr(1) == kGuard;
  }

  /// On the guard's own screens, whose buttons act as long as nothing of it changes.
  static bool of_guard(const Hand::Button& button) {
    const std::string_view data = button.data;
    return data.starts_with(fmt::format("m:c{}:", kGuard)) ||
           data.starts_with(fmt::format("m:d{}:", kGuard));
  }

  bool press_of_account(std::string_view text) {
    return hand_.press(
        [text](const auto& button) { return button.text == text && !of_guard(button); });
  }

  bool open_list() {
    return hand_.open({words::kAccountManagement, words::kListAccounts}) &&
           hand_.sees(words::kListAccounts);
  }

  bool list() {
    return open_list() && hand_.press([](const auto& one) { return leads_to(one, 'c'); }) &&
           hand_.sees({"Number: ", kGone});
  }

  bool open_some_account() {
    return open_list() && hand_.press([](const auto& one) {
      return leads_to(one, 'c') && !is_guards(one, 'c');
    }) && hand_.sees({"Number: ", kGone});
  }

  bool toggle() {
    const auto is_switch = [](const auto& button) {
      return (button.text == "Switch off" || button.text == "Switch on" ||
              button.text == "Exclude from operations" ||
              button.text == "Let it take part in operations") &&
             !of_guard(button);
    };
    if (!open_some_account() || !hand_.press(is_switch)) return false;
    const bool answered =
        hand_.sees({"It is switched o", "It is excluded from", "It takes part in", "off already",
                    "on already", "Something else is being done", kDeleting, kGone, kOutdated});
    // The same again, or one of another account, of before.
    return hand_.press_stale(is_switch) && answered;
  }

  bool remove() {
    if (aims_.removals_left.fetch_sub(1) <= 0) return list();
    return open_some_account() && press_of_account("Delete account") &&
           hand_.sees({"Delete this account", kDeleting, kGone}) &&
           press_of_account("Yes, delete") && hand_.sees({kDeleting, kGone, kOutdated});
  }

  bool add() {
    const auto& person = support::kPeople[static_cast<std::size_t>(admin_)];
    if (!hand_.open({words::kAccountManagement, words::kAddAccount, words::kByPhone})) return false;
    if (!hand_.sees("international form")) return false;
    hand_.say(fmt::format("+{}", person.phone));
    if (!hand_.sees("login code")) return false;
    for (const char digit : support::kLoginCode) {
      if (!hand_.press(std::string(1, digit))) return false;
    }
    if (!hand_.press("OK")) return false;
    if (!person.password.empty()) {
      if (!hand_.sees("password")) return false;
      hand_.say(person.password);
    }
    return hand_.sees({"Account added", "is in the panel already"});
  }

  bool start_job() { return hand_.press(words::kStartJob) && hand_.sees("has started"); }

  /// Bulk → `action`, by a number of accounts that is typed or pressed.
  bool open_bulk(std::string_view action) {
    if (!hand_.open({words::kBulk, action}) || !hand_.sees("How many accounts")) return false;
    if (hand_.below(2) == 0) {
      hand_.say("2");
      return true;
    }
    return hand_.press([](const auto& button) { return is_digits(button.text); });
  }

  /// Individual → the guard → `action`.
  bool open_one(std::string_view action) {
    return hand_.open({words::kIndividual}) &&
           hand_.press([](const auto& button) { return is_guards(button, 'A'); }) &&
           hand_.press(action);
  }

  bool give_link(std::int64_t id) {
    if (!hand_.sees("link of the message")) return false;
    hand_.say(fmt::format("https://t.me/market/{}", id));
    return true;
  }

  bool choose_reaction() {
    return give_link(aims_.message) && hand_.sees("Choose the reaction") &&
           hand_.press([](const auto& button) {
             return static_cast<unsigned char>(button.text.front()) >= 0xE2U &&
                    button.text != words::kBack;
           }) &&
           hand_.sees(kPreview) && start_job();
  }

  bool reaction() { return open_bulk(words::kReaction) && choose_reaction(); }

  bool reaction_by_one() { return open_one(words::kReaction) && choose_reaction(); }

  bool vote() {
    return open_bulk(words::kVote) && give_link(aims_.poll) &&
           hand_.press([](const auto& button) { return button.text.ends_with("tea"); }) &&
           hand_.sees(kPreview) && start_job();
  }

  /// A text of its own, so that one that comes twice shows.
  bool give_text(std::string_view what) {
    if (!hand_.sees("Send the text of the")) return false;
    hand_.say(fmt::format("{}{} of {}", what, hand_.acts(), admin_));
    return hand_.sees(kPreview) && start_job();
  }

  bool comment() { return open_bulk("Comment") && give_link(aims_.message) && give_text(kComment); }

  bool write_to_walter() {
    if (!hand_.sees("Who is written to?")) return false;
    hand_.say("@walter");
    return give_text(kNote);
  }

  bool message() { return open_bulk("Message") && write_to_walter(); }

  bool message_by_one() { return open_one("Message") && write_to_walter(); }

  bool stats() {
    return hand_.open({words::kReportStatus, "Show stats"}) && hand_.sees("Alerts waiting: ");
  }

  bool picture() { return stats() && hand_.press("As a picture") && hand_.sees_picture(); }

  bool report() {
    return hand_.open({words::kReportStatus}) && hand_.sees("running") && hand_.press("Refresh");
  }

  bool keyword() {
    if (!hand_.open({words::kMonitorMode, words::kAddKeyword})) return false;
    const auto word = fmt::format("word{}of{}", hand_.acts(), admin_);
    hand_.say(word);
    return hand_.sees(fmt::format("Added the keyword: \u2068{}", word));
  }

  bool give_up() {
    const auto action = hand_.below(2) == 0 ? words::kJoin : words::kBlock;
    if (!hand_.open({words::kBulk, action}) || !hand_.sees("How many accounts")) return false;
    hand_.say("\u0660 what?");
    return hand_.sees("Send a whole number") && cancel();
  }

  bool cancel() { return hand_.press(words::kCancel) && hand_.sees("Cancelled."); }

  bool stale() {
    // Not what would end what the checks at the end rely on.
    const auto harmless = [](const Hand::Button& button) {
      const std::string_view data = button.data;
      const bool of_account = data.starts_with("m:c") || data.starts_with("m:d");
      return (!of_account || !target(button).empty()) && button.text != "Yes, remove";
    };
    bool pressed = true;
    for (int i = 0; i < 3; ++i) pressed = hand_.press_stale(harmless) && pressed;
    return pressed;
  }

  bool search() {
    if (!hand_.open({words::kAccountManagement, "Search"}) || !hand_.sees("Send a part"))
      return false;
    hand_.say("account");
    return hand_.sees({"accounts fit", "account fits"}) && cancel();
  }

  bool groups() {
    return open_list() && hand_.press([](const auto& one) { return is_guards(one, 'c'); }) &&
           hand_.press([](const auto& one) { return target(one).starts_with('g'); }) &&
           hand_.sees("\u2068Market\u2069");
  }

  /// At times left while accounts are still looked at.
  bool update_groups() {
    return hand_.open({words::kAccountManagement, "Update groups"}) && hand_.sees("side by side") &&
           hand_.press("Look now") && hand_.sees("Looked at") &&
           (hand_.below(3) == 0 || hand_.sees(" accounts."));
  }

  bool chat() {
    static constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
        {"hello", "Nothing was asked"}, {"/cancel", "nothing to cancel"},
        {"2", "Nothing was asked"},     {"\u06f2", "Nothing was asked"},
        {"/start x", words::kMainMenu}, {"\U0001F600", "Nothing was asked"}};
    if (!hand_.open({}) || !hand_.sees(words::kMainMenu)) return false;
    const auto& [text, answer] = kTexts[hand_.below(std::size(kTexts))];
    hand_.say(text);
    return hand_.sees(answer);
  }

  static constexpr std::string_view kPreview = "This takes about";
  static constexpr std::string_view kGone = "not there any more";
  static constexpr std::string_view kDeleting = "being deleted";
  static constexpr std::string_view kOutdated = "out of date";

  Hand hand_;
  Aims& aims_;
  int admin_;
};

}  // namespace e2e
