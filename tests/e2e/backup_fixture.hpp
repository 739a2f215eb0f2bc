#pragma once
// What the tests of backups share: the commands, and a second data folder.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <string>
#include <vector>

namespace e2e {

template <class Base>
class WithBackups : public Base {
 protected:
  [[nodiscard]] std::string file() const {
    return (this->stage.folder() / "panel.backup").string();
  }

  [[nodiscard]] std::filesystem::path restored() const { return this->stage.folder() / "restored"; }

  /// A command that is to end with this code; what it said.
  std::string run(const std::vector<std::string>& arguments, int code) {
    const auto process = this->stage.tgpanel(arguments);
    EXPECT_EQ(process->wait(), code) << fmt::format("tgpanel {}\n", fmt::join(arguments, " "))
                                     << process->out() << process->err();
    return process->out() + process->err();
  }

  std::string back_up() { return run({"backup", "create", file()}, 0); }

  std::string restore(int code = 0) {
    return run({"backup", "restore", file(), "--data-dir", restored().string()}, code);
  }

  /// From now on commands and starts have the restored folder.
  void use_restored() { this->stage.environment()["TGPANEL_DATA_DIR"] = restored().string(); }

  /// The panel stands still, wherever it is.
  void freeze() { this->stage.panel().signal(SIGSTOP); }

  void thaw() { this->stage.panel().signal(SIGCONT); }

  std::size_t calls(const char* method) { return this->stage.world().calls(method).size(); }
};

}  // namespace e2e
