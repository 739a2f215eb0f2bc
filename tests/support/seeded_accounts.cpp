#include "support/seeded_accounts.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace support {

namespace {

constexpr int kFirst = 5'000'000;  // beside the phones of the town

// Names of every length, some equal, some of other scripts.
std::string name_of(int number) {
  switch (number % 5) {
    case 0:
      return fmt::format("Account {}", number);
    case 1:
      return "Twin";
    case 2:
      return fmt::format("\u0633\u0627\u0631\u0627 {}", number);
    case 3:
      return std::string(64, 'W');  // the longest name that Telegram takes
    default:
      return fmt::format("\U0001F468\u200D\U0001F469\u200D\U0001F467 {}", number);
  }
}

}  // namespace

std::vector<std::int64_t> seed_accounts(Stage& stage, int count) {
  std::vector<std::int64_t> users;
  for (int number = 0; number < count; ++number) {
    const auto phone = fmt::format("1555{:07}", kFirst + number);  // as seed_sessions has it
    users.push_back(stage.world().add_user(phone, name_of(number)));
    stage.world().set_login_code(phone, kLoginCode);
  }
  const auto& environment = stage.environment();
  const std::string& proxy = environment.at("TGPANEL_PROXY");
  const std::filesystem::path build = TGPANEL_BUILD_DIR;
  Process seeding(build / "tests/sessions/seed_sessions",
                  {"--folder", stage.data().string(), "--key", environment.at("TGPANEL_KEY_FILE"),
                   "--library", programs().library.string(), "--socks",
                   proxy.substr(proxy.rfind(':') + 1), "--first", std::to_string(kFirst), "--code",
                   std::string(kLoginCode), "--accounts", std::to_string(count)},
                  environment, stage.folder());
  const int code = seeding.wait(std::chrono::seconds(120));
  stage.keep_log(seeding.out() + seeding.err());
  if (code != 0) {
    throw std::runtime_error(fmt::format("seed_sessions:\n{}", seeding.err()));
  }
  return users;
}

}  // namespace support
