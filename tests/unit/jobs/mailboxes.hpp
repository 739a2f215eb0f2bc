#pragma once
// Private chats with Walter, for tests of what is done at most once.

#include "storage/audit_repository.hpp"
#include "world.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::jobs {

inline constexpr UserId kWalter = 77;

/// One private chat with Walter for each account; survives the panel.
struct Mailboxes {
  struct Letter {
    bool outgoing = false;
    std::string text;
  };

  std::map<AccountId, std::vector<Letter>> chats;  // by account, the oldest first
  std::map<AccountId, int> sent;                   // sendMessage that reached Telegram
};

enum class Answers : std::uint8_t { confirms, refuses, is_silent };

struct Once : World {
  Mailboxes letters;

  static Json message(const Mailboxes::Letter& letter, std::size_t index) {
    Json text{{"@type", "formattedText"}, {"text", letter.text}};
    return {{"@type", "message"},
            {"id", from_server_message_id(static_cast<std::int64_t>(index) + 1)},
            {"chat_id", kWalter},
            {"is_outgoing", letter.outgoing},
            {"content", {{"@type", "messageText"}, {"text", std::move(text)}}}};
  }

  /// Gives the account of this run a chat with Walter. `arrives`: Telegram gets what is sent.
  void open_chat(PanelRun& run, AccountId id, Answers answers = Answers::confirms,
                 bool arrives = true, std::string error = "PEER_FLOOD", int code = 400) {
    auto& client = run.client(id);
    client.answer("searchPublicChat",
                  Json{{"@type", "chat"},
                       {"id", kWalter},
                       {"title", "Walter"},
                       {"type", {{"@type", "chatTypePrivate"}, {"user_id", kWalter}}}});
    client.answer("getUser", Json{{"@type", "user"},
                                  {"id", kWalter},
                                  {"first_name", "Walter"},
                                  {"usernames", {{"active_usernames", {"walter"}}}},
                                  {"type", {{"@type", "userTypeRegular"}}}});
    client.answer("getMe", Json{{"@type", "user"}, {"id", 1'000 + id}});
    client.answer("getChatHistory", [this, id](const Json& function) {
      const auto& chat = letters.chats[id];
      const auto from = function["from_message_id"].get<MessageId>();
      const auto limit = function["limit"].get<std::size_t>();
      Json list = Json::array();
      for (std::size_t i = chat.size(); i-- > 0 && list.size() < limit;) {
        const auto one = message(chat[i], i);
        if (from == 0 || one["id"].get<MessageId>() < from) list.push_back(one);
      }
      return telegram::Response(Json{{"@type", "messages"}, {"messages", std::move(list)}});
    });
    client.answer("sendMessage",
                  [this, id, &run, answers, arrives, error, code](const Json& function) {
                    const std::string text = function["input_message_content"]["text"]["text"];
                    if (arrives) {
                      ++letters.sent[id];
                      letters.chats[id].push_back({true, text});
                    }
                    Json pending = message({true, text}, 500);
                    pending["id"] = 7;
                    pending["sending_state"] = {{"@type", "messageSendingStatePending"}};
                    Json update{{"old_message_id", 7}};
                    if (answers == Answers::confirms) {
                      update["@type"] = "updateMessageSendSucceeded";
                      update["message"] = message({true, text}, letters.chats[id].size() - 1);
                    } else if (answers == Answers::refuses) {
                      update["@type"] = "updateMessageSendFailed";
                      update["message"] = pending;
                      update["error"] = {{"@type", "error"}, {"code", code}, {"message", error}};
                    }
                    if (answers != Answers::is_silent) {
                      asio::post(run.context, [&run, id, update] {
                        if (run.runner) run.runner->feed(id, update);  // not after a kill
                      });
                    }
                    return telegram::Response(std::move(pending));
                  });
  }

  static JobId start(PanelRun& run, const std::vector<AccountId>& accounts,
                     std::string text = "hello") {
    NewJob job{.action = MessageSpec{"@walter", std::move(text)}, .started_by = 42, .accounts = {}};
    for (const auto id : accounts) job.accounts.push_back({id, "Account " + std::to_string(id)});
    auto id = test::run(run.context, run.runner->start(std::move(job)));
    if (!id) throw std::runtime_error(id.error().message);
    return *id;
  }

  static std::string reason(PanelRun& run, JobId id, std::size_t position) {
    return run.runner->job(id)->items[position].reason.english();
  }

  static std::vector<storage::AuditRow> audit(PanelRun& run) {
    storage::AuditRepository rows(*run.database);
    auto all = test::run(run.context, rows.since(0));
    if (!all) throw std::runtime_error(all.error().message);
    return *all;
  }
};

}  // namespace tgpanel::jobs
