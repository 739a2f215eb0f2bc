#pragma once
// What the world is made of: plain records, owned by World. Executor: the data centre's one thread.

#include "testdc/tl/schema.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace testdc {

using tl::Bytes;
using tl::Value;

/// TL Peer. A private chat is named by the other user, so a Peer only means something to a viewer.
struct Peer {
  enum class Type : std::uint8_t { user, chat, channel };
  Type type = Type::user;
  std::int64_t id = 0;  // bare

  [[nodiscard]] bool is_user() const { return type == Type::user; }

  [[nodiscard]] bool is_channel() const { return type == Type::channel; }

  auto operator<=>(const Peer&) const = default;
};

/// Who does something. The key's own client learns of it by the call's answer, not by an update.
struct Actor {
  std::int64_t user = 0;
  std::uint64_t key = 0;  // 0: a scripted person
};

struct Poll {
  std::int64_t id = 0;
  Value poll;  // TL poll without id and closed
  bool closed = false;
  std::vector<Bytes> correct;  // of a quiz
  std::string solution;
  std::map<std::int64_t, std::vector<Bytes>> votes;  // user → options
};

struct Photo {
  std::int64_t id = 0;
  int date = 0;
  int width = 0;
  int height = 0;
  Bytes bytes;
};

struct Document {
  std::int64_t id = 0;
  int date = 0;
  std::string mime_type;
  Value attributes;  // TL DocumentAttribute array
  Bytes bytes;
};

/// At most one of them is set.
struct Media {
  std::shared_ptr<Photo> photo;
  std::shared_ptr<Document> document;
  std::shared_ptr<Poll> poll;
  Value other;  // MessageMedia that needs no bytes (a contact, a place, a dice), or null

  [[nodiscard]] bool empty() const { return !photo && !document && !poll && other.is_null(); }

  bool operator==(const Media&) const = default;
};

struct Reaction {
  std::int64_t user = 0;
  std::string emoji;
  int date = 0;
};

/// One message and all its copies: in private chats and basic groups every mailbox knows it by an
/// id of its own.
struct Message {
  Peer place;  // channel or chat; of a private chat the receiver
  Peer from;   // a user, or the channel itself for posts and their copies in the discussion group
  std::int64_t author = 0;  // who sent it, also behind a post; 0: nobody
  bool post = false;
  int id = 0;                       // in channels and supergroups
  std::map<std::int64_t, int> ids;  // otherwise: mailbox owner → id
  int date = 0;
  std::string text;
  std::int64_t started_bot = 0;  // that this message starts
  std::string start_param;       // which that bot alone reads behind the text
  Value entities = Value::array();
  Media media;
  Value reply_markup;   // null: none
  Value action;         // MessageAction of a service message, or null
  Value fwd_from;       // MessageFwdHeader of a forwarded message, or null
  bool silent = false;  // sent without a notification

  std::weak_ptr<Message> reply_to;
  std::weak_ptr<Message> thread;  // the first message of the thread this one is in
  std::weak_ptr<Message> copy;    // of a post: its copy in the discussion group
  std::weak_ptr<Message> origin;  // of such a copy: the post
  int replies = 0;                // in the thread that starts here
  std::vector<std::int64_t> repliers;

  struct Edit {
    std::int64_t time_ms = 0;
    std::string text;    // before the edit
    Value reply_markup;  // before the edit
  };

  int edit_date = 0;
  std::vector<Edit> edits;
  std::vector<Reaction> reactions;
  std::set<std::int64_t> gone_for;  // mailbox owners who deleted it
  bool deleted = false;             // for everybody

  [[nodiscard]] bool is_service() const { return action.is_object(); }
};

using MessagePtr = std::shared_ptr<Message>;

/// One numbered change of a mailbox or a channel; what the difference is made of.
struct Event {
  enum class Kind : std::uint8_t { added, edited, removed, read_inbox, read_outbox };
  Kind kind = Kind::added;
  int pts = 0;  // after it
  int pts_count = 1;
  int date = 0;
  MessagePtr message;    // added, edited
  std::vector<int> ids;  // removed
  Peer peer;             // removed: the channel (a user's peer: the mailbox); read: whose chat
  int max_id = 0;        // read
};

/// A numbered list of messages and of the changes made to it.
struct Box {
  int pts = 1;
  int last_id = 0;
  std::map<int, MessagePtr> messages;  // deleted ones too
  std::vector<Event> log;
};

struct ReadState {
  int inbox = 0;
  int outbox = 0;
};

struct User {
  std::int64_t id = 0;
  std::string phone;  // digits
  std::string first_name;
  std::string last_name;
  std::string username;
  std::string password;  // of the second factor; empty: none
  std::string password_hint;
  bool bot = false;
  std::string token;  // of a bot
  bool deleted = false;
  std::set<std::int64_t> contacts;
  std::set<std::int64_t> blocked;
  bool contacts_only = false;         // nobody but his contacts may write to him first
  std::set<std::int64_t> started_by;  // of a bot: users who wrote to it
  Box mailbox;
  std::map<Peer, ReadState> read;
};

enum class ChatKind : std::uint8_t { basic_group, supergroup, channel };

struct Member {
  int date = 0;
  bool admin = false;
};

/// A topic of a forum; its id is that of the message that made it.
struct Topic {
  int id = 0;
  int date = 0;
  std::int64_t creator = 0;
  std::string title;
  bool closed = false;
};

struct Chat {
  ChatKind kind = ChatKind::supergroup;
  std::int64_t id = 0;
  std::string title;
  std::string username;
  std::string invite_hash;       // t.me/+<hash>
  bool join_by_request = false;  // by the invite link
  bool join_request = false;     // whoever joins without one
  int date = 0;
  std::int64_t creator = 0;
  std::map<std::int64_t, Member> members;
  std::set<std::int64_t> banned;
  std::set<std::int64_t> join_requests;
  std::int64_t linked = 0;       // discussion group of a channel, and the other way round
  bool write_forbidden = false;  // for all but admins
  std::optional<std::vector<std::string>> allowed_reactions;  // nothing: all
  int slow_mode = 0;  // seconds between two messages of one who is no admin; 0: off
  std::map<std::int64_t, std::int64_t> last_sent_ms;  // while slow mode is on
  bool forum = false;                                 // messages are in topics
  std::map<int, Topic> topics;                        // of a forum, all but General
  bool withheld = false;                              // updates are not pushed
  int version = 1;                                    // of a basic group's member list
  Box box;                                            // not for basic groups

  [[nodiscard]] bool broadcast() const { return kind == ChatKind::channel; }

  [[nodiscard]] bool basic() const { return kind == ChatKind::basic_group; }

  [[nodiscard]] Peer peer() const { return {basic() ? Peer::Type::chat : Peer::Type::channel, id}; }

  [[nodiscard]] bool has(std::int64_t user) const { return members.contains(user); }

  [[nodiscard]] bool administered_by(std::int64_t user) const {
    auto it = members.find(user);
    return it != members.end() && (user == creator || it->second.admin);
  }
};

}  // namespace testdc
