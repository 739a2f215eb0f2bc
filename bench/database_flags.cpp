// bench_database_flags: what TDLib's databases cost and save. Clients in the same groups are told
// of many messages, are left alone for a while, and are closed and opened again; each kind of
// client in a process of its own, against one local data centre.

#include "bench/child.hpp"
#include "bench/data_centre.hpp"
#include "bench/process_times.hpp"
#include "support/stage.hpp"
#include "support/tdlib.hpp"
#include "testdc/control/driver.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using tgpanel::Json;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::chrono::seconds kDeadline{600};
constexpr std::string_view kCode = "12345";
constexpr std::string_view kMark = "a message of the benchmark";
constexpr std::string_view kWriter = "15559999999";

struct Kind {
  std::string_view name;
  support::Databases databases;
};

constexpr std::array kKinds{
    Kind{"all off", {}},
    Kind{"files and chats", {.files = true, .chats = true, .messages = false}},
    Kind{"all on", {.files = true, .chats = true, .messages = true}},
};

struct Task {
  int clients = 50;
  int groups = 5;
  int messages = 2'000;  // in all groups together; every client is told of each
  int rest_s = 75;       // TDLib unloads what is in its message database after a minute
  std::uint16_t control_port = 0;
  std::int64_t writer = 0;
  bench::ClientPlace place;
};

bool has(std::string_view event, std::string_view part) {
  return event.find(part) != std::string_view::npos;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string phone(int client) {
  return fmt::format("1555{:07}", client);
}

double disk_mb(const fs::path& folder) {
  double bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  }
  return bytes / (1024 * 1024);
}

/// Clients of one kind.
class Clients {
 public:
  Clients(const Task& task, support::Databases databases)
      : task_(task), databases_(databases), tdlib_(task.place.library) {}

  void open() {
    numbers_.clear();
    for (int number = 0; number < task_.clients; ++number) {
      const auto folder = task_.place.folder / std::to_string(number);
      numbers_[tdlib_.open(task_.place.socks_port, folder, false, databases_)] = number;
    }
  }

  /// Logs in who is not, and loads every chat.
  void load() {
    std::size_t loaded = 0;
    tdlib_.run("all chats loaded", kDeadline, [&](int client, std::string_view event) {
      if (has(event, "\"authorizationStateWaitPhoneNumber\"")) {
        tdlib_.send(client, {{"@type", "setAuthenticationPhoneNumber"},
                             {"phone_number", "+" + phone(numbers_.at(client))}});
      } else if (has(event, "\"authorizationStateWaitCode\"")) {
        tdlib_.send(client, {{"@type", "checkAuthenticationCode"}, {"code", kCode}});
      } else if (has(event, "\"authorizationStateReady\"") || has(event, "\"@extra\":\"chats\"")) {
        if (has(event, "\"code\":404")) return ++loaded == numbers_.size();
        tdlib_.send(client, {{"@type", "loadChats"}, {"limit", 100}, {"@extra", "chats"}});
      }
      return false;
    });
  }

  void write(testdc::Driver& world) {
    const auto wanted = static_cast<std::size_t>(task_.messages) * numbers_.size();
    std::size_t seen = 0;
    const auto count = [&](int, std::string_view event) {
      if (has(event, "\"updateNewMessage\"") && has(event, kMark)) ++seen;
      return true;
    };
    for (int message = 0; message < task_.messages; ++message) {
      const auto group = fmt::format("Group {}", message % task_.groups);
      world.write(task_.writer, group, fmt::format("{}, the {}th of some length", kMark, message));
      // Not more than a few on their way: none is to be skipped.
      const auto behind = static_cast<std::size_t>(message + 1) * numbers_.size();
      while (seen + 20 * numbers_.size() < behind) tdlib_.run("an update", kDeadline, count);
    }
    while (seen < wanted) tdlib_.run("an update", kDeadline, count);
  }

  void rest() {
    const auto end = Clock::now() + std::chrono::seconds(task_.rest_s);
    // A question now and then, so that something comes.
    const auto client = numbers_.begin()->first;
    while (Clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      tdlib_.send(client, {{"@type", "getOption"}, {"name", "version"}, {"@extra", "now"}});
      tdlib_.run("an answer", kDeadline,
                 [](int, std::string_view event) { return has(event, "\"@extra\":\"now\""); });
    }
  }

  void close() {
    for (const auto& [client, number] : numbers_) tdlib_.send(client, {{"@type", "close"}});
    std::size_t closed = 0;
    tdlib_.run("all closed", kDeadline, [&](int, std::string_view event) {
      if (has(event, "\"authorizationStateClosed\"")) ++closed;
      return closed == numbers_.size();
    });
  }

 private:
  const Task& task_;
  support::Databases databases_;
  support::Tdlib tdlib_;
  std::map<int, int> numbers_;
};

int be_child(const Task& task, support::Databases databases) {
  auto world = testdc::Driver::remote(task.control_port);
  Clients clients(task, databases);
  clients.open();
  clients.load();
  const auto opened = bench::resident_mb(::getpid());
  const auto cpu = bench::cpu_seconds(::getpid());
  clients.write(world);
  const auto told_cpu = bench::cpu_seconds(::getpid()) - cpu;
  const auto told = bench::resident_mb(::getpid());
  clients.rest();
  const auto rested = bench::resident_mb(::getpid());
  clients.close();
  const auto start = Clock::now();
  clients.open();
  clients.load();
  const auto reopen_s = seconds_since(start);
  const auto reopened = bench::resident_mb(::getpid());
  clients.close();
  const Json json = {{"opened", opened},
                     {"told", told},
                     {"cpu", told_cpu},
                     {"rested", rested},
                     {"reopened", reopened},
                     {"reopen_s", reopen_s},
                     {"disk", disk_mb(task.place.folder)}};
  fmt::print("result: {}\n", json.dump());
  return 0;
}

Json run_child(std::size_t kind, const Task& task) {
  return bench::run_child({"--child", std::to_string(kind),                 //
                           "--clients", std::to_string(task.clients),       //
                           "--groups", std::to_string(task.groups),         //
                           "--messages", std::to_string(task.messages),     //
                           "--rest", std::to_string(task.rest_s),           //
                           "--control", std::to_string(task.control_port),  //
                           "--writer", std::to_string(task.writer)},
                          task.place, kDeadline);
}

void measure(Task task) {
  const support::TempFolder folder;
  bench::DataCentre centre;
  task.place.socks_port = centre.socks_port();
  task.control_port = centre.control_port();
  task.place.library = support::programs().library;
  auto& world = centre.world();
  task.writer = world.add_user(kWriter, "Walter");
  std::vector<std::int64_t> members{task.writer};
  for (int client = 0; client < task.clients; ++client) {
    members.push_back(world.add_user(phone(client), fmt::format("User{}", client)));
    world.set_login_code(phone(client), kCode);
  }
  for (int group = 0; group < task.groups; ++group) {
    world.add_chat("supergroup", fmt::format("Group {}", group), "", members);
  }
  fmt::print("{} clients in {} groups, {} messages, {} s of rest; MB\n", task.clients, task.groups,
             task.messages, task.rest_s);
  fmt::print("{:<17} {:>7} {:>9} {:>8} {:>10} {:>9} {:>9} {:>7}\n", "databases", "opened",
             "messages", "rested", "reopened", "reopen", "CPU", "disk");
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    task.place.folder = folder.path() / std::to_string(kind);
    fs::create_directories(task.place.folder);
    const auto result = run_child(kind, task);
    fmt::print("{:<17} {:>7.1f} {:>9.1f} {:>8.1f} {:>10.1f} {:>7.2f} s {:>7.2f} s {:>7.1f}\n",
               kKinds.at(kind).name, result.at("opened").get<double>(),
               result.at("told").get<double>(), result.at("rested").get<double>(),
               result.at("reopened").get<double>(), result.at("reopen_s").get<double>(),
               result.at("cpu").get<double>(), result.at("disk").get<double>());
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("TDLib's databases on and off: memory, time and disk.");
  Task task;
  int child = -1;
  app.add_option("--clients", task.clients, "Clients")->check(CLI::Range(1, 1000));
  app.add_option("--groups", task.groups, "Groups that all of them are in")
      ->check(CLI::Range(1, 100));
  app.add_option("--messages", task.messages, "Messages in all groups together")
      ->check(CLI::Range(1, 100'000));
  app.add_option("--rest", task.rest_s, "Seconds in which nothing is written")
      ->check(CLI::Range(0, 3600));
  app.add_option("--child", child)->group("");
  app.add_option("--control", task.control_port)->group("");
  app.add_option("--writer", task.writer)->group("");
  bench::add_place_options(app, task.place);
  CLI11_PARSE(app, argc, argv);
  try {
    if (child >= 0) return be_child(task, kKinds.at(static_cast<std::size_t>(child)).databases);
    measure(std::move(task));
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_database_flags: {}\n", error.what());
    return 1;
  }
  return 0;
}
