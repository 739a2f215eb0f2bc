#pragma once
// auth.bindTempAuthKey: a temporary key shows that it was made by the owner of a permanent one.
// Source: https://core.telegram.org/method/auth.bindTempAuthKey

#include "testdc/mtproto/auth_key.hpp"
#include "testdc/rpc/call.hpp"

#include <cstdint>

namespace testdc::mtproto {

/// Binds `temporary` for the session and the message that carry the call. Throws RpcError when the
/// proof is wrong.
void bind_key(const tl::Schema& schema, const AuthKeys& keys, AuthKey& temporary,
              std::int64_t session_id, std::int64_t msg_id, const Value& query);

}  // namespace testdc::mtproto
