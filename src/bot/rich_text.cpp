#include "bot/rich_text.hpp"

#include "base/text.hpp"
#include "telegram/td_types.hpp"

#include <algorithm>
#include <utility>

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

RichText& RichText::code(Language language, std::string_view text) {
  if (language == Language::en) return code(text);
  return add("\u2068").code(text).add("\u2069");
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

RichText& RichText::lead_lines(std::string_view mark, bool (*has)(std::string_view line)) {
  const std::int32_t width = units(mark);
  const std::string before = std::exchange(text_, {});
  std::vector<Entity> moved = entities_;
  std::int32_t at = 0;  // in units of `before`
  for (std::string_view rest = before; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    const auto whole = rest.substr(0, std::min(line.size() + 1, rest.size()));
    if (!line.empty() && !has(line)) {
      text_ += mark;
      length_ += width;
      for (std::size_t i = 0; i < entities_.size(); ++i) {
        const auto& old = entities_[i];
        if (old.offset >= at) moved[i].offset += width;
        if (old.offset < at && old.offset + old.length > at) moved[i].length += width;
      }
    }
    text_ += whole;
    at += units(whole);
    rest.remove_prefix(whole.size());
  }
  entities_ = std::move(moved);
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
