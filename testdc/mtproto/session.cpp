#include "testdc/mtproto/session.hpp"

#include "testdc/mtproto/crypto.hpp"
#include "testdc/tl/fixed_ids.hpp"

#include <fmt/format.h>

#include <utility>

namespace testdc::mtproto {

namespace {

constexpr std::size_t kMaxInContainer = 1020;

// The lowest id in a packet: what came before it belongs to a session that we do not know.
std::int64_t first_id(const Packet& packet) {
  std::int64_t first = packet.msg_id;
  Reader reader(packet.body);
  if (reader.number<std::uint32_t>() != tl::msg_container_id) return first;
  const auto count = reader.number<std::uint32_t>();
  for (std::uint32_t i = 0; i < count && reader.ok(); ++i) {
    const auto msg_id = reader.number<std::int64_t>();
    reader.take(4);
    reader.take(reader.number<std::uint32_t>());
    if (reader.ok()) first = std::min(first, msg_id);
  }
  return first;
}

}  // namespace

Session::Session(SessionHost& host, AuthKeyPtr key, std::int64_t id)
    : host_(host), key_(std::move(key)), id_(id) {}

std::int64_t Session::now_ms() const {
  return tgpanel::to_unix_ms(host_.clock().now());
}

bool Session::attach(const std::shared_ptr<Link>& link) {
  if (!links_.empty() && links_.back() == link) return false;
  const auto erased = std::erase(links_, link);
  links_.push_back(link);
  if (erased != 0) return false;
  outbox_.resend_all(now_ms());
  if (std::exchange(lost_updates_, false)) send_too_long();
  return true;
}

void Session::detach(const Link& link) {
  std::erase_if(links_, [&](const auto& known) { return known.get() == &link; });
}

void Session::begin(const Packet& packet) {
  begun_ = true;
  const Value created = {{"_", "mt_new_session_created"},
                         {"first_msg_id", first_id(packet)},
                         {"unique_id", static_cast<std::int64_t>(random_u64())},
                         {"server_salt", key_->salts.current(now_s())}};
  send_service(created, 0, Outbox::Kind::update);
}

void Session::receive(const Packet& packet) {
  if (!key_->salts.accepts(packet.salt, now_s())) {
    const Value bad = {{"_", "mt_bad_server_salt"},
                       {"bad_msg_id", packet.msg_id},
                       {"bad_msg_seqno", packet.seqno},
                       {"error_code", 48},
                       {"new_server_salt", key_->salts.current(now_s())}};
    send_service(bad, packet.msg_id);
    flush();
    return;
  }
  if (!begun_ && Inbox::check_id(packet.msg_id, now_s()) == BadMessage::none) begin(packet);
  handle({packet.msg_id, packet.seqno, packet.body});
  flush();
}

void Session::handle(const Incoming& message) {
  BadMessage bad = Inbox::check_id(message.msg_id, now_s());
  const bool container =
      message.body.size() >= 4 && read_number<std::uint32_t>(message.body) == tl::msg_container_id;
  const bool wants_receipt = message.seqno % 2 != 0;
  if (bad == BadMessage::none && container && wants_receipt) bad = BadMessage::even_expected;
  if (bad == BadMessage::none && inbox_.knows(message.msg_id)) {
    handle_again(message);
    return;
  }
  if (bad == BadMessage::none && wants_receipt)
    bad = inbox_.check_order(message.msg_id, message.seqno);
  if (bad != BadMessage::none) {
    send_bad(message.msg_id, message.seqno, bad);
    return;
  }
  if (container) {
    inbox_.insert(message.msg_id, false, now_s());
    handle_container(message);
    return;
  }
  auto decoded = host_.schema().decode(message.body);
  inbox_.insert(message.msg_id, wants_receipt, now_s());
  if (wants_receipt) receipts_.insert(message.msg_id);
  if (decoded) {
    handle_object(message, std::move(decoded->value));
  } else {
    host_.sink().on_trouble(
        fmt::format("a message that does not fit the schema: {}", decoded.error()));
    inbox_.set_call(message.msg_id, CallState::running);
    answer(message.msg_id, "", std::unexpected(RpcError{400, "INPUT_FETCH_ERROR"}));
  }
}

void Session::handle_container(const Incoming& message) {
  Reader reader(message.body.subspan(4));
  const auto count = reader.number<std::uint32_t>();
  std::vector<Incoming> inner;
  for (std::uint32_t i = 0; i < count && reader.ok() && count <= kMaxInContainer; ++i) {
    Incoming one;
    one.msg_id = reader.number<std::int64_t>();
    one.seqno = reader.number<std::int32_t>();
    one.body = reader.take(reader.number<std::uint32_t>());
    const bool nested =
        one.body.size() < 4 || read_number<std::uint32_t>(one.body) == tl::msg_container_id;
    if (!reader.ok() || nested || one.msg_id >= message.msg_id) break;
    inner.push_back(one);
  }
  if (inner.size() != count) {
    send_bad(message.msg_id, message.seqno, BadMessage::invalid_container);
    return;
  }
  for (const Incoming& one : inner) handle(one);
}

void Session::handle_again(const Incoming& message) {
  if (message.seqno % 2 != 0) receipts_.insert(message.msg_id);
  outbox_.resend_answer(message.msg_id, now_ms());
}

void Session::handle_object(const Incoming& message, Value object) {
  const std::string name = object.at("_").get<std::string>();
  if (name == "mt_msgs_ack" && message.seqno % 2 != 0) {
    send_bad(message.msg_id, message.seqno, BadMessage::even_expected);
    return;
  }
  if (handle_service(message.msg_id, name, object)) return;
  if (!host_.schema().is_method(name)) return;  // msgs_state_info and the like: nothing to do
  if (message.seqno % 2 == 0) {
    send_bad(message.msg_id, message.seqno, BadMessage::odd_expected);
    return;
  }
  start_call(message.msg_id, std::move(object));
}

void Session::push(const std::shared_ptr<const Bytes>& update) {
  if (!connected()) {
    lost_updates_ = true;
    return;
  }
  outbox_.add(update, Outbox::Kind::update, 0, now_ms());
  if (outbox_.trim()) lost_updates_ = true;
  if (!std::exchange(flush_planned_, true)) host_.flush_soon(shared_from_this());
}

void Session::send_too_long() {
  auto body = std::make_shared<const Bytes>(host_.schema().encode(Value{{"_", "updatesTooLong"}}));
  outbox_.add(std::move(body), Outbox::Kind::update, 0, now_ms());
}

void Session::flush() {
  flush_planned_ = false;
  if (!connected()) return;
  if (!receipts_.empty()) {
    const Value receipts = {{"_", "mt_msgs_ack"}, {"msg_ids", receipts_}};
    receipts_.clear();
    send_service(receipts);
  }
  while (auto packet = outbox_.next(now_ms())) {
    packet->salt = key_->salts.current(now_s());
    packet->session_id = id_;
    // Sending may end the link.
    const std::shared_ptr<Link> link = links_.empty() ? nullptr : links_.back();
    if (link) link->send(seal(key_->bytes, key_->id, Direction::from_server, *packet));
  }
}

void Session::send_service(const Value& object, std::int64_t request, Outbox::Kind kind) {
  auto body = std::make_shared<const Bytes>(host_.schema().encode(object));
  outbox_.add(std::move(body), kind, request, now_ms());
}

void Session::send_bad(std::int64_t msg_id, std::int32_t seqno, BadMessage code) {
  const Value bad = {{"_", "mt_bad_msg_notification"},
                     {"bad_msg_id", msg_id},
                     {"bad_msg_seqno", seqno},
                     {"error_code", static_cast<std::int32_t>(code)}};
  send_service(bad, msg_id);
}

}  // namespace testdc::mtproto
