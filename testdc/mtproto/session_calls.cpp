// The calls of a session: order, answers, errors.
#include "testdc/mtproto/session.hpp"
#include "testdc/tl/fixed_ids.hpp"
#include "testdc/tl/gzip.hpp"

#include <fmt/format.h>

#include <utility>

namespace testdc::mtproto {

namespace {

constexpr std::size_t kWorthPacking = 4096;

Bytes packed(const Bytes& object) {
  const Bytes stream = tl::gzip(object);
  Bytes out;
  append_number(out, tl::gzip_packed_id);
  append_number(out, static_cast<std::uint32_t>(stream.size() << 8U | 254U));
  append(out, stream);
  out.resize((out.size() + 3) / 4 * 4);
  return out.size() < object.size() ? out : object;
}

bool is_error(CallState state) {
  return state == CallState::failed || state == CallState::dropped;
}

}  // namespace

Caller Session::caller() const {
  Caller out;
  out.auth_key_id = key_->owner();
  out.session_id = id_;
  const std::int32_t dc = key_->dc < 0 ? -key_->dc : key_->dc;
  out.dc = dc % 10000;
  out.test_mode = dc >= 10000;
  out.device = key_->device;
  return out;
}

void Session::start_call(std::int64_t msg_id, Value object) {
  inbox_.set_call(msg_id, CallState::running);
  auto call = unwrap(std::move(object), host_.schema().layer());
  if (!call) {
    answer(msg_id, "", std::unexpected(call.error()));
    return;
  }
  if (call->device) {
    key_->initialised = true;
    key_->device = *call->device;
  }
  if (!call->without_updates) wants_updates_ = true;
  if (!must_wait(msg_id, *call)) run_call(msg_id, std::move(call->query));
}

bool Session::must_wait(std::int64_t msg_id, UnwrappedCall& call) {
  std::set<std::int64_t> open;
  for (const std::int64_t before : call.after) {
    const CallState state = inbox_.call(before);
    // A call that we have never seen is one that got lost: the client then sends all of them again.
    if (is_error(state) || (state == CallState::none && before > msg_id - (300LL << 32))) {
      answer(msg_id, "", std::unexpected(RpcError{400, "MSG_WAIT_FAILED"}));
      return true;
    }
    if (state == CallState::running) open.insert(before);
  }
  if (open.empty()) return false;
  waiting_[msg_id] = Waiting{std::move(call), std::move(open)};
  return true;
}

void Session::release_after(std::int64_t msg_id, bool succeeded) {
  std::vector<std::int64_t> ready;
  for (auto& [waiting_id, waiting] : waiting_) {
    if (waiting.after.erase(msg_id) == 0) continue;
    if (!succeeded || waiting.after.empty()) ready.push_back(waiting_id);
  }
  for (const std::int64_t ready_id : ready) {
    auto node = waiting_.extract(ready_id);
    if (node.empty()) continue;
    if (succeeded) {
      run_call(ready_id, std::move(node.mapped().call.query));
    } else {
      answer(ready_id, "", std::unexpected(RpcError{400, "MSG_WAIT_FAILED"}));
    }
  }
}

void Session::run_call(std::int64_t msg_id, Value query) {
  const std::string method = query.at("_").get<std::string>();
  try {
    if (method == "auth.bindTempAuthKey") {
      host_.bind_key(*this, msg_id, query);
      answer(msg_id, method, Value(true));
      return;
    }
    if (key_->owner() == 0) throw RpcError{401, "AUTH_KEY_PERM_EMPTY"};
    if (!key_->initialised) throw RpcError{400, "CONNECTION_NOT_INITED"};
    host_.sink().on_call(
        caller(), std::move(query),
        [weak = weak_from_this(), msg_id, method](const std::expected<Value, RpcError>& result) {
          if (const auto self = weak.lock()) self->answer(msg_id, method, result);
        });
  } catch (const RpcError& error) {
    answer(msg_id, method, std::unexpected(error));
  } catch (const std::exception& error) {
    host_.sink().on_trouble(fmt::format("{} failed: {}", method, error.what()));
    answer(msg_id, method, std::unexpected(RpcError{400, "TESTDC_INTERNAL_ERROR"}));
  }
}

void Session::answer(std::int64_t msg_id, const std::string& method,
                     const std::expected<Value, RpcError>& result) {
  if (inbox_.call(msg_id) != CallState::running) return;
  if (result) {
    try {
      answer_bytes(msg_id, host_.schema().encode_result(method, *result), CallState::answered);
      return;
    } catch (const std::exception& error) {
      host_.sink().on_trouble(fmt::format("the answer of {} is wrong: {}", method, error.what()));
    }
  }
  const RpcError error = result ? RpcError{400, "TESTDC_INTERNAL_ERROR"} : result.error();
  const Value object = {
      {"_", "mt_rpc_error"}, {"error_code", error.code}, {"error_message", error.text}};
  answer_bytes(msg_id, host_.schema().encode(object), CallState::failed);
}

void Session::answer_bytes(std::int64_t msg_id, const Bytes& object, CallState outcome) {
  auto body = std::make_shared<Bytes>();
  append_number(*body, tl::rpc_result_id);
  append_number(*body, msg_id);
  append(*body, object.size() < kWorthPacking ? object : packed(object));
  inbox_.set_call(msg_id, outcome);
  receipts_.erase(msg_id);  // the answer is a receipt as well
  outbox_.add(std::move(body), Outbox::Kind::answer, msg_id, now_ms());
  if (!std::exchange(flush_planned_, true)) host_.flush_soon(shared_from_this());
  release_after(msg_id, outcome == CallState::answered);
}

}  // namespace testdc::mtproto
