// What scripted people do.
#include "testdc/control/chat_ref.hpp"
#include "testdc/control/hex.hpp"
#include "testdc/control/operations.hpp"
#include "testdc/control/placeholders.hpp"

#include <stdexcept>

namespace testdc {

namespace {

Actor person(const World& world, const Json& arguments) {
  const auto id = arguments.at("user").get<std::int64_t>();
  if (world.find_user(id) == nullptr) throw std::runtime_error("no user " + std::to_string(id));
  return {id, 0};
}

Peer dialog_of(World& world, const Json& arguments) {
  return find_dialog(world, arguments.at("chat").get_ref<const std::string&>());
}

Value poll_of(const Json& arguments) {
  const auto styled = [](const Json& text) {
    return Value{{"_", "textWithEntities"}, {"text", text}, {"entities", Value::array()}};
  };
  Value answers = Value::array();
  for (const auto& option : arguments.at("options")) {
    const auto index = static_cast<std::uint8_t>('0' + answers.size());
    answers.push_back(
        {{"_", "pollAnswer"}, {"text", styled(option)}, {"option", Value::binary({index})}});
  }
  Value poll = {{"_", "poll"},
                {"question", styled(arguments.at("question"))},
                {"answers", std::move(answers)}};
  for (const auto* flag : {"quiz", "multiple_choice", "public_voters"}) {
    if (arguments.value(flag, false)) poll[flag] = true;
  }
  return poll;
}

Media media_of(World& world, Files& files, const Json& arguments) {
  Media media;
  if (arguments.contains("photo_hex")) {
    media.photo = files.add_photo(world.next_id(), world.now(),
                                  from_hex(arguments["photo_hex"].get_ref<const std::string&>()));
  } else if (arguments.contains("document_hex")) {
    const Value name = {{"_", "documentAttributeFilename"},
                        {"file_name", arguments.value("document_name", "file.txt")}};
    media.document =
        files.add_document(world.next_id(), world.now(), "text/plain", Value::array({name}),
                           from_hex(arguments["document_hex"].get_ref<const std::string&>()));
  } else if (arguments.contains("media")) {
    media = placeholder(world, files, arguments["media"].get_ref<const std::string&>());
  } else if (arguments.contains("question")) {
    media.poll = std::make_shared<Poll>();
    media.poll->id = world.next_id();
    media.poll->poll = poll_of(arguments);
    if (arguments.contains("correct")) {
      media.poll->correct.push_back(
          {static_cast<std::uint8_t>('0' + arguments["correct"].get<int>())});
    }
  }
  return media;
}

}  // namespace

void Operations::add_acts() {
  auto& world = parts_.world;
  auto& files = parts_.files;
  // {user, chat, text, reply_to?, topic?, entities?, photo_hex?, document_hex? with
  // document_name?, media?: a kind of placeholders.hpp, question?, options?, quiz?,
  // multiple_choice?, correct?, keyboard?: TL ReplyMarkup rows of callback buttons [[{text,
  // data_hex}]] (bots only), ago?: seconds, as_group?: by an anonymous admin} → {id}
  add("write", [&world, &files](const Json& arguments) {
    const auto actor = person(world, arguments);
    Draft draft;
    draft.text = arguments.value("text", "");
    draft.entities = arguments.value("entities", Value::array());
    draft.media = media_of(world, files, arguments);
    draft.reply_to = arguments.value("reply_to", 0);
    draft.thread_id = arguments.value("topic", 0);
    draft.ago = arguments.value("ago", 0);
    draft.as_group = arguments.value("as_group", false);
    if (arguments.contains("keyboard")) {
      Value rows = Value::array();
      for (const auto& row : arguments["keyboard"]) {
        Value buttons = Value::array();
        for (const auto& button : row) {
          buttons.push_back({{"_", "keyboardButtonCallback"},
                             {"text", button.at("text")},
                             {"data", Value::binary(from_hex(button.value("data_hex", "")))}});
        }
        rows.push_back({{"_", "keyboardButtonRow"}, {"buttons", std::move(buttons)}});
      }
      draft.reply_markup = {{"_", "replyInlineMarkup"}, {"rows", std::move(rows)}};
    }
    const auto change = world.send(actor, dialog_of(world, arguments), std::move(draft));
    return Json{{"id", World::id_for(*change.message, actor.user)}};
  });
  // {user, bot, param?, chat?: a group} → {id}: what a link t.me/<bot>?start=<param> does
  add("start", [&world](const Json& arguments) {
    const auto actor = person(world, arguments);
    const auto bot = find_dialog(world, arguments.at("bot").get_ref<const std::string&>());
    const auto dialog = arguments.contains("chat") ? dialog_of(world, arguments) : bot;
    const auto change =
        world.start_bot(actor, dialog, bot.is_user() ? bot.id : 0, arguments.value("param", ""), 0);
    return Json{{"id", World::id_for(*change.message, actor.user)}};
  });
  // {user, chat, message, text, entities?, ago?: seconds}
  add("edit", [&world](const Json& arguments) {
    const auto actor = person(world, arguments);
    Revision revision;
    revision.text = arguments.at("text").get<std::string>();
    revision.entities = arguments.value("entities", Value::array());
    revision.ago = arguments.value("ago", 0);
    world.edit(actor, dialog_of(world, arguments), arguments.at("message").get<int>(), revision);
    return Json::object();
  });
  add("erase", [&world](const Json& arguments) {
    const auto actor = person(world, arguments);
    const auto dialog = dialog_of(world, arguments);
    const std::vector<int> ids{arguments.at("message").get<int>()};
    if (dialog.is_channel()) {
      world.erase_in_channel(actor, *world.find_chat(dialog), ids);
    } else {
      world.erase(actor, ids, arguments.value("revoke", true));
    }
    return Json::object();
  });
  // emoji: "" takes the reaction back
  add("react", [&world](const Json& arguments) {
    std::vector<std::string> emoji;
    if (auto one = arguments.value("emoji", ""); !one.empty()) emoji.push_back(std::move(one));
    world.react(person(world, arguments), dialog_of(world, arguments),
                arguments.at("message").get<int>(), emoji);
    return Json::object();
  });
  // options: numbers from 0
  add("vote", [&world](const Json& arguments) {
    std::vector<Bytes> options;
    for (const auto& option : arguments.at("options")) {
      options.push_back({static_cast<std::uint8_t>('0' + option.get<int>())});
    }
    world.vote(person(world, arguments), dialog_of(world, arguments),
               arguments.at("message").get<int>(), options);
    return Json::object();
  });
  add("close_poll", [&world](const Json& arguments) {
    const auto message =
        world.find_message(arguments.value("user", std::int64_t{0}), dialog_of(world, arguments),
                           arguments.at("message").get<int>());
    if (message == nullptr || !message->media.poll) throw std::runtime_error("no such poll");
    world.close_poll(message);
    return Json::object();
  });
  add("join", [&world](const Json& arguments) {
    world.join(person(world, arguments),
               find_group(world, arguments.at("chat").get_ref<const std::string&>()));
    return Json::object();
  });
  add("leave", [&world](const Json& arguments) {
    world.leave(person(world, arguments),
                find_group(world, arguments.at("chat").get_ref<const std::string&>()));
    return Json::object();
  });
  // {chat, user, approve?}: an administrator answers a request to join
  add("answer_join_request", [&world](const Json& arguments) {
    world.answer_join_request(find_group(world, arguments.at("chat").get_ref<const std::string&>()),
                              person(world, arguments).user, arguments.value("approve", true));
    return Json::object();
  });
  add("read", [&world](const Json& arguments) {
    world.read(person(world, arguments), dialog_of(world, arguments),
               arguments.at("message").get<int>());
    return Json::object();
  });
  add("block", [&world](const Json& arguments) {
    world.set_blocked(person(world, arguments), arguments.at("other").get<std::int64_t>(),
                      arguments.value("blocked", true));
    return Json::object();
  });
  add("scan_qr", [this, &world](const Json& arguments) {
    parts_.login.scan_qr(person(world, arguments).user,
                         arguments.at("link").get_ref<const std::string&>());
    return Json::object();
  });
}

}  // namespace testdc
