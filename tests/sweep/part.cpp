#include "sweep/part.hpp"

#include "support/seeded_accounts.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

namespace sweep {

namespace words = support::words;

std::span<const PartRow> parts() {
  static constexpr PartRow kParts[] = {{"login", make_login},       {"alerts", make_alerts},
                                       {"reaction", make_reaction}, {"message", make_message},
                                       {"comment", make_comment},   {"groups", make_groups},
                                       {"deletion", make_deletion}};
  return kParts;
}

std::vector<std::int64_t> seed_members(World& world, int count) {
  auto users = support::seed_accounts(world.stage(), count);
  for (const auto user : users) world.stage().world().add_member("Market", user);
  return users;
}

testdc::SeenMessage list_accounts(World& world) {
  world.menu();
  world.press(words::kAccountManagement);
  world.wait(words::kAccountManagement);
  world.press(words::kListAccounts);
  return world.wait(words::kListAccounts);
}

std::string account_button(const testdc::SeenMessage& list, std::string_view name) {
  const auto isolated = fmt::format("\u2068{}\u2069", name);
  for (const auto& row : list.keyboard) {
    for (const auto& button : row) {
      if (button.text.ends_with(isolated)) return button.text;
    }
  }
  return {};
}

}  // namespace sweep
