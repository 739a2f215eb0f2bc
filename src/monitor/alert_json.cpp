#include "monitor/alert_json.hpp"

#include "base/json.hpp"
#include "monitor/json_array.hpp"
#include "telegram/td_types.hpp"

namespace tgpanel::monitor {

using telegram::int_field;
using telegram::string_field;

std::string alert_to_json(const Alert& alert) {
  Json marks = Json::array();
  for (const auto& mark : alert.marks) {
    marks.push_back({{"offset", mark.offset}, {"length", mark.length}});
  }
  const Json body = {{"account_id", alert.account_id},
                     {"account_name", alert.account_name},
                     {"chat_id", alert.chat_id},
                     {"chat_title", alert.chat_title},
                     {"message_id", alert.message_id},
                     {"sender_id", alert.sender_id},
                     {"sender_chat_id", alert.sender_chat_id},
                     {"sender_name", alert.sender_name},
                     {"keyword", alert.keyword},
                     {"text", alert.text},
                     {"marks", marks},
                     {"link", alert.link},
                     {"date", alert.date}};
  // Ill-formed text must not keep an alert from being stored.
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Alert alert_from_json(AlertId id, std::string_view body) {
  const auto json = Json::parse(body, nullptr, false);
  Alert alert;
  alert.id = id;
  if (!json.is_object()) return alert;
  alert.account_id = int_field(json, "account_id");
  alert.account_name = string_field(json, "account_name");
  alert.chat_id = int_field(json, "chat_id");
  alert.chat_title = string_field(json, "chat_title");
  alert.message_id = int_field(json, "message_id");
  alert.sender_id = int_field(json, "sender_id");
  alert.sender_chat_id = int_field(json, "sender_chat_id");
  alert.sender_name = string_field(json, "sender_name");
  alert.keyword = string_field(json, "keyword");
  alert.text = string_field(json, "text");
  alert.link = string_field(json, "link");
  alert.date = int_field(json, "date");
  for (const auto& mark : array_field(json, "marks")) {
    alert.marks.push_back({.offset = static_cast<std::int32_t>(int_field(mark, "offset")),
                           .length = static_cast<std::int32_t>(int_field(mark, "length"))});
  }
  return alert;
}

}  // namespace tgpanel::monitor
