#include "testdc/control/seen.hpp"

#include "testdc/control/hex.hpp"
#include "testdc/control/placeholders.hpp"

namespace testdc {

namespace {

using tgpanel::Json;

Json keyboard_of(const Value& reply_markup) {
  Json rows = Json::array();
  if (!reply_markup.is_object()) return rows;
  for (const auto& row : reply_markup.value("rows", Json::array())) {
    Json buttons = Json::array();
    for (const auto& button : row.at("buttons")) {
      Json out = {{"text", button.value("text", "")}, {"url", button.value("url", "")}};
      out["data"] = button.contains("data") ? to_hex(button["data"].get_binary()) : "";
      buttons.push_back(std::move(out));
    }
    rows.push_back(std::move(buttons));
  }
  return rows;
}

std::string name_of(const World& world, Peer peer) {
  if (const auto* chat = world.find_chat(peer)) return chat->title;
  const auto* user = world.find_user(peer.id);
  if (user == nullptr) return "";
  return user->last_name.empty() ? user->first_name : user->first_name + " " + user->last_name;
}

}  // namespace

Json seen_message(const World& world, const Message& message, std::int64_t viewer) {
  Json past = Json::array();
  Json edits = Json::array();
  for (const auto& edit : message.edits) {
    past.push_back(edit.text);
    edits.push_back({{"time_ms", edit.time_ms},
                     {"text", edit.text},
                     {"keyboard", keyboard_of(edit.reply_markup)}});
  }
  Json reactions = Json::object();
  for (const auto& reaction : message.reactions) reactions[reaction.emoji].push_back(reaction.user);
  const auto target = message.reply_to.lock();
  const auto start = message.thread.lock();
  Json out = {{"id", World::id_for(message, viewer)},
              {"sender_id", message.from.is_user() ? message.from.id : 0},
              {"sender_name", name_of(world, message.from)},
              {"text", World::text_for(message, viewer)},
              {"media", media_kind(message.media)},
              {"deleted", message.deleted || message.gone_for.contains(viewer)},
              {"edit_count", message.edits.size()},
              {"past_texts", std::move(past)},
              {"keyboard", keyboard_of(message.reply_markup)},
              {"edits", std::move(edits)},
              {"entities", without_binary(message.entities)},
              {"reactions", std::move(reactions)},
              {"date", message.date},
              {"reply_to", target ? World::id_for(*target, viewer) : 0},
              {"thread", start ? World::id_for(*start, viewer) : 0}};
  if (message.media.poll) {
    Json votes = Json::object();
    for (const auto& [user, options] : message.media.poll->votes) {
      Json list = Json::array();
      for (const auto& option : options) list.push_back(to_hex(option));
      votes[std::to_string(user)] = std::move(list);
    }
    out["votes"] = std::move(votes);
  }
  return out;
}

}  // namespace testdc
