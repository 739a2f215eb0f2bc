// A login by phone, the groups of all accounts, a deletion.

#include "support/folder_watch.hpp"
#include "support/words.hpp"
#include "sweep/part.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sweep {

namespace {

namespace words = support::words;

std::size_t sessions(World& world, std::int64_t user) {
  return world.watched().sessions(user).size();
}

std::size_t folders(World& world) {
  return support::entries(world.stage().data() / "sessions");
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Looks at the list of accounts until `fits`, which may throw PanelDied; or until the deadline.
template <class F>
void look_until(World& world, std::string_view what, F fits) {
  world.wait_until(what, [&] { return fits(list_accounts(world).text); });
}

class Login final : public Part {
 public:
  void prepare(World&) override {}

  void play(World& world, Findings&) override {
    bool adopted = false;
    // After a kill: the login is finished by itself, or cleaned up.
    look_until(world, "the login to be adopted or cleaned up", [&](const std::string& list) {
      adopted = holds(list, kName);
      const std::size_t left = adopted ? 1 : 0;
      return sessions(world, user(world)) == left && folders(world) == left;
    });
    if (adopted) return;
    world.menu();
    world.press(words::kAccountManagement);
    world.press(words::kAddAccount);
    world.press(words::kByPhone);
    world.wait("international form");
    world.say(fmt::format("+{}", support::kPeople[0].phone));
    world.wait("login code");
    for (const char digit : support::kLoginCode) world.press(std::string(1, digit));
    world.press("OK");
    world.wait(kName);
  }

  void check(World& world, Findings& findings) override {
    const auto list = list_accounts(world).text;
    if (!holds(list, kName)) findings.lost.emplace_back("the account that was logged in");
    if (holds(list, "2. ")) findings.twice.emplace_back("the account is on the list twice");
    const auto authorised = sessions(world, user(world));
    if (authorised == 0) findings.lost.emplace_back("the session at Telegram");
    if (authorised > 1) findings.twice.push_back(fmt::format("{} authorisations", authorised));
    if (folders(world) != 1) {
      findings.other.push_back(fmt::format("{} folders of one account", folders(world)));
    }
  }

 private:
  static constexpr std::string_view kName = "Alice";

  static std::int64_t user(World& world) { return world.town().accounts[0]; }
};

class Groups final : public Part {
 public:
  void prepare(World& world) override { seed_members(world, kAccounts); }

  void play(World& world, Findings& findings) override {
    if (!first_) {
      look(world);
      first_ = true;
    }
    const auto second = look(world);
    for (const auto name : kNames) {
      const auto line = fmt::format("\u2068{}\u2069: groups: 1, as before", name);
      if (!holds(second, line)) {
        findings.lost.push_back(fmt::format("the groups of {}, which were shown before", name));
      }
    }
  }

  void check(World& world, Findings& findings) override {
    for (const auto name : kNames) {
      world.press(account_button(list_accounts(world), name));
      const auto page = world.wait("Number: ").text;
      if (!holds(page, "Groups and channels: 1\n")) {
        findings.lost.push_back(fmt::format("the group of {}", name));
      }
    }
  }

 private:
  static constexpr int kAccounts = 3;

  static std::string look(World& world) {
    world.menu();
    world.press(words::kAccountManagement);
    world.wait("account");
    world.press("Update groups");
    world.wait("side by side");
    world.press("Look now");
    return world.wait(fmt::format("Looked at {} accounts.", kAccounts)).text;
  }

  bool first_ = false;  // the admin has seen it
};

class Deletion final : public Part {
 public:
  void prepare(World& world) override {
    // What TDLib asks beside the log out is refused after it.
    world.stage().allow_complaint("[Error : 401 : AUTH_KEY_UNREGISTERED]");
    users_ = seed_members(world, 2);
  }

  void play(World& world, Findings& findings) override {
    const bool begun = world.times_told("being deleted") > 0 || told(world) > 0;
    const auto list = list_accounts(world);
    const auto button = account_button(list, kNames[0]);
    if (!button.empty() && !holds(list.text, "being deleted")) {
      if (begun) findings.lost.emplace_back("the deletion, which was acknowledged");
      world.press(button);
      world.wait("Number: ");
      world.press("Delete account");
      world.wait("Delete this account");
      world.press("Yes, delete");
    }
    world.wait_until("the admin to be told", [&] { return told(world) > 0; });
    look_until(world, "the account to be off the list",
               [](const std::string& text) { return !holds(text, kNames[0]); });
  }

  void check(World& world, Findings& findings) override {
    if (sessions(world, users_[0]) != 0) findings.lost.emplace_back("the log out at Telegram");
    if (folders(world) != 1) {
      findings.other.push_back(fmt::format("{} folders of one account", folders(world)));
    }
    if (told(world) > 1) {
      findings.twice.push_back(fmt::format("the admin is told {} times", told(world)));
    }
    if (sessions(world, users_[1]) != 1) findings.lost.emplace_back("the other account's session");
    if (!holds(list_accounts(world).text, kNames[1]))
      findings.lost.emplace_back("the other account");
  }

 private:
  static int told(World& world) {
    return world.times_told(fmt::format("\u2068{}\u2069: deleted", kNames[0]));
  }

  std::vector<std::int64_t> users_;
};

}  // namespace

std::unique_ptr<Part> make_login() {
  return std::make_unique<Login>();
}

std::unique_ptr<Part> make_groups() {
  return std::make_unique<Groups>();
}

std::unique_ptr<Part> make_deletion() {
  return std::make_unique<Deletion>();
}

}  // namespace sweep
