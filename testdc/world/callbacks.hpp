#pragma once
// Presses of inline buttons that wait for their bot. Executor: the data centre's one thread.

#include "testdc/world/world.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace testdc {

class Callbacks {
 public:
  /// The TL messages.botCallbackAnswer.
  using Answer = std::function<void(const Value&)>;

  explicit Callbacks(World& world) : world_(world) {}

  /// Tells the message's bot of a press. Returns the query's id, or nothing when the bot is away:
  /// the press is dropped, as at Telegram. Throws RpcError MESSAGE_ID_INVALID, DATA_INVALID.
  std::optional<std::int64_t> press(std::int64_t user, const Message& message, const Bytes& data,
                                    Answer answer);
  /// False when the query is unknown, already answered, or another bot's.
  bool answer(std::int64_t bot, std::int64_t query, const Value& answer);

  void forget(std::int64_t query) { pending_.erase(query); }

 private:
  struct Pending {
    std::int64_t bot = 0;
    Answer answer;
  };

  World& world_;
  std::map<std::int64_t, Pending> pending_;
};

}  // namespace testdc
