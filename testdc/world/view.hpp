#pragma once
// TL objects as one viewer gets them, and the users and chats they mention: each goes along in full
// with the viewer's own access hash, or the client could not name it.

#include "testdc/world/world.hpp"

#include <cstdint>
#include <set>

namespace testdc {

class View {
 public:
  View(const World& world, std::int64_t viewer) : world_(world), viewer_(viewer) {}

  [[nodiscard]] std::int64_t viewer() const { return viewer_; }

  [[nodiscard]] const World& world() const { return world_; }

  // Objects that mention others; those are noted.
  Value message(const Message& message);
  Value update(const Event& event);
  Value dialog(Peer peer);
  Value reactions(const Message& message);
  Value reactions_update(const Message& message);
  Value poll_update(const Message& message);
  Value media(const Message& message);
  /// `forumTopic` of a forum's topic, or `forumTopicDeleted`.
  Value topic(const Chat& chat, int id);
  Value peer(Peer peer);  // notes it too
  void note(Peer peer);

  // Single objects.
  [[nodiscard]] Value user(const User& user) const;
  [[nodiscard]] Value chat(const Chat& chat) const;

  /// The newest message of a chat the viewer has; 0: none.
  [[nodiscard]] int top_message(Peer dialog) const;
  [[nodiscard]] int unread(Peer dialog) const;

  /// Adds `users` and `chats` with all that was noted.
  Value finish(Value object);
  /// `updates` with these updates.
  Value updates(Value list);

 private:
  Value poll_results(const Poll& poll) const;
  Value replies(const Message& message);

  const World& world_;
  std::int64_t viewer_;
  std::set<std::int64_t> users_;
  std::set<Peer> chats_;
};

/// Without noting.
[[nodiscard]] Value peer_value(Peer peer);

}  // namespace testdc
