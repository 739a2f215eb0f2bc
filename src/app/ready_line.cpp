#include "app/ready_line.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace tgpanel::app {

std::string ready_line(std::string_view bot, std::span<const accounts::Account> accounts) {
  std::map<accounts::AccountState, int> counts;
  for (const auto& account : accounts) ++counts[account.state];
  std::string states;
  // Active first, then the others in the order of the enumeration.
  const auto add = [&](accounts::AccountState state, int count) {
    std::string word = accounts::to_string(state);
    std::ranges::replace(word, '_', ' ');
    states += fmt::format("{}{} {}", states.empty() ? "" : ", ", count, word);
  };
  if (const auto active = counts.extract(accounts::AccountState::active))
    add(active.key(), active.mapped());
  for (const auto& [state, count] : counts) add(state, count);
  return fmt::format("bot @{}, {} account{}{}", bot, accounts.size(),
                     accounts.size() == 1 ? "" : "s",
                     states.empty() ? "" : fmt::format(" ({})", states));
}

}  // namespace tgpanel::app
