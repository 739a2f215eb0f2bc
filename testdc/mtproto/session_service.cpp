// The service messages of a session.
#include "testdc/mtproto/session.hpp"

namespace testdc::mtproto {

namespace {

std::int64_t number(const Value& object, const char* field) {
  return object.at(field).get<std::int64_t>();
}

}  // namespace

bool Session::handle_service(std::int64_t msg_id, const std::string& name, const Value& object) {
  if (name == "mt_msgs_ack") {
    acknowledge(object.at("msg_ids"));
  } else if (name == "mt_ping" || name == "mt_ping_delay_disconnect") {
    if (name == "mt_ping_delay_disconnect" && connected())
      links_.back()->close_after(std::chrono::seconds(number(object, "disconnect_delay")));
    const Value pong = {{"_", "mt_pong"}, {"msg_id", msg_id}, {"ping_id", object.at("ping_id")}};
    send_service(pong, msg_id);
  } else if (name == "mt_get_future_salts") {
    Value salts = Value::array();
    const auto count = std::clamp<std::int64_t>(number(object, "num"), 1, 64);
    for (const Salt& salt : key_->salts.future(static_cast<std::size_t>(count), now_s())) {
      salts.push_back({{"_", "mt_future_salt"},
                       {"valid_since", salt.valid_since},
                       {"valid_until", salt.valid_until},
                       {"salt", salt.value}});
    }
    const Value answer = {
        {"_", "mt_future_salts"}, {"req_msg_id", msg_id}, {"now", now_s()}, {"salts", salts}};
    send_service(answer, msg_id);
  } else if (name == "mt_msgs_state_req") {
    answer_state_request(msg_id, object.at("msg_ids"));
  } else if (name == "mt_msg_resend_req") {
    for (const Value& id : object.at("msg_ids")) outbox_.resend(id.get<std::int64_t>(), now_ms());
  } else if (name == "mt_rpc_drop_answer") {
    drop_answer(msg_id, number(object, "req_msg_id"));
  } else if (name == "mt_destroy_session") {
    const std::int64_t target = number(object, "session_id");
    const bool found = target != id_ && host_.destroy_session(*this, target);
    const Value answer = {{"_", found ? "mt_destroy_session_ok" : "mt_destroy_session_none"},
                          {"session_id", target}};
    send_service(answer, msg_id);
  } else if (name == "mt_destroy_auth_key") {
    send_service({{"_", "mt_destroy_auth_key_ok"}}, msg_id);
    flush();
    host_.destroy_key_of(*this);
  } else {
    return name == "mt_http_wait";
  }
  return true;
}

void Session::acknowledge(const Value& msg_ids) {
  for (const Value& id : msg_ids) {
    const std::int64_t request = outbox_.acknowledge(id.get<std::int64_t>());
    if (request != 0 && inbox_.call(request) == CallState::answered)
      inbox_.set_call(request, CallState::done);
  }
}

void Session::answer_state_request(std::int64_t msg_id, const Value& msg_ids) {
  Bytes info;
  for (const Value& id : msg_ids) info.push_back(inbox_.state(id.get<std::int64_t>(), now_s()));
  const Value answer = {
      {"_", "mt_msgs_state_info"}, {"req_msg_id", msg_id}, {"info", Value::binary(info)}};
  send_service(answer, msg_id);
}

void Session::drop_answer(std::int64_t msg_id, std::int64_t request) {
  const CallState state = inbox_.call(request);
  Value answer = {{"_", "mt_rpc_answer_unknown"}};
  if (state == CallState::running) {
    answer["_"] = "mt_rpc_answer_dropped_running";
    waiting_.erase(request);
    inbox_.set_call(request, CallState::dropped);
    release_after(request, false);
  } else if (state == CallState::answered && outbox_.drop_answer(request)) {
    answer = {{"_", "mt_rpc_answer_dropped"}, {"msg_id", request}, {"seq_no", 0}, {"bytes", 0}};
    inbox_.set_call(request, CallState::done);
  }
  inbox_.set_call(msg_id, CallState::running);
  answer_bytes(msg_id, host_.schema().encode(answer), CallState::answered);
}

}  // namespace testdc::mtproto
