#include "bot/rich_text.hpp"

#include "base/text.hpp"
#include "telegram/td_types.hpp"

#include <algorithm>

namespace tgpanel::bot {
namespace {

std::int32_t units(std::string_view text) {
  return static_cast<std::int32_t>(utf16_length(text));
}

}  // namespace

std::string shorten(std::string_view text, std::int32_t limit) {
  return cut_utf16(text, static_cast<std::size_t>(limit), true);
}

RichText& RichText::add(std::string_view text) {
  text_ += text;
  length_ += units(text);
  return *this;
}

RichText& RichText::add(const RichText& other) {
  const std::int32_t base = length_;
  text_ += other.text_;
  length_ += other.length_;
  for (Entity entity : std::vector<Entity>(other.entities_)) {
    entity.offset += base;
    entities_.push_back(entity);
  }
  return *this;
}

RichText& RichText::styled(std::string_view text, const char* type) {
  const std::int32_t begin = length_;
  add(text);
  return mark(begin, length_ - begin, type);
}

RichText& RichText::mark(std::int32_t offset, std::int32_t length, const char* type) {
  const std::int32_t begin = std::clamp(offset, 0, length_);
  const std::int32_t end = std::clamp(offset + length, begin, length_);
  if (end > begin) entities_.push_back({begin, end - begin, type});
  return *this;
}

RichText& RichText::fit(std::int32_t limit) {
  if (length_ <= limit) return *this;
  text_ = shorten(text_, limit);
  length_ = units(text_);
  std::vector<Entity> kept;
  for (Entity entity : entities_) {
    entity.length = std::min(entity.length, length_ - entity.offset);
    if (entity.length > 0) kept.push_back(entity);
  }
  entities_ = std::move(kept);
  return *this;
}

Json RichText::to_td() const {
  Json entities = Json::array();
  for (const auto& entity : entities_) {
    entities.push_back(telegram::text_entity(entity.offset, entity.length, entity.type));
  }
  return {{"@type", "formattedText"}, {"text", text_}, {"entities", std::move(entities)}};
}

}  // namespace tgpanel::bot
