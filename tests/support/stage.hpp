#pragma once
// A stage for end-to-end tests: a data centre in this process, a small town in it, and the real
// panel program with the real TDLib beside it.

#include "support/admin_chat.hpp"
#include "support/process.hpp"
#include "testdc/control/driver.hpp"
#include "testdc/data_centre.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace support {

/// A folder that goes away with its owner.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Where the build has put what the tests start.
struct Programs {
  std::filesystem::path tgpanel;
  std::filesystem::path testdc;
  std::filesystem::path library;        // the patched copy of libtdjson
  std::filesystem::path loopback_only;  // to be preloaded: no connection leaves this machine
  std::filesystem::path key;            // the data centre's private key
  std::filesystem::path schema;
};

Programs programs();

inline constexpr std::string_view kBotToken = "7000001:e2e-bot-token-0123456789abcdefghijk";
inline constexpr std::string_view kApiHash = "0123456789abcdef0123456789abcdef";

/// The people and chats that every test finds.
struct Town {
  std::int64_t bot = 0;                // @panel_test_bot
  std::int64_t admin = 0;              // Dana, not one of our accounts
  std::int64_t stranger = 0;           // Mallory
  std::int64_t writer = 0;             // Walter, writes in the groups
  std::vector<std::int64_t> accounts;  // Alice, Bob, Carol: phones kPhones
  std::int64_t channel = 0;            // "Alerts", the bot and Dana are its admins
  std::int64_t market = 0;             // supergroup "Market" (@market), Walter and all accounts
};

struct Person {
  std::string_view phone;
  std::string_view name;
  std::string_view password;
};

inline constexpr Person kPeople[] = {{"15550000001", "Alice", ""},
                                     {"15550000002", "Bob", "bob's second factor"},
                                     {"15550000003", "Carol", ""}};
inline constexpr std::string_view kLoginCode = "24680";

/// Builds the town in any data centre.
Town build_town(testdc::Driver& world);

/// The environment of a panel that talks to a data centre behind `socks_port`, and to nobody beyond
/// this machine. Throws std::runtime_error when the library that sees to it is missing.
Environment panel_environment(const Town& town, std::uint16_t socks_port,
                              const std::filesystem::path& folder);

class Stage {
 public:
  Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  ~Stage();

  [[nodiscard]] testdc::Driver& world() { return world_; }

  [[nodiscard]] const Town& town() const { return town_; }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }

  [[nodiscard]] Environment& environment() { return environment_; }

  /// Of every `tgpanel` that is started from now on; none: the test's own.
  void limit_open_files(std::optional<OpenFiles> limit) { open_files_ = limit; }

  /// Starts `tgpanel run` and waits until it says that it is ready.
  Process& start();
  /// Starts `tgpanel` with any arguments and waits for nothing. Killed with its last owner.
  std::shared_ptr<Process> tgpanel(const std::vector<std::string>& arguments);

  /// What a program wrote that the test started by itself.
  void keep_log(std::string log) { ended_->push_back(std::move(log)); }

  [[nodiscard]] Process& panel() { return *panel_; }

  /// SIGTERM; the exit code.
  int stop();
  /// SIGKILL.
  void kill();

  /// Logs kPeople[index] in through `tgpanel account add` (the panel must not be running).
  void add_account(std::size_t index);
  void add_accounts(std::size_t count);

  // The admin's chat with the bot (see AdminChat).
  void say(std::string_view text) { admin_.say(text); }

  void send(testdc::Json what) { admin_.send(std::move(what)); }

  testdc::PressAnswer press(std::string_view button) { return admin_.press(button); }

  /// A press that leads the panel to a crash point, which it may reach before its answer to the
  /// press has left. Returns how the panel ended.
  int press_to_crash(std::string_view button);

  testdc::SeenMessage wait_bot(std::string_view text,
                               std::chrono::milliseconds deadline = std::chrono::seconds(20)) {
    return admin_.wait(text, deadline);
  }

  void scan_qr(std::int64_t user) { admin_.scan_qr(user); }

  /// The messages of the alert channel that are alerts (posts of the bot with a keyboard).
  std::vector<testdc::SeenMessage> alerts();

  /// Methods that this test knows the data centre to refuse.
  void allow_unknown(std::string method) { allowed_unknown_.push_back(std::move(method)); }

  /// Complaints with this text are what the test asks for.
  void allow_complaint(std::string text) { allowed_complaints_.push_back(std::move(text)); }

  /// What is wrong at the end of a test: unknown methods, TDLib's warnings about malformed data
  /// (in any program that the stage has started, and in the test itself), connections that would
  /// have left this machine.
  std::vector<std::string> complaints();

 private:
  TempFolder folder_;
  testdc::DataCentre dc_;
  testdc::Driver world_;
  Town town_;
  Environment environment_;
  std::optional<OpenFiles> open_files_;
  AdminChat admin_;
  std::shared_ptr<Process> panel_;
  std::vector<std::weak_ptr<Process>> started_;
  // The logs of those that have no owner any more; they may outlive the stage.
  std::shared_ptr<std::vector<std::string>> ended_ = std::make_shared<std::vector<std::string>>();
  std::size_t own_log_from_;  // where this process's log was when the stage was made
  std::vector<std::string> allowed_unknown_;
  std::vector<std::string> allowed_complaints_;
};

}  // namespace support
