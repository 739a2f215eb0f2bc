#include "base/text.hpp"
#include "bot/conversation.hpp"
#include "bot/rule_answer.hpp"
#include "monitor/keyword_file.hpp"
#include "panel/panel.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace tgpanel::bot {
namespace {

using Fate = monitor::RuleOutcome::Fate;

/// The lines that have something in them.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    if (!trim(line).empty()) lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

constexpr std::size_t kLargestFile = std::size_t{256} << 10U;
constexpr std::int64_t kKibibyte = 1024;

/// Monitor Mode → Add keyword: one question.
class KeywordConversation final : public Conversation {
 public:
  using Conversation::Conversation;

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(say(language(), words::add_keyword)).add("\n\n");
    add_problem(screen, problem_);
    screen.text.add(say(language(), words::ask_keyword));
    screen.text.fit(kMaxText);
    screen.rows.push_back(back_and_cancel());
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    if (action == kBack) stage().finish({}, MenuRef{Menu::monitor, 0}, Place::here);
    return {};
  }

  void on_message(const Incoming& message) override {
    if (busy_) return refuse(words::please_wait);
    if (message.document) return take(*message.document);
    if (!message.text) return refuse(words::expected_text);
    auto lines = lines_of(*message.text);
    if (lines.empty()) return refuse(words::expected_text);
    busy_ = true;
    stage().spawn(
        add(std::static_pointer_cast<KeywordConversation>(shared_from_this()), std::move(lines)));
  }

 private:
  void take(const Attachment& file) {
    if (file.size > static_cast<std::int64_t>(kLargestFile)) {
      const auto size = (file.size + kKibibyte - 1) / kKibibyte;
      return refuse(Sentence(words::keyword_file_too_large, size, kLargestFile / kKibibyte));
    }
    busy_ = true;
    stage().spawn(import(std::static_pointer_cast<KeywordConversation>(shared_from_this()), file));
  }

  static Awaitable<> import(std::shared_ptr<KeywordConversation> self, Attachment file) {
    if (self->ended()) co_return;
    const auto content = co_await self->stage().download(file, kLargestFile);
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!content) {
      spdlog::warn("bot: a file of keywords was not read: {}", content.error().message);
      self->refuse(words::keyword_file_not_read);
      co_return;
    }
    auto read = monitor::read_keyword_file(*content);
    if (!read || read->rules.empty()) {
      self->refuse(read ? Sentence(words::keyword_file_empty) : sentence_of(read.error()));
      co_return;
    }
    self->busy_ = true;
    co_await add(self, std::move(read->rules));
  }

  static Awaitable<> add(std::shared_ptr<KeywordConversation> self,
                         std::vector<std::string> lines) {
    if (self->ended()) co_return;
    const auto outcomes = co_await self->stage().panel().add_keywords(std::move(lines));
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!outcomes) {
      self->refuse(sentence_of(outcomes.error()));
      co_return;
    }
    auto answer = rule_answer(self->language(), *outcomes);
    const bool any = std::ranges::any_of(
        *outcomes, [](const auto& outcome) { return outcome.fate == Fate::added; });
    if (any) {
      self->stage().finish(Sentence::plain(std::move(answer)), MenuRef{Menu::monitor, 0},
                           Place::below);
    } else {
      self->refuse(Sentence::plain(std::move(answer)));
    }
  }

  void refuse(Sentence problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  Sentence problem_;
  bool busy_ = false;
};

}  // namespace

std::shared_ptr<Conversation> add_keyword_conversation(Stage& stage) {
  return std::make_shared<KeywordConversation>(stage);
}

}  // namespace tgpanel::bot
