// What goes wrong.
#include "testdc/control/chat_ref.hpp"
#include "testdc/control/operations.hpp"

#include <utility>

namespace testdc {

namespace {

Fault fault_of(const Json& arguments) {
  Fault fault;
  fault.method = arguments.at("method").get<std::string>();
  fault.user_id = arguments.value("user_id", std::int64_t{0});
  fault.times = arguments.value("times", 1);
  fault.skip = arguments.value("skip", 0);
  fault.text = arguments.value("text", "");
  // Telegram's codes: 420 for waits, 400 for most of the rest.
  fault.code = arguments.value("code", fault.text.find("_WAIT_") != std::string::npos ? 420
                                       : fault.text.empty()                           ? 0
                                                                                      : 400);
  fault.delay_ms = arguments.value("delay_ms", 0);
  fault.silence = arguments.value("silence", false);
  fault.drop = arguments.value("drop", false);
  return fault;
}

/// Nothing is pushed while it lives.
class Quiet {
 public:
  explicit Quiet(World& world) : world_(world) { world_.set_quiet(true); }

  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

  ~Quiet() { world_.set_quiet(false); }

 private:
  World& world_;
};

}  // namespace

void Operations::add_faults() {
  auto& world = parts_.world;
  add("fault", [this](const Json& arguments) {
    parts_.dispatcher.add_fault(fault_of(arguments));
    return Json::object();
  });
  add("clear_faults", [this](const Json&) {
    parts_.dispatcher.clear_faults();
    return Json::object();
  });
  add("revoke", [this](const Json& arguments) {
    parts_.login.revoke(arguments.at("user").get<std::int64_t>(),
                        arguments.value("error", "AUTH_KEY_UNREGISTERED"),
                        arguments.value("session", ""));
    return Json::object();
  });
  // To all connections of a user, or to everybody's with user 0.
  add("drop_connections", [this](const Json& arguments) {
    const auto user = arguments.value("user", std::int64_t{0});
    if (user == 0) parts_.transport.drop_connections(0);
    for (const auto key : parts_.login.keys_of_user(user)) parts_.transport.drop_connections(key);
    return Json::object();
  });
  add("forget_sessions", [this](const Json& arguments) {
    for (const auto key : parts_.login.keys_of_user(arguments.at("user").get<std::int64_t>())) {
      parts_.transport.forget_sessions(key);
    }
    return Json::object();
  });
  add("destroy_keys", [this](const Json& arguments) {
    for (const auto key : parts_.login.keys_of_user(arguments.at("user").get<std::int64_t>())) {
      parts_.transport.destroy_key(key);
    }
    return Json::object();
  });
  add("refuse_connections", [this](const Json& arguments) {
    parts_.transport.refuse_connections(arguments.at("refuse").get<bool>());
    return Json::object();
  });
  add("withhold_updates", [&world](const Json& arguments) {
    auto& chat = find_group(world, arguments.at("chat").get_ref<const std::string&>());
    chat.withheld = arguments.value("withhold", true);
    return Json::object();
  });
  add("make_gap", [&world](const Json& arguments) {
    const auto dialog = find_dialog(world, arguments.at("chat").get_ref<const std::string&>());
    const Quiet quiet(world);
    for (int i = 1; i <= arguments.at("count").get<int>(); ++i) {
      Draft draft;
      draft.text = "filler " + std::to_string(i);
      world.send({arguments.at("user").get<std::int64_t>(), 0}, dialog, std::move(draft));
    }
    return Json::object();
  });
}

}  // namespace testdc
