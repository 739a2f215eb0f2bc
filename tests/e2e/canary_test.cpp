// Secrets are planted, and searched for in every byte that the panel leaves: its output, its files,
// its arguments, what it writes to people. What others of its user may look at is tested too.

#include "support/canary.hpp"

#include "login_fixture.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
namespace fs = std::filesystem;

/// Numbers and words that nothing else says. Telegram's codes are shorter, but a short one would be
/// found by chance in other numbers.
struct Someone {
  std::string_view phone;  // as Telegram has it
  std::string_view typed;  // as a person types it
  std::string_view name;
  std::string_view code;
  std::string_view password;
};

constexpr Someone kByTerminal{"15559273618", "+1 555 927-3618", "Teresa", "0592716384",
                              "teresa's-canary-9Zq2"};
constexpr Someone kByBot{"15558314072", "+1 (555) 831 4072", "Bertha", "0846203917",
                         "bertha's-canary-7Xw4"};
constexpr std::string_view kWrongCode = "0317492685";
constexpr std::string_view kWrongPassword = "mistyped-canary-5Kd8";
constexpr std::string_view kApiHash = "5ca1ab1e0ddba11c0ffee0b5e55edca7";
constexpr std::string_view kOtherToken = "7000999:AAcanary-of-a-token-nobody-knows-31";
constexpr std::string_view kProxyPassword = "canary-of-a-proxy-6Lm3";

std::string after_colon(std::string_view token) {
  return std::string(token.substr(token.find(':') + 1));
}

class Canary : public LoginTest {
 protected:
  Canary() : umask_before_(::umask(0)) {
    // What the panel does not do itself would show.
    rlimit core{};
    ::getrlimit(RLIMIT_CORE, &core);
    core_before_ = core;
    core.rlim_cur = core.rlim_max;
    ::setrlimit(RLIMIT_CORE, &core);

    auto& environment = stage.environment();
    environment["API_HASH"] = kApiHash;
    environment["TGPANEL_LOG_LEVEL"] = "trace";
    environment["TGPANEL_PACE_SCALE"] = "50";
    environment["TMPDIR"] = (stage.folder() / "tmp").string();
    fs::create_directory(stage.folder() / "tmp");
  }

  Canary(const Canary&) = delete;
  Canary& operator=(const Canary&) = delete;

  ~Canary() override {
    ::umask(umask_before_);
    ::setrlimit(RLIMIT_CORE, &core_before_);
  }

  void plant() {
    canaries_.plant("API_HASH", kApiHash);
    canaries_.plant("BOT_TOKEN", after_colon(support::kBotToken));
    canaries_.plant("a refused BOT_TOKEN", after_colon(kOtherToken));
    canaries_.plant("a password of a proxy, a passphrase", kProxyPassword);
    canaries_.plant("a wrong code", kWrongCode);
    canaries_.plant("a wrong password", kWrongPassword);
    for (const auto& who : {kByTerminal, kByBot}) {
      canaries_.plant(fmt::format("the code of {}", who.name), who.code);
      canaries_.plant(fmt::format("the password of {}", who.name), who.password);
      canaries_.plant(fmt::format("the phone of {}", who.name), who.phone.substr(1));
      canaries_.plant(fmt::format("the phone of {}, typed", who.name), who.typed.substr(3));
      const auto id = stage.world().add_user(who.phone, who.name, "", who.password, "a hint");
      stage.world().set_login_code(who.phone, who.code);
      (who.name == kByBot.name ? by_bot_ : by_terminal_) = id;
    }
  }

  /// The panel makes the master key itself, in the folder of its configuration.
  void let_it_make_its_key() {
    stage.environment().erase("TGPANEL_KEY_FILE");
    key_file_ = stage.folder() / ".config/tgpanel/master.key";
  }

  void plant_key() {
    const auto hex = support::bytes_of(key_file_).substr(0, 64);
    ASSERT_THAT(hex, SizeIs(64));
    std::string bytes;
    for (std::size_t at = 0; at < hex.size(); at += 2) {
      bytes += static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16));
    }
    canaries_.plant("the master key", bytes);
    EXPECT_THAT(canaries_.in("its file", support::bytes_of(key_file_)), SizeIs(1))
        << "the search finds what is there";
  }

  /// What a process said, and the arguments it runs with.
  void look_at(std::string_view name, support::Process& process) {
    if (process.running()) {
      const auto arguments = support::bytes_of(fmt::format("/proc/{}/cmdline", process.pid()));
      EXPECT_THAT(arguments, HasSubstr("tgpanel"));
      EXPECT_THAT(canaries_.in(fmt::format("the arguments of {}", name), arguments), IsEmpty());
    }
    EXPECT_THAT(canaries_.in(fmt::format("standard output of {}", name), process.out()), IsEmpty());
    EXPECT_THAT(canaries_.in(fmt::format("standard error of {}", name), process.err()), IsEmpty());
  }

  void look_at_disk(std::string_view when) {
    SCOPED_TRACE(when);
    EXPECT_TRUE(fs::exists(stage.data() / "panel.db"));
    // Everything: its data and its configuration, its home, its working and its temporary folder.
    EXPECT_THAT(canaries_.below(stage.folder(), {key_file_}), IsEmpty());
    EXPECT_THAT(support::open_entries(stage.data()), IsEmpty());
    EXPECT_THAT(support::open_entries(key_file_.parent_path()), IsEmpty());
  }

  /// A command that is to end with this code, from first to last.
  std::string run(const std::vector<std::string>& arguments, int code) {
    const auto process = stage.tgpanel(arguments);
    EXPECT_EQ(process->wait(), code) << process->err();
    const auto name = fmt::format("tgpanel {}", fmt::join(arguments, " "));
    look_at(name, *process);
    return process->out() + process->err();
  }

  /// A start with these settings instead of the right ones; what it said.
  std::string run_with(const support::Environment& wrong, const std::vector<std::string>& arguments,
                       int code) {
    const auto right = stage.environment();
    for (const auto& [name, value] : wrong) stage.environment()[name] = value;
    auto said = run(arguments, code);
    stage.environment() = right;
    return said;
  }

  void log_in_at_the_terminal() {
    const auto adding = stage.tgpanel({"account", "add", "--phone"});
    for (const std::string_view line :
         {kByTerminal.typed, kWrongCode, kByTerminal.code, kWrongPassword}) {
      adding->send_line(line);
    }
    adding->wait_line("password. Try again");
    plant_key();
    look_at("tgpanel account add", *adding);
    adding->send_line(kByTerminal.password);
    EXPECT_EQ(adding->wait(), 0) << adding->err();
    look_at("tgpanel account add", *adding);
  }

  void begin_in_the_bot() {
    begin_typed(kByBot.typed);
    stage.wait_bot("login code");
  }

  /// As somebody does who gets everything wrong at first.
  void log_in_in_the_bot() {
    begin_in_the_bot();
    key_in(kWrongCode);
    stage.wait_bot("not the code");
    stage.say(fmt::format("the code is {}", kByBot.code));
    stage.wait_bot("do not send the code");
    key_in(kByBot.code);
    stage.wait_bot("two-step verification");
    stage.say(kWrongPassword);
    stage.wait_bot("not the account's");
    look_at_disk("while a login waits for the password");
    stage.say(kByBot.password);
    stage.wait_bot("Account added");
  }

  /// Telegram writes the code to the session that is there, which the panel reads with its other
  /// chats.
  void log_the_same_in_again() {
    begin_in_the_bot();
    key_in(kByBot.code);
    stage.wait_bot("two-step verification");
    stage.say(kByBot.password);
    stage.wait_bot("already");
    stage.world().wait_until("the second session to be logged out",
                             [&] { return stage.world().sessions(by_bot_).size() == 1; });
  }

  /// What the bot wrote, to the admin and to the channel.
  void look_at_the_chats() {
    std::size_t seen = 0;
    const auto look = [&](const testdc::SeenMessage& message) {
      auto texts = message.past_texts;
      texts.push_back(message.text);
      for (const auto& text : texts) EXPECT_THAT(canaries_.in(text, text), IsEmpty());
      ++seen;
    };
    for (const auto& message :
         stage.world().messages(std::string(words::kBotName), stage.town().admin)) {
      if (message.sender_id == stage.town().bot) {
        look(message);
      } else if (!message.deleted) {
        EXPECT_THAT(message.text, AllOf(Not(HasSubstr(std::string(kByBot.code))),
                                        Not(HasSubstr(std::string(kByBot.password))),
                                        Not(HasSubstr(std::string(kWrongPassword)))));
      }
    }
    for (const auto& message : stage.world().messages("Alerts")) look(message);
    EXPECT_GT(seen, 10U);
  }

  support::Canaries canaries_;
  fs::path key_file_;
  std::int64_t by_terminal_ = 0;
  std::int64_t by_bot_ = 0;

 private:
  mode_t umask_before_;
  rlimit core_before_{};
};

TEST_F(Canary, NoSecretIsInOutputFilesArgumentsOrMessages) {
  plant();
  let_it_make_its_key();
  log_in_at_the_terminal();
  look_at_disk("after a login in the terminal");

  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press(words::kMonitorMode);
  stage.press(words::kAddKeyword);
  stage.wait_bot("Send the keyword");
  stage.say("code");  // as in Telegram's own messages with login codes
  stage.wait_bot("Added the keyword");
  log_in_in_the_bot();
  log_the_same_in_again();
  look_at("the panel", stage.panel());
  const auto backup = (stage.folder() / "panel.backup").string();
  EXPECT_THAT(run({"backup", "create", backup}, 0), HasSubstr("2 accounts"));
  look_at_disk("while the panel runs, with its backup");
  stage.kill();
  look_at("the panel that was killed", stage.panel());
  look_at_disk("after a kill");

  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("2 active"));
  look_at("the panel that was started again", stage.panel());
  EXPECT_EQ(stage.stop(), 0);
  look_at("the panel that was stopped", stage.panel());
  look_at_the_chats();

  EXPECT_THAT(run({"account", "list"}, 0), HasSubstr("Bertha"));
  EXPECT_THAT(run({"account", "list", "--json"}, 0), HasSubstr("Teresa"));
  run({"audit"}, 0);
  run({"doctor"}, 0);
  EXPECT_THAT(run({"backup", "verify", backup}, 0), HasSubstr("is whole"));
  const auto restored = (stage.folder() / "restored").string();
  run({"backup", "restore", backup, "--data-dir", restored}, 0);
  EXPECT_THAT(run({"run", "--data-dir", restored}, 79), HasSubstr("backup confirm"));
  EXPECT_THAT(support::open_entries(restored), IsEmpty());
  look_at_disk("at the end");
}

TEST_F(Canary, NoWrongSettingRepeatsASecret) {
  plant();
  let_it_make_its_key();
  const auto token = std::string(support::kBotToken);
  const auto hash = std::string(kApiHash);
  EXPECT_THAT(run_with({{"BOT_TOKEN", std::string(kOtherToken)}}, {"run"}, 78),
              AllOf(HasSubstr("Telegram"), HasSubstr("@BotFather")));
  plant_key();
  const auto key = support::bytes_of(key_file_).substr(0, 64);
  EXPECT_THAT(run_with({{"BOT_TOKEN", token + "!"},
                        {"API_HASH", hash + "0"},
                        {"TGPANEL_PROXY", fmt::format("socks5://me:{}@nowhere", kProxyPassword)}},
                       {"run"}, 78),
              AllOf(HasSubstr("BOT_TOKEN"), HasSubstr("API_HASH"), HasSubstr("TGPANEL_PROXY")));
  // Each secret in the place of everything else, and where the name of its file belongs.
  for (const auto& value :
       {token, hash, key, std::string(kByBot.typed), fmt::format("+{}", kByBot.phone)}) {
    support::Environment misplaced;
    for (const std::string_view setting :
         {"API_ID", "ADMIN_ID", "CHANNEL_ID", "REPORT_CHECK_BOT", "TGPANEL_TDJSON", "TGPANEL_PROXY",
          "TGPANEL_TEST_DC", "TGPANEL_KEY_FILE", "TGPANEL_PASSPHRASE_FILE", "TGPANEL_LANG",
          "TGPANEL_TZ", "TGPANEL_PACE_SCALE", "TGPANEL_LOG_LEVEL", "TGPANEL_LOG_FORMAT"}) {
      misplaced.emplace(setting, value);
    }
    for (const std::string setting : {"API_HASH", "BOT_TOKEN"}) {
      misplaced[setting] = "";
      misplaced[setting + "_FILE"] = value;
    }
    for (const std::string command : {"run", "doctor"}) {
      const auto said = run_with(misplaced, {command}, 78);
      for (const auto& [setting, nothing] : misplaced) EXPECT_THAT(said, HasSubstr(setting));
    }
  }
  // A passphrase, which has no shape.
  EXPECT_THAT(run_with({{"TGPANEL_PASSPHRASE_FILE", std::string(kProxyPassword)}}, {"run"}, 78),
              HasSubstr("TGPANEL_PASSPHRASE_FILE"));
  // A flag that there is not.
  const auto process = stage.tgpanel({"run", "--bot-token", token, "--api-hash=" + hash});
  EXPECT_EQ(process->wait(), 2);
  EXPECT_THAT(canaries_.in("the refusal", process->out() + process->err()), IsEmpty());
  look_at_disk("after wrong settings");
}

TEST_F(Canary, NeitherCoreDumpsNorFilesOfOthers) {
  start();
  const auto status = support::bytes_of(fmt::format("/proc/{}/status", stage.panel().pid()));
  EXPECT_THAT(status, HasSubstr("Umask:\t0077"));
  const auto limits = support::bytes_of(fmt::format("/proc/{}/limits", stage.panel().pid()));
  EXPECT_TRUE(std::regex_search(limits, std::regex("Max core file size +0 +0 +bytes"))) << limits;
  EXPECT_THAT(support::open_entries(stage.data()), IsEmpty());
  EXPECT_EQ(stage.stop(), 0);
}

/// A program as its user runs it: root without the rights that make him more than a user.
std::unique_ptr<support::Process> as_its_user(const fs::path& program,
                                              std::vector<std::string> arguments,
                                              const support::Environment& environment,
                                              const fs::path& folder) {
  if (::geteuid() != 0) {
    return std::make_unique<support::Process>(program, arguments, environment, folder);
  }
  arguments.insert(arguments.begin(),
                   {"--bounding-set", "-all", "--inh-caps", "-all", program.string()});
  return std::make_unique<support::Process>("/usr/bin/setpriv", arguments, environment, folder);
}

TEST_F(Canary, AnotherProcessOfItsUserSeesNeitherEnvironmentNorMemory) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the leak check of the sanitizer has to trace the process";
#endif
  const auto look = [&](const support::Process& at, std::string_view file) {
    const auto reading =
        as_its_user("/bin/head", {"--bytes=64", fmt::format("/proc/{}/{}", at.pid(), file)}, {},
                    stage.folder());
    reading->wait();
    return reading->out() + reading->err();
  };
  const support::Environment planted{{"CANARY", "sings"}};
  const auto open =
      as_its_user("/bin/sh", {"-c", "echo started; read line"}, planted, stage.folder());
  open->wait_line("started");
  ASSERT_THAT(look(*open, "environ"), HasSubstr("CANARY=sings")) << "what any process shows";

  const auto panel =
      as_its_user(support::programs().tgpanel, {"run"}, stage.environment(), stage.folder());
  panel->wait_line("tgpanel: ready");
  for (const std::string_view file : {"environ", "mem", "maps", "auxv"}) {
    EXPECT_THAT(look(*panel, file), HasSubstr("Permission denied")) << file;
  }
  EXPECT_EQ(panel->terminate(), 0);
}

// The search itself: what it does not find, no test above would.
TEST(Canaries, AreFoundInEveryForm) {
  support::Canaries canaries;
  canaries.plant("secret", "\xffnightingale?");
  EXPECT_THAT(canaries.in("here",
                          "an \xffnightingale, and \xff"
                          "nightingal?"),
              IsEmpty());
  for (const std::string_view text :
       {"<\xffnightingale?>", "x=ff6e69676874696e67616c653f", "FF6E69676874696E67616C653F.",
        // printf '\xffnightingale?...' | base64, with none, one and two bytes before it
        "/25pZ2h0aW5nYWxlPyEhIQ==", "eP9uaWdodGluZ2FsZT8hISE=", "eHj/bmlnaHRpbmdhbGU/ISEh",
        "_25pZ2h0aW5nYWxlPyEhIQ", "eHj_bmlnaHRpbmdhbGU_ISEh"}) {
    EXPECT_THAT(canaries.in("here", text), Not(IsEmpty())) << text;
  }
}

}  // namespace
}  // namespace e2e
