#pragma once
// What is asked for one kind of action: a row of a table, and for some a step with details. The
// conversation itself is the same for all (action_conversation.cpp).

#include "base/async.hpp"
#include "base/result.hpp"
#include "bot/screen.hpp"
#include "jobs/action_spec.hpp"
#include "panel/panel.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace tgpanel::bot {

/// What a step makes of an answer.
struct Verdict {
  enum class Kind : std::uint8_t {
    stay,     // the step is shown again, changed
    refused,  // the step is shown again below `problem`
    done,     // on to the next step
  };

  Kind kind = Kind::stay;
  Sentence problem = {};

  static Verdict stay() { return {}; }

  static Verdict done() { return {.kind = Kind::done}; }

  static Verdict refuse(Sentence why) { return {.kind = Kind::refused, .problem = std::move(why)}; }
};

/// Makes a button of the conversation from a label and an action of letters, digits and dots.
using ButtonMaker = std::function<Button(std::string_view label, std::string_view action)>;

/// The step between target and preview: which reaction, which answers, what text. A state object;
/// made anew for every target.
class Details {
 public:
  Details() = default;
  Details(const Details&) = delete;
  Details& operator=(const Details&) = delete;
  virtual ~Details() = default;

  /// Reads what the step needs of the target, before it is shown. A failure asks for the target
  /// again. The object lives until it has ended.
  virtual Awaitable<Result<void>> load(panel::Panel* panel, std::string target, panel::Choice who);
  /// Adds the question and its buttons; the row with Back and Cancel comes after them.
  virtual void draw(Language language, Screen& screen, const ButtonMaker& button) const = 0;
  virtual Verdict press(std::string_view action) = 0;
  /// A message; nothing: it has no text.
  virtual Verdict answer(const std::optional<std::string>& text) = 0;

  /// Steps back inside; false: there is nothing to step back to.
  virtual bool back() { return false; }

  [[nodiscard]] virtual jobs::ActionSpec spec(std::string target) const = 0;
};

struct ActionForm {
  jobs::ActionKind kind = jobs::ActionKind::reaction;
  const Phrase* ask_target = nullptr;
  const Phrase* expected_target = nullptr;                 // when the answer has no text
  std::unique_ptr<Details> (*details)() = nullptr;         // null: the target is all
  jobs::ActionSpec (*spec)(std::string target) = nullptr;  // without details
};

/// The actions in the order of the menus.
[[nodiscard]] std::span<const ActionForm> action_forms();
/// By the word in a menu button's data; null when there is none.
[[nodiscard]] const ActionForm* action_form(std::string_view word);

// One file each.
[[nodiscard]] std::unique_ptr<Details> reaction_details();
[[nodiscard]] std::unique_ptr<Details> vote_details();
[[nodiscard]] std::unique_ptr<Details> message_details();
[[nodiscard]] std::unique_ptr<Details> comment_details();

}  // namespace tgpanel::bot
