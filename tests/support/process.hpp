#pragma once
// A program under test: started with its own environment, its output collected line by line.

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace support {

using Environment = std::map<std::string, std::string>;

/// How many files a program may hold open.
struct OpenFiles {
  unsigned soft = 0;
  unsigned hard = 0;
};

class Process {
 public:
  /// Starts the program with exactly this environment (nothing is inherited but PATH and HOME of
  /// the environment given) in `folder`. Throws std::system_error when it cannot be started.
  Process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
          const Environment& environment, const std::filesystem::path& folder,
          std::optional<OpenFiles> limit = {});
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  /// Kills the program if it still runs.
  ~Process();

  [[nodiscard]] int pid() const;
  [[nodiscard]] bool running();
  /// All of standard output and standard error so far.
  [[nodiscard]] std::string out() const;
  [[nodiscard]] std::string err() const;

  /// Waits until standard output or standard error holds a line with `text` and returns that line;
  /// looks only after line `after_line` of the merged output. Throws std::runtime_error, with the
  /// output, when the program ends or the deadline passes first.
  std::string wait_line(std::string_view text,
                        std::chrono::milliseconds deadline = std::chrono::seconds(20));
  /// Writes to standard input, with a newline.
  void send_line(std::string_view line);
  void close_input();

  void signal(int number);
  /// SIGKILL, and waits until the program is gone.
  void kill();
  /// The exit code (128 + n for signal n). Throws std::runtime_error when it does not end in time.
  int wait(std::chrono::milliseconds deadline = std::chrono::seconds(20));
  /// SIGTERM and wait.
  int terminate(std::chrono::milliseconds deadline = std::chrono::seconds(10));

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace support
