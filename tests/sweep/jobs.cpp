// Bulk reaction, message and comment by three accounts.

#include "support/words.hpp"
#include "sweep/part.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sweep {

namespace {

namespace words = support::words;

constexpr int kAccounts = 3;
constexpr std::string_view kText = "We like it";

class JobPart : public Part {
 public:
  void prepare(World& world) override { users = seed_members(world, kAccounts); }

  void play(World& world, Findings& findings) override {
    const bool shown = world.times_told("Job 1 · ") > 0;  // in an earlier life
    world.menu();
    world.press(words::kBulk);
    const auto bulk = world.wait("One action by several accounts");
    if (has_button(bulk, "Recent jobs (1)")) {
      world.press("Recent jobs (1)");
      world.wait("Press a job");
      world.press("Job 1");
    } else {
      if (shown) findings.lost.emplace_back("a job that the bot has shown is gone");
      wish(world);
      world.press(words::kStartJob);
    }
    card_ = world.wait("State: finished").text;
  }

  void check(World& world, Findings& findings) override {
    for (std::size_t i = 0; i < users.size(); ++i) {
      const auto states = outcomes(i);
      if (states.size() != 1) {
        findings.other.push_back(say(i, fmt::format("{} times on the card", states.size())));
      }
      for (const auto& state : states) check_state(world, i, state, findings);
      const int deeds = done(world, users[i]);
      if (deeds > 1) findings.twice.push_back(say(i, fmt::format("done {} times", deeds)));
    }
  }

 protected:
  /// From the menu Bulk to the preview.
  virtual void wish(World& world) = 0;
  /// How often the data centre did it for this user.
  virtual int done(World& world, std::int64_t user) = 0;

  /// Whether the outcome may be unknown after a kill.
  [[nodiscard]] virtual bool sent_once() const { return true; }

  static void begin(World& world, std::string_view action) {
    world.press(action);
    world.wait("How many accounts");
    world.say(std::to_string(kAccounts));
  }

  std::vector<std::int64_t> users;

 private:
  static std::string say(std::size_t account, std::string_view what) {
    return fmt::format("the item of {}: {}", kNames[account], what);
  }

  // An outcome that is not known excuses what is there and what is not.
  void check_state(World& world, std::size_t account, const std::string& state,
                   Findings& findings) {
    if (state == "not known") {
      ++findings.unknown[std::string(kNames[account])];
      if (!sent_once()) findings.lost.push_back(say(account, state));
    } else if (state != "done") {
      findings.lost.push_back(
          say(account, fmt::format("neither done nor not known: \"{}\"", state)));
    } else if (done(world, users[account]) == 0) {
      findings.lost.push_back(say(account, "done, and is not there"));
    }
  }

  /// What the card says of an account, once for each of its items: "done", "failed", without the
  /// reason.
  [[nodiscard]] std::vector<std::string> outcomes(std::size_t account) const {
    const auto name = fmt::format("\u2068{}\u2069: ", kNames[account]);
    std::vector<std::string> found;
    for (auto at = card_.find(name); at != std::string::npos; at = card_.find(name, at + 1)) {
      const auto begin = at + name.size();
      const auto end = std::min(card_.find('\n', begin), card_.find(" — ", begin));
      found.push_back(card_.substr(begin, end - begin));
    }
    return found;
  }

  std::string card_;
};

class Reaction final : public JobPart {
 public:
  void prepare(World& world) override {
    JobPart::prepare(world);
    message_ = world.stage().world().write(world.town().writer, "Market", "Please react");
  }

 protected:
  void wish(World& world) override {
    begin(world, words::kReaction);
    world.wait("link of the message");
    world.say(fmt::format("https://t.me/market/{}", message_));
    world.wait("Choose the reaction");
    world.press("🔥");
    world.wait("Please react");
  }

  // Telegram keeps one reaction of each: what counts is how often it was given.
  int done(World& world, std::int64_t user) override {
    const auto calls = world.watched().calls("messages.sendReaction", user);
    const auto given = std::ranges::count_if(
        calls, [](const testdc::Json& call) { return call.at("outcome") == "ok"; });
    for (const auto& seen : world.watched().messages("Market")) {
      if (seen.id != message_ || !seen.reactions.contains("🔥")) continue;
      const auto who = seen.reactions["🔥"].get<std::vector<std::int64_t>>();
      if (std::ranges::find(who, user) != who.end()) return std::max(1, static_cast<int>(given));
    }
    return 0;
  }

  [[nodiscard]] bool sent_once() const override { return false; }

 private:
  std::int64_t message_ = 0;
};

class Message final : public JobPart {
 protected:
  void wish(World& world) override {
    begin(world, "Message");
    world.wait("Who is written to?");
    world.say("@walter");
    world.wait("Send the text of the message");
    world.say(kText);
    world.wait("This takes about");
  }

  int done(World& world, std::int64_t user) override {
    const auto all = world.watched().messages(std::to_string(user), world.town().writer);
    return static_cast<int>(std::ranges::count_if(all, [&](const auto& message) {
      return message.text == kText && message.sender_id == user;
    }));
  }
};

class Comment final : public JobPart {
 public:
  void prepare(World& world) override {
    JobPart::prepare(world);
    auto& town = world.stage().world();
    const auto writer = world.town().writer;
    town.add_chat("channel", "News", "news", {writer});
    town.add_chat("supergroup", "Talk", "", {writer});
    town.link_discussion("News", "Talk");
    town.write(writer, "News", "an older post");
    post_ = town.write(writer, "News", "What do you think?");
  }

 protected:
  void wish(World& world) override {
    begin(world, "Comment");
    world.wait("Send the link of the message");
    world.say(fmt::format("https://t.me/news/{}", post_));
    world.wait("Send the text of the comment");
    world.say(kText);
    world.wait("This takes about");
  }

  int done(World& world, std::int64_t user) override {
    const auto all = world.watched().messages("Talk");
    return static_cast<int>(std::ranges::count_if(all, [&](const auto& message) {
      return message.text == kText && message.sender_id == user;
    }));
  }

 private:
  std::int64_t post_ = 0;
};

}  // namespace

std::unique_ptr<Part> make_reaction() {
  return std::make_unique<Reaction>();
}

std::unique_ptr<Part> make_message() {
  return std::make_unique<Message>();
}

std::unique_ptr<Part> make_comment() {
  return std::make_unique<Comment>();
}

}  // namespace sweep
