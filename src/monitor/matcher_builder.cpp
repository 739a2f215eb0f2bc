#include "monitor/matcher_builder.hpp"

#include "telegram/completion.hpp"
#include "words/errors_common.hpp"

#include <optional>
#include <stop_token>
#include <utility>

namespace tgpanel::monitor {

Awaitable<MatcherBuilder::Built> MatcherBuilder::build(std::vector<Keyword> keywords,
                                                       std::shared_ptr<const Matcher> previous) {
  if (stopped_) co_return fail(Errc::cancelled, words::panel_stopping);
  auto start = [this, keywords = std::move(keywords),
                previous = std::move(previous)](telegram::Completion<Built> done) mutable {
    // Assigning waits for the thread of the build before, which has posted its result already.
    thread_ = std::jthread([keywords = std::move(keywords), previous = std::move(previous),
                            done = std::move(done)](const std::stop_token& stop) mutable {
      auto built = Matcher::build(keywords, {.previous = previous.get(), .stop = stop});
      done(std::move(built));
    });
  };
  co_return co_await telegram::await_completion<Built>(std::move(start));
}

Awaitable<Result<std::vector<std::optional<Error>>>> MatcherBuilder::check(
    std::vector<std::string> filters) {
  using Checked = Result<std::vector<std::optional<Error>>>;
  if (stopped_) co_return fail(Errc::cancelled, words::panel_stopping);
  auto start = [this, filters = std::move(filters)](telegram::Completion<Checked> done) mutable {
    thread_ = std::jthread([filters = std::move(filters),
                            done = std::move(done)](const std::stop_token& stop) mutable {
      auto errors = check_filters(filters, stop);
      if (stop.stop_requested()) {
        done(fail(Errc::cancelled, words::panel_stopping));
      } else {
        done(std::move(errors));
      }
    });
  };
  co_return co_await telegram::await_completion<Checked>(std::move(start));
}

void MatcherBuilder::stop() {
  stopped_ = true;
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

}  // namespace tgpanel::monitor
