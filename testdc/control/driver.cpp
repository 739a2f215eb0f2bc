#include "testdc/control/driver.hpp"

#include "testdc/control/driver_http.hpp"
#include "testdc/control/hex.hpp"
#include "testdc/data_centre.hpp"

#include <algorithm>
#include <stdexcept>

namespace testdc {

namespace {

std::string raw(const std::string& hex) {
  const auto bytes = from_hex(hex);
  return {bytes.begin(), bytes.end()};
}

std::string hex(std::string_view raw_bytes) {
  return to_hex(std::vector<std::uint8_t>(raw_bytes.begin(), raw_bytes.end()));
}

SeenMessage seen(const Json& json) {
  SeenMessage out;
  out.id = json.at("id").get<std::int64_t>();
  out.sender_id = json.at("sender_id").get<std::int64_t>();
  out.sender_name = json.at("sender_name").get<std::string>();
  out.text = json.at("text").get<std::string>();
  out.media = json.at("media").get<std::string>();
  out.deleted = json.at("deleted").get<bool>();
  out.edit_count = json.at("edit_count").get<std::int64_t>();
  out.past_texts = json.at("past_texts").get<std::vector<std::string>>();
  for (const auto& row : json.at("keyboard")) {
    auto& buttons = out.keyboard.emplace_back();
    for (const auto& button : row) {
      buttons.push_back({button.at("text").get<std::string>(),
                         raw(button.at("data").get_ref<const std::string&>()),
                         button.at("url").get<std::string>()});
    }
  }
  out.entities = json.at("entities");
  out.reactions = json.at("reactions");
  return out;
}

PressAnswer answer(const Json& json) {
  return {json.at("text").get<std::string>(), json.at("alert").get<bool>()};
}

}  // namespace

Driver::Driver(Send send) : send_(std::move(send)) {}

Driver Driver::local(DataCentre& dc) {
  return Driver([&dc](std::string_view operation, const Json& arguments) {
    return dc.control(operation, arguments);
  });
}

Driver Driver::remote(std::uint16_t control_port) {
  return Driver([control_port](std::string_view operation, const Json& arguments) {
    return post_operation(control_port, operation, arguments);
  });
}

Json Driver::call(std::string_view operation, const Json& arguments) {
  return send_(operation, arguments);
}

std::int64_t Driver::add_user(std::string_view phone, std::string_view first_name,
                              std::string_view username, std::string_view password,
                              std::string_view password_hint) {
  return call("add_user", {{"phone", phone},
                           {"first_name", first_name},
                           {"username", username},
                           {"password", password},
                           {"password_hint", password_hint}})
      .at("id")
      .get<std::int64_t>();
}

std::int64_t Driver::add_bot(std::string_view token, std::string_view first_name,
                             std::string_view username) {
  return call("add_bot", {{"token", token}, {"first_name", first_name}, {"username", username}})
      .at("id")
      .get<std::int64_t>();
}

std::int64_t Driver::add_chat(std::string_view kind, std::string_view title,
                              std::string_view username, const std::vector<std::int64_t>& members) {
  return call("add_chat",
              {{"kind", kind}, {"title", title}, {"username", username}, {"members", members}})
      .at("id")
      .get<std::int64_t>();
}

void Driver::add_member(const ChatRef& chat, std::int64_t user, bool admin) {
  call("add_member", {{"chat", chat}, {"user", user}, {"admin", admin}});
}

void Driver::remove_member(const ChatRef& chat, std::int64_t user) {
  call("remove_member", {{"chat", chat}, {"user", user}});
}

void Driver::link_discussion(const ChatRef& channel, const ChatRef& group) {
  call("link_discussion", {{"channel", channel}, {"group", group}});
}

void Driver::set_login_code(std::string_view phone, std::string_view code) {
  call("set_login_code", {{"phone", phone}, {"code", code}});
}

std::string Driver::last_login_code(std::string_view phone) {
  return call("last_login_code", {{"phone", phone}}).at("code").get<std::string>();
}

void Driver::set_code_expired(std::string_view phone) {
  call("set_code_expired", {{"phone", phone}});
}

std::int64_t Driver::write(std::int64_t user, const ChatRef& chat, std::string_view text,
                           std::int64_t reply_to) {
  return call("write", {{"user", user}, {"chat", chat}, {"text", text}, {"reply_to", reply_to}})
      .at("id")
      .get<std::int64_t>();
}

void Driver::edit(std::int64_t user, const ChatRef& chat, std::int64_t message,
                  std::string_view text) {
  call("edit", {{"user", user}, {"chat", chat}, {"message", message}, {"text", text}});
}

void Driver::erase(std::int64_t user, const ChatRef& chat, std::int64_t message) {
  call("erase", {{"user", user}, {"chat", chat}, {"message", message}});
}

PressAnswer Driver::press(std::int64_t user, const ChatRef& chat, std::string_view button,
                          std::optional<std::int64_t> message, std::chrono::milliseconds deadline) {
  return answer(call("press", {{"user", user},
                               {"chat", chat},
                               {"button", button},
                               {"message", message.value_or(0)},
                               {"timeout_ms", deadline.count()}}));
}

PressAnswer Driver::press_data(std::int64_t user, const ChatRef& chat, std::int64_t message,
                               std::string_view data, std::chrono::milliseconds deadline) {
  return answer(call("press_data", {{"user", user},
                                    {"chat", chat},
                                    {"message", message},
                                    {"data", hex(data)},
                                    {"timeout_ms", deadline.count()}}));
}

void Driver::scan_qr(std::int64_t user, std::string_view link) {
  call("scan_qr", {{"user", user}, {"link", link}});
}

std::vector<SeenMessage> Driver::messages(const ChatRef& chat, std::int64_t viewer) {
  std::vector<SeenMessage> out;
  for (const auto& message : call("messages", {{"chat", chat}, {"viewer", viewer}})) {
    out.push_back(seen(message));
  }
  return out;
}

std::vector<std::int64_t> Driver::members(const ChatRef& chat) {
  return call("members", {{"chat", chat}}).get<std::vector<std::int64_t>>();
}

Json Driver::sessions(std::int64_t user) {
  return call("sessions", {{"user", user}});
}

Json Driver::calls(std::string_view method, std::int64_t user) {
  return call("calls", {{"method", method}, {"user", user}});
}

Json Driver::unknown_methods() {
  return call("unknown_methods", Json::object());
}

Json Driver::report() {
  return call("report", Json::object());
}

std::string Driver::photo(const ChatRef& chat, std::int64_t message, std::int64_t viewer) {
  return raw(call("photo", {{"chat", chat}, {"message", message}, {"viewer", viewer}})
                 .at("hex")
                 .get_ref<const std::string&>());
}

void Driver::fault(const Json& fault) {
  call("fault", fault);
}

void Driver::clear_faults() {
  call("clear_faults", Json::object());
}

void Driver::revoke(std::int64_t user, std::string_view error) {
  call("revoke", {{"user", user}, {"error", error}});
}

void Driver::drop_connections(std::int64_t user) {
  call("drop_connections", {{"user", user}});
}

void Driver::refuse_connections(bool refuse) {
  call("refuse_connections", {{"refuse", refuse}});
}

void Driver::withhold_updates(const ChatRef& chat, bool withhold) {
  call("withhold_updates", {{"chat", chat}, {"withhold", withhold}});
}

void Driver::make_gap(const ChatRef& chat, std::int64_t user, int count) {
  call("make_gap", {{"chat", chat}, {"user", user}, {"count", count}});
}

void Driver::wait_until(std::string_view what, const std::function<bool()>& done,
                        std::chrono::milliseconds deadline) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + deadline;
  for (;;) {
    // The version first: what changes during the look is seen by the next one.
    const auto version = call("version", Json::object()).at("version").get<std::int64_t>();
    if (done()) return;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) {
      throw std::runtime_error(std::string(what) + ": not within " +
                               std::to_string(deadline.count()) + " ms");
    }
    call("wait_change", {{"since", version}, {"timeout_ms", left.count()}});
  }
}

SeenMessage Driver::wait_message(const ChatRef& chat, std::int64_t viewer,
                                 const std::function<bool(const SeenMessage&)>& fits,
                                 std::string_view what, std::chrono::milliseconds deadline) {
  SeenMessage found;
  const auto look = [&] {
    auto all = messages(chat, viewer);
    const auto it = std::find_if(all.rbegin(), all.rend(), fits);
    if (it == all.rend()) return false;
    found = std::move(*it);
    return true;
  };
  wait_until(what, look, deadline);
  return found;
}

}  // namespace testdc
