#include "testdc/mtproto/invoke.hpp"

#include <utility>

namespace testdc::mtproto {

std::expected<UnwrappedCall, RpcError> unwrap(Value call, int layer) {
  UnwrappedCall out;
  while (true) {
    const std::string& name = call.at("_").get_ref<const std::string&>();
    if (name == "invokeWithLayer") {
      if (call.at("layer") != layer)
        return std::unexpected(RpcError{400, "CONNECTION_LAYER_INVALID"});
    } else if (name == "initConnection") {
      out.device = call.at("device_model").get<std::string>();
    } else if (name == "invokeAfterMsg") {
      out.after.push_back(call.at("msg_id").get<std::int64_t>());
    } else if (name == "invokeAfterMsgs") {
      for (const Value& id : call.at("msg_ids")) out.after.push_back(id.get<std::int64_t>());
    } else if (name == "invokeWithoutUpdates") {
      out.without_updates = true;
    } else {
      out.query = std::move(call);
      return out;
    }
    Value inner = std::move(call.at("query"));
    call = std::move(inner);
  }
}

}  // namespace testdc::mtproto
