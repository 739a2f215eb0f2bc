// What there is and what was called; what goes wrong.
#include "testdc/control/driver.hpp"
#include "testdc/control/hex.hpp"

namespace testdc {

namespace {

std::string raw(const std::string& hex) {
  const auto bytes = from_hex(hex);
  return {bytes.begin(), bytes.end()};
}

SeenMessage::Keyboard keyboard(const Json& json) {
  SeenMessage::Keyboard out;
  for (const auto& row : json) {
    auto& buttons = out.emplace_back();
    for (const auto& button : row) {
      buttons.push_back({button.at("text").get<std::string>(),
                         raw(button.at("data").get_ref<const std::string&>()),
                         button.at("url").get<std::string>()});
    }
  }
  return out;
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
  out.date = json.at("date").get<std::int64_t>();
  out.reply_to = json.at("reply_to").get<std::int64_t>();
  out.keyboard = keyboard(json.at("keyboard"));
  for (const auto& edit : json.at("edits")) {
    out.edits.push_back({edit.at("time_ms").get<std::int64_t>(), edit.at("text").get<std::string>(),
                         keyboard(edit.at("keyboard"))});
  }
  out.entities = json.at("entities");
  out.reactions = json.at("reactions");
  const Json votes = json.value("votes", Json::object());
  for (const auto& [user, options] : votes.items()) {
    // An option's name is the digit of its place, as the operation `write` gives it.
    for (const auto& option : options) {
      out.votes[std::stoll(user)].push_back(raw(option.get_ref<const std::string&>()).at(0) - '0');
    }
  }
  return out;
}

}  // namespace

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

std::vector<std::int64_t> Driver::join_requests(const ChatRef& chat) {
  return call("join_requests", {{"chat", chat}}).get<std::vector<std::int64_t>>();
}

std::vector<std::int64_t> Driver::blocked(std::int64_t user) {
  return call("blocked", {{"user", user}}).get<std::vector<std::int64_t>>();
}

Json Driver::sessions(std::int64_t user) {
  return call("sessions", {{"user", user}});
}

Json Driver::calls(std::string_view method, std::int64_t user) {
  return call("calls", {{"method", method}, {"user", user}});
}

void Driver::clear_calls() {
  call("clear_calls", Json::object());
}

Json Driver::unknown_methods() {
  return call("unknown_methods", Json::object());
}

std::vector<std::string> Driver::troubles() {
  return call("troubles", Json::object()).get<std::vector<std::string>>();
}

Json Driver::bot_audit() {
  return call("bot_audit", Json::object());
}

Json Driver::report() {
  return call("report", Json::object());
}

std::string Driver::photo(const ChatRef& chat, std::int64_t message, std::int64_t viewer) {
  return raw(call("photo", {{"chat", chat}, {"message", message}, {"viewer", viewer}})
                 .at("hex")
                 .get_ref<const std::string&>());
}

SeenDocument Driver::document(const ChatRef& chat, std::int64_t message, std::int64_t viewer) {
  const auto file = call("document", {{"chat", chat}, {"message", message}, {"viewer", viewer}});
  return {.name = file.at("name"),
          .mime_type = file.at("mime_type"),
          .content = raw(file.at("hex").get_ref<const std::string&>())};
}

void Driver::fault(const Json& fault) {
  call("fault", fault);
}

void Driver::clear_faults() {
  call("clear_faults", Json::object());
}

void Driver::revoke(std::int64_t user, std::string_view error, std::string_view session) {
  call("revoke", {{"user", user}, {"error", error}, {"session", session}});
}

void Driver::drop_connections(std::int64_t user) {
  call("drop_connections", {{"user", user}});
}

void Driver::forget_sessions(std::int64_t user) {
  call("forget_sessions", {{"user", user}});
}

void Driver::destroy_keys(std::int64_t user) {
  call("destroy_keys", {{"user", user}});
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

}  // namespace testdc
