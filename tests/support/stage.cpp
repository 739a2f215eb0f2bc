#include "support/stage.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace support {

namespace fs = std::filesystem;

TempFolder::TempFolder() {
  std::string pattern = (fs::temp_directory_path() / "tgpanel-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Programs programs() {
  const fs::path build = TGPANEL_BUILD_DIR;
  return {.tgpanel = build / "src/app/tgpanel",
          .testdc = build / "testdc/testdc",
          .library = build / "testdc/libtdjson.so",
          .loopback_only = build / "tests/e2e/libloopback_only.so",
          .key = build / "testdc/key.pem",
          .schema = TGPANEL_SCHEMA_DIR};
}

Town build_town(testdc::Driver& world) {
  Town town;
  town.bot = world.add_bot(kBotToken, "Panel", "panel_test_bot");
  town.admin = world.add_user("15550000100", "Dana", "dana");
  town.stranger = world.add_user("15550000101", "Mallory", "mallory");
  town.writer = world.add_user("15550000102", "Walter", "walter");
  for (const Person& person : kPeople) {
    town.accounts.push_back(world.add_user(person.phone, person.name, "", person.password,
                                           person.password.empty() ? "" : "a hint"));
    world.set_login_code(person.phone, kLoginCode);
  }
  town.channel = world.add_chat("channel", "Alerts", "", {town.admin});
  world.add_member("Alerts", town.bot, true);
  std::vector<std::int64_t> members{town.writer};
  members.insert(members.end(), town.accounts.begin(), town.accounts.end());
  town.market = world.add_chat("supergroup", "Market", "market", members);
  return town;
}

Environment panel_environment(const Town& town, std::uint16_t socks_port, const fs::path& folder) {
  const fs::path key = folder / "master.key";
  if (!fs::exists(key)) {
    std::ofstream(key) << std::string(64, 'a') << '\n';
    ::chmod(key.c_str(), 0400);
  }
  Environment environment{{"PATH", "/usr/bin:/bin"},
                          {"HOME", folder.string()},
                          {"API_ID", "12345"},
                          {"API_HASH", std::string(kApiHash)},
                          {"BOT_TOKEN", std::string(kBotToken)},
                          {"ADMIN_ID", std::to_string(town.admin)},
                          {"CHANNEL_ID", fmt::format("-100{}", town.channel)},
                          {"REPORT_CHECK_BOT", "none"},
                          {"TGPANEL_DATA_DIR", (folder / "data").string()},
                          {"TGPANEL_KEY_FILE", key.string()},
                          {"TGPANEL_TDJSON", programs().library.string()},
                          {"TGPANEL_PROXY", fmt::format("socks5://127.0.0.1:{}", socks_port)},
                          {"TGPANEL_TEST_DC", "1"},
                          {"TGPANEL_LANG", "en"},
                          {"TGPANEL_TZ", "UTC"},
                          {"TGPANEL_LOG_LEVEL", "debug"},
                          {"TGPANEL_LOG_FORMAT", "json"}};
  for (const char* name : {"TSAN_OPTIONS", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) environment[name] = value;
  }
  return environment;
}

namespace {

testdc::Options options() {
  const Programs here = programs();
  return {.schema_folder = here.schema, .rsa_key = here.key, .control_http = false};
}

}  // namespace

Stage::Stage()
    : dc_(options()),
      world_(testdc::Driver::local(dc_)),
      town_(build_town(world_)),
      environment_(panel_environment(town_, dc_.socks_port(), folder_.path())),
      admin_(world_, town_.admin, town_.bot) {}

Stage::~Stage() = default;

std::unique_ptr<Process> Stage::tgpanel(const std::vector<std::string>& arguments) {
  return std::make_unique<Process>(programs().tgpanel, arguments, environment_, folder_.path());
}

Process& Stage::start() {
  if (panel_) logs_.push_back(panel_->err());
  panel_ = tgpanel({"run"});
  panel_->wait_line("tgpanel: ready");
  return *panel_;
}

int Stage::stop() {
  return panel_->terminate();
}

void Stage::kill() {
  panel_->kill();
}

int Stage::press_to_crash(std::string_view button) {
  try {
    admin_.press(button, std::chrono::seconds(1));
  } catch (const std::runtime_error& error) {
    logs_.push_back(fmt::format("killed before it could answer the press: {}", error.what()));
  }
  return panel_->wait();
}

void Stage::add_account(std::size_t index) {
  const Person& person = kPeople[index];
  const auto adding = tgpanel({"account", "add", "--phone"});
  adding->send_line(fmt::format("+{}", person.phone));
  adding->send_line(kLoginCode);
  if (!person.password.empty()) adding->send_line(person.password);
  const int code = adding->wait();
  logs_.push_back(adding->err());
  if (code != 0) {
    throw std::runtime_error(
        fmt::format("account add ended with {}:\n{}{}", code, adding->out(), adding->err()));
  }
}

void Stage::add_accounts(std::size_t count) {
  for (std::size_t index = 0; index < count; ++index) add_account(index);
}

std::vector<testdc::SeenMessage> Stage::alerts() {
  auto posts = world_.messages("Alerts");
  std::erase_if(posts, [](const auto& post) { return post.keyboard.empty(); });
  return posts;
}

namespace {

bool has(const std::string& line, std::string_view part) {
  return line.find(part) != std::string::npos;
}

// Every error of TDLib's, and of its warnings those about data; the others tell of connections.
bool is_td_complaint(const std::string& line) {
  // Of white space alone, which no client can send: a person of ours may.
  if (has(line, "Receive empty message text")) return false;
  if (has(line, "Your account was banned")) return false;  // a fault that a test asks for
  if (has(line, "TDLib: [ 0]") || has(line, "TDLib: [ 1]")) return true;
  return has(line, "TDLib: [ 2]") &&
         (has(line, "Receive") || has(line, "have changed") || has(line, "has changed") ||
          has(line, "Failed to fetch") || has(line, "Failed to parse") || has(line, "Wrong"));
}

}  // namespace

std::vector<std::string> Stage::complaints() {
  std::vector<std::string> found;
  const testdc::Json unknown = world_.unknown_methods();  // lives as long as its items
  for (const auto& [method, times] : unknown.items()) {
    if (std::ranges::find(allowed_unknown_, method) == allowed_unknown_.end()) {
      found.push_back(
          fmt::format("the data centre does not know {} ({} calls)", method, times.dump()));
    }
  }
  for (const auto& trouble : world_.troubles()) {
    found.push_back(fmt::format("the data centre failed: {}", trouble));
  }
  const testdc::Json audit = world_.bot_audit();
  for (const auto& breach : audit.at("breaches")) {
    found.push_back(
        fmt::format("the bot broke a limit of Telegram's: {}", breach.get<std::string>()));
  }
  if (panel_) logs_.push_back(panel_->err());
  for (const std::string& log : logs_) {
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
      const bool allowed = std::ranges::any_of(
          allowed_complaints_, [&](const std::string& text) { return has(line, text); });
      if (is_td_complaint(line) && !allowed) found.push_back(line);
    }
  }
  return found;
}

}  // namespace support
