#include "jobs/action_spec.hpp"

namespace tgpanel::jobs {

namespace {

struct Target {
  const std::string& operator()(const ReactionSpec& spec) const { return spec.link; }

  const std::string& operator()(const VoteSpec& spec) const { return spec.link; }

  const std::string& operator()(const JoinSpec& spec) const { return spec.chat; }

  const std::string& operator()(const LeaveSpec& spec) const { return spec.chat; }

  const std::string& operator()(const BlockSpec& spec) const { return spec.user; }

  const std::string& operator()(const UnblockSpec& spec) const { return spec.user; }

  const std::string& operator()(const MessageSpec& spec) const { return spec.to; }

  const std::string& operator()(const CommentSpec& spec) const { return spec.link; }
};

}  // namespace

const std::string& target_of(const ActionSpec& spec) {
  return std::visit(Target{}, spec);
}

const char* to_string(ActionKind kind) {
  switch (kind) {
    case ActionKind::reaction:
      return "reaction";
    case ActionKind::vote:
      return "vote";
    case ActionKind::join:
      return "join";
    case ActionKind::leave:
      return "leave";
    case ActionKind::block:
      return "block";
    case ActionKind::unblock:
      return "unblock";
    case ActionKind::message:
      return "message";
    case ActionKind::comment:
      return "comment";
  }
  return "unknown";
}

}  // namespace tgpanel::jobs
