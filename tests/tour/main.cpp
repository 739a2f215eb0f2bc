// ./dev demo: the panel at work in a local Telegram data centre, as its admin sees it.

#include "support/words.hpp"
#include "tour/acts.hpp"
#include "tour/live.hpp"
#include "tour/town_hall.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <iostream>

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

volatile std::sig_atomic_t interrupted = 0;

int interact(tour::TownHall& hall, tour::Live& live, tour::Transcript& transcript) {
  std::signal(SIGINT, [](int) { interrupted = 1; });
  auto world = hall.driver();
  live.with([&](tour::Transcript& shown) {
    shown.number_buttons(true);
    shown.heading("You are Dana, the admin");
    shown.note("Type a text to send it to the bot; /start shows the menu.");
    shown.note(
        "#3 presses button 3 of the newest message; “Market: hello” writes in the group as "
        "Walter.");
    shown.note(
        fmt::format("To log in: +{}, +{} (password: {}), +{}; the code is always {}; "
                    "“scan Carol” scans the QR picture.",
                    support::kPeople[0].phone, support::kPeople[1].phone,
                    support::kPeople[1].password, support::kPeople[2].phone, support::kLoginCode));
    shown.note(fmt::format("Control port of the data centre: 127.0.0.1:{}. Ctrl+D ends it all.",
                           hall.control_port()));
  });
  support::AdminChat admin(hall.driver(), hall.town().admin, hall.town().bot);
  for (std::string line; interrupted == 0 && std::getline(std::cin, line);) {
    try {
      if (line.empty()) continue;
      if (line.starts_with('#')) {
        std::size_t number = 0;
        std::from_chars(line.data() + 1, line.data() + line.size(), number);
        const auto buttons = transcript.buttons();
        if (number < 1 || number > buttons.size()) {
          live.with([&](tour::Transcript& shown) { shown.note("There is no such button."); });
          continue;
        }
        const auto& button = buttons[number - 1];
        const auto answer = world.press(hall.town().admin, std::string(words::kBotName),
                                        button.text, button.message);
        if (!answer.text.empty()) {
          live.with([&](tour::Transcript& shown) { shown.note("toast: " + answer.text); });
        }
      } else if (line.starts_with("Market:")) {
        world.write(hall.town().writer, "Market", line.substr(7));
      } else if (line == "scan Carol") {
        admin.scan_qr(hall.town().accounts[2]);
      } else {
        admin.say(line);
      }
    } catch (const std::exception& problem) {
      live.with([&](tour::Transcript& shown) { shown.note(problem.what()); });
    }
  }
  return hall.stop_panel();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Telegram Panel at work in a local Telegram data centre"};
  bool interactive = false;
  app.add_flag("--interactive", interactive, "leave all running and be the admin");
  CLI11_PARSE(app, argc, argv);
  try {
    tour::TownHall hall;
    fmt::print("The data centre listens on 127.0.0.1; the real TDLib talks to it.\n");
    fmt::print("{}\n", hall.start_panel());
    tour::Transcript transcript(hall.driver(), windows(hall.town()), ::isatty(STDOUT_FILENO) == 1);
    tour::Live live(hall.driver(), transcript);
    return interactive ? interact(hall, live, transcript) : play(hall, live);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "demo: {}\n", problem.what());
    return 1;
  }
}
