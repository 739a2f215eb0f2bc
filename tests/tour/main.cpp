// ./dev demo: the panel at work in a local Telegram data centre, as its admin sees it.

#include "base/text.hpp"
#include "support/words.hpp"
#include "tour/acts.hpp"
#include "tour/live.hpp"
#include "tour/town_hall.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>

namespace {

namespace words = support::words;

std::vector<tour::Window> windows(const support::Town& town) {
  return {{"Dana ⇄ bot", std::string(words::kBotName), town.admin, town.admin},
          {"the alert channel", "Alerts", 0, 0},
          {"the group “Market”", "Market", 0, 0}};
}

bool print_checks(const std::vector<tour::Check>& checks) {
  bool all = true;
  fmt::print("\nChecked against the data centre's own records:\n\n");
  for (const auto& check : checks) {
    fmt::print("  {} {:<58} {}\n", check.held ? "✓" : "✗", check.what, check.found);
    all = all && check.held;
  }
  fmt::print("\n{}\n", all ? "All of it held." : "Not all of it held.");
  return all;
}

int play(tour::TownHall& hall, tour::Live& live) {
  tour::Tour acts(hall, live);
  try {
    acts.play();
  } catch (const std::exception& problem) {
    fmt::print(stderr, "\nThe tour stopped: {}\n--- the panel's log\n{}", problem.what(),
               hall.panel().err());
    print_checks(acts.checks());
    return 1;
  }
  live.with([](tour::Transcript&) {});
  return print_checks(acts.checks()) ? 0 : 1;
}

/// "#3", "3" and "#OK" press a button; nothing: the line is a text.
std::optional<std::string> button_of(std::string_view line) {
  if (line.starts_with('#')) return std::string(line.substr(1));
  const bool number = std::ranges::all_of(line, [](char c) { return c >= '0' && c <= '9'; });
  return number && line.size() < 4 ? std::optional(std::string(line)) : std::nullopt;
}

void explain(tour::Live& live, std::uint16_t control_port) {
  live.with([&](tour::Transcript& shown) {
    shown.number_buttons(true);
    shown.heading("You are Dana, the admin");
    shown.note(
        "/start shows the menu. A number presses that button of the newest message (or #3).");
    shown.note("Any other text is sent to the bot; “say 3” sends a number as a text.");
    shown.note("“Market: hello” writes in the group as Walter; “ignore” presses Ignore user under");
    shown.note("the newest alert; “scan Carol” (or Alice, Bob) scans the QR picture with a phone.");
    shown.note(fmt::format("To log in: +{}, +{} (password: {}), +{}; the code is always {}.",
                           support::kPeople[0].phone, support::kPeople[1].phone,
                           support::kPeople[1].password, support::kPeople[2].phone,
                           support::kLoginCode));
    shown.note(fmt::format("Control port of the data centre: 127.0.0.1:{}.", control_port));
    shown.note("“help” shows this again; “quit”, Ctrl+C or Ctrl+D ends it all.");
  });
}

/// What a person types, carried out. Throws std::runtime_error with what went wrong.
void obey(const std::string& line, tour::TownHall& hall, tour::Live& live,
          tour::Transcript& transcript, support::AdminChat& admin) {
  auto world = hall.driver();
  const auto toast = [&](const testdc::PressAnswer& answer) {
    if (answer.text.empty()) return;
    live.with([&](tour::Transcript& shown) { shown.note("toast: " + answer.text); });
  };
  const auto press = [&](const std::string& name) {
    const auto buttons = transcript.buttons();
    const auto found = std::ranges::find_if(
        buttons, [&](const auto& button) { return button.number == name || button.text == name; });
    if (found == buttons.end()) {
      throw std::runtime_error(fmt::format("The newest message has no button {}.", name));
    }
    toast(
        world.press(hall.town().admin, std::string(words::kBotName), found->text, found->message));
  };
  if (const auto name = button_of(line)) {
    press(*name);
  } else if (line.starts_with("code ")) {
    for (const char digit : line.substr(5)) press(std::string(1, digit));
    press("OK");
  } else if (line.starts_with("say ")) {
    admin.say(line.substr(4));
  } else if (line.starts_with("Market:")) {
    world.write(hall.town().writer, "Market", tgpanel::trim(line.substr(7)));
  } else if (line == "ignore") {
    toast(world.press(hall.town().admin, "Alerts", words::kIgnoreUser));
  } else if (line.starts_with("scan ")) {
    for (std::size_t who = 0; who < std::size(support::kPeople); ++who) {
      if (line.substr(5) == support::kPeople[who].name) {
        return admin.scan_qr(hall.town().accounts[who]);
      }
    }
    throw std::runtime_error("“scan” takes Alice, Bob or Carol.");
  } else if (line == "help") {
    explain(live, hall.control_port());
  } else {
    admin.say(line);
  }
}

/// Lines of standard input until its end, “quit” or Ctrl+C. The programs started later leave Ctrl+C
/// to it too, so that they are ended in order.
class Lines {
 public:
  Lines() {
    sigset_t ends{};
    ::sigemptyset(&ends);
    ::sigaddset(&ends, SIGINT);
    ::sigprocmask(SIG_BLOCK, &ends, nullptr);
    signals_ = ::signalfd(-1, &ends, SFD_CLOEXEC);
  }

  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  ~Lines() { ::close(signals_); }

  std::optional<std::string> next() {
    while (true) {
      if (const auto end = text_.find('\n'); end != std::string::npos) {
        std::string line(tgpanel::trim(text_.substr(0, end)));
        text_.erase(0, end + 1);
        return line == "quit" ? std::nullopt : std::optional(line);
      }
      std::array<pollfd, 2> ready{{{STDIN_FILENO, POLLIN, 0}, {signals_, POLLIN, 0}}};
      if (::poll(ready.data(), ready.size(), -1) < 0 || ready[1].revents != 0) return std::nullopt;
      std::array<char, 1024> block{};
      const auto size = ::read(STDIN_FILENO, block.data(), block.size());
      if (size <= 0) return std::nullopt;
      text_.append(block.data(), static_cast<std::size_t>(size));
    }
  }

 private:
  int signals_ = -1;
  std::string text_;
};

int interact(tour::TownHall& hall, tour::Live& live, tour::Transcript& transcript, Lines& lines) {
  explain(live, hall.control_port());
  support::AdminChat admin(hall.driver(), hall.town().admin, hall.town().bot);
  while (const auto line = lines.next()) {
    if (line->empty()) continue;
    if (!hall.panel().running()) break;
    try {
      obey(*line, hall, live, transcript, admin);
    } catch (const std::exception& problem) {
      live.with([&](tour::Transcript& shown) { shown.note(problem.what()); });
    }
  }
  if (!hall.panel().running()) {
    fmt::print(stderr, "\nThe panel has ended by itself:\n{}", hall.panel().err());
    return 1;
  }
  fmt::print("\nStopping the panel and the data centre.\n");
  return hall.stop_panel();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Telegram Panel at work in a local Telegram data centre"};
  bool interactive = false;
  app.add_flag("--interactive", interactive, "leave all running and be the admin");
  CLI11_PARSE(app, argc, argv);
  try {
    // Before there is any thread or program: all of them leave Ctrl+C to it.
    std::optional<Lines> lines;
    if (interactive) lines.emplace();
    tour::TownHall hall;
    fmt::print("The data centre listens on 127.0.0.1; the real TDLib talks to it.\n");
    fmt::print("{}\n", hall.start_panel());
    tour::Transcript transcript(hall.driver(), windows(hall.town()), ::isatty(STDOUT_FILENO) == 1);
    tour::Live live(hall.driver(), transcript);
    return interactive ? interact(hall, live, transcript, *lines) : play(hall, live);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "demo: {}\n", problem.what());
    return 1;
  }
}
