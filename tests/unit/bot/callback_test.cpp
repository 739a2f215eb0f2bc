#include "bot/callback.hpp"

#include "bot/screen.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <limits>

namespace tgpanel::bot {
namespace {

constexpr std::array kMenus{Menu::main,
                            Menu::accounts,
                            Menu::account_list,
                            Menu::monitor,
                            Menu::keyword_list,
                            Menu::keyword_remove,
                            Menu::ignored_list,
                            Menu::ignored_remove,
                            Menu::bulk,
                            Menu::job_list,
                            Menu::report,
                            Menu::individual,
                            Menu::individual_account,
                            Menu::account,
                            Menu::account_delete,
                            Menu::account_labels,
                            Menu::account_groups,
                            Menu::inactive};

rc::Gen<std::string> word(std::size_t most) {
  const std::string letters = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789.";
  auto letter = rc::gen::elementOf(letters);
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, most + 1), [letter](std::size_t n) {
    return rc::gen::container<std::string>(n, letter);
  });
}

rc::Gen<std::int64_t> id() {
  return rc::gen::inRange<std::int64_t>(0, std::numeric_limits<std::int64_t>::max());
}

TEST(Callback, WhatIsEncodedIsReadBack) {
  rc::check([] {
    Press press;
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        press = MenuPress{{*rc::gen::elementOf(kMenus), *id()}, *word(8), *word(22)};
        break;
      case 1:
        press = ConversationPress{*word(8), *id(), *word(10)};
        break;
      case 2:
        press = JobPress{*id(), *word(10)};
        break;
      default:
        press = AlertPress{*id(), *word(10)};
        break;
    }
    const std::string data = encode(press);
    RC_ASSERT(data.size() <= kMaxCallbackData);
    RC_ASSERT(parse_press(data) == press);
  });
}

TEST(Callback, WhateverIsReadIsTheOnlySpelling) {
  rc::check([] {
    // Close to real data, so that many parse: a valid one with some bytes replaced.
    std::string data = encode(MenuPress{{Menu::keyword_remove, *id()}, *word(8), *word(8)});
    const auto changes = *rc::gen::inRange(0, 4);
    for (int i = 0; i < changes; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, data.size());
      data[at] = *rc::gen::arbitrary<char>();
    }
    if (const auto press = parse_press(data)) RC_ASSERT(encode(*press) == data);
  });
}

TEST(Callback, AnyBytesAreReadWithoutHarm) {
  rc::check([](const std::string& data) {
    if (const auto press = parse_press(data)) RC_ASSERT(encode(*press) == data);
  });
}

TEST(Callback, RefusesWhatNobodyMade) {
  for (const char* data :
       {"", "m", "m:", "a:1", "a:-1:ignore", "a:01:ignore", "a:1:", "a:99999999999999999999:x",
        "j:1:cancel:x", "m:q0:aaaa:g", "m:m:aaaa:g", "m:m0::g", "c:aa:x:back", "x:1:y", "a:1:é",
        "a:1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    EXPECT_FALSE(parse_press(data)) << data;
  }
}

TEST(Callback, DurableButtonsReadTheSameForEver) {
  // These are in channels and chats already: a change of spelling would kill them.
  EXPECT_EQ(encode(AlertPress{12, "ignore"}), "a:12:ignore");
  EXPECT_EQ(encode(JobPress{7, "cancel"}), "j:7:cancel");
}

}  // namespace
}  // namespace tgpanel::bot
