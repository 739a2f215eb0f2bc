#pragma once
// The operations by which the data centre is driven: seed, act, inspect, break. `operations_*.cpp`
// hold the table (name → function); `Driver` (driver.hpp) and the HTTP port only name them.
// Executor: the data centre's one thread.

#include "base/async.hpp"
#include "base/json.hpp"
#include "testdc/control/spam_bot.hpp"
#include "testdc/rpc/dispatcher.hpp"
#include "testdc/world/callbacks.hpp"
#include "testdc/world/files.hpp"
#include "testdc/world/world.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace testdc {

using tgpanel::Json;

/// What the operations need of auth/. Each throws std::runtime_error with the reason of a refusal.
struct LoginControl {
  std::function<void(std::string_view phone, std::string_view code)> set_code;
  std::function<void(std::string_view phone, const Json& plan)> set_plan;
  std::function<std::string(std::string_view phone)> last_code;
  std::function<void(std::string_view phone)> expire_code;
  std::function<void(int seconds)> set_qr_lifetime;
  std::function<void(std::int64_t user, std::string_view link)> scan_qr;
  /// [{auth_key_id (hex string), online, device, created}]
  std::function<Json(std::int64_t user)> sessions;
  std::function<void(std::int64_t user, const Json& freeze)> freeze;
  /// This session of the user (as `sessions` names it), or all when it is empty, answer 401 `error`
  /// from now on, and are told to look.
  std::function<void(std::int64_t user, std::string_view error, std::string_view session)> revoke;
  std::function<std::vector<std::uint64_t>(std::int64_t user)> keys_of_user;
};

/// What the operations work on; all must outlive Operations.
struct ControlParts {
  World& world;
  Files& files;
  Callbacks& callbacks;
  Dispatcher& dispatcher;
  Transport& transport;
  LoginControl login;
};

class Operations {
 public:
  /// The answer, or the reason why the operation was refused.
  using Done = std::function<void(std::expected<Json, std::string>)>;

  /// Observes the world and the dispatcher's log (World::on_change, Dispatcher::on_record; with
  /// `spam_bot` World::on_sent).
  Operations(tgpanel::Executor executor, ControlParts parts);
  Operations(const Operations&) = delete;
  Operations& operator=(const Operations&) = delete;
  ~Operations();

  /// Calls `done` exactly once: at once for most operations, later for `wait_change` and `press`.
  void execute(std::string_view operation, const Json& arguments, const Done& done);
  [[nodiscard]] std::vector<std::string> names() const;
  /// Something that tests may wait for happened (a call was answered, a client came or went).
  void changed();

  using Function = std::function<Json(const Json& arguments)>;
  using LateFunction = std::function<void(const Json& arguments, Done done)>;

 private:
  struct Waiting;

  void add(std::string name, Function function);
  void add_late(std::string name, LateFunction function);
  void add_seed();
  void add_scripted();
  void add_acts();
  void add_presses();
  void add_inspection();
  void add_faults();
  void add_waiting();

  tgpanel::Executor executor_;
  ControlParts parts_;
  std::shared_ptr<SpamBot> spam_bot_;  // once a test asked for it
  std::map<std::string, LateFunction, std::less<>> table_;
  std::map<std::uint64_t, std::shared_ptr<Waiting>> waiting_;
  std::uint64_t last_waiting_ = 0;
  std::int64_t version_ = 1;
};

}  // namespace testdc
