#include "bot/told.hpp"

#include "base/direction.hpp"
#include "bot/rich_text.hpp"

namespace tgpanel::bot {

std::string told(Language language, const Sentence& sentence, std::int32_t units) {
  auto text = shorten(sentence.in(language), units);
  return sentence.phrase() == nullptr ? apart(language, text) : text;
}

}  // namespace tgpanel::bot
