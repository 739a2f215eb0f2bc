#pragma once
// The inside of Hub: clients and requests on the executor, the receive thread beside it.

#include "base/pulse.hpp"
#include "telegram/client.hpp"
#include "telegram/completion.hpp"
#include "telegram/deadlines.hpp"
#include "telegram/incoming.hpp"
#include "telegram/library.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

namespace tgpanel::telegram {

/// A client as the hub sees it. Executor only.
struct ClientRecord {
  int id = 0;
  UpdateHandler on_update;
  bool started = false;  // something was sent: TDLib has it
  bool open = true;
};

class HubState final : public std::enable_shared_from_this<HubState> {
 public:
  HubState(const Executor& executor, std::unique_ptr<TdJson> library);

  static void start(const std::shared_ptr<HubState>& self);
  /// Ends the thread; see Hub::~Hub.
  void stop();

  std::shared_ptr<ClientRecord> add(UpdateHandler on_update);

  /// Records added from now on are closed from the start; TDLib never hears of them.
  void refuse_new() { refusing_ = true; }

  static Awaitable<Response> request(std::shared_ptr<HubState> self,
                                     std::shared_ptr<ClientRecord> record, Json function,
                                     Millis deadline);
  void submit(const std::shared_ptr<ClientRecord>& record, Json function, Millis deadline,
              Completion<Response> done);
  /// Closes a client that nobody holds any more.
  void abandon(ClientRecord& record);
  [[nodiscard]] std::vector<std::shared_ptr<ClientRecord>> open_clients() const;

  [[nodiscard]] const Pulse& pulse() const { return pulse_; }

 private:
  struct Pending {
    Completion<Response> done;
    int client_id = 0;
    bool ends_client = false;  // close, logOut, destroy: completes when the client is closed
    Deadlines::When when;
    Millis deadline{};
  };

  // Receive thread
  void receive_until_stopped();
  void receive_one(double timeout_s);

  // Executor
  void deliver(const Incoming& incoming, Json object);
  void deliver_update(ClientRecord& record, const Json& update);
  void deliver_answer(std::uint64_t request, Json object);
  void finish_client(int client_id);
  void expire(std::uint64_t request);
  void finish(std::uint64_t request, Response response);
  void send(ClientRecord& record, Json& function);

  Executor executor_;
  std::unique_ptr<TdJson> library_;
  std::thread thread_;
  IncomingReader reader_;  // receive thread only
  Pulse pulse_;            // the receive thread's
  std::atomic<bool> stopping_{false};

  // The thread ends only after the clients that TDLib has are closed, so it must know them itself.
  mutable std::mutex live_mutex_;
  std::set<int> live_;

  // Executor only
  bool gone_ = false;
  bool refusing_ = false;
  std::uint64_t last_request_ = 0;
  std::unordered_map<int, std::shared_ptr<ClientRecord>> clients_;
  std::map<std::uint64_t, Pending> pending_;
  Deadlines deadlines_;
};

}  // namespace tgpanel::telegram
