#include "sweep/world.hpp"

#include "support/words.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace sweep {

namespace {

using namespace std::chrono_literals;
using testdc::Json;

constexpr auto kDeadline = 60s;
constexpr auto kLook = 100ms;  // how often somebody who waits looks whether the panel lives
constexpr std::int64_t kPressMs = 2'500;

}  // namespace

World::World()
    : watched_([this](std::string_view operation, const Json& arguments) {
        return perform(operation, arguments);
      }),
      admin_(watched_, stage_.town().admin, stage_.town().bot) {
  stage_.environment()["TGPANEL_PACE_SCALE"] = "50";
}

void World::start(std::uint64_t crash_step) {
  auto& environment = stage_.environment();
  environment.erase("TGPANEL_CRASH_STEP");
  if (crash_step != 0) environment["TGPANEL_CRASH_STEP"] = std::to_string(crash_step);
  try {
    stage_.start();
    begun_ = true;
  } catch (const std::system_error&) {
    throw;  // it was never begun: the panel that is there is the one before
  } catch (const std::runtime_error&) {
    begun_ = true;
    if (!ended()) throw;
    expect_kill();
    throw PanelDied();
  }
}

// Its output ends a moment before the process has.
bool World::ended() {
  try {
    stage_.panel().wait(1s);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

void World::stop() {
  const int code = stage_.stop();
  if (code == 128 + SIGKILL) require_life();
  logs_.push_back(stage_.panel().err());
  if (code != 0) throw PanelFailed(fmt::format("its stop ended with {}", code));
}

std::string World::log() {
  return begun_ ? stage_.panel().err() : std::string();
}

void World::expect_kill() {
  const int code = stage_.panel().wait();
  logs_.push_back(stage_.panel().err());
  if (code != 128 + SIGKILL) {
    throw PanelFailed(fmt::format("the panel ended by itself, with {}", code));
  }
}

void World::require_life() {
  if (stage_.panel().running()) return;
  expect_kill();
  throw PanelDied();
}

Json World::perform(std::string_view operation, const Json& arguments) {
  require_life();
  if (operation == "press") return press_once(arguments);
  if (operation != "wait_change") return stage_.world().call(operation, arguments);
  Json short_wait = arguments;
  const std::int64_t look = kLook / 1ms;
  short_wait["timeout_ms"] = std::min(arguments.at("timeout_ms").get<std::int64_t>(), look);
  return stage_.world().call(operation, short_wait);
}

// A press that is dropped because the bot is not connected is made again; one without an answer is
// made, and what follows shows what came of it.
Json World::press_once(Json arguments) {
  arguments["timeout_ms"] = kPressMs;
  const auto end = std::chrono::steady_clock::now() + kDeadline;
  while (true) {
    auto answer = std::async(std::launch::async, [world = stage_.world(), arguments]() mutable {
      return world.call("press", arguments);
    });
    while (answer.wait_for(kLook) != std::future_status::ready) {
      if (stage_.panel().running()) continue;
      abandoned_.push_back(std::move(answer));
      expect_kill();
      throw PanelDied();
    }
    try {
      return answer.get();
    } catch (const std::runtime_error& error) {
      const std::string_view why = error.what();
      if (why.find("no answer in time") != std::string_view::npos) {
        return Json{{"text", ""}, {"alert", false}};
      }
      const bool dropped = why.find("not connected") != std::string_view::npos;
      if (!dropped || std::chrono::steady_clock::now() > end) throw;
      require_life();
      stage_.world().wait_change(stage_.world().version(), kLook);
    }
  }
}

void World::press(std::string_view button) {
  admin_.press(button, kDeadline);
}

testdc::SeenMessage World::wait(std::string_view text) {
  return admin_.wait(text, kDeadline);
}

void World::menu() {
  say("/start");
  wait(support::words::kMainMenu);
}

std::vector<std::string> World::told() {
  std::vector<std::string> texts;
  for (const auto& message :
       stage_.world().messages(std::string(support::words::kBotName), town().admin)) {
    if (!message.deleted && message.sender_id == town().bot) texts.push_back(message.text);
  }
  return texts;
}

int World::times_told(std::string_view text) {
  const auto holds = [&](const std::string& said) { return said.find(text) != std::string::npos; };
  int times = 0;
  for (const auto& message :
       stage_.world().messages(std::string(support::words::kBotName), town().admin)) {
    if (message.sender_id != town().bot) continue;
    if (holds(message.text) || std::ranges::any_of(message.past_texts, holds)) ++times;
  }
  return times;
}

void World::wait_until(std::string_view what, const std::function<bool()>& done) {
  watched_.wait_until(what, done, kDeadline);
}

bool has_button(const testdc::SeenMessage& message, std::string_view text) {
  return std::ranges::any_of(message.keyboard, [&](const auto& row) {
    return std::ranges::any_of(
        row, [&](const auto& button) { return button.text.find(text) != std::string::npos; });
  });
}

}  // namespace sweep
