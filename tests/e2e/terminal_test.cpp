// `tgpanel account add` as a script and as a person at a terminal use it.

#include "e2e_test.hpp"
#include "support/numbers.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

/// The program with a terminal of its own. The screen is what a person would have seen.
class TerminalProgram {
 public:
  TerminalProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                  const support::Environment& environment) {
    std::vector<std::string> texts{program.string()};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<std::string> settings;
    for (const auto& [name, value] : environment)
      settings.push_back(fmt::format("{}={}", name, value));
    const auto pointers = [](std::vector<std::string>& from) {
      std::vector<char*> all;
      all.reserve(from.size() + 1);
      for (auto& text : from) all.push_back(text.data());
      all.push_back(nullptr);
      return all;
    };
    auto argv = pointers(texts);
    auto envp = pointers(settings);
    pid_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (pid_ < 0) throw std::runtime_error("forkpty failed");
    if (pid_ == 0) {
      ::execve(program.c_str(), argv.data(), envp.data());
      ::_exit(127);
    }
  }

  TerminalProgram(const TerminalProgram&) = delete;
  TerminalProgram& operator=(const TerminalProgram&) = delete;

  ~TerminalProgram() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    ::close(terminal_);
  }

  void type(std::string_view text) {
    if (::write(terminal_, text.data(), text.size()) < 0) throw std::runtime_error("write failed");
  }

  /// Waits until the screen shows `text` after what earlier calls found.
  void wait_for(std::string_view text) {
    const auto give_up = std::chrono::steady_clock::now() + 20s;
    while (true) {
      const auto at = screen_.find(text, seen_);
      if (at != std::string::npos) {
        seen_ = at + text.size();
        return;
      }
      const bool late = std::chrono::steady_clock::now() > give_up;
      if (late || !read()) {
        throw std::runtime_error(fmt::format("no \"{}\" on the screen:\n{}", text, screen_));
      }
    }
  }

  /// Typed characters are not shown.
  [[nodiscard]] bool hides_typing() const {
    termios modes{};
    return ::tcgetattr(terminal_, &modes) == 0 && (modes.c_lflag & ECHO) == 0U;
  }

  /// Waits for the end; the exit code.
  int wait() {
    while (read()) {
    }
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  [[nodiscard]] const std::string& screen() const { return screen_; }

 private:
  // False when the program has closed its terminal.
  bool read() {
    pollfd ready{terminal_, POLLIN, 0};
    if (::poll(&ready, 1, 20'000) <= 0) return false;
    std::array<char, 4096> block{};
    const auto size = ::read(terminal_, block.data(), block.size());
    if (size <= 0) return false;
    screen_.append(block.data(), static_cast<std::size_t>(size));
    return true;
  }

  int terminal_ = -1;
  pid_t pid_ = -1;
  std::string screen_;
  std::size_t seen_ = 0;
};

class TerminalLogin : public Test {
 protected:
  std::size_t folders() {
    const auto sessions = stage.data() / "sessions";
    if (!std::filesystem::exists(sessions)) return 0;
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(sessions), {}));
  }

  auto sessions(std::size_t who) { return stage.world().sessions(stage.town().accounts[who]); }

  std::string list() {
    const auto listing = stage.tgpanel({"account", "list"});
    EXPECT_EQ(listing->wait(), 0);
    return listing->out();
  }
};

TEST_F(TerminalLogin, EveryBadInputIsExplainedAndAskedAgain) {
  const auto adding = stage.tgpanel({"account", "add"});
  for (const std::string& line :
       {// by phone or by QR
        std::string("three"), std::string(" "), std::string("/start"), std::string("👍"),
        std::string(4096, '1'), std::string("1"),
        // the number
        std::string(), std::string("   "), std::string("/start"), std::string("👍"),
        std::string("0555 123"), std::string(300, '5'), std::string(4096, '5'),
        std::string(10'000, '5'), std::string("\xff\xfe"),
        fmt::format("+{}", support::kPeople[1].phone),
        // the code
        std::string(), std::string("abc"), std::string("/start"), std::string("👍"),
        std::string("2468"), std::string(4096, '2'), std::string("\xff\xfe"), std::string("00000"),
        std::string(support::kLoginCode),
        // the password
        std::string(), std::string(300, 'p'), std::string(4096, 'p'), std::string("\xff\xfe"),
        std::string("/start"), std::string("👍"), std::string("wrong password"),
        std::string(support::kPeople[1].password)}) {
    adding->send_line(line);
  }
  EXPECT_EQ(adding->wait(), 0);
  const auto out = adding->out();
  const auto times = [&](std::string_view sentence) {
    int count = 0;
    for (auto at = out.find(sentence); at != std::string::npos; at = out.find(sentence, at + 1)) {
      ++count;
    }
    return count;
  };
  // Each is explained once, and asked for again.
  EXPECT_EQ(times("Answer 1 for a phone number or 2 for a QR code."), 5);
  EXPECT_EQ(times("in international form"), 9);
  EXPECT_EQ(times("Enter the 5 digits of the login code."), 7);
  EXPECT_EQ(times("not the code"), 1);
  EXPECT_EQ(times("password (1 to 256 characters)"), 4);
  EXPECT_EQ(times("two-step verification password. Try again"), 3);
  EXPECT_THAT(out, HasSubstr("Added Bob"));
  for (const auto& text : {out, adding->err()}) {
    EXPECT_THAT(text, Not(HasSubstr(std::string(support::kPeople[1].password))));
    EXPECT_FALSE(support::has_number(text, support::kLoginCode)) << text;
    EXPECT_FALSE(support::has_number(text, support::kPeople[1].phone)) << text;
  }
  EXPECT_THAT(list(), HasSubstr("Bob"));
}

TEST_F(TerminalLogin, AnExpiredCodeIsReplaced) {
  const auto adding = stage.tgpanel({"account", "add", "--phone"});
  adding->send_line(fmt::format("+{}", support::kPeople[0].phone));
  adding->wait_line("Telegram sends a code");
  stage.world().set_code_expired(support::kPeople[0].phone);
  adding->send_line(support::kLoginCode);
  adding->wait_line("has expired");
  stage.world().wait_until("a second code",
                           [&] { return stage.world().calls("auth.sendCode").size() >= 2; });
  adding->send_line(stage.world().last_login_code(support::kPeople[0].phone));
  EXPECT_EQ(adding->wait(), 0);
  EXPECT_THAT(adding->out(), HasSubstr("Added Alice"));
}

TEST_F(TerminalLogin, AFloodWaitEndsItWithTheTimeAndNothingLeft) {
  stage.world().fault({{"method", "auth.sendCode"}, {"code", 420}, {"text", "FLOOD_WAIT_400"}});
  const auto adding = stage.tgpanel({"account", "add", "--phone"});
  adding->send_line(fmt::format("+{}", support::kPeople[0].phone));
  EXPECT_EQ(adding->wait(), 6);
  EXPECT_THAT(adding->out(), HasSubstr("wait 7 minutes"));
  EXPECT_EQ(folders(), 0U);
  EXPECT_THAT(sessions(0), SizeIs(0));
}

TEST_F(TerminalLogin, TheSameUserTwiceIsRefusedAndTheSecondSessionLoggedOut) {
  stage.add_account(0);
  const auto adding = stage.tgpanel({"account", "add", "--phone"});
  adding->send_line(fmt::format("+{}", support::kPeople[0].phone));
  adding->send_line(support::kLoginCode);
  EXPECT_EQ(adding->wait(), 1);
  EXPECT_THAT(adding->out(), HasSubstr("in the panel already"));
  EXPECT_EQ(folders(), 1U);
  EXPECT_THAT(sessions(0), SizeIs(1));
}

TEST_F(TerminalLogin, ALoginKilledAfterTelegramAcceptedItIsThereAtTheNextStart) {
  stage.environment()["TGPANEL_CRASH_AT"] = "login.ready";
  const auto adding = stage.tgpanel({"account", "add", "--phone"});
  adding->send_line(fmt::format("+{}", support::kPeople[0].phone));
  adding->send_line(support::kLoginCode);
  EXPECT_EQ(adding->wait(), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  EXPECT_THAT(list(), Not(HasSubstr("Alice")));
  start();
  EXPECT_EQ(stage.stop(), 0);
  EXPECT_THAT(list(), HasSubstr("Alice"));
  EXPECT_EQ(folders(), 1U);
  EXPECT_THAT(sessions(0), SizeIs(1));
}

TEST_F(TerminalLogin, APersonSeesNoPasswordOnTheScreen) {
  TerminalProgram program(support::programs().tgpanel, {"account", "add"}, stage.environment());
  program.wait_for("QR code? [1]");
  program.type("1\n");
  program.wait_for("country code:");
  program.type(fmt::format("+{}\n", support::kPeople[1].phone));
  program.wait_for("Code:");
  program.type(fmt::format("{}\n", support::kLoginCode));
  program.wait_for("password");
  EXPECT_TRUE(program.hides_typing());
  program.type(fmt::format("{}\n", support::kPeople[1].password));
  program.wait_for("Added Bob");
  EXPECT_EQ(program.wait(), 0);
  stage.keep_log(program.screen());
  EXPECT_THAT(program.screen(), Not(HasSubstr(std::string(support::kPeople[1].password))));
}

TEST_F(TerminalLogin, QrIsDrawnAndScanned) {
  TerminalProgram program(support::programs().tgpanel, {"account", "add"}, stage.environment());
  program.wait_for("QR code? [1]");
  program.type("2\n");
  program.wait_for("▀");
  program.wait_for("Ctrl+C cancels");
  const auto& screen = program.screen();
  const auto at = screen.find("tg://login?token=");
  ASSERT_NE(at, std::string::npos);
  const auto link = screen.substr(at, screen.find_first_of("\r\n", at) - at);
  stage.world().scan_qr(stage.town().accounts[0], link);
  program.wait_for("Added Alice");
  EXPECT_EQ(program.wait(), 0);
  stage.keep_log(program.screen());
}

TEST_F(TerminalLogin, CtrlCCancelsAndNothingIsLeft) {
  TerminalProgram program(support::programs().tgpanel, {"account", "add"}, stage.environment());
  program.wait_for("QR code? [1]");
  program.type("1\n");
  program.wait_for("country code:");
  program.type(fmt::format("+{}\n", support::kPeople[0].phone));
  program.wait_for("Code:");
  program.type("\x03");
  program.wait_for("Cancelled");
  EXPECT_EQ(program.wait(), 130);
  stage.keep_log(program.screen());
  EXPECT_EQ(folders(), 0U);
  EXPECT_THAT(list(), HasSubstr("no accounts"));
}

TEST_F(TerminalLogin, CtrlCCancelsAlsoWhileTelegramDoesNotAnswer) {
  stage.world().fault({{"method", "auth.sendCode"}, {"times", -1}, {"drop", true}});
  const auto adding = stage.tgpanel({"account", "add", "--phone"});
  adding->send_line(fmt::format("+{}", support::kPeople[0].phone));
  stage.world().wait_until("the question to Telegram",
                           [&] { return !stage.world().calls("auth.sendCode").empty(); });
  adding->signal(SIGINT);
  EXPECT_EQ(adding->wait(), 130);
  EXPECT_THAT(adding->out(), HasSubstr("Cancelled. Nothing was added."));
  EXPECT_EQ(folders(), 0U);
}

TEST_F(TerminalLogin, AListThatDoesNotFitOnTheDiskIsAFailure) {
  const auto run = [&](const std::string& command) {
    support::Process shell(
        "/bin/sh", {"-c", fmt::format("{} {}", support::programs().tgpanel.string(), command)},
        stage.environment(), stage.folder());
    const int code = shell.wait();
    stage.keep_log(shell.err());
    return std::pair(code, shell.err());
  };
  for (const char* const list : {"account list", "keyword list", "keyword export -", "audit"}) {
    const auto [code, err] = run(std::string(list) + " > /dev/full");
    EXPECT_EQ(code, 1) << list;
    EXPECT_THAT(err, HasSubstr("not complete")) << list;
  }
  const auto [code, err] = run("keyword import - < /");
  EXPECT_EQ(code, 1);
  EXPECT_THAT(err, HasSubstr("Standard input"));
}

}  // namespace
}  // namespace e2e
