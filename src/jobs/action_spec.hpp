#pragma once
// What a job does: one of the actions, with everything that an account needs to carry it out.

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace tgpanel::jobs {

struct ReactionSpec {
  std::string link;   // of the message, as given
  std::string emoji;  // as Telegram spells it
  friend bool operator==(const ReactionSpec&, const ReactionSpec&) = default;
};

struct VoteSpec {
  std::string link;                   // of the poll's message, as given
  std::vector<std::int32_t> options;  // 0-based, in rising order
  std::string words;                  // the chosen options as people read them
  friend bool operator==(const VoteSpec&, const VoteSpec&) = default;
};

struct JoinSpec {
  std::string chat;  // @name, a link of the chat or an invite link
  friend bool operator==(const JoinSpec&, const JoinSpec&) = default;
};

struct LeaveSpec {
  std::string chat;
  friend bool operator==(const LeaveSpec&, const LeaveSpec&) = default;
};

struct BlockSpec {
  std::string user;  // @name, a link, or an id
  friend bool operator==(const BlockSpec&, const BlockSpec&) = default;
};

struct UnblockSpec {
  std::string user;
  friend bool operator==(const UnblockSpec&, const UnblockSpec&) = default;
};

struct MessageSpec {
  std::string to;  // @name, a link, or an id
  std::string text;
  friend bool operator==(const MessageSpec&, const MessageSpec&) = default;
};

struct CommentSpec {
  std::string link;  // of the post, as given
  std::string text;
  friend bool operator==(const CommentSpec&, const CommentSpec&) = default;
};

using ActionSpec = std::variant<ReactionSpec, VoteSpec, JoinSpec, LeaveSpec, BlockSpec, UnblockSpec,
                                MessageSpec, CommentSpec>;

/// In the order of ActionSpec.
enum class ActionKind : std::uint8_t {
  reaction,
  vote,
  join,
  leave,
  block,
  unblock,
  message,
  comment
};

inline constexpr std::array kActionKinds{
    ActionKind::reaction, ActionKind::vote,    ActionKind::join,    ActionKind::leave,
    ActionKind::block,    ActionKind::unblock, ActionKind::message, ActionKind::comment};
static_assert(kActionKinds.size() == std::variant_size_v<ActionSpec>);

[[nodiscard]] inline ActionKind kind_of(const ActionSpec& spec) {
  return static_cast<ActionKind>(spec.index());
}

/// Messages and comments: what stands there twice cannot be taken back. All others are idempotent.
[[nodiscard]] constexpr bool at_most_once(ActionKind kind) {
  return kind == ActionKind::message || kind == ActionKind::comment;
}

/// The link, chat or user that the action is about, as it was given.
[[nodiscard]] const std::string& target_of(const ActionSpec& spec);

/// The stable word of a kind: in tables, and the name of its rotation.
[[nodiscard]] const char* to_string(ActionKind kind);

}  // namespace tgpanel::jobs
