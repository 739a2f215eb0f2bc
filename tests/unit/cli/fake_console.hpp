#pragma once
// A console whose input is what the test types.

#include "cli/console.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::cli {

class FakeConsole final : public Console {
 public:
  std::string written;
  bool hidden = false;
  bool terminal = false;
  std::vector<std::string> typed_hidden;

  void type(const std::string& line) {
    if (hidden) typed_hidden.push_back(line);
    put(Line{Secret(line)});
  }

  void put(Input input) {
    queue_.push_back(std::move(input));
    if (listener_) listener_();
  }

  void write(std::string_view text) override { written += text; }

  [[nodiscard]] bool is_terminal() const override { return terminal; }

  void hide_typing(bool hide) override { hidden = hide; }

  std::optional<Input> take() override {
    if (queue_.empty()) return std::nullopt;
    auto first = std::move(queue_.front());
    queue_.pop_front();
    return first;
  }

  void on_input(std::function<void()> listener) override { listener_ = std::move(listener); }

 private:
  std::deque<Input> queue_;
  std::function<void()> listener_;
};

}  // namespace tgpanel::cli
