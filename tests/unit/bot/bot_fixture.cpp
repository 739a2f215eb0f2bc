#include "bot_fixture.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <fstream>

namespace tgpanel::bot {

BotTest::BotTest()
    : folder(std::filesystem::temp_directory_path() / ("tgpanel-bot-" + random_hex(8))) {
  options.folder = folder;
  options.database_key = Secret(std::string(32, 'k'));
  options.token = Secret("42:good");
  options.admins = {kAdmin, kOther};
  options.channel = kChannel;
  options.rates = Rates{.private_chat = {},
                        .channel = {},
                        .total = {},
                        .card_gap = Millis{0},
                        .notice_settle = Millis{0}};
}

BotTest::~BotTest() {
  if (bot) stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

void BotTest::settle() {
  io.restart();
  while (io.poll() > 0) {
  }
}

Result<void> BotTest::start() {
  bot = std::make_unique<Bot>(io.get_executor(), telegram, clock, options);
  return run(bot->start());
}

void BotTest::stop() {
  bool stopped = false;
  asio::co_spawn(io, bot->stop(), [&](const std::exception_ptr&) { stopped = true; });
  settle();
  EXPECT_TRUE(stopped);
  bot.reset();
  settle();
}

void BotTest::send_file(std::string_view content, std::int64_t size) {
  const auto path = folder / "documents" / "keywords.txt";
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
  telegram.send_file(kAdmin, path.string(),
                     size == 0 ? static_cast<std::int64_t>(content.size()) : size);
  settle();
}

void BotTest::press(const std::string& label, UserId who) {
  const auto& messages = telegram.chats[who];
  const auto found = std::find_if(messages.rbegin(), messages.rend(), [&](const auto& entry) {
    return FakeTelegram::draw(entry.second).find("[" + label + "]") != std::string::npos;
  });
  if (found == messages.rend()) {
    ADD_FAILURE() << "no button " << label << " in:\n" << shown(who);
    return;
  }
  EXPECT_TRUE(telegram.press(who, who, found->first, label));
  settle();
}

}  // namespace tgpanel::bot
