#include "support/stage.hpp"

#include "support/complaint.hpp"
#include "support/tdlib.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <exception>
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

namespace {

// The loader passes over a library that is not there, with no more than a line.
void preload_guard(Environment& environment) {
  const fs::path guard = programs().loopback_only;
  if (!fs::exists(guard)) throw std::runtime_error(fmt::format("{} is missing", guard.string()));
  environment["LD_PRELOAD"] = guard.string();
#ifdef __SANITIZE_ADDRESS__
  // The guard comes before the runtime, which minds, and needs nothing of it.
  environment["ASAN_OPTIONS"] += ":verify_asan_link_order=0";
#endif
}

}  // namespace

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
  preload_guard(environment);
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
      admin_(world_, town_.admin, town_.bot),
      own_log_from_(td_log().size()) {}

Stage::~Stage() = default;

std::shared_ptr<Process> Stage::tgpanel(const std::vector<std::string>& arguments) {
  auto process = std::make_unique<Process>(programs().tgpanel, arguments, environment_,
                                           folder_.path(), open_files_);
  const auto end = [ended = ended_](Process* last) {
    const std::unique_ptr<Process> owner(last);
    try {
      if (last->running()) last->kill();
      last->wait();  // for the last of its lines
    } catch (const std::exception& problem) {
      ended->push_back(problem.what());
    }
    ended->push_back(last->err());
  };
  std::shared_ptr<Process> shared(process.release(), end);
  started_.push_back(shared);
  return shared;
}

Process& Stage::start() {
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
  } catch (const std::runtime_error&) {  // NOLINT(bugprone-empty-catch): killed before its answer
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
  std::vector<std::string> logs = *ended_;
  for (const auto& started : started_) {
    if (const auto process = started.lock()) logs.push_back(process->err());
  }
  logs.push_back(td_log().substr(own_log_from_));
  for (const std::string& log : logs) {
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
      const bool allowed = std::ranges::any_of(
          allowed_complaints_, [&](const std::string& text) { return has(line, text); });
      if (is_complaint(line) && !allowed) found.push_back(line);
    }
  }
  return found;
}

}  // namespace support
