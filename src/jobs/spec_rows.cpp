#include "jobs/spec_rows.hpp"

#include "base/json.hpp"

#include <utility>

namespace tgpanel::jobs {

namespace {

struct Writer {
  Json operator()(const ReactionSpec& s) const { return {{"link", s.link}, {"emoji", s.emoji}}; }

  Json operator()(const VoteSpec& s) const {
    return {{"link", s.link}, {"options", s.options}, {"words", s.words}};
  }

  Json operator()(const JoinSpec& s) const { return {{"chat", s.chat}}; }

  Json operator()(const LeaveSpec& s) const { return {{"chat", s.chat}}; }

  Json operator()(const BlockSpec& s) const { return {{"user", s.user}}; }

  Json operator()(const UnblockSpec& s) const { return {{"user", s.user}}; }

  Json operator()(const MessageSpec& s) const { return {{"to", s.to}, {"text", s.text}}; }

  Json operator()(const CommentSpec& s) const { return {{"link", s.link}, {"text", s.text}}; }
};

/// The fields of one spec; `good` is false once one was missing or of another type.
class Reader {
 public:
  explicit Reader(const Json& object) : object_(object), good_(object.is_object()) {}

  std::string text(const char* name) {
    const auto found = good_ ? object_.find(name) : object_.end();
    if (found == object_.end() || !found->is_string()) {
      good_ = false;
      return {};
    }
    return found->get<std::string>();
  }

  std::vector<std::int32_t> numbers(const char* name) {
    std::vector<std::int32_t> all;
    const auto found = good_ ? object_.find(name) : object_.end();
    good_ = found != object_.end() && found->is_array();
    if (!good_) return all;
    for (const Json& number : *found) {
      good_ = good_ && number.is_number_integer();
      if (good_) all.push_back(number.get<std::int32_t>());
    }
    return all;
  }

  [[nodiscard]] bool good() const { return good_; }

 private:
  const Json& object_;
  bool good_;
};

ActionSpec read(ActionKind kind, Reader& in) {
  switch (kind) {
    case ActionKind::reaction: {
      auto link = in.text("link");
      return ReactionSpec{std::move(link), in.text("emoji")};
    }
    case ActionKind::vote: {
      auto link = in.text("link");
      auto options = in.numbers("options");
      return VoteSpec{std::move(link), std::move(options), in.text("words")};
    }
    case ActionKind::join:
      return JoinSpec{in.text("chat")};
    case ActionKind::leave:
      return LeaveSpec{in.text("chat")};
    case ActionKind::block:
      return BlockSpec{in.text("user")};
    case ActionKind::unblock:
      return UnblockSpec{in.text("user")};
    case ActionKind::message: {
      auto to = in.text("to");
      return MessageSpec{std::move(to), in.text("text")};
    }
    case ActionKind::comment: {
      auto link = in.text("link");
      return CommentSpec{std::move(link), in.text("text")};
    }
  }
  return {};
}

}  // namespace

std::string spec_text(const ActionSpec& spec) {
  return std::visit(Writer{}, spec).dump();
}

std::optional<ActionSpec> read_spec(std::string_view kind, std::string_view json) {
  for (const auto known : kActionKinds) {
    if (kind != to_string(known)) continue;
    const Json object = Json::parse(json, nullptr, false);
    Reader reader(object);
    auto spec = read(known, reader);
    if (!reader.good()) return std::nullopt;
    return spec;
  }
  return std::nullopt;
}

}  // namespace tgpanel::jobs
