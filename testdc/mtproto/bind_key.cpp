#include "testdc/mtproto/bind_key.hpp"

namespace testdc::mtproto {

void bind_key(const tl::Schema& schema, const AuthKeys& keys, AuthKey& temporary,
              std::int64_t session_id, std::int64_t msg_id, const Value& query) {
  if (!temporary.temporary()) throw RpcError{400, "TEMP_AUTH_KEY_EMPTY"};
  const auto permanent_id =
      static_cast<std::uint64_t>(query.at("perm_auth_key_id").get<std::int64_t>());
  const auto found = keys.find(permanent_id);
  const RpcError invalid{400, "ENCRYPTED_MESSAGE_INVALID"};
  if (found == keys.end() || found->second->temporary()) throw invalid;
  AuthKey& permanent = *found->second;

  const Bytes& proof = query.at("encrypted_message").get_binary();
  if (proof.size() < 8 || read_number<std::uint64_t>(proof) != permanent.id) throw invalid;
  const auto opened = open_v1(permanent.bytes, proof);
  if (!opened || opened->msg_id != msg_id) throw invalid;
  const auto decoded = schema.decode(opened->body);
  if (!decoded) throw invalid;
  const Value& inner = decoded->value;
  const auto number = [](const Value& object, const char* field) {
    return object.at(field).get<std::int64_t>();
  };
  const bool fits = inner.at("_") == "mt_bind_auth_key_inner" &&
                    number(inner, "nonce") == number(query, "nonce") &&
                    number(inner, "temp_auth_key_id") == static_cast<std::int64_t>(temporary.id) &&
                    number(inner, "perm_auth_key_id") == static_cast<std::int64_t>(permanent.id) &&
                    number(inner, "temp_session_id") == session_id &&
                    number(inner, "expires_at") == number(query, "expires_at");
  if (!fits) throw invalid;
  temporary.bound_to = permanent.id;
  temporary.expires_at = number(query, "expires_at");
  temporary.initialised = permanent.initialised;
  temporary.device = permanent.device;
}

}  // namespace testdc::mtproto
