#include "app/setting_values.hpp"

#include "base/text.hpp"

#include <fmt/core.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <system_error>

namespace tgpanel::app {

namespace fs = std::filesystem;

namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The value in a sentence, shortened: a pasted page must not fill the screen.
std::string shown(std::string_view value) {
  return fmt::format("\"{}\"", cut_utf16(valid_utf8(value) ? value : "?", 60, true));
}

template <class T>
std::optional<T> whole_number(std::string_view text) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Telegram's rule for public names: 4 to 32 letters, digits and underscores, a letter first.
bool is_username(std::string_view name) {
  return name.size() >= 4 && name.size() <= 32 && letter(name.front()) &&
         std::ranges::all_of(name, [](char c) { return letter(c) || digit(c) || c == '_'; });
}

// td_api chat ids: -1000000000000 - (1 ... 997852516352) for channels and supergroups,
// -(1 ... 999999999999) for basic groups. Source: TDLib, ChannelId.h and ChatId.h.
constexpr std::int64_t kZeroChannel = -1'000'000'000'000;
constexpr std::int64_t kMaxChannel = 997'852'516'352;
// Telegram promises that user ids fit in 52 bits.
constexpr std::int64_t kMaxUser = (std::int64_t{1} << 52) - 1;

Problem file_problem(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status))
    return fmt::format("names {}, which does not exist", shown(file.string()));
  if (!fs::is_regular_file(status))
    return fmt::format("names {}, which is no file", shown(file.string()));
  return std::nullopt;
}

Problem take_file(std::string_view value, std::optional<fs::path>& into) {
  const fs::path file(value);
  if (auto problem = file_problem(file)) return problem;
  std::error_code error;
  into = fs::absolute(file, error);
  return std::nullopt;
}

// One of a few words, in any case.
template <class T, std::size_t N>
Problem take_word(std::string_view value,
                  const std::array<std::pair<std::string_view, T>, N>& words, T& into) {
  const auto wanted = ascii_lower(value);
  std::string expected;
  for (const auto& [word, meaning] : words) {
    if (word == wanted) {
      into = meaning;
      return std::nullopt;
    }
    expected += fmt::format("{}{}", expected.empty() ? "" : ", ", word);
  }
  return fmt::format("is {}; one of these is expected: {}", shown(value), expected);
}

Problem take_number(std::string_view value, int least, int most, int& into) {
  int number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < least ||
      number > most) {
    return fmt::format("is {}; a whole number from {} to {} is expected", shown(value), least,
                       most);
  }
  into = number;
  return std::nullopt;
}

}  // namespace

Problem take_api_id(std::string_view value, Settings& into) {
  const auto id = whole_number<int>(value);
  if (!id || *id <= 0)
    return fmt::format("is {}; a number is expected, such as 1234567", shown(value));
  into.api_id = *id;
  return std::nullopt;
}

Problem take_api_hash(std::string_view value, Settings& into) {
  const bool hex = std::ranges::all_of(
      value, [](char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
  if (!hex || value.size() != 32) {
    return fmt::format(
        "does not look like one: 32 hexadecimal digits are expected, these are {} characters",
        value.size());
  }
  into.api_hash = Secret(std::string(value));
  return std::nullopt;
}

Problem take_bot_token(std::string_view value, Settings& into) {
  const auto colon = value.find(':');
  if (colon == std::string_view::npos) {
    return "does not look like one: it has no colon (digits, a colon and about 35 characters are "
           "expected)";
  }
  const auto id = value.substr(0, colon);
  const auto key = value.substr(colon + 1);
  const bool good_id = id.size() >= 5 && id.size() <= 16 && std::ranges::all_of(id, digit);
  const bool good_key =
      key.size() >= 30 && key.size() <= 64 && std::ranges::all_of(key, [](char c) {
        return letter(c) || digit(c) || c == '_' || c == '-';
      });
  if (!good_id) return "does not look like one: before the colon only the bot's number is expected";
  if (!good_key) {
    return "does not look like one: after the colon about 35 letters, digits, _ and - are "
           "expected; was it "
           "copied whole?";
  }
  into.bot_token = Secret(std::string(value));
  return std::nullopt;
}

Problem take_admins(std::string_view value, Settings& into) {
  std::vector<UserId> admins;
  while (!value.empty()) {
    const auto comma = std::min(value.find(','), value.size());
    const auto item = trim(value.substr(0, comma));
    value.remove_prefix(std::min(comma + 1, value.size()));
    if (item.empty()) continue;
    if (item.front() == '@') {
      return fmt::format("has {}: the number of the account is expected, not its name",
                         shown(item));
    }
    const auto id = whole_number<UserId>(item);
    if (id && *id < 0) {
      return fmt::format("has {}: that is a group or channel; the number of a person is expected",
                         shown(item));
    }
    if (!id || *id == 0 || *id > kMaxUser) {
      return fmt::format("has {}: numbers such as 123456789 are expected, separated by commas",
                         shown(item));
    }
    if (std::ranges::find(admins, *id) == admins.end()) admins.push_back(*id);
  }
  if (admins.empty()) return "names nobody: at least one number is expected";
  into.admins = std::move(admins);
  return std::nullopt;
}

Problem take_channel(std::string_view value, Settings& into) {
  if (ascii_lower(value) == "none") {
    into.channel = std::monostate{};
    return std::nullopt;
  }
  if (value.starts_with('@')) {
    if (!is_username(value.substr(1))) {
      return fmt::format("is {}; after the @ 4 to 32 letters, digits and _ are expected",
                         shown(value));
    }
    into.channel = std::string(value.substr(1));
    return std::nullopt;
  }
  if (value.find("t.me/") != std::string_view::npos || value.starts_with("tg://")) {
    const auto last = value.substr(value.rfind('/') + 1);
    if (is_username(last)) return fmt::format("is a link; write @{}", last);
    return "is a link; its id (-100...), its @name, or none is expected";
  }
  const auto id = whole_number<ChatId>(value);
  if (!id) {
    if (is_username(value))
      return fmt::format("is {}; is @{} meant? A name begins with @", shown(value), value);
    return fmt::format("is {}; an id that begins with -100, a @name, or none is expected",
                       shown(value));
  }
  if (*id > 0) {
    return fmt::format(
        "is {0}, which is the number of a person; the id of a channel has -100 in front: is "
        "-100{0} meant?",
        *id);
  }
  if (*id >= kZeroChannel) {
    // An id pasted with the minus alone.
    return fmt::format(
        "is {}, which is the id of a small group; a channel's id begins with -100: is -100{} "
        "meant?",
        *id, -*id);
  }
  if (*id < kZeroChannel - kMaxChannel)
    return fmt::format("is {}, which is no id of a channel", *id);
  into.channel = *id;
  return std::nullopt;
}

Problem take_report_check_bot(std::string_view value, Settings& into) {
  if (ascii_lower(value) == "none") {
    into.report_check_bot.clear();
    return std::nullopt;
  }
  if (!value.starts_with('@') || !is_username(value.substr(1))) {
    return fmt::format("is {}; the @name of a bot, or none is expected", shown(value));
  }
  into.report_check_bot = value.substr(1);
  return std::nullopt;
}

Problem take_data_dir(std::string_view value, Settings& into) {
  std::error_code error;
  const auto folder = fs::absolute(fs::path(value), error).lexically_normal();
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) {
    return fmt::format("names {}, which is no folder", shown(value));
  }
  if (folder == folder.root_path()) return "names the root folder; a folder of its own is expected";
  into.data_dir = folder;
  return std::nullopt;
}

Problem take_tdjson(std::string_view value, Settings& into) {
  return take_file(value, into.tdjson);
}

Problem take_proxy(std::string_view value, Settings& into) {
  if (ascii_lower(value) == "none") {
    into.proxy.reset();
    return std::nullopt;
  }
  auto proxy = telegram::parse_proxy(value);
  if (!proxy) return fmt::format("cannot be used. {}", proxy.error().message);
  into.proxy = std::move(*proxy);
  return std::nullopt;
}

Problem take_test_dc(std::string_view value, Settings& into) {
  constexpr std::array<std::pair<std::string_view, bool>, 4> kWords{
      {{"0", false}, {"1", true}, {"false", false}, {"true", true}}};
  return take_word(value, kWords, into.test_dc);
}

Problem take_messages_per_chat(std::string_view value, Settings& into) {
  int messages = 0;
  if (auto problem = take_number(value, 0, 100'000, messages)) return problem;
  into.messages_per_chat = static_cast<std::size_t>(messages);
  return std::nullopt;
}

Problem take_pace_scale(std::string_view value, Settings& into) {
  int scale = 0;
  if (auto problem = take_number(value, 1, 1'000, scale)) return problem;
  // Telegram's own limits are what the paces keep to.
  if (scale > 1 && !into.test_dc) return "is for tests only: it needs TGPANEL_TEST_DC=1";
  into.pace_scale = scale;
  return std::nullopt;
}

Problem take_key_file(std::string_view value, Settings& into) {
  return take_file(value, into.key_file);
}

// The passphrase itself may stand here, and has no shape to know it by.
Problem take_passphrase_file(std::string_view value, Settings& into) {
  if (file_problem(fs::path(value))) return "names what does not exist or is no file";
  return take_file(value, into.passphrase_file);
}

Problem take_language(std::string_view value, Settings& into) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kWords{
      {{"en", "en"}, {"fa", "fa"}}};
  std::string_view language;
  auto problem = take_word(value, kWords, language);
  if (!problem) into.language = language;
  return problem;
}

Problem take_time_zone(std::string_view value, Settings& into) {
  const std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(value))));
  if (*zone == icu::TimeZone::getUnknown()) {
    return fmt::format(
        "is {}; a name of the time zone database is expected, such as Asia/Tehran or UTC",
        shown(value));
  }
  into.time_zone = value;
  return std::nullopt;
}

Problem take_log_level(std::string_view value, Settings& into) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kWords{{{"trace", "trace"},
                                                                                 {"debug", "debug"},
                                                                                 {"info", "info"},
                                                                                 {"warn", "warn"},
                                                                                 {"error", "error"},
                                                                                 {"off", "off"}}};
  std::string_view level;
  auto problem = take_word(value, kWords, level);
  if (!problem) into.log_level = level;
  return problem;
}

Problem take_log_format(std::string_view value, Settings& into) {
  constexpr std::array<std::pair<std::string_view, log::Format>, 3> kWords{
      {{"auto", log::Format::automatic}, {"text", log::Format::text}, {"json", log::Format::json}}};
  return take_word(value, kWords, into.log_format);
}

}  // namespace tgpanel::app
