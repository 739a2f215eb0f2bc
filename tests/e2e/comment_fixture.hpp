#pragma once
// Bulk → Comment as an admin walks to it, and a channel with its discussion group.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace e2e {

namespace words = support::words;

class CommentTest : public Test {
 protected:
  void preview(std::string_view count, std::string_view link, std::string_view text) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.wait_bot("One action by several accounts");
    stage.press("Comment");
    stage.wait_bot("How many accounts");
    stage.say(count);
    stage.wait_bot("Send the link of the message");
    stage.say(link);
    stage.wait_bot("Send the text of the comment");
    stage.say(text);
    stage.wait_bot("This takes about");
  }

  /// The channel @news with the discussion group Talk, in which none of our accounts is. Its id.
  std::int64_t open_channel(std::string_view username = "news") {
    const auto id = stage.world().add_chat("channel", "News", username, {stage.town().writer});
    stage.world().add_chat("supergroup", "Talk", "", {stage.town().writer});
    stage.world().link_discussion("News", "Talk");
    stage.world().write(stage.town().writer, "News", "an older post");
    post = stage.world().write(stage.town().writer, "News", "What do you think?");
    return id;
  }

  std::vector<testdc::SeenMessage> with_text(const std::string& chat, std::string_view text) {
    auto all = stage.world().messages(chat);
    std::erase_if(all, [&](const auto& message) { return message.text != text; });
    return all;
  }

  std::int64_t post = 0;
};

}  // namespace e2e
