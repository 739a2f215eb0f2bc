#include "monitor/peer_name.hpp"

#include "base/text.hpp"
#include "monitor/fold.hpp"
#include "monitor/intake.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tgpanel::monitor {

namespace {

constexpr std::int64_t kLastUser = (std::int64_t{1} << 40) - 1;  // td_api: TDLib's UserId
constexpr std::int64_t kSupergroups = -1'000'000'000'000;

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// core.telegram.org/method/account.checkUsername: letters, digits and underscores, at most 32; four
// letters are sold on Fragment.
bool is_username(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return text.size() >= 4 && text.size() <= 32 && text.front() >= 'a' && text.front() <= 'z' &&
         std::ranges::all_of(text, fits);
}

bool remove_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::unexpected<Error> refuse() {
  return fail(Errc::invalid,
              "That names nobody. Send a user's or a chat's id, a @name, or a link such as "
              "https://t.me/name or, of a private group, to one of its messages.");
}

}  // namespace

Result<PeerName> parse_peer_name(std::string_view text) {
  if (text.size() > 1'000) return refuse();
  const auto folded = fold(trim(text));
  std::string_view rest = folded;
  if (const auto id = number(rest)) {
    const bool user = *id > 0 && *id <= kLastUser;
    if (!user && !is_group(*id)) return refuse();
    return PeerName{.id = *id, .username = {}};
  }
  bool is_link = remove_prefix(rest, "https://") || remove_prefix(rest, "http://");
  if (is_link) remove_prefix(rest, "www.");
  const bool domain = remove_prefix(rest, "t.me/") || remove_prefix(rest, "telegram.me/") ||
                      remove_prefix(rest, "telegram.dog/");
  const bool tg = !is_link && remove_prefix(rest, "tg://resolve?domain=");
  if (is_link && !domain) return refuse();
  is_link = domain || tg;
  if (is_link && remove_prefix(rest, "c/")) {
    const auto id = number(rest.substr(0, rest.find_first_of("/?#")));
    if (!id || *id <= 0 || scope_of(kSupergroups - *id) != ChatScope::shared) return refuse();
    return PeerName{.id = kSupergroups - *id, .username = {}};
  }
  if (domain) remove_prefix(rest, "s/");
  if (is_link) rest = rest.substr(0, rest.find_first_of("/?#&"));
  if (!is_link) remove_prefix(rest, "@");
  if (!is_username(rest) || (is_link && rest == "joinchat")) return refuse();
  return PeerName{.id = 0, .username = std::string(rest)};
}

}  // namespace tgpanel::monitor
