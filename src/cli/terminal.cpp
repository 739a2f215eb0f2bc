#include "cli/terminal.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <fcntl.h>
#include <sodium.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <deque>
#include <string>
#include <utility>

namespace tgpanel::cli {

namespace {

// Nothing that is asked for is longer; the rest of such a line is dropped.
constexpr std::size_t kLongestLine = 8192;

// A descriptor of its own: asynchronous reading makes it non-blocking, which would otherwise reach
// everybody who shares the terminal with this program, its own output included.
int open_input() {
  std::array<char, 256> name{};
  if (ttyname_r(STDIN_FILENO, name.data(), name.size()) == 0) {
    const int own = ::open(name.data(), O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (own >= 0) return own;
  }
  return ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
}

class Terminal final : public Console, public std::enable_shared_from_this<Terminal> {
 public:
  explicit Terminal(const Executor& executor)
      : input_(executor, open_input()), signals_(executor, SIGINT, SIGTERM) {
    terminal_ = ::isatty(STDOUT_FILENO) == 1;
    has_modes_ = ::tcgetattr(input_.native_handle(), &modes_) == 0;
  }

  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  ~Terminal() override {
    Terminal::hide_typing(false);
    sodium_memzero(block_.data(), block_.size());
  }

  void begin() {
    wait_signal();
    read_more();
  }

  void end() {
    listener_ = nullptr;
    boost::system::error_code ignored;
    signals_.cancel(ignored);
    input_.cancel(ignored);
    hide_typing(false);
  }

  void write(std::string_view text) override {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
  }

  [[nodiscard]] bool is_terminal() const override { return terminal_; }

  void hide_typing(bool hide) override {
    if (!has_modes_ || hide == hidden_) return;
    auto modes = modes_;
    if (hide) modes.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(input_.native_handle(), TCSANOW, &modes);
    if (!hide) write("\n");  // the Enter that was not shown
    hidden_ = hide;
  }

  std::optional<Input> take() override {
    if (queue_.empty()) return std::nullopt;
    auto first = std::move(queue_.front());
    queue_.pop_front();
    return first;
  }

  void on_input(std::function<void()> listener) override { listener_ = std::move(listener); }

 private:
  void put(Input input) {
    queue_.push_back(std::move(input));
    const auto listener = listener_;
    if (listener) listener();
  }

  void wait_signal() {
    signals_.async_wait([weak = weak_from_this()](const boost::system::error_code& error, int) {
      const auto self = weak.lock();
      if (error || !self) return;
      self->put(Interrupted{});
      self->wait_signal();
    });
  }

  void read_more() {
    input_.async_read_some(
        asio::buffer(block_),
        [weak = weak_from_this()](const boost::system::error_code& error, std::size_t size) {
          const auto self = weak.lock();
          if (!self || error == asio::error::operation_aborted) return;
          if (error || size == 0) {
            if (!self->line_.empty()) self->finish_line();
            self->put(EndOfInput{});
            return;
          }
          self->split(size);
          self->read_more();
        });
  }

  void split(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      const char c = block_[i];
      if (c == '\n') {
        finish_line();
      } else if (line_.size() < kLongestLine) {
        line_ += c;
      }
    }
  }

  void finish_line() {
    if (line_.ends_with('\r')) line_.pop_back();
    put(Line{Secret(std::exchange(line_, {}))});
  }

  asio::posix::stream_descriptor input_;
  asio::signal_set signals_;
  std::function<void()> listener_;
  std::deque<Input> queue_;
  std::array<char, 4096> block_{};
  std::string line_;
  termios modes_{};
  bool has_modes_ = false;
  bool hidden_ = false;
  bool terminal_ = false;
};

// Ends what is under way when its holder goes away.
class TerminalHandle final : public Console {
 public:
  explicit TerminalHandle(const Executor& executor)
      : terminal_(std::make_shared<Terminal>(executor)) {
    terminal_->begin();
  }

  TerminalHandle(const TerminalHandle&) = delete;
  TerminalHandle& operator=(const TerminalHandle&) = delete;

  ~TerminalHandle() override { terminal_->end(); }

  void write(std::string_view text) override { terminal_->write(text); }

  [[nodiscard]] bool is_terminal() const override { return terminal_->is_terminal(); }

  void hide_typing(bool hide) override { terminal_->hide_typing(hide); }

  std::optional<Input> take() override { return terminal_->take(); }

  void on_input(std::function<void()> listener) override {
    terminal_->on_input(std::move(listener));
  }

 private:
  std::shared_ptr<Terminal> terminal_;
};

}  // namespace

std::unique_ptr<Console> open_terminal(const Executor& executor) {
  return std::make_unique<TerminalHandle>(executor);
}

}  // namespace tgpanel::cli
