#pragma once
// All that the data centre knows: users, chats, messages, and the numbered changes of each mailbox
// and channel. Every change is pushed to the clients concerned as it happens. Refusals are thrown
// as RpcError with Telegram's own text. Executor: the data centre's one thread.

#include "base/time.hpp"
#include "testdc/rpc/call.hpp"
#include "testdc/world/bot_audit.hpp"
#include "testdc/world/rates.hpp"
#include "testdc/world/records.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace testdc {

class View;

struct NewUser {
  std::string phone;  // digits, a leading + is dropped
  std::string first_name;
  std::string last_name;
  std::string username;
  std::string password;
  std::string password_hint;
};

/// What somebody wants to send; checked against Telegram's limits (limits.hpp).
struct Draft {
  std::string text;
  Value entities = Value::array();
  Media media;
  Value reply_markup;
  Value fwd_from;
  int reply_to = 0;            // id as the sender knows it
  std::int64_t random_id = 0;  // the same one again is the same message again; 0: none
  int thread_id = 0;           // first message of the thread, 0: that of reply_to
  std::int64_t started_bot = 0;
  std::string start_param{};  // goes to the started bot only
  bool silent = false;        // without a notification
  int ago = 0;                // seconds: written so long before now
  bool as_group = false;      // by an anonymous admin
};

/// The new content of an edited message; what is not set stays.
struct Revision {
  std::optional<std::string> text;
  Value entities = Value::array();  // with text
  std::optional<Media> media;
  Value reply_markup;  // null: the keyboard goes, as at Telegram
  int ago = 0;         // seconds: edited so long before now
};

/// A change, and the numbered event by which the actor's own client learns of it.
struct Change {
  MessagePtr message;
  Event event;
};

class World {
 public:
  /// Telegram's own account, which writes login codes.
  static constexpr std::int64_t service_user = 777000;

  explicit World(const tgpanel::Clock& clock);
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World();

  /// Where updates go: the authorised keys of a user, and the transport. Not called: nothing is
  /// pushed.
  void connect(std::function<std::vector<std::uint64_t>(std::int64_t user)> keys_of_user,
               Transport& transport);
  /// Called after every change of the world.
  void on_change(std::function<void()> observer);
  /// Called with every text that somebody sends, forwards, or writes into a message by an edit.
  void on_text(std::function<void(const User& author, std::string_view text)> observer);
  /// Called with every message that somebody has sent, once it is delivered; for one that was sent
  /// twice (random_id) once.
  void on_sent(std::function<void(const Message& message)> observer);
  [[nodiscard]] int now() const;  // Unix seconds
  [[nodiscard]] std::int64_t now_ms() const;

  // Users. Pointers and references stay valid: users and chats are never removed.
  std::int64_t add_user(const NewUser& user);
  /// Token "<id>:<secret>"; the id becomes the user's.
  std::int64_t add_bot(std::string_view token, std::string_view first_name,
                       std::string_view username);
  [[nodiscard]] User* find_user(std::int64_t id);
  [[nodiscard]] const User* find_user(std::int64_t id) const;
  [[nodiscard]] User* user_by_phone(std::string_view phone);  // with or without +
  [[nodiscard]] User* user_by_token(std::string_view token);
  [[nodiscard]] User* user_by_username(std::string_view username);  // without @, case ignored
  [[nodiscard]] bool is_bot(std::int64_t id) const;

  [[nodiscard]] const std::map<std::int64_t, User>& users() const { return users_; }

  /// His own clients are told; others learn it with his next message.
  void rename(std::int64_t user, std::string_view first_name);
  void set_contact(std::int64_t user, std::int64_t other, bool contact);
  void set_blocked(Actor actor, std::int64_t other, bool blocked);
  /// True when a client of this user is connected.
  [[nodiscard]] bool online(std::int64_t user) const;

  // Chats.
  Chat& add_chat(ChatKind kind, std::string_view title, std::string_view username,
                 const std::vector<std::int64_t>& members);
  [[nodiscard]] Chat* find_chat(Peer peer);
  [[nodiscard]] const Chat* find_chat(Peer peer) const;
  [[nodiscard]] Chat* chat_by_username(std::string_view username);
  [[nodiscard]] Chat* chat_by_title(std::string_view title);
  [[nodiscard]] Chat* chat_by_invite(std::string_view hash);

  [[nodiscard]] const std::map<Peer, Chat>& chats() const { return chats_; }

  void join(Actor actor, Chat& chat);
  void leave(Actor actor, Chat& chat);
  /// An administrator has to answer; asking again changes nothing.
  void ask_to_join(std::int64_t user, Chat& chat);
  void answer_join_request(Chat& chat, std::int64_t user, bool approve);
  void add_member(Chat& chat, std::int64_t user, bool admin);
  void remove_member(Chat& chat, std::int64_t user);
  void link_discussion(Chat& channel, Chat& group);
  /// Turns a supergroup into a forum.
  void make_forum(Chat& chat);
  /// Returns the topic's id. Throws RpcError CHANNEL_FORUM_MISSING.
  int add_topic(Actor actor, Chat& chat, std::string_view title);
  void close_topic(Actor actor, Chat& chat, int topic, bool closed);
  /// The messages of a topic, oldest first, those of General for its id.
  [[nodiscard]] std::vector<MessagePtr> topic_messages(const Chat& chat, int topic) const;
  /// Every forum has it, and it cannot go (core.telegram.org/api/forum#general-topic).
  static constexpr int general_topic = 1;
  /// A member, or the chat is public, or it is the discussion group of a visible channel.
  [[nodiscard]] bool can_see(std::int64_t user, const Chat& chat) const;

  // Messages. `dialog` is the chat as the actor or viewer names it.
  Change send(Actor actor, Peer dialog, Draft draft);
  /// The command with which a link to a bot begins, in its private chat or in a group. The bot
  /// reads the parameter behind the command; everybody else, the sender too, sees the command
  /// alone.
  Change start_bot(Actor actor, Peer dialog, std::int64_t bot, std::string_view param,
                   std::int64_t random_id);
  Change edit(Actor actor, Peer dialog, int id, Revision revision);
  /// Deletes in the actor's mailbox, for the others too with `revoke`. The event is the mailbox's.
  Event erase(Actor actor, const std::vector<int>& ids, bool revoke);
  Event erase_in_channel(Actor actor, Chat& chat, const std::vector<int>& ids);
  MessagePtr react(Actor actor, Peer dialog, int id, const std::vector<std::string>& emoji);
  MessagePtr vote(Actor actor, Peer dialog, int id, const std::vector<Bytes>& options);
  void close_poll(const MessagePtr& message);
  Event read(Actor actor, Peer dialog, int max_id);
  /// Null when the viewer has no such message (deleted ones count as missing).
  [[nodiscard]] MessagePtr find_message(std::int64_t viewer, Peer dialog, int id) const;
  [[nodiscard]] MessagePtr find_in_mailbox(std::int64_t viewer, int id) const;
  /// The messages of a chat as the viewer has them, oldest first; viewer 0: a channel's own list.
  [[nodiscard]] std::vector<MessagePtr> messages(std::int64_t viewer, Peer dialog,
                                                 bool with_deleted = false) const;
  /// Id of a message for a viewer; 0 when his mailbox has none.
  [[nodiscard]] static int id_for(const Message& message, std::int64_t viewer);
  /// The chat a message is in, as the viewer names it.
  [[nodiscard]] static Peer dialog_of(const Message& message, std::int64_t viewer);
  /// The text as the viewer reads it.
  [[nodiscard]] static std::string text_for(const Message& message, std::int64_t viewer);
  [[nodiscard]] static bool visible(const Message& message, std::int64_t viewer);

  /// Per viewer and object; what a client must bring back to name the object.
  [[nodiscard]] std::int64_t access_hash(std::int64_t viewer, Peer object) const;
  [[nodiscard]] std::int64_t file_access_hash(std::int64_t viewer, std::int64_t file) const;
  std::int64_t next_id();  // unique, for files, polls, queries

  /// Pushes one update without a number to all clients of a user but the actor's own.
  void push(std::int64_t user, Actor actor, const std::function<Value(View&)>& update);
  /// A user's TL object for a viewer (auth.authorization: himself).
  [[nodiscard]] Value render_user(std::int64_t id, std::int64_t viewer) const;

  /// While set, nothing is pushed (gaps are made of this).
  void set_quiet(bool quiet) { quiet_ = quiet; }

  [[nodiscard]] RateMeter& rates() { return rates_; }

  /// What bots tried to send, beside Telegram's limits.
  [[nodiscard]] BotAudit& audit() { return audit_; }

  void changed();

 private:
  /// A chat's title or a user's first name, for reports.
  [[nodiscard]] std::string title_of(Peer dialog) const;
  void check_write(const User& sender, Peer dialog) const;
  [[nodiscard]] static bool has_written(const User& author, std::int64_t reader);
  Change deliver(Actor actor, Peer dialog, const MessagePtr& message);
  Event deliver_to_channel(Actor actor, Chat& chat, const MessagePtr& message);
  Event deliver_to_mailboxes(Actor actor, const std::vector<std::int64_t>& owners,
                             const MessagePtr& message);
  /// The copy of a post for the discussion group, not delivered yet; null when there is none.
  MessagePtr discussion_copy(const Chat& channel, const MessagePtr& post) const;
  void enter_topic(const MessagePtr& message, const Chat& forum, int topic) const;
  void link_reply(const MessagePtr& message, int reply_to, int thread_id, std::int64_t sender,
                  Peer dialog);
  void count_reply(const MessagePtr& message);
  /// Its id, in a channel or supergroup.
  int service_message(Chat& chat, std::int64_t from, Value action, int topic = 0);
  Event record(Box& box, Event event) const;
  void publish_to_channel(Actor actor, const Chat& chat, const Event& event);
  void publish_to_mailbox(Actor actor, std::int64_t owner, const Event& event, bool withheld);
  void publish_chat(Actor actor, const Chat& chat, std::int64_t user);
  [[nodiscard]] std::vector<std::int64_t> audience(const Message& message) const;
  [[nodiscard]] bool withheld(const Message& message) const;
  [[nodiscard]] bool reachable(std::int64_t user) const;

  const tgpanel::Clock& clock_;
  std::function<std::vector<std::uint64_t>(std::int64_t)> keys_of_user_;
  Transport* transport_ = nullptr;
  std::function<void()> observer_;
  std::function<void(const User&, std::string_view)> text_observer_;
  std::function<void(const Message&)> sent_observer_;
  std::map<std::int64_t, User> users_;
  std::map<Peer, Chat> chats_;
  RateMeter rates_;
  BotAudit audit_;
  std::map<std::pair<std::int64_t, std::int64_t>, Change> sent_;  // user and random_id
  std::int64_t last_id_ = 0;
  std::int64_t last_user_id_;
  std::int64_t last_channel_id_;
  std::int64_t last_chat_id_;
  bool quiet_ = false;
};

}  // namespace testdc
