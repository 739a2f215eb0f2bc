#pragma once
// A person at a terminal, or a script at the other end of a pipe.

#include "base/secret.hpp"

#include <functional>
#include <optional>
#include <string_view>
#include <variant>

namespace tgpanel::cli {

struct Line {
  Secret text;  // without the line end; may be a password
};

struct EndOfInput {};

struct Interrupted {};  // Ctrl+C or SIGTERM

using Input = std::variant<Line, EndOfInput, Interrupted>;

/// Executor: the domain's.
class Console {
 public:
  Console() = default;
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;
  virtual ~Console() = default;

  virtual void write(std::string_view text) = 0;
  /// Whether output goes to a terminal (colours and redrawing are of use).
  [[nodiscard]] virtual bool is_terminal() const = 0;
  /// Typed characters are not shown while set.
  virtual void hide_typing(bool hide) = 0;
  /// What came first and was not taken yet.
  virtual std::optional<Input> take() = 0;
  /// Called when take() has something new. One listener.
  virtual void on_input(std::function<void()> listener) = 0;
};

}  // namespace tgpanel::cli
