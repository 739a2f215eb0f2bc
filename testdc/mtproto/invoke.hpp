#pragma once
// Takes the wrappers off a call: invokeWithLayer, initConnection, invokeAfterMsg(s),
// invokeWithoutUpdates.

#include "testdc/rpc/call.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace testdc::mtproto {

struct UnwrappedCall {
  Value query;
  std::vector<std::int64_t> after;  // ids of calls that must be answered before
  bool without_updates = false;
  std::optional<std::string> device;  // initConnection's device_model
};

/// `layer`: the one we speak; another one is refused.
std::expected<UnwrappedCall, RpcError> unwrap(Value call, int layer);

}  // namespace testdc::mtproto
