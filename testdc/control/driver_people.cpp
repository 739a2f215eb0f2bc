// Who there is, and what scripted people do.
#include "testdc/control/driver.hpp"
#include "testdc/control/hex.hpp"

namespace testdc {

namespace {

std::string hex(std::string_view raw_bytes) {
  return to_hex(std::vector<std::uint8_t>(raw_bytes.begin(), raw_bytes.end()));
}

PressAnswer answer(const Json& json) {
  return {json.at("text").get<std::string>(), json.at("alert").get<bool>()};
}

}  // namespace

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

void Driver::ban_member(const ChatRef& chat, std::int64_t user) {
  call("remove_member", {{"chat", chat}, {"user", user}, {"ban", true}});
}

void Driver::link_discussion(const ChatRef& channel, const ChatRef& group) {
  call("link_discussion", {{"channel", channel}, {"group", group}});
}

void Driver::set_user(std::int64_t user, const Json& fields) {
  Json arguments = fields;
  arguments["user"] = user;
  call("set_user", arguments);
}

std::string Driver::set_chat(const ChatRef& chat, const Json& fields) {
  Json arguments = fields;
  arguments["chat"] = chat;
  return call("set_chat", arguments).at("invite_hash").get<std::string>();
}

void Driver::set_contact(std::int64_t user, std::int64_t other, bool contact) {
  call("set_contact", {{"user", user}, {"other", other}, {"contact", contact}});
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

void Driver::set_login(std::string_view phone, const Json& plan) {
  Json arguments = plan;
  arguments["phone"] = phone;
  call("set_login", arguments);
}

void Driver::set_qr_lifetime(int seconds) {
  call("set_qr_lifetime", {{"seconds", seconds}});
}

void Driver::freeze(std::int64_t user, bool frozen, const Json& fields) {
  Json arguments = fields;
  arguments["user"] = user;
  arguments["frozen"] = frozen;
  call("freeze", arguments);
}

std::int64_t Driver::spam_bot(std::int64_t user, const Json& answer) {
  Json arguments = answer;
  arguments["user"] = user;
  return call("spam_bot", arguments).at("id").get<std::int64_t>();
}

std::int64_t Driver::write(std::int64_t user, const ChatRef& chat, std::string_view text,
                           std::int64_t reply_to) {
  return call("write", {{"user", user}, {"chat", chat}, {"text", text}, {"reply_to", reply_to}})
      .at("id")
      .get<std::int64_t>();
}

std::int64_t Driver::send(std::int64_t user, const ChatRef& chat, const Json& content) {
  Json arguments = content;
  arguments["user"] = user;
  arguments["chat"] = chat;
  return call("write", arguments).at("id").get<std::int64_t>();
}

std::int64_t Driver::start_bot(std::int64_t user, const ChatRef& bot, std::string_view param) {
  return call("start", {{"user", user}, {"bot", bot}, {"param", param}})
      .at("id")
      .get<std::int64_t>();
}

void Driver::edit(std::int64_t user, const ChatRef& chat, std::int64_t message,
                  std::string_view text, int ago) {
  call("edit",
       {{"user", user}, {"chat", chat}, {"message", message}, {"text", text}, {"ago", ago}});
}

void Driver::erase(std::int64_t user, const ChatRef& chat, std::int64_t message) {
  call("erase", {{"user", user}, {"chat", chat}, {"message", message}});
}

void Driver::react(std::int64_t user, const ChatRef& chat, std::int64_t message,
                   std::string_view emoji) {
  call("react", {{"user", user}, {"chat", chat}, {"message", message}, {"emoji", emoji}});
}

void Driver::vote(std::int64_t user, const ChatRef& chat, std::int64_t message,
                  const std::vector<int>& options) {
  call("vote", {{"user", user}, {"chat", chat}, {"message", message}, {"options", options}});
}

void Driver::close_poll(const ChatRef& chat, std::int64_t message, std::int64_t viewer) {
  call("close_poll", {{"user", viewer}, {"chat", chat}, {"message", message}});
}

void Driver::join(std::int64_t user, const ChatRef& chat) {
  call("join", {{"user", user}, {"chat", chat}});
}

void Driver::leave(std::int64_t user, const ChatRef& chat) {
  call("leave", {{"user", user}, {"chat", chat}});
}

void Driver::answer_join_request(const ChatRef& chat, std::int64_t user, bool approve) {
  call("answer_join_request", {{"chat", chat}, {"user", user}, {"approve", approve}});
}

void Driver::read(std::int64_t user, const ChatRef& chat, std::int64_t message) {
  call("read", {{"user", user}, {"chat", chat}, {"message", message}});
}

void Driver::block(std::int64_t user, std::int64_t other, bool blocked) {
  call("block", {{"user", user}, {"other", other}, {"blocked", blocked}});
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

}  // namespace testdc
