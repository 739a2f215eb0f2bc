#pragma once
// The data centre as a test or a tour uses it: seeds the world, acts as scripted people, inspects,
// injects faults. The same in the data centre's process and over its HTTP control port: a Driver
// only names operations. Every function throws std::runtime_error when the operation is refused.

#include "base/json.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testdc {

class DataCentre;

using tgpanel::Json;

/// A file that was sent.
struct SeenDocument {
  std::string name;
  std::string mime_type;
  std::string content;
};

/// A message as a viewer's Telegram app would show it.
struct SeenMessage {
  std::int64_t id = 0;         // server message id (per mailbox in private chats and basic groups)
  std::int64_t sender_id = 0;  // user id; 0 for posts
  std::string sender_name;
  std::string text;   // caption for media
  std::string media;  // "", "poll", or a kind of placeholders.hpp
  bool deleted = false;
  std::int64_t edit_count = 0;
  std::vector<std::string> past_texts;  // before each edit, the oldest first
  std::int64_t date = 0;                // Unix seconds
  std::int64_t reply_to = 0;            // message id; 0: none

  struct Button {
    std::string text;
    std::string data;  // callback data (raw bytes), empty for URL buttons
    std::string url;
  };

  using Keyboard = std::vector<std::vector<Button>>;  // rows

  /// What the message was before an edit, and when that came.
  struct Edit {
    std::int64_t time_ms = 0;  // Unix
    std::string text;
    Keyboard keyboard;
  };

  Keyboard keyboard;
  std::vector<Edit> edits;                         // the oldest first
  Json entities;                                   // TL MessageEntity array
  Json reactions;                                  // {"👍": [user ids...]}
  std::map<std::int64_t, std::vector<int>> votes;  // of a poll: user → options from 0
};

/// The toast or alert that a button press got; empty text when the bot answered without one.
struct PressAnswer {
  std::string text;
  bool alert = false;
};

/// What a chat is addressed by everywhere below: a title or @username given at seeding, or for a
/// private chat the other user's first name, @username or id as a string.
using ChatRef = std::string;

class Driver {
 public:
  using Send = std::function<Json(std::string_view operation, const Json& arguments)>;

  static Driver local(DataCentre& dc);
  /// `POST http://127.0.0.1:<port>/<operation>`, JSON in and out.
  static Driver remote(std::uint16_t control_port);

  /// Any other way: `send` performs an operation and returns its answer.
  explicit Driver(Send send);

  // Seed. People and accounts are users; ids are given in order and returned.
  std::int64_t add_user(std::string_view phone, std::string_view first_name,
                        std::string_view username = "", std::string_view password = "",
                        std::string_view password_hint = "");
  /// Token "<id>:<secret>".
  std::int64_t add_bot(std::string_view token, std::string_view first_name,
                       std::string_view username);
  /// `kind`: "supergroup", "channel" or "basic_group". Returns the bare id. Members: user ids; the
  /// first is the creator.
  std::int64_t add_chat(std::string_view kind, std::string_view title, std::string_view username,
                        const std::vector<std::int64_t>& members);
  void add_member(const ChatRef& chat, std::int64_t user, bool admin = false);
  void remove_member(const ChatRef& chat, std::int64_t user);
  void ban_member(const ChatRef& chat, std::int64_t user);
  void link_discussion(const ChatRef& channel, const ChatRef& group);
  /// Fields: contacts_only, first_name.
  void set_user(std::int64_t user, const Json& fields);
  /// Fields: write_forbidden, slow_mode (seconds), join_by_request (by the invite link),
  /// join_request (without one), invite_hash, reactions (the allowed emoji; none: no reactions).
  /// Returns the hash of the invite link.
  std::string set_chat(const ChatRef& chat, const Json& fields);
  void set_contact(std::int64_t user, std::int64_t other, bool contact = true);
  /// The login code the data centre will accept (and the last one sent) for a phone.
  void set_login_code(std::string_view phone, std::string_view code);
  std::string last_login_code(std::string_view phone);
  void set_code_expired(std::string_view phone);
  /// How logins of a phone go; fields: kinds, timeout, begins, email (CodePlan).
  void set_login(std::string_view phone, const Json& plan);
  /// How many seconds the QR codes of logins live that are shown from now on (Telegram's: 30).
  void set_qr_lifetime(int seconds);
  /// Freezes a user, or lifts it; fields: since, until (Unix seconds), appeal (a link).
  void freeze(std::int64_t user, bool frozen, const Json& fields = Json::object());
  /// @SpamBot, which answers /start by itself, and what it says to this user from now on (0:
  /// everybody who was given no answer of his own; without a call for him it is "clear"). Fields
  /// of `answer`: says ("clear", "limited" or "nothing"), until (Unix seconds, of "limited"), text
  /// (word for word instead). Returns the bot's id.
  std::int64_t spam_bot(std::int64_t user = 0, const Json& answer = Json::object());

  // Act as a scripted person (no client needed).
  std::int64_t write(std::int64_t user, const ChatRef& chat, std::string_view text,
                     std::int64_t reply_to = 0);
  /// A message that is more than a text; `content` as the operation `write` takes it: text,
  /// entities, media (a kind of placeholders.hpp), photo_hex, document_hex and document_name,
  /// question and options, keyboard, ago (seconds), as_group (an anonymous admin).
  std::int64_t send(std::int64_t user, const ChatRef& chat, const Json& content);
  /// Follows a link t.me/<bot>?start=<param>.
  std::int64_t start_bot(std::int64_t user, const ChatRef& bot, std::string_view param = "");
  /// `ago`: so many seconds before now.
  void edit(std::int64_t user, const ChatRef& chat, std::int64_t message, std::string_view text,
            int ago = 0);
  void erase(std::int64_t user, const ChatRef& chat, std::int64_t message);
  /// An empty emoji takes the reaction back.
  void react(std::int64_t user, const ChatRef& chat, std::int64_t message, std::string_view emoji);
  /// Options count from 0; none takes the vote back.
  void vote(std::int64_t user, const ChatRef& chat, std::int64_t message,
            const std::vector<int>& options);
  void close_poll(const ChatRef& chat, std::int64_t message, std::int64_t viewer = 0);
  void join(std::int64_t user, const ChatRef& chat);
  void leave(std::int64_t user, const ChatRef& chat);
  /// An administrator lets somebody in who asked to join, or does not.
  void answer_join_request(const ChatRef& chat, std::int64_t user, bool approve = true);
  /// Reads up to and with `message`.
  void read(std::int64_t user, const ChatRef& chat, std::int64_t message);
  void block(std::int64_t user, std::int64_t other, bool blocked = true);
  /// Presses the inline button with exactly this text on the newest message that has one (or on
  /// `message`), and waits for the bot's answer. Throws when there is no such button, and when no
  /// answer came in time ("no answer").
  PressAnswer press(std::int64_t user, const ChatRef& chat, std::string_view button,
                    std::optional<std::int64_t> message = {},
                    std::chrono::milliseconds deadline = std::chrono::seconds(10));
  /// Presses with raw data on a message, whether such a button is there or not.
  PressAnswer press_data(std::int64_t user, const ChatRef& chat, std::int64_t message,
                         std::string_view data,
                         std::chrono::milliseconds deadline = std::chrono::seconds(10));
  /// Scans a QR login link with the user's phone.
  void scan_qr(std::int64_t user, std::string_view link);

  // Inspect. `viewer` sees the chat as that user does; 0: the chat's own list (channels,
  // supergroups).
  std::vector<SeenMessage> messages(const ChatRef& chat, std::int64_t viewer = 0);
  std::vector<std::int64_t> members(const ChatRef& chat);
  /// Who asked to join and has no answer yet.
  std::vector<std::int64_t> join_requests(const ChatRef& chat);
  std::vector<std::int64_t> blocked(std::int64_t user);
  /// Authorisations of a user: {auth_key_id, online, device, created}.
  Json sessions(std::int64_t user);
  /// Calls since the start: {time_ms, user_id, method, outcome, query}; filters may be empty/0.
  Json calls(std::string_view method = "", std::int64_t user = 0);
  void clear_calls();
  /// {method: times} of calls that the data centre does not know.
  Json unknown_methods();
  /// What went wrong in the data centre itself: a message that could not be read, an answer that
  /// could not be written, a handler that failed.
  std::vector<std::string> troubles();
  /// {breaches: [text], checked}: what bots tried to send beyond Telegram's limits.
  Json bot_audit();
  /// Breaches of Telegram's sending rates and the like, counted since the start.
  Json report();
  /// The file in a message (as uploaded).
  SeenDocument document(const ChatRef& chat, std::int64_t message, std::int64_t viewer = 0);
  /// The bytes of a photo in a message (as uploaded).
  std::string photo(const ChatRef& chat, std::int64_t message, std::int64_t viewer = 0);

  // Faults. Fields as in rpc/dispatcher.hpp (method, user_id, times, skip, code, text, delay_ms,
  // silence, drop).
  void fault(const Json& fault);
  void clear_faults();
  /// error: "SESSION_REVOKED", "AUTH_KEY_DUPLICATED", ... answered with 401 to all his sessions, or
  /// to one: its auth_key_id as `sessions` gives it.
  void revoke(std::int64_t user, std::string_view error = "AUTH_KEY_UNREGISTERED",
              std::string_view session = "");
  void drop_connections(std::int64_t user = 0);
  /// The user's clients have to begin new sessions, with the keys they have.
  void forget_sessions(std::int64_t user);
  /// The user's keys are unknown from now on (transport error -404).
  void destroy_keys(std::int64_t user);
  void refuse_connections(bool refuse);
  /// Updates of this chat reach nobody while set (messages are there by history and difference).
  void withhold_updates(const ChatRef& chat, bool withhold);
  /// Adds `count` filler messages of a scripted person while pushing none of them.
  void make_gap(const ChatRef& chat, std::int64_t user, int count);

  /// Counts every change of the world, every answered call, every client that comes or goes.
  std::int64_t version();
  /// The version after the next change since `version`, or the same when none comes in time.
  std::int64_t wait_change(std::int64_t since, std::chrono::milliseconds deadline);
  /// Waits until `done()` is true; looks again after every change of the world, never by time.
  /// Throws std::runtime_error "<what>: not within N ms" after the deadline.
  void wait_until(std::string_view what, const std::function<bool()>& done,
                  std::chrono::milliseconds deadline = std::chrono::seconds(20));
  /// The newest message in the chat that fits, waited for.
  SeenMessage wait_message(const ChatRef& chat, std::int64_t viewer,
                           const std::function<bool(const SeenMessage&)>& fits,
                           std::string_view what,
                           std::chrono::milliseconds deadline = std::chrono::seconds(20));

  /// The names of all operations.
  std::vector<std::string> operations();
  /// Any operation by name.
  Json call(std::string_view operation, const Json& arguments);

 private:
  Send send_;
};

}  // namespace testdc
