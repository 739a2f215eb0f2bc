#include "tour/acts.hpp"

#include "support/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tour {

namespace words = support::words;
using support::kPeople;

Tour::Tour(TownHall& hall, Live& live)
    : hall_(hall),
      live_(live),
      world_(hall.driver()),
      admin_(hall.driver(), hall.town().admin, hall.town().bot) {}

void Tour::play() {
  heading("Dana, the admin, opens the bot");
  say("/start");
  wait_bot(words::kMainMenu);
  log_in_by_phone();
  log_in_with_password();
  log_in_by_qr();
  watch_for_a_keyword();
  ignore_a_person();
  react_with_all();
  restart();
}

void Tour::log_in_by_phone() {
  heading("An account by phone number: the code is entered on buttons");
  begin_login(words::kByPhone);
  say(fmt::format("+{}", kPeople[0].phone));
  wait_bot("login code");
  note("A wrong code first:");
  key_in("11111");
  wait_bot("not the code");
  note("Now the right one:");
  key_in(support::kLoginCode);
  wait_bot("Account added");
}

void Tour::log_in_with_password() {
  heading("An account with two-step verification: the password's message is deleted at once");
  begin_login(words::kByPhone);
  say(fmt::format("+{}", kPeople[1].phone));
  wait_bot("login code");
  key_in(support::kLoginCode);
  wait_bot("password");
  say(kPeople[1].password);
  wait_bot("Account added");
  const auto chat = world_.messages(std::string(words::kBotName), hall_.town().admin);
  const auto told = std::ranges::count_if(chat, [](const auto& message) {
    return !message.deleted && message.text == kPeople[1].password;
  });
  check("messages with the password that stay in the chat", std::to_string(told), told == 0);
}

void Tour::log_in_by_qr() {
  heading("An account by QR code, scanned by Carol's phone");
  begin_login(words::kByQr);
  admin_.scan_qr(hall_.town().accounts[2]);
  wait_bot("Account added");
  std::size_t sessions = 0;
  for (const auto user : hall_.town().accounts) sessions += world_.sessions(user).size();
  check("sessions of the three accounts", std::to_string(sessions), sessions == 3);
}

void Tour::watch_for_a_keyword() {
  heading("A keyword; all three accounts are in the group “Market”");
  say("/start");
  wait_bot(words::kMainMenu);
  press(words::kMonitorMode);
  press(words::kAddKeyword);
  say("bicycle");
  wait_bot("Added the keyword");
  note("Walter writes three messages in the group, one of them without the keyword.");
  world_.write(hall_.town().writer, "Market", "Who wants my red Bicycle?");
  world_.write(hall_.town().writer, "Market", "A car would do as well.");
  world_.write(hall_.town().writer, "Market", "The bicycle is still there!");
  ignored_alert_ = wait_alert("still there").id;
  check("alerts for “Who wants my red Bicycle?”", std::to_string(alerts_with("red Bicycle")),
        alerts_with("red Bicycle") == 1);
  check("alerts for “The bicycle is still there!”", std::to_string(alerts_with("still there")),
        alerts_with("still there") == 1);
  check("alerts for the message without the keyword", std::to_string(alerts_with("A car")),
        alerts_with("A car") == 0);
}

void Tour::ignore_a_person() {
  heading("Ignore user: Dana presses the button under the alert");
  const auto answer =
      world_.press(hall_.town().admin, "Alerts", words::kIgnoreUser, ignored_alert_);
  note(fmt::format("The bot answers with a toast: “{}”", answer.text));
  world_.write(hall_.town().writer, "Market", "bicycle, bicycle, bicycle!");
  world_.add_member("Market", hall_.town().admin);
  world_.write(hall_.town().admin, "Market", "Is this the bicycle group?");
  wait_alert("bicycle group");
  check("alerts for the ignored person", std::to_string(alerts_with("bicycle, bicycle")),
        alerts_with("bicycle, bicycle") == 0);
}

void Tour::react_with_all() {
  heading("Bulk › Reaction: three accounts react, the card shows how it goes");
  const auto message = world_.write(hall_.town().writer, "Market", "We won the prize!");
  say("/start");
  wait_bot(words::kMainMenu);
  press(words::kBulk);
  press(words::kReaction);
  say("3");
  wait_bot("link of the message");
  say(fmt::format("https://t.me/market/{}", message));
  wait_bot("Choose the reaction");
  press("🎉");
  wait_bot("We won the prize!");
  press(words::kStartJob);
  wait_bot("done 3");
  std::vector<std::int64_t> who;
  for (const auto& seen : world_.messages("Market")) {
    if (seen.id == message && seen.reactions.contains("🎉")) {
      who = seen.reactions["🎉"].get<std::vector<std::int64_t>>();
    }
  }
  check("accounts whose 🎉 Telegram has", std::to_string(who.size()), who.size() == 3);
  const auto calls = world_.calls("messages.sendReaction").size();
  check("reactions sent", std::to_string(calls), calls == 3);
}

void Tour::restart() {
  heading("The panel is stopped and started again");
  const int code = hall_.stop_panel();
  check("exit code after SIGTERM", std::to_string(code), code == 0);
  world_.write(hall_.town().admin, "Market", "A bicycle, written while the panel was away");
  note(hall_.start_panel());
  wait_alert("while the panel was away");
  check("alerts for what was written meanwhile", std::to_string(alerts_with("was away")),
        alerts_with("was away") == 1);
  say("/start");
  wait_bot(words::kMainMenu);
  press(words::kBulk);
  press("Recent jobs (1)");
  wait_bot("🎉");
  const auto unknown = world_.unknown_methods();
  check("calls that the data centre does not know", std::to_string(unknown.size()),
        unknown.empty());
  const auto troubles = world_.troubles();
  check("failures of the data centre itself", std::to_string(troubles.size()), troubles.empty());
  const auto refused = hall_.refused();
  check("connections that would have left this machine", std::to_string(refused), refused == 0);
  const int last = hall_.stop_panel();
  check("exit code at the end", std::to_string(last), last == 0);
}

void Tour::heading(std::string_view text) {
  live_.with([&](Transcript& transcript) { transcript.heading(text); });
}

void Tour::note(std::string_view text) {
  live_.with([&](Transcript& transcript) { transcript.note(text); });
}

void Tour::check(std::string what, std::string found, bool held) {
  checks_.push_back({std::move(what), std::move(found), held});
}

void Tour::say(std::string_view text) {
  admin_.say(text);
  live_.with([](Transcript&) {});
}

void Tour::press(std::string_view button) {
  live_.with([&](Transcript& transcript) { transcript.note(fmt::format("▸ {}", button)); });
  admin_.press(button);
}

testdc::SeenMessage Tour::wait_bot(std::string_view text) {
  auto message = admin_.wait(text);
  live_.with([](Transcript&) {});
  return message;
}

testdc::SeenMessage Tour::wait_alert(std::string_view text) {
  const auto fits = [&](const testdc::SeenMessage& post) {
    return !post.keyboard.empty() && post.text.find(text) != std::string::npos;
  };
  auto alert = world_.wait_message("Alerts", 0, fits, fmt::format("an alert with “{}”", text));
  live_.with([](Transcript&) {});
  return alert;
}

void Tour::begin_login(std::string_view how) {
  say("/start");
  wait_bot(words::kMainMenu);
  press(words::kAccountManagement);
  press(words::kAddAccount);
  press(how);
}

void Tour::key_in(std::string_view code) {
  for (const char digit : code) press(std::string(1, digit));
  press("OK");
}

std::size_t Tour::alerts_with(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(world_.messages("Alerts"), [&](const auto& post) {
        return !post.keyboard.empty() && post.text.find(text) != std::string::npos;
      }));
}

}  // namespace tour
