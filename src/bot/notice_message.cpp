#include "bot/notice_message.hpp"

#include "accounts/account.hpp"
#include "base/text.hpp"
#include "bot/account_menus.hpp"
#include "bot/bytes.hpp"
#include "bot/callback.hpp"
#include "bot/told.hpp"
#include "telegram/td_types.hpp"
#include "words/accounts.hpp"
#include "words/people.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace tgpanel::bot {
namespace {

using accounts::AccountState;

constexpr std::array kNeedPerson{AccountState::login_needed, AccountState::banned,
                                 AccountState::duplicated_key, AccountState::wrong_key};
constexpr char kMark = 'n';  // n<notice>, where a menu has its fingerprint

struct Words {
  const Phrase* what;
  const Phrase* next;  // null: nothing to do
};

Words words_of(const std::string& what) {
  if (what == accounts::kLimited) {
    return {&words::notice_limited, &words::next_limited};
  }
  if (what == accounts::kFrozen) {
    return {&words::notice_frozen, &words::next_frozen};
  }
  if (what == accounts::kUnwanted) {
    return {&words::notice_unwanted, &words::next_unwanted};
  }
  for (const auto state : kNeedPerson) {
    if (what == to_string(state)) return {&describe(state), next_step(state)};
  }
  return {&words::notice_deleted, nullptr};
}

}  // namespace

Screen notice_message(Language language, const accounts::Notice& notice) {
  Screen screen;
  const bool deleted = notice.what == accounts::kDeleted;
  const auto said = words_of(notice.what);
  screen.text.add(deleted ? "" : "⚠ ");
  screen.text.bold(
      say(language, words::notice_of, isolate(shorten(notice.account_name, 64)), *said.what));
  if (!notice.reason.empty()) screen.text.add("\n").add(told(language, notice.reason));
  if (said.next != nullptr)
    screen.text.add("\n\n").add(say(language, words::what_to_do, *said.next));
  screen.text.fit(kMaxText);
  const MenuRef target =
      deleted ? MenuRef{Menu::account_list, 0} : MenuRef{Menu::account, notice.account};
  // "Show that menu" needs no fingerprint: the notice's id stands in its place.
  MenuPress press{MenuRef{}, fmt::format("{}{}", kMark, notice.id),
                  std::string(kGo) + encode(target)};
  screen.rows.push_back(
      {{say(language, deleted ? words::list_accounts : words::open_account), encode(press)}});
  return screen;
}

std::int64_t notice_id_of(const Json& message) {
  const auto& markup = telegram::object_field(message, "reply_markup");
  const auto rows = markup.find("rows");
  if (rows == markup.end() || !rows->is_array() || rows->empty()) return 0;
  const auto& row = rows->front();
  if (!row.is_array() || row.empty()) return 0;
  const auto& type = telegram::object_field(row.front(), "type");
  const auto data = from_bytes(telegram::string_field(type, "data"));
  const auto press = data ? parse_press(*data) : std::nullopt;
  const auto* menu = press ? std::get_if<MenuPress>(&*press) : nullptr;
  if (menu == nullptr || !menu->fingerprint.starts_with(kMark)) return 0;
  const std::string_view digits = std::string_view(menu->fingerprint).substr(1);
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  return error == std::errc() && end == digits.data() + digits.size() ? id : 0;
}

}  // namespace tgpanel::bot
