#pragma once
// Text with td_api entities. Lengths are UTF-16 units, as Telegram counts.

#include "base/json.hpp"
#include "base/language.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

/// Telegram's limit for the text of a message.
inline constexpr std::int32_t kMaxText = 4096;

class RichText {
 public:
  struct Entity {
    std::int32_t offset = 0;
    std::int32_t length = 0;
    const char* type = "";  // td_api: "textEntityTypeBold", ...

    friend bool operator==(const Entity& a, const Entity& b) {
      return a.offset == b.offset && a.length == b.length && std::string_view(a.type) == b.type;
    }
  };

  RichText() = default;

  explicit RichText(std::string_view text) { add(text); }

  RichText& add(std::string_view text);
  RichText& add(const RichText& other);

  RichText& bold(std::string_view text) { return styled(text, "textEntityTypeBold"); }

  RichText& italic(std::string_view text) { return styled(text, "textEntityTypeItalic"); }

  RichText& code(std::string_view text) { return styled(text, "textEntityTypeCode"); }

  /// The same beside words of a language: isolated where those run from right to left, so that what
  /// is copied is the text alone.
  RichText& code(Language language, std::string_view text);

  /// Marks a part of what was added already.
  RichText& mark(std::int32_t offset, std::int32_t length, const char* type);
  /// Cuts to `limit` units at a boundary that people see, with an ellipsis; entities are cut along.
  RichText& fit(std::int32_t limit);

  /// Puts `mark` at the beginning of every line that has something in it and for which `has` is
  /// false.
  RichText& lead_lines(std::string_view mark, bool (*has)(std::string_view line));

  [[nodiscard]] const std::string& text() const { return text_; }

  [[nodiscard]] const std::vector<Entity>& entities() const { return entities_; }

  [[nodiscard]] std::int32_t length() const { return length_; }

  [[nodiscard]] bool empty() const { return text_.empty(); }

  /// td_api `formattedText`.
  [[nodiscard]] Json to_td() const;

  friend bool operator==(const RichText&, const RichText&) = default;

 private:
  RichText& styled(std::string_view text, const char* type);

  std::string text_;
  std::vector<Entity> entities_;
  std::int32_t length_ = 0;
};

/// Cuts UTF-8 text to `limit` UTF-16 units at a grapheme boundary; an ellipsis takes the last unit.
[[nodiscard]] std::string shorten(std::string_view text, std::int32_t limit);

}  // namespace tgpanel::bot
