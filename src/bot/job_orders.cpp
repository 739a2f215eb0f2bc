#include "bot/job_orders.hpp"

#include "base/sentence.hpp"
#include "bot/document.hpp"
#include "bot/job_card.hpp"
#include "bot/job_results.hpp"
#include "panel/panel.hpp"
#include "words/job_control.hpp"
#include "words/jobs.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace tgpanel::bot {
namespace {

/// What to wait for, and what to say when it went well.
struct Wish {
  Awaitable<Result<void>> work;
  const Phrase* done = nullptr;
};

struct Begin {
  panel::Panel& panel;
  JobId job;

  Wish operator()(const PauseJob&) const { return {panel.pause_job(job), &words::job_pausing}; }

  Wish operator()(const ResumeJob&) const { return {panel.resume_job(job), &words::job_resumed}; }

  Wish operator()(const CancelJob&) const { return {panel.cancel_job(job), &words::job_stopping}; }

  Wish operator()(const RetryJob& retry) const {
    return {panel.retry_failed(job, retry.round), &words::job_retried};
  }

  Wish operator()(const SendResults&) const { return {nothing(), &words::file_is_coming}; }

 private:
  static Awaitable<Result<void>> nothing() { co_return Result<void>{}; }
};

std::string refusal(Language language, const Error& error) {
  return error.code == Errc::not_found ? say(language, words::job_gone)
                                       : say(language, sentence_of(error));
}

}  // namespace

Awaitable<> carry_out_order(std::shared_ptr<Sender> sender, panel::Panel* panel, JobPressed press,
                            std::function<void(std::string)> tell) {
  const auto language = press.language;
  const auto job = panel->job(press.job);
  auto toast = std::make_shared<std::string>();
  if (!job) {
    *toast = say(language, words::job_gone);
    co_await sender->answer(std::move(press.query), std::move(toast));
    co_return;
  }
  // Said without asking: a button of a job that is long over.
  const bool late = is_over(*job) && !std::holds_alternative<RetryJob>(press.order) &&
                    !std::holds_alternative<SendResults>(press.order);
  if (late) {
    *toast = say(language, words::job_over);
    co_await sender->answer(std::move(press.query), std::move(toast));
    co_return;
  }
  auto wish = std::visit(Begin{*panel, press.job}, press.order);
  const auto done = co_await std::move(wish.work);
  *toast = done ? say(language, *wish.done) : refusal(language, done.error());
  co_await sender->answer(std::move(press.query), std::move(toast));
  if (!std::holds_alternative<SendResults>(press.order)) co_return;

  DocumentFile file{.name = job_csv_name(*job), .content = job_csv(language, *job, press.zone)};
  const auto sent = co_await send_document(std::move(sender), press.chat, std::move(press.folder),
                                           std::move(file));
  if (sent) co_return;
  spdlog::warn("bot: the results of job {} were not sent: {}", press.job, sent.error().message);
  tell(say(language, words::file_not_sent));
}

}  // namespace tgpanel::bot
