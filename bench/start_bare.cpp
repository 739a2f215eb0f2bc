#include "bench/process_times.hpp"
#include "bench/start_measure.hpp"
#include "sessions/saved_sessions.hpp"
#include "support/tdlib.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstddef>
#include <map>
#include <set>
#include <string_view>

namespace bench {

namespace {

using tgpanel::Json;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kDeadline{180};
constexpr std::string_view kMe = "\"@extra\":\"me\"";
constexpr std::string_view kMain = "\"@extra\":\"main\"";
constexpr std::string_view kArchive = "\"@extra\":\"archive\"";

bool has(std::string_view event, std::string_view part) {
  return event.find(part) != std::string_view::npos;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void load(support::Tdlib& tdlib, int client, const char* list, const char* extra) {
  tdlib.send(client, {{"@type", "loadChats"},
                      {"chat_list", {{"@type", list}}},
                      {"limit", 200},
                      {"@extra", extra}});
}

std::map<int, int> open_all(support::Tdlib& tdlib, const StartTask& task) {
  std::map<int, int> numbers;
  for (int number = 0; number < task.accounts; ++number) {
    numbers[tdlib.open(task.place.socks_port, task.place.folder / std::to_string(number))] = number;
  }
  return numbers;
}

void close_all(support::Tdlib& tdlib, const std::map<int, int>& numbers) {
  for (const auto& [client, number] : numbers) tdlib.send(client, {{"@type", "close"}});
  std::size_t closed = 0;
  tdlib.run("all closed", kDeadline, [&](int, std::string_view event) {
    if (has(event, "authorizationStateClosed")) ++closed;
    return closed == numbers.size();
  });
}

// The same questions as the panel's: who am I, then both chat lists to their ends; then all closed.
StartResult start_all(support::Tdlib& tdlib, const StartTask& task) {
  StartResult result;
  result.memory_before_mb = resident_mb(::getpid());
  const auto start = Clock::now();
  const auto numbers = open_all(tdlib, task);
  std::size_t ready = 0;
  std::size_t loaded = 0;
  tdlib.run("all chats loaded", kDeadline, [&](int client, std::string_view event) {
    const bool end_of_list = has(event, "\"code\":404");
    if (has(event, "authorizationStateReady")) {
      if (++ready == numbers.size()) result.all_ready_s = seconds_since(start);
      tdlib.send(client, {{"@type", "getMe"}, {"@extra", "me"}});
    } else if (has(event, kMe)) {
      load(tdlib, client, "chatListMain", "main");
    } else if (has(event, kMain)) {
      load(tdlib, client, end_of_list ? "chatListArchive" : "chatListMain",
           end_of_list ? "archive" : "main");
    } else if (has(event, kArchive)) {
      if (end_of_list) {
        ++loaded;
      } else {
        load(tdlib, client, "chatListArchive", "archive");
      }
    }
    return loaded == numbers.size();
  });
  result.all_loaded_s = seconds_since(start);
  result.memory_after_mb = resident_mb(::getpid());
  close_all(tdlib, numbers);
  return result;
}

}  // namespace

void add_people(testdc::Driver& world, int accounts, int groups) {
  std::vector<std::int64_t> members;
  for (int number = kFirstPerson; number < kFirstPerson + accounts; ++number) {
    members.push_back(world.add_user(support::phone_of(number), fmt::format("User{}", number)));
    world.set_login_code(support::phone_of(number), support::kSessionCode);
  }
  for (int group = 0; group < groups; ++group) {
    world.add_chat("supergroup", fmt::format("Group {}", group), "", members);
  }
}

void log_in_bare(const StartTask& task) {
  support::Tdlib tdlib(task.place.library);
  const auto numbers = open_all(tdlib, task);
  std::set<int> ready;
  tdlib.run("all logged in", kDeadline, [&](int client, std::string_view event) {
    if (has(event, "authorizationStateWaitPhoneNumber")) {
      tdlib.send(client,
                 {{"@type", "setAuthenticationPhoneNumber"},
                  {"phone_number", "+" + support::phone_of(kFirstPerson + numbers.at(client))}});
    } else if (has(event, "authorizationStateWaitCode")) {
      tdlib.send(client, {{"@type", "checkAuthenticationCode"}, {"code", support::kSessionCode}});
    } else if (has(event, "authorizationStateReady")) {
      ready.insert(client);
    }
    return ready.size() == numbers.size();
  });
  close_all(tdlib, numbers);
}

StartResult start_bare(const StartTask& task) {
  support::Tdlib tdlib(task.place.library);
  return start_all(tdlib, task);
}

std::vector<double> reopen_bare(const StartTask& task, int times) {
  support::Tdlib tdlib(task.place.library);
  std::vector<double> memory_mb;
  memory_mb.reserve(static_cast<std::size_t>(times));
  for (int time = 0; time < times; ++time) {
    memory_mb.push_back(start_all(tdlib, task).memory_after_mb);
  }
  return memory_mb;
}

}  // namespace bench
