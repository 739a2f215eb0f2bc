// bench_testdc: what the data centre itself costs. It runs as a program of its own; the clients are
// TDLib's, all of them in this process, without a panel.

#include "bench/data_centre.hpp"
#include "bench/process_times.hpp"
#include "support/stage.hpp"
#include "support/tdlib.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kCode = "12345";
constexpr std::string_view kMark = "bench message";
constexpr std::string_view kLoaded = "chats are loaded";

struct Size {
  int clients = 200;
  int groups = 5;
  int messages = 20;  // in each group
  int idle_s = 10;
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool has(std::string_view event, std::string_view part) {
  return event.find(part) != std::string_view::npos;
}

std::string phone(int client) {
  return fmt::format("1555{:07}", client);
}

void print_row(std::string_view what, const std::string& value, const std::string& remark = {}) {
  fmt::print("{:<44} {:>14}   {}\n", what, value, remark);
  std::fflush(stdout);
}

/// Users who are all in the same groups, and somebody who writes there.
std::int64_t seed(testdc::Driver& world, const Size& size) {
  const std::int64_t writer = world.add_user("15559999999", "Walter");
  std::vector<std::int64_t> members{writer};
  for (int client = 0; client < size.clients; ++client) {
    members.push_back(world.add_user(phone(client), fmt::format("User{}", client)));
    world.set_login_code(phone(client), kCode);
  }
  for (int group = 0; group < size.groups; ++group) {
    world.add_chat("supergroup", fmt::format("Group {}", group), "", members);
  }
  return writer;
}

class Bench {
 public:
  Bench(const Size& size, testdc::Driver& world, std::uint16_t socks_port, int dc)
      : size_(size), world_(world), socks_port_(socks_port), dc_(dc) {}

  void log_in(support::Tdlib& tdlib);
  void deliver(support::Tdlib& tdlib, std::int64_t writer);
  void idle();
  void close(support::Tdlib& tdlib);

 private:
  const Size size_;
  testdc::Driver& world_;
  std::uint16_t socks_port_;
  int dc_;
  support::TempFolder folder_;
  std::map<int, int> numbers_;  // by TDLib's client id
};

// Until all know their chats and are connected and up to date.
void Bench::log_in(support::Tdlib& tdlib) {
  const double cpu = bench::cpu_seconds(dc_);
  const auto start = Clock::now();
  for (int client = 0; client < size_.clients; ++client) {
    numbers_[tdlib.open(socks_port_, folder_.path() / std::to_string(client))] = client;
  }
  std::set<int> ready;
  std::set<int> connected;
  std::set<int> loaded;
  double all_ready = 0;
  tdlib.run("all clients ready", std::chrono::seconds(120), [&](int id, std::string_view event) {
    if (has(event, "authorizationStateWaitPhoneNumber")) {
      tdlib.send(id, {{"@type", "setAuthenticationPhoneNumber"},
                      {"phone_number", "+" + phone(numbers_.at(id))}});
    } else if (has(event, "authorizationStateWaitCode")) {
      tdlib.send(id, {{"@type", "checkAuthenticationCode"}, {"code", kCode}});
    } else if (has(event, "authorizationStateReady")) {
      ready.insert(id);
      if (ready.size() == numbers_.size()) all_ready = seconds_since(start);
      tdlib.send(id, {{"@type", "loadChats"}, {"limit", 100}, {"@extra", kLoaded}});
    } else if (has(event, R"("@type":"updateConnectionState")")) {
      if (has(event, "connectionStateReady")) {
        connected.insert(id);
      } else {
        connected.erase(id);
      }
    } else if (has(event, kLoaded)) {
      loaded.insert(id);
    }
    return loaded.size() == numbers_.size() && connected.size() == numbers_.size();
  });
  const double used = bench::cpu_seconds(dc_) - cpu;
  print_row(fmt::format("{} logins from nothing, all ready", size_.clients),
            fmt::format("{:.2f} s", all_ready));
  print_row("... and all up to date", fmt::format("{:.2f} s", seconds_since(start)));
  print_row("... CPU of the data centre", fmt::format("{:.2f} s", used),
            fmt::format("{:.1f} ms per login", used * 1000 / size_.clients));
  print_row("... its memory", fmt::format("{:.0f} MB", bench::resident_mb(dc_)));
}

void Bench::deliver(support::Tdlib& tdlib, std::int64_t writer) {
  const int expected = size_.clients * size_.groups * size_.messages;
  const double cpu = bench::cpu_seconds(dc_);
  const auto start = Clock::now();
  std::exception_ptr failure;
  std::thread writing([&] {
    try {
      for (int message = 0; message < size_.messages; ++message) {
        for (int group = 0; group < size_.groups; ++group) {
          world_.write(writer, fmt::format("Group {}", group),
                       fmt::format("{} {}", kMark, message));
        }
      }
    } catch (...) {
      failure = std::current_exception();
    }
  });
  int received = 0;
  try {
    tdlib.run("all messages delivered", std::chrono::seconds(120),
              [&](int, std::string_view event) {
                if (has(event, R"("@type":"updateNewMessage")") && has(event, kMark)) ++received;
                return received == expected;
              });
  } catch (const std::exception& error) {
    fmt::print(stderr, "{} of {} deliveries\n", received, expected);
    writing.join();
    throw;
  }
  const double took = seconds_since(start);
  writing.join();
  if (failure) std::rethrow_exception(failure);
  const double used = bench::cpu_seconds(dc_) - cpu;
  print_row(fmt::format("{} messages to {} clients", size_.groups * size_.messages, size_.clients),
            fmt::format("{:.2f} s", took), fmt::format("{} deliveries", expected));
  print_row("... deliveries per second", fmt::format("{:.0f}", expected / took));
  print_row("... CPU of the data centre", fmt::format("{:.2f} s", used),
            fmt::format("{:.0f} us per delivery", used * 1e6 / expected));
}

void Bench::idle() {
  const double cpu = bench::cpu_seconds(dc_);
  std::this_thread::sleep_for(std::chrono::seconds(size_.idle_s));
  const double used = bench::cpu_seconds(dc_) - cpu;
  print_row(fmt::format("idle for {} s with {} clients", size_.idle_s, size_.clients),
            fmt::format("{:.3f} cores", used / size_.idle_s));
}

void Bench::close(support::Tdlib& tdlib) {
  for (const auto& [id, number] : numbers_) tdlib.send(id, {{"@type", "close"}});
  std::size_t closed = 0;
  tdlib.run("all clients closed", std::chrono::seconds(60), [&](int, std::string_view event) {
    if (has(event, "authorizationStateClosed")) ++closed;
    return closed == numbers_.size();
  });
}

void run(const Size& size) {
  bench::DataCentre centre;
  auto& world = centre.world();
  const std::int64_t writer = seed(world, size);

  support::Tdlib tdlib(support::programs().library);
  Bench measure(size, world, centre.socks_port(), centre.pid());
  measure.log_in(tdlib);
  measure.deliver(tdlib, writer);
  measure.idle();
  measure.close(tdlib);
  centre.stop();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures the local data centre with clients of TDLib.");
  Size size;
  app.add_option("--clients", size.clients, "Clients")->check(CLI::Range(1, 2000));
  app.add_option("--groups", size.groups, "Groups that all of them are in")
      ->check(CLI::Range(1, 100));
  app.add_option("--messages", size.messages, "Messages in each group")
      ->check(CLI::Range(1, 10000));
  app.add_option("--idle", size.idle_s, "Seconds to watch while nothing happens")
      ->check(CLI::Range(1, 3600));
  CLI11_PARSE(app, argc, argv);
  try {
    run(size);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_testdc: {}\n", error.what());
    return 1;
  }
  return 0;
}
