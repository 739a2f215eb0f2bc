#include "golden.hpp"

#include "base/text.hpp"
#include "bot/callback.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

namespace tgpanel::bot {
namespace {

/// "ListsOfAccounts/en" → "lists_of_accounts".
std::string file_name(std::string_view test) {
  std::string name;
  for (const char c : test.substr(0, test.find('/'))) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !name.empty()) name += '_';
    name += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

std::string tag_of(const Json& entity) {
  const std::string type = entity["type"]["@type"];
  if (type == "textEntityTypeBold") return "b";
  if (type == "textEntityTypeItalic") return "i";
  return type == "textEntityTypeCode" ? "c" : type;
}

std::string mark(const std::string& text, const Json& entities) {
  if (!entities.is_array()) return text;
  std::map<std::size_t, std::string> tags;  // by offset in UTF-16 units
  for (const auto& entity : entities) {
    const std::size_t begin = entity["offset"];
    const std::size_t length = entity["length"];
    tags[begin] += "<" + tag_of(entity) + ">";
    tags[begin + length].insert(0, "</" + tag_of(entity) + ">");
  }
  std::string marked;
  std::size_t units = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const auto byte = at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    if ((byte & 0xC0U) == 0x80U) {  // within a character
      marked += text[at];
      continue;
    }
    if (const auto tag = tags.find(units); tag != tags.end()) {
      marked += tag->second;
      tags.erase(tag);
    }
    if (at == text.size()) break;
    marked += text[at];
    units += byte >= 0xF0U ? 2 : 1;
  }
  return marked;
}

}  // namespace

std::filesystem::path golden_folder() {
  return std::filesystem::path(TGPANEL_SOURCE_DIR) / "tests/unit/bot/golden";
}

std::set<std::string> golden_names() {
  std::set<std::string> names;
  const auto& program = *testing::UnitTest::GetInstance();
  for (int i = 0; i < program.total_test_suite_count(); ++i) {
    const auto& suite = *program.GetTestSuite(i);
    if (std::string_view(suite.name()) != "Languages/Golden") continue;
    for (int j = 0; j < suite.total_test_count(); ++j) {
      names.insert(file_name(suite.GetTestInfo(j)->name()));
    }
  }
  return names;
}

std::string readable(const FakeTelegram::Shown& message) {
  std::string out = message.photo ? "# a picture" : mark(message.text, message.entities);
  out += "\n";
  if (!message.markup.is_object()) return out;
  for (const auto& row : message.markup["rows"]) {
    std::string line;
    for (const auto& button : row) {
      line += (line.empty() ? "[" : " [") + button["text"].get<std::string>();
      const auto& type = button["type"];
      if (type.contains("url")) line += " → " + type["url"].get<std::string>();
      line += "]";
    }
    out += line + "\n";
  }
  return out;
}

Golden::Golden() {
  options.language = GetParam();
  options.time_zone = "UTC";
}

void Golden::tap(const std::string& label) {
  transcript_ += fmt::format("> [{}]\n", label);
  press(label);
  look();
}

void Golden::tap_row(std::size_t row) {
  tap(telegram.last(kAdmin).markup.at("rows").at(row).at(0).at("text").get<std::string>());
}

void Golden::type(const std::string& text) {
  std::string line = cut_utf16(text, 60, true);
  std::ranges::replace(line, '\n', '/');
  transcript_ += line == " " ? "> (a blank)\n" : "> " + line + "\n";
  say(text);
  look();
}

void Golden::type_sticker() {
  transcript_ += "> (sticker)\n";
  sticker();
  look();
}

void Golden::type_file(const std::string& content, std::int64_t size) {
  std::string line = cut_utf16(content, 60, true);
  std::ranges::replace(line, '\n', '/');
  transcript_ += valid_utf8(content) ? "> (file) " + line + "\n" : "> (file that is no text)\n";
  send_file(content, size);
  look();
}

void Golden::note(std::string_view what) {
  transcript_ += fmt::format("# {}\n", what);
}

void Golden::print(const Sentence& sentence) {
  transcript_ += in(sentence) + "\n\n";
}

void Golden::look() {
  for (; toasts_ < telegram.toasts.size(); ++toasts_) {
    const auto& toast = telegram.toasts[toasts_];
    if (!toast.empty()) transcript_ += "# toast\n" + toast + "\n";
  }
  for (; deleted_ < telegram.deleted.size(); ++deleted_) transcript_ += "# a message is deleted\n";
  for (const auto& [chat, messages] : telegram.chats) {
    if (chat == kOther) continue;  // sees the same
    auto& seen = seen_[chat];
    std::erase_if(seen, [&](const auto& entry) { return !messages.contains(entry.first); });
    for (const auto& [id, message] : messages) {
      if (message.markup.is_null() && message.entities.is_null() && !message.photo) continue;
      auto now = readable(message);
      const auto before = seen.find(id);
      if (before != seen.end() && before->second == now) continue;
      if (chat == kChannel) transcript_ += "# in the channel\n";
      if (before == seen.end()) {
        transcript_ += "\n" + now;
      } else {
        transcript_ += "# edited\n" + now;
      }
      seen[id] = std::move(now);
    }
  }
  transcript_ += "\n";
}

void Golden::become(accounts::LoginStep step) {
  panel.logins.back()->become(std::move(step));
  settle();
  look();
}

void Golden::change(const jobs::Job& job) {
  panel.change(job);
  settle();
  look();
}

void Golden::press_card(JobId job, std::string_view action) {
  telegram.press_data(kAdmin, kAdmin, shown_id(), encode(JobPress{job, std::string(action)}));
  settle();
  look();
}

void Golden::press_alert(MessageId alert, const Sentence& label) {
  transcript_ += fmt::format("> [{}]\n", in(label));
  EXPECT_TRUE(telegram.press(kAdmin, kChannel, alert, in(label))) << in(label);
  settle();
  look();
}

void Golden::add_people(int count) {
  constexpr std::array kNames{"Sara Miller", "علی رضایی", "Newsroom desk", "مریم"};
  panel.add_accounts(count);
  for (std::size_t i = 0; i < panel.account_rows.size(); ++i) {
    auto& row = panel.account_rows[i];
    row.name = kNames.at(i % kNames.size());
    if (i >= kNames.size()) row.name += " " + std::to_string(i / kNames.size() + 1);
    if (i % 3 == 2) row.username.clear();
    row.since = from_unix_ms(1'780'000'000'000);
  }
}

void Golden::TearDown() {
  if (HasFatalFailure()) return;
  while (transcript_.ends_with("\n\n")) transcript_.pop_back();
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto path = golden_folder() / (GetParam() == Language::en ? "en" : "fa") /
                    (file_name(test->name()) + ".txt");
  const char* wish = std::getenv("TGPANEL_GOLDEN");  // NOLINT(concurrency-mt-unsafe): one thread
  if (wish != nullptr && std::string_view(wish) == "write") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << transcript_;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing; TGPANEL_GOLDEN=write makes it";
  const std::string golden{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(golden, transcript_) << path << " says otherwise; TGPANEL_GOLDEN=write takes this";
}

INSTANTIATE_TEST_SUITE_P(Languages, Golden, testing::Values(Language::en, Language::fa),
                         [](const auto& one) {
                           return std::string(one.param == Language::en ? "en" : "fa");
                         });

}  // namespace tgpanel::bot
