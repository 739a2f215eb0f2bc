#include "panel/candidates.hpp"

#include "panel/account_text.hpp"
#include "panel/eligible.hpp"
#include "panel/label.hpp"
#include "panel/rotation.hpp"
#include "words/job_control.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tgpanel::panel {

namespace {

Result<std::size_t> wanted_of(const Choice& who, std::size_t active) {
  const auto* some = std::get_if<Some>(&who);
  if (some == nullptr) return active;
  if (some->count >= 1 && std::cmp_less_equal(some->count, active)) {
    return static_cast<std::size_t>(some->count);
  }
  return fail(
      Errc::invalid,
      active == 1
          ? std::string("One account is active: choose 1.")
          : fmt::format("Choose a number from 1 to {}: so many accounts are active.", active));
}

bool has_label(const accounts::Account& account, const std::string& folded) {
  return std::ranges::any_of(account.labels, [&](const std::string& one) {
    const auto read = read_label(one);
    return read && read->folded == folded;
  });
}

}  // namespace

std::string left_out_line(const accounts::Account& account, std::string_view reason) {
  return fmt::format("{}: {}", account.name, reason);
}

Result<Candidates> candidates(std::vector<accounts::Account> all, const Choice& who,
                              AccountId last) {
  if (const auto* picked = std::get_if<Picked>(&who)) {
    std::erase_if(all, [&](const accounts::Account& account) {
      return std::ranges::find(picked->ids, account.id) == picked->ids.end();
    });
    if (all.empty()) {
      return fail(Errc::invalid, picked->ids.empty() ? "Choose at least one account."
                                                     : "None of these accounts is there any more.");
    }
    last = 0;
  }
  if (const auto* labelled = std::get_if<Labelled>(&who)) {
    const auto label = read_label(labelled->label);
    if (!label) return std::unexpected(label.error());
    std::erase_if(
        all, [&](const accounts::Account& account) { return !has_label(account, label->folded); });
    if (all.empty()) return fail(Errc::invalid, Sentence(words::label_gone));
    last = 0;
  }
  Candidates found;
  std::string reason;
  const bool by_hand = std::holds_alternative<Picked>(who);
  for (auto& account : all) {
    auto why = by_hand ? why_not(account) : why_not_chosen(account);
    if (why.empty()) {
      found.accounts.push_back(std::move(account));
    } else {
      reason = left_out_line(account, why);
      found.left_out.push_back(reason);
    }
  }
  if (found.accounts.empty()) {
    return fail(Errc::login_needed,
                found.left_out.size() == 1 && by_hand
                    ? reason
                    : std::string("No account is active: add one, or look under Account "
                                  "Management what the others need."));
  }
  const auto wanted = wanted_of(who, found.accounts.size());
  if (!wanted) return std::unexpected(wanted.error());
  found.wanted = *wanted;
  found.accounts = rotated(std::move(found.accounts), last);
  return found;
}

}  // namespace tgpanel::panel
