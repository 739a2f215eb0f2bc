#include "testdc/world/reactions_list.hpp"

#include <array>

namespace testdc {

std::span<const std::string_view> known_reactions() {
  // core.telegram.org/bots/api#reactiontypeemoji
  static constexpr std::array<std::string_view, 73> list{
      "❤",  "👍",         "👎", "🔥", "🥰",          "👏", "😁", "🤔", "🤯", "😱",
      "🤬", "😢",         "🎉", "🤩", "🤮",          "💩", "🙏", "👌", "🕊", "🤡",
      "🥱", "🥴",         "😍", "🐳", "❤‍🔥",  "🌚", "🌭", "💯", "🤣", "⚡",
      "🍌", "🏆",         "💔", "🤨", "😐",          "🍓", "🍾", "💋", "🖕", "😈",
      "😴", "😭",         "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨",
      "🤝", "✍",          "🤗", "🫡", "🎅",          "🎄", "☃",  "💅", "🤪", "🗿",
      "🆒", "💘",         "🙉", "🦄", "😘",          "💊", "🙊", "😎", "👾", "🤷‍♂",
      "🤷", "🤷‍♀", "😡"};
  return list;
}

}  // namespace testdc
